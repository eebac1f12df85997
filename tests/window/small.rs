//! Little room: everything at twice its size in a window of 1024 by 700, a request opened, located, reviewed and rehearsed.
//!
//! By the keyboard: the driver aims its pointer at where things would stand without the magnification.

use house_tests::{Desk, PracticeOrg};

use crate::browser::{Browser, ENTER};
use crate::steps::{choose, unlocked, write};

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

#[test]
fn at_twice_the_size_in_a_small_window_a_request_is_opened_located_reviewed_and_rehearsed() {
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
    press(&window, "Requests");
    window.sees("One request.");
    window.picture("66-small-requests.png");
}
