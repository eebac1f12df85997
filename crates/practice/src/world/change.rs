//! What can be asked of the org, and what each deed changed.

use super::SfError;
use serde_json::Value;

/// The kinds of change that the call log tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Create,
    Update,
    Delete,
    Purge,
    Undelete,
}

impl Deed {
    /// The word of the call log: `create`, `update`, `delete`, `purge` or `undelete`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Purge => "purge",
            Self::Undelete => "undelete",
        }
    }
}

/// One change that was made or refused, for the call log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub deed: Deed,
    /// API name of the object; empty when the id belongs to none.
    pub object: String,
    /// 18-character id; empty for a create that was refused.
    pub id: String,
    /// `ok`, or Salesforce's error code.
    pub outcome: String,
}

/// A record to be written. Values may be JSON or text as in a CSV: `"true"`, `"12.5"`, `"2026-01-02"`.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// API name, any case.
    pub object: String,
    /// 15 or 18 characters; `None` on create and on upsert by an external id.
    pub id: Option<String>,
    /// API names (any case) and values; `Null` clears.
    pub values: Vec<(String, Value)>,
}

/// A record that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// 18-character id.
    pub id: String,
    pub created: bool,
}

/// What came of a deed: one result per record asked for, in order, and every change made on the way
/// (cascaded rows included) or refused.
#[derive(Debug, Clone)]
pub struct Written<T> {
    pub results: Vec<Result<T, SfError>>,
    pub changes: Vec<Change>,
}

/// A merge: `losers` (at most two, same object) are folded into `master`.
#[derive(Debug, Clone, Default)]
pub struct Merge {
    pub master: Record,
    pub losers: Vec<String>,
}

/// A lead conversion. Ids left out are created.
#[derive(Debug, Clone, Default)]
pub struct LeadConversion {
    pub lead_id: String,
    pub account_id: Option<String>,
    pub contact_id: Option<String>,
    pub opportunity: bool,
    pub status: Option<String>,
}
