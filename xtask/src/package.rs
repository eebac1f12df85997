//! `cargo xtask package`: what a person installs, made by Tauri's own bundler; on Debian it is installed here and started.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{self, Done};
use crate::set_up;

/// What is made on each kind of system.
const KINDS: &str = if cfg!(windows) {
    "nsis,msi"
} else if cfg!(target_os = "macos") {
    "app,dmg"
} else {
    "deb"
};

const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

/// Builds the window and packs it. `debug` packs what the tests built, for a try; it is slow and large, and nothing to give away.
pub fn package(debug: bool) -> Done {
    set_up::for_demo(true)?;
    run::npm("install what the screens are built with", "ui".as_ref(), &["ci", "--no-audit", "--no-fund"])?;
    run::npm("screens: build", "ui".as_ref(), &["run", "--silent", "build"])?;
    // For a try the selection of the tests: another one would take other features, and build all below it again.
    let build: &[&str] = if debug {
        &["build", "--workspace", "--all-targets", "--quiet"]
    } else {
        &["build", "--release", "-p", "habeas-window"]
    };
    run::cargo("build the window", build)?;
    let profile = if debug { "debug" } else { "release" };
    let bundler = bundler()?;
    let mut pack = Command::new("node");
    pack.arg(bundler).args(["bundle", "--ci", "--bundles", KINDS]);
    if debug {
        pack.arg("--debug");
    }
    run::step("pack", &mut pack)?;
    let made = run::target().join(profile).join("bundle");
    if cfg!(target_os = "linux") {
        tried(&newest(made.join("deb"))?)?;
    }
    println!("\nThe packages are in {}", made.display());
    Ok(())
}

/// Tauri's bundler, installed for itself: only who packs needs it, and a lock file would name every system's build of it.
fn bundler() -> Result<PathBuf, String> {
    let folder = run::target().join("tools/bundler");
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
    run::npm(
        "install the bundler",
        &folder,
        &["install", "--prefix", ".", "--no-audit", "--no-fund", BUNDLER],
    )?;
    Ok(folder.join("node_modules/@tauri-apps/cli/tauri.js"))
}

/// Installs the package as a person would, and lets a test drive the installed window.
fn tried(deb: &std::path::Path) -> Done {
    set_up::install_file(deb)?;
    let window = PathBuf::from("/usr/bin/habeas-window");
    let test = "unlocking::the_page_reaches_nothing_but_its_own_commands";
    set_up::for_tests()?;
    run::cargo("build what starts it", &["build", "--workspace", "--all-targets", "--quiet"])?;
    run::step(
        "start the installed window",
        run::window_test(test, &window).env("HABEAS_PROGRAM", run::built("debug", "habeas")),
    )
}

fn newest(folder: PathBuf) -> Result<PathBuf, String> {
    let wrong = |error: std::io::Error| format!("{} cannot be read: {error}", folder.display());
    let packages = std::fs::read_dir(&folder).map_err(wrong)?.flatten().map(|it| it.path());
    packages
        .filter(|it| it.extension().is_some_and(|it| it == "deb"))
        .max_by_key(|it| std::fs::metadata(it).and_then(|it| it.modified()).ok())
        .ok_or_else(|| format!("the bundler left no package in {}", folder.display()))
}
