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

/// Page by page, then to a hundred places far apart: the milliseconds from each frame to the next.
const SCROLL: &str = r#"
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const list = document.querySelector('[role=region].rows');
    const took = { pages: [], leaps: [], rows: 0 };
    const move = async (times, to) => {
        const spent = [];
        let last = await frame();
        for (let n = 0; n < times; n += 1) {
            list.scrollTop = to(n);
            const now = await frame();
            spent.push(now - last);
            last = now;
            took.rows = Math.max(took.rows, list.querySelectorAll('tbody tr').length);
        }
        return spent;
    };
    took.pages = await move(240, (n) => n * list.clientHeight);
    took.leaps = await move(100, (n) => ((n * 7919) % 100) / 100 * list.scrollHeight);
    found.push(took);
"#;

#[test]
#[ignore = "a measurement, made by `cargo xtask bench window`"]
fn a_long_list_scrolls() {
    let to = std::env::var_os("HABEAS_FIGURES").expect("HABEAS_FIGURES names the file for the figures");
    let folder = std::env::var_os("HABEAS_FOLDER").expect("HABEAS_FOLDER holds a vault with many requests");
    let browser = Browser::open(Path::new(&folder), false);
    let said = std::fs::read_to_string(Path::new(&folder).join("passphrase.txt")).expect("the passphrase");
    let passphrase = browser.find("//input[@type='password']");
    browser.type_into(&passphrase, &format!("{}{ENTER}", said.trim_end()));
    browser.find("//h1[normalize-space()='Today']");
    let begun = Instant::now();
    browser.press("Requests");
    browser.find("//tbody//th");
    let shown = begun.elapsed().as_secs_f64();
    let scrolled = browser.script_later(SCROLL);
    let figures = json!({ "shown_s": shown, "scrolled": scrolled[0] });
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
