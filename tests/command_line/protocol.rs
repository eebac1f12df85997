//! Requests that an agent signed, in the Data Rights Protocol 1.0.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

use crate::gates::desk_at;
use crate::requests::small;

/// A signed message as an agent sends it, with some of its fields changed.
fn message(changes: &Value) -> String {
    let mut body = json!({
        "agent-id": "GOOD_AGENT", "business-id": "ALDER_FINCH", "agent-request-id": "a-1", "drp.version": "1.0",
        "issued-at": "2026-11-20T17:55:00Z", "expires-at": "2026-11-20T18:05:00Z", "exercise": "deletion",
        "regime": "ccpa", "name": "Ana Lindqvist", "email": "ana.lindqvist@example.com", "email_verified": true,
        "phone_number": "+14155550101",
    });
    for (name, value) in changes.as_object().expect("changes") {
        body[name] = value.clone();
    }
    let body = body.to_string().into_bytes();
    let mut signed = SigningKey::from_bytes(&[7; 32]).sign(&body).to_bytes().to_vec();
    signed.extend(body);
    STANDARD.encode(signed)
}

fn open(desk: &Desk, message: &str, extra: &[&str]) -> house_tests::Said {
    let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
    let key = desk.write("agent.key", STANDARD.encode(key.as_bytes()));
    let file = desk.write("message.txt", message);
    let mut words = vec!["request", "open", "--org", "practice", "--drp", &file, "--agent-key", &key];
    words.extend(["--business-id", "ALDER_FINCH"]);
    words.extend(extra);
    desk.run(&words)
}

#[test]
fn a_signed_request_is_opened_once_with_its_right_and_its_person() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, "2026-11-20T18:00:00Z");
    let said = open(&desk, &message(&json!({})), &[]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.view["drp"]["verified_by_agent"], json!(["email"]));
    let request = said.view["request"].as_str().expect("a number");
    let shown = desk.done(&["request", "show", request]).view;
    assert_eq!((&shown["kind"], &shown["requester"]["via"]), (&json!("delete"), &json!("agent")));
    assert_eq!(shown["protocol"]["status"], "open");
    let located = desk.done(&["request", "locate", request]).view;
    assert!(located["matches"].to_string().contains("0035g00000ANA01"));
    assert_eq!(open(&desk, &message(&json!({})), &[]).problem(), "drp_replayed");
    let opt_out = open(&desk, &message(&json!({ "exercise": "sale:opt_out" })), &[]).view;
    let opt_out = opt_out["request"].as_str().expect("a number").to_owned();
    assert_eq!(desk.done(&["request", "show", &opt_out]).view["kind"], "opt-out");
}

#[test]
fn a_message_that_is_late_foreign_forged_or_unknown_opens_nothing() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, "2026-11-20T18:00:00Z");
    let mut forged = STANDARD.decode(message(&json!({}))).expect("base64");
    forged[80] ^= 1;
    for (file, code) in [
        (STANDARD.encode(forged), "drp_signature"),
        (message(&json!({ "expires-at": "2026-11-20T17:59:00Z" })), "drp_expired"),
        (message(&json!({ "issued-at": "2026-11-20T19:00:00Z" })), "drp_expired"),
        (message(&json!({ "business-id": "SOMEBODY_ELSE" })), "drp_business"),
        (message(&json!({ "exercise": "dance" })), "drp_exercise"),
        (message(&json!({ "drp.version": "3.0" })), "drp_version"),
        ("{\"not\": \"signed\"}".to_owned(), "drp_unreadable"),
    ] {
        let said = open(&desk, &file, &[]);
        assert_eq!((said.code, said.problem()), (1, code), "{said:?}");
        assert!(!said.view.to_string().contains("Lindqvist"));
    }
    assert_eq!(desk.done(&["request", "list"]).view["requests"], json!([]));
}
