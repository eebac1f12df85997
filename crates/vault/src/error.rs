//! What can go wrong with the encrypted file, each with what was not done and what to do next.

/// Why the vault could not do it. In every case the file is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("There is no vault at this place. Nothing was changed.")]
    Missing,
    #[error("There is already a file at this place. It was not touched.")]
    Exists,
    #[error("The file is empty (0 bytes): it is no vault. Nothing was changed.")]
    Empty,
    #[error("The file is cut short: part of the vault is missing. Nothing was changed.")]
    Truncated,
    #[error("The file is no vault of this program. Nothing was changed.")]
    NotAVault,
    #[error("The passphrase does not open this vault. Nothing was changed.")]
    WrongPassphrase,
    #[error(
        "The vault was written by a newer version of this program (format {found}, known up to {known}). Nothing was changed."
    )]
    Newer { found: i64, known: i64 },
    #[error("The vault is damaged. Nothing was changed.")]
    Damaged,
    #[error("Another window or command is writing to this vault. Nothing was changed.")]
    Busy,
    #[error("The disk is full. Nothing was saved of this step.")]
    DiskFull,
    #[error("The vault's place does not allow writing. Nothing was changed.")]
    ReadOnly,
    #[error(
        "The vault's file cannot be reached: it was moved, or its drive was taken out or fails. Nothing was saved of this step."
    )]
    Gone,
    #[error("The passphrase is not usable: {0}. Nothing was changed.")]
    BadPassphrase(&'static str),
    #[error("The system's key store could not be used ({why}). Nothing was changed.")]
    KeyStore { why: &'static str },
    #[error("There is no {what} of that name in the vault. Nothing was changed.")]
    NotThere { what: &'static str },
    #[error("A {what} of that name is already in the vault. Nothing was changed.")]
    AlreadyThere { what: &'static str },
    #[error("What the vault holds as {what} cannot be read by this version. Nothing was changed.")]
    Unreadable { what: &'static str, source: serde_json::Error },
    #[error("The vault's ledger does not fit together at entry {seq}. Nothing was changed.")]
    Ledger { seq: u64 },
    #[error("The file could not be read or written. Nothing was changed.")]
    Io(#[source] std::io::Error),
    #[error("The vault refused the step. Nothing was changed.")]
    Sql(#[source] rusqlite::Error),
}

impl Error {
    /// A short word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "vault_missing",
            Self::Exists => "vault_exists",
            Self::Empty => "vault_empty",
            Self::Truncated => "vault_truncated",
            Self::NotAVault => "not_a_vault",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::Newer { .. } => "vault_newer",
            Self::Damaged => "vault_damaged",
            Self::Busy => "vault_busy",
            Self::DiskFull => "disk_full",
            Self::ReadOnly => "read_only",
            Self::Gone => "vault_gone",
            Self::BadPassphrase(_) => "bad_passphrase",
            Self::KeyStore { .. } => "key_store",
            Self::NotThere { .. } => "not_found",
            Self::AlreadyThere { .. } => "already_there",
            Self::Unreadable { .. } => "vault_unreadable",
            Self::Ledger { .. } => "ledger_broken",
            Self::Io(_) => "vault_io",
            Self::Sql(_) => "vault_refused",
        }
    }

    /// What the officer can do.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::Missing => "Check the path, or make a vault with `habeas vault create`.",
            Self::Exists => "Choose another place; nothing is ever overwritten.",
            Self::Empty => {
                "If creating a vault was interrupted, remove the file and create it again; otherwise restore a backup."
            }
            Self::Truncated => "Restore the latest backup; keep this file until the backup was checked.",
            Self::NotAVault => "Check the path: this file belongs to another program.",
            Self::WrongPassphrase => {
                "Try the passphrase again. If it is certainly right, the file is damaged: restore a backup."
            }
            Self::Newer { .. } => "Open it with the newer version of Habeas.",
            Self::Damaged | Self::Ledger { .. } => {
                "Run `habeas vault check`, keep the file, and restore the latest backup."
            }
            Self::Busy => "Wait until the other one is done or close it, then try again; it is safe.",
            Self::DiskFull => "Make room on the disk, then do the step again; it is safe.",
            Self::ReadOnly => "Move the vault to a place where you may write, then do the step again.",
            Self::Gone => {
                "Connect the drive or put the file back where it was, lock and unlock the vault, then do the step again."
            }
            Self::BadPassphrase(_) => "Choose another passphrase.",
            Self::KeyStore { .. } => {
                "Unlock the system's key store (keychain, credential manager, secret service), or go on typing the passphrase."
            }
            Self::NotThere { .. } => "Look at the list of what there is, and check the spelling.",
            Self::AlreadyThere { .. } => "Choose another name.",
            Self::Unreadable { .. } => {
                "Open the vault with the version of Habeas that wrote it, or restore a backup."
            }
            Self::Io(_) => "Check that the disk is connected and that you may use the file, then try again.",
            Self::Sql(_) => "Try again; if it happens again, run `habeas vault check`.",
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::NotADatabase) => Self::WrongPassphrase,
            Some(Code::DatabaseCorrupt) => Self::Damaged,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::ReadOnly) => Self::ReadOnly,
            Some(Code::SystemIoFailure) => Self::Gone,
            Some(Code::CannotOpen) => Self::ReadOnly,
            _ => Self::Sql(error),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::NotFound => Self::Missing,
            Kind::AlreadyExists => Self::Exists,
            Kind::StorageFull | Kind::QuotaExceeded => Self::DiskFull,
            Kind::ReadOnlyFilesystem | Kind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io(error),
        }
    }
}
