//! A desktop session with a key store: a real Secret Service on a bus of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::panic_with;

/// A desktop session with an unlocked key store; it ends when this is dropped.
#[derive(Debug)]
pub struct Session {
    child: Child,
    bus: String,
}

impl Session {
    /// Starts one whose keys are kept in this folder.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn begin(home: &Path) -> Self {
        std::fs::create_dir_all(home).expect("a home can be made");
        let mut child = Command::new("dbus-run-session")
            .args(["--", "sh", "-c"])
            .arg("printf secret | gnome-keyring-daemon --unlock --components=secrets >&2; echo $DBUS_SESSION_BUS_ADDRESS; cat")
            .envs([("HOME", home), ("XDG_RUNTIME_DIR", home), ("XDG_DATA_HOME", home)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic_with(&format!("dbus-run-session could not be started; run cargo xtask set-up: {error}"))
            });
        let mut bus = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output is ours"))
            .read_line(&mut bus)
            .expect("a line");
        Self { child, bus: bus.trim().to_owned() }
    }

    /// The address of its bus.
    #[must_use]
    pub fn bus(&self) -> &str {
        &self.bus
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}
