//! One org, as the signed-in user sees it.

use crate::connection::{Connection, KeepTokens, StopFlag};
use crate::errors::Error;

/// An org we are connected to. Copies share tokens, counters and the call ceiling.
#[derive(Clone)]
pub struct Org {}

impl Org {
    /// Checks the address and agrees on an API version (59 to 68). Costs no API call and does not use the token.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::SetUp`], [`Error::VersionTooOld`], and what every call may meet.
    pub async fn connect(
        connection: Connection,
        keep: KeepTokens,
        ceiling: Option<u64>,
        stop: StopFlag,
    ) -> Result<Self, Error> {
        let _ = (connection, keep, ceiling, stop);
        Err(Error::Stopped)
    }

    /// API calls sent since connecting, counted as Salesforce counts them.
    pub fn spent(&self) -> u64 {
        0
    }

    /// Calls used and allowed in the org in 24 hours, as of the last answer.
    pub fn usage(&self) -> Option<(u64, u64)> {
        None
    }

    /// No call is sent that would bring [`Org::spent`] above the ceiling.
    pub fn set_ceiling(&self, ceiling: Option<u64>) {
        let _ = ceiling;
    }

    /// From now on only this user in this org is accepted; both ids in 18 characters.
    pub fn expect_user(&self, org_id: &str, user_id: &str) {
        let _ = (org_id, user_id);
    }
}
