//! The package as one paper to read or print: every record, every field that holds something.

use super::pages::{self, Words};
use super::{Package, PackageFile, shown};
use crate::document::{self, Block, Document, Level, Paper, Rendered, Table};
use crate::error::Error;

/// More characters than Salesforce's longest text field holds (131,072). What is longer would fill thousands of pages;
/// the data files have it whole.
const LONGEST: usize = 150_000;

pub(super) fn render(package: &Package, files: &[(&PackageFile, String)]) -> Result<Rendered, Error> {
    let words = Words(package.language);
    let heading = |name: &str| Block::Heading(Level::Two, words.say(name));
    let mut blocks = vec![
        Block::Heading(Level::One, words.say("title")),
        Block::Subtitle(words.fill("held_by", &[("business", &package.business)])),
        Block::Facts(vec![
            (words.say("request"), package.case.clone()),
            (words.say("period"), package.period.clone()),
            (words.say("prepared"), package.prepared_at.format("%Y-%m-%d %H:%M UTC").to_string()),
        ]),
        heading("how"),
        Block::Bullets(words.how().map(Into::into).to_vec()),
    ];
    let table = |columns: &[(&str, f32)], rows: Vec<Vec<String>>| {
        let named: Vec<(String, f32)> = columns.iter().map(|(name, wide)| (words.say(name), *wide)).collect();
        let columns: Vec<(&str, f32)> = named.iter().map(|(name, wide)| (name.as_str(), *wide)).collect();
        Block::Table(Table::new(&columns, rows))
    };
    if !package.withheld.is_empty() {
        blocks.push(heading("withheld_on_paper"));
        blocks.push(Block::Paragraph(words.say("withheld_why").as_str().into()));
        let rows = package.withheld.iter().map(|it| {
            vec![
                it.what.clone(),
                format!("{} ({}.{})", it.label, it.object, it.field),
                it.records.to_string(),
                it.because.clone(),
            ]
        });
        blocks.push(table(&[("what", 2.4), ("where", 2.2), ("records", 0.9), ("why", 2.9)], rows.collect()));
    }
    if !package.left_out.is_empty() {
        blocks.push(heading("left_out"));
        let rows = package.left_out.iter().map(|(what, why)| vec![what.clone(), why.clone()]);
        blocks.push(table(&[("record", 2.0), ("left_out_why", 3.0)], rows.collect()));
    }
    let inference = format!(" ({})", words.say("inference"));
    for object in &package.objects {
        blocks.push(Block::Heading(Level::Two, object.label_plural.clone()));
        for row in &object.rows {
            blocks.push(Block::Heading(Level::Three, format!("{} {}", object.label, row.id)));
            let mut facts = pages::origin(&words, &object.object, row);
            for (field, value) in shown::fields(object, row) {
                let mark = if field.inference { inference.as_str() } else { "" };
                facts.push((format!("{}{mark}", field.label), printed(&words, value, &object.object)));
            }
            blocks.push(Block::Facts(facts));
        }
    }
    if !files.is_empty() {
        blocks.push(heading("files"));
        let rows = files.iter().map(|(file, name)| {
            vec![format!("files/{name}"), file.name.clone(), format!("{} {}", file.object, file.id)]
        });
        blocks.push(table(&[("file", 2.0), ("file_there", 2.4), ("record", 2.4)], rows.collect()));
    }
    document::render(&Document {
        title: words.say("title"),
        id: package.case.clone(),
        language: package.language,
        paper: Paper::Letter,
        made_at: package.prepared_at,
        practice: package.practice,
        blocks,
    })
}

fn printed(words: &Words, value: String, object: &str) -> String {
    match value.char_indices().nth(LONGEST) {
        None => value,
        Some((end, _)) => {
            let (shown, rest) = value.split_at(end);
            let (more, file) = (rest.chars().count().to_string(), format!("data/{object}.json"));
            format!("{shown} … ({})", words.fill("more", &[("n", &more), ("file", &file)]))
        }
    }
}
