//! Plain letters as PDF, from a wording with named blanks (`assets/letters/<kind>.txt`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::error::Error;

/// The letters there are, in the contract's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Receipt,
    Identity,
    Extension,
    KnowCategories,
    KnowSpecific,
    Deletion,
    Denial,
    Correction,
    OptOut,
    ProviderInstruction,
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Receipt,
        Kind::Identity,
        Kind::Extension,
        Kind::KnowCategories,
        Kind::KnowSpecific,
        Kind::Deletion,
        Kind::Denial,
        Kind::Correction,
        Kind::OptOut,
        Kind::ProviderInstruction,
    ];

    /// `know-categories`
    pub fn name(self) -> &'static str {
        match self {
            Kind::Receipt => "receipt",
            Kind::Identity => "identity",
            Kind::Extension => "extension",
            Kind::KnowCategories => "know-categories",
            Kind::KnowSpecific => "know-specific",
            Kind::Deletion => "deletion",
            Kind::Denial => "denial",
            Kind::Correction => "correction",
            Kind::OptOut => "opt-out",
            Kind::ProviderInstruction => "provider-instruction",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One letter to be made.
#[derive(Debug, Clone)]
pub struct Letter {
    pub kind: Kind,
    /// Blank → what stands there. A blank without a value is an error; a value may have several lines.
    pub blanks: BTreeMap<String, String>,
    pub made_at: DateTime<Utc>,
    pub practice: bool,
}

/// The blanks of a letter's wording, each once, in order of appearance.
pub fn blanks(kind: Kind) -> Vec<String> {
    let _ = kind;
    Vec::new()
}

/// The letter as PDF.
///
/// # Errors
/// [`Error::BlankMissing`] names the first blank without a value.
pub fn render(letter: &Letter) -> Result<Vec<u8>, Error> {
    let _ = letter;
    Err(Error::BlankMissing { blank: String::new() })
}
