//! How many sets of facts the law book answers in a second.

use super::Figures;
use super::world::{self, number, told};
use crate::run::Done;

/// A breach in every State, district and territory, and a consumer's request; on one core, from JSON to JSON.
pub(crate) fn measure(figures: &mut Figures) -> Done {
    let told = told(&mut world::example("evaluations"))?;
    figures.noted(
        "jurisdictions and duties of the breach",
        format!("{} and {}", told["breach_places"], told["breach_duties"]),
    );
    let whole = number(&told, "breach_per_second");
    for (what, rate) in [
        ("breach in one State, as sets of facts", number(&told, "state_per_second")),
        ("breach in every jurisdiction, as sets of facts", whole),
        ("breach in every jurisdiction, as duties", whole * number(&told, "breach_duties")),
        ("request, as sets of facts", number(&told, "request_per_second")),
    ] {
        figures.held(
            format!("a second: evaluations of a {what}"),
            format!("{rate:.0}"),
            "at least 1,000",
            rate >= 1000.0,
        );
    }
    Ok(())
}
