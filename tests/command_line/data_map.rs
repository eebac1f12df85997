//! The data map on the practice org: built, corrected, rebuilt, exported.

use std::process::Command;

use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

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

/// A number that the org itself gives to somebody else.
fn counted(org: &PracticeOrg, object: &str) -> Value {
    org.get(&format!("query?q=SELECT+COUNT()+FROM+{object}"))["totalSize"].clone()
}

#[test]
fn each_integration_has_the_records_sensitive_fields_and_secrets_that_it_can_read() {
    let org = PracticeOrg::serve(&[]);
    // Put together only here, so that no file holds what looks like a living key.
    let (key, password) = (["AKIA", "7QQQQQQQQQQQQQQQ"].concat(), "Horse-7-battery");
    // One stands in the sample, one far from it.
    let first = org.get("query?q=SELECT+Id+FROM+Case+ORDER+BY+Id+LIMIT+1")["records"][0].clone();
    let last = org.get("query?q=SELECT+Id+FROM+Case+ORDER+BY+Id+DESC+LIMIT+1")["records"][0].clone();
    for case in [first, last] {
        let text = format!("The upload fails with {key}, password: {password}");
        org.edit("Case", case["Id"].as_str().unwrap(), &json!({ "Description": text }));
    }
    let desk = Desk::at(&org);
    let built = desk.done(&["map", "build", "practice"]).view;
    let map = desk.done(&["map", "show"]).view;
    let sync =
        map["integrations"].as_array().unwrap().iter().find(|it| it["name"] == "sync@alder.example").unwrap();

    let refused: Vec<&str> =
        built["not_read"].as_array().unwrap().iter().filter_map(|it| it["what"].as_str()).collect();
    let (mut sum, mut exact) = (0, 0);
    for (object, it) in sync["can_reach"].as_object().unwrap() {
        sum += it["records"].as_u64().unwrap_or_default();
        if it["counted"] == true {
            assert_eq!(it["records"], counted(&org, object), "{object}");
            exact += 1;
        } else {
            let line = format!("the number of records of {object}");
            assert!(refused.contains(&line.as_str()), "{line} is missing in {refused:?}");
        }
        let list = |key: &str, of: &Value| of[key].as_array().map(Vec::len).unwrap_or_default();
        let fields = map["objects"].as_array().unwrap().iter().find(|one| one["object"] == *object).unwrap();
        let without = it["without"].as_array().unwrap();
        let sensitive = fields["fields"].as_array().unwrap().iter().filter(|field| {
            list("sensitive", field) + list("never_disclosed", field) > 0
                && !without.contains(&field["field"])
        });
        assert_eq!(it["sensitive_fields"].as_u64(), u64::try_from(sensitive.count()).ok(), "{object}");
    }
    assert!(exact > 50, "most objects can be counted");
    assert_eq!(sync["sum"]["records"], sum);
    let secrets = &sync["can_reach"]["Case"]["secrets"];
    let looked_at = &field(&map, "Case", "Description")["sampled"]["values"];
    assert_eq!(
        secrets,
        &json!([{ "field": "Description", "samples": 2, "of": looked_at, "kinds": ["password", "access_key"] }])
    );
    assert_eq!(sync["sum"]["secrets"], json!(["Case.Description"]));

    let folder = desk.path("map");
    desk.done(&["map", "export", "practice", "--to", &folder]);
    let csv = std::fs::read_to_string(format!("{folder}/integrations.csv")).unwrap();
    let line =
        csv.lines().find(|it| it.contains("\"sync@alder.example\"") && it.contains("\"Case\"")).unwrap();
    let said = format!("Description: 2 of {looked_at} (password, access key)");
    assert!(
        line.ends_with(&format!(
            "\"{}\",\"true\",\"{}\",\"{said}\"",
            counted(&org, "Case"),
            sync["can_reach"]["Case"]["sensitive_fields"]
        )),
        "{line}"
    );
    let paper = house_tests::words_of_pdf(&format!("{folder}/data-map.pdf"));
    for words in ["Readable secrets", "What sync@alder.example can read", &format!("{said} ")] {
        assert!(paper.contains(words), "{words} is missing");
    }
    let files = ["integrations.csv", "fields.csv", "data-map.json"];
    let all: String =
        files.iter().map(|it| std::fs::read_to_string(format!("{folder}/{it}")).unwrap()).collect();
    for text in [&all, &paper, &map.to_string()] {
        assert!(
            !text.contains(&key) && !text.contains(password),
            "a map says where a secret stands, never which"
        );
    }
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
