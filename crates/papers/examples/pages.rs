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

use papers::letter::{Kind, Language, Letter, Wording, blanks};

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
    letters(&folder);
}

/// Every letter in both languages, with a sample value in every blank; flags stay unset, so that the plainest is seen.
fn letters(folder: &std::path::Path) {
    for kind in Kind::ALL {
        for language in Language::ALL {
            let blanks = blanks(kind)
                .unwrap()
                .into_iter()
                .filter(|it| !it.flag || it.name == "consumer")
                .map(|it| (it.name.clone(), format!("({})", it.name.replace('_', " "))));
            let wording = Wording::ours(kind, language).unwrap();
            let made_at = "2026-11-21T10:15:00Z".parse().unwrap();
            let letter = Letter { wording, blanks: blanks.collect(), logo: None, made_at, practice: false };
            let name = format!("{}-{}.pdf", kind.name(), language.code());
            std::fs::write(folder.join(name), papers::letter::render(&letter).unwrap().bytes).unwrap();
        }
    }
}
