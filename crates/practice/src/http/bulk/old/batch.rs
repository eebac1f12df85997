//! The batches of a job: rows that are written, or a query whose rows are read.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::super::answer::{Answer, Refusal};
use super::super::super::call::Call;
use super::super::super::rest::{Asked, Door, Found, ask};
use super::super::super::routes;
use super::super::csv::{self, Sheet};
use super::super::process::{self, RowDone};
use super::super::query::key;
use super::form::{self, Form};
use super::{OldJob, no_job, with};
use crate::world::id18;

/// Most rows of one batch.
const ROWS: usize = 10_000;

#[derive(Clone)]
pub(super) struct Batch {
    id: String,
    request: Vec<u8>,
    created_at: DateTime<Utc>,
    looked_at: bool,
    came_to: Result<Done, String>,
}

#[derive(Clone)]
enum Done {
    Written(Vec<RowDone>),
    /// The rows of a query from one place to another.
    Found {
        result: String,
        rows: Found,
        from: usize,
        to: usize,
    },
    /// A query whose parts stand in the batches after this one.
    InParts,
}

impl Batch {
    pub(super) fn error(&self) -> Option<&str> {
        self.came_to.as_ref().err().map(String::as_str)
    }

    pub(super) fn completed(&self) -> bool {
        matches!(self.came_to, Ok(Done::Written(_) | Done::Found { .. }))
    }

    /// Rows processed, and rows refused.
    pub(super) fn rows(&self) -> (usize, usize) {
        match &self.came_to {
            Ok(Done::Written(rows)) => (rows.len(), rows.iter().filter(|it| it.error.is_some()).count()),
            Ok(Done::Found { from, to, .. }) => (to - from, 0),
            Ok(Done::InParts) | Err(_) => (0, 0),
        }
    }

    fn told(&self, job: &str) -> Value {
        let state = match (self.looked_at, &self.came_to) {
            (_, Ok(Done::InParts)) => "NotProcessed",
            (false, _) => "Queued",
            (true, Ok(_)) => "Completed",
            (true, Err(_)) => "Failed",
        };
        let (rows, failed) = if self.looked_at { self.rows() } else { (0, 0) };
        let mut info = json!({
            "id": self.id, "jobId": job, "state": state, "createdDate": form::stamp(self.created_at),
            "systemModstamp": form::stamp(self.created_at), "numberRecordsProcessed": rows,
            "numberRecordsFailed": failed, "totalProcessingTime": rows, "apiActiveProcessingTime": rows,
            "apexProcessingTime": 0,
        });
        if let (Some(error), Some(info)) = (self.error().filter(|_| self.looked_at), info.as_object_mut()) {
            info.insert("stateMessage".to_owned(), json!(error));
        }
        info
    }
}

/// Takes a batch and carries it out.
pub(super) fn add(asked: &Asked<'_>, id: &str, n: usize) -> Result<Answer, Refusal> {
    let job = asked.org.jobs().old.get(&key(id)).cloned().ok_or_else(no_job)?;
    if job.state != "Open" {
        let message = format!("The job is {}; no batch can be added", job.state);
        return Err(Refusal::new(400, "InvalidJobState", message));
    }
    let (came_to, changes) = match &job.ingest {
        None => (found(asked, &job), Vec::new()),
        Some(ingest) => {
            routes::meddle_before_write(asked.org, n);
            let sheet = sheet(&job, &asked.call.body)?;
            match process::carry_out(asked.org, asked.session, ingest, sheet) {
                Ok(done) => {
                    let rows = done.rows.into_iter().map(|(_, row)| row).collect();
                    (vec![Ok(Done::Written(rows))], done.changes)
                }
                Err(error) => (vec![Err(error)], Vec::new()),
            }
        }
    };
    let mut jobs = asked.org.jobs();
    let batches: Vec<Batch> = came_to
        .into_iter()
        .map(|came_to| Batch {
            id: jobs.new_part_id("751"),
            request: asked.call.body.clone(),
            created_at: asked.call.at,
            looked_at: false,
            came_to,
        })
        .collect();
    let first = batches.first().ok_or_else(no_job)?;
    let told = job.spoken(asked.call).answer("batchInfo", &first.told(&job.id));
    jobs.old.get_mut(&job.id).ok_or_else(no_job)?.batches.extend(batches);
    Ok(told.status(201).changed(changes))
}

/// What a query came to: one batch, or the batch that asked and its parts.
fn found(asked: &Asked<'_>, job: &OldJob) -> Vec<Result<Done, String>> {
    let rows = match queried(asked, job) {
        Ok(rows) => rows,
        Err(error) => return vec![Err(error)],
    };
    let part = |from: usize, to: usize| {
        let result = asked.org.jobs().new_part_id("752");
        Ok(Done::Found { result, rows: rows.clone(), from, to })
    };
    let Some(chunk) = job.chunk else { return vec![part(0, rows.len())] };
    let parts = (0..rows.len()).step_by(chunk).map(|from| part(from, rows.len().min(from + chunk)));
    std::iter::once(Ok(Done::InParts)).chain(parts).collect()
}

fn queried(asked: &Asked<'_>, job: &OldJob) -> Result<Found, String> {
    let text = String::from_utf8_lossy(&asked.call.body);
    let door = if job.operation == "queryAll" { Door::BulkAll } else { Door::Bulk };
    let rows = ask(asked.org, asked.session, text.trim(), door, asked.version)
        .map_err(|refusal| format!("InvalidBatch : {}: {}", refusal.code, refusal.message))?;
    if !rows.entity().eq_ignore_ascii_case(&job.object) {
        return Err(format!("InvalidBatch : Failed to process query: the job is about {}", job.object));
    }
    Ok(rows)
}

fn sheet(job: &OldJob, body: &[u8]) -> Result<Sheet, Refusal> {
    let invalid = |text: String| Refusal::new(400, "InvalidBatch", text);
    let sheet = match job.form {
        Form::Xml => csv::read(body, ',').map_err(invalid)?,
        Form::Json => {
            let rows: Vec<Map<String, Value>> = serde_json::from_slice(body)
                .map_err(|_| invalid("The batch is no list of records".to_owned()))?;
            spread(&rows)
        }
    };
    if sheet.rows.len() > ROWS {
        return Err(Refusal::new(400, "ExceededQuota", format!("A batch takes {ROWS} records at most")));
    }
    Ok(sheet)
}

/// Records as rows of one table: a parent named by its key becomes a column `Account.Number__c`, null clears.
fn spread(records: &[Map<String, Value>]) -> Sheet {
    let flat: Vec<Vec<(String, String)>> = records
        .iter()
        .map(|record| {
            let cells = record.iter().filter(|(name, _)| *name != "attributes");
            cells
                .flat_map(|(name, value)| match value {
                    Value::Object(parent) => {
                        parent.iter().map(|(field, value)| (format!("{name}.{field}"), cell(value))).collect()
                    }
                    other => vec![(name.clone(), cell(other))],
                })
                .collect()
        })
        .collect();
    let mut header: Vec<String> = Vec::new();
    for (name, _) in flat.iter().flatten() {
        if !header.contains(name) {
            header.push(name.clone());
        }
    }
    let of = |row: &[(String, String)], name: &String| {
        row.iter().find(|(it, _)| it == name).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let rows = flat.iter().map(|row| header.iter().map(|name| of(row, name)).collect()).collect();
    Sheet { header, rows }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => "#N/A".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// All batches; looking at the list lets them be done, for some clients look nowhere else.
pub(super) fn list(job: &mut OldJob, call: &Call) -> Answer {
    job.batches.iter_mut().for_each(|it| it.looked_at = true);
    let all: Vec<Value> = job.batches.iter().map(|it| it.told(&job.id)).collect();
    job.spoken(call).answer("batchInfoList", &json!({ "batchInfo": all }))
}

/// One batch of one job; looking at it lets it be done.
fn with_batch(
    asked: &Asked<'_>,
    id: &str,
    one: &str,
    about: impl FnOnce(&OldJob, &Batch) -> Result<Answer, Refusal>,
) -> Result<Answer, Refusal> {
    with(asked, id, |job| {
        let place = job.batches.iter().position(|it| it.id == id18(one).unwrap_or_else(|| one.to_owned()));
        let missing = || Refusal::new(400, "InvalidBatch", "Unable to find batch");
        let batch = place.and_then(|it| job.batches.get_mut(it)).ok_or_else(missing)?;
        batch.looked_at = true;
        let batch = batch.clone();
        about(job, &batch)
    })
}

pub(super) fn info(asked: &Asked<'_>, id: &str, one: &str) -> Result<Answer, Refusal> {
    with_batch(asked, id, one, |job, batch| {
        Ok(job.spoken(asked.call).answer("batchInfo", &batch.told(&job.id)))
    })
}

/// What was sent.
pub(super) fn request(asked: &Asked<'_>, id: &str, one: &str) -> Result<Answer, Refusal> {
    with_batch(asked, id, one, |job, batch| {
        Ok(match job.form {
            Form::Json => Answer::bytes("application/json", batch.request.clone()),
            Form::Xml => form::text(batch.request.clone()),
        })
    })
}

/// The rows that were written, or the names of the parts in which a query's rows are read.
pub(super) fn result(asked: &Asked<'_>, id: &str, one: &str) -> Result<Answer, Refusal> {
    with_batch(asked, id, one, |job, batch| match (&batch.came_to, job.form) {
        (Err(error), _) => Err(Refusal::new(400, "InvalidBatch", error.clone())),
        (Ok(Done::InParts), _) => {
            Err(Refusal::new(400, "InvalidBatch", "The batch was not processed; its parts were"))
        }
        (Ok(Done::Found { result, .. }), Form::Json) => Ok(form::json_of(&json!([result]))),
        (Ok(Done::Found { result, .. }), Form::Xml) => {
            Ok(job.form.answer("result-list", &json!({ "result": [result] })))
        }
        (Ok(Done::Written(rows)), Form::Json) => Ok(form::json_of(&rows.iter().map(as_json).collect())),
        (Ok(Done::Written(rows)), Form::Xml) => {
            let mut out = String::new();
            csv::line(&mut out, ["Id", "Success", "Created", "Error"].into_iter(), ',', "\n");
            for row in rows {
                let word = |yes: bool| if yes { "true" } else { "false" };
                let id = if row.error.is_some() { "" } else { &row.id };
                let cells =
                    [id, word(row.error.is_none()), word(row.created), row.error.as_deref().unwrap_or("")];
                csv::line(&mut out, cells.into_iter(), ',', "\n");
            }
            Ok(form::text(out.into_bytes()))
        }
    })
}

fn as_json(row: &RowDone) -> Value {
    let Some(error) = &row.error else {
        return json!({"success": true, "created": row.created, "id": row.id, "errors": []});
    };
    let (code, rest) = error.split_once(':').unwrap_or(("UNKNOWN_EXCEPTION", error));
    let (message, fields) = rest.rsplit_once(':').unwrap_or((rest, ""));
    let fields: Vec<&str> =
        fields.trim_end_matches("--").split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    json!({"success": false, "created": false, "id": null, "errors": [
        {"message": message, "fields": fields, "statusCode": code, "extendedErrorDetails": null}]})
}

/// The rows of a query.
pub(super) fn rows(asked: &Asked<'_>, id: &str, one: &str, part: &str) -> Result<Answer, Refusal> {
    let world = asked.org.world();
    let user = &asked.session.user;
    with_batch(asked, id, one, |job, batch| match &batch.came_to {
        Ok(Done::Found { result, rows, from, to })
            if *result == id18(part).unwrap_or_else(|| part.to_owned()) =>
        {
            Ok(match job.form {
                Form::Json => {
                    let mut page = rows.page(&world, user, *from, to - from, &asked.base());
                    page.iter_mut().for_each(in_milliseconds);
                    form::json_of(&Value::Array(page))
                }
                Form::Xml => form::text(rows.csv(&world, user, *from, to - from, ',', "\n").into_bytes()),
            })
        }
        _ => Err(Refusal::new(400, "InvalidBatch", "Unable to find the result")),
    })
}

/// Instants stand in JSON results as milliseconds since 1970.
fn in_milliseconds(record: &mut Value) {
    for value in record.as_object_mut().into_iter().flat_map(|it| it.values_mut()) {
        match value {
            Value::Object(_) => in_milliseconds(value),
            Value::String(text) if text.ends_with("+0000") => {
                if let Ok(at) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.3f%z") {
                    *value = json!(at.timestamp_millis());
                }
            }
            _ => {}
        }
    }
}
