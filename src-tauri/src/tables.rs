//! A list of the page as a file: exactly the rows that are shown, where a native dialog says.

use desk::problem::Problem;
use desk::views::WrittenView;
use serde::Deserialize;
use tauri::{AppHandle, State};

use crate::dialogs::{Asks, dialog};
use crate::window::{Window, off_the_road};

/// The rows as they are shown, in the words of the page.
#[derive(Deserialize)]
pub struct Table {
    name: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Asks where, and writes the list there as CSV or as a spreadsheet, by the name that is given. `None`: no place was chosen.
#[tauri::command]
pub async fn save_table(
    app: AppHandle,
    window: State<'_, Window>,
    table: Table,
    asks: Asks,
) -> Result<Option<WrittenView>, Problem> {
    let desk = window.desk()?;
    let dialog = dialog(&app, &asks, &[&["xlsx"], &["csv"]]).set_file_name(format!("{}.xlsx", table.name));
    let chosen = off_the_road(move || Ok(dialog.blocking_save_file())).await?;
    match chosen.and_then(|it| it.into_path().ok()) {
        Some(path) => {
            off_the_road(move || desk.save_table(&table.header, &table.rows, &path).map(Some)).await
        }
        None => Ok(None),
    }
}
