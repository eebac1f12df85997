//! The consumer's package: only their data, for people (HTML, CSV) and for machines (JSON), in a new folder.
//!
//! Nothing of ours goes in: no coverage, no reasons, no other people's records. What must never be disclosed is
//! withheld by the caller and described here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::bundle::Content;
use crate::error::Error;

/// Everything that one person will be given.
#[derive(Debug, Clone)]
pub struct Package {
    /// `R-2026-0001`, the reference they may quote.
    pub case: String,
    /// Who answers: the business's name.
    pub business: String,
    /// When the data was read and the package made.
    pub prepared_at: DateTime<Utc>,
    pub practice: bool,
    pub objects: Vec<ObjectTable>,
    pub files: Vec<PackageFile>,
    pub withheld: Vec<Withheld>,
}

/// The rows of one object.
#[derive(Debug, Clone)]
pub struct ObjectTable {
    /// API name, `Contact`.
    pub object: String,
    /// As people see it, `Contact`.
    pub label: String,
    pub label_plural: String,
    /// The columns, in the order to show; `Id` should be first.
    pub fields: Vec<FieldColumn>,
    pub rows: Vec<PackageRow>,
}

#[derive(Debug, Clone)]
pub struct FieldColumn {
    /// API name, `MailingCity`.
    pub name: String,
    /// As people see it, `Mailing City`.
    pub label: String,
}

/// One record.
#[derive(Debug, Clone)]
pub struct PackageRow {
    pub id: String,
    /// `live`, `bin`, `archived`, `merged`.
    pub presence: String,
    /// Field API name → value; absent means empty.
    pub values: BTreeMap<String, Value>,
}

/// One file with its body.
#[derive(Debug, Clone)]
pub struct PackageFile {
    /// The name it has in Salesforce; any text. A safe unique name is made from it.
    pub name: String,
    /// The record it comes from: object and id.
    pub object: String,
    pub id: String,
    pub content: Content,
}

/// Something that is held but must not be disclosed (§ 7024(d)): described, never shown.
#[derive(Debug, Clone)]
pub struct Withheld {
    pub object: String,
    pub field: String,
    pub label: String,
    /// In words: "a Social Security number".
    pub what: String,
    pub because: String,
    /// How many records hold it.
    pub records: u64,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    pub folder: PathBuf,
    /// Paths inside the folder, with `/`, sorted.
    pub files: Vec<String>,
    pub rows: u64,
}

/// Writes the package into the new folder `to`: `00-START-HERE.html`, `data/<object>.{json,csv,html}`, `files/…`.
/// The same package gives the same bytes.
///
/// # Errors
/// [`Error`]; whatever the error, nothing is left at `to`.
pub fn write(package: &Package, to: &Path) -> Result<Written, Error> {
    let _ = package;
    Err(Error::AlreadyThere { path: to.to_path_buf() })
}
