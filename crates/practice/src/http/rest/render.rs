//! Rows as REST shows them.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::answer::Refusal;
use crate::world::{FieldDef, FieldIx, FieldKind, ObjectDef, RowIx, Table, User, World};

/// An instant as REST writes it: `2026-01-02T03:04:05.000+0000`.
pub(crate) fn wire_instant(text: &str) -> String {
    text.strip_suffix('Z').map_or_else(|| text.to_owned(), |it| format!("{it}+0000"))
}

/// A record's own address.
pub(super) fn url_of(base: &str, object: &str, id: &str) -> String {
    format!("{base}/sobjects/{object}/{id}")
}

/// A row with `attributes` first and the given fields in their order.
pub(super) fn record(
    world: &World,
    user: &User,
    table: &Table,
    row: RowIx,
    fields: &[FieldIx],
    base: &str,
) -> Value {
    let def = table.def();
    let id = table.id(row).unwrap_or("");
    let mut map = Map::new();
    map.insert("attributes".to_owned(), json!({"type": def.name, "url": url_of(base, &def.name, id)}));
    for field in fields {
        if let Some(shown) = def.at(*field) {
            map.insert(shown.name.clone(), cell(world, user, table, row, (*field, shown), base));
        }
    }
    Value::Object(map)
}

fn cell(
    world: &World,
    user: &User,
    table: &Table,
    row: RowIx,
    (ix, field): (FieldIx, &FieldDef),
    base: &str,
) -> Value {
    let def = table.def();
    match field.kind {
        FieldKind::Address | FieldKind::Location => compound(world, user, table, row, &field.name),
        FieldKind::Base64 => {
            let id = table.id(row).unwrap_or("");
            Value::String(format!("{}/{}", url_of(base, &def.name, id), field.name))
        }
        kind => table.value(row, ix).map_or(Value::Null, |text| value(kind, text)),
    }
}

/// A cell's canonical text as a JSON value of its kind.
pub(super) fn value(kind: FieldKind, text: &str) -> Value {
    match kind {
        FieldKind::Boolean => Value::Bool(text == "true"),
        FieldKind::Int | FieldKind::Long => {
            text.parse::<i64>().map_or_else(|_| Value::String(text.to_owned()), Value::from)
        }
        FieldKind::Double | FieldKind::Currency | FieldKind::Percent => {
            text.parse::<f64>().map_or_else(|_| Value::String(text.to_owned()), Value::from)
        }
        FieldKind::DateTime => Value::String(wire_instant(text)),
        _ => Value::String(text.to_owned()),
    }
}

/// The parts of a compound address or location; null when all are.
fn compound(world: &World, user: &User, table: &Table, row: RowIx, name: &str) -> Value {
    let def = table.def();
    let stem = name.strip_suffix("Address").unwrap_or(name);
    let mut map = Map::new();
    let mut any = false;
    for (ix, part) in def.parts_of(name).filter(|(ix, _)| world.readable(user, def, *ix)) {
        let short = part.name.strip_prefix(stem).unwrap_or(&part.name);
        let mut letters = short.chars();
        let key: String =
            letters.next().map(|it| it.to_ascii_lowercase()).into_iter().chain(letters).collect();
        let shown = table.value(row, ix).map_or(Value::Null, |text| value(part.kind, text));
        any |= !shown.is_null();
        map.insert(key, shown);
    }
    if any { Value::Object(map) } else { Value::Null }
}

/// The fields that a request names (or all the user may read), in its order, each once.
pub(super) fn chosen(
    world: &World,
    user: &User,
    def: &ObjectDef,
    names: Option<&[String]>,
) -> Result<Vec<FieldIx>, Refusal> {
    let Some(names) = names else { return Ok(world.visible_fields(user, def)) };
    let mut fields = Vec::new();
    for name in names.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        let ix = def.field_ix(name).filter(|it| world.readable(user, def, *it)).ok_or_else(|| {
            Refusal::new(
                400,
                "INVALID_FIELD",
                format!(
                    "\n{name}\n^\nERROR at Row:1:Column:1\nNo such column '{name}' on entity '{}'. If you are \
                     attempting to use a custom field, be sure to append the '__c' after the custom field name. \
                     Please reference your WSDL or the describe call for the appropriate names.",
                    def.name
                ),
            )
        })?;
        if !fields.contains(&ix) {
            fields.push(ix);
        }
    }
    Ok(fields)
}

/// When a row last changed, as conditional requests see it.
pub(super) fn changed_at(table: &Table, row: RowIx) -> Option<DateTime<Utc>> {
    let text = table.named(row, "LastModifiedDate").or_else(|| table.named(row, "SystemModstamp"))?;
    DateTime::parse_from_rfc3339(text).ok().map(|it| it.with_timezone(&Utc))
}
