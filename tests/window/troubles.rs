//! What goes wrong in an org or on this computer, met in the window: said in words, and nothing lost.

use house_tests::{Desk, PracticeOrg, panic_with};
use serde_json::json;

use crate::steps::{case, confirmed, sealed, step, tab, unlocked};

const ANA: &str = "0035g00000ANA01";

pub fn served(extra: &[&str]) -> PracticeOrg {
    let small = format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"));
    PracticeOrg::serve(&[&["--org", small.as_str()], extra].concat())
}

/// A deletion with an approved plan, made by the command line.
fn approved(desk: &Desk) -> String {
    let (request, plan) = rehearsed(desk);
    desk.done(&["request", "approve", &request, "--plan", &plan]);
    request
}

/// A deletion that was rehearsed, and the digest of its plan.
pub fn rehearsed(desk: &Desk) -> (String, String) {
    let person = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] });
    let request = desk.open("delete", &person);
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"]["digest"].clone();
    (request, plan.as_str().unwrap_or_default().to_owned())
}

#[test]
fn an_org_that_changed_since_the_rehearsal_stops_the_run_and_the_window_says_so() {
    let org = served(&[]);
    let desk = Desk::at(&org);
    let request = approved(&desk);
    let window = unlocked(&desk, false);
    case(&window, &request);
    step(&window, "Delete");
    org.edit("Contact", ANA, &json!({ "Description": "edited by somebody else" }));
    tab(&window, "3 Run");
    confirmed(&window, "Delete to the recycle bin");
    let said = window.text(&window.find("//*[@role='alert']"));
    assert!(said.contains("The org changed since the plan was rehearsed"), "says what happened: {said}");
    assert!(said.contains("Rehearse again"), "says what to do next: {said}");
    window.picture("40-drift.png");
    tab(&window, "1 Rehearse");
    window.press("Rehearse again");
    tab(&window, "2 Approve");
    window.press("Approve this plan");
    window.sees("This plan is approved.");
}

#[test]
fn an_org_that_refuses_the_app_is_explained_and_the_case_stays_as_it_was() {
    let faults = tempfile::NamedTempFile::new().unwrap_or_else(|error| panic_with(&error.to_string()));
    std::fs::write(faults.path(), "[[fault]]\nkind = \"session_expired\"\nafter = 6\n")
        .unwrap_or_else(|error| panic_with(&error.to_string()));
    let org = served(&["--faults", &faults.path().to_string_lossy()]);
    let desk = Desk::at(&org);
    let request = desk.open("opt-out", &json!({ "emails": ["ana.lindqvist@example.com"] }));
    let window = unlocked(&desk, false);
    case(&window, &request);
    step(&window, "Locate");
    window.press("Locate");
    let said = window.text(&window.find("//*[@role='alert']"));
    assert!(said.contains("Problem.") && said.contains("Next."), "says what happened and what to do: {said}");
    window.picture("41-refused.png");
    window.find("//button[normalize-space()='Locate' and not(@disabled)]");
}

#[test]
fn a_window_killed_in_the_middle_of_a_deletion_goes_on_when_it_is_opened_again() {
    let org = served(&["--latency-ms", "400"]);
    let desk = Desk::at(&org);
    let request = approved(&desk);
    let window = unlocked(&desk, false);
    case(&window, &request);
    step(&window, "Delete");
    tab(&window, "3 Run");
    confirmed(&window, "Delete for good");
    window.sees("Deleting:");
    window.kill();

    let window = unlocked(&desk, false);
    case(&window, &request);
    step(&window, "Delete");
    tab(&window, "3 Run");
    confirmed(&window, "Delete for good");
    window.sees("What happened");
    window.find("//strong[normalize-space()='deleted for good']");
    window.picture("42-resumed.png");
    tab(&window, "4 Prove");
    window.press("Prove it");
    window.find("//dt[normalize-space()='still there']/following-sibling::dd[normalize-space()='0']");
    sealed(&window, desk.folder.path());
}
