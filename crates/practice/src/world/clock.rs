//! The org's clock: a given start plus the time that the caller says has passed.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::fmt;
use std::sync::Arc;

/// Tells the org what time it is. The org itself never looks at the machine's clock.
#[derive(Clone)]
pub struct Clock {
    start: DateTime<Utc>,
    elapsed: Arc<dyn Fn() -> TimeDelta + Send + Sync>,
}

impl Clock {
    /// A clock that shows `start` plus whatever `elapsed` answers.
    pub fn new(start: DateTime<Utc>, elapsed: impl Fn() -> TimeDelta + Send + Sync + 'static) -> Self {
        Self { start, elapsed: Arc::new(elapsed) }
    }

    /// A clock that stands still.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::new(at, TimeDelta::zero)
    }

    /// The instant it shows now (UTC).
    pub fn now(&self) -> DateTime<Utc> {
        self.start.checked_add_signed((self.elapsed)()).unwrap_or(self.start)
    }

    /// The same clock, started at another instant.
    #[must_use]
    pub fn starting_at(mut self, start: DateTime<Utc>) -> Self {
        self.start = start;
        self
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// The canonical text of an instant: `2026-01-02T03:04:05.000Z`.
pub(crate) fn stamp(at: DateTime<Utc>) -> String {
    at.trunc_subsecs(3).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The canonical text of an instant that Salesforce keeps to the second (system fields).
pub(crate) fn stamp_seconds(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}
