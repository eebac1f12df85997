//! What the window shows in the middle of a long deed: the search object by object, the deletion record by record.

use house_tests::Desk;

use crate::steps::{case, confirmed, step, tab, unlocked};
use crate::troubles::{rehearsed, served};

#[test]
fn a_search_and_a_deletion_show_how_far_they_are_while_they_go_on() {
    let org = served(&["--latency-ms", "700"]);
    let desk = Desk::at(&org);
    let (request, plan) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &plan]);
    let next = desk.open(
        "know-specific",
        &serde_json::json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"] }),
    );
    let window = unlocked(&desk, false);
    case(&window, &request);
    step(&window, "Delete");
    tab(&window, "3 Run");
    confirmed(&window, "Delete for good");
    let counted = "//p[@role='status' and contains(., 'Salesforce answered for')]";
    let live = "//div[@role='region' and @aria-label='Record by record']//strong";
    window.find(&format!("{counted}[starts-with(., 'Carrying out')]"));
    window.find(&format!("{live}[normalize-space()='sent, not answered yet']"));
    window.find(&format!("{live}[normalize-space()='in the bin by this plan']"));
    window.find(&format!("{counted}[starts-with(., 'Emptying the bin')]"));
    window.picture("43-record-by-record.png");
    window.find(&format!("{live}[normalize-space()='deleted for good']"));
    window.sees("What happened");
    assert_eq!(window.faults(), Vec::<String>::new());

    case(&window, &next);
    step(&window, "Locate");
    window.press("Locate");
    let looking = "//div[@role='region' and @aria-label='Object by object']";
    window.find(&format!("{looking}//li[contains(., 'looking')]"));
    window.find(&format!("{looking}//li[not(contains(., 'waiting')) and not(contains(., 'looking'))]"));
    window.picture("43-object-by-object.png");
    window.sees("What was looked at");
    window.find("//button[normalize-space()='Locate again']");
    assert_eq!(window.faults(), Vec::<String>::new());
}
