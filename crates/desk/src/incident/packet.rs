//! The packet of an incident: what happened with its evidence, what the law asks, the sheets for regulators, and apart from
//! it the analysis made for counsel, which stands in another ledger and is never sealed with the facts.

mod papers_of;
mod register;
mod sheets;
mod timeline;

pub use register::RegisterView;

use std::collections::BTreeMap;
use std::path::Path;

use casework::incident::notice::{Drafted, Route, Told};
use casework::incident::{HeldFinding, Status, Strength};
use chrono::{DateTime, Utc};
use law::answer::{Answer, Deed, Duty, State};
use papers::bundle::{self, Content, Entry, Header};
use papers::document::{self, Document};
use papers::letter::{self, Kind, Language, Letter, Wording};
use papers::new_file::PartialFolder;
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use vault::{IncidentFile, IncidentPart};

use crate::answering::seconds;
use crate::data_map::Touched;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;

/// The kind of papers that are sealed, and of those that never are.
const PACKET: &str = "packet";
const COUNSEL: &str = "counsel";
/// Days for which a substitute notice stands on a website (Civ. § 1798.82(j)(3)).
const POSTED_DAYS: u64 = 30;

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

/// Somebody was told.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ToldView {
    pub incident: String,
    pub told: Vec<Told>,
    /// Duties whose date or state moved.
    pub moved: Vec<Moved>,
    /// Recipients that are still to be told, with their dates.
    pub open: Vec<Open>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MovedDuty")]
pub struct Moved {
    pub rule: String,
    pub recipient: String,
    pub before: String,
    pub now: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "OpenDuty")]
pub struct Open {
    pub recipient: String,
    pub jurisdiction: String,
    pub state: String,
    pub due: Option<String>,
    pub projected: bool,
}

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

/// Everything that the papers of a packet draw on.
struct Known {
    file: IncidentFile,
    business: String,
    drafted: Drafted,
    answer: Answer,
    register: Vec<Told>,
    confirmed: Vec<HeldFinding>,
    blanks: BTreeMap<String, String>,
    samples: Vec<String>,
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
            let letter = self.substitute(&known)?;
            paper(
                "packet/substitute/website.pdf",
                PACKET,
                &letter::document(&letter).map_err(|it| troubles::paper(&it))?,
            )?;
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
        for (name, bytes) in self.latest_samples(&known.file)? {
            made.push(Made { name: format!("packet/notices/{name}"), kind: "sample", bytes });
        }
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

    /// Notes that somebody was told, and says which clocks moved.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn tell(
        &self,
        incident: &str,
        recipient: &str,
        at: DateTime<Utc>,
        reference: &str,
    ) -> Result<ToldView, Problem> {
        let refuse = |code, what: String, next: &str| {
            Problem::new(code, format!("{what} Nothing was recorded."), next)
        };
        let known = self.packet_known(incident)?;
        let mut recipients: Vec<&str> = known.answer.duties.iter().map(|it| it.recipient.as_str()).collect();
        recipients.sort_unstable();
        recipients.dedup();
        if !recipients.contains(&recipient) {
            return Err(refuse(
                "unknown_recipient",
                "The law book names no such recipient for this incident.".to_owned(),
                &format!("Recipients are {}.", recipients.join(", ")),
            ));
        }
        let reference = reference.trim();
        if reference.is_empty() || reference.chars().count() > 200 || reference.chars().any(char::is_control)
        {
            return Err(refuse(
                "usage",
                "The reference is empty, too long or holds control characters.".to_owned(),
                "Give the confirmation number, or how the mailing is known.",
            ));
        }
        if at > self.now() || seconds(at) < known.file.discovered_at {
            return Err(refuse(
                "too_early",
                "Nobody can be told before the discovery or in the future.".to_owned(),
                "Check the instant and its zone.",
            ));
        }
        let told = Told {
            recipient: recipient.to_owned(),
            at: seconds(at),
            reference: reference.to_owned(),
            recorded_at: seconds(self.now()),
        };
        let mut register = known.register;
        register.push(told.clone());
        register.sort_by(|a, b| (&a.at, &a.recipient).cmp(&(&b.at, &b.recipient)));
        let detail = json!({ "recipient": told.recipient, "at": told.at, "reference": told.reference });
        self.record(&known.file.number, "incident.told", detail, |tx| {
            tx.put_incident_part(&known.file.number, IncidentPart::Register, &register)
        })?;
        let now = self.breach_answer(&known.file, &known.drafted.facts)?;
        Ok(ToldView {
            incident: incident.to_owned(),
            told: register,
            moved: moved(&known.answer, &now),
            open: open(&now),
        })
    }

    /// Seals what was assembled and who was told; nothing that was made for counsel.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn seal_packet(&self, incident: &str, to: &Path) -> Result<SealedPacketView, Problem> {
        let known = self.packet_known(incident)?;
        let kept = self.read(|vault| vault.incident_papers(&known.file.number))?;
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
            .filter(|it| it.kind == PACKET || it.kind == "sample")
            .map(|it| match it.kind.as_str() {
                "sample" => (format!("packet/notices/{}", it.name), it.bytes),
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
            pretty(&known.confirmed),
        ));
        entries.push(entry(
            "incident/notices.json".to_owned(),
            "notices",
            "incident draft",
            pretty(&known.drafted),
        ));
        entries.push(entry(
            "incident/told.json".to_owned(),
            "register",
            "incident tell",
            pretty(&known.register),
        ));
        let ledger = self.read(|vault| vault.ledger(Some(&known.file.number)))?;
        let lines = casework::ledger::lines(&ledger).into_bytes();
        entries.push(entry("log/ledger.jsonl".to_owned(), "ledger", "vault", lines));
        let sealed_at = self.now();
        let id = bundle::id(incident, "incident", sealed_at);
        let stage = if known.register.is_empty() { "assembled" } else { "told" };
        let header = Header {
            case: incident.to_owned(),
            kind: "incident".to_owned(),
            stage: stage.to_owned(),
            org: known.file.org.clone().unwrap_or_default(),
            sealed_at,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            practice: self.practice(),
            facts: vec![
                ("Incident".to_owned(), incident.to_owned()),
                ("Discovered".to_owned(), known.file.discovered_at.clone()),
                ("Confirmed findings".to_owned(), known.confirmed.len().to_string()),
                ("Letters".to_owned(), known.drafted.count(None).to_string()),
                ("Told".to_owned(), known.register.len().to_string()),
            ],
        };
        let sealed = bundle::seal(entries, &header, &self.signing_key(), to)
            .map_err(|error| troubles::paper(&error))?;
        let detail = json!({ "bundle": id, "sha256": sealed.sha256, "signer": sealed.signer_sha256 });
        if let Err(problem) = self.record(&known.file.number, "incident.sealed", detail, |_| Ok(())) {
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

    fn packet_known(&self, incident: &str) -> Result<Known, Problem> {
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
        // An incident without logs has no findings, and its packet says so.
        let held = match self.incident_findings(incident, Strength::Everything) {
            Ok(held) => held,
            Err(problem) if problem.code == "not_examined" => Vec::new(),
            Err(problem) => return Err(problem),
        };
        Ok(Known {
            business: self.business()?,
            answer: self.breach_answer(&file, &drafted.facts)?,
            blanks: self.notice_blanks(&file, &drafted, Language::English)?,
            samples: self.latest_samples(&file)?.into_keys().collect(),
            assessment: self.incident_assessment(incident)?.map(|(_, it)| it),
            confirmed: held.into_iter().filter(|it| it.status == Status::Confirmed).collect(),
            at: self.now(),
            practice: self.practice(),
            register,
            drafted,
            file,
        })
    }

    /// The samples of the last draft, by name.
    fn latest_samples(&self, file: &IncidentFile) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
        let kept = self.read(|vault| vault.incident_papers(&file.number))?;
        Ok(kept.into_iter().filter(|it| it.kind == "sample").map(|it| (it.name, it.bytes)).collect())
    }

    /// The data map with the part that the confirmed findings touched.
    fn touched_map(&self, known: &Known) -> Result<Vec<Made>, Problem> {
        let view = self.map(known.file.org.as_deref())?;
        let findings = || known.confirmed.iter().map(|it| &it.finding);
        let touched = Touched {
            case: known.file.number.to_string(),
            objects: findings().flat_map(|it| it.objects.iter().cloned()).collect(),
            integrations: findings().flat_map(|it| it.app.iter().chain(&it.principal).cloned()).collect(),
        };
        let mut view = view;
        for it in &mut view.integrations {
            let own = |one: &&casework::incident::Finding| {
                one.app.as_ref() == Some(&it.name)
                    || one.principal.as_ref().is_some_and(|user| *user == it.name)
            };
            for finding in findings().filter(own) {
                for object in &finding.objects {
                    let did = casework::data_map::DidReach {
                        from: finding.from.clone(),
                        to: finding.to.clone(),
                        rows: (finding.objects.len() == 1).then_some(finding.rows),
                    };
                    it.did_reach.insert(object.clone(), did);
                }
            }
        }
        let files = self.map_files(&view, Some(&touched))?.files;
        Ok(files
            .into_iter()
            .map(|(name, bytes)| Made { name: format!("packet/data-map/{name}"), kind: PACKET, bytes })
            .collect())
    }

    fn bureaus(&self, known: &Known) -> Result<Option<Letter>, Problem> {
        let duties: Vec<&Duty> = known
            .answer
            .duties
            .iter()
            .filter(|it| it.duty == Deed::TellCra && may_be_owed(it.state))
            .collect();
        if duties.is_empty() {
            return Ok(None);
        }
        let sent = known.register.iter().find(|it| it.recipient == "individuals");
        let mut blanks = known.blanks.clone();
        let laws: Vec<String> =
            duties.iter().map(|it| format!("{}: {}", it.jurisdiction, it.citation)).collect();
        let mut ways = vec![format!("{} by mail", known.drafted.count(Some(Route::Mail)))];
        ways.push(format!("{} by email", known.drafted.count(Some(Route::Email))));
        let unreachable = known.drafted.count(Some(Route::Unreachable));
        if unreachable > 0 {
            ways.push(format!("{unreachable} by substitute notice"));
        }
        for (blank, value) in [
            ("recipient", "Equifax, Experian, TransUnion".to_owned()),
            ("delivery", "the bureaus' own channels for notices of breaches".to_owned()),
            ("sent_on", sent.map_or_else(|| NOT_YET.to_owned(), |it| it.at.clone())),
            ("distribution", ways.join(", ")),
            ("individuals", known.drafted.count(None).to_string()),
            ("laws", laws.join("\n")),
            ("types", types(known, None).replace("Your ", "").replace(" about you", "")),
        ] {
            blanks.insert(blank.to_owned(), value);
        }
        self.letter_of(Kind::CreditBureaus, blanks).map(Some)
    }

    fn substitute(&self, known: &Known) -> Result<Letter, Problem> {
        let until = self.today()?.checked_add_days(chrono::Days::new(POSTED_DAYS)).unwrap_or_default();
        let mut blanks = known.blanks.clone();
        for (blank, value) in [
            ("recipient", "To the people concerned".to_owned()),
            (
                "delivery",
                "on our website, by email where we hold an address, and to major statewide media".to_owned(),
            ),
            ("consumer", "yes".to_owned()),
            ("elements", types(known, None)),
            ("posted_until", letter::day(Language::English, until)),
            ("bureaus", letter::phrase(Language::English, "office", "bureaus")),
        ] {
            blanks.insert(blank.to_owned(), value);
        }
        self.letter_of(Kind::BreachSubstitute, blanks)
    }

    fn letter_of(&self, kind: Kind, blanks: BTreeMap<String, String>) -> Result<Letter, Problem> {
        let wording = Wording::ours(kind, Language::English).map_err(|error| troubles::paper(&error))?;
        Ok(Letter { wording, blanks, made_at: self.now(), practice: self.practice() })
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

fn moved(before: &Answer, now: &Answer) -> Vec<Moved> {
    let of = |answer: &Answer| -> BTreeMap<(String, String), String> {
        answer.duties.iter().map(|it| ((it.rule.clone(), it.recipient.clone()), dated(it))).collect()
    };
    let (before, now) = (of(before), of(now));
    now.into_iter()
        .filter_map(|((rule, recipient), now)| {
            let was = before.get(&(rule.clone(), recipient.clone())).cloned().unwrap_or_default();
            (was != now).then_some(Moved { rule, recipient, before: was, now })
        })
        .collect()
}

fn open(answer: &Answer) -> Vec<Open> {
    answer
        .duties
        .iter()
        .filter(|it| may_be_owed(it.state) && it.state != State::Done)
        .map(|it| Open {
            recipient: it.recipient.clone(),
            jurisdiction: it.jurisdiction.clone(),
            state: it.state.words().to_owned(),
            due: it.due.map(|due| due.to_string()),
            projected: it.projected,
        })
        .collect()
}

fn entry(path: String, role: &str, source: &str, bytes: Vec<u8>) -> Entry {
    Entry { path, role: role.to_owned(), source: source.to_owned(), content: Content::Bytes(bytes) }
}

fn pretty(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
