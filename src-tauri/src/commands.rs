//! The commands the page may call: one call into the desk each.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use desk::Desk;
use desk::problem::Problem;
use desk::views::{RequestLine, VaultView};
use tauri::State;

/// What the window holds: the desk, once unlocked.
#[derive(Default)]
pub struct Window {
    desk: Mutex<Option<Arc<Desk>>>,
}

impl Window {
    fn hold(&self, desk: Desk) {
        *self.desk.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(desk));
    }

    fn desk(&self) -> Result<Arc<Desk>, Problem> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(|| {
            Problem::new(
                "vault_locked",
                "The vault is locked. Nothing was read or changed.",
                "Unlock it with its passphrase.",
            )
        })
    }
}

/// The vault this window was started for, `HABEAS_VAULT`; the page cannot name another.
#[tauri::command]
pub async fn vault_path() -> Option<String> {
    std::env::var("HABEAS_VAULT").ok().filter(|path| !path.is_empty())
}

/// Opens that vault. A wrong passphrase touches nothing.
#[tauri::command]
pub async fn unlock(window: State<'_, Window>, passphrase: String) -> Result<VaultView, Problem> {
    let path = vault_path().await.ok_or_else(|| {
        Problem::new(
            "usage",
            "No vault was named. Nothing was opened.",
            "Start the window with HABEAS_VAULT set to the path of a vault.",
        )
    })?;
    // Stretching a passphrase is slow on purpose and must not hold up the other commands.
    let desk = off_the_road(move || {
        Desk::open(Path::new(&path), &desk::passphrase(passphrase.as_bytes())?, crate::clock())
    })
    .await?;
    let view = desk.vault();
    window.hold(desk);
    Ok(view)
}

/// Every request of the open vault, those due soonest first, the closed ones last.
#[tauri::command]
pub async fn requests(window: State<'_, Window>) -> Result<Vec<RequestLine>, Problem> {
    let desk = window.desk()?;
    off_the_road(move || desk.requests()).await
}

/// Runs what blocks on a thread of its own.
async fn off_the_road<T: Send + 'static>(
    deed: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tauri::async_runtime::spawn_blocking(deed).await.unwrap_or_else(|_| {
        Err(Problem::new(
            "window",
            "The window stumbled over a fault of its own. What was not finished was not saved.",
            "Close the window, open it again, and report the fault.",
        ))
    })
}
