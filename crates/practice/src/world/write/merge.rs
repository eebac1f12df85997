//! Merging: losers go to the bin with the winner's id on them, their children move to the winner.

use super::save::no_access;
use super::{done, object_of};
use crate::world::org::BinEntry;
use crate::world::person::{is_person, merged_mirror};
use crate::world::{Change, Deed, Merge, RowIx, Saved, SfError, User, World, Written};

impl World {
    /// Folds at most two records into one of the same object. Nothing changes when any of them cannot be.
    pub fn merge(&mut self, user: &User, merge: &Merge) -> Written<Saved> {
        self.each(
            std::slice::from_ref(merge),
            true,
            |world, it, changes| world.merge_one(user, it, changes),
            |world, it| {
                let id = it.master.id.clone().unwrap_or_default();
                done(Deed::Update, &object_of(world, &id), &id)
            },
        )
    }

    fn merge_one(&mut self, user: &User, merge: &Merge, changes: &mut Vec<Change>) -> Result<Saved, SfError> {
        let master = self.find(user, merge.master.id.as_deref().unwrap_or_default())?;
        let def = master.def.clone();
        if !def.mergeable {
            let message = format!("entity type does not support merge: {}", def.label);
            return Err(SfError::new("INVALID_TYPE_FOR_OPERATION", message));
        }
        if !self.may_write(user, &def) {
            return Err(no_access());
        }
        if merge.losers.is_empty() || merge.losers.len() > 2 {
            return Err(SfError::new(
                "INVALID_NUMBER_MERGE",
                "one or two records can be merged into another",
            ));
        }
        let mut losers = Vec::new();
        for id in &merge.losers {
            let loser = self.find(user, id)?;
            if loser.def.name != def.name {
                return Err(SfError::new("INVALID_TYPE", "records of different types cannot be merged"));
            }
            if loser.id == master.id || losers.iter().any(|it: &super::Found| it.id == loser.id) {
                return Err(SfError::new("DUPLICATE_VALUE", "a record is named twice in the merge"));
            }
            if def.name == "Contact" && self.table(&def.name).is_some_and(|it| is_person(it, loser.row)) {
                return Err(SfError::new("INVALID_OPERATION", "Merge person accounts, not their contacts."));
            }
            losers.push(loser);
        }
        let checked = self.check(user, &def, &merge.master, Some(master.row))?;
        for id in losers.iter().map(|it| &it.id).chain([&master.id]) {
            self.take_lock(id)?;
        }
        self.save_changes(user, &master, checked, changes);
        for loser in &losers {
            self.move_children(user, &loser.id, &master.id, &def.name, changes);
            if let Some(field) = def.field_ix("MasterRecordId") {
                self.set_cells(&def.name, loser.row, &[(field, Some(master.id.clone()))]);
            }
            self.mark_merged_mirror(&def.name, loser.row, master.row);
            self.set_deleted(&def.name, loser.row, true);
            let entry = BinEntry {
                object: def.name.clone(),
                root: loser.id.clone(),
                deleted_at: self.now(),
                deleted_by: user.id.clone(),
                cleared: Vec::new(),
            };
            self.set_bin(&loser.id, Some(entry));
            changes.push(done(Deed::Delete, &def.name, &loser.id));
        }
        Ok(Saved { id: master.id, created: false })
    }

    /// The contact of a merged person account carries the winner's contact.
    fn mark_merged_mirror(&mut self, object: &str, loser: RowIx, master: RowIx) {
        let mirror = match (object, self.table("Account"), self.table("Contact")) {
            ("Account", Some(accounts), Some(contacts)) => merged_mirror(accounts, contacts, loser, master),
            _ => None,
        };
        let field = self.object("Contact").and_then(|it| it.field_ix("MasterRecordId"));
        if let (Some((contact, into)), Some(field)) = (mirror, field) {
            self.set_cells("Contact", contact, &[(field, Some(into))]);
        }
    }

    /// Points every live child of one record at another. History stays where it was written.
    pub(super) fn move_children(
        &mut self,
        user: &User,
        from: &str,
        to: &str,
        object: &str,
        changes: &mut Vec<Change>,
    ) {
        let hangs = self.hangs.under(object).to_vec();
        for hang in hangs {
            let Some(table) = self.table(&hang.child) else { continue };
            let def = table.def().clone();
            if hang.field_name == "MasterRecordId" || def.associate_entity_type.as_deref() == Some("History")
            {
                continue;
            }
            let mut rows = table.lookup(hang.field, from).unwrap_or_default();
            rows.retain(|it| !table.is_deleted(*it));
            for row in rows {
                let Some(id) = self.table(&hang.child).and_then(|it| it.id(row)).map(str::to_owned) else {
                    continue;
                };
                let mut cells = vec![(hang.field, Some(to.to_owned()))];
                cells.extend(self.touch(&def, Some(user)));
                self.set_cells(&hang.child, row, &cells);
                self.refresh_copies_on(&hang.child, row);
                changes.push(done(Deed::Update, &hang.child, &id));
            }
        }
    }
}
