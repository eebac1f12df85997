//! The parts into which a large map is split, so that each fits a page.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an object is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "MapArea")]
pub enum Area {
    People,
    Commerce,
    Conversations,
    Files,
    Copies,
    Custom,
    Others,
}

impl Area {
    pub const ALL: [Self; 7] = [
        Self::People,
        Self::Commerce,
        Self::Conversations,
        Self::Files,
        Self::Copies,
        Self::Custom,
        Self::Others,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::People => "People and how they are reached",
            Self::Commerce => "Sales and service",
            Self::Conversations => "Conversations and activities",
            Self::Files => "Files and notes",
            Self::Copies => "Histories and feeds",
            Self::Custom => "Custom objects",
            Self::Others => "Other objects",
        }
    }

    /// Where an object belongs; `companion` is describe's word for what belongs to another object.
    pub(super) fn of(object: &str, person: bool, companion: bool, letters: &BTreeSet<char>) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| object.contains(word));
        match () {
            () if companion => Self::Copies,
            () if object.contains("__") => Self::Custom,
            () if person || has(&["ContactPoint", "Individual", "Relation", "CleanInfo"]) => Self::People,
            () if has(&["Content", "Attachment", "Note", "Document"]) => Self::Files,
            () if has(&["Email", "Task", "Event", "Chat", "Feed", "Messag", "Comment", "Call", "Social"]) => {
                Self::Conversations
            }
            () if letters.contains(&'D') || has(&["Campaign", "Quote", "Order", "Invoice"]) => Self::Commerce,
            () => Self::Others,
        }
    }
}
