//! The subject, made ready for comparing.

use chrono::NaiveDate;

use crate::normal::address::Place;
use crate::normal::email::Email;
use crate::normal::name::FullName;
use crate::normal::phone::Phone;
use crate::normal::{nicknames, number};
use crate::record_id::RecordId;
use crate::subject::Subject;

/// Everything that is looked for, in the form in which it is compared.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    pub emails: Vec<Email>,
    pub phones: Vec<Phone>,
    pub names: Vec<FullName>,
    /// The names as they were given.
    pub written_names: Vec<String>,
    pub places: Vec<Place>,
    pub birthdate: Option<NaiveDate>,
    /// Account and customer numbers, in lower case, and as they were given.
    pub numbers: Vec<(String, String)>,
    pub ids: Vec<RecordId>,
    /// Field API name without its object, and the value wanted.
    pub other: Vec<(Option<String>, String, String)>,
}

impl Sought {
    pub fn of(subject: &Subject, region: &str) -> Self {
        let mut phones: Vec<Phone> =
            subject.phones.iter().filter_map(|phone| Phone::parse(phone, region)).collect();
        phones.dedup();
        Self {
            emails: subject.emails.iter().filter_map(|email| Email::parse(email)).collect(),
            phones,
            names: subject.names.iter().filter_map(|name| FullName::read(name)).collect(),
            written_names: subject
                .names
                .iter()
                .filter(|name| FullName::read(name).is_some())
                .cloned()
                .collect(),
            places: subject
                .addresses
                .iter()
                .filter_map(|place| Place::read(place.street.as_deref()?, place.postal_code.as_deref()?))
                .collect(),
            birthdate: subject.birthdate,
            numbers: subject
                .account_numbers
                .iter()
                .map(|text| (number::key(text), text.trim().to_owned()))
                .collect(),
            ids: subject.record_ids.iter().filter_map(|id| RecordId::parse(id).ok()).collect(),
            other: subject
                .other
                .iter()
                .filter(|(_, value)| !value.trim().is_empty())
                .map(|(field, value)| match field.rsplit_once('.') {
                    Some((object, field)) => {
                        (Some(object.to_owned()), field.to_owned(), value.trim().to_owned())
                    }
                    None => (None, field.clone(), value.trim().to_owned()),
                })
                .collect(),
        }
    }

    /// The value wanted in a field of an object, with the field's key in the subject. Custom Contact fields end in `__pc` on a person account.
    pub fn other_for(&self, object: &str, field: &str) -> Option<(&str, &str)> {
        let twin = field.strip_suffix("__pc").map(|base| format!("{base}__c"));
        self.other
            .iter()
            .find(|(of, name, _)| {
                of.as_ref().is_none_or(|of| of.eq_ignore_ascii_case(object))
                    && (name.eq_ignore_ascii_case(field)
                        || twin.as_ref().is_some_and(|twin| name.eq_ignore_ascii_case(twin)))
            })
            .map(|(_, name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value that a text field may hold alone: emails, numbers, record ids in both forms.
    pub fn whole_values(&self) -> Vec<String> {
        let mut all: Vec<String> = self.emails.iter().map(|email| email.whole.clone()).collect();
        all.extend(self.numbers.iter().map(|(_, written)| written.clone()));
        for id in &self.ids {
            all.push(id.as_str().to_owned());
            all.push(id.short().to_owned());
        }
        all
    }

    /// Phrases for the search index, the surest first.
    pub fn phrases(&self) -> Vec<String> {
        let mut all = self.whole_values();
        all.extend(
            self.emails
                .iter()
                .filter(|email| email.mailbox != email.whole)
                .map(|email| email.mailbox.clone()),
        );
        all.extend(self.phones.iter().flat_map(Phone::spellings));
        for (name, written) in self.names.iter().zip(&self.written_names) {
            all.push(written.replace(',', " "));
            all.push(format!("{} {}", name.given(), name.family()));
            all.push(format!("{} {}", name.family(), name.given()));
            all.extend(
                nicknames::others(name.given())
                    .into_iter()
                    .take(12)
                    .map(|other| format!("{other} {}", name.family())),
            );
        }
        for (_, _, value) in &self.other {
            all.push(value.clone());
        }
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|phrase| phrase.chars().count() >= 2 && seen.insert(phrase.to_lowercase()));
        all
    }
}
