//! The vault's key in the system's own key store: optional, and never instead of the passphrase.
//!
//! Kept is the derived key, not the passphrase, under the file's salt. A changed passphrase makes a new salt, and what was
//! remembered under the old one is taken out. On Linux the store is the Secret Service, on macOS the keychain, on Windows
//! the credential manager.

use std::path::Path;

use casework::ledger::hex;
use keyring::{Entry, Error as StoreError};

use crate::error::Error;
use crate::file::{Vault, look_at};
use crate::key::{FileKey, SALT_BYTES};

const SERVICE: &str = "habeas";

impl Vault {
    /// Puts the key of this vault into the system's key store.
    ///
    /// # Errors
    /// [`Error::KeyStore`] when there is none or it refuses; the vault goes on opening by its passphrase.
    pub fn remember_key(&self) -> Result<(), Error> {
        entry(look_at(self.path())?)?.set_password(self.key.notation()).map_err(|error| refused(&error))
    }

    /// Opens a vault by the key that the system's key store remembers; `None` when it remembers none, or there is no store.
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub fn open_remembered(path: &Path) -> Result<Option<Self>, Error> {
        let kept = entry(look_at(path)?).ok().and_then(|entry| entry.get_password().ok());
        kept.and_then(FileKey::from_notation).map(|key| Self::open_with(path, key)).transpose()
    }

    /// Whether the system's key store remembers the key of a vault.
    ///
    /// # Errors
    /// [`Error::KeyStore`] when there is none or it refuses.
    pub fn key_is_remembered(path: &Path) -> Result<bool, Error> {
        match entry(look_at(path)?)?.get_password() {
            Ok(kept) => Ok(FileKey::from_notation(kept).is_some()),
            Err(StoreError::NoEntry) => Ok(false),
            Err(error) => Err(refused(&error)),
        }
    }
}

/// Takes the key of a vault out of the system's key store. Nothing to take out is no failure.
///
/// # Errors
/// [`Error::KeyStore`] when there is none or it refuses.
pub fn forget_key(path: &Path) -> Result<(), Error> {
    forget(look_at(path)?)
}

/// The same by the salt of a file that may be gone.
pub(crate) fn forget(salt: [u8; SALT_BYTES]) -> Result<(), Error> {
    match entry(salt)?.delete_credential() {
        Ok(()) | Err(StoreError::NoEntry) => Ok(()),
        Err(error) => Err(refused(&error)),
    }
}

fn entry(salt: [u8; SALT_BYTES]) -> Result<Entry, Error> {
    Entry::new(SERVICE, &hex(&salt)).map_err(|error| refused(&error))
}

fn refused(error: &StoreError) -> Error {
    Error::KeyStore {
        why: match error {
            StoreError::NoDefaultStore | StoreError::NoStorageAccess(_) => "there is none, or it is locked",
            _ => "it refused",
        },
    }
}
