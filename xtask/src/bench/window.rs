//! How long the window takes to its first screen, how much memory it and WebKit's processes hold at rest, and how a long list
//! scrolls.

use std::path::Path;

use serde_json::Value;

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
    at_rest(figures, &window)?;
    long_list(figures, &window)
}

fn at_rest(figures: &mut Figures, window: &Path) -> Done {
    let folder = world::fresh("window")?;
    let said =
        tested("start the window and let it rest", "measured::the_start_and_the_rest", window, &folder)?;
    let slowest = each(&said["starts_s"]).filter_map(Value::as_f64).fold(0.0, f64::max);
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

/// A list of 100,000 requests: how soon it shows, and how long the page takes from frame to frame while it scrolls.
fn long_list(figures: &mut Figures, window: &Path) -> Done {
    let desk = world::Desk::alone("long-list")?;
    run::step(
        "write 100,000 requests",
        world::example("many_requests")
            .arg(desk.path("vault.habeas"))
            .arg(desk.path("passphrase.txt"))
            .arg("100000"),
    )?;
    let said =
        tested("scroll through them", "measured::a_long_list_scrolls", window, Path::new(&desk.path("")))?;
    figures.noted(
        "100,000 requests: from the press to the first rows",
        format!("{:.1} s", said["shown_s"].as_f64().unwrap_or_default()),
    );
    for (way, what) in [("pages", "page by page"), ("leaps", "to places far apart")] {
        let mut frames: Vec<f64> = each(&said["scrolled"][way]).filter_map(Value::as_f64).collect();
        frames.sort_by(f64::total_cmp);
        let at = |share: usize| {
            frames.get(frames.len() * share / 100).or(frames.last()).copied().unwrap_or_default()
        };
        figures.noted(
            format!("100,000 requests, scrolled {what}: from frame to frame"),
            format!("{:.0} ms, 95 in 100 under {:.0}, longest {:.0}", at(50), at(95), at(100)),
        );
    }
    figures
        .noted("100,000 requests: rows that stand in the page at once", said["scrolled"]["rows"].to_string());
    Ok(())
}

/// Runs a measurement in the real window and reads what it found.
fn tested(what: &str, test: &str, window: &Path, folder: &Path) -> Result<Value, String> {
    let told = folder.join("figures.json");
    run::step(
        what,
        run::window_test(test, window)
            .env("HABEAS_PROGRAM", world::program())
            .env("HABEAS_FOLDER", folder)
            .env("HABEAS_FIGURES", &told),
    )?;
    let said = std::fs::read(&told).map_err(|error| format!("the figures cannot be read: {error}"))?;
    serde_json::from_slice(&said).map_err(|error| format!("the figures are no JSON: {error}"))
}
