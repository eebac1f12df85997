//! Incidents opened, listed and shown.

use casework::incident::{Gathered, HeldFinding, Status, Strength};
use chrono::{DateTime, Datelike, Utc};
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use vault::{IncidentFile, IncidentPart};

use super::stage::{Far, IncidentStep};
use crate::answering::seconds;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::vaults;

const LONGEST_TITLE: usize = 200;

/// An incident as it became known.
#[derive(Debug)]
pub struct NewIncident<'a> {
    pub title: &'a str,
    pub discovered_at: DateTime<Utc>,
    /// A connected org; without one, logs come from files.
    pub org: Option<&'a str>,
}

/// An incident that was opened.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenedIncident {
    pub incident: String,
    pub next: &'static str,
}

/// An incident in a list. Instants are UTC, RFC 3339.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IncidentLine {
    pub incident: String,
    pub title: String,
    pub org: Option<String>,
    pub discovered_at: String,
    pub stage: &'static str,
}

/// One incident, how far it has come, and what comes next.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IncidentView {
    #[serde(flatten)]
    #[ts(flatten)]
    pub line: IncidentLine,
    pub opened_at: String,
    pub gathered: Option<Gathered>,
    /// How many findings are open, confirmed and dismissed.
    pub findings: Option<[u64; 3]>,
    pub steps: Vec<IncidentStep>,
    pub next: &'static str,
}

impl Desk {
    /// Opens an incident.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was opened.
    pub fn open_incident(&self, new: &NewIncident<'_>) -> Result<OpenedIncident, Problem> {
        if let Some(org) = new.org {
            self.org_file(org)?;
        }
        let title = new.title.trim();
        if title.is_empty() || title.chars().count() > LONGEST_TITLE || title.chars().any(char::is_control) {
            return Err(Problem::new(
                "usage",
                "The title is empty, longer than 200 characters or holds control characters. Nothing was opened.",
                "Say in a few words what happened, without names of people.",
            ));
        }
        let now = self.now();
        let year = now.with_timezone(&self.zone()?).year();
        let number = self
            .hold()
            .deed_opening(now, "incident.opened", |tx| {
                let number = tx.next_incident_number(year)?;
                tx.open_incident(&IncidentFile {
                    number: number.clone(),
                    org: new.org.map(str::to_owned),
                    title: title.to_owned(),
                    discovered_at: seconds(new.discovered_at),
                    opened_at: seconds(now),
                    closed_at: None,
                })?;
                let detail = json!({ "discovered_at": seconds(new.discovered_at), "org": new.org.is_some() });
                Ok((number.clone(), Some(number), detail))
            })
            .map_err(|error| vaults::problem(&error))?;
        Ok(OpenedIncident { incident: number.to_string(), next: NEXT_GATHER })
    }

    /// Every incident, oldest number first.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn incidents(&self) -> Result<Vec<IncidentLine>, Problem> {
        self.read(|vault| vault.incidents())?.iter().map(|file| Ok(self.incident_view(file)?.line)).collect()
    }

    /// One incident.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn incident(&self, incident: &str) -> Result<IncidentView, Problem> {
        self.incident_view(&self.incident_file(incident)?)
    }

    fn incident_view(&self, file: &IncidentFile) -> Result<IncidentView, Problem> {
        let gathered: Option<Gathered> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Gathered))?;
        let findings = self.incident_findings(file.number.as_str(), Strength::Balanced).ok();
        let ledger = self.read(|vault| vault.ledger(Some(&file.number)))?;
        let far = Far { gathered: gathered.as_ref(), held: findings.as_deref(), ledger: &ledger };
        let ((stage, next), steps) = (far.stage(), far.steps());
        Ok(IncidentView {
            line: IncidentLine {
                incident: file.number.to_string(),
                title: file.title.clone(),
                org: file.org.clone(),
                discovered_at: file.discovered_at.clone(),
                stage,
            },
            opened_at: file.opened_at.clone(),
            gathered,
            findings: findings.map(|held| {
                [Status::Open, Status::Confirmed, Status::Dismissed].map(|status| count(&held, status))
            }),
            steps,
            next,
        })
    }
}

pub(super) const NEXT_GATHER: &str =
    "Gather the logs: `habeas incident gather` with --logs or --from-org. Free logs age out in a day.";

fn count(held: &[HeldFinding], status: Status) -> u64 {
    u64::try_from(held.iter().filter(|it| it.status == status).count()).unwrap_or(u64::MAX)
}
