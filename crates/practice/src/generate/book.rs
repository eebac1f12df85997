//! The records of an org folder while it is being written: one CSV per object, row after row, nothing kept in memory.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use super::GenerateError;
use super::columns::SHEETS;
use crate::world::id18;

/// The open tables of an org folder.
pub(super) struct Book {
    folder: PathBuf,
    sheets: BTreeMap<&'static str, Sheet>,
}

struct Sheet {
    prefix: &'static str,
    /// Objects that share a prefix, such as the histories, count from different places.
    first: u64,
    columns: Vec<&'static str>,
    out: csv::Writer<BufWriter<File>>,
    rows: u64,
}

/// A cell: field and value.
pub(super) type Cell<'a> = (&'static str, &'a str);

impl Book {
    pub fn new(folder: &Path) -> Result<Self, GenerateError> {
        for part in ["records", "objects", "files", "event-logs"] {
            fs::create_dir_all(folder.join(part))?;
        }
        Ok(Self { folder: folder.to_owned(), sheets: BTreeMap::new() })
    }

    /// Adds a record and gives its id. Cells that are not named stay empty.
    pub fn add(&mut self, object: &'static str, cells: &[Cell<'_>]) -> Result<String, GenerateError> {
        let sheet = self.sheet(object)?;
        sheet.rows += 1;
        let id = id(sheet.prefix, sheet.first + sheet.rows);
        let mut row: Vec<&str> = vec![""; sheet.columns.len()];
        if let Some(first) = row.first_mut() {
            *first = &id;
        }
        for (name, value) in cells {
            let place = sheet.columns.iter().position(|it| it == name);
            match place.and_then(|at| row.get_mut(at)) {
                Some(cell) => *cell = value,
                None => return Err(GenerateError::NoColumn { object, field: name }),
            }
        }
        sheet.out.write_record(&row)?;
        Ok(id)
    }

    /// The id that the next record of the object will have.
    pub fn next_id(&mut self, object: &'static str) -> Result<String, GenerateError> {
        let sheet = self.sheet(object)?;
        Ok(id(sheet.prefix, sheet.first + sheet.rows + 1))
    }

    /// Rows of the object written so far.
    pub fn count(&mut self, object: &'static str) -> Result<u64, GenerateError> {
        Ok(self.sheet(object)?.rows)
    }

    /// Rows written so far, over all objects.
    pub fn total(&self) -> u64 {
        self.sheets.values().map(|sheet| sheet.rows).sum()
    }

    /// Writes a file of the folder that is not a table of records.
    pub fn file(&self, path: &str, bytes: &[u8]) -> Result<(), GenerateError> {
        Ok(fs::write(self.folder.join(path), bytes)?)
    }

    /// Closes every table. Gives the objects that have one.
    pub fn close(self) -> Result<Vec<&'static str>, GenerateError> {
        let mut names = Vec::new();
        for (name, mut sheet) in self.sheets {
            sheet.out.flush()?;
            names.push(name);
        }
        Ok(names)
    }

    fn sheet(&mut self, object: &'static str) -> Result<&mut Sheet, GenerateError> {
        if !self.sheets.contains_key(object) {
            let known = SHEETS.iter().find(|(name, ..)| *name == object);
            let Some((_, prefix, columns)) = known else { return Err(GenerateError::NoTable { object }) };
            let mut all = vec!["Id"];
            all.extend(columns.split_whitespace());
            let file = File::create(self.folder.join("records").join(format!("{object}.csv")))?;
            let mut out = csv::Writer::from_writer(BufWriter::new(file));
            out.write_record(&all)?;
            let earlier = SHEETS
                .iter()
                .take_while(|(name, ..)| *name != object)
                .filter(|(_, other, _)| other == prefix)
                .count();
            let first = earlier as u64 * 10_000_000;
            self.sheets.insert(object, Sheet { prefix, first, columns: all, out, rows: 0 });
        }
        self.sheets.get_mut(object).ok_or(GenerateError::NoTable { object })
    }
}

/// The id of the nth record with that prefix.
pub(super) fn id(prefix: &str, number: u64) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // Spread, so that neighbours differ in more than the last letter; coprime to 62, so none meet.
    let mut rest = number.wrapping_mul(10_007) % 916_132_832;
    let mut tail = [b'0'; 5];
    for place in tail.iter_mut().rev() {
        let digit = usize::try_from(rest % 62).unwrap_or_default();
        *place = DIGITS.get(digit).copied().unwrap_or(b'0');
        rest /= 62;
    }
    let stem = format!("{prefix}5g00000{}", String::from_utf8_lossy(&tail));
    id18(&stem).unwrap_or(stem)
}
