//! Why a paper was not made. In every case nothing was left behind at the target.

use std::path::PathBuf;

/// Why a paper was not made or not checked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something already stands at the target. It was not touched.
    #[error("something already stands at the place to write to; it was not touched")]
    AlreadyThere { path: PathBuf },
    /// The disk has no room left. What had been written was removed again.
    #[error("the disk is full; nothing was left behind")]
    DiskFull { path: PathBuf },
    /// The target could not be written. What had been written was removed again.
    #[error("could not write; nothing was left behind")]
    Unwritable { path: PathBuf, source: std::io::Error },
    /// A file that should go into the paper could not be read.
    #[error("a file that is needed here could not be read")]
    Unreadable { path: PathBuf, source: std::io::Error },
    /// Two entries of one bundle have names that are equal, or equal but for case.
    #[error("two entries of the bundle share the name {path}")]
    NameTaken { path: String },
    /// An entry's name is absolute, climbs out, is no printable ASCII, or is one of the bundle's own names.
    #[error("an entry's name cannot stand in a bundle: {path}")]
    NameUnsafe { path: String },
    /// More than a bundle can hold: 65,000 entries, 4 GiB in one entry or in all.
    #[error("too much for one bundle: at most 65,000 entries and 4 GiB")]
    TooMuch,
    /// The file is no readable ZIP: problem `bundle_unreadable`.
    #[error("the file is not a readable ZIP")]
    BundleUnreadable { because: String },
    /// The last look found an identifier that must never be disclosed.
    #[error("{file} holds {what} in full, which must not leave the vault; nothing was written")]
    Raw { file: String, what: &'static str },
    /// The last look could not be finished.
    #[error("what was about to be written could not be examined to the end; nothing was written")]
    NotScanned,
    /// The file given as `--signer` holds no Ed25519 public key.
    #[error("the signer file holds no Ed25519 public key in PEM form")]
    SignerUnreadable,
    /// A figure's picture could not be read as PNG.
    #[error("a picture of the paper is not a readable PNG")]
    Picture { because: String },
    /// A letter's wording has a blank that must be filled and was not. `fill` says how.
    #[error("the letter has a blank that is not filled: {blank} ({about})")]
    BlankMissing { blank: String, about: String, fill: String },
    /// A wording names a blank that this kind of letter does not have.
    #[error("the wording has a blank that this letter does not know: {blank}")]
    BlankUnknown { blank: String, known: String },
    /// An edited wording lost a blank that the law asks for.
    #[error("the wording leaves out the blank {blank} ({about})")]
    BlankLeftOut { blank: String, about: String },
    /// A wording could not be read as one.
    #[error("the wording cannot be read at line {line}: {because}")]
    WordingUnreadable { line: usize, because: String },
    /// A built-in asset (font, wording) could not be used: the program itself is damaged.
    #[error("a built-in asset could not be used: {what}")]
    Asset { what: String },
}
