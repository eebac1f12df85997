//! What the driver cannot press: the keys of the menu, and the system's own dialogs. Real keys go to the display, as from a keyboard.

use std::process::Command;
use std::time::{Duration, Instant};

use house_tests::panic_with;

use crate::browser::Browser;
use crate::steps::unlocked;

const LONGEST_CHOICE: Duration = Duration::from_secs(60);

/// Gives a window of this display the keyboard, once it is there, and presses keys.
fn at_keyboard(window: &Browser, title: &str, keys: &[&str]) {
    assert!(
        xdotool(window, &["search", "--sync", "--onlyvisible", "--name", title, "windowfocus"]),
        "{title} is there and takes the keyboard"
    );
    // Named no window, it presses them for the one that has the keyboard, as a hand does.
    assert!(xdotool(window, keys), "{keys:?} at {title}");
}

/// Whether xdotool could do this.
fn xdotool(window: &Browser, words: &[&str]) -> bool {
    let told = Command::new("xdotool").args(words).env("DISPLAY", window.display()).output();
    let told = told.unwrap_or_else(|error| {
        panic_with(&format!(
            "xdotool could not be started ({error}), so no real key was pressed. `cargo xtask set-up` installs it."
        ))
    });
    told.status.success()
}

/// Answers a dialog for files: Ctrl with L leads to its field for a path, and what stands there is written over.
fn names_file(window: &Browser, title: &str, path: &str) {
    at_keyboard(window, title, &["key", "ctrl+l", "ctrl+a"]);
    at_keyboard(window, title, &["type", "--delay", "15", path]);
    // While the field still completes what was typed, it swallows the key.
    let begun = Instant::now();
    while xdotool(window, &["search", "--onlyvisible", "--name", title, "windowfocus"]) {
        assert!(begun.elapsed() < LONGEST_CHOICE, "the dialog {title} stays open");
        xdotool(window, &["key", "Return"]);
    }
}

#[test]
fn the_menu_is_opened_and_its_entries_chosen_by_their_keys() {
    let (_org, desk) = crate::three_requests();
    let window = unlocked(&desk, false);
    at_keyboard(&window, "^Habeas", &["key", "ctrl+n"]);
    window.find("//h1[normalize-space()='New request']");
    // The second menu: its last entry selects all, its first one cuts, its third one pastes.
    let names = window.find("//label[contains(., 'Names')]/textarea");
    window.type_into(&names, "Ana Lindqvist");
    let says = |text: &str| {
        window.script_until(&format!("return document.activeElement.value === '{text}';"));
    };
    at_keyboard(&window, "^Habeas", &["key", "F10", "Right", "Up", "Return"]);
    at_keyboard(&window, "^Habeas", &["key", "F10", "Right", "Down", "Return"]);
    says("");
    at_keyboard(&window, "^Habeas", &["key", "F10", "Right", "Down", "Down", "Down", "Return"]);
    says("Ana Lindqvist");
    // The third menu, its second entry.
    at_keyboard(&window, "^Habeas", &["key", "F10", "Right", "Right", "Down", "Down", "Return"]);
    window.find("//h1[normalize-space()='Requests']");
    at_keyboard(&window, "^Habeas", &["key", "ctrl+equal"]);
    window.script_until("return devicePixelRatio > 1.2 || innerWidth < 1100;");
    at_keyboard(&window, "^Habeas", &["key", "ctrl+0"]);
    at_keyboard(&window, "^Habeas", &["key", "ctrl+l"]);
    window.find("//input[@type='password']");
    at_keyboard(&window, "^Habeas", &["key", "ctrl+q"]);
    let begun = Instant::now();
    while !window.processes().is_empty() {
        assert!(begun.elapsed() < LONGEST_CHOICE, "the window quits");
    }
}

#[test]
fn a_list_is_saved_and_a_bundle_chosen_in_the_systems_own_dialogs() {
    let (_org, desk) = crate::three_requests();
    let bundle = desk.path("from-a-colleague.zip");
    desk.done(&["request", "seal", "R-2026-0001", "--to", &bundle]);
    let window = unlocked(&desk, false);

    window.press("Requests");
    window.press("Save these rows as a file …");
    let list = desk.path("list.csv");
    names_file(&window, "^Save the list$", &list);
    window.sees("list.csv");
    let saved = std::fs::read_to_string(&list).expect("the list was saved");
    assert_eq!(saved.lines().count(), 4, "a head and three requests: {saved}");
    assert!(!saved.contains("lindqvist"), "a list names nobody: {saved}");

    window.press("Check a bundle");
    window.press("Choose the file …");
    at_keyboard(&window, "^Check a sealed bundle$", &["key", "Escape"]);
    window.press("Choose the file …");
    names_file(&window, "^Check a sealed bundle$", &bundle);
    window.sees("Intact: nothing was changed since it was sealed.");
}
