//! The road of a leak on the practice theft, from its logs to the sealed packet; and what the free logs alone can say.

use std::collections::BTreeMap;

use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn numbers(value: &Value) -> [u64; 3] {
    ["proved", "probable", "upper_bound"].map(|key| value[key].as_u64().expect(key))
}

/// An incident with the practice logs gathered and every strong finding confirmed.
fn confirmed(desk: &Desk, logs: &str) -> String {
    let folder = desk.path(&format!("logs-{logs}"));
    desk.done(&["practice", "incident", "--logs", logs, "--to", &folder]);
    let opened = desk.done(&[
        "incident",
        "open",
        "--title",
        "A token was stolen",
        "--discovered-at",
        "2026-10-28T16:00:00Z",
        "--org",
        "practice",
    ]);
    let incident = text(&opened.view["incident"]);
    desk.done(&["incident", "gather", &incident, "--logs", &folder]);
    let found = desk.done(&["incident", "find", &incident, "--strength", "strong"]).view;
    let findings = found["findings"].as_array().expect("findings");
    assert!(!findings.is_empty(), "{found}");
    for finding in findings {
        let finding = text(&finding["finding"]);
        let because = "Its maker never calls from there.";
        desk.done(&["incident", "confirm", &incident, "--finding", &finding, "--because", because]);
    }
    incident
}

/// Every three numbers in order, and the people of all places together all people.
fn holds_together(scope: &Value) {
    let maps = ["residents", "elements"].map(|map| scope[map].as_object().expect(map).values());
    for it in scope["objects"].as_array().expect("objects").iter().chain(maps.into_iter().flatten()) {
        let [proved, probable, upper] = numbers(it);
        assert!(proved <= probable && probable <= upper, "{it}");
    }
    let places = scope["residents"].as_object().expect("residents").values().map(numbers);
    let sum = places.fold([0; 3], |sum, it| [0, 1, 2].map(|at| sum[at] + it[at]));
    assert_eq!(sum, numbers(&scope["persons"]));
}

fn object(scope: &Value, name: &str) -> [u64; 3] {
    let objects = scope["objects"].as_array().expect("objects");
    objects.iter().find(|it| it["object"] == name).map(numbers).unwrap_or_default()
}

/// The map names, for the stolen app and its user, each object of the confirmed findings, from the first to the last time.
fn did_reach_what_the_logs_show(desk: &Desk, incident: &str) {
    desk.done(&["map", "build", "practice"]);
    let map = desk.done(&["map", "show"]).view;
    let found = desk.done(&["incident", "find", incident, "--strength", "strong"]).view;
    for (key, name) in [("principal", "sync@alder.example"), ("app", "Alder Sync")] {
        let mut spans = BTreeMap::<String, (String, String)>::new();
        for finding in found["findings"].as_array().expect("findings").iter().filter(|it| it[key] == name) {
            let (from, to) = (text(&finding["from"]), text(&finding["to"]));
            for object in finding["objects"].as_array().expect("objects") {
                let span = spans.entry(text(object)).or_insert_with(|| (from.clone(), to.clone()));
                *span = (span.0.clone().min(from.clone()), span.1.clone().max(to.clone()));
            }
        }
        assert!(spans.contains_key("Case") && spans.contains_key("Contact"), "{spans:?}");
        let all = map["integrations"].as_array().expect("integrations");
        let it = all.iter().find(|it| it["name"] == name).expect("it is on the map");
        let did = it["did_reach"].as_object().expect("did reach").iter();
        let told: BTreeMap<String, (String, String)> =
            did.map(|(object, it)| (object.clone(), (text(&it["from"]), text(&it["to"])))).collect();
        assert_eq!(told, spans, "{name}");
        assert_eq!(it["users"], json!(["sync@alder.example"]), "{name}");
    }
}

#[test]
fn a_theft_goes_from_its_logs_to_the_sealed_packet() {
    let org = PracticeOrg::serve(&[]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let incident = confirmed(&desk, "all");
    let scope = desk.done(&["incident", "scope", &incident]).view;
    holds_together(&scope);
    assert_eq!(
        object(&scope, "Case"),
        [1524; 3],
        "a bulk query repeated as of its time returns the logged number"
    );
    assert_eq!(object(&scope, "Contact"), [3590; 3]);
    let [proved, _, upper] = object(&scope, "Loyalty_Member__c");
    assert!(proved > 0 && proved < upper, "{}", scope["objects"]);
    assert_eq!(object(&scope, "Account"), [0; 3], "a count takes nothing");
    assert_eq!(object(&scope, "User"), [4; 3], "the org's own users stood in it before the theft");
    assert_eq!(numbers(&scope["users"]), [4; 3], "{}", scope["users"]);
    assert!(scope["findings"].as_array().expect("findings").iter().any(|it| it["rung"] == "ids"));

    did_reach_what_the_logs_show(&desk, &incident);

    let facts = desk.write(
        "facts.json",
        json!({ "role": "owner", "occurred_from": "2026-10-22T03:00:00Z", "determined_at": "2026-10-29T18:00:00Z",
            "encryption": { "encrypted": false }, "good_faith": false, "harm": "likely", "furnished_mailbox": false,
            "covered_entities": [] })
        .to_string(),
    );
    let assessed = desk.done(&["incident", "assess", &incident, "--facts", &facts]).view;
    let owed = assessed["duties"].as_array().expect("duties").iter().filter(|it| it["state"] == "owed");
    assert!(owed.count() > 0, "names with birthdates are personal information in some states");
    assert!(assessed["severity"]["enisa"]["level"].is_string(), "{}", assessed["severity"]);

    let mut draft = vec!["incident", "draft", &incident, "--to"];
    let letters = desk.path("letters");
    draft.push(&letters);
    for said in [
        "what_happened=Somebody used a stolen key of a connected program to copy customer records.",
        "occurred=between October 22 and October 27, 2026",
        "doing=We shut the program out and changed every key.",
        "doing.plain=We offer you help.",
        "service=Harbor Identity Watch",
        "enroll=harbor.example/enroll, until February 28, 2027",
    ] {
        draft.extend(["--set", said]);
    }
    let drafted = desk.done(&draft).view;
    assert!(drafted["letters"].as_u64() > Some(0), "{drafted}");
    let packet = desk.path("packet");
    let assembled = desk.done(&["incident", "assemble", &incident, "--to", &packet]).view;
    assert!(assembled["files"].to_string().contains("03-timeline.pdf"), "{assembled}");
    let bundle = desk.path("incident.zip");
    desk.done(&["incident", "seal", &incident, "--to", &bundle]);
    assert_eq!(desk.done(&["verify", &bundle]).view["verdict"], "INTACT");
}

#[test]
fn free_logs_alone_prove_nothing() {
    let org = PracticeOrg::serve(&[]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let incident = confirmed(&desk, "free");
    let scope = desk.done(&["incident", "scope", &incident]).view;
    holds_together(&scope);
    let [proved, _, upper] = numbers(&scope["persons"]);
    assert!(proved == 0 && upper > 0, "{}", scope["persons"]);
}
