//! Writes practice orgs: the built-in one, labelled sets to measure finding people by, and large ones to measure speed.
//!
//! Everything comes from a seed: the same settings give the same bytes. Nobody in these orgs exists; addresses
//! are at example.com, .org and .net, phones end in 555-01xx, streets are made up.

mod book;
mod builtin;
mod columns;
mod custom;
mod customer;
mod incident;
mod labelled;
mod large;
mod people;
mod planted;
mod random;
mod roots;
mod setting;
mod truth;

use std::path::Path;

pub use incident::{LogSet, write_logs};
pub use truth::{AddressFile, Held, Other, SubjectFile, Truth};

/// How an org is made.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub seed: u64,
    /// Invented people, beside the planted ones.
    pub people: u64,
}

impl Settings {
    /// The settings that `assets/practice` is made with.
    pub const BUILT_IN: Self = Self { seed: 2026, people: 5_000 };
}

/// Why an org folder could not be written. What was written before stays in the folder.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    #[error("a file of the org folder could not be written")]
    Io(#[from] std::io::Error),
    #[error("a table of records could not be written")]
    Csv(#[from] csv::Error),
    #[error("an object or a truth could not be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("the planted cases could not be written as TOML")]
    Toml(#[from] toml::ser::Error),
    #[error("the org that was written cannot be loaded: {0}")]
    World(#[from] crate::world::LoadError),
    #[error("the generator knows no table {object}")]
    NoTable { object: &'static str },
    #[error("the table {object} has no column {field}")]
    NoColumn { object: &'static str, field: &'static str },
}

/// Writes the retailer's org with its planted cases, and `PLANTED.toml`, which says what is true about them.
///
/// The folder should be empty or hold an earlier run: files of the same name are written anew, others are left.
///
/// # Errors
/// [`GenerateError`]; the folder is then incomplete.
pub fn write_org(folder: &Path, settings: Settings) -> Result<(), GenerateError> {
    builtin::write(folder, settings)
}

/// Writes an org in which what is true about each of `people` persons is known, with planted variants.
///
/// Gives the truths, which are also in `truth.jsonl`, one person a line.
///
/// # Errors
/// [`GenerateError`]; the folder is then incomplete.
pub fn labelled(folder: &Path, seed: u64, people: u64) -> Result<Vec<Truth>, GenerateError> {
    labelled::write(folder, Settings { seed, people })
}

/// Writes an org of `people` contacts and about `records` records, row by row, for measuring. Gives the truth
/// about one of them, who has records in a dozen objects.
///
/// # Errors
/// [`GenerateError`]; the folder is then incomplete.
pub fn large(folder: &Path, seed: u64, people: u64, records: u64) -> Result<Truth, GenerateError> {
    large::write(folder, Settings { seed, people }, records)
}

#[cfg(test)]
mod tests;
