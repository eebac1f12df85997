//! What goes into the evidence bundle of a request: what was searched, found, decided, done and proved.
//!
//! Personal data is reduced to what proves the point: record ids and kinds of reasons, no values.

use std::collections::BTreeMap;

use casework::carry_out::{Ended, Outcome};
use casework::change::SetValue;
use casework::correct::Contest;
use casework::found::{Located, Match};
use casework::prove::Proved;
use casework::provider::Instruction;
use casework::record_id::RecordId;
use casework::rehearse::Rehearsed;
use casework::review::Decided;
use papers::bundle::{Content, Entry};
use papers::csv_safe;
use serde::Serialize;
use serde_json::{Value, json};
use vault::{CaseEvent, CaseFile, Document, Part};

use crate::desk::Desk;
use crate::problem::Problem;

/// Everything the vault knows of one request.
pub(crate) struct Evidence {
    pub case: CaseFile,
    pub located: Located,
    pub decided: Vec<Decided>,
    pub rehearsed: Option<Rehearsed>,
    pub approval: Option<Value>,
    pub outcomes: Vec<Outcome>,
    pub certificates: Vec<(String, Proved)>,
    pub identity: Option<Value>,
    pub export: Option<Value>,
    /// What happened beside the road, without the officer's words.
    pub events: Vec<CaseEvent>,
    /// Each letter, followed by what an officer changed in its wording.
    pub letters: Vec<Document>,
    pub ledger: Vec<casework::ledger::Entry>,
    pub calls: Option<Value>,
    pub contests: Vec<Contest>,
    pub set: Vec<SetValue>,
    pub instructions: Vec<Instruction>,
}

impl Desk {
    pub(crate) fn evidence(&self, case: CaseFile) -> Result<Evidence, Problem> {
        let number = case.number.clone();
        self.read(|vault| {
            Ok(Evidence {
                located: vault.part(&number, Part::Located)?.unwrap_or_default(),
                decided: vault.decisions(&number)?,
                rehearsed: vault.part(&number, Part::Rehearsed)?,
                approval: vault.part(&number, Part::Approval)?,
                outcomes: vault.part(&number, Part::Outcomes)?.unwrap_or_default(),
                certificates: vault.certificates(&number)?.into_iter().map(|it| (it.at, it.proved)).collect(),
                identity: vault.part(&number, Part::Identity)?,
                export: vault.part(&number, Part::Export)?,
                events: vault.events(&number)?,
                letters: vault
                    .documents(&number)?
                    .into_iter()
                    .filter(|it| it.kind == "letter" || it.kind == "wording")
                    .collect(),
                ledger: vault.ledger(Some(&number))?,
                calls: vault.part(&number, Part::Calls)?,
                contests: vault.part(&number, Part::Corrections)?.unwrap_or_default(),
                set: vault.part(&number, Part::SetValues)?.unwrap_or_default(),
                instructions: vault.instructions(&number)?,
                case,
            })
        })
    }
}

/// One record on its whole way, as the bundle tells it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RecordLine {
    pub id: String,
    pub presence: String,
    pub confidence: String,
    pub shared: bool,
    pub person: bool,
    /// Kinds of reasons with their fields, `email:Email`; no values.
    pub reasons: Vec<String>,
    pub decision: String,
    pub ground: String,
    pub step: String,
    pub outcome: String,
    pub proved: String,
}

impl Evidence {
    /// The records by object: everything found, and everything the plan takes along.
    pub fn records(&self) -> BTreeMap<String, Vec<RecordLine>> {
        let mut lines = BTreeMap::<(String, RecordId), RecordLine>::new();
        for it in &self.located.matches {
            lines.insert((it.object.clone(), it.id.clone()), found(it));
        }
        for step in self.rehearsed.iter().flat_map(|it| &it.plan.steps) {
            let line = lines.entry((step.object.clone(), step.id.clone())).or_default();
            line.presence = word(&step.presence);
            line.step = format!("{} ({})", word(&step.deed), word(&step.cause));
        }
        for decided in &self.decided {
            let line = lines.entry((decided.object.clone(), decided.id.clone())).or_default();
            line.decision = decided.decision.as_str().to_owned();
            line.ground = decided.ground.clone().unwrap_or_default();
        }
        for made in self.outcomes.iter().filter(|it| it.outcome == Ended::Created) {
            let line = lines.entry((made.object.clone(), made.id.clone())).or_default();
            line.step = "create (asked)".to_owned();
        }
        for outcome in &self.outcomes {
            if let Some(line) = lines.get_mut(&(outcome.object.clone(), outcome.id.clone())) {
                let code = outcome.error.as_ref().map(|it| format!(" ({})", it.code)).unwrap_or_default();
                line.outcome = format!("{}{code}", word(&outcome.outcome));
            }
        }
        for record in self.certificates.last().iter().flat_map(|(_, proved)| &proved.records) {
            let line = lines.entry((record.object.clone(), record.id.clone())).or_default();
            line.proved = word(&record.state);
        }
        let mut objects = BTreeMap::<String, Vec<RecordLine>>::new();
        for ((object, id), mut line) in lines {
            line.id = id.to_string();
            objects.entry(object).or_default().push(line);
        }
        objects
    }

    /// Every file of the bundle but the report.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut add = |path: String, role: &str, source: &str, bytes: Vec<u8>| {
            entries.push(Entry {
                path,
                role: role.to_owned(),
                source: source.to_owned(),
                content: Content::Bytes(bytes),
            });
        };
        for (object, records) in self.records() {
            let safe: String = object.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '_').collect();
            add(format!("data/{safe}.json"), "data", "vault", pretty(&records));
            add(format!("data/{safe}.csv"), "data", "vault", records_csv(&records));
        }
        add("coverage/coverage.json".into(), "coverage", "locate", pretty(&self.located.coverage));
        add("coverage/coverage.csv".into(), "coverage", "locate", coverage_csv(&self.located));
        add("decisions/questions.json".into(), "decisions", "locate", pretty(&self.questions()));
        add("decisions/decisions.csv".into(), "decisions", "review", decisions_csv(&self.decided));
        if let Some(identity) = &self.identity {
            add("decisions/identity.json".into(), "decisions", "identify", pretty(identity));
        }
        if !self.events.is_empty() {
            let told: Vec<Value> = self
                .events
                .iter()
                .map(|it| json!({ "event": it.event, "at": it.at, "detail": it.detail }))
                .collect();
            add("decisions/events.json".into(), "decisions", "vault", pretty(&told));
        }
        if let Some(rehearsed) = &self.rehearsed {
            add("decisions/plan.json".into(), "plan", "rehearse", pretty(&rehearsed.plan));
        }
        if let Some(approval) = &self.approval {
            add("decisions/approval.json".into(), "approval", "approve", pretty(approval));
        }
        if !self.outcomes.is_empty() {
            add("decisions/outcomes.json".into(), "outcomes", "carry-out", pretty(&self.outcomes));
        }
        for (n, (at, proved)) in self.certificates.iter().enumerate() {
            let body = json!({ "at": at, "certificate": proved.certificate, "records": proved.records, "methods": proved.methods, "values": proved.values });
            add(format!("decisions/certificate-{:02}.json", n + 1), "certificate", "prove", pretty(&body));
        }
        if !self.contests.is_empty() {
            let items: Vec<Value> = self.contests.iter().map(contest).collect();
            add("decisions/corrections.json".into(), "decisions", "correct", pretty(&items));
        }
        if !self.set.is_empty() {
            add("decisions/set-values.json".into(), "outcomes", "carry-out", pretty(&self.set));
        }
        if !self.instructions.is_empty() {
            let told: Vec<Instruction> = self
                .instructions
                .iter()
                .map(|it| Instruction { because: String::new(), ..it.clone() })
                .collect();
            add("decisions/providers.json".into(), "decisions", "instruct", pretty(&told));
        }
        if let Some(export) = &self.export {
            add("redactions/export.json".into(), "redactions", "export", pretty(export));
        }
        let mut n = 0;
        for letter in &self.letters {
            let safe: String =
                letter.name.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
            let (role, end) = if letter.kind == "letter" {
                n += 1;
                ("letter", "pdf")
            } else {
                ("changed wording", "changes.txt")
            };
            add(format!("letters/{n:02}-{safe}.{end}"), role, "letter", letter.bytes.clone());
        }
        add("log/ledger.jsonl".into(), "ledger", "vault", casework::ledger::lines(&self.ledger).into_bytes());
        entries
    }

    /// The questions by kind and records; their sentences may name people and stay in the vault.
    fn questions(&self) -> Vec<Value> {
        let ids: BTreeMap<&str, String> = self
            .located
            .matches
            .iter()
            .map(|it| (it.number.as_str(), format!("{} {}", it.object, it.id)))
            .collect();
        let of = |number: &String| ids.get(number.as_str()).cloned().unwrap_or_default();
        self.located
            .questions
            .iter()
            .map(|it| json!({ "question": it.question, "kind": it.kind, "records": it.matches.iter().map(of).collect::<Vec<_>>() }))
            .collect()
    }
}

/// A contested value without the value: where it stands, what was decided, which documents were weighed.
fn contest(it: &Contest) -> Value {
    let copies: Vec<Value> = it
        .copies
        .iter()
        .map(|it| json!({ "object": it.object, "id": it.id, "field": it.field, "road": it.road }))
        .collect();
    json!({
        "item": it.item, "object": it.object, "id": it.id, "field": it.field, "decision": it.decision,
        "basis": it.basis, "instead": it.instead, "evidence": it.evidence, "health": it.health,
        "statement": !it.statement.is_empty(), "statement_field": it.statement_field,
        "source_told": it.source.as_ref().map(|it| it.told), "copies": copies,
    })
}

fn found(it: &Match) -> RecordLine {
    let mut reasons: Vec<String> = it
        .reasons
        .iter()
        .map(|reason| format!("{}:{}", word(&reason.kind), reason.field.as_deref().unwrap_or("-")))
        .collect();
    reasons.sort();
    reasons.dedup();
    RecordLine {
        presence: word(&it.presence),
        confidence: word(&it.confidence),
        shared: it.shared,
        person: it.person,
        reasons,
        ..RecordLine::default()
    }
}

/// The word that serde writes for a plain enum value.
pub(crate) fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

fn pretty(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn records_csv(records: &[RecordLine]) -> Vec<u8> {
    let header = [
        "id",
        "presence",
        "confidence",
        "shared",
        "person",
        "reasons",
        "decision",
        "ground",
        "step",
        "outcome",
        "proved",
    ];
    csv_safe::file(
        &header,
        records.iter().map(|it| {
            vec![
                it.id.clone(),
                it.presence.clone(),
                it.confidence.clone(),
                it.shared.to_string(),
                it.person.to_string(),
                it.reasons.join("; "),
                it.decision.clone(),
                it.ground.clone(),
                it.step.clone(),
                it.outcome.clone(),
                it.proved.clone(),
            ]
        }),
    )
}

fn coverage_csv(located: &Located) -> Vec<u8> {
    let header = ["object", "field", "method", "rows", "outcome", "because"];
    csv_safe::file(
        &header,
        located.coverage.iter().map(|it| {
            vec![
                it.object.clone(),
                it.field.clone().unwrap_or_default(),
                word(&it.method),
                it.rows.to_string(),
                word(&it.outcome),
                it.because.clone(),
            ]
        }),
    )
}

fn decisions_csv(decided: &[Decided]) -> Vec<u8> {
    csv_safe::file(
        &["object", "id", "decision", "ground"],
        decided.iter().map(|it| {
            vec![
                it.object.clone(),
                it.id.to_string(),
                it.decision.as_str().to_owned(),
                it.ground.clone().unwrap_or_default(),
            ]
        }),
    )
}
