//! The vault's key in the system's key store: a real Secret Service on a bus of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use house_tests::{Desk, Said, panic_with, program};

/// A desktop session with an unlocked key store; it ends when this is dropped.
struct Session {
    child: Child,
    bus: String,
}

impl Session {
    /// Starts one whose keys are kept under the desk's folder.
    fn begin(desk: &Desk) -> Self {
        let home = desk.path("home");
        std::fs::create_dir_all(&home).expect("a home can be made");
        let mut child = Command::new("dbus-run-session")
            .args(["--", "sh", "-c"])
            .arg("printf secret | gnome-keyring-daemon --unlock --components=secrets >&2; echo $DBUS_SESSION_BUS_ADDRESS; cat")
            .envs([("HOME", &home), ("XDG_RUNTIME_DIR", &home), ("XDG_DATA_HOME", &home)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic_with(&format!("dbus-run-session could not be started; run cargo xtask set-up: {error}"))
            });
        let mut bus = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output is ours"))
            .read_line(&mut bus)
            .expect("a line");
        Self { child, bus: bus.trim().to_owned() }
    }

    /// Runs `habeas` in this session with neither a passphrase file nor a terminal to ask on.
    fn run(&self, vault: &str, arguments: &[&str]) -> Said {
        let mut command = Command::new("setsid");
        command.arg("--wait").arg(program()).args(["--json", "--vault", vault]).args(arguments);
        Said::by(command.env("DBUS_SESSION_BUS_ADDRESS", &self.bus).env_remove("HABEAS_PASSPHRASE_FILE"))
    }

    /// Runs `habeas` in this session with the passphrase.
    fn run_with_passphrase(&self, desk: &Desk, arguments: &[&str]) -> Said {
        desk.run_with(arguments, &[("DBUS_SESSION_BUS_ADDRESS", &self.bus)])
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

#[test]
fn a_remembered_key_opens_without_the_passphrase_until_it_is_forgotten() {
    let desk = Desk::new();
    let session = Session::begin(&desk);
    let vault = desk.path("vault.habeas");
    let before = session.run(&vault, &["request", "list"]);
    assert_eq!(before.problem(), "passphrase_missing", "nothing is remembered yet");
    let said = session.run_with_passphrase(&desk, &["vault", "remember-key"]);
    assert_eq!((said.code, said.view["remembered"].as_bool()), (0, Some(true)), "{said:?}");
    let said = session.run(&vault, &["ledger", "show"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.view.to_string().contains("vault-key-remembered"), "{said:?}");
    let said = session.run(&vault, &["vault", "forget-key"]);
    assert_eq!((said.code, said.view["remembered"].as_bool()), (0, Some(false)), "{said:?}");
    assert_eq!(session.run(&vault, &["request", "list"]).problem(), "passphrase_missing");
    assert_eq!(session.run(&vault, &["vault", "forget-key"]).code, 0, "forgetting twice is no failure");
}

#[test]
fn a_changed_passphrase_takes_the_old_key_out_of_the_store() {
    let desk = Desk::new();
    let session = Session::begin(&desk);
    let (vault, copy) = (desk.path("vault.habeas"), desk.path("copy.habeas"));
    desk.done(&["vault", "backup", &copy]);
    assert_eq!(session.run_with_passphrase(&desk, &["vault", "remember-key"]).code, 0);
    assert_eq!(session.run(&copy, &["request", "list"]).code, 0, "a copy has the same key");
    let new = desk.write("new.txt", "another long passphrase");
    let change = ["vault", "change-passphrase", "--new-passphrase-file", &new];
    assert_eq!(session.run_with_passphrase(&desk, &change).code, 0);
    for vault in [&vault, &copy] {
        assert_eq!(session.run(vault, &["request", "list"]).problem(), "passphrase_missing");
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
