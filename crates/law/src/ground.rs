//! Grounds on which a record may be kept although its deletion was asked for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{BadLawFile, day};

const FILE: &str = include_str!("../../../assets/law/us-ca/deletion-exceptions.toml");

/// One ground, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// `105d1` … `105d8`, `legal-hold`, `contract`
    pub code: String,
    pub title: String,
    pub citation: String,
    pub source: String,
    pub confidence: Confidence,
    #[serde(deserialize_with = "day")]
    pub verified_on: NaiveDate,
    #[serde(deserialize_with = "day")]
    pub in_force_from: NaiveDate,
    /// Lower case; any of them in an officer's reason names this ground.
    pub words: Vec<String>,
}

/// How well a rule was checked. Anything but `confirmed` is said on every paper that relies on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Confirmed,
    Secondary,
    Memory,
    Conflict,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    #[serde(rename = "jurisdiction")]
    _jurisdiction: String,
    #[serde(rename = "subject")]
    _subject: String,
    ground: Vec<Ground>,
}

/// Every ground for keeping a record, in the order of the statute.
///
/// # Errors
/// [`BadLawFile`] when the file built into the program is unusable.
pub fn grounds() -> Result<Vec<Ground>, BadLawFile> {
    let bad = |because: String| BadLawFile { file: "us-ca/deletion-exceptions.toml", because };
    let file: File = toml::from_str(FILE).map_err(|error| bad(error.message().to_owned()))?;
    if file.schema != 1 {
        return Err(bad(format!("schema {} is not known", file.schema)));
    }
    Ok(file.ground)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eight_exceptions_the_hold_and_the_contract_are_there_each_cited() {
        let grounds = grounds().unwrap();
        let codes: Vec<&str> = grounds.iter().map(|ground| ground.code.as_str()).collect();
        assert_eq!(
            codes,
            [
                "105d1",
                "105d2",
                "105d3",
                "105d4",
                "105d5",
                "105d6",
                "105d7",
                "105d8",
                "legal-hold",
                "contract"
            ]
        );
        assert!(grounds.iter().all(|it| it.citation.contains('§') && it.source.starts_with("https://")));
    }
}
