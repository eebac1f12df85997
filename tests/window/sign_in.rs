//! Signing in to an org that refuses the app: said in words, with what to send to the administrator, and a page for them to print.

use tempfile::TempDir;

use crate::browser::Browser;
use crate::steps::{opener, write};

/// Stands where the system's browser is asked for, and answers as Salesforce does where the app is not installed.
const REFUSING: &str = r#"#!/bin/bash
state=${1##*&state=}; state=${state%%&*}
port=${1##*localhost%3A}; port=${port%%%2F*}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /OauthRedirect?error=invalid_client&error_description=app+must+be+installed+into+org&state=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$state" >&3
cat <&3 >/dev/null
"#;

#[test]
fn an_org_that_has_not_installed_the_app_is_explained_with_what_to_send() {
    let folder = TempDir::new().expect("a folder");
    opener(folder.path(), REFUSING);
    let window = Browser::open(folder.path(), false);

    window.press("Work on real requests");
    window.type_into(&window.find("//*[@id='passphrase']"), "seven calm otters read");
    window.type_into(&window.find("//*[@id='again']"), "seven calm otters read");
    window.press("Create the vault");
    window.press("Orgs");
    window.picture("43-connect.png");
    write(&window, "A short name for it", "alder");
    write(&window, "Consumer key", "3MVG9.invented.key");
    window.press("Sign in with the browser");
    let said = window.text(&window.find("//*[@role='alert']"));
    assert!(said.contains("install") && said.contains("Nobody was signed in"), "says what happened: {said}");
    let letter = window.script("return document.querySelector('textarea[readonly]').value;");
    let letter = letter.as_str().unwrap_or_default();
    for part in
        ["not installed in our org", "https://login.salesforce.com", "3MVG9.invented.key", "localhost:1717"]
    {
        assert!(letter.contains(part), "{part} is missing in what is sent to the administrator: {letter}");
    }
    window.click(&window.find("//textarea[@readonly]"));
    window.picture("44-app-not-installed.png");

    window.press("What your Salesforce administrator has to do");
    window.sees("For the Salesforce administrator");
    window.find("//th[normalize-space()='Bulk API Hard Delete']");
    window.picture("45-administrator.png");
    window.press("Back");
    window.sees("Connect Salesforce");
}
