//! Looking something up in the book: a rule as it stands, and a calendar's year.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::book::Book;
use crate::calendar::{CalendarEnds, ClosedDay};
use crate::rule::{Entry, Header};

/// A rule as its file states it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleView {
    #[serde(flatten)]
    pub header: Header,
    pub jurisdiction: String,
    pub subject: String,
    /// The name of its `[[table]]`.
    pub table: String,
    /// What it says beside its header, by key.
    pub body: Map<String, Value>,
    /// Below `assets/law`.
    pub rule_file: String,
    pub rule_file_sha256: String,
    /// The names of all its versions, oldest first.
    pub versions: Vec<NaiveDate>,
}

/// A calendar in one year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarYear {
    pub calendar: String,
    pub year: i32,
    #[serde(flatten)]
    pub header: Header,
    /// The weekdays on which it is closed; Saturdays and Sundays always are.
    pub closed: Vec<ClosedDay>,
    pub rule_file: String,
    pub rule_file_sha256: String,
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    #[error("The law book has no rule {0}.")]
    Rule(String),
    #[error("No version of the rule {id} is in force on {on}; it has {versions}.")]
    Version { id: String, on: NaiveDate, versions: String },
    #[error("The law book has no calendar {name}; it has {has}.")]
    Calendar { name: String, has: String },
    #[error("Nothing is known: {0}.")]
    Year(#[from] CalendarEnds),
}

impl Book {
    /// All rules in all versions, in the order of the files.
    pub fn rules(&self) -> impl Iterator<Item = RuleView> {
        self.entries.iter().map(|entry| self.view(entry))
    }

    /// The version of a rule that governs on a day; without a day, the newest.
    ///
    /// # Errors
    /// [`NotFound`] with a sentence.
    pub fn rule(&self, id: &str, on: Option<NaiveDate>) -> Result<RuleView, NotFound> {
        let mut versions: Vec<&Entry> = self.entries.iter().filter(|it| it.rule.header.id == id).collect();
        versions.sort_by_key(|it| it.rule.header.in_force_from);
        let newest = versions.last().ok_or_else(|| NotFound::Rule(id.to_owned()))?;
        let Some(on) = on else { return Ok(self.view(newest)) };
        versions.iter().find(|it| it.rule.header.in_force_on(on)).map(|it| self.view(it)).ok_or_else(|| {
            let spans: Vec<String> = versions
                .iter()
                .map(|it| match (it.rule.header.in_force_from, it.rule.header.in_force_to) {
                    (from, Some(to)) => format!("{from} to {to}"),
                    (from, None) => format!("{from} onwards"),
                })
                .collect();
            NotFound::Version { id: id.to_owned(), on, versions: spans.join(", ") }
        })
    }

    /// The closed weekdays of a calendar's year.
    ///
    /// # Errors
    /// [`NotFound`] for an unknown calendar or a year outside it.
    pub fn calendar_year(&self, name: &str, year: i32) -> Result<CalendarYear, NotFound> {
        let calendar = self.calendars.named(name).ok_or_else(|| NotFound::Calendar {
            name: name.to_owned(),
            has: self.calendars.names().collect::<Vec<_>>().join(", "),
        })?;
        Ok(CalendarYear {
            calendar: name.to_owned(),
            year,
            header: calendar.header.clone(),
            closed: calendar.body.closed_in(year)?,
            rule_file: calendar.origin.path.clone(),
            rule_file_sha256: calendar.origin.sha256.clone(),
        })
    }

    fn view(&self, entry: &Entry) -> RuleView {
        let rule = &entry.rule;
        let mut versions: Vec<NaiveDate> = self
            .entries
            .iter()
            .filter(|it| it.rule.header.id == rule.header.id)
            .map(|it| it.rule.header.in_force_from)
            .collect();
        versions.sort_unstable();
        RuleView {
            header: rule.header.clone(),
            jurisdiction: rule.origin.jurisdiction.clone(),
            subject: rule.origin.subject.clone(),
            table: entry.table.clone(),
            body: rule.body.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
            rule_file: rule.origin.path.clone(),
            rule_file_sha256: rule.origin.sha256.clone(),
            versions,
        }
    }
}

/// A value of a rule file as JSON; days and times as text.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(it) => Value::String(it.clone()),
        toml::Value::Integer(it) => Value::from(*it),
        toml::Value::Float(it) => Value::from(*it),
        toml::Value::Boolean(it) => Value::Bool(*it),
        toml::Value::Datetime(it) => Value::String(it.to_string()),
        toml::Value::Array(list) => list.iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(key, it)| (key.clone(), json(it))).collect::<Map<_, _>>().into()
        }
    }
}
