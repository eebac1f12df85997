//! The window: exposes the desk. Nothing is decided here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;

use desk::Clock;

fn main() {
    let started = tauri::Builder::default()
        .manage(commands::Window::default())
        .invoke_handler(tauri::generate_handler![commands::vault_path, commands::unlock, commands::requests])
        .run(tauri::generate_context!());
    if let Err(error) = started {
        report(&error);
        std::process::exit(1);
    }
}

/// The clock of a real window is the system's.
#[allow(clippy::disallowed_methods, reason = "a shell reads the clock")]
fn clock() -> Clock {
    Clock::system(chrono::Utc::now)
}

#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
fn report(error: &tauri::Error) {
    eprintln!(
        "habeas: the window could not be opened ({error}). No vault was touched. The command line still works: habeas --help"
    );
}
