//! The files of a case. They stand in a folder beside the vault that has the request's number; the page names none of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use desk::problem::Problem;
use desk::views::{ExportView, LetterView, OpenedView, SealedView};
use desk::{LetterOrder, NewRequest, VerdictView, verify};
use serde_json::Value;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::dialogs::{Asks, dialog};
use crate::window::{Window, off_the_road};

/// Opens a request for the person described. `received_at` is RFC 3339.
#[tauri::command]
pub async fn open_request(
    window: State<'_, Window>,
    org: String,
    kind: String,
    received_at: String,
    channel: String,
    subject: Value,
) -> Result<OpenedView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let received_at = instant(&received_at, "received_at")?;
    off_the_road(move || {
        desk.open_request(&NewRequest {
            org: &org,
            kind: &kind,
            received_at,
            channel: &channel,
            subject: subject.to_string().as_bytes(),
            ..Default::default()
        })
    })
    .await
}

/// Writes the consumer's package into the case's folder.
#[tauri::command]
pub async fn export(
    window: State<'_, Window>,
    run: String,
    say: Channel<String>,
    request: String,
    password: Option<String>,
    language: Option<String>,
) -> Result<ExportView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let to = free(&folder(&window, &request)?, "package", "");
    let progress = window.begin(&run, say);
    let done = off_the_road(move || {
        tauri::async_runtime::block_on(desk.export(
            &request,
            &to,
            password.as_deref(),
            language.as_deref(),
            &progress,
        ))
    })
    .await;
    window.end(&run);
    done
}

/// Writes a letter into the case's folder.
#[tauri::command]
pub async fn letter(
    window: State<'_, Window>,
    request: String,
    kind: String,
    language: String,
    filled: BTreeMap<String, String>,
    wording: Option<String>,
) -> Result<LetterView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let to = free(&folder(&window, &request)?, &format!("letter-{kind}"), ".pdf");
    let order = LetterOrder { kind, language: Some(language), set: filled, wording };
    off_the_road(move || desk.letter(&request, &order, &to)).await
}

/// A letter as it would be written: the bytes of its PDF, for the page to show. Nothing is written.
#[tauri::command]
pub async fn letter_preview(
    window: State<'_, Window>,
    request: String,
    kind: String,
    language: String,
    filled: BTreeMap<String, String>,
    wording: Option<String>,
) -> Result<tauri::ipc::Response, Problem> {
    let desk = window.desk()?;
    let order = LetterOrder { kind, language: Some(language), set: filled, wording };
    off_the_road(move || desk.letter_preview(&request, &order).map(tauri::ipc::Response::new)).await
}

/// Seals the evidence into the case's folder.
#[tauri::command]
pub async fn seal(window: State<'_, Window>, request: String) -> Result<SealedView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let to = free(&folder(&window, &request)?, &format!("{request}-evidence"), ".zip");
    off_the_road(move || desk.seal(&request, &to)).await
}

/// Opens the case's folder in the system's file manager.
#[tauri::command]
pub async fn show_folder(window: State<'_, Window>, request: String) -> Result<(), Problem> {
    show(&folder(&window, &request)?)
}

/// Has the system show a folder or a file.
pub(crate) fn show(path: &Path) -> Result<(), Problem> {
    open::that_detached(path).map_err(|_| {
        Problem::new(
            "not_shown",
            "This computer found nothing to show it with. The files are untouched.",
            format!("Open {} yourself.", path.display()),
        )
    })
}

/// Opens a letter that was written in the system's own viewer, from which it is printed or saved elsewhere. `file` is its name
/// in the case's folder.
#[tauri::command]
pub async fn open_letter(window: State<'_, Window>, request: String, file: String) -> Result<(), Problem> {
    let name = Path::new(&file).file_name().filter(|it| *it == file.as_str() && file.ends_with(".pdf"));
    let letter = name.map(|it| folder(&window, &request).map(|folder| folder.join(it))).transpose()?;
    match letter.filter(|it| it.is_file()) {
        Some(letter) => show(&letter),
        None => Err(Problem::new(
            "no_letter",
            "There is no such letter in the folder of this case any more. Nothing was opened.",
            "Write the letter again.",
        )),
    }
}

/// Checks a bundle that somebody sent: the one that the window was opened with, else one that is chosen. `None`: no file was.
#[tauri::command]
pub async fn verify_bundle(
    app: AppHandle,
    window: State<'_, Window>,
    asks: Asks,
) -> Result<Option<VerdictView>, Problem> {
    if let Some(path) = window.take_bundle() {
        return off_the_road(move || verify(&path, None).map(Some)).await;
    }
    let dialog = dialog(&app, &asks, &[&["zip"]]);
    let chosen = off_the_road(move || Ok(dialog.blocking_pick_file())).await?;
    match chosen.and_then(|it| it.into_path().ok()) {
        Some(path) => off_the_road(move || verify(&path, None).map(Some)).await,
        None => Ok(None),
    }
}

/// The folder of one case, made when it is first needed.
fn folder(window: &Window, request: &str) -> Result<PathBuf, Problem> {
    // The desk answers only to a number it knows, so the name of the folder is one of ours.
    beside(window, &window.desk()?.request(request)?.line.request)
}

/// The folder of this name beside the vault, made when it is first needed.
pub(crate) fn beside(window: &Window, known: &str) -> Result<PathBuf, Problem> {
    let beside = window.place().and_then(|vault| vault.parent().map(Path::to_owned)).unwrap_or_default();
    let folder = std::path::absolute(beside.join(known)).unwrap_or_default();
    std::fs::create_dir_all(&folder).map_err(|error| {
        Problem::new(
            "folder",
            format!("The case's folder could not be made ({}). Nothing was written.", error.kind()),
            "Check that the folder of the vault can be written to.",
        )
    })?;
    Ok(folder)
}

/// An instant as the page gives it.
pub(crate) fn instant(text: &str, code: &'static str) -> Result<DateTime<Utc>, Problem> {
    chrono::DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).map_err(|_| {
        Problem::new(code, "The day and time cannot be read. Nothing was done.", "Give the day and the time.")
    })
}

/// `name.ext`, or the first of `name-2.ext`, `name-3.ext` … that is free.
pub(crate) fn free(folder: &Path, name: &str, ext: &str) -> PathBuf {
    let numbered = |n: u32| match n {
        1 => folder.join(format!("{name}{ext}")),
        n => folder.join(format!("{name}-{n}{ext}")),
    };
    (1..).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(1))
}
