//! The whole road of a leak by the window alone: from the logs of the practice theft to a sealed packet.

use std::path::Path;

use house_tests::Desk;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::steps::step;

#[test]
fn a_theft_goes_from_its_logs_to_the_sealed_packet() {
    let folder = TempDir::new().expect("a folder");
    let window = Browser::open(folder.path(), false);
    window.press("Practise");
    window.type_into(&window.find("//*[@id='passphrase']"), "seven calm otters read");
    window.type_into(&window.find("//*[@id='again']"), "seven calm otters read");
    window.press("Create the vault");
    window.sees("No requests yet.");

    window.press("Incidents");
    window.sees("No incidents yet.");
    window.picture("60-incidents-empty.png");
    window.press("Open an incident");
    window.find("//select/option[normalize-space()='practice']");
    window.press("Fill in the practice theft");
    window.picture("61-open-incident.png");
    window.press("Open the incident");
    window.find("//h1[contains(., 'I-')]");

    window.press("Take the logs of the practice theft");
    window.sees("kinds of log");
    window.sees("Text of the support case");
    window.picture("62-gather.png");

    step(&window, "Find");
    choose(&window, "How much is shown", "Only what is strong");
    window.press("Examine the logs");
    window.find("//button[normalize-space()='Examine again']");
    confirm_all(&window);
    window.click(&window.find("//summary[normalize-space()='Rows behind it']"));
    window.sees("as they stand in the logs.");
    window.picture("63-find.png");

    step(&window, "Timeline");
    window.sees("Oldest first.");
    window.picture("63-timeline.png");

    step(&window, "Scope");
    window.press("Count, asking the org");
    window.find("//button[normalize-space()='Count again, asking the org']");
    let numbers = [1, 2, 3].map(|n| {
        let cell = window.find(&format!("//tr[th[normalize-space()='All people']]/td[{n}]"));
        window.text(&cell).replace(',', "").parse::<u64>().expect("a number")
    });
    assert!(
        0 < numbers[0] && numbers[0] <= numbers[1] && numbers[1] <= numbers[2],
        "three numbers in order: {numbers:?}"
    );
    window.picture("64-scope.png");
    window.click(&window.find("//summary[normalize-space()='The people, one by one']"));
    window.find("//*[@role='region' and @aria-label='The people, one by one']//li");
    window.picture("65-people.png");

    step(&window, "Assess");
    for (question, answer) in [
        ("Whose data is it?", "Ours: we own or license it"),
        ("Was the data encrypted", "No"),
        ("acting in good faith", "No"),
        ("Is harm to the people likely", "Likely"),
        ("Do you provide the mailboxes", "No"),
    ] {
        choose(&window, question, answer);
    }
    window.click(&window.find("//label[normalize-space()='None of these']/input"));
    window.picture("66-questions.png");
    window.press("Ask the law book");
    window.sees("Assessment 1 (preliminary)");
    window.find("//td[normalize-space()='owed']");
    window.click(&window.find("//table[contains(@class, 'duties')]//summary"));
    window.picture("67-law-by-law.png");

    window.click(&window.find("//summary[normalize-space()='Document a decision not to notify']"));
    choose_first(&window, "Under which rule?");
    window.type_into(&window.find("//label[contains(., 'Who decided?')]/input"), "Ada Berg, officer");
    window.type_into(
        &window.find("//label[contains(., 'Why is nobody told?')]/textarea"),
        "Counsel was asked.",
    );
    window.press("Document it");
    window.sees("Assessment 2 (follow-up)");
    window.find("//tr[contains(., 'Ada Berg, officer') and contains(., 'Counsel was asked.')]");
    window.picture("67-not-to-notify.png");

    step(&window, "Notices");
    let draft = window.find("//button[normalize-space()='Draft the notices']");
    assert!(!window.enabled(&draft), "what the letters need is not said yet");
    window.sees("Fill in:");
    window.press("Fill in an example");
    window.picture("68-notices.png");
    window.press("Look at it first");
    window.sees("Page 1 of");
    window.picture("68-notice-preview.png");
    window.press("Draft the notices");
    window.sees("drafted.");
    window.find("//button[normalize-space()='Draft them again']");
    window.picture("69-drafted.png");

    step(&window, "Packet");
    window.press("Assemble the packet");
    window.sees("in the packet.");
    window.picture("70-assembled.png");
    window.click(&window.find("//summary[normalize-space()='Note that somebody was told']"));
    set(&window, "//details//input[@type='datetime-local']", "2026-11-03T09:00");
    window.type_into(&window.find("//label[contains(., 'Under which reference?')]/input"), "mailing 1");
    window.press("Note it");
    window.sees("Dates that moved");
    window.picture("71-told.png");
    window.sees("Counsel was asked.");
    window.press("Assemble it again");
    window.sees("/packet-2");
    window.press("Seal the packet");
    window.sees("Intact: nothing was changed");
    window.picture("72-sealed-packet.png");
    verified(&window.home().join("Habeas"));

    step(&window, "Ledger");
    window.sees("Sealed");
    window.picture("73-incident-ledger.png");
    window.press("Data map");
    window.press("practice");
    window.press("Build the map");
    window.sees("mapped with");
    choose_first(&window, "Mark what an incident touched");
    window.sees("of this map.");
    window.find("//tr[contains(@class, 'touched')]//small[normalize-space()='touched']");
    window.press("Incidents");
    let row = window.text(&window.find("//tr[contains(., 'I-')]"));
    assert!(row.contains("Token theft of an integration") && row.contains("Sealed"), "{row}");
    window.picture("74-incidents.png");
}

/// Takes the finding at the head of the list, says what was checked, confirms it, and goes on to the next.
pub fn confirm_all(window: &Browser) {
    window.find("//*[contains(@class, 'findings')]//li");
    let count = window.script("return document.querySelectorAll('.findings li').length;").as_u64();
    for n in 1..=count.unwrap_or_default() {
        let line = format!("(//*[contains(@class, 'findings')]//li)[{n}]");
        window.click(&window.find(&format!("{line}//button")));
        let because = window.find("//label[contains(., 'What did you check?')]/textarea");
        window.type_into(&because, "The vendor never calls from there.");
        window.press("Confirm");
        window.find(&format!("{line}//small[normalize-space()='confirmed']"));
    }
    window.sees("every one is decided.");
}

/// Chooses from the list that a question labels.
pub fn choose(window: &Browser, label: &str, option: &str) {
    let path = format!("//label[contains(., '{label}')]//option[normalize-space()='{option}']");
    put(window, &path, "Select", "it.parentElement", "it.value", "change");
}

/// Chooses the first entry of a list that is more than its empty one.
fn choose_first(window: &Browser, label: &str) {
    let path = format!("//label[contains(., '{label}')]//option[@value != '']");
    put(window, &path, "Select", "it.parentElement", "it.value", "change");
}

/// Fills a field of day and time, which the page's own picker would.
pub fn set(window: &Browser, field: &str, value: &str) {
    put(window, field, "Input", "it", &format!("'{value}'"), "input");
}

/// Gives a control its value and says so to the page, as the window system's own menus and pickers do.
fn put(window: &Browser, path: &str, kind: &str, control: &str, value: &str, event: &str) {
    window.find(path);
    window.script(&format!(
        "const it = document.evaluate(\"{path}\", document, null, 9, null).singleNodeValue; const to = {control}; \
         Object.getOwnPropertyDescriptor(HTML{kind}Element.prototype, 'value').set.call(to, {value}); \
         to.dispatchEvent(new Event('{event}', {{ bubbles: true }}));"
    ));
}

/// The command line verifies what the window sealed.
pub fn verified(beside: &Path) {
    let folders = std::fs::read_dir(beside).expect("the vault's folder").flatten().map(|it| it.path());
    let bundle = folders
        .filter(|path| path.is_dir())
        .flat_map(|case| std::fs::read_dir(case).into_iter().flatten().flatten().map(|it| it.path()))
        .find(|path| path.to_string_lossy().ends_with("-packet.zip"))
        .expect("the sealed packet");
    let verdict = Desk::new().done(&["verify", &bundle.to_string_lossy()]).view;
    assert_eq!(verdict["verdict"], "INTACT", "the packet that the window sealed: {verdict}");
}
