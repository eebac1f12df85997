//! A vault that asks for two people, set so in the window: neither of them alone can carry out the plan.

use house_tests::Desk;

use crate::browser::BACKSPACE;
use crate::steps::{case, confirmed, step, tab, unlocked, write};
use crate::troubles::{rehearsed, served};

#[test]
fn a_plan_that_one_person_approved_waits_for_a_second_one() {
    let org = served(&[]);
    let desk = Desk::at(&org);
    let (request, _) = rehearsed(&desk);
    let window = unlocked(&desk, false);
    window.press("Settings");
    window.click(&window.find("//label[contains(., 'A second person approves')]/input"));
    window.find("//p[contains(., 'rule for people')]/span[normalize-space()='Saved']");
    window.press("Add a recipient");
    write(&window, "Name", "Mailhouse Example");
    write(&window, "Contract", "DPA 2026-03");
    write(&window, "How are they reached?", "privacy@mailhouse.example.com");
    window.press("Keep this entry");
    window.sees("1 recipient");
    window.picture("80-settings.png");

    case(&window, &request);
    step(&window, "Delete");
    tab(&window, "2 Approve");
    window.sees("Nobody has approved this plan yet.");
    write(&window, "Your name", "Mina Oduya");
    window.press("Approve this plan");
    window.sees("One more: a second person of another name has to approve this plan.");
    window.picture("81-one-of-two.png");
    tab(&window, "3 Run");
    window.sees("only one has approved this plan");
    window.find("//button[normalize-space()='Delete to the recycle bin' and @disabled]");
    tab(&window, "2 Approve");
    write(&window, "Your name", "oduya, mina");
    window.press("Approve this plan");
    let said = window.text(&window.find("//*[@role='alert']"));
    assert!(said.contains("has approved the plan already"), "says what happened: {said}");
    write(&window, "Your name", &format!("{}Jo Berg", BACKSPACE.repeat("oduya, mina".len())));
    window.press("Approve this plan");
    window.sees("This plan is approved.");
    window.picture("82-two-of-two.png");
    tab(&window, "3 Run");
    confirmed(&window, "Delete to the recycle bin");
    window.sees("What happened");
}
