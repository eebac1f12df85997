//! Finding: every rule over every event that was gathered.

use std::collections::BTreeMap;

use casework::incident::detect::Detector;
use casework::incident::{Directory, Gathered, HeldFinding, Level, Missing, Read, Strength};
use serde::Serialize;
use serde_json::json;
use vault::IncidentPart;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;

/// What the rules found at one strength, and what they could not see.
#[derive(Debug, Clone, Serialize)]
pub struct FoundView {
    pub findings: Vec<HeldFinding>,
    /// Findings that only a weaker strength shows.
    pub not_shown: u64,
    /// Sources that would have helped.
    pub cannot_see: Vec<Missing>,
}

impl Desk {
    /// Runs the rules over all events. Findings keep their ids and what was decided about them.
    ///
    /// # Errors
    /// `not_gathered` without logs; a [`Problem`] when the vault cannot be read. What was found before stays then.
    pub fn find(&self, incident: &str, strength: &str, progress: &Progress) -> Result<FoundView, Problem> {
        let strength = Strength::parse(strength).ok_or_else(|| {
            Problem::new(
                "usage",
                "This is no strength. Nothing was done.",
                "Use strong, balanced or everything.",
            )
        })?;
        let file = self.incident_file(incident)?;
        let gathered: Option<Gathered> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Gathered))?;
        let gathered = gathered.ok_or_else(|| {
            Problem::new(
                "not_gathered",
                "No logs were gathered for this incident yet. Nothing was done.",
                "Run `habeas incident gather` first.",
            )
        })?;
        let directory: Directory = self
            .read(|vault| vault.incident_part(&file.number, IncidentPart::Directory))?
            .unwrap_or_default();
        let broken = |error: casework::incident::detect::RuleError| {
            Problem::new(
                "rules",
                format!("{error}. Nothing was done."),
                "Install the program again; this copy is damaged.",
            )
        };
        let mut detector = Detector::new(directory).map_err(broken)?;
        progress.say("Learning what is usual");
        self.kept_records(&file, |_| true, &mut |read| {
            if let Read::Event(event) = &read {
                detector.study(event);
            }
        })?;
        progress.say("Running the rules");
        self.kept_records(&file, |_| true, &mut |read| {
            if let Read::Event(event) = &read {
                detector.examine(event);
            }
        })?;
        for source in &gathered.sources {
            detector.examine_gaps(source);
        }
        let (mut findings, mut stitcher) = detector.findings().map_err(broken)?;
        if stitcher.is_needed() {
            progress.say("Joining sessions and requests");
            self.kept_records(&file, |_| true, &mut |read| {
                if let Read::Event(event) = &read {
                    stitcher.stitch(event);
                }
            })?;
        }
        stitcher.done(&mut findings);
        let mut levels = BTreeMap::<Level, u64>::new();
        for finding in &findings {
            *levels.entry(finding.level).or_default() += 1;
        }
        let levels: BTreeMap<String, u64> =
            levels.into_iter().map(|(level, count)| (crate::evidence::word(&level), count)).collect();
        self.record(&file.number, "incident.examined", json!({ "findings": levels }), |tx| {
            tx.put_incident_part(&file.number, IncidentPart::Findings, &findings)
        })?;
        let shown = self.incident_findings(incident, strength)?;
        let not_shown = findings.len().saturating_sub(shown.len());
        Ok(FoundView {
            findings: shown,
            not_shown: u64::try_from(not_shown).unwrap_or(u64::MAX),
            cannot_see: gathered.missing,
        })
    }
}
