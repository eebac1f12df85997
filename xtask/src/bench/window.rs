//! How long the window takes to its first screen, and how much memory it and WebKit's processes hold at rest.

use super::Figures;
use super::world::{self, each, text};
use crate::run::{self, Done};
use crate::set_up;

/// The start is taken from the driver's order to the passphrase's field, the driver's own time included.
pub(crate) fn measure(figures: &mut Figures) -> Done {
    set_up::for_tests()?;
    let window = world::program().with_file_name(format!("habeas-window{}", std::env::consts::EXE_SUFFIX));
    if std::env::var_os("HABEAS_PROGRAM").is_none() {
        // As it is packed.
        run::cargo("build the window", &["build", "--release", "--quiet", "-p", "habeas-window"])?;
    }
    let told = world::fresh("window")?.join("figures.json");
    run::step(
        "start the window and let it rest",
        run::window_test("measured::the_start_and_the_rest", &window)
            .env("HABEAS_PROGRAM", world::program())
            .env("HABEAS_FIGURES", &told),
    )?;
    let said = std::fs::read(&told).map_err(|error| format!("the figures cannot be read: {error}"))?;
    let said: serde_json::Value =
        serde_json::from_slice(&said).map_err(|error| format!("the figures are no JSON: {error}"))?;
    let slowest = each(&said["starts_s"]).filter_map(serde_json::Value::as_f64).fold(0.0, f64::max);
    figures.held(
        "to the unlock screen, the slowest of three starts",
        format!("{slowest:.2} s"),
        "under 2 s",
        slowest < 2.0,
    );
    for moment in each(&said["held_kib"]) {
        let when = text(&moment[0]);
        let mut whole = 0;
        for one in each(&moment[1]) {
            let held = one[1].as_u64().unwrap_or_default() / 1024;
            whole += held;
            figures.noted(format!("held at rest {when} by {}", text(&one[0])), format!("{held} MB"));
        }
        figures.held(
            format!("held at rest {when}, all of it"),
            format!("{whole} MB"),
            "under 250 MB",
            whole < 250,
        );
    }
    Ok(())
}
