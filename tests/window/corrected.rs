//! A correction by the window alone: from opening it to its sealed bundle, every copy written and proved.

use house_tests::{Desk, PracticeOrg};

use crate::steps::{case, choose, confirmed_as, sealed, step, tab, unlocked, write};

const NEW: &str = "ana.lindqvist@example.com";

#[test]
fn a_contested_value_is_weighed_written_with_its_copies_and_proved() {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/values", env!("CARGO_MANIFEST_DIR"))]);
    let desk = Desk::at(&org);
    let bill = desk.write("bill.txt", "an invented bill");
    let window = unlocked(&desk, false);

    window.press("New request");
    choose(&window, "What do they ask for?", "Correct");
    write(&window, "Names", "Ana Lindqvist");
    write(&window, "Email addresses", "ana@old.example.com");
    write(&window, "Phone numbers", "+1 415 555 0101");
    window.press("Open the request");
    for point in ["email address you hold", "phone number you hold", "name agrees"] {
        window.click(&window.find(&format!("//label[contains(., '{point}')]/input")));
    }
    window.press("Record the check");
    window.sees("Recorded: 3 points");
    step(&window, "Locate");
    window.press("Locate");
    window.sees("records in");

    step(&window, "Review");
    window.picture("50-contest-empty.png");
    choose(&window, "In which record?", "Contact");
    choose(&window, "Which field?", "Email");
    window.find("//section[@aria-label='What we hold']//p[normalize-space()='ana@old.example.com']");
    write(&window, "It should be", NEW);
    window.type_into(&window.find("//label[contains(., 'Their documents')]/input"), &bill);
    window.sees("bill.txt");
    write(&window, "How did we come by it?", "typed by staff");
    window.click(&window.find("//label[contains(., 'Correct it as they say')]/input"));
    write(&window, "How did you weigh it all?", "Her bill shows it, and nothing speaks against it.");
    window.click(&window.find("//summary[contains(., 'own statement')]"));
    write(&window, "statement of dispute", "This has been my address since May.");
    window.picture("51-contest.png");
    window.press("Take this value");
    window.sees("corrected alike");
    window.find(
        "//section[@aria-label='Contact Email']//td[normalize-space()='Salesforce brings it up to date']",
    );
    window.picture("52-contested.png");

    step(&window, "Correct");
    window.press("Rehearse");
    window.sees("9 values before and after");
    window.find(&format!("//tr[contains(., 'ana@old.example.com') and contains(., '{NEW}')]"));
    window.picture("53-before-and-after.png");
    tab(&window, "2 Approve");
    window.press("Approve this plan");
    window.sees("This plan is approved.");
    tab(&window, "3 Run");
    confirmed_as(&window, "Write the values", "write 9");
    window.find("//strong[normalize-space()='replaced']");
    window.picture("54-written.png");
    tab(&window, "4 Prove");
    window.press("Prove it");
    window.find("//dt[normalize-space()='as it was set']/following-sibling::dd[normalize-space()='9']");
    window.picture("55-values-proved.png");

    step(&window, "Letters");
    window.find("//option[normalize-space()='Answer: correction']");
    step(&window, "Close and seal");
    window.press("Close the request");
    window.sees("Closed: Complied with.");
    sealed(&window, desk.folder.path());

    // Opened anew, the case still shows what was contested.
    window.press("Requests");
    case(&window, "R-2026-0001");
    step(&window, "Review");
    window.find("//section[@aria-label='Contact Email']");
}
