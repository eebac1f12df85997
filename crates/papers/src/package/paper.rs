//! The package as one paper to read or print: every record, every field that holds something.

use super::{Package, PackageFile, PackageRow, data, pages};
use crate::document::{self, Block, Document, Language, Level, Paper, Rendered, Table};
use crate::error::Error;

/// More characters than Salesforce's longest text field holds (131,072). What is longer would fill thousands of pages;
/// the data files have it whole.
const LONGEST: usize = 150_000;

pub(super) fn render(package: &Package, files: &[(&PackageFile, String)]) -> Result<Rendered, Error> {
    let mut blocks = vec![
        Block::Heading(Level::One, "Your personal data".into()),
        Block::Subtitle(format!("Held by {} in Salesforce", package.business)),
        Block::Facts(vec![
            ("Your request".into(), package.case.clone()),
            ("Period covered".into(), package.period.clone()),
            ("Read and prepared".into(), package.prepared_at.format("%Y-%m-%d %H:%M UTC").to_string()),
        ]),
        Block::Heading(Level::Two, "How to read this".into()),
        Block::Bullets(pages::HOW_TO_READ.iter().map(|it| (*it).into()).collect()),
    ];
    if !package.withheld.is_empty() {
        blocks.push(Block::Heading(Level::Two, "Held, but not shown".into()));
        blocks.push(Block::Paragraph(pages::WITHHELD.into()));
        let rows = package.withheld.iter().map(|it| {
            vec![
                it.what.clone(),
                format!("{} ({}.{})", it.label, it.object, it.field),
                it.records.to_string(),
                it.because.clone(),
            ]
        });
        let columns = [("What", 2.4), ("Where", 2.2), ("Records", 0.8), ("Why", 3.0)];
        blocks.push(Block::Table(Table::new(&columns, rows.collect())));
    }
    if !package.left_out.is_empty() {
        blocks.push(Block::Heading(Level::Two, "Not in this copy".into()));
        let rows = package.left_out.iter().map(|(what, why)| vec![what.clone(), why.clone()]);
        blocks.push(Block::Table(Table::new(&[("Record", 2.0), ("Why", 3.0)], rows.collect())));
    }
    for table in &package.objects {
        blocks.push(Block::Heading(Level::Two, table.label_plural.clone()));
        for row in &table.rows {
            blocks.push(Block::Heading(Level::Three, format!("{} {}", table.label, row.id)));
            let mut facts = origin(table.object.as_str(), row);
            for field in &table.fields {
                let value = data::text(row.values.get(&field.name));
                if !value.is_empty() {
                    let mark = if field.inference { " (inference)" } else { "" };
                    facts.push((format!("{}{mark}", field.label), printed(value, &table.object)));
                }
            }
            blocks.push(Block::Facts(facts));
        }
    }
    if !files.is_empty() {
        blocks.push(Block::Heading(Level::Two, "Files".into()));
        let rows = files.iter().map(|(file, name)| {
            vec![format!("files/{name}"), file.name.clone(), format!("{} {}", file.object, file.id)]
        });
        let columns = [("File", 2.0), ("Its name in Salesforce", 2.4), ("Record", 2.4)];
        blocks.push(Block::Table(Table::new(&columns, rows.collect())));
    }
    document::render(&Document {
        title: "Your personal data".into(),
        id: package.case.clone(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: package.prepared_at,
        practice: package.practice,
        blocks,
    })
}

/// Where a record is kept, where it came from and when, and whether it is still in use.
fn origin(object: &str, row: &PackageRow) -> Vec<(String, String)> {
    pages::origin(object, row).into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}

fn printed(value: String, object: &str) -> String {
    match value.char_indices().nth(LONGEST) {
        None => value,
        Some((end, _)) => {
            let (shown, rest) = value.split_at(end);
            let more = rest.chars().count();
            format!("{shown} … ({more} more characters: whole in data/{object}.json)")
        }
    }
}
