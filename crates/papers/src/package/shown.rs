//! The package as its pages show it, to be looked at before it is written.

use super::pages::{Words, origin};
use super::{FieldColumn, ObjectTable, Package, PackageRow, data};
use crate::bundle::Content;
use crate::error::Error;
use crate::rescan;

/// One object of a package as people read it.
#[derive(Debug, Clone)]
pub struct Section {
    pub object: String,
    pub label: String,
    pub label_plural: String,
    pub records: Vec<Shown>,
}

/// One record: where it comes from, then every field that holds something.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: String,
    pub origin: Vec<(String, String)>,
    pub fields: Vec<(FieldColumn, String)>,
}

/// What the pages of the package say. The last look before writing is had here, too.
///
/// # Errors
/// [`Error::Raw`] when something shows that must never be disclosed.
pub fn shown(package: &Package) -> Result<Vec<Section>, Error> {
    let read =
        |table: &ObjectTable| (format!("{}.json", table.object), Content::Bytes(data::json(package, table)));
    rescan::members(&package.objects.iter().map(read).collect::<Vec<_>>())?;
    let words = Words(package.language);
    let section = |table: &ObjectTable| Section {
        object: table.object.clone(),
        label: table.label.clone(),
        label_plural: table.label_plural.clone(),
        records: table
            .rows
            .iter()
            .map(|row| Shown {
                id: row.id.clone(),
                origin: origin(&words, &table.object, row),
                fields: fields(table, row).map(|(field, value)| (field.clone(), value)).collect(),
            })
            .collect(),
    };
    Ok(package.objects.iter().map(section).collect())
}

/// The fields of a record that hold something, each with its value as people read it.
pub(super) fn fields<'a>(
    table: &'a ObjectTable,
    row: &'a PackageRow,
) -> impl Iterator<Item = (&'a FieldColumn, String)> {
    table
        .fields
        .iter()
        .map(|field| (field, data::text(row.values.get(&field.name))))
        .filter(|(_, value)| !value.is_empty())
}
