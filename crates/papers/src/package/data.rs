//! The same rows as JSON and as CSV, and what the columns mean.

use chrono::SecondsFormat;
use serde_json::{Map, Value, json};

use super::{ObjectTable, Package};
use crate::csv_safe;

/// The column that says whether a record was live, in the recycle bin, archived or merged away.
const STATE: &str = "RecordState";
/// Where a record came from and when it was collected, as far as it says.
const SOURCE: &str = "RecordSource";
const COLLECTED: &str = "RecordCollectedAt";

/// One object: where and when the rows come from, the columns with their labels, the rows with every column.
pub(super) fn json(package: &Package, table: &ObjectTable) -> Vec<u8> {
    let fields: Vec<Value> = table
        .fields
        .iter()
        .map(|field| json!({"name": field.name, "label": field.label, "inference": field.inference}))
        .collect();
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let mut object = Map::new();
            for field in &table.fields {
                object
                    .insert(field.name.clone(), row.values.get(&field.name).cloned().unwrap_or(Value::Null));
            }
            for (name, text) in
                [(STATE, &row.presence), (SOURCE, &row.source), (COLLECTED, &row.collected_at)]
            {
                object.insert(
                    name.into(),
                    if text.is_empty() { Value::Null } else { Value::from(text.as_str()) },
                );
            }
            Value::Object(object)
        })
        .collect();
    let whole = json!({
        "object": table.object,
        "label": table.label_plural,
        "system": "Salesforce",
        "period": package.period,
        "read_at": package.prepared_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "case": package.case,
        "practice": package.practice,
        "fields": fields,
        "rows": rows,
    });
    let mut bytes = serde_json::to_vec_pretty(&whole).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

pub(super) fn csv(table: &ObjectTable) -> Vec<u8> {
    let mut header: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
    header.extend([STATE, SOURCE, COLLECTED]);
    let rows = table.rows.iter().map(|row| {
        let mut cells: Vec<String> =
            table.fields.iter().map(|field| text(row.values.get(&field.name))).collect();
        cells.extend([row.presence.clone(), row.source.clone(), row.collected_at.clone()]);
        cells
    });
    csv_safe::file(&header, rows)
}

/// Every column of every object: API names and labels.
pub(super) fn fields(package: &Package) -> Vec<u8> {
    let rows = package.objects.iter().flat_map(|table| {
        table.fields.iter().map(|field| {
            let inference = if field.inference { "yes" } else { "" };
            vec![
                table.object.as_str(),
                table.label.as_str(),
                field.name.as_str(),
                field.label.as_str(),
                inference,
            ]
        })
    });
    csv_safe::file(&["Object", "ObjectLabel", "Field", "FieldLabel", "Inference"], rows)
}

/// A value as text: null is empty, a compound value is JSON.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            value.map(Value::to_string).unwrap_or_default()
        }
    }
}
