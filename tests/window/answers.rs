//! Requests that end otherwise than with a deletion: denied with a letter, and answered with the data itself.

use house_tests::{Desk, PracticeOrg};
use serde_json::json;

use crate::steps::{case, choose, sealed, step, unlocked};

fn small() -> PracticeOrg {
    PracticeOrg::serve(&["--org", &format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"))])
}

#[test]
fn a_denied_request_has_its_letter_and_its_bundle_in_the_dark() {
    let org = small();
    let desk = Desk::at(&org);
    let request = desk.open("delete", &json!({ "emails": ["nobody.here@example.com"] }));
    let window = unlocked(&desk, true);

    case(&window, &request);
    step(&window, "Locate");
    window.press("Locate");
    window.sees("Nothing was found.");
    window.picture("20-nothing-found-dark.png");

    step(&window, "Letters");
    window.click(&window.find("//summary[normalize-space()='Deny the request']"));
    choose(&window, "Why?", "Nothing was found");
    window.press("Record the denial");
    window.find(
        "//option[normalize-space()='Answer: denial' and @selected or normalize-space()='Answer: denial']",
    );
    window.type_into(
        &window.find("//label[contains(., 'The basis in detail')]/textarea"),
        "We looked everywhere and hold nothing about this address.",
    );
    window.picture("21-denial-dark.png");
    window.press("Write the letter");
    window.sees("letter-denial.pdf");
    let letter = desk.folder.path().join(&request).join("letter-denial.pdf");
    assert!(std::fs::read(&letter).is_ok_and(|it| it.starts_with(b"%PDF")), "the letter is a PDF");

    step(&window, "Close and seal");
    window.press("Close the request");
    window.sees("Closed: Denied.");
    sealed(&window, desk.folder.path());
    window.picture("22-denied-sealed-dark.png");
}

#[test]
fn specific_pieces_are_handed_over_and_what_must_not_be_shown_is_described() {
    let org = small();
    let desk = Desk::at(&org);
    let person = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] });
    let request = desk.open("know-specific", &person);
    let declaration = desk.write("declaration.pdf", "%PDF-1.4 signed under penalty of perjury");
    let window = unlocked(&desk, false);

    case(&window, &request);
    for point in ["email address you hold", "phone number you hold", "name agrees"] {
        window.click(&window.find(&format!("//label[contains(., '{point}')]/input")));
    }
    window.type_into(&window.find("//input[@type='file']"), &declaration);
    window.sees("declaration.pdf goes with the check.");
    window.press("Record the check");
    window.sees("Recorded: 3 points");
    step(&window, "Locate");
    window.press("Locate");
    window.sees("records in");
    step(&window, "Review");
    window.press("Take all exact and strong matches");
    window.find("//li//small[normalize-space()='Theirs']");

    step(&window, "Export");
    window.press("Write the package");
    window.sees("Withheld and described instead");
    window.picture("30-withheld.png");
    let page = window.text(&window.find("//section[@aria-label='Export']"));
    assert!(!page.contains("219-09-9999"), "no identifier of § 7024(d) on the screen: {page}");
    sealed(&window, desk.folder.path());
}
