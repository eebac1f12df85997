//! Documents that people write by hand and give to the desk.

use serde::de::DeserializeOwned;

/// Reads JSON. Some editors put a byte order mark in front of what they save as UTF-8; it is no part of the document.
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}
