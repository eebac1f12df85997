//! How many evaluations and counts a second: `speed [SECONDS]` prints one JSON document, with the dates it counted.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement, run by `cargo xtask bench law-book`"
)]

use std::time::Instant;

use law::facts::Zone;
use law::period::{Period, Unit};
use serde_json::{Value, json};

const KINDS: [&str; 6] = ["KNOW_CAT", "KNOW_SPEC", "DELETE", "CORRECT", "OPT_OUT", "LIMIT_SPI"];

fn main() {
    let seconds = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(1.0);
    let days: Vec<String> = chrono::NaiveDate::from_ymd_opt(2025, 1, 1)
        .unwrap()
        .iter_days()
        .take(1400)
        .map(|it| it.to_string())
        .collect();
    let facts: Vec<Value> = days
        .iter()
        .zip(KINDS.iter().cycle())
        .map(|(day, kind)| {
            json!({"family": "request", "kind": kind, "zone": "America/Los_Angeles", "today": "2026-12-01",
                "received_at": format!("{day}T14:10:00-08:00"), "matched_points": 2, "signed_declaration": false})
        })
        .collect();
    let evaluations = per_second(seconds, facts.len(), || {
        for it in &facts {
            std::hint::black_box(law::duties(it).unwrap());
        }
    });
    let book = law::book().unwrap();
    let zone = Zone::read(Some("America/Los_Angeles")).unwrap();
    let moments: Vec<_> = days.iter().map(|it| zone.moment("received_at", it).unwrap()).collect();
    let calendar = "us-ca-state-office".to_owned();
    let ten = Period { count: 10, unit: Unit::BusinessDay, calendar: Some(calendar), lawful_roll: None };
    let count = || moments.iter().map(|it| ten.count(it, book.calendars()).unwrap()).collect::<Vec<_>>();
    let counts = per_second(seconds, moments.len(), || drop(std::hint::black_box(count())));
    let closed: Vec<String> = (2025..=2028)
        .flat_map(|year| book.calendar_year("us-ca-state-office", year).unwrap().closed)
        .map(|it| it.on.to_string())
        .collect();
    let due: Vec<String> = count().iter().map(|it| it.due.to_string()).collect();
    let told =
        json!({"evaluations_s": evaluations, "counts_s": counts, "closed": closed, "days": days, "due": due});
    println!("{told}");
}

/// How many of `things` a second, repeating `all` until the time is over.
fn per_second(seconds: f64, things: usize, all: impl Fn()) -> f64 {
    let begun = Instant::now();
    let mut rounds = 0_u32;
    while begun.elapsed().as_secs_f64() < seconds {
        all();
        rounds += 1;
    }
    f64::from(rounds) * f64::from(u32::try_from(things).unwrap()) / begun.elapsed().as_secs_f64()
}
