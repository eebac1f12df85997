//! One record of a log, read by what it means whatever its source calls it.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::header::{Cells, Header, Says};
use crate::record_id::RecordId;

/// One distinct event. Columns are named as in event log files; the spellings of event log objects and real-time stores are
/// found by the same names (`USER_ID` is also `UserId`).
#[derive(Debug, Clone, Copy)]
pub struct LogEvent<'a> {
    /// Path under the folder or in the ZIP, or `EventLogFile/<Id>`.
    pub source: &'a str,
    /// Record number in that source; 1 is the first after the header, or the first JSON line.
    pub row: u64,
    /// EVENT_TYPE, or the API name of the object: `RestApi`, `LoginHistory`, `ApiEvent` …
    pub kind: &'a str,
    /// UTC.
    pub at: DateTime<Utc>,
    pub header: &'a Header,
    pub cells: &'a Cells,
}

impl<'a> LogEvent<'a> {
    /// A cell by its column; `None` when there is no such column or the cell is empty.
    pub fn get(&self, column: &str) -> Option<Cow<'a, str>> {
        let text = self.cells.text(self.header.place(column)?)?;
        (!text.is_empty()).then_some(text)
    }

    /// The first of these columns that is filled.
    pub fn first(&self, columns: &[&str]) -> Option<Cow<'a, str>> {
        columns.iter().find_map(|column| self.get(column))
    }

    /// What it says of something, in every filled cell that may, the surest first.
    pub(super) fn said(&self, what: Says) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        let cells = self.cells;
        self.header
            .said(what)
            .iter()
            .filter_map(move |place| cells.raw(*place).filter(|it| !it.is_empty()))
            .map(super::header::text)
    }

    /// A cell as a whole number.
    pub fn number(&self, column: &str) -> Option<u64> {
        number(&self.get(column)?)
    }

    /// Every filled cell with its column, in the order of the file.
    pub fn filled(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        let cells = self.cells;
        self.header
            .names()
            .iter()
            .enumerate()
            .filter_map(move |(place, name)| Some((name.as_str(), cells.text(place)?)))
            .filter(|(_, text)| !text.is_empty())
    }

    /// The time as it stands in the log.
    pub fn written(&self) -> Option<Cow<'a, str>> {
        super::header_times(self.header).find_map(|place| {
            let text = self.cells.text(place)?;
            (!text.is_empty()).then_some(text)
        })
    }

    /// Whose deed it was.
    pub fn user_id(&self) -> Option<RecordId> {
        self.said(Says::UserId).find_map(|it| RecordId::parse(&it).ok().filter(|it| it.prefix() == "005"))
    }

    pub fn username(&self) -> Option<Cow<'a, str>> {
        self.said(Says::Username).next().filter(|it| it.contains('@'))
    }

    /// The network address that called. An OAuth sign-in carries it in SOURCE_IP; texts such as `Salesforce.com IP` are none.
    pub fn address(&self) -> Option<Cow<'a, str>> {
        self.said(Says::Address).find(|text| text.parse::<core::net::IpAddr>().is_ok())
    }

    /// The connected app by name, where the record names it.
    pub fn app_name(&self) -> Option<Cow<'a, str>> {
        self.said(Says::App).next()
    }

    pub fn app_id(&self) -> Option<RecordId> {
        self.said(Says::AppId).next().and_then(|it| RecordId::parse(&it).ok())
    }

    /// Objects that were touched, by API name.
    pub fn objects(&self) -> Vec<String> {
        let listed = self.said(Says::Objects).next();
        let mut objects: Vec<String> = listed
            .iter()
            .flat_map(|text| text.split(|it: char| !it.is_alphanumeric() && it != '_'))
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        if objects.is_empty()
            && let Some(name) = self.query().and_then(|query| from_object(&query).map(str::to_owned))
        {
            objects.push(name);
        }
        objects.dedup();
        objects
    }

    /// The SOQL text, where the source carries it.
    pub fn query(&self) -> Option<Cow<'a, str>> {
        self.said(Says::Query).next().filter(|text| has_select(text))
    }

    /// How many records it read, where the source counts them.
    pub fn rows(&self) -> Option<u64> {
        self.said(Says::Rows).find_map(|it| number(&it))
    }

    /// Record ids that stand in the event itself (`ApiEvent.Records`, `ReportEvent.Records`, ids of files).
    pub fn record_ids(&self) -> Vec<RecordId> {
        let mut ids = Vec::new();
        if let Some(records) = self.get("Records").and_then(|text| serde_json::from_str::<Value>(&text).ok())
        {
            collect_ids(&records, 0, &mut ids);
        }
        for column in ["DOCUMENT_ID_DERIVED", "DOCUMENT_ID", "RecordId"] {
            ids.extend(self.get(column).and_then(|text| RecordId::parse(&text).ok()));
        }
        ids.sort();
        ids.dedup();
        ids
    }

    pub fn session_key(&self) -> Option<Cow<'a, str>> {
        self.said(Says::Session).next()
    }

    pub fn login_key(&self) -> Option<Cow<'a, str>> {
        self.said(Says::Login).next()
    }

    pub fn request_id(&self) -> Option<Cow<'a, str>> {
        self.said(Says::Request).next()
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().or_else(|| whole(text.parse().ok()?))
}

fn has_select(text: &str) -> bool {
    text.as_bytes().windows(6).any(|it| it.eq_ignore_ascii_case(b"select"))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only whole numbers that fit come this far"
)]
fn whole(number: f64) -> Option<u64> {
    ((0.0..=9.0e15).contains(&number) && number.fract() == 0.0).then_some(number as u64)
}

/// The object after `FROM` of the outermost query.
pub fn from_object(query: &str) -> Option<&str> {
    let mut depth = 0_u32;
    let mut word_before_is_from = false;
    for word in query.split_inclusive(|it: char| it.is_whitespace() || it == '(' || it == ')') {
        let name = word
            .trim_end_matches(|it: char| it.is_whitespace() || it == '(' || it == ')')
            .trim_end_matches(',');
        if !name.is_empty() && depth == 0 {
            if word_before_is_from {
                return Some(name);
            }
            word_before_is_from = name.eq_ignore_ascii_case("from");
        }
        match word.chars().next_back() {
            Some('(') => depth += 1,
            Some(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn collect_ids(value: &Value, depth: u32, ids: &mut Vec<RecordId>) {
    match value {
        Value::String(text) => ids.extend(RecordId::parse(text)),
        Value::Array(list) if depth < 8 => list.iter().for_each(|it| collect_ids(it, depth + 1, ids)),
        Value::Object(map) if depth < 8 => map.values().for_each(|it| collect_ids(it, depth + 1, ids)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_of_a_query_is_that_of_its_outermost_from() {
        assert_eq!(
            from_object("SELECT Id, (SELECT Id FROM Cases) FROM Contact WHERE X = 'from'"),
            Some("Contact")
        );
        assert_eq!(from_object("select count() from\nLead"), Some("Lead"));
        assert_eq!(from_object("FIND {x}"), None);
    }
}
