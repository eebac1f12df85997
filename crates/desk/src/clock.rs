//! What time it is, as the shell says.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use crate::desk::instant;
use crate::problem::Problem;

/// Tells the time. Shells give the system's clock; practice and tests may pretend.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    pretended: bool,
}

impl Clock {
    pub fn system(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), pretended: false }
    }

    /// Always the same instant. Refused by a vault that is not for practice.
    pub fn pretend(at: DateTime<Utc>) -> Self {
        Self { now: Arc::new(move || at), pretended: true }
    }

    /// Now, in whole seconds.
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)().trunc_subsecs(0)
    }

    /// Said when this clock stands more than an hour before something that happened already. Days and deadlines are computed from
    /// the clock, so nobody would notice otherwise; nothing is refused, because it may be the other entry that is wrong.
    pub(crate) fn behind(&self, latest: &str) -> Option<Problem> {
        let (now, latest) = (self.now(), instant(latest)?);
        (now + TimeDelta::hours(1) < latest).then(|| {
            let minute = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M");
            Problem::new(
                "clock_behind",
                format!(
                    "The clock of this computer says {} UTC, and the last entry of this vault was made at {} UTC. Nothing is lost, but what \
                     is done now would bear a wrong time, and days that are left would be counted wrongly.",
                    minute(now),
                    minute(latest)
                ),
                "Set date and time of the computer right, then lock and unlock the vault.",
            )
        })
    }

    pub fn is_pretended(&self) -> bool {
        self.pretended
    }
}
