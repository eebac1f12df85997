//! Writes a long report and a letter to a folder, to be looked at.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a fixture that breaks should stop"
)]

use papers::letter::{Kind, Letter, blanks};
use papers::report::{Block, Column, Report, Table, render};

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let made_at = "2026-11-21T10:15:00Z".parse().unwrap();
    let column = |title: &str, width| Column { title: title.into(), width };
    let rows = (0..70).map(|n| {
        [
            "Opportunity_Contact_Note__c",
            "Description__c",
            "scan",
            "12",
            "searched",
            "Long text cannot be filtered, so every row was read and looked at here.",
        ]
        .map(|cell| cell.replace("12", &n.to_string()))
        .to_vec()
    });
    let report = Report {
        id: "R-2026-0042_delete_2026-11-21T1015Z".into(),
        title: "What was found, what was done, and what proves it".into(),
        subtitle: "Deletion request R-2026-0042 · Alder & Finch Outfitters · sealed when proven".into(),
        made_at,
        practice: true,
        blocks: vec![
            Block::Note("All 14 records of the plan are gone. Looked for again by three other methods on 21 November 2026.".into()),
            Block::Heading("The request".into()),
            Block::Facts(vec![
                ("Received".into(), "2026-11-02 09:00 UTC, by web form".into()),
                ("Org".into(), "Alder & Finch Outfitters, 00D5g000004ABCDEA4".into()),
                ("Digest of the plan".into(), "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".repeat(2)),
            ]),
            Block::Heading("How to read this".into()),
            Block::Paragraph("This report is made for a reader who was not there. It says what was looked at before it says what was found, because an empty result means nothing without the list of places that were searched.".into()),
            Block::List(vec!["Every object and field that the signed-in user may see was searched.".into(), "What could not be read is listed with the reason.".into()]),
            Block::Heading("Coverage".into()),
            Block::Table(Table {
                columns: vec![column("Object", 3.0), column("Field", 2.0), column("Method", 1.0), column("Rows", 0.8), column("Outcome", 1.2), column("Because", 3.5)],
                rows: rows.collect(),
            }),
        ],
    };
    std::fs::write(folder.join("report.pdf"), render(&report).unwrap()).unwrap();
    for kind in [Kind::Receipt, Kind::KnowSpecific] {
        let filled = blanks(kind).into_iter().map(|name| {
            let value = match name.as_str() {
                "business_address" => "12 Harbor Street\nVentura, CA 93001".to_owned(),
                "recipient" => "Ana Example\nana@example.com".to_owned(),
                other => format!("({})", other.replace('_', " ")),
            };
            (name, value)
        });
        let letter = Letter { kind, blanks: filled.collect(), made_at, practice: false };
        std::fs::write(folder.join(format!("{}.pdf", kind.name())), papers::letter::render(&letter).unwrap())
            .unwrap();
    }
}
