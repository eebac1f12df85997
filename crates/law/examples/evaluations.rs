//! How many sets of facts are answered in a second, on one core; one JSON object on one line.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a measurement prints, and stops when it cannot measure"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LONG_ENOUGH: Duration = Duration::from_secs(3);

fn main() {
    let places: Map<String, Value> = places().into_iter().map(|it| (it, json!(1500))).collect();
    let breach = json!({
        "family": "breach", "zone": "America/Los_Angeles", "role": "owner", "today": "2026-11-10",
        "discovered_at": "2026-11-02T09:00", "determined_at": "2026-11-02T12:00", "elements": ["name", "ssn", "medical"],
        "residents": places, "encryption": {"encrypted": false}, "good_faith": false, "harm": "likely",
        "covered_entities": ["hipaa", "nydfs"],
    });
    let mut state = breach.clone();
    state["residents"] = json!({ "US-CA": 1500 });
    let request = json!({
        "family": "request", "kind": "DELETE", "zone": "America/Los_Angeles", "today": "2026-12-01",
        "received_at": "2026-11-26T20:00:00-08:00",
    });
    let found = law::duties(&breach).expect("the facts can be read");
    let figures = json!({
        "breach_places": breach["residents"].as_object().map_or(0, Map::len),
        "breach_duties": found.duties.len(),
        "breach_per_second": per_second(&breach),
        "state_per_second": per_second(&state),
        "request_per_second": per_second(&request),
    });
    println!("{figures}");
}

/// Every State, district and territory of the book.
fn places() -> Vec<String> {
    let book = law::book().expect("the book loads");
    let mut places: Vec<String> = book
        .rules()
        .filter(|it| it.rule_file.ends_with("/breach.toml"))
        .filter_map(|it| it.rule_file.split('/').next().map(str::to_uppercase))
        .filter(|it| it.starts_with("US-"))
        .collect();
    places.dedup();
    places
}

/// From facts as JSON to an answer as JSON.
fn per_second(facts: &Value) -> f64 {
    let (begun, mut count) = (Instant::now(), 0_u32);
    while begun.elapsed() < LONG_ENOUGH {
        let answer = law::duties(black_box(facts)).expect("the facts can be read");
        black_box(serde_json::to_vec(&answer).expect("an answer is JSON"));
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}
