//! Salesforce record ids, always held in their 18-character form.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An 18-character Salesforce record id with a correct checksum.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(type = "string")]
#[serde(try_from = "String", into = "String")]
pub struct RecordId(String);

/// Why a text is not a record id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotARecordId {
    #[error("a record id has 15 or 18 letters and digits")]
    Shape,
    #[error("the last three characters of the record id do not fit the first fifteen")]
    Checksum,
}

impl RecordId {
    /// Reads a 15- or 18-character id. The checksum letters of an 18-character id may be in either case.
    ///
    /// # Errors
    /// [`NotARecordId`] when the length, an character or the checksum is wrong.
    pub fn parse(text: &str) -> Result<Self, NotARecordId> {
        let text = text.trim();
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(NotARecordId::Shape);
        }
        let (Some(base), rest) = (text.get(..15), text.get(15..).unwrap_or_default()) else {
            return Err(NotARecordId::Shape);
        };
        let checksum = checksum(base);
        match rest.len() {
            0 => Ok(Self(format!("{base}{checksum}"))),
            3 if rest.eq_ignore_ascii_case(&checksum) => Ok(Self(format!("{base}{checksum}"))),
            3 => Err(NotARecordId::Checksum),
            _ => Err(NotARecordId::Shape),
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first three characters, which name the object within one org.
    pub fn prefix(&self) -> &str {
        self.0.get(..3).unwrap_or_default()
    }

    /// The case-sensitive 15-character form.
    pub fn short(&self) -> &str {
        self.0.get(..15).unwrap_or_default()
    }
}

impl TryFrom<String> for RecordId {
    type Error = NotARecordId;
    fn try_from(text: String) -> Result<Self, NotARecordId> {
        Self::parse(&text)
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> Self {
        id.0
    }
}

impl std::fmt::Display for RecordId {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.0)
    }
}

/// Three characters, one per group of five: bit i is set where character i is upper case.
fn checksum(base: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    base.as_bytes()
        .chunks(5)
        .filter_map(|group| {
            let bits = group
                .iter()
                .enumerate()
                .filter(|(_, byte)| byte.is_ascii_uppercase())
                .fold(0_usize, |bits, (place, _)| bits | (1 << place));
            ALPHABET.get(bits).map(|byte| char::from(*byte))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_characters_mean_their_eighteen_character_form() {
        let id = RecordId::parse("0035g00000AAAAA").unwrap();
        assert_eq!(RecordId::parse(id.as_str()).unwrap(), id);
        assert_eq!(RecordId::parse(&id.as_str().to_lowercase()), Err(NotARecordId::Checksum));
        assert_eq!(RecordId::parse("003"), Err(NotARecordId::Shape));
        assert_eq!(RecordId::parse("0035g0000!AAAAA"), Err(NotARecordId::Shape));
    }
}
