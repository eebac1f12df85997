//! The first minute: the window opens, a vault is unlocked, its requests are there.

use std::path::Path;

use house_tests::Session;

use crate::browser::{Browser, ENTER};

#[test]
fn the_window_unlocks_a_vault_and_lists_its_requests() {
    let (_org, desk) = crate::three_requests();
    let vault = desk.path("vault.habeas");
    let before = std::fs::read(&vault).expect("the vault is there");
    let browser = Browser::open(desk.folder.path(), false);

    let passphrase = browser.find("//input[@type='password']");
    let unlock = browser.find("//button[contains(., 'Unlock')]");
    assert!(!browser.enabled(&unlock), "nothing to unlock with yet");
    browser.find("//*[contains(text(), 'vault.habeas')]");
    browser.picture("unlock.png");

    browser.type_into(&passphrase, "not the passphrase");
    browser.click(&unlock);
    let problem = browser.text(&browser.find("//*[@role='alert']"));
    assert!(problem.contains("passphrase"), "says what happened: {problem}");
    assert!(problem.contains("Try the passphrase again"), "says what to do next: {problem}");
    browser.picture("wrong-passphrase.png");
    assert_eq!(
        std::fs::read(&vault).expect("the vault is there"),
        before,
        "a wrong passphrase touches nothing"
    );

    // From the keyboard alone: the field was emptied and has the focus.
    browser.type_into(&passphrase, &format!("correct horse battery staple{ENTER}"));
    browser.sees("How this was computed");
    browser.picture("today.png");
    browser.press("Requests");
    let row = browser.text(&browser.find("//tr[contains(., 'R-2026-0001')]"));
    assert!(row.contains("practice") && row.contains("Located"), "the request with its org and stage: {row}");
    assert!(row.contains("Thu, Dec 17, 2026"), "the day it is due, in words: {row}");
    browser.find("//tr[contains(., 'R-2026-0003')]");
    browser.find("//*[contains(., 'nothing here is about real people')]");
    browser.picture("requests.png");
}

#[test]
fn the_page_reaches_nothing_but_its_own_commands() {
    let (_org, desk) = crate::three_requests();
    let browser = Browser::open(desk.folder.path(), true);
    browser.find("//input[@type='password']");
    browser.picture("unlock-dark.png");

    let locked = browser.script(
        "return window.__TAURI_INTERNALS__.invoke('requests').then(() => 'listed', (it) => it.code);",
    );
    assert_eq!(locked, "vault_locked", "no request is listed before the vault is unlocked");
    for command in [
        "plugin:event|listen",
        "plugin:window|close",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:dialog|open",
    ] {
        let refused = browser.script(&format!(
            "return window.__TAURI_INTERNALS__.invoke('{command}', {{}}).then(() => 'done', (it) => 'refused: ' + it);"
        ));
        assert!(refused.as_str().is_some_and(|it| it.contains("not allowed")), "{command}: {refused}");
    }
    let outside =
        browser.script("return fetch('http://127.0.0.1:9/').then(() => 'fetched', () => 'refused');");
    assert_eq!(outside, "refused", "the page reaches no network");
    let written = browser.script(
        "const it = document.createElement('script'); it.textContent = 'window.written = true'; document.body.append(it); \
         return window.written === true;",
    );
    assert_eq!(written, false, "no script runs that was not built in");
}

#[test]
fn a_key_kept_by_this_computer_unlocks_until_it_is_taken_out() {
    let (_org, desk) = crate::three_requests();
    let session = Session::begin(Path::new(&desk.path("home")));
    let browser = Browser::open_in(desk.folder.path(), &session);
    browser.type_into(
        &browser.find("//input[@type='password']"),
        &format!("correct horse battery staple{ENTER}"),
    );
    browser.sees("How this was computed");
    let switch = "//label[contains(., 'Keep the key in this computer')]/input";
    let lock = || browser.press("Lock");
    browser.press("Settings");
    browser.click(&browser.find(&format!("{switch}[not(@disabled) and not(@checked)]")));
    browser.sees("Saved");
    browser.picture("82-key-store.png");

    lock();
    browser.press("Unlock with this computer’s key store");
    browser.sees("How this was computed");
    let entries = desk.done(&["ledger", "show"]).view.to_string();
    assert!(entries.contains("vault-key-remembered"), "{entries}");

    browser.press("Settings");
    let kept = browser.find(&format!("{switch}[not(@disabled)]"));
    browser.click(&kept);
    browser.sees("Saved");
    lock();
    browser.find("//input[@type='password']");
    let offered = browser.script(
        "return window.__TAURI_INTERNALS__.invoke('unlock_by_kept_key').then(() => 'opened', (it) => it.code);",
    );
    assert_eq!(offered, "no_kept_key", "what was taken out opens nothing");
}

#[test]
fn a_computer_without_a_key_store_says_so_beside_the_switch() {
    let (_org, desk) = crate::three_requests();
    let browser = crate::steps::unlocked(&desk, false);
    browser.press("Settings");
    browser.sees("key store could not be used");
    browser.find("//label[contains(., 'Keep the key in this computer')]/input[@disabled]");
}
