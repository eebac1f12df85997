//! What the driver cannot press: the keys of the menu, and the system's own dialogs. Real keys go to the display, as from a keyboard.

use std::process::Command;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use house_tests::panic_with;
use serde_json::json;

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

/// The time on this clock, and some minutes later, as the protocol writes it.
fn in_minutes(minutes: u32) -> String {
    let told = Command::new("date")
        .args(["-u", "-d", &format!("+{minutes} minutes"), "+%Y-%m-%dT%H:%M:%SZ"])
        .output();
    String::from_utf8_lossy(&told.expect("date tells the time").stdout).trim().to_owned()
}

#[test]
fn a_signed_request_and_the_agents_key_are_chosen_in_the_systems_own_dialogs() {
    let (_org, desk) = crate::three_requests();
    desk.done(&["settings", "set", "drp.business_id=ALDER_FINCH"]);
    let message = json!({
        "agent-id": "GOOD_AGENT", "business-id": "ALDER_FINCH", "agent-request-id": "a-1", "drp.version": "1.0",
        "issued-at": in_minutes(0), "expires-at": in_minutes(10), "exercise": "deletion", "regime": "ccpa",
        "name": "Bo Nilsson", "email": "bo.nilsson@example.com", "email_verified": true,
    });
    let agent = SigningKey::from_bytes(&[7; 32]);
    let signed =
        [agent.sign(message.to_string().as_bytes()).to_bytes().as_slice(), message.to_string().as_bytes()]
            .concat();
    let message = desk.write("message.txt", STANDARD.encode(signed));
    let key = desk.write("agent.key", STANDARD.encode(agent.verifying_key().as_bytes()));
    let another = SigningKey::from_bytes(&[8; 32]).verifying_key();
    let another = desk.write("another.key", STANDARD.encode(another.as_bytes()));
    let window = unlocked(&desk, false);

    window.press("New request");
    window.press("Open a signed request (Data Rights Protocol) …");
    names_file(&window, "1 of 2", &message);
    names_file(&window, "2 of 2", &another);
    let said = window.text(&window.find("//*[@role='alert']"));
    assert!(said.contains("signature"), "a key of somebody else opens nothing: {said}");
    window.picture("90-signed-refused.png");
    window.press("Open a signed request (Data Rights Protocol) …");
    names_file(&window, "1 of 2", &message);
    names_file(&window, "2 of 2", &key);
    window.sees("The signature is good");
    window.find("//dd[contains(., 'GOOD_AGENT')]");
    window.picture("90-signed-opened.png");
    window.press("Go to the request");
    window.find("//h1[contains(., 'R-2026-0004')]");
    window.find("//header//dd[contains(., 'Bo Nilsson')]");
}
