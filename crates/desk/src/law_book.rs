//! What the law asks, without a vault: duties from facts, a rule as it stands, a calendar's year.

use chrono::NaiveDate;
use law::FactsProblem;
use law::answer::{Answer, Duty};
use law::lookup::{CalendarYear, NotFound, RuleView};
use serde_json::{Value, json};

use crate::problem::Problem;
use crate::views::{CalendarDay, CalendarLine, RuleLine};

/// The duties that follow from facts, as `docs/command-line.md` lays both down.
///
/// # Errors
/// `facts` when they cannot be understood, `calendar_ends` and `no_rule` when the book does not reach so far.
pub fn duties(facts: &[u8]) -> Result<Answer, Problem> {
    let facts: Value = crate::given::json(facts).map_err(|error| {
        Problem::new(
            "facts",
            format!("The facts are no JSON document ({error}). Nothing was computed."),
            MEND,
        )
    })?;
    law::duties(&facts).map_err(|problem| {
        let (code, next_step) = match &problem {
            FactsProblem::Fact { .. } => ("facts", MEND),
            FactsProblem::CalendarEnds(_) => ("calendar_ends", BY_HAND),
            FactsProblem::NoRule { .. } => ("no_rule", BY_HAND),
            FactsProblem::BadLawFile(_) => return bad_file(),
        };
        Problem::new(code, problem.to_string(), next_step)
    })
}

const MEND: &str = "Mend the fact named and give the whole file again.";
const BY_HAND: &str = "Ask counsel for the date, and note how it was found.";

fn bad_file() -> Problem {
    Problem::new(
        "law_file",
        "The law files built into the program cannot be read. Nothing was computed.",
        "Install the program again.",
    )
}

/// The answer for reading: one line per duty, then the reasons, the requirements and the amounts.
#[must_use]
pub fn duties_in_words(answer: &Answer) -> Value {
    let lines: Vec<Value> = answer.duties.iter().map(line).collect();
    let reasons: Vec<Value> = answer.duties.iter().map(reason).collect();
    let mut requirements = json!(answer.requirements);
    if let Some(map) = requirements.as_object_mut() {
        map.remove("rules");
        map.retain(|_, value| !value.is_null());
    }
    json!({ "duties": lines, "because": reasons, "requirements": requirements, "amounts": answer.amounts })
}

fn line(duty: &Duty) -> Value {
    let overdue = duty.overdue_since.map(|it| format!("overdue since {it}"));
    let moved = duty.lawful_last_day.map(|it| format!("in law until {it}"));
    let strict = duty.strict_alt.map(|it| format!("weekdays only: {it}"));
    let projected = duty.projected.then(|| "projected".to_owned());
    let notes: Vec<String> = [overdue, projected, moved, strict].into_iter().flatten().collect();
    json!({
        "jurisdiction": duty.jurisdiction,
        "duty": words(&json!(duty.duty)),
        "to": duty.recipient,
        "state": words(&json!(duty.state)),
        "due": duty.due.map(|it| it.to_string()),
        "done": duty.done_on,
        "note": notes.join("; "),
    })
}

fn reason(duty: &Duty) -> Value {
    json!({
        "rule": format!("{} ({})", duty.rule, duty.version),
        "citation": duty.citation,
        "why": duty.because.iter().chain(&duty.cautions).cloned().collect::<Vec<_>>().join(" "),
    })
}

fn words(word: &Value) -> String {
    word.as_str().unwrap_or_default().replace('_', " ")
}

/// Every rule in every version, in the order of the files.
///
/// # Errors
/// `law_file` when the book built into the program is unusable.
pub fn rules() -> Result<Vec<RuleLine>, Problem> {
    let book = law::book().map_err(|_| bad_file())?;
    Ok(book.rules().map(RuleLine::from).collect())
}

impl From<RuleView> for RuleLine {
    fn from(it: RuleView) -> Self {
        Self {
            says: it.body.iter().map(|(key, value)| (key.replace('_', " "), plain(value))).collect(),
            rule: it.header.id,
            about: it.header.about,
            citation: it.header.citation,
            source: it.header.source,
            confidence: words(&json!(it.header.confidence)),
            verified_on: it.header.verified_on,
            review_by: it.header.review_by,
            in_force_from: it.header.in_force_from,
            in_force_to: it.header.in_force_to,
            note: it.header.note,
            jurisdiction: it.jurisdiction,
            subject: it.subject,
        }
    }
}

/// A value of a rule as a reader sees it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(map) => {
            map.iter().map(|(key, it)| format!("{key}: {}", plain(it))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// A rule as it stands on a day; without a day, its newest version.
///
/// # Errors
/// `unknown_rule` or `not_in_force`.
pub fn rule(id: &str, on: Option<NaiveDate>) -> Result<RuleView, Problem> {
    law::book().map_err(|_| bad_file())?.rule(id, on).map_err(|it| not_found(&it))
}

/// The weekdays of a year on which a calendar is closed.
///
/// # Errors
/// `unknown_calendar` or `calendar_ends`.
pub fn calendar(name: &str, year: i32) -> Result<CalendarYear, Problem> {
    law::book().map_err(|_| bad_file())?.calendar_year(name, year).map_err(|it| not_found(&it))
}

/// Every calendar that has days of its own, with all of them in order.
///
/// # Errors
/// `law_file` when the book built into the program is unusable.
pub fn calendars() -> Result<Vec<CalendarLine>, Problem> {
    let book = law::book().map_err(|_| bad_file())?;
    let all = book.calendars();
    let mut lines = Vec::new();
    for calendar in all.names().filter_map(|name| all.named(name)) {
        let it = &calendar.body;
        let mut closed = Vec::new();
        for year in it.first_year..=it.last_year {
            closed.extend(it.closed_in(year).map_err(|it| not_found(&it.into()))?);
        }
        if closed.is_empty() {
            continue;
        }
        lines.push(CalendarLine {
            calendar: it.name.clone(),
            about: calendar.header.about.clone(),
            citation: calendar.header.citation.clone(),
            note: calendar.header.note.clone(),
            first_year: it.first_year,
            last_year: it.last_year,
            closed: closed.into_iter().map(|it| CalendarDay { on: it.on, name: it.name }).collect(),
        });
    }
    Ok(lines)
}

fn not_found(it: &NotFound) -> Problem {
    let (code, next_step) = match it {
        NotFound::Rule(_) => ("unknown_rule", "Look in docs/law-book.md for the ids of rules."),
        NotFound::Version { .. } => ("not_in_force", "Give a day on which a version is in force."),
        NotFound::Calendar { .. } => ("unknown_calendar", "Name one of those calendars."),
        NotFound::Year(_) => ("calendar_ends", BY_HAND),
    };
    Problem::new(code, it.to_string(), next_step)
}
