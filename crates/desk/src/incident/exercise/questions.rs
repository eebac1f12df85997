//! The questions of an exercise, each with the answer that the program itself came to.

use std::collections::{BTreeMap, BTreeSet};

use casework::incident::exercise::{Asked, Kind, Question, Terms};
use casework::incident::scope::{Scope, UNKNOWN};
use casework::incident::{Finding, Gathered, shown};
use serde_json::Value;
use vault::{IncidentFile, IncidentPart};

use crate::desk::Desk;
use crate::problem::Problem;

/// Options of one list at most; the right ones are always among them.
const OPTIONS: usize = 8;
/// Recipients for whom the last day is asked.
const DATES: usize = 3;

/// A duty that is owed by a day.
struct Dated {
    recipient: String,
    day: String,
    about: String,
    because: String,
    citation: String,
}

impl Desk {
    pub(super) fn exercise_questions(&self, file: &IncidentFile) -> Result<Vec<Question>, Problem> {
        let incident = file.number.as_str();
        let early = |what: &str| {
            Problem::new(
                "exercise_early",
                format!("An exercise asks about a whole incident, and {what}. Nothing was set."),
                "Gather, find, confirm, scope and assess first.",
            )
        };
        let gathered: Option<Gathered> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Gathered))?;
        let gathered = gathered.ok_or_else(|| early("its logs were not gathered"))?;
        let confirmed = self.confirmed_findings(incident)?;
        if confirmed.is_empty() {
            return Err(early("nothing of it is confirmed"));
        }
        let scope = self.incident_scope(incident)?.ok_or_else(|| early("nobody was counted"))?;
        let (_, assessed) =
            self.incident_assessment(incident)?.ok_or_else(|| early("the law book was not asked"))?;
        let mut apps = BTreeSet::new();
        self.incident_events(incident, &mut |event| {
            apps.extend(event.app_name().map(std::borrow::Cow::into_owned));
        })?;
        let mut all = vec![unknowable(&gathered)];
        all.extend(misused(&confirmed, apps));
        all.extend(begun(&confirmed));
        all.push(people(&scope, true));
        all.push(people(&scope, false));
        all.extend(places(&scope));
        let duties = assessed.get("duties").and_then(Value::as_array).cloned().unwrap_or_default();
        all.push(told(&duties));
        let dated = dated(&duties);
        all.extend(last_days(&dated));
        all.extend(first(&dated));
        Ok(all)
    }
}

fn asked(id: &str, step: &str, asks: &str, kind: Kind, terms: Terms) -> Asked {
    Asked {
        question: id.to_owned(),
        step: step.to_owned(),
        asks: asks.to_owned(),
        recipient: None,
        kind,
        terms,
        options: Vec::new(),
    }
}

/// The right ones and as many others as fit, in an order that says nothing.
fn options(right: &[String], others: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all: BTreeSet<String> = right.iter().cloned().collect();
    for it in others {
        if all.len() >= OPTIONS.max(right.len()) {
            break;
        }
        all.insert(it);
    }
    all.into_iter().collect()
}

fn unknowable(gathered: &Gathered) -> Question {
    let right: Vec<String> = gathered
        .missing
        .iter()
        .take(OPTIONS / 2)
        .map(|it| told_by(&it.kind, &it.what_it_would_show))
        .collect();
    let lacking: Vec<&str> = gathered.missing.iter().map(|it| it.kind.as_str()).collect();
    let there: Vec<String> =
        shown(&gathered.sources).into_iter().map(|(kind, shows)| told_by(kind, shows)).collect();
    Question {
        asked: Asked {
            options: options(&right, there.into_iter().filter(|it| !right.contains(it))),
            ..asked(
                "unknowable",
                "gather",
                "What can nobody know from these logs?",
                Kind::Several,
                Terms::Text,
            )
        },
        why: format!("Nothing was gathered of {}.", lacking.join(", ")),
        citation: "Gather: what is missing, and what it would show".to_owned(),
        right,
    }
}

/// What a log tells, with its name before it.
fn told_by(kind: &str, shows: &str) -> String {
    format!("{kind}: {}", shows.trim_end_matches('.'))
}

fn cited(it: &Finding) -> String {
    let place = it.evidence.first().map(|evidence| format!(", {}", evidence.source()));
    format!("Finding {} by rule {}{}", it.finding, it.rule, place.unwrap_or_default())
}

fn misused(confirmed: &[Finding], apps: BTreeSet<String>) -> Option<Question> {
    let worst = confirmed.iter().filter(|it| it.app.is_some()).max_by_key(|it| it.rows)?;
    let right: Vec<String> = worst.app.iter().cloned().collect();
    Some(Question {
        asked: Asked {
            options: options(&right, apps.into_iter().filter(|it| !it.is_empty())),
            ..asked("app", "find", "Through which app was the most taken?", Kind::Choice, Terms::Text)
        },
        right,
        why: worst.why.clone(),
        citation: cited(worst),
    })
}

fn begun(confirmed: &[Finding]) -> Option<Question> {
    let first = confirmed.iter().min_by(|a, b| a.from.cmp(&b.from))?;
    Some(Question {
        asked: asked("begun", "timeline", "On which day (UTC) did it begin?", Kind::Day, Terms::Text),
        right: vec![first.from.get(..10)?.to_owned()],
        why: format!("{}: {}", first.title, first.why),
        citation: format!("{}, first event {}", cited(first), first.from),
    })
}

fn people(scope: &Scope, proved: bool) -> Question {
    let persons = scope.persons;
    let (id, asks, right) = match proved {
        true => ("proved", "Of how many people is it proved that their data was taken?", persons.proved),
        false => ("upper", "How many people’s data was within reach at most?", persons.upper_bound),
    };
    let taking = scope.takings.iter().max_by_key(|it| it.records);
    Question {
        asked: asked(id, "scope", asks, Kind::Number, Terms::Text),
        right: vec![right.to_string()],
        why: format!(
            "Proved are {}, probable {}, at most {}. {}",
            persons.proved,
            persons.probable,
            persons.upper_bound,
            taking.map(|it| it.why.clone()).unwrap_or_default()
        ),
        citation: taking.map_or_else(
            || "Scope".to_owned(),
            |it| format!("Scope: the reading of {} at {}", it.object, it.at),
        ),
    }
}

fn places(scope: &Scope) -> Option<Question> {
    let mut by_count: Vec<_> = scope.residents.iter().filter(|(place, _)| *place != UNKNOWN).collect();
    by_count.sort_by_key(|(_, it)| std::cmp::Reverse(it.numbers.probable));
    let (_, most) = by_count.first()?;
    let count = most.numbers.probable;
    let of = |it: &(&String, &casework::incident::scope::Residents)| it.1.numbers.probable == count;
    let right: Vec<String> = by_count.iter().filter(|it| of(it)).map(|it| it.0.clone()).collect();
    Some(Question {
        asked: Asked {
            options: options(&right, by_count.iter().map(|it| it.0.clone())),
            ..asked(
                "place",
                "scope",
                "Where do most of the people live whose data was probably taken?",
                Kind::Choice,
                Terms::Places,
            )
        },
        right,
        why: format!("{count} of {} people live there, as far as it is known.", scope.persons.probable),
        citation: "Scope: where they live, by address, ZIP code and phone".to_owned(),
    })
}

fn text(duty: &Value, key: &str) -> String {
    duty.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn told(duties: &[Value]) -> Question {
    let mut owed = BTreeMap::<String, String>::new();
    for duty in duties.iter().filter(|it| text(it, "state") == "owed") {
        owed.entry(text(duty, "recipient")).or_insert_with(|| text(duty, "citation"));
    }
    let right: Vec<String> = owed.keys().take(OPTIONS - 2).cloned().collect();
    let others: BTreeSet<String> =
        duties.iter().map(|it| text(it, "recipient")).filter(|it| !owed.contains_key(it)).collect();
    Question {
        asked: Asked {
            options: options(&right, others),
            ..asked(
                "told",
                "assess",
                "Who of these must be told for certain?",
                Kind::Several,
                Terms::Recipients,
            )
        },
        why: format!(
            "{} recipients are owed a notice in all; the law book asks nothing, or nothing yet, for the others.",
            owed.len()
        ),
        citation: right.iter().filter_map(|it| owed.get(it).cloned()).collect::<Vec<_>>().join("; "),
        right,
    }
}

/// Duties that are owed by a day, the soonest first; of each recipient the soonest.
fn dated(duties: &[Value]) -> Vec<Dated> {
    let mut all: Vec<Dated> = duties
        .iter()
        .filter(|it| text(it, "state") == "owed")
        .filter_map(|it| {
            let day = text(it, "due").get(..10)?.to_owned();
            let because = it.get("path").and_then(Value::as_array).into_iter().flatten();
            let because: Vec<&str> = because.filter_map(Value::as_str).collect();
            Some(Dated {
                recipient: text(it, "recipient"),
                day,
                about: text(it, "about"),
                because: because.join(" "),
                citation: text(it, "citation"),
            })
        })
        .collect();
    all.sort_by(|a, b| (&a.day, &a.recipient).cmp(&(&b.day, &b.recipient)));
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert(it.recipient.clone()));
    all
}

/// The last days of a few recipients, no two on the same day.
fn last_days(dated: &[Dated]) -> Vec<Question> {
    let mut days = BTreeSet::new();
    dated
        .iter()
        .filter(|it| days.insert(it.day.clone()))
        .take(DATES)
        .map(|it| Question {
            asked: Asked {
                recipient: Some(it.recipient.clone()),
                ..asked(
                    &format!("due-{}", it.recipient),
                    "assess",
                    "By which day must they be told?",
                    Kind::Day,
                    Terms::Text,
                )
            },
            right: vec![it.day.clone()],
            why: format!("{}: {}", it.about, it.because),
            citation: it.citation.clone(),
        })
        .collect()
}

fn first(dated: &[Dated]) -> Option<Question> {
    let soonest = dated.first()?;
    let due = dated.iter().filter(|it| it.day == soonest.day);
    let right: Vec<String> = due.map(|it| it.recipient.clone()).collect();
    Some(Question {
        asked: Asked {
            options: options(&right, dated.iter().rev().map(|it| it.recipient.clone())),
            ..asked("first", "notices", "Whom do you tell first?", Kind::Choice, Terms::Recipients)
        },
        right,
        why: format!("No other duty is due sooner than {}: {}.", soonest.day, soonest.about),
        citation: soonest.citation.clone(),
    })
}
