//! The sealed evidence bundle: a ZIP that a stranger can check offline, with our program, a browser, or none.
//!
//! Deterministic: the same entries, header and key give the same bytes.

pub(crate) mod archive;
pub(crate) mod manifest;
pub(crate) mod pages;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use ed25519_dalek::{Signer, SigningKey};

use self::archive::Archive;
use self::manifest::{Listed, Manifest, SCHEMA};
use crate::error::Error;
use crate::new_file::Partial;
use crate::{hash, names, rescan};

const START: &str = "00-START-HERE.html";
const VERIFY_TXT: &str = "VERIFY.txt";
const VERIFY_HTML: &str = "verify.html";

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

impl Content {
    /// All of it.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub(crate) fn read(&self) -> Result<Cow<'_, [u8]>, Error> {
        match self {
            Self::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::File(path) => std::fs::read(path)
                .map(Cow::Owned)
                .map_err(|source| Error::Unreadable { path: path.clone(), source }),
        }
    }
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
pub fn seal(mut entries: Vec<Entry>, header: &Header, signer: &[u8; 32], to: &Path) -> Result<Sealed, Error> {
    let sealed_at = header.sealed_at.trunc_subsecs(0);
    let key = SigningKey::from_bytes(signer);
    let signer_pem = signer_pub(signer);
    let signer_sha256 = hash::sha256(signer_pem.as_bytes());
    let bundle = id(&header.case, &header.kind, sealed_at);
    check_names(&entries)?;
    for (path, role, text) in [
        (START, "start page", pages::start(header, &bundle, &signer_sha256, &entries)),
        (VERIFY_TXT, "instructions", pages::instructions(&bundle, &signer_sha256)),
        (VERIFY_HTML, "verifier", pages::verifier()),
    ] {
        let content = Content::Bytes(text.into_bytes());
        entries.push(Entry { path: path.into(), role: role.into(), source: "habeas".into(), content });
    }
    entries.sort_by(|one, other| one.path.cmp(&other.path));

    let partial = Partial::begin(to)?;
    let mut archive = Archive::begin(&partial.file, to, sealed_at);
    let named: Vec<(&str, &Content)> =
        entries.iter().map(|entry| (entry.path.as_str(), &entry.content)).collect();
    let written = archive.add(&named, rescan::entry)?;
    let files = entries.iter().zip(written).map(|(entry, written)| Listed {
        path: entry.path.clone(),
        bytes: written.bytes,
        sha256: written.sha256,
        role: entry.role.clone(),
        source: entry.source.clone(),
    });
    let manifest = Manifest {
        schema: SCHEMA.into(),
        bundle,
        case: header.case.clone(),
        kind: header.kind.clone(),
        stage: header.stage.clone(),
        org: header.org.clone(),
        sealed_at: sealed_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        tool_version: header.tool_version.clone(),
        practice: header.practice,
        signer: signer_sha256.clone(),
        files: files.collect(),
    };
    let manifest_bytes = manifest.to_bytes();
    let sums = manifest.sums(&hash::sha256(&manifest_bytes));
    let signature = key.sign(&manifest_bytes).to_bytes().to_vec();
    let seal = [
        (manifest::MANIFEST, Content::Bytes(manifest_bytes)),
        (manifest::SIGNATURE, Content::Bytes(signature)),
        (manifest::SIGNER, Content::Bytes(signer_pem.into_bytes())),
        (manifest::SUMS, Content::Bytes(sums.into_bytes())),
    ];
    archive.add(&seal.each_ref().map(|(name, content)| (*name, content)), |_, _| Ok(()))?;
    let (bytes, sha256) = archive.finish()?;
    partial.finish()?;
    Ok(Sealed { path: to.to_path_buf(), bytes, sha256, signer_sha256 })
}

/// The public half of a secret key, as `signer.pub` holds it: PEM, for `habeas verify --signer` and openssl alike.
pub fn signer_pub(signer: &[u8; 32]) -> String {
    crate::pem::write(SigningKey::from_bytes(signer).verifying_key().as_bytes())
}

/// Hex SHA-256 of [`signer_pub`]: the fingerprint that the business makes known beforehand.
pub fn fingerprint(signer: &[u8; 32]) -> String {
    hash::sha256(signer_pub(signer).as_bytes())
}

fn check_names(entries: &[Entry]) -> Result<(), Error> {
    let mut taken: BTreeSet<String> = [START, VERIFY_TXT, VERIFY_HTML]
        .iter()
        .chain(&manifest::SEAL)
        .map(|name| name.to_ascii_lowercase())
        .collect();
    for Entry { path, .. } in entries {
        if names::unsafe_because(path).is_some() {
            return Err(Error::NameUnsafe { path: path.clone() });
        }
        if !taken.insert(path.to_ascii_lowercase()) {
            return Err(Error::NameTaken { path: path.clone() });
        }
    }
    Ok(())
}
