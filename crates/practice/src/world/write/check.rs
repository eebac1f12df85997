//! Whether values may be written: field by field, as Salesforce refuses them.

use crate::world::cell::canonical;
use crate::world::{FieldDef, FieldIx, FieldKind, ObjectDef, Record, RowIx, SfError, User, World, id18};
use base64::Engine;
use serde_json::Value;

/// Values that passed: cells, and the body of a file.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub cells: Vec<(FieldIx, Option<String>)>,
    pub body: Option<Vec<u8>>,
}

impl Checked {
    pub fn get(&self, field: FieldIx) -> Option<&Option<String>> {
        self.cells.iter().find(|(it, _)| *it == field).map(|(_, text)| text)
    }
}

impl World {
    /// Checks the values of a record; `row` is the record to be changed, `None` when one is to be created.
    pub(super) fn check(
        &self,
        user: &User,
        def: &ObjectDef,
        record: &Record,
        row: Option<RowIx>,
    ) -> Result<Checked, SfError> {
        let mut checked = Checked::default();
        for (name, value) in &record.values {
            if name.eq_ignore_ascii_case("attributes") || name.eq_ignore_ascii_case("Id") {
                continue;
            }
            let (field, value) = self.resolve(user, def, name, value)?;
            let Some(it) = def.at(field) else { continue };
            self.check_writable(user, def, field, it, row.is_none())?;
            if it.kind == FieldKind::Base64 {
                let text = value.as_str().unwrap_or_default();
                let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(text) else {
                    return Err(SfError::new("INVALID_BASE64", format!("{}: not base64", it.label))
                        .about(&[&it.name]));
                };
                checked.body = Some(bytes);
                continue;
            }
            let text = text_of(def, it, &value)?;
            if let Some(text) = &text {
                self.check_value(it, text)?;
            }
            checked.cells.retain(|(held, _)| *held != field);
            checked.cells.push((field, text));
        }
        self.check_required(def, &checked, row.is_none())?;
        self.check_unique(def, &checked, row)?;
        self.check_rules(def, &checked, row)?;
        Ok(checked)
    }

    /// The field a value is meant for: by name, or through a relationship by an external id.
    fn resolve(
        &self,
        user: &User,
        def: &ObjectDef,
        name: &str,
        value: &Value,
    ) -> Result<(FieldIx, Value), SfError> {
        let unknown = || {
            SfError::new("INVALID_FIELD", format!("No such column '{name}' on sobject of type {}", def.name))
                .about(&[name])
        };
        if let Some(field) = def.field_ix(name) {
            return if self.readable(user, def, field) { Ok((field, value.clone())) } else { Err(unknown()) };
        }
        let (relationship, key, given) = match (name.split_once('.'), value) {
            (Some((relationship, key)), _) => (relationship, key.to_owned(), value.clone()),
            (None, Value::Object(map)) => {
                let pair = map
                    .iter()
                    .find(|(key, _)| !key.eq_ignore_ascii_case("attributes"))
                    .ok_or_else(unknown)?;
                (name, pair.0.clone(), pair.1.clone())
            }
            (None, _) => return Err(unknown()),
        };
        let field = def.relationship_ix(relationship).ok_or_else(unknown)?;
        let Some(text) = given.as_str().filter(|it| !it.is_empty()) else { return Ok((field, Value::Null)) };
        let targets = def.at(field).map(|it| it.reference_to.clone()).unwrap_or_default();
        for target in targets {
            let Some(table) = self.table(&target) else { continue };
            let Some(at) = table.def().field_ix(&key) else { continue };
            let rows = table.lookup(at, text).unwrap_or_default();
            if let Some(id) = rows.into_iter().find(|it| !table.is_deleted(*it)).and_then(|it| table.id(it)) {
                return Ok((field, Value::String(id.to_owned())));
            }
        }
        let message =
            format!("Foreign key external ID: {text} not found for field {key} in entity {relationship}");
        Err(SfError::new("INVALID_FIELD", message).about(&[name]))
    }

    fn check_writable(
        &self,
        user: &User,
        def: &ObjectDef,
        field: FieldIx,
        it: &FieldDef,
        creating: bool,
    ) -> Result<(), SfError> {
        let flag = if creating { it.createable } else { it.updateable };
        if flag && self.may_write_field(user, def, field) {
            return Ok(());
        }
        let message = format!(
            "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is \
             read/write for your profile or permission set.",
            it.name
        );
        Err(SfError::new("INVALID_FIELD_FOR_INSERT_UPDATE", message).about(&[&it.name]))
    }

    fn check_value(&self, it: &FieldDef, text: &str) -> Result<(), SfError> {
        let sized = it.kind.is_text() && it.length > 0;
        if sized && text.chars().count() > it.length {
            let message = format!("{}: data value too large (max length={})", it.label, it.length);
            return Err(SfError::new("STRING_TOO_LONG", message).about(&[&it.name]));
        }
        if it.kind == FieldKind::Email && !is_email(text) {
            let message = format!("{}: invalid email address: {text}", it.label);
            return Err(SfError::new("INVALID_EMAIL_ADDRESS", message).about(&[&it.name]));
        }
        if it.restricted_picklist && !it.picklist.is_empty() {
            let multi = it.kind == FieldKind::MultiPicklist;
            let given = text.split(';').map(str::trim);
            let known = |value: &str| it.picklist.iter().any(|it| it.eq_ignore_ascii_case(value));
            if !(if multi { given.into_iter().all(known) } else { known(text) }) {
                let message = format!("{}: bad value for restricted picklist field: {text}", it.label);
                return Err(
                    SfError::new("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message).about(&[&it.name])
                );
            }
        }
        if it.kind == FieldKind::Reference {
            self.check_reference(it, text)?;
        }
        Ok(())
    }

    fn check_reference(&self, it: &FieldDef, id: &str) -> Result<(), SfError> {
        let Some(target) = self.object_with_prefix(id) else {
            let all_here = it.reference_to.iter().all(|it| self.object(it).is_some());
            let message = format!("{}: id value of incorrect type: {id}", it.label);
            return if all_here {
                Err(SfError::new("MALFORMED_ID", message).about(&[&it.name]))
            } else {
                Ok(())
            };
        };
        if !it.reference_to.is_empty()
            && !it.reference_to.iter().any(|to| to.eq_ignore_ascii_case(&target.name))
        {
            let message = format!("{}: id value of incorrect type: {id}", it.label);
            return Err(SfError::new("FIELD_INTEGRITY_EXCEPTION", message).about(&[&it.name]));
        }
        let table = self.table(&target.name);
        match table.and_then(|table| Some((table, table.by_id(id)?))) {
            Some((table, row)) if table.is_deleted(row) => {
                Err(SfError::new("ENTITY_IS_DELETED", "entity is deleted").about(&[&it.name]))
            }
            Some(_) => Ok(()),
            None => {
                Err(SfError::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
                    .about(&[&it.name]))
            }
        }
    }

    fn check_required(&self, def: &ObjectDef, checked: &Checked, creating: bool) -> Result<(), SfError> {
        let person = def.name == "Account"
            && def.field_ix("LastName").and_then(|it| checked.get(it)).is_some_and(Option::is_some);
        let missing: Vec<&str> = def
            .numbered()
            .filter(|(_, it)| !it.nillable && it.kind != FieldKind::Boolean && it.kind != FieldKind::Base64)
            .filter(|(field, it)| match checked.get(*field) {
                Some(Some(_)) => false,
                Some(None) => true,
                None => creating && it.createable && !it.defaulted_on_create && it.name != "OwnerId",
            })
            .filter(|(_, it)| !(person && it.name == "Name"))
            .map(|(_, it)| it.name.as_str())
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let message = format!("Required fields are missing: [{}]", missing.join(", "));
        Err(SfError::new("REQUIRED_FIELD_MISSING", message).about(&missing))
    }

    fn check_unique(&self, def: &ObjectDef, checked: &Checked, row: Option<RowIx>) -> Result<(), SfError> {
        let Some(table) = self.table(&def.name) else { return Ok(()) };
        for (field, text) in &checked.cells {
            let (Some(it), Some(text)) = (def.at(*field).filter(|it| it.unique), text) else { continue };
            let twins = table.lookup(*field, text).unwrap_or_default();
            if let Some(twin) = twins.into_iter().find(|it| Some(*it) != row && !table.is_deleted(*it)) {
                let id = table.id(twin).unwrap_or_default();
                let message =
                    format!("duplicate value found: {} duplicates value on record with id: {id}", it.name);
                return Err(SfError::new("DUPLICATE_VALUE", message).about(&[&it.name]));
            }
        }
        Ok(())
    }

    /// The org's own validation rules.
    fn check_rules(&self, def: &ObjectDef, checked: &Checked, row: Option<RowIx>) -> Result<(), SfError> {
        for rule in self.rules.validations.iter().filter(|it| it.object.eq_ignore_ascii_case(&def.name)) {
            let Some(field) = def.field_ix(&rule.field) else { continue };
            let held = || row.and_then(|row| self.table(&def.name)?.value(row, field));
            let value = match checked.get(field) {
                Some(it) => it.as_deref(),
                None => held(),
            };
            let broken = match value {
                None => rule.required,
                Some(it) => {
                    let listed = rule.one_of.is_empty() || rule.one_of.iter().any(|one| one == it);
                    !listed || rule.contains.as_ref().is_some_and(|part| !it.contains(part.as_str()))
                }
            };
            if broken {
                return Err(SfError::new("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message.clone())
                    .about(&[&rule.field]));
            }
        }
        Ok(())
    }
}

/// The canonical text of a JSON value; `None` clears.
fn text_of(def: &ObjectDef, it: &FieldDef, value: &Value) -> Result<Option<String>, SfError> {
    let wrong = || {
        let message = format!("{}: value not of required type: {}", def.name, it.name);
        SfError::new("INVALID_TYPE_ON_FIELD_IN_RECORD", message).about(&[&it.name])
    };
    let text = match value {
        Value::Null => return Ok((it.kind == FieldKind::Boolean).then(|| "false".to_owned())),
        Value::String(it) => it.clone(),
        Value::Bool(flag) if it.kind == FieldKind::Boolean => flag.to_string(),
        Value::Number(number) if it.kind != FieldKind::Boolean => number.to_string(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => return Err(wrong()),
    };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok((it.kind == FieldKind::Boolean).then(|| "false".to_owned()));
    }
    if matches!(it.kind, FieldKind::Reference | FieldKind::Id) && id18(trimmed).is_none() {
        let message = format!("{}: id value of incorrect type: {trimmed}", it.label);
        return Err(SfError::new("MALFORMED_ID", message).about(&[&it.name]));
    }
    let kept = if it.kind == FieldKind::TextArea { text.as_str() } else { trimmed };
    canonical(it.kind, kept).map(|it| Some(it.into_owned())).map_err(|_| wrong())
}

/// One address: something, an at sign, a domain with a dot; no blanks.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let sound = |it: char| !it.is_whitespace() && !it.is_control() && !",;<>()[]\\\"".contains(it);
    !local.is_empty()
        && !local.contains('@')
        && text.chars().all(sound)
        && domain.contains('.')
        && domain.split('.').all(|it| !it.is_empty() && !it.starts_with('-') && !it.ends_with('-'))
}
