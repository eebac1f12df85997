//! Other people in what is about to be handed over: their names, addresses and phone numbers in emails, comments, chats
//! and notes are proposed for masking, each with its reason (Cal. Civ. Code § 1798.145(k)).
//!
//! Nothing is decided here: the officer accepts or declines each mask, and what is undecided is masked.

mod decisions;

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

pub use decisions::{DecidedMask, MaskDecision, Masks};
use serde::{Deserialize, Serialize};

use crate::disclosure;
use crate::normal::email::{self, Email};
use crate::normal::phone::Phone;
use crate::normal::text::{ascii, plain};
use crate::row::Row;
use crate::schema::Schema;
use crate::subject::Subject;

/// Records that stand for people: what their own fields hold is theirs.
const PEOPLE: [&str; 5] = ["Contact", "Lead", "Account", "User", "Individual"];

/// Mailboxes behind which no single person stands.
const ROLES: &[&str] = &[
    "accounts",
    "admin",
    "billing",
    "care",
    "contact",
    "customerservice",
    "donotreply",
    "feedback",
    "hello",
    "help",
    "info",
    "mail",
    "mailer-daemon",
    "marketing",
    "news",
    "newsletter",
    "no-reply",
    "noreply",
    "notifications",
    "office",
    "orders",
    "postmaster",
    "privacy",
    "returns",
    "sales",
    "security",
    "service",
    "shop",
    "store",
    "support",
    "team",
    "webmaster",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MaskKind {
    Name,
    Email,
    Phone,
}

impl MaskKind {
    /// In words, for the person: "another person's name".
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "another person's name",
            Self::Email => "another person's email address",
            Self::Phone => "another person's phone number",
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

/// One value in one field that is somebody else's. It holds personal data: it is shown to the officer only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    pub object: String,
    pub id: String,
    pub field: String,
    pub kind: MaskKind,
    /// As it is written in the field.
    pub value: String,
    /// Where it stands there first, in bytes.
    pub at: usize,
    pub reason: String,
}

/// What belongs to the subject: from the request, and from the person records that are theirs.
pub struct Own {
    names: Vec<BTreeSet<String>>,
    emails: BTreeSet<String>,
    phones: BTreeSet<String>,
    region: String,
}

impl Own {
    /// `theirs` are the records that will be handed over; `region` is where a phone without country code is from.
    pub fn of(subject: &Subject, theirs: &[Row], region: &str) -> Self {
        let mut own = Self {
            names: subject.names.iter().map(|it| words(it)).collect(),
            emails: subject.emails.iter().filter_map(|it| Email::parse(it)).map(|it| it.mailbox).collect(),
            phones: BTreeSet::new(),
            region: region.to_owned(),
        };
        let mut phones: Vec<&str> = subject.phones.iter().map(String::as_str).collect();
        for row in theirs.iter().filter(|it| PEOPLE.contains(&it.object.as_str())) {
            for text in row.values.values().filter_map(|it| it.as_str()).filter(|it| it.len() <= 254) {
                own.emails.extend(email::all_in(text).into_iter().map(|it| it.mailbox));
            }
            own.names.extend(name_of(row).map(|it| words(&it)));
            phones.extend(
                row.values
                    .iter()
                    .filter(|(field, _)| field.contains("Phone") || field.contains("Fax"))
                    .filter_map(|(_, it)| it.as_str()),
            );
        }
        own.phones = phones.into_iter().filter_map(|it| Phone::parse(it, region)).map(|it| it.e164).collect();
        own
    }

    fn is_name(&self, name: &BTreeSet<String>) -> bool {
        self.names.iter().any(|own| name.is_subset(own) || own.is_subset(name))
    }
}

/// Every mask for these records, in their order. `others` are person records in the case that are not the subject's.
pub fn propose(own: &Own, schema: &Schema, rows: &[Row], others: &[Row]) -> Vec<Mask> {
    let texts: Vec<(&Row, &str, &str)> = rows.iter().flat_map(|row| spoken(schema, row)).collect();
    let known = known_names(own, &texts, others);
    let names = automaton(known.iter().map(|it| it.0.as_str()));
    let mut masks = Vec::new();
    for (row, field, text) in texts {
        let mut seen = BTreeSet::new();
        let mut put = |kind: MaskKind, at: usize, value: &str, reason: &str| {
            if seen.insert((kind, value.to_owned())) {
                masks.push(Mask {
                    object: row.object.clone(),
                    id: row.id.to_string(),
                    field: field.to_owned(),
                    kind,
                    value: value.to_owned(),
                    at,
                    reason: reason.to_owned(),
                });
            }
        };
        for (at, value) in addresses(text) {
            let Some(parsed) = Email::parse(value) else { continue };
            let role = ROLES.binary_search(&parsed.local()).is_ok();
            if !role && !own.emails.contains(&parsed.mailbox) {
                put(MaskKind::Email, at, value, "this address is none of the person's");
            }
        }
        for (at, value, phone) in phones(text, &own.region) {
            if !own.phones.contains(&phone.e164) {
                put(MaskKind::Phone, at, value, "this phone number is none of the person's");
            }
        }
        for hit in names.iter().flat_map(|it| it.find_iter(text)) {
            let (value, reason) = (text.get(hit.range()), known.get(hit.pattern().as_usize()));
            if let (Some(value), Some((_, reason))) = (value, reason)
                && whole(text, hit.start(), hit.end())
            {
                put(MaskKind::Name, hit.start(), value, reason);
            }
        }
    }
    masks
}

/// Names that are somebody else's, each with the reason why we think so.
fn known_names(own: &Own, texts: &[(&Row, &str, &str)], others: &[Row]) -> Vec<(String, String)> {
    let mut known: Vec<(String, String)> = others
        .iter()
        .filter(|it| PEOPLE.contains(&it.object.as_str()))
        .filter_map(|row| {
            let because = format!("{} {} in this case is another person's record", row.object, row.id);
            Some((name_of(row)?, because))
        })
        .collect();
    for (_, _, text) in texts {
        known.extend(names_beside_addresses(own, &plain(text)));
    }
    known.retain(|(name, _)| {
        let name = words(name);
        name.len() >= 2 && !own.is_name(&name)
    });
    known.sort_by_cached_key(|it| it.0.to_lowercase());
    known.dedup_by(|one, other| one.0.eq_ignore_ascii_case(&other.0));
    known
}

/// Finds any of these in one pass, whatever the case of plain letters; of two that begin together the longer.
fn automaton<'a>(patterns: impl Iterator<Item = &'a str>) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns)
        .ok()
}

/// Whether no letter or digit continues the part on either side.
fn whole(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|it| it.chars().next_back());
    let after = text.get(end..).and_then(|it| it.chars().next());
    !before.into_iter().chain(after).any(char::is_alphanumeric)
}

/// The text with these values replaced by what they are, in one pass.
pub fn apply(text: &str, masks: &[&Mask]) -> String {
    let Some(values) = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(masks.iter().map(|it| it.value.as_str()))
        .ok()
        .filter(|_| !masks.is_empty())
    else {
        return text.to_owned();
    };
    let mut masked = String::with_capacity(text.len());
    values.replace_all_with(text, &mut masked, |hit, _, out| {
        let words = masks.get(hit.pattern().as_usize()).map_or("another person", |it| it.kind.words());
        out.push('[');
        out.push_str(words);
        out.push(']');
        true
    });
    masked
}

/// The text around a value, before and after masking, without what must never be disclosed.
pub fn excerpts(text: &str, mask: &Mask) -> (String, String) {
    const AROUND: usize = 40;
    let end = mask.at + mask.value.len();
    let from = text
        .get(..mask.at)
        .unwrap_or_default()
        .char_indices()
        .rev()
        .take(AROUND)
        .last()
        .map_or(mask.at, |it| it.0);
    let to =
        text.get(end..).unwrap_or_default().char_indices().nth(AROUND).map_or(text.len(), |it| end + it.0);
    let before = disclosure::mask(text.get(from..to).unwrap_or_default()).0;
    let after = apply(&before, &[mask]);
    (before, after)
}

/// The fields of a record in which people speak of people.
fn spoken<'a>(schema: &'a Schema, row: &'a Row) -> Vec<(&'a Row, &'a str, &'a str)> {
    let person = PEOPLE.contains(&row.object.as_str());
    let Some(object) = schema.object(&row.object) else { return Vec::new() };
    object
        .fields
        .iter()
        .filter(|it| match it.field_type.as_str() {
            "textarea" => true,
            "string" | "email" | "phone" | "encryptedstring" | "url" => !person,
            _ => false,
        })
        .filter_map(|it| Some((row, it.name.as_str(), row.text(&it.name)?)))
        .collect()
}

fn name_of(row: &Row) -> Option<String> {
    match (row.text("FirstName"), row.text("LastName")) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        _ => row.text("Name").map(str::to_owned).filter(|_| row.object != "Account"),
    }
}

fn words(name: &str) -> BTreeSet<String> {
    ascii(name)
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|it| it.len() > 1)
        .map(str::to_owned)
        .collect()
}

/// Addresses as they are written, with their places.
fn addresses(text: &str) -> Vec<(usize, &str)> {
    const ENDS: &str = "<>,;:\"'()[]|\\{}?&=";
    let mut found = Vec::new();
    let mut at = 0;
    if !text.contains('@') {
        return found;
    }
    for piece in text.split(|c: char| c.is_whitespace() || ENDS.contains(c)) {
        if piece.contains('@') {
            let odd = |c: char| !c.is_alphanumeric() && c != '_' && c != '+';
            let value = piece.trim_start_matches(odd);
            let place = at + piece.len() - value.len();
            let value = value.trim_end_matches(odd);
            if Email::parse(value).is_some() {
                found.push((place, value));
            }
        }
        at += piece.len();
        at += text.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

/// Phone numbers in their usual spellings; digits without any mark are none.
fn phones<'a>(text: &'a str, region: &str) -> Vec<(usize, &'a str, Phone)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts = matches!(bytes.get(at), Some(b'+' | b'(' | b'0'..=b'9'))
            && !at
                .checked_sub(1)
                .and_then(|it| bytes.get(it))
                .is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'/' | b'#'));
        if !starts {
            at += 1;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let inside = |it: &&u8| it.is_ascii_digit() || matches!(it, b'+' | b'(' | b')' | b' ' | b'-' | b'.');
        let run = rest.iter().take(22).take_while(inside).count();
        let length = run - rest.iter().take(run).rev().take_while(|it| !it.is_ascii_digit()).count();
        let value = text.get(at..at + length).unwrap_or_default();
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        let groups: Vec<usize> =
            value.split(|it: char| !it.is_ascii_digit()).map(str::len).filter(|it| *it > 0).collect();
        let usual = value.starts_with('+') || matches!(groups.as_slice(), [3, 3, 4] | [1, 3, 3, 4]);
        let next = rest.get(length).copied().unwrap_or(b' ');
        match Phone::parse(value, region)
            .filter(|_| usual && (10..=15).contains(&digits) && !next.is_ascii_alphanumeric())
        {
            Some(phone) => {
                found.push((at, value, phone));
                at += length;
            }
            None => at += rest.iter().take_while(|it| it.is_ascii_digit()).count().max(1),
        }
    }
    found
}

/// `Bo Nilsson <bo.nilsson@example.com>`, `Bo Nilsson (415-555-0102)`, and the name that an address itself spells.
fn names_beside_addresses(own: &Own, text: &str) -> Vec<(String, String)> {
    const BECAUSE: &str = "this name stands beside another person's address or number";
    let mut names = Vec::new();
    let mut beside = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let name_end = before.trim_end_matches([' ', '<', '(', '"', ',', '-', ':']);
        if before.len() - name_end.len() <= 4 {
            names.extend(name_at_end(name_end).map(|it| (it, BECAUSE.to_owned())));
        }
    };
    for (at, _, phone) in phones(text, &own.region) {
        if !own.phones.contains(&phone.e164) {
            beside(at);
        }
    }
    for (at, value) in addresses(text) {
        if Email::parse(value).is_some_and(|it| !own.emails.contains(&it.mailbox)) {
            beside(at);
        }
    }
    for parsed in email::all_in(text).into_iter().filter(|it| !own.emails.contains(&it.mailbox)) {
        let parts: Vec<&str> = parsed.local().split(['.', '_', '-']).collect();
        if parts.len() == 2 && parts.iter().all(|it| it.len() > 1 && it.chars().all(char::is_alphabetic)) {
            names.push((parts.join(" "), "another person's address spells this name".to_owned()));
        }
    }
    names
}

/// Two or three words with capitals at the end of a text.
fn name_at_end(text: &str) -> Option<String> {
    const LONGEST: usize = 120;
    let from = text.char_indices().rev().take(LONGEST).last().map_or(0, |it| it.0);
    let line = text.get(from..)?.rsplit(['\n', '\r', ',', ';', ':', '.', '>']).next()?;
    let capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|it| it.is_alphabetic() || matches!(it, '\'' | '-' | '\u{2019}'))
    };
    let mut name: Vec<&str> =
        line.split([' ', '"']).filter(|it| !it.is_empty()).rev().take_while(capital).take(3).collect();
    name.reverse();
    (name.len() >= 2).then(|| name.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record_id::RecordId;
    use crate::schema::{Field, Object};
    use serde_json::json;

    fn row(object: &str, id: &str, values: serde_json::Value) -> Row {
        Row {
            object: object.into(),
            id: RecordId::parse(id).unwrap(),
            values: serde_json::from_value(values).unwrap(),
        }
    }

    fn world() -> (Own, Schema) {
        let subject: Subject = serde_json::from_value(json!({
            "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"]
        }))
        .unwrap();
        let theirs = [row(
            "Contact",
            "0035g00000ANA01",
            json!({ "FirstName": "Ana", "LastName": "Lindqvist", "OtherPhone": "415-555-0199" }),
        )];
        let field = |name: &str, field_type: &str| Field {
            name: name.into(),
            field_type: field_type.into(),
            ..Field::default()
        };
        let object = |name: &str, fields: Vec<Field>| {
            (name.to_owned(), Object { name: name.into(), fields, ..Object::default() })
        };
        let schema = Schema {
            objects: [
                object("CaseComment", vec![field("CommentBody", "textarea")]),
                object(
                    "EmailMessage",
                    vec![
                        field("FromName", "string"),
                        field("ToAddress", "string"),
                        field("TextBody", "textarea"),
                    ],
                ),
            ]
            .into(),
        };
        (Own::of(&subject, &theirs, "US"), schema)
    }

    #[test]
    fn other_people_are_proposed_and_the_subject_and_the_business_are_not() {
        let (own, schema) = world();
        let rows = [
            row(
                "CaseComment",
                "00a5g00000COM01",
                json!({ "CommentBody": "Bo Nilsson called from 415-555-0102 for Ana Lindqvist (415-555-0101, 415 555 0199)." }),
            ),
            row(
                "EmailMessage",
                "02s5g00000EMA01",
                json!({
                    "FromName": "Ana Lindqvist", "ToAddress": "help@alder.example; \"Bo Nilsson\" <bo.nilsson@example.com>",
                    "TextBody": "Order 4155550132, ask Carla Ortiz. Ana, ana.lindqvist@example.com"
                }),
            ),
        ];
        let others = [row("Lead", "00Q5g00000CAR01", json!({ "FirstName": "Carla", "LastName": "Ortiz" }))];
        let masks = propose(&own, &schema, &rows, &others);
        let told: Vec<(&str, &str)> = masks.iter().map(|it| (it.field.as_str(), it.value.as_str())).collect();
        assert_eq!(
            told,
            [
                ("CommentBody", "415-555-0102"),
                ("CommentBody", "Bo Nilsson"),
                ("ToAddress", "bo.nilsson@example.com"),
                ("ToAddress", "Bo Nilsson"),
                ("TextBody", "Carla Ortiz"),
            ]
        );
        assert!(masks.iter().all(|it| !it.reason.is_empty()));
        let text = rows[0].text("CommentBody").unwrap();
        let applied = apply(text, &masks.iter().collect::<Vec<_>>());
        assert_eq!(
            applied,
            "[another person's name] called from [another person's phone number] for Ana Lindqvist (415-555-0101, 415 555 0199)."
        );
        let (before, after) = excerpts(text, &masks[0]);
        assert!(before.contains("415-555-0102") && !after.contains("415-555-0102"));
    }

    #[test]
    fn roles_are_sorted() {
        assert!(ROLES.is_sorted());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble_and_no_masked_value_stays(text in "(\\PC|[0-9+() -]|@example.com|Bo Nilsson){0,60}") {
            let (own, schema) = world();
            let rows = [row("CaseComment", "00a5g00000COM01", json!({ "CommentBody": text.clone() }))];
            let masks = propose(&own, &schema, &rows, &[]);
            let applied = apply(&text, &masks.iter().collect::<Vec<_>>());
            for mask in &masks {
                proptest::prop_assert!(!applied.contains(&mask.value));
                excerpts(&text, mask);
            }
        }
    }
}
