//! What an org says about its objects, reduced to what our decisions need.
//!
//! Read from Salesforce's own describe resource: unknown keys are passed over, a missing flag is `false`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Every object the signed-in user may see, by API name.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq)]
pub struct Schema {
    pub objects: BTreeMap<String, Object>,
}

/// One object, as its describe resource gives it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", default)]
pub struct Object {
    pub name: String,
    pub label: String,
    pub label_plural: String,
    pub key_prefix: Option<String>,
    pub custom: bool,
    pub custom_setting: bool,
    pub queryable: bool,
    pub searchable: bool,
    pub retrieveable: bool,
    pub createable: bool,
    pub updateable: bool,
    pub deletable: bool,
    pub undeletable: bool,
    pub mergeable: bool,
    /// `History`, `Feed`, `Share`, `ChangeEvent` … when the object belongs to another one.
    pub associate_entity_type: Option<String>,
    pub associate_parent_entity: Option<String>,
    pub fields: Vec<Field>,
    pub child_relationships: Vec<ChildRelationship>,
}

/// One field of an object.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", default)]
pub struct Field {
    pub name: String,
    pub label: String,
    /// Salesforce's own word: `string`, `email`, `phone`, `reference`, `textarea` …
    #[serde(rename = "type")]
    pub field_type: String,
    pub length: u32,
    pub filterable: bool,
    pub nillable: bool,
    pub updateable: bool,
    pub createable: bool,
    pub calculated: bool,
    pub custom: bool,
    pub unique: bool,
    pub external_id: bool,
    pub id_lookup: bool,
    pub name_field: bool,
    pub auto_number: bool,
    pub defaulted_on_create: bool,
    /// Shield platform encryption.
    pub encrypted: bool,
    /// Mask of classic encryption, for `encryptedstring`.
    pub mask: Option<String>,
    pub html_formatted: bool,
    pub compound_field_name: Option<String>,
    pub extra_type_info: Option<String>,
    pub reference_to: Vec<String>,
    pub relationship_name: Option<String>,
    pub polymorphic_foreign_key: bool,
    pub permissionable: bool,
    pub restricted_delete: bool,
    pub cascade_delete: bool,
    pub write_requires_master_read: bool,
    /// Only the listed values may be written.
    pub restricted_picklist: bool,
    /// The active values of a picklist.
    #[serde(deserialize_with = "active_values")]
    pub picklist_values: Vec<String>,
    /// The formula of a calculated field.
    pub calculated_formula: Option<String>,
}

/// Describe gives objects with `value` and `active`; what we kept ourselves is a list of texts.
fn active_values<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Entry {
        Kept(String),
        Described { value: Option<String>, active: Option<bool> },
    }
    let entries = Option::<Vec<Entry>>::deserialize(from)?.unwrap_or_default();
    Ok(entries
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Kept(value) => Some(value),
            Entry::Described { value, active } => value.filter(|_| active.unwrap_or(true)),
        })
        .collect())
}

/// What hangs under an object and what a delete does to it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", default)]
pub struct ChildRelationship {
    #[serde(rename = "childSObject")]
    pub child_object: String,
    pub field: String,
    pub relationship_name: Option<String>,
    pub cascade_delete: bool,
    pub restricted_delete: bool,
    pub deprecated_and_hidden: bool,
}

impl Schema {
    /// The object of that API name; Salesforce does not care about case.
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.objects
            .get(name)
            .or_else(|| self.objects.values().find(|object| object.name.eq_ignore_ascii_case(name)))
    }

    /// The object whose ids begin with this prefix.
    pub fn object_with_prefix(&self, prefix: &str) -> Option<&Object> {
        self.objects.values().find(|object| object.key_prefix.as_deref() == Some(prefix))
    }
}

impl Object {
    /// The field of that API name; Salesforce does not care about case.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// A field's API name as one lower-case word, without what marks it as custom: `Home_Phone__c` is `homephone`.
pub(crate) fn bare_name(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    name.trim_end_matches("__c")
        .trim_end_matches("__pc")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}
