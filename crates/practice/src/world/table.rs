//! The rows of one object, packed, with indexes on the fields that people are looked up by.

use super::{FieldIx, FieldKind, ObjectDef, RowIx, id15};
use std::collections::HashMap;
use std::sync::Arc;

/// The rows of one object that are physically present: live, archived, in the bin, or purged and not
/// yet removed.
#[derive(Debug, Clone)]
pub struct Table {
    def: Arc<ObjectDef>,
    rows: Vec<Option<Row>>,
    present: usize,
    touched: Vec<RowIx>,
    indexes: HashMap<FieldIx, Index>,
    is_deleted: Option<FieldIx>,
    is_archived: Option<FieldIx>,
    durable: Option<FieldIx>,
}

/// Cells in field order: field (2 bytes), length (1 byte, or 255 and 4 bytes), text. Nulls and `false` are left out.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    cells: Box<[u8]>,
    pub(crate) deleted: bool,
    pub(crate) archived: bool,
}

/// Hashes of values with their rows. `base` is sorted once after loading; later values go to `later`.
/// Entries may be out of date: every hit is compared with the row itself.
#[derive(Debug, Clone, Default)]
struct Index {
    base: Vec<(u32, RowIx)>,
    later: HashMap<u32, Vec<RowIx>>,
}

impl Table {
    /// How many rows are physically present.
    pub fn len(&self) -> usize {
        self.present
    }

    /// Whether no row is physically present.
    pub fn is_empty(&self) -> bool {
        self.present == 0
    }

    /// Rows changed since loading, one entry per change; an index kept elsewhere catches up by it.
    pub fn touched(&self) -> &[RowIx] {
        &self.touched
    }

    /// What the rows are rows of.
    pub fn def(&self) -> &Arc<ObjectDef> {
        &self.def
    }

    /// Rows physically present, oldest first.
    pub fn rows(&self) -> impl Iterator<Item = RowIx> + '_ {
        let all = self.rows.iter().enumerate();
        all.filter_map(|(place, it)| it.as_ref().and_then(|_| RowIx::try_from(place).ok()))
    }

    /// The canonical text of a cell: instants `2026-01-02T03:04:05.000Z`, days `2026-01-02`, `true` or
    /// `false`, ids in 18 characters, numbers plain. `None` is null (a boolean is never null).
    pub fn value(&self, row: RowIx, field: FieldIx) -> Option<&str> {
        let row = self.row(row)?;
        if Some(field) == self.is_deleted {
            return Some(if row.deleted { "true" } else { "false" });
        }
        if Some(field) == self.is_archived {
            return Some(if row.archived { "true" } else { "false" });
        }
        row.cell(field).or_else(|| {
            let boolean = self.def.at(field).is_some_and(|it| it.kind == FieldKind::Boolean);
            boolean.then_some("false")
        })
    }

    /// A cell by the field's API name.
    pub fn named(&self, row: RowIx, field: &str) -> Option<&str> {
        self.value(row, self.def.field_ix(field)?)
    }

    /// The row's id in 18 characters.
    pub fn id(&self, row: RowIx) -> Option<&str> {
        self.named(row, "Id")
    }

    /// Whether the row is physically there.
    pub fn is_present(&self, row: RowIx) -> bool {
        self.row(row).is_some()
    }

    /// Whether the row is in the bin, merged away, or purged and not yet removed.
    pub fn is_deleted(&self, row: RowIx) -> bool {
        self.row(row).is_some_and(|it| it.deleted)
    }

    /// Whether the row is an archived activity.
    pub fn is_archived(&self, row: RowIx) -> bool {
        self.row(row).is_some_and(|it| it.archived)
    }

    /// The row with this id (15 or 18 characters; the checksum is not looked at). Rows of EntityDefinition and
    /// FieldDefinition are named by their DurableId: `Contact`, `Contact.Email`.
    pub fn by_id(&self, id: &str) -> Option<RowIx> {
        if let Some(durable) = self.durable {
            return self.lookup(durable, id)?.first().copied();
        }
        let stem = id15(id)?;
        let field = self.def.field_ix("Id")?;
        let index = self.indexes.get(&field)?;
        index
            .candidates(hash_id(stem))
            .find(|row| self.value(*row, field).and_then(id15).is_some_and(|it| it == stem))
    }

    /// Whether [`Table::lookup`] answers for this field.
    pub fn is_indexed(&self, field: FieldIx) -> bool {
        self.indexes.contains_key(&field)
    }

    /// Rows whose cell equals `value`, in row order; `None` when the field is not indexed.
    ///
    /// Text is compared without regard to case unless the field is case-sensitive; ids by their first 15 characters.
    pub fn lookup(&self, field: FieldIx, value: &str) -> Option<Vec<RowIx>> {
        let index = self.indexes.get(&field)?;
        let def = self.def.at(field)?;
        let hash = hash(def.kind, value);
        let mut rows: Vec<RowIx> = index
            .candidates(hash)
            .filter(|row| {
                self.value(*row, field).is_some_and(|it| same(def.kind, def.case_sensitive, it, value))
            })
            .collect();
        rows.sort_unstable();
        rows.dedup();
        Some(rows)
    }

    pub(crate) fn new(def: Arc<ObjectDef>) -> Self {
        let indexes = def
            .numbered()
            .filter(|(_, it)| worth_an_index(it))
            .map(|(field, _)| (field, Index::default()))
            .collect();
        Self {
            is_deleted: def.field_ix("IsDeleted"),
            is_archived: def.field_ix("IsArchived"),
            durable: def.field_ix("DurableId").filter(|_| def.name.ends_with("Definition")),
            rows: Vec::new(),
            present: 0,
            touched: Vec::new(),
            indexes,
            def,
        }
    }

    fn row(&self, row: RowIx) -> Option<&Row> {
        self.rows.get(usize::try_from(row).ok()?)?.as_ref()
    }

    fn row_mut(&mut self, row: RowIx) -> Option<&mut Row> {
        self.rows.get_mut(usize::try_from(row).ok()?)?.as_mut()
    }

    /// Cells that are set, in field order; flags are not among them.
    pub(crate) fn cells(&self, row: RowIx) -> Vec<(FieldIx, String)> {
        self.row(row)
            .map(|it| it.iter().map(|(field, text)| (field, text.to_owned())).collect())
            .unwrap_or_default()
    }

    /// A copy of the row as it stands, for taking a deed back.
    pub(crate) fn copy(&self, row: RowIx) -> Option<Row> {
        self.row(row).cloned()
    }

    /// Puts a row back as it stood, or takes it away.
    pub(crate) fn put_back(&mut self, row: RowIx, copy: Option<Row>) {
        let Some(slot) = usize::try_from(row).ok().and_then(|it| self.rows.get_mut(it)) else { return };
        match (slot.is_some(), copy.is_some()) {
            (true, false) => self.present = self.present.saturating_sub(1),
            (false, true) => self.present += 1,
            (true, true) | (false, false) => {}
        }
        *slot = copy;
        self.touched.push(row);
        self.index_row(row);
    }

    /// Appends a row while loading; [`Table::seal`] must follow before anything is looked up.
    pub(crate) fn load_row(&mut self, row: Row) -> Option<RowIx> {
        let place = RowIx::try_from(self.rows.len()).ok()?;
        for (field, text) in row.iter() {
            if let (Some(index), Some(def)) = (self.indexes.get_mut(&field), self.def.at(field)) {
                index.base.push((hash(def.kind, text), place));
            }
        }
        self.rows.push(Some(row));
        self.present += 1;
        Some(place)
    }

    /// Sorts the indexes after loading.
    pub(crate) fn seal(&mut self) {
        self.rows.shrink_to_fit();
        for index in self.indexes.values_mut() {
            index.base.sort_unstable();
            index.base.shrink_to_fit();
        }
    }

    /// The first row whose id an earlier row already has; right after [`Table::seal`].
    pub(crate) fn duplicate_id(&self) -> Option<RowIx> {
        let field = self.def.field_ix("Id")?;
        let entries = &self.indexes.get(&field)?.base;
        let mut twins = Vec::new();
        for run in entries.chunk_by(|one, other| one.0 == other.0).filter(|it| it.len() > 1) {
            let mut seen = Vec::with_capacity(run.len());
            for (_, row) in run {
                let stem = self.value(*row, field).and_then(id15);
                if seen.contains(&stem) {
                    twins.push(*row);
                } else {
                    seen.push(stem);
                }
            }
        }
        twins.into_iter().min()
    }

    /// Appends a row and indexes it.
    pub(crate) fn insert(&mut self, row: Row) -> Option<RowIx> {
        let place = RowIx::try_from(self.rows.len()).ok()?;
        self.rows.push(Some(row));
        self.present += 1;
        self.touched.push(place);
        self.index_row(place);
        Some(place)
    }

    /// Sets or clears cells of a row.
    pub(crate) fn set(&mut self, row: RowIx, cells: &[(FieldIx, Option<String>)]) {
        let Some(held) = self.row_mut(row) else { return };
        let mut all: Vec<(FieldIx, Option<&str>)> = held
            .iter()
            .filter(|(it, _)| !cells.iter().any(|(new, _)| new == it))
            .map(|(f, t)| (f, Some(t)))
            .collect();
        all.extend(cells.iter().map(|(field, text)| (*field, text.as_deref())));
        let new = pack(all.into_iter().filter_map(|(field, text)| Some((field, text?))).collect());
        held.cells = new;
        self.touched.push(row);
        for (field, text) in cells {
            let (Some(index), Some(def), Some(text)) =
                (self.indexes.get_mut(field), self.def.at(*field), text)
            else {
                continue;
            };
            index.later.entry(hash(def.kind, text)).or_default().push(row);
        }
    }

    /// Sets a cell only where it is null.
    pub(crate) fn fill(&mut self, row: RowIx, field: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.fill_all(row, &[(field, text)]);
        }
    }

    /// Sets cells where they are null; empty texts and names the object does not have are passed over.
    pub(crate) fn fill_all(&mut self, row: RowIx, cells: &[(&str, &str)]) {
        let Some(held) = self.row(row) else { return };
        let blank: Vec<(FieldIx, Option<String>)> = cells
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .filter_map(|(name, text)| Some((self.def.field_ix(name)?, Some((*text).to_owned()))))
            .filter(|(field, _)| held.cell(*field).is_none())
            .collect();
        if !blank.is_empty() {
            self.set(row, &blank);
        }
    }

    /// Appends a row given by field names; names the object does not have are passed over.
    pub(crate) fn append(&mut self, cells: &[(&str, String)]) -> Option<RowIx> {
        let held: Vec<(FieldIx, &str)> = cells
            .iter()
            .filter(|(_, text)| !text.is_empty() && text != "false")
            .filter_map(|(name, text)| Some((self.def.field_ix(name)?, text.as_str())))
            .collect();
        self.insert(Row::new(held, false, false))
    }

    /// A compound address from its parts, as JSON; `None` when every part is null.
    pub fn address(&self, row: RowIx, field: FieldIx) -> Option<serde_json::Value> {
        let compound = self.def.at(field)?;
        let stem = compound.name.strip_suffix("Address").unwrap_or(&compound.name);
        let parts = [
            ("city", "City"),
            ("country", "Country"),
            ("countryCode", "CountryCode"),
            ("geocodeAccuracy", "GeocodeAccuracy"),
            ("latitude", "Latitude"),
            ("longitude", "Longitude"),
            ("postalCode", "PostalCode"),
            ("state", "State"),
            ("stateCode", "StateCode"),
            ("street", "Street"),
        ];
        let mut address = serde_json::Map::new();
        let mut any = false;
        for (key, part) in parts {
            let Some(at) = self.def.field_ix(&format!("{stem}{part}")) else {
                if !key.ends_with("Code") || key == "postalCode" {
                    address.insert(key.to_owned(), serde_json::Value::Null);
                }
                continue;
            };
            let text = self.value(row, at);
            any |= text.is_some();
            let number =
                if key.ends_with("itude") { text.and_then(|it| it.parse::<f64>().ok()) } else { None };
            let value = number.map_or_else(|| serde_json::json!(text), |it| serde_json::json!(it));
            address.insert(key.to_owned(), value);
        }
        any.then_some(serde_json::Value::Object(address))
    }

    /// Puts a describe with other child relationships in place; the fields must be the same.
    pub(crate) fn replace_def(&mut self, def: Arc<ObjectDef>) {
        self.def = def;
    }

    pub(crate) fn mark_deleted(&mut self, row: RowIx, deleted: bool) {
        if let Some(it) = self.row_mut(row) {
            it.deleted = deleted;
        }
    }

    /// Removes a row physically.
    pub(crate) fn remove(&mut self, row: RowIx) {
        self.put_back(row, None);
    }

    fn index_row(&mut self, row: RowIx) {
        let Some(Some(held)) = usize::try_from(row).ok().and_then(|it| self.rows.get(it)) else { return };
        for (field, text) in held.iter() {
            let (Some(index), Some(def)) = (self.indexes.get_mut(&field), self.def.at(field)) else {
                continue;
            };
            let hash = hash(def.kind, text);
            if !index.candidates(hash).any(|it| it == row) {
                index.later.entry(hash).or_default().push(row);
            }
        }
    }
}

impl Row {
    pub(crate) fn new(cells: Vec<(FieldIx, &str)>, deleted: bool, archived: bool) -> Self {
        Self { cells: pack(cells), deleted, archived }
    }

    fn iter(&self) -> impl Iterator<Item = (FieldIx, &str)> {
        self.raw().filter_map(|(field, text)| Some((field, std::str::from_utf8(text).ok()?)))
    }

    fn raw(&self) -> Cells<'_> {
        Cells { rest: &self.cells }
    }

    fn cell(&self, field: FieldIx) -> Option<&str> {
        // A plain loop: every lookup goes through here, and a build without optimisation pays for each adaptor.
        for (it, text) in self.raw() {
            if it >= field {
                return if it == field { std::str::from_utf8(text).ok() } else { None };
            }
        }
        None
    }
}

struct Cells<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Cells<'a> {
    type Item = (FieldIx, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (field, rest) = self.rest.split_first_chunk::<2>()?;
        let (short, rest) = rest.split_first()?;
        let (length, rest) = if *short == u8::MAX {
            let (long, rest) = rest.split_first_chunk::<4>()?;
            (usize::try_from(u32::from_le_bytes(*long)).ok()?, rest)
        } else {
            (usize::from(*short), rest)
        };
        let (text, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some((u16::from_le_bytes(*field), text))
    }
}

fn pack(mut cells: Vec<(FieldIx, &str)>) -> Box<[u8]> {
    cells.sort_by_key(|(field, _)| *field);
    let size = cells.iter().map(|(_, text)| text.len() + if text.len() < 255 { 3 } else { 7 }).sum();
    let mut bytes = Vec::with_capacity(size);
    for (field, text) in cells {
        let Ok(length) = u32::try_from(text.len()) else { continue };
        bytes.extend_from_slice(&field.to_le_bytes());
        match u8::try_from(length) {
            Ok(short) if short < u8::MAX => bytes.push(short),
            _ => {
                bytes.push(u8::MAX);
                bytes.extend_from_slice(&length.to_le_bytes());
            }
        }
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes.into_boxed_slice()
}

impl Index {
    fn candidates(&self, hash: u32) -> impl Iterator<Item = RowIx> + '_ {
        let from = self.base.partition_point(|(it, _)| *it < hash);
        let base = self.base.get(from..).unwrap_or_default().iter();
        let base = base.take_while(move |(it, _)| *it == hash).map(|(_, row)| *row);
        base.chain(self.later.get(&hash).into_iter().flatten().copied())
    }
}

fn worth_an_index(field: &super::FieldDef) -> bool {
    let kind =
        matches!(field.kind, FieldKind::Id | FieldKind::Reference | FieldKind::Email | FieldKind::Phone);
    let named = matches!(
        field.name.as_str(),
        "FirstName"
            | "LastName"
            | "SuppliedEmail"
            | "FromAddress"
            | "ToAddress"
            | "Username"
            | "DeveloperName"
            | "QualifiedApiName"
            | "EventType"
            | "DurableId"
    );
    let flagged = field.name_field || field.unique || field.external_id || field.id_lookup;
    (kind || named || flagged) && field.kind != FieldKind::Base64
}

fn same(kind: FieldKind, case_sensitive: bool, held: &str, asked: &str) -> bool {
    match kind {
        FieldKind::Id | FieldKind::Reference => match (id15(held), id15(asked)) {
            (Some(held), Some(asked)) => held == asked,
            _ => held == asked,
        },
        _ if case_sensitive => held == asked,
        _ => held == asked || held.to_lowercase() == asked.to_lowercase(),
    }
}

fn hash(kind: FieldKind, text: &str) -> u32 {
    match kind {
        FieldKind::Id | FieldKind::Reference => hash_id(id15(text).unwrap_or(text)),
        _ if text.is_ascii() => fnv(text.bytes().map(|it| it.to_ascii_lowercase())),
        _ => fnv(text.to_lowercase().bytes()),
    }
}

fn hash_id(stem: &str) -> u32 {
    fnv(stem.bytes())
}

/// FNV-1a over 64 bits, folded to 32.
fn fnv(bytes: impl Iterator<Item = u8>) -> u32 {
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let folded = (hash ^ (hash >> 32)) & u64::from(u32::MAX);
    u32::try_from(folded).unwrap_or(0)
}
