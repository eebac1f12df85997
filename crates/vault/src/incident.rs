//! Incidents: their record, parts, papers, and what was decided about findings.

use std::collections::BTreeMap;

use casework::case::CaseNumber;
use casework::incident::Status;
use casework::ledger::hex;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, from_word, instant, to_json, word};

/// An incident. Instants are UTC, RFC 3339 with whole seconds. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentFile {
    pub number: CaseNumber,
    /// `None`: no org within reach.
    pub org: Option<String>,
    pub title: String,
    pub discovered_at: String,
    pub opened_at: String,
    /// `None` while open.
    pub closed_at: Option<String>,
}

/// What an incident gathers, one JSON document each, replaced as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IncidentPart {
    /// `casework::incident::Gathered`
    Gathered,
    /// `casework::incident::Directory`
    Directory,
    /// `Vec<casework::incident::Finding>`, every strength.
    Findings,
    /// `casework::incident::scope::Scope`
    Scope,
    /// `casework::incident::notice::Drafted`
    Notices,
    /// `Vec<casework::incident::notice::Told>`
    Register,
    /// `casework::incident::exercise::Exercise`
    Exercise,
}

impl IncidentPart {
    fn as_str(self) -> &'static str {
        match self {
            Self::Gathered => "gathered",
            Self::Directory => "directory",
            Self::Findings => "findings",
            Self::Scope => "scope",
            Self::Notices => "notices",
            Self::Register => "register",
            Self::Exercise => "exercise",
        }
    }
}

/// What was decided about one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingDecision {
    pub status: Status,
    pub because: String,
    /// UTC, RFC 3339.
    pub decided_at: String,
}

/// A paper of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentPaper {
    pub name: String,
    /// `notice`, `packet` …
    pub kind: String,
    /// Lower-case hex of `bytes`.
    pub sha256: String,
    pub bytes: Vec<u8>,
    /// UTC, RFC 3339.
    pub at: String,
}

const COLUMNS: &str = "number, org, title, discovered_at, opened_at, closed_at";

fn incident_file(row: &Row<'_>) -> Result<IncidentFile, Error> {
    Ok(IncidentFile {
        number: from_word("incident number", &row.get::<_, String>(0)?)?,
        org: row.get(1)?,
        title: row.get(2)?,
        discovered_at: row.get(3)?,
        opened_at: row.get(4)?,
        closed_at: row.get(5)?,
    })
}

impl Reader<'_> {
    /// The number that the next incident of a year gets.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn next_incident_number(&self, year: i32) -> Result<CaseNumber, Error> {
        let last: i64 = self.connection.query_row(
            "SELECT coalesce(max(CAST(substr(number, 8) AS INTEGER)), 0) FROM incident WHERE number GLOB ?1",
            [format!("I-{year:04}-*")],
            |row| row.get(0),
        )?;
        Ok(CaseNumber::incident(year, u32::try_from(last).unwrap_or(0).saturating_add(1)))
    }

    /// # Errors
    /// [`Error::NotThere`] when there is no such incident.
    pub fn incident(&self, number: &CaseNumber) -> Result<IncidentFile, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM incident WHERE number = ?1"))?;
        let mut rows = statement.query([number.as_str()])?;
        rows.next()?.map_or(Err(Error::NotThere { what: "incident" }), incident_file)
    }

    /// Every incident, oldest number first.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn incidents(&self) -> Result<Vec<IncidentFile>, Error> {
        let mut statement =
            self.connection.prepare(&format!("SELECT {COLUMNS} FROM incident ORDER BY number"))?;
        let mut rows = statement.query([])?;
        let mut incidents = Vec::new();
        while let Some(row) = rows.next()? {
            incidents.push(incident_file(row)?);
        }
        Ok(incidents)
    }

    /// A part of an incident; `None` when it was not gathered yet.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when it has another shape than `T`.
    pub fn incident_part<T: DeserializeOwned>(
        &self,
        number: &CaseNumber,
        part: IncidentPart,
    ) -> Result<Option<T>, Error> {
        let found: Option<String> = self
            .connection
            .query_row(
                "SELECT body FROM incident_part WHERE incident = ?1 AND part = ?2",
                [number.as_str(), part.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        found.map(|text| from_json(part.as_str(), &text)).transpose()
    }

    /// What was decided about findings, by finding.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn finding_decisions(&self, number: &CaseNumber) -> Result<BTreeMap<String, FindingDecision>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT finding, status, because, decided_at FROM finding_decision WHERE incident = ?1",
        )?;
        let mut rows = statement.query([number.as_str()])?;
        let mut decisions = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let decision = FindingDecision {
                status: from_word("finding status", &row.get::<_, String>(1)?)?,
                because: row.get(2)?,
                decided_at: row.get(3)?,
            };
            decisions.insert(row.get(0)?, decision);
        }
        Ok(decisions)
    }

    /// The papers of an incident, oldest first.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn incident_papers(&self, number: &CaseNumber) -> Result<Vec<IncidentPaper>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, kind, sha256, bytes, at FROM incident_paper WHERE incident = ?1 ORDER BY n",
        )?;
        let papers = statement
            .query_map([number.as_str()], |row| {
                Ok(IncidentPaper {
                    name: row.get(0)?,
                    kind: row.get(1)?,
                    sha256: row.get(2)?,
                    bytes: row.get(3)?,
                    at: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(papers)
    }
}

impl Tx<'_> {
    /// # Errors
    /// [`Error::AlreadyThere`] when the number is taken.
    pub fn open_incident(&self, file: &IncidentFile) -> Result<(), Error> {
        if self.incident(&file.number).is_ok() {
            return Err(Error::AlreadyThere { what: "incident" });
        }
        self.connection.execute(
            &format!("INSERT INTO incident ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
            params![
                file.number.as_str(),
                file.org,
                file.title,
                file.discovered_at,
                file.opened_at,
                file.closed_at
            ],
        )?;
        Ok(())
    }

    /// Replaces a part of an incident as a whole.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_incident_part(
        &self,
        number: &CaseNumber,
        part: IncidentPart,
        body: &impl Serialize,
    ) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO incident_part (incident, part, body, written_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (incident, part) DO UPDATE SET body = excluded.body, written_at = excluded.written_at",
            params![number.as_str(), part.as_str(), to_json(part.as_str(), body)?, instant(self.at)],
        )?;
        Ok(())
    }

    /// Takes a part of an incident away; it need not be there.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn drop_incident_part(&self, number: &CaseNumber, part: IncidentPart) -> Result<(), Error> {
        self.connection.execute(
            "DELETE FROM incident_part WHERE incident = ?1 AND part = ?2",
            [number.as_str(), part.as_str()],
        )?;
        Ok(())
    }

    /// Notes what was decided about a finding, at the time of the deed.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn decide_finding(
        &self,
        number: &CaseNumber,
        finding: &str,
        status: Status,
        because: &str,
    ) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO finding_decision (incident, finding, status, because, decided_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (incident, finding) DO UPDATE SET status = excluded.status, because = excluded.because,
                 decided_at = excluded.decided_at",
            params![number.as_str(), finding, word("finding status", &status)?, because, instant(self.at)],
        )?;
        Ok(())
    }

    /// Adds a paper; gives its SHA-256 in hex.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn add_incident_paper(
        &self,
        number: &CaseNumber,
        name: &str,
        kind: &str,
        bytes: &[u8],
    ) -> Result<String, Error> {
        let sha256 = hex(&Sha256::digest(bytes));
        self.connection.execute(
            "INSERT INTO incident_paper (incident, name, kind, sha256, bytes, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![number.as_str(), name, kind, sha256, bytes, instant(self.at)],
        )?;
        Ok(sha256)
    }
}
