//! What happened to a request beside its road: acknowledged, extended, denied, held. Written once, never changed.

use casework::case::CaseNumber;
use casework::prove::KeyedHash;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, from_word, instant, to_json, word};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    Acknowledged,
    Extended,
    Denied,
    HoldPlaced,
    HoldRenewed,
    HoldReleased,
    Confirmed,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseEvent {
    pub event: Event,
    /// UTC, RFC 3339.
    pub at: String,
    /// Codes, days and counts; no personal data.
    pub detail: Value,
    /// The officer's words; empty once the case is forgotten.
    pub note: String,
}

impl Reader<'_> {
    /// What happened to a case, oldest first.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn events(&self, number: &CaseNumber) -> Result<Vec<CaseEvent>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT event, at, detail, note FROM case_event WHERE case_number = ?1 ORDER BY n",
        )?;
        let mut rows = statement.query([number.as_str()])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.push(CaseEvent {
                event: from_word("event", &row.get::<_, String>(0)?)?,
                at: row.get(1)?,
                detail: from_json("event", &row.get::<_, String>(2)?)?,
                note: row.get(3)?,
            });
        }
        Ok(events)
    }

    /// Which cases know any of these identifiers: one line for each case and identifier, by case number.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn cases_knowing(&self, hashes: &[KeyedHash]) -> Result<Vec<(CaseNumber, KeyedHash)>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT case_number FROM keyed_hash WHERE kind = ?1 AND hash = ?2")?;
        let mut known = Vec::new();
        for one in hashes {
            let mut rows = statement.query(params![one.kind.as_str(), one.hash])?;
            while let Some(row) = rows.next()? {
                known.push((from_word("case number", &row.get::<_, String>(0)?)?, one.clone()));
            }
        }
        known.sort();
        Ok(known)
    }

    /// The case that a paper with this content was filed under, if any.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn case_holding(&self, kind: &str, sha256: &str) -> Result<Option<CaseNumber>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT case_number FROM document WHERE kind = ?1 AND sha256 = ?2 ORDER BY n LIMIT 1",
        )?;
        let mut rows = statement.query([kind, sha256])?;
        rows.next()?.map(|row| from_word("case number", &row.get::<_, String>(0)?)).transpose()
    }
}

impl Tx<'_> {
    /// Adds what happened, at the time of the deed.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn add_event(
        &self,
        number: &CaseNumber,
        event: Event,
        detail: &Value,
        note: &str,
    ) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO case_event (case_number, event, at, detail, note) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                number.as_str(),
                word("event", &event)?,
                instant(self.at),
                to_json("event", detail)?,
                note
            ],
        )?;
        Ok(())
    }

    /// Ends the record of a request: everything gathered goes. What stays are its number, kind, dates and outcome, what
    /// happened without the officer's words, the hashes of its papers, the journal and the ledger.
    ///
    /// With `recognise` the keyed hashes stay, so that deleted data is known again when it comes back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when there is no such case.
    pub fn shred_record(&self, number: &CaseNumber, recognise: bool) -> Result<(), Error> {
        self.forget(number)?;
        self.connection.execute(
            "UPDATE case_file SET shredded_at = ?2, channel = '' WHERE number = ?1",
            params![number.as_str(), instant(self.at)],
        )?;
        for sql in [
            "DELETE FROM case_part WHERE case_number = ?1",
            "DELETE FROM decision WHERE case_number = ?1",
            "DELETE FROM certificate WHERE case_number = ?1",
        ] {
            self.connection.execute(sql, [number.as_str()])?;
        }
        if !recognise {
            self.connection.execute("DELETE FROM keyed_hash WHERE case_number = ?1", [number.as_str()])?;
        }
        Ok(())
    }
}
