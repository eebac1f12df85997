//! The consumer's package: only their data, for people (HTML, CSV) and for machines (JSON), in a new folder.
//!
//! Nothing of ours goes in: no coverage, no reasons, no other people's records. What must never be disclosed is
//! withheld by the caller and described here.

mod data;
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::bundle::Content;
use crate::error::Error;
use crate::names;
use crate::new_file::{PartialFolder, failed};

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
    pub objects: Vec<ObjectTable>,
    pub files: Vec<PackageFile>,
    pub withheld: Vec<Withheld>,
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
}

/// One record.
#[derive(Debug, Clone)]
pub struct PackageRow {
    pub id: String,
    /// `live`, `bin`, `archived`, `merged`.
    pub presence: String,
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
}

/// Writes the package into the new folder `to`: `00-START-HERE.html`, `data/<object>.{json,csv,html}`,
/// `data/fields.csv`, `files/…`. The same package gives the same bytes.
///
/// # Errors
/// [`Error`]; whatever the error, nothing is left at `to`.
pub fn write(package: &Package, to: &Path) -> Result<Written, Error> {
    let folder = PartialFolder::begin(to)?;
    let mut files = Vec::new();
    let mut put = |path: String, bytes: &[u8]| -> Result<(), Error> {
        let mut file = folder.create(&path)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|source| failed(to, source))?;
        files.push(path);
        Ok(())
    };
    let mut taken = BTreeSet::new();
    let mut objects: Vec<(&ObjectTable, String)> = Vec::new();
    for table in &package.objects {
        let stem = names::safe_unique(&table.object, &mut taken);
        put(format!("data/{stem}.json"), &data::json(package, table))?;
        put(format!("data/{stem}.csv"), &data::csv(table))?;
        put(format!("data/{stem}.html"), pages::object(package, table).as_bytes())?;
        objects.push((table, stem));
    }
    put("data/fields.csv".into(), &data::fields(package))?;
    let mut taken = BTreeSet::new();
    let named: Vec<(&PackageFile, String)> =
        package.files.iter().map(|file| (file, names::safe_unique(&file.name, &mut taken))).collect();
    put("00-START-HERE.html".into(), pages::start(package, &objects, &named).as_bytes())?;
    for (file, name) in &named {
        let path = format!("files/{name}");
        copy(&file.content, &mut folder.create(&path)?, to)?;
        files.push(path);
    }
    folder.finish()?;
    files.sort();
    let rows = package.objects.iter().map(|table| u64::try_from(table.rows.len()).unwrap_or(u64::MAX)).sum();
    Ok(Written { folder: to.to_path_buf(), files, rows })
}

fn copy(content: &Content, file: &mut File, to: &Path) -> Result<(), Error> {
    match content {
        Content::Bytes(bytes) => file.write_all(bytes).map_err(|source| failed(to, source))?,
        Content::File(path) => {
            let mut from =
                File::open(path).map_err(|source| Error::Unreadable { path: path.clone(), source })?;
            std::io::copy(&mut from, file).map_err(|source| failed(to, source))?;
        }
    }
    file.sync_all().map_err(|source| failed(to, source))
}
