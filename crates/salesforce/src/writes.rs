//! The writes: nothing goes out without a batch from an approved plan, by one writer at a time, as the same user.

use std::collections::BTreeMap;

use casework::plan::Deed;
use casework::query::Refusal;
use casework::record_id::RecordId;
use casework::write::WriteBatch;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::client::{Call, Failed, Org};
use crate::errors::Error;
use crate::refusal;
use crate::retry::{self, BUSY_TRIES};
use crate::soql;

mod create;

/// What became of one record of a batch.
pub type RowOutcome = (RecordId, Result<(), Refusal>);

/// One way to write. Each takes a list of ids and answers for each of them.
pub(crate) enum Way<'a> {
    /// Ids by object: a delete may hold records of several.
    Bin {
        objects: BTreeMap<&'a str, Vec<RecordId>>,
    },
    Change {
        object: &'a str,
        values: BTreeMap<&'a RecordId, &'a BTreeMap<String, Value>>,
    },
    Purge {
        object: &'a str,
    },
    EmptyBin,
    Restore,
}

#[derive(Deserialize)]
struct RowResult {
    id: Option<String>,
    success: bool,
    #[serde(default)]
    errors: Vec<Value>,
}

impl Org {
    /// Deletes to the bin: one call per batch, the rest of the batch goes on when one record is refused.
    ///
    /// Locked rows are tried again up to five times. `ENTITY_IS_DELETED` says that the record was gone already.
    ///
    /// # Errors
    /// [`Error::Unknown`] when the outcome must be asked for; [`Error::AnotherUser`], [`Error::WrongDeed`].
    pub async fn delete(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        self.write(batch, &[Deed::Delete], &Way::Bin { objects: batch.by_object() }).await
    }

    /// Writes the values of a blank or replace batch.
    ///
    /// # Errors
    /// As [`Org::delete`].
    pub async fn update(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        let values = batch.rows().iter().map(|(id, values)| (id, values)).collect();
        let way = Way::Change { object: batch.object(), values };
        self.write(batch, &[Deed::Blank, Deed::Replace], &way).await
    }

    /// Deletes live records past the bin, by a Bulk job. The job stays in the org's list, as a trace.
    ///
    /// # Errors
    /// [`Error::HardDeleteNotAllowed`]: nothing was deleted, use [`Org::delete`] and [`Org::empty_bin`].
    pub async fn hard_delete(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        // A Bulk job takes rows of one object only.
        if batch.by_object().len() > 1 {
            return Err(Error::WrongDeed);
        }
        self.write(batch, &[Deed::Delete], &Way::Purge { object: batch.object() }).await
    }

    /// Takes records out of the bin for good. Children that a cascade took along have no entry of their own there:
    /// leave them out, they go with their parent.
    ///
    /// # Errors
    /// As [`Org::delete`].
    pub async fn empty_bin(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        self.write(batch, &[Deed::Delete], &Way::EmptyBin).await
    }

    /// Brings records back from the bin, with what a cascade took along.
    ///
    /// # Errors
    /// As [`Org::delete`].
    pub async fn undelete(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        self.write(batch, &[Deed::Delete], &Way::Restore).await
    }

    async fn write(
        &self,
        batch: &WriteBatch,
        deeds: &[Deed],
        way: &Way<'_>,
    ) -> Result<Vec<RowOutcome>, Error> {
        if !deeds.contains(&batch.deed()) {
            return Err(Error::WrongDeed);
        }
        let ids: Vec<RecordId> = batch.ids().cloned().collect();
        self.rounds(&ids, way).await
    }

    /// Writes all ids, then again the ones that were locked.
    pub(crate) async fn rounds(&self, ids: &[RecordId], way: &Way<'_>) -> Result<Vec<RowOutcome>, Error> {
        let _alone = self.inner.one_writer.lock().await;
        self.who_am_i().await?;
        let mut known: BTreeMap<RecordId, Result<(), Refusal>> = BTreeMap::new();
        let mut open: Vec<RecordId> = ids.to_vec();
        let mut tries = 0;
        while !open.is_empty() {
            match self.once(way, &open).await {
                Ok(results) => known.extend(results),
                Err(Failed { error: Error::Busy { .. }, perhaps_done: true }) if tries < BUSY_TRIES => {
                    match self.after_a_failure(way, &open).await {
                        Some(settled) => known.extend(settled),
                        None => return Err(unknown(ids, Error::Busy { tries: tries + 1 })),
                    }
                }
                Err(Failed { error, perhaps_done: true }) => return Err(unknown(ids, error)),
                // Nothing was done in this round; what earlier rounds did is not lost.
                Err(Failed { .. }) if !known.is_empty() => break,
                Err(Failed { error, perhaps_done: false }) => return Err(error),
            }
            open = ids.iter().filter(|id| is_open(known.get(id))).cloned().collect();
            tries += 1;
            if open.is_empty()
                || tries > BUSY_TRIES
                || retry::pause(tries, None, &self.inner.stop).await.is_err()
            {
                break;
            }
        }
        let unsaid = || Err(Error::own("NOT_DONE", "The org was too busy; the record was not touched."));
        Ok(ids.iter().map(|id| (id.clone(), known.remove(id).unwrap_or_else(unsaid))).collect())
    }

    async fn once(&self, way: &Way<'_>, ids: &[RecordId]) -> Result<Vec<RowOutcome>, Failed> {
        match way {
            Way::Bin { .. } => self.delete_once(ids).await,
            Way::Change { object, values } => self.update_once(object, ids, values).await,
            Way::Purge { object } => self.hard_delete_once(object, ids).await,
            Way::EmptyBin => self.soap_write("emptyRecycleBin", ids).await,
            Way::Restore => self.soap_write("undelete", ids).await,
        }
    }

    /// After a "service unavailable": what was done is asked for before anything is sent again.
    ///
    /// `None` when that cannot be told. Records left out were not written and are tried again.
    async fn after_a_failure(&self, way: &Way<'_>, ids: &[RecordId]) -> Option<Vec<RowOutcome>> {
        match way {
            Way::Bin { objects } => {
                let mut rows = Vec::new();
                for (object, group) in objects {
                    let group: Vec<RecordId> = group.iter().filter(|id| ids.contains(id)).cloned().collect();
                    if !group.is_empty() {
                        rows.extend(self.read(object, &group, &["IsDeleted".to_owned()]).await.ok()?);
                    }
                }
                let live = |id: &RecordId| rows.iter().any(|row| row.id == *id && !row.flag("IsDeleted"));
                Some(ids.iter().filter(|id| !live(id)).map(|id| (id.clone(), Ok(()))).collect())
            }
            // The same values a second time change nothing.
            Way::Change { .. } => Some(Vec::new()),
            Way::Purge { .. } | Way::EmptyBin | Way::Restore => None,
        }
    }

    async fn delete_once(&self, ids: &[RecordId]) -> Result<Vec<RowOutcome>, Failed> {
        let list: Vec<&str> = ids.iter().map(RecordId::as_str).collect();
        let path = self.data(&format!("/composite/sobjects?ids={}&allOrNone=false", list.join(",")));
        let results: Vec<RowResult> = self.json(&Call::change(Method::DELETE, &path, None)).await?;
        paired(ids, results)
    }

    async fn update_once(
        &self,
        object: &str,
        ids: &[RecordId],
        values: &BTreeMap<&RecordId, &BTreeMap<String, Value>>,
    ) -> Result<Vec<RowOutcome>, Failed> {
        let none = BTreeMap::new();
        let rows = ids.iter().map(|id| (Some(id), values.get(id).copied().unwrap_or(&none)));
        paired(ids, self.save_once(Method::PATCH, object, rows).await?)
    }

    /// Makes records of one object, or changes those that have an id: one call, and a refused row leaves the others be.
    async fn save_once<'a>(
        &self,
        method: Method,
        object: &str,
        rows: impl Iterator<Item = (Option<&'a RecordId>, &'a BTreeMap<String, Value>)>,
    ) -> Result<Vec<RowResult>, Failed> {
        let refused = |refusal| Failed::from(Error::Refused { status: 400, refusal });
        let mut records = Vec::new();
        for (id, values) in rows {
            let mut record = Map::new();
            record.insert("attributes".to_owned(), json!({"type": soql::name(object).map_err(refused)?}));
            if let Some(id) = id {
                record.insert("id".to_owned(), json!(id));
            }
            for (field, value) in values {
                record.insert(soql::name(field).map_err(refused)?.to_owned(), value.clone());
            }
            records.push(Value::Object(record));
        }
        let body = json!({"allOrNone": false, "records": records}).to_string();
        let path = self.data("/composite/sobjects");
        let call = Call {
            headers: &[("Sforce-Auto-Assign", "false"), ("Sforce-Duplicate-Rule-Header", "allowSave=true")],
            ..Call::change(method, &path, Some(("application/json", body.as_bytes())))
        };
        self.json(&call).await
    }
}

impl RowResult {
    /// The id that the org told of what it did, or why it did not do it.
    fn outcome(self) -> Result<Option<String>, Refusal> {
        if self.success {
            return Ok(self.id);
        }
        Err(refusal::from_value(&Value::Array(self.errors)).unwrap_or_else(|| refusal::told("", "", &[])))
    }
}

/// Results stand in the order of the request; a failed row may lack its id.
fn paired(ids: &[RecordId], results: Vec<RowResult>) -> Result<Vec<RowOutcome>, Failed> {
    let garbled = || Failed {
        error: Error::Garbled { what: "results that do not fit the records written" },
        perhaps_done: true,
    };
    if ids.len() != results.len() {
        return Err(garbled());
    }
    ids.iter()
        .zip(results)
        .map(|(id, result)| {
            let same = result.id.as_deref().is_none_or(|said| RecordId::parse(said).as_ref() == Ok(id));
            if !same {
                return Err(garbled());
            }
            Ok((id.clone(), result.outcome().map(drop)))
        })
        .collect()
}

fn is_open<T>(outcome: Option<&Result<T, Refusal>>) -> bool {
    match outcome {
        None => true,
        Some(Ok(_)) => false,
        Some(Err(refusal)) => refusal.code == "UNABLE_TO_LOCK_ROW",
    }
}

fn unknown(ids: &[RecordId], because: Error) -> Error {
    Error::Unknown { ids: ids.to_vec(), because: Box::new(because) }
}

#[cfg(test)]
mod tests;
