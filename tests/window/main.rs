//! The real window, under a display of its own, driven as a person would.

mod answers;
mod bad_input;
mod browser;
mod by_hand;
mod corrected;
mod denied;
mod driver;
mod exercise;
mod frame;
mod free_logs;
mod http;
mod incident;
mod journey;
mod keyboard;
mod layout;
mod looked;
mod map;
mod masked;
mod meanwhile;
mod measured;
mod settled;
mod sign_in;
mod small;
mod steps;
mod troubles;
mod two_people;
mod unlocking;
mod views;

use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

/// A practice vault with three requests at three stages, and the org they are about.
fn three_requests() -> (PracticeOrg, Desk) {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/small", env!("CARGO_MANIFEST_DIR"))]);
    let mut desk = Desk::new();
    desk.now = Some("2026-11-03T18:00:00Z".to_owned());
    desk.connect(&org, 0);
    let ana = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] });
    let first = open(&desk, "delete", "2026-11-02T10:00:00-08:00", &ana);
    desk.done(&["request", "identify", &first, "--points", "email,phone,name"]);
    desk.done(&["request", "locate", &first]);
    open(
        &desk,
        "know-specific",
        "2026-10-27T15:30:00-07:00",
        &json!({ "emails": ["bo.nilsson@example.com"] }),
    );
    open(&desk, "opt-out", "2026-11-03T08:15:00-08:00", &json!({ "emails": ["ana.lindqvist@example.com"] }));
    (org, desk)
}

fn open(desk: &Desk, kind: &str, received_at: &str, subject: &Value) -> String {
    let file = desk.write("subject.json", subject.to_string());
    let said = desk.done(&[
        "request",
        "open",
        "--org",
        "practice",
        "--kind",
        kind,
        "--received-at",
        received_at,
        "--channel",
        "web form",
        "--subject",
        &file,
    ]);
    said.view["request"].as_str().unwrap_or_default().to_owned()
}
