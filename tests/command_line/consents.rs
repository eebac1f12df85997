//! Consent records that an opt-out makes for a person who has none.

use std::process::{Command, Stdio};
use std::time::Duration;

use house_tests::{Desk, PracticeOrg, program};
use serde_json::{Value, json};

const BO: &str = "0PK5g00000BOO01";
const CONSENT: &str = "ContactPointTypeConsent";

fn values() -> String {
    format!("{}/orgs/values", env!("CARGO_MANIFEST_DIR"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// An opt-out of a person with an Individual and no consent record, located and reviewed.
fn opt_out(desk: &Desk) -> String {
    let bo = json!({ "names": ["Bo Nilsson"], "emails": ["bo@example.com"], "phones": ["+1 415 555 0102"] });
    let request = desk.open("opt-out", &bo);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    request
}

/// The plan of a rehearsal, approved.
fn approved(desk: &Desk, request: &str) -> (Value, String) {
    let plan = desk.done(&["request", "rehearse", request]).view["plan"].clone();
    let digest = text(&plan["digest"]);
    desk.done(&["request", "approve", request, "--plan", &digest]);
    (plan, digest)
}

/// Every consent that the org holds for Bo.
fn consents(org: &PracticeOrg) -> Vec<Value> {
    let query = format!(
        "query?q=SELECT+Id,Name,PrivacyConsentStatus,ContactPointType,CaptureSource,DataUsePurpose.Name+FROM+{CONSENT}+WHERE+PartyId='{BO}'"
    );
    org.get(&query)["records"].as_array().cloned().unwrap_or_default()
}

/// The outcomes of the consents among all others: word and id.
fn outcomes(view: &Value) -> Vec<(String, String)> {
    let all = view["outcomes"].as_array().into_iter().flatten();
    all.filter(|it| it["object"] == CONSENT).map(|it| (text(&it["outcome"]), text(&it["id"]))).collect()
}

#[test]
fn a_consent_that_nobody_kept_is_made_read_back_proved_and_taken_back() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let proposal = desk.done(&["org", "choices", "practice"]).view;
    let made: Vec<&Value> =
        proposal["opt-out"].as_array().into_iter().flatten().filter(|it| !it["create"].is_null()).collect();
    assert_eq!((made.len(), text(&made[0]["object"])), (1, CONSENT.to_owned()), "{proposal:#}");

    let request = opt_out(&desk);
    let (plan, digest) = approved(&desk, &request);
    let new = &plan["creates"][0];
    assert_eq!(plan["creates"].as_array().map(Vec::len), Some(1), "one purpose of two: {plan:#}");
    assert_eq!((text(&new["object"]), &text(&new["person"])[..15]), (CONSENT.to_owned(), BO));
    assert!(text(&new["because"]).contains("Sale and sharing"), "{new:#}");
    assert!(consents(&org).is_empty(), "a rehearsal makes nothing");

    let done = desk.done(&["request", "carry-out", &request, "--plan", &digest]).view;
    assert_eq!(done["complete"], true, "{done:#}");
    let held = consents(&org);
    assert_eq!(held.len(), 1, "{held:?}");
    assert_eq!(outcomes(&done), [("created".to_owned(), text(&held[0]["Id"]))]);
    assert_eq!(held[0]["PrivacyConsentStatus"], "OptOut");
    assert_eq!(held[0]["DataUsePurpose"]["Name"], "Sale and sharing");
    assert!(text(&held[0]["CaptureSource"]).ends_with(&request), "{held:?}");

    let again = desk.done(&["request", "carry-out", &request, "--plan", &digest]).view;
    assert_eq!(outcomes(&again), outcomes(&done), "a second run makes nothing");
    assert_eq!(consents(&org).len(), 1);

    let proof = desk.done(&["request", "prove", &request]).view;
    let of_it = |it: &&Value| it["object"] == CONSENT;
    let states: Vec<String> =
        proof["values"].as_array().into_iter().flatten().filter(of_it).map(|it| text(&it["state"])).collect();
    assert_eq!(states, ["as_set"], "{proof:#}");
    let choice = desk.done(&["request", "show", &request]).view["choice"].clone();
    assert!(
        choice["fields"].to_string().contains("ContactPointTypeConsent.PrivacyConsentStatus"),
        "{choice:#}"
    );
    assert!(choice["confirmed_at"].is_string());
    let ledger = desk.done(&["ledger", "show"]).view.to_string();
    assert!(ledger.contains("\"kind\":\"create\""), "the ledger knows of it");

    let next = opt_out(&desk);
    let plan = desk.done(&["request", "rehearse", &next]).view["plan"].clone();
    assert_eq!(plan["creates"], json!([]), "it is there already");

    let undone = desk.done(&["request", "undo", &request]).view;
    assert_eq!(outcomes(&undone), [("withdrawn".to_owned(), text(&held[0]["Id"]))], "{undone:#}");
    assert!(consents(&org).is_empty());
    let (plan, digest) = approved(&desk, &request);
    assert_eq!(plan["creates"].as_array().map(Vec::len), Some(1), "it is wanted again");
    desk.done(&["request", "carry-out", &request, "--plan", &digest]);
    assert_eq!(consents(&org).len(), 1);
    desk.done(&["request", "prove", &request]);
    desk.done(&["request", "close", &request, "--outcome", "complied"]);
    let bundle = desk.path("bundle.zip");
    desk.done(&["request", "seal", &request, "--to", &bundle]);
    assert_eq!(desk.done(&["verify", &bundle]).view["verdict"], "INTACT");
}

#[test]
fn what_somebody_changed_since_is_not_taken_back_and_is_proved_as_overwritten() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let request = opt_out(&desk);
    let (_, digest) = approved(&desk, &request);
    desk.done(&["request", "carry-out", &request, "--plan", &digest]);
    let id = text(&consents(&org)[0]["Id"]);
    org.edit(CONSENT, &id, &json!({ "PrivacyConsentStatus": "OptIn" }));
    let proof = desk.done(&["request", "prove", &request]).view;
    let states = proof["values"].to_string();
    assert!(states.contains("overwritten"), "{proof:#}");
    let undone = desk.done(&["request", "undo", &request]).view;
    assert_eq!(outcomes(&undone), [("refused".to_owned(), id)], "{undone:#}");
    assert_eq!(consents(&org).len(), 1);
}

#[test]
fn where_the_user_may_not_create_it_stands_among_what_is_to_be_done_by_hand() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::new();
    desk.connect(&org, 3);
    let request = opt_out(&desk);
    let (plan, digest) = approved(&desk, &request);
    assert_eq!(plan["creates"], json!([]));
    let by_hand = plan["by_hand"].to_string();
    assert!(by_hand.contains("may not create records of ContactPointTypeConsent"), "{by_hand}");
    assert!(by_hand.contains("the purpose Sale and sharing"), "{by_hand}");
    let done = desk.done(&["request", "carry-out", &request, "--plan", &digest]).view;
    assert_eq!((done["complete"].as_bool(), outcomes(&done)), (Some(true), Vec::new()), "{done:#}");
    assert!(consents(&org).is_empty());
}

#[test]
fn a_consent_that_somebody_made_after_the_rehearsal_refuses_the_run() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let request = opt_out(&desk);
    let (_, digest) = approved(&desk, &request);
    let theirs = json!({ "Name": "By phone", "PartyId": BO, "ContactPointType": "Phone",
        "DataUsePurposeId": "0ZW5g00000SAL01", "PrivacyConsentStatus": "OptIn" });
    org.create(CONSENT, &theirs);
    let said = desk.run(&["request", "carry-out", &request, "--plan", &digest]);
    assert_eq!((said.code, said.problem()), (3, "drift"), "{said:?}");
    assert_eq!(consents(&org).len(), 1);
}

fn with_faults(faults: &str) -> (PracticeOrg, Desk) {
    let scratch = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(scratch.path(), faults).expect("written");
    let org = PracticeOrg::serve(&["--org", &values(), "--faults", &scratch.path().to_string_lossy()]);
    let desk = Desk::at(&org);
    (org, desk)
}

#[test]
fn an_answer_that_is_lost_after_the_record_was_made_makes_no_second_one() {
    let (org, desk) = with_faults(
        "[[fault]]\nkind = \"cut\"\nmethod = \"POST\"\npath = \"*/composite/sobjects\"\ntimes = 1\n",
    );
    let request = opt_out(&desk);
    let (_, digest) = approved(&desk, &request);
    let done = desk.done(&["request", "carry-out", &request, "--plan", &digest]).view;
    assert_eq!(done["complete"], true, "{done:#}");
    assert_eq!(consents(&org).len(), 1);
    let undone = desk.done(&["request", "undo", &request]).view;
    assert_eq!(outcomes(&undone)[0].0, "withdrawn", "{undone:#}");
    assert!(consents(&org).is_empty());
}

#[test]
fn an_org_that_is_down_makes_nothing_and_the_next_run_makes_it_once() {
    let (org, desk) = with_faults(
        "[[fault]]\nkind = \"status\"\ncode = 503\nmethod = \"POST\"\npath = \"*/composite/sobjects\"\ntimes = 1\n",
    );
    let request = opt_out(&desk);
    let (_, digest) = approved(&desk, &request);
    let said = desk.run(&["request", "carry-out", &request, "--plan", &digest]);
    assert_eq!((said.code, said.problem()), (1, "outcome_unknown"), "{said:?}");
    assert!(consents(&org).is_empty());
    let done = desk.done(&["request", "carry-out", &request, "--plan", &digest]).view;
    assert_eq!(done["complete"], true, "{done:#}");
    assert_eq!(consents(&org).len(), 1);
}

#[test]
fn a_run_that_was_killed_while_it_waited_for_the_org_is_finished_by_the_next() {
    let (org, desk) = with_faults(
        "[[fault]]\nkind = \"slow\"\nms = 60000\nmethod = \"POST\"\npath = \"*/composite/sobjects\"\ntimes = 1\n",
    );
    let request = opt_out(&desk);
    let (_, digest) = approved(&desk, &request);
    let mut run = Command::new(program())
        .args(["--json", "request", "carry-out", &request, "--plan", &digest])
        .env("HABEAS_VAULT", desk.path("vault.habeas"))
        .env("HABEAS_PASSPHRASE_FILE", desk.path("passphrase.txt"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let flag = format!("query?q=SELECT+Id+FROM+Individual+WHERE+Id='{BO}'+AND+HasOptedOutTracking=true");
    let set = || org.get(&flag)["totalSize"] == 1;
    for _ in 0..200 {
        if set() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(set(), "the fields are written first");
    std::thread::sleep(Duration::from_millis(500));
    run.kill().expect("killed");
    run.wait().expect("ended");
    assert!(consents(&org).is_empty());
    let done = desk.done(&["request", "carry-out", &request, "--plan", &digest]).view;
    assert_eq!(done["complete"], true, "{done:#}");
    assert_eq!(consents(&org).len(), 1);
    assert_eq!(outcomes(&done)[0].0, "created");
}
