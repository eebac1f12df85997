//! One table from one CSV file in the Data Loader dialect.

use super::source::Source;
use crate::world::cell::canonical;
use crate::world::clock::stamp_seconds;
use crate::world::names::{NameFields, split};
use crate::world::table::Row;
use crate::world::{FieldIx, FieldKind, LoadError, ObjectDef, Table, id15};
use chrono::{DateTime, TimeDelta, Utc};
use std::borrow::Cow;
use std::sync::Arc;

/// What loading fills in where a file leaves system fields out.
#[derive(Debug, Clone)]
pub(super) struct Filling {
    /// The last instant that a filled date may take; dates are spread over the two years before it.
    pub until: DateTime<Utc>,
    /// 18-character id of the user who owns and created what nobody else did.
    pub user: String,
}

/// Reads `records/<Name>.csv`.
pub(super) fn read(
    source: &Source,
    file: &str,
    def: Arc<ObjectDef>,
    fill: &Filling,
) -> Result<Table, LoadError> {
    let (bytes, _) = source.open(file)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let mut loader = Loader { file, fill, shape: Shape::of(&def), columns: Vec::new(), def: def.clone() };
    let mut table = Table::new(def);
    let mut record = csv::ByteRecord::new();
    let mut number = 0u64;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(LoadError::of(file, format_args!("row {number} cannot be read."))),
        }
        if loader.columns.is_empty() {
            loader.columns = loader.header(&record)?;
            continue;
        }
        number += 1;
        let line = record.position().map_or(0, csv::Position::line);
        let row = loader
            .row(&record)
            .map_err(|what| LoadError::of(file, format_args!("row {number} (line {line}): {what}")))?;
        if table.load_row(row).is_none() {
            return Err(LoadError::of(file, "it has too many rows."));
        }
    }
    if loader.columns.is_empty() {
        return Err(LoadError::of(file, "the file is empty; the first line names the columns."));
    }
    table.seal();
    if let Some(row) = table.duplicate_id() {
        return Err(LoadError::of(
            file,
            format_args!("row {}: its Id is already used by an earlier row.", row + 1),
        ));
    }
    Ok(table)
}

#[derive(Debug, Clone, Copy)]
enum Column {
    Cell(FieldIx, FieldKind),
    /// A reference to something that has no record ids (an object or a field by name).
    Named(FieldIx),
    Deleted,
    Archived,
    /// Bodies live in files/; compound values are composed.
    Skipped,
    Composed,
}

/// Positions that loading looks at again and again.
struct Shape {
    id: Option<FieldIx>,
    /// Objects such as FieldDefinition whose rows have no id of their own.
    id_free: bool,
    names: Option<NameFields>,
    created: Option<FieldIx>,
    modified: Option<FieldIx>,
    stamp: Option<FieldIx>,
    people: Vec<FieldIx>,
}

impl Shape {
    fn of(def: &ObjectDef) -> Self {
        let people = ["CreatedById", "LastModifiedById", "OwnerId"];
        Self {
            id: def.field_ix("Id"),
            id_free: matches!(
                def.name.as_str(),
                "FieldDefinition" | "EntityDefinition" | "OauthToken" | "UserPermissionAccess"
            ),
            names: NameFields::of(def),
            created: def.field_ix("CreatedDate"),
            modified: def.field_ix("LastModifiedDate"),
            stamp: def.field_ix("SystemModstamp"),
            people: people.iter().filter_map(|it| def.field_ix(it)).collect(),
        }
    }
}

struct Loader<'a> {
    file: &'a str,
    fill: &'a Filling,
    shape: Shape,
    columns: Vec<(Column, String)>,
    def: Arc<ObjectDef>,
}

impl Loader<'_> {
    fn header(&self, record: &csv::ByteRecord) -> Result<Vec<(Column, String)>, LoadError> {
        let refuse = |what: String| Err(LoadError::of(self.file, what));
        let mut columns: Vec<(Column, String)> = Vec::with_capacity(record.len());
        for (place, bytes) in record.iter().enumerate() {
            let Ok(name) = std::str::from_utf8(bytes) else {
                return refuse(format!("the name of column {} is not UTF-8.", place + 1));
            };
            let name = name.trim_start_matches('\u{feff}').trim().trim_matches('"');
            if name.contains('.') {
                return refuse(format!(
                    "column \"{name}\" reaches through a relationship; name the Id field instead."
                ));
            }
            let Some((field, def)) = self.def.field_ix(name).and_then(|it| Some((it, self.def.at(it)?)))
            else {
                return refuse(format!("column \"{name}\" is no field of {}.", self.def.name));
            };
            if columns.iter().any(|(_, it)| it.eq_ignore_ascii_case(name)) {
                return refuse(format!("column \"{name}\" is there twice."));
            }
            let column = match (def.kind, def.name.as_str()) {
                (_, "IsDeleted") => Column::Deleted,
                (_, "IsArchived") if def.kind == FieldKind::Boolean => Column::Archived,
                (FieldKind::Base64, _) => Column::Skipped,
                (FieldKind::Address | FieldKind::Location, _) => Column::Composed,
                (FieldKind::Reference, _) if refers_to_names(&def.reference_to) => Column::Named(field),
                (kind, _) => Column::Cell(field, kind),
            };
            columns.push((column, def.name.clone()));
        }
        let has_id = columns.iter().any(|(_, it)| it.eq_ignore_ascii_case("Id"));
        if !has_id && !self.shape.id_free {
            return refuse("the column \"Id\" is missing.".to_owned());
        }
        Ok(columns)
    }

    fn row(&self, record: &csv::ByteRecord) -> Result<Row, String> {
        if record.len() != self.columns.len() {
            return Err(format!("it has {} cells, the header has {}.", record.len(), self.columns.len()));
        }
        let mut cells: Vec<(FieldIx, Cow<'_, str>)> = Vec::with_capacity(self.columns.len() + 8);
        let (mut deleted, mut archived) = (false, false);
        for ((column, name), bytes) in self.columns.iter().zip(record.iter()) {
            if bytes.is_empty() {
                continue;
            }
            let text = std::str::from_utf8(bytes).map_err(|_| format!("column \"{name}\" is not UTF-8."))?;
            let bad = |what: &str| format!("column \"{name}\" {what}.");
            match *column {
                Column::Cell(field, kind) => {
                    let text = if kind.is_text() { text } else { text.trim() };
                    let value = canonical(kind, text).map_err(bad)?;
                    if kind != FieldKind::Boolean || value == "true" {
                        cells.push((field, value));
                    }
                }
                Column::Named(field) => cells.push((field, Cow::Borrowed(text))),
                Column::Deleted => deleted = canonical(FieldKind::Boolean, text).map_err(bad)? == "true",
                Column::Archived => archived = canonical(FieldKind::Boolean, text).map_err(bad)? == "true",
                Column::Composed => return Err(bad("is composed from its parts; give the parts instead")),
                Column::Skipped => {}
            }
        }
        self.check_id(&cells)?;
        self.fill_names(&mut cells);
        self.fill_system(&mut cells);
        if self.def.name == "OauthToken" {
            cells.retain(|(field, _)| Some(*field) != self.shape.id);
        }
        Ok(Row::new(cells.iter().map(|(field, text)| (*field, text.as_ref())).collect(), deleted, archived))
    }

    fn check_id(&self, cells: &[(FieldIx, Cow<'_, str>)]) -> Result<(), String> {
        let id = cells.iter().find(|(field, _)| Some(*field) == self.shape.id).map(|(_, it)| it.as_ref());
        match (id, self.def.key_prefix.as_deref()) {
            (None, _) if self.shape.id_free => Ok(()),
            (None, _) => Err("column \"Id\" is empty.".to_owned()),
            (Some(id), Some(prefix)) if !id.starts_with(prefix) && !self.shape.id_free => Err(format!(
                "column \"Id\" holds an id of another object; {} begins with {prefix}.",
                self.def.name
            )),
            (Some(_), _) => Ok(()),
        }
    }

    fn fill_names(&self, cells: &mut Vec<(FieldIx, Cow<'_, str>)>) {
        let Some(names) = self.shape.names else { return };
        let find = |field: FieldIx| cells.iter().find(|(it, _)| *it == field).map(|(_, text)| text.as_ref());
        match (find(names.whole), find(names.last)) {
            (None, Some(_)) => {
                if let Some(whole) = names.compose(find) {
                    cells.push((names.whole, Cow::Owned(whole)));
                }
            }
            (Some(whole), None) if names.first.and_then(find).is_none() && self.def.name != "Account" => {
                let (first, last) = split(whole);
                let (first, last) = (first.map(str::to_owned), last.to_owned());
                if let (Some(field), Some(first)) = (names.first, first) {
                    cells.push((field, Cow::Owned(first)));
                }
                cells.push((names.last, Cow::Owned(last)));
            }
            _ => {}
        }
    }

    fn fill_system(&self, cells: &mut Vec<(FieldIx, Cow<'_, str>)>) {
        let shape = &self.shape;
        let find = |field: Option<FieldIx>, cells: &[(FieldIx, Cow<'_, str>)]| {
            cells.iter().find(|(it, _)| Some(*it) == field).map(|(_, text)| text.to_string())
        };
        let modified = find(shape.modified, cells).or_else(|| find(shape.stamp, cells));
        if let Some(field) = shape.created
            && find(Some(field), cells).is_none()
        {
            let id = find(shape.id, cells).unwrap_or_default();
            let filled = filled_date(&id, self.fill.until);
            let text = modified.clone().filter(|it| *it < filled).unwrap_or(filled);
            cells.push((field, Cow::Owned(text)));
        }
        let created = find(shape.created, cells);
        let changed = modified.or(created);
        for field in [shape.modified, shape.stamp] {
            if let (Some(field), Some(at)) = (field, &changed)
                && find(Some(field), cells).is_none()
            {
                cells.push((field, Cow::Owned(at.clone())));
            }
        }
        for field in &shape.people {
            if !cells.iter().any(|(it, _)| it == field) && !self.fill.user.is_empty() {
                cells.push((*field, Cow::Owned(self.fill.user.clone())));
            }
        }
    }
}

/// How far back the filled-in dates of records reach, in seconds: two years.
pub(super) const REACH_BACK: i64 = 63_000_000;

/// An instant in the two years before `until` that depends on the id alone.
pub(super) fn filled_date(id: &str, until: DateTime<Utc>) -> String {
    let stem = id15(id).unwrap_or(id);
    let mixed = stem.bytes().fold(7u64, |sum, it| sum.wrapping_mul(1_000_003).wrapping_add(u64::from(it)));
    let seconds = i64::try_from(mixed % REACH_BACK.unsigned_abs()).unwrap_or(0) + 3600;
    stamp_seconds(until.checked_sub_signed(TimeDelta::seconds(seconds)).unwrap_or(until))
}

fn refers_to_names(targets: &[String]) -> bool {
    targets.iter().any(|it| matches!(it.as_str(), "EntityDefinition" | "FieldDefinition" | "EntityParticle"))
}
