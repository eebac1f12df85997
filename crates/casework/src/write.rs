//! The only values that a write to Salesforce accepts: a non-empty batch out of an approved plan.

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
    /// Where a delete holds records of several objects: the object of those that are not of the first one's.
    others: BTreeMap<RecordId, String>,
}

impl WriteBatch {
    /// `None` when `rows` is empty or holds more than [`BATCH_SIZE`] records.
    pub(crate) fn new(
        deed: Deed,
        object: String,
        rows: Vec<(RecordId, BTreeMap<String, Value>)>,
    ) -> Option<Self> {
        (!rows.is_empty() && rows.len() <= BATCH_SIZE).then_some(Self {
            deed,
            object,
            rows,
            others: BTreeMap::new(),
        })
    }

    /// A delete of records of one or several objects. `None` as for [`WriteBatch::new`].
    pub(crate) fn delete(records: &[(RecordId, String)]) -> Option<Self> {
        let object = records.first()?.1.clone();
        let others = records.iter().filter(|(_, it)| *it != object).cloned().collect();
        let rows = records.iter().map(|(id, _)| (id.clone(), BTreeMap::new())).collect();
        Some(Self { others, ..Self::new(Deed::Delete, object, rows)? })
    }

    pub fn deed(&self) -> Deed {
        self.deed
    }

    /// The object of all records; a delete may hold records of several objects, then it is the first one's.
    pub fn object(&self) -> &str {
        &self.object
    }

    /// The object of one record of the batch.
    pub fn object_of(&self, id: &RecordId) -> &str {
        self.others.get(id).unwrap_or(&self.object)
    }

    /// The ids by object.
    pub fn by_object(&self) -> BTreeMap<&str, Vec<RecordId>> {
        let mut groups = BTreeMap::<&str, Vec<RecordId>>::new();
        for id in self.ids() {
            groups.entry(self.object_of(id)).or_default().push(id.clone());
        }
        groups
    }

    /// Each record with the values to write; the values are empty for a delete.
    pub fn rows(&self) -> &[(RecordId, BTreeMap<String, Value>)] {
        &self.rows
    }

    pub fn ids(&self) -> impl Iterator<Item = &RecordId> {
        self.rows.iter().map(|(id, _)| id)
    }
}

/// Up to 200 records of one object that an approved plan makes. Only this crate can make one.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateBatch {
    object: String,
    rows: Vec<NewRow>,
}

/// A record to be made, and the person it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRow {
    /// As in the plan.
    pub n: u32,
    pub person: RecordId,
    pub values: BTreeMap<String, Value>,
}

impl CreateBatch {
    /// `None` when `rows` is empty or holds more than [`BATCH_SIZE`] records.
    pub(crate) fn new(object: String, rows: Vec<NewRow>) -> Option<Self> {
        (!rows.is_empty() && rows.len() <= BATCH_SIZE).then_some(Self { object, rows })
    }

    pub fn object(&self) -> &str {
        &self.object
    }

    pub fn rows(&self) -> &[NewRow] {
        &self.rows
    }
}
