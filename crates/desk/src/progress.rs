//! How a long deed says where it stands, and how it is stopped.

use std::sync::Arc;

use salesforce::StopFlag;

/// Takes lines of progress and carries the stop flag of one long deed.
#[derive(Clone)]
pub struct Progress {
    say: Arc<dyn Fn(&str) + Send + Sync>,
    stop: StopFlag,
}

impl Progress {
    /// `say` gets one line a step; it holds counts and object names, never personal data.
    pub fn new(say: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { say: Arc::new(say), stop: StopFlag::default() }
    }

    pub fn silent() -> Self {
        Self::new(|_| ())
    }

    pub fn say(&self, line: &str) {
        (self.say)(line);
    }

    /// Stopping it ends the deed after the call under way; nothing is lost and it can be resumed.
    pub fn stop_flag(&self) -> StopFlag {
        self.stop.clone()
    }
}
