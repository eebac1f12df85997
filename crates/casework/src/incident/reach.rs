//! What a principal could read, from the permissions of the org.

use std::collections::BTreeSet;

use crate::row::Row;
use crate::schema::{Field, Object};

/// What one user may read. Unknown permissions hide nothing: an upper bound must not be too low.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whether the org said anything.
    known: bool,
    all_data: bool,
    all_fields: bool,
    sees_encrypted: bool,
    objects: BTreeSet<String>,
    /// `Contact.Birthdate`
    fields: BTreeSet<String>,
    /// Objects whose fields are listed, or all of whose fields may be read.
    listed: BTreeSet<String>,
    open: BTreeSet<String>,
}

/// System permissions that open more than object and field permissions say.
pub const SYSTEM: [&str; 4] = [
    "PermissionsViewAllData",
    "PermissionsModifyAllData",
    "PermissionsViewAllFieldsGlobal",
    "PermissionsViewEncryptedData",
];

impl Reach {
    /// From the user's permission sets (the one of the profile among them), and their object and field permissions.
    pub fn read(sets: &[Row], objects: &[Row], fields: &[Row]) -> Self {
        let any = |permission: &str| sets.iter().any(|row| row.flag(permission));
        let mut reach = Self {
            known: !sets.is_empty(),
            all_data: any("PermissionsViewAllData") || any("PermissionsModifyAllData"),
            all_fields: any("PermissionsViewAllFieldsGlobal"),
            sees_encrypted: any("PermissionsViewEncryptedData"),
            ..Self::default()
        };
        for row in objects {
            let Some(name) = row.text("SobjectType") else { continue };
            if row.flag("PermissionsRead") || row.flag("PermissionsViewAllRecords") {
                reach.objects.insert(name.to_owned());
            }
            if row.flag("PermissionsViewAllFields") {
                reach.open.insert(name.to_owned());
            }
        }
        for row in fields {
            let (Some(object), Some(field)) = (row.text("SobjectType"), row.text("Field")) else { continue };
            reach.listed.insert(object.to_owned());
            if row.flag("PermissionsRead") {
                reach.fields.insert(field.to_owned());
            }
        }
        reach
    }

    /// Whether anything is known of the user's permissions.
    pub fn is_known(&self) -> bool {
        self.known
    }

    pub fn reads(&self, object: &str) -> bool {
        !self.known || self.all_data || self.objects.contains(object)
    }

    pub fn reads_field(&self, object: &Object, field: &Field) -> bool {
        if !self.known {
            return true;
        }
        // Classic encryption shows a mask to who lacks the permission.
        if field.field_type == "encryptedstring" && !self.sees_encrypted {
            return false;
        }
        self.all_fields
            || !field.permissionable
            || self.open.contains(&object.name)
            || !self.listed.contains(&object.name)
            || self.fields.contains(&format!("{}.{}", object.name, field.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record_id::RecordId;
    use serde_json::{Value, json};

    fn row(values: Value) -> Row {
        let Value::Object(map) = values else { unreachable!() };
        Row {
            object: "X".into(),
            id: RecordId::parse("0PS5g0000000001").unwrap(),
            values: map.into_iter().collect(),
        }
    }

    #[test]
    fn what_no_permission_opens_is_out_of_reach() {
        let set = row(json!({"PermissionsViewAllData": false}));
        let contact = row(json!({"SobjectType": "Contact", "PermissionsRead": true}));
        let email = row(json!({"SobjectType": "Contact", "Field": "Contact.Email", "PermissionsRead": true}));
        let reach = Reach::read(&[set], &[contact], &[email]);
        assert!(reach.reads("Contact") && !reach.reads("Lead"));
        let object = Object { name: "Contact".into(), ..Object::default() };
        let field = |name: &str, kind: &str| Field {
            name: name.into(),
            field_type: kind.into(),
            permissionable: name != "Id",
            ..Field::default()
        };
        assert!(reach.reads_field(&object, &field("Email", "email")));
        assert!(reach.reads_field(&object, &field("Id", "id")));
        assert!(!reach.reads_field(&object, &field("Birthdate", "date")));
        assert!(!reach.reads_field(&object, &field("SSN__c", "encryptedstring")));
    }

    #[test]
    fn unknown_permissions_hide_nothing() {
        let reach = Reach::read(&[], &[], &[]);
        assert!(!reach.is_known() && reach.reads("Contact"));
        let all = Reach::read(&[row(json!({"PermissionsViewAllData": true}))], &[], &[]);
        assert!(all.reads("Anything"));
    }
}
