//! Fills a vault with requests about nobody, so that a long list can be measured: VAULT PASSPHRASE-FILE COUNT.
//!
//! They are written by the vault itself and received one after another through 2026; what they are about is not written.
#![allow(clippy::expect_used, reason = "a measurement stops when it cannot measure")]

use std::path::Path;

use casework::case::{CaseNumber, RequestKind};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use vault::{CaseFile, Org, Passphrase, Vault};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, passphrase, count] =
        <[String; 3]>::try_from(words).expect("a vault, its passphrase's file, how many requests");
    let count: u32 = count.parse().expect("how many requests is a number");
    let passphrase =
        Passphrase::new(&std::fs::read(passphrase).expect("the passphrase's file")).expect("a passphrase");
    let mut vault = Vault::open(Path::new(&file), &passphrase).expect("the vault opens");
    let first: DateTime<Utc> = "2026-01-02T17:00:00Z".parse().expect("an instant");
    let latest =
        vault.read().latest_entry_at().expect("the ledger is read").expect("a vault begins with an entry");
    let now: DateTime<Utc> = latest.parse().expect("an instant");
    let detail = serde_json::json!({ "requests": count });
    vault
        .deed(now, None, "requests-written", detail, |tx| {
            tx.add_org(&org(now))?;
            (1..=count)
                .try_for_each(|n| tx.open_case(&request(n, first + TimeDelta::minutes(4 * i64::from(n)))))
        })
        .expect("the requests are written");
}

fn org(at: DateTime<Utc>) -> Org {
    Org {
        name: "example".to_owned(),
        instance_url: "https://example.my.salesforce.com".to_owned(),
        added_at: said(at),
        ..Org::default()
    }
}

fn said(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn request(n: u32, at: DateTime<Utc>) -> CaseFile {
    let kinds = RequestKind::ALL;
    let kind = usize::try_from(n)
        .ok()
        .and_then(|n| kinds.get(n % kinds.len()))
        .copied()
        .unwrap_or(RequestKind::Delete);
    let at = said(at);
    CaseFile::opened(CaseNumber::request(2026, n), "example", kind, at.clone(), "web form", at)
}
