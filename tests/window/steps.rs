//! What every journey does: unlock, walk to a step, confirm by typing, seal, and have the bundle verified.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use house_tests::Desk;

use crate::browser::{Browser, ENTER};

/// Opens the window on a vault that the command line made.
pub fn unlocked(desk: &Desk, dark: bool) -> Browser {
    let window = Browser::open(desk.folder.path(), dark);
    unlock(&window);
    window
}

/// Unlocks what the window was opened on.
pub fn unlock(window: &Browser) {
    let passphrase = window.find("//input[@type='password']");
    window.type_into(&passphrase, &format!("correct horse battery staple{ENTER}"));
    window.find("//h1[normalize-space()='Today']");
}

/// From the list of requests to one case.
pub fn case(window: &Browser, request: &str) {
    window.press("Requests");
    window.press(request);
    window.find(&format!("//h1[contains(., '{request}')]"));
}

/// To a step of the case's road.
pub fn step(window: &Browser, name: &str) {
    window.click(&window.find(&format!("//nav//ol//button[contains(normalize-space(), '{name}')]")));
    window.find(&format!("//section[@aria-label='{name}']"));
}

pub fn tab(window: &Browser, name: &str) {
    window.click(&window.find(&format!("//*[@role='tab' and normalize-space()='{name}']")));
}

/// Chooses an entry of a list by its first word, as at the keyboard: a blank would open the list instead.
pub fn choose(window: &Browser, label: &str, word: &str) {
    window.type_into(&window.find(&format!("//label[contains(., '{label}')]/select")), word);
}

/// Writes into a field by its name.
pub fn write(window: &Browser, label: &str, text: &str) {
    let field = format!("//label[contains(., '{label}')]/*[self::input or self::textarea]");
    window.type_into(&window.find(&field), text);
}

/// Reads what has to be typed, types it, and goes on.
pub fn confirmed(window: &Browser, deed: &str) {
    window.press(deed);
    let label = window.text(&window.find("//*[@role='dialog']//label"));
    let phrase = label.split(['“', '”']).nth(1).unwrap_or_default().to_owned();
    assert!(phrase.split(' ').nth(1).is_some_and(|it| it != "0"), "the count has to be typed: {label}");
    window.picture(&format!("11-confirm-{}.png", deed.to_lowercase().replace(' ', "-")));
    window.type_into(&window.find("//*[@role='dialog']//input"), &phrase);
    window.click(
        &window.find(&format!("//*[@role='dialog']//button[normalize-space()='{deed}' and not(@disabled)]")),
    );
}

/// The same, where the test knows what has to be typed.
pub fn confirmed_as(window: &Browser, deed: &str, phrase: &str) {
    window.press(deed);
    window.sees(&format!("Type “{phrase}” to go on"));
    window.type_into(&window.find("//*[@role='dialog']//input"), phrase);
    window.click(
        &window.find(&format!("//*[@role='dialog']//button[normalize-space()='{deed}' and not(@disabled)]")),
    );
}

/// Seals, and lets the command line verify what the window sealed.
pub fn sealed(window: &Browser, beside: &Path) {
    step(window, "Close and seal");
    window.press("Seal the evidence");
    window.sees("-evidence.zip");
    verified(beside);
}

/// The command line verifies the one bundle in a case's folder beside the vault.
pub fn verified(beside: &Path) {
    let bundle = evidence(beside);
    let verdict = Desk::new().done(&["verify", &bundle.to_string_lossy()]).view;
    assert_eq!(verdict["verdict"], "INTACT", "the bundle that the window sealed: {verdict}");
}

/// The one evidence file in a case's folder beside the vault.
fn evidence(beside: &Path) -> PathBuf {
    let folders = std::fs::read_dir(beside).expect("the vault's folder").flatten().map(|it| it.path());
    folders
        .filter(|path| path.is_dir())
        .flat_map(|case| std::fs::read_dir(case).into_iter().flatten().flatten().map(|it| it.path()))
        .find(|path| path.to_string_lossy().ends_with("-evidence.zip"))
        .expect("the sealed evidence")
}

/// Puts a script where the window looks first for what the system opens addresses and files with.
pub fn opener(folder: &Path, script: &str) {
    let opener = folder.join("xdg-open");
    std::fs::write(&opener, script).expect("the stand-in for what the system opens things with");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).expect("it can be started");
}
