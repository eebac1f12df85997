//! Names of people: given whole or in parts, kept as both.

use super::{FieldIx, ObjectDef};

/// Where an object keeps a person's name.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameFields {
    pub whole: FieldIx,
    pub first: Option<FieldIx>,
    pub middle: Option<FieldIx>,
    pub last: FieldIx,
    pub suffix: Option<FieldIx>,
}

impl NameFields {
    /// `None` for objects that do not name people.
    pub fn of(def: &ObjectDef) -> Option<Self> {
        Some(Self {
            whole: def.field_ix("Name")?,
            first: def.field_ix("FirstName"),
            middle: def.field_ix("MiddleName"),
            last: def.field_ix("LastName")?,
            suffix: def.field_ix("Suffix"),
        })
    }

    /// Whether a field is one of the parts.
    pub fn has_part(&self, field: FieldIx) -> bool {
        field == self.last || [self.first, self.middle, self.suffix].contains(&Some(field))
    }

    /// The whole name from its parts; `None` when there is no last name.
    pub fn compose<'a>(&self, cell: impl Fn(FieldIx) -> Option<&'a str>) -> Option<String> {
        let last = cell(self.last)?;
        let part = |field: Option<FieldIx>| field.and_then(&cell);
        let parts = [part(self.first), part(self.middle), Some(last), part(self.suffix)];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

/// First and last name of a whole name: the last word is the last name.
pub(super) fn split(whole: &str) -> (Option<&str>, &str) {
    match whole.trim().rsplit_once(char::is_whitespace) {
        Some((first, last)) => (Some(first.trim()), last),
        None => (None, whole.trim()),
    }
}
