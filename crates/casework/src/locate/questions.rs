//! What only a person can decide: shared mailboxes and phones, namesakes, several records that may be one person.

use std::collections::{BTreeMap, BTreeSet};

use crate::found::{Confidence, Question, QuestionKind, ReasonKind};
use crate::locate::judge::{Nodes, Verdict};
use crate::locate::sought::Sought;
use crate::normal::date;
use crate::record_id::RecordId;
use crate::row::Row;

/// The questions, each naming its matches by number.
pub fn ask(
    nodes: &Nodes,
    verdict: &Verdict,
    sought: &Sought,
    numbers: &BTreeMap<RecordId, String>,
) -> Vec<Question> {
    let mut all: Vec<(QuestionKind, BTreeSet<&RecordId>, String)> = Vec::new();
    for (value, strangers) in &verdict.shared_emails {
        let because = format!(
            "{value} is also held by {} of another name, so it counts as a shared mailbox. Which of these records are the subject's?",
            people(strangers.len())
        );
        all.push((QuestionKind::SharedMailbox, holding(nodes, ReasonKind::Email, value), because));
    }
    for (value, strangers) in &verdict.shared_phones {
        let because = format!(
            "{value} is also held by {} of another name. Which of these records are the subject's?",
            people(strangers.len())
        );
        all.push((QuestionKind::SharedPhone, holding(nodes, ReasonKind::Phone, value), because));
    }
    let persons: BTreeMap<&RecordId, (Confidence, &Row)> = verdict
        .grades
        .iter()
        .filter_map(|(id, grade)| {
            Some((
                id,
                (grade.confidence, nodes.get(id).filter(|node| node.is_person()).map(|node| &node.row)?),
            ))
        })
        .collect();
    let named = |id: &RecordId| {
        verdict.grades.get(id).is_some_and(|grade| grade.reasons.iter().any(|it| it.kind == ReasonKind::Name))
    };
    let other_birth = |row: &Row| {
        let Some(day) = sought.birthdate else { return false };
        ["Birthdate", "PersonBirthdate", "BirthDate"]
            .iter()
            .any(|field| row.text(field).is_some_and(|text| !date::meanings(text).contains(&day)))
    };
    let namesakes: BTreeSet<&RecordId> = persons
        .iter()
        .filter(|(id, (confidence, row))| {
            named(id)
                && (*confidence == Confidence::Possible
                    || (*confidence == Confidence::Strong && other_birth(row)))
        })
        .map(|(id, _)| *id)
        .collect();
    if !namesakes.is_empty() {
        let because = "They bear the subject's name, and too little else agrees or a birthdate differs. Are they the subject or a namesake?";
        all.push((QuestionKind::Namesake, namesakes.clone(), because.into()));
    }
    let strong: BTreeSet<&RecordId> = persons
        .iter()
        .filter(|(id, (confidence, _))| *confidence == Confidence::Strong && !namesakes.contains(*id))
        .map(|(id, _)| *id)
        .collect();
    if strong.len() > 1
        || (strong.len() == 1 && persons.values().any(|(confidence, _)| *confidence == Confidence::Exact))
    {
        let because = "No unique identifier ties these person records to the subject, but two weaker agreements do. Are they one person?";
        all.push((QuestionKind::SamePerson, strong, because.into()));
    }
    all.into_iter()
        .enumerate()
        .map(|(place, (kind, ids, because))| Question {
            question: format!("Q-{}", place + 1),
            kind,
            matches: ids.into_iter().filter_map(|id| numbers.get(id).cloned()).collect(),
            because,
        })
        .collect()
}

fn holding<'a>(nodes: &'a Nodes, kind: ReasonKind, value: &str) -> BTreeSet<&'a RecordId> {
    nodes
        .iter()
        .filter(|(_, node)| node.agreements.iter().any(|it| it.kind == kind && it.value == value))
        .map(|(id, _)| id)
        .collect()
}

fn people(count: usize) -> String {
    if count == 1 { "a person".into() } else { format!("{count} people") }
}
