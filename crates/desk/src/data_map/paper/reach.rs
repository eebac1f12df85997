//! Who else comes to the data: each integration in a line, then object by object what it can read and did read.

use std::collections::{BTreeMap, BTreeSet};

use casework::data_map::{DidReach, Readable};
use papers::document::{Block, Level, Table};

use crate::data_map::NOT_YET;
use crate::views::data_map::{MapIntegration, MapView};

pub(super) fn integrations(blocks: &mut Vec<Block>, view: &MapView) {
    blocks.push(Block::Heading(Level::Two, "Who else comes to the data".to_owned()));
    if view.integrations.is_empty() {
        blocks.push(Block::Paragraph(
            "The org names no connected app, token, named credential or integration user to the signed-in user.".into(),
        ));
        return;
    }
    blocks.push(Block::Table(Table::new(
        &[
            ("Integration", 2.7),
            ("Kind", 2.3),
            ("Works as", 2.7),
            ("Can reach", 2.0),
            ("Records", 1.5),
            ("Sensitive fields", 1.5),
            ("Readable secrets", 1.9),
            ("Did reach", 1.8),
        ],
        view.integrations.iter().map(line).collect(),
    )));
    // Integrations that work with the same rights have the same table.
    let mut alike: Vec<Vec<&MapIntegration>> = Vec::new();
    for it in view.integrations.iter().filter(|it| !it.can_reach.is_empty() || !it.did_reach.is_empty()) {
        let same = |one: &MapIntegration| one.can_reach == it.can_reach && one.did_reach == it.did_reach;
        match alike.iter_mut().find(|group| group.first().is_some_and(|one| same(one))) {
            Some(group) => group.push(it),
            None => alike.push(vec![it]),
        }
    }
    for group in alike {
        let Some(it) = group.first() else { continue };
        let names: Vec<String> = group.iter().map(|one| named(one)).collect();
        blocks.push(Block::Heading(Level::Three, format!("What {} can read", names.join(" and "))));
        blocks.push(Block::Paragraph(
            "Sensitive are fields with something of Civ. Code § 1798.140(ae) or § 7024(d). Closed fields are those that it may not read; integrations.csv names them.".into(),
        ));
        blocks.push(Block::Table(Table::new(
            &[
                ("Object", 3.6),
                ("Records", 1.4),
                ("Sensitive fields", 1.4),
                ("Closed fields", 1.1),
                ("Readable secrets in samples", 3.1),
                ("Did reach", 2.2),
            ],
            objects(&it.can_reach, &it.did_reach),
        )));
    }
}

fn named(it: &MapIntegration) -> String {
    format!("{}{}", it.name, if it.touched { " (touched)" } else { "" })
}

fn line(it: &MapIntegration) -> Vec<String> {
    let whole = it.can_reach.values().filter(|reach| reach.all_records).count();
    let can = match (it.can_reach.len(), &it.reach_unknown) {
        (0, Some(unknown)) => unknown.clone(),
        (n, _) => format!("{n} objects, {whole} of them whole"),
    };
    let did = match (it.did_reach.is_empty(), &it.last_used) {
        (false, _) => it.did_reach.keys().cloned().collect::<Vec<_>>().join(", "),
        (true, Some(at)) => {
            let times = it.uses.map(|n| format!(", {n} times in all")).unwrap_or_default();
            format!("used last on {}{times}", at.get(..10).unwrap_or(at))
        }
        (true, None) => NOT_YET.to_owned(),
    };
    let about = if it.sum.exact { "" } else { "about " };
    let unknown = match it.sum.not_known {
        0 => String::new(),
        n => format!("; of {n} objects {NOT_YET}"),
    };
    let kinds: Vec<String> = it.kinds.iter().map(|kind| kind.replace('-', " ")).collect();
    let open = !it.can_reach.is_empty();
    vec![
        named(it),
        kinds.join(", "),
        list(&it.users),
        can,
        if open { format!("{about}{}{unknown}", it.sum.records) } else { NOT_YET.to_owned() },
        if open { it.sum.sensitive_fields.to_string() } else { NOT_YET.to_owned() },
        match (open, it.sum.secrets.is_empty()) {
            (false, _) => NOT_YET.to_owned(),
            (true, true) => "none in samples".to_owned(),
            (true, false) => it.sum.secrets.join(", "),
        },
        did,
    ]
}

fn objects(can: &BTreeMap<String, Readable>, did: &BTreeMap<String, DidReach>) -> Vec<Vec<String>> {
    let names: BTreeSet<&String> = can.keys().chain(did.keys()).collect();
    names
        .into_iter()
        .map(|object| {
            let did = did.get(object).map(|it| {
                let rows = it.rows.map(|n| format!(", {n} rows")).unwrap_or_default();
                let day = |at: &str| at.get(..10).unwrap_or(at).to_owned();
                let (from, to) = (day(&it.from), day(&it.to));
                if from == to { format!("{from}{rows}") } else { format!("{from} to {to}{rows}") }
            });
            let did = did.unwrap_or_default();
            match can.get(object) {
                Some(it) => vec![
                    object.clone(),
                    records(it.records, it.counted, it.all_records),
                    it.sensitive_fields.to_string(),
                    it.without.len().to_string(),
                    secrets(it),
                    did,
                ],
                None => {
                    let unknown = || NOT_YET.to_owned();
                    vec![object.clone(), unknown(), unknown(), String::new(), unknown(), did]
                }
            }
        })
        .collect()
}

/// A number of records: of what is only shared an upper bound, what was not counted about.
pub(super) fn records(records: Option<u64>, counted: bool, all: bool) -> String {
    match records {
        None => NOT_YET.to_owned(),
        Some(n) if !all => format!("up to {n}"),
        Some(n) if !counted => format!("about {n}"),
        Some(n) => n.to_string(),
    }
}

/// Where secrets stand, in how many samples, and of what kind: `Description: 2 of 50 (access key, password)`.
pub(in crate::data_map) fn secrets(it: &Readable) -> String {
    let of = |one: &casework::data_map::ReadableSecret| {
        let kinds: Vec<&str> = one.kinds.iter().map(|kind| kind.words()).collect();
        format!("{}: {} of {} ({})", one.field, one.samples, one.of, kinds.join(", "))
    };
    it.secrets.iter().map(of).collect::<Vec<_>>().join("; ")
}

fn list(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
