//! Incidents: opened, their logs gathered and examined, their findings decided. Later stages begin from
//! [`Desk::incident_file`], [`Desk::incident_findings`], [`Desk::incident_evidence`] and [`Desk::incident_events`].

mod assess;
mod bodies;
mod chronicle;
mod decide;
mod decline;
mod draft;
mod events;
mod exercise;
mod export;
mod facts;
mod files;
mod find;
mod follow;
mod from_org;
mod gather;
mod keep;
mod look;
mod open;
mod pack;
mod packet;
mod records;
mod scope;
mod stage;

pub use assess::AssessmentView;
pub use casework::incident::scope::Scope;
pub use casework::incident::{Gathered, HeldFinding};
pub use chronicle::ChronicleView;
pub use draft::{DraftOrder, DraftView, NoticePeople, NoticeWanted, NoticesView};
pub use exercise::ExerciseView;
pub use facts::{FactAnswer, FactLine};
pub use find::FoundView;
pub use from_org::Span;
pub use look::{EvidenceView, PersonsView, TermsView, terms};
pub use open::{IncidentLine, IncidentView, NewIncident, OpenedIncident};
pub use packet::{PacketView, RegisterView, SealedPacketView, ToldView};

use casework::case::CaseNumber;
use casework::incident::{Finding, Status, Strength};
use vault::{IncidentFile, IncidentPart};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::vaults;

impl Desk {
    /// An incident by its number.
    pub(crate) fn incident_file(&self, incident: &str) -> Result<IncidentFile, Problem> {
        let unknown = || {
            Problem::new(
                "unknown_incident",
                "There is no such incident in this vault. Nothing was done.",
                "List the incidents with `habeas incident list`; a number looks like I-2026-0001.",
            )
        };
        let number = CaseNumber::parse(incident).map_err(|_| unknown())?;
        match self.hold().read().incident(&number) {
            Ok(file) => Ok(file),
            Err(vault::Error::NotThere { .. }) => Err(unknown()),
            Err(error) => Err(vaults::problem(&error)),
        }
    }

    /// The findings of the latest `find` that this strength shows, with what was decided about each. Confirmed ones are
    /// always among them.
    ///
    /// # Errors
    /// `not_examined` before the first `find`.
    pub fn incident_findings(&self, incident: &str, strength: Strength) -> Result<Vec<HeldFinding>, Problem> {
        let file = self.incident_file(incident)?;
        let findings: Option<Vec<Finding>> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Findings))?;
        let findings = findings.ok_or_else(|| {
            Problem::new(
                "not_examined",
                "The logs of this incident were not examined yet. Nothing was done.",
                "Run `habeas incident gather` and then `habeas incident find`.",
            )
        })?;
        let mut decisions = self.read(|vault| vault.finding_decisions(&file.number))?;
        Ok(findings
            .into_iter()
            .map(|finding| match decisions.remove(&finding.finding) {
                Some(it) => HeldFinding { finding, status: it.status, because: Some(it.because) },
                None => HeldFinding { finding, status: Status::Open, because: None },
            })
            .filter(|it| it.shown_at(strength))
            .collect())
    }

    /// All of them; none before the first `find`.
    fn findings_so_far(&self, incident: &str) -> Result<Vec<HeldFinding>, Problem> {
        match self.incident_findings(incident, Strength::Everything) {
            Err(problem) if problem.code == "not_examined" => Ok(Vec::new()),
            held => held,
        }
    }

    /// The confirmed ones.
    ///
    /// # Errors
    /// `not_examined` before the first `find`.
    fn confirmed_findings(&self, incident: &str) -> Result<Vec<Finding>, Problem> {
        let held = self.incident_findings(incident, Strength::Everything)?;
        Ok(held.into_iter().filter(|it| it.status == Status::Confirmed).map(|it| it.finding).collect())
    }
}
