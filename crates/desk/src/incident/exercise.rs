//! The tabletop exercise: an incident of the practice vault, gone through by the program; the officer answers before seeing.

mod questions;

use std::path::PathBuf;

use casework::incident::Strength;
use casework::incident::exercise::{Asked, Exercise, Given, Question, WHOLE};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use vault::IncidentPart;

use super::{FactAnswer, NewIncident, OpenedIncident};
use crate::answering::seconds;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;

const TITLE: &str = "Tabletop exercise";
const BECAUSE: &str = "Confirmed for the exercise; in a real incident an officer looks first.";
/// What an officer of the exercise is told, where only an officer could know it.
const SCENARIO: [(&str, &[&str]); 6] = [
    ("role", &["owner"]),
    ("encryption.encrypted", &["no"]),
    ("good_faith", &["no"]),
    ("harm", &["likely"]),
    ("furnished_mailbox", &["no"]),
    ("covered_entities", &[]),
];

/// An exercise as the officer sees it: no answer before it was given.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExerciseView {
    pub incident: String,
    /// What is known beforehand.
    pub scenario: Vec<String>,
    pub questions: Vec<ExerciseQuestion>,
    /// The question in hand; `None` when all are answered.
    pub next: Option<String>,
    pub points: u64,
    /// Points of all questions.
    pub of: u64,
}

/// One question.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExerciseQuestion {
    #[serde(flatten)]
    #[ts(flatten)]
    pub asked: Asked,
    /// Points that a right answer is worth.
    pub of: u64,
    /// `None` until it was answered.
    pub judged: Option<ExerciseJudged>,
}

/// What was answered, what is right, and why.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExerciseJudged {
    pub answer: Vec<String>,
    pub right: Vec<String>,
    pub points: u64,
    pub why: String,
    pub citation: String,
}

impl Desk {
    /// Takes these logs of the practice theft through the whole road as an incident of its own, and sets the questions.
    ///
    /// # Errors
    /// `practice_only` in a vault for real people; whatever a step of the road refuses. What was done until then stays.
    pub async fn begin_exercise(
        &self,
        org: &str,
        logs: &[PathBuf],
        discovered_at: DateTime<Utc>,
        progress: &Progress,
    ) -> Result<OpenedIncident, Problem> {
        if !self.practice() {
            return Err(Problem::new(
                "practice_only",
                "This vault is for real people; an exercise belongs in a practice vault. Nothing was begun.",
                "Create a practice vault first.",
            ));
        }
        let opened = self.open_incident(&NewIncident { title: TITLE, discovered_at, org: Some(org) })?;
        let incident = opened.incident.as_str();
        self.gather_files(incident, logs, progress)?;
        self.find(incident, "strong", progress)?;
        for it in self.incident_findings(incident, Strength::Strong)? {
            self.confirm_finding(incident, &it.finding.finding, BECAUSE)?;
        }
        self.scope_incident(incident, None, None, progress).await?;
        let answers: Vec<FactAnswer> = SCENARIO
            .iter()
            .map(|(fact, answer)| FactAnswer {
                fact: (*fact).to_owned(),
                answer: Some(answer.iter().map(|it| (*it).to_owned()).collect()),
            })
            .collect();
        self.assess_answers(incident, &answers)?;
        self.set_exercise(incident)?;
        Ok(opened)
    }

    /// Sets the questions from an incident that was confirmed, counted and assessed. What was answered before is gone.
    ///
    /// # Errors
    /// `exercise_early` while a step is missing; nothing was set then.
    pub fn set_exercise(&self, incident: &str) -> Result<ExerciseView, Problem> {
        let file = self.incident_file(incident)?;
        let exercise = Exercise {
            scenario: self.scenario(incident)?,
            questions: self.exercise_questions(&file)?,
            ..Exercise::default()
        };
        let detail = json!({ "questions": exercise.questions.len() });
        self.record(&file.number, "incident.exercise_set", detail, |tx| {
            tx.put_incident_part(&file.number, IncidentPart::Exercise, &exercise)
        })?;
        Ok(view(incident, &exercise))
    }

    /// The exercise of an incident; `None` when none was set.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn exercise(&self, incident: &str) -> Result<Option<ExerciseView>, Problem> {
        let file = self.incident_file(incident)?;
        let kept: Option<Exercise> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Exercise))?;
        Ok(kept.map(|it| view(incident, &it)))
    }

    /// Takes one answer and judges it. The questions come in their order, and an answer is given once.
    ///
    /// # Errors
    /// `exercise_order` when another question is in hand, `usage` when it is no answer to it; nothing was judged then.
    pub fn answer_exercise(
        &self,
        incident: &str,
        question: &str,
        answer: &[String],
    ) -> Result<ExerciseView, Problem> {
        let file = self.incident_file(incident)?;
        let kept: Option<Exercise> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Exercise))?;
        let mut exercise = kept.unwrap_or_default();
        let Some(asked) = exercise.next().filter(|it| it.asked.question == question) else {
            return Err(Problem::new(
                "exercise_order",
                "This question is not the one in hand. Nothing was judged.",
                "Answer the questions in their order; each is answered once.",
            ));
        };
        let Some(points) = asked.judge(answer) else {
            return Err(Problem::new(
                "usage",
                "This is no answer to the question. Nothing was judged.",
                "Choose from the options, or give a whole number or a day such as 2026-11-27.",
            ));
        };
        let given = Given { answer: answer.to_vec(), points, at: seconds(self.now()) };
        exercise.given.insert(question.to_owned(), given);
        let detail = json!({ "question": question, "points": points });
        self.record(&file.number, "incident.exercise_answered", detail, |tx| {
            tx.put_incident_part(&file.number, IncidentPart::Exercise, &exercise)
        })?;
        Ok(view(incident, &exercise))
    }

    /// What was answered for the assessment, in words.
    fn scenario(&self, incident: &str) -> Result<Vec<String>, Problem> {
        let lines = self.incident_facts(incident)?;
        // What the program found out itself is asked about, never told.
        let told = |fact: &str| SCENARIO.iter().any(|(one, _)| *one == fact);
        let said = lines.iter().filter(|it| told(it.fact)).filter_map(|it| {
            let answer = it.answer.as_ref()?;
            let words = |value: &String| {
                let option = it.options.iter().find(|one| one.value == value);
                option.map_or_else(|| value.clone(), |one| one.words.to_owned())
            };
            let answer = match answer.is_empty() {
                true => "none".to_owned(),
                false => answer.iter().map(words).collect::<Vec<_>>().join("; "),
            };
            Some(format!("{} {answer}.", it.question))
        });
        Ok(said.collect())
    }
}

fn view(incident: &str, it: &Exercise) -> ExerciseView {
    let [points, of] = it.score();
    let question = |one: &Question| ExerciseQuestion {
        asked: one.asked.clone(),
        of: WHOLE,
        judged: it.given.get(&one.asked.question).map(|given| ExerciseJudged {
            answer: given.answer.clone(),
            right: one.right.clone(),
            points: given.points,
            why: one.why.clone(),
            citation: one.citation.clone(),
        }),
    };
    ExerciseView {
        incident: incident.to_owned(),
        scenario: it.scenario.clone(),
        questions: it.questions.iter().map(question).collect(),
        next: it.next().map(|one| one.asked.question.clone()),
        points,
        of,
    }
}
