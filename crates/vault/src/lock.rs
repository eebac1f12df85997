//! One writer at a time, across processes.
//!
//! Beside the vault lies an empty file, `NAME.lock`. Whoever writes holds the system's lock on it until the vault is
//! closed; the system lets go of it when a process dies. Reading needs no lock, so looking things up works meanwhile.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Held as long as it lives.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    pub(crate) fn take(vault: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path_of(vault)).map_err(
            |error| match Error::from(error) {
                Error::Missing => Error::ReadOnly,
                other => other,
            },
        )?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Busy),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

fn path_of(vault: &Path) -> PathBuf {
    let mut name = vault.file_name().unwrap_or_default().to_os_string();
    name.push(".lock");
    vault.with_file_name(name)
}
