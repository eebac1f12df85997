//! Query jobs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::super::answer::{Answer, Refusal};
use super::super::rest::{Asked, Door, Outcome, ask};
use super::jobs::{self, Job, QueryJob, State, no_job};

/// Rows of a result when the caller names no number.
const DEFAULT_ROWS: usize = 50_000;

pub(super) fn create(asked: &Asked<'_>) -> Outcome {
    let body = asked.call.json()?;
    let operation = body.get("operation").and_then(Value::as_str).unwrap_or("");
    let door = match operation {
        "query" => Door::Bulk,
        "queryAll" => Door::BulkAll,
        _ => return Err(Refusal::new(400, "INVALIDJOB", "The operation must be query or queryAll")),
    };
    let Some(text) = body.get("query").and_then(Value::as_str).filter(|it| !it.trim().is_empty()) else {
        return Err(Refusal::new(400, "INVALIDJOB", "The query of the job is missing"));
    };
    let (delimiter, line_ending) = jobs::dialect(&body)?;
    let found = ask(asked.org, asked.session, text, door, asked.version)?;
    let mut jobs = asked.org.jobs();
    let job = Job {
        id: jobs.new_id(),
        owner_id: asked.session.user.id.clone(),
        object: found.entity().to_owned(),
        operation: operation.to_owned(),
        version: asked.version,
        state: State::UploadComplete,
        created_at: asked.call.at,
        changed_at: asked.call.at,
        delimiter,
        line_ending,
        error: None,
    };
    let shown = Value::Object(job.shown());
    jobs.add_query(QueryJob { job, found });
    Ok(Answer::json(shown))
}

fn whole(job: &QueryJob) -> Map<String, Value> {
    let mut map = job.job.shown();
    let processed = if job.job.state == State::JobComplete { job.found.len() } else { 0 };
    map.insert("jobType".to_owned(), json!("V2Query"));
    map.insert("numberRecordsProcessed".to_owned(), json!(processed));
    map.insert("retries".to_owned(), json!(0));
    map.insert("totalProcessingTime".to_owned(), json!(if processed > 0 { 120 } else { 0 }));
    map.insert("isPkChunkingSupported".to_owned(), json!(true));
    if let Some(error) = &job.job.error {
        map.insert("errorMessage".to_owned(), json!(error));
    }
    map
}

pub(super) fn info(asked: &Asked<'_>, id: &str) -> Outcome {
    let mut jobs = asked.org.jobs();
    let job = jobs.query.get_mut(&key(id)).ok_or_else(no_job)?;
    job.job.looked_at(asked.call.at);
    Ok(Answer::json(Value::Object(whole(job))))
}

/// A job id in 18 characters.
pub(super) fn key(id: &str) -> String {
    crate::world::id18(id).unwrap_or_else(|| id.to_owned())
}

/// All query jobs of the org, other users' too.
pub(super) fn list(asked: &Asked<'_>) -> Outcome {
    let kind = asked.call.param("jobType").unwrap_or("V2Query");
    let mode = asked.call.param("concurrencyMode").unwrap_or("Parallel");
    let all: Vec<Value> = if kind.eq_ignore_ascii_case("V2Query") && mode.eq_ignore_ascii_case("parallel") {
        asked.org.jobs().query.values().map(|it| Value::Object(whole(it))).collect()
    } else {
        Vec::new()
    };
    let at = asked.call.param("queryLocator").and_then(offset).unwrap_or(0);
    let base = asked.base();
    Ok(Answer::json(jobs::page(all, at, |next| format!("{base}/jobs/query?queryLocator={}", locator(next)))))
}

pub(super) fn abort(asked: &Asked<'_>, id: &str) -> Outcome {
    let body = asked.call.json()?;
    if body.get("state").and_then(Value::as_str) != Some("Aborted") {
        return Err(Refusal::new(
            400,
            "INVALIDJOBSTATE",
            "The state of a query job can only be set to Aborted",
        ));
    }
    let mut jobs = asked.org.jobs();
    let job = jobs.query.get_mut(&key(id)).ok_or_else(no_job)?;
    if !matches!(job.job.state, State::UploadComplete | State::InProgress) {
        let message = format!("A job in the state {} cannot be aborted", job.job.state.word());
        return Err(Refusal::new(400, "INVALIDJOBSTATE", message));
    }
    job.job.state = State::Aborted;
    job.job.changed_at = asked.call.at;
    Ok(Answer::json(Value::Object(job.job.shown())))
}

pub(super) fn delete(asked: &Asked<'_>, id: &str) -> Outcome {
    let mut jobs = asked.org.jobs();
    let job = jobs.query.get(&key(id)).ok_or_else(no_job)?;
    if !job.job.state.is_over() {
        let message = format!("A job in the state {} cannot be deleted", job.job.state.word());
        return Err(Refusal::new(400, "API_ERROR", message));
    }
    jobs.query.remove(&key(id));
    Ok(Answer::nothing())
}

/// A locator: opaque to clients, readable again as long as the job lives.
fn locator(at: usize) -> String {
    URL_SAFE_NO_PAD.encode(at.to_string())
}

fn offset(locator: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(locator.trim_end_matches('=')).ok()?;
    String::from_utf8(bytes).ok()?.parse().ok()
}

fn readable(asked: &Asked<'_>, id: &str) -> Result<QueryJob, Refusal> {
    let job = asked.org.jobs().query.get(&key(id)).cloned().ok_or_else(no_job)?;
    let user = &asked.session.user;
    if job.job.owner_id != user.id && !user.may("ModifyAllData") && !user.may("ViewAllData") {
        return Err(Refusal::new(403, "INSUFFICIENT_ACCESS", "The results belong to another user"));
    }
    job.job.same_version(asked.version)?;
    if job.job.state != State::JobComplete {
        let message = format!("The job is in the state {}; its results cannot be read", job.job.state.word());
        return Err(Refusal::new(400, "INVALIDJOBSTATE", message));
    }
    Ok(job)
}

fn rows_wanted(asked: &Asked<'_>) -> Result<usize, Refusal> {
    match asked.call.param("maxRecords") {
        None => Ok(DEFAULT_ROWS),
        Some(text) => text.parse::<usize>().ok().filter(|it| *it > 0).ok_or_else(|| {
            Refusal::new(400, "INVALID_MAX_RECORDS", "maxRecords must be a whole number above 0")
        }),
    }
}

fn start(asked: &Asked<'_>, all: usize) -> Result<usize, Refusal> {
    match asked.call.param("locator") {
        None | Some("") => Ok(0),
        Some(text) => offset(text)
            .filter(|it| *it <= all)
            .ok_or_else(|| Refusal::new(400, "INVALID_LOCATOR", "The locator is not one of this job's")),
    }
}

pub(super) fn results(asked: &Asked<'_>, id: &str) -> Outcome {
    let job = readable(asked, id)?;
    let (from, n) = (start(asked, job.found.len())?, rows_wanted(asked)?);
    let world = asked.org.world();
    let csv = job.found.csv(&world, &asked.session.user, from, n, job.job.delimiter.1, job.job.line_ending.1);
    let end = from.saturating_add(n).min(job.found.len());
    let next = if end < job.found.len() { locator(end) } else { "null".to_owned() };
    Ok(Answer::bytes("text/csv; charset=UTF-8", csv.into_bytes())
        .header("sforce-numberofrecords", (end - from).to_string())
        .header("sforce-locator", next))
}

/// Up to five addresses of results, to be read in parallel.
pub(super) fn result_pages(asked: &Asked<'_>, id: &str) -> Outcome {
    if asked.version < 58 {
        return Err(Refusal::not_found());
    }
    let job = readable(asked, id)?;
    let all = job.found.len();
    let (from, n) = (start(asked, all)?, rows_wanted(asked)?);
    let limit = asked.call.param("maxRecords").map_or_else(String::new, |_| format!("&maxRecords={n}"));
    let address = format!("{}/jobs/query/{}", asked.base(), job.job.id);
    let mut pages = Vec::new();
    let mut at = from;
    while pages.len() < 5 && (at < all || (at == 0 && pages.is_empty())) {
        pages.push(json!({"resultUrl": format!("{address}/results?locator={}{limit}", locator(at))}));
        at = at.saturating_add(n);
    }
    let done = at >= all;
    let next = if done {
        Value::Null
    } else {
        json!(format!("{address}/resultPages?locator={}{limit}", locator(at)))
    };
    Ok(Answer::json(json!({"resultPages": pages, "nextRecordsUrl": next, "done": done})))
}
