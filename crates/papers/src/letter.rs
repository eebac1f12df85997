//! Letters as PDF: a wording with named blanks (`assets/letters`), filled, and set in type.
//!
//! `<kind>.toml` says which blanks a letter has, which of them the law asks for, and which sentences it must hold;
//! `en/<kind>.md` and `es/<kind>.md` hold the text. What a blank is filled with is never read as wording again.

mod logo;
mod parts;
mod wording;
mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

pub use self::logo::Logo;
pub use self::parts::Part;
pub use self::wording::{Blank, Required, Wording, blanks, missing};
pub use self::words::{day, phrase, phrase_of, translated};
pub use crate::document::Language;
use crate::document::{self, Document, Paper, Rendered};
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
    /// To the people whose data a breach concerns.
    BreachNotice,
    /// The same for those who cannot be reached: website, email, media.
    BreachSubstitute,
    CreditBureaus,
}

impl Kind {
    pub const ALL: [Kind; 13] = [
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
        Kind::BreachNotice,
        Kind::BreachSubstitute,
        Kind::CreditBureaus,
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
            Kind::BreachNotice => "breach-notice",
            Kind::BreachSubstitute => "breach-substitute",
            Kind::CreditBureaus => "credit-bureaus",
        }
    }

    /// It belongs to an incident, not to a request.
    pub fn of_incident(self) -> bool {
        matches!(self, Kind::BreachNotice | Kind::BreachSubstitute | Kind::CreditBureaus)
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One letter to be made.
#[derive(Debug, Clone)]
pub struct Letter {
    pub wording: Wording,
    /// Blank → what stands there; a flag is set by any text. A value may have several lines.
    pub blanks: BTreeMap<String, String>,
    /// Stands above everything else.
    pub logo: Option<Logo>,
    pub made_at: DateTime<Utc>,
    pub practice: bool,
}

/// The letter from top to bottom.
///
/// # Errors
/// [`Error::BlankMissing`] names the first required blank without a value.
pub fn parts(letter: &Letter) -> Result<Vec<Part>, Error> {
    parts::of(&letter.wording, &letter.blanks)
}

/// The letter as PDF. The same letter has the same bytes.
///
/// # Errors
/// [`Error::BlankMissing`] names the first required blank without a value.
pub fn render(letter: &Letter) -> Result<Rendered, Error> {
    document::render(&document(letter)?)
}

/// The letter as a document.
///
/// # Errors
/// [`Error::BlankMissing`] names the first required blank without a value.
pub fn document(letter: &Letter) -> Result<Document, Error> {
    let parts = parts(letter)?;
    let title = parts.iter().find_map(Part::title).unwrap_or_default().to_owned();
    let mut blocks = parts::blocks(parts);
    if let Some(logo) = &letter.logo {
        let words = letter.blanks.get("business").map_or(title.as_str(), String::as_str);
        blocks.insert(0, logo.block(words));
    }
    Ok(Document {
        title,
        id: letter.blanks.get("reference").cloned().unwrap_or_default(),
        language: letter.wording.language,
        paper: Paper::Letter,
        made_at: letter.made_at,
        practice: letter.practice,
        blocks,
    })
}
