//! The recycle bin: bringing back, purging, what was deleted when.

use super::save::no_access;
use super::{done, object_of};
use crate::world::org::{BinEntry, Cleared, Return};
use crate::world::{Change, Deed, RowIx, SfError, User, World, Written, id15, id18};
use chrono::{DateTime, TimeDelta, Utc};

impl World {
    /// Takes records, and what went with them, out of the bin.
    pub fn undelete(&mut self, user: &User, ids: &[String]) -> Written<String> {
        self.each(
            ids,
            false,
            |world, id, changes| world.undelete_one(user, id, changes),
            |world, id| done(Deed::Undelete, &object_of(world, id), &id18(id).unwrap_or_else(|| id.clone())),
        )
    }

    /// Purges records from the bin, and what went there with them.
    ///
    /// A record that went with its parent has no entry of its own, nor has one that is not in the bin.
    pub fn empty_bin(&mut self, user: &User, ids: &[String]) -> Written<String> {
        self.each(
            ids,
            false,
            |world, id, changes| {
                let (id, entry) = world.bin_entry(id)?;
                if entry.root != id {
                    return Err(no_entry());
                }
                world.check_bin_access(user, &id, &entry)?;
                world.purge(&id, changes);
                Ok(id)
            },
            |world, id| done(Deed::Purge, &object_of(world, id), &id18(id).unwrap_or_else(|| id.clone())),
        )
    }

    /// Keeps purged rows visible to queryAll, as deleted ones, until [`World::remove_purged`].
    pub fn delay_removal(&mut self, on: bool) {
        self.rules.delayed_removal = on;
    }

    /// Physically removes the rows whose removal was delayed.
    pub fn remove_purged(&mut self) {
        for (object, row) in std::mem::take(&mut self.rules.awaiting_removal) {
            self.remove_row(&object, row);
        }
    }

    /// Lets integrations bring back what is due; to be called before each request. The changes are theirs.
    pub fn catch_up(&mut self) -> Vec<Change> {
        let now = self.now();
        let (due, later): (Vec<Return>, Vec<Return>) =
            std::mem::take(&mut self.rules.returning).into_iter().partition(|it| it.at <= now);
        self.rules.returning = later;
        let mut changes = Vec::new();
        let Some(user) = self.users.first().cloned() else { return changes };
        for Return { object, cells, .. } in due {
            let Some(def) = self.object(&object).cloned() else { continue };
            let skipped = ["Id", "CreatedDate", "LastModifiedDate", "SystemModstamp", "PersonContactId"];
            let values: Vec<(&str, Option<&str>)> = cells
                .iter()
                .filter_map(|(field, text)| Some((def.at(*field)?.name.as_str(), Some(text.as_str()))))
                .filter(|(name, _)| !skipped.contains(name))
                .collect();
            self.insert_plain(&user, &object, &values, &mut changes);
        }
        changes
    }

    /// Ids deleted from `from` to `until` (`/deleted`), with the instant, earliest first.
    pub fn deleted_between(
        &self,
        object: &str,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Vec<(String, DateTime<Utc>)> {
        let binned = self.bin.iter().map(|(id, it)| (it.object.as_str(), id, it.deleted_at));
        let gone = |object: &str, id: &str| {
            self.table(object).is_none_or(|it| it.by_id(id).is_none_or(|row| it.is_deleted(row)))
        };
        let erased = self.erased.iter().filter(|(object, id, _)| gone(object, id));
        let erased = erased.map(|(object, id, at)| (object.as_str(), id, *at));
        let mut all: Vec<(String, DateTime<Utc>)> = binned
            .chain(erased)
            .filter(|(of, _, at)| of.eq_ignore_ascii_case(object) && *at >= from && *at <= until)
            .map(|(_, id, at)| (id.clone(), at))
            .collect();
        all.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
        all.dedup();
        all
    }

    fn bin_entry(&self, id: &str) -> Result<(String, BinEntry), SfError> {
        let Some(id) = id18(id) else {
            return Err(SfError::new("MALFORMED_ID", format!("bad id {id}")));
        };
        let entry = self.bin.get(&id).cloned().ok_or_else(no_entry)?;
        Ok((id, entry))
    }

    fn check_bin_access(&self, user: &User, id: &str, entry: &BinEntry) -> Result<(), SfError> {
        let Some(def) = self.visible_object(user, &entry.object) else { return Err(no_entry()) };
        let owner = self.table(&entry.object).and_then(|it| it.named(it.by_id(id)?, "OwnerId"));
        let own = entry.deleted_by == user.id || owner == Some(&user.id);
        if self.may_write(user, def) && (own || user.may("ModifyAllData")) {
            Ok(())
        } else {
            Err(no_access())
        }
    }

    fn undelete_one(&mut self, user: &User, id: &str, changes: &mut Vec<Change>) -> Result<String, SfError> {
        let Some(id) = id18(id) else {
            return Err(SfError::new("MALFORMED_ID", format!("bad id {id}")));
        };
        let Some(entry) = self.bin.get(&id).cloned() else {
            return Err(SfError::new("UNDELETE_FAILED", "Entity is not in the recycle bin"));
        };
        if entry.root != id {
            return Err(SfError::new(
                "UNDELETE_FAILED",
                "The record went with its parent; restore the parent",
            ));
        }
        self.check_bin_access(user, &id, &entry)?;
        for child in self.bin_group(&id) {
            let Some(of) = self.bin.get(&child).map(|it| it.object.clone()) else { continue };
            let Some(row) = self.table(&of).and_then(|it| it.by_id(&child)) else { continue };
            self.set_deleted(&of, row, false);
            if let Some(field) = self.object(&of).and_then(|it| it.field_ix("MasterRecordId")) {
                self.set_cells(&of, row, &[(field, None)]);
            }
            self.set_bin(&child, None);
            changes.push(done(Deed::Undelete, &of, &child));
        }
        for Cleared { object, row, field, was } in entry.cleared {
            let blank =
                self.table(&object).is_some_and(|it| !it.is_deleted(row) && it.value(row, field).is_none());
            if blank && !was.is_empty() {
                self.set_cells(&object, row, &[(field, Some(was))]);
            }
        }
        Ok(id)
    }

    /// Removes a record of the bin and all that went there with it.
    pub(super) fn purge(&mut self, id: &str, changes: &mut Vec<Change>) {
        for id in self.bin_group(id) {
            let Some(entry) = self.bin.get(&id).cloned() else { continue };
            let Some(row) = self.table(&entry.object).and_then(|it| it.by_id(&id)) else { continue };
            self.note_return(&entry.object, row);
            self.set_bin(&id, None);
            if self.rules.delayed_removal {
                self.rules.awaiting_removal.push((entry.object.clone(), row));
            } else {
                self.remove_row(&entry.object, row);
            }
            self.erased.push((entry.object.clone(), id.clone(), entry.deleted_at));
            if let Some(stem) = id15(&id) {
                self.files.remove(stem);
            }
            changes.push(done(Deed::Purge, &entry.object, &id));
        }
    }

    /// The record itself and everything that went to the bin with it.
    fn bin_group(&self, root: &str) -> Vec<String> {
        let mut all: Vec<String> = self
            .bin
            .iter()
            .filter(|(id, it)| it.root == root && *id != root)
            .map(|(id, _)| id.clone())
            .collect();
        all.insert(0, root.to_owned());
        all
    }

    /// Remembers a purged record that an integration will bring back.
    fn note_return(&mut self, object: &str, row: RowIx) {
        let Some(table) = self.table(object) else { return };
        let mut due = None;
        for it in self.rules.integrations.iter().filter(|it| it.recreates.eq_ignore_ascii_case(object)) {
            let Some(key) = table.named(row, &it.key) else { continue };
            if it.only.is_empty() || it.only.iter().any(|only| only == key) {
                due = Some(self.now() + TimeDelta::minutes(i64::from(it.after_minutes)));
            }
        }
        if let Some(at) = due {
            let cells = table.cells(row);
            self.rules.returning.push(Return { at, object: object.to_owned(), cells });
        }
    }
}

fn no_entry() -> SfError {
    SfError::new("INVALID_ID_FIELD", "no recycle bin entry found")
}
