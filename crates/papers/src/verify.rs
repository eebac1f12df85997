//! Checks a sealed bundle: offline, without a vault, trusting nothing in the file.

mod archive;
mod judge;
mod ledger;
mod unpack;

use std::path::Path;

use serde::Serialize;

use crate::error::Error;
use crate::pem;

/// What checking a bundle gave. Serialises to the contract's JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub verdict: Word,
    /// Hex SHA-256 of the bytes of `signer.pub`; empty when the bundle has none.
    pub signer: String,
    /// One line per file, sorted by file; a file with two faults has two lines. `(archive)` speaks of the ZIP itself.
    pub checks: Vec<Check>,
    pub does_not_prove: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Word {
    Altered,
    Incomplete,
    Intact,
    IntactAndTimestamped,
}

/// What was seen at one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Check {
    pub file: String,
    pub outcome: Outcome,
    /// What was wrong, in words; absent when ok.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Ok,
    Altered,
    Missing,
    /// In the ZIP, in no list.
    Added,
    /// In the ZIP and in SHA256SUMS, but not in the signed manifest.
    Unlisted,
    Duplicate,
    Unsafe,
    /// The ledger's chain does not hold.
    BrokenLink,
}

impl Verdict {
    /// Whether nothing was found wrong or missing (exit code 0, else 3).
    pub fn is_intact(&self) -> bool {
        matches!(self.verdict, Word::Intact | Word::IntactAndTimestamped)
    }
}

/// Checks the bundle at `zip`. `signer`, when given, holds the bytes of the public key file that must have signed it;
/// another signer makes the verdict `ALTERED`, with `signer.pub` named.
///
/// # Errors
/// [`Error::BundleUnreadable`] when the file is no readable ZIP, [`Error::Unreadable`] when it cannot be opened,
/// [`Error::SignerUnreadable`] when `signer` holds no public key.
pub fn verify(zip: &Path, signer: Option<&[u8]>) -> Result<Verdict, Error> {
    let wanted = match signer {
        Some(text) => Some(pem::read(text).ok_or(Error::SignerUnreadable)?),
        None => None,
    };
    let file =
        std::fs::File::open(zip).map_err(|source| Error::Unreadable { path: zip.to_path_buf(), source })?;
    let archive = archive::read(&file).map_err(|because| match because {
        archive::NoZip::Form(because) => Error::BundleUnreadable { because: because.into() },
        archive::NoZip::Io(source) => Error::Unreadable { path: zip.to_path_buf(), source },
    })?;
    Ok(judge::judge(&file, archive, wanted))
}
