//! Numbered changes to the tables, all in one transaction, forward only.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;

/// "HABE"; tells our files from other SQLCipher files.
pub(crate) const APPLICATION_ID: i64 = 0x4841_4245;

/// Every change, oldest first; the version of a file is how many of them it has.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("../migrations/0001-first-vault.sql")];

/// The newest version that this program knows.
pub(crate) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The version of an open file.
pub(crate) fn version(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Refuses a file that is not ours or that a newer program wrote.
pub(crate) fn refuse_foreign(connection: &Connection) -> Result<(), Error> {
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let found = version(connection)?;
    if id != APPLICATION_ID {
        return Err(Error::NotAVault);
    }
    if found > newest() {
        return Err(Error::Newer { found, known: newest() });
    }
    Ok(())
}

/// Brings a file from its version to `to`. Either all of it happens or nothing.
pub(crate) fn migrate(connection: &mut Connection, to: i64) -> Result<(), Error> {
    let from = version(connection)?;
    let change = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    for sql in MIGRATIONS.iter().take(count(to)).skip(count(from)) {
        change.execute_batch(sql)?;
    }
    change.pragma_update(None, "application_id", APPLICATION_ID)?;
    change.pragma_update(None, "user_version", to)?;
    change.commit()?;
    Ok(())
}
