//! What follows from the records: latest versions, numbers of auto-number fields, the bin.

use crate::world::cell::parse_instant;
use crate::world::org::BinEntry;
use crate::world::person::set;
use crate::world::{FieldKind, RowIx, World, id};
use std::collections::{BTreeMap, HashMap};

impl World {
    /// Documents behind versions, their latest version, and the flag on it.
    pub(super) fn fill_document_links(&mut self) {
        let Some(mut versions) = self.tables.remove("contentversion") else { return };
        let mut documents = self.tables.remove("contentdocument");
        let mut of: BTreeMap<String, Vec<RowIx>> = BTreeMap::new();
        let rows: Vec<RowIx> = versions.rows().collect();
        for row in rows {
            if versions.named(row, "ContentDocumentId").is_none()
                && let Some(tail) = versions.id(row).and_then(|it| it.get(3..15))
                && let Some(id) = crate::world::id18(&format!("069{tail}"))
            {
                set(&mut versions, row, "ContentDocumentId", &id);
            }
            if let Some(document) = versions.named(row, "ContentDocumentId") {
                of.entry(document.to_owned()).or_default().push(row);
            }
        }
        for (document, mut all) in of {
            all.sort_by_key(|row| {
                let number = versions.named(*row, "VersionNumber").and_then(|it| it.parse::<u64>().ok());
                (number, versions.named(*row, "CreatedDate").map(str::to_owned))
            });
            let marked = all.iter().copied().find(|it| versions.named(*it, "IsLatest") == Some("true"));
            let Some(latest) = marked.or_else(|| all.last().copied()) else { continue };
            set(&mut versions, latest, "IsLatest", "true");
            let Some(table) = documents.as_mut() else { continue };
            let mut cells: Vec<(&str, String)> = Vec::new();
            let copied = [
                "Title",
                "Description",
                "FileType",
                "FileExtension",
                "ContentSize",
                "OwnerId",
                "CreatedById",
                "CreatedDate",
                "LastModifiedById",
                "LastModifiedDate",
                "SystemModstamp",
            ];
            for field in copied {
                cells.extend(versions.named(latest, field).map(|it| (field, it.to_owned())));
            }
            let row = match table.by_id(&document) {
                Some(it) => it,
                None => {
                    let deleted = versions.is_deleted(latest);
                    let Some(row) = table.append(&[("Id", document.clone())]) else { continue };
                    table.mark_deleted(row, deleted);
                    row
                }
            };
            for (field, text) in &cells {
                table.fill(row, field, Some(text));
            }
            let id = versions.id(latest).map(str::to_owned);
            table.fill(row, "LatestPublishedVersionId", id.as_deref());
        }
        self.tables.insert("contentversion".to_owned(), versions);
        if let Some(it) = documents {
            self.tables.insert("contentdocument".to_owned(), it);
        }
    }

    /// Auto-number fields that the files leave empty.
    pub(super) fn fill_numbers(&mut self) {
        for table in self.tables.values_mut() {
            let auto: Vec<_> = table
                .def()
                .numbered()
                .filter(|(_, it)| it.auto_number && it.kind == FieldKind::String)
                .map(|(field, it)| (field, it.name.clone()))
                .collect();
            for (field, name) in auto {
                let rows: Vec<RowIx> = table.rows().filter(|it| table.value(*it, field).is_none()).collect();
                for row in rows {
                    table.fill(row, &name, Some(&format!("{:08}", u64::from(row) + 1000)));
                }
            }
        }
    }

    /// Rows that are deleted when the org starts are in the bin; what hangs under them by cascade went with them.
    pub(super) fn fill_bin(&mut self) {
        let mut found: HashMap<String, BinEntry> = HashMap::new();
        for table in self.tables.values() {
            for row in table.rows().filter(|it| table.is_deleted(*it)) {
                let Some(id) = table.id(row) else { continue };
                let at = table.named(row, "SystemModstamp").or_else(|| table.named(row, "LastModifiedDate"));
                let deleted_at = at.and_then(parse_instant).unwrap_or(self.started_at);
                found.insert(
                    id.to_owned(),
                    BinEntry {
                        object: table.def().name.clone(),
                        root: id.to_owned(),
                        deleted_at,
                        deleted_by: String::new(),
                        cleared: Vec::new(),
                    },
                );
            }
        }
        let mut roots: HashMap<String, String> = HashMap::new();
        for (id, entry) in &found {
            let Some((parent, _)) =
                self.cascading_parents(id).into_iter().find_map(|it| found.get_key_value(&it))
            else {
                continue;
            };
            if found.get(parent).is_some_and(|it| it.deleted_at == entry.deleted_at) {
                roots.insert(id.clone(), parent.clone());
            }
        }
        for (id, mut entry) in found {
            let mut steps = 0;
            while let Some(up) = roots.get(&entry.root).filter(|_| steps < 10) {
                entry.root.clone_from(up);
                steps += 1;
            }
            self.bin.insert(id, entry);
        }
    }

    /// A fresh id for a record of an object; unique in this org.
    pub(in crate::world) fn fresh_id(&mut self, prefix: Option<&str>) -> String {
        let prefix = prefix.unwrap_or("000");
        loop {
            let id = id::make(prefix, "5g0N", self.next_id);
            self.next_id += 1;
            let taken = self.object_with_prefix(prefix).and_then(|it| self.table(&it.name)?.by_id(&id));
            if taken.is_none() {
                return id;
            }
        }
    }
}
