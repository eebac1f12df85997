//! What is known about one field before anybody is asked: from describe, the catalogue, its name, the org's own
//! classification, and samples of what stands in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{FieldEntry, Sampled, Told, What, list};
use crate::categories;
use crate::disclosure::{self, Element, Kind};
use crate::schema::{Field, Object};

/// What the org's data-classification metadata says of one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub(super) struct Classified {
    pub security: Option<String>,
    pub groups: Vec<String>,
}

/// Looks at sampled values of one field.
pub(super) fn sample(into: &mut Sampled, field: &Field, value: &str) {
    into.values += 1;
    for element in disclosure::elements(Some(field), value).into_keys() {
        *into.found.entry(word(&element)).or_default() += 1;
    }
    let secrets = disclosure::secrets(&field.label, value);
    into.with_secrets += u64::from(!secrets.is_empty());
    into.secrets.extend(secrets);
}

/// The entry of a field.
pub(super) fn entry(
    object: &Object,
    field: &Field,
    classified: Option<&Classified>,
    sampled: Sampled,
) -> FieldEntry {
    let mut told = BTreeMap::new();
    let mut tell = |what: What, value: String, basis: &str| {
        told.insert(what, Told { value, basis: basis.to_owned(), confirmed_at: None });
    };
    let machinery = matches!(field.field_type.as_str(), "id" | "reference" | "boolean" | "address");
    // Any value will do: the name, the label and the type speak for themselves.
    let by_name: BTreeSet<Element> = match machinery {
        true => BTreeSet::new(),
        false => disclosure::elements(Some(field), "?").into_keys().collect(),
    };
    let kind = disclosure::by_name(field);
    let elements: BTreeSet<String> = by_name.iter().map(word).chain(sampled.found.keys().cloned()).collect();
    let basis = match (by_name.is_empty(), sampled.found.is_empty()) {
        (false, false) => "name and type; samples",
        (false, true) => "name and type",
        (true, false) => "samples",
        (true, true) if sampled.values > 0 => "name, type and samples show none",
        (true, true) => "name and type show none",
    };
    let kinds: BTreeSet<String> = kind
        .iter()
        .map(word)
        .chain(
            Kind::ALL
                .iter()
                .filter(|it| it.element().is_some_and(|of| elements.contains(&word(&of))))
                .map(word),
        )
        .collect();
    let mut letters = categories::of_field(&object.name, &field.name, &field.field_type);
    let sensitive = sensitive(&field.name, &elements, &letters);
    if !sensitive.is_empty() {
        letters.insert('L');
    }
    letters.extend(elements.iter().filter_map(|it| letter(it)));
    tell(What::Categories, list(letters), "catalogue, name and type");
    tell(What::Sensitive, list(sensitive), basis);
    tell(What::NeverDisclosed, list(kinds), basis);
    tell(What::BreachElements, list(elements), basis);
    tell(What::Encryption, encryption(field).to_owned(), "describe");
    if let Some(source) = source(object, field) {
        tell(What::Source, source.to_owned(), "describe");
    }
    if let Some(date) =
        ["CreatedDate", "LoginTime", "ActivityDate"].into_iter().find_map(|it| object.field(it))
    {
        tell(What::CollectionDate, date.name.clone(), "describe");
    }
    let classified = classified.cloned().unwrap_or_default();
    FieldEntry {
        field: field.name.clone(),
        label: field.label.clone(),
        field_type: field.field_type.clone(),
        security_classification: classified.security,
        compliance_groups: classified.groups,
        sampled,
        told,
    }
}

fn encryption(field: &Field) -> &'static str {
    match (field.encrypted, field.field_type.as_str()) {
        (true, _) => "platform",
        (false, "encryptedstring") => "classic",
        (false, _) => "none",
    }
}

/// What the org makes itself; where people's own words come from, only the officer knows.
fn source(object: &Object, field: &Field) -> Option<&'static str> {
    match () {
        () if field.calculated => Some("worked out by the org from other fields"),
        () if field.auto_number => Some("numbered by the org"),
        () if object.name.ends_with("CleanInfo") => Some("a data provider"),
        () if !field.createable && !field.updateable => Some("set by the org"),
        () => None,
    }
}

/// The category that an element belongs to besides those its field has anyway.
fn letter(element: &str) -> Option<char> {
    Some(match element {
        "ssn" | "dl" | "gov_id" | "tin" | "username" | "email" => 'A',
        "account" | "account_code" | "medical" | "health_ins" | "esig" => 'B',
        "biometric" => 'E',
        "location" => 'G',
        "dob" => 'C',
        _ => return None,
    })
}

/// Places in Civ. § 1798.140(ae).
fn sensitive(name: &str, elements: &BTreeSet<String>, letters: &BTreeSet<char>) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let has = |element: &str| elements.contains(element);
    let mut note = |place: &str, it: bool| {
        if it {
            places.insert(place.to_owned());
        }
    };
    note("(1)(A) government identifier", has("ssn") || has("dl") || has("gov_id"));
    note("(1)(B) account with its code", has("account_code") || has("password") || has("security_qa"));
    note("(1)(C) precise geolocation", has("location"));
    note("(1)(F) genetic data", has("genetic"));
    note("(2)(A) biometric data", has("biometric"));
    note("(2)(B) health", has("medical") || has("health_ins"));
    if letters.contains(&'L') && places.is_empty() {
        let words = name.to_lowercase();
        let said = |list: &[&str]| list.iter().any(|word| words.contains(word));
        let place = match () {
            () if said(&["health", "medical", "diagnosis"]) => "(2)(B) health",
            () if said(&["orientation"]) => "(2)(C) sex life or orientation",
            () if said(&["genetic"]) => "(1)(F) genetic data",
            () if said(&["ssn", "passport", "license"]) => "(1)(A) government identifier",
            () => "(1)(D) origin, belief, status or union",
        };
        places.insert(place.to_owned());
    }
    places
}

/// An enum's word as it is written in JSON.
pub(super) fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
