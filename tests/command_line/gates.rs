//! The gates of every kind of request: identity, clocks, holds, denials, repeats.

use house_tests::{Desk, PracticeOrg, Said};
use serde_json::{Value, json};

use crate::requests::{ana, small};

const NOW: &str = "2026-11-20T18:00:00Z";

/// A desk on the small org at a given moment.
pub fn desk_at(org: &PracticeOrg, now: &str) -> Desk {
    let mut desk = Desk::at(org);
    desk.now = Some(now.to_owned());
    desk
}

/// Opens a request with extra flags.
fn open(desk: &Desk, kind: &str, subject: &Value, extra: &[&str]) -> Said {
    open_received(desk, "2026-11-02T10:00:00-08:00", kind, subject, extra)
}

fn open_received(desk: &Desk, at: &str, kind: &str, subject: &Value, extra: &[&str]) -> Said {
    let file = desk.write("subject.json", subject.to_string());
    let mut words = vec!["request", "open", "--org", "practice", "--kind", kind, "--received-at", at];
    words.extend(["--channel", "web form", "--subject", &file]);
    words.extend(extra);
    desk.run(&words)
}

fn number(said: &Said) -> String {
    said.view["request"].as_str().unwrap_or_default().to_owned()
}

/// The state of one step of the road, as `show` tells it.
fn step<'a>(shown: &'a Value, step: &str) -> &'a str {
    let road = shown["road"].as_array().expect("a road");
    road.iter().find(|it| it["step"] == step).and_then(|it| it["state"].as_str()).unwrap_or("absent")
}

#[test]
fn points_count_only_where_they_agree_with_the_records() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, NOW);
    let wrong = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0177"] });
    let request = desk.open("delete", &wrong);
    let said = desk.done(&["request", "identify", &request, "--points", "phone,account_number,email"]).view;
    assert_eq!((&said["compared"], &said["identified"]), (&json!(false), &json!(true)), "as put forward");
    desk.done(&["request", "locate", &request]);
    let shown = desk.done(&["request", "show", &request]).view;
    assert_eq!(shown["identity"]["points"], json!(["email"]));
    let refused: Vec<&str> = shown["identity"]["not_counted"]
        .as_array()
        .expect("points that do not count")
        .iter()
        .filter_map(|it| it["point"].as_str())
        .collect();
    assert_eq!(refused, ["phone", "account_number"], "one differs, of the other nothing is held");
    assert_eq!(step(&shown, "identify"), "open", "the level fell when the points were compared");
    desk.done(&["request", "review", &request, "--accept", "exact"]);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"]["digest"].clone();
    let plan = plan.as_str().expect("a digest");
    assert_eq!(desk.run(&["request", "approve", &request, "--plan", plan]).problem(), "not_yet");
    let said = desk.done(&["request", "identify", &request, "--points", "email,name,birthdate"]).view;
    assert_eq!((&said["compared"], &said["level"]), (&json!(true), &json!("reasonable")));
    assert_eq!(
        said["not_counted"],
        json!([]),
        "the birthdate was compared by the officer: the record holds one"
    );
    assert!(
        said["notes"].to_string().contains("--level reasonably_high"),
        "a Social Security number is held"
    );
    desk.done(&["request", "approve", &request, "--plan", plan]);
}

#[test]
fn what_must_not_be_verified_is_not_and_hands_nothing_out() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, NOW);
    for kind in ["opt-out", "limit"] {
        let request = desk.open(kind, &ana());
        let said = desk.run(&["request", "identify", &request, "--points", "email,name"]);
        assert_eq!((said.code, said.problem()), (1, "not_yet"), "{kind}");
        assert!(
            said.view["problem"]["message"].as_str().is_some_and(|it| it.contains("must not be verified"))
        );
        let said = desk.run(&["request", "export", &request, "--to", &desk.path("x")]);
        assert_eq!(said.problem(), "not_yet", "{kind}");
        assert_eq!(
            desk.run(&["request", "extend", &request, "--because", "much to do"]).problem(),
            "not_yet"
        );
        let said = desk.run(&["request", "deny", &request, "--reason", "insuf_verification"]);
        assert_eq!(said.problem(), "usage", "{kind}");
        let shown = desk.done(&["request", "show", &request]).view;
        assert_eq!(step(&shown, "identify"), "absent");
        assert_eq!(step(&shown, "approve"), "waiting");
    }
}

#[test]
fn agents_parents_and_account_holders_each_have_their_gate() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, NOW);
    let points = ["--points", "email,name"];
    let identify = |request: &str, extra: &[&str]| {
        let mut words = vec!["request", "identify", request];
        words.extend(points);
        words.extend(extra);
        desk.run(&words)
    };
    let paper = desk.write("paper.pdf", "a signed paper");

    let agent = number(&open(&desk, "delete", &ana(), &["--via", "agent"]));
    assert_eq!(identify(&agent, &[]).view["identified"], false, "no authority on file");
    assert_eq!(identify(&agent, &["--agent", &paper, "--confirmed-directly"]).view["identified"], true);
    let attorney = number(&open(&desk, "delete", &ana(), &["--via", "agent"]));
    assert_eq!(identify(&attorney, &["--power-of-attorney", &paper]).view["identified"], true);

    let child = number(&open(&desk, "delete", &ana(), &["--via", "parent", "--age-band", "under-13"]));
    assert_eq!(identify(&child, &[]).view["identified"], false);
    assert_eq!(identify(&child, &["--parent", "a-hunch"]).problem(), "usage");
    assert_eq!(identify(&child, &["--parent", "video-call"]).view["identified"], true);

    let holder = number(&open(&desk, "know-specific", &ana(), &["--account-holder"]));
    assert_eq!(identify(&holder, &["--account-holder"]).problem(), "reauthentication");
    let said = desk.done(&["request", "identify", &holder, "--points", "login"]).view;
    assert_eq!((&said["level"], &said["identified"]), (&json!("reasonably high"), &json!(true)));

    let opt_in = number(&open(&desk, "opt-in", &ana(), &["--age-band", "under-13"]));
    assert_eq!(desk.run(&["request", "confirm", &opt_in]).problem(), "not_yet", "a parent first");
    desk.done(&["request", "identify", &opt_in, "--parent", "in-person"]);
    desk.done(&["request", "confirm", &opt_in]);
    let bad = open(&desk, "delete", &ana(), &["--via", "a friend"]);
    assert_eq!((bad.code, bad.problem()), (2, "usage"));
}

#[test]
fn receipt_is_confirmed_and_the_time_extended_once_and_not_late() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = desk_at(&org, NOW);
    let request = desk.open("know-specific", &ana());
    let said = desk.done(&["request", "acknowledge", &request, "--how", "email"]).view;
    assert_eq!((&said["late"], &said["acknowledge_by"]), (&json!(true), &json!("2026-11-17")));
    assert_eq!(desk.run(&["request", "acknowledge", &request]).problem(), "already_acknowledged");
    assert_eq!(desk.run(&["request", "extend", &request, "--because", "  "]).problem(), "text_unusable");

    desk.now = Some("2026-12-18T09:00:00Z".to_owned());
    let said = desk.run(&["request", "extend", &request, "--because", "the archive is large"]);
    assert_eq!((said.code, said.problem()), (1, "extension_too_late"), "day 45 was 2026-12-17");
    assert!(said.view["problem"]["message"].as_str().is_some_and(|it| it.contains("1798.145(h)(1)")));
    assert_eq!(desk.done(&["request", "show", &request]).view["extension"], Value::Null);

    desk.now = Some("2026-12-18T07:00:00Z".to_owned());
    let said = desk.done(&["request", "extend", &request, "--because", "the archive is large"]).view;
    assert_eq!((&said["first_due"], &said["answer_by"]), (&json!("2026-12-17"), &json!("2027-01-31")));
    assert_eq!(desk.run(&["request", "extend", &request, "--because", "again"]).problem(), "not_yet");
    let shown = desk.done(&["request", "show", &request]).view;
    assert_eq!(shown["due_on"], "2027-01-31");
    let told: Vec<&str> =
        shown["events"].as_array().expect("events").iter().filter_map(|it| it["event"].as_str()).collect();
    assert_eq!(told, ["acknowledged", "extended"]);
    let ledger = desk.done(&["ledger", "show"]).view.to_string();
    assert!(!ledger.contains("archive is large"), "the officer's words stay out of the ledger");
}

#[test]
fn a_law_enforcement_hold_stops_the_deletion_until_it_ends() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = desk_at(&org, NOW);
    let (request, plan) = crate::requests::rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &plan]);
    let held =
        desk.done(&["request", "hold", &request, "--agency-case", "LE-77", "--from", "2026-11-10"]).view;
    assert_eq!((&held["until"], &held["blocks_deletion"]), (&json!("2027-02-08"), &json!(true)));
    let carry_out = ["request", "carry-out", request.as_str(), "--plan", plan.as_str()];
    let said = desk.run(&carry_out);
    assert_eq!(said.problem(), "not_yet");
    assert!(said.view["problem"]["message"].as_str().is_some_and(|it| it.contains("law-enforcement")));
    assert_eq!(desk.done(&["request", "hold", &request, "--renew"]).view["until"], "2027-02-18");
    desk.now = Some("2027-02-19T18:00:00Z".to_owned());
    let shown = desk.done(&["request", "show", &request]).view;
    assert_eq!(step(&shown, "carry-out"), "open", "the hold is over");
    desk.now = Some(NOW.to_owned());
    assert_eq!(desk.run(&carry_out).problem(), "not_yet");
    desk.done(&["request", "hold", &request, "--release"]);
    assert_eq!(desk.run(&["request", "hold", &request, "--renew"]).problem(), "not_held");
    desk.done(&carry_out);
}

#[test]
fn the_same_person_is_recognised_and_a_namesake_is_not() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, NOW);
    let first = desk.open("delete", &ana());
    let again = open(&desk, "delete", &json!({ "emails": ["Ana.Lindqvist@example.com"] }), &[]).view;
    assert_eq!(again["duplicates"], json!([first]));
    assert!(again["warnings"][0].as_str().is_some_and(|it| it.contains(&first)), "{again}");
    let other = open(&desk, "delete", &json!({ "names": ["Ana Lindqvist"] }), &[]).view;
    assert_eq!((&other["duplicates"], &other["earlier"]), (&json!([]), &json!([])));
    let know = open(&desk, "know-specific", &ana(), &[]).view;
    assert_eq!(know["duplicates"], json!([]), "another kind is no duplicate");
    assert_eq!(know["earlier"].as_array().map(Vec::len), Some(2), "the namesake is not among them");
    let twin = again["request"].as_str().expect("a number");
    let later = desk.done(&["request", "show", twin]).view;
    assert_eq!(
        later["known"]["duplicates"],
        json!([first]),
        "it is still said when the case is looked at again"
    );
    assert_eq!(
        later["known"]["earlier"].as_array().map(Vec::len),
        Some(2),
        "the other two of the same person"
    );
    desk.done(&["request", "close", twin, "--outcome", "duplicate"]);
    let shown = desk.done(&["request", "show", twin]).view;
    assert_eq!((&shown["outcome"], &shown["reason"]), (&json!("cancelled"), &json!("duplicate")));
    assert_eq!(shown["protocol"]["status"], "revoked");
}

#[test]
fn a_denial_has_a_reason_of_the_list_and_its_appeal_route() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, NOW);
    let household = open(&desk, "delete", &ana(), &["--household"]);
    assert!(household.view["warnings"].to_string().contains("1798.145(p)"));
    let request = number(&household);
    desk.done(&["request", "identify", &request, "--points", "email,name"]);
    desk.done(&["request", "locate", &request]);
    let said = desk.run(&["request", "export", &request, "--to", &desk.path("x")]);
    assert!(said.view["problem"]["message"].as_str().is_some_and(|it| it.contains("household")), "{said:?}");
    for wrong in ["because", "not_inaccurate", "duplicate"] {
        assert_eq!(desk.run(&["request", "deny", &request, "--reason", wrong]).problem(), "usage", "{wrong}");
    }
    let denied = desk
        .done(&["request", "deny", &request, "--reason", "claim_not_covered", "--ground", "household"])
        .view;
    assert!(denied["appeal"].as_str().is_some_and(|it| it.contains("look at this decision again")));
    let wrong = desk.run(&["request", "close", &request, "--outcome", "granted", "--reason", "other"]);
    assert_eq!(wrong.problem(), "usage", "what is granted has no reason");
    let closed = desk.done(&["request", "close", &request, "--outcome", "denied"]).view;
    assert_eq!((&closed["outcome"], &closed["reason"]), (&json!("denied"), &json!("claim_not_covered")));
    assert_eq!(closed["protocol"], json!({ "status": "denied", "reason": "claim_not_covered" }));

    let part = desk.open("delete", &ana());
    let denied = desk
        .done(&["request", "deny", &part, "--reason", "other", "--ground", "105d8", "--scope", "invoices"])
        .view;
    assert!(denied["ground"].as_str().is_some_and(|it| it.contains("1798.105(d)(8)")), "{denied}");
    assert_eq!(denied["scope"], "invoices");
}

#[test]
fn the_law_book_answers_for_every_kind_and_a_right_that_is_not_in_force_opens_nothing() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, NOW);
    for (kind, duty, due) in [
        ("know-categories", "answer", "2026-12-17"),
        ("correct", "answer", "2026-12-17"),
        ("opt-out", "opt_out", "2026-11-24"),
        ("limit", "limit", "2026-11-24"),
    ] {
        let request = desk.open(kind, &ana());
        let shown = desk.done(&["request", "show", &request]).view;
        let duties = shown["duties"].as_array().expect("duties");
        let owed = duties.iter().find(|it| it["duty"] == duty).expect("the duty");
        assert_eq!((&owed["due"], &owed["state"]), (&json!(due), &json!("owed")), "{kind}");
        assert!(owed["path"].as_array().is_some_and(|it| !it.is_empty()), "how it was computed");
        assert_eq!(shown["due_on"], due, "{kind}");
    }
    for kind in ["admt-access", "admt-opt-out"] {
        let said = open(&desk, kind, &ana(), &[]);
        assert_eq!((said.code, said.problem()), (1, "not_in_force"), "{kind}: {said:?}");
    }
    assert_eq!(desk.done(&["request", "list"]).view["requests"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_third_request_to_know_within_a_year_and_a_repeated_correction_may_be_refused() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, NOW);
    for _ in 0..2 {
        let request = desk.open("know-categories", &ana());
        desk.done(&["request", "close", &request, "--outcome", "granted"]);
    }
    let third = open(&desk, "know-specific", &ana(), &[]).view;
    assert_eq!(third["earlier"].as_array().map(Vec::len), Some(2));
    assert!(third["may_refuse"][0]["citation"].as_str().is_some_and(|it| it.contains("1798.130")), "{third}");
    let correct = desk.open("correct", &ana());
    desk.done(&["request", "close", &correct, "--outcome", "denied", "--reason", "not_inaccurate"]);
    let later = "2026-11-20T09:00:00-08:00";
    let again = open_received(&desk, later, "correct", &ana(), &["--same-matter"]).view;
    assert!(again["may_refuse"][0]["because"].to_string().contains("§ 7023(g)"), "{again}");
    let words = ["--same-matter", "--new-documents"];
    let new = open_received(&desk, later, "correct", &ana(), &words).view;
    assert_eq!(new["may_refuse"], json!([]), "new documents must be looked at");
}
