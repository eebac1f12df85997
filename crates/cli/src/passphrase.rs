//! Where a passphrase comes from: a file, or the terminal.

use std::path::Path;

use desk::Passphrase;
use desk::problem::Problem;

/// Reads the passphrase from the file, else asks on the terminal. One line ending at the file's end is not part of it.
pub fn read(file: Option<&Path>, question: &str) -> Result<Passphrase, Problem> {
    let text = match file {
        Some(file) => {
            let bytes = std::fs::read(file).map_err(|error| {
                Problem::new(
                    "passphrase_unreadable",
                    format!("The passphrase file could not be read ({}). Nothing was done.", error.kind()),
                    "Check the path given with --passphrase-file or HABEAS_PASSPHRASE_FILE.",
                )
            })?;
            String::from_utf8(bytes).map_err(|_| {
                Problem::new(
                    "passphrase_unreadable",
                    "The passphrase file is not UTF-8 text. Nothing was done.",
                    "Save the file as UTF-8 and try again.",
                )
            })?
        }
        None => rpassword::prompt_password(question).map_err(|_| {
            Problem::new(
                "passphrase_missing",
                "There is no terminal to ask for the passphrase. Nothing was done.",
                "Give --passphrase-file FILE, or set HABEAS_PASSPHRASE_FILE.",
            )
        })?,
    };
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        return Err(Problem::new(
            "passphrase_empty",
            "The passphrase is empty. Nothing was done.",
            "Use a passphrase of several words.",
        ));
    }
    Ok(Passphrase::new(text.to_owned()))
}
