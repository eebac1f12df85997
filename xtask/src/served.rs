//! A practice org that runs while something is shown or measured on it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A practice org being served; it ends when this is dropped.
pub(crate) struct Served {
    child: Child,
    pub(crate) told: Value,
    /// From starting the process to its first line.
    pub(crate) loading: Duration,
}

impl Served {
    pub(crate) fn start(program: &Path, words: &[&str]) -> Result<Self, String> {
        let begun = Instant::now();
        let mut child = Command::new(program)
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

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

/// The words that open a deletion request about the person in a subject file.
pub(crate) fn opening(subject: &str) -> [&str; 12] {
    [
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
        subject,
    ]
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The most memory a process has held so far (its resident pages), in MB; `None` where the system does not say.
pub(crate) fn peak_mb(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib.div_ceil(1024))
}
