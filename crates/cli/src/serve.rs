//! `habeas practice serve`: a Salesforce org on this machine.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use chrono::Utc;
use desk::problem::Problem;
use practice::generate::LogSet;
use practice::world::{self, World};
use practice::{OrgSource, ServeOptions};
use tokio::io::AsyncReadExt;

use crate::Told;
use crate::args::Serve;

/// Says the first line, then serves until standard input closes or the process is asked to end.
pub async fn serve(options: Serve) -> Result<Told, Problem> {
    let refuse = |sentence: String| {
        Problem::new(
            "practice_org",
            format!("{sentence} No org is being served."),
            "Mend what is named and start it again.",
        )
    };
    let listen = options
        .listen
        .parse()
        .map_err(|_| refuse("--listen is not an address like 127.0.0.1:0.".to_owned()))?;
    let running = practice::start(ServeOptions {
        org: options.org.map_or(OrgSource::BuiltIn, OrgSource::Dir),
        listen,
        tls: options.tls,
        latency: Duration::from_millis(options.latency_ms),
        faults: options.faults,
        #[allow(clippy::disallowed_methods, reason = "a shell reads the clock")]
        clock: practice::Clock::new(Utc::now),
    })
    .await
    .map_err(|error| refuse(error.to_string()))?;
    let line = serde_json::to_string(running.announcement())
        .map_err(|_| refuse("The first line could not be written.".to_owned()))?;
    {
        let mut out = std::io::stdout().lock();
        drop(writeln!(out, "{line}").and_then(|()| out.flush()));
    }
    tokio::select! {
        () = input_closed() => {}
        () = asked_to_end() => {}
    }
    running.shutdown().await;
    Ok(Told::Nothing)
}

async fn input_closed() {
    let mut input = tokio::io::stdin();
    let mut bytes = [0_u8; 1024];
    while input.read(&mut bytes).await.is_ok_and(|read| read > 0) {}
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    drop(tokio::signal::ctrl_c().await);
}

/// Writes the logs of the practice incident into a folder.
pub fn write_incident(set: &str, org: Option<&Path>, to: &Path) -> Result<serde_json::Value, Problem> {
    let refuse = |code, sentence: String, next: &str| Problem::new(code, sentence, next);
    let set = match set {
        "all" => LogSet::All,
        "free" => LogSet::Free,
        "clean" => LogSet::Clean,
        _ => {
            return Err(refuse(
                "usage",
                "This is no set of logs. Nothing was written.".to_owned(),
                "Use all, free or clean.",
            ));
        }
    };
    if to.read_dir().is_ok_and(|mut files| files.next().is_some()) {
        return Err(refuse(
            "already_there",
            "The folder holds files already. Nothing was written.".to_owned(),
            "Choose a new folder; nothing is ever overwritten.",
        ));
    }
    let clock = world::Clock::fixed(chrono::DateTime::UNIX_EPOCH);
    let world = match org {
        Some(folder) => World::load(folder, clock),
        None => World::built_in(clock),
    };
    let world = world
        .map_err(|error| refuse("practice_org", error.to_string(), "Mend what is named and try again."))?;
    practice::generate::write_logs(to, &world, set).map_err(|error| {
        refuse(
            "unwritable",
            format!("The logs could not all be written: {error}."),
            "Check that the folder may be written to.",
        )
    })?;
    Ok(serde_json::json!({ "folder": to.display().to_string() }))
}
