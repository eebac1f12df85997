//! Little room: everything at twice its size in a window of 1024 by 700, a request from its first line to the sealed and verified evidence.
//!
//! By the keyboard: the driver aims its pointer at where things would stand without the magnification.

use house_tests::{Desk, PracticeOrg};

use crate::browser::{Browser, ENTER};
use crate::steps::{choose, unlocked, verified, write};

/// Presses the button of this name from the keyboard.
fn press(window: &Browser, name: &str) {
    window
        .type_into(&window.find(&format!("//button[normalize-space()='{name}' and not(@disabled)]")), ENTER);
}

fn step(window: &Browser, name: &str) {
    window
        .type_into(&window.find(&format!("//nav//ol//button[contains(normalize-space(), '{name}')]")), ENTER);
    window.find(&format!("//section[@aria-label='{name}']"));
}

/// A tab that has the focus is chosen.
fn tab(window: &Browser, name: &str) {
    window.type_into(&window.find(&format!("//*[@role='tab' and normalize-space()='{name}']")), ENTER);
    window.find(&format!("//*[@role='tab' and @aria-selected='true' and normalize-space()='{name}']"));
}

#[test]
fn at_twice_the_size_in_a_small_window_a_request_goes_from_its_first_line_to_the_sealed_evidence() {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"))]);
    let desk = Desk::at(&org);
    let window = unlocked(&desk, false);
    window.size(1024, 700);
    press(&window, "Settings");
    choose(&window, "Size of everything", "200");
    let narrow = window.script(
        "return new Promise((yes) => { const look = () => \
         (innerWidth <= 512 ? yes(innerWidth) : requestAnimationFrame(look)); look(); });",
    );
    assert!(narrow.as_u64().is_some_and(|it| (400..=512).contains(&it)), "half as many points fit: {narrow}");
    window.picture("60-small-settings.png");

    press(&window, "New request");
    write(&window, "Names", "Ana Lindqvist");
    write(&window, "Email addresses", "ana.lindqvist@example.com");
    window.picture("61-small-new-request.png");
    press(&window, "Open the request");
    for point in ["email address you hold", "name agrees"] {
        window.type_into(&window.find(&format!("//label[contains(., '{point}')]/input")), " ");
    }
    press(&window, "Record the check");
    window.sees("Recorded: 2 points");
    window.picture("62-small-identity.png");
    step(&window, "Locate");
    press(&window, "Locate");
    window.sees("records in");
    window.picture("63-small-located.png");
    step(&window, "Review");
    press(&window, "Take all exact and strong matches");
    window.find("//li//small[normalize-space()='Delete']");
    window.picture("64-small-review.png");
    step(&window, "Delete");
    press(&window, "Rehearse");
    window.sees("To be done by hand");
    window.picture("65-small-rehearsed.png");
    tab(&window, "2 Approve");
    press(&window, "Approve this plan");
    window.sees("This plan is approved.");
    window.picture("66-small-approved.png");
    tab(&window, "3 Run");
    press(&window, "Delete for good");
    window.find("//*[@role='dialog']//label[contains(., '”')]");
    let question = window.script("return document.querySelector('[role=dialog] label').textContent;");
    let phrase = question.as_str().and_then(|it| it.split(['“', '”']).nth(1)).unwrap_or_default().to_owned();
    window.picture("67-small-confirm.png");
    window.type_into(&window.find("//*[@role='dialog']//input"), &phrase);
    let sure = "//*[@role='dialog']//button[normalize-space()='Delete for good' and not(@disabled)]";
    window.type_into(&window.find(sure), ENTER);
    window.sees("What happened");
    window.find("//strong[normalize-space()='deleted for good']");
    window.picture("68-small-carried-out.png");
    tab(&window, "4 Prove");
    press(&window, "Prove it");
    window.find("//dt[normalize-space()='still there']/following-sibling::dd[normalize-space()='0']");
    window.picture("69-small-proved.png");
    step(&window, "Close and seal");
    press(&window, "Close the request");
    window.sees("Closed: Complied with.");
    press(&window, "Seal the evidence");
    window.sees("-evidence.zip");
    window.picture("70-small-sealed.png");
    verified(desk.folder.path());
    press(&window, "Requests");
    window.sees("One request.");
    window.picture("71-small-requests.png");
}
