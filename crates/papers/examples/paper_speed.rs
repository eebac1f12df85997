//! How fast papers are made: `report` makes one of 10,000 rows on 300 pages or more, `letters` 10,000 letters of one
//! page each, every one with another name, on every core. With a path, keeps the report there. Prints one JSON document.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a fixture that breaks should stop"
)]

#[path = "../tests/samples/mod.rs"]
#[allow(dead_code)]
mod samples;

use std::thread;
use std::time::Instant;

use papers::document::{Block, render};

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LETTERS: u32 = 10_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    // Fonts are loaded once per run of the program; that is not what is measured.
    render(&samples::letter()).unwrap();
    let begun = Instant::now();
    let (pages, bytes) = if what == "letters" {
        let hands = u32::try_from(thread::available_parallelism().map_or(1, usize::from)).unwrap();
        thread::scope(|scope| {
            let running: Vec<_> = (0..hands)
                .map(|hand| scope.spawn(move || letters((hand..LETTERS).step_by(hands as usize))))
                .collect();
            running
                .into_iter()
                .map(|it| it.join().unwrap())
                .fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
        })
    } else {
        let made = render(&samples::report(10_000)).unwrap();
        if let Some(keep) = arguments.next() {
            std::fs::write(keep, &made.bytes).unwrap();
        }
        (made.pages, made.bytes.len())
    };
    let seconds = begun.elapsed().as_secs_f64();
    println!("{{\"pages\":{pages},\"bytes\":{bytes},\"seconds\":{seconds:.3},\"peak_mb\":{:.0}}}", peak_mb());
}

/// Pages and bytes of letters to as many people, as a mailing makes them: every core its share.
fn letters(numbers: impl Iterator<Item = u32>) -> (usize, usize) {
    numbers.fold((0, 0), |(pages, bytes), n| {
        let mut letter = samples::letter();
        letter.id = format!("R-2026-{n:05}");
        letter.blocks.insert(2, Block::Address(vec![format!("Persona Inventada {n}")]));
        let made = render(&letter).unwrap();
        (pages + made.pages, bytes + made.bytes.len())
    })
}

/// The most memory that was resident, where the system tells (Linux).
fn peak_mb() -> f64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
}
