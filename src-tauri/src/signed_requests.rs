//! Requests that agents sign: two native dialogs say where the message and the agent's key are.

use std::io::Read;
use std::path::Path;

use desk::SignedRequest;
use desk::problem::Problem;
use desk::views::asking::DrpOpenedView;
use tauri::{AppHandle, State};

use crate::case_files::instant;
use crate::dialogs::{Asks, dialog};
use crate::window::{Window, off_the_road};

/// More than any signed message or key has; the desk says what is too large.
const LARGEST: u64 = 1024 * 1024;

/// Opens the request that a signed message makes. `received_at` is RFC 3339, and now without it. `None`: a file was not chosen.
#[tauri::command]
pub async fn open_signed(
    app: AppHandle,
    window: State<'_, Window>,
    org: String,
    received_at: Option<String>,
    message_asks: Asks,
    key_asks: Asks,
) -> Result<Option<DrpOpenedView>, Problem> {
    let received_at = received_at.map(|it| instant(&it, "received_at")).transpose()?;
    let Some(message) = chosen(&app, &message_asks).await? else { return Ok(None) };
    let Some(agent_key) = chosen(&app, &key_asks).await? else { return Ok(None) };
    let desk = window.desk()?;
    let _turn = window.turn()?;
    off_the_road(move || {
        desk.open_signed(&SignedRequest {
            org: &org,
            message: &message,
            agent_key: &agent_key,
            business_id: None,
            received_at,
            channel: None,
        })
        .map(Some)
    })
    .await
}

/// What stands in the file that a native dialog chooses.
async fn chosen(app: &AppHandle, asks: &Asks) -> Result<Option<Vec<u8>>, Problem> {
    let dialog = dialog(app, asks, &[]);
    off_the_road(move || {
        let path = dialog.blocking_pick_file().and_then(|it| it.into_path().ok());
        path.as_deref().map(read).transpose()
    })
    .await
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes)).map_err(
        |error| {
            Problem::new(
                "unreadable",
                format!("The file could not be read ({}). Nothing was opened.", error.kind()),
                "Choose it again, or save it anew.",
            )
        },
    )?;
    Ok(bytes)
}
