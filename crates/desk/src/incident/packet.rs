//! The packet of an incident: what happened with its evidence, what the law asks, the sheets for regulators, and apart from
//! it the analysis made for counsel, which stands in another ledger and is never sealed with the facts.

mod letters;
mod map;
mod papers_of;
mod register;
mod seal;
mod sheets;
mod tell;
mod timeline;

pub use register::RegisterView;
pub use seal::SealedPacketView;
pub use tell::{Open, ToldView};

use std::collections::BTreeMap;
use std::path::Path;

use casework::incident::notice::{Drafted, Route, Told};
use casework::incident::{HeldFinding, Status};
use chrono::{DateTime, Utc};
use law::answer::{Answer, Deed, Duty, State};
use papers::document::{self, Document};
use papers::letter::{self, Language};
use papers::new_file::PartialFolder;
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use vault::{IncidentFile, IncidentPart};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;

/// The kind of papers that are sealed, and of those that never are.
const PACKET: &str = "packet";
const COUNSEL: &str = "counsel";
/// The kind of a letter that an officer drew as a sample when the notices were drafted.
const SAMPLE: &str = "sample";

/// What was assembled.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PacketView {
    pub incident: String,
    pub folder: String,
    pub files: Vec<String>,
    /// Answers that stand as "not yet known" in the sheets: where, and who settles them.
    pub not_yet_known: Vec<String>,
    pub notes: Vec<String>,
}

/// What every deed of a packet begins with.
struct Begun {
    file: IncidentFile,
    drafted: Drafted,
    register: Vec<Told>,
}

/// Everything that the papers of a packet draw on.
struct Known {
    file: IncidentFile,
    business: String,
    drafted: Drafted,
    answer: Answer,
    register: Vec<Told>,
    confirmed: Vec<HeldFinding>,
    blanks: BTreeMap<String, String>,
    /// The samples of the last draft, by name.
    samples: BTreeMap<String, Vec<u8>>,
    /// The last assessment, as `incident assess` showed it.
    assessment: Option<serde_json::Value>,
    at: DateTime<Utc>,
    practice: bool,
}

/// One file of a packet; `kind` says whether it is sealed.
struct Made {
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

impl Desk {
    /// Assembles the packet into a new folder. With `facts_only` nothing is made for counsel.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn assemble_packet(
        &self,
        incident: &str,
        to: &Path,
        facts_only: bool,
    ) -> Result<PacketView, Problem> {
        let known = self.packet_known(incident)?;
        let mut notes = Vec::new();
        let mut made = Vec::new();
        let mut not_yet_known = Vec::new();
        let mut paper = |name: &str, kind: &'static str, document: &Document| -> Result<(), Problem> {
            let rendered = document::render(document).map_err(|error| troubles::paper(&error))?;
            for warning in rendered.warnings.iter().map(ToString::to_string) {
                if !notes.contains(&warning) {
                    notes.push(warning);
                }
            }
            made.push(Made { name: name.to_owned(), kind, bytes: rendered.bytes });
            Ok(())
        };
        let mut no_spanish = None;
        paper("packet/01-memo.pdf", PACKET, &self.memo(&known, false)?)?;
        if !facts_only {
            paper("counsel/memo-with-analysis.pdf", COUNSEL, &self.memo(&known, true)?)?;
        }
        paper("packet/02-evidence-log.pdf", PACKET, &self.evidence_log(&known)?)?;
        paper("packet/03-timeline.pdf", PACKET, &self.timeline_paper(&known)?)?;
        for (recipient, duties) in regulators(&known.answer) {
            let (sheet, open) = sheets::sheet(&known, &recipient, &duties);
            not_yet_known.extend(open);
            paper(&format!("packet/regulators/{recipient}.pdf"), PACKET, &sheet)?;
        }
        if let Some(letter) = self.bureaus(&known)? {
            paper(
                "packet/credit-bureaus.pdf",
                PACKET,
                &letter::document(&letter).map_err(|it| troubles::paper(&it))?,
            )?;
        }
        if known.drafted.count(Some(Route::Unreachable)) > 0 {
            let letter = self.substitute(&known, Language::English)?;
            paper(
                "packet/substitute/website.pdf",
                PACKET,
                &letter::document(&letter).map_err(|it| troubles::paper(&it))?,
            )?;
            match letter::document(&self.substitute(&known, Language::Spanish)?) {
                Ok(document) => paper("packet/substitute/website-es.pdf", PACKET, &document)?,
                Err(papers::Error::BlankMissing { blank, .. }) => no_spanish = Some(blank),
                Err(error) => return Err(troubles::paper(&error)),
            }
            paper("packet/substitute/justification.pdf", PACKET, &papers_of::justification(&known))?;
        }
        made.push(Made {
            name: "packet/told.csv".to_owned(),
            kind: PACKET,
            bytes: papers_of::told_csv(&known.register),
        });
        made.push(Made {
            name: "packet/duties.json".to_owned(),
            kind: PACKET,
            bytes: pretty(&json!({ "facts": known.drafted.facts, "duties": known.answer.duties })),
        });
        made.extend(known.samples.iter().map(|(name, bytes)| Made {
            name: format!("packet/notices/{name}"),
            kind: SAMPLE,
            bytes: bytes.clone(),
        }));
        notes.extend(no_spanish.map(|blank| {
            format!(
                "The substitute notice stands in English only: say it in Spanish with `habeas incident draft --set {blank}.es=…` and assemble again."
            )
        }));
        match self.touched_map(&known) {
            Ok(files) => made.extend(files),
            Err(problem) if problem.code == "no_map" => {
                notes.push(
                    "There is no data map of this org: `habeas map build` makes one; assemble again then."
                        .to_owned(),
                );
            }
            Err(problem) => return Err(problem),
        }
        let folder = PartialFolder::begin(to).map_err(|error| troubles::paper(&error))?;
        for it in &made {
            folder.write(&it.name, &it.bytes).map_err(|error| troubles::paper(&error))?;
        }
        self.keep_packet(&known.file, &made, facts_only)?;
        folder.finish().map_err(|error| troubles::paper(&error))?;
        Ok(PacketView {
            incident: incident.to_owned(),
            folder: to.display().to_string(),
            files: made.into_iter().map(|it| it.name).collect(),
            not_yet_known,
            notes,
        })
    }

    /// Two deeds in two ledgers: the packet in the incident's own, the work for counsel in the vault's.
    fn keep_packet(&self, file: &IncidentFile, made: &[Made], facts_only: bool) -> Result<(), Problem> {
        let hashes = |kind: &str| -> Vec<_> {
            made.iter()
                .filter(|it| it.kind == kind)
                .map(|it| json!({ "file": it.name, "sha256": crate::ledger::sha256(&it.bytes) }))
                .collect()
        };
        let keep = |tx: &vault::Tx<'_>, kind: &str| {
            made.iter()
                .filter(|it| it.kind == kind)
                .try_for_each(|it| tx.add_incident_paper(&file.number, &it.name, kind, &it.bytes).map(drop))
        };
        let detail = json!({ "files": hashes(PACKET), "facts_only": facts_only });
        self.record(&file.number, "incident.assembled", detail, |tx| keep(tx, PACKET))?;
        if made.iter().any(|it| it.kind == COUNSEL) {
            let detail = json!({ "incident": file.number, "files": hashes(COUNSEL) });
            self.record_apart("counsel.assembled", detail, |tx| keep(tx, COUNSEL))?;
        }
        Ok(())
    }

    /// The incident, its notices and its register; refused before the notices were drafted.
    fn begun(&self, incident: &str) -> Result<Begun, Problem> {
        let file = self.incident_file(incident)?;
        let drafted: Option<Drafted> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Notices))?;
        let drafted = drafted.ok_or_else(|| {
            Problem::new(
                "not_drafted",
                "The notices of this incident were not drafted yet. Nothing was done.",
                "Run `habeas incident draft` first; it settles who is told under which law.",
            )
        })?;
        let register =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Register))?.unwrap_or_default();
        Ok(Begun { file, drafted, register })
    }

    /// The confirmed findings; an incident without logs has none, and its packet says so.
    fn confirmed(&self, incident: &str) -> Result<Vec<HeldFinding>, Problem> {
        let held = self.findings_so_far(incident)?;
        Ok(held.into_iter().filter(|it| it.status == Status::Confirmed).collect())
    }

    fn packet_known(&self, incident: &str) -> Result<Known, Problem> {
        let Begun { file, drafted, register } = self.begun(incident)?;
        let kept = self.read(|vault| vault.incident_papers(&file.number))?;
        Ok(Known {
            business: self.business()?,
            answer: self.breach_answer(&file, &drafted.facts)?,
            blanks: self.notice_blanks(&file, &drafted, Language::English)?,
            samples: kept.into_iter().filter(|it| it.kind == SAMPLE).map(|it| (it.name, it.bytes)).collect(),
            assessment: self.incident_assessment(incident)?.map(|(_, it)| it),
            confirmed: self.confirmed(incident)?,
            at: self.now(),
            practice: self.practice(),
            register,
            drafted,
            file,
        })
    }
}

const NOT_YET: &str = "not yet known";

/// The kinds of information of the letters of one place, or of all, one a line.
fn types(known: &Known, place: Option<&str>) -> String {
    let elements = known.drafted.taken(place).into_keys().collect();
    super::draft::elements_in(Language::English, &elements)
}

fn may_be_owed(state: State) -> bool {
    !matches!(state, State::NotOwed | State::NotInForce | State::Refused)
}

/// Regulators who must or may have to be told, each with its duties.
fn regulators(answer: &Answer) -> BTreeMap<String, Vec<&Duty>> {
    let mut all = BTreeMap::<String, Vec<&Duty>>::new();
    for duty in answer.duties.iter().filter(|it| it.duty == Deed::TellRegulator && may_be_owed(it.state)) {
        all.entry(duty.recipient.clone()).or_default().push(duty);
    }
    all
}

/// State and date in a few words.
fn dated(duty: &Duty) -> String {
    let due = duty.due.map(|it| format!(", due {it}")).unwrap_or_default();
    let done = duty.done_on.map(|it| format!(" on {it}")).unwrap_or_default();
    let projected = if duty.projected { " (projected)" } else { "" };
    format!("{}{done}{due}{projected}", duty.state.words())
}

fn pretty(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
