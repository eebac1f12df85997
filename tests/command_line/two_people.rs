//! A vault whose policy asks for two people: the desk refuses to carry out what only one of them approved.

use house_tests::{Desk, PracticeOrg};
use serde_json::json;

/// A deletion that was rehearsed, and the digest of its plan.
fn rehearsed(desk: &Desk) -> (String, String) {
    let person = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] });
    let request = desk.open("delete", &person);
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    let digest = again(desk, &request);
    (request, digest)
}

fn again(desk: &Desk, request: &str) -> String {
    let plan = desk.done(&["request", "rehearse", request]).view["plan"]["digest"].clone();
    plan.as_str().expect("a digest").to_owned()
}

#[test]
fn with_the_policy_on_a_plan_is_carried_out_only_after_two_people_of_different_names_approved_it() {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"))]);
    let desk = Desk::at(&org);
    assert_eq!(desk.run(&["settings", "set", "policy.second_approval=maybe"]).problem(), "setting_unusable");
    let (request, digest) = rehearsed(&desk);
    let approve = ["request", "approve", &request, "--plan", &digest];
    let by = |name| desk.run(&[&approve[..], &["--by", name]].concat());
    let carry_out = || desk.run(&["request", "carry-out", &request, "--plan", &digest]);

    // Approved while the policy was off: what counts is the policy when it is carried out.
    let alone = desk.done(&approve).view;
    assert_eq!((&alone["approved"], &alone["approval"]["missing"]), (&json!(digest), &json!(null)));
    desk.done(&["settings", "set", "policy.second_approval=on"]);
    let refused = carry_out();
    assert_eq!((refused.code, refused.problem()), (3, "second_approval"));
    let said = refused.view["problem"]["message"].as_str().unwrap_or_default();
    assert!(said.contains("two people") && said.contains("Nothing was changed in Salesforce"), "{said}");

    again(&desk, &request);
    assert_eq!(desk.run(&approve).problem(), "approver_missing");
    assert_eq!(by("a\u{202e}b").problem(), "approver_unusable");
    let first = by("Mina Oduya");
    assert_eq!(first.code, 0, "{}", first.view);
    assert!(
        first.view["approval"]["missing"].as_str().is_some_and(|it| it.contains("only one")),
        "{}",
        first.view
    );
    assert_eq!(by(" oduya,  MINA").problem(), "same_approver");
    let refused = carry_out();
    assert_eq!((refused.code, refused.problem()), (3, "second_approval"));
    let shown = desk.done(&["request", "show", &request]).view;
    assert_eq!((&shown["stage"], &shown["approved"]), (&json!("rehearsed"), &json!(null)));
    assert_eq!(shown["approval"]["given"][0]["by"], "Mina Oduya");

    // A new rehearsal, even of the same plan, begins anew.
    assert_eq!(again(&desk, &request), digest, "nothing changed in the org");
    assert_eq!(desk.done(&["request", "show", &request]).view["approval"]["given"], json!([]));
    by("Mina Oduya");
    let second = by("José Berg").view;
    assert_eq!(
        (&second["approval"]["missing"], &second["approval"]["two_persons"]),
        (&json!(null), &json!(true))
    );
    assert_eq!(carry_out().code, 0);

    let ledger = desk.path("ledger.jsonl");
    desk.done(&["ledger", "export", "--to", &ledger]);
    let ledger = std::fs::read_to_string(&ledger).expect("the ledger");
    let approvals: Vec<serde_json::Value> = ledger
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|it| it["deed"] == "request.approved")
        .map(|it| json!([it["detail"]["by"], it["detail"]["complete"]]))
        .collect();
    let told = json!([[null, true], ["Mina Oduya", false], ["Mina Oduya", false], ["José Berg", true]]);
    assert_eq!(json!(approvals), told, "the ledger names both");
    assert!(ledger.contains("policy.second_approval"), "and says when the policy was switched on");
}

#[test]
fn retention_is_never_shorter_than_the_law_and_the_officer_may_keep_longer() {
    let desk = Desk::new();
    for (setting, code) in [
        ("retention.records_months=23", "setting_unusable"),
        ("retention.records_months=36", ""),
        ("retention.before_image_days=400", "setting_unusable"),
        ("retention.before_image_days=7", ""),
    ] {
        assert_eq!(desk.run(&["settings", "set", setting]).problem(), code, "{setting}");
    }
    let shown = desk.done(&["settings", "show"]).view;
    let of = |key: &str| {
        let all = shown["settings"].as_array().into_iter().flatten();
        all.clone().find(|it| it["setting"] == key).map(|it| it["value"].clone())
    };
    assert_eq!(of("retention.records_months"), Some(json!("36")));
    assert_eq!(of("retention.before_image_days"), Some(json!("7")));
}
