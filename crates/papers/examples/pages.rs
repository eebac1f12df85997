//! Writes papers of every kind to a folder, to be looked at and to be checked: a report, a letter, names in many
//! scripts, pictures, an empty paper.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a fixture that breaks should stop"
)]

#[path = "../tests/samples/mod.rs"]
mod samples;

fn main() {
    let Some(folder) = std::env::args_os().nth(1).map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for (name, document) in samples::all() {
        let rendered = papers::document::render(&document).unwrap();
        for warning in &rendered.warnings {
            println!("{name}: {warning}");
        }
        std::fs::write(folder.join(format!("{name}.pdf")), rendered.bytes).unwrap();
    }
}
