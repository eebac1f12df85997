//! The lists of children that describes show.

use super::{ChildRel, World};
use std::collections::BTreeSet;
use std::sync::Arc;

impl World {
    /// Completes `childRelationships` of the objects that came from the catalogue, and adds custom lookups to
    /// captured parents that do not list them.
    pub(super) fn add_listed_children(&mut self, captured: &BTreeSet<String>) {
        let keys: Vec<String> = self.tables.keys().cloned().collect();
        for key in keys {
            let Some(table) = self.tables.get_mut(&key) else { continue };
            let mut def = (**table.def()).clone();
            let mut names: BTreeSet<String> =
                def.children.iter().filter_map(|it| it.relationship_name.clone()).collect();
            let mut added = false;
            for hang in self.hangs.under(&def.name) {
                let listed = def.children.iter().any(|it| {
                    it.child.eq_ignore_ascii_case(&hang.child)
                        && it.field.eq_ignore_ascii_case(&hang.field_name)
                });
                if listed || (captured.contains(&key) && !hang.field_name.ends_with("__c")) {
                    continue;
                }
                let mut relationship = hang.relationship.clone();
                while let Some(it) = relationship.take_if(|it| names.contains(it)) {
                    relationship = Some(match it.strip_suffix("__r") {
                        Some(stem) => format!("{stem}1__r"),
                        None => format!("{it}1"),
                    });
                }
                names.extend(relationship.clone());
                added = true;
                def.children.push(ChildRel {
                    child: hang.child.clone(),
                    field: hang.field_name.clone(),
                    relationship_name: relationship,
                    cascade_delete: hang.cascade,
                    restricted_delete: hang.restrict,
                });
            }
            if added {
                def.children
                    .sort_by(|one, other| (&one.child, &one.field).cmp(&(&other.child, &other.field)));
                table.replace_def(Arc::new(def));
            }
        }
    }

    /// Ids of the records whose deletion takes this one along.
    pub(super) fn cascading_parents(&self, id: &str) -> Vec<String> {
        let Some(def) = self.object_with_prefix(id) else { return Vec::new() };
        let Some(table) = self.table(&def.name) else { return Vec::new() };
        let Some(row) = table.by_id(id) else { return Vec::new() };
        let fields = self.hangs.cascading_into(&def.name);
        let ids = fields.filter_map(|(field, parent)| {
            let id = table.value(row, field)?;
            (self.object_with_prefix(id)?.name.eq_ignore_ascii_case(parent)).then(|| id.to_owned())
        });
        ids.collect()
    }
}
