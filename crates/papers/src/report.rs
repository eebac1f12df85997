//! Reports as PDF: headings, paragraphs, label-value rows, and tables whose headers repeat on every page.

use chrono::{DateTime, Utc};

use crate::document::{self, Document, Language, Level, Paper};
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
/// [`Error::Asset`] when a built-in font is damaged.
pub fn render(report: &Report) -> Result<Vec<u8>, Error> {
    let head = [
        document::Block::Heading(Level::One, report.title.clone()),
        document::Block::Subtitle(report.subtitle.clone()),
    ];
    let document = Document {
        title: report.title.clone(),
        id: report.id.clone(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: report.made_at,
        practice: report.practice,
        blocks: head.into_iter().chain(report.blocks.iter().map(block)).collect(),
    };
    document::render(&document).map(|rendered| rendered.bytes)
}

fn block(block: &Block) -> document::Block {
    match block {
        Block::Heading(text) => document::Block::Heading(Level::Two, text.clone()),
        Block::Paragraph(text) => document::Block::Paragraph(text.clone().into()),
        Block::List(items) => document::Block::Bullets(items.iter().map(|it| it.clone().into()).collect()),
        Block::Facts(facts) => document::Block::Facts(facts.clone()),
        Block::Table(table) => {
            let columns: Vec<(&str, f32)> =
                table.columns.iter().map(|it| (it.title.as_str(), it.width)).collect();
            document::Block::Table(document::Table::new(&columns, table.rows.clone()))
        }
        Block::Note(text) => document::Block::Note(text.clone().into()),
    }
}

/// The certificate as PDF.
///
/// # Errors
/// [`Error::Asset`] when the built-in font is damaged.
pub fn certificate(certificate: &Certificate) -> Result<Vec<u8>, Error> {
    let left = certificate.in_bin + certificate.still_there + certificate.refused + certificate.reappeared;
    let sentence = match (left, certificate.gone) {
        (0, 0) => "No record was looked for, so nothing is certified.".to_owned(),
        (0, _) => "Every record of the plan was looked for again, and none was found.".to_owned(),
        (left, _) => format!("{left} records are not gone. The deletion is not complete."),
    };
    let count = |label: &str, number: u64| (label.to_owned(), number.to_string());
    let column = |title: &str, width| Column { title: title.into(), width };
    let records = certificate
        .records
        .iter()
        .map(|(object, id, state)| vec![object.clone(), id.clone(), state.replace('_', " ")])
        .collect();
    render(&Report {
        id: certificate.id.clone(),
        title: "Certificate of deletion".into(),
        subtitle: format!("Case {}", certificate.case),
        made_at: certificate.proved_at,
        practice: certificate.practice,
        blocks: vec![
            Block::Note(sentence),
            Block::Facts(vec![
                ("Org".into(), certificate.org.clone()),
                ("Looked again at".into(), certificate.proved_at.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
                ("Plan carried out".into(), certificate.plan_digest.clone()),
                count("Gone", certificate.gone),
                count("In the recycle bin", certificate.in_bin),
                count("Still there", certificate.still_there),
                count("Refused", certificate.refused),
                count("Reappeared", certificate.reappeared),
            ]),
            Block::Heading("How it was looked for".into()),
            Block::List(certificate.methods.clone()),
            Block::Heading("What this certificate does not say".into()),
            Block::List(certificate.limits.clone()),
            Block::Heading("Record by record".into()),
            Block::Table(Table {
                columns: vec![column("Object", 3.0), column("Record id", 3.0), column("State", 2.0)],
                rows: records,
            }),
        ],
    })
}
