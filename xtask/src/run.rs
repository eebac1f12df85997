//! Running other programs, and saying so.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// `Err` is a sentence for the person at the terminal.
pub type Done = Result<(), String>;

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap_or_else(|_| PathBuf::from("."))
}

/// Where tools of other people are kept: inside `target`, so that a clean removes them.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program of this project, built by this profile.
pub fn built(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Runs a command in the project's root, its output shown, and says how long it took.
pub fn step(what: &str, command: &mut Command) -> Done {
    println!("\n── {what}");
    let begun = Instant::now();
    let status = command
        .current_dir(command.get_current_dir().map_or_else(root, Path::to_path_buf))
        .status()
        .map_err(|error| format!("{what}: the program could not be started: {error}"))?;
    if !status.success() {
        return Err(format!("{what}: failed ({status}). What is printed above says why."));
    }
    println!("── {what}: done in {:.1} s", begun.elapsed().as_secs_f32());
    Ok(())
}

pub fn cargo(what: &str, arguments: &[&str]) -> Done {
    step(what, &mut cargo_with(arguments))
}

fn cargo_with(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments);
    cargo
}

/// One test of the window by its whole name, also one that is left out otherwise, driving this window.
pub fn window_test(test: &str, window: &Path) -> Command {
    let words = ["test", "--workspace", "--test", "window", "--", "--include-ignored", "--exact", test];
    let mut command = cargo_with(&words);
    command.env("HABEAS_WINDOW", window);
    command
}

/// npm, in a folder of the project.
pub fn npm(what: &str, folder: &Path, arguments: &[&str]) -> Done {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    step(what, Command::new(npm).args(arguments).current_dir(root().join(folder)))
}

/// Whether a program answers at all.
pub fn answers(program: &str, argument: &str) -> bool {
    Command::new(program)
        .arg(argument)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
