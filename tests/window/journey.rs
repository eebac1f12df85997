//! A stranger's first quarter of an hour: from the first start to a sealed deletion, by the window alone.

use tempfile::TempDir;

use crate::browser::Browser;
use crate::steps::{confirmed, sealed, step, tab};

#[test]
fn from_the_first_start_to_a_sealed_deletion() {
    let folder = TempDir::new().expect("a folder");
    let window = Browser::open(folder.path(), false);

    window.sees("Where would you like to begin?");
    window.picture("1-doors.png");
    window.press("Practise");
    window.type_into(&window.find("//*[@id='passphrase']"), "seven calm otters read");
    window.type_into(&window.find("//*[@id='again']"), "seven calm otters read");
    window.picture("2-create.png");
    window.press("Create the vault");

    window.sees("No requests yet.");
    window.picture("3-today-empty.png");
    window.press("New request");
    window.press("Fill in a person of the practice org");
    window.picture("4-new-request.png");
    window.press("Open the request");

    for point in ["You hold", "name agrees", "birth date agrees"] {
        let point = point.replace("You hold", "email address you hold");
        window.click(&window.find(&format!("//label[contains(., '{point}')]/input")));
    }
    window.press("Record the check");
    window.sees("Recorded: 3 points");
    window.picture("5-identity.png");

    step(&window, "Locate");
    window.press("Locate");
    window.sees("records in");
    window.picture("6-located.png");

    step(&window, "Review");
    window.press("Take all exact and strong matches");
    window.find("//li//small[normalize-space()='Delete']");
    window.picture("7-review.png");

    step(&window, "Export");
    window.press("Write the package");
    window.find("//button[normalize-space()='Write it again']");
    window.sees("records written.");
    window.picture("8-export.png");

    step(&window, "Delete");
    window.press("Rehearse");
    window.sees("To be done by hand");
    window.find("//button[normalize-space()='Rehearse again']");
    window.picture("9-rehearsed.png");
    tab(&window, "2 Approve");
    window.press("Approve this plan");
    window.sees("This plan is approved.");
    window.picture("10-approved.png");
    tab(&window, "3 Run");
    confirmed(&window, "Delete for good");
    window.sees("What happened");
    window.picture("11-carried-out.png");
    tab(&window, "4 Prove");
    window.press("Prove it");
    window.find("//dt[normalize-space()='still there']/following-sibling::dd[normalize-space()='0']");
    window.picture("12-proved.png");

    step(&window, "Close and seal");
    window.press("Close the request");
    window.sees("Closed: Complied with.");
    sealed(&window, &window.home().join("Habeas"));
    window.picture("13-sealed.png");
}
