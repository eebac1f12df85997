//! Recognising the person's data when it comes back: by a search while the identifiers are known, and by keyed hashes of
//! what changed in the org since, when they are not.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization as _;

use crate::ledger::hex;
use crate::prove::{HashKind, KeyedHash};
use crate::query::{Ask, Condition, Literal, Operator, Query, Returning, Search, SearchGroup};
use crate::record_id::RecordId;
use crate::row::Row;
use crate::schema::{Field, Object, Schema};
use crate::subject::Subject;

const MOST_ROWS: u32 = 50_000;
const FIELDS_AT_ONCE: usize = 60;
const SEARCH_ROWS: u32 = 200;
const SEARCH_OBJECTS: usize = 20;
/// Digits of a phone number that are compared, from the end.
const PHONE_DIGITS: usize = 10;

/// The keyed hashes of a subject's identifiers and of the emails in deleted person records.
pub fn keyed_hashes(key: &[u8], subject: &Subject, deleted_person_rows: &[Row]) -> Vec<KeyedHash> {
    let mut said = BTreeSet::new();
    let mut add = |kind: HashKind, value: Option<String>| {
        if let Some(value) = value {
            said.insert((kind, value));
        }
    };
    subject.emails.iter().for_each(|it| add(HashKind::Email, email(it)));
    subject.phones.iter().for_each(|it| add(HashKind::Phone, phone(it)));
    subject.names.iter().for_each(|it| add(HashKind::Name, name(it)));
    subject.account_numbers.iter().for_each(|it| add(HashKind::AccountNumber, number(it)));
    add(HashKind::Birthdate, subject.birthdate.map(|it| it.format("%Y-%m-%d").to_string()));
    let held = deleted_person_rows.iter().flat_map(|row| row.values.values()).filter_map(|it| it.as_str());
    held.filter(|it| it.len() < 255).for_each(|it| add(HashKind::Email, email(it)));
    said.into_iter().map(|(kind, value)| keyed(key, kind, &value)).collect()
}

/// The keyed hash by which a record can be recognised without naming it.
pub fn record_hash(key: &[u8], object: &str, id: &RecordId) -> KeyedHash {
    keyed(key, HashKind::Record, &format!("{object} {id}"))
}

fn keyed(key: &[u8], kind: HashKind, value: &str) -> KeyedHash {
    // HMAC takes keys of every length.
    let hash = Hmac::<Sha256>::new_from_slice(key).map(|mut mac| {
        mac.update(kind.as_str().as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        hex(&mac.finalize().into_bytes())
    });
    KeyedHash { kind, hash: hash.unwrap_or_default() }
}

/// Whether a row carries the identifiers: an email or a whole account number alone, or two weaker ones together.
pub(crate) fn recognised(key: &[u8], object: &Object, row: &Row, hashes: &[KeyedHash]) -> bool {
    let known: BTreeSet<(HashKind, &str)> = hashes.iter().map(|it| (it.kind, it.hash.as_str())).collect();
    let holds = |kind: HashKind, value: Option<String>| {
        value.is_some_and(|value| known.contains(&(kind, keyed(key, kind, &value).hash.as_str())))
    };
    let texts: Vec<(&Field, &str)> =
        row.values.keys().filter_map(|name| Some((object.field(name)?, row.text(name)?))).collect();
    let unique = texts.iter().any(|(_, text)| {
        let mut words = text.split([',', ';', ' ', '<', '>', '\n']).filter(|it| it.contains('@')).take(100);
        words.any(|word| holds(HashKind::Email, email(word)))
            || (text.chars().count() <= 80 && holds(HashKind::AccountNumber, number(text)))
    });
    let weak = |kind: HashKind, read: fn(&str) -> Option<String>, fits: fn(&Field) -> bool| {
        usize::from(texts.iter().any(|(field, text)| fits(field) && holds(kind, read(text))))
    };
    let full_name = match (row.text("FirstName"), row.text("LastName")) {
        (Some(first), Some(last)) => usize::from(holds(HashKind::Name, name(&format!("{first} {last}")))),
        _ => 0,
    };
    let named = full_name.max(weak(HashKind::Name, name, |field| field.field_type == "string"));
    let called =
        weak(HashKind::Phone, phone, |field| matches!(field.field_type.as_str(), "phone" | "string"));
    let born = weak(HashKind::Birthdate, day, |field| field.field_type == "date");
    unique || named + called + born >= 2
}

/// Everything that was created or changed since the deletion, of every object that can hold an identifier.
pub(super) fn changed_since(schema: &Schema, since: DateTime<Utc>) -> Vec<Ask> {
    schema
        .objects
        .values()
        .filter(|object| object.queryable && object.associate_entity_type.is_none() && holds_people(object))
        .filter_map(|object| {
            let stamp = ["SystemModstamp", "LastModifiedDate", "CreatedDate"]
                .into_iter()
                .find(|name| object.field(name).is_some_and(|field| field.filterable))?;
            let condition = Condition::Compare {
                field: stamp.to_owned(),
                operator: Operator::GreaterOrEqual,
                value: Literal::DateTime(since),
            };
            Some(Ask::Query(Query {
                object: object.name.clone(),
                fields: identifier_fields(object),
                condition: Some(condition),
                children: Vec::new(),
                all_rows: false,
                order_by: Vec::new(),
                limit: Some(MOST_ROWS),
            }))
        })
        .collect()
}

fn holds_people(object: &Object) -> bool {
    let outside = ["__b", "__x", "__e", "ChangeEvent", "Share", "Feed", "History"];
    !outside.iter().any(|end| object.name.ends_with(end))
        && object.name != "User"
        && object.fields.iter().any(|field| {
            matches!(field.field_type.as_str(), "email" | "phone")
                || field.name.contains("Email")
                || field.external_id
        })
}

fn identifier_fields(object: &Object) -> Vec<String> {
    let mut fields: Vec<&Field> = object
        .fields
        .iter()
        .filter(|field| {
            let name = field.name.as_str();
            matches!(field.field_type.as_str(), "email" | "phone")
                || (field.field_type == "date" && name.to_ascii_lowercase().contains("birth"))
                || (field.field_type == "string" && !name.ends_with("Id"))
                || (field.field_type == "textarea" && name.contains("Address"))
        })
        .collect();
    fields.sort_by_key(|field| !matches!(field.field_type.as_str(), "email" | "phone"));
    fields.truncate(FIELDS_AT_ONCE);
    fields.into_iter().map(|field| field.name.clone()).collect()
}

/// The search index, asked for every email and account number.
pub(super) fn search(schema: &Schema, subject: &Subject) -> Vec<Ask> {
    let phrases: Vec<String> = subject
        .emails
        .iter()
        .chain(&subject.account_numbers)
        .filter(|it| it.trim().chars().count() >= 2)
        .map(|it| it.trim().to_owned())
        .collect();
    let objects: Vec<&Object> = schema
        .objects
        .values()
        .filter(|object| object.searchable && object.queryable && holds_people(object))
        .collect();
    if phrases.is_empty() {
        return Vec::new();
    }
    objects
        .chunks(SEARCH_OBJECTS)
        .map(|objects| {
            Ask::Search(Search {
                phrases: phrases.clone(),
                within: SearchGroup::All,
                returning: objects
                    .iter()
                    .map(|object| Returning {
                        object: object.name.clone(),
                        fields: identifier_fields(object),
                        limit: SEARCH_ROWS,
                    })
                    .collect(),
            })
        })
        .collect()
}

fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (local, domain) = text.split_once('@')?;
    (!local.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && !text.contains(char::is_whitespace))
    .then_some(text)
}

fn phone(text: &str) -> Option<String> {
    let number = text.split(['x', 'X', ';']).next().unwrap_or_default();
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    (7..=15).contains(&digits.len()).then(|| digits.iter().rev().take(PHONE_DIGITS).rev().collect())
}

/// Words in any order, without case and accents; one word alone is no name.
fn name(text: &str) -> Option<String> {
    let plain: String = any_ascii::any_ascii(&text.nfkd().collect::<String>()).to_lowercase();
    let mut words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
    words.sort_unstable();
    (2..=6).contains(&words.len()).then(|| words.join(" "))
}

fn number(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    (plain.len() >= 3).then_some(plain)
}

fn day(text: &str) -> Option<String> {
    text.get(..10).map(str::to_owned)
}
