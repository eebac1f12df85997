//! Which vault: chosen, created, unlocked, locked. The page never names a path.

use std::path::{Path, PathBuf};

use desk::Desk;
use desk::problem::Problem;
use desk::views::{RememberedView, VaultView};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, State};

use crate::dialogs::{Asks, dialog};
use crate::window::{Window, off_the_road};

/// What the first screen starts from.
#[derive(Debug, Serialize)]
pub struct Start {
    /// The vault that unlocking would open, as people read it.
    pub vault: Option<String>,
    /// Where a new vault would be made.
    pub new_vault: String,
    pub new_practice_vault: String,
    /// The window was opened with a sealed bundle: it is checked first.
    pub bundle: bool,
    /// The vault that is open already: the page was loaded anew, in another language.
    pub open: Option<VaultView>,
    pub version: &'static str,
}

/// What the window remembers between starts: a path, nothing else.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Remembered {
    vault: Option<PathBuf>,
}

/// The vault of `HABEAS_VAULT`, else the one that was open last, if it is still there.
#[tauri::command]
pub async fn start(app: AppHandle, window: State<'_, Window>) -> Result<Start, Problem> {
    if window.place().is_none() {
        let named = std::env::var_os("HABEAS_VAULT").filter(|path| !path.is_empty()).map(PathBuf::from);
        let last = || remembered(&app).vault.filter(|path| path.exists());
        if let Some(path) = named.or_else(last) {
            window.set_place(path);
        }
    }
    let vault = window.place().filter(|path| path.exists());
    Ok(Start {
        vault: vault.map(|path| path.display().to_string()),
        new_vault: fresh(&app, "vault")?.display().to_string(),
        new_practice_vault: fresh(&app, "practice")?.display().to_string(),
        bundle: window.has_bundle(),
        open: window.unlocked(),
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Asks where a new vault shall stand. `None`: the officer thought better of it.
#[tauri::command]
pub async fn choose_place(
    app: AppHandle,
    window: State<'_, Window>,
    asks: Asks,
) -> Result<Option<String>, Problem> {
    let dialog = dialog(&app, &asks, &[]).set_file_name("vault.habeas");
    let chosen = off_the_road(move || Ok(dialog.blocking_save_file())).await?;
    Ok(take(&window, chosen))
}

/// Asks for a vault that is there already.
#[tauri::command]
pub async fn choose_vault(
    app: AppHandle,
    window: State<'_, Window>,
    asks: Asks,
) -> Result<Option<String>, Problem> {
    let dialog = dialog(&app, &asks, &[&["habeas"]]);
    let chosen = off_the_road(move || Ok(dialog.blocking_pick_file())).await?;
    Ok(take(&window, chosen))
}

fn take(window: &Window, chosen: Option<tauri_plugin_dialog::FilePath>) -> Option<String> {
    let path = chosen?.into_path().ok()?;
    window.set_place(path.clone());
    Some(path.display().to_string())
}

/// Makes a vault at the suggested place, or at the one that was chosen; never overwrites.
#[tauri::command]
pub async fn create_vault(
    app: AppHandle,
    window: State<'_, Window>,
    passphrase: String,
    practice: bool,
    chosen: bool,
) -> Result<VaultView, Problem> {
    let suggested = fresh(&app, if practice { "practice" } else { "vault" })?;
    let path = window.place().filter(|_| chosen).unwrap_or(suggested);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            Problem::new(
                "folder",
                format!("The folder for the vault could not be made ({}). No vault was made.", error.kind()),
                "Choose another place.",
            )
        })?;
    }
    let to = path.clone();
    let desk = off_the_road(move || {
        let passphrase = desk::passphrase(passphrase.as_bytes())?;
        desk::create_vault(&to, &passphrase, practice, &crate::clock())?;
        Desk::open(&to, &passphrase, crate::clock())
    })
    .await?;
    Ok(hold(&app, &window, path, desk))
}

/// Opens the vault. A wrong passphrase touches nothing.
#[tauri::command]
pub async fn unlock(
    app: AppHandle,
    window: State<'_, Window>,
    passphrase: String,
) -> Result<VaultView, Problem> {
    let path = chosen(&window)?;
    let from = path.clone();
    // Stretching a passphrase is slow on purpose and must not hold up the other commands.
    let desk = off_the_road(move || {
        Desk::open(Path::new(&from), &desk::passphrase(passphrase.as_bytes())?, crate::clock())
    })
    .await?;
    Ok(hold(&app, &window, path, desk))
}

/// Opens the vault by the key that this computer's key store keeps.
#[tauri::command]
pub async fn unlock_by_kept_key(app: AppHandle, window: State<'_, Window>) -> Result<VaultView, Problem> {
    let path = chosen(&window)?;
    let from = path.clone();
    let desk = off_the_road(move || Desk::open_remembered(&from, &crate::clock())).await?.ok_or_else(|| {
        Problem::new(
            "no_kept_key",
            "The key store of this computer did not give a key that opens this vault. Nothing was opened.",
            "Type the passphrase.",
        )
    })?;
    Ok(hold(&app, &window, path, desk))
}

/// Whether this computer's key store keeps the key of the vault.
#[tauri::command]
pub async fn kept_key(window: State<'_, Window>) -> Result<RememberedView, Problem> {
    let path = chosen(&window)?;
    off_the_road(move || Desk::key_is_remembered(&path)).await
}

/// Puts the key of the open vault into this computer's key store, or takes it out.
#[tauri::command]
pub async fn keep_key(window: State<'_, Window>, keep: bool) -> Result<RememberedView, Problem> {
    let desk = window.desk()?;
    let _turn = window.turn()?;
    let path = chosen(&window)?;
    off_the_road(move || if keep { desk.remember_key() } else { desk::forget_key(&path) }).await
}

fn chosen(window: &Window) -> Result<PathBuf, Problem> {
    window.place().ok_or_else(|| {
        Problem::new("no_vault", "No vault was chosen. Nothing was opened.", "Create a vault or open one.")
    })
}

/// Locks the vault; deeds under way stop at their next safe place.
#[tauri::command]
pub async fn lock(window: State<'_, Window>) -> Result<(), Problem> {
    window.lock();
    Ok(())
}

/// Locks the vault that nobody touches. `false`: something is being done, and it stays open until that has ended.
#[tauri::command]
pub async fn lock_if_idle(window: State<'_, Window>) -> Result<bool, Problem> {
    Ok(window.lock_if_idle())
}

fn hold(app: &AppHandle, window: &Window, path: PathBuf, desk: Desk) -> VaultView {
    let view = desk.vault();
    // A path that cannot be remembered is asked for again next time; nothing else depends on it.
    drop(remember(app, &path));
    window.set_place(path);
    window.open(desk);
    view
}

/// `<documents>/Habeas/<name>.habeas`, or the first of `<name>-2`, `-3` … that is free.
fn fresh(app: &AppHandle, name: &str) -> Result<PathBuf, Problem> {
    let home = app.path().document_dir().or_else(|_| app.path().home_dir()).map_err(|_| {
        Problem::new(
            "no_home",
            "This computer names no folder for documents. Nothing was made.",
            "Choose a place for the vault yourself.",
        )
    })?;
    let folder = home.join("Habeas");
    let numbered = |n: u32| match n {
        1 => folder.join(format!("{name}.habeas")),
        n => folder.join(format!("{name}-{n}.habeas")),
    };
    Ok((1..).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(1)))
}

fn memory(app: &AppHandle) -> Option<PathBuf> {
    app.path().app_config_dir().ok().map(|folder| folder.join("window.json"))
}

fn remembered(app: &AppHandle) -> Remembered {
    memory(app)
        .and_then(|file| std::fs::read(file).ok())
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn remember(app: &AppHandle, vault: &Path) -> std::io::Result<()> {
    let Some(file) = memory(app) else { return Ok(()) };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let vault = std::path::absolute(vault)?;
    std::fs::write(file, serde_json::to_vec(&Remembered { vault: Some(vault) })?)
}
