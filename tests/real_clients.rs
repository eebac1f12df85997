//! Clients that we did not write, driving the practice org.
//!
//! `cargo xtask test` installs them and names the Python; without it these tests say what is missing and fail.

use std::path::Path;
use std::process::Command;

use house_tests::{Desk, PracticeOrg, panic_with};

fn drive(program: &Path, script: &str, org: &PracticeOrg, environment: &[(&str, &str)]) {
    let desk = Desk::new();
    let told = desk.write("announcement.json", org.announcement.to_string());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join(script);
    let answer = Command::new(program)
        .arg(&script)
        .arg(&told)
        .envs(environment.iter().copied())
        .output()
        .unwrap_or_else(|error| {
            panic_with(&format!(
                "{} could not be started; run cargo xtask set-up: {error}",
                program.display()
            ))
        });
    assert!(
        answer.status.success(),
        "{}\n{}\n{}",
        script.display(),
        String::from_utf8_lossy(&answer.stdout),
        String::from_utf8_lossy(&answer.stderr)
    );
}

#[test]
fn simple_salesforce_cannot_tell_the_practice_org_from_a_real_one() {
    let python = std::env::var("HABEAS_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let org = PracticeOrg::serve(&["--tls"]);
    drive(Path::new(&python), "drive_simple_salesforce.py", &org, &[]);
}

#[test]
fn salesforce_bulk_cannot_tell_the_practice_org_from_a_real_one() {
    let python = std::env::var("HABEAS_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let org = PracticeOrg::serve(&["--tls"]);
    drive(Path::new(&python), "drive_salesforce_bulk.py", &org, &[]);
}

#[test]
fn jsforce_cannot_tell_the_practice_org_from_a_real_one() {
    let desk = Desk::new();
    let faults = desk.write("faults.toml", "[[fault]]\nkind = \"rotate_refresh\"\n");
    let org = PracticeOrg::serve(&["--faults", &faults]);
    drive(Path::new("node"), "drive_jsforce.mjs", &org, &[]);
}

#[test]
fn a_calendar_library_reads_the_open_clocks() {
    let python = std::env::var("HABEAS_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let org = PracticeOrg::serve(&["--org", concat!(env!("CARGO_MANIFEST_DIR"), "/orgs/small")]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-10T18:00:00Z".to_owned());
    let ana = serde_json::json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"] });
    desk.open("delete", &ana);
    desk.open("opt-out", &ana);
    let file = desk.path("clocks.ics");
    let clocks = desk.done(&["calendar", "export", "--to", &file]).view["clocks"].to_string();
    assert_eq!(clocks, "3", "acknowledge and answer the one, carry out the other");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/read_calendar.py");
    let answer = Command::new(python)
        .arg(script)
        .args([file, clocks])
        .output()
        .unwrap_or_else(|error| panic_with(&format!("Python could not be started: {error}")));
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
}

#[test]
fn every_detection_rule_converts_for_a_siem() {
    let python = std::env::var("HABEAS_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let answer = Command::new(python)
        .arg(house.join("clients/convert_rules.py"))
        .arg(house.join("../assets/detection"))
        .output()
        .unwrap_or_else(|error| panic_with(&format!("Python could not be started: {error}")));
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let converted: usize = String::from_utf8_lossy(&answer.stdout).trim().parse().unwrap_or_default();
    assert!(converted >= 40, "{converted} rules were converted");
}
