//! Log files of incidents, kept as they came: bytes compressed in pieces, what reading them gave beside.

use casework::case::CaseNumber;
use casework::incident::Reading;
use rusqlite::params;

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, instant, to_json};

/// A log file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLog {
    /// Names it within the vault; a later file has a larger one.
    pub n: i64,
    /// Path under the folder or in the ZIP, or `EventLogFile/<Id>`.
    pub source: String,
    /// Lower-case hex of the file's bytes.
    pub sha256: String,
    pub bytes: u64,
    pub reading: Reading,
}

impl Reader<'_> {
    /// The log files of an incident, in the order in which they were taken in.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn incident_logs(&self, number: &CaseNumber) -> Result<Vec<KeptLog>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT n, source, sha256, bytes, reading FROM incident_log WHERE incident = ?1 ORDER BY n",
        )?;
        let mut rows = statement.query([number.as_str()])?;
        let mut logs = Vec::new();
        while let Some(row) = rows.next()? {
            logs.push(KeptLog {
                n: row.get(0)?,
                source: row.get(1)?,
                sha256: row.get(2)?,
                bytes: row.get::<_, i64>(3)?.unsigned_abs(),
                reading: from_json("log reading", &row.get::<_, String>(4)?)?,
            });
        }
        Ok(logs)
    }

    /// One compressed piece of a log file; `None` past the last.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn log_piece(&self, log: i64, place: u64) -> Result<Option<Vec<u8>>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT body FROM incident_log_piece WHERE log = ?1 AND place = ?2")?;
        let mut rows = statement.query(params![log, i64::try_from(place).unwrap_or(i64::MAX)])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }
}

impl Tx<'_> {
    /// Begins a log file; its pieces follow, and [`Tx::end_log`] says what it was.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn begin_log(&self, number: &CaseNumber, source: &str) -> Result<i64, Error> {
        self.connection.execute(
            "INSERT INTO incident_log (incident, source, sha256, bytes, reading, gathered_at)
             VALUES (?1, ?2, ?3, 0, '{}', ?4)",
            params![number.as_str(), source, "0".repeat(64), instant(self.at)],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Adds a compressed piece of a log file.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn add_log_piece(&self, log: i64, place: u64, body: &[u8]) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO incident_log_piece (log, place, body) VALUES (?1, ?2, ?3)")?;
        statement.execute(params![log, i64::try_from(place).unwrap_or(i64::MAX), body])?;
        Ok(())
    }

    /// Says what a log file was, once it was read to its end.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn end_log(&self, log: i64, sha256: &str, bytes: u64, reading: &Reading) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE incident_log SET sha256 = ?2, bytes = ?3, reading = ?4 WHERE n = ?1",
            params![log, sha256, i64::try_from(bytes).unwrap_or(i64::MAX), to_json("log reading", reading)?],
        )?;
        Ok(())
    }

    /// Takes the pieces of a log file away: the same bytes stand under another name already.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn drop_log_pieces(&self, log: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM incident_log_piece WHERE log = ?1", [log])?;
        Ok(())
    }
}
