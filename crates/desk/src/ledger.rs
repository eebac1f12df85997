//! The ledger: shown, checked, written out.

use std::path::Path;

use serde::Serialize;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;
use crate::views::{CheckView, WrittenView};

#[derive(Debug, Clone, Serialize)]
pub struct LedgerView {
    pub entries: Vec<casework::ledger::Entry>,
}

impl Desk {
    /// Every deed of this vault.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn ledger(&self) -> Result<LedgerView, Problem> {
        Ok(LedgerView { entries: self.read(|vault| vault.ledger(None))? })
    }

    /// Whether every entry still follows from the one before.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn check_ledger(&self) -> Result<CheckView, Problem> {
        let entries = self.read(|vault| vault.ledger(None))?;
        let findings = match casework::ledger::check(&entries) {
            Ok(()) => Vec::new(),
            Err(broken) => vec![format!("{broken}.")],
        };
        Ok(CheckView::new(findings, u64::try_from(entries.len()).unwrap_or(u64::MAX)))
    }

    /// Writes the ledger as JSON lines; never overwrites.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn export_ledger(&self, to: &Path) -> Result<WrittenView, Problem> {
        let entries = self.read(|vault| vault.ledger(None))?;
        let text = casework::ledger::lines(&entries);
        write_new(to, text.as_bytes())
    }
}

impl Desk {
    /// Writes a list as its rows are shown: a spreadsheet where the name ends in `.xlsx`, else CSV. Never overwrites.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn save_table(
        &self,
        header: &[String],
        rows: &[Vec<String>],
        to: &Path,
    ) -> Result<WrittenView, Problem> {
        let sheet = to.extension().is_some_and(|it| it.eq_ignore_ascii_case("xlsx"));
        let bytes = if sheet {
            papers::sheet::file(header, rows, self.now()).ok_or_else(|| {
                Problem::new(
                    "too_long_for_a_sheet",
                    "A spreadsheet cannot hold this list: it has too many rows, or a cell that is too long. Nothing was written.",
                    "Save it as CSV, or filter the list first.",
                )
            })?
        } else {
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            papers::csv_safe::file(&header, rows.iter().cloned())
        };
        write_new(to, &bytes)
    }
}

/// Writes a new file and says what it is.
pub(crate) fn write_new(to: &Path, bytes: &[u8]) -> Result<WrittenView, Problem> {
    papers::new_file::write(to, bytes).map_err(|error| troubles::paper(&error))?;
    Ok(WrittenView {
        file: to.display().to_string(),
        bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        sha256: sha256(bytes),
    })
}

/// Lower-case hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    casework::ledger::hex(&Sha256::digest(bytes))
}
