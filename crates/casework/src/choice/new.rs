//! Consent records that a choice makes for a person who has none.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{MADE, Mapping, Rule, because, is_theirs};
use crate::case::RequestKind;
use crate::change::{PARTY, PURPOSE, Wish, is_needed};
use crate::found::Match;
use crate::plan::ByHand;
use crate::review::Decided;
use crate::schema::{Object, Schema};

/// What a new consent record says of where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Receipt<'a> {
    /// The request's number.
    pub number: &'a str,
    /// UTC, RFC 3339.
    pub received_at: &'a str,
}

/// Which consents are wanted for the Individuals that were decided to be the person's, and what stands in the way.
///
/// An opt-in makes none: where nothing was said, there is nothing to take back.
pub fn wishes(
    kind: RequestKind,
    mapping: &Mapping,
    schema: &Schema,
    matches: &[Match],
    decided: &[Decided],
    receipt: Receipt<'_>,
) -> (Vec<Wish>, Vec<ByHand>) {
    let (rules, word) = match kind {
        RequestKind::OptOut => (&mapping.opt_out, "Opt-out"),
        RequestKind::Limit => (&mapping.limit, "Limit"),
        _ => return (Vec::new(), Vec::new()),
    };
    let people: Vec<&Match> =
        matches.iter().filter(|it| it.object == "Individual" && is_theirs(it, decided)).collect();
    let beside: BTreeSet<&String> =
        rules.iter().filter(|it| !it.purpose.is_empty()).map(|it| &it.object).collect();
    let beside: Vec<String> = beside
        .into_iter()
        .filter(|it| schema.object(it).is_some_and(|it| it.field(PARTY).is_some()))
        .cloned()
        .collect();
    let (mut wishes, mut by_hand) = (Vec::new(), Vec::new());
    for (rule, create) in rules.iter().filter_map(|it| Some((it, it.create.as_ref()?))) {
        let Some(object) = schema.object(&rule.object) else { continue };
        if people.is_empty() {
            by_hand.push(ByHand {
                what: format!("Create a {} for the person", object.name),
                because: "Consents hang on an Individual, and the person has none: create one, point the contact or lead to it, \
                          then locate and rehearse again."
                    .to_owned(),
            });
            continue;
        }
        let mut values = told(object, word, receipt);
        values.extend(create.clone());
        wishes.extend(people.iter().map(|person| Wish {
            object: object.name.clone(),
            person: person.id.clone(),
            status: rule.field.clone(),
            value: rule.value.clone(),
            purpose: rule.purpose.clone(),
            values: values.clone(),
            beside: beside.clone(),
            because: because(kind).to_owned(),
        }));
    }
    (wishes, by_hand)
}

/// Where it comes from, as far as the object has places for it.
fn told(object: &Object, word: &str, receipt: Receipt<'_>) -> BTreeMap<String, Value> {
    let all = [
        ("Name", "string", format!("{word} {}", receipt.number)),
        ("CaptureSource", "string", format!("Privacy request {}", receipt.number)),
        ("CaptureDate", "datetime", receipt.received_at.to_owned()),
    ];
    all.into_iter()
        .filter(|(name, kind, _)| {
            object.field(name).is_some_and(|it| it.createable && !it.auto_number && it.field_type == *kind)
        })
        .map(|(name, _, value)| (name.to_owned(), Value::from(value)))
        .collect()
}

/// Proposes one of the rules for making a consent: in an object that the user may create if there is one.
pub(super) fn propose(schema: &Schema, rules: &mut [Rule]) {
    let place = |name: &str, createable: bool| {
        let object = schema.object(name)?;
        (object.field(PARTY).is_some() && (object.createable || !createable)).then_some(object)
    };
    let found =
        [true, false].into_iter().find_map(|createable| MADE.iter().find_map(|name| place(name, createable)));
    let Some(object) = found else { return };
    if let Some(rule) = rules.iter_mut().find(|it| it.object == object.name && !it.purpose.is_empty()) {
        rule.create = Some(needed_picks(object, &rule.field));
    }
}

/// A value for each list that may not stay empty: sale and sharing happen on the web, where the list has it.
fn needed_picks(object: &Object, status: &str) -> BTreeMap<String, Value> {
    object
        .fields
        .iter()
        .filter(|it| it.field_type == "picklist" && is_needed(it) && it.name != status)
        .map(|it| {
            let web = it.picklist_values.iter().find(|it| *it == "Web").or(it.picklist_values.first());
            (it.name.clone(), Value::from(web.map_or("Web", String::as_str)))
        })
        .collect()
}

/// Why a consent cannot be made by this rule whoever asks; what the user may not do shows in the plan.
pub(super) fn fault(object: &Object, rule: &Rule) -> Option<String> {
    let create = rule.create.as_ref()?;
    if rule.purpose.is_empty() || object.field(PARTY).is_none() || object.field(PURPOSE).is_none() {
        return Some("a record is only made where it has a person (PartyId) and a purpose".to_owned());
    }
    let unknown = create.keys().find(|it| object.field(it).is_none())?;
    Some(format!("a new record has no field {unknown}"))
}
