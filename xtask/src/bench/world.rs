//! What every measurement needs: a practice org being served, a vault at it, and what a process used.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::run;

const PASSPHRASE: &str = "measured twice, cut once, and kept";

/// The program that is measured: the release build, or the one that `HABEAS_PROGRAM` names.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("HABEAS_PROGRAM").map_or_else(|| run::built("release", "habeas"), PathBuf::from)
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

/// A practice org being served by the release build; it ends when this is dropped.
pub(crate) struct Org {
    child: Child,
    pub(crate) told: Value,
    /// From starting the process to its first line.
    pub(crate) loading: Duration,
}

impl Org {
    pub(crate) fn serve(words: &[&str]) -> Result<Self, String> {
        let begun = Instant::now();
        let mut child = Command::new(program())
            .args(["practice", "serve"])
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the practice org could not be started: {error}"))?;
        let mut line = String::new();
        if let Some(out) = child.stdout.as_mut() {
            BufReader::new(out)
                .read_line(&mut line)
                .map_err(|error| format!("the practice org said nothing: {error}"))?;
        }
        let loading = begun.elapsed();
        let told = serde_json::from_str(&line).map_err(|_| "the practice org did not start".to_owned())?;
        Ok(Self { child, told, loading })
    }

    pub(crate) fn token(&self) -> &str {
        text(&self.told["users"][0]["access_token"])
    }

    /// The most memory that the org has held so far, in MB.
    pub(crate) fn peak_mb(&self) -> Option<u64> {
        peak_mb(self.child.id())
    }

    /// One GET on a connection of its own; the body as JSON.
    pub(crate) fn get(&self, path: &str) -> Result<Value, String> {
        let url = text(&self.told["instance_url"]);
        let host = url.trim_start_matches("http://");
        let wrong = |error: std::io::Error| format!("the practice org did not answer {path}: {error}");
        let mut stream = TcpStream::connect(host).map_err(wrong)?;
        stream.set_nodelay(true).map_err(wrong)?;
        // HTTP/1.0, so that the answer comes in one piece and ends with the connection.
        let ask =
            format!("GET {path} HTTP/1.0\r\nHost: {host}\r\nAuthorization: Bearer {}\r\n\r\n", self.token());
        stream.write_all(ask.as_bytes()).map_err(wrong)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(wrong)?;
        let cut =
            answer.windows(4).position(|it| it == b"\r\n\r\n").ok_or("the practice org sent no HTTP")?;
        let (head, body) = answer.split_at(cut);
        if !head.starts_with(b"HTTP/1.") || !head.windows(5).take(16).any(|it| it == b" 200 ") {
            return Err(format!("the practice org refused {path}: {}", String::from_utf8_lossy(body).trim()));
        }
        serde_json::from_slice(body).map_err(|error| format!("the answer to {path} is no JSON: {error}"))
    }

    /// Every call that the org has received since it started, itself not counted.
    pub(crate) fn calls(&self) -> Result<Vec<Value>, String> {
        let told = self.get("/practice/calls")?;
        Ok(told["calls"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|it| text(&it["path"]) != "/practice/calls")
            .cloned()
            .collect())
    }
}

impl Drop for Org {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
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
    pub(crate) fn at(org: &Org, name: &str) -> Result<Self, String> {
        let desk = Self { folder: fresh(name)? };
        write(&desk.folder.join("passphrase.txt"), PASSPHRASE)?;
        desk.run(&["vault", "create", "--practice"])?;
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
        let opened = self.run(&[
            "request",
            "open",
            "--org",
            "practice",
            "--kind",
            "delete",
            "--received-at",
            "2026-11-02T09:30:00-08:00",
            "--channel",
            "web form",
            "--subject",
            &file,
        ])?;
        Ok(text(&opened.view["request"]).to_owned())
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(crate) fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The most memory a process has held so far (its resident pages), in MB; `None` where the system does not say.
fn peak_mb(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib.div_ceil(1024))
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
