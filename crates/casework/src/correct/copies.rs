//! The same value in other places of the same person.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Contest, Copy, CopyRoad, Verdict};
use crate::catalogue::Catalogue;
use crate::change::{self, canonical, followers};
use crate::found::{Confidence, Match};
use crate::query::{Ask, Condition, Literal, Query};
use crate::record_id::RecordId;
use crate::review::{Decided, Decision};
use crate::row::{Presence, Row};
use crate::schema::{Field, Object, Schema};

const IDS_AT_ONCE: usize = 200;
/// Lookups that tell whose record a copy is.
const LEADS: [&str; 7] =
    ["ContactId", "LeadId", "AccountId", "ParentId", "IsPersonAccount", "PersonContactId", "IsConverted"];

/// Questions for every record of the person with the fields that may hold a contested value.
///
/// Asked are live matches that are this person's alone; those decided "not this person" and mere mentions are not.
pub fn asks(schema: &Schema, matches: &[Match], decided: &[Decided], contests: &[Contest]) -> Vec<Ask> {
    let others: BTreeSet<&RecordId> =
        decided.iter().filter(|it| it.decision == Decision::NotThisPerson).map(|it| &it.id).collect();
    let contested: BTreeSet<&RecordId> = contests.iter().map(|it| &it.id).collect();
    let mut ids = BTreeMap::<&str, Vec<&RecordId>>::new();
    for it in matches.iter().filter(|it| it.presence == Presence::Live && !others.contains(&it.id)) {
        if contested.contains(&it.id) || (!it.shared && it.confidence >= Confidence::Strong) {
            ids.entry(&it.object).or_default().push(&it.id);
        }
    }
    let mut asks = Vec::new();
    for (name, ids) in ids {
        let Some(object) = schema.object(name) else { continue };
        let mut fields: BTreeSet<String> = LEADS.iter().filter_map(|it| named(object, it)).collect();
        for contest in contests {
            fields.extend(candidates(schema, object, contest).map(|field| field.name.clone()));
        }
        for ids in ids.chunks(IDS_AT_ONCE) {
            asks.push(Ask::Query(Query {
                object: object.name.clone(),
                fields: fields.iter().cloned().collect(),
                condition: Some(Condition::In {
                    field: "Id".to_owned(),
                    values: ids.iter().map(|id| Literal::Text(id.to_string())).collect(),
                }),
                children: Vec::new(),
                all_rows: false,
                order_by: Vec::new(),
                limit: None,
            }));
        }
    }
    asks
}

fn named(object: &Object, name: &str) -> Option<String> {
    object.field(name).map(|field| field.name.clone())
}

/// Fields that mean the same as the contested one.
fn candidates<'a>(schema: &Schema, object: &'a Object, contest: &Contest) -> impl Iterator<Item = &'a Field> {
    let own_object = schema.object(&contest.object).cloned().unwrap_or_default();
    let own = own_object.field(&contest.field).cloned().unwrap_or_default();
    object.fields.iter().filter(move |field| alike((&own_object.name, &own), (&object.name, field)))
}

/// Mail with mail, phone with phone; anything else by what the catalogue says it means, or by the same name or label.
fn alike((object, own): (&str, &Field), (other_object, other): (&str, &Field)) -> bool {
    if own.field_type == other.field_type && matches!(own.field_type.as_str(), "email" | "phone") {
        return true;
    }
    let meaning = |object: &str, field: &str| {
        let known = Catalogue::standard().object(object).and_then(|it| it.field(field));
        known
            .map(|it| it.meaning.as_str())
            .filter(|it| !it.is_empty() && !matches!(*it, "none" | "text" | "long-text"))
    };
    let (one, two) = (meaning(object, &own.name), meaning(other_object, &other.name));
    if one.is_some() && one == two {
        return true;
    }
    let textual =
        |field: &Field| !matches!(field.field_type.as_str(), "boolean" | "reference" | "id" | "address");
    let stem = |field: &Field| {
        let name = field.name.to_ascii_lowercase();
        let name = name.trim_end_matches("__pc").trim_end_matches("__c");
        name.strip_prefix("person").or(name.strip_prefix("mailing")).unwrap_or(name).to_owned()
    };
    textual(own) && textual(other) && stem(own) == stem(other)
}

/// Completes the contests: what the org holds, and every copy. `rows` answer [`asks`].
///
/// # Errors
/// The item whose record the org does not show any more.
pub fn copies(schema: &Schema, rows: &[Row], contests: &mut [Contest]) -> Result<(), String> {
    for contest in contests {
        let row = rows.iter().find(|row| row.id == contest.id);
        let row =
            row.ok_or_else(|| format!("{}: the org does not show this record any more", contest.item))?;
        let object =
            schema.object(&contest.object).ok_or_else(|| format!("{}: the object is gone", contest.item))?;
        let field = object
            .field(&contest.field)
            .ok_or_else(|| format!("{}: the signed-in user does not see this field", contest.item))?;
        contest.field.clone_from(&field.name);
        contest.held = row.values.get(&field.name).cloned().unwrap_or(Value::Null);
        if contest.decision != Verdict::Deny && !contest.held.is_null() {
            contest.copies = found(schema, rows, row, field, contest);
        }
    }
    Ok(())
}

fn found(schema: &Schema, rows: &[Row], own: &Row, field: &Field, contest: &Contest) -> Vec<Copy> {
    let wanted = spelling(field, &contest.held);
    let mut copies = Vec::new();
    for row in rows {
        let Some(object) = schema.object(&row.object) else { continue };
        for other in candidates(schema, object, contest) {
            let here = row.id == own.id && other.name == field.name;
            let value = row.values.get(&other.name).unwrap_or(&Value::Null);
            if here || value.is_null() || spelling(other, value) != wanted {
                continue;
            }
            // The other half of a person account that is itself a copy follows with it.
            let half = row.flag("IsPersonAccount") && row.object == "Contact" && row.id != own.id;
            let account = row.lookup("AccountId").filter(|id| half && *id != own.id);
            let (road, because) = match account.and_then(|id| rows.iter().find(|it| it.id == id)) {
                Some(_) => (
                    CopyRoad::Follows,
                    "It is the other half of a person account, and follows it.".to_owned(),
                ),
                None => road(own, field, row, object, other, &contest.claimed),
            };
            copies.push(Copy {
                object: object.name.clone(),
                id: row.id.clone(),
                field: other.name.clone(),
                road,
                because,
            });
        }
    }
    copies
}

/// One spelling for values that say the same: digits of a phone, small letters of a text.
fn spelling(field: &Field, value: &Value) -> String {
    let text = canonical(&field.field_type, value);
    if field.field_type == "phone" {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return digits.chars().rev().take(10).collect();
    }
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn road(
    own: &Row,
    field: &Field,
    row: &Row,
    object: &Object,
    other: &Field,
    claimed: &Value,
) -> (CopyRoad, String) {
    let is_mirror = |contact: &Row, account: &Row| {
        contact.flag("IsPersonAccount") && contact.lookup("AccountId").as_ref() == Some(&account.id)
    };
    let mirror = match (own.object.as_str(), row.object.as_str()) {
        ("Account", "Contact") if is_mirror(row, own) => {
            change::mirrored(&field.name).as_deref() == Some(other.name.as_str())
        }
        ("Contact", "Account") if is_mirror(own, row) => {
            change::mirrored(&other.name).as_deref() == Some(field.name.as_str())
        }
        _ => false,
    };
    if mirror {
        return (CopyRoad::Follows, "It is the other half of the same person account.".to_owned());
    }
    let person_field =
        if own.object == "Account" { change::mirrored(&field.name) } else { Some(field.name.clone()) };
    let (person, object_name) = match own.lookup("PersonContactId") {
        Some(contact) if own.object == "Account" => (contact, "Contact"),
        _ => (own.id.clone(), own.object.as_str()),
    };
    let copied = person_field.is_some_and(|name| {
        let mut all = followers(object_name, &name).into_iter();
        all.any(|it| {
            it.object == row.object
                && it.field == other.name
                && row.lookup(it.lookup).as_ref() == Some(&person)
        })
    });
    if copied {
        return (CopyRoad::Follows, "Salesforce copies it from the contested record.".to_owned());
    }
    if other.calculated {
        return (CopyRoad::Follows, "It is a formula and follows the fields it is made of.".to_owned());
    }
    if row.flag("IsConverted") {
        return (CopyRoad::ByHand, "A converted lead is read-only.".to_owned());
    }
    match change::unfit(object, &other.name, claimed) {
        Some(because) => (CopyRoad::ByHand, because),
        None => (CopyRoad::Proposed, "The same value stands in this field of the same person.".to_owned()),
    }
}
