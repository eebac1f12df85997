//! The data map of each org: as it was last read, and what the officer said about it.

use casework::data_map::{DataMap, Drift, Fact};
use rusqlite::{OptionalExtension as _, params};

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, from_word, instant, to_json, word};

/// A map as it was last built, without the officer's word.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptMap {
    pub map: DataMap,
    /// Against the building before.
    pub drift: Vec<Drift>,
    /// UTC, RFC 3339.
    pub built_at: String,
}

impl Reader<'_> {
    /// The map of an org; `None` when none was built.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn data_map(&self, org: &str) -> Result<Option<KeptMap>, Error> {
        let found: Option<(String, String, String)> = self
            .connection
            .query_row("SELECT body, drift, built_at FROM data_map WHERE org = ?1", [org], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        found
            .map(|(body, drift, built_at)| {
                Ok(KeptMap {
                    map: from_json("data map", &body)?,
                    drift: from_json("data map", &drift)?,
                    built_at,
                })
            })
            .transpose()
    }

    /// The orgs of which there is a map, by name, and when each was built: UTC, RFC 3339.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn mapped_orgs(&self) -> Result<Vec<(String, String)>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT org, built_at FROM data_map ORDER BY org")?;
        let orgs =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(orgs)
    }

    /// What the officer said about an org's fields, by object, field and what.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn map_facts(&self, org: &str) -> Result<Vec<Fact>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT object, field, what, value, found, confirmed_at FROM map_fact WHERE org = ?1
             ORDER BY object, field, what",
        )?;
        let mut rows = statement.query([org])?;
        let mut facts = Vec::new();
        while let Some(row) = rows.next()? {
            facts.push(Fact {
                object: row.get(0)?,
                field: row.get(1)?,
                what: from_word("map fact", &row.get::<_, String>(2)?)?,
                value: row.get(3)?,
                found: row.get(4)?,
                confirmed_at: row.get(5)?,
            });
        }
        Ok(facts)
    }
}

impl Tx<'_> {
    /// Keeps a map in the place of the one before.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_data_map(&self, org: &str, map: &DataMap, drift: &[Drift]) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO data_map (org, body, drift, built_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (org) DO UPDATE SET body = excluded.body, drift = excluded.drift, built_at = excluded.built_at",
            params![org, to_json("data map", map)?, to_json("data map", &drift)?, instant(self.at)],
        )?;
        Ok(())
    }

    /// Keeps what the officer said; what was said before about the same is replaced.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_map_fact(&self, org: &str, it: &Fact) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO map_fact (org, object, field, what, value, found, confirmed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (org, object, field, what) DO UPDATE SET value = excluded.value, found = excluded.found,
                 confirmed_at = excluded.confirmed_at",
            params![
                org,
                it.object,
                it.field,
                word("map fact", &it.what)?,
                it.value,
                it.found,
                it.confirmed_at
            ],
        )?;
        Ok(())
    }
}
