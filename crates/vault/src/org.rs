//! Connected orgs, their tokens and what they said about their objects; the officer's settings.

use rusqlite::{OptionalExtension as _, Row, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::file::Vault;
use crate::sql::{from_json, instant, to_json};

/// A Salesforce token. Printed as `…`; wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Token(String);

impl Token {
    pub fn new(text: String) -> Self {
        Self(text)
    }
    /// The token itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Token(…)")
    }
}

/// A connected org. `added_at` is UTC, as RFC 3339 with whole seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Org {
    pub name: String,
    pub instance_url: String,
    pub login_url: Option<String>,
    pub client_id: Option<String>,
    pub org_id: Option<String>,
    pub user_id: Option<String>,
    pub username: Option<String>,
    pub access_token: Option<Token>,
    pub refresh_token: Option<Token>,
    /// An extra certificate authority, PEM.
    pub ca_pem: Option<String>,
    pub added_at: String,
}

/// The describe resources as last read, with what a conditional request needs; the salesforce room knows its inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DescribeCache {
    pub body: Value,
    pub read_at: String,
}

const COLUMNS: &str = "name, instance_url, login_url, client_id, org_id, user_id, username, access_token, refresh_token, ca_pem, added_at";

fn org(row: &Row<'_>) -> rusqlite::Result<Org> {
    Ok(Org {
        name: row.get(0)?,
        instance_url: row.get(1)?,
        login_url: row.get(2)?,
        client_id: row.get(3)?,
        org_id: row.get(4)?,
        user_id: row.get(5)?,
        username: row.get(6)?,
        access_token: row.get::<_, Option<String>>(7)?.map(Token),
        refresh_token: row.get::<_, Option<String>>(8)?.map(Token),
        ca_pem: row.get(9)?,
        added_at: row.get(10)?,
    })
}

impl Reader<'_> {
    /// # Errors
    /// [`Error::NotThere`] when no org has that name.
    pub fn org(&self, name: &str) -> Result<Org, Error> {
        self.connection
            .query_row(&format!("SELECT {COLUMNS} FROM org WHERE name = ?1"), [name], org)
            .optional()?
            .ok_or(Error::NotThere { what: "org" })
    }

    /// Every org, by name.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn orgs(&self) -> Result<Vec<Org>, Error> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM org ORDER BY name"))?;
        let orgs = statement.query_map([], org)?.collect::<Result<_, _>>()?;
        Ok(orgs)
    }

    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn describe_cache(&self, org: &str) -> Result<Option<DescribeCache>, Error> {
        let found: Option<(String, String)> = self
            .connection
            .query_row("SELECT body, read_at FROM describe_cache WHERE org = ?1", [org], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        found
            .map(|(body, read_at)| Ok(DescribeCache { body: from_json("describe cache", &body)?, read_at }))
            .transpose()
    }

    /// A setting; `None` when it was never set.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when it is of another shape.
    pub fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        let found: Option<String> = self
            .connection
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0))
            .optional()?;
        found.map(|text| from_json("setting", &text)).transpose()
    }

    /// Every setting, by key.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn settings(&self) -> Result<std::collections::BTreeMap<String, Value>, Error> {
        let mut statement = self.connection.prepare("SELECT key, value FROM setting ORDER BY key")?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(String, String)>, _>>()?;
        rows.into_iter().map(|(key, value)| Ok((key, from_json("setting", &value)?))).collect()
    }

    /// Who acts, as set under `officer`.
    pub(crate) fn officer(&self) -> Result<Option<String>, Error> {
        Ok(self.setting::<String>("officer")?.filter(|name| !name.is_empty()))
    }
}

impl Tx<'_> {
    /// # Errors
    /// [`Error::AlreadyThere`] when the name is taken.
    pub fn add_org(&self, org: &Org) -> Result<(), Error> {
        if self.org(&org.name).is_ok() {
            return Err(Error::AlreadyThere { what: "org" });
        }
        self.connection.execute(
            &format!("INSERT INTO org ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
            params![
                org.name,
                org.instance_url,
                org.login_url,
                org.client_id,
                org.org_id,
                org.user_id,
                org.username,
                org.access_token.as_ref().map(Token::reveal),
                org.refresh_token.as_ref().map(Token::reveal),
                org.ca_pem,
                org.added_at
            ],
        )?;
        Ok(())
    }

    /// Replaces what is known of an org, tokens included.
    ///
    /// # Errors
    /// [`Error::NotThere`] when no org has that name.
    pub fn change_org(&self, org: &Org) -> Result<(), Error> {
        let changed = self.connection.execute(
            "UPDATE org SET instance_url = ?2, login_url = ?3, client_id = ?4, org_id = ?5, user_id = ?6, username = ?7,
                 access_token = ?8, refresh_token = ?9, ca_pem = ?10 WHERE name = ?1",
            params![
                org.name,
                org.instance_url,
                org.login_url,
                org.client_id,
                org.org_id,
                org.user_id,
                org.username,
                org.access_token.as_ref().map(Token::reveal),
                org.refresh_token.as_ref().map(Token::reveal),
                org.ca_pem
            ],
        )?;
        if changed == 0 { Err(Error::NotThere { what: "org" }) } else { Ok(()) }
    }

    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_describe_cache(&self, org: &str, body: &impl Serialize) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO describe_cache (org, body, read_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (org) DO UPDATE SET body = excluded.body, read_at = excluded.read_at",
            params![org, to_json("describe cache", body)?, instant(self.at)],
        )?;
        Ok(())
    }

    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_setting(&self, key: &str, value: &impl Serialize) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, to_json("setting", value)?],
        )?;
        Ok(())
    }
}

impl Vault {
    /// Keeps tokens that the org handed out anew. A deed like any other; the ledger says only that it happened.
    ///
    /// # Errors
    /// [`Error::NotThere`] when no org has that name.
    pub fn keep_tokens(
        &mut self,
        at: chrono::DateTime<chrono::Utc>,
        org: &str,
        access: &Token,
        refresh: Option<&Token>,
    ) -> Result<(), Error> {
        let detail = serde_json::json!({"org": org, "rotated": refresh.is_some()});
        self.deed(at, None, "tokens-refreshed", detail, |tx| {
            let changed = tx.connection.execute(
                "UPDATE org SET access_token = ?2, refresh_token = coalesce(?3, refresh_token) WHERE name = ?1",
                params![org, access.reveal(), refresh.map(Token::reveal)],
            )?;
            if changed == 0 { Err(Error::NotThere { what: "org" }) } else { Ok(()) }
        })
    }
}
