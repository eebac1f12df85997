//! The certificate of a deletion: what was looked for again, and what was left.

use chrono::{DateTime, Utc};

use crate::document::{Block, Document, Language, Level, Paper, Table};

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

/// The certificate as a paper.
pub fn document(of: &Certificate) -> Document {
    let left = of.in_bin + of.still_there + of.refused + of.reappeared;
    let sentence = match (left, of.gone) {
        (0, 0) => "No record was looked for, so nothing is certified.".to_owned(),
        (0, _) => "Every record of the plan was looked for again, and none was found.".to_owned(),
        (left, _) => format!("{left} records are not gone. The deletion is not complete."),
    };
    let count = |label: &str, number: u64| (label.to_owned(), number.to_string());
    let heading = |text: &str| Block::Heading(Level::Two, text.to_owned());
    let bullets = |lines: &[String]| Block::Bullets(lines.iter().map(|it| it.clone().into()).collect());
    let records = of
        .records
        .iter()
        .map(|(object, id, state)| vec![object.clone(), id.clone(), state.replace('_', " ")])
        .collect();
    let title = "Certificate of deletion".to_owned();
    Document {
        title: title.clone(),
        id: of.id.clone(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: of.proved_at,
        practice: of.practice,
        blocks: vec![
            Block::Heading(Level::One, title),
            Block::Subtitle(format!("Case {}", of.case)),
            Block::Note(sentence.into()),
            Block::Facts(vec![
                ("Org".into(), of.org.clone()),
                ("Looked again at".into(), of.proved_at.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
                ("Plan carried out".into(), of.plan_digest.clone()),
                count("Gone", of.gone),
                count("In the recycle bin", of.in_bin),
                count("Still there", of.still_there),
                count("Refused", of.refused),
                count("Reappeared", of.reappeared),
            ]),
            heading("How it was looked for"),
            bullets(&of.methods),
            heading("What this certificate does not say"),
            bullets(&of.limits),
            heading("Record by record"),
            Block::Table(Table::new(&[("Object", 3.0), ("Record id", 3.0), ("State", 2.0)], records)),
        ],
    }
}
