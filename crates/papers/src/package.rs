//! The consumer's package: only their data, for people (HTML, PDF, CSV) and for machines (JSON), in a new folder.
//!
//! Nothing of ours goes in: no coverage, no reasons, no other people's records. What must never be disclosed is
//! withheld by the caller and described here.

mod data;
mod pages;
mod paper;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::bundle::Content;
use crate::document::{Language, Warning};
use crate::error::Error;
use crate::hash::sha256;
use crate::names;
use crate::new_file::{PartialFolder, failed};
use crate::rescan;

pub use shown::{Section, Shown, shown};

/// The list of hashes in every package.
const SUMS: &str = "SHA256SUMS";

/// Everything that one person will be given.
#[derive(Debug, Clone)]
pub struct Package {
    /// `R-2026-0001`, the reference they may quote.
    pub case: String,
    /// Who answers: the business's name.
    pub business: String,
    /// When the data was read and the package made.
    pub prepared_at: DateTime<Utc>,
    pub practice: bool,
    /// Of the start page, the pages and the PDF; what the org holds stays as it is.
    pub language: Language,
    /// In words: "the time from … to …".
    pub period: String,
    pub objects: Vec<ObjectTable>,
    pub files: Vec<PackageFile>,
    pub withheld: Vec<Withheld>,
    /// What is theirs and yet not here: the record, and why.
    pub left_out: Vec<(String, String)>,
}

/// The rows of one object.
#[derive(Debug, Clone)]
pub struct ObjectTable {
    /// API name, `Contact`.
    pub object: String,
    /// As people see it, `Contact`.
    pub label: String,
    pub label_plural: String,
    /// The columns, in the order to show; `Id` should be first.
    pub fields: Vec<FieldColumn>,
    pub rows: Vec<PackageRow>,
}

#[derive(Debug, Clone)]
pub struct FieldColumn {
    /// API name, `MailingCity`.
    pub name: String,
    /// As people see it, `Mailing City`.
    pub label: String,
    /// A conclusion drawn about the person: a score, a segment.
    pub inference: bool,
}

/// One record.
#[derive(Debug, Clone)]
pub struct PackageRow {
    pub id: String,
    /// `live`, `bin`, `archived`, `merged`.
    pub presence: String,
    /// Where it came from and when it was collected, as far as the record says; else empty.
    pub source: String,
    pub collected_at: String,
    /// Field API name → value; absent means empty.
    pub values: BTreeMap<String, Value>,
}

/// One file with its body.
#[derive(Debug, Clone)]
pub struct PackageFile {
    /// The name it has in Salesforce; any text. A safe unique name is made from it.
    pub name: String,
    /// The record it comes from: object and id.
    pub object: String,
    pub id: String,
    pub content: Content,
}

/// Something that is held but must not be disclosed (§ 7024(d)): described, never shown.
#[derive(Debug, Clone)]
pub struct Withheld {
    pub object: String,
    pub field: String,
    pub label: String,
    /// In words: "a Social Security number".
    pub what: String,
    pub because: String,
    /// How many records hold it.
    pub records: u64,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    pub folder: PathBuf,
    /// Paths inside the folder, with `/`, sorted.
    pub files: Vec<String>,
    pub rows: u64,
    /// By which the package can be checked: of the encrypted ZIP, else of `SHA256SUMS`.
    pub sha256: String,
    /// What the PDF could not show as it stands; empty almost always.
    pub warnings: Vec<Warning>,
}

/// How the package is laid down in its folder.
#[derive(Debug, Clone, Copy)]
pub enum Form<'a> {
    /// The files themselves.
    Open,
    /// One ZIP encrypted with AES-256 under this password. Names stay readable in a ZIP, so files get neutral ones.
    Locked { password: &'a str },
}

/// Writes the package into the new folder `to`: `00-START-HERE.html`, `your-data.pdf`,
/// `data/<object>.{json,csv,html}`, `data/fields.csv`, `files/…`, `SHA256SUMS`; or all of these in one encrypted ZIP.
/// The same open package gives the same bytes.
///
/// # Errors
/// [`Error`]; whatever the error, nothing is left at `to`.
pub fn write(package: &Package, form: Form<'_>, to: &Path) -> Result<Written, Error> {
    let folder = PartialFolder::begin(to)?;
    let (members, warnings) = members(package, form)?;
    let mut written = Written {
        folder: to.to_path_buf(),
        files: Vec::new(),
        rows: package.objects.iter().map(|table| u64::try_from(table.rows.len()).unwrap_or(u64::MAX)).sum(),
        sha256: String::new(),
        warnings,
    };
    match form {
        Form::Open => {
            for (path, content) in members {
                let mut file = folder.create(&path)?;
                copy(&content, &mut file, to)?;
                file.sync_all().map_err(|source| failed(to, source))?;
                if path == SUMS
                    && let Content::Bytes(bytes) = &content
                {
                    written.sha256 = sha256(bytes);
                }
                written.files.push(path);
            }
        }
        Form::Locked { password } => {
            let name = format!("{}.zip", package.case);
            let bytes = locked(members, password, to)?;
            written.sha256 = sha256(&bytes);
            let mut file = folder.create(&name)?;
            copy(&Content::Bytes(bytes), &mut file, to)?;
            file.sync_all().map_err(|source| failed(to, source))?;
            written.files.push(name);
        }
    }
    folder.finish()?;
    written.files.sort();
    Ok(written)
}

/// Path in the package and content.
type Members = Vec<(String, Content)>;

/// Every file of the package, the list of hashes last.
fn members(package: &Package, form: Form<'_>) -> Result<(Members, Vec<Warning>), Error> {
    let mut members = Members::new();
    let mut taken = BTreeSet::new();
    let mut objects: Vec<(&ObjectTable, String)> = Vec::new();
    for table in &package.objects {
        let stem = names::safe_unique(&table.object, &mut taken);
        members.push((format!("data/{stem}.json"), Content::Bytes(data::json(package, table))));
        members.push((format!("data/{stem}.csv"), Content::Bytes(data::csv(table))));
        let page = pages::object(package, table).into_bytes();
        members.push((format!("data/{stem}.html"), Content::Bytes(page)));
        objects.push((table, stem));
    }
    members.push(("data/fields.csv".into(), Content::Bytes(data::fields(package))));
    let mut taken = BTreeSet::new();
    let named: Vec<(&PackageFile, String)> = package
        .files
        .iter()
        .enumerate()
        .map(|(n, file)| {
            let safe = match form {
                Form::Open => names::safe_unique(&file.name, &mut taken),
                Form::Locked { .. } => neutral(n + 1, &file.name),
            };
            (file, safe)
        })
        .collect();
    let paper = paper::render(package, &named)?;
    members.push(("your-data.pdf".into(), Content::Bytes(paper.bytes)));
    let start = pages::start(package, &objects, &named).into_bytes();
    members.push(("00-START-HERE.html".into(), Content::Bytes(start)));
    members.extend(named.into_iter().map(|(file, name)| (format!("files/{name}"), file.content.clone())));
    members.sort_by(|one, other| one.0.cmp(&other.0));
    let mut sums = String::new();
    for (path, content) in &members {
        sums.push_str(&format!("{}  {path}\n", sha256(&content.read()?)));
    }
    members.push((SUMS.into(), Content::Bytes(sums.into_bytes())));
    rescan::members(&members)?;
    Ok((members, paper.warnings))
}

/// `file-0001.pdf`: the name tells nothing, the extension says what opens it.
fn neutral(n: usize, name: &str) -> String {
    let safe = names::safe_unique(name, &mut BTreeSet::new());
    let extension = safe.rsplit_once('.').map(|(_, extension)| format!(".{extension}")).unwrap_or_default();
    format!("file-{n:04}{extension}")
}

/// One ZIP, every member under AES-256 (the WinZip AE-2 form that 7-Zip, WinZip and others open).
fn locked(members: Vec<(String, Content)>, password: &str, to: &Path) -> Result<Vec<u8>, Error> {
    let broken = |source: zip::result::ZipError| failed(to, std::io::Error::other(source));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .with_aes_encryption(zip::AesMode::Aes256, password);
    for (path, content) in members {
        zip.start_file(path, options).map_err(broken)?;
        copy(&content, &mut zip, to)?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

fn copy(content: &Content, into: &mut impl Write, to: &Path) -> Result<(), Error> {
    match content {
        Content::Bytes(bytes) => into.write_all(bytes).map_err(|source| failed(to, source)),
        Content::File(path) => {
            let mut from =
                File::open(path).map_err(|source| Error::Unreadable { path: path.clone(), source })?;
            std::io::copy(&mut from, into).map(|_| ()).map_err(|source| failed(to, source))
        }
    }
}
