//! Creating and opening the encrypted file.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, params};

use crate::error::Error;
use crate::key::{FileKey, Passphrase, SALT_BYTES, random};
use crate::lock::WriterLock;
use crate::migrate;
use crate::sql::instant;

const PAGE_BYTES: u64 = 4096;

/// An open vault. Reading goes through [`Vault::read`], every change through [`Vault::deed`].
pub struct Vault {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) key: FileKey,
    pub(crate) lock: Option<WriterLock>,
    practice: bool,
    vault_id: String,
    signing_key: ed25519_dalek::SigningKey,
    hash_key: [u8; 32],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Vault").field("vault_id", &self.vault_id).field("practice", &self.practice).finish()
    }
}

impl Vault {
    /// Makes a new vault. The file appears whole or not at all and is never written over another one.
    ///
    /// # Errors
    /// [`Error::Exists`] when anything stands at `path`; [`Error::DiskFull`], [`Error::ReadOnly`], [`Error::Io`].
    pub fn create(
        path: &Path,
        passphrase: &Passphrase,
        practice: bool,
        at: DateTime<Utc>,
    ) -> Result<Self, Error> {
        if path.symlink_metadata().is_ok() {
            return Err(Error::Exists);
        }
        let key = FileKey::derive(passphrase, random::<SALT_BYTES>()?)?;
        let vault_id = casework::ledger::hex(&random::<16>()?);
        let seed = random::<32>()?;
        let hash_key = random::<32>()?;
        build_whole(path, |temporary| {
            let mut connection = connect(temporary, &key, true)?;
            migrate::migrate(&mut connection, migrate::newest())?;
            connection.execute(
                "INSERT INTO vault_identity (one, vault_id, practice, created_at, signing_seed, hash_key)
                 VALUES (1, ?1, ?2, ?3, ?4, ?5)",
                params![vault_id, practice, instant(at), seed, hash_key],
            )?;
            connection.close().map_err(|(_, error)| error)?;
            Ok(())
        })?;
        let mut vault = Self::open_with(path, key)?;
        vault.deed(
            at,
            None,
            "vault-created",
            serde_json::json!({"vault": vault_id, "practice": practice}),
            |_| Ok(()),
        )?;
        Ok(vault)
    }

    /// Opens a vault. A file of an older version is copied aside (`NAME.before-N`) and then brought up to date.
    ///
    /// # Errors
    /// One of its own for a missing, empty, cut, foreign, newer or damaged file and for a wrong passphrase; the file is
    /// untouched by any of them.
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, Error> {
        let salt = look_at(path)?;
        Self::open_with(path, FileKey::derive(passphrase, salt)?)
    }

    pub(crate) fn open_with(path: &Path, key: FileKey) -> Result<Self, Error> {
        let mut connection = connect(path, &key, false)?;
        // The first read decides: SQLCipher reports a wrong key and a broken first page alike.
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(at_opening)?;
        migrate::refuse_foreign(&connection)?;
        if migrate::version(&connection)? < migrate::newest() {
            let lock = WriterLock::take(path)?;
            set_aside(&connection, path, &key)?;
            migrate::migrate(&mut connection, migrate::newest())?;
            drop(lock);
        }
        let (vault_id, practice, seed, hash_key) = connection.query_row(
            "SELECT vault_id, practice, signing_seed, hash_key FROM vault_identity WHERE one = 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, [u8; 32]>(2)?, row.get(3)?)),
        )?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            key,
            lock: None,
            practice,
            vault_id,
            signing_key: ed25519_dalek::SigningKey::from_bytes(&seed),
            hash_key,
        })
    }

    /// Whether it is a practice vault: fixed at creation, for ever.
    pub fn practice(&self) -> bool {
        self.practice
    }

    /// 32 hex digits, the same in every copy of this vault.
    pub fn vault_id(&self) -> &str {
        &self.vault_id
    }

    /// Signs this vault's bundles.
    pub fn signing_key(&self) -> &ed25519_dalek::SigningKey {
        &self.signing_key
    }

    /// Key of the HMAC-SHA256 under which identifiers are kept after their data was shredded.
    pub fn hash_key(&self) -> &[u8] {
        &self.hash_key
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Becomes the one writer until the vault is closed. [`Vault::deed`] does this by itself; a long run can do it first.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process writes to this vault.
    pub fn begin_writing(&mut self) -> Result<(), Error> {
        if self.lock.is_none() {
            self.lock = Some(WriterLock::take(&self.path)?);
        }
        Ok(())
    }

    /// A file that was taken away while it is open would go on taking what nobody can read again.
    pub(crate) fn still_there(&self) -> Result<(), Error> {
        if self.path.exists() { Ok(()) } else { Err(Error::Gone) }
    }

    /// Lets others write again.
    pub fn stop_writing(&mut self) {
        self.lock = None;
    }
}

/// Reads the salt, refusing whatever cannot be a vault before any key is derived.
pub(crate) fn look_at(path: &Path) -> Result<[u8; SALT_BYTES], Error> {
    let mut file = fs::File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(Error::NotAVault);
    }
    if about.len() == 0 {
        return Err(Error::Empty);
    }
    if about.len() < PAGE_BYTES {
        return Err(Error::Truncated);
    }
    let mut salt = [0_u8; SALT_BYTES];
    file.read_exact(&mut salt)?;
    if &salt == b"SQLite format 3\0" || salt.starts_with(b"PK\x03\x04") || salt.starts_with(b"%PDF-") {
        return Err(Error::NotAVault);
    }
    if about.len() % PAGE_BYTES != 0 {
        return Err(Error::Truncated);
    }
    Ok(salt)
}

/// Opens a connection and gives it the key; nothing is read yet.
pub(crate) fn connect(path: &Path, key: &FileKey, create: bool) -> Result<Connection, Error> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = Connection::open_with_flags(path, flags)?;
    give_key(&connection, key)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;",
    )?;
    Ok(connection)
}

fn give_key(connection: &Connection, key: &FileKey) -> Result<(), Error> {
    // SQLCipher would write to the terminal by itself; what went wrong is told once, by us.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let statement = zeroize::Zeroizing::new(format!("PRAGMA key = \"{}\";", key.notation()));
    connection.execute_batch(&statement)?;
    // Figures of SQLCipher 4, named so that a later default cannot change how our files are read.
    connection.execute_batch(
        "PRAGMA cipher_page_size = 4096; PRAGMA cipher_hmac_algorithm = HMAC_SHA512; PRAGMA cipher_memory_security = ON;",
    )?;
    Ok(())
}

/// What the first read's failure means.
fn at_opening(error: rusqlite::Error) -> Error {
    match Error::from(error) {
        Error::Damaged => Error::Truncated,
        other => other,
    }
}

/// Copies the file aside before its tables change.
fn set_aside(connection: &Connection, path: &Path, key: &FileKey) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".before-{}", migrate::newest()));
    let aside = path.with_file_name(name);
    if aside.symlink_metadata().is_ok() {
        return Ok(());
    }
    crate::copy::copy_to(connection, key, &aside)
}

/// Removes a file that was being built, and the journals that SQLite kept beside it when a disk was full.
pub(crate) fn remove_unfinished(path: &Path) {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(ending);
        let _ = fs::remove_file(path.with_file_name(name));
    }
}

/// Builds a file beside its place and moves it there when it is whole. Never replaces anything.
pub(crate) fn build_whole(path: &Path, build: impl FnOnce(&Path) -> Result<(), Error>) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".new-{}", casework::ledger::hex(&random::<4>()?)));
    let temporary = path.with_file_name(name);
    let built = build(&temporary).and_then(|()| {
        fs::File::open(&temporary)?.sync_all()?;
        // A hard link fails where something stands already; a rename would replace it.
        match fs::hard_link(&temporary, path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(Error::Exists),
            Err(_) if path.symlink_metadata().is_ok() => Err(Error::Exists),
            Err(_) => Ok(fs::rename(&temporary, path)?),
        }
    });
    // Gone already after a rename; otherwise the second name of the file, or what a failure left.
    remove_unfinished(&temporary);
    match built {
        Err(Error::Missing) => Err(Error::ReadOnly),
        other => other,
    }
}
