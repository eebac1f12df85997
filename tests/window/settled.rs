//! What the officer sets: the logo of letters, a text that is typed while the window goes away, a list narrowed by kind and stage.

use crate::steps::{choose, unlocked};

#[test]
fn a_logo_is_taken_and_a_text_typed_in_settings_outlives_the_window() {
    let (_org, desk) = crate::three_requests();
    let window = unlocked(&desk, false);
    window.press("Settings");
    window.sees("Letters have no logo.");
    let file = window.find("//section[@aria-label='Logo on letters']//input[@type='file']");
    window.type_into(&file, concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/icons/128x128.png"));
    window.sees("128 by 128 pixels");
    // Painted, not only told: some of it is not transparent.
    window.script_until(
        "const it = document.querySelector('.logo canvas'); \
         return it.getContext('2d').getImageData(0, 0, it.width, it.height).data.some((part) => part > 0);",
    );
    window.script("document.querySelector('.logo').scrollIntoView({ block: 'center' }); return true;");
    window.picture("80-logo.png");

    let name = window.find("//label[starts-with(normalize-space(), 'Legal name')]/textarea");
    window.type_into(&name, "Example Outfitters, Inc");
    window.sees("typed, not saved yet");
    // Each key is kept after the one before: the last one is there once the vault has it.
    window.script_until(
        "window.kept ??= ''; window.__TAURI_INTERNALS__.invoke('kept_form', { place: '', name: 'settings' }) \
         .then((it) => { window.kept = JSON.stringify(it); }); \
         return window.kept.includes('Example Outfitters, Inc');",
    );
    window.kill();
    let again = unlocked(&desk, false);
    again.press("Settings");
    again.sees("typed, not saved yet");
    again.script_until(
        "return [...document.querySelectorAll('textarea')].some((it) => it.value === 'Example Outfitters, Inc');",
    );
}

#[test]
fn the_list_is_narrowed_by_kind_and_stage_and_stands_so_under_a_name() {
    let (_org, desk) = crate::three_requests();
    let window = unlocked(&desk, false);
    window.press("Requests");
    window.sees("3 requests");
    choose(&window, "Kind", "delete");
    window.sees("One request.");
    choose(&window, "Stage", "located");
    window.press("Keep this filter …");
    window.press("Keep");
    window.find("//button[normalize-space()='Delete their data, Located' and @aria-pressed='true']");
    window.picture("81-narrowed.png");
    // Pressed again, it leaves the list whole.
    window.press("Delete their data, Located");
    window.sees("3 requests");
    window.press("Delete their data, Located");
    window.sees("One request.");
}
