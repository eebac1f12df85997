//! The memo, the evidence log, and the record that justifies a substitute notice.

use std::collections::BTreeMap;

use casework::incident::notice::{Route, Told};
use papers::document::{Block, Document, Language, Level, Paper, Table};
use serde_json::Value;

use super::{Known, NOT_YET, dated, types};
use crate::desk::Desk;
use crate::problem::Problem;

/// Ledger entries on paper; the whole ledger stands in the bundle.
const ENTRIES: usize = 200;

impl Desk {
    /// The assessment memo (D14): facts always, the analysis only where it was asked for.
    pub(super) fn memo(&self, known: &Known, analysis: bool) -> Result<Document, Problem> {
        let title = if analysis { "Breach assessment memo, with analysis" } else { "Breach assessment memo" };
        let mut blocks = vec![
            Block::Heading(Level::One, title.to_owned()),
            Block::Subtitle(format!("{}, incident {}", known.business, known.file.number)),
        ];
        if analysis {
            blocks.push(Block::Note(
                "Privileged and confidential: prepared at the direction of counsel. Keep it apart from the packet; it stands in another ledger and is never sealed with the facts.".into(),
            ));
        }
        let fact = |name: &str| known.drafted.facts.get(name).and_then(Value::as_str).map(str::to_owned);
        let time = |at: Option<String>| -> Result<String, Problem> {
            at.map_or_else(|| Ok(NOT_YET.to_owned()), |at| self.both_times(&at))
        };
        blocks.push(Block::Heading(Level::Two, "Facts".to_owned()));
        blocks.push(Block::Facts(vec![
            ("What is said of it".to_owned(), known.file.title.clone()),
            ("Occurred from".to_owned(), time(fact("occurred_from"))?),
            ("Discovered".to_owned(), time(Some(known.file.discovered_at.clone()))?),
            ("Determined".to_owned(), time(fact("determined_at"))?),
            ("Told by a vendor".to_owned(), time(fact("told_by_vendor_at"))?),
            (
                "Salesforce org".to_owned(),
                known.file.org.clone().unwrap_or_else(|| "logs from files only".to_owned()),
            ),
            ("Encryption".to_owned(), said(known.drafted.facts.get("encryption"))),
            ("Hold by law enforcement".to_owned(), said(known.drafted.facts.get("law_enforcement_hold"))),
        ]));
        findings(&mut blocks, known, self)?;
        people(&mut blocks, known);
        blocks.push(Block::Heading(Level::Two, "Who was told".to_owned()));
        if known.register.is_empty() {
            blocks.push(Block::Paragraph("Nobody yet.".into()));
        } else {
            let rows = known
                .register
                .iter()
                .map(|it| Ok(vec![it.recipient.clone(), self.both_times(&it.at)?, it.reference.clone()]));
            blocks.push(Block::Table(Table::new(
                &[("Recipient", 2.0), ("When", 3.5), ("Reference", 3.0)],
                rows.collect::<Result<_, Problem>>()?,
            )));
        }
        not_to_notify(&mut blocks, known, self)?;
        if analysis {
            law_by_law(&mut blocks, known);
        }
        blocks.push(Block::Heading(Level::Two, "Decision".to_owned()));
        blocks.push(Block::Paragraph(
            "Assumptions and dissent, if any, are written below by hand. Keep this memo for five years."
                .into(),
        ));
        blocks.push(Block::Signature(
            ["Decided by, name and position", "Counsel", "Signature", "Date"].map(str::to_owned).to_vec(),
        ));
        Ok(document(known, title, blocks))
    }

    /// The evidence log and chain of custody (D15).
    pub(super) fn evidence_log(&self, known: &Known) -> Result<Document, Problem> {
        let title = "Evidence log and chain of custody";
        let number = &known.file.number;
        let logs = self.read(|vault| vault.incident_logs(number))?;
        let ledger = self.read(|vault| vault.ledger(Some(number)))?;
        let mut blocks = vec![
            Block::Heading(Level::One, title.to_owned()),
            Block::Subtitle(format!("Incident {number}")),
            Block::Paragraph(
                "Each item was hashed with SHA-256 when it was taken in and is kept, byte for byte, in the encrypted vault. The ledger is append-only: every entry covers the hash of the one before.".into(),
            ),
            Block::Heading(Level::Two, "Items".to_owned()),
        ];
        if logs.is_empty() {
            blocks.push(Block::Paragraph("No log was taken in.".into()));
        }
        let rows = logs.iter().enumerate().map(|(n, it)| {
            let rows: u64 = it.reading.kinds.values().map(|kind| kind.rows).sum();
            let same = if it.reading.same_as.is_some() { " (the same bytes came before)" } else { "" };
            let kinds: Vec<&str> = it.reading.kinds.keys().map(String::as_str).collect();
            vec![
                format!("E-{:03}", n + 1),
                format!("{}{same}", it.source),
                kinds.join(", "),
                format!("{} bytes, {rows} records", it.bytes),
                it.sha256.clone(),
            ]
        });
        if !logs.is_empty() {
            blocks.push(Block::Table(Table::new(
                &[("Item", 0.9), ("Source", 2.8), ("Type", 1.6), ("Size", 1.7), ("SHA-256", 3.0)],
                rows.collect(),
            )));
        }
        blocks.push(Block::Heading(Level::Two, "What was done, and by whom".to_owned()));
        let rows = ledger.iter().take(ENTRIES).map(|it| {
            vec![
                it.case_seq.to_string(),
                it.at.clone(),
                it.actor.clone(),
                it.deed.clone(),
                it.hash.get(..16).unwrap_or_default().to_owned(),
            ]
        });
        blocks.push(Block::Table(Table::new(
            &[("No.", 0.6), ("When, UTC", 2.2), ("By", 1.6), ("Deed", 2.4), ("Hash, first half", 2.2)],
            rows.collect(),
        )));
        if ledger.len() > ENTRIES {
            blocks.push(Block::Paragraph(
                format!("{} more entries stand in log/ledger.jsonl.", ledger.len() - ENTRIES).into(),
            ));
        }
        blocks.push(Block::Heading(Level::Two, "Transfers".to_owned()));
        blocks.push(Block::Paragraph(
            "Every hand-over of an item: from, to, when, why, and the hash checked again.".into(),
        ));
        blocks.push(Block::Signature(
            ["From, date", "To, date", "Purpose", "Hash checked by"].map(str::to_owned).to_vec(),
        ));
        Ok(document(known, title, blocks))
    }
}

/// Decisions not to notify, as carefully as the notices.
fn not_to_notify(blocks: &mut Vec<Block>, known: &Known, desk: &Desk) -> Result<(), Problem> {
    let decisions = known.assessment.as_ref().and_then(|it| it.get("decisions")).and_then(Value::as_array);
    let Some(decisions) = decisions.filter(|it| !it.is_empty()) else { return Ok(()) };
    blocks.push(Block::Heading(Level::Two, "Decisions not to notify".to_owned()));
    let rows = decisions.iter().map(|it| {
        let text = |key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let stands = if it.get("stands") == Some(&Value::Bool(true)) { "stands" } else { "does not stand" };
        Ok(vec![
            text("rule"),
            format!("{}, {}", text("by"), desk.both_times(&text("at"))?),
            text("because"),
            format!("{stands}: {}", text("why")),
        ])
    });
    blocks.push(Block::Table(Table::new(
        &[("Rule", 1.8), ("Decided by, when", 2.2), ("Because", 3.0), ("Under this law it", 3.0)],
        rows.collect::<Result<_, Problem>>()?,
    )));
    Ok(())
}

fn findings(blocks: &mut Vec<Block>, known: &Known, desk: &Desk) -> Result<(), Problem> {
    blocks.push(Block::Heading(Level::Two, "What the logs show".to_owned()));
    if known.confirmed.is_empty() {
        blocks.push(Block::Paragraph("No finding of the logs was confirmed.".into()));
        return Ok(());
    }
    let rows = known.confirmed.iter().map(|it| {
        let finding = &it.finding;
        let who: Vec<&str> =
            [&finding.principal, &finding.app].into_iter().flatten().map(String::as_str).collect();
        Ok(vec![
            format!("{} {}", finding.finding, finding.title),
            format!("{} to {}", desk.both_times(&finding.from)?, desk.both_times(&finding.to)?),
            who.join(", "),
            finding.objects.join(", "),
            finding.rows.to_string(),
            crate::evidence::word(&finding.rung).replace('-', " "),
        ])
    });
    blocks.push(Block::Table(Table::new(
        &[
            ("Finding", 2.2),
            ("When", 2.4),
            ("Who, through", 1.9),
            ("Objects", 2.3),
            ("Records", 1.0),
            ("Evidence", 1.2),
        ],
        rows.collect::<Result<_, Problem>>()?,
    )));
    let why = known.confirmed.iter().map(|it| {
        let because = it.because.as_deref().unwrap_or_default();
        format!("{}: {} Confirmed because: {because}", it.finding.finding, it.finding.why).into()
    });
    blocks.push(Block::Bullets(why.collect()));
    Ok(())
}

fn people(blocks: &mut Vec<Block>, known: &Known) {
    blocks.push(Block::Heading(Level::Two, "People and what was taken of them".to_owned()));
    let count = |of: &BTreeMap<Route, u64>, route| of.get(&route).copied().unwrap_or_default().to_string();
    let rows = known.drafted.letters.iter().map(|(place, of)| {
        let all: u64 = of.values().sum();
        vec![
            place.clone(),
            all.to_string(),
            count(of, Route::Mail),
            count(of, Route::Email),
            count(of, Route::Unreachable),
        ]
    });
    blocks.push(Block::Table(Table::new(
        &[
            ("Place", 2.0),
            ("People to tell", 1.5),
            ("By mail", 1.2),
            ("By email", 1.2),
            ("Not reachable", 1.4),
        ],
        rows.collect(),
    )));
    for (why, n) in &known.drafted.left_out {
        blocks.push(Block::Paragraph(format!("{n} people get no letter: {}.", why.words()).into()));
    }
    let rows = known
        .drafted
        .taken(None)
        .into_iter()
        .map(|(element, n)| vec![element.replace('_', " "), n.to_string()]);
    blocks.push(Block::Table(Table::new(&[("Element", 3.0), ("People", 1.0)], rows.collect())));
}

fn law_by_law(blocks: &mut Vec<Block>, known: &Known) {
    blocks.push(Block::Heading(Level::Two, "Law by law".to_owned()));
    let rows = known.answer.duties.iter().map(|it| {
        let why: Vec<String> = it.because.iter().chain(&it.cautions).cloned().collect();
        vec![
            format!("{} ({})", it.rule, it.version),
            it.recipient.clone(),
            dated(it),
            format!("{} {}", it.citation, why.join(" ")),
        ]
    });
    blocks.push(Block::Table(Table::new(
        &[("Rule and version", 2.6), ("To", 1.6), ("Result", 2.2), ("Reason", 4.0)],
        rows.collect(),
    )));
    blocks.push(Block::Heading(Level::Two, "Exposure".to_owned()));
    let text = match &known.answer.amounts.statutory {
        Some(it) => {
            let total = |n: Option<u64>| n.map_or_else(|| NOT_YET.to_owned(), |n| format!("${n}"));
            format!(
                "Statutory damages of ${} to ${} per consumer and incident, {} to {} in all, if every condition of Civ. § 1798.150 were met. A range with assumptions, never a prediction; zero where all data was encrypted or redacted.",
                it.min,
                it.max,
                total(it.total_min),
                total(it.total_max)
            )
        }
        None => "No statutory amount follows from the facts as they stand.".to_owned(),
    };
    blocks.push(Block::Paragraph(text.into()));
    let Some(assessment) = &known.assessment else { return };
    let at = |path: &str| assessment.pointer(path).map(plain).unwrap_or_else(|| NOT_YET.to_owned());
    blocks.push(Block::Facts(vec![
        ("Range with the response, from".to_owned(), at("/exposure/min")),
        ("to".to_owned(), at("/exposure/max")),
    ]));
    let assumptions = assessment.pointer("/exposure/assumptions").and_then(Value::as_array);
    let assumptions: Vec<_> = assumptions.into_iter().flatten().map(|it| plain(it).into()).collect();
    if !assumptions.is_empty() {
        blocks.push(Block::Bullets(assumptions));
    }
    blocks.push(Block::Heading(Level::Two, "Severity (ENISA 2013)".to_owned()));
    blocks.push(Block::Facts(vec![
        ("Level".to_owned(), at("/severity/enisa/level").replace('_', " ")),
        ("SE = DPC × EI + CB".to_owned(), at("/severity/enisa/se")),
        ("DPC".to_owned(), format!("{}: {}", at("/severity/enisa/dpc/value"), at("/severity/enisa/dpc/why"))),
        ("EI".to_owned(), format!("{}: {}", at("/severity/enisa/ei/value"), at("/severity/enisa/ei/why"))),
        ("CB".to_owned(), at("/severity/enisa/cb/value")),
    ]));
    blocks.push(Block::Paragraph("A score never switches off a duty.".into()));
}

/// The record that justifies a substitute notice (D11).
pub(super) fn justification(known: &Known) -> Document {
    let title = "Substitute notice: why, and what was done";
    let unreachable = known.drafted.count(Some(Route::Unreachable));
    let all = known.drafted.count(None);
    let more_than = if all > 500_000 { "yes" } else { "no" };
    let blocks = vec![
        Block::Heading(Level::One, title.to_owned()),
        Block::Subtitle(format!("Incident {}", known.file.number)),
        Block::Facts(vec![
            ("Cost of letters above $250,000, with the estimate".to_owned(), NOT_YET.to_owned()),
            ("More than 500,000 people".to_owned(), format!("{more_than} ({all})")),
            ("Insufficient contact information".to_owned(), format!("yes, for {unreachable} people")),
            ("Kinds of information".to_owned(), types(known, None)),
        ]),
        Block::Heading(Level::Two, "What belongs to it, all three".to_owned()),
        Block::Table(Table::new(
            &[("Way", 2.0), ("What the law asks", 4.0), ("Done when", 1.6), ("Proof", 1.6)],
            [
                ("Email", "to everybody whose address is held"),
                ("Website", "conspicuous, for at least 30 days: a link on the home page or the first significant page, in larger or contrasting type or set off"),
                ("Media", "major statewide media"),
            ]
            .map(|(way, what)| vec![way.to_owned(), what.to_owned(), NOT_YET.to_owned(), NOT_YET.to_owned()])
            .to_vec(),
        )),
        Block::Signature(["Decided by", "Date"].map(str::to_owned).to_vec()),
    ];
    document(known, title, blocks)
}

/// The register of who was told.
pub(super) fn told_csv(register: &[Told]) -> Vec<u8> {
    let rows = register
        .iter()
        .map(|it| vec![it.recipient.clone(), it.at.clone(), it.reference.clone(), it.recorded_at.clone()]);
    papers::csv_safe::file(&["recipient", "at", "reference", "recorded_at"], rows)
}

fn said(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => NOT_YET.to_owned(),
        Some(Value::Object(map)) => map
            .iter()
            .map(|(name, value)| format!("{}: {}", name.replace('_', " "), plain(value)))
            .collect::<Vec<_>>()
            .join("; "),
        Some(other) => plain(other),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Null => NOT_YET.to_owned(),
        other => other.to_string(),
    }
}

pub(super) fn document(known: &Known, title: &str, blocks: Vec<Block>) -> Document {
    Document {
        title: title.to_owned(),
        id: known.file.number.to_string(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: known.at,
        practice: known.practice,
        blocks,
    }
}
