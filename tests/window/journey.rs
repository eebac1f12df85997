//! A stranger's first quarter of an hour: from the first start to a sealed deletion, by the window alone.

use std::path::{Path, PathBuf};

use house_tests::Desk;
use tempfile::TempDir;

use crate::browser::Browser;

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

    road(&window, "Locate");
    window.press("Locate");
    window.sees("records in");
    window.picture("6-located.png");

    road(&window, "Review");
    window.press("Take all exact and strong matches");
    window.find("//li//small[normalize-space()='Delete']");
    window.picture("7-review.png");

    road(&window, "Export");
    window.press("Write the package");
    window.find("//button[normalize-space()='Write it again']");
    window.sees("records written.");
    window.picture("8-export.png");

    road(&window, "Delete");
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

    road(&window, "Close and seal");
    window.press("Close the request");
    window.sees("Closed: Complied with.");
    window.press("Seal the evidence");
    window.sees("-evidence.zip");
    window.picture("13-sealed.png");

    let bundle = sealed(window.home());
    let verdict = Desk::new().done(&["verify", &bundle.to_string_lossy()]).view;
    assert_eq!(verdict["verdict"], "INTACT", "the bundle that the window sealed: {verdict}");
}

fn road(window: &Browser, step: &str) {
    window.click(&window.find(&format!("//nav//ol//button[contains(normalize-space(), '{step}')]")));
    window.find(&format!("//section[@aria-label='{step}']"));
}

fn tab(window: &Browser, name: &str) {
    window.click(&window.find(&format!("//*[@role='tab' and normalize-space()='{name}']")));
}

/// Reads what has to be typed, types it, and goes on.
fn confirmed(window: &Browser, deed: &str) {
    window.press(deed);
    let label = window.text(&window.find("//*[@role='dialog']//label"));
    let phrase = label.split(['“', '”']).nth(1).unwrap_or_default().to_owned();
    assert!(phrase.starts_with("delete "), "the count has to be typed: {label}");
    window.picture("11-confirm.png");
    window.type_into(&window.find("//*[@role='dialog']//input"), &phrase);
    window.click(
        &window.find(&format!("//*[@role='dialog']//button[normalize-space()='{deed}' and not(@disabled)]")),
    );
}

/// The one evidence file in the case's folder beside the vault.
fn sealed(home: &Path) -> PathBuf {
    let case = std::fs::read_dir(home.join("Habeas"))
        .expect("the vault's folder")
        .flatten()
        .map(|it| it.path())
        .find(|path| path.is_dir())
        .expect("the case's folder");
    std::fs::read_dir(&case)
        .expect("the case's folder")
        .flatten()
        .map(|it| it.path())
        .find(|path| path.to_string_lossy().ends_with("-evidence.zip"))
        .expect("the sealed evidence")
}
