//! A report of 10,000 rows and 10,000 letters, beside typst setting the same table.

use std::process::Command;

use super::Figures;
use super::world::{self, number, told};
use crate::run::{self, Done};
use crate::set_up;

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let python = set_up::python()?;
    let report = told(world::example("paper_speed").arg("report"))?;
    let (time, memory) = (number(&report, "seconds"), number(&report, "peak_mb"));
    let pages = number(&report, "pages");
    figures.held(
        format!("a report of 10,000 rows on {pages} pages"),
        format!("{time:.2} s"),
        "under 3 s",
        time < 3.0,
    );
    figures.held("its memory", format!("{memory:.0} MB"), "under 300 MB", memory < 300.0);
    figures.noted("its size", format!("{:.1} MB", number(&report, "bytes") / 1e6));
    let letters = told(world::example("paper_speed").arg("letters"))?;
    let time_of_letters = number(&letters, "seconds");
    figures.held(
        "10,000 letters of one page",
        format!("{time_of_letters:.1} s"),
        "under 20 s",
        time_of_letters < 20.0,
    );
    let peer = told(
        Command::new(&python)
            .arg(run::root().join("tests/clients/straightforward_report.py"))
            .arg(run::root().join("assets/fonts")),
    )?;
    let (its, its_memory) = (number(&peer, "seconds"), number(&peer, "peak_mb"));
    figures.noted("the report, times as fast as typst", format!("{:.1} ({its:.2} s)", its / time));
    figures.noted(
        "the report, share of typst's memory",
        format!("{:.2} ({its_memory:.0} MB)", memory / its_memory),
    );
    Ok(())
}
