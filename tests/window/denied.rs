//! A request that is denied: nothing was found, the reason is recorded, the letter is looked at and written, the case is sealed.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use house_tests::{Desk, PracticeOrg};
use serde_json::json;

use crate::steps::{case, choose, opener, sealed, step, unlocked, write};

#[test]
fn a_denied_request_leaves_with_its_letter_in_the_dark() {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"))]);
    let desk = Desk::at(&org);
    let request = desk.open("delete", &json!({ "emails": ["nobody.here@example.com"] }));
    let window = unlocked(&desk, true);

    case(&window, &request);
    step(&window, "Locate");
    window.press("Locate");
    window.sees("Nothing was found.");
    window.picture("20-nothing-found-dark.png");

    step(&window, "Letters");
    window.sees("What the letter says");
    window.click(&window.find("//summary[normalize-space()='Deny the request']"));
    choose(&window, "Why?", "Nothing");
    write(&window, "The ground in the law", "no record holds this address");
    window.picture("21-deny-dark.png");
    window.press("Record the denial");
    window.sees("Now write the denial letter");

    // The letter that is offered is now the denial, and it tells the reason that was recorded.
    window.press("Look at it first");
    window.sees("Page 1 of");
    let heard = window.script("return document.querySelector('.heard').textContent;");
    let heard: Vec<&str> = heard.as_str().unwrap_or_default().split_whitespace().collect();
    let heard = heard.join(" ");
    assert!(heard.contains(&request), "what is painted can also be heard: {heard}");
    assert!(heard.contains("no record holds this address"), "the reason stands in the letter: {heard}");
    let painted = "const it = document.querySelector('figure canvas'); \
        return new Set(it.getContext('2d').getImageData(0, 0, it.width, it.height).data).size;";
    assert!(window.script(painted).as_u64().is_some_and(|it| it > 8), "the page is painted, not blank");
    window.click(&window.find("//figure"));
    window.picture("22-letter-preview-dark.png");
    window.press("Write the letter");
    window.sees("letter-denial.pdf");
    let letter = desk.folder.path().join(&request).join("letter-denial.pdf");
    assert!(std::fs::read(&letter).is_ok_and(|it| it.starts_with(b"%PDF")), "the letter is a PDF");
    // It is printed from the system's viewer, which stands in the way of the window's tests as a script.
    let shown = viewer(desk.folder.path());
    window.press("Open it to print or save it");
    shown_in(&shown, &letter);
    window.picture("23-denied-dark.png");

    step(&window, "Close and seal");
    window.press("Close the request");
    window.sees("Closed: Denied.");
    sealed(&window, desk.folder.path());
    window.picture("24-denied-sealed-dark.png");
}

/// Puts a viewer into the folder in which the window looks first; gives the file in which it writes what it was asked to show.
fn viewer(folder: &Path) -> PathBuf {
    let shown = folder.join("shown.txt");
    let script =
        format!("#!/bin/sh\nprintf '%s' \"$1\" > '{0}.part' && mv '{0}.part' '{0}'\n", shown.display());
    opener(folder, &script);
    shown
}

fn shown_in(shown: &Path, file: &Path) {
    let begun = Instant::now();
    while !shown.exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the viewer was never started");
        std::thread::yield_now();
    }
    assert_eq!(std::fs::read_to_string(shown).expect("what was shown"), file.to_string_lossy());
}
