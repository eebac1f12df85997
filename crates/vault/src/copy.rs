//! Whole copies of the file: backups, and the change of a passphrase.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::error::Error;
use crate::file::{Vault, build_whole, connect};
use crate::key::{FileKey, Passphrase, SALT_BYTES, random};
use crate::migrate;

impl Vault {
    /// Writes a consistent copy, opened by the same passphrase, also while another process writes.
    ///
    /// # Errors
    /// [`Error::Exists`] when anything stands at `to`; nothing is left behind by a failure.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        if to.symlink_metadata().is_ok() {
            return Err(Error::Exists);
        }
        copy_to(&self.connection, &self.key, to)
    }

    /// Gives the vault a new passphrase and a new salt. The file is written anew beside the old one and takes its place in
    /// one step; copies made before keep the old passphrase. The system's key store forgets the old key.
    ///
    /// # Errors
    /// [`Error::WrongPassphrase`] when `old` is not the passphrase; [`Error::Busy`] while another process writes.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase) -> Result<(), Error> {
        self.begin_writing()?;
        let salt = crate::file::look_at(&self.path)?;
        if FileKey::derive(old, salt)?.notation() != self.key.notation() {
            return Err(Error::WrongPassphrase);
        }
        let key = FileKey::derive(new, random::<SALT_BYTES>()?)?;
        let mut name = self.path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".rekey-{}", casework::ledger::hex(&random::<4>()?)));
        let temporary = self.path.with_file_name(name);
        let done = self.export_to(&temporary, &key).and_then(|()| {
            // Proves that the new file opens before the old one goes.
            drop(Self::open_with(&temporary, key.clone())?);
            fs::File::open(&temporary)?.sync_all()?;
            let nothing = Connection::open_in_memory()?;
            let old = std::mem::replace(&mut self.connection, nothing);
            old.close().map_err(|(_, error)| error)?;
            let moved = fs::rename(&temporary, &self.path).map_err(Error::from);
            let kept = if moved.is_ok() { &key } else { &self.key };
            self.connection = connect(&self.path, kept, false)?;
            moved
        });
        if done.is_err() {
            crate::file::remove_unfinished(&temporary);
            return done;
        }
        self.key = key;
        // The old key opens this file no more; without a key store there is nothing to forget.
        let _ = crate::key_store::forget(salt);
        Ok(())
    }

    fn export_to(&self, to: &Path, key: &FileKey) -> Result<(), Error> {
        // Our connections never create a file by themselves, so the empty one is made here.
        fs::File::create_new(to)?;
        let to = to.to_str().ok_or(Error::BadPassphrase("the vault's path is not readable as text"))?;
        let attach = zeroize::Zeroizing::new(key.notation().to_owned());
        self.connection.execute("ATTACH DATABASE ?1 AS fresh KEY ?2", [to, attach.as_str()])?;
        let exported = self
            .connection
            .query_row("SELECT sqlcipher_export('fresh')", [], |_| Ok(()))
            .and_then(|()| {
                self.connection.pragma_update(Some("fresh"), "application_id", migrate::APPLICATION_ID)
            })
            .and_then(|()| self.connection.pragma_update(Some("fresh"), "user_version", migrate::newest()));
        self.connection.execute("DETACH DATABASE fresh", [])?;
        Ok(exported?)
    }
}

/// Copies an open file through SQLite's own backup, page by page, under the same key.
pub(crate) fn copy_to(from: &Connection, key: &FileKey, to: &Path) -> Result<(), Error> {
    build_whole(to, |temporary| {
        let mut target = connect(temporary, key, true)?;
        {
            let backup = Backup::new(from, &mut target)?;
            loop {
                match backup.step(-1)? {
                    StepResult::Done => break,
                    StepResult::More => {}
                    _ => return Err(Error::Busy),
                }
            }
        }
        target.close().map_err(|(_, error)| error)?;
        Ok(())
    })
}
