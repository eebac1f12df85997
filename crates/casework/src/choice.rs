//! Choices: which fields and consent records say, in one org, that a person opted out of sale and sharing or limited the
//! use of sensitive information.

mod new;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::case::RequestKind;
use crate::change::{Change, OnlyIf, unfit};
use crate::found::Match;
use crate::review::{Decided, Decision};
use crate::row::Presence;
use crate::schema::{Field, Object, Schema};

pub use new::{Receipt, wishes};

/// What an org writes for each choice. The officer settles it; [`propose`] makes the first draft.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Mapping {
    pub opt_out: Vec<Rule>,
    pub limit: Vec<Rule>,
}

/// One field that a choice sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub object: String,
    pub field: String,
    pub value: Value,
    /// What an opt-in sets.
    pub back: Value,
    /// Only consent records whose purpose (`DataUsePurpose.Name`) contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purpose: Vec<String>,
    /// Where no consent record of a person speaks of such a purpose, one is made with these values beside the person, the
    /// purpose and `value`; without them none is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create: Option<BTreeMap<String, Value>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

/// A field that looks like a choice and is not proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotProposed {
    pub object: String,
    pub field: String,
    pub because: String,
}

const PEOPLE: [&str; 4] = ["Contact", "Lead", "Account", "Individual"];
const CONSENTS: [&str; 4] =
    ["ContactPointTypeConsent", "ContactPointConsent", "PartyConsent", "CommSubscriptionConsent"];
/// Objects in which a consent may be made, the one that speaks of no single channel first.
const MADE: [&str; 2] = ["PartyConsent", "ContactPointTypeConsent"];
const SALE_WORDS: [&str; 4] = ["sale", "sell", "shar", "cross-context"];
const LIMIT_WORDS: [&str; 2] = ["sensitive", "limit"];
const CHANNEL: &str = "It stops messages by one channel, not sale or sharing";

/// A draft from what the org shows.
///
/// The org's own checkboxes come first, then the flags of Individual and the consent records whose purpose speaks of sale,
/// sharing or sensitive data. The flags that stop one channel of messages are proposed for an opt-out only where the org has
/// nothing nearer.
pub fn propose(schema: &Schema) -> (Mapping, Vec<NotProposed>) {
    let mut mapping = Mapping::default();
    let mut channels = Vec::new();
    let mut left = Vec::new();
    for object in PEOPLE.iter().filter_map(|it| schema.object(it)) {
        for field in object.fields.iter().filter(|it| it.field_type == "boolean") {
            let rule = |because: &str| flag(object, field, because);
            match meaning(field) {
                Meaning::OptOut(because) => mapping.opt_out.push(rule(because)),
                Meaning::Limit(because) => mapping.limit.push(rule(because)),
                Meaning::Both(because) => {
                    mapping.opt_out.push(rule(because));
                    mapping.limit.push(rule(because));
                }
                Meaning::Channel => channels.push(rule(CHANNEL)),
                Meaning::Other(because) => left.push(not(object, field, because)),
                Meaning::None => {}
            }
        }
    }
    for object in CONSENTS.iter().filter_map(|it| schema.object(it)) {
        let (Some(status), Some(_)) =
            (object.field("PrivacyConsentStatus"), object.field("DataUsePurposeId"))
        else {
            continue;
        };
        let rule = |words: &[&str]| Rule {
            object: object.name.clone(),
            field: status.name.clone(),
            value: Value::from("OptOut"),
            back: Value::from("OptIn"),
            purpose: words.iter().map(|it| (*it).to_owned()).collect(),
            create: None,
            because: "Consent records whose purpose names it.".to_owned(),
        };
        mapping.opt_out.push(rule(&SALE_WORDS));
        mapping.limit.push(rule(&LIMIT_WORDS));
    }
    // A consent rule may find no record with such a purpose; only a flag is sure to be set.
    if mapping.opt_out.iter().all(|it| !it.purpose.is_empty()) {
        mapping.opt_out.append(&mut channels);
    }
    left.extend(channels.into_iter().map(|it| NotProposed {
        object: it.object,
        field: it.field,
        because: format!("{CHANNEL}."),
    }));
    for rules in [&mut mapping.opt_out, &mut mapping.limit] {
        new::propose(schema, rules);
        // What cannot be written is left out, but for the one place where a consent would be made: the plan says so then.
        rules.retain(|it| it.create.is_some() || writable(schema, it, &mut left));
    }
    (mapping, left)
}

enum Meaning {
    OptOut(&'static str),
    Limit(&'static str),
    Both(&'static str),
    Channel,
    Other(&'static str),
    None,
}

fn meaning(field: &Field) -> Meaning {
    let own = format!("{} {}", field.name, field.label).to_lowercase().replace(['_', '-'], " ");
    let says = |words: &[&str]| words.iter().any(|it| own.contains(it));
    match field.name.as_str() {
        "HasOptedOutTracking" => Meaning::OptOut("Tracking across contexts is sharing."),
        "HasOptedOutSolicit" => Meaning::OptOut("Offers of products and services rest on shared data."),
        "HasOptedOutProfiling" => Meaning::Both("Profiles serve advertising and infer sensitive traits."),
        "HasOptedOutProcessing" => Meaning::Limit("Use beyond what was asked for is to end."),
        "HasOptedOutGeoTracking" => Meaning::Limit("Precise geolocation is sensitive information."),
        "HasOptedOutOfEmail"
        | "HasOptedOutOfFax"
        | "DoNotCall"
        | "PersonHasOptedOutOfEmail"
        | "PersonHasOptedOutOfFax"
        | "PersonDoNotCall" => Meaning::Channel,
        "ShouldForget" => Meaning::Other("It asks for deletion."),
        // A person account's copy of a contact's field is set through the contact's own rule.
        name if name.ends_with("__pc") => Meaning::None,
        name if !name.ends_with("__c") => Meaning::None,
        _ if says(&["limit"]) && says(&["sensitive", "use", "spi"]) => {
            Meaning::Limit("The org's own checkbox.")
        }
        _ if says(&["sell", "sale", "share", "sharing"]) && says(&["not", "out", "stop", "no "]) => {
            Meaning::OptOut("The org's own checkbox.")
        }
        _ if says(&["ccpa", "cpra"]) && says(&["opt out", "optout"]) => {
            Meaning::OptOut("The org's own checkbox.")
        }
        _ if says(&["opt out", "optout", "opted out", "unsubscribe"]) => {
            Meaning::Other("Whether it speaks of sale or sharing is not clear from its name.")
        }
        _ => Meaning::None,
    }
}

fn flag(object: &Object, field: &Field, because: &str) -> Rule {
    Rule {
        object: object.name.clone(),
        field: field.name.clone(),
        value: Value::Bool(true),
        back: Value::Bool(false),
        purpose: Vec::new(),
        create: None,
        because: because.to_owned(),
    }
}

fn not(object: &Object, field: &Field, because: &str) -> NotProposed {
    NotProposed { object: object.name.clone(), field: field.name.clone(), because: because.to_owned() }
}

fn writable(schema: &Schema, rule: &Rule, left: &mut Vec<NotProposed>) -> bool {
    match schema.object(&rule.object).map(|it| unfit(it, &rule.field, &rule.value)) {
        Some(None) => true,
        Some(Some(because)) => {
            left.push(NotProposed { object: rule.object.clone(), field: rule.field.clone(), because });
            false
        }
        None => false,
    }
}

/// What is wrong with a mapping for this org, rule by rule.
pub fn faults(mapping: &Mapping, schema: &Schema) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in mapping.opt_out.iter().chain(&mapping.limit) {
        let place = format!("{}.{}", rule.object, rule.field);
        let Some(object) = schema.object(&rule.object) else {
            faults.push(format!("{place}: the signed-in user does not see this object"));
            continue;
        };
        for value in [&rule.value, &rule.back] {
            faults.extend(unfit(object, &rule.field, value).map(|because| format!("{place}: {because}")));
        }
        if !rule.purpose.is_empty() && object.field("DataUsePurposeId").is_none() {
            faults.push(format!("{place}: this object has no purpose to be chosen by"));
        }
        faults.extend(new::fault(object, rule).map(|because| format!("{place}: {because}")));
    }
    faults.dedup();
    faults
}

/// What the choice sets on the records that were decided to be the person's.
pub fn changes(kind: RequestKind, mapping: &Mapping, matches: &[Match], decided: &[Decided]) -> Vec<Change> {
    let (rules, back): (Vec<&Rule>, bool) = match kind {
        RequestKind::OptOut => (mapping.opt_out.iter().collect(), false),
        RequestKind::Limit => (mapping.limit.iter().collect(), false),
        RequestKind::OptIn => (mapping.opt_out.iter().chain(&mapping.limit).collect(), true),
        RequestKind::KnowCategories
        | RequestKind::KnowSpecific
        | RequestKind::Delete
        | RequestKind::Correct
        | RequestKind::AdmtAccess
        | RequestKind::AdmtOptOut => {
            return Vec::new();
        }
    };
    let mut changes: Vec<Change> = Vec::new();
    for it in matches.iter().filter(|it| is_theirs(it, decided)) {
        // A company's account speaks for many; only a person's own account carries a choice.
        let own = it.object != "Account" || it.person;
        for rule in rules.iter().filter(|rule| own && rule.object.eq_ignore_ascii_case(&it.object)) {
            if changes.iter().any(|held| held.id == it.id && held.field == rule.field) {
                continue;
            }
            changes.push(Change {
                object: it.object.clone(),
                id: it.id.clone(),
                field: rule.field.clone(),
                value: if back { rule.back.clone() } else { rule.value.clone() },
                because: because(kind).to_owned(),
                only_if: (!rule.purpose.is_empty()).then(|| OnlyIf {
                    field: "DataUsePurpose.Name".to_owned(),
                    contains: rule.purpose.clone(),
                }),
            });
        }
    }
    changes
}

/// Whether a live record was decided to be the person's.
fn is_theirs(it: &Match, decided: &[Decided]) -> bool {
    let said = decided.iter().find(|one| one.id == it.id).map(|one| one.decision);
    matches!(said, Some(Decision::Keep | Decision::Correct)) && it.presence == Presence::Live
}

fn because(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Limit => "The person limited the use of sensitive information.",
        RequestKind::OptIn => "The person opted in again.",
        _ => "The person opted out of sale and sharing.",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rehearse::world::{World, id};

    fn org() -> World {
        World::default()
            .object(
                "Contact",
                "003",
                &["LastName", "HasOptedOutOfEmail:boolean", "DoNotCall:boolean", "IndividualId->Individual"],
            )
            .object(
                "Individual",
                "0PK",
                &[
                    "LastName",
                    "HasOptedOutTracking:boolean",
                    "HasOptedOutProcessing:boolean",
                    "ShouldForget:boolean",
                ],
            )
            .object(
                "ContactPointTypeConsent",
                "0ZY",
                &["PartyId->Individual", "PrivacyConsentStatus:picklist", "DataUsePurposeId->DataUsePurpose"],
            )
    }

    fn names(rules: &[Rule]) -> Vec<String> {
        rules.iter().map(|it| format!("{}.{}", it.object, it.field)).collect()
    }

    #[test]
    fn the_draft_takes_what_speaks_of_sale_and_leaves_the_rest_with_a_reason() {
        let (mapping, left) = propose(&org().schema);
        assert_eq!(
            names(&mapping.opt_out),
            ["Individual.HasOptedOutTracking", "ContactPointTypeConsent.PrivacyConsentStatus"]
        );
        assert_eq!(
            names(&mapping.limit),
            ["Individual.HasOptedOutProcessing", "ContactPointTypeConsent.PrivacyConsentStatus"]
        );
        let left: Vec<&str> = left.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(left, ["ShouldForget", "HasOptedOutOfEmail", "DoNotCall"]);
        assert!(faults(&mapping, &org().schema).is_empty());
    }

    #[test]
    fn an_org_of_its_own_checkboxes_and_a_bare_one() {
        let own = World::default().object(
            "Lead",
            "00Q",
            &["LastName", "Do_Not_Sell__c:boolean", "Limit_Sensitive_Use__c:boolean", "DoNotCall:boolean"],
        );
        let (mapping, _) = propose(&own.schema);
        assert_eq!(
            (names(&mapping.opt_out), names(&mapping.limit)),
            (vec!["Lead.Do_Not_Sell__c".into()], vec!["Lead.Limit_Sensitive_Use__c".into()])
        );
        let bare = World::default().object("Lead", "00Q", &["LastName", "DoNotCall:boolean"]);
        assert_eq!(names(&propose(&bare.schema).0.opt_out), ["Lead.DoNotCall"], "there is nothing nearer");
    }

    #[test]
    fn only_records_that_are_theirs_are_set_and_an_opt_in_takes_it_back() {
        let world = org()
            .row("Individual", &id("0PK", 1), json!({"LastName": "Berg"}))
            .row("Individual", &id("0PK", 2), json!({"LastName": "Berg"}))
            .decide("Individual", &id("0PK", 1), Some(Decision::Keep))
            .decide("Individual", &id("0PK", 2), Some(Decision::NotThisPerson));
        let (mapping, _) = propose(&world.schema);
        let of = |kind| changes(kind, &mapping, &world.matches, &world.decided);
        let out = of(RequestKind::OptOut);
        assert_eq!((out.len(), &out[0].id, &out[0].value), (1, &id("0PK", 1), &json!(true)));
        let back = of(RequestKind::OptIn);
        assert_eq!(back.iter().map(|it| it.value.clone()).collect::<Vec<_>>(), [json!(false), json!(false)]);
        assert!(of(RequestKind::Delete).is_empty());
        let foreign = Mapping {
            opt_out: vec![Rule { object: "Robot__c".into(), ..mapping.opt_out[0].clone() }],
            limit: Vec::new(),
        };
        assert!(faults(&foreign, &world.schema)[0].contains("does not see this object"));
    }
}
