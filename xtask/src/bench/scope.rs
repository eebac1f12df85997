//! How long scope takes for a million people, and how much memory.

use std::process::Command;

use super::Figures;
use super::world::{number, told};
use crate::run::{self, Done};

pub(crate) fn measure(figures: &mut Figures) -> Done {
    run::cargo(
        "build the measurement of scope",
        &["build", "--release", "--quiet", "--package", "casework", "--example", "scope_million"],
    )?;
    let program =
        run::target().join("release/examples").join(format!("scope_million{}", std::env::consts::EXE_SUFFIX));
    let it = told(&mut Command::new(program))?;
    figures.noted("records and people of them", format!("{} and {}", it["records"], it["persons"]));
    let seconds = number(&it, "seconds");
    figures.held("scope of a million people", format!("{seconds:.1} s"), "under 60 s", seconds < 60.0);
    figures.noted("of that, reading and looking", format!("{:.1} s", number(&it, "seconds_before_merging")));
    figures.noted("most memory held", format!("{} MB", it["peak_mb"]));
    Ok(())
}
