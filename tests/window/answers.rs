//! A request that ends otherwise than with a deletion: answered with the data itself.

use house_tests::{Desk, PracticeOrg};
use serde_json::json;

use crate::steps::{case, sealed, step, unlocked};

fn small() -> PracticeOrg {
    PracticeOrg::serve(&["--org", &format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"))])
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
