//! Gathering: every log file is read, counted, compared with what was there, and kept as it came.

use std::path::PathBuf;
use std::sync::Arc;

use casework::incident::{
    Directory, Gathered, Intake, Known, Left, LogReader, Read, Reading, Tally, Within, missing, sources,
    support_case,
};
use chrono::{DateTime, NaiveDate, Utc};
use papers::Sha256;
use serde_json::{Value, json};
use vault::{IncidentFile, IncidentPart};

use super::files::{CutShort, Given, Part, read_ahead};
use super::keep::{Keeping, NOTHING_KEPT};
use crate::desk::{Desk, instant};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::vaults;

/// What an org added to the files, and what it refused.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub org_id: Option<String>,
    pub since: Option<NaiveDate>,
    pub refused: Vec<(String, String)>,
    pub api_calls: Option<u64>,
    /// The org said which event log files it has, so what was said of files left there is told anew.
    pub listed: bool,
    pub left_in_org: Option<Left>,
}

impl Desk {
    /// Takes in log files from folders and ZIPs. What was gathered before stays; files may overlap and come twice.
    ///
    /// # Errors
    /// `logs_unreadable`, `no_logs`; nothing was kept then.
    pub fn gather_files(
        &self,
        incident: &str,
        paths: &[PathBuf],
        progress: &Progress,
    ) -> Result<Gathered, Problem> {
        let file = self.incident_file(incident)?;
        self.take_in(&file, &Given::look(paths)?, &Asked::default(), progress)
    }

    pub(super) fn take_in(
        &self,
        file: &IncidentFile,
        given: &Given,
        asked: &Asked,
        progress: &Progress,
    ) -> Result<Gathered, Problem> {
        let archives = given.archives.iter().map(hash_file).collect::<Result<Vec<_>, _>>()?;
        let mut intake = Intake::default();
        self.kept_records(file, |_| true, &mut |read| intake.remember(&read))?;
        let earlier = self.read(|vault| vault.incident_logs(&file.number))?;
        let known: Vec<(String, i64)> = earlier.iter().map(|it| (it.sha256.clone(), it.n)).collect();
        let mut directory: Directory = self
            .read(|vault| vault.incident_part(&file.number, IncidentPart::Directory))?
            .unwrap_or_default();
        let mut names = Known::default();
        let mut cautions = given.cautions.clone();
        let (mut readings, mut hashes): (Vec<Reading>, Vec<Value>) =
            (earlier.into_iter().map(|it| it.reading).collect(), archives);
        let now = self.now();
        let mut ended = None;
        let outcome = self.hold().deed_telling(now, Some(&file.number), "incident.gathered", |tx| {
            std::thread::scope(|scope| {
                let parts = read_ahead(scope, given);
                let mut keeping = Keeping::start(scope, tx, known);
                for (place, one) in given.files.iter().enumerate() {
                    if progress.stop_flag().is_stopped() {
                        ended = Some(stopped());
                        return Err(NOTHING_KEPT);
                    }
                    if place % 25 == 0 {
                        progress.say(&format!("Reading log file {} of {}", place + 1, given.files.len()));
                    }
                    keeping.begin(tx.begin_log(&file.number, &one.source)?);
                    let mut reader = LogReader::new(&one.source);
                    let mut tally = Tally::default();
                    let mut bytes = 0_u64;
                    let mut each = |read: Read<'_>| {
                        intake.count(&read, &mut tally);
                        if let Read::Event(event) | Read::Entry(event) = &read {
                            directory.learn(event, &mut names);
                        }
                    };
                    let read = loop {
                        match parts.recv().map_err(|_| NOTHING_KEPT)? {
                            Part::Piece(piece) => {
                                bytes += u64::try_from(piece.len()).unwrap_or(0);
                                let piece = Arc::new(piece);
                                keeping.give(&piece)?;
                                reader.feed(&piece, &mut each);
                            }
                            Part::End(read) => break read,
                        }
                    };
                    reader.finish(&mut each);
                    let mut reading = tally.done(&reader);
                    reading.interval.clone_from(&one.interval);
                    if let Err(CutShort(why)) = read {
                        reading.cautions.push(format!("The file {why}."));
                    }
                    cautions.extend(reading.cautions.iter().map(|it| format!("{}: {it}", one.source)));
                    keeping.end(bytes, reading)?;
                    keeping.keep(&mut readings, &mut hashes, false)?;
                }
                keeping.keep(&mut readings, &mut hashes, true)
            })?;
            let mut gathered = self.sum_up(file, &readings, asked, now);
            if gathered.sources.iter().all(|it| it.rows == 0) {
                ended = Some(no_logs());
                return Err(NOTHING_KEPT);
            }
            let before: Option<Gathered> = tx.incident_part(&file.number, IncidentPart::Gathered)?;
            let before = before.unwrap_or_default();
            let told = before.left_in_org.map(Left::caution);
            gathered.left_in_org = if asked.listed { asked.left_in_org } else { before.left_in_org };
            gathered.cautions = before.cautions;
            gathered.cautions.retain(|it| told.as_ref() != Some(it));
            gathered.cautions.extend(gathered.left_in_org.map(Left::caution));
            gathered.cautions.append(&mut cautions);
            gathered.cautions.extend(later_than(&gathered, now));
            gathered.cautions.sort();
            gathered.cautions.dedup();
            tx.put_incident_part(&file.number, IncidentPart::Gathered, &gathered)?;
            tx.put_incident_part(&file.number, IncidentPart::Directory, &directory)?;
            tx.drop_incident_part(&file.number, IncidentPart::Findings)?;
            let detail = json!({ "files": hashes, "api_calls": asked.api_calls });
            Ok((gathered, detail))
        });
        outcome.map_err(|error| ended.unwrap_or_else(|| vaults::problem(&error)))
    }

    fn sum_up(
        &self,
        file: &IncidentFile,
        readings: &[Reading],
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Gathered {
        let sources = sources(readings);
        let discovered = instant(&file.discovered_at).unwrap_or(now).date_naive();
        let since = asked.since.unwrap_or(discovered);
        let within = Within { since, org: asked.org_id.as_deref(), refused: &asked.refused };
        let missing = missing(&sources, &within);
        let first = sources.iter().filter_map(|it| it.from.as_deref().and_then(instant)).min();
        let from = first.map_or(since, |it| it.date_naive().min(since));
        let support_case =
            support_case(&missing, asked.org_id.as_deref(), from, discovered.max(now.date_naive()), now);
        Gathered { sources, missing, support_case, ..Gathered::default() }
    }
}

fn stopped() -> Problem {
    Problem::new(
        "stopped",
        "Gathering was stopped. Nothing of this run was kept.",
        "Run it again when you are ready.",
    )
}

fn no_logs() -> Problem {
    Problem::new(
        "no_logs",
        "Not one event could be read from what was given. Nothing was kept.",
        "Give the log files as Salesforce hands them out: CSV of EventLogFile, CSV or JSON lines of the objects.",
    )
}

fn later_than(gathered: &Gathered, now: DateTime<Utc>) -> Vec<String> {
    let later =
        |it: &&casework::incident::Source| it.to.as_deref().and_then(instant).is_some_and(|to| to > now);
    gathered
        .sources
        .iter()
        .filter(later)
        .map(|it| format!("{} holds events later than now: a clock was wrong, or this one is.", it.kind))
        .collect()
}

fn hash_file(path: &PathBuf) -> Result<Value, Problem> {
    let unreadable = |_| {
        Problem::new(
            "logs_unreadable",
            "The ZIP could not be read. Nothing was gathered.",
            "Check the path and try again.",
        )
    };
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let mut hash = Sha256::new();
    let bytes = std::io::copy(&mut file, &mut hash).map_err(unreadable)?;
    Ok(json!({ "archive": true, "sha256": hash.finish(), "bytes": bytes }))
}
