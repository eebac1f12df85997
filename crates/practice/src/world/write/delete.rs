//! Deleting: what goes with a record, what bars it, which lookups are cleared.

use super::save::no_access;
use super::{Found, done, object_of};
use crate::world::hang::Hang;
use crate::world::org::{BinEntry, Cleared};
use crate::world::person::{contact_of, is_person};
use crate::world::{Change, Deed, FieldIx, RowIx, SfError, Table, User, World, Written, id18};
use std::collections::{BTreeMap, HashSet};

/// What the deletion of one record comes to.
#[derive(Debug, Default)]
pub(super) struct Fall {
    /// The record first, then everything that goes with it.
    pub rows: Vec<(String, RowIx)>,
    clears: Vec<(String, RowIx, FieldIx)>,
    /// Parent that is barred, and the child that bars it.
    blockers: Vec<((String, RowIx), (String, RowIx))>,
}

/// Records that never go to the bin.
const NEVER_IN_BIN: [&str; 2] = ["FeedItem", "FeedComment"];

impl World {
    /// Moves records and what goes with them to the bin. The results hold 18-character ids.
    pub fn delete(&mut self, user: &User, ids: &[String], all_or_none: bool) -> Written<String> {
        self.each(
            ids,
            all_or_none,
            |world, id, changes| world.delete_one(user, id, changes),
            |world, id| done(Deed::Delete, &object_of(world, id), &id18(id).unwrap_or_else(|| id.clone())),
        )
    }

    /// Deletes records without the bin. Needs the permission `BulkApiHardDelete`.
    pub fn hard_delete(&mut self, user: &User, ids: &[String]) -> Written<String> {
        self.each(
            ids,
            false,
            |world, id, changes| {
                if !user.may("BulkApiHardDelete") {
                    return Err(SfError::new(
                        "INSUFFICIENT_ACCESS",
                        "hardDelete operation requires special user profile permission, please contact your system \
                         administrator",
                    )
                    .status(403));
                }
                let id = world.delete_one(user, id, changes)?;
                world.purge(&id, changes);
                Ok(id)
            },
            |world, id| done(Deed::Delete, &object_of(world, id), &id18(id).unwrap_or_else(|| id.clone())),
        )
    }

    fn delete_one(&mut self, user: &User, id: &str, changes: &mut Vec<Change>) -> Result<String, SfError> {
        let found = self.find(user, id)?;
        self.check_deletable(user, &found)?;
        let fall = self.fall(&found);
        if let Some(error) = self.barred(&fall) {
            return Err(error);
        }
        let ids: Vec<String> = fall
            .rows
            .iter()
            .filter_map(|(object, row)| self.table(object)?.id(*row).map(str::to_owned))
            .collect();
        for id in &ids {
            self.take_lock(id)?;
        }
        self.let_fall(user, &found.id, fall, changes);
        Ok(found.id)
    }

    /// Object and id of everything that the deletion of a record would take along.
    pub fn goes_along(&self, user: &User, id: &str) -> Vec<(String, String)> {
        let Ok(found) = self.find(user, id) else { return Vec::new() };
        let rows = self.fall(&found).rows.into_iter().skip(1);
        rows.filter_map(|(object, row)| {
            let id = self.table(&object)?.id(row)?.to_owned();
            Some((object, id))
        })
        .collect()
    }

    fn check_deletable(&self, user: &User, found: &Found) -> Result<(), SfError> {
        let def = &found.def;
        if !self.may_write(user, def) {
            return Err(no_access());
        }
        if !def.deletable || matches!(def.name.as_str(), "User" | "ContentVersion") {
            let message = format!("entity type cannot be deleted: {}", def.label);
            return Err(SfError::new("INVALID_TYPE_FOR_OPERATION", message));
        }
        let Some(table) = self.table(&def.name) else { return Err(SfError::not_found()) };
        if def.name == "Contact" && is_person(table, found.row) {
            return Err(SfError::new(
                "INVALID_OPERATION",
                "A person contact cannot be deleted by itself; delete its person account.",
            ));
        }
        let tracked = def.name == "FeedItem" && table.named(found.row, "Type") == Some("TrackedChange");
        if (tracked || def.name == "VoiceCall") && !user.may("ModifyAllData") {
            return Err(no_access());
        }
        if matches!(def.name.as_str(), "Order" | "Contract") && is_activated(table, found.row) {
            let name = self.title(table, found.row);
            let kind = def.label.to_lowercase();
            let message = format!(
                "Your attempt to delete {name} could not be completed because the {kind} is activated.\n"
            );
            return Err(SfError::new("DELETE_FAILED", message));
        }
        Ok(())
    }

    /// Walks down from a record: children that go along, children that bar, lookups that are cleared.
    pub(super) fn fall(&self, found: &Found) -> Fall {
        let mut fall = Fall::default();
        let mut seen: HashSet<(String, RowIx)> = HashSet::new();
        let mut open = vec![(found.def.name.clone(), found.row)];
        seen.extend(open.iter().cloned());
        while let Some((object, row)) = open.pop() {
            fall.rows.push((object.clone(), row));
            let mut go_along = Vec::new();
            if object == "Account"
                && let (Some(accounts), Some(contacts)) = (self.table("Account"), self.table("Contact"))
                && is_person(accounts, row)
            {
                go_along.extend(contact_of(accounts, contacts, row).map(|it| ("Contact".to_owned(), it)));
            }
            for hang in self.hangs.under(&object) {
                for child in self.children_of(&object, row, hang) {
                    match self.fate(&object, hang, child) {
                        Fate::GoesAlong => go_along.push((hang.child.clone(), child)),
                        Fate::Bars => {
                            fall.blockers.push(((object.clone(), row), (hang.child.clone(), child)));
                        }
                        Fate::IsCleared => fall.clears.push((hang.child.clone(), child, hang.field)),
                    }
                }
            }
            for it in go_along {
                if seen.insert(it.clone()) {
                    open.push(it);
                }
            }
        }
        fall.blockers.retain(|(_, child)| !seen.contains(child));
        fall.clears.retain(|(object, row, _)| !seen.contains(&(object.clone(), *row)));
        fall
    }

    /// Live rows that point at a record through a lookup.
    fn children_of(&self, object: &str, row: RowIx, hang: &Hang) -> Vec<RowIx> {
        let Some(id) = self.table(object).and_then(|it| it.id(row)) else { return Vec::new() };
        let Some(table) = self.table(&hang.child) else { return Vec::new() };
        let mut rows = table.lookup(hang.field, id).unwrap_or_default();
        rows.retain(|it| !table.is_deleted(*it));
        rows
    }

    fn fate(&self, parent: &str, hang: &Hang, child: RowIx) -> Fate {
        let held_by_document = parent == "ContentDocument"
            && matches!(hang.child.as_str(), "ContentVersion" | "ContentDocumentLink")
            && hang.field_name == "ContentDocumentId";
        if held_by_document {
            return Fate::GoesAlong;
        }
        match (hang.cascade, hang.restrict) {
            (true, true) => match self.table(&hang.child) {
                Some(table) if table.def().field_ix("Status").is_some() && !is_activated(table, child) => {
                    Fate::GoesAlong
                }
                _ => Fate::Bars,
            },
            (true, false) => Fate::GoesAlong,
            (false, true) => Fate::Bars,
            (false, false) => Fate::IsCleared,
        }
    }

    /// Salesforce's sentence about what bars a deletion: for each barred record, the children by their names.
    fn barred(&self, fall: &Fall) -> Option<SfError> {
        let mut parents: BTreeMap<(String, RowIx), BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for (parent, (object, row)) in &fall.blockers {
            let table = self.table(object)?;
            let kinds = parents.entry(parent.clone()).or_default();
            kinds.entry(table.def().label_plural.to_lowercase()).or_default().push(self.title(table, *row));
        }
        if parents.is_empty() {
            return None;
        }
        let mut message = String::new();
        for ((object, row), kinds) in parents {
            let table = self.table(&object)?;
            let salutation = table.named(row, "Salutation").map(|it| format!("{it} ")).unwrap_or_default();
            for (kind, mut names) in kinds {
                names.sort();
                names.dedup();
                message.push_str(&format!(
                    "Your attempt to delete {salutation}{} could not be completed because it is associated with the \
                     following {kind}.: {}\n",
                    self.title(table, row),
                    names.join(", ")
                ));
            }
        }
        Some(SfError::new("DELETE_FAILED", message))
    }

    fn let_fall(&mut self, user: &User, root: &str, fall: Fall, changes: &mut Vec<Change>) {
        let now = self.now();
        let mut cleared = Vec::new();
        for (object, row, field) in fall.clears {
            let Some(def) = self.object(&object).cloned() else { continue };
            let Some(table) = self.table(&object) else { continue };
            let Some(id) = table.id(row).map(str::to_owned) else { continue };
            let was = table.value(row, field).map(str::to_owned).unwrap_or_default();
            let mut cells = vec![(field, None)];
            cells.extend(self.touch(&def, Some(user)));
            self.set_cells(&object, row, &cells);
            self.refresh_copies_on(&object, row);
            changes.push(done(Deed::Update, &object, &id));
            cleared.push(Cleared { object, row, field, was });
        }
        for (object, row) in fall.rows {
            let Some(id) = self.table(&object).and_then(|it| it.id(row)).map(str::to_owned) else { continue };
            changes.push(done(Deed::Delete, &object, &id));
            if NEVER_IN_BIN.contains(&object.as_str()) {
                self.erased.push((object.clone(), id, now));
                self.remove_row(&object, row);
                continue;
            }
            self.set_deleted(&object, row, true);
            let entry = BinEntry {
                object,
                root: root.to_owned(),
                deleted_at: now,
                deleted_by: user.id.clone(),
                cleared: if id == root { std::mem::take(&mut cleared) } else { Vec::new() },
            };
            self.set_bin(&id, Some(entry));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    GoesAlong,
    Bars,
    IsCleared,
}

/// Orders and contracts that are activated bar the deletion of their account; drafts go along.
fn is_activated(table: &Table, row: RowIx) -> bool {
    let code = table.named(row, "StatusCode").or_else(|| table.named(row, "Status"));
    code.is_some_and(|it| it.eq_ignore_ascii_case("Activated") || it.eq_ignore_ascii_case("A"))
}
