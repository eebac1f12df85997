//! The jobs of the org, whoever made them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::answer::Refusal;
use super::super::rest::{Found, wire_instant};
use super::old::OldJobs;
use super::process::Done;
use crate::world::id18;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    UploadComplete,
    InProgress,
    JobComplete,
    Failed,
    Aborted,
}

impl State {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::UploadComplete => "UploadComplete",
            Self::InProgress => "InProgress",
            Self::JobComplete => "JobComplete",
            Self::Failed => "Failed",
            Self::Aborted => "Aborted",
        }
    }

    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::JobComplete | Self::Failed | Self::Aborted)
    }
}

/// What query and ingest jobs have in common.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub id: String,
    pub owner_id: String,
    pub object: String,
    pub operation: String,
    pub version: u16,
    pub state: State,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// Name (`COMMA`) and character.
    pub delimiter: (&'static str, char),
    /// Name (`LF`) and text.
    pub line_ending: (&'static str, &'static str),
    pub error: Option<String>,
}

#[derive(Clone)]
pub(crate) struct QueryJob {
    pub job: Job,
    pub found: Found,
}

#[derive(Debug, Clone)]
pub(crate) struct IngestJob {
    pub job: Job,
    pub external_id: Option<String>,
    pub upload: Option<Vec<u8>>,
    /// Set once the upload was carried out.
    pub done: Option<Done>,
}

/// All jobs, oldest first.
#[derive(Default)]
pub(crate) struct Jobs {
    made: u64,
    ingests: u64,
    queries: u64,
    pub query: BTreeMap<String, QueryJob>,
    pub ingest: BTreeMap<String, IngestJob>,
    pub old: OldJobs,
}

const DELIMITERS: [(&str, char); 6] =
    [("COMMA", ','), ("TAB", '\t'), ("PIPE", '|'), ("SEMICOLON", ';'), ("CARET", '^'), ("BACKQUOTE", '`')];

impl Jobs {
    /// A job id.
    pub(crate) fn new_id(&mut self) -> String {
        self.new_part_id("750")
    }

    /// The id of a job's part, under the prefix of its kind.
    pub(crate) fn new_part_id(&mut self, prefix: &str) -> String {
        self.made += 1;
        let short = format!("{prefix}5g{:010}", self.made);
        id18(&short).unwrap_or(short)
    }

    pub(crate) fn add_query(&mut self, job: QueryJob) {
        self.queries += 1;
        self.query.insert(job.job.id.clone(), job);
    }

    pub(crate) fn add_ingest(&mut self, job: IngestJob) {
        self.ingests += 1;
        self.ingest.insert(job.job.id.clone(), job);
    }

    /// Ingest jobs and query jobs made since the start.
    pub(crate) fn spent(&self) -> (u64, u64) {
        (self.ingests, self.queries)
    }
}

/// The delimiter and line ending that a request for a job names.
#[allow(clippy::type_complexity, reason = "two named characters")]
pub(crate) fn dialect(body: &Value) -> Result<((&'static str, char), (&'static str, &'static str)), Refusal> {
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    let invalid = |what: &str| Refusal::new(400, "INVALIDJOB", format!("Invalid {what}"));
    let delimiter = match text("columnDelimiter") {
        None => ("COMMA", ','),
        Some(name) => *DELIMITERS
            .iter()
            .find(|(it, _)| it.eq_ignore_ascii_case(name))
            .ok_or_else(|| invalid("columnDelimiter"))?,
    };
    let ending = match text("lineEnding") {
        None => ("LF", "\n"),
        Some(it) if it.eq_ignore_ascii_case("LF") => ("LF", "\n"),
        Some(it) if it.eq_ignore_ascii_case("CRLF") => ("CRLF", "\r\n"),
        Some(_) => return Err(invalid("lineEnding")),
    };
    match text("contentType") {
        None => Ok((delimiter, ending)),
        Some(it) if it.eq_ignore_ascii_case("CSV") => Ok((delimiter, ending)),
        Some(_) => Err(invalid("contentType")),
    }
}

impl Job {
    /// The part that every view of a job shows.
    pub(crate) fn shown(&self) -> Map<String, Value> {
        let stamp = |at: DateTime<Utc>| wire_instant(&at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string());
        let mut map = Map::new();
        map.insert("id".to_owned(), json!(self.id));
        map.insert("operation".to_owned(), json!(self.operation));
        map.insert("object".to_owned(), json!(self.object));
        map.insert("createdById".to_owned(), json!(self.owner_id));
        map.insert("createdDate".to_owned(), json!(stamp(self.created_at)));
        map.insert("systemModstamp".to_owned(), json!(stamp(self.changed_at)));
        map.insert("state".to_owned(), json!(self.state.word()));
        map.insert("concurrencyMode".to_owned(), json!("Parallel"));
        map.insert("contentType".to_owned(), json!("CSV"));
        map.insert("apiVersion".to_owned(), json!(f64::from(self.version)));
        map.insert("lineEnding".to_owned(), json!(self.line_ending.0));
        map.insert("columnDelimiter".to_owned(), json!(self.delimiter.0));
        map
    }

    /// One look further: what is under way is a step nearer to its end.
    pub(crate) fn looked_at(&mut self, now: DateTime<Utc>) {
        let next = match self.state {
            State::UploadComplete => State::InProgress,
            State::InProgress if self.error.is_some() => State::Failed,
            State::InProgress => State::JobComplete,
            over @ (State::Open | State::JobComplete | State::Failed | State::Aborted) => over,
        };
        if next != self.state {
            self.state = next;
            self.changed_at = now;
        }
    }

    /// Results are read with the version that made the job.
    pub(crate) fn same_version(&self, version: u16) -> Result<(), Refusal> {
        if self.version == version {
            return Ok(());
        }
        Err(Refusal::new(
            409,
            "API_VERSION_MISMATCH",
            format!(
                "The job was created with API version {}.0; use the same version to read its results",
                self.version
            ),
        ))
    }
}

/// The refusal of an id that no job has.
pub(crate) fn no_job() -> Refusal {
    Refusal::new(404, "NOT_FOUND", "The requested resource does not exist")
}

/// One page of a list of jobs (1,000), newest last.
pub(crate) fn page(all: Vec<Value>, at: usize, next: impl Fn(usize) -> String) -> Value {
    const PAGE: usize = 1000;
    let done = at + PAGE >= all.len();
    let records: Vec<Value> = all.into_iter().skip(at).take(PAGE).collect();
    let next = if done { Value::Null } else { json!(next(at + PAGE)) };
    json!({"done": done, "records": records, "nextRecordsUrl": next})
}
