//! One deletion request, from opening to the sealed bundle.

use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

pub fn small() -> String {
    format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"))
}

pub fn ana() -> Value {
    json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] })
}

/// Object and id (15 characters) of everything in a list, sorted.
pub fn ids(list: &Value) -> Vec<String> {
    let mut ids: Vec<String> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| {
            format!(
                "{} {}",
                it["object"].as_str().unwrap_or_default(),
                &it["id"].as_str().unwrap_or_default()[..15]
            )
        })
        .collect();
    ids.sort();
    ids
}

/// Open, identify, locate, review and rehearse; gives the request and the plan's digest.
pub fn rehearsed(desk: &Desk) -> (String, String) {
    let request = desk.open("delete", &ana());
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"].clone();
    (request, plan["digest"].as_str().unwrap_or_default().to_owned())
}

const ANAS: [&str; 7] = [
    "CampaignMember 00v5g00000MEM01",
    "Case 5005g00000CAS01",
    "CaseComment 00a5g00000COM01",
    "Contact 0035g00000ANA01",
    "EmailMessage 02s5g00000EMA01",
    "Lead 00Q5g00000ANA01",
    "Task 00T5g00000TAS01",
];

#[test]
fn a_deletion_request_goes_from_opening_to_a_sealed_bundle() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let request = desk.open("delete", &ana());
    assert_eq!(request, "R-2026-0001");

    let located = desk.done(&["request", "locate", &request]).view;
    let exact: Vec<Value> = located["matches"]
        .as_array()
        .expect("matches")
        .iter()
        .filter(|it| it["confidence"] == "exact")
        .cloned()
        .collect();
    assert_eq!(ids(&json!(exact)), ANAS, "everything that is hers alone");
    let possible: Vec<Value> = located["matches"]
        .as_array()
        .expect("matches")
        .iter()
        .filter(|it| it["confidence"] == "possible")
        .cloned()
        .collect();
    assert!(
        ids(&json!(possible)).contains(&"Case 5005g00000CAS02".to_owned()),
        "a mention in another person's case is possible"
    );
    assert!(located["coverage"].as_array().is_some_and(|it| it.len() > 20));
    assert!(located["api_calls"]["spent"].as_u64().is_some_and(|it| it > 0));

    assert_eq!(
        desk.run(&["request", "export", &request, "--to", &desk.path("early")]).problem(),
        "not_yet",
        "identity first"
    );
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    let review = desk.done(&["request", "review", &request, "--accept", "exact,strong"]).view;
    assert_eq!(review["delete"], 7);

    let package = desk.path("package");
    let exported = desk.done(&["request", "export", &request, "--to", &package]).view;
    assert_eq!(exported["rows"], 7);
    for name in exported["files"].as_array().expect("files") {
        let bytes = std::fs::read(desk.folder.path().join("package").join(name.as_str().unwrap_or_default()))
            .expect("a file");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("219-09-9999"),
            "{name} shows a Social Security number"
        );
    }
    assert_eq!(desk.run(&["request", "export", &request, "--to", &package]).problem(), "already_there");

    let plan = desk.done(&["request", "rehearse", &request]).view["plan"].clone();
    assert_eq!(ids(&plan["steps"]), ANAS);
    assert_eq!(plan["blockers"], json!([]));
    assert!(plan["by_hand"].as_array().is_some_and(|it| !it.is_empty()));
    let digest = plan["digest"].as_str().expect("a digest");

    let early = desk.run(&["request", "carry-out", &request, "--plan", digest]);
    assert_eq!((early.code, early.problem()), (3, "not_approved"));
    let wrong = desk.run(&["request", "approve", &request, "--plan", "0000"]);
    assert_eq!((wrong.code, wrong.problem()), (3, "wrong_digest"));
    desk.done(&["request", "approve", &request, "--plan", digest]);
    let wrong = desk.run(&["request", "carry-out", &request, "--plan", "0000", "--purge"]);
    assert_eq!((wrong.code, wrong.problem()), (3, "wrong_digest"));

    let done = desk.done(&["request", "carry-out", &request, "--plan", digest, "--purge"]).view;
    assert_eq!(ids(&done["outcomes"]), ANAS);
    assert!(
        done["outcomes"].as_array().expect("outcomes").iter().all(|it| it["outcome"] == "purged"),
        "{done:#}"
    );

    let proved = desk.done(&["request", "prove", &request]).view;
    assert_eq!(
        proved["certificate"].as_object().map(|it| (
            it["gone"].clone(),
            it["still_there"].clone(),
            it["reappeared"].clone()
        )),
        Some((json!(7), json!(0), json!(0))),
        "{proved:#}"
    );
    desk.done(&["request", "letter", &request, "--kind", "deletion", "--to", &desk.path("letter.pdf")]);
    desk.done(&["request", "close", &request, "--outcome", "complied"]);
    let bundle = desk.path("bundle.zip");
    desk.done(&["request", "seal", &request, "--to", &bundle]);
    let verdict = desk.done(&["verify", &bundle]).view;
    assert_eq!(verdict["verdict"], "INTACT");
    assert_eq!(desk.run(&["request", "seal", &request, "--to", &bundle]).problem(), "already_there");

    // The others were not touched, and a second carry-out does nothing twice.
    let second = desk.open("delete", &json!({ "emails": ["bo.nilsson@example.com"] }));
    let bo = desk.done(&["request", "locate", &second]).view;
    assert!(ids(&bo["matches"]).contains(&"Contact 0035g00000BOO01".to_owned()));
}

#[test]
fn what_went_to_the_bin_can_be_undone() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let (request, digest) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &digest]);
    let done = desk.done(&["request", "carry-out", &request, "--plan", &digest]).view;
    let word = |object: &str| {
        done["outcomes"]
            .as_array()
            .and_then(|it| it.iter().find(|it| it["object"] == object))
            .map(|it| it["outcome"].clone())
    };
    assert_eq!(word("Contact"), Some(json!("deleted")));
    assert_eq!(word("Lead"), Some(json!("in_bin")), "it was there before");
    desk.done(&["request", "undo", &request]);
    let again = desk.open("delete", &ana());
    let located = desk.done(&["request", "locate", &again]).view;
    let presence = |object: &str| {
        located["matches"]
            .as_array()
            .and_then(|it| it.iter().find(|it| it["object"] == object))
            .map(|it| it["presence"].clone())
    };
    assert_eq!(presence("Contact"), Some(json!("live")));
    assert_eq!(presence("Case"), Some(json!("live")));
    assert_eq!(presence("Lead"), Some(json!("bin")), "undo brings back only what this request deleted");
}

#[test]
fn a_purge_can_follow_a_plain_run() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let (request, digest) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &digest]);
    desk.done(&["request", "carry-out", &request, "--plan", &digest]);
    assert!(desk.done(&["request", "prove", &request]).view["certificate"]["in_bin"].as_u64() > Some(0));
    let purged = desk.done(&["request", "carry-out", &request, "--plan", &digest, "--purge"]).view;
    assert!(
        purged["outcomes"].as_array().expect("outcomes").iter().all(|it| it["outcome"] == "purged"),
        "{purged:#}"
    );
    assert_eq!(desk.done(&["request", "prove", &request]).view["certificate"]["gone"], 7);
}

#[test]
fn a_bad_subject_and_bad_decisions_are_refused_whole() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    for bad in ["not json", "{}", "{\"emails\":[\"no at sign\"]}", "{\"surname\":\"X\"}", "[1]"] {
        let file = desk.write("bad.json", bad);
        let said = desk.run(&[
            "request",
            "open",
            "--org",
            "practice",
            "--kind",
            "delete",
            "--received-at",
            "2026-11-02T10:00:00-08:00",
            "--channel",
            "web",
            "--subject",
            &file,
        ]);
        assert_eq!((said.code, said.problem()), (1, "subject_unusable"), "{bad}");
        assert!(!said.view.to_string().contains("no at sign"), "no value is repeated");
    }
    let request = desk.open("delete", &ana());
    desk.done(&["request", "locate", &request]);
    for bad in [
        "object,id,decision,reason\nRobot__c,a005g00000ROB01,delete,x\n",
        "object,id,decision,reason\n",
        "id,object\n",
    ] {
        let file = desk.write("decisions.csv", bad);
        assert_eq!(
            desk.run(&["request", "review", &request, "--decisions", &file]).problem(),
            "decisions_unusable",
            "{bad}"
        );
    }
    assert_eq!(desk.done(&["request", "show", &request]).view["decided"], 0);
    assert_eq!(
        desk.run(&["request", "rehearse", &request]).problem(),
        "not_yet",
        "an empty set is never rehearsed"
    );
}
