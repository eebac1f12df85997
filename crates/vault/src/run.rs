//! What carrying out and proving leave behind: journal, before-images, certificates, keyed hashes.

use casework::carry_out::JournalLine;
use casework::case::CaseNumber;
use casework::prove::{KeyedHash, Proved};
use casework::row::Row;
use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, params};

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, from_word, instant, to_json, word};

/// The records as they were before a run.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeImage {
    pub digest: String,
    pub rows: Vec<Row>,
    /// UTC, RFC 3339.
    pub taken_at: String,
    /// A UTC day: gone once it begins and somebody shreds what is due.
    pub shred_on: NaiveDate,
}

/// One proof, when it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct CertificateEntry {
    /// UTC, RFC 3339.
    pub at: String,
    pub proved: Proved,
}

impl Reader<'_> {
    /// The journal of a case, oldest line first; of one plan when `digest` is given.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn journal(&self, number: &CaseNumber, digest: Option<&str>) -> Result<Vec<JournalLine>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT digest, batch, kind, phase, ids, outcomes FROM journal
             WHERE case_number = ?1 AND (?2 IS NULL OR digest = ?2) ORDER BY n",
        )?;
        let mut rows = statement.query(params![number.as_str(), digest])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(JournalLine {
                digest: row.get(0)?,
                batch: row.get(1)?,
                kind: from_word("journal", &row.get::<_, String>(2)?)?,
                phase: from_word("journal", &row.get::<_, String>(3)?)?,
                ids: from_json("journal", &row.get::<_, String>(4)?)?,
                outcomes: from_json("journal", &row.get::<_, String>(5)?)?,
            });
        }
        Ok(lines)
    }

    /// When the first batch of a case went out, UTC; `None` when none did.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn first_write_at(&self, number: &CaseNumber) -> Result<Option<String>, Error> {
        Ok(self
            .connection
            .query_row(
                "SELECT at FROM journal WHERE case_number = ?1 ORDER BY n LIMIT 1",
                [number.as_str()],
                |row| row.get(0),
            )
            .optional()?)
    }

    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn before_image(&self, number: &CaseNumber, digest: &str) -> Result<Option<BeforeImage>, Error> {
        let found: Option<(String, String, String)> = self
            .connection
            .query_row(
                "SELECT rows, taken_at, shred_on FROM before_image WHERE case_number = ?1 AND digest = ?2",
                [number.as_str(), digest],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        found
            .map(|(rows, taken_at, shred_on)| {
                Ok(BeforeImage {
                    digest: digest.to_owned(),
                    rows: from_json("before image", &rows)?,
                    taken_at,
                    shred_on: from_word("shred day", &shred_on)?,
                })
            })
            .transpose()
    }

    /// Every proof of a case, oldest first.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn certificates(&self, number: &CaseNumber) -> Result<Vec<CertificateEntry>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT at, body FROM certificate WHERE case_number = ?1 ORDER BY n")?;
        let mut rows = statement.query([number.as_str()])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let proved = from_json("certificate", &row.get::<_, String>(1)?)?;
            entries.push(CertificateEntry { at: row.get(0)?, proved });
        }
        Ok(entries)
    }

    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn keyed_hashes(&self, number: &CaseNumber) -> Result<Vec<KeyedHash>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind, hash FROM keyed_hash WHERE case_number = ?1 ORDER BY kind, hash")?;
        let mut rows = statement.query([number.as_str()])?;
        let mut hashes = Vec::new();
        while let Some(row) = rows.next()? {
            hashes.push(KeyedHash {
                kind: from_word("keyed hash", &row.get::<_, String>(0)?)?,
                hash: row.get(1)?,
            });
        }
        Ok(hashes)
    }
}

impl Tx<'_> {
    /// # Errors
    /// [`Error`] when it cannot be written; then the batch must not go out.
    pub fn add_journal(&self, number: &CaseNumber, line: &JournalLine) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO journal (case_number, digest, batch, kind, phase, ids, outcomes, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                number.as_str(),
                line.digest,
                line.batch,
                word("journal", &line.kind)?,
                word("journal", &line.phase)?,
                to_json("journal", &line.ids)?,
                to_json("journal", &line.outcomes)?,
                instant(self.at)
            ],
        )?;
        Ok(())
    }

    /// Keeps the records as they are before a run; an image of the same plan that is already there stays.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_before_image(
        &self,
        number: &CaseNumber,
        digest: &str,
        rows: &[Row],
        shred_on: NaiveDate,
    ) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO before_image (case_number, digest, rows, taken_at, shred_on) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (case_number, digest) DO NOTHING",
            params![
                number.as_str(),
                digest,
                to_json("before image", &rows)?,
                instant(self.at),
                shred_on.format("%Y-%m-%d").to_string()
            ],
        )?;
        Ok(())
    }

    /// Removes every before-image whose day has come; says how many.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn shred_due(&self) -> Result<usize, Error> {
        let today = self.at.date_naive().format("%Y-%m-%d").to_string();
        Ok(self.connection.execute("DELETE FROM before_image WHERE shred_on <= ?1", [today])?)
    }

    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn add_certificate(&self, number: &CaseNumber, proved: &Proved) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO certificate (case_number, body, at) VALUES (?1, ?2, ?3)",
            params![number.as_str(), to_json("certificate", proved)?, instant(self.at)],
        )?;
        Ok(())
    }

    /// Adds keyed hashes; those already there stay.
    ///
    /// # Errors
    /// [`Error`] when they cannot be written.
    pub fn put_keyed_hashes(&self, number: &CaseNumber, hashes: &[KeyedHash]) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO keyed_hash (case_number, kind, hash) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?;
        for one in hashes {
            statement.execute(params![number.as_str(), one.kind.as_str(), one.hash])?;
        }
        Ok(())
    }
}
