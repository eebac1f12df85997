//! A consumer's request: by when it must be acknowledged and answered, and what it asks of the business.

mod dates;

use serde::{Deserialize, Serialize};

use crate::BadLawFile;
use crate::answer::Deed;
use crate::book::Shelf;
use crate::calendar::Calendars;
use crate::period::Period;
use crate::rule::Rule;

pub use dates::{RequestDate, RequestDates, request_dates};

/// What the person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    KnowCat,
    KnowSpec,
    Delete,
    Correct,
    OptOut,
    LimitSpi,
    OptIn,
    AdmtAccess,
    AdmtOptOut,
}

impl Kind {
    /// By the word that the command line and the vault use for it.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "know-categories" => Self::KnowCat,
            "know-specific" => Self::KnowSpec,
            "delete" => Self::Delete,
            "correct" => Self::Correct,
            "opt-out" => Self::OptOut,
            "limit" => Self::LimitSpi,
            "opt-in" => Self::OptIn,
            "admt-access" => Self::AdmtAccess,
            "admt-opt-out" => Self::AdmtOptOut,
            _ => return None,
        })
    }
}

/// The rules of this family.
pub(crate) struct Rules {
    pub clocks: Vec<Rule<Clock>>,
}

/// By when something is due, counted from receipt.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clock {
    pub kinds: Vec<Kind>,
    pub duty: Deed,
    pub period: Period,
    /// Days after receipt that no reading of the law calls late.
    pub safe_target_days: Option<u32>,
}

impl Rules {
    pub(crate) fn take(shelf: &mut Shelf<'_>, calendars: &Calendars) -> Result<Self, BadLawFile> {
        let clocks: Vec<Rule<Clock>> = shelf.take("request-clocks", "clock")?;
        for it in &clocks {
            calendars.know(&it.body.period, &it.header.id, &it.origin)?;
        }
        Ok(Self { clocks })
    }
}
