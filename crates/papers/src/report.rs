//! Reports as PDF: headings, paragraphs, label-value rows, and tables whose headers repeat on every page.

mod fonts;
mod layout;
mod pdf;

use chrono::{DateTime, Utc};

use self::fonts::Fonts;
use self::layout::Setter;
use self::pdf::Frame;
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
    let fonts = Fonts::load()?;
    let mut setter = Setter::new(&fonts);
    setter.title(&report.title, &report.subtitle);
    for block in &report.blocks {
        setter.block(block);
    }
    let frame = Frame {
        title: &report.title,
        id: &report.id,
        made_at: report.made_at,
        practice: report.practice,
        running_head: true,
    };
    pdf::write(setter.pages, &frame, &fonts)
}

/// Blocks without a title, as a letter has them.
pub(crate) fn render_letter(
    title: &str,
    id: &str,
    made_at: DateTime<Utc>,
    practice: bool,
    blocks: &[Block],
) -> Result<Vec<u8>, Error> {
    let fonts = Fonts::load()?;
    let mut setter = Setter::new(&fonts);
    for block in blocks {
        setter.block(block);
    }
    pdf::write(setter.pages, &Frame { title, id, made_at, practice, running_head: false }, &fonts)
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
