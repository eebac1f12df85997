//! What a window may be given that nobody wishes for: names of any length and direction, a drive that cannot be written to or
//! that vanishes, a clock that was set back. Each is laid out, or told in a sentence.

use std::process::Command;

use house_tests::Desk;
use serde_json::json;

use crate::browser::{BACKSPACE, Browser, ENTER, TAB};
use crate::steps::{step, unlock, unlocked, write};
use crate::troubles::{ANA, problem, served};

const ARABIC: &str = "عبد الرحمن بن محمد الفارسي";
const HEBREW: &str = "שרה כהן־לוי";

/// A name without a blank.
fn long(letters: usize) -> String {
    "Wolfeschlegelsteinhausen".chars().cycle().take(letters).collect()
}

/// A name is searched for with at most so many letters; an org keeps fewer.
const MOST: usize = 120;
const MOST_IN_ORG: usize = 80;
/// Puts a program's clock some seventy years ahead.
const AHEAD: &str = "#define _GNU_SOURCE\n#include <dlfcn.h>\n#include <time.h>\n\
    int clock_gettime(clockid_t id, struct timespec *at) {\n\
      static int (*real)(clockid_t, struct timespec *);\n\
      if (!real) real = dlsym(RTLD_NEXT, \"clock_gettime\");\n\
      int said = real(id, at);\n\
      if (id == CLOCK_REALTIME) at->tv_sec += 70L * 365 * 86400;\n\
      return said; }\n";

#[test]
fn a_name_of_200_letters_is_refused_in_words_and_long_ones_and_those_from_right_to_left_stand_in_their_place()
{
    let org = served(&[]);
    org.edit("Contact", ANA, &json!({ "FirstName": HEBREW, "LastName": long(MOST_IN_ORG) }));
    let desk = Desk::at(&org);
    let window = unlocked(&desk, false);
    window.press("New request");
    write(&window, "Names", &format!("{ARABIC}{ENTER}{HEBREW}{ENTER}{}", long(200)));
    write(&window, "Email addresses", "ana.lindqvist@example.com");
    write(&window, "Street and number", ARABIC);
    window.press("Open the request");
    let said = problem(&window);
    assert!(said.contains("name 3") && said.contains("at most 120 characters"), "what is too long: {said}");
    assert!(said.contains("Nothing was done"), "what did not happen: {said}");
    window.picture("88-names-new-request.png");
    write(&window, "Names", &BACKSPACE.repeat(200 - MOST));
    window.press("Open the request");
    window.find(&format!("//header//dd[contains(., '{ARABIC}')]"));
    for point in ["email address you hold", "name agrees"] {
        window.click(&window.find(&format!("//label[contains(., '{point}')]/input")));
    }
    window.press("Record the check");
    window.sees("Recorded: 2 points");
    window.picture("88-names-case.png");
    step(&window, "Locate");
    window.press("Locate");
    window.sees("records in");
    window.picture("88-names-located.png");
    step(&window, "Review");
    window.press("Take all exact and strong matches");
    window.find("//li//small[normalize-space()='Delete']");
    window.picture("88-names-review.png");
    window.press("Requests");
    window.sees("One request.");
    window.picture("88-names-list.png");
}

#[test]
fn a_vault_that_cannot_be_written_to_is_shown_and_the_window_says_why_nothing_is_kept() {
    let (_org, desk) = crate::three_requests();
    let window = Browser::open_unwritable(desk.folder.path());
    unlock(&window);
    window.press("Requests");
    window.sees("R-2026-0001");
    window.press("Settings");
    write(&window, "Legal name", "Example Company");
    window.keys(&[TAB]);
    let said = problem(&window);
    assert!(said.contains("Nothing was changed"), "what did not happen: {said}");
    assert!(said.contains("where you may write"), "what to do next: {said}");
    window.picture("89-read-only.png");
}

#[test]
fn a_drive_that_vanished_is_told_and_what_is_typed_is_saved_when_it_is_back() {
    let (_org, desk) = crate::three_requests();
    let window = unlocked(&desk, false);
    window.press("Settings");
    window.find("//label[contains(., 'Legal name')]/textarea");
    let elsewhere = desk.path("elsewhere");
    std::fs::rename(desk.path("vault.habeas"), &elsewhere).expect("the file is moved");
    write(&window, "Legal name", "Example Company");
    window.keys(&[TAB]);
    let said = problem(&window);
    assert!(said.contains("Nothing was saved"), "what did not happen: {said}");
    assert!(said.contains("put the file back"), "what to do next: {said}");
    window.picture("89-drive-vanished.png");
    std::fs::rename(&elsewhere, desk.path("vault.habeas")).expect("the file is put back");
    write(&window, "Legal name", " of Alder");
    window.keys(&[TAB]);
    window.find("//label[contains(., 'Legal name')]//*[normalize-space()='Saved']");
}

#[test]
fn a_clock_that_was_set_back_is_told_on_every_page() {
    let desk = Desk::new();
    let ahead = desk.path("ahead.so");
    let source = desk.write("ahead.c", AHEAD);
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o", &ahead, &source, "-ldl"]).status();
    assert!(built.is_ok_and(|it| it.success()), "cc builds what puts a clock ahead");
    // A practice vault may pretend a day; only a real one minds.
    std::fs::remove_file(desk.path("vault.habeas")).expect("the practice vault is there");
    let made = desk.run_with(&["vault", "create"], &[("LD_PRELOAD", &ahead)]);
    assert_eq!(made.code, 0, "{made:?}");
    let window = unlocked(&desk, false);
    let said = problem(&window);
    assert!(said.contains("the last entry of this vault was made at 20"), "what happened: {said}");
    assert!(
        said.contains("Nothing is lost") && said.contains("Set date and time"),
        "what to do next: {said}"
    );
    window.picture("89-clock-set-back.png");
    window.press("Requests");
    window.sees("No requests yet.");
    assert_eq!(problem(&window), said, "it stands on the next page too");
}
