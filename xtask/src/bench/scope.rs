//! How long scope takes for a million people, and how much memory.

use super::Figures;
use super::world::{self, number, told};
use crate::run::Done;

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let it = told(&mut world::example("scope_million"))?;
    figures.noted("records and people of them", format!("{} and {}", it["records"], it["persons"]));
    let seconds = number(&it, "seconds");
    figures.held("scope of a million people", format!("{seconds:.1} s"), "under 60 s", seconds < 60.0);
    figures.noted("of that, reading and looking", format!("{:.1} s", number(&it, "seconds_before_merging")));
    figures.noted("most memory held", format!("{} MB", it["peak_mb"]));
    Ok(())
}
