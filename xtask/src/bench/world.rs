//! What every measurement needs: the program that is measured, and a vault at a practice org.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub(crate) use crate::served::text;

use crate::run;
use crate::served::{self, Served, peak_mb};

const PASSPHRASE: &str = "measured twice, cut once, and kept";

/// The program that is measured: the release build, or the one that `HABEAS_PROGRAM` names.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("HABEAS_PROGRAM").map_or_else(|| run::built("release", "habeas"), PathBuf::from)
}

/// An example that measures one room, built beside the program that is measured.
pub(crate) fn example(name: &str) -> Command {
    let beside = program().parent().map(Path::to_path_buf).unwrap_or_default();
    Command::new(beside.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// A practice org served by the program that is measured.
pub(crate) fn serve(words: &[&str]) -> Result<Served, String> {
    Served::start(&program(), words)
}

/// A folder below `target/bench`, emptied.
pub(crate) fn fresh(name: &str) -> Result<PathBuf, String> {
    let folder = run::target().join("bench").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .map_err(|error| format!("{} could not be emptied: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
    Ok(folder)
}

/// Writes a text file and gives its path as text.
pub(crate) fn write(path: &Path, text: &str) -> Result<String, String> {
    std::fs::write(path, text)
        .map_err(|error| format!("{} could not be written: {error}", path.display()))?;
    Ok(path.to_string_lossy().into_owned())
}

/// A practice vault that is connected to an org.
pub(crate) struct Desk {
    folder: PathBuf,
}

/// What one command gave and used.
pub(crate) struct Ran {
    pub(crate) view: Value,
    pub(crate) took: Duration,
    /// The most memory it held, as seen while it ran.
    pub(crate) peak_mb: Option<u64>,
}

impl Desk {
    /// A practice vault without an org.
    pub(crate) fn alone(name: &str) -> Result<Self, String> {
        let desk = Self { folder: fresh(name)? };
        write(&desk.folder.join("passphrase.txt"), PASSPHRASE)?;
        desk.run(&["vault", "create", "--practice"])?;
        Ok(desk)
    }

    pub(crate) fn at(org: &Served, name: &str) -> Result<Self, String> {
        let desk = Self::alone(name)?;
        let token = write(&desk.folder.join("token.txt"), org.token())?;
        let url = text(&org.told["instance_url"]);
        desk.run(&["org", "add", "practice", "--instance-url", url, "--access-token-file", &token])?;
        Ok(desk)
    }

    /// Runs one command that must succeed.
    pub(crate) fn run(&self, words: &[&str]) -> Result<Ran, String> {
        let path = |name: &str| self.folder.join(name);
        let begun = Instant::now();
        let mut child = Command::new(program())
            .arg("--json")
            .args(words)
            .env("HABEAS_VAULT", path("vault.habeas"))
            .env("HABEAS_PASSPHRASE_FILE", path("passphrase.txt"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("habeas could not be started: {error}"))?;
        let id = child.id();
        let reading = child.stdout.take().map(|mut out| {
            std::thread::spawn(move || {
                let mut said = Vec::new();
                out.read_to_end(&mut said).map(|_| said)
            })
        });
        let mut most = None;
        let status = loop {
            most = peak_mb(id).max(most);
            match child.try_wait().map_err(|error| format!("habeas got lost: {error}"))? {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        let took = begun.elapsed();
        let said = reading.and_then(|it| it.join().ok()).and_then(Result::ok).unwrap_or_default();
        let view: Value = serde_json::from_slice(&said).unwrap_or_default();
        if !status.success() {
            return Err(format!(
                "habeas {} did not work: {}",
                words.join(" "),
                text(&view["problem"]["message"])
            ));
        }
        Ok(Ran { view, took, peak_mb: most })
    }

    /// Opens a deletion request about this person.
    pub(crate) fn open(&self, subject: &Value) -> Result<String, String> {
        let file = write(&self.folder.join("subject.json"), &subject.to_string())?;
        let opened = self.run(&served::opening(&file))?;
        Ok(text(&opened.view["request"]).to_owned())
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }
}

pub(crate) fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Runs a program that says one JSON document.
pub(crate) fn told(command: &mut Command) -> Result<Value, String> {
    let answer =
        command.output().map_err(|error| format!("a measured program could not be started: {error}"))?;
    if !answer.status.success() {
        return Err(format!("a measured program failed: {}", String::from_utf8_lossy(&answer.stderr).trim()));
    }
    serde_json::from_slice(&answer.stdout)
        .map_err(|error| format!("a measured program said no JSON: {error}"))
}

/// A figure of what a program said; 0 when it did not say it.
pub(crate) fn number(told: &Value, name: &str) -> f64 {
    told[name].as_f64().unwrap_or_default()
}
