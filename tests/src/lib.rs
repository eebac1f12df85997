//! What the tests of the whole house share: a practice org that is running, a vault, and the `habeas` command.

mod network;
mod session;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub use network::{Lost, Network};
pub use session::Session;

/// The text of a paper as a stranger reads it; empty lines and line breaks count as one space.
///
/// # Panics
/// When `pdftotext` cannot be started.
#[must_use]
pub fn words_of_pdf(path: &str) -> String {
    let said = Command::new("pdftotext").args([path, "-"]).output().expect("pdftotext");
    String::from_utf8_lossy(&said.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The `habeas` program built beside these tests.
pub fn program() -> PathBuf {
    built("HABEAS_PROGRAM", "habeas")
}

/// A program of this workspace: the path in the environment, else the one beside the running test.
pub fn built(variable: &str, name: &str) -> PathBuf {
    if let Some(path) = std::env::var_os(variable) {
        return path.into();
    }
    let test = std::env::current_exe().unwrap_or_default();
    let folder = test.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A practice org being served; it ends when this is dropped.
pub struct PracticeOrg {
    child: Child,
    pub announcement: Value,
}

impl PracticeOrg {
    /// Serves the org with these extra arguments, `--faults FILE` …
    pub fn serve(arguments: &[&str]) -> Self {
        let mut child = Command::new(program())
            .args(["practice", "serve"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic_with(&format!("habeas could not be started; run cargo build first: {error}"))
            });
        let mut line = String::new();
        if let Some(out) = child.stdout.as_mut() {
            drop(BufReader::new(out).read_line(&mut line));
        }
        let announcement = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic_with(&format!("the first line is no JSON ({error}): {line}")));
        Self { child, announcement }
    }

    pub fn instance_url(&self) -> &str {
        self.announcement["instance_url"].as_str().unwrap_or_default()
    }

    /// The access token of the n-th announced user.
    pub fn token(&self, n: usize) -> &str {
        self.announcement["users"][n]["access_token"].as_str().unwrap_or_default()
    }

    /// Somebody else's edit: sets fields of one record as the first announced user, without any program of ours.
    pub fn edit(&self, object: &str, id: &str, fields: &Value) {
        self.call("PATCH", &format!("sobjects/{object}/{id}"), fields, "HTTP/1.1 204");
    }

    /// What the org answers to somebody else.
    pub fn get(&self, resource: &str) -> Value {
        json_in(&self.call("GET", resource, &Value::Null, "HTTP/1.1 200"))
    }

    /// Somebody else's new record; gives its id.
    pub fn create(&self, object: &str, fields: &Value) -> String {
        let answer = self.call("POST", &format!("sobjects/{object}"), fields, "HTTP/1.1 201");
        json_in(&answer)["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Somebody else's deletion.
    pub fn delete(&self, object: &str, id: &str) {
        self.call("DELETE", &format!("sobjects/{object}/{id}"), &Value::Null, "HTTP/1.1 204");
    }

    /// Every call the org received so far, with what each of them changed.
    pub fn calls(&self) -> Vec<Value> {
        let answer = self.call("GET", "/practice/calls", &Value::Null, "HTTP/1.1 200");
        json_in(&answer)["calls"].as_array().cloned().unwrap_or_default()
    }

    fn call(&self, method: &str, resource: &str, fields: &Value, expected: &str) -> String {
        let path = if resource.starts_with('/') {
            resource.to_owned()
        } else {
            format!("/services/data/v60.0/{resource}")
        };
        let body = if fields.is_null() { String::new() } else { fields.to_string() };
        let host = self.instance_url().trim_start_matches("http://");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.token(0),
            body.len()
        );
        let mut answer = String::new();
        let talked = TcpStream::connect(host).and_then(|mut stream| {
            stream.write_all(head.as_bytes())?;
            stream.write_all(body.as_bytes())?;
            stream.read_to_string(&mut answer)
        });
        if talked.is_err() || !answer.starts_with(expected) {
            panic_with(&format!("{method} {resource} was not taken: {talked:?} {answer}"));
        }
        answer
    }

    pub fn ca_pem(&self) -> Option<&str> {
        self.announcement["ca_pem"].as_str()
    }
}

/// The JSON object in an answer, whatever stands around it.
fn json_in(answer: &str) -> Value {
    let body = answer.find('{').and_then(|from| answer.get(from..=answer.rfind('}')?)).unwrap_or_default();
    serde_json::from_str(body).unwrap_or_default()
}

impl Drop for PracticeOrg {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A folder with a practice vault in it.
pub struct Desk {
    pub folder: TempDir,
    pub now: Option<String>,
}

/// What one call of the command gave.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub view: Value,
    pub messages: String,
}

impl Said {
    /// Runs a command that says one JSON document, whatever comes of it.
    pub fn by(command: &mut Command) -> Self {
        let answer = command.output().unwrap_or_else(|error| panic_with(&error.to_string()));
        let text = String::from_utf8_lossy(&answer.stdout);
        let view = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic_with(&format!("{command:?} said no JSON ({error}): {text}")));
        Self {
            code: answer.status.code().unwrap_or(-1),
            view,
            messages: String::from_utf8_lossy(&answer.stderr).into_owned(),
        }
    }

    /// The code of the problem, or an empty text.
    pub fn problem(&self) -> &str {
        self.view["problem"]["code"].as_str().unwrap_or_default()
    }
}

impl Desk {
    /// A new practice vault with a passphrase file that ends in a newline.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap_or_else(|error| panic_with(&error.to_string()));
        let desk = Self { folder, now: None };
        desk.write("passphrase.txt", "correct horse battery staple\n");
        desk.done(&["vault", "create", "--practice"]);
        desk
    }

    /// The same, connected to an org under the name `practice`.
    pub fn at(org: &PracticeOrg) -> Self {
        let desk = Self::new();
        desk.connect(org, 0);
        desk
    }

    pub fn connect(&self, org: &PracticeOrg, user: usize) -> Said {
        self.connect_through(org, org.instance_url(), user)
    }

    /// The same at another address, behind which the org stands.
    pub fn connect_through(&self, org: &PracticeOrg, instance_url: &str, user: usize) -> Said {
        let token = self.write("token.txt", org.token(user));
        let mut arguments = vec![
            "org",
            "add",
            "practice",
            "--instance-url",
            instance_url,
            "--access-token-file",
            token.as_str(),
        ];
        if let Some(ca) = org.ca_pem() {
            arguments.extend(["--ca", ca]);
        }
        self.done(&arguments)
    }

    /// Writes a file into the folder and gives its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap_or_else(|error| panic_with(&error.to_string()));
        path
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    /// Runs `habeas --json …`, whatever comes of it.
    pub fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, &[])
    }

    /// The same with more in its environment.
    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        let mut command = Command::new(program());
        command
            .arg("--json")
            .args(arguments)
            .env("HABEAS_VAULT", self.path("vault.habeas"))
            .env("HABEAS_PASSPHRASE_FILE", self.path("passphrase.txt"))
            .envs(environment.iter().copied())
            .current_dir(self.folder.path());
        if let Some(now) = &self.now {
            command.args(["--now", now]);
        }
        Said::by(&mut command)
    }

    /// Runs a command that must succeed.
    pub fn done(&self, arguments: &[&str]) -> Said {
        let said = self.run(arguments);
        if said.code != 0 {
            panic_with(&format!("{arguments:?} ended with {}: {} {}", said.code, said.view, said.messages));
        }
        said
    }

    /// Opens a request and gives its number.
    pub fn open(&self, kind: &str, subject: &Value) -> String {
        let file = self.write("subject.json", subject.to_string());
        let said = self.done(&[
            "request",
            "open",
            "--org",
            "practice",
            "--kind",
            kind,
            "--received-at",
            "2026-11-02T10:00:00-08:00",
            "--channel",
            "web form",
            "--subject",
            &file,
        ]);
        said.view["request"].as_str().unwrap_or_default().to_owned()
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

/// Tests end here when the world is not as it must be.
#[track_caller]
#[allow(clippy::panic, reason = "only tests use this crate")]
pub fn panic_with(sentence: &str) -> ! {
    panic!("{sentence}")
}
