//! How right and how fast identifiers are recognised, beside datafog's regular expressions on the same set.

use std::process::Command;

use serde_json::Value;

use super::Figures;
use super::locate::ratio;
use super::world::{self, each, number, text, told};
use crate::run::{self, Done};
use crate::set_up;

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let python = set_up::python()?;
    let samples = world::fresh("recogniser")?.join("samples.jsonl");
    let ours = told(world::example("recogniser").arg(&samples))?;
    let peer = told(
        Command::new(&python)
            .arg(run::root().join("tests/clients/straightforward_recognise.py"))
            .arg(&samples),
    )?;
    let count =
        |it: &Value, name: &str| usize::try_from(it[name].as_u64().unwrap_or_default()).unwrap_or_default();
    figures.noted("samples", format!("{}, seed {}", ours["samples"], ours["seed"]));
    let (mut labelled, mut found, mut wrong) = (0, 0, 0);
    for it in each(&ours["kinds"]) {
        let (of, hit, false_ones) = (count(it, "labelled"), count(it, "found"), count(it, "wrong"));
        figures.noted(
            format!("{}: recall and precision", text(&it["kind"])),
            format!(
                "{:.4} and {:.4} ({hit} of {of}, {false_ones} wrongly)",
                ratio(hit, of),
                ratio(hit, hit + false_ones)
            ),
        );
        (labelled, found, wrong) = (labelled + of, found + hit, wrong + false_ones);
    }
    for miss in each(&ours["misses"]) {
        println!("   miss: {}", text(miss));
    }
    let (recall, precision) = (ratio(found, labelled), ratio(found, found + wrong));
    figures.held(
        "recall of all kinds",
        format!("{recall:.4} ({found} of {labelled})"),
        "at least 0.98",
        recall >= 0.98,
    );
    figures.held(
        "precision of all kinds",
        format!("{precision:.4} ({wrong} wrongly)"),
        "at least 0.95",
        precision >= 0.95,
    );
    let speed = number(&ours, "mb_s");
    figures.held(
        "speed, an identifier in every second sentence",
        format!("{speed:.0} MB/s"),
        "at least 50 MB/s",
        speed >= 50.0,
    );
    figures.noted("speed, ordinary text", format!("{:.0} MB/s", number(&ours, "plain_mb_s")));
    let known = &peer["known"];
    let its = ratio(count(known, "found"), count(&peer, "labelled"));
    figures
        .noted("datafog: recall of all kinds", format!("{its:.4}; ours is {:.1} times that", recall / its));
    figures.noted(
        "datafog: of the two kinds it knows, recall and wrong ones",
        format!(
            "{:.4} and {}",
            ratio(count(known, "found"), count(known, "labelled")),
            count(known, "wrong")
        ),
    );
    let its = number(&peer, "mb_s");
    figures.noted("times as fast as datafog", format!("{:.0} ({its:.2} MB/s)", speed / its));
    Ok(())
}
