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
    let recipient =
        ["provider", "add", "Mailhouse Example", "--role", "service-provider", "--contract", "DPA 2026-03"];
    let reached = ["--channel", "privacy@mailhouse.example.com", "--systems", "Mail Connector"];
    desk.done(&[&recipient[..], &reached].concat());
    let window = unlocked(&desk, false);
    let wanted = json!({ "filter": "opt out", "kind": "", "stage": "", "org": "" });
    answers(&window, &[("save_view", &json!({ "name": "Opt-outs", "of": wanted }))]);
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
        ("providers", &json!({})),
        ("saved_views", &json!({})),
        ("orgs", &json!({})),
        ("grounds_to_keep", &json!({})),
        ("law_rules", &json!({})),
        ("law_calendars", &json!({})),
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

#[test]
fn the_incident_that_the_screens_are_tested_with_has_the_shape_that_the_window_answers() {
    let org = PracticeOrg::serve(&[]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let (incident, finding) = leak(&desk);
    let window = unlocked(&desk, false);
    let of = json!({ "incident": incident });
    let with = |key: &str, value: Value| {
        let mut of = of.clone();
        of[key] = value;
        of
    };
    let said = short_answers(
        &window,
        6,
        [
            ("incidents", json!({})),
            ("incident", of.clone()),
            ("incident_terms", json!({})),
            ("incident_found", with("strength", json!("strong"))),
            ("finding_evidence", with("finding", json!(finding))),
            ("incident_chronicle", of.clone()),
            ("incident_scope", of.clone()),
            ("incident_persons", with("place", Value::Null)),
            ("incident_facts", of.clone()),
            ("latest_assessment", of.clone()),
            ("notices", with("spanish", json!(true))),
            ("incident_register", of.clone()),
            ("incident_ledger", of.clone()),
            ("exercise", of.clone()),
            ("notice_people", with("place", json!("US-WA"))),
        ],
    );
    let of_org = json!({ "org": "practice", "incident": incident, "object": "Contact" });
    let mapped = short_answers(
        &window,
        4,
        [("maps", json!({})), ("map_overview", of_org.clone()), ("map_object", of_org)],
    );
    let map = self::kept("map.json", &mapped);
    let told = differences("", &map, &mapped);
    assert!(told.is_empty(), "map.json is stale; write it anew as the head of this file says: {told:?}");
    let kept = kept("incident.json", &said);
    let told = differences("", &kept, &said);
    assert!(told.is_empty(), "incident.json is stale; write it anew as the head of this file says: {told:?}");
}

/// The practice theft, by the command line, from its logs to drafted notices; and one of its findings.
fn leak(desk: &Desk) -> (String, String) {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let logs = desk.path("logs");
    desk.done(&["practice", "incident", "--logs", "all", "--to", &logs]);
    let open = ["incident", "open", "--title", "A token was stolen", "--discovered-at"];
    let opened = desk.done(&[&open[..], &["2026-10-28T16:00:00Z", "--org", "practice"]].concat());
    let incident = text(&opened.view["incident"]);
    desk.done(&["incident", "gather", &incident, "--logs", &logs]);
    let found = desk.done(&["incident", "find", &incident, "--strength", "strong"]).view;
    let findings: Vec<String> =
        found["findings"].as_array().into_iter().flatten().map(|it| text(&it["finding"])).collect();
    for finding in &findings {
        let because = "Its maker never calls from there.";
        desk.done(&["incident", "confirm", &incident, "--finding", finding, "--because", because]);
    }
    desk.done(&["incident", "scope", &incident]);
    let facts = desk.write(
        "facts.json",
        json!({ "role": "owner", "encryption": { "encrypted": false }, "good_faith": false, "harm": "likely",
            "furnished_mailbox": false, "covered_entities": [],
            "decisions": [{ "rule": "us-or.breach.ag", "because": "Nobody of them was touched.", "by": "Ada Berg, officer",
                "at": "2026-11-01" }] })
        .to_string(),
    );
    desk.done(&["incident", "assess", &incident, "--facts", &facts]);
    let mut draft = vec!["incident", "draft", &incident, "--to"];
    let letters = desk.path("letters");
    draft.push(&letters);
    for said in
        ["what_happened=Somebody used a stolen key.", "doing=We changed it.", "doing.plain=We help you."]
    {
        draft.extend(["--set", said]);
    }
    draft.extend(["--set", "service=Harbor Identity Watch", "--set", "enroll=harbor.example/enroll"]);
    desk.done(&draft);
    desk.done(&["map", "build", "practice"]);
    let exercise = desk.done(&["incident", "exercise", &incident]).view;
    let first = text(&exercise["next"]);
    let option = text(&exercise["questions"][0]["options"][0]);
    desk.done(&["incident", "exercise", &incident, "--question", &first, "--answer", &option]);
    (incident, findings.into_iter().next().unwrap_or_default())
}

/// The same with every list cut short, down to this depth.
fn short_answers<const N: usize>(window: &Browser, depth: u32, asked: [(&str, Value); N]) -> Value {
    let said: Map<String, Value> = asked
        .into_iter()
        .map(|(command, arguments)| {
            let script = format!(
                "const short = (it, depth) => !it || typeof it !== 'object' || depth === 0 ? it : Array.isArray(it) ? \
                 it.slice(0, 8).map((one) => short(one, depth - 1)) : \
                 Object.fromEntries(Object.entries(it).map(([key, one]) => [key, short(one, depth - 1)])); \
                 return window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then((it) => short(it, {depth}));"
            );
            (command.to_owned(), window.script(&script))
        })
        .collect();
    Value::Object(said)
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
