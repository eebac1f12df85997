//! Forms that are not finished: what was typed and not done yet.

use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;

use crate::deed::Reader;
use crate::error::Error;
use crate::file::Vault;
use crate::sql::{from_json, to_json};

impl Reader<'_> {
    /// A form as it was left; `None` when nothing was typed, or it is done.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn form(&self, place: &str, name: &str) -> Result<Option<Value>, Error> {
        let found: Option<String> = self
            .connection
            .query_row("SELECT body FROM form WHERE place = ?1 AND name = ?2", [place, name], |row| {
                row.get(0)
            })
            .optional()?;
        found.map(|text| from_json("form", &text)).transpose()
    }
}

impl Vault {
    /// Keeps a form as it stands, or forgets it. Nothing is done by it, so it is the one change without an entry in the ledger.
    ///
    /// # Errors
    /// [`Error::Gone`], [`Error::Busy`], [`Error::DiskFull`], [`Error::ReadOnly`]; then the form is as it was.
    pub fn keep_form(&mut self, place: &str, name: &str, body: Option<&Value>) -> Result<(), Error> {
        self.still_there()?;
        match body {
            Some(body) => self.connection.execute(
                "INSERT INTO form (place, name, body) VALUES (?1, ?2, ?3)
                 ON CONFLICT (place, name) DO UPDATE SET body = excluded.body",
                params![place, name, to_json("form", body)?],
            )?,
            None => {
                self.connection.execute("DELETE FROM form WHERE place = ?1 AND name = ?2", [place, name])?
            }
        };
        Ok(())
    }
}
