//! Sealing and verifying 10,000 files of 200 MB together, beside Python's own ZIP and SHA-256.

use std::path::Path;
use std::process::Command;

use super::Figures;
use super::world::{self, number, told};
use crate::run::{self, Done};
use crate::set_up;

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let python = set_up::python()?;
    let folder = world::fresh("bundle")?;
    let bundle = folder.join("bundle.zip");
    let ours = told(world::example("speed").arg(&bundle))?;
    let peer = told(
        Command::new(&python).arg(run::root().join("tests/clients/straightforward_seal.py")).arg(&bundle),
    )?;
    for (deed, what) in [("seal_mb_s", "sealing"), ("verify_mb_s", "verifying")] {
        let (our, its) = (number(&ours, deed), number(&peer, deed));
        figures.held(what, format!("{our:.0} MB/s"), "at least 150 MB/s", our >= 150.0);
        figures.noted(
            format!("{what}, times as fast as Python's zipfile and hashlib"),
            format!("{:.1} ({its:.0} MB/s)", our / its),
        );
    }
    let time = number(&ours, "verify_s");
    figures.held("verifying 10,000 files of 200 MB", format!("{time:.2} s"), "under 2 s", time < 2.0);
    let through = verify(&bundle)?;
    figures.held(
        "the same with the command, start to end",
        format!("{through:.2} s"),
        "under 2 s",
        through < 2.0,
    );
    drop(std::fs::remove_file(bundle));
    Ok(())
}

/// Seconds that `habeas verify` takes; the bundle must be intact.
fn verify(bundle: &Path) -> Result<f64, String> {
    let begun = std::time::Instant::now();
    let view = told(Command::new(world::program()).args(["--json", "verify"]).arg(bundle))?;
    let took = begun.elapsed().as_secs_f64();
    if view["verdict"] == "INTACT" {
        Ok(took)
    } else {
        Err(format!("the sealed bundle is {}", view["verdict"]))
    }
}
