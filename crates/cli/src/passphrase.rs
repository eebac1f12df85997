//! Where a passphrase comes from: a file, or the terminal.

use std::path::Path;

use desk::Passphrase;
use desk::problem::Problem;

/// Reads the passphrase from the file, else asks on the terminal. One line ending at the file's end is not part of it.
pub fn read(file: Option<&Path>, question: &str) -> Result<Passphrase, Problem> {
    let bytes = match file {
        Some(file) => std::fs::read(file).map_err(|error| {
            Problem::new(
                "passphrase_unreadable",
                format!("The passphrase file could not be read ({}). Nothing was done.", error.kind()),
                "Check the path given with --passphrase-file or HABEAS_PASSPHRASE_FILE.",
            )
        })?,
        None => rpassword::prompt_password(question)
            .map_err(|_| {
                Problem::new(
                    "passphrase_missing",
                    "There is no terminal to ask for the passphrase. Nothing was done.",
                    "Give --passphrase-file FILE, or set HABEAS_PASSPHRASE_FILE.",
                )
            })?
            .into_bytes(),
    };
    desk::passphrase(&bytes)
}
