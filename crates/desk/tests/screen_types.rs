//! The types that cross to the screens are generated; a stale file fails here.
//!
//! `HABEAS_WRITE_TYPES=1 cargo test -p desk --test screen_types` writes them anew.

#![allow(clippy::expect_used, reason = "a test says what must be so")]

use desk::problem::Problem;
use desk::views::{RequestLine, VaultView};
use ts_rs::{Config, TS};

fn fresh<T: TS + 'static>(name: &str) {
    let wanted = T::export_to_string(&Config::default()).expect("the type can be written in TypeScript");
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../ui/src/api/types")
        .join(format!("{name}.ts"));
    if std::env::var_os("HABEAS_WRITE_TYPES").is_some() {
        std::fs::write(&file, &wanted).expect("the types folder can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(kept, wanted, "{name}.ts is stale; write it anew as the head of this file says");
}

#[test]
fn the_types_of_the_screens_are_those_of_the_desk() {
    fresh::<Problem>("Problem");
    fresh::<RequestLine>("RequestLine");
    fresh::<VaultView>("VaultView");
}
