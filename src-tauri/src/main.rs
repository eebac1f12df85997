//! The window: exposes the desk, dialogs, the practice org. Nothing is decided here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod case_files;
mod connecting;
mod deeds;
mod dialogs;
mod frame;
mod incident_files;
mod map_files;
mod menu;
mod practising;
mod signed_requests;
mod tables;
mod vaults;
mod window;

use chrono::{DateTime, Utc};
use desk::Clock;

fn main() {
    frame::held_light();
    let started = tauri::Builder::default()
        // One window for one vault: a second start hands its file to the first and ends. It stands first, as it must.
        .plugin(tauri_plugin_single_instance::init(frame::asked_again))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().with_state_flags(frame::kept()).build())
        .manage(window::Window::default())
        .setup(|app| {
            frame::opened_with(app.handle(), std::env::args().skip(1));
            Ok(())
        })
        .on_menu_event(menu::chosen)
        .on_window_event(frame::dragged)
        .invoke_handler(deeds::handler())
        .run(tauri::generate_context!());
    if let Err(error) = started {
        report(&error);
        std::process::exit(1);
    }
}

#[allow(clippy::disallowed_methods, reason = "a shell reads the clock")]
fn utc_now() -> DateTime<Utc> {
    Utc::now()
}

/// The clock of a real window is the system's.
fn clock() -> Clock {
    Clock::system(utc_now)
}

#[allow(clippy::print_stderr, reason = "there is no window to say it in")]
fn report(error: &tauri::Error) {
    eprintln!(
        "habeas: the window could not be opened ({error}). No vault was touched. The command line still works: habeas --help"
    );
}
