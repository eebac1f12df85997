//! Numbered changes to the tables, all in one transaction, forward only.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;

/// "HABE"; tells our files from other SQLCipher files.
pub(crate) const APPLICATION_ID: i64 = 0x4841_4245;

/// Every change, oldest first; the version of a file is how many of them it has.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001-first-vault.sql"),
    include_str!("../migrations/0002-what-happened-to-a-request.sql"),
    include_str!("../migrations/0003-providers.sql"),
    include_str!("../migrations/0004-incidents.sql"),
    include_str!("../migrations/0005-people-of-an-incident.sql"),
    include_str!("../migrations/0006-data-map.sql"),
    include_str!("../migrations/0007-records-that-are-made.sql"),
    include_str!("../migrations/0008-forms.sql"),
];

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

#[cfg(test)]
mod tests {
    use crate::{Error, Passphrase, Vault, Verdict};

    fn at() -> chrono::DateTime<chrono::Utc> {
        "2026-11-21T10:15:00Z".parse().unwrap()
    }

    #[test]
    fn a_newer_file_and_a_foreign_one_are_refused_and_stay_as_they_are() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("v");
        let words = Passphrase::new(b"correct horse").unwrap();
        let vault = Vault::create(&path, &words, false, at()).unwrap();
        vault.connection.pragma_update(None, "user_version", 99).unwrap();
        drop(vault);
        let before = std::fs::read(&path).unwrap();
        let refused = Vault::open(&path, &words).map(drop);
        assert!(matches!(refused, Err(Error::Newer { found: 99, .. })), "{refused:?}");
        assert!(std::fs::read(&path).unwrap() == before);
    }

    #[test]
    fn a_file_of_every_earlier_version_is_brought_up_to_date_with_a_copy_set_aside() {
        let folder = tempfile::TempDir::new().unwrap();
        let words = Passphrase::new(b"correct horse").unwrap();
        for earlier in 1..super::newest() {
            let path = folder.path().join(format!("v{earlier}"));
            let key = crate::key::FileKey::derive(&words, [7; 16]).unwrap();
            let mut old = crate::file::connect(&path, &key, true).unwrap();
            super::migrate(&mut old, earlier).unwrap();
            old.execute(
                "INSERT INTO vault_identity (one, vault_id, practice, created_at, signing_seed, hash_key)
                 VALUES (1, ?1, 0, '2026-11-21T10:15:00Z', zeroblob(32), zeroblob(32))",
                ["0".repeat(32)],
            )
            .unwrap();
            drop(old);
            let mut vault = Vault::open(&path, &words).unwrap();
            vault.deed(at(), None, "opened", serde_json::json!({}), |_| Ok(())).unwrap();
            assert_eq!(vault.check().unwrap().verdict, Verdict::Intact);
        }
    }

    #[test]
    fn a_full_disk_has_its_sentence_and_nothing_is_half_written() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("v");
        let words = Passphrase::new(b"correct horse").unwrap();
        let mut vault = Vault::create(&path, &words, false, at()).unwrap();
        let pages: i64 = vault.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let _: i64 = vault
            .connection
            .query_row(&format!("PRAGMA max_page_count = {}", pages + 1), [], |row| row.get(0))
            .unwrap();
        let full = vault.deed(at(), None, "setting", serde_json::json!({}), |tx| {
            tx.put_setting("big", &"x".repeat(500_000))
        });
        assert!(matches!(full, Err(Error::DiskFull)), "{full:?}");
        let _: i64 =
            vault.connection.query_row("PRAGMA max_page_count = 1000000", [], |row| row.get(0)).unwrap();
        assert_eq!(vault.read().setting::<String>("big").unwrap(), None);
        assert_eq!(vault.check().unwrap().verdict, Verdict::Intact);
        vault.deed(at(), None, "setting", serde_json::json!({}), |tx| tx.put_setting("small", &1)).unwrap();
    }
}
