//! The vault's key in the system's key store: a real Secret Service on a bus of its own.

use std::path::Path;
use std::process::Command;

use house_tests::{Desk, Said, Session, program};

fn session(desk: &Desk) -> Session {
    Session::begin(Path::new(&desk.path("home")))
}

/// Runs `habeas` in this session with neither a passphrase file nor a terminal to ask on.
fn run(session: &Session, vault: &str, arguments: &[&str]) -> Said {
    let mut command = Command::new("setsid");
    command.arg("--wait").arg(program()).args(["--json", "--vault", vault]).args(arguments);
    Said::by(command.env("DBUS_SESSION_BUS_ADDRESS", session.bus()).env_remove("HABEAS_PASSPHRASE_FILE"))
}

/// Runs `habeas` in this session with the passphrase.
fn run_with_passphrase(session: &Session, desk: &Desk, arguments: &[&str]) -> Said {
    desk.run_with(arguments, &[("DBUS_SESSION_BUS_ADDRESS", session.bus())])
}

#[test]
fn a_remembered_key_opens_without_the_passphrase_until_it_is_forgotten() {
    let desk = Desk::new();
    let session = session(&desk);
    let vault = desk.path("vault.habeas");
    let before = run(&session, &vault, &["request", "list"]);
    assert_eq!(before.problem(), "passphrase_missing", "nothing is remembered yet");
    let said = run_with_passphrase(&session, &desk, &["vault", "remember-key"]);
    assert_eq!((said.code, said.view["remembered"].as_bool()), (0, Some(true)), "{said:?}");
    let said = run(&session, &vault, &["ledger", "show"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.view.to_string().contains("vault-key-remembered"), "{said:?}");
    let said = run(&session, &vault, &["vault", "forget-key"]);
    assert_eq!((said.code, said.view["remembered"].as_bool()), (0, Some(false)), "{said:?}");
    assert_eq!(run(&session, &vault, &["request", "list"]).problem(), "passphrase_missing");
    assert_eq!(run(&session, &vault, &["vault", "forget-key"]).code, 0, "forgetting twice is no failure");
}

#[test]
fn a_changed_passphrase_takes_the_old_key_out_of_the_store() {
    let desk = Desk::new();
    let session = session(&desk);
    let (vault, copy) = (desk.path("vault.habeas"), desk.path("copy.habeas"));
    desk.done(&["vault", "backup", &copy]);
    assert_eq!(run_with_passphrase(&session, &desk, &["vault", "remember-key"]).code, 0);
    assert_eq!(run(&session, &copy, &["request", "list"]).code, 0, "a copy has the same key");
    let new = desk.write("new.txt", "another long passphrase");
    let change = ["vault", "change-passphrase", "--new-passphrase-file", &new];
    assert_eq!(run_with_passphrase(&session, &desk, &change).code, 0);
    for vault in [&vault, &copy] {
        assert_eq!(run(&session, vault, &["request", "list"]).problem(), "passphrase_missing");
    }
}

#[test]
fn without_a_key_store_remembering_says_so_and_the_passphrase_goes_on_opening() {
    let desk = Desk::new();
    let nowhere = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")];
    for deed in ["remember-key", "forget-key"] {
        let said = desk.run_with(&["vault", deed], &nowhere);
        assert_eq!((said.code, said.problem()), (1, "key_store"), "{said:?}");
    }
    assert_eq!(desk.run_with(&["request", "list"], &nowhere).code, 0);
    let entries = desk.done(&["ledger", "show"]).view.to_string();
    assert!(!entries.contains("vault-key-remembered"), "what did not happen is not in the ledger");
}
