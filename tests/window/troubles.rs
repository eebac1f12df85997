//! What goes wrong in an org or on this computer, met in the window: said in words, and nothing lost.

use house_tests::{Desk, Lost, Network, PracticeOrg, panic_with};
use serde_json::json;

use crate::steps::{case, confirmed, sealed, step, tab, unlocked, write};

pub const ANA: &str = "0035g00000ANA01";

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
fn a_session_that_ended_is_explained_and_the_case_stays_as_it_was() {
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
    window.find("//button[normalize-space()='Go on where it stopped' and not(@disabled)]");
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

/// The words of the problem shown, once it is there.
pub fn problem(window: &crate::browser::Browser) -> String {
    window.text(&window.find("//*[@role='alert']"))
}

#[test]
fn a_network_that_vanishes_is_explained_and_each_step_goes_on_when_it_is_back() {
    let org = served(&[]);
    let network = Network::to(&org);
    let desk = Desk::new();
    desk.connect_through(&org, &network.url(), 0);
    let person = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] });
    let request = desk.open("delete", &person);
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    let window = unlocked(&desk, false);
    case(&window, &request);
    step(&window, "Locate");
    network.breaks_at("POST /services/data/v68.0/composite ", 3, Lost::Call);
    window.press("Locate");
    let said = problem(&window);
    assert!(said.contains("Nothing was changed in Salesforce; what was read so far is kept."), "{said}");
    assert!(said.contains("Check the network connection, then try again."), "{said}");
    window.sees("How far it came");
    window.picture("49-network-gone.png");
    network.comes_back();
    window.press("Go on where it stopped");
    window.sees("records in");
    step(&window, "Review");
    window.press("Take all exact and strong matches");
    window.find("//li//small[normalize-space()='Delete']");
    step(&window, "Delete");
    window.press("Rehearse");
    window.find("//button[normalize-space()='Rehearse again']");
    tab(&window, "2 Approve");
    window.press("Approve this plan");
    window.sees("This plan is approved.");
    tab(&window, "3 Run");

    network.breaks_at("DELETE /services/data/v68.0/composite/sobjects", 0, Lost::Answer);
    confirmed(&window, "Delete for good");
    let said = problem(&window);
    assert!(said.contains("what became of them is not known yet"), "{said}");
    assert!(
        said.contains("Salesforce is asked about each record before anything is written again"),
        "{said}"
    );
    window.picture("49-network-gone-while-deleting.png");
    network.comes_back();
    confirmed(&window, "Delete for good");
    window.sees("What happened");
    window.find("//strong[normalize-space()='deleted for good']");
    let deleted =
        org.calls().into_iter().flat_map(|it| it["changes"].as_array().cloned().unwrap_or_default());
    let mut deleted: Vec<String> = deleted.map(|it| format!("{} {}", it["deed"], it["id"])).collect();
    let count = deleted.len();
    deleted.sort();
    deleted.dedup();
    assert_eq!((deleted.len(), count), (13, 13), "six to the bin, seven out of it, nothing twice");
    tab(&window, "4 Prove");
    window.press("Prove it");
    window.find("//dt[normalize-space()='still there']/following-sibling::dd[normalize-space()='0']");
}

#[test]
fn what_was_typed_and_not_done_is_there_when_the_window_is_opened_again() {
    let (_org, desk) = crate::three_requests();
    let window = unlocked(&desk, false);
    window.press("New request");
    let field = "//label[contains(., 'Names')]/textarea";
    window.type_into(&window.find(field), "Ana Lindqvist");
    case(&window, "R-2026-0001");
    step(&window, "Letters");
    window.click(&window.find("//summary[contains(., 'Deny')]"));
    write(&window, "Only a part?", "the invoices");
    // The letter that is typed at the very moment of a crash may be lost; what was left before it is not.
    window.press("Today");
    window.sees("How this was computed");
    window.kill();
    drop(window);

    let window = unlocked(&desk, false);
    window.press("New request");
    window.script_until(
        "return [...document.querySelectorAll('textarea')].some((it) => it.value === 'Ana Lindqvist');",
    );
    window.press("Start over");
    window.script_until("return [...document.querySelectorAll('textarea')].every((it) => it.value === '');");
    case(&window, "R-2026-0001");
    step(&window, "Letters");
    window.click(&window.find("//summary[contains(., 'Deny')]"));
    window.script_until(
        "return [...document.querySelectorAll('input')].some((it) => it.value === 'the invoices');",
    );
}
