//! The tabletop exercise by the window alone: every question answered before its answer is seen, and the debrief.

use tempfile::TempDir;

use crate::browser::Browser;

#[test]
fn an_officer_answers_first_and_then_sees_what_is_right_and_why() {
    let folder = TempDir::new().expect("a folder");
    let window = Browser::open(folder.path(), false);
    window.press("Practise");
    window.type_into(&window.find("//*[@id='passphrase']"), "seven calm otters read");
    window.type_into(&window.find("//*[@id='again']"), "seven calm otters read");
    window.press("Create the vault");
    window.sees("No requests yet.");

    window.press("Incidents");
    window.press("Tabletop exercise");
    window.picture("80-exercise.png");
    window.press("Begin the exercise");
    window.sees("What you are told");
    window.sees("Ours: we own or license it");
    assert_eq!(words(&window, "Where it stands"), 0, "nothing is told before it is answered");
    window.picture("81-exercise-question.png");

    let (mut asked, mut pictured) = (0_u32, false);
    while !done(&window) {
        asked += 1;
        let question = window.text(&window.find("//h2[@id='asked']"));
        answer(&window, asked);
        window.press("Answer");
        window.script_until(&format!(
            "const it = document.querySelector('#asked'); return !it || it.innerText !== {question:?};"
        ));
        if !pictured {
            window.picture("82-exercise-judged.png");
            pictured = true;
        }
    }
    assert!(asked >= 9, "{asked} questions");
    window.sees("Debrief");
    assert_eq!(words(&window, "Where it stands"), u64::from(asked), "each answer says where it stands");
    window.picture("83-exercise-debrief.png");
    window.press("Walk through this incident");
    window.find("//h1[contains(., 'Tabletop exercise')]");
    window.press("To the exercise");
    window.sees("Debrief");
}

fn done(window: &Browser) -> bool {
    window.script("return !document.querySelector('#asked');") == true
}

/// How often a label stands on the page.
fn words(window: &Browser, label: &str) -> u64 {
    let script = format!(
        "return [...document.querySelectorAll('dt')].filter((it) => it.innerText === {label:?}).length;"
    );
    window.script(&script).as_u64().unwrap_or_default()
}

/// Some answer of the kind that is asked for; whether it is right is the program's to say.
fn answer(window: &Browser, n: u32) {
    let kind =
        window.script("const it = document.querySelector('section.form input'); return it ? it.type : '';");
    match kind.as_str().unwrap_or_default() {
        "text" => window.type_into(&window.find("//section//input[@type='text']"), &format!("{n}00")),
        "date" => crate::incident::set(window, "//section//input[@type='date']", "2026-11-27"),
        _ => window.click(&window.find("//section//fieldset//input")),
    }
}
