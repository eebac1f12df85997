//! The encrypted file, by the command line.

use house_tests::Desk;

#[test]
fn creating_never_overwrites_and_a_wrong_passphrase_touches_nothing() {
    let desk = Desk::new();
    let file = desk.path("vault.habeas");
    let before = std::fs::read(&file).expect("the vault is there");
    assert_eq!(desk.run(&["vault", "create", "--practice"]).problem(), "vault_exists");
    let other = desk.write("other.txt", "not the passphrase");
    let said = desk.run(&["request", "list", "--passphrase-file", &other]);
    assert_eq!((said.code, said.problem()), (1, "wrong_passphrase"));
    assert!(before == std::fs::read(&file).expect("still there"), "not one byte changed");
}

#[test]
fn a_backup_opens_with_the_same_passphrase_and_never_overwrites() {
    let desk = Desk::new();
    let copy = desk.path("copy.habeas");
    desk.done(&["vault", "backup", &copy]);
    assert_eq!(desk.done(&["vault", "check", "--vault", &copy]).view["verdict"], "intact");
    assert_eq!(desk.run(&["vault", "backup", &copy]).code, 1);
}

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let desk = Desk::new();
    let new = desk.write("new.txt", "another long passphrase\r\n");
    desk.done(&["vault", "change-passphrase", "--new-passphrase-file", &new]);
    assert_eq!(desk.run(&["vault", "check"]).problem(), "wrong_passphrase");
    assert_eq!(desk.done(&["vault", "check", "--passphrase-file", &new]).view["verdict"], "intact");
}

#[test]
fn an_empty_a_cut_and_a_foreign_file_each_get_their_sentence() {
    let desk = Desk::new();
    let whole = std::fs::read(desk.path("vault.habeas")).expect("the vault is there");
    let empty = desk.write("empty.habeas", b"");
    assert_eq!(desk.run(&["vault", "check", "--vault", &empty]).problem(), "vault_empty");
    let cut = desk.write("cut.habeas", &whole[..1000]);
    let said = desk.run(&["vault", "check", "--vault", &cut]);
    assert!(said.code == 3 || said.problem() == "vault_truncated", "{said:?}");
    let foreign = desk.write("foreign.habeas", "PK\u{3}\u{4} not a vault at all ".repeat(400));
    assert_eq!(desk.run(&["vault", "check", "--vault", &foreign]).problem(), "not_a_vault");
    assert_eq!(
        desk.run(&["vault", "check", "--vault", &desk.path("nowhere.habeas")]).problem(),
        "vault_missing"
    );
}

#[test]
fn a_flipped_byte_is_broken_with_exit_code_three() {
    let desk = Desk::new();
    let mut bytes = std::fs::read(desk.path("vault.habeas")).expect("the vault is there");
    let place = bytes.len() - 2000;
    bytes[place] ^= 1;
    let bent = desk.write("bent.habeas", &bytes);
    let said = desk.run(&["vault", "check", "--vault", &bent]);
    assert_eq!((said.code, said.view["verdict"].as_str()), (3, Some("broken")), "{said:?}");
}

#[test]
fn time_is_pretended_in_practice_vaults_only() {
    let desk = Desk::new();
    let real = desk.path("real.habeas");
    desk.done(&["vault", "create", "--vault", &real]);
    let said = desk.run(&["request", "list", "--vault", &real, "--now", "2026-11-21T10:00:00Z"]);
    assert_eq!(said.problem(), "now_refused");
    desk.done(&["request", "list", "--now", "2026-11-21T10:00:00Z"]);
}

#[test]
fn the_ledger_is_shown_checked_and_written_out() {
    let desk = Desk::new();
    assert_eq!(desk.done(&["ledger", "check"]).view["verdict"], "intact");
    let to = desk.path("ledger.jsonl");
    desk.done(&["ledger", "export", "--to", &to]);
    let text = std::fs::read_to_string(&to).expect("the ledger was written");
    let shown = desk.done(&["ledger", "show"]).view;
    assert_eq!(text.lines().count(), shown["entries"].as_array().map_or(0, Vec::len));
    assert_eq!(desk.run(&["ledger", "export", "--to", &to]).code, 1, "never overwritten");
}
