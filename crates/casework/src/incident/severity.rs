//! Severity of a breach for the people concerned, by the method of ENISA's working document of 2013: SE = DPC × EI + CB.
//!
//! A score never switches off a duty: it orders the work and goes into the memo.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the officer knows of the circumstances. `None`: not known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Circumstances {
    /// The score of the data, 1 to 4, where the context moves it up or down from its category.
    pub dpc: Option<u8>,
    /// How easily the people are identified: 0.25, 0.5, 0.75 or 1.
    pub ei: Option<f64>,
    pub recipients: Option<Recipients>,
    pub integrity: Option<Loss>,
    pub availability: Option<Loss>,
    pub malicious: Option<bool>,
    /// The data cannot be read by who has it. A flag, no factor.
    pub unintelligible: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipients {
    None,
    Known,
    UnknownNumber,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    None,
    Recoverable,
    NotRecoverable,
}

/// One factor, its value and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "SeverityFactor")]
pub struct Factor {
    pub value: f64,
    pub why: String,
}

/// What adds to the product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "SeverityBreach")]
pub struct Breach {
    pub value: f64,
    pub confidentiality: f64,
    pub integrity: f64,
    pub availability: f64,
    pub malicious_intent: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Enisa {
    pub dpc: Factor,
    pub ei: Factor,
    pub cb: Breach,
    pub se: f64,
    pub level: Level,
    /// More than 100 individuals.
    pub more_than_100: Option<bool>,
    pub unintelligible: Option<bool>,
    /// What was taken to be so because nobody said otherwise.
    pub assumed: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(rename = "SeverityLevel")]
pub enum Level {
    #[serde(rename = "low")]
    Low,
    #[serde(rename = "medium")]
    Medium,
    #[serde(rename = "high")]
    High,
    #[serde(rename = "very high")]
    VeryHigh,
}

const SENSITIVE: [&str; 4] = ["medical", "health_ins", "biometric", "genetic"];
const FINANCIAL: [&str; 6] = ["ssn", "dl", "tin", "gov_id", "account", "account_code"];
const BEHAVIOURAL: [&str; 2] = ["location", "alpr"];
const CREDENTIALS: [&str; 3] = ["password", "security_qa", "private_key"];

/// The severity for elements as the law book names them. `persons`: `None` where the number is not known.
///
/// # Errors
/// A sentence naming the circumstance that has no such value.
pub fn enisa(
    elements: &BTreeSet<String>,
    persons: Option<u64>,
    known: &Circumstances,
) -> Result<Enisa, String> {
    let mut assumed = Vec::new();
    let dpc = dpc(elements, known.dpc, &mut assumed)?;
    let ei = ei(elements, known.ei, &mut assumed)?;
    let mut or = |known: bool, sentence: &str| {
        if !known {
            assumed.push(sentence.to_owned());
        }
    };
    or(known.recipients.is_some(), "The number of recipients is taken as unknown (0.5).");
    or(known.integrity.is_some(), "The data is taken as unchanged (0).");
    or(known.availability.is_some(), "The data is taken as still available (0).");
    or(
        known.malicious.is_some(),
        "Malicious intent is taken as given (0.5): the findings were confirmed as a theft.",
    );
    let confidentiality = match known.recipients.unwrap_or(Recipients::UnknownNumber) {
        Recipients::None => 0.0,
        Recipients::Known => 0.25,
        Recipients::UnknownNumber => 0.5,
    };
    let loss = |loss: Option<Loss>| match loss.unwrap_or(Loss::None) {
        Loss::None => 0.0,
        Loss::Recoverable => 0.25,
        Loss::NotRecoverable => 0.5,
    };
    let (integrity, availability) = (loss(known.integrity), loss(known.availability));
    let malicious_intent = if known.malicious.unwrap_or(true) { 0.5 } else { 0.0 };
    let value = confidentiality + integrity + availability + malicious_intent;
    let se = dpc.value * ei.value + value;
    Ok(Enisa {
        cb: Breach { value, confidentiality, integrity, availability, malicious_intent },
        se,
        level: level(se),
        more_than_100: persons.map(|it| it > 100),
        unintelligible: known.unintelligible,
        dpc,
        ei,
        assumed,
    })
}

fn dpc(elements: &BTreeSet<String>, given: Option<u8>, assumed: &mut Vec<String>) -> Result<Factor, String> {
    if let Some(given) = given {
        if !(1..=4).contains(&given) {
            return Err(format!("`severity.dpc` is {given}; it is a whole number from 1 to 4"));
        }
        return Ok(Factor {
            value: f64::from(given),
            why: "Given by the officer for the context.".to_owned(),
        });
    }
    let any = |of: &[&str]| of.iter().any(|it| elements.contains(*it));
    let (value, why) = if any(&SENSITIVE) {
        (4.0, "Sensitive data: health, biometric or genetic.")
    } else if any(&FINANCIAL) {
        (3.0, "Financial data, or numbers that open accounts in a person's name.")
    } else if any(&BEHAVIOURAL) {
        (2.0, "Behavioural data: places and movements.")
    } else {
        (1.0, "Simple data.")
    };
    assumed.push("The data processing context stands at the base of its category; volume per person, vulnerable people or old data may move it.".to_owned());
    if any(&CREDENTIALS) {
        assumed.push("Credentials take the category that they open; which one is not known, so they did not raise the score.".to_owned());
    }
    Ok(Factor { value, why: why.to_owned() })
}

fn ei(elements: &BTreeSet<String>, given: Option<f64>, assumed: &mut Vec<String>) -> Result<Factor, String> {
    if let Some(given) = given {
        if ![0.25, 0.5, 0.75, 1.0].contains(&given) {
            return Err(format!("`severity.ei` is {given}; it is 0.25, 0.5, 0.75 or 1"));
        }
        return Ok(Factor { value: given, why: "Given by the officer.".to_owned() });
    }
    let has = |it: &str| elements.contains(it);
    let number = ["ssn", "dl", "tin", "gov_id", "biometric", "genetic"].iter().any(|it| has(it));
    let (value, why) = if has("name") || number {
        (1.0, "A name or a government number stands beside the data: maximum.")
    } else if has("email") || has("username") {
        (0.75, "An email address or user name stands beside the data: significant.")
    } else if elements.is_empty() {
        (0.25, "Nothing that identifies a person was found: negligible.")
    } else {
        (0.5, "Numbers that identify a person with other records: limited.")
    };
    assumed.push("Ease of identification is read off the elements that were taken.".to_owned());
    Ok(Factor { value, why: why.to_owned() })
}

fn level(se: f64) -> Level {
    match se {
        _ if se < 2.0 => Level::Low,
        _ if se < 3.0 => Level::Medium,
        _ if se < 4.0 => Level::High,
        _ => Level::VeryHigh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(elements: &[&str], known: Circumstances) -> (f64, Level) {
        let elements = elements.iter().map(|it| (*it).to_owned()).collect();
        let it = enisa(&elements, Some(500), &known).unwrap();
        (it.se, it.level)
    }

    #[test]
    fn the_worked_examples_of_the_reference() {
        let unknown = Circumstances::default();
        assert_eq!(of(&["name", "email"], unknown.clone()), (2.0, Level::Medium));
        assert_eq!(of(&["name", "ssn", "dl"], unknown.clone()), (4.0, Level::VeryHigh));
        let single = Circumstances {
            recipients: Some(Recipients::Known),
            malicious: Some(false),
            ei: Some(0.75),
            ..unknown.clone()
        };
        assert_eq!(of(&["name", "medical"], single), (3.25, Level::High));
        let list = Circumstances {
            recipients: Some(Recipients::None),
            malicious: Some(false),
            ei: Some(0.25),
            ..unknown
        };
        assert_eq!(of(&["email"], list), (0.25, Level::Low));
    }

    #[test]
    fn a_factor_outside_its_scale_is_refused() {
        let elements = BTreeSet::new();
        for known in [
            Circumstances { dpc: Some(5), ..Circumstances::default() },
            Circumstances { ei: Some(0.6), ..Circumstances::default() },
        ] {
            assert!(enisa(&elements, None, &known).is_err());
        }
    }
}
