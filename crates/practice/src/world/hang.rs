//! What hangs under what: for every parent, the lookups that lead to it and what a deletion does to them.

use super::{FieldIx, FieldKind, ObjectDef};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One line of the catalogue's table of children.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub parent: String,
    pub child: String,
    pub field: String,
    pub relationship: Option<String>,
    pub cascade: bool,
    pub restrict: bool,
}

/// A lookup of a child that leads to a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hang {
    /// API name of the child.
    pub child: String,
    pub field: FieldIx,
    pub field_name: String,
    pub relationship: Option<String>,
    pub cascade: bool,
    pub restrict: bool,
}

/// All of them, by parent in small letters.
#[derive(Debug, Default)]
pub(super) struct Hangs {
    of: BTreeMap<String, Vec<Hang>>,
}

type Defs = BTreeMap<String, Arc<ObjectDef>>;

impl Hangs {
    /// A parent's own list counts first, then the catalogue's table, then the flags of the field.
    pub fn of(defs: &Defs, catalogue: &[Listed], captured: &BTreeSet<String>) -> Self {
        let mut all = Self::default();
        for (key, parent) in defs {
            let own = parent.children.iter().map(|it| Listed {
                parent: parent.name.clone(),
                child: it.child.clone(),
                field: it.field.clone(),
                relationship: it.relationship_name.clone(),
                cascade: it.cascade_delete,
                restrict: it.restricted_delete,
            });
            let from_catalogue =
                catalogue.iter().filter(|it| it.parent.eq_ignore_ascii_case(&parent.name)).cloned();
            let mut hangs: Vec<Hang> = Vec::new();
            for it in own.chain(from_catalogue) {
                let Some(child) = defs.get(&it.child.to_ascii_lowercase()) else { continue };
                let Some(field) = child.field_ix(&it.field) else { continue };
                if hangs.iter().any(|held| held.child == child.name && held.field == field) {
                    continue;
                }
                hangs.push(Hang {
                    child: child.name.clone(),
                    field,
                    field_name: it.field,
                    relationship: it.relationship,
                    cascade: it.cascade,
                    restrict: it.restrict,
                });
            }
            for child in defs.values() {
                for (field, def) in child.numbered().filter(|(_, it)| it.kind == FieldKind::Reference) {
                    let leads_here = def.reference_to.iter().any(|it| it.eq_ignore_ascii_case(&parent.name));
                    if !leads_here || hangs.iter().any(|it| it.child == child.name && it.field == field) {
                        continue;
                    }
                    let follows = child.associate_parent_entity.as_deref() == Some(&parent.name);
                    hangs.push(Hang {
                        child: child.name.clone(),
                        field,
                        field_name: def.name.clone(),
                        relationship: relationship(child, def, captured.contains(key)),
                        cascade: def.cascade_delete || follows,
                        restrict: def.restricted_delete,
                    });
                }
            }
            all.of.insert(key.clone(), hangs);
        }
        all
    }

    /// What hangs under an object, by API name.
    pub fn under(&self, parent: &str) -> &[Hang] {
        self.of.get(&parent.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Lookups of `child` that take it along when their target is deleted: field and parent object.
    pub fn cascading_into<'a>(&'a self, child: &'a str) -> impl Iterator<Item = (FieldIx, &'a str)> {
        self.of.iter().flat_map(move |(parent, hangs)| {
            let here = hangs.iter().filter(move |it| it.cascade && it.child == child);
            here.map(move |it| (it.field, parent.as_str()))
        })
    }
}

/// A name for the children as seen from the parent, where no describe tells it.
fn relationship(child: &ObjectDef, field: &super::FieldDef, captured_parent: bool) -> Option<String> {
    let people = ["CreatedById", "LastModifiedById", "OwnerId"];
    if captured_parent && !field.custom || people.contains(&field.name.as_str()) {
        return None;
    }
    let plural: String = child.label_plural.chars().filter(char::is_ascii_alphanumeric).collect();
    let plural = if plural.is_empty() { format!("{}s", child.name.trim_end_matches("__c")) } else { plural };
    Some(if field.custom { format!("{plural}__r") } else { plural })
}
