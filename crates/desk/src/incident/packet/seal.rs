//! The sealed packet: what was assembled and who was told, never what was made for counsel.

use std::collections::BTreeMap;
use std::path::Path;

use papers::bundle::{self, Content, Entry, Header};
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;

use super::{Begun, PACKET, SAMPLE, pretty};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;

/// A sealed packet.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SealedPacketView {
    pub incident: String,
    pub bundle: String,
    pub file: String,
    pub bytes: u64,
    pub sha256: String,
    pub signer: String,
}

impl Desk {
    /// Seals what was assembled and who was told; nothing that was made for counsel.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn seal_packet(&self, incident: &str, to: &Path) -> Result<SealedPacketView, Problem> {
        let Begun { file, drafted, register } = self.begun(incident)?;
        let confirmed = self.confirmed(incident)?;
        let kept = self.read(|vault| vault.incident_papers(&file.number))?;
        if !kept.iter().any(|it| it.kind == PACKET) {
            return Err(Problem::new(
                "not_assembled",
                "There is no packet of this incident yet. Nothing was written.",
                "Run `habeas incident assemble` first.",
            ));
        }
        // Of papers assembled more than once, the last.
        let latest: BTreeMap<String, Vec<u8>> = kept
            .into_iter()
            .filter(|it| it.kind == PACKET || it.kind == SAMPLE)
            .map(|it| match it.kind.as_str() {
                SAMPLE => (format!("packet/notices/{}", it.name), it.bytes),
                _ => (it.name, it.bytes),
            })
            .collect();
        let mut entries: Vec<Entry> = latest
            .into_iter()
            .map(|(path, bytes)| entry(path, "packet", "incident assemble", bytes))
            .collect();
        entries.push(entry(
            "incident/findings.json".to_owned(),
            "findings",
            "incident find",
            pretty(&confirmed),
        ));
        entries.push(entry(
            "incident/notices.json".to_owned(),
            "notices",
            "incident draft",
            pretty(&drafted),
        ));
        entries.push(entry("incident/told.json".to_owned(), "register", "incident tell", pretty(&register)));
        let ledger = self.read(|vault| vault.ledger(Some(&file.number)))?;
        let lines = casework::ledger::lines(&ledger).into_bytes();
        entries.push(entry("log/ledger.jsonl".to_owned(), "ledger", "vault", lines));
        let sealed_at = self.now();
        let id = bundle::id(incident, "incident", sealed_at);
        let stage = if register.is_empty() { "assembled" } else { "told" };
        let header = Header {
            case: incident.to_owned(),
            kind: "incident".to_owned(),
            stage: stage.to_owned(),
            org: file.org.clone().unwrap_or_default(),
            sealed_at,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            practice: self.practice(),
            facts: vec![
                ("Incident".to_owned(), incident.to_owned()),
                ("Discovered".to_owned(), file.discovered_at.clone()),
                ("Confirmed findings".to_owned(), confirmed.len().to_string()),
                ("Letters".to_owned(), drafted.count(None).to_string()),
                ("Told".to_owned(), register.len().to_string()),
            ],
        };
        let sealed = bundle::seal(entries, &header, &self.signing_key(), to)
            .map_err(|error| troubles::paper(&error))?;
        let detail = json!({ "bundle": id, "sha256": sealed.sha256, "signer": sealed.signer_sha256 });
        if let Err(problem) = self.record(&file.number, "incident.sealed", detail, |_| Ok(())) {
            drop(std::fs::remove_file(to));
            return Err(problem);
        }
        Ok(SealedPacketView {
            incident: incident.to_owned(),
            bundle: id,
            file: to.display().to_string(),
            bytes: sealed.bytes,
            sha256: sealed.sha256,
            signer: sealed.signer_sha256,
        })
    }
}

fn entry(path: String, role: &str, source: &str, bytes: Vec<u8>) -> Entry {
    Entry { path, role: role.to_owned(), source: source.to_owned(), content: Content::Bytes(bytes) }
}
