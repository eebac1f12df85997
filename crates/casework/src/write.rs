//! The only value that a write to Salesforce accepts: a non-empty batch of ids out of an approved plan.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::plan::Deed;
use crate::record_id::RecordId;

/// At most this many records go into one call (Salesforce's limit for collections).
pub const BATCH_SIZE: usize = 200;

/// Up to 200 records that an approved plan deletes, blanks or replaces, or an undo brings back.
///
/// Only this crate can make one: from an approved plan, never from a bare list of ids.
#[derive(Debug, Clone, PartialEq)]
pub struct WriteBatch {
    deed: Deed,
    object: String,
    rows: Vec<(RecordId, BTreeMap<String, Value>)>,
}

impl WriteBatch {
    /// `None` when `rows` is empty or holds more than [`BATCH_SIZE`] records.
    pub(crate) fn new(
        deed: Deed,
        object: String,
        rows: Vec<(RecordId, BTreeMap<String, Value>)>,
    ) -> Option<Self> {
        (!rows.is_empty() && rows.len() <= BATCH_SIZE).then_some(Self { deed, object, rows })
    }

    pub fn deed(&self) -> Deed {
        self.deed
    }

    /// The object of all records; a delete may hold records of several objects, then it is the first one's.
    pub fn object(&self) -> &str {
        &self.object
    }

    /// Each record with the values to write; the values are empty for a delete.
    pub fn rows(&self) -> &[(RecordId, BTreeMap<String, Value>)] {
        &self.rows
    }

    pub fn ids(&self) -> impl Iterator<Item = &RecordId> {
        self.rows.iter().map(|(id, _)| id)
    }
}
