//! Calls and time of finding one person, beside a straightforward client that does the same job.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::Figures;
use super::world::{self, Desk, each, text};
use crate::run::{self, Done};
use crate::served::Served;
use crate::set_up;

const LATENCY_MS: &str = "100";

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let python = set_up::python()?;
    let truth = planted("demonstration")?;
    let held: BTreeSet<String> = each(&truth["records"]).map(|it| text(&it["id"]).to_owned()).collect();
    let objects: BTreeSet<&str> = each(&truth["records"]).map(|it| text(&it["object"])).collect();
    figures.noted("the person sought", format!("{} records in {} objects", held.len(), objects.len()));

    let org = world::serve(&["--latency-ms", LATENCY_MS])?;
    let desk = Desk::at(&org, "locate-calls")?;
    let cold = one(&org, &desk, &truth["subject"], &held)?;
    let warm = one(&org, &desk, &truth["subject"], &held)?;
    figures.held("API calls, first request of a vault", cold.calls, "at most 25", cold.calls <= 25);
    figures.held("API calls, next request", warm.calls, "at most 10", warm.calls <= 10);
    figures.held(
        "calls the program says it spent",
        format!("{} and {}", cold.said, warm.said),
        "what the org received",
        cold.said == cold.calls && warm.said == warm.calls,
    );
    figures.noted(
        "time of the whole command, first and next",
        format!("{:.1} s and {:.1} s", cold.seconds, warm.seconds),
    );
    figures.noted("planted records found", format!("{:.3}", cold.recall));

    let peer = peer(&python, &org, &truth["subject"], &held)?;
    for (name, its) in [
        ("one query per object and identifier", &peer.plain),
        ("and then by the ids it found", &peer.following),
    ] {
        figures.noted(
            format!("straightforward client, {name}"),
            format!("{} calls, {:.1} s, {:.3} of the records", its.calls, its.seconds, its.recall),
        );
    }
    let its = &peer.plain;
    let fewer = ratio(its.calls, cold.calls);
    figures.held("times fewer calls than it, cold", format!("{fewer:.1}"), "at least 5", fewer >= 5.0);
    let faster = its.seconds / cold.seconds;
    figures.held("times faster than it at 100 ms, cold", format!("{faster:.1}"), "at least 4", faster >= 4.0);
    figures.held(
        "more of the records than it, and than it following ids",
        format!("{:.3} against {:.3} and {:.3}", cold.recall, its.recall, peer.following.recall),
        "higher",
        cold.recall > its.recall && cold.recall > peer.following.recall,
    );
    Ok(())
}

/// What is true about one planted person of the built-in org.
pub(crate) fn planted(variant: &str) -> Result<Value, String> {
    let path = run::root().join("assets/practice/PLANTED.toml");
    let told = std::fs::read_to_string(&path)
        .map_err(|error| format!("{} could not be read: {error}", path.display()))?;
    let told: Value =
        toml::from_str(&told).map_err(|error| format!("PLANTED.toml cannot be read: {error}"))?;
    each(&told["person"])
        .find(|it| it["variant"] == variant)
        .cloned()
        .ok_or(format!("PLANTED.toml knows no {variant}"))
}

struct Seen {
    /// As the org counted them.
    calls: usize,
    /// As the program counted them.
    said: usize,
    seconds: f64,
    recall: f64,
}

fn one(org: &Served, desk: &Desk, subject: &Value, held: &BTreeSet<String>) -> Result<Seen, String> {
    let request = desk.open(subject)?;
    let before = org.calls()?.len();
    let ran = desk.run(&["request", "locate", &request])?;
    // Asking for the versions and who we are is no API call: Salesforce does not count it against the day's limit.
    let calls = org
        .calls()?
        .iter()
        .skip(before)
        .filter(|it| text(&it["path"]).starts_with("/services/data/v"))
        .count();
    let found = each(&ran.view["matches"]).map(|it| text(&it["id"]).to_owned()).collect();
    let said =
        ran.view["api_calls"]["spent"].as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
    Ok(Seen { calls, said, seconds: ran.took.as_secs_f64(), recall: share(held, &found) })
}

struct Peer {
    plain: Seen,
    following: Seen,
}

fn peer(
    python: &std::path::Path,
    org: &Served,
    subject: &Value,
    held: &BTreeSet<String>,
) -> Result<Peer, String> {
    let folder = world::fresh("locate-peer")?;
    let told = world::write(&folder.join("announcement.json"), &org.told.to_string())?;
    let subject = world::write(&folder.join("subject.json"), &subject.to_string())?;
    let before = org.calls()?.len();
    let answer = Command::new(python)
        .arg(run::root().join("tests/clients/straightforward_locate.py"))
        .args([told, subject])
        .output()
        .map_err(|error| format!("the straightforward client could not be started: {error}"))?;
    if !answer.status.success() {
        return Err(format!(
            "the straightforward client failed: {}",
            String::from_utf8_lossy(&answer.stderr).trim()
        ));
    }
    let told: Value = serde_json::from_slice(&answer.stdout)
        .map_err(|error| format!("the straightforward client said no JSON: {error}"))?;
    let received = org.calls()?.len() - before;
    let seen = |its: &Value| Seen {
        calls: its["calls"].as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or_default(),
        said: received,
        seconds: its["seconds"].as_f64().unwrap_or_default(),
        recall: share(held, &each(&its["ids"]).map(|it| text(it).to_owned()).collect()),
    };
    let peer = Peer { plain: seen(&told["plain"]), following: seen(&told["following"]) };
    if peer.following.calls == received {
        return Ok(peer);
    }
    Err(format!("the straightforward client counted {} calls, the org {received}", peer.following.calls))
}

#[allow(clippy::cast_precision_loss, reason = "counts of records and calls are small")]
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn share(wanted: &BTreeSet<String>, found: &BTreeSet<String>) -> f64 {
    ratio(wanted.intersection(found).count(), wanted.len())
}
