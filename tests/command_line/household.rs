//! Two people at one address: what is one's, what is the other's and what is shared.

use std::collections::BTreeMap;

use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

fn household() -> String {
    format!("{}/orgs/household", env!("CARGO_MANIFEST_DIR"))
}

fn ana() -> Value {
    json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"],
        "addresses": [{ "street": "12 Oak Street", "city": "Oakland", "region": "CA", "postal_code": "94601", "country": "US" }] })
}

/// Last five characters of the short id → confidence, shared. A person account and its mirror have the same end and grade.
fn grades(located: &Value) -> BTreeMap<String, (String, bool)> {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let matches = located["matches"].as_array().expect("matches");
    matches
        .iter()
        .map(|it| (text(&it["id"])[10..15].to_owned(), (text(&it["confidence"]), it["shared"] == true)))
        .collect()
}

#[test]
fn what_leads_to_the_other_person_at_the_address_is_shared_and_never_exact() {
    let org = PracticeOrg::serve(&["--org", &household()]);
    let desk = Desk::at(&org);
    let request = desk.open("delete", &ana());
    let located = desk.done(&["request", "locate", &request]).view;
    let grades = grades(&located);
    let grade = |id: &str| grades.get(id).map(|(confidence, shared)| (confidence.as_str(), *shared));
    for hers in [
        "ANA01", "PER01", "PER02", "CON01", "MEM01", "CAS01", "CAS03", "TAS02", "DOC02", "VER02", "PET02",
        "PET03",
    ] {
        assert_eq!(grade(hers), Some(("exact", false)), "{hers}");
    }
    for shared in ["CAS02", "TAS01", "DOC01", "VER01", "PET01"] {
        assert_eq!(grade(shared), Some(("strong", true)), "{shared}");
    }
    assert_eq!(grade("CAR01"), Some(("possible", false)), "an address alone");
    assert_eq!(
        grade("QUI01"),
        Some(("possible", false)),
        "text that neither filter nor index reaches is read row by row"
    );
    assert_eq!(grade("QUI02"), None);
    let loser = located["matches"]
        .as_array()
        .expect("matches")
        .iter()
        .find(|it| it["object"] == "Account" && it["presence"] == "merged");
    assert!(loser.is_some_and(|it| it["id"].as_str().is_some_and(|id| id.starts_with("0015g00000PER02"))));
    let scanned = located["coverage"]
        .as_array()
        .expect("coverage")
        .iter()
        .any(|it| it["object"] == "Quiet__c" && it["field"] == "Memo__c" && it["method"] == "scan");
    assert!(scanned, "the coverage says so");

    let review = desk.done(&["request", "review", &request, "--accept", "exact,strong"]).view;
    let all = located["matches"].as_array().expect("matches");
    let shared = all.iter().filter(|it| it["shared"] == true).count() as u64;
    let sure = all.iter().filter(|it| it["confidence"] != "possible" && it["shared"] == false).count() as u64;
    assert_eq!(
        (review["delete"].as_u64(), review["undecided"].as_u64().map(|it| it >= shared)),
        (Some(sure), Some(true))
    );
    desk.done(&["request", "identify", &request, "--points", "email,name,address"]);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"].clone();
    let steps = crate::requests::ids(&plan["steps"]);
    assert!(
        !steps.iter().any(|it| it.ends_with("DOC01") || it.ends_with("CAR01") || it.ends_with("PET01")),
        "{steps:?}"
    );
    let collateral = crate::requests::ids(&plan["collateral"]);
    assert!(
        collateral.contains(&"Contact 0035g00000CAR01".to_owned()),
        "a lookup is cleared on it: {collateral:?}"
    );
    let again = desk.done(&["request", "rehearse", &request]).view;
    assert_eq!(again["plan"]["digest"], plan["digest"], "nothing changed");
}
