//! What time it is, as the shell says.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};

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

    pub fn is_pretended(&self) -> bool {
        self.pretended
    }
}
