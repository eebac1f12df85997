//! The data map by the window alone: built, filtered, walked as a graph by the keyboard, corrected, built anew.

use house_tests::{Desk, PracticeOrg};

use crate::browser::{Browser, ENTER};
use crate::steps::{tab, unlocked, write};

const RIGHT: &str = "\u{E014}";

#[test]
fn a_map_is_built_walked_corrected_and_what_was_confirmed_survives_a_rebuild() {
    let org = PracticeOrg::serve(&[]);
    let desk = Desk::at(&org);
    let window = unlocked(&desk, false);

    window.press("Data map");
    window.find("//h1[normalize-space()='Data map']");
    window.sees("no map yet");
    window.press("practice");
    window.sees("No map of this org was built yet.");
    window.picture("75-map-nothing.png");
    window.press("Build the map");
    window.sees("mapped with");
    window.sees("Nothing drifted");
    window.picture("76-map-table.png");

    // The table and the graph show the same objects.
    let all = shown(&window);
    filter(&window, "G");
    assert!(shown(&window) < all, "a filter leaves fewer than {all} objects");
    filter(&window, "");
    assert_eq!(shown(&window), all);

    // What an integration can read, object by object.
    window.click(&window.find("//summary[contains(., 'object by object')]"));
    window.find("//th[normalize-space()='Closed fields']");
    window.find("//details[@open]//tr[th[normalize-space()='Contact'] and td[normalize-space()='3,601']]");
    window.script("document.querySelector('details[open]').scrollIntoView(); return true;");
    window.picture("76-map-reach.png");
    window.click(&window.find("//summary[contains(., 'object by object')]"));

    tab(&window, "Graph");
    let first = window.find("//*[name()='svg']//*[name()='g' and @tabindex='0']");
    window.script("document.querySelector('svg g[tabindex=\"0\"]').focus(); return true;");
    let integration = window.text(&first);
    window.keys(&[ENTER]);
    window.sees(&format!("{integration} can read"));
    window.keys(&[RIGHT, ENTER]);
    window.sees("It can be read by");
    window.keys(&["+"]);
    window.sees("125 %");
    window.picture("77-map-graph.png");
    window.press("Open its fields");
    window.press("Back to the map");

    window.press("Contact");
    window.find("//h1[contains(., 'Contact')]");
    write(&window, "Find a field", "email");
    window.click(&window.find("//button[@aria-label='Correct or confirm: Email']"));
    write(&window, "Purpose", "newsletter");
    write(&window, "How long it is kept", "two years");
    window.picture("78-map-field.png");
    window.press("Confirm these answers");
    window.sees("Confirmed.");
    window.find("//tr[th[contains(., 'Email')] and contains(., 'newsletter') and contains(., 'confirmed')]");
    window.picture("79-map-object.png");

    window.press("Back to the map");
    window.press("Build it anew");
    window.sees("mapped with");
    window.sees("Nothing drifted");
    let map = desk.done(&["map", "show", "practice"]).view;
    let email = map["objects"].as_array().into_iter().flatten().find(|it| it["object"] == "Contact");
    let email = email.and_then(|it| it["fields"].as_array()?.iter().find(|it| it["field"] == "Email"));
    let email = email.expect("the map has Contact.Email");
    assert_eq!((&email["purpose"], &email["retention"]), (&"newsletter".into(), &"two years".into()));
    assert!(email["confirmed"]["purpose"].is_string(), "{email}");
    desk.done(&["ledger", "check"]);
}

/// Asks for one category; empty for all.
fn filter(window: &Browser, letter: &str) {
    window.script(&format!(
        "const it = document.querySelector('.filters select'); \
         Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(it, '{letter}'); \
         it.dispatchEvent(new Event('change', {{ bubbles: true }})); return true;"
    ));
}

/// How many objects are shown, by the page's own word.
fn shown(window: &Browser) -> u64 {
    let said = window.text(&window.find("//p[@role='status' and contains(., ' objects.')]"));
    said.split(' ').next().unwrap_or_default().parse().expect("a number")
}
