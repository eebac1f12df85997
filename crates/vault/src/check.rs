//! Is the vault whole? Pages, tables, links between rows, the ledger's chain, the papers' hashes.

use std::path::Path;

use casework::ledger;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::file::Vault;
use crate::key::Passphrase;
use crate::migrate;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Intact,
    Broken,
}

/// What a check saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    pub verdict: Verdict,
    /// Sentences without personal data; empty when intact.
    pub findings: Vec<String>,
    pub vault_id: Option<String>,
    pub practice: Option<bool>,
    pub format: Option<i64>,
    pub ledger_entries: u64,
    pub cases: u64,
    pub bytes: u64,
}

/// Opens and checks a file. A cut or damaged file gives the verdict `broken`.
///
/// # Errors
/// Whatever keeps the file from being looked at: missing, empty, foreign, newer, wrong passphrase.
pub fn check_file(path: &Path, passphrase: &Passphrase) -> Result<Report, Error> {
    match Vault::open(path, passphrase) {
        Ok(vault) => vault.check(),
        Err(
            error @ (Error::Truncated | Error::Damaged | Error::Unreadable { .. } | Error::Ledger { .. }),
        ) => Ok(Report {
            verdict: Verdict::Broken,
            findings: vec![error.to_string()],
            vault_id: None,
            practice: None,
            format: None,
            ledger_entries: 0,
            cases: 0,
            bytes: std::fs::metadata(path).map(|about| about.len()).unwrap_or(0),
        }),
        Err(other) => Err(other),
    }
}

impl crate::deed::Reader<'_> {
    /// The names of the vault's tables, in order.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn tables(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.connection.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )?;
        let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names)
    }
}

impl Vault {
    /// Looks at everything; changes nothing.
    ///
    /// # Errors
    /// [`Error`] only when the file cannot be read at all; damage is a finding.
    pub fn check(&self) -> Result<Report, Error> {
        let mut findings = Vec::new();
        self.texts("PRAGMA cipher_integrity_check", &mut findings, |it| format!("Page check: {it}"));
        self.texts("PRAGMA integrity_check", &mut findings, |it| format!("Table check: {it}"));
        findings.retain(|it| it != "Table check: ok");
        self.texts("PRAGMA foreign_key_check", &mut findings, |it| {
            format!("A row of {it} points at nothing.")
        });
        let entries = self.read().ledger(None).unwrap_or_else(|error| {
            findings.push(error.to_string());
            Vec::new()
        });
        if entries.is_empty() {
            findings.push("The ledger holds no entry, not even the vault's creation.".to_owned());
        }
        if let Err(broken) = ledger::check(&entries) {
            findings.push(format!("{broken}."));
        }
        match self.papers_altered() {
            Ok(0) => {}
            Ok(n) => findings.push(format!("{n} papers do not fit their hash.")),
            Err(error) => findings.push(error.to_string()),
        }
        let cases: i64 =
            self.connection.query_row("SELECT count(*) FROM case_file", [], |row| row.get(0)).unwrap_or(0);
        Ok(Report {
            verdict: if findings.is_empty() { Verdict::Intact } else { Verdict::Broken },
            findings,
            vault_id: Some(self.vault_id().to_owned()),
            practice: Some(self.practice()),
            format: Some(migrate::version(&self.connection)?),
            ledger_entries: u64::try_from(entries.len()).unwrap_or(u64::MAX),
            cases: cases.unsigned_abs(),
            bytes: std::fs::metadata(self.path()).map(|about| about.len()).unwrap_or(0),
        })
    }

    /// The first column of every answer, at most 100 of them; a failing question is a finding too.
    fn texts(&self, question: &str, findings: &mut Vec<String>, say: impl Fn(String) -> String) {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(question)?;
            statement.query_map([], |row| row.get::<_, String>(0))?.take(100).collect()
        };
        match read() {
            Ok(texts) => findings.extend(texts.into_iter().map(say)),
            Err(error) => findings.push(say(Error::from(error).to_string())),
        }
    }

    fn papers_altered(&self) -> Result<u64, Error> {
        let mut statement = self.connection.prepare(
            "SELECT document.sha256, document.bytes FROM document
             JOIN case_file ON case_file.number = document.case_number
             WHERE document.personal = 0 OR case_file.forgotten_at IS NULL",
        )?;
        let mut rows = statement.query([])?;
        let mut altered = 0;
        while let Some(row) = rows.next()? {
            let (expected, bytes): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            altered += u64::from(ledger::hex(&Sha256::digest(&bytes)) != expected);
        }
        Ok(altered)
    }
}
