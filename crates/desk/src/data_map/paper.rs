//! The data map on paper: a graph for each area, and the tables that say the same in full.

mod reach;

use std::collections::{BTreeMap, BTreeSet};

use casework::data_map::{Area, Deletion};
use chrono::{DateTime, Utc};
use papers::document::{Block, Document, Language, Level, Paper, Table};
use papers::graph::{self, Column, Edge, Graph, Node};

use crate::views::data_map::{MapIntegration, MapObject, MapView};

pub(super) use reach::secrets;

/// Objects in one picture; more make another picture.
const TOGETHER: usize = 16;
/// Drift lines on paper; the rest stand in the JSON.
const LINES: usize = 60;

/// The part of a map that an incident touched.
#[derive(Debug, Clone, Default)]
pub(crate) struct Touched {
    pub case: String,
    pub objects: BTreeSet<String>,
}

impl Touched {
    fn marks(of: Option<&Self>, object: &str) -> bool {
        of.is_some_and(|it| it.objects.contains(object))
    }
}

/// The whole map as a document.
pub(super) fn document(
    view: &MapView,
    touched: Option<&Touched>,
    at: DateTime<Utc>,
    practice: bool,
) -> Document {
    let title = "Data map".to_owned();
    let built = view.built_at.get(..10).unwrap_or_default();
    let mut blocks = vec![
        Block::Heading(Level::One, title.clone()),
        Block::Subtitle(format!("Salesforce org \"{}\", read on {built}", view.org)),
    ];
    if let Some(touched) = touched {
        blocks.push(Block::Note(
            format!(
                "Incident {} touched {} of the objects shown. They stand out by a bar at their side and the word \"touched\".",
                touched.case,
                touched.objects.len()
            )
            .into(),
        ));
    }
    let counts = &view.counts;
    blocks.push(Block::Facts(vec![
        ("Objects".to_owned(), counts.objects.to_string()),
        (
            "Fields with personal information".to_owned(),
            format!("{} of {}", counts.personal_fields, counts.fields),
        ),
        ("Confirmed by the officer".to_owned(), format!("{} answers", counts.confirmed)),
        (
            "Not yet known".to_owned(),
            format!("{} answers that only the business can give", counts.not_yet_known),
        ),
    ]));
    reach::integrations(&mut blocks, view);
    recipients(&mut blocks, view);
    for area in Area::ALL {
        let objects: Vec<&MapObject> = view.objects.iter().filter(|it| it.area == area).collect();
        if !objects.is_empty() {
            one_area(&mut blocks, view, area, &objects, touched);
        }
    }
    last(&mut blocks, view);
    Document {
        title,
        id: format!("Data map of {}", view.org),
        language: Language::English,
        paper: Paper::Letter,
        made_at: at,
        practice,
        blocks,
    }
}

fn recipients(blocks: &mut Vec<Block>, view: &MapView) {
    blocks.push(Block::Heading(Level::Two, "Recipients and contracts".to_owned()));
    if view.recipients.is_empty() {
        blocks.push(Block::Paragraph("The register of recipients is empty.".into()));
    } else {
        let rows = view.recipients.iter().map(|it| {
            vec![
                it.recipient.clone(),
                it.role.replace('-', " "),
                it.contract.clone(),
                it.systems.join(", "),
                if it.integrations.is_empty() { "none known".to_owned() } else { it.integrations.join(", ") },
            ]
        });
        blocks.push(Block::Table(Table::new(
            &[("Recipient", 3.0), ("Role", 2.0), ("Contract", 2.5), ("Systems", 2.5), ("Integrations", 2.0)],
            rows.collect(),
        )));
    }
}

fn one_area(
    blocks: &mut Vec<Block>,
    view: &MapView,
    area: Area,
    objects: &[&MapObject],
    touched: Option<&Touched>,
) {
    blocks.push(Block::Heading(Level::Two, area.title().to_owned()));
    let drawn: Vec<&MapObject> = objects.iter().copied().filter(|it| !it.categories.is_empty()).collect();
    let parts = drawn.len().div_ceil(TOGETHER);
    for (n, together) in drawn.chunks(TOGETHER).enumerate() {
        let part = if parts > 1 { format!(" ({} of {parts})", n + 1) } else { String::new() };
        blocks.push(Block::Figure(graph::figure(&picture(view, area, &part, together, touched))));
    }
    let rows = objects.iter().map(|it| {
        let mark = if Touched::marks(touched, &it.object) { " (touched)" } else { "" };
        let records = reach::records(it.records, it.counted, true);
        vec![format!("{}{mark}", it.object), records, letters(&it.categories), deletion(&it.deletion)]
    });
    blocks.push(Block::Table(Table::new(
        &[("Object", 3.0), ("Records", 1.4), ("Categories", 1.8), ("When a record is deleted", 5.0)],
        rows.collect(),
    )));
    let rows: Vec<Vec<String>> = objects
        .iter()
        .flat_map(|object| {
            object.fields.iter().filter(|it| it.is_personal()).map(|field| {
                let flags = [&field.never_disclosed, &field.breach_elements];
                let flags: BTreeSet<&str> = flags.into_iter().flatten().map(String::as_str).collect();
                let confirmed = if field.confirmed.is_empty() { "" } else { "; confirmed" };
                let known = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
                vec![
                    format!("{}.{}", object.object, field.field),
                    field.categories.join(" "),
                    flags.into_iter().collect::<Vec<_>>().join(", ").replace('_', " "),
                    format!("{}{confirmed}", known(&field.source)),
                    known(&field.purpose),
                    known(&field.retention),
                    field.encryption.clone().unwrap_or_default(),
                ]
            })
        })
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::Heading(Level::Three, "Fields with personal information".to_owned()));
        blocks.push(Block::Paragraph("A dash stands for what is not yet known.".into()));
        blocks.push(Block::Table(Table::new(
            &[
                ("Field", 4.0),
                ("Cat.", 0.9),
                ("§ 7024(d), § 1798.82(h)", 2.0),
                ("Source", 1.8),
                ("Purpose", 1.6),
                ("Kept", 1.5),
                ("Encrypted", 1.4),
            ],
            rows,
        )));
    }
}

fn picture(
    view: &MapView,
    area: Area,
    part: &str,
    objects: &[&MapObject],
    touched: Option<&Touched>,
) -> Graph {
    let comes: Vec<_> = view
        .integrations
        .iter()
        .filter(|it| {
            objects.iter().any(|object| {
                it.can_reach.contains_key(&object.object) || it.did_reach.contains_key(&object.object)
            })
        })
        .collect();
    let held: BTreeSet<char> = objects.iter().flat_map(|it| it.categories.iter().copied()).collect();
    let held: Vec<char> = held.into_iter().collect();
    let mut edges = Vec::new();
    for (to, object) in objects.iter().enumerate() {
        for (from, it) in comes.iter().enumerate() {
            let did = it.did_reach.contains_key(&object.object);
            if did || it.can_reach.contains_key(&object.object) {
                edges.push(Edge { column: 0, from, to, thick: did });
            }
        }
        for (place, _) in held.iter().enumerate().filter(|(_, letter)| object.categories.contains(letter)) {
            edges.push(Edge { column: 1, from: to, to: place, thick: false });
        }
    }
    let node = |label: String, marked: bool| Node {
        label: if marked { format!("{label} (touched)") } else { label },
        marked,
    };
    let title = |text: &str, width: f32, nodes: Vec<Node>| Column { title: text.to_owned(), width, nodes };
    let nobody = comes.is_empty().then(|| node("none known".to_owned(), false));
    Graph {
        columns: vec![
            title(
                "Integrations",
                1.0,
                comes.iter().map(|it| node(it.name.clone(), it.touched)).chain(nobody).collect(),
            ),
            title(
                "Objects",
                1.25,
                objects
                    .iter()
                    .map(|it| node(it.object.clone(), Touched::marks(touched, &it.object)))
                    .collect(),
            ),
            title("Categories", 1.0, held.iter().map(|it| node(term(*it), false)).collect()),
        ],
        edges,
        caption: format!(
            "{}{part}: who can read what (thin lines; thick where the logs show that it did), and which categories of Civ. Code § 1798.140(v)(1) it holds.",
            area.title()
        ),
        alternative: alternative(area, part, objects, &comes, touched),
    }
}

fn alternative(
    area: Area,
    part: &str,
    objects: &[&MapObject],
    comes: &[&MapIntegration],
    touched: Option<&Touched>,
) -> String {
    let mut text = format!("Graph of {}{part}. ", area.title().to_lowercase());
    for it in comes {
        let can: Vec<&str> = objects
            .iter()
            .filter(|object| it.can_reach.contains_key(&object.object))
            .map(|object| object.object.as_str())
            .collect();
        let all = can.len() == objects.len();
        if !can.is_empty() {
            let can = if all { "all objects shown".to_owned() } else { can.join(", ") };
            text.push_str(&format!("{} can read {can}. ", it.name));
        }
        let did: Vec<&str> = objects
            .iter()
            .filter(|object| it.did_reach.contains_key(&object.object))
            .map(|object| object.object.as_str())
            .collect();
        if !did.is_empty() {
            text.push_str(&format!("The logs show that {} read {}. ", it.name, did.join(", ")));
        }
    }
    for object in objects {
        let mark = if Touched::marks(touched, &object.object) { ", touched," } else { "" };
        text.push_str(&format!("{}{mark} holds categories {}. ", object.object, letters(&object.categories)));
    }
    text.trim_end().to_owned()
}

fn last(blocks: &mut Vec<Block>, view: &MapView) {
    let legend: BTreeMap<char, &String> = view.categories.iter().map(|(letter, it)| (*letter, it)).collect();
    blocks.push(Block::Heading(Level::Two, "Categories".to_owned()));
    blocks.push(Block::Table(Table::new(
        &[("Letter", 1.0), ("Category of Civ. Code § 1798.140(v)(1)", 8.0)],
        legend.into_iter().map(|(letter, it)| vec![letter.to_string(), it.clone()]).collect(),
    )));
    if !view.drift.is_empty() {
        blocks.push(Block::Heading(Level::Two, "What drifted".to_owned()));
        let rows = view.drift.iter().take(LINES).map(|it| {
            let place =
                if it.field.is_empty() { it.object.clone() } else { format!("{}.{}", it.object, it.field) };
            vec![place, it.what.replace('_', " "), it.before.clone(), it.now.clone()]
        });
        blocks.push(Block::Table(Table::new(
            &[("Where", 3.0), ("What", 1.5), ("Before", 2.5), ("Now", 2.5)],
            rows.collect(),
        )));
        if view.drift.len() > LINES {
            blocks.push(Block::Paragraph(
                format!("{} more lines stand in data-map.json.", view.drift.len() - LINES).into(),
            ));
        }
    }
    blocks.push(Block::Heading(Level::Two, "What this map does not show".to_owned()));
    let limits = [
        "What the signed-in Salesforce user may not see: such objects and fields are absent from describe.",
        "What stands in records that were not among the samples, and in files and pictures.",
        "Sandboxes, backups, Data 360, Marketing Cloud, and what recipients do with the data.",
        "What a named credential or a flow sends out.",
    ];
    let not_read = view.not_read.iter().map(|it| format!("{}: {}", it.what, it.because));
    blocks.push(Block::Bullets(
        limits.into_iter().map(str::to_owned).chain(not_read).map(Into::into).collect(),
    ));
}

fn letters(categories: &BTreeSet<char>) -> String {
    match categories.is_empty() {
        true => "none".to_owned(),
        false => categories.iter().map(char::to_string).collect::<Vec<_>>().join(" "),
    }
}

/// A category in a box: its letter and a word or two.
fn term(letter: char) -> String {
    let word = match letter {
        'A' => "identifiers",
        'B' => "customer records",
        'C' => "protected class",
        'D' => "commercial",
        'E' => "biometric",
        'F' => "network activity",
        'G' => "geolocation",
        'H' => "audio, visual",
        'I' => "professional",
        'J' => "education",
        'K' => "inferences",
        'L' => "sensitive",
        _ => "",
    };
    format!("{letter} {word}")
}

/// What a deletion does, in a sentence or two.
pub(super) fn deletion(it: &Deletion) -> String {
    let list = |set: &BTreeSet<String>| {
        let names: Vec<&str> = set.iter().take(4).map(String::as_str).collect();
        let more = set.len().saturating_sub(4);
        if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) }
    };
    let mut parts = vec![if it.bin { "15 days in the bin" } else { "gone at once" }.to_owned()];
    for (words, set) in [
        ("goes with its", &it.goes_with),
        ("takes along", &it.takes_along),
        ("blocked by", &it.blocked_by),
        ("earlier values stay in", &it.copies),
    ] {
        if !set.is_empty() {
            parts.push(format!("{words} {}", list(set)));
        }
    }
    parts.join("; ")
}
