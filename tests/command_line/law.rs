//! The law book on the command line: no vault, no org.

use std::process::Command;

use house_tests::{Said, program};
use serde_json::{Value, json};

fn law(words: &[&str]) -> Said {
    Said::by(Command::new(program()).arg("law").args(words).arg("--json").env_remove("HABEAS_VAULT"))
}

fn facts(facts: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.json");
    std::fs::write(&path, facts).unwrap();
    (folder, path.to_str().unwrap().to_owned())
}

fn duties(document: &Value) -> Said {
    let (_folder, path) = facts(&document.to_string());
    law(&["duties", "--facts", &path])
}

fn v1() -> Value {
    json!({"family": "request", "kind": "KNOW_SPEC", "zone": "America/Los_Angeles", "today": "2026-12-10",
        "received_at": "2026-11-20T14:10:00-08:00", "matched_points": 2, "signed_declaration": false})
}

#[test]
fn the_first_worked_example_comes_out() {
    let said = duties(&v1());
    assert_eq!(said.code, 0, "{said:?}");
    let duty = |name: &str| {
        let all = said.view["duties"].as_array().unwrap();
        all.iter().find(|it| it["duty"] == name).unwrap_or_else(|| panic!("{name} in {all:?}")).clone()
    };
    assert_eq!(
        (&duty("acknowledge")["due"], &duty("acknowledge")["strict_alt"]),
        (&json!("2026-12-08"), &json!("2026-12-04"))
    );
    assert_eq!(duty("acknowledge")["overdue_since"], "2026-12-09");
    assert_eq!((&duty("answer")["due"], &duty("answer")["state"]), (&json!("2027-01-04"), &json!("owed")));
    assert_eq!(duty("answer_extended")["due"], "2027-02-18");
    assert_eq!(said.view["requirements"]["fallback"], "KNOW_CAT");
    assert_eq!(said.view["amounts"]["stale"], false);
}

#[test]
fn facts_that_cannot_be_used_are_a_problem_with_a_sentence() {
    for (pointer, value, word) in [
        ("zone", json!("Moon"), "`zone`"),
        ("received_at", json!("2026-02-30"), "`received_at`"),
        ("matched_points", json!(-1), "`matched_points`"),
        ("kind", json!("FORGET"), "`kind`"),
        ("colour", json!("red"), "colour"),
    ] {
        let mut facts = v1();
        facts[pointer] = value;
        let said = duties(&facts);
        assert_eq!((said.code, said.problem()), (1, "facts"), "{said:?}");
        let message = said.view["problem"]["message"].as_str().unwrap();
        assert!(message.contains(word) && message.contains("Nothing was computed"), "{message}");
        assert!(!said.view["problem"]["next_step"].as_str().unwrap().is_empty());
    }
    let (_folder, path) = facts("{\"family\": ");
    assert_eq!(law(&["duties", "--facts", &path]).problem(), "facts");
    let mut late = v1();
    late["received_at"] = json!("2031-01-02");
    assert_eq!(duties(&late).problem(), "calendar_ends");
    assert_eq!(law(&["duties", "--facts", "/nowhere/facts.json"]).problem(), "input_unreadable");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_facts() {
    let (_folder, path) = facts(&format!("\u{feff}{}", v1()));
    assert_eq!(law(&["duties", "--facts", &path]).code, 0);
}

#[test]
fn a_place_that_the_book_does_not_know_is_named_where_it_stands() {
    let breach = |more: Value| {
        let mut facts = json!({"family": "breach", "zone": "America/Los_Angeles"});
        facts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let said = duties(&facts);
        assert_eq!((said.code, said.problem()), (1, "facts"), "{said:?}");
        said.view["problem"]["message"].as_str().unwrap().to_owned()
    };
    let message = breach(json!({"residents": {"US-XX": 1}}));
    assert!(message.contains("`residents.US-XX`"), "{message}");
    let message = breach(json!({"groups": [{"elements": ["ssn"]}, {"residents": {"US-YY": 1}}]}));
    assert!(message.contains("`groups[1].residents.US-YY`"), "{message}");
}

#[test]
fn wrong_words_are_usage() {
    for words in [
        &["duties"][..],
        &["rule"],
        &["rule", "us-ca.request.answer", "--on", "soon"],
        &["calendar", "us-federal"],
        &["calendar", "us-federal", "--year", "next"],
        &["dance"],
    ] {
        let said = law(words);
        assert_eq!((said.code, said.problem()), (2, "usage"), "{words:?}");
    }
}

#[test]
fn a_rule_is_shown_in_the_version_of_a_day() {
    let said = law(&["rule", "us-ca.request.deletion-scope", "--on", "2026-12-31"]);
    assert_eq!((said.code, &said.view["body"]["scope"]), (0, &json!("from")));
    assert_eq!(law(&["rule", "us-ca.request.deletion-scope"]).view["body"]["scope"], "from_or_about");
    assert_eq!(
        law(&["rule", "us-ca.request.deletion-scope", "--on", "2010-01-01"]).problem(),
        "not_in_force"
    );
    assert_eq!(law(&["rule", "us-ca.request.dance"]).problem(), "unknown_rule");
}

#[test]
fn a_calendars_year_is_listed() {
    let said = law(&["calendar", "us-ca-state-office", "--year", "2026"]);
    let days: Vec<&str> =
        said.view["closed"].as_array().unwrap().iter().filter_map(|it| it["on"].as_str()).collect();
    assert_eq!(
        days.join(" "),
        "2026-01-01 2026-01-19 2026-02-16 2026-03-31 2026-05-25 2026-09-07 2026-11-11 2026-11-26 2026-11-27 2026-12-25"
    );
    assert_eq!(law(&["calendar", "us-ca-state-office", "--year", "2031"]).problem(), "calendar_ends");
    assert_eq!(law(&["calendar", "moon", "--year", "2026"]).problem(), "unknown_calendar");
}

#[test]
fn without_json_the_answer_is_a_table_a_person_can_read() {
    let (_folder, path) = facts(&v1().to_string());
    let said = Command::new(program()).args(["law", "duties", "--facts", &path]).output().unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    let line = text.lines().find(|it| it.contains("acknowledge") && it.contains("requester")).unwrap();
    assert!(line.contains("2026-12-08") && line.contains("overdue since 2026-12-09"), "{text}");
    assert!(text.contains("§ 7021(a)") && text.contains("KNOW_CAT"), "{text}");
}
