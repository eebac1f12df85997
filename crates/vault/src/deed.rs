//! The one write path: a change of state and its ledger entry in one transaction.

use casework::case::CaseNumber;
use casework::ledger::{End, Entry, NewEntry};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use serde_json::Value;

use crate::error::Error;
use crate::file::Vault;
use crate::sql::from_json;

/// Reading. Got from [`Vault::read`], or inside a deed.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub(crate) connection: &'a Connection,
}

/// A deed under way: everything a [`Reader`] can, and writing. What it wrote stays only if the deed succeeds.
pub struct Tx<'a> {
    reader: Reader<'a>,
    /// When the deed happens, UTC.
    pub(crate) at: DateTime<Utc>,
}

impl<'a> std::ops::Deref for Tx<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl Vault {
    /// Looks something up.
    pub fn read(&self) -> Reader<'_> {
        Reader { connection: &self.connection }
    }

    /// Does one deed: what `f` writes and the ledger entry stand together or not at all.
    ///
    /// `detail` holds ids, counts and hashes only, never personal data.
    ///
    /// # Errors
    /// What `f` returned, or [`Error::Busy`], [`Error::DiskFull`], [`Error::ReadOnly`]; then nothing was written.
    pub fn deed<T>(
        &mut self,
        at: DateTime<Utc>,
        case: Option<&CaseNumber>,
        deed: &str,
        detail: Value,
        f: impl FnOnce(&Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.deed_telling(at, case, deed, |tx| Ok((f(tx)?, detail)))
    }

    /// Like [`Vault::deed`], where the detail is known only after the work.
    ///
    /// # Errors
    /// As [`Vault::deed`].
    pub fn deed_telling<T>(
        &mut self,
        at: DateTime<Utc>,
        case: Option<&CaseNumber>,
        deed: &str,
        f: impl FnOnce(&Tx<'_>) -> Result<(T, Value), Error>,
    ) -> Result<T, Error> {
        self.deed_opening(at, deed, |tx| f(tx).map(|(value, detail)| (value, case.cloned(), detail)))
    }

    /// Like [`Vault::deed_telling`], where the case itself comes into being in `f`: the entry is written under the number
    /// that `f` returns.
    ///
    /// # Errors
    /// As [`Vault::deed`].
    pub fn deed_opening<T>(
        &mut self,
        at: DateTime<Utc>,
        deed: &str,
        f: impl FnOnce(&Tx<'_>) -> Result<(T, Option<CaseNumber>, Value), Error>,
    ) -> Result<T, Error> {
        self.still_there()?;
        self.begin_writing()?;
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let tx = Tx { reader: Reader { connection: &change }, at };
        let (value, case, detail) = f(&tx)?;
        tx.enter(case.as_ref(), deed, detail)?;
        change.commit()?;
        Ok(value)
    }

    /// The whole ledger, or one case's part of it, first to last.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn ledger(&self, case: Option<&CaseNumber>) -> Result<Vec<Entry>, Error> {
        self.read().ledger(case)
    }
}

impl Tx<'_> {
    /// When the deed happens.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    fn enter(&self, case: Option<&CaseNumber>, deed: &str, detail: Value) -> Result<(), Error> {
        let case = case.map(CaseNumber::as_str);
        let end = |sql: &str, parameter: Option<&str>| -> Result<End, Error> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok(End { seq: row.get::<_, i64>(0)?.unsigned_abs(), hash: row.get(1)? })
            };
            let found = match parameter {
                Some(text) => statement.query_row([text], read),
                None => statement.query_row([], read),
            };
            Ok(found.optional()?.unwrap_or_default())
        };
        let vault = end("SELECT seq, hash FROM ledger_entry ORDER BY seq DESC LIMIT 1", None)?;
        let own = match case {
            Some(_) => end(
                "SELECT case_seq, hash FROM ledger_entry WHERE case_number = ?1 ORDER BY case_seq DESC LIMIT 1",
                case,
            )?,
            None => end(
                "SELECT case_seq, hash FROM ledger_entry WHERE case_number IS NULL ORDER BY case_seq DESC LIMIT 1",
                None,
            )?,
        };
        let actor = self.officer()?.unwrap_or_else(|| "officer".to_owned());
        let new =
            NewEntry { at: self.at, case: case.map(str::to_owned), actor, deed: deed.to_owned(), detail };
        let entry = Entry::link(new, &vault, &own);
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.connection.execute(
            "INSERT INTO ledger_entry
                 (seq, at, case_number, case_seq, actor, deed, detail, prev_hash, case_prev_hash, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                number(entry.seq),
                entry.at,
                entry.case,
                number(entry.case_seq),
                entry.actor,
                entry.deed,
                entry.detail.to_string(),
                entry.prev_hash,
                entry.case_prev_hash,
                entry.hash
            ],
        )?;
        Ok(())
    }
}

impl Reader<'_> {
    /// The latest instant of the ledger, UTC, RFC 3339; `None` while it is empty.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn latest_entry_at(&self) -> Result<Option<String>, Error> {
        Ok(self.connection.query_row("SELECT max(at) FROM ledger_entry", [], |row| row.get(0))?)
    }

    /// The ledger, whole or of one case, first to last.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn ledger(&self, case: Option<&CaseNumber>) -> Result<Vec<Entry>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, at, case_number, case_seq, actor, deed, detail, prev_hash, case_prev_hash, hash
             FROM ledger_entry WHERE ?1 IS NULL OR case_number = ?1 ORDER BY seq",
        )?;
        let mut rows = statement.query([case.map(CaseNumber::as_str)])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(Entry {
                seq: row.get::<_, i64>(0)?.unsigned_abs(),
                at: row.get(1)?,
                case: row.get(2)?,
                case_seq: row.get::<_, i64>(3)?.unsigned_abs(),
                actor: row.get(4)?,
                deed: row.get(5)?,
                detail: from_json("ledger detail", &row.get::<_, String>(6)?)?,
                prev_hash: row.get(7)?,
                case_prev_hash: row.get(8)?,
                hash: row.get(9)?,
            });
        }
        Ok(entries)
    }
}
