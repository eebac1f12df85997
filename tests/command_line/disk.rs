//! A disk that is full: each step says so, and nothing is lost or half-written.

use std::process::Command;

use house_tests::{Desk, PracticeOrg, Said, program};

use crate::requests::{rehearsed, small};

/// Runs `habeas` while a file system of so many KiB, with these files on it, is mounted at `disk` in the desk's folder.
/// Gives what it said and the names that stand there afterwards; a vault there is copied to `after.habeas`.
fn on_a_small_disk(desk: &Desk, kib: u64, bring: &[&str], arguments: &[&str]) -> (Said, String) {
    const SCRIPT: &str = "
        mount -t tmpfs -o size=$1k tmpfs disk || exit 99
        cp $2 disk/ || exit 99
        shift 2
        \"$@\"
        code=$?
        ls -A disk > names.txt
        if [ -e disk/vault.habeas ]; then cp disk/vault.habeas after.habeas; fi
        exit $code";
    std::fs::create_dir_all(desk.path("disk")).expect("a folder");
    let mut command = Command::new("unshare");
    command
        .args(["--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh", &kib.to_string(), &bring.join(" ")])
        .arg(program())
        .arg("--json")
        .args(arguments)
        .env("HABEAS_VAULT", desk.path("vault.habeas"))
        .env("HABEAS_PASSPHRASE_FILE", desk.path("passphrase.txt"))
        .current_dir(desk.folder.path());
    let said = Said::by(&mut command);
    (said, std::fs::read_to_string(desk.path("names.txt")).unwrap_or_default())
}

#[test]
fn what_does_not_fit_is_not_left_half_written() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let (request, _) = rehearsed(&desk);
    let to = desk.path("disk/out");
    let ledger = desk.done(&["ledger", "show"]).view;
    for (room, deed) in [
        (16, vec!["request", "seal", &request, "--to", &to]),
        (16, vec!["request", "export", &request, "--to", &to]),
        (16, vec!["vault", "backup", &to]),
        (64, vec!["vault", "backup", &to]),
    ] {
        let (said, names) = on_a_small_disk(&desk, room, &["passphrase.txt"], &deed);
        assert_eq!((said.code, said.problem()), (1, "disk_full"), "{deed:?} {said:?}");
        assert_eq!(names.trim(), "passphrase.txt", "{deed:?} left nothing behind");
    }
    assert_eq!(desk.done(&["ledger", "show"]).view, ledger, "what did not happen is not in the ledger");
    desk.done(&["request", "seal", &request, "--to", &desk.path("bundle.zip")]);
}

#[test]
fn a_vault_on_a_full_disk_keeps_what_it_had() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    desk.open("delete", &crate::requests::ana());
    let size = std::fs::metadata(desk.path("vault.habeas")).expect("the vault is there").len();
    let vault = desk.path("disk/vault.habeas");
    let open = [
        "request",
        "open",
        "--vault",
        &vault,
        "--org",
        "practice",
        "--kind",
        "delete",
        "--received-at",
        "2026-11-02T10:00:00-08:00",
        "--channel",
        "web form",
        "--subject",
        "subject.json",
    ];
    let (said, _) = on_a_small_disk(&desk, size / 1024 + 4, &["vault.habeas"], &open);
    assert_eq!((said.code, said.problem()), (1, "disk_full"), "{said:?}");
    let after = desk.path("after.habeas");
    assert_eq!(desk.done(&["vault", "check", "--vault", &after]).view["verdict"], "intact");
    let requests = desk.done(&["request", "list", "--vault", &after]).view;
    assert_eq!(requests["requests"].as_array().map(Vec::len), Some(1), "{requests}");
}

#[test]
fn a_vault_on_a_read_only_drive_can_be_looked_at_and_says_why_nothing_is_kept() {
    const SCRIPT: &str = "
        mount -t tmpfs tmpfs disk || exit 99
        cp vault.habeas disk/ || exit 99
        mount -o remount,ro disk || exit 99
        \"$@\"";
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("disk")).expect("a folder");
    let run = |arguments: &[&str]| {
        let mut command = Command::new("unshare");
        command
            .args(["--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh"])
            .arg(program())
            .args(["--json", "--vault", &desk.path("disk/vault.habeas")])
            .args(arguments)
            .env("HABEAS_PASSPHRASE_FILE", desk.path("passphrase.txt"))
            .current_dir(desk.folder.path());
        Said::by(&mut command)
    };
    assert_eq!(
        run(&["request", "list"]).view,
        serde_json::json!({ "requests": [] }),
        "looking needs no writing"
    );
    let refused = run(&["settings", "set", "business.name=Example Company"]);
    assert_eq!((refused.code, refused.problem()), (1, "read_only"), "{refused:?}");
    let problem = &refused.view["problem"];
    assert!(problem["message"].as_str().is_some_and(|it| it.contains("Nothing was changed")), "{problem}");
    assert!(problem["next_step"].as_str().is_some_and(|it| it.contains("where you may write")), "{problem}");
}
