//! How long the window takes to its first screen, and what it holds at rest. Measured by `cargo xtask bench window`; asserts nothing
//! about either.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::{Browser, ENTER};

/// Once everything was drawn, the page collects what it no longer needs.
const REST: Duration = Duration::from_secs(20);

#[test]
#[ignore = "a measurement, made by `cargo xtask bench window`"]
fn the_start_and_the_rest() {
    let to = std::env::var_os("HABEAS_FIGURES").expect("HABEAS_FIGURES names the file for the figures");
    let (_org, desk) = crate::three_requests();
    let starts: Vec<f64> = (0..3)
        .map(|_| {
            let begun = Instant::now();
            let browser = Browser::open(desk.folder.path(), false);
            browser.find("//input[@type='password']");
            begun.elapsed().as_secs_f64()
        })
        .collect();
    let browser = Browser::open(desk.folder.path(), false);
    let passphrase = browser.find("//input[@type='password']");
    let begun = at_rest(&browser);
    browser.type_into(&passphrase, &format!("correct horse battery staple{ENTER}"));
    browser.sees("How this was computed");
    browser.press("Requests");
    browser.sees("R-2026-0001");
    let open = at_rest(&browser);
    // As it stands when nobody touched it for a while.
    browser.press("Lock");
    browser.find("//input[@type='password']");
    let locked = at_rest(&browser);
    let held =
        json!([["at the unlock screen", begun], ["with the list open", open], ["locked again", locked]]);
    let figures = json!({ "starts_s": starts, "held_kib": held });
    std::fs::write(to, figures.to_string()).expect("the figures are written");
}

/// What each of the window's processes holds once it rests, in KiB.
fn at_rest(browser: &Browser) -> Vec<(String, u64)> {
    std::thread::sleep(REST);
    let held: Vec<(String, u64)> = browser.processes().iter().filter_map(|it| held(it)).collect();
    assert!(!held.is_empty(), "the window's processes are there");
    held
}

/// The name of a process, and its share of the memory it holds: what several processes hold together is divided among them.
fn held(process: &Path) -> Option<(String, u64)> {
    let name = std::fs::read_to_string(process.join("comm")).ok()?.trim().to_owned();
    let rollup = std::fs::read_to_string(process.join("smaps_rollup")).ok()?;
    let share = rollup.lines().find_map(|it| it.strip_prefix("Pss:"))?;
    Some((name, share.trim().trim_end_matches("kB").trim().parse().ok()?))
}
