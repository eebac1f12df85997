//! The text of a query as a log holds it, read back into a question that may be asked again.
//!
//! Only what can be repeated with the same meaning is taken over; everything else stands in `unread`, with the reason,
//! and leaves the question wider than it was, never narrower.

mod dates;
mod read;
mod token;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::query::Condition;

/// Texts longer than this are no SOQL statement.
pub(super) const LONGEST: usize = 100_000;
/// Brackets within brackets.
pub(super) const DEEPEST: usize = 64;

/// A logged query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    pub object: String,
    pub taken: Taken,
    /// Child lists that were selected too: relationship and fields.
    pub children: Vec<(String, Vec<String>)>,
    pub condition: Option<Condition>,
    pub order_by: Vec<Order>,
    pub limit: Option<u64>,
    pub offset: u64,
    /// The bin and the archive were asked for too.
    pub all_rows: bool,
    /// Why the condition is wider than the one of the log, in words.
    pub unread: Vec<String>,
}

/// What a query took of each record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// `COUNT()` and other sums over all records: nothing of any record.
    Nothing,
    Fields(Vec<String>),
    /// Every field of a record, without the body where it is a file's.
    Record,
    /// Anything: `FIELDS(ALL)`, or values grouped by functions that this program does not follow.
    Everything,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub field: String,
    pub descending: bool,
    pub nulls_last: bool,
}

/// Why a logged text cannot be read as a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// What a reader of old queries must know of their time and their fields.
pub struct Then<'a> {
    /// The day on which the query ran, where it ran.
    pub today: NaiveDate,
    /// When a day began there.
    pub midnight: &'a dyn Fn(NaiveDate) -> DateTime<Utc>,
    /// Whether a field holds a time, not a day.
    pub holds_time: &'a dyn Fn(&str) -> bool,
}

impl Logged {
    /// Reads the text of a query.
    ///
    /// # Errors
    /// [`Unreadable`] with a sentence when the text is cut off or no query.
    pub fn read(text: &str, then: &Then<'_>) -> Result<Self, Unreadable> {
        if text.len() > LONGEST {
            return Err(Unreadable("The logged text is longer than a query can be.".to_owned()));
        }
        read::statement(&token::tokens(text)?, then)
    }

    /// A LIMIT or OFFSET without an order: which records came is not to be known.
    pub fn arbitrary(&self) -> bool {
        self.order_by.is_empty() && (self.limit.is_some() || self.offset > 0)
    }
}

#[cfg(test)]
mod tests;
