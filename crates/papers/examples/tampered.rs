//! Writes the tampering corpus to a folder for the browser: `<name>.zip`, `<name>.json` (what the command says) and
//! `verify.html`. `tests/page.mjs` then compares the page with the command.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a fixture that breaks should stop"
)]

#[path = "../tests/corpus/mod.rs"]
#[allow(dead_code)]
mod corpus;

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for case in corpus::cases() {
        let at = folder.join(format!("{}.zip", case.name));
        std::fs::write(&at, &case.zip).unwrap();
        let said = corpus::command_says(&at);
        assert_eq!(said["verdict"], case.verdict, "{}", case.name);
        std::fs::write(folder.join(format!("{}.json", case.name)), said.to_string()).unwrap();
    }
    let page =
        corpus::members(&corpus::sealed()).into_iter().find(|member| member.name == b"verify.html").unwrap();
    std::fs::write(folder.join("verify.html"), page.data).unwrap();
}
