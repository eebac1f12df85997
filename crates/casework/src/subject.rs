//! The person a request is about, as the officer wrote them down.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `subject.json`: every identifier that is known of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub emails: Vec<String>,
    #[serde(default)]
    pub phones: Vec<String>,
    #[serde(default)]
    pub addresses: Vec<Address>,
    #[serde(default)]
    pub birthdate: Option<chrono::NaiveDate>,
    #[serde(default)]
    pub account_numbers: Vec<String>,
    #[serde(default)]
    pub record_ids: Vec<String>,
    /// Values of named fields, `{"Loyalty_Number__c":"L-1"}`.
    #[serde(default)]
    pub other: BTreeMap<String, String>,
}

/// A postal address in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[serde(default)]
    pub street: Option<String>,
    #[serde(default)]
    pub city: Option<String>,
    #[serde(default)]
    pub region: Option<String>,
    #[serde(default)]
    pub postal_code: Option<String>,
    #[serde(default)]
    pub country: Option<String>,
}

/// Why a subject cannot be looked for. Nothing was asked of the org.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubjectProblem {
    #[error(
        "the subject names nothing to look for: give a name, an email, a phone, an address, a number or a record id"
    )]
    Empty,
    /// The value itself is personal data, so only its place is told, counted from 1.
    #[error("{list} {place} of the subject cannot be read: {expected}")]
    Unreadable { list: &'static str, place: usize, expected: &'static str },
}

impl Subject {
    /// Checks that every value can be read and that there is at least one.
    ///
    /// # Errors
    /// [`SubjectProblem`] names the first value that cannot be read by list and place, never by its content.
    pub fn check(&self, region: &str) -> Result<(), SubjectProblem> {
        let no_other = self.other.values().all(|value| value.trim().is_empty());
        let nothing = self.names.is_empty()
            && self.emails.is_empty()
            && self.phones.is_empty()
            && self.addresses.is_empty()
            && self.birthdate.is_none()
            && self.account_numbers.is_empty()
            && self.record_ids.is_empty()
            && no_other;
        if nothing {
            return Err(SubjectProblem::Empty);
        }
        each(&self.names, "name", "a name has a letter and at most 120 characters", |name| {
            name.chars().any(char::is_alphabetic)
                && name.chars().count() <= 120
                && !name.chars().any(char::is_control)
        })?;
        each(&self.emails, "email", "an email looks like name@example.com", |email| {
            crate::normal::email::Email::parse(email).is_some() && email.len() <= 254
        })?;
        each(
            &self.phones,
            "phone",
            "a phone number has its area code, and outside the home country its country code",
            |phone| phone.len() <= 40 && crate::normal::phone::Phone::parse(phone, region).is_some(),
        )?;
        each(&self.addresses, "address", "an address has a street, a city or a postal code", |address| {
            [&address.street, &address.city, &address.region, &address.postal_code, &address.country]
                .into_iter()
                .flatten()
                .any(|part| !part.trim().is_empty())
        })?;
        each(
            &self.account_numbers,
            "account number",
            "an account number has 2 to 255 characters",
            |number| {
                let length = number.trim().chars().count();
                (2..=255).contains(&length) && !number.chars().any(char::is_control)
            },
        )?;
        each(
            &self.record_ids,
            "record id",
            "a record id has 15 or 18 letters and digits and fits its checksum",
            |id| crate::record_id::RecordId::parse(id).is_ok(),
        )?;
        let fields: Vec<&String> = self.other.keys().collect();
        each(&fields, "other", "a field is named by its API name, like Loyalty_Number__c", |field| {
            !field.is_empty() && field.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
        })
    }
}

fn each<T>(
    list: &[T],
    name: &'static str,
    expected: &'static str,
    fits: impl Fn(&T) -> bool,
) -> Result<(), SubjectProblem> {
    match list.iter().position(|value| !fits(value)) {
        Some(at) => Err(SubjectProblem::Unreadable { list: name, place: at + 1, expected }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_cannot_be_read_is_named_by_its_place_only() {
        let subject = |json: &str| serde_json::from_str::<Subject>(json).unwrap();
        for (json, expected) in [
            ("{}", "the subject names nothing"),
            (r#"{"emails":["ana@example.com","ana"]}"#, "email 2 of the subject"),
            (r#"{"phones":["12"]}"#, "phone 1 of the subject"),
            (r#"{"record_ids":["003"]}"#, "record id 1 of the subject"),
            (r#"{"addresses":[{}]}"#, "address 1 of the subject"),
            (r#"{"other":{"a b":"1"}}"#, "other 1 of the subject"),
        ] {
            let problem = subject(json).check("US").unwrap_err().to_string();
            assert!(problem.starts_with(expected), "{problem}");
        }
        let fits = r#"{"names":["Ana Reyes"],"emails":["ana@example.com"],"phones":["415-555-0123"],"birthdate":"1985-03-02"}"#;
        assert_eq!(subject(fits).check("US"), Ok(()));
    }
}
