//! Faults on demand: what goes wrong in this org, when, and how often.
//!
//! A faults file is TOML with `[[fault]]` entries. Every entry has a `kind`; an unknown kind or key,
//! or a value of the wrong type, is refused with a sentence that names the entry.

mod read;
mod state;

pub use read::FaultsError;
pub(crate) use state::{FaultState, Injected, Seen};

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

/// The faults of one run, as read from a file.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    pub(crate) list: Vec<Fault>,
}

impl Faults {
    /// Reads faults from TOML text.
    ///
    /// # Errors
    /// [`FaultsError`] names the entry and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, FaultsError> {
        read::parse(text)
    }

    /// Reads a faults file.
    ///
    /// # Errors
    /// [`FaultsError`] for a file that cannot be read or parsed.
    pub fn load(path: &Path) -> Result<Self, FaultsError> {
        let text = std::fs::read_to_string(path).map_err(FaultsError::Unreadable)?;
        read::parse(&text)
    }
}

/// Which calls a fault of the connection meets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Where {
    pub method: Option<String>,
    pub path: Option<String>,
    /// Matching calls that pass before the fault starts.
    pub after: u64,
    /// How many calls it meets; `None` is all from then on.
    pub times: Option<u64>,
}

/// When a prepared change of a record happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangeWhen {
    /// Just before the first request that may write is carried out.
    BeforeWrite,
    /// When this many API calls have been answered.
    AfterCalls(u64),
}

/// One thing that goes wrong.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    LockRow { object: Option<String>, id: Option<String>, times: u64 },
    Status { at: Where, code: u16 },
    Html { at: Where },
    Cut { at: Where },
    Slow { at: Where, delay: Duration },
    SessionExpired { after: u64, times: Option<u64> },
    DailyLimit { after: u64 },
    ConcurrentLimit { at: Where },
    RotateRefresh,
    IndexLag { delay: Duration },
    DelayedRemoval,
    Change { object: String, id: String, field: String, value: Value, when: ChangeWhen },
    QueryTimeout { object: Option<String>, times: Option<u64> },
    PermissionRemoved { object: String, after: u64 },
    DescribeLies { object: String, field: String },
    PartialFailure { object: Option<String>, id: Option<String>, code: String, times: Option<u64> },
}
