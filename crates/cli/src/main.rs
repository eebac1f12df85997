//! The `habeas` command: arguments in, views out as table or JSON. It decides nothing.

mod args;
mod deeds;
mod incident;
mod map;
mod output;
mod packet;
mod passphrase;
mod serve;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use desk::problem::Problem;
use serde_json::{Value, json};

/// Much is taken and given back here in small pieces; docs/decisions/0035.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a command leaves on standard output.
pub enum Told {
    /// A view; JSON with `--json`, readable text without.
    View(Value),
    /// The view of a check that answered "no": exit code 3.
    No(Value),
    /// Everything was said already.
    Nothing,
}

fn main() -> ExitCode {
    let wants_json = std::env::args_os().take_while(|word| word != "--").any(|word| word == "--json");
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return wrong_usage(&error, wants_json),
    };
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("HABEAS_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => {
            let problem = Problem::new(
                "system",
                "The system refused to start the program's threads. Nothing was done.",
                "Close other programs and try again.",
            );
            return finish(Err(problem), wants_json);
        }
    };
    finish(runtime.block_on(deeds::run(cli)), wants_json)
}

fn finish(outcome: Result<Told, Problem>, wants_json: bool) -> ExitCode {
    match outcome {
        Ok(Told::Nothing) => ExitCode::SUCCESS,
        Ok(Told::View(view)) => said(&view, wants_json, ExitCode::SUCCESS),
        Ok(Told::No(view)) => said(&view, wants_json, ExitCode::from(3)),
        Err(problem) => {
            let code = match (problem.answered_no, problem.code) {
                (true, _) => 3,
                (false, "usage") => 2,
                (false, _) => 1,
            };
            complain(&problem, wants_json);
            ExitCode::from(code)
        }
    }
}

fn said(view: &Value, wants_json: bool, code: ExitCode) -> ExitCode {
    let text = if wants_json { format!("{view}\n") } else { output::readable(view) };
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // A reader that hung up is no problem of ours.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            drop(writeln!(
                std::io::stderr(),
                "habeas: What was done is done, but its answer could not be written ({}).",
                error.kind()
            ));
            ExitCode::FAILURE
        }
        _ => code,
    }
}

fn complain(problem: &Problem, wants_json: bool) {
    if wants_json {
        let mut view = json!({ "problem": problem });
        if let (Some((name, particulars)), Some(map)) = (problem.beside.as_deref(), view.as_object_mut()) {
            map.insert((*name).to_owned(), particulars.clone());
        }
        said(&view, true, ExitCode::FAILURE);
    } else {
        let mut err = std::io::stderr().lock();
        drop(writeln!(err, "habeas: {}\n        {}", problem.message, problem.next_step));
        if let Some((name, particulars)) = problem.beside.as_deref() {
            drop(write!(err, "{name}\n{}", output::readable(particulars)));
        }
    }
}

/// The first paragraph of what the parser says, on one line: what is missing is listed in lines of its own.
fn what_is_wrong(said: &str) -> String {
    let lines = said.trim_start_matches("error: ").lines().map(str::trim).take_while(|it| !it.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn wrong_usage(error: &clap::Error, wants_json: bool) -> ExitCode {
    if !error.use_stderr() {
        // --help and --version.
        drop(error.print());
        return ExitCode::SUCCESS;
    }
    if wants_json {
        complain(
            &Problem::new(
                "usage",
                format!("{}. Nothing was done.", what_is_wrong(&error.to_string())),
                "Run `habeas --help` and call again, corrected.",
            ),
            true,
        );
    } else {
        drop(error.print());
    }
    ExitCode::from(2)
}
