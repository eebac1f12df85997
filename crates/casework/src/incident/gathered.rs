//! What was gathered, what is missing, and what reading one file gave.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A time without any record where there should be some. Both ends are inclusive, UTC, RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "LogGap")]
pub struct Gap {
    pub from: String,
    pub to: String,
}

/// Everything of one type, over all files. Records in the files = rows + duplicates + bad_rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "LogSource")]
pub struct Source {
    /// EVENT_TYPE, or the API name of the object.
    #[serde(rename = "type")]
    pub kind: String,
    /// Files given, also those given twice.
    pub files: u64,
    /// Distinct events kept.
    pub rows: u64,
    pub duplicates: u64,
    /// Another number of cells than the header, or no readable time.
    pub bad_rows: u64,
    /// First and last event, UTC, RFC 3339; `None` without any.
    pub from: Option<String>,
    pub to: Option<String>,
    pub gaps: Vec<Gap>,
}

/// A source that would have helped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MissingLog")]
pub struct Missing {
    #[serde(rename = "type")]
    pub kind: String,
    pub why: String,
    pub what_it_would_show: String,
    /// The day on which Salesforce removes what is still there for the time of the incident; `None` where that is not known.
    pub ages_out_on: Option<String>,
}

/// Event log files that a gathering of suspect days did not fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "LogsLeft")]
pub struct Left {
    pub files: u64,
    /// Files that the org has and that are worth fetching.
    pub of: u64,
}

impl Left {
    /// What it means, for the officer.
    pub fn caution(self) -> String {
        let Self { files, of } = self;
        format!("{files} of {of} event log files were left in the org: nothing was found on their days yet.")
    }
}

/// Everything gathered so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Gathered {
    pub sources: Vec<Source>,
    pub missing: Vec<Missing>,
    /// What to know before trusting the logs: skewed clocks, unreadable files, rows of ISO-8859-1 …
    pub cautions: Vec<String>,
    /// As the org was last looked at; one of the cautions says it.
    #[serde(default)]
    pub left_in_org: Option<Left>,
    /// The text of the case to open with Salesforce today.
    pub support_case: String,
}

/// The hours in which a type has records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Hours since 1970 UTC, as ranges with both ends.
    pub hours: Vec<[i64; 2]>,
}

/// What one file holds of one type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindRead {
    pub rows: u64,
    pub duplicates: u64,
    pub bad_rows: u64,
    /// Milliseconds since 1970 UTC of the first and the last record, duplicates included.
    pub span: Option<[i64; 2]>,
    pub coverage: Coverage,
}

/// The sources of an incident, by type, from what reading each file gave.
pub fn sources<'a>(readings: impl IntoIterator<Item = &'a Reading>) -> Vec<Source> {
    let mut all: BTreeMap<&str, Vec<(&KindRead, Option<&str>)>> = BTreeMap::new();
    for reading in readings {
        for (kind, read) in &reading.kinds {
            all.entry(kind).or_default().push((read, reading.interval.as_deref()));
        }
    }
    all.into_iter()
        .map(|(kind, reads)| {
            let sum = |count: fn(&KindRead) -> u64| reads.iter().map(|(read, _)| count(read)).sum();
            let ends = reads.iter().filter_map(|(read, _)| read.span);
            let span = ends.reduce(|one, other| [one[0].min(other[0]), one[1].max(other[1])]);
            Source {
                kind: kind.to_owned(),
                files: u64::try_from(reads.len()).unwrap_or(u64::MAX),
                rows: sum(|it| it.rows),
                duplicates: sum(|it| it.duplicates),
                bad_rows: sum(|it| it.bad_rows),
                from: span.and_then(|it| instant(it[0])),
                to: span.and_then(|it| instant(it[1])),
                gaps: if super::kind::comes_in_files(kind) {
                    super::gaps::gaps(&reads, span)
                } else {
                    Vec::new()
                },
            }
        })
        .collect()
}

/// RFC 3339, UTC, with milliseconds where there are any.
pub(super) fn instant(milliseconds: i64) -> Option<String> {
    let at = DateTime::<Utc>::from_timestamp_millis(milliseconds)?;
    Some(at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// What reading one file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    pub kinds: BTreeMap<String, KindRead>,
    /// Records that stood in an earlier file or earlier in this one, as ranges with both ends.
    pub skip: Vec<[u64; 2]>,
    /// Sentences about this file for the officer.
    pub cautions: Vec<String>,
    /// The earlier file with the same bytes, which holds the pieces.
    pub same_as: Option<i64>,
    /// Hourly, daily, or not told.
    pub interval: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_version_kept_still_opens() {
        let kept =
            r#"{"sources":[],"missing":[],"cautions":["a.csv: a clock was wrong."],"support_case":""}"#;
        let it: Gathered = serde_json::from_str(kept).unwrap();
        assert_eq!((it.left_in_org, it.cautions.len()), (None, 1));
    }
}
