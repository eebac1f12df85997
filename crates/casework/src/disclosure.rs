//! What must never be disclosed, even to the person it is about (Cal. Code Regs., tit. 11, § 7024(d)).
//!
//! The field's name and type speak first, then the value itself: a Social Security number by its shape and ranges, a
//! payment card by its check digit. What is found is withheld and described, never shown.

use crate::schema::Field;

/// One kind of identifier that is described instead of shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    SocialSecurity,
    GovernmentId,
    FinancialAccount,
    HealthId,
    Password,
    SecurityQuestion,
    Biometric,
}

impl Withheld {
    /// In words, for the person: "a Social Security number".
    pub fn words(self) -> &'static str {
        match self {
            Self::SocialSecurity => "a Social Security number",
            Self::GovernmentId => {
                "a driver's license number or another government-issued identification number"
            }
            Self::FinancialAccount => "a financial account or payment card number",
            Self::HealthId => "a health insurance or medical identification number",
            Self::Password => "an account password",
            Self::SecurityQuestion => "a security question or its answer",
            Self::Biometric => "unique biometric data",
        }
    }
}

/// Runs of words in a field's name or label, each meaning one kind. Longer runs stand first.
const NAMES: &[(&[&str], Withheld)] = &[
    (&["social", "security"], Withheld::SocialSecurity),
    (&["ssn"], Withheld::SocialSecurity),
    (&["drivers", "license"], Withheld::GovernmentId),
    (&["driver", "license"], Withheld::GovernmentId),
    (&["driver", "s", "license"], Withheld::GovernmentId),
    (&["license", "number"], Withheld::GovernmentId),
    (&["passport"], Withheld::GovernmentId),
    (&["tax", "id"], Withheld::GovernmentId),
    (&["taxpayer"], Withheld::GovernmentId),
    (&["itin"], Withheld::GovernmentId),
    (&["government", "id"], Withheld::GovernmentId),
    (&["national", "id"], Withheld::GovernmentId),
    (&["bank", "account"], Withheld::FinancialAccount),
    (&["card", "number"], Withheld::FinancialAccount),
    (&["credit", "card"], Withheld::FinancialAccount),
    (&["debit", "card"], Withheld::FinancialAccount),
    (&["iban"], Withheld::FinancialAccount),
    (&["routing", "number"], Withheld::FinancialAccount),
    (&["medical", "record"], Withheld::HealthId),
    (&["insurance", "member"], Withheld::HealthId),
    (&["health", "insurance"], Withheld::HealthId),
    (&["medicare"], Withheld::HealthId),
    (&["mrn"], Withheld::HealthId),
    (&["password"], Withheld::Password),
    (&["passcode"], Withheld::Password),
    (&["pin", "code"], Withheld::Password),
    (&["security", "question"], Withheld::SecurityQuestion),
    (&["security", "answer"], Withheld::SecurityQuestion),
    (&["fingerprint"], Withheld::Biometric),
    (&["biometric"], Withheld::Biometric),
    (&["faceprint"], Withheld::Biometric),
    (&["voiceprint"], Withheld::Biometric),
];

/// Whether the whole field must be withheld, by its name and label.
pub fn by_name(field: &Field) -> Option<Withheld> {
    if matches!(field.field_type.as_str(), "boolean" | "date" | "datetime" | "reference" | "id") {
        return None;
    }
    let name = words(&field.name);
    let label = words(&field.label);
    NAMES.iter().find(|(run, _)| has_run(&name, run) || has_run(&label, run)).map(|(_, kind)| *kind)
}

/// The text with every identifier that stands in it replaced by a description, and what was replaced.
pub fn mask(text: &str) -> (String, Vec<Withheld>) {
    let mut kept = String::with_capacity(text.len());
    let mut found = Vec::new();
    let mut rest = text;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let run = if first.is_ascii_digit() && !before.is_some_and(char::is_alphanumeric) {
            digit_run(rest)
        } else {
            ""
        };
        let kind = kind_of(run, rest.get(run.len()..).unwrap_or_default());
        if let Some(kind) = kind {
            kept.push_str("[withheld: ");
            kept.push_str(kind.words());
            kept.push(']');
            found.push(kind);
        }
        let step = if run.is_empty() { first.len_utf8() } else { run.len() };
        let (taken, after) = rest.split_at(step);
        if kind.is_none() {
            kept.push_str(taken);
        }
        before = taken.chars().next_back();
        rest = after;
    }
    (kept, found)
}

/// Digits with single blanks or hyphens between them, beginning at the start of `text` and ending in a digit.
fn digit_run(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut end = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            end = at + 1;
        } else if !(matches!(byte, b' ' | b'-') && at == end && end > 0) {
            break;
        }
        at += 1;
    }
    text.get(..end).unwrap_or_default()
}

fn kind_of(run: &str, after: &str) -> Option<Withheld> {
    if after.chars().next().is_some_and(char::is_alphabetic) {
        return None;
    }
    let groups: Vec<usize> = run.split(['-', ' ']).map(str::len).collect();
    let digits: Vec<u8> = run.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
    if groups == [3, 2, 4] && is_social_security(&digits) {
        return Some(Withheld::SocialSecurity);
    }
    let card_groups = groups.len() == 1 || groups == [4, 4, 4, 4] || groups == [4, 6, 5];
    ((13..=19).contains(&digits.len()) && card_groups && starts_like_a_card(&digits) && luhn(&digits))
        .then_some(Withheld::FinancialAccount)
}

/// Areas 000, 666 and 900–999, group 00 and serial 0000 are never issued.
fn is_social_security(digits: &[u8]) -> bool {
    let number = |part: Option<&[u8]>| {
        part.unwrap_or_default().iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit))
    };
    let (area, group, serial) = (number(digits.get(..3)), number(digits.get(3..5)), number(digits.get(5..9)));
    area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
}

fn starts_like_a_card(digits: &[u8]) -> bool {
    matches!(
        digits,
        [4, ..] | [5, 1..=5, ..] | [2, 2..=7, ..] | [3, 4 | 7, ..] | [6, 0, 1, 1, ..] | [6, 5, ..]
    )
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit) * 2) {
            (0, _) => u32::from(*digit),
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// `Bank_Account__c` and `BankAccount` alike become `bank account`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last_was_lower = false;
    for letter in name.trim_end_matches("__c").chars() {
        if !letter.is_alphanumeric() || (letter.is_uppercase() && last_was_lower) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
        last_was_lower = letter.is_lowercase() || letter.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn has_run(words: &[String], run: &[&str]) -> bool {
    words.windows(run.len()).any(|window| window.iter().zip(run).all(|(word, wanted)| word == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, label: &str) -> Field {
        Field { name: name.into(), label: label.into(), field_type: "string".into(), ..Field::default() }
    }

    #[test]
    fn a_fields_name_or_label_speaks_in_whole_words() {
        assert_eq!(by_name(&named("SSN__c", "SSN")), Some(Withheld::SocialSecurity));
        assert_eq!(by_name(&named("X1__c", "Driver's License")), Some(Withheld::GovernmentId));
        assert_eq!(by_name(&named("BankAccount__c", "Pay-out")), Some(Withheld::FinancialAccount));
        assert_eq!(by_name(&named("Mission__c", "Mission")), None, "ssn is not a word in mission");
        assert_eq!(
            by_name(&named("AccountNumber", "Account Number")),
            None,
            "a customer number is not a bank account"
        );
    }

    #[test]
    fn identifiers_in_free_text_are_described_and_the_rest_stays() {
        let (text, found) = mask("My SSN is 219-09-9999, call (415) 555-0132. Card 4111 1111 1111 1111!");
        assert_eq!(
            text,
            "My SSN is [withheld: a Social Security number], call (415) 555-0132. \
             Card [withheld: a financial account or payment card number]!"
        );
        assert_eq!(found, [Withheld::SocialSecurity, Withheld::FinancialAccount]);
        for plain in [
            "order 000-12-3456",
            "4111 1111 1111 1112",
            "A219-09-9999",
            "219-09-99991",
            "2026-11-02",
            "ünïcødé 12",
        ] {
            assert_eq!(mask(plain), (plain.to_owned(), vec![]), "{plain}");
        }
    }
}
