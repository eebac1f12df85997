//! The manifest: what a bundle holds, file by file, in one canonical form.

use serde::{Deserialize, Serialize};

pub(crate) const SCHEMA: &str = "habeas.bundle/1";
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const SIGNATURE: &str = "manifest.sig";
pub(crate) const SIGNER: &str = "signer.pub";
pub(crate) const SUMS: &str = "SHA256SUMS";
/// What the manifest does not list: itself and what is made from it.
pub(crate) const SEAL: [&str; 4] = [MANIFEST, SIGNATURE, SIGNER, SUMS];

/// `manifest.json`. Keys stand in this order; files are sorted by path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub schema: String,
    pub bundle: String,
    pub case: String,
    pub kind: String,
    pub stage: String,
    pub org: String,
    /// `2026-11-21T10:15:00Z`
    pub sealed_at: String,
    pub tool_version: String,
    pub practice: bool,
    /// Hex SHA-256 of the bytes of `signer.pub`.
    pub signer: String,
    pub files: Vec<Listed>,
}

/// One file of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
    pub role: String,
    pub source: String,
}

impl Manifest {
    /// The canonical bytes: two spaces of indentation, one newline at the end; what JavaScript's
    /// `JSON.stringify(value, null, 2)` gives.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads a manifest, or says what is wrong with it. Only the canonical form is accepted.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let manifest: Manifest =
            serde_json::from_slice(bytes).map_err(|_| "the manifest does not have the form of a manifest")?;
        if manifest.schema != SCHEMA {
            return Err("the manifest is of another schema than this program knows");
        }
        if manifest.to_bytes() != bytes {
            return Err("the manifest is not in its canonical form");
        }
        if !is_instant(&manifest.sealed_at) || !is_hex(&manifest.signer) {
            return Err("a date or a hash of the manifest has the wrong form");
        }
        let mut last: Option<&str> = None;
        for file in &manifest.files {
            if last.is_some_and(|last| last >= file.path.as_str()) {
                return Err("the manifest's files are not sorted, or one is listed twice");
            }
            if crate::names::unsafe_because(&file.path).is_some() || SEAL.contains(&file.path.as_str()) {
                return Err("the manifest lists a name that cannot stand in a bundle");
            }
            if !is_hex(&file.sha256) || file.bytes > u64::from(u32::MAX) {
                return Err("a hash or a size of the manifest has the wrong form");
            }
            last = Some(&file.path);
        }
        Ok(manifest)
    }

    /// The bytes that `SHA256SUMS` must have beside this manifest.
    pub(crate) fn sums(&self, manifest_sha256: &str) -> String {
        let mut lines: Vec<(&str, &str)> =
            self.files.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
        lines.push((MANIFEST, manifest_sha256));
        lines.sort_unstable();
        let mut text = String::with_capacity(lines.len() * 100);
        for (path, sha256) in lines {
            text.push_str(sha256);
            text.push_str("  ");
            text.push_str(path);
            text.push('\n');
        }
        text
    }
}

/// Whether the text is 64 lower-case hexadecimal digits.
pub(crate) fn is_hex(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_instant(text: &str) -> bool {
    text.len() == 20
        && text.bytes().zip(*b"0000-00-00T00:00:00Z").all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        })
}
