//! From the first start to a sealed deletion without a mouse: every key goes to what has the focus, and the focus goes where Tab and arrows lead it.

use tempfile::TempDir;

use crate::browser::{Browser, CONTROL, DOWN, ENTER, RIGHT, SHIFT, SPACE, TAB};
use crate::steps::verified;

/// A person gives up before that many keys.
const MOST_TABS: usize = 120;

/// What a screen reader would call the focused thing: its label, or the words in it.
fn focused(window: &Browser) -> String {
    let name = window.script(
        "const it = document.activeElement; const label = it.labels?.[0]?.textContent; \
         return (it.ariaLabel ?? label ?? it.textContent).replace(/\\s+/g, ' ').trim();",
    );
    name.as_str().unwrap_or_default().to_owned()
}

/// Tab, until the focus is on what begins with this name.
fn to(window: &Browser, name: &str) {
    until(window, name, || window.keys(&[TAB]), |here| here.starts_with(name));
}

/// Shift with Tab, until the focus is there.
fn back_to(window: &Browser, name: &str) {
    until(window, name, || window.chord(SHIFT, TAB), |here| here.starts_with(name));
}

fn until(window: &Browser, name: &str, press: impl Fn(), is: impl Fn(&str) -> bool) {
    let mut passed = Vec::new();
    for _ in 0..MOST_TABS {
        press();
        let here = focused(window);
        if is(&here) {
            return;
        }
        passed.push(here.chars().take(40).collect::<String>());
    }
    panic!("no key leads to {name}; it led to {passed:?}");
}

/// Presses the thing of this name, which Tab leads to.
fn press(window: &Browser, name: &str) {
    to(window, name);
    window.keys(&[ENTER]);
}

/// To a step of the case's road, which stands before the task.
fn step(window: &Browser, name: &str) {
    back_to(window, name);
    window.keys(&[ENTER]);
    window.find(&format!("//section[@aria-label='{name}']"));
}

/// From one of the four tabs to the next one.
fn next_tab(window: &Browser, from: &str, name: &str) {
    back_to(window, from);
    window.keys(&[RIGHT]);
    window.find(&format!("//*[@role='tab' and @aria-selected='true' and normalize-space()='{name}']"));
}

fn typed(window: &Browser, text: &str) {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    window.keys(&letters.iter().map(String::as_str).collect::<Vec<_>>());
}

/// The question stands in a dialog whose field has the focus; Enter answers it.
fn confirmed(window: &Browser, deed: &str) {
    press(window, deed);
    let label = window.text(&window.find("//*[@role='dialog']//label"));
    let phrase = label.split(['“', '”']).nth(1).unwrap_or_default().to_owned();
    assert_eq!(focused(window), label, "the field has the focus");
    typed(window, &phrase);
    window.find(&format!("//*[@role='dialog']//button[normalize-space()='{deed}' and not(@disabled)]"));
    window.keys(&[ENTER]);
}

#[test]
fn a_practice_deletion_goes_from_the_first_start_to_the_sealed_evidence_by_the_keyboard_alone() {
    let folder = TempDir::new().expect("a folder");
    let window = Browser::open(folder.path(), false);
    opened(&window);

    for point in ["They answered from an email address", "The name agrees", "The birth date agrees"] {
        to(&window, point);
        window.keys(&[SPACE]);
    }
    press(&window, "Record the check");
    window.sees("Recorded: 3 points");

    step(&window, "Locate");
    press(&window, "Locate");
    window.sees("records in");

    step(&window, "Review");
    press(&window, "Take all exact matches");
    window.find("//li//small[normalize-space()='Delete']");
    decided_by_letters(&window);

    step(&window, "Delete");
    press(&window, "Rehearse");
    window.find("//button[normalize-space()='Rehearse again']");
    next_tab(&window, "1 Rehearse", "2 Approve");
    press(&window, "Approve this plan");
    window.sees("This plan is approved.");
    next_tab(&window, "2 Approve", "3 Run");
    confirmed(&window, "Delete for good");
    window.sees("What happened");
    window.find("//strong[normalize-space()='deleted for good']");
    next_tab(&window, "3 Run", "4 Prove");
    press(&window, "Prove it");
    window.find("//dt[normalize-space()='still there']/following-sibling::dd[normalize-space()='0']");
    window.picture("16-proved-by-keyboard.png");

    step(&window, "Close and seal");
    press(&window, "Close the request");
    window.sees("Closed: Complied with.");
    press(&window, "Seal the evidence");
    window.sees("-evidence.zip");
    verified(&window.home().join("Habeas"));
}

/// A vault and a request in it, from the doors on.
fn opened(window: &Browser) {
    window.sees("Where would you like to begin?");
    window.keys(&[TAB, ENTER]);
    window.find("//h1[normalize-space()='A passphrase for your practice vault']");
    typed(window, "seven calm otters read");
    window.keys(&[TAB]);
    typed(window, "seven calm otters read");
    window.keys(&[ENTER]);
    window.sees("No requests yet.");

    window.chord(CONTROL, "k");
    window.find("//*[@role='dialog']//input");
    typed(window, "new");
    window.find("//*[@role='menuitem' and normalize-space()='New request']");
    window.picture("15-palette.png");
    window.keys(&[DOWN, ENTER]);
    window.find("//h1[normalize-space()='New request']");
    window.keys(&[TAB, ENTER]);
    window.find("//label[contains(., 'Names')]/textarea");
    window.sees("Street and number");
    window.find("//button[normalize-space()='Open the request' and not(@disabled)]");
    // Over kind and org to the day of receipt, which sends the form like every field of one line.
    window.keys(&[TAB, TAB, TAB, ENTER]);
    window.find("//h1[contains(., 'R-')]");
    window.find("//section[@aria-label='Identity']");
}

/// What was not taken together is decided one by one: the list is one stop, arrows move in it, letters decide.
fn decided_by_letters(window: &Browser) {
    let in_list = |_: &str| window.script("return document.activeElement.id.startsWith('match-');") == true;
    until(window, "the list of matches", || window.keys(&[TAB]), in_list);
    let decide = |letter: &str, word: &str| {
        window.keys(&[letter]);
        window.find(&format!(
            "//*[@class='matches']//button[@aria-pressed='true']//small[normalize-space()='{word}']"
        ));
    };
    let mut place = 0;
    let mut to_undecided = || {
        while !focused(window).ends_with("Undecided") {
            place += 1;
            window.keys(&[DOWN]);
            window.script_until(&format!("return document.activeElement.id === 'match-{place}';"));
        }
    };
    to_undecided();
    decide("d", "Delete");
    decide("u", "Undecided");
    decide("d", "Delete");
    to_undecided();
    decide("n", "Not this person");
}
