//! What follows from a leak, before and after somebody knows more; and what scope refuses.

use house_tests::Desk;
use serde_json::{Value, json};

fn opened(desk: &Desk) -> String {
    let open =
        ["incident", "open", "--title", "A token was stolen", "--discovered-at", "2026-10-28T16:00:00Z"];
    desk.done(&open).view["incident"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn nothing_is_counted_before_the_logs_were_examined() {
    let desk = Desk::new();
    let incident = opened(&desk);
    let scope = desk.run(&["incident", "scope", &incident]);
    assert_eq!((scope.code, scope.problem()), (1, "not_examined"));
    let none = desk.run(&["incident", "scope", "I-2026-9999"]);
    assert_eq!((none.code, none.problem()), (1, "unknown_incident"));
}

#[test]
fn the_law_is_asked_with_what_was_counted_and_says_what_it_lacks() {
    let desk = Desk { now: Some("2026-11-02T18:00:00Z".to_owned()), ..Desk::new() };
    let incident = opened(&desk);
    let assess = |facts: Value| {
        let file = desk.write("facts.json", facts.to_string());
        desk.run(&["incident", "assess", &incident, "--facts", &file])
    };
    let first = assess(json!({ "role": "owner", "covered_entities": [] }));
    assert_eq!(first.code, 0, "{}", first.view);
    assert!(first.view["duties"].as_array().is_some_and(|it| !it.is_empty()));
    assert!(first.view["requirements"].is_object() && first.view["amounts"].is_object());
    let asked = first.view["questions"].to_string();
    assert!(asked.contains("good_faith") && !asked.contains("\"role\""), "{asked}");
    let enisa = &first.view["severity"]["enisa"];
    let factor = |key: &str| enisa[key]["value"].as_f64().expect(key);
    assert_eq!(enisa["se"].as_f64(), Some(factor("dpc") * factor("ei") + factor("cb")));
    assert!(first.view["exposure"]["assumptions"].as_array().is_some_and(|it| !it.is_empty()));
    assert_eq!(first.view["assessment"]["kind"], "preliminary");

    // A count typed as text is refused, and nothing is kept.
    let typed = assess(json!({ "residents": { "US-CA": "700" } }));
    assert_eq!((typed.code, typed.problem()), (1, "facts"));
    assert!(typed.view["problem"]["message"].to_string().contains("US-CA"), "{}", typed.view);

    // What the officer knows stands; the follow-up says what changed.
    let facts = json!({
        "role": "owner", "covered_entities": [], "good_faith": false, "elements": ["name", "ssn"], "residents": { "US-CA": 700, "US-TX": null },
        "encryption": { "encrypted": false }, "determined_at": "2026-10-29T09:00:00-07:00",
        "decisions": [{ "rule": "us-ca.breach.residents", "because": "No harm", "by": "R. Ashgrove", "at": "2026-11-01" }],
    });
    let second = assess(facts);
    assert_eq!(second.code, 0, "{}", second.view);
    assert_eq!(second.view["assessment"]["n"], 2);
    assert_eq!(second.view["assessment"]["kind"], "follow-up");
    let duty = |rule: &str| {
        let all = second.view["duties"].as_array().expect("duties");
        all.iter().find(|it| it["rule"] == rule).cloned().unwrap_or_default()
    };
    assert_eq!(duty("us-ca.breach.ag-sample")["state"], "owed");
    assert_eq!(second.view["decisions"][0]["stands"], false, "California has no harm test");
    assert_eq!(second.view["exposure"]["min"], 700 * 107);
    assert!(second.view["changes"].as_array().is_some_and(|it| !it.is_empty()));
    assert!(second.view["questions"].to_string().contains("residents.US-TX"));

    // Long after, the rules say that they were to be looked at again.
    let late = assess(json!({ "role": "owner", "today": "2029-01-02" }));
    assert_eq!(late.code, 0, "{}", late.view);
    assert!(late.view["cautions"].to_string().contains("was to be reviewed"), "{}", late.view["cautions"]);
}
