//! Bulk API 2.0: reading whole objects, and deleting past the bin.

use std::collections::BTreeMap;
use std::time::Duration;

use casework::query::{Query, Refusal};
use casework::record_id::RecordId;
use casework::row::Row;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::{Call, Failed, Org, ignore, only_error, read_json};
use crate::errors::Error;
use crate::http::Reply;
use crate::refusal;
use crate::retry;
use crate::soql;
use crate::writes::RowOutcome;

/// Rows in one page of a query's results.
const PAGE_ROWS: u32 = 20_000;
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Job {
    id: String,
    state: String,
}

/// One page of results: rows as texts by column, and where the next page begins.
struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    next: Option<String>,
}

impl Org {
    /// Reads a whole object through Bulk API 2.0, page by page; gives the number of rows.
    ///
    /// Null and empty are the same here, every value is text, and children are not possible.
    /// An error of `on_rows` (the disk is full …) ends the reading.
    ///
    /// # Errors
    /// As every call; [`Error::Refused`] when the org refuses the question or its job fails.
    pub async fn ask_large(
        &self,
        query: &Query,
        on_rows: &mut (dyn FnMut(Vec<Row>) -> Result<(), Error> + Send),
    ) -> Result<u64, Error> {
        let refused = |refusal| Error::Refused { status: 400, refusal };
        if !query.children.is_empty() {
            return Err(refused(Error::own(
                "NO_CHILDREN_HERE",
                "Bulk API reads no child records; nothing was sent.",
            )));
        }
        let statement = soql::statement(query).map_err(refused)?;
        let operation = if query.all_rows { "queryAll" } else { "query" };
        let body =
            json!({"operation": operation, "query": statement, "contentType": "CSV", "lineEnding": "LF"});
        let (path, body) = (self.data("/jobs/query"), body.to_string());
        let create = Call::change(Method::POST, &path, Some(("application/json", body.as_bytes())));
        let job: Job = self.json(&create).await.map_err(only_error)?;
        let job_path = self.data(&format!("/jobs/query/{}", job_id(&job)?));
        self.wait_for(&job_path, job).await?;
        let (mut total, mut locator) = (0_u64, None::<String>);
        loop {
            let from =
                locator.as_ref().map(|it| format!("&locator={}", soql::encoded(it))).unwrap_or_default();
            let path = format!("{job_path}/results?maxRecords={PAGE_ROWS}{from}");
            let sheet =
                self.inner.call(&Call::get(&path), |it| read_sheet(it, true)).await.map_err(only_error)?;
            let rows: Vec<Row> = sheet
                .rows
                .into_iter()
                .map(|it| row(&query.object, &sheet.columns, it))
                .collect::<Result<_, _>>()?;
            total += u64::try_from(rows.len()).unwrap_or_default();
            on_rows(rows)?;
            if sheet.next.is_some() && sheet.next == locator {
                return Err(Error::Garbled { what: "pages that never end" });
            }
            match sheet.next {
                Some(next) => locator = Some(next),
                None => return Ok(total),
            }
        }
    }

    /// One hard-delete job. Until its data are released nothing can have been deleted.
    pub(crate) async fn hard_delete_once(
        &self,
        object: &str,
        ids: &[RecordId],
    ) -> Result<Vec<RowOutcome>, Failed> {
        let body =
            json!({"object": object, "operation": "hardDelete", "contentType": "CSV", "lineEnding": "LF"});
        let (path, body) = (self.data("/jobs/ingest"), body.to_string());
        let create = Call::change(Method::POST, &path, Some(("application/json", body.as_bytes())));
        let job: Job = self.json(&create).await.map_err(|failed| not_allowed(failed.error))?;
        let job_path = self.data(&format!("/jobs/ingest/{}", job_id(&job)?));
        let mut csv = String::from("Id\n");
        ids.iter().for_each(|id| csv.extend([id.as_str(), "\n"]));
        let path = format!("{job_path}/batches");
        let upload = Call::change(Method::PUT, &path, Some(("text/csv", csv.as_bytes())));
        if let Err(failed) = self.inner.call(&upload, ignore).await {
            self.set_state(&job_path, "Aborted").await.ok();
            return Err(failed.error.into());
        }
        let perhaps = |error| Failed { error, perhaps_done: true };
        match self.set_state(&job_path, "UploadComplete").await {
            Ok(()) => {}
            // No answer: the job itself says below whether it was released.
            Err(Failed { perhaps_done: true, .. }) => {}
            Err(failed) => return Err(failed),
        }
        let job: Job = self.json(&Call::get(&job_path)).await.map_err(|failed| perhaps(failed.error))?;
        if job.state == "Open" {
            self.set_state(&job_path, "Aborted").await.ok();
            return Err(Failed { error: Error::Busy { tries: 1 }, perhaps_done: false });
        }
        let ended_badly = match self.wait_for(&job_path, job).await {
            Ok(()) => None,
            // A failed job is not rolled back: its results still say what was done.
            Err(Error::Refused { refusal, .. }) => Some(refusal),
            Err(error) => return Err(perhaps(error)),
        };
        self.ingest_results(&job_path, ids, ended_badly).await.map_err(perhaps)
    }

    async fn set_state(&self, job_path: &str, state: &str) -> Result<(), Failed> {
        let body = json!({"state": state}).to_string();
        let call = Call::change(Method::PATCH, job_path, Some(("application/json", body.as_bytes())));
        self.inner.call(&call, ignore).await
    }

    /// Asks for a job's state until it ended: at once, then after two seconds rising to thirty.
    async fn wait_for(&self, job_path: &str, mut job: Job) -> Result<(), Error> {
        let mut wait = Duration::ZERO;
        loop {
            match job.state.as_str() {
                "JobComplete" => return Ok(()),
                "Failed" | "Aborted" => {
                    let refusal = refusal::told("BULK_JOB_FAILED", "", &[]);
                    return Err(Error::Refused { status: 200, refusal });
                }
                _ => {}
            }
            retry::rest(wait, &self.inner.stop).await?;
            wait = (wait + wait / 2).clamp(FIRST_WAIT, LONGEST_WAIT);
            job = self.json(&Call::get(job_path)).await.map_err(only_error)?;
        }
    }

    async fn ingest_results(
        &self,
        job_path: &str,
        ids: &[RecordId],
        ended_badly: Option<Refusal>,
    ) -> Result<Vec<RowOutcome>, Error> {
        let mut known: BTreeMap<RecordId, Result<(), Refusal>> = BTreeMap::new();
        for (name, well) in [("successfulResults", true), ("failedResults", false)] {
            let path = format!("{job_path}/{name}/");
            let sheet =
                self.inner.call(&Call::get(&path), |it| read_sheet(it, false)).await.map_err(only_error)?;
            for values in &sheet.rows {
                let cell = |column: &str| {
                    let place = sheet.columns.iter().position(|name| name.eq_ignore_ascii_case(column))?;
                    values.get(place).map(String::as_str)
                };
                let id =
                    ["sf__Id", "Id"].into_iter().filter_map(cell).find_map(|id| RecordId::parse(id).ok());
                let id = id.ok_or(Error::Garbled { what: "a result without an id" })?;
                let code = cell("sf__Error").and_then(|error| error.split(':').next()).unwrap_or_default();
                known.insert(id, if well { Ok(()) } else { Err(refusal::told(code, "", &[])) });
            }
            if known.len() == ids.len() {
                break;
            }
        }
        let unprocessed = ended_badly.unwrap_or_else(|| {
            Error::own("UNPROCESSED", "The org did not get to this record; it was not touched.")
        });
        Ok(ids
            .iter()
            .map(|id| (id.clone(), known.remove(id).unwrap_or_else(|| Err(unprocessed.clone()))))
            .collect())
    }
}

fn not_allowed(error: Error) -> Failed {
    match error {
        Error::Refused { refusal, .. } if refusal.code.eq_ignore_ascii_case("FEATURENOTENABLED") => {
            Error::HardDeleteNotAllowed.into()
        }
        other => other.into(),
    }
}

fn job_id(job: &Job) -> Result<&str, Error> {
    let word = !job.id.is_empty() && job.id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if word { Ok(&job.id) } else { Err(Error::Garbled { what: "a job without a readable id" }) }
}

/// Reads a page of CSV. With `counted` the org's own count and locator must be there and agree.
fn read_sheet(reply: &Reply, counted: bool) -> Result<Sheet, Error> {
    if reply.is_html() {
        return Err(Error::Maintenance);
    }
    if reply.is_json() {
        let body: Value = read_json(reply)?;
        let refusal = refusal::from_value(&body).ok_or(Error::Garbled { what: "JSON instead of CSV" })?;
        return Err(Error::Refused { status: reply.status, refusal });
    }
    let garbled = || Error::Garbled { what: "CSV that cannot be read" };
    let mut reader = csv::ReaderBuilder::new().from_reader(reply.body.as_slice());
    let columns = reader.headers().map_err(|_| garbled())?.iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|record| Ok(record.map_err(|_| garbled())?.iter().map(str::to_owned).collect()))
        .collect::<Result<_, Error>>()?;
    if !counted {
        return Ok(Sheet { columns, rows, next: None });
    }
    let count = reply.header("Sforce-NumberOfRecords").and_then(|text| text.parse::<usize>().ok());
    if count.is_some_and(|count| count != rows.len()) {
        return Err(Error::CutOff);
    }
    let next = match reply.header("Sforce-Locator") {
        Some("null") => None,
        Some(locator) => Some(locator.to_owned()),
        None => return Err(Error::Garbled { what: "results that do not say whether they are complete" }),
    };
    Ok(Sheet { columns, rows, next })
}

fn row(object: &str, columns: &[String], values: Vec<String>) -> Result<Row, Error> {
    let values: BTreeMap<String, Value> = columns
        .iter()
        .cloned()
        .zip(values)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, Value::String(value)))
        .collect();
    let id = values.get("Id").and_then(Value::as_str).and_then(|id| RecordId::parse(id).ok());
    let id = id.ok_or(Error::Garbled { what: "a row without an id" })?;
    Ok(Row { object: object.to_owned(), id, values })
}

#[cfg(test)]
mod tests;
