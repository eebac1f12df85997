//! The encrypted file itself: made, checked, copied, encrypted anew.

use std::path::Path;

use serde_json::json;
use sha2::{Digest, Sha256};
use vault::{Error, Passphrase, Vault};

use crate::clock::Clock;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::{CheckView, RememberedView, VaultView, WrittenView};

/// Makes a new vault; never overwrites.
///
/// # Errors
/// A [`Problem`]; then there is no new file.
pub fn create_vault(
    path: &Path,
    passphrase: &Passphrase,
    practice: bool,
    clock: &Clock,
) -> Result<VaultView, Problem> {
    only_practice_pretends(clock, practice)?;
    let vault = Vault::create(path, passphrase, practice, clock.now()).map_err(|error| problem(&error))?;
    Ok(VaultView { vault: vault.vault_id().to_owned(), practice, clock: None })
}

/// Checks pages, encryption, foreign keys and the ledger's chain.
///
/// # Errors
/// A [`Problem`] when the file cannot be opened at all.
pub fn check_vault(path: &Path, passphrase: &Passphrase, clock: &Clock) -> Result<CheckView, Problem> {
    let checked = vault::check_file(path, passphrase).map_err(|error| problem(&error))?;
    only_practice_pretends(clock, checked.practice.unwrap_or(false))?;
    Ok(CheckView::new(checked.findings, checked.ledger_entries))
}

/// Encrypts the vault anew under another passphrase.
///
/// # Errors
/// A [`Problem`]; then the old passphrase still opens the file.
pub fn change_passphrase(
    path: &Path,
    old: &Passphrase,
    new: &Passphrase,
    clock: &Clock,
) -> Result<VaultView, Problem> {
    let mut vault = Vault::open(path, old).map_err(|error| problem(&error))?;
    only_practice_pretends(clock, vault.practice())?;
    vault.change_passphrase(old, new).map_err(|error| problem(&error))?;
    vault
        .deed(clock.now(), None, "vault-passphrase-changed", json!({}), |_| Ok(()))
        .map_err(|error| problem(&error))?;
    Ok(VaultView { vault: vault.vault_id().to_owned(), practice: vault.practice(), clock: None })
}

/// Takes the vault's key out of the system's key store.
///
/// # Errors
/// A [`Problem`] when there is no key store or it refuses.
pub fn forget_key(path: &Path) -> Result<RememberedView, Problem> {
    vault::forget_key(path).map_err(|error| problem(&error))?;
    Ok(RememberedView { remembered: false })
}

impl Desk {
    /// Lets the system's key store open this vault without the passphrase, on this computer and for this user.
    ///
    /// # Errors
    /// A [`Problem`]; the key was not kept then.
    pub fn remember_key(&self) -> Result<RememberedView, Problem> {
        self.hold().remember_key().map_err(|error| problem(&error))?;
        self.record_apart("vault-key-remembered", json!({}), |_| Ok(()))?;
        Ok(RememberedView { remembered: true })
    }

    /// Whether the system's key store opens this vault without the passphrase.
    ///
    /// # Errors
    /// A [`Problem`] when there is no key store or it refuses.
    pub fn key_is_remembered(path: &Path) -> Result<RememberedView, Problem> {
        let remembered = Vault::key_is_remembered(path).map_err(|error| problem(&error))?;
        Ok(RememberedView { remembered })
    }

    /// Copies the vault, consistent while it is in use, encrypted with the same passphrase.
    ///
    /// # Errors
    /// A [`Problem`]; then there is no copy.
    pub fn backup(&self, to: &Path) -> Result<WrittenView, Problem> {
        self.hold().backup(to).map_err(|error| problem(&error))?;
        let (bytes, sha256) = weigh(to)?;
        Ok(WrittenView { file: to.display().to_string(), bytes, sha256 })
    }
}

/// Takes a passphrase as it was typed or stood in a file.
///
/// # Errors
/// A [`Problem`] when it cannot be used.
pub fn passphrase(bytes: &[u8]) -> Result<Passphrase, Problem> {
    Passphrase::new(bytes).map_err(|error| problem(&error))
}

/// Size and SHA-256 of a file that was just written.
fn weigh(file: &Path) -> Result<(u64, String), Problem> {
    let bytes = std::fs::read(file).map_err(|_| {
        Problem::new(
            "unreadable",
            "The copy was written but could not be read again.",
            "Check the disk, then back up to another place.",
        )
    })?;
    Ok((u64::try_from(bytes.len()).unwrap_or(u64::MAX), casework::ledger::hex(&Sha256::digest(&bytes))))
}

/// What the vault could not do, as a problem.
pub(crate) fn problem(error: &Error) -> Problem {
    Problem::new(error.code(), error.to_string(), error.next_step())
}

pub(crate) fn only_practice_pretends(clock: &Clock, practice: bool) -> Result<(), Problem> {
    if clock.is_pretended() && !practice {
        return Err(Problem::new(
            "now_refused",
            "Pretending another time is for practice vaults only. Nothing was done.",
            "Leave out --now.",
        ));
    }
    Ok(())
}
