//! Grounds on which a record may be kept although its deletion was asked for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::book::book;
use crate::rule::{BadLawFile, Confidence, Rule};

/// One ground, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ground {
    /// `105d1` … `105d8`, `legal-hold`, `contract`
    pub code: String,
    pub title: String,
    pub citation: String,
    pub source: String,
    pub confidence: Confidence,
    pub in_force_from: NaiveDate,
    /// Lower case; any of them in an officer's reason names this ground.
    pub words: Vec<String>,
}

/// What the file says of a ground beside its header.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    code: String,
    words: Vec<String>,
}

/// Every ground for keeping a record, in the order of the statute.
///
/// # Errors
/// [`BadLawFile`] when a file built into the program is unusable.
pub fn grounds() -> Result<Vec<Ground>, BadLawFile> {
    Ok(book()?.grounds.iter().map(Ground::from).collect())
}

impl From<&Rule<Body>> for Ground {
    fn from(Rule { header, body, .. }: &Rule<Body>) -> Self {
        Self {
            code: body.code.clone(),
            title: header.about.clone(),
            citation: header.citation.clone(),
            source: header.source.clone(),
            confidence: header.confidence,
            in_force_from: header.in_force_from,
            words: body.words.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eight_exceptions_the_hold_and_the_contract_are_there_each_cited() {
        let grounds = grounds().unwrap();
        let codes: Vec<&str> = grounds.iter().map(|ground| ground.code.as_str()).collect();
        assert_eq!(codes.join(" "), "105d1 105d2 105d3 105d4 105d5 105d6 105d7 105d8 legal-hold contract");
        assert!(grounds.iter().all(|it| it.citation.contains('§') && it.source.starts_with("https://")));
    }
}
