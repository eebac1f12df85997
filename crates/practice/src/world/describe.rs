//! Describes as a user sees them: what they cannot read is not there, what they cannot write says so.

use super::{FieldDef, FieldKind, ObjectDef, User, World};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

/// Keys of an entry of the global describe, with what stands there when the describe does not say.
const GLOBAL: [(&str, Unless); 29] = [
    ("activateable", Unless::No),
    ("associateEntityType", Unless::Null),
    ("associateParentEntity", Unless::Null),
    ("createable", Unless::No),
    ("custom", Unless::No),
    ("customSetting", Unless::No),
    ("deepCloneable", Unless::No),
    ("deletable", Unless::No),
    ("deprecatedAndHidden", Unless::No),
    ("feedEnabled", Unless::No),
    ("hasSubtypes", Unless::No),
    ("isInterface", Unless::No),
    ("isSubtype", Unless::No),
    ("keyPrefix", Unless::Null),
    ("label", Unless::Null),
    ("labelPlural", Unless::Null),
    ("layoutable", Unless::No),
    ("mergeable", Unless::No),
    ("mruEnabled", Unless::No),
    ("name", Unless::Null),
    ("queryable", Unless::No),
    ("replicateable", Unless::No),
    ("retrieveable", Unless::No),
    ("searchable", Unless::No),
    ("triggerable", Unless::No),
    ("undeletable", Unless::No),
    ("updateable", Unless::No),
    ("urls", Unless::Null),
    ("dataTranslationEnabled", Unless::Null),
];

#[derive(Debug, Clone, Copy)]
enum Unless {
    No,
    Null,
}

impl World {
    /// The answer of `/sobjects/X/describe` for this user; `None` when they may not see the object.
    ///
    /// `version` is the number of the API version, such as `68.0`.
    pub fn describe(&self, user: &User, object: &str, version: &str) -> Option<Value> {
        let def = self.visible_object(user, object)?;
        let fields: Vec<Value> = def
            .numbered()
            .filter(|(it, _)| self.readable(user, def, *it))
            .map(|(place, it)| {
                let writes = self.may_write_field(user, def, place);
                field_json(it, writes)
            })
            .collect();
        let children: Vec<Value> = def
            .children
            .iter()
            .filter(|it| {
                let Some(child) = self.object(&it.child) else { return true };
                let field = child.field_ix(&it.field);
                self.visible_object(user, &it.child).is_some() && field.is_none_or(|it| self.readable(user, child, it))
            })
            .map(|it| {
                json!({
                    "cascadeDelete": it.cascade_delete, "childSObject": it.child, "deprecatedAndHidden": false,
                    "field": it.field, "junctionIdListNames": [], "junctionReferenceTo": [],
                    "relationshipName": it.relationship_name, "restrictedDelete": it.restricted_delete
                })
            })
            .collect();
        let mut map = self.head(user, def, version);
        map.insert("fields".to_owned(), Value::Array(fields));
        map.insert("childRelationships".to_owned(), Value::Array(children));
        map.sort_keys();
        Some(Value::Object(map))
    }

    /// The entry of one object in `/sobjects`; also `objectDescribe` of `/sobjects/X`.
    pub fn brief_describe(&self, user: &User, object: &str, version: &str) -> Option<Value> {
        let def = self.visible_object(user, object)?;
        let head = self.head(user, def, version);
        let mut map = Map::new();
        for (key, unless) in GLOBAL {
            let value = match (head.get(key), unless) {
                (Some(it), _) => it.clone(),
                (None, Unless::No) => Value::Bool(false),
                (None, Unless::Null) if key == "dataTranslationEnabled" => continue,
                (None, Unless::Null) => Value::Null,
            };
            map.insert(key.to_owned(), value);
        }
        Some(Value::Object(map))
    }

    /// The answer of `/sobjects` for this user.
    pub fn global_describe(&self, user: &User, version: &str) -> Value {
        let all = self.visible_objects(user).filter_map(|it| self.brief_describe(user, &it.name, version));
        json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": all.collect::<Vec<_>>() })
    }

    /// When anything that the user's describes depend on last changed (for `If-Modified-Since`), to the second.
    pub fn describe_changed_at(&self, user: &User) -> DateTime<Utc> {
        let since = self.rules.describes_changed.get(&user.id).copied();
        since.unwrap_or(self.started_at)
    }

    fn head(&self, user: &User, def: &ObjectDef, version: &str) -> Map<String, Value> {
        let mut map = def.raw.clone();
        let writes = self.may_write(user, def);
        for (key, flag) in [
            ("createable", def.createable && writes),
            ("updateable", def.updateable && writes),
            ("deletable", def.deletable && writes),
            ("undeletable", def.undeletable && writes),
            ("mergeable", def.mergeable && writes),
        ] {
            map.insert(key.to_owned(), Value::Bool(flag));
        }
        for (key, flag) in [
            ("queryable", def.queryable),
            ("retrieveable", def.retrieveable),
            ("searchable", def.searchable),
            ("custom", def.custom),
        ] {
            map.insert(key.to_owned(), Value::Bool(flag));
        }
        map.insert("name".to_owned(), json!(def.name));
        map.insert("label".to_owned(), json!(def.label));
        map.insert("labelPlural".to_owned(), json!(def.label_plural));
        map.insert("keyPrefix".to_owned(), json!(def.key_prefix));
        map.insert("urls".to_owned(), urls(def, version));
        map
    }
}

fn field_json(field: &FieldDef, writes: bool) -> Value {
    let mut raw = (*field.raw).clone();
    if let Some(map) = raw.as_object_mut() {
        if !writes {
            map.insert("createable".to_owned(), Value::Bool(false));
            map.insert("updateable".to_owned(), Value::Bool(false));
        }
        for key in ["complianceGroup", "securityClassification", "businessStatus", "description"] {
            map.shift_remove(key);
        }
        for (key, value) in [
            ("label", json!(field.label)),
            ("filterable", json!(field.filterable)),
            ("nillable", json!(field.nillable)),
            ("referenceTo", json!(field.reference_to)),
            ("relationshipName", json!(field.relationship_name)),
            ("calculated", json!(field.calculated)),
            ("createable", json!(field.createable && writes)),
            ("updateable", json!(field.updateable && writes)),
            ("nameField", json!(field.name_field)),
            ("length", json!(field.length)),
            ("permissionable", json!(field.permissionable)),
            ("idLookup", json!(field.id_lookup || field.kind == FieldKind::Id)),
        ] {
            if !map.contains_key(key) {
                map.insert(key.to_owned(), value);
            }
        }
    }
    raw
}

fn urls(def: &ObjectDef, version: &str) -> Value {
    let version = version.trim_start_matches('v');
    let base = format!("/services/data/v{version}/sobjects/{}", def.name);
    let mut map = Map::new();
    let mut add = |key: &str, path: &str| {
        map.insert(key.to_owned(), json!(format!("{base}{path}")));
    };
    if def.layoutable {
        add("compactLayouts", "/describe/compactLayouts");
        add("approvalLayouts", "/describe/approvalLayouts");
        add("quickActions", "/quickActions");
        add("layouts", "/describe/layouts");
    }
    add("rowTemplate", "/{ID}");
    add("describe", "/describe");
    add("sobject", "");
    Value::Object(map)
}
