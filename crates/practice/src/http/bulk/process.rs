//! Carrying out an upload row by row.

use serde_json::Value;

use super::super::answer::Change;
use super::super::org::{Org, Session, logged};
use super::super::rest::{create, delete, hard_delete, update, upsert};
use super::csv::Sheet;
use super::jobs::IngestJob;
use crate::world::{Record, Saved, SfError, User, World};

/// Rows that one transaction takes, as on the platform.
const CHUNK: usize = 200;

/// What came of one row.
#[derive(Debug, Clone)]
pub(crate) struct RowDone {
    pub id: String,
    pub created: bool,
    /// `CODE:message:fields --`, when the row was refused.
    pub error: Option<String>,
}

/// A job that was carried out: its rows and what came of each.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    pub header: Vec<String>,
    pub rows: Vec<(Vec<String>, RowDone)>,
    pub changes: Vec<Change>,
}

impl Done {
    pub(crate) fn failed(&self) -> usize {
        self.rows.iter().filter(|(_, it)| it.error.is_some()).count()
    }
}

fn row_error(error: &SfError) -> String {
    format!("{}:{}:{} --", error.code, error.message, error.fields.join(", "))
}

/// Carries out a job. The error is the text of a job that failed as a whole; nothing was changed then.
pub(super) fn carry_out(org: &Org, who: &Session, job: &IngestJob, sheet: Sheet) -> Result<Done, String> {
    let ids_only = matches!(job.job.operation.as_str(), "delete" | "hardDelete");
    check_header(org, &who.user, job, &sheet, ids_only)?;
    let mut done = Done { header: sheet.header.clone(), rows: Vec::new(), changes: Vec::new() };
    let id_column = sheet.header.iter().position(|it| it.eq_ignore_ascii_case("Id"));
    for chunk in sheet.rows.chunks(CHUNK) {
        let mut outcomes: Vec<RowDone> = Vec::new();
        if ids_only {
            let ids: Vec<String> = chunk
                .iter()
                .map(|row| id_column.and_then(|it| row.get(it)).cloned().unwrap_or_default())
                .collect();
            let written = if job.job.operation == "delete" {
                delete(org, who, &ids, false)
            } else {
                hard_delete(org, who, &ids)
            };
            for (id, result) in ids.iter().zip(written.results) {
                outcomes.push(match result {
                    Ok(id) => RowDone { id, created: false, error: None },
                    Err(error) => RowDone { id: id.clone(), created: false, error: Some(row_error(&error)) },
                });
            }
            done.changes.extend(logged(&written.changes));
        } else {
            let (written, changes) = write_rows(org, who, job, &sheet.header, chunk);
            for (row, result) in chunk.iter().zip(written) {
                let given = id_column.and_then(|it| row.get(it)).cloned().unwrap_or_default();
                outcomes.push(match result {
                    Ok(saved) => RowDone { id: saved.id, created: saved.created, error: None },
                    Err(error) => RowDone { id: given, created: false, error: Some(row_error(&error)) },
                });
            }
            done.changes.extend(changes);
        }
        done.rows.extend(chunk.iter().cloned().zip(outcomes));
    }
    Ok(done)
}

fn check_header(
    org: &Org,
    user: &User,
    job: &IngestJob,
    sheet: &Sheet,
    ids_only: bool,
) -> Result<(), String> {
    let world = org.world();
    let def = world
        .visible_object(user, &job.job.object)
        .ok_or_else(|| format!("InvalidBatch : Unable to find object: {}", job.job.object))?;
    let has_id = sheet.header.iter().any(|it| it.eq_ignore_ascii_case("Id"));
    if ids_only {
        if !has_id || sheet.header.len() > 1 {
            let other = sheet.header.iter().find(|it| !it.eq_ignore_ascii_case("Id"));
            let other = other.map_or("Id", String::as_str);
            return Err(format!("InvalidBatch : Field name not found : {other}"));
        }
        return Ok(());
    }
    if job.job.operation == "update" && !has_id {
        return Err("InvalidBatch : Field name not found : Id".to_owned());
    }
    for column in &sheet.header {
        let known = match column.split_once('.') {
            None => def.field_ix(column).is_some_and(|it| world.readable(user, def, it)),
            Some((relationship, _)) => def.relationship_ix(relationship).is_some(),
        };
        if !known {
            return Err(format!("InvalidBatch : Field name not found : {column}"));
        }
    }
    if let Some(field) = &job.external_id
        && !sheet.header.iter().any(|it| it.eq_ignore_ascii_case(field))
    {
        return Err(format!("InvalidBatch : Field name not found : {field}"));
    }
    Ok(())
}

#[allow(clippy::type_complexity, reason = "results and changes of a chunk")]
fn write_rows(
    org: &Org,
    who: &Session,
    job: &IngestJob,
    header: &[String],
    chunk: &[Vec<String>],
) -> (Vec<Result<Saved, SfError>>, Vec<Change>) {
    let records: Vec<Result<Record, SfError>> = {
        let world = org.world();
        chunk.iter().map(|row| record(&world, job, header, row)).collect()
    };
    let good: Vec<Record> = records.iter().filter_map(|it| it.as_ref().ok().cloned()).collect();
    let written = match job.job.operation.as_str() {
        "insert" => create(org, who, &good, false),
        "update" => update(org, who, &good, false),
        _ => upsert(org, who, job.external_id.as_deref().unwrap_or("Id"), &good, false),
    };
    let mut results = written.results.into_iter();
    let missing = || Err(SfError::new("UNKNOWN_EXCEPTION", "An unexpected error occurred."));
    let all = records
        .into_iter()
        .map(|it| match it {
            Ok(_) => results.next().unwrap_or_else(missing),
            Err(error) => Err(error),
        })
        .collect();
    (all, logged(&written.changes))
}

/// A record from a row: empty leaves a field alone, `#N/A` clears it.
fn record(world: &World, job: &IngestJob, header: &[String], row: &[String]) -> Result<Record, SfError> {
    let mut record = Record { object: job.job.object.clone(), id: None, values: Vec::new() };
    for (column, text) in header.iter().zip(row) {
        if text.is_empty() {
            continue;
        }
        let is_id = column.eq_ignore_ascii_case("Id");
        let by_id = job.external_id.as_deref().is_none_or(|it| it.eq_ignore_ascii_case("Id"));
        if is_id && (job.job.operation == "update" || job.job.operation == "upsert" && by_id) {
            record.id = Some(text.clone());
            continue;
        }
        if is_id && job.job.operation == "upsert" {
            continue;
        }
        let value = if text == "#N/A" { Value::Null } else { Value::String(text.clone()) };
        match column.split_once('.') {
            None => record.values.push((column.clone(), value)),
            Some((relationship, field)) => {
                let (lookup, id) = parent(world, &job.job.object, relationship, field, &value)?;
                record.values.push((lookup, id));
            }
        }
    }
    if job.job.operation == "update" && record.id.is_none() {
        return Err(SfError::new("MISSING_ARGUMENT", "Id not specified in an update call"));
    }
    Ok(record)
}

/// The lookup field behind a column such as `Account.Number__c`, and the id of the parent it names.
fn parent(
    world: &World,
    object: &str,
    relationship: &str,
    field: &str,
    value: &Value,
) -> Result<(String, Value), SfError> {
    let def = world.object(object).ok_or_else(SfError::not_found)?;
    let ix = def.relationship_ix(relationship).ok_or_else(SfError::not_found)?;
    let lookup = def.at(ix).ok_or_else(SfError::not_found)?;
    let Value::String(text) = value else { return Ok((lookup.name.clone(), Value::Null)) };
    for target in &lookup.reference_to {
        let Some(table) = world.table(target) else { continue };
        let Some(ix) = table.def().field_ix(field) else { continue };
        let rows = table.lookup(ix, text).unwrap_or_default();
        let mut live = rows.into_iter().filter(|it| !table.is_deleted(*it));
        if let Some(id) = live.next().and_then(|it| table.id(it)) {
            return Ok((lookup.name.clone(), Value::String(id.to_owned())));
        }
    }
    Err(SfError::new(
        "INVALID_FIELD",
        format!("Foreign key external ID: {text} not found for field {field} in entity {relationship}"),
    )
    .about(&[lookup.name.as_str()]))
}
