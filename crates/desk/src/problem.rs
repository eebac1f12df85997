//! What a shell shows when a deed could not be done.

use serde::Serialize;
use ts_rs::TS;

/// What happened, what did not happen, and what to do next. Never holds personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// Stable; scripts and the window match on it.
    pub code: &'static str,
    /// One or two sentences: what happened and what did not.
    pub message: String,
    /// What the person can do now.
    pub next_step: String,
    /// The question behind the deed was answered "no": drift, a wrong digest, not intact.
    #[serde(skip)]
    #[ts(skip)]
    pub answered_no: bool,
    /// Machine-readable particulars that belong beside the problem (`drift`).
    #[serde(skip)]
    #[ts(skip)]
    pub beside: Option<Box<(&'static str, serde_json::Value)>>,
}

impl Problem {
    pub fn new(code: &'static str, message: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self { code, message: message.into(), next_step: next_step.into(), answered_no: false, beside: None }
    }

    /// The same problem, as the "no" of a check.
    #[must_use]
    pub fn as_a_no(mut self) -> Self {
        self.answered_no = true;
        self
    }

    #[must_use]
    pub fn beside(mut self, name: &'static str, particulars: serde_json::Value) -> Self {
        self.beside = Some(Box::new((name, particulars)));
        self
    }
}
