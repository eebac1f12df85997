//! The rehearsed plan: what will be done to which record, in which order, and what stands in the way.
//!
//! A plan is drawn up once and shown. It is carried out only together with the digest that a person approved.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::record_id::RecordId;
use crate::row::Presence;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Plan {
    /// Hex SHA-256 over every step, every touched id and its `LastModifiedDate`.
    pub digest: String,
    /// Children before parents; never a record twice.
    pub steps: Vec<Step>,
    /// Records that are made; they have no id yet.
    #[serde(default)]
    pub creates: Vec<NewRecord>,
    pub blockers: Vec<Blocker>,
    pub collateral: Vec<Collateral>,
    pub by_hand: Vec<ByHand>,
    /// Matches without a decision, left alone.
    pub undecided: u64,
    pub api_calls: Forecast,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Step {
    pub n: u32,
    pub deed: Deed,
    pub object: String,
    pub id: RecordId,
    pub presence: Presence,
    /// Fields that a `blank` or `replace` step writes; empty for `delete` and `keep`.
    pub fields: Vec<String>,
    pub cause: Cause,
    pub because: String,
    /// The record's version when rehearsed: its `LastModifiedDate`, else `SystemModstamp`, else `CreatedDate`.
    pub last_modified: Option<String>,
}

/// What a record of the plan hangs on: Salesforce takes it along with that one, through this lookup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hang {
    pub id: RecordId,
    pub on: RecordId,
    pub field: String,
}

/// A record that the plan makes for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewRecord {
    /// Counted from 1, apart from the steps.
    pub n: u32,
    pub object: String,
    /// The Individual it is for.
    pub person: RecordId,
    /// Fields that it is made with.
    pub fields: Vec<String>,
    pub because: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Deed {
    Delete,
    Blank,
    Replace,
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The officer decided it.
    Asked,
    /// Salesforce takes it along.
    Cascade,
}

/// A record that makes Salesforce refuse a delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Blocker {
    pub object: String,
    pub id: RecordId,
    pub field: String,
    pub blocks: Blocked,
    pub because: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Blocked {
    pub object: String,
    pub id: RecordId,
}

/// Somebody else's record that the plan would change or take along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Collateral {
    pub object: String,
    pub id: RecordId,
    pub because: String,
}

/// Something no API reaches, to be done by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ByHand {
    pub what: String,
    pub because: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Forecast {
    pub forecast: u64,
}
