//! The vault's key in the system's own key store: optional, and never instead of the passphrase.
//!
//! Kept is the derived key, not the passphrase, under the file's salt: a changed passphrase makes a new salt, so what was
//! remembered before opens nothing any more. On Linux the store is the Secret Service, on macOS the keychain, on Windows
//! the credential manager.

use std::path::Path;

use casework::ledger::hex;
use keyring::{Entry, Error as StoreError};

use crate::error::Error;
use crate::file::{Vault, look_at};
use crate::key::FileKey;

const SERVICE: &str = "habeas";

impl Vault {
    /// Puts the key of this vault into the system's key store.
    ///
    /// # Errors
    /// [`Error::KeyStore`] when there is none or it refuses; the vault goes on opening by its passphrase.
    pub fn remember_key(&self) -> Result<(), Error> {
        entry(self.path())?.set_password(self.key.notation()).map_err(|error| refused(&error))
    }

    /// Opens a vault by the key that the system's key store remembers; `None` when it remembers none, or there is no store.
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub fn open_remembered(path: &Path) -> Result<Option<Self>, Error> {
        let kept = match entry(path) {
            Ok(entry) => entry.get_password().ok().and_then(FileKey::from_notation),
            Err(Error::KeyStore { .. }) => None,
            Err(other) => return Err(other),
        };
        kept.map(|key| Self::open_with(path, key)).transpose()
    }
}

/// Takes the key of a vault out of the system's key store; says whether there was one.
///
/// # Errors
/// [`Error::KeyStore`] when there is none or it refuses.
pub fn forget_key(path: &Path) -> Result<bool, Error> {
    match entry(path)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(StoreError::NoEntry) => Ok(false),
        Err(error) => Err(refused(&error)),
    }
}

fn entry(path: &Path) -> Result<Entry, Error> {
    let salt = look_at(path)?;
    Entry::new(SERVICE, &hex(&salt)).map_err(|error| refused(&error))
}

fn refused(error: &StoreError) -> Error {
    Error::KeyStore {
        why: match error {
            StoreError::NoDefaultStore | StoreError::NoStorageAccess(_) => "there is none, or it is locked",
            StoreError::NoEntry => "it holds no key of this vault",
            _ => "it refused",
        },
    }
}
