//! What holds for the facts of every breach, whatever they are.
#![allow(clippy::expect_used, reason = "helpers of tests; clippy excuses only the test functions")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

const ELEMENTS: &[&str] = &[
    "name",
    "ssn",
    "dl",
    "tin",
    "gov_id",
    "account",
    "account_code",
    "medical",
    "health_ins",
    "biometric",
    "username",
    "email",
    "password",
    "dob",
    "location",
];
const PLACES: &[&str] = &[
    "US-CA", "US-TX", "US-NY", "US-MA", "US-VT", "US-GA", "US-ME", "US-PA", "US-MN", "US-AK", "US-PR", "EU",
    "GB", "CA",
];
const COVERED: &[&str] =
    &["hipaa", "nydfs", "sec", "ca-clinic", "glba", "bank", "ftc-phr", "reg-sp", "me-dpfr", "vt-dfr"];
/// Numbers on both sides of every threshold.
const COUNTS: &[u64] = &[1, 49, 50, 249, 250, 251, 499, 500, 501, 999, 1000, 1001, 5001, 10001];
/// Facts that are properties: without them something is not known.
const PROPERTIES: &[&str] = &[
    "role",
    "elements",
    "residents",
    "encryption",
    "good_faith",
    "harm",
    "high_risk",
    "inadvertent_by_authorised_person",
    "information_broker",
    "covered_entities",
    "furnished_mailbox",
];

fn facts() -> impl Strategy<Value = Value> {
    let residents = prop::collection::btree_map(select(PLACES), select(COUNTS), 1..6);
    let elements = subsequence(ELEMENTS, 1..ELEMENTS.len());
    let covered = subsequence(COVERED, 0..4);
    let bools = prop::array::uniform7(any::<bool>());
    let words = (select(vec!["owner", "maintainer"]), select(vec!["likely", "unlikely"]));
    (residents, elements, covered, bools, words, prop::option::of(10_u32..28)).prop_map(
        |(residents, elements, covered, bools, (role, harm), told)| {
            let [encrypted, key, good_faith, high, inadvertent, broker, mailbox] = bools;
            json!({
                "family": "breach", "zone": "America/New_York", "role": role, "today": "2026-07-01",
                "discovered_at": "2026-06-01T09:00", "determined_at": "2026-06-03T09:00",
                "consumers_told_at": told.map(|day| format!("2026-06-{day}T10:00")).into_iter().collect::<Vec<_>>(),
                "elements": elements, "residents": residents,
                "encryption": {"encrypted": encrypted, "key_acquired": key}, "good_faith": good_faith && high,
                "harm": harm, "high_risk": high, "inadvertent_by_authorised_person": inadvertent,
                "information_broker": broker, "furnished_mailbox": mailbox, "covered_entities": covered,
            })
        },
    )
}

/// By rule: state and due day.
fn duties(facts: &Value) -> BTreeMap<String, (String, Value)> {
    let answer = serde_json::to_value(law::duties(facts).expect("the facts can be read")).expect("JSON");
    let duties = answer["duties"].as_array().cloned().unwrap_or_default();
    let by_rule: BTreeMap<_, _> = duties
        .iter()
        .map(|it| {
            let word = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
            (word("rule"), (word("state"), it["due"].clone()))
        })
        .collect();
    assert_eq!(by_rule.len(), duties.len(), "a rule stands there twice");
    by_rule
}

/// The rules under which there is or may be something to do.
fn open(duties: &BTreeMap<String, (String, Value)>) -> BTreeSet<&str> {
    let closed = |state: &str| matches!(state, "not_owed" | "not_in_force");
    duties.iter().filter(|(_, (state, _))| !closed(state)).map(|(rule, _)| rule.as_str()).collect()
}

/// A notice that nobody is told follows the decision that harm is unlikely; until somebody says so there is nothing to report.
fn follows_a_decision(rule: &str) -> bool {
    rule.ends_with("-no-harm")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_not_known_never_takes_a_duty_away(
        facts in facts(),
        unknown in subsequence(PROPERTIES, 1..PROPERTIES.len()),
    ) {
        let known = duties(&facts);
        let mut less = facts.clone();
        for property in &unknown {
            less[*property] = Value::Null;
        }
        let masked = duties(&less);
        let masked = open(&masked);
        for rule in open(&known).into_iter().filter(|it| !follows_a_decision(it)) {
            prop_assert!(masked.contains(rule), "{rule} is gone without {unknown:?}");
        }
    }

    #[test]
    fn a_number_that_is_not_known_never_takes_a_duty_away(facts in facts()) {
        let known = duties(&facts);
        let mut less = facts.clone();
        let residents = less["residents"].as_object_mut().expect("residents");
        residents.values_mut().for_each(|it| *it = Value::Null);
        let masked = duties(&less);
        let masked = open(&masked);
        for rule in open(&known) {
            prop_assert!(masked.contains(rule), "{rule} is gone");
        }
    }

    #[test]
    fn more_residents_never_take_a_duty_away(facts in facts(), place in select(PLACES), more in select(COUNTS)) {
        let before = duties(&facts);
        let mut larger = facts.clone();
        let have = larger["residents"][place].as_u64().unwrap_or(0);
        larger["residents"][place] = json!(have + more);
        let after = duties(&larger);
        let after = open(&after);
        // The yearly report of a small breach gives way to the one that goes out with the notices.
        for rule in open(&before).into_iter().filter(|it| !it.ends_with("-annual")) {
            prop_assert!(after.contains(rule), "{rule} is gone with {more} more in {place}");
        }
    }

    #[test]
    fn the_day_something_is_due_does_not_move_as_time_passes(facts in facts(), day in 1_u32..31) {
        let mut later = facts.clone();
        later["today"] = json!(format!("2027-03-{day:02}"));
        prop_assert_eq!(duties(&facts), duties(&later));
    }

    #[test]
    fn people_in_two_groups_count_as_if_they_were_in_one(facts in facts()) {
        let mut apart = facts.clone();
        let group = json!({"elements": facts["elements"], "residents": facts["residents"]});
        apart["groups"] = json!([group, {"elements": ["email"], "residents": {}}]);
        apart["elements"] = Value::Null;
        apart["residents"] = Value::Null;
        let (one, two) = (duties(&facts), duties(&apart));
        prop_assert_eq!(open(&one), open(&two));
    }
}
