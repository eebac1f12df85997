//! Other people in what would be handed over: each is shown as it is and as the person would read it, and decided.

use house_tests::{Desk, PracticeOrg};
use serde_json::json;

use crate::steps::{case, step, unlocked};

#[test]
fn a_mask_is_accepted_another_declined_with_its_reason_and_the_package_says_so() {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/withheld", env!("CARGO_MANIFEST_DIR"))]);
    let desk = Desk::at(&org);
    let person = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] });
    let request = desk.open("know-specific", &person);
    let declaration = desk.write("declaration.txt", "I declare.");
    desk.done(&[
        "request",
        "identify",
        &request,
        "--points",
        "email,phone,name",
        "--declaration",
        &declaration,
    ]);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    let window = unlocked(&desk, false);

    case(&window, &request);
    step(&window, "Export");
    window.press("Look for other people");
    window.sees("undecided, and masked");
    let both = "//li[.//div[@aria-label='As it is' and contains(., 'Bo Nilsson')] \
                and .//div[@aria-label='As they would read it' and not(contains(., 'Bo Nilsson'))]]";
    window.find(both);
    window.picture("32-masks.png");
    let name = "//*[@aria-label='Proposed masks']//li[contains(., 'A name')]";
    window.type_into(&window.find(&format!("({name})[1]//input")), "She is the joint holder of the account.");
    window.click(
        &window.find(&format!("({name})[1]//button[normalize-space()='Leave it' and not(@disabled)]")),
    );
    window.find(&format!("({name})[1]//strong[normalize-space()='Left as it is']"));
    window.press("Mask all that are undecided");
    window.sees("of other people; 0 undecided");
    window.picture("33-masks-decided.png");
    window.press("Look at the package");
    window.click(&window.find("//summary[contains(., 'Case Comment')]"));
    window.find("//dd[contains(., '[withheld: a Social Security number]') and contains(., 'masked')]");
    let section = "//section[@aria-label='The package as they will read it']";
    window.find(&format!("{section}//h4[normalize-space()='Attached files']"));
    window.picture("34-package-before-it-is-written.png");
    let seen = window.text(&window.find(section));
    assert!(!seen.contains("219-09-9999"), "what is withheld is described: {seen}");
    assert_eq!(window.faults(), Vec::<String>::new());
    window.press("Write the package");
    let said = window.sees("of other people masked");
    assert!(said.contains("1 left as they are"), "what was declined stands: {said}");
}
