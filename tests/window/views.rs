//! What the tests of the screens are fed is what the desk and the window really say.
//!
//! `HABEAS_WRITE_TYPES=1 cargo test -p house-tests --test window views` writes the files anew.

use std::path::PathBuf;

use house_tests::{Desk, PracticeOrg};
use serde_json::{Map, Value, json};

use crate::browser::Browser;
use crate::steps::unlocked;

fn file(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/api/views")).join(name)
}

/// The file as it stands, after it was written anew where that was asked for.
fn kept(name: &str, said: &Value) -> Value {
    if std::env::var_os("HABEAS_WRITE_TYPES").is_some() {
        std::fs::write(file(name), format!("{said:#}\n")).expect("the views folder can be written");
    }
    serde_json::from_slice(&std::fs::read(file(name)).expect("the view is there")).expect("the view is JSON")
}

#[test]
fn the_requests_that_the_screens_are_tested_with_are_those_of_the_desk() {
    let (_org, desk) = crate::three_requests();
    let said = desk.done(&["request", "list"]).view["requests"].clone();
    let kept = kept("requests.json", &said);
    assert_eq!(kept, said, "requests.json is stale; write it anew as the head of this file says");
}

#[test]
fn the_case_that_the_screens_are_tested_with_has_the_shape_that_the_window_answers() {
    let (_org, desk) = crate::three_requests();
    desk.done(&["request", "review", "R-2026-0001", "--accept", "exact"]);
    desk.done(&["request", "rehearse", "R-2026-0001"]);
    let window = unlocked(&desk, false);
    let request = json!({ "request": "R-2026-0001" });
    let draft = json!({ "request": "R-2026-0001", "letter": "receipt", "language": "en" });
    let asked = [
        ("case_view", &request),
        ("found", &request),
        ("plan", &request),
        ("timeline", &request),
        ("letter_draft", &draft),
        ("agenda", &json!({})),
        ("settings", &json!({})),
        ("orgs", &json!({})),
        ("grounds_to_keep", &json!({})),
        ("law_rules", &json!({})),
    ];
    let said = answers(&window, &asked);
    let kept = kept("case.json", &said);
    // Days and counts are today's; keys and kinds of values are what a screen leans on.
    let told = differences("", &kept, &said);
    assert!(told.is_empty(), "case.json is stale; write it anew as the head of this file says: {told:?}");
}

#[test]
fn the_correction_that_the_screens_are_tested_with_has_the_shape_that_the_window_answers() {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/values", env!("CARGO_MANIFEST_DIR"))]);
    let desk = Desk::at(&org);
    let person = json!({ "names": ["Ana Lindqvist"], "emails": ["ana@old.example.com"], "phones": ["+1 415 555 0101"] });
    let request = desk.open("correct", &person);
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    desk.done(&["request", "locate", &request]);
    let item = |field: &str, claimed: &str, decision: &str| {
        json!({ "object": "Contact", "id": "0035g00000ANA01", "field": field, "claimed": claimed, "decision": decision,
            "because": "Her bill shows it.", "nature": "objective", "obtained": "typed by staff" })
    };
    let mut denied = item("LastName", "Berg", "deny");
    denied["basis"] = json!("accurate");
    denied["statement"] = json!("I have been called Berg since May.");
    let items = [item("Email", "ana.lindqvist@example.com", "grant"), denied];
    let file = desk.write("corrections.json", json!({ "corrections": items }).to_string());
    desk.done(&["request", "correct", &request, "--file", &file, "--with-copies"]);
    let rehearsed = desk.done(&["request", "rehearse", &request]).view;
    let plan = rehearsed["plan"]["digest"].as_str().unwrap_or_default();
    desk.done(&["request", "approve", &request, "--plan", plan]);
    desk.done(&["request", "carry-out", &request, "--plan", plan]);
    desk.done(&["request", "prove", &request]);
    let masks = desk.done(&["request", "masks", &request]).view;
    let window = unlocked(&desk, false);
    let asked = json!({ "request": request });
    let names = ["case_view", "found", "contests", "plan", "outcomes", "latest_proof"];
    let mut said = answers(&window, &names.map(|name| (name, &asked)));
    said["masks"] = masks;
    said["rehearse"] = rehearsed.clone();
    let kept = kept("correction.json", &said);
    let told = differences("", &kept, &said);
    assert!(
        told.is_empty(),
        "correction.json is stale; write it anew as the head of this file says: {told:?}"
    );
}

/// What the window answers to each command.
fn answers(window: &Browser, asked: &[(&str, &Value)]) -> Value {
    let said = asked.iter().map(|(command, arguments)| {
        let script = format!(
            "return window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then((it) => Array.isArray(it) ? it.slice(0, 8) : it);"
        );
        ((*command).to_owned(), window.script(&script))
    });
    Value::Object(said.collect::<Map<String, Value>>())
}

/// Where two answers differ in their keys or in the kind of a value; what is missing on either side says nothing.
fn differences(at: &str, one: &Value, other: &Value) -> Vec<String> {
    match (one, other) {
        (Value::Null, _) | (_, Value::Null) => Vec::new(),
        (Value::Object(one), Value::Object(other)) => {
            let mut told: Vec<String> = one
                .keys()
                .filter(|key| !other.contains_key(*key))
                .chain(other.keys().filter(|key| !one.contains_key(*key)))
                .map(|key| format!("{at}.{key} stands on one side only"))
                .collect();
            for (key, value) in one {
                told.extend(
                    other.get(key).into_iter().flat_map(|it| differences(&format!("{at}.{key}"), value, it)),
                );
            }
            told
        }
        (Value::Array(one), Value::Array(other)) => one
            .first()
            .zip(other.first())
            .map(|(one, other)| differences(&format!("{at}[]"), one, other))
            .unwrap_or_default(),
        (one, other) if std::mem::discriminant(one) != std::mem::discriminant(other) => {
            vec![format!("{at} is of another kind")]
        }
        _ => Vec::new(),
    }
}
