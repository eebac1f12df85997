//! What must never be disclosed, even to the person it is about (Cal. Code Regs., tit. 11, § 7024(d)), and which elements
//! of the breach law (Cal. Civ. Code § 1798.82(h)) a value is.
//!
//! The field's name and type speak first, then the value with its check digits, then the words beside it. One pass over a
//! plain form of the text finds everything; what is found is withheld and described, never shown.

mod checks;
mod cues;
mod fold;
mod keys;
mod kind;
mod names;
mod secrets;
mod shapes;
mod table;
mod values;

use std::collections::BTreeMap;
use std::ops::Range;

pub use keys::{Secret, secrets, words_of_secrets};
pub use kind::{Basis, Element, Kind};
pub use names::{by_name, named};
pub use table::mask_csv;

use crate::schema::Field;
use fold::{Folded, Written};

/// How the description of what was withheld begins.
const WITHHELD: &str = "[withheld: ";

/// How often a text is looked at again after something in it was replaced.
const ROUNDS: usize = 100;

/// An identifier in a text: bytes `span` of it, on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    pub span: Range<usize>,
    pub basis: Basis,
}

/// Every identifier of a text in order, none overlapping another. Text with markup is looked at with its tags and without.
pub fn find(text: &str) -> Vec<Found> {
    let mut found = look(text, Written::Plain);
    if has_tags(text) {
        found.extend(look(text, Written::Markup));
        apart(&mut found);
    }
    found
}

/// The same for a JSON document: what stands in one value says nothing about the next.
pub fn find_in_json(text: &str) -> Vec<Found> {
    look(text, Written::Json)
}

/// The same for a CSV file: what stands in one cell says nothing about the next.
pub fn find_in_csv(text: &str) -> Vec<Found> {
    look(text, Written::Csv)
}

/// The same for the value of a field or column, whose label stands before it like a word.
pub fn find_labelled(label: &str, value: &str) -> Vec<Found> {
    if label.is_empty() {
        return find(value);
    }
    let head = format!("{label}: ");
    let mut found = find(&format!("{head}{value}"));
    found.retain(|it| it.span.start >= head.len());
    for it in &mut found {
        it.span = it.span.start - head.len()..it.span.end - head.len();
    }
    found
}

/// The text with every identifier replaced by a description, and what was replaced. Masking twice changes nothing more.
pub fn mask(text: &str) -> (String, Vec<Kind>) {
    mask_labelled("", text)
}

/// The same for the value of a field or column with this label.
pub fn mask_labelled(label: &str, text: &str) -> (String, Vec<Kind>) {
    let mut kinds = Vec::new();
    let mut masked = text.to_owned();
    // A description can free what stood too close to it; few texts need a second round.
    for _ in 0..ROUNDS {
        let found = find_labelled(label, &masked);
        if found.is_empty() {
            break;
        }
        masked = replace(&masked, &found);
        kinds.extend(found.into_iter().map(|it| it.kind));
    }
    (masked, kinds)
}

/// What stands in the place of an identifier.
pub fn description(kind: Kind) -> String {
    format!("{WITHHELD}{}]", kind.words())
}

/// The elements of the breach law that a field with this value holds, each with its surest basis. A value that is empty or
/// was withheld holds none.
pub fn elements(field: Option<&Field>, value: &str) -> BTreeMap<Element, Basis> {
    if says_nothing(value) {
        return BTreeMap::new();
    }
    let mut elements = field.map(elements_of_field).unwrap_or_default();
    let label = field.map(|it| it.label.as_str()).unwrap_or_default();
    for (element, basis) in elements_of_value(label, value) {
        note(&mut elements, Some(element), basis);
    }
    elements
}

/// The part of [`elements`] that name and type of a field say, whatever its value.
pub fn elements_of_field(field: &Field) -> BTreeMap<Element, Basis> {
    let mut elements = BTreeMap::new();
    note(&mut elements, by_name(field).and_then(Kind::element), Basis::FieldName);
    let named = [&field.name, &field.label].into_iter().find_map(|name| names::element_named(name));
    note(&mut elements, named.filter(|_| field.field_type != "boolean"), Basis::FieldName);
    match field.field_type.as_str() {
        "email" => note(&mut elements, Some(Element::Email), Basis::FieldType),
        "location" => note(&mut elements, Some(Element::Location), Basis::FieldType),
        _ => {}
    }
    elements
}

/// The part of [`elements`] that the value says, with its field's label before it.
pub fn elements_of_value(label: &str, value: &str) -> BTreeMap<Element, Basis> {
    let mut elements = BTreeMap::new();
    if says_nothing(value) {
        return elements;
    }
    for found in find_labelled(label, value) {
        note(&mut elements, found.kind.element(), found.basis);
    }
    if !crate::normal::email::all_in(value).is_empty() {
        note(&mut elements, Some(Element::Email), Basis::Value);
    }
    if value.contains("PRIVATE KEY-----") {
        note(&mut elements, Some(Element::PrivateKey), Basis::Value);
    }
    elements
}

/// Of several bases the surest is kept.
fn note(elements: &mut BTreeMap<Element, Basis>, element: Option<Element>, basis: Basis) {
    if let Some(element) = element {
        let known = elements.entry(element).or_insert(basis);
        *known = basis.min(*known);
    }
}

/// Empty, or withheld before.
fn says_nothing(value: &str) -> bool {
    let withheld = || value.starts_with(WITHHELD) && Kind::ALL.iter().any(|kind| description(*kind) == value);
    value.trim().is_empty() || withheld()
}

fn has_tags(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes)
        .any(|at| bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/'))
}

fn look(text: &str, written: Written) -> Vec<Found> {
    let folded = Folded::of(text, written);
    let cues = cues::find(&folded.bytes);
    let hits = values::scan(&folded.bytes, &cues).into_iter().chain(secrets::scan(&folded.bytes, &cues));
    let mut found: Vec<Found> = hits
        .map(|it| Found { kind: it.kind, span: folded.source(it.span), basis: it.basis })
        .filter(|it| !it.span.is_empty())
        .collect();
    apart(&mut found);
    found
}

/// In order; of two that overlap the longer stays.
fn apart(found: &mut Vec<Found>) {
    found.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for it in found.drain(..) {
        match kept.last_mut() {
            Some(last) if it.span.start < last.span.end => {
                if it.span.len() > last.span.len() {
                    let start = last.span.start.min(it.span.start);
                    *last = Found { span: start..it.span.end, ..it };
                } else {
                    last.span.end = last.span.end.max(it.span.end);
                }
            }
            _ => kept.push(it),
        }
    }
    *found = kept;
}

fn replace(text: &str, found: &[Found]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for it in found {
        masked.push_str(text.get(at..it.span.start).unwrap_or_default());
        masked.push_str(&description(it.kind));
        at = it.span.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

#[cfg(test)]
mod tests;
