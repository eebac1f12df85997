//! A data map as files: a native dialog says where.

use desk::problem::Problem;
use desk::views::data_map::MapExportView;
use tauri::{AppHandle, State};

use crate::case_files::free;
use crate::dialogs::{Asks, dialog};
use crate::window::{Window, off_the_road};

/// Writes a map as PDF, CSV and JSON into a new folder where a native dialog says. `None`: no place was chosen.
#[tauri::command]
pub async fn export_map(
    app: AppHandle,
    window: State<'_, Window>,
    org: String,
    asks: Asks,
) -> Result<Option<MapExportView>, Problem> {
    let dialog = dialog(&app, &asks, &[]);
    let chosen = off_the_road(move || Ok(dialog.blocking_pick_folder())).await?;
    let Some(within) = chosen.and_then(|it| it.into_path().ok()) else { return Ok(None) };
    let desk = window.desk()?;
    let _turn = window.turn()?;
    off_the_road(move || desk.export_map(&org, &free(&within, "data-map", "")).map(Some)).await
}
