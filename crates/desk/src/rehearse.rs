//! Rehearsing: everything a deletion would do, shown before anything is done.

use casework::case::RequestDeed;
use casework::query::Ask;
use casework::rehearse::{Rehearsal, RehearseProblem, Rehearsed, Wanted};
use salesforce::Org;
use serde_json::json;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles::{self, NOTHING_CHANGED, Unchanged};
use crate::views::{Calls, PlanView};
use vault::{CaseFile, Part};

impl Desk {
    /// Computes from the live org what the decisions would do, and keeps the plan.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was changed in Salesforce and an earlier plan stays as it was.
    pub async fn rehearse(&self, request: &str, progress: &Progress) -> Result<PlanView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Rehearse)?;
        let reach = self.reach(&case.org, None, progress, NOTHING_CHANGED).await?;
        let wanted = self.wanted(&case, reach.schema.clone())?;
        let rehearsed = run(&reach.org, wanted, NOTHING_CHANGED, progress).await?;
        let spent = reach.org.spent();
        let plan = &rehearsed.plan;
        case.road.rehearsed = Some(plan.digest.clone());
        case.road.approved = None;
        case.road.approvals.clear();
        let detail = json!({
            "plan": plan.digest, "steps": plan.steps.len(), "blockers": plan.blockers.len(),
            "collateral": plan.collateral.len(), "values": rehearsed.changes.len(), "creates": plan.creates.len(), "undecided": plan.undecided, "api_calls": spent,
        });
        self.record(&case.number, "request.rehearsed", detail, |tx| {
            tx.put_part(&case.number, Part::Rehearsed, &rehearsed)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(plan_view(&case, rehearsed, spent))
    }

    /// The plan that was rehearsed last.
    pub(crate) fn rehearsed(&self, case: &CaseFile) -> Result<Rehearsed, Problem> {
        self.read(|vault| vault.part(&case.number, Part::Rehearsed))?.ok_or_else(|| {
            Problem::new(
                "not_rehearsed",
                "There is no rehearsed plan. Nothing was done.",
                "Run `habeas request rehearse` and look at the plan first.",
            )
        })
    }

    /// What a rehearsal of this case starts from.
    pub(crate) fn wanted(
        &self,
        case: &CaseFile,
        schema: casework::schema::Schema,
    ) -> Result<Wanted, Problem> {
        let located = self.located(case)?;
        let decided = self.read(|vault| vault.decisions(&case.number))?;
        let mut matches = located.matches;
        let related = crate::review::related_accounts(&matches, &located.rows);
        matches.extend(related.into_iter().filter(|it| decided.iter().any(|one| one.id == it.id)));
        let placeholders = self.placeholders()?;
        let (mut changes, mut notes) = self.corrections(case, &decided)?;
        let chosen = self.choice_changes(case, &schema, &matches, &decided)?;
        changes.extend(chosen.changes);
        notes.extend(chosen.by_hand);
        Ok(Wanted { schema, matches, decided, placeholders, changes, wishes: chosen.wishes, notes })
    }
}

/// A rehearsed plan as a shell shows it.
pub(crate) fn plan_view(case: &CaseFile, rehearsed: Rehearsed, spent: u64) -> PlanView {
    PlanView {
        request: case.number.to_string(),
        changes: rehearsed.shown.iter().map(change_line).collect(),
        plan: rehearsed.plan,
        hangs: rehearsed.hangs,
        api_calls: Calls { forecast: None, spent },
    }
}

fn change_line(it: &casework::change::Shown) -> crate::views::values::ChangeLine {
    crate::views::values::ChangeLine {
        object: it.object.clone(),
        id: it.id.to_string(),
        field: it.field.clone(),
        label: it.label.clone(),
        before: it.before.clone(),
        after: it.after.clone(),
        cause: crate::evidence::word(&it.cause),
    }
}

pub(crate) fn wrong_digest(unchanged: &str) -> Problem {
    Problem::new(
        "wrong_digest",
        format!("The digest given is not that of the plan. {unchanged}"),
        "Look at the plan again with `habeas request rehearse` and use the digest it shows.",
    )
    .as_a_no()
}

/// Rehearses against the live org.
pub(crate) async fn run(
    org: &Org,
    wanted: Wanted,
    unchanged: Unchanged,
    progress: &Progress,
) -> Result<Rehearsed, Problem> {
    let mut rehearsal = Rehearsal::begin(wanted).map_err(|it| problem(&it))?;
    loop {
        let asks = rehearsal.next();
        if asks.is_empty() {
            break;
        }
        progress.say(&format!("Rehearsing: {} questions, {} calls used", asks.len(), org.spent()));
        let answers = ask_all(org, &asks, unchanged).await?;
        rehearsal.answer(answers).map_err(|it| problem(&it))?;
    }
    rehearsal.finish().map_err(|it| problem(&it))
}

/// Asks everything and gives the answers in the order of the questions.
pub(crate) async fn ask_all(org: &Org, asks: &[Ask], unchanged: Unchanged) -> Result<Answers, Problem> {
    answers(org, asks).await.map_err(|error| troubles::org(&error, unchanged))
}

pub(crate) type Answers = Vec<Result<casework::query::Answer, casework::query::Refusal>>;

/// The same for who words a failure by what was written until then.
pub(crate) async fn answers(org: &Org, asks: &[Ask]) -> Result<Answers, salesforce::Error> {
    let mut answers: Vec<Option<_>> = (0..asks.len()).map(|_| None).collect();
    org.ask(asks, &mut |place, answer| {
        if let Some(slot) = answers.get_mut(place) {
            *slot = Some(answer);
        }
    })
    .await?;
    Ok(answers
        .into_iter()
        .map(|answer| {
            answer.unwrap_or_else(|| {
                Err(casework::query::Refusal {
                    code: "NO_ANSWER".into(),
                    message: "The org gave no answer.".into(),
                })
            })
        })
        .collect())
}

fn problem(problem: &RehearseProblem) -> Problem {
    let (code, next) = match problem {
        RehearseProblem::NothingDecided => (
            "nothing_decided",
            "Decide which matches to delete with `habeas request review`, or give the contested values with `habeas request correct`.",
        ),
        RehearseProblem::NotAMatch { .. } => ("not_a_match", "Locate and review again."),
        RehearseProblem::UnknownObject { .. } => {
            ("unknown_object", "Check the Salesforce user's permissions, then locate again.")
        }
        RehearseProblem::NotReadable { .. } => (
            "not_readable",
            "Check the Salesforce user's permissions with `habeas org check`, then rehearse again.",
        ),
        RehearseProblem::Unanswered => ("org_garbled", "Run the rehearsal again."),
    };
    let sentence = problem.to_string();
    let mut letters = sentence.chars();
    let sentence: String =
        letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default();
    Problem::new(code, format!("{sentence}. {NOTHING_CHANGED}"), next)
}
