//! `cargo xtask bench`: how fast, how sparing and how right the program is, measured, never asserted in a test.
//!
//! Every figure is printed with what was promised. A promise that is not kept is printed as not kept; a figure that
//! could not be measured is an error, never a blank.

mod bundle;
mod deletes;
mod large;
mod law;
mod locate;
mod logs;
mod papers;
mod recall;
mod recogniser;
mod scope;
mod window;
mod world;

use std::fmt::Display;
use std::time::Instant;

use crate::run::{self, Done};

type Bench = fn(&mut Figures) -> Done;

const ALL: [(&str, Bench); 11] = [
    ("locate-calls", locate::measure),
    ("recall", recall::measure),
    ("delete-calls", deletes::measure),
    ("large-org", large::measure),
    ("bundle", bundle::measure),
    ("papers", papers::measure),
    ("law", law::measure),
    ("recogniser", recogniser::measure),
    ("scope", scope::measure),
    ("logs", logs::measure),
    ("window", window::measure),
];

/// Measures what is named, or everything. A promise that is not kept does not end the run in failure: it is a figure.
pub fn bench(names: &[&str]) -> Done {
    if let Some(unknown) = names.iter().find(|name| !ALL.iter().any(|(known, _)| known == *name)) {
        let known: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no measurement called {unknown}; there are {}", known.join(", ")));
    }
    match std::env::var_os("HABEAS_PROGRAM") {
        Some(program) => println!("Measuring {} and the examples beside it as they are.", program.display()),
        // Once for all of them: a choice of packages would have other features, and build everything again.
        None => run::cargo(
            "build what is measured",
            &[
                "build",
                "--release",
                "--quiet",
                "--workspace",
                "--exclude",
                "habeas-window",
                "--bins",
                "--examples",
            ],
        )?,
    }
    let mut figures = Figures::default();
    for (name, measure) in ALL.iter().filter(|(name, _)| names.is_empty() || names.contains(name)) {
        println!("\n── {name}");
        let begun = Instant::now();
        figures.of = name;
        measure(&mut figures)?;
        println!("── {name}: measured in {:.0} s", begun.elapsed().as_secs_f32());
    }
    figures.print();
    Ok(())
}

/// What was measured, in the order in which it was.
#[derive(Default)]
pub(crate) struct Figures {
    of: &'static str,
    all: Vec<Figure>,
}

struct Figure {
    of: &'static str,
    what: String,
    measured: String,
    promised: String,
    /// `None` for a figure that only gives the background.
    kept: Option<bool>,
}

impl Figures {
    /// A figure with a promise, and whether it is kept.
    pub(crate) fn held(
        &mut self,
        what: impl Into<String>,
        measured: impl Display,
        promised: impl Into<String>,
        kept: bool,
    ) {
        self.add(what.into(), measured.to_string(), promised.into(), Some(kept));
    }

    /// A figure without a promise.
    pub(crate) fn noted(&mut self, what: impl Into<String>, measured: impl Display) {
        self.add(what.into(), measured.to_string(), String::new(), None);
    }

    fn add(&mut self, what: String, measured: String, promised: String, kept: Option<bool>) {
        let word = word(kept);
        let target =
            if promised.is_empty() { String::new() } else { format!(" (promised: {promised}) {word}") };
        println!("   {what}: {measured}{target}");
        self.all.push(Figure { of: self.of, what, measured, promised, kept });
    }

    /// The whole as a table that can be pasted into `docs/benchmarks.md`.
    fn print(&self) {
        println!("\n| measurement | figure | measured | promised | |\n| --- | --- | --- | --- | --- |");
        for it in &self.all {
            println!("| {} | {} | {} | {} | {} |", it.of, it.what, it.measured, it.promised, word(it.kept));
        }
        let missed = self.all.iter().filter(|it| it.kept == Some(false)).count();
        let promised = self.all.iter().filter(|it| it.kept.is_some()).count();
        println!("\n{} of {promised} promises kept.", promised - missed);
    }
}

fn word(kept: Option<bool>) -> &'static str {
    match kept {
        Some(true) => "met",
        Some(false) => "NOT MET",
        None => "",
    }
}
