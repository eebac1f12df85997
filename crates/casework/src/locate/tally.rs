//! What was asked of each object and how many rows came back: the raw material of the coverage statement.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub type Tallies = BTreeMap<String, Tally>;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Rows of questions with a filter on the object's own fields.
    pub exact: Option<u64>,
    /// Fields that such a filter looked into.
    pub filtered: BTreeSet<String>,
    /// Rows read through lookups to records that were found.
    pub under: Option<u64>,
    pub index: Option<u64>,
    pub index_full: bool,
    pub scan: Option<u64>,
    pub scan_open: bool,
    /// What was refused: by which way, and Salesforce's error code.
    pub refused: Vec<(Way, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    Exact,
    Under,
    Index,
    Scan,
}

impl Tally {
    pub fn refused(&self, way: Way) -> Option<&str> {
        self.refused.iter().find(|(of, _)| *of == way).map(|(_, code)| code.as_str())
    }
}

pub fn add(rows: &mut Option<u64>, more: u64) {
    *rows = Some(rows.unwrap_or_default() + more);
}
