//! A record as it was read: field values in Salesforce's own spelling.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::record_id::RecordId;

/// One record. Fields that were null or not asked for are absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub object: String,
    pub id: RecordId,
    /// Field API name → value. Parent fields are written with a dot, `Who.Type`.
    pub values: BTreeMap<String, Value>,
}

impl Row {
    /// A text value, or `None` when the field is null, absent or no text.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.values.get(field).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A lookup's target.
    pub fn lookup(&self, field: &str) -> Option<RecordId> {
        self.text(field).and_then(|text| RecordId::parse(text).ok())
    }

    /// A checkbox; absent is `false`.
    pub fn flag(&self, field: &str) -> bool {
        self.values.get(field).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Where the record stands: `IsDeleted` with a `MasterRecordId` is a merge loser.
    pub fn presence(&self) -> Presence {
        if self.flag("IsDeleted") {
            if self.text("MasterRecordId").is_some() { Presence::Merged } else { Presence::Bin }
        } else if self.flag("IsArchived") {
            Presence::Archived
        } else {
            Presence::Live
        }
    }
}

/// Where a record stands in the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    Live,
    Bin,
    Archived,
    Merged,
}
