//! What can be seen of one vault without any org: its clock, its drive, its policies, its register, its kept filters.

#![allow(clippy::expect_used, reason = "a test says what must be so")]

use std::path::PathBuf;

use casework::case::{CaseNumber, RequestKind};
use chrono::{DateTime, Utc};
use desk::saved_views::{RequestFilter, SavedView};
use desk::views::providers::ProviderLine;
use desk::{Clock, Desk, Passphrase, create_vault, passphrase};
use tempfile::TempDir;

fn at(instant: &'static str) -> Clock {
    Clock::system(move || instant.parse::<DateTime<Utc>>().expect("an instant"))
}

fn words() -> Passphrase {
    passphrase(b"correct horse battery staple").expect("a passphrase")
}

/// A real vault, made on 20 November 2026.
fn made(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("v.habeas");
    create_vault(&path, &words(), false, &at("2026-11-20T10:00:00Z")).expect("a vault");
    path
}

#[test]
fn a_clock_that_was_set_back_is_told_and_nothing_is_locked_away() {
    let folder = TempDir::new().expect("a folder");
    let path = made(&folder);
    let open = |instant| Desk::open(&path, &words(), at(instant)).expect("the vault opens").vault().clock;
    assert!(open("2026-11-20T09:30:00Z").is_none(), "half an hour is no wonder");
    let told = open("2020-01-01T00:00:00Z").expect("the clock is behind");
    assert_eq!(told.code, "clock_behind");
    assert!(
        told.message.contains("2020-01-01 00:00") && told.message.contains("2026-11-20 10:00"),
        "{told:?}"
    );
    assert!(
        told.message.contains("Nothing is lost") && told.next_step.contains("Set date and time"),
        "{told:?}"
    );
}

#[test]
fn a_vault_whose_drive_vanished_says_so_and_takes_nothing_more() {
    let folder = TempDir::new().expect("a folder");
    let path = made(&folder);
    let desk = Desk::open(&path, &words(), at("2026-11-20T11:00:00Z")).expect("the vault opens");
    desk.set("business.name", "Example Company").expect("it is kept");
    let elsewhere = folder.path().join("elsewhere");
    std::fs::rename(&path, &elsewhere).expect("the file is moved");
    let gone = desk.set("business.name", "Another").expect_err("the file is gone");
    assert_eq!(gone.code, "vault_gone");
    assert!(
        gone.message.contains("Nothing was saved") && gone.next_step.contains("put the file back"),
        "{gone:?}"
    );
    assert!(!path.exists(), "nothing was made in its place");
    std::fs::rename(&elsewhere, &path).expect("the file is put back");
    desk.set("business.name", "Third").expect("it goes on where it stopped");
}

#[test]
fn filters_are_kept_under_names_renamed_and_forgotten() {
    let folder = TempDir::new().expect("a folder");
    let path = made(&folder);
    let desk = Desk::open(&path, &words(), at("2026-11-20T11:00:00Z")).expect("the vault opens");
    assert!(desk.saved_views().expect("a list").is_empty());
    let text = |filter: &str| RequestFilter { filter: filter.to_owned(), ..RequestFilter::default() };
    desk.save_view(" Opt-outs this week ", &text(" opt out ")).expect("it is kept");
    assert_eq!(desk.save_view("opt-outs THIS week", &text("limit")).expect_err("taken").code, "view_taken");
    for (name, filter) in [("", "x"), ("a\nb", "x"), ("no text", "  "), (&"x".repeat(201), "x")] {
        assert_eq!(
            desk.save_view(name, &text(filter)).expect_err("unusable").code,
            "view_unusable",
            "{name:?}"
        );
    }
    let located =
        RequestFilter { stage: "located".to_owned(), kind: "delete".to_owned(), ..RequestFilter::default() };
    desk.save_view("Located", &located).expect("it is kept");
    assert_eq!(desk.rename_view("Located", "Opt-outs this week").expect_err("taken").code, "view_taken");
    assert_eq!(desk.rename_view("No such", "X").expect_err("unknown").code, "unknown_view");
    drop(desk);
    let again = Desk::open(&path, &words(), at("2026-11-20T12:00:00Z")).expect("the vault opens");
    let views = again.rename_view("Located", "To review").expect("it is renamed");
    let told: Vec<(&str, &RequestFilter)> = views.iter().map(|it| (it.name.as_str(), &it.of)).collect();
    assert_eq!(told, [("Opt-outs this week", &text("opt out")), ("To review", &located)]);
    // As an earlier version kept it: a text alone.
    let earlier: SavedView =
        serde_json::from_str(r#"{"name":"Old","filter":"opt out"}"#).expect("it is read");
    assert_eq!(earlier.of, text("opt out"));
    assert_eq!(again.drop_view("To review").expect("it is forgotten").len(), 1);
}

#[test]
fn the_register_is_added_to_changed_and_shortened() {
    let folder = TempDir::new().expect("a folder");
    let desk = Desk::open(&made(&folder), &words(), at("2026-11-20T11:00:00Z")).expect("the vault opens");
    let entry = ProviderLine {
        provider: "Mailhouse Example".to_owned(),
        role: "service-provider".to_owned(),
        contract: "DPA 2026-03".to_owned(),
        channel: "privacy@mailhouse.example.com".to_owned(),
        consumer_key: "email".to_owned(),
        systems: vec!["Mail Connector".to_owned()],
        confirm_within_days: 10,
    };
    desk.add_provider(&entry).expect("it is added");
    let longer =
        ProviderLine { provider: "mailhouse example".to_owned(), confirm_within_days: 20, ..entry.clone() };
    desk.change_provider(&longer).expect("it is changed");
    let register = desk.providers().expect("the register");
    let told: Vec<(&str, u16)> =
        register.iter().map(|it| (it.provider.as_str(), it.confirm_within_days)).collect();
    assert_eq!(told, [("Mailhouse Example", 20)], "the name stays as it was");
    let bad = ProviderLine { contract: " ".to_owned(), ..entry.clone() };
    assert_eq!(desk.change_provider(&bad).expect_err("unusable").code, "provider_unusable");
    let other = ProviderLine { provider: "Nobody".to_owned(), ..entry };
    assert_eq!(desk.change_provider(&other).expect_err("unknown").code, "unknown_provider");
    assert!(desk.remove_provider("Mailhouse Example").expect("it is removed").is_empty());
}

#[test]
fn of_many_clocks_today_shows_the_soonest_and_says_how_many_run() {
    let folder = TempDir::new().expect("a folder");
    let path = made(&folder);
    let mut vault = vault::Vault::open(&path, &words()).expect("the vault opens");
    let now: DateTime<Utc> = "2026-11-20T10:30:00Z".parse().expect("an instant");
    let org = vault::Org {
        name: "example".to_owned(),
        instance_url: "https://example.my.salesforce.com".to_owned(),
        added_at: "2026-11-20T10:30:00Z".to_owned(),
        ..vault::Org::default()
    };
    let received = |n: u32| format!("2026-11-{:02}T10:00:00Z", 1 + (310 - n) / 31);
    let case = |n: u32| {
        let number = CaseNumber::request(2026, n);
        vault::CaseFile::opened(
            number,
            "example",
            RequestKind::KnowCategories,
            received(n),
            "web form",
            received(n),
        )
    };
    vault
        .deed(now, None, "requests-written", serde_json::json!({}), |tx| {
            tx.add_org(&org)?;
            (1..=310).try_for_each(|n| tx.open_case(&case(n)))
        })
        .expect("the requests are written");
    drop(vault);
    let desk = Desk::open(&path, &words(), at("2026-11-20T11:00:00Z")).expect("the vault opens");
    let agenda = desk.agenda().expect("the clocks are read");
    assert_eq!((agenda.lines.len(), agenda.clocks), (300, 620), "each is acknowledged and answered");
    assert_eq!(agenda.lines[0].request, "R-2026-0280", "the last written were received first");
    assert!(agenda.lines.is_sorted_by_key(|it| (it.due, it.request.clone())), "the soonest first");
    assert_eq!(desk.requests().expect("the list").len(), 310, "the list has them all");
}
