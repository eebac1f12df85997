//! Sealing: everything that proves what was done, in one signed file that a stranger can check.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casework::case::RequestDeed;
use casework::found::CoverageLine;
use papers::bundle::{self, Content, Entry, Header};
use papers::certificate::{self, Certificate};
use papers::document::{self, Block, Document, Language, Level, Paper, Table};
use serde_json::json;

use crate::desk::Desk;
use crate::evidence::{Evidence, word};
use crate::problem::Problem;
use crate::prove::method;
use crate::troubles;
use crate::views::SealedView;

/// What a certificate cannot say, on every one of them.
const LIMITS: [&str; 4] = [
    "It speaks of what the signed-in Salesforce user could see; the coverage statement names what that user could not.",
    "Sandboxes, backups, Data 360, Marketing Cloud and connected systems are outside the search; they are listed as things to do by hand.",
    "After a purge Salesforce may still show a row for about a day; such rows are counted apart and should be looked at again after 48 hours.",
    "A record that an integration brings back later is found only when the proof is made again.",
];

impl Desk {
    /// Seals the evidence as it stands, at any stage; never overwrites.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn seal(&self, request: &str, to: &Path) -> Result<SealedView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Seal)?;
        let sealed_at = self.now();
        let practice = self.practice();
        let org = self.org_file(&case.org)?;
        let evidence = self.evidence(case)?;
        let kind = evidence.case.kind.as_str();
        let id = bundle::id(request, kind, sealed_at);
        let stage = evidence.case.road.stage().as_str();
        let mut entries = evidence.entries();
        let mut papers =
            vec![("report/evidence-report.pdf", "report", written(&evidence, &id, sealed_at, practice))];
        papers.extend(
            certified(&evidence, &id, sealed_at, practice)
                .map(|it| ("report/certificate.pdf", "certificate", certificate::document(&it))),
        );
        let mut notes = BTreeSet::new();
        for (path, role, paper) in papers {
            let rendered = document::render(&paper).map_err(|error| troubles::paper(&error))?;
            notes.extend(rendered.warnings.iter().map(ToString::to_string));
            entries.push(pdf(path, role, rendered.bytes));
        }
        let header = Header {
            case: request.to_owned(),
            kind: kind.to_owned(),
            stage: stage.to_owned(),
            org: org.org_id.clone().unwrap_or_default(),
            sealed_at,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            practice,
            facts: facts(&evidence),
        };
        let sealed = bundle::seal(entries, &header, &self.signing_key(), to)
            .map_err(|error| troubles::paper(&error))?;
        let detail =
            json!({ "bundle": id, "sha256": sealed.sha256, "signer": sealed.signer_sha256, "stage": stage });
        if let Err(problem) = self.record(&evidence.case.number, "request.sealed", detail, |_| Ok(())) {
            // No evidence without its own ledger entry: what was just written is taken away again.
            drop(std::fs::remove_file(to));
            return Err(problem);
        }
        Ok(SealedView {
            request: request.to_owned(),
            bundle: id,
            stage: stage.to_owned(),
            file: to.display().to_string(),
            bytes: sealed.bytes,
            sha256: sealed.sha256,
            signer: sealed.signer_sha256,
            notes: notes.into_iter().collect(),
        })
    }
}

fn pdf(path: &str, role: &str, bytes: Vec<u8>) -> Entry {
    Entry {
        path: path.to_owned(),
        role: role.to_owned(),
        source: "vault".to_owned(),
        content: Content::Bytes(bytes),
    }
}

/// Label and value, for the start page and the top of the report.
fn facts(of: &Evidence) -> Vec<(String, String)> {
    let mut facts = vec![
        ("Request".to_owned(), format!("{} ({})", of.case.number, of.case.kind.as_str())),
        ("Received".to_owned(), of.case.received_at.clone()),
        ("Stage".to_owned(), of.case.road.stage().as_str().to_owned()),
        ("Records found".to_owned(), of.located.matches.len().to_string()),
        ("Coverage lines".to_owned(), of.located.coverage.len().to_string()),
    ];
    if let Some(spent) = of.calls.as_ref().and_then(|it| it.get("spent")) {
        facts.push(("API calls spent on locating".to_owned(), spent.to_string()));
    }
    if let Some(rehearsed) = &of.rehearsed {
        facts.push(("Plan".to_owned(), rehearsed.plan.digest.clone()));
        facts.push(("Steps".to_owned(), rehearsed.plan.steps.len().to_string()));
    }
    if let Some((at, proved)) = of.certificates.last() {
        let it = &proved.certificate;
        facts.push(("Proved".to_owned(), at.clone()));
        facts.push((
            "Certificate".to_owned(),
            if it.as_set + it.overwritten > 0 {
                format!(
                    "{} as set, {} overwritten, {} still the old value, {} refused, {} gone",
                    it.as_set, it.overwritten, it.still_there, it.refused, it.gone
                )
            } else {
                format!(
                    "{} gone, {} in the bin, {} still there, {} refused, {} reappeared",
                    it.gone, it.in_bin, it.still_there, it.refused, it.reappeared
                )
            },
        ));
    }
    if let Some(outcome) = of.case.outcome {
        facts.push(("Outcome".to_owned(), outcome.as_str().to_owned()));
    }
    facts
}

fn certified(
    of: &Evidence,
    id: &str,
    sealed_at: chrono::DateTime<chrono::Utc>,
    practice: bool,
) -> Option<Certificate> {
    let (at, proved) = of.certificates.last()?;
    let it = &proved.certificate;
    Some(Certificate {
        id: id.to_owned(),
        case: of.case.number.to_string(),
        org: of.case.org.clone(),
        plan_digest: of.rehearsed.as_ref().map(|it| it.plan.digest.clone()).unwrap_or_default(),
        proved_at: crate::desk::instant(at).unwrap_or(sealed_at),
        practice,
        gone: it.gone,
        in_bin: it.in_bin,
        still_there: it.still_there,
        refused: it.refused,
        reappeared: it.reappeared,
        methods: proved.methods.iter().map(method).collect(),
        records: proved
            .records
            .iter()
            .map(|it| (it.object.clone(), it.id.to_string(), word(&it.state)))
            .collect(),
        limits: LIMITS.iter().map(|it| (*it).to_owned()).collect(),
    })
}

/// The human record.
fn written(of: &Evidence, id: &str, made_at: chrono::DateTime<chrono::Utc>, practice: bool) -> Document {
    let title = format!("Evidence of request {}", of.case.number);
    let mut blocks = vec![
        Block::Heading(Level::One, title.clone()),
        Block::Subtitle(format!(
            "A consumer's {} request in the Salesforce org {}",
            of.case.kind.as_str(),
            of.case.org
        )),
        Block::Facts(facts(of)),
        heading("What this report is"),
        Block::Paragraph(
            "It tells what was searched, what was found, what a person decided, what was done and how it was checked. It holds record ids \
             and counts; the records' contents are not part of the evidence."
                .into(),
        ),
        heading("Records"),
    ];
    let rows = of
        .records()
        .into_iter()
        .flat_map(|(object, lines)| {
            lines.into_iter().map(move |it| {
                vec![object.clone(), it.id, it.confidence, it.decision, it.step, it.outcome, it.proved]
            })
        })
        .collect::<Vec<_>>();
    if rows.is_empty() {
        blocks.push(Block::Paragraph(
            "No record was found. The coverage statement below says what was looked at.".into(),
        ));
    } else {
        blocks.push(table(
            &[
                ("Object", 2.0),
                ("Record", 2.4),
                ("Found", 1.0),
                ("Decision", 1.2),
                ("Step", 1.5),
                ("Outcome", 1.3),
                ("Proved", 1.2),
            ],
            rows,
        ));
    }
    if let Some(rehearsed) = &of.rehearsed {
        plan_blocks(&mut blocks, rehearsed);
    }
    blocks.push(heading("Coverage"));
    blocks.push(Block::Paragraph(
        "Every object and field that could hold an identifier, how it was searched, and what could not be searched and why.".into(),
    ));
    blocks.push(table(
        &[("Object", 1.6), ("Fields", 3.4), ("Method", 0.9), ("Outcome", 1.2), ("Because", 2.9)],
        coverage_rows(&of.located.coverage),
    ));
    if !of.letters.is_empty() {
        blocks.push(heading("Letters"));
        blocks.push(table(
            &[("Written (UTC)", 1.6), ("Letter", 1.6), ("Wording", 1.6), ("SHA-256", 4.0)],
            letter_rows(of),
        ));
    }
    blocks.push(heading("Deeds"));
    blocks.push(table(
        &[("No.", 0.5), ("At (UTC)", 1.6), ("Deed", 2.0), ("Detail", 4.5)],
        of.ledger
            .iter()
            .map(|it| {
                vec![
                    it.case_seq.to_string(),
                    it.at.clone(),
                    it.deed.clone(),
                    shortened(&it.detail.to_string()),
                ]
            })
            .collect(),
    ));
    blocks.push(heading("What this does not prove"));
    blocks.push(Block::Bullets(LIMITS.iter().map(|it| (*it).into()).collect()));
    Document {
        id: id.to_owned(),
        title,
        language: Language::English,
        paper: Paper::Letter,
        made_at,
        practice,
        blocks,
    }
}

/// Each letter, and whether its wording was edited: the change itself stands behind it among the papers of the case.
fn letter_rows(of: &Evidence) -> Vec<Vec<String>> {
    let next = of.letters.iter().skip(1).map(Some).chain([None]);
    of.letters
        .iter()
        .zip(next)
        .filter(|(letter, _)| letter.kind == "letter")
        .map(|(letter, next)| {
            let edited = next.is_some_and(|it| it.kind == "wording");
            let wording = if edited { "edited, see letters/" } else { "as shipped" };
            vec![letter.at.clone(), letter.name.clone(), wording.to_owned(), letter.sha256.clone()]
        })
        .collect()
}

/// The coverage statement with the fields of one object that were searched alike on one line; each field has its own line in
/// coverage/coverage.csv.
fn coverage_rows(lines: &[CoverageLine]) -> Vec<Vec<String>> {
    let mut alike = BTreeMap::<(&str, String, String, &str), Vec<String>>::new();
    for it in lines {
        let field = it.field.clone().unwrap_or_else(|| "(whole object)".to_owned());
        alike.entry((&it.object, word(&it.method), word(&it.outcome), &it.because)).or_default().push(field);
    }
    alike
        .into_iter()
        .map(|((object, method, outcome, because), fields)| {
            vec![object.to_owned(), fields.join(", "), method, outcome, because.to_owned()]
        })
        .collect()
}

fn plan_blocks(blocks: &mut Vec<Block>, rehearsed: &casework::rehearse::Rehearsed) {
    let plan = &rehearsed.plan;
    blocks.push(heading("Plan"));
    blocks.push(Block::Facts(vec![
        ("Digest".to_owned(), plan.digest.clone()),
        ("Steps".to_owned(), plan.steps.len().to_string()),
        ("Records to be created".to_owned(), plan.creates.len().to_string()),
        ("Matches left undecided".to_owned(), plan.undecided.to_string()),
    ]));
    if !plan.blockers.is_empty() {
        blocks.push(Block::Note("These records made Salesforce refuse:".into()));
        let lines = plan.blockers.iter().map(|it| {
            format!("{} {} holds {} {}: {}", it.object, it.id, it.blocks.object, it.blocks.id, it.because)
                .into()
        });
        blocks.push(Block::Bullets(lines.collect()));
    }
    if !plan.collateral.is_empty() {
        blocks.push(Block::Note("Other people's records that the plan changes:".into()));
        blocks.push(Block::Bullets(
            plan.collateral
                .iter()
                .map(|it| format!("{} {}: {}", it.object, it.id, it.because).into())
                .collect(),
        ));
    }
    if !plan.by_hand.is_empty() {
        blocks.push(Block::Paragraph("To be done by hand:".into()));
        blocks.push(Block::Bullets(
            plan.by_hand.iter().map(|it| format!("{}: {}", it.what, it.because).into()).collect(),
        ));
    }
}

fn table(columns: &[(&str, f32)], rows: Vec<Vec<String>>) -> Block {
    Block::Table(Table::new(columns, rows))
}

fn heading(text: &str) -> Block {
    Block::Heading(Level::Two, text.to_owned())
}

/// A long list of ids in a ledger entry is told in full in log/ledger.jsonl.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 400;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    format!("{} … (whole in log/ledger.jsonl)", text.chars().take(LONGEST).collect::<String>())
}
