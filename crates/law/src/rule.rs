//! A rule file: entries with one header, each subject with its own strictly typed body.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

/// A law file does not say what a law file must say. Of the files built in, only a wrong build can show this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The law file {file} cannot be used: {because}.")]
pub struct BadLawFile {
    /// Below `assets/law`, such as `us-ca/request-clocks.toml`.
    pub file: String,
    /// Names the rule and the key.
    pub because: String,
}

/// How well a rule was checked. Anything but `confirmed` is said on every paper that relies on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Confirmed,
    Secondary,
    Memory,
    Conflict,
}

/// The event whose day decides which version of a rule governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SelectBy {
    /// The request was received.
    Receipt,
    /// The breach was discovered.
    Discovery,
    /// The breach was notified to us by whoever holds the data.
    Notification,
    /// The breach was determined or confirmed.
    Determination,
    /// The breach happened.
    Incident,
    /// The day itself: a calendar, a year's report.
    Day,
}

/// What every rule says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// `us-ca.request.answer`: the same for all versions of the rule.
    pub id: String,
    /// One line a reader understands.
    pub about: String,
    pub citation: String,
    /// Where the text stands, `https://…`.
    pub source: String,
    pub confidence: Confidence,
    #[serde(deserialize_with = "day")]
    pub verified_on: NaiveDate,
    #[serde(deserialize_with = "day")]
    pub review_by: NaiveDate,
    /// The first day of this version, and its name.
    #[serde(deserialize_with = "day")]
    pub in_force_from: NaiveDate,
    /// The last day of this version; absent while no end is known.
    #[serde(default, deserialize_with = "some_day", skip_serializing_if = "Option::is_none")]
    pub in_force_to: Option<NaiveDate>,
    pub select_by: SelectBy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

const HEADER: &[&str] = &[
    "id",
    "about",
    "citation",
    "source",
    "confidence",
    "verified_on",
    "review_by",
    "in_force_from",
    "in_force_to",
    "select_by",
    "note",
];

impl Header {
    /// Whether this version governs what happened on `day`.
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.in_force_from <= day && self.in_force_to.is_none_or(|last| day <= last)
    }

    fn fault(&self, folder: &str) -> Option<String> {
        let empty = [("id", &self.id), ("about", &self.about), ("citation", &self.citation)]
            .into_iter()
            .find(|(_, text)| text.trim().is_empty());
        if let Some((key, _)) = empty {
            return Some(format!("`{key}` is empty"));
        }
        if !self.id.starts_with(&format!("{folder}.")) {
            return Some(format!("`id` does not begin with {folder}."));
        }
        if !self.source.starts_with("https://") {
            return Some("`source` is no https:// link".to_owned());
        }
        if self.review_by < self.verified_on {
            return Some("`review_by` lies before `verified_on`".to_owned());
        }
        self.in_force_to
            .is_some_and(|last| last < self.in_force_from)
            .then(|| "`in_force_to` lies before `in_force_from`".to_owned())
    }
}

/// A file as it stands in the book, with the hash of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Below `assets/law`.
    pub path: String,
    /// ISO code: `US-CA`, `EU`; `US` for federal regimes.
    pub jurisdiction: String,
    pub subject: String,
    /// Lower-case hex.
    pub sha256: String,
}

impl Origin {
    /// A fault in this file.
    pub(crate) fn bad(&self, because: impl Into<String>) -> BadLawFile {
        BadLawFile { file: self.path.clone(), because: because.into() }
    }
}

/// One version of one rule.
#[derive(Debug, Clone)]
pub struct Rule<B> {
    pub header: Header,
    pub body: B,
    pub origin: Arc<Origin>,
}

/// One entry whose body is not read yet. `table` is the name of its `[[table]]`.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub table: String,
    pub rule: Rule<toml::Table>,
}

impl Entry {
    /// The rule with its body read as what its table must hold.
    pub(crate) fn read<B: DeserializeOwned>(&self) -> Result<Rule<B>, BadLawFile> {
        let Rule { header, body, origin } = &self.rule;
        let body = B::deserialize(toml::Value::Table(body.clone()))
            .map_err(|error| origin.bad(format!("rule {}: {}", header.id, error.message().trim())))?;
        Ok(Rule { header: header.clone(), body, origin: Arc::clone(origin) })
    }
}

/// The entries of one file, headers checked.
///
/// # Errors
/// [`BadLawFile`]: no TOML, another schema, a header with a missing, unknown or impossible key.
pub(crate) fn entries(path: &str, text: &str) -> Result<Vec<Entry>, BadLawFile> {
    let sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut origin =
        Origin { path: path.to_owned(), jurisdiction: String::new(), subject: String::new(), sha256 };
    let mut file: toml::Table = toml::from_str(text).map_err(|error| origin.bad(located(text, &error)))?;
    if file.remove("schema") != Some(toml::Value::Integer(1)) {
        return Err(origin.bad("`schema` is not 1"));
    }
    let mut word = |key: &str| match file.remove(key) {
        Some(toml::Value::String(word)) => Ok(word),
        _ => Err(origin.bad(format!("`{key}` is missing or no text"))),
    };
    let (jurisdiction, subject) = (word("jurisdiction")?, word("subject")?);
    let folder = jurisdiction.to_lowercase();
    if path != format!("{folder}/{subject}.toml") {
        return Err(origin.bad(format!("a file of this jurisdiction and subject is {folder}/{subject}.toml")));
    }
    (origin.jurisdiction, origin.subject) = (jurisdiction, subject);
    let origin = Arc::new(origin);
    let mut entries = Vec::new();
    for (table, list) in file {
        let toml::Value::Array(list) = list else {
            return Err(origin.bad(format!("`{table}` is not known at the top of a law file")));
        };
        for entry in list {
            let toml::Value::Table(entry) = entry else {
                return Err(origin.bad(format!("`{table}` is no list of rules")));
            };
            entries.push(Entry { rule: split(entry, &folder, &origin)?, table: table.clone() });
        }
    }
    Ok(entries)
}

/// Takes the header's keys out of an entry; what is left is its body.
fn split(entry: toml::Table, folder: &str, origin: &Arc<Origin>) -> Result<Rule<toml::Table>, BadLawFile> {
    let id = entry.get("id").and_then(toml::Value::as_str).unwrap_or("without id").to_owned();
    let bad = |because: &str| origin.bad(format!("rule {id}: {}", because.trim()));
    let (header, body): (toml::Table, toml::Table) =
        entry.into_iter().partition(|(key, _)| HEADER.contains(&key.as_str()));
    let header = serde_path_to_error::deserialize::<_, Header>(toml::Value::Table(header)).map_err(
        |error| match error.path().to_string().as_str() {
            "." => bad(error.inner().message()),
            key => bad(&format!("`{key}`: {}", error.inner().message())),
        },
    )?;
    match header.fault(folder) {
        Some(fault) => Err(bad(&fault)),
        None => Ok(Rule { header, body, origin: Arc::clone(origin) }),
    }
}

/// Where in the file TOML itself stumbled: the rule, the line, the words of the line.
fn located(text: &str, error: &toml::de::Error) -> String {
    let what = error.message().trim().replace('\n', ", ");
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else { return what };
    let number = before.matches('\n').count();
    let key =
        text.lines().nth(number).and_then(|line| line.split_once('=')).map_or("", |(key, _)| key.trim());
    let id = before.lines().rev().take_while(|line| !line.starts_with("[[")).find_map(|line| {
        line.strip_prefix("id")
            .and_then(|rest| rest.trim_start().strip_prefix('='))
            .map(|id| id.trim().trim_matches('"'))
    });
    let id = id.map(|id| format!("rule {id}: ")).unwrap_or_default();
    let key = if key.is_empty() { String::new() } else { format!("`{key}` ") };
    format!("{id}{key}(line {}): {what}", number + 1)
}

/// The version of each rule that governs on a day.
pub(crate) fn in_force<B>(rules: &[Rule<B>], on: NaiveDate) -> impl Iterator<Item = &Rule<B>> {
    rules.iter().filter(move |it| it.header.in_force_on(on))
}

/// A day as TOML writes it, read strictly.
pub(crate) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    let read = toml::value::Datetime::deserialize(from)?;
    let date = match (read.date, read.time, read.offset) {
        (Some(date), None, None) => date,
        _ => return Err(serde::de::Error::custom("is no day")),
    };
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        .ok_or_else(|| serde::de::Error::custom(format!("{date} is no day of the calendar")))
}

pub(crate) fn some_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    day(from).map(Some)
}

/// Days as TOML writes them.
pub(crate) fn days<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<NaiveDate>, D::Error> {
    #[derive(Deserialize)]
    struct Day(#[serde(deserialize_with = "day")] NaiveDate);
    Ok(Vec::<Day>::deserialize(from)?.into_iter().map(|Day(day)| day).collect())
}
