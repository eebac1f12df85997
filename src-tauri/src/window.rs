//! What the window holds: the open desk, the vault it will open, the practice org, and the long deeds under way.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::problem::Problem;
use desk::views::VaultView;
use desk::{Desk, Progress};
use tauri::ipc::Channel;

#[derive(Default)]
pub struct Window {
    desk: Mutex<Option<Arc<Desk>>>,
    /// The vault that unlocking opens and creating makes.
    place: Mutex<Option<PathBuf>>,
    /// A sealed bundle that the window was opened with and that was not checked yet.
    bundle: Mutex<Option<PathBuf>>,
    /// What was dropped on the window last and was not taken in yet.
    dropped: Mutex<Vec<PathBuf>>,
    practice: tokio::sync::Mutex<Option<practice::Running>>,
    under_way: Mutex<HashMap<String, Progress>>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

fn hold<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Window {
    pub fn open(&self, desk: Desk) {
        *hold(&self.desk) = Some(Arc::new(desk));
    }

    /// Locks: the key leaves memory as soon as the deeds under way have stopped.
    pub fn lock(&self) {
        for progress in hold(&self.under_way).values() {
            progress.stop_flag().stop();
        }
        *hold(&self.desk) = None;
    }

    /// Locks because nobody touched the window, unless something is being done: that goes on. Says whether it is locked now.
    pub fn lock_if_idle(&self) -> bool {
        let Ok(_turn) = self.turn.try_lock() else { return false };
        *hold(&self.desk) = None;
        true
    }

    pub fn desk(&self) -> Result<Arc<Desk>, Problem> {
        hold(&self.desk).clone().ok_or_else(|| {
            Problem::new(
                "vault_locked",
                "The vault is locked. Nothing was read or changed.",
                "Unlock it with its passphrase.",
            )
        })
    }

    /// The right to do something: one deed at a time, because each begins from what the one before left behind.
    pub fn turn(&self) -> Result<tokio::sync::OwnedMutexGuard<()>, Problem> {
        Arc::clone(&self.turn).try_lock_owned().map_err(|_| {
            Problem::new(
                "under_way",
                "Something else is being done just now. This was not begun.",
                "Wait until it is finished, or stop it, and try again.",
            )
        })
    }

    pub fn place(&self) -> Option<PathBuf> {
        hold(&self.place).clone()
    }

    pub fn set_place(&self, path: PathBuf) {
        *hold(&self.place) = Some(path);
    }

    /// A file that the system opens the window with: a vault to unlock, or a bundle to check. Anything else is no file of ours.
    pub fn opened_with(&self, file: PathBuf) {
        match file.extension().and_then(|it| it.to_str()) {
            Some("habeas") if hold(&self.desk).is_none() => self.set_place(file),
            Some("zip") => *hold(&self.bundle) = Some(file),
            _ => {}
        }
    }

    pub fn has_bundle(&self) -> bool {
        hold(&self.bundle).is_some()
    }

    pub fn take_bundle(&self) -> Option<PathBuf> {
        hold(&self.bundle).take()
    }

    /// The vault that is open, when the page is loaded anew.
    pub fn unlocked(&self) -> Option<VaultView> {
        hold(&self.desk).as_ref().map(|desk| desk.vault())
    }

    pub fn set_dropped(&self, paths: Vec<PathBuf>) {
        *hold(&self.dropped) = paths;
    }

    pub fn take_dropped(&self) -> Vec<PathBuf> {
        std::mem::take(&mut hold(&self.dropped))
    }

    pub fn practice(&self) -> &tokio::sync::Mutex<Option<practice::Running>> {
        &self.practice
    }

    /// Progress of one long deed, told to the page line by line and stopped under the name `run`.
    pub fn begin(&self, run: &str, say: Channel<String>) -> Progress {
        // A page that was closed hears nothing more; the deed goes on to its next safe stop.
        let progress = Progress::new(move |line| drop(say.send(line.to_owned())));
        hold(&self.under_way).insert(run.to_owned(), progress.clone());
        progress
    }

    pub fn end(&self, run: &str) {
        hold(&self.under_way).remove(run);
    }

    pub fn stop(&self, run: &str) {
        if let Some(progress) = hold(&self.under_way).get(run) {
            progress.stop_flag().stop();
        }
    }
}

/// Runs what blocks on a thread of its own.
pub async fn off_the_road<T: Send + 'static>(
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
