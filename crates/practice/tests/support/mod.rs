//! A small org folder on the disk, served on loopback, and a client that knows nothing of the crate's types.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must be so")]
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fmt::Write as _;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use practice::{Clock, OrgSource, Running, ServeOptions};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

pub struct Practice {
    pub org: Running,
    pub url: String,
    client: Client,
    _folder: tempfile::TempDir,
}

const ORG: &str = r#"
[org]
id = "00D5g000004ABCDEA4"
name = "Alder & Finch Outfitters"
edition = "Enterprise Edition"
features = []
zone = "America/Los_Angeles"
now = "2026-11-02T09:00:00Z"
standard_objects = ["Account", "Contact", "Case", "Lead"]
[limits]
daily_api_requests = 1000
used_api_requests = 10
[[user]]
id = "0055g00000AAAAAAA5"
username = "officer@alder.example"
profile = "System Administrator"
system_permissions = ["ApiEnabled", "ViewAllData", "ModifyAllData", "BulkApiHardDelete", "ViewSetup"]
[[user]]
id = "0055g00000AAAABAA5"
username = "narrow@alder.example"
profile = "Support"
system_permissions = ["ApiEnabled"]
"#;

/// The 15-character id of contact `n`.
pub fn contact(n: usize) -> String {
    format!("0035g{n:010}")
}

fn write_org(folder: &Path, more: &str) {
    std::fs::create_dir_all(folder.join("records")).unwrap();
    std::fs::write(folder.join("org.toml"), format!("{ORG}{more}")).unwrap();
    let mut rows = "Id,FirstName,LastName,Email\n".to_owned();
    for n in 0..450 {
        writeln!(rows, "{},Ana,O'Neil {n},ana{n}@example.com", contact(n)).unwrap();
    }
    std::fs::write(folder.join("records/Contact.csv"), rows).unwrap();
}

impl Practice {
    /// Serves the small org. Its clock moves on by a second with every look at it.
    pub async fn start(faults: &str) -> Self {
        Self::start_with("", faults).await
    }

    /// The same with more in its `org.toml`.
    pub async fn start_with(more: &str, faults: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        write_org(folder.path(), more);
        let ticks = std::sync::atomic::AtomicI64::new(0);
        let start: DateTime<Utc> = "2026-11-02T09:00:00Z".parse().unwrap();
        let clock = Clock::new(move || {
            start + TimeDelta::seconds(ticks.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        });
        let mut options = ServeOptions::new(clock);
        options.org = OrgSource::Dir(folder.path().to_owned());
        if !faults.is_empty() {
            let file = folder.path().join("faults.toml");
            std::fs::write(&file, faults).unwrap();
            options.faults = Some(file);
        }
        let org = practice::start(options).await.unwrap();
        let url = org.announcement().instance_url.clone();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { org, url, client, _folder: folder }
    }

    pub fn token(&self, user: usize) -> String {
        self.org.announcement().users[user].access_token.clone()
    }

    /// A request under `/services/data/v60.0` (or to an absolute path) by a user.
    pub fn by(&self, user: usize, method: &str, path: &str) -> RequestBuilder {
        let path =
            if path.starts_with('/') { path.to_owned() } else { format!("/services/data/v60.0/{path}") };
        self.client
            .request(method.parse().unwrap(), format!("{}{path}", self.url))
            .bearer_auth(self.token(user))
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        body(self.by(0, "GET", path).send().await.unwrap()).await
    }

    pub async fn send(&self, method: &str, path: &str, json: Value) -> (u16, Value) {
        body(self.by(0, method, path).json(&json).send().await.unwrap()).await
    }

    /// The list of calls, as anybody may ask for it.
    pub async fn calls(&self) -> Vec<Value> {
        let (_, list) =
            body(self.client.get(format!("{}/practice/calls", self.url)).send().await.unwrap()).await;
        list["calls"].as_array().unwrap().clone()
    }

    pub fn client(&self) -> &Client {
        &self.client
    }
}

pub async fn body(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
