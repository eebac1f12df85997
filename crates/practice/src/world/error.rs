//! Why an org folder cannot be loaded, and how Salesforce refuses a deed.

use std::fmt;

/// Why an org folder was refused. Nothing of the folder was loaded.
///
/// The text names the file and, where there is one, the row or the column, and never repeats a cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LoadError(pub String);

impl LoadError {
    /// A refusal of one file: "`file`: `what`".
    pub fn of(file: impl fmt::Display, what: impl fmt::Display) -> Self {
        Self(format!("{file}: {what} The org was not loaded."))
    }
}

/// A refusal in Salesforce's own words: what a REST error array, a result row or a Bulk result carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SfError {
    /// The HTTP status that a single-record call answers with.
    pub status: u16,
    /// Salesforce's code, such as `DELETE_FAILED`.
    pub code: String,
    /// The sentence for people.
    pub message: String,
    /// API names of the fields it is about; often empty.
    pub fields: Vec<String>,
}

impl SfError {
    /// A refusal with status 400.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { status: 400, code: code.to_owned(), message: message.into(), fields: Vec::new() }
    }

    /// The same refusal with another HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same refusal about these fields.
    #[must_use]
    pub fn about(mut self, fields: &[&str]) -> Self {
        self.fields = fields.iter().map(|it| (*it).to_owned()).collect();
        self
    }

    /// No record (or no object, or nothing this user may see) under that address: 404 `NOT_FOUND`.
    pub fn not_found() -> Self {
        Self::new("NOT_FOUND", "The requested resource does not exist").status(404)
    }
}

impl fmt::Display for SfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for SfError {}
