//! Facts that cannot be understood are refused with a sentence that names the fact; nothing is guessed.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests; clippy excuses only the test functions themselves"
)]

use serde_json::{Value, json};

fn facts() -> Value {
    json!({
        "family": "request", "kind": "KNOW_SPEC", "zone": "America/Los_Angeles", "today": "2026-12-01",
        "received_at": "2026-11-26T20:00:00-08:00", "answered_at": null, "extension_notice_sent_at": null,
        "earlier_requests": [{"kind": "CORRECT", "received_at": "2026-01-02T10:00:00-08:00",
            "decided_at": "2026-02-02T10:00:00-08:00", "outcome": "denied",
            "rediscovery_after_correction": false, "same_matter": true, "new_documents": false}],
        "requester": {"account_holder": false, "via": "self", "age_band": "adult", "household": false},
        "matched_points": 2, "signed_declaration": false, "range": {"from": null, "to": null}
    })
}

/// The good facts with one value put in its place.
fn with(pointer: &str, value: Value) -> Value {
    let mut facts = facts();
    match facts.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            facts.pointer_mut(parent).unwrap()[key] = value;
        }
    }
    facts
}

fn without(key: &str) -> Value {
    let mut facts = facts();
    facts.as_object_mut().unwrap().remove(key);
    facts
}

fn refused(facts: &Value, words: &[&str]) {
    let sentence = law::duties(facts).map(drop).unwrap_err().to_string();
    for word in words.iter().chain(&["Nothing was computed."]) {
        assert!(sentence.contains(word), "{word:?} is missing in: {sentence}");
    }
}

#[test]
fn the_facts_of_the_contract_are_taken_and_its_keys_are_all_there() {
    let answer = serde_json::to_value(law::duties(&facts()).unwrap()).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for duty in answer["duties"].as_array().unwrap() {
        for key in [
            "rule",
            "version",
            "jurisdiction",
            "duty",
            "recipient",
            "about",
            "state",
            "timing",
            "due",
            "lawful_last_day",
            "strict_alt",
            "safe_target",
            "internal_target",
            "starts_from",
            "projected",
            "done_on",
            "overdue_since",
            "threshold",
            "because",
            "citation",
            "cautions",
            "rule_file_sha256",
            "inputs",
            "path",
        ] {
            assert!(keys(duty).iter().any(|it| it == key), "{key} in {duty}");
        }
        assert!(keys(&duty["timing"]).iter().any(|it| it == "relative_to"));
        assert!(!duty["because"].as_array().unwrap().is_empty(), "{duty}");
        assert_eq!(duty["rule_file_sha256"].as_str().unwrap().len(), 64);
    }
    for key in [
        "identity",
        "verification_allowed",
        "fallback",
        "confirm_means",
        "scope",
        "scope_recommended",
        "lookback",
        "notice",
    ] {
        assert!(keys(&answer["requirements"]).iter().any(|it| it == key), "{key}");
    }
    assert_eq!(answer["requirements"]["fallback"], "KNOW_CAT");
    assert!(keys(&answer["amounts"]).starts_with(&["statutory".to_owned(), "stale".to_owned()]));
}

#[test]
fn a_time_without_an_offset_needs_a_zone() {
    let mut facts = with("/received_at", json!("2026-11-26T20:00:00"));
    law::duties(&facts).map(drop).unwrap();
    facts["zone"] = Value::Null;
    refused(&facts, &["received_at", "no offset", "zone"]);
    facts["received_at"] = json!("2026-11-26");
    refused(&facts, &["received_at", "zone"]);
}

#[test]
fn without_a_zone_days_are_counted_where_the_law_is_at_home_and_that_is_said() {
    let answer = law::duties(&without("zone")).unwrap();
    let answer_duty = answer.duties.iter().find(|it| it.rule == "us-ca.request.answer").unwrap();
    assert_eq!(answer_duty.due.unwrap().to_string(), "2027-01-10");
    assert!(answer_duty.cautions.iter().any(|it| it.contains("America/Los_Angeles")));
}

#[test]
fn impossible_times_are_refused() {
    for time in [
        "2026-02-30",
        "2026-02-30T10:00:00-08:00",
        "2026-13-01",
        "2026-11-26T25:00:00-08:00",
        "26 November 2026",
        "2026-11-26T10:00:00 PST",
        "",
        "2026-11-26T10",
        "1700000000",
        "2027-02-29",
    ] {
        refused(&with("/received_at", json!(time)), &["`received_at`"]);
    }
    refused(&with("/received_at", json!(1_700_000_000)), &["`received_at`"]);
    refused(&with("/today", json!("2026-11-31")), &["`today`"]);
    refused(
        &with("/earlier_requests/0/decided_at", json!("2026-02-30")),
        &["earlier_requests[0].decided_at"],
    );
    refused(&with("/range/from", json!("2026-02-30")), &["range.from"]);
    // The clocks skip this hour.
    refused(&with("/received_at", json!("2027-03-14T02:30:00")), &["`received_at`", "skip"]);
    // And show this one twice; either is the same day.
    law::duties(&with("/received_at", json!("2026-11-01T01:30:00"))).map(drop).unwrap();
}

#[test]
fn an_offset_is_taken_with_and_without_seconds() {
    for time in [
        "2026-11-27T04:00:00Z",
        "2026-11-26T20:00-08:00",
        "2026-11-27T05:00:00.5+01:00",
        "2026-11-26T20:00:00.000-08:00",
    ] {
        let answer = law::duties(&with("/received_at", json!(time))).unwrap();
        assert_eq!(answer.duties.get(1).unwrap().due.unwrap().to_string(), "2027-01-10", "{time}");
    }
}

#[test]
fn counts_are_whole_and_not_negative() {
    for count in [json!(-1), json!(1.5), json!("2"), json!(true)] {
        refused(&with("/matched_points", count), &["`matched_points`", "whole number"]);
    }
}

#[test]
fn unknown_words_and_keys_are_refused_by_name() {
    refused(&with("/kind", json!("FORGET")), &["`kind`", "FORGET"]);
    refused(&with("/family", json!("weather")), &["`family`", "weather"]);
    refused(&without("family"), &["`family`"]);
    refused(&without("kind"), &["kind"]);
    refused(&with("/colour", json!(1)), &["colour"]);
    refused(&with("/requester/colour", json!(1)), &["requester", "colour"]);
    refused(&with("/requester/via", json!("pigeon")), &["requester.via", "pigeon"]);
    refused(&with("/requester/age_band", json!("15-16")), &["requester.age_band", "15-16"]);
    refused(&with("/requester/household", json!("yes")), &["requester.household"]);
    refused(&with("/earlier_requests/0/kind", json!("NAP")), &["earlier_requests[0].kind", "NAP"]);
    refused(&with("/earlier_requests/0/outcome", json!("maybe")), &["earlier_requests[0].outcome", "maybe"]);
    refused(&with("/zone", json!("Mars/Olympus")), &["`zone`", "Mars/Olympus"]);
    refused(&with("/earlier_requests", json!({})), &["earlier_requests"]);
    for nothing in [json!([]), json!("family"), Value::Null, json!(7)] {
        refused(&nothing, &["`family`"]);
    }
}

#[test]
fn facts_that_contradict_each_other_are_refused() {
    refused(&with("/answered_at", json!("2026-11-25")), &["answered_at", "before", "2026-11-26"]);
    refused(&with("/extension_notice_sent_at", json!("2026-11-01")), &["extension_notice_sent_at"]);
    let mut unreceived = with("/answered_at", json!("2026-11-30"));
    unreceived["received_at"] = Value::Null;
    refused(&unreceived, &["answered_at", "received_at"]);
    refused(&with("/range", json!({"from": "2025-02-01", "to": "2025-01-31"})), &["range"]);
    refused(
        &with("/law_enforcement_hold", json!({"from": "2026-11-27"})),
        &["law_enforcement_hold", "deletions"],
    );
    let mut nothing = without("today");
    nothing["received_at"] = Value::Null;
    refused(&nothing, &["received_at", "today"]);
}

#[test]
fn today_changes_nothing_but_what_is_overdue() {
    let at = |today: &str| {
        let mut answer = serde_json::to_value(law::duties(&with("/today", json!(today))).unwrap()).unwrap();
        for duty in answer["duties"].as_array_mut().unwrap() {
            duty["overdue_since"] = Value::Null;
            duty["inputs"]["today"] = Value::Null;
            duty["cautions"] = Value::Null;
        }
        answer["amounts"]["stale"] = Value::Null;
        answer
    };
    assert_eq!(at("2026-11-27"), at("2028-06-01"));
}
