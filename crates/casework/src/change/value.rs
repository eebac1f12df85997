//! Values of fields: whether two are the same to Salesforce, and whether it would take one.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::schema::{Field, Object};

/// Whether two values of a field are the same to Salesforce.
pub fn same(field_type: &str, a: &Value, b: &Value) -> bool {
    canonical(field_type, a) == canonical(field_type, b)
}

/// One spelling for every way in which Salesforce may write a value; empty for `null`, and for an unticked checkbox.
pub fn canonical(field_type: &str, value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(flag) => flag.to_string(),
        other => other.to_string(),
    };
    match field_type {
        "boolean" => if text.eq_ignore_ascii_case("true") { "true" } else { "" }.to_owned(),
        // Salesforce keeps addresses of mail in small letters.
        "email" => text.to_lowercase(),
        "double" | "currency" | "percent" | "int" | "long" => {
            text.parse::<f64>().map(|it| it.to_string()).unwrap_or(text)
        }
        "datetime" => instant(&text).map(|it| it.to_rfc3339()).unwrap_or(text),
        "textarea" => text.replace("\r\n", "\n"),
        "reference" | "id" => text.chars().take(15).collect(),
        _ => text,
    }
}

fn instant(text: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    chrono::DateTime::parse_from_rfc3339(text)
        .or_else(|_| chrono::DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .ok()
        .map(|it| it.to_utc())
}

/// Why the org would not take a value, as far as its describe tells; `None` when nothing speaks against it.
///
/// Validation rules of the org are not in its describe: they show when the plan is carried out.
pub fn unfit(object: &Object, name: &str, value: &Value) -> Option<String> {
    let Some(field) = object.field(name) else {
        return Some(format!(
            "The signed-in user does not see the field {name}: it does not exist, or field-level security hides it."
        ));
    };
    if field.calculated {
        return Some(format!(
            "{} is a formula: it follows when the fields it is made of are corrected.",
            field.name
        ));
    }
    if field.auto_number {
        return Some(format!("{} is numbered by Salesforce and cannot be changed.", field.name));
    }
    if !object.updateable {
        return Some(format!("The signed-in user may not change records of {}.", object.name));
    }
    if !field.updateable {
        return Some(format!(
            "The signed-in user may not change {}: it is read-only, or field-level security protects it.",
            field.name
        ));
    }
    unfit_value(field, value)
}

/// Why the org would not take a new record with these values, as far as its describe tells.
pub fn unfit_new(object: &Object, values: &BTreeMap<String, Value>) -> Option<String> {
    if !object.createable {
        return Some(format!("The signed-in user may not create records of {}.", object.name));
    }
    for (name, value) in values {
        let Some(field) = object.field(name) else {
            return Some(format!("The signed-in user does not see the field {name}."));
        };
        if !field.createable || field.calculated || field.auto_number {
            return Some(format!("The signed-in user may not fill {} of a new record.", field.name));
        }
        if let Some(because) = unfit_value(field, value) {
            return Some(because);
        }
    }
    let given = |field: &Field| values.keys().any(|it| it.eq_ignore_ascii_case(&field.name));
    let missing = object.fields.iter().find(|it| is_needed(it) && !given(it))?;
    Some(format!("{} may not be empty, and no value is settled for it.", missing.name))
}

/// Whether a new record must bring a value for this field.
pub(crate) fn is_needed(field: &Field) -> bool {
    field.createable
        && !field.nillable
        && !field.defaulted_on_create
        && !field.auto_number
        && !field.calculated
        && field.field_type != "boolean"
}

fn unfit_value(field: &Field, value: &Value) -> Option<String> {
    let text = match value {
        Value::Null if field.nillable || field.field_type == "boolean" => return None,
        Value::Null => return Some(format!("{} may not be empty.", field.name)),
        Value::Array(_) | Value::Object(_) => {
            return Some(format!("A value of {} is not a list or a group.", field.name));
        }
        plain => canonical(&field.field_type, plain),
    };
    if text.is_empty() && !field.nillable && field.field_type != "boolean" {
        return Some(format!("{} may not be empty.", field.name));
    }
    wrong_kind(field, value, &text).or_else(|| too_long(field, &text)).or_else(|| not_listed(field, &text))
}

fn wrong_kind(field: &Field, value: &Value, text: &str) -> Option<String> {
    if text.is_empty() && field.field_type != "boolean" {
        return None;
    }
    let day = || text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok();
    let fits = match field.field_type.as_str() {
        "boolean" => value.is_boolean(),
        "double" | "currency" | "percent" => text.parse::<f64>().is_ok_and(f64::is_finite),
        "int" | "long" => text.parse::<f64>().is_ok_and(|it| it.fract() == 0.0),
        "date" => day(),
        "datetime" => instant(text).is_some(),
        "email" => crate::normal::email::Email::parse(text).is_some(),
        "reference" => crate::record_id::RecordId::parse(value.as_str().unwrap_or_default()).is_ok(),
        "address" | "location" | "base64" | "complexvalue" => false,
        _ => true,
    };
    let wanted = match field.field_type.as_str() {
        "boolean" => "true or false",
        "double" | "currency" | "percent" => "a number",
        "int" | "long" => "a whole number",
        "date" => "a day like 2026-11-21",
        "datetime" => "an instant like 2026-11-21T09:30:00Z",
        "email" => "one email address",
        "reference" => "the id of a record",
        "address" | "location" => "its parts, each in a field of its own",
        _ => "something that can be written as text",
    };
    (!fits).then(|| format!("{} takes {wanted}.", field.name))
}

fn too_long(field: &Field, text: &str) -> Option<String> {
    let textual = ["string", "textarea", "email", "phone", "url", "picklist", "encryptedstring", "combobox"];
    let most = usize::try_from(field.length).unwrap_or(usize::MAX);
    let long = text.chars().count();
    (textual.contains(&field.field_type.as_str()) && most > 0 && long > most)
        .then(|| format!("The value is {long} characters long; {} holds at most {most}.", field.name))
}

fn not_listed(field: &Field, text: &str) -> Option<String> {
    if !field.restricted_picklist || field.picklist_values.is_empty() || text.is_empty() {
        return None;
    }
    let listed = |value: &str| field.picklist_values.iter().any(|it| it.eq_ignore_ascii_case(value.trim()));
    let fits = if field.field_type == "multipicklist" { text.split(';').all(listed) } else { listed(text) };
    (!fits).then(|| {
        format!(
            "The value is not among those that {} allows: {}.",
            field.name,
            field.picklist_values.join(", ")
        )
    })
}
