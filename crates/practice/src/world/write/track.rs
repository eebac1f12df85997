//! Field history: what a tracked field held before and holds now.

use super::Found;
use crate::world::clock::stamp_seconds;
use crate::world::{FieldIx, FieldKind, User, World};

/// Changes of these are not tracked.
const SYSTEM: [&str; 6] =
    ["Id", "SystemModstamp", "LastModifiedDate", "LastModifiedById", "CreatedDate", "CreatedById"];

impl World {
    /// Writes a history row for each changed field, when the object has a history table.
    pub(super) fn track(&mut self, user: &User, found: &Found, before: &[(FieldIx, Option<String>)]) {
        let history = self.objects().find(|it| {
            it.associate_entity_type.as_deref() == Some("History")
                && it.associate_parent_entity.as_deref() == Some(&found.def.name)
        });
        let by_name = || {
            let stem = found.def.name.strip_suffix("__c").map(|it| format!("{it}__History"));
            self.object(&stem.unwrap_or_else(|| format!("{}History", found.def.name)))
        };
        let Some(history) = history.or_else(by_name).cloned() else { return };
        let leads_here = |it: &crate::world::FieldDef| {
            it.kind == FieldKind::Reference && it.reference_to.iter().any(|to| *to == found.def.name)
        };
        let Some(parent) = history.fields.iter().find(|it| leads_here(it)).map(|it| it.name.clone()) else {
            return;
        };
        let stamp = stamp_seconds(self.now());
        for (field, old) in before {
            let Some(def) = found.def.at(*field).filter(|it| !SYSTEM.contains(&it.name.as_str())) else {
                continue;
            };
            let new =
                self.table(&found.def.name).and_then(|it| it.value(found.row, *field)).map(str::to_owned);
            if *old == new {
                continue;
            }
            let long = def.kind == FieldKind::TextArea && def.length > 255;
            let id = self.fresh_id(history.key_prefix.as_deref().or(Some("017")));
            let (name, old, new) = (def.name.clone(), old.clone(), new);
            let values = [
                ("Id", Some(id)),
                (parent.as_str(), Some(found.id.clone())),
                ("Field", Some(name)),
                ("DataType", Some(if def.kind.is_text() { "Text" } else { "DynamicEnum" }.to_owned())),
                ("OldValue", old.filter(|_| !long)),
                ("NewValue", new.filter(|_| !long)),
                ("CreatedById", Some(user.id.clone())),
                ("CreatedDate", Some(stamp.clone())),
            ];
            let cells: Vec<(FieldIx, String)> = values
                .into_iter()
                .filter_map(|(name, text)| Some((history.field_ix(name)?, text?)))
                .collect();
            self.insert_row(&history.name, &cells);
        }
    }
}
