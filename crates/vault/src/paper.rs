//! Papers of a case: declarations, letters, and the hashes of what was handed out.

use casework::case::CaseNumber;
use casework::ledger::hex;
use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::instant;

/// A paper. `bytes` is empty once the case is forgotten; the hash stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    /// `declaration`, `agent`, `letter`, `export`, `bundle` …
    pub kind: String,
    /// Lower-case hex of the bytes as they were added.
    pub sha256: String,
    pub personal: bool,
    pub bytes: Vec<u8>,
    /// UTC, RFC 3339.
    pub at: String,
}

impl Reader<'_> {
    /// The papers of a case, oldest first.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn documents(&self, number: &CaseNumber) -> Result<Vec<Document>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, kind, sha256, personal, bytes, at FROM document WHERE case_number = ?1 ORDER BY n",
        )?;
        let documents = statement
            .query_map([number.as_str()], |row| {
                Ok(Document {
                    name: row.get(0)?,
                    kind: row.get(1)?,
                    sha256: row.get(2)?,
                    personal: row.get(3)?,
                    bytes: row.get(4)?,
                    at: row.get(5)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(documents)
    }
}

impl Tx<'_> {
    /// Adds a paper; gives its SHA-256 in hex.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn add_document(
        &self,
        number: &CaseNumber,
        name: &str,
        kind: &str,
        personal: bool,
        bytes: &[u8],
    ) -> Result<String, Error> {
        let sha256 = hex(&Sha256::digest(bytes));
        self.connection.execute(
            "INSERT INTO document (case_number, name, kind, sha256, personal, bytes, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![number.as_str(), name, kind, sha256, personal, bytes, instant(self.at)],
        )?;
        Ok(sha256)
    }
}
