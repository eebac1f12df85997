//! An office at work: a real vault and the practice org over HTTP.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use desk::{Clock, Desk, NewRequest, Proofs, create_vault, passphrase};
use practice::{OrgSource, Running, ServeOptions};
use tempfile::TempDir;

const NOW: &str = "2026-11-20T10:00:00Z";

fn now() -> DateTime<Utc> {
    NOW.parse().expect("an instant")
}

/// A practice vault on a practice org over HTTP, with an identified request of Ana's.
pub struct Office {
    #[allow(dead_code, reason = "not every test looks into it")]
    pub folder: TempDir,
    _org: Running,
    pub desk: Arc<Desk>,
    pub request: String,
}

/// `org` is a folder of `tests/orgs`.
pub async fn office(org: &str, kind: &str) -> Office {
    let folder = TempDir::new().expect("a folder");
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/orgs").join(org);
    let options =
        ServeOptions { org: OrgSource::Dir(records), ..ServeOptions::new(practice::Clock::new(now)) };
    let org = practice::start(options).await.expect("the practice org starts");
    let path = folder.path().join("v.habeas");
    let words = passphrase(b"correct horse battery staple").expect("a passphrase");
    let clock = Clock::system(now);
    create_vault(&path, &words, true, &clock).expect("a vault");
    let desk = Desk::open(&path, &words, clock).expect("the vault opens");
    let told = org.announcement();
    let token = &told.users.first().expect("a user").access_token;
    let line = desk.join_practice_org(&told.instance_url, token).await.expect("the org is joined");
    let subject = br#"{ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] }"#;
    let new = NewRequest {
        org: &line.org,
        kind,
        received_at: now(),
        channel: "email",
        subject,
        ..NewRequest::default()
    };
    let request = desk.open_request(&new).expect("a request").request;
    let points: Vec<String> = ["email", "phone", "name"].map(str::to_owned).to_vec();
    let proofs = Proofs { points: &points, declaration: Some(b"I declare."), ..Proofs::default() };
    desk.identify(&request, &proofs).expect("identified");
    Office { folder, _org: org, desk: Arc::new(desk), request }
}
