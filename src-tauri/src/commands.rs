//! The commands the page may call: one call into the desk each.

use std::sync::{Arc, Mutex};

use desk::problem::Problem;
use desk::views::{RequestLine, VaultView};
use desk::{Desk, Passphrase};
use tauri::State;

/// What the window holds: the desk, once unlocked.
#[derive(Default)]
pub struct Window {
    desk: Mutex<Option<Arc<Desk>>>,
}

#[tauri::command]
pub async fn vault_path() -> Option<String> {
    std::env::var("HABEAS_VAULT").ok().filter(|path| !path.is_empty())
}

#[tauri::command]
pub async fn unlock(window: State<'_, Window>, passphrase: String) -> Result<VaultView, Problem> {
    let path = vault_path().await.unwrap_or_default();
    let desk = Desk::open(path.as_ref(), &Passphrase::new(passphrase), crate::clock())?;
    let view = desk.vault();
    if let Ok(mut held) = window.desk.lock() {
        *held = Some(Arc::new(desk));
    }
    Ok(view)
}

#[tauri::command]
pub async fn requests(window: State<'_, Window>) -> Result<Vec<RequestLine>, Problem> {
    desk(&window)?.requests()
}

fn desk(window: &Window) -> Result<Arc<Desk>, Problem> {
    window.desk.lock().ok().and_then(|held| held.clone()).ok_or_else(|| {
        Problem::new("vault_locked", "The vault is locked. Nothing was read or changed.", "Unlock it with its passphrase.")
    })
}
