//! Bulk API 1.0: jobs of several batches, in XML or JSON. Older clients use nothing else.
//!
//! A batch is carried out at once; it is shown as `Queued` when it is made and as done at the next look.

mod batch;
mod form;

use std::collections::BTreeMap;

use axum::http::Method;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::answer::{Answer, Refusal};
use super::super::call::Call;
use super::super::org::{Org, Session};
use super::super::rest::Asked;
use super::super::routes;
use super::ingest;
use super::jobs::IngestJob;
use super::query::key;
use batch::Batch;
use form::Form;

/// Rows of a part of a query when the client names no number, and the largest number it may name.
const CHUNK: usize = 100_000;
const LARGEST_CHUNK: usize = 250_000;

/// A job; its batches stand in the order in which they came.
#[derive(Clone)]
pub(crate) struct OldJob {
    id: String,
    owner_id: String,
    object: String,
    operation: String,
    version: u16,
    /// Form of the batches and of their results: those of CSV jobs are listed in XML.
    form: Form,
    concurrency: &'static str,
    /// Most rows of a part of a query, when the job asked for its parts.
    chunk: Option<usize>,
    state: &'static str,
    created_at: DateTime<Utc>,
    /// `None` for queries.
    ingest: Option<IngestJob>,
    batches: Vec<Batch>,
}

pub(crate) type OldJobs = BTreeMap<String, OldJob>;

/// Answers a request under `/services/async`; `n` is its number in the call list.
pub(crate) fn answer(org: &Org, call: &Call, n: usize) -> Answer {
    let form = if ["content-type", "accept"].iter().any(|it| call.header_has(it, "json")) {
        Form::Json
    } else {
        Form::Xml
    };
    carry_out(org, call, n).unwrap_or_else(|refusal| form.refusal(&refusal))
}

fn carry_out(org: &Org, call: &Call, n: usize) -> Result<Answer, Refusal> {
    let version = routes::version(&format!("v{}", call.segment(2).trim_start_matches('v')))?;
    let session = session(org, call, n)?;
    routes::may_use_api(&session)?;
    routes::within_allowance(org)?;
    let asked = Asked { org, session: &session, call, version, tooling: false };
    let path: Vec<&str> = call.path.iter().skip(3).map(String::as_str).collect();
    match (path.as_slice(), call.method == Method::POST, call.method == Method::GET) {
        (["job"], true, _) => create(&asked),
        (["job", id], true, _) => change(&asked, id),
        (["job", id], _, true) => with(&asked, id, |job| Ok(job.told(call))),
        (["job", id, "batch"], true, _) => batch::add(&asked, id, n),
        (["job", id, "batch"], _, true) => with(&asked, id, |job| Ok(batch::list(job, call))),
        (["job", id, "batch", one], _, true) => batch::info(&asked, id, one),
        (["job", id, "batch", one, "request"], _, true) => batch::request(&asked, id, one),
        (["job", id, "batch", one, "result"], _, true) => batch::result(&asked, id, one),
        (["job", id, "batch", one, "result", part], _, true) => batch::rows(&asked, id, one, part),
        _ => Err(Refusal::new(404, "NotFound", "There is no such resource")),
    }
}

/// The session of `X-SFDC-Session`, or of the usual header.
fn session(org: &Org, call: &Call, n: usize) -> Result<Session, Refusal> {
    let token = call
        .header("x-sfdc-session")
        .map(str::to_owned)
        .or_else(|| super::super::front::bearer(&call.headers))
        .and_then(|it| org.session(&it));
    let session = token
        .ok_or_else(|| Refusal::new(400, "InvalidSessionId", "Unable to find session from session id"))?;
    org.calls().named(n, session.user.username.clone());
    Ok(session)
}

fn no_job() -> Refusal {
    Refusal::new(400, "InvalidJob", "Unable to find job")
}

/// Something about one job of this session.
fn with(
    asked: &Asked<'_>,
    id: &str,
    about: impl FnOnce(&mut OldJob) -> Result<Answer, Refusal>,
) -> Result<Answer, Refusal> {
    let mut jobs = asked.org.jobs();
    about(jobs.old.get_mut(&key(id)).ok_or_else(no_job)?)
}

fn create(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let mut wanted = form::read(&asked.call.body)?;
    let content = wanted.remove("contentType").and_then(|it| it.as_str().map(str::to_uppercase));
    let form = match content.as_deref() {
        Some("JSON") => Form::Json,
        Some("CSV") => Form::Xml,
        _ => {
            return Err(Refusal::new(400, "InvalidJob", "The practice org takes batches in CSV and in JSON"));
        }
    };
    let serial = wanted.get("concurrencyMode").is_some_and(|it| *it == json!("Serial") || *it == json!(1));
    let operation = wanted.get("operation").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (object, ingest) = if matches!(operation.as_str(), "query" | "queryAll") {
        (wanted.get("object").and_then(Value::as_str).unwrap_or_default().to_owned(), None)
    } else {
        let ingest = ingest::made(asked, &Value::Object(wanted)).map_err(form::renamed)?;
        (ingest.job.object.clone(), Some(ingest))
    };
    let mut jobs = asked.org.jobs();
    let job = OldJob {
        id: jobs.new_id(),
        owner_id: asked.session.user.id.clone(),
        object,
        operation,
        version: asked.version,
        form,
        concurrency: if serial { "Serial" } else { "Parallel" },
        chunk: chunk(asked.call)?,
        state: "Open",
        created_at: asked.call.at,
        ingest,
        batches: Vec::new(),
    };
    let told = job.told(asked.call).status(201);
    jobs.old.insert(job.id.clone(), job);
    Ok(told)
}

/// What `Sforce-Enable-PKChunking` asks for: `TRUE`, or `chunkSize=N` with at most 250,000.
fn chunk(call: &Call) -> Result<Option<usize>, Refusal> {
    let Some(wanted) = call.header("sforce-enable-pkchunking").map(str::trim) else { return Ok(None) };
    if wanted.eq_ignore_ascii_case("false") {
        return Ok(None);
    }
    let size = wanted.split(';').filter_map(|it| it.split_once('=')).find_map(|(name, value)| {
        name.trim().eq_ignore_ascii_case("chunkSize").then(|| value.trim().parse::<usize>())
    });
    match size {
        None => Ok(Some(CHUNK)),
        Some(Ok(size)) if (1..=LARGEST_CHUNK).contains(&size) => Ok(Some(size)),
        Some(_) => Err(Refusal::new(400, "InvalidJob", "The chunk size must be from 1 to 250000")),
    }
}

fn change(asked: &Asked<'_>, id: &str) -> Result<Answer, Refusal> {
    let wanted = form::read(&asked.call.body)?;
    let state = match wanted.get("state").and_then(Value::as_str) {
        Some("Closed") => "Closed",
        Some("Aborted") => "Aborted",
        _ => return Err(Refusal::new(400, "InvalidJobState", "The state can be set to Closed or Aborted")),
    };
    with(asked, id, |job| {
        if job.state != "Open" {
            let message = format!("The job is {} already", job.state);
            return Err(Refusal::new(400, "InvalidJobState", message));
        }
        job.state = state;
        Ok(job.told(asked.call))
    })
}

impl OldJob {
    /// The language in which a client that calls like this reads about the job and its batches.
    fn spoken(&self, call: &Call) -> Form {
        match call.header("content-type") {
            Some(kind) if kind.contains("json") => Form::Json,
            Some(kind) if kind.contains("xml") => Form::Xml,
            _ => self.form,
        }
    }

    fn told(&self, call: &Call) -> Answer {
        let (done, failed) = self.batches.iter().fold((0, 0), |(done, failed), batch| {
            let (rows, bad) = batch.rows();
            (done + rows, failed + bad)
        });
        let mut info = Map::new();
        for (name, value) in [
            ("id", json!(self.id)),
            ("operation", json!(self.operation)),
            ("object", json!(self.object)),
            ("createdById", json!(self.owner_id)),
            ("createdDate", json!(form::stamp(self.created_at))),
            ("systemModstamp", json!(form::stamp(self.created_at))),
            ("state", json!(self.state)),
            ("concurrencyMode", json!(self.concurrency)),
            ("contentType", json!(if self.form == Form::Json { "JSON" } else { "CSV" })),
            ("numberBatchesQueued", json!(0)),
            ("numberBatchesInProgress", json!(0)),
            ("numberBatchesCompleted", json!(self.batches.iter().filter(|it| it.completed()).count())),
            ("numberBatchesFailed", json!(self.batches.iter().filter(|it| it.error().is_some()).count())),
            ("numberBatchesTotal", json!(self.batches.len())),
            ("numberRecordsProcessed", json!(done)),
            ("numberRetries", json!(0)),
            ("apiVersion", json!(f64::from(self.version))),
            ("numberRecordsFailed", json!(failed)),
            ("totalProcessingTime", json!(done)),
            ("apiActiveProcessingTime", json!(done)),
            ("apexProcessingTime", json!(0)),
        ] {
            info.insert(name.to_owned(), value);
        }
        self.spoken(call).answer("jobInfo", &Value::Object(info))
    }
}
