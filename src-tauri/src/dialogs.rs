//! The system's own dialogs for files. What they say is the page's, in its language; what is chosen in them stays here.

use serde::Deserialize;
use tauri::{AppHandle, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

/// What a dialog says: its title, and the name of each kind of file that it offers.
#[derive(Deserialize)]
pub struct Asks {
    title: String,
    kinds: Vec<String>,
}

/// A dialog that says so; `endings` has the endings of each kind of file, in the order of their names.
pub fn dialog(app: &AppHandle, asks: &Asks, endings: &[&[&str]]) -> FileDialogBuilder<Wry> {
    let dialog = app.dialog().file().set_title(&asks.title);
    asks.kinds.iter().zip(endings).fold(dialog, |dialog, (name, endings)| dialog.add_filter(name, endings))
}
