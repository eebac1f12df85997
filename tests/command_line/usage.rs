//! Wrong words, and what is said of them.

use house_tests::Desk;

#[test]
fn wrong_usage_is_a_problem_with_exit_code_two() {
    let desk = Desk::new();
    for words in [
        &["request", "open"][..],
        &["nonsense"],
        &["request", "locate", "R-2026-0001", "--call-ceiling", "many"],
    ] {
        let said = desk.run(words);
        assert_eq!((said.code, said.problem()), (2, "usage"), "{words:?}");
        assert!(said.view["problem"]["next_step"].as_str().is_some_and(|it| !it.is_empty()));
    }
}

#[test]
fn what_a_command_still_needs_is_named() {
    let desk = Desk::new();
    let said = desk.run(&["request", "review", "R-2026-0001"]);
    let message = said.view["problem"]["message"].as_str().unwrap();
    assert!(message.contains("--accept"), "{message}");
    let said = desk.run(&["request", "open"]);
    let message = said.view["problem"]["message"].as_str().unwrap();
    assert!(message.contains("--channel") && message.ends_with("Nothing was done."), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_no_success() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let said = std::process::Command::new(house_tests::program())
        .args(["law", "calendar", "us-federal", "--year", "2026", "--json"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&said.stderr).contains("could not be written"));
}

#[test]
fn global_flags_work_before_and_after_the_command() {
    let desk = Desk::new();
    let vault = desk.path("vault.habeas");
    let before = desk.run(&["--vault", &vault, "vault", "check"]);
    let after = desk.run(&["vault", "check", "--vault", &vault]);
    assert_eq!((before.code, after.code), (0, 0));
    assert_eq!(before.view["verdict"], "intact");
    assert_eq!(before.view, after.view);
}

#[test]
fn an_unknown_request_and_an_unknown_org_are_named_as_such() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["request", "show", "R-2026-0001"]).problem(), "unknown_request");
    assert_eq!(desk.run(&["request", "show", "nonsense"]).problem(), "unknown_request");
    assert_eq!(desk.run(&["org", "check", "nobody"]).problem(), "unknown_org");
}
