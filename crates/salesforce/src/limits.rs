//! Allowances, record counts and the list of event log files.

use std::collections::BTreeMap;

use casework::record_id::RecordId;
use serde::{Deserialize, Serialize};

use crate::client::Org;
use crate::errors::Error;

/// One allowance of the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    pub max: i64,
    pub remaining: i64,
}

/// One event log file, without its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLogFile {
    pub id: RecordId,
    pub event_type: String,
    /// `Hourly` or `Daily`; older orgs leave it out.
    pub interval: Option<String>,
    /// As Salesforce writes it, UTC.
    pub log_date: String,
    /// As Salesforce writes it, UTC.
    pub created_at: String,
    pub length_bytes: u64,
}

impl Org {
    /// The org's allowances by Salesforce's names, `DailyApiRequests`. Needs View Setup.
    ///
    /// # Errors
    /// As every call.
    pub async fn limits(&self) -> Result<BTreeMap<String, Limit>, Error> {
        Err(Error::Stopped)
    }

    /// Salesforce's cached estimate of live records; objects it does not count are absent.
    ///
    /// # Errors
    /// As every call.
    pub async fn record_counts(&self, objects: &[String]) -> Result<BTreeMap<String, u64>, Error> {
        let _ = objects;
        Err(Error::Stopped)
    }

    /// Every event log file the user may see, oldest first.
    ///
    /// # Errors
    /// As every call.
    pub async fn event_log_files(&self) -> Result<Vec<EventLogFile>, Error> {
        Err(Error::Stopped)
    }
}
