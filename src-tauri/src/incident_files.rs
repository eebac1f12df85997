//! What goes in and out of an incident as files: logs and exports are chosen in the system's own dialogs; notices, packets and
//! sealed bundles stand in a folder beside the vault that has the incident's number. The page names no path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use desk::incident::{
    DraftOrder, DraftView, Gathered, NewIncident, NoticeWanted, OpenedIncident, PacketView, Scope,
    SealedPacketView, ToldView,
};
use desk::problem::Problem;
use desk::{VerdictView, verify};
use practice::generate::{LogSet, write_logs};
use practice::world::{Clock, World};
use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::FilePath;

use crate::case_files::{beside, free, instant, show};
use crate::dialogs::{Asks, dialog};
use crate::window::{Window, off_the_road};

/// A sealed packet, and what checking it says.
#[derive(Debug, Serialize)]
pub struct SealedIncident {
    sealed: SealedPacketView,
    verdict: VerdictView,
}

/// Opens an incident. `discovered_at` is RFC 3339.
#[tauri::command]
pub async fn open_incident(
    window: State<'_, Window>,
    title: String,
    discovered_at: String,
    org: Option<String>,
) -> Result<OpenedIncident, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let discovered_at = instant(&discovered_at, "discovered_at")?;
    off_the_road(move || {
        desk.open_incident(&NewIncident { title: &title, discovered_at, org: org.as_deref() })
    })
    .await
}

/// Takes in logs from a folder, or from ZIPs and single files. `None`: nothing was chosen.
#[tauri::command]
pub async fn gather_files(
    app: AppHandle,
    window: State<'_, Window>,
    run: String,
    say: Channel<String>,
    incident: String,
    folder: bool,
    asks: Asks,
) -> Result<Option<Gathered>, Problem> {
    let endings: &[&[&str]] = if folder { &[] } else { &[&["zip", "csv", "gz", "json", "jsonl"]] };
    let dialog = dialog(&app, &asks, endings);
    let chosen = off_the_road(move || {
        Ok(match folder {
            true => dialog.blocking_pick_folders(),
            false => dialog.blocking_pick_files(),
        })
    })
    .await?;
    match chosen {
        Some(chosen) => {
            let paths = chosen.into_iter().filter_map(|it: FilePath| it.into_path().ok()).collect();
            take_in(&window, &run, say, incident, paths).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Takes in what was dropped on the window last.
#[tauri::command]
pub async fn gather_dropped(
    window: State<'_, Window>,
    run: String,
    say: Channel<String>,
    incident: String,
) -> Result<Gathered, Problem> {
    let paths = window.take_dropped();
    if paths.is_empty() {
        return Err(Problem::new(
            "nothing_dropped",
            "No file was dropped here. Nothing was gathered.",
            "Drop folders, ZIPs or log files on the window, or choose them.",
        ));
    }
    take_in(&window, &run, say, incident, paths).await
}

/// Writes the logs of the practice theft beside the vault and takes them in: all, or the free ones alone.
#[tauri::command]
pub async fn gather_practice(
    window: State<'_, Window>,
    run: String,
    say: Channel<String>,
    incident: String,
    free: bool,
) -> Result<Gathered, Problem> {
    let desk = window.desk()?;
    if !desk.vault().practice {
        return Err(Problem::new(
            "practice_only",
            "This vault is for real people; the logs of the practice theft belong in a practice vault. Nothing was gathered.",
            "Create a practice vault first.",
        ));
    }
    let (name, set) =
        if free { ("practice-logs-free", LogSet::Free) } else { ("practice-logs", LogSet::All) };
    let to = folder(&window, &incident)?.join(name);
    if !to.exists() {
        let to = to.clone();
        off_the_road(move || practice_logs(&to, set)).await?;
    }
    take_in(&window, &run, say, incident, vec![to]).await
}

fn practice_logs(to: &Path, set: LogSet) -> Result<(), Problem> {
    let refused = |because: String| {
        Problem::new(
            "practice_org",
            format!("The logs of the practice theft could not be written: {because}. Nothing was gathered."),
            "Check that the folder of the vault can be written to.",
        )
    };
    let world =
        World::built_in(Clock::fixed(chrono::DateTime::UNIX_EPOCH)).map_err(|it| refused(it.to_string()))?;
    write_logs(to, &world, set).map_err(|it| refused(it.to_string()))
}

async fn take_in(
    window: &Window,
    run: &str,
    say: Channel<String>,
    incident: String,
    paths: Vec<PathBuf>,
) -> Result<Gathered, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let progress = window.begin(run, say);
    let done = off_the_road(move || desk.gather_files(&incident, &paths, &progress)).await;
    window.end(run);
    done
}

/// Counts whose data was taken by an export that stands in for the org. `None`: nothing was chosen.
#[tauri::command]
pub async fn scope_export(
    app: AppHandle,
    window: State<'_, Window>,
    run: String,
    say: Channel<String>,
    incident: String,
    asks: Asks,
) -> Result<Option<Scope>, Problem> {
    let dialog = dialog(&app, &asks, &[]);
    let chosen = off_the_road(move || Ok(dialog.blocking_pick_folder())).await?;
    let Some(export) = chosen.and_then(|it| it.into_path().ok()) else { return Ok(None) };
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let progress = window.begin(&run, say);
    let done = off_the_road(move || {
        tauri::async_runtime::block_on(desk.scope_incident(&incident, Some(&export), None, &progress))
    })
    .await;
    window.end(&run);
    done.map(Some)
}

/// A notice as it would be written: the bytes of its PDF, for the page to show. Nothing is written.
#[tauri::command]
pub async fn notice_preview(
    window: State<'_, Window>,
    incident: String,
    wanted: NoticeWanted,
) -> Result<tauri::ipc::Response, Problem> {
    let desk = window.desk()?;
    off_the_road(move || desk.notice_preview(&incident, &wanted).map(tauri::ipc::Response::new)).await
}

/// Takes the practice theft through the whole road as an incident of its own and sets the questions of an exercise.
/// `discovered_at` is RFC 3339.
#[tauri::command]
pub async fn begin_exercise(
    window: State<'_, Window>,
    run: String,
    say: Channel<String>,
    org: String,
    discovered_at: String,
) -> Result<OpenedIncident, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let discovered_at = instant(&discovered_at, "discovered_at")?;
    let to = beside(&window, "exercise")?.join("practice-logs");
    let progress = window.begin(&run, say);
    let done = off_the_road(move || {
        if !to.exists() {
            practice_logs(&to, LogSet::All)?;
        }
        tauri::async_runtime::block_on(desk.begin_exercise(&org, &[to], discovered_at, &progress))
    })
    .await;
    window.end(&run);
    done
}

/// Writes the notices into the incident's folder.
#[tauri::command]
pub async fn draft_notices(
    window: State<'_, Window>,
    incident: String,
    set: BTreeMap<String, String>,
    spanish: bool,
) -> Result<DraftView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let to = free(&folder(&window, &incident)?, "notices", "");
    let order = DraftOrder { spanish, set, ..DraftOrder::default() };
    off_the_road(move || desk.draft_notices(&incident, &order, &to)).await
}

/// Assembles the packet into the incident's folder.
#[tauri::command]
pub async fn assemble_packet(
    window: State<'_, Window>,
    incident: String,
    facts_only: bool,
) -> Result<PacketView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let to = free(&folder(&window, &incident)?, "packet", "");
    off_the_road(move || desk.assemble_packet(&incident, &to, facts_only)).await
}

/// Notes that somebody was told. `at` is RFC 3339.
#[tauri::command]
pub async fn tell(
    window: State<'_, Window>,
    incident: String,
    recipient: String,
    at: String,
    reference: String,
) -> Result<ToldView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let at = instant(&at, "at")?;
    off_the_road(move || desk.tell(&incident, &recipient, at, &reference)).await
}

/// Seals the packet into the incident's folder and checks what was sealed.
#[tauri::command]
pub async fn seal_packet(window: State<'_, Window>, incident: String) -> Result<SealedIncident, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let to = free(&folder(&window, &incident)?, &format!("{incident}-packet"), ".zip");
    off_the_road(move || {
        let sealed = desk.seal_packet(&incident, &to)?;
        Ok(SealedIncident { sealed, verdict: verify(&to, None)? })
    })
    .await
}

/// Opens the incident's folder in the system's file manager.
#[tauri::command]
pub async fn show_incident_folder(window: State<'_, Window>, incident: String) -> Result<(), Problem> {
    show(&folder(&window, &incident)?)
}

/// The folder of one incident, made when it is first needed.
fn folder(window: &Window, incident: &str) -> Result<PathBuf, Problem> {
    // The desk answers only to a number it knows, so the name of the folder is one of ours.
    beside(window, &window.desk()?.incident(incident)?.line.incident)
}
