//! `cargo xtask test`: everything, in the order in which a failure is cheapest.

use std::process::Command;

use crate::licences;
use crate::run::{self, Done};
use crate::screens;
use crate::set_up;

/// Installs what the tests need, runs all of them, and ends by saying what was run.
pub fn all() -> Done {
    let python = set_up::for_tests()?;
    run::npm("install what the screens are built with", "ui".as_ref(), &["ci", "--no-audit", "--no-fund"])?;

    run::cargo("formatting", &["fmt", "--all", "--", "--check"])?;
    licences::check()?;
    run::npm("screens: types", "ui".as_ref(), &["run", "--silent", "types"])?;
    run::npm("screens: tests", "ui".as_ref(), &["test", "--silent"])?;
    run::npm("screens: build", "ui".as_ref(), &["run", "--silent", "build"])?;
    run::cargo("lints", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    // One build for everything that follows: a package built by itself would take other features, and all below it again.
    run::cargo("build, with all tests", &["build", "--workspace", "--all-targets", "--quiet"])?;
    let corpus = run::target().join("tampered").to_string_lossy().into_owned();
    drop(std::fs::remove_dir_all(&corpus));
    run::step(
        "bundles, tampered with in every way",
        Command::new(run::built("debug/examples", "tampered")).arg(&corpus),
    )?;
    run::step(
        "the page that verifies says the same as the command, in Chromium",
        Command::new("node").arg(run::root().join("crates/papers/tests/page.mjs")).arg(&corpus),
    )?;
    screens::clear();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run::step(
        "tests of every room and of the whole house",
        Command::new(cargo)
            .args(["test", "--workspace", "--no-fail-fast"])
            .env("HABEAS_TEST_PYTHON", &python)
            .env("HABEAS_PROGRAM", run::built("debug", "habeas"))
            .env("HABEAS_WINDOW", run::built("debug", "habeas-window")),
    )?;
    screens::page()?;
    println!(
        "\nRun and passed: formatting; types, tests and build of the screens; lints; every room's tests; floors; \
         the command line; simple-salesforce, salesforce-bulk and jsforce on the practice org; every detection rule converted for Splunk and Elasticsearch by pySigma; outloud and qpdf on every kind of paper; the page that verifies, in Chromium; the real window."
    );
    Ok(())
}
