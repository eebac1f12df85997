//! `cargo xtask …`: everything a person or a machine does with this project, in one place.

mod bench;
mod demo;
mod licences;
mod package;
mod run;
mod screens;
mod served;
mod set_up;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  demo [--headless]   installs what is missing, builds, and does the main job on the practice org;
                      --headless leaves everything in demo-output/
  test                installs what the tests need and runs all of them
  bench [NAME …]      measures against real alternatives in the same run (see docs/benchmarks.md)
  package [--debug]   makes what a person installs here: .deb, .msi and .exe, or .dmg; a .deb is installed and started
  licences            writes the list of what is shipped and under which licences anew
  set-up              only installs what demo and test need
  practice-org        writes assets/practice anew from its seed
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["demo"] => demo::demo(false),
        ["demo", "--headless"] => demo::demo(true),
        ["test"] => test::all(),
        ["bench", names @ ..] => bench::bench(names),
        ["package"] => package::package(false),
        ["package", "--debug"] => package::package(true),
        ["licences"] => licences::write(),
        ["set-up"] => set_up::for_tests().map(drop),
        ["practice-org"] => practice_org(),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nxtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The built-in practice org is data, but data with a seed: this writes it again. The demonstration's subject stays.
fn practice_org() -> run::Done {
    let folder = run::root().join("assets/practice");
    for old in ["objects", "records", "files", "event-logs"] {
        drop(std::fs::remove_dir_all(folder.join(old)));
    }
    practice::generate::write_org(&folder, practice::generate::Settings::BUILT_IN)
        .map_err(|error| format!("assets/practice could not be written: {error}"))
}
