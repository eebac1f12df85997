//! Small conversions between rows and nouns.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

/// UTC, whole seconds.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(crate) fn to_json(what: &'static str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|source| Error::Unreadable { what, source })
}

pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|source| Error::Unreadable { what, source })
}

/// An enum's word as serde writes it.
pub(crate) fn word(what: &'static str, value: &impl Serialize) -> Result<String, Error> {
    Ok(to_json(what, value)?.trim_matches('"').to_owned())
}

/// An enum read back from its word, or a string noun from its text.
pub(crate) fn from_word<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|source| Error::Unreadable { what, source })
}
