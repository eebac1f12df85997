//! An org of 200,000 people and a million and a half records: loading, asking, finding one person.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Figures;
use super::locate::ratio;
use super::world::{self, Desk, each, text};
use crate::run::{self, Done};
use crate::served::Served;

const SEED: u64 = 7;
const PEOPLE: u64 = 200_000;
const RECORDS: u64 = 1_500_000;
const QUESTIONS: usize = 51;

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let folder = run::target().join("bench").join("large");
    // The truth is written last: with it, the folder is whole and need not be written again.
    if !folder.join("truth.jsonl").exists() {
        std::fs::create_dir_all(&folder)
            .map_err(|error| format!("the large org could not be written: {error}"))?;
        let begun = Instant::now();
        practice::generate::large(&folder, SEED, PEOPLE, RECORDS)
            .map_err(|error| format!("the large org could not be written: {error}"))?;
        println!("   written in {:.0} s", begun.elapsed().as_secs_f32());
    }
    let truth = std::fs::read_to_string(folder.join("truth.jsonl"))
        .map_err(|error| format!("the truth could not be read: {error}"))?;
    let truth: Value =
        serde_json::from_str(&truth).map_err(|error| format!("the truth cannot be read: {error}"))?;

    let org = world::serve(&["--org", &folder.to_string_lossy()])?;
    // It answers before its search index is whole; a search waits for that.
    let indexing = Instant::now();
    org.get("/services/data/v62.0/search?q=FIND+%7Bnobodyatall%7D")?;
    let loading = org.loading + indexing.elapsed();
    figures.held(
        "the org loads, its search index included",
        seconds(loading),
        "under 60 s",
        loading < Duration::from_secs(60),
    );
    let (first, median) = soql(&org, &truth)?;
    figures.noted("selective SOQL over Email, the first time", milliseconds(first));
    figures.held(
        "selective SOQL over Email, median",
        milliseconds(median),
        "under 10 ms",
        median < Duration::from_millis(10),
    );

    let desk = Desk::at(&org, "large-desk")?;
    let held: BTreeSet<&str> = each(&truth["records"]).map(|it| text(&it["id"])).collect();
    for what in ["first request", "next request"] {
        let request = desk.open(&truth["subject"])?;
        let ran = desk.run(&["request", "locate", &request])?;
        let found: BTreeSet<&str> = each(&ran.view["matches"]).map(|it| text(&it["id"])).collect();
        let recall = ratio(held.intersection(&found).count(), held.len());
        figures.held(
            format!("locate, {what}, the whole command"),
            format!(
                "{} ({} calls, {recall:.3} of {} records)",
                seconds(ran.took),
                ran.view["api_calls"]["spent"],
                held.len()
            ),
            "under 3 s",
            ran.took < Duration::from_secs(3),
        );
        let peak = ran.peak_mb.ok_or("this system does not say how much memory a process used")?;
        figures.held(format!("memory of habeas, {what}"), format!("{peak} MB"), "under 200 MB", peak < 200);
    }
    let peak = org.peak_mb().ok_or("this system does not say how much memory a process used")?;
    figures.held("memory of the org after all of it", format!("{peak} MB"), "under 2,048 MB", peak < 2_048);
    Ok(())
}

/// The time of the first question and the median of many, over HTTP, each on a connection of its own.
fn soql(org: &Served, truth: &Value) -> Result<(Duration, Duration), String> {
    let email = each(&truth["subject"]["emails"]).next().map(text).unwrap_or_default();
    let path = format!("/services/data/v62.0/query?q=SELECT+Id,Name+FROM+Contact+WHERE+Email='{email}'");
    let mut took = Vec::new();
    for _ in 0..QUESTIONS {
        let begun = Instant::now();
        let answer = org.get(&path)?;
        took.push(begun.elapsed());
        if answer["totalSize"].as_u64().unwrap_or_default() == 0 {
            return Err("the large org does not know the person it was written around".to_owned());
        }
    }
    let first = took.first().copied().unwrap_or_default();
    took.sort_unstable();
    let median = took.get(took.len() / 2).copied().unwrap_or_default();
    Ok((first, median))
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}
