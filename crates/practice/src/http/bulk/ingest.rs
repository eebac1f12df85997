//! Ingest jobs.

use serde_json::{Map, Value, json};

use super::super::answer::{Answer, Content, Refusal};
use super::super::rest::{Asked, Outcome};
use super::jobs::{self, IngestJob, Job, State, no_job};
use super::query::key;
use super::{csv, process};

const OPERATIONS: [&str; 5] = ["insert", "update", "upsert", "delete", "hardDelete"];
/// Largest upload, raw.
const UPLOAD_LIMIT: usize = 150 * 1024 * 1024;

/// Makes a job; the multipart form also brings its data and closes it.
pub(super) fn create(asked: &Asked<'_>) -> Outcome {
    let kind = asked.call.header("content-type").unwrap_or("");
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        let body = asked.call.json()?;
        let job = made(asked, &body)?;
        let shown = Value::Object(opened(&job));
        asked.org.jobs().add_ingest(job);
        return Ok(Answer::json(shown));
    }
    let bad = || Refusal::new(400, "INVALIDJOB", "The multipart body cannot be read");
    let parts = super::super::rest::parts(kind, &asked.call.body).ok_or_else(bad)?;
    let job = parts.iter().find(|it| it.name == "job").ok_or_else(bad)?;
    let content = parts.iter().find(|it| it.name == "content").ok_or_else(bad)?;
    let body: Value = serde_json::from_slice(&job.bytes).map_err(|_| bad())?;
    let mut job = made(asked, &body)?;
    job.upload = Some(content.bytes.clone());
    let id = job.job.id.clone();
    asked.org.jobs().add_ingest(job);
    close(asked, &id)
}

/// A job as the request describes it, after everything in it was checked.
pub(super) fn made(asked: &Asked<'_>, body: &Value) -> Result<IngestJob, Refusal> {
    let text = |key: &str| body.get(key).and_then(Value::as_str).filter(|it| !it.is_empty());
    let invalid = |message: String| Refusal::new(400, "INVALIDJOB", message);
    let operation =
        text("operation").ok_or_else(|| invalid("The operation of the job is missing".to_owned()))?;
    let operation = OPERATIONS
        .iter()
        .find(|it| it.eq_ignore_ascii_case(operation))
        .ok_or_else(|| invalid(format!("Invalid operation: {operation}")))?;
    let user = &asked.session.user;
    if *operation == "hardDelete" && !user.may("BulkApiHardDelete") {
        return Err(Refusal::new(
            400,
            "FEATURENOTENABLED",
            "hardDelete operation requires special user profile permission, please contact your system administrator",
        ));
    }
    let object = text("object").ok_or_else(|| invalid("The object of the job is missing".to_owned()))?;
    let object = {
        let world = asked.org.world();
        let def = world
            .visible_object(user, object)
            .ok_or_else(|| invalid(format!("Unable to find object: {object}")))?;
        def.name.clone()
    };
    let external_id = text("externalIdFieldName").map(str::to_owned);
    if *operation == "upsert" && external_id.is_none() {
        return Err(invalid("An upsert job needs externalIdFieldName".to_owned()));
    }
    if let (true, Some(field)) = (*operation == "upsert", &external_id) {
        let world = asked.org.world();
        let known = world.object(&object).and_then(|it| it.field(field)).is_some_and(|it| {
            it.external_id || it.id_lookup || it.unique || it.name.eq_ignore_ascii_case("Id")
        });
        if !known {
            return Err(invalid(format!(
                "Field name provided, {field} does not match an External ID for {object}"
            )));
        }
    }
    let (delimiter, line_ending) = jobs::dialect(body)?;
    let job = Job {
        id: asked.org.jobs().new_id(),
        owner_id: user.id.clone(),
        object,
        operation: (*operation).to_owned(),
        version: asked.version,
        state: State::Open,
        created_at: asked.call.at,
        changed_at: asked.call.at,
        delimiter,
        line_ending,
        error: None,
    };
    Ok(IngestJob { job, external_id, upload: None, done: None })
}

fn opened(job: &IngestJob) -> Map<String, Value> {
    let mut map = job.job.shown();
    let url = format!("services/data/v{}.0/jobs/ingest/{}/batches", job.job.version, job.job.id);
    map.insert("contentUrl".to_owned(), json!(url));
    map.insert("jobType".to_owned(), json!("V2Ingest"));
    if let Some(field) = &job.external_id {
        map.insert("externalIdFieldName".to_owned(), json!(field));
    }
    map
}

fn whole(job: &IngestJob) -> Map<String, Value> {
    let mut map = opened(job);
    let over = job.job.state.is_over();
    let done = job.done.as_ref().filter(|_| over);
    let rows = done.map_or(0, |it| it.rows.len());
    map.insert("retries".to_owned(), json!(0));
    map.insert("totalProcessingTime".to_owned(), json!(rows));
    map.insert("apiActiveProcessingTime".to_owned(), json!(rows));
    map.insert("apexProcessingTime".to_owned(), json!(0));
    map.insert("numberRecordsProcessed".to_owned(), json!(rows));
    map.insert("numberRecordsFailed".to_owned(), json!(done.map_or(0, process::Done::failed)));
    if let Some(error) = job.job.error.as_ref().filter(|_| over) {
        map.insert("errorMessage".to_owned(), json!(error));
    }
    map
}

/// `PUT …/batches`.
pub(super) fn upload(asked: &Asked<'_>, id: &str) -> Outcome {
    let mut jobs = asked.org.jobs();
    let job = jobs.ingest.get_mut(&key(id)).ok_or_else(no_job)?;
    if job.job.state != State::Open {
        let message = format!("Data cannot be uploaded to a job in the state {}", job.job.state.word());
        return Err(Refusal::new(400, "INVALIDJOBSTATE", message));
    }
    if job.upload.is_some() {
        return Err(Refusal::new(
            400,
            "INVALIDBATCH",
            format!("Found multiple contents for job: {}. Upload only once to a job", job.job.id),
        ));
    }
    let kind = asked.call.header("content-type").unwrap_or("text/csv").to_ascii_lowercase();
    if !kind.contains("csv") {
        return Err(Refusal::new(400, "INVALIDBATCH", format!("The content type {kind} is not supported")));
    }
    if asked.call.body.len() > UPLOAD_LIMIT {
        return Err(Refusal::new(413, "REQUEST_ENTITY_TOO_LARGE", "The upload exceeds 150 MB"));
    }
    job.upload = Some(asked.call.body.clone());
    Ok(Answer::with(201, Content::Nothing))
}

/// `PATCH` with `UploadComplete` or `Aborted`.
pub(super) fn change_state(asked: &Asked<'_>, id: &str) -> Outcome {
    let body = asked.call.json()?;
    match body.get("state").and_then(Value::as_str) {
        Some("UploadComplete") => close(asked, id),
        Some("Aborted") => {
            let mut jobs = asked.org.jobs();
            let job = jobs.ingest.get_mut(&key(id)).ok_or_else(no_job)?;
            if job.job.state != State::Open {
                let message = format!("A job in the state {} cannot be aborted", job.job.state.word());
                return Err(Refusal::new(400, "INVALIDJOBSTATE", message));
            }
            job.job.state = State::Aborted;
            job.job.changed_at = asked.call.at;
            Ok(Answer::json(Value::Object(opened(job))))
        }
        _ => Err(Refusal::new(
            400,
            "INVALIDJOBSTATE",
            "The state can only be set to UploadComplete or Aborted",
        )),
    }
}

/// Takes no more data and carries the job out.
fn close(asked: &Asked<'_>, id: &str) -> Outcome {
    let (job, upload) = {
        let mut jobs = asked.org.jobs();
        let job = jobs.ingest.get_mut(&key(id)).ok_or_else(no_job)?;
        if job.job.state != State::Open {
            let message = format!("The upload of a job in the state {} is closed", job.job.state.word());
            return Err(Refusal::new(400, "INVALIDJOBSTATE", message));
        }
        let Some(upload) = job.upload.take() else {
            return Err(Refusal::new(400, "INVALIDJOBSTATE", "No data was uploaded to the job"));
        };
        job.job.state = State::UploadComplete;
        job.job.changed_at = asked.call.at;
        (job.clone(), upload)
    };
    let outcome = csv::read(&upload, job.job.delimiter.1)
        .and_then(|sheet| process::carry_out(asked.org, asked.session, &job, sheet));
    let mut jobs = asked.org.jobs();
    let job = jobs.ingest.get_mut(&key(id)).ok_or_else(no_job)?;
    let changes = match outcome {
        Ok(mut done) => {
            let changes = std::mem::take(&mut done.changes);
            job.done = Some(done);
            changes
        }
        Err(error) => {
            job.job.error = Some(error);
            job.upload = Some(upload);
            Vec::new()
        }
    };
    Ok(Answer::json(Value::Object(opened(job))).changed(changes))
}

pub(super) fn info(asked: &Asked<'_>, id: &str) -> Outcome {
    let mut jobs = asked.org.jobs();
    let job = jobs.ingest.get_mut(&key(id)).ok_or_else(no_job)?;
    job.job.looked_at(asked.call.at);
    Ok(Answer::json(Value::Object(whole(job))))
}

/// All ingest jobs of the org, other users' too.
pub(super) fn list(asked: &Asked<'_>) -> Outcome {
    let all = asked.org.jobs().ingest.values().map(|it| Value::Object(whole(it))).collect();
    let at = asked.call.param("queryLocator").and_then(|it| it.parse().ok()).unwrap_or(0);
    let base = asked.base();
    Ok(Answer::json(jobs::page(all, at, |next| format!("{base}/jobs/ingest?queryLocator={next}"))))
}

pub(super) fn delete(asked: &Asked<'_>, id: &str) -> Outcome {
    let mut jobs = asked.org.jobs();
    let job = jobs.ingest.get(&key(id)).ok_or_else(no_job)?;
    if !job.job.state.is_over() && job.job.state != State::UploadComplete {
        let message = format!("A job in the state {} cannot be deleted", job.job.state.word());
        return Err(Refusal::new(400, "API_ERROR", message));
    }
    jobs.ingest.remove(&key(id));
    Ok(Answer::nothing())
}

/// `successfulResults`, `failedResults` or `unprocessedrecords`.
pub(super) fn results(asked: &Asked<'_>, id: &str, kind: &str) -> Outcome {
    let jobs = asked.org.jobs();
    let job = jobs.ingest.get(&key(id)).ok_or_else(no_job)?;
    job.job.same_version(asked.version)?;
    let (delimiter, ending) = (job.job.delimiter.1, job.job.line_ending.1);
    let mut out = String::new();
    let mut line = |first: &[&str], rest: &[String]| {
        let cells = first.iter().copied().chain(rest.iter().map(String::as_str));
        csv::line(&mut out, cells, delimiter, ending);
    };
    let finished = job.done.as_ref().filter(|_| job.job.state.is_over());
    let empty = Vec::new();
    let (header, rows) = finished.map_or((&empty, &[][..]), |it| (&it.header, it.rows.as_slice()));
    match kind.to_ascii_lowercase().as_str() {
        "successfulresults" => {
            line(&["sf__Id", "sf__Created"], header);
            for (row, done) in rows.iter().filter(|(_, it)| it.error.is_none()) {
                line(&[&done.id, if done.created { "true" } else { "false" }], row);
            }
        }
        "failedresults" => {
            line(&["sf__Id", "sf__Error"], header);
            for (row, done) in rows {
                if let Some(error) = &done.error {
                    line(&[&done.id, error], row);
                }
            }
        }
        "unprocessedrecords" => {
            let left = job.upload.as_ref().filter(|_| job.job.state.is_over());
            let sheet = left.and_then(|it| csv::read(it, delimiter).ok()).unwrap_or_default();
            let header = if sheet.header.is_empty() { header.clone() } else { sheet.header };
            line(&[], &header);
            for row in &sheet.rows {
                line(&[], row);
            }
        }
        _ => return Err(Refusal::not_found()),
    }
    Ok(Answer::bytes("text/csv; charset=UTF-8", out.into_bytes()))
}
