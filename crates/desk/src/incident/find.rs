//! Finding: every rule over every event that was gathered.

use std::collections::BTreeMap;

use casework::incident::detect::{Detector, Stitcher};
use casework::incident::{Directory, Gathered, HeldFinding, Level, Missing, Read, Strength};
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use vault::{IncidentPart, KeptLog};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;

/// What the rules found at one strength, and what they could not see.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "IncidentFound")]
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
        let strength = parse(strength)?;
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
        let logs = self.kept_logs(&file)?;
        progress.say("Learning what is usual");
        let studied = self.share_logs(&logs, |next| {
            let mut study = detector.study();
            while let Some((number, log)) = next() {
                self.kept_log(log, &mut |read| {
                    if let Read::Event(event) = &read {
                        study.study(number, event);
                    }
                })?;
            }
            Ok(study.done())
        })?;
        detector.learn(studied);
        progress.say("Running the rules");
        let examined = self.share_logs(&logs, |next| {
            let mut examiner = detector.examiner().map_err(broken)?;
            while let Some((number, log)) = next() {
                // Unoptimised builds read these too, and fail if a rule hits after all.
                if detector.is_quiet(number) && !cfg!(debug_assertions) {
                    continue;
                }
                self.kept_log(log, &mut |read| {
                    if let Read::Event(event) = &read {
                        examiner.examine(number, event);
                    }
                })?;
            }
            Ok(examiner.done())
        })?;
        detector.take(examined);
        for source in &gathered.sources {
            detector.examine_gaps(source).map_err(broken)?;
        }
        let sources: Vec<&str> = logs.iter().map(|it| it.source.as_str()).collect();
        let (mut findings, stitcher) = detector.findings(&sources).map_err(broken)?;
        if stitcher.is_needed() {
            progress.say("Joining sessions and requests");
            Stitcher::done(self.stitch(&logs, &stitcher)?, &mut findings);
        }
        let mut levels = BTreeMap::<Level, u64>::new();
        for finding in &findings {
            *levels.entry(finding.level).or_default() += 1;
        }
        let levels: BTreeMap<String, u64> =
            levels.into_iter().map(|(level, count)| (crate::evidence::word(&level), count)).collect();
        self.record(&file.number, "incident.examined", json!({ "findings": levels }), |tx| {
            tx.put_incident_part(&file.number, IncidentPart::Findings, &findings)
        })?;
        self.found_at(incident, strength, gathered.missing)
    }

    /// What the last `find` found, at one strength; `None` before the first.
    ///
    /// # Errors
    /// `usage` for another strength; a [`Problem`] when there is no such incident.
    pub fn incident_found(&self, incident: &str, strength: &str) -> Result<Option<FoundView>, Problem> {
        let strength = parse(strength)?;
        let file = self.incident_file(incident)?;
        let gathered: Option<Gathered> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Gathered))?;
        match self.found_at(incident, strength, gathered.map(|it| it.missing).unwrap_or_default()) {
            Err(problem) if problem.code == "not_examined" => Ok(None),
            found => found.map(Some),
        }
    }

    fn found_at(
        &self,
        incident: &str,
        strength: Strength,
        cannot_see: Vec<Missing>,
    ) -> Result<FoundView, Problem> {
        let mut findings = self.incident_findings(incident, Strength::Everything)?;
        let all = findings.len();
        findings.retain(|it| it.shown_at(strength));
        let not_shown = u64::try_from(all - findings.len()).unwrap_or(u64::MAX);
        Ok(FoundView { findings, not_shown, cannot_see })
    }

    /// Reads the logs in which a key of a finding stands; of the others of that time the bytes are only looked through.
    fn stitch(&self, logs: &[KeptLog], stitcher: &Stitcher) -> Result<Vec<Stitcher>, Problem> {
        let keys = stitcher.keys();
        self.share_logs(logs, |next| {
            let mut own = stitcher.clone();
            while let Some((number, log)) = next() {
                if !own.may_stand_in(number) {
                    continue;
                }
                let mut wanted = keys.is_none();
                if let Some(keys) = &keys {
                    let mut before = Vec::new();
                    self.kept_bytes(log.n, &mut |bytes| {
                        wanted = keys.stand_in(&mut before, bytes);
                        !wanted
                    })?;
                }
                if wanted {
                    self.kept_log(log, &mut |read| {
                        if let Read::Event(event) = &read {
                            own.stitch(event);
                        }
                    })?;
                }
            }
            Ok(own)
        })
    }
}

fn parse(strength: &str) -> Result<Strength, Problem> {
    Strength::parse(strength).ok_or_else(|| {
        Problem::new("usage", "This is no strength. Nothing was done.", "Use strong, balanced or everything.")
    })
}
