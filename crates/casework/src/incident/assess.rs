//! From what scope counted and the officer knows to the facts that the law book asks for; what is not known becomes a question.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use super::persons::Sure;
use super::residence::Place;
use super::scope::{Group, Numbers, Scope, UNKNOWN};

/// Which of the three numbers the law is asked with. Statutes say "reasonably believed": probable.
pub const USUAL: Sure = Sure::Probable;

/// What the program knows without being told.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    pub zone: String,
    pub today: String,
    /// RFC 3339.
    pub discovered_at: String,
    /// The first taking of a confirmed finding.
    pub occurred_from: Option<String>,
    pub scope: Option<&'a Scope>,
    /// Jurisdictions of the law book.
    pub places: &'a BTreeSet<String>,
}

/// A fact that decides something and that nobody gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "FactQuestion")]
pub struct Question {
    pub fact: String,
    pub question: String,
    pub decides: String,
}

/// The facts for the law book, and where they came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    pub facts: Value,
    /// Facts that scope or the incident supplied.
    pub supplied: Vec<String>,
    pub questions: Vec<Question>,
    /// People in places that the law book does not know.
    pub elsewhere: BTreeMap<String, u64>,
    /// People of whom nobody knows where they live.
    pub unknown_residence: u64,
}

/// A fact, the question that asks for it, and what its answer decides.
const ASKED: [(&str, &str, &str); 9] = [
    (
        "role",
        "Does the business own the data (`owner`), or hold it for somebody else (`maintainer`)?",
        "Who must tell whom: a maintainer tells the owner, at once.",
    ),
    (
        "determined_at",
        "When was it determined that a breach happened?",
        "Clocks of the states that count from the determination.",
    ),
    (
        "good_faith",
        "Was it an employee or agent acting in good faith?",
        "Whether it is a breach at all in most states.",
    ),
    (
        "harm",
        "Is harm to the people likely or unlikely, after an investigation?",
        "States with a harm test; never the others.",
    ),
    ("high_risk", "Is the risk to people in Europe high?", "Whether people are told under the GDPR."),
    (
        "inadvertent_by_authorised_person",
        "Did an authorised person disclose it inadvertently?",
        "The narrow exemption of New York.",
    ),
    (
        "covered_entities",
        "Which particular rules reach the business (hipaa, nydfs, sec, ca-clinic, glba, bank, ftc-phr, reg-sp, me-dpfr, vt-dfr)?",
        "Federal and sector regulators.",
    ),
    ("information_broker", "Is the business an information broker?", "Georgia tells nobody else's."),
    (
        "furnished_mailbox",
        "Does the business provide the mailboxes that were taken?",
        "Whether notice may go to them.",
    ),
];

/// Puts together what the officer gave and what is known. What the officer gave stands.
pub fn merge(given: &Map<String, Value>, known: &Known<'_>, sure: Sure) -> Merged {
    let mut facts = given.clone();
    let mut it = Merged::default();
    let absent = |facts: &Map<String, Value>, key: &str| facts.get(key).is_none_or(Value::is_null);
    let mut supply = |facts: &mut Map<String, Value>, key: &str, value: Value| {
        if absent(facts, key) && !value.is_null() {
            facts.insert(key.to_owned(), value);
            it.supplied.push(key.to_owned());
        }
    };
    supply(&mut facts, "family", json!("breach"));
    supply(&mut facts, "zone", json!(known.zone));
    supply(&mut facts, "today", json!(known.today));
    if absent(&facts, "told_by_vendor_at") {
        supply(&mut facts, "discovered_at", json!(known.discovered_at));
    }
    supply(&mut facts, "occurred_from", json!(known.occurred_from));
    if let Some(scope) = known.scope {
        let whose = ["elements", "residents", "groups"];
        if whose.iter().all(|key| absent(&facts, key)) {
            supply(&mut facts, "groups", groups(scope, sure, known.places, &mut it.elsewhere));
        } else if absent(&facts, "groups") {
            supply(&mut facts, "elements", json!(elements(scope, sure)));
            let all: BTreeMap<String, u64> =
                scope.residents.iter().map(|(place, it)| (place.clone(), of(&it.numbers, sure))).collect();
            let counted = by_law(&all, known.places, &mut it.elsewhere);
            supply(&mut facts, "residents", json!(counted));
        }
        if absent(&facts, "encryption")
            && scope.elements.values().all(|it| it.encrypted_only == 0)
            && !scope.elements.is_empty()
        {
            supply(&mut facts, "encryption", json!({ "encrypted": false, "key_acquired": null }));
        }
        if it.supplied.iter().any(|key| key == "groups" || key == "residents") {
            it.unknown_residence = scope.residents.get(UNKNOWN).map_or(0, |it| of(&it.numbers, sure));
        }
    }
    it.questions = questions(&facts, it.unknown_residence, &it.elsewhere);
    it.facts = Value::Object(facts);
    it
}

fn of(numbers: &Numbers, sure: Sure) -> u64 {
    match sure {
        Sure::Proved => numbers.proved,
        Sure::Probable => numbers.probable,
        Sure::UpperBound => numbers.upper_bound,
    }
}

/// Elements that at least one person lost.
pub fn elements(scope: &Scope, sure: Sure) -> BTreeSet<String> {
    scope.elements.iter().filter(|(_, it)| of(&it.numbers, sure) > 0).map(|(key, _)| key.clone()).collect()
}

/// People by jurisdiction of the law book; those whose place it does not know, and those without a place, are left out.
fn by_law(
    residents: &BTreeMap<String, u64>,
    places: &BTreeSet<String>,
    elsewhere: &mut BTreeMap<String, u64>,
) -> BTreeMap<String, u64> {
    let mut counted = BTreeMap::new();
    for (place, count) in residents.iter().filter(|(place, count)| *place != UNKNOWN && **count > 0) {
        let law = Place::jurisdiction(place);
        if places.contains(law) {
            *counted.entry(law.to_owned()).or_insert(0) += count;
        } else {
            *elsewhere.entry(place.clone()).or_insert(0) += count;
        }
    }
    counted
}

fn groups(
    scope: &Scope,
    sure: Sure,
    places: &BTreeSet<String>,
    elsewhere: &mut BTreeMap<String, u64>,
) -> Value {
    let groups: &[Group] = match sure {
        Sure::Proved => &scope.groups.proved,
        Sure::Probable => &scope.groups.probable,
        Sure::UpperBound => &scope.groups.upper_bound,
    };
    let listed: Vec<Value> = groups
        .iter()
        .map(|group| json!({ "elements": group.elements, "residents": by_law(&group.residents, places, elsewhere) }))
        .collect();
    json!(listed)
}

fn questions(facts: &Map<String, Value>, unknown: u64, elsewhere: &BTreeMap<String, u64>) -> Vec<Question> {
    let mut all: Vec<Question> = Vec::new();
    let mut ask = |fact: &str, question: &str, decides: &str| {
        all.push(Question {
            fact: fact.to_owned(),
            question: question.to_owned(),
            decides: decides.to_owned(),
        });
    };
    let missing = |key: &str| facts.get(key).is_none_or(|it| it.is_null() || *it == json!("unknown"));
    for (fact, question, decides) in ASKED {
        if missing(fact) {
            ask(fact, question, decides);
        }
    }
    let within =
        |key: &str, part: &str| facts.get(key).and_then(|it| it.get(part)).is_none_or(Value::is_null);
    if within("encryption", "encrypted") {
        ask(
            "encryption.encrypted",
            "Was the data encrypted where it was taken?",
            "Whether it counts, in nearly every state.",
        );
    } else if facts.get("encryption").and_then(|it| it.get("encrypted")) == Some(&json!(true))
        && within("encryption", "key_acquired")
    {
        ask("encryption.key_acquired", "Was the key taken too?", "Whether encryption helps.");
    }
    if missing("groups") && (missing("elements") || missing("residents")) {
        ask(
            "residents",
            "Whose data was taken: how many people in which state, and what of them?",
            "Nearly everything. `habeas incident scope` counts them.",
        );
    }
    let null_counts = facts
        .get("residents")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(_, it)| it.is_null());
    for (place, _) in null_counts {
        ask(
            &format!("residents.{place}"),
            &format!("How many people live in {place}?"),
            "Duties that begin at a number there.",
        );
    }
    if unknown > 0 {
        ask(
            "residents",
            &format!("Where do the {unknown} people live of whom no address, postal code or phone tells?"),
            "Every duty that begins at a number; they are counted in no state.",
        );
    }
    for (place, count) in elsewhere {
        ask(
            &format!("residents.{place}"),
            &format!("What does the law of {place} ask for {count} people there?"),
            "The law book does not hold it.",
        );
    }
    all
}

/// Facts that are for this program and not for the law book.
pub const OWN: [&str; 5] = ["severity", "exposure", "decisions", "harm_memo", "count"];

/// A harm test of a law, as its rule states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarmTest {
    pub jurisdiction: String,
    pub rule: String,
    /// `definitional`, `exemption`, `narrow`; `none` where harm plays no part.
    pub kind: String,
    pub standard: Option<String>,
    pub record_years: Option<u64>,
    /// Another trigger of the law asks for no harm.
    pub second_trigger: bool,
}

/// The officer's decision not to notify under one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NotToNotify {
    /// The duty's rule.
    pub rule: String,
    pub because: String,
    pub by: String,
    /// A day or a time.
    pub at: String,
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// What becomes of such a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "DecidedNotToNotify")]
pub struct Decided {
    #[serde(flatten)]
    #[ts(flatten)]
    pub decision: NotToNotify,
    /// Whether the law leaves room for it.
    pub stands: bool,
    pub why: String,
    pub standard: Option<String>,
    /// For how many years the record is kept.
    pub record_years: Option<u64>,
    /// Recipients who must be told that nobody is told.
    pub tell: Vec<String>,
}

/// Whether decisions stand: only where the law itself leaves the question to a judgment, and for duties that the facts touch.
/// `harm` tells the harm test of the law of a duty's rule. `duties` are as the law book answered.
pub fn decided(
    given: &[NotToNotify],
    duties: &[Value],
    harm: &dyn Fn(&str) -> Option<HarmTest>,
) -> Vec<Decided> {
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    given
        .iter()
        .map(|decision| {
            let duty = duties.iter().find(|it| text(it, "rule") == decision.rule);
            let test = harm(&decision.rule);
            let state = duty.map(|it| text(it, "state")).unwrap_or_default();
            let (stands, why) = match (duty, &test) {
                (None, _) => (false, "The facts touch no duty under this rule; there is nothing to decide.".to_owned()),
                (Some(_), _) if state == "not_owed" => (true, "The law asks nothing here; the decision is kept with the reason.".to_owned()),
                (Some(_), Some(test)) if test.second_trigger => (false, "Another trigger of this law has no harm test: the duty stands.".to_owned()),
                (Some(_), Some(test)) if test.kind != "none" => (true, "The law leaves it to a finding of harm, which is recorded with its standard, finder and evidence.".to_owned()),
                (Some(_), _) if state == "review" => (true, "The law book leaves this duty to a person's decision.".to_owned()),
                (Some(_), _) => (false, "This law has no harm test: no decision switches the duty off.".to_owned()),
            };
            let place = duty.map(|it| text(it, "jurisdiction")).unwrap_or_default();
            let told = duties.iter().filter(|it| {
                stands && text(it, "jurisdiction") == place && text(it, "rule").contains("no-harm") && text(it, "state") != "not_owed"
            });
            Decided {
                decision: decision.clone(),
                stands,
                why,
                tell: told.map(|it| text(it, "recipient")).collect(),
                standard: test.as_ref().and_then(|it| it.standard.clone()),
                record_years: test.and_then(|it| it.record_years),
            }
        })
        .collect()
}

/// One thing that is another than at the last assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// A rule with its recipient, a fact, or a result.
    pub what: String,
    pub part: String,
    pub before: Value,
    pub now: Value,
}

/// What changed between two assessments.
pub fn changes(before: &Value, now: &Value) -> Vec<Change> {
    let mut all = Vec::new();
    let duties = |of: &Value| -> BTreeMap<String, Value> {
        let list = of.get("duties").and_then(Value::as_array).cloned().unwrap_or_default();
        let key = |it: &Value| format!("{} → {}", text(it, "rule"), text(it, "recipient"));
        list.into_iter().map(|it| (key(&it), it)).collect()
    };
    let (old, new) = (duties(before), duties(now));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        for part in ["state", "due", "done_on"] {
            let of = |all: &BTreeMap<String, Value>| {
                all.get(name).and_then(|it| it.get(part)).cloned().unwrap_or_default()
            };
            note(&mut all, name, part, of(&old), of(&new));
        }
    }
    for (what, at) in [
        ("severity", "/severity/enisa/level"),
        ("severity score", "/severity/enisa/se"),
        ("exposure, least", "/exposure/min"),
        ("exposure, most", "/exposure/max"),
    ] {
        let of = |it: &Value| it.pointer(at).cloned().unwrap_or_default();
        note(&mut all, what, "value", of(before), of(now));
    }
    let facts = |it: &Value| it.get("facts").and_then(Value::as_object).cloned().unwrap_or_default();
    let (old, new) = (facts(before), facts(now));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).filter(|it| *it != "today").collect();
    for name in names {
        let of = |all: &Map<String, Value>| all.get(name).cloned().unwrap_or_default();
        note(&mut all, name, "fact", of(&old), of(&new));
    }
    all
}

fn text<'a>(it: &'a Value, key: &str) -> &'a str {
    it.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn note(all: &mut Vec<Change>, what: &str, part: &str, before: Value, now: Value) {
    if before != now {
        all.push(Change { what: what.to_owned(), part: part.to_owned(), before, now });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::scope::{ElementNumbers, Groups, Residents};

    fn scope() -> Scope {
        let numbers = |n| Numbers { proved: n, probable: n + 1, upper_bound: n + 5 };
        let residents = |n| Residents { numbers: numbers(n), ..Residents::default() };
        let group = |n| Group {
            elements: vec!["name".into(), "ssn".into()],
            residents: BTreeMap::from([
                ("US-CA".to_owned(), n),
                ("DE".to_owned(), 3),
                ("MX".to_owned(), 1),
                (UNKNOWN.to_owned(), 2),
            ]),
        };
        Scope {
            residents: BTreeMap::from([
                ("US-CA".to_owned(), residents(700)),
                (UNKNOWN.to_owned(), residents(1)),
            ]),
            elements: BTreeMap::from([(
                "ssn".to_owned(),
                ElementNumbers { numbers: numbers(700), encrypted_only: 0 },
            )]),
            groups: Groups { probable: vec![group(701)], ..Groups::default() },
            ..Scope::default()
        }
    }

    fn merged(given: Value, scope: Option<&Scope>) -> Merged {
        let places = ["US-CA", "US-TX", "EU"].into_iter().map(str::to_owned).collect();
        let known = Known {
            zone: "America/Los_Angeles".into(),
            today: "2026-11-22".into(),
            discovered_at: "2026-10-22T17:00:00Z".into(),
            occurred_from: None,
            scope,
            places: &places,
        };
        merge(given.as_object().unwrap(), &known, USUAL)
    }

    #[test]
    fn scope_supplies_what_the_officer_did_not_give() {
        let it = merged(json!({ "role": "owner" }), Some(&scope()));
        assert_eq!(
            it.facts["groups"],
            json!([{ "elements": ["name", "ssn"], "residents": { "EU": 3, "US-CA": 701 } }])
        );
        assert_eq!(it.facts["encryption"]["encrypted"], false);
        assert_eq!(it.elsewhere, BTreeMap::from([("MX".to_owned(), 1)]));
        assert_eq!(it.unknown_residence, 2);
        let asked: Vec<&str> = it.questions.iter().map(|it| it.fact.as_str()).collect();
        assert!(
            asked.contains(&"residents")
                && asked.contains(&"residents.MX")
                && asked.contains(&"harm")
                && !asked.contains(&"role")
        );
    }

    #[test]
    fn what_the_officer_gave_stands_and_unknown_stays_unknown() {
        let it = merged(json!({ "residents": { "US-CA": null, "US-TX": 12 } }), Some(&scope()));
        assert_eq!(it.facts["residents"], json!({ "US-CA": null, "US-TX": 12 }));
        assert_eq!(it.facts["elements"], json!(["ssn"]));
        assert!(it.facts.get("groups").is_none());
        assert!(it.questions.iter().any(|it| it.fact == "residents.US-CA"));
        let bare = merged(json!({}), None);
        assert!(bare.questions.iter().any(|it| it.fact == "residents"));
        assert!(bare.facts.get("encryption").is_none());
    }

    #[test]
    fn no_decision_switches_off_a_duty_without_a_harm_test() {
        let duty = |rule: &str, state: &str| json!({ "rule": rule, "state": state, "jurisdiction": "US-FL", "recipient": "x" });
        let duties = [
            duty("us-fl.breach.residents", "owed"),
            duty("us-ca.breach.residents", "owed"),
            duty("us-fl.breach.no-harm", "contingent"),
        ];
        let harm = |rule: &str| {
            Some(HarmTest {
                jurisdiction: "US-FL".into(),
                rule: rule.into(),
                kind: if rule.starts_with("us-fl") { "exemption" } else { "none" }.into(),
                standard: Some("§ 1".into()),
                record_years: Some(5),
                second_trigger: false,
            })
        };
        let one = |rule: &str| NotToNotify {
            rule: rule.into(),
            because: "x".into(),
            by: "R. A.".into(),
            at: "2026-11-01".into(),
            evidence: vec![],
        };
        let all = decided(
            &[one("us-fl.breach.residents"), one("us-ca.breach.residents"), one("us-tx.x")],
            &duties,
            &harm,
        );
        let stands: Vec<bool> = all.iter().map(|it| it.stands).collect();
        assert_eq!(stands, [true, false, false]);
        assert_eq!((all[0].record_years, all[0].tell.as_slice()), (Some(5), ["x".to_owned()].as_slice()));
    }

    #[test]
    fn the_next_assessment_says_what_changed() {
        let at = |state: &str, ca: u64| {
            json!({
                "duties": [{ "rule": "us-ca.breach.ag-sample", "recipient": "us-ca-ag", "state": state, "due": null }],
                "facts": { "today": state, "residents": { "US-CA": ca } },
            })
        };
        assert!(changes(&at("owed", 1), &at("owed", 1)).is_empty());
        let all = changes(&at("not_owed", 499), &at("owed", 501));
        let what: Vec<(&str, &str)> = all.iter().map(|it| (it.what.as_str(), it.part.as_str())).collect();
        assert_eq!(what, [("us-ca.breach.ag-sample → us-ca-ag", "state"), ("residents", "fact")]);
    }
}
