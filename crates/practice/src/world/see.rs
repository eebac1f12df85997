//! What a user may see and write: objects, fields, and the few objects whose rows are each user's own.

use super::{FieldIx, LoadError, ObjectDef, RowIx, Table, User, World};
use std::sync::Arc;

/// Objects that need a permission, any one of those listed.
const GATES: [(&[&str], &[&str]); 3] = [
    (
        &[
            "PermissionSet",
            "PermissionSetAssignment",
            "PermissionSetGroup",
            "PermissionSetGroupComponent",
            "ObjectPermissions",
            "FieldPermissions",
            "SetupEntityAccess",
            "SetupAuditTrail",
            "ConnectedApplication",
        ],
        &["ViewSetup", "CustomizeApplication", "ManageUsers", "ViewAllData", "ModifyAllData"],
    ),
    (&["EventLogFile"], &["ViewEventLogFiles", "ViewAllData", "ModifyAllData"]),
    (
        &["AuthSession", "UserLogin"],
        &["ManageUsers", "ManageInternalUsers", "FreezeUsers", "ViewSetup", "ViewAllData", "ModifyAllData"],
    ),
];

impl World {
    /// An object by API name (any case), if this user may see it.
    pub fn visible_object(&self, user: &User, name: &str) -> Option<&Arc<ObjectDef>> {
        self.object(name).filter(|it| sees(user, it))
    }

    /// The objects this user may see, by name.
    pub fn visible_objects<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a Arc<ObjectDef>> {
        self.objects().filter(|it| sees(user, it))
    }

    /// Positions of the fields this user may read, in describe order.
    pub fn visible_fields(&self, user: &User, object: &ObjectDef) -> Vec<FieldIx> {
        object.numbered().map(|(it, _)| it).filter(|it| self.readable(user, object, *it)).collect()
    }

    /// Whether this user may read a field. To everybody else it does not exist.
    ///
    /// A hidden compound address hides its parts; on a person account a hidden Contact field hides its mirror.
    pub fn readable(&self, user: &User, object: &ObjectDef, field: FieldIx) -> bool {
        let Some(def) = object.at(field) else { return false };
        if user.no_fields.is_empty() {
            return true;
        }
        let listed = |object: &str, name: &str| {
            user.no_fields.contains(&format!("{object}.{name}").to_ascii_lowercase())
        };
        if listed(&object.name, &def.name) {
            return false;
        }
        if def.compound.as_deref().is_some_and(|it| it != "Name" && listed(&object.name, it)) {
            return false;
        }
        if object.name == "Account" {
            let stem = def.name.strip_suffix("__pc").map(|it| format!("{it}__c"));
            let stem = stem.or_else(|| def.name.strip_prefix("Person").map(str::to_owned));
            return !stem.is_some_and(|it| listed("Contact", &it));
        }
        true
    }

    /// Whether this user may see a row at all. True but for objects whose rows belong to one user each:
    /// `UserPermissionAccess`, and without wider permissions `OauthToken` and `LoginHistory`.
    pub fn visible_row(&self, user: &User, table: &Table, row: RowIx) -> bool {
        let name = table.def().name.as_str();
        match name {
            "OauthToken" => user.may("CustomizeApplication") || table.named(row, "UserId") == Some(&user.id),
            "LoginHistory" => {
                let wide =
                    ["ManageUsers", "MonitorLoginHistory", "ViewSetup", "ViewAllData", "ModifyAllData"];
                wide.iter().any(|it| user.may(it)) || table.named(row, "UserId") == Some(&user.id)
            }
            "UserPermissionAccess" => {
                self.own_rows.get(&(name.to_owned(), row)).is_none_or(|owner| *owner == user.id)
            }
            _ => true,
        }
    }

    /// Whether this user may create, edit and delete records of an object (its own flags apart).
    pub fn may_write(&self, user: &User, object: &ObjectDef) -> bool {
        sees(user, object) && !user.read_only_objects.contains(&object.name.to_ascii_lowercase())
    }

    /// Whether this user may write a field (its own flags apart).
    pub fn may_write_field(&self, user: &User, object: &ObjectDef, field: FieldIx) -> bool {
        let Some(def) = object.at(field) else { return false };
        let name = format!("{}.{}", object.name, def.name).to_ascii_lowercase();
        self.may_write(user, object)
            && self.readable(user, object, field)
            && !user.read_only_fields.contains(&name)
    }

    /// Takes something away from a user while the org runs: an object (`Lead`) or a field (`Contact.Email`).
    ///
    /// # Errors
    /// When there is no such user, object or field.
    pub fn take_away(&mut self, user: &str, what: &str) -> Result<(), LoadError> {
        let (object, field) =
            what.split_once('.').map_or((what, None), |(object, field)| (object, Some(field)));
        let known =
            self.object(object).is_some_and(|it| field.is_none_or(|field| it.field_ix(field).is_some()));
        let Some(id) = self.user(user).map(|it| it.id.clone()).filter(|_| known) else {
            return Err(LoadError(
                "There is no such user, object or field. Nothing was taken away.".to_owned(),
            ));
        };
        let now = self.clock.now();
        for it in self.users.iter_mut().filter(|it| it.id == id) {
            let list = if field.is_some() { &mut it.no_fields } else { &mut it.no_objects };
            list.insert(what.to_ascii_lowercase());
        }
        self.rules.describes_changed.insert(id, now);
        Ok(())
    }
}

fn sees(user: &User, object: &ObjectDef) -> bool {
    if user.no_objects.contains(&object.name.to_ascii_lowercase()) {
        return false;
    }
    let gate = GATES.iter().find(|(objects, _)| objects.contains(&object.name.as_str()));
    gate.is_none_or(|(_, any)| any.iter().any(|it| user.may(it)))
}
