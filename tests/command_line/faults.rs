//! The road when the org misbehaves.

use house_tests::{Desk, PracticeOrg, panic_with};

use crate::requests::{ana, rehearsed, small};

fn with_faults(faults: &str) -> (PracticeOrg, Desk) {
    let scratch = tempfile::NamedTempFile::new().unwrap_or_else(|error| panic_with(&error.to_string()));
    std::fs::write(scratch.path(), faults).unwrap_or_else(|error| panic_with(&error.to_string()));
    let org = PracticeOrg::serve(&["--org", &small(), "--faults", &scratch.path().to_string_lossy()]);
    let desk = Desk::at(&org);
    (org, desk)
}

#[test]
fn a_record_changed_after_the_rehearsal_refuses_the_run() {
    let (_org, desk) = with_faults(
        "[[fault]]\nkind = \"change\"\nobject = \"Contact\"\nid = \"0035g00000ANA01\"\nfield = \"Description\"\nvalue = \"new\"\nwhen = \"before_write\"\n",
    );
    let (request, digest) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &digest]);
    let said = desk.run(&["request", "carry-out", &request, "--plan", &digest, "--purge"]);
    assert_eq!((said.code, said.problem()), (3, "drift"), "{said:?}");
    assert!(said.view["drift"].as_array().is_some_and(|it| !it.is_empty()));
}

#[test]
fn a_record_that_somebody_edited_in_between_refuses_the_run_before_anything_is_written() {
    let (org, desk) = with_faults("");
    let (request, digest) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &digest]);
    org.edit("Contact", "0035g00000ANA01", &serde_json::json!({ "Description": "new" }));
    let said = desk.run(&["request", "carry-out", &request, "--plan", &digest]);
    assert_eq!((said.code, said.problem()), (3, "drift"), "{said:?}");
    let drift = said.view["drift"].to_string();
    assert!(drift.contains("0035g00000ANA01"), "{drift}");
    let journal = desk.done(&["ledger", "show"]).view.to_string();
    assert!(journal.contains("request.drift_refused") && !journal.contains("batch.intent"), "{journal}");
}

#[test]
fn a_field_that_describe_shows_and_queries_refuse_is_named_and_the_person_is_found_without_it() {
    let (_org, desk) =
        with_faults("[[fault]]\nkind = \"describe_lies\"\nobject = \"Contact\"\nfield = \"Email\"\n");
    let request = desk.open("delete", &ana());
    let located = desk.done(&["request", "locate", &request]).view;
    let found = located["matches"].as_array().unwrap().iter().find(|it| it["object"] == "Contact");
    assert_eq!(found.unwrap()["id"].as_str().map(|it| &it[..15]), Some("0035g00000ANA01"));
    let of = |field: &str| {
        let all = located["coverage"].as_array().unwrap();
        all.iter().find(|it| it["object"] == "Contact" && it["field"] == field).unwrap().clone()
    };
    assert_eq!(of("Email")["outcome"], "not-readable", "{}", of("Email"));
    assert_eq!(of("LastName")["outcome"], "searched", "{}", of("LastName"));
}

#[test]
fn a_locked_record_is_tried_again_then_reported_and_the_others_go_on() {
    let (_org, desk) = with_faults(
        "[[fault]]\nkind = \"lock_row\"\nobject = \"Task\"\nid = \"00T5g00000TAS01\"\ntimes = 1000\n",
    );
    let (request, digest) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &digest]);
    let done = desk.run(&["request", "carry-out", &request, "--plan", &digest]);
    let word = |object: &str| {
        done.view["outcomes"]
            .as_array()
            .and_then(|it| it.iter().find(|it| it["object"] == object))
            .and_then(|it| it["outcome"].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(word("CampaignMember"), "deleted", "{done:?}");
    assert_eq!(word("Task"), "locked", "{done:?}");
}

#[test]
fn an_expired_session_without_a_way_to_renew_it_says_so() {
    let (_org, desk) = with_faults("[[fault]]\nkind = \"session_expired\"\nafter = 6\n");
    let request = desk.open("delete", &crate::requests::ana());
    let said = desk.run(&["request", "locate", &request]);
    assert_eq!((said.code, said.problem()), (1, "org_sign_in"), "{said:?}");
}

#[test]
fn a_maintenance_page_is_no_answer() {
    let (_org, desk) = with_faults("[[fault]]\nkind = \"html\"\nafter = 6\n");
    let request = desk.open("delete", &crate::requests::ana());
    let said = desk.run(&["request", "locate", &request]);
    assert_eq!((said.code, said.problem()), (1, "org_maintenance"), "{said:?}");
}

#[test]
fn a_locate_that_was_stopped_by_its_ceiling_goes_on() {
    let (_org, desk) = with_faults("");
    let request = desk.open("delete", &crate::requests::ana());
    let stopped = desk.run(&["request", "locate", &request, "--call-ceiling", "5"]);
    assert_eq!((stopped.code, stopped.problem()), (1, "call_ceiling"), "{stopped:?}");
    let located = desk.done(&["request", "locate", &request]).view;
    assert!(located["matches"].as_array().is_some_and(|it| it.len() >= 7));
}
