//! The deeds: what changes the org, under Salesforce's rules.
//!
//! Every change goes through the few functions here that note how to take it back, so that a refusal half-way
//! leaves nothing behind.

mod bin;
mod check;
mod convert;
mod delete;
mod merge;
mod save;
mod track;

use super::org::{BinEntry, Undo};
use super::table::Row;
use super::{Change, Deed, FieldIx, ObjectDef, RowIx, SfError, Table, User, World, Written, id15, id18};
use std::sync::Arc;

/// A record that was found: its object, row and 18-character id.
#[derive(Debug, Clone)]
struct Found {
    def: Arc<ObjectDef>,
    row: RowIx,
    id: String,
}

impl World {
    /// Where [`World::roll_back_to`] would go back to.
    pub fn savepoint(&self) -> usize {
        self.journal.len()
    }

    /// Takes back everything done since the savepoint.
    pub fn roll_back_to(&mut self, savepoint: usize) {
        while self.journal.len() > savepoint {
            match self.journal.pop() {
                Some(Undo::Row { object, row, was }) => {
                    if let Some(table) = self.tables.get_mut(&object.to_ascii_lowercase()) {
                        table.put_back(row, was);
                    }
                }
                Some(Undo::Bin { id, was: Some(was) }) => {
                    self.bin.insert(id, was);
                }
                Some(Undo::Bin { id, was: None }) => {
                    self.bin.remove(&id);
                }
                None => break,
            }
        }
    }

    /// Forgets how to go back; to be called when a request is finished.
    pub fn commit(&mut self) {
        self.journal.clear();
    }

    /// Makes the next `times` writes to a record fail with `UNABLE_TO_LOCK_ROW`.
    pub fn lock_row(&mut self, id: &str, times: u32) {
        if let Some(stem) = id15(id) {
            self.rules.locked.insert(stem.to_owned(), times);
        }
    }

    /// Changes a cell behind everybody's back (a fault): no rules, but the dates of change move.
    ///
    /// # Errors
    /// When there is no such record or field, or the value is none for it.
    pub fn meddle(
        &mut self,
        object: &str,
        id: &str,
        field: &str,
        value: Option<&str>,
    ) -> Result<(), SfError> {
        let table = self.table(object).ok_or_else(SfError::not_found)?;
        let row = table.by_id(id).ok_or_else(SfError::not_found)?;
        let def = table.def().clone();
        let field = def.field_ix(field).ok_or_else(SfError::not_found)?;
        let kind = def.at(field).ok_or_else(SfError::not_found)?.kind;
        let text = match value.filter(|it| !it.is_empty()) {
            Some(it) => {
                Some(super::cell::canonical(kind, it).map_err(|_| SfError::not_found())?.into_owned())
            }
            None => None,
        };
        let mut cells = vec![(field, text)];
        cells.extend(self.touch(&def, None));
        self.set_cells(&def.name, row, &cells);
        Ok(())
    }

    /// Runs a deed for each item; a refusal takes back what that item did, or everything when all or none is asked.
    fn each<I, T>(
        &mut self,
        items: &[I],
        all_or_none: bool,
        deed: impl Fn(&mut Self, &I, &mut Vec<Change>) -> Result<T, SfError>,
        refused: impl Fn(&Self, &I) -> Change,
    ) -> Written<T> {
        let start = self.savepoint();
        let mut written = Written { results: Vec::with_capacity(items.len()), changes: Vec::new() };
        for item in items {
            let (savepoint, told) = (self.savepoint(), written.changes.len());
            let result = deed(self, item, &mut written.changes);
            if let Err(error) = &result {
                self.roll_back_to(savepoint);
                written.changes.truncate(told);
                let change = refused(self, item);
                written.changes.push(Change { outcome: error.code.clone(), ..change });
            }
            written.results.push(result);
        }
        if all_or_none && written.results.iter().any(Result::is_err) {
            self.roll_back_to(start);
            for it in written.results.iter_mut().filter(|it| it.is_ok()) {
                *it = Err(SfError::new(
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    "Record rolled back because not all records were valid and the request was using AllOrNone header",
                ));
            }
            for it in written.changes.iter_mut().filter(|it| it.outcome == "ok") {
                "ALL_OR_NONE_OPERATION_ROLLED_BACK".clone_into(&mut it.outcome);
            }
        }
        written
    }

    /// The live record behind an id, as far as this user may know of it.
    fn find(&self, user: &User, id: &str) -> Result<Found, SfError> {
        let found = self.find_any(user, id)?;
        match self.table(&found.def.name) {
            Some(table) if table.is_deleted(found.row) => {
                Err(SfError::new("ENTITY_IS_DELETED", "entity is deleted").status(404))
            }
            _ => Ok(found),
        }
    }

    /// The record behind an id, in the bin or not.
    fn find_any(&self, user: &User, id: &str) -> Result<Found, SfError> {
        let Some(id) = id18(id) else {
            return Err(SfError::new("MALFORMED_ID", format!("bad id {id}")));
        };
        let unknown =
            || SfError::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id").status(404);
        let prefixless = || {
            let holds = |it: &&Table| it.def().key_prefix.is_none() && it.by_id(&id).is_some();
            self.tables.values().find(holds).map(Table::def)
        };
        let def = self
            .object_with_prefix(&id)
            .or_else(prefixless)
            .and_then(|it| self.visible_object(user, &it.name))
            .ok_or_else(unknown)?;
        let row = self.table(&def.name).and_then(|it| it.by_id(&id)).ok_or_else(unknown)?;
        Ok(Found { def: def.clone(), row, id })
    }

    /// Refuses when the row is locked by a fault (and counts that down) or by an approval.
    fn take_lock(&mut self, id: &str) -> Result<(), SfError> {
        let stem = id15(id).unwrap_or(id);
        if let Some(left) = self.rules.locked.get_mut(stem).filter(|it| **it > 0) {
            *left -= 1;
            return Err(SfError::new(
                "UNABLE_TO_LOCK_ROW",
                format!("unable to obtain exclusive access to this record or 1 records: {id}"),
            ));
        }
        let Some(approvals) = self.table("ProcessInstance") else { return Ok(()) };
        let target = approvals.def().field_ix("TargetObjectId");
        let rows = target.and_then(|it| approvals.lookup(it, id)).unwrap_or_default();
        let pending =
            |row: &RowIx| !approvals.is_deleted(*row) && approvals.named(*row, "Status") == Some("Pending");
        if rows.iter().any(pending) {
            return Err(SfError::new(
                "ENTITY_IS_LOCKED",
                "This record is locked. If you need to edit it, contact your admin.",
            ));
        }
        Ok(())
    }

    fn set_cells(&mut self, object: &str, row: RowIx, cells: &[(FieldIx, Option<String>)]) {
        let Some(table) = self.tables.get_mut(&object.to_ascii_lowercase()) else { return };
        self.journal.push(Undo::Row { object: object.to_owned(), row, was: table.copy(row) });
        table.set(row, cells);
    }

    fn insert_row(&mut self, object: &str, cells: &[(FieldIx, String)]) -> Option<RowIx> {
        let table = self.tables.get_mut(&object.to_ascii_lowercase())?;
        let cells = cells.iter().map(|(field, text)| (*field, text.as_str())).collect();
        let row = table.insert(Row::new(cells, false, false))?;
        self.journal.push(Undo::Row { object: object.to_owned(), row, was: None });
        Some(row)
    }

    fn set_deleted(&mut self, object: &str, row: RowIx, deleted: bool) {
        let stamp = super::clock::stamp_seconds(self.now());
        let Some(table) = self.tables.get_mut(&object.to_ascii_lowercase()) else { return };
        self.journal.push(Undo::Row { object: object.to_owned(), row, was: table.copy(row) });
        table.mark_deleted(row, deleted);
        if let Some(field) = table.def().field_ix("SystemModstamp") {
            table.set(row, &[(field, Some(stamp))]);
        }
    }

    fn remove_row(&mut self, object: &str, row: RowIx) {
        let Some(table) = self.tables.get_mut(&object.to_ascii_lowercase()) else { return };
        self.journal.push(Undo::Row { object: object.to_owned(), row, was: table.copy(row) });
        table.remove(row);
    }

    fn set_bin(&mut self, id: &str, entry: Option<BinEntry>) {
        let was = match entry {
            Some(it) => self.bin.insert(id.to_owned(), it),
            None => self.bin.remove(id),
        };
        self.journal.push(Undo::Bin { id: id.to_owned(), was });
    }

    /// Cells that every change moves: the dates, and who did it.
    fn touch(&self, def: &ObjectDef, by: Option<&User>) -> Vec<(FieldIx, Option<String>)> {
        let stamp = super::clock::stamp_seconds(self.now());
        let dates = ["LastModifiedDate", "SystemModstamp"].into_iter().map(|it| (it, stamp.clone()));
        let people = by.into_iter().map(|it| ("LastModifiedById", it.id.clone()));
        let cells = dates.chain(people).filter_map(|(name, text)| Some((def.field_ix(name)?, Some(text))));
        cells.collect()
    }

    /// What a record is called in Salesforce's sentences.
    fn title(&self, table: &Table, row: RowIx) -> String {
        let name = table.def().name_field().and_then(|it| table.value(row, it));
        name.or_else(|| table.id(row)).unwrap_or_default().to_owned()
    }
}

fn done(deed: Deed, object: &str, id: &str) -> Change {
    Change { deed, object: object.to_owned(), id: id.to_owned(), outcome: "ok".to_owned() }
}

fn object_of(world: &World, id: &str) -> String {
    world.object_with_prefix(id).map(|it| it.name.clone()).unwrap_or_default()
}
