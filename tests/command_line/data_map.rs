//! The data map on the practice org: built, corrected, rebuilt, exported.

use std::process::Command;

use house_tests::{Desk, PracticeOrg};
use serde_json::Value;

fn field<'a>(map: &'a Value, object: &str, field: &str) -> &'a Value {
    let list = |value: &'a Value| value.as_array().map(Vec::as_slice).unwrap_or_default();
    list(&map["objects"])
        .iter()
        .find(|it| it["object"] == object)
        .and_then(|it| list(&it["fields"]).iter().find(|it| it["field"] == field))
        .unwrap_or(&Value::Null)
}

#[test]
fn the_map_of_the_practice_org_is_built_corrected_rebuilt_and_exported() {
    let org = PracticeOrg::serve(&[]);
    let desk = Desk::at(&org);
    let early = desk.run(&["map", "show"]);
    assert_eq!((early.code, early.problem()), (1, "no_map"));

    let built = desk.done(&["map", "build", "practice"]).view;
    assert!(built["counts"]["objects"].as_u64() > Some(40), "{built}");
    assert!(built["api_calls"]["spent"].as_u64() < Some(80), "{}", built["api_calls"]);
    let map = desk.done(&["map", "show"]).view;
    let email = field(&map, "Contact", "Email");
    assert_eq!(email["categories"][0], "A", "{email}");
    assert_eq!(email["breach_elements"][0], "email", "{email}");
    assert_eq!(field(&map, "Contact", "Birthdate")["categories"][0], "C");
    assert_eq!(email["purpose"], Value::Null, "what nobody said is not known");
    let integrations = map["integrations"].as_array().unwrap();
    let sync = integrations.iter().find(|it| it["name"] == "sync@alder.example").unwrap();
    assert_eq!(sync["can_reach"]["Contact"]["all_records"], true, "{sync}");
    let text = map.to_string();
    assert!(!text.contains("ana.lindqvist@example.com"), "a map holds nobody's data");

    let folder = desk.path("map");
    desk.done(&["map", "export", "practice", "--to", &folder]);
    let again = desk.run(&["map", "export", "practice", "--to", &folder]);
    assert_ne!(again.code, 0, "nothing is overwritten");
    let file = format!("{folder}/fields.csv");
    let csv = std::fs::read_to_string(&file).unwrap();
    let line = csv.lines().find(|it| it.starts_with("\"Contact\",\"Email\"")).unwrap();
    let corrected = line
        .replacen("\"no\"", "\"yes\"", 1)
        .replacen("\"not yet known\"", "\"the person\"", 1)
        .replacen("\"not yet known\"", "\"newsletter\"", 1);
    let officers = desk.write("officer.csv", format!("{}\n{corrected}\n", csv.lines().next().unwrap()));
    let taken = desk.done(&["map", "confirm", "practice", &officers]).view;
    assert!(taken["corrected"].as_u64() >= Some(2), "{taken}");

    let rebuilt = desk.done(&["map", "build", "practice"]).view;
    assert_eq!(rebuilt["drift"].as_array().map(Vec::len), Some(0), "{}", rebuilt["drift"]);
    let map = desk.done(&["map", "show", "practice"]).view;
    let email = field(&map, "Contact", "Email");
    assert_eq!((&email["source"], &email["purpose"]), (&"the person".into(), &"newsletter".into()));
    assert!(email["confirmed"]["purpose"].is_string(), "{email}");

    let wrong = desk.write("wrong.csv", "object,field,confirmed\nContact,Nose,yes\n");
    let refused = desk.run(&["map", "confirm", "practice", &wrong]);
    assert_eq!(refused.problem(), "decisions_unusable", "{}", refused.view);

    let second = desk.path("second");
    desk.done(&["map", "export", "practice", "--to", &second]);
    let paper = format!("{second}/data-map.pdf");
    let said = Command::new("pdftotext").args(["-layout", &paper, "-"]).output().expect("pdftotext");
    let text = String::from_utf8_lossy(&said.stdout);
    for words in
        ["Data map", "sync@alder.example", "People and how they are reached", "newsletter", "not yet known"]
    {
        assert!(text.contains(words), "{words} is missing");
    }
    let json: Value =
        serde_json::from_slice(&std::fs::read(format!("{second}/data-map.json")).unwrap()).unwrap();
    assert_eq!(json["counts"], map["counts"], "the file says what the command shows");
    desk.done(&["ledger", "check"]);
}

#[test]
fn drift_is_shown_when_the_org_loses_what_was_confirmed() {
    let org = PracticeOrg::serve(&[]);
    let desk = Desk::at(&org);
    desk.done(&["map", "build", "practice"]);
    let officers = desk
        .write("officer.csv", "object,field,confirmed,purpose\nContact,Birthdate,yes,birthday vouchers\n");
    desk.done(&["map", "confirm", "practice", &officers]);
    // The same org seen by somebody who may not read the field.
    let other = Desk::new();
    other.connect(&org, 2);
    other.done(&["map", "build", "practice"]);
    let map = other.done(&["map", "show"]).view;
    assert_eq!(
        field(&map, "Contact", "Birthdate"),
        &Value::Null,
        "what the user may not see is not on the map"
    );
    let unknown = desk.run(&["map", "build", "nowhere"]);
    assert_eq!(unknown.problem(), "unknown_org");
}
