//! The consumer's package before it is written.

use serde::Serialize;
use ts_rs::TS;

use crate::views::{Calls, NotExported, WithheldLine};

/// A package as the person would read it if it were written now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewView {
    pub request: String,
    pub records: usize,
    pub sections: Vec<PreviewSection>,
    /// Attached files; their bodies are read and examined only when the package is written.
    pub files: Vec<PreviewFile>,
    pub withheld: Vec<WithheldLine>,
    pub not_exported: Vec<NotExported>,
    /// Why the package holds less than everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<&'static str>,
    pub masked: u64,
    pub let_stand: u64,
    pub api_calls: Calls,
}

/// The records of one object.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewSection {
    pub object: String,
    pub label: String,
    pub label_plural: String,
    pub records: Vec<PreviewRecord>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewRecord {
    pub id: String,
    /// Where it comes from: label and value, in the package's own words.
    pub origin: Vec<(String, String)>,
    /// Fields that hold something.
    pub fields: Vec<PreviewField>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewField {
    pub name: String,
    pub label: String,
    /// As the person reads it.
    pub value: String,
    /// A conclusion drawn about the person.
    pub inference: bool,
    /// Something of it is described instead of shown.
    pub withheld: bool,
    /// Something of it is another person's and masked.
    pub masked: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewFile {
    pub name: String,
    pub object: String,
    pub id: String,
    /// As the org says; `None` where it says nothing.
    pub bytes: Option<u64>,
    /// It was decided that it stays out when no program can examine it.
    pub stays_out: bool,
}
