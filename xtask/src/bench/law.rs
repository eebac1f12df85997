//! How many sets of facts the law book answers in a second.

use std::process::Command;

use serde_json::Value;

use super::Figures;
use crate::run::{self, Done};

/// A breach in every State, district and territory, and a consumer's request; on one core, from JSON to JSON.
pub(crate) fn measure(figures: &mut Figures) -> Done {
    run::cargo(
        "build the law book",
        &["build", "--release", "--quiet", "--package", "law", "--example", "evaluations"],
    )?;
    let program =
        run::target().join("release/examples").join(format!("evaluations{}", std::env::consts::EXE_SUFFIX));
    let output = Command::new(program)
        .output()
        .map_err(|error| format!("the law book cannot be measured: {error}"))?;
    let told: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("the law book's figures cannot be read: {error}"))?;
    let number = |key: &str| told[key].as_f64().ok_or_else(|| format!("the figure {key} is missing"));
    figures.noted(
        "jurisdictions and duties of the breach",
        format!("{} and {}", told["breach_places"], told["breach_duties"]),
    );
    for (what, key) in [("breach", "breach_per_second"), ("request", "request_per_second")] {
        let rate = number(key)?;
        figures.held(
            format!("evaluations of a {what} per second"),
            format!("{rate:.0}"),
            "at least 1,000",
            rate >= 1000.0,
        );
    }
    Ok(())
}
