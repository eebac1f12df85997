//! The notice of a new version: a small JSON file that its publisher signed with Ed25519.

use std::cmp::Ordering;

use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::pem;

/// What the publisher says of the newest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// `1.2.3`
    pub version: String,
    /// ISO day.
    pub published_on: String,
    /// What is new, in a few sentences.
    pub notes: String,
    pub packages: Vec<Package>,
}

/// One installer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    pub file: String,
    /// Hex.
    pub sha256: String,
}

/// Why a notice is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The key is no Ed25519 public key in PEM form.
    Key,
    /// The signature is not this key's signature of this notice.
    Signature,
    /// It is signed, but it is no notice.
    Notice,
}

/// Whether a text is a publisher's key: an Ed25519 public key in PEM form, as openssl writes it.
pub fn is_key(text: &str) -> bool {
    pem::read(text.as_bytes()).is_some()
}

/// Reads a notice that bears the signature of this key over its exact bytes. Nothing of it is looked at before that.
///
/// # Errors
/// A [`Doubt`]; then nothing in the notice can be relied on.
pub fn read(notice: &[u8], signature: &[u8], key: &str) -> Result<Release, Doubt> {
    let key = pem::read(key.as_bytes())
        .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok())
        .ok_or(Doubt::Key)?;
    let signature = Signature::from_slice(signature).map_err(|_| Doubt::Signature)?;
    key.verify_strict(notice, &signature).map_err(|_| Doubt::Signature)?;
    let release: Release = serde_json::from_slice(notice).map_err(|_| Doubt::Notice)?;
    numbers(&release.version).map(|_| release).ok_or(Doubt::Notice)
}

impl Release {
    /// How this version stands to another one, like `0.1.0`; `None` when that is no version.
    pub fn compared_with(&self, version: &str) -> Option<Ordering> {
        Some(numbers(&self.version)?.cmp(&numbers(version)?))
    }
}

fn numbers(version: &str) -> Option<[u32; 3]> {
    let parts: Vec<u32> = version.split('.').map(|it| it.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}
