//! Where a record cannot be deleted: which of its fields are emptied, and what stands in those that may not be empty.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ledger::hex;
use crate::row::Row;
use crate::schema::{Field, Object};

const ALWAYS: [&str; 6] = ["email", "phone", "url", "textarea", "encryptedstring", "date"];
/// Parts of field names of plain text fields that tell about a person.
const NAMES: [&str; 17] = [
    "firstname",
    "lastname",
    "middlename",
    "nickname",
    "street",
    "city",
    "postalcode",
    "supplied",
    "subject",
    "birth",
    "title",
    "alias",
    "contactname",
    "latitude",
    "longitude",
    "ipaddress",
    "handle",
];

/// The fields that may hold the person's data and that we may write.
pub(super) fn candidates(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|field| {
        let name = field.name.to_ascii_lowercase();
        let personal_date = field.field_type == "date" && name.contains("birth");
        let personal = (field.field_type != "date" && ALWAYS.contains(&field.field_type.as_str()))
            || personal_date
            || (field.field_type == "string"
                && (field.name_field || NAMES.iter().any(|part| name.contains(part))));
        personal && field.updateable && !field.calculated && !field.auto_number
    })
}

/// What to write: every candidate that holds something. The officer's own placeholders come first; then empty where
/// Salesforce allows it, else a word that passes validation and is the same at every rehearsal.
pub(super) fn values(
    object: &Object,
    row: &Row,
    placeholders: Option<&BTreeMap<String, Value>>,
) -> BTreeMap<String, Value> {
    let mark = hex(&Sha256::digest(row.id.as_str())).chars().take(6).collect::<String>().to_ascii_uppercase();
    candidates(object)
        .filter(|field| row.values.get(&field.name).is_some_and(|value| !value.is_null()))
        .map(|field| {
            let set = placeholders.and_then(|them| them.get(&field.name)).cloned();
            let value = set.unwrap_or_else(|| {
                if field.nillable {
                    Value::Null
                } else if field.field_type == "email" {
                    Value::from(format!("deleted+{}@invalid.example", mark.to_ascii_lowercase()))
                } else {
                    let word = format!("Deleted consumer {mark}");
                    let most = usize::try_from(field.length).unwrap_or(0);
                    Value::from(if most == 0 { word } else { word.chars().take(most).collect() })
                }
            });
            (field.name.clone(), value)
        })
        .collect()
}
