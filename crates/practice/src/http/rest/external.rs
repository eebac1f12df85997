//! Records by external id, and what hangs on a record by relationship name.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Content, Refusal};
use super::{Asked, Door, Outcome, ask, blob, query, record, render, write};
use crate::world::{ObjectDef, RowIx, Table, World, id15};

/// `/sobjects/X/{id}/{relationship or blob field}` or `/sobjects/X/{field}/{value}`.
pub(super) fn or_related(asked: &Asked<'_>, object: &str, first: &str, second: &str) -> Outcome {
    let name = record::seen(asked, object)?;
    let is_field = asked.org.world().object(&name).is_some_and(|it| it.field_ix(first).is_some());
    if first.eq_ignore_ascii_case("id") {
        let answer = record::one(asked, &name, second)?;
        if asked.call.method != Method::PATCH || asked.version < 46 {
            return Ok(answer);
        }
        let id = crate::world::id18(second).unwrap_or_else(|| second.to_owned());
        let body = json!({"id": id, "success": true, "errors": [], "created": false});
        return Ok(Answer::json(body).changed(answer.changes));
    }
    if !is_field && id15(first).is_some() {
        return related(asked, &name, first, second);
    }
    match asked.call.method {
        Method::GET => read(asked, &name, first, second),
        Method::PATCH => upsert(asked, &name, first, second),
        Method::DELETE => delete(asked, &name, first, second),
        _ => Err(Refusal::method(&asked.call.method, "DELETE,GET,HEAD,PATCH")),
    }
}

fn no_field(value: &str) -> Refusal {
    Refusal::new(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: ")
        .with_value(value)
}

/// Live rows whose external id field has this value.
fn matching<'w>(
    asked: &Asked<'_>,
    world: &'w World,
    object: &str,
    field: &str,
    value: &str,
) -> Result<(&'w Table, Vec<RowIx>), Refusal> {
    let table = world.table(object).ok_or_else(Refusal::not_found)?;
    let def: &ObjectDef = table.def();
    let ix = def.field_ix(field).filter(|it| world.readable(&asked.session.user, def, *it));
    let usable = ix.and_then(|it| def.at(it)).is_some_and(|it| it.external_id || it.id_lookup || it.unique);
    let ix = ix.filter(|_| usable).ok_or_else(|| no_field(field))?;
    let mut rows = table.lookup(ix, value).unwrap_or_default();
    rows.retain(|row| !table.is_deleted(*row) && world.visible_row(&asked.session.user, table, *row));
    Ok((table, rows))
}

fn ambiguous(asked: &Asked<'_>, table: &Table, rows: &[RowIx]) -> Answer {
    let urls: Vec<Value> = rows
        .iter()
        .filter_map(|row| table.id(*row))
        .map(|id| json!(render::url_of(&asked.base(), &table.def().name, id)))
        .collect();
    Answer::with(300, Content::Json(Value::Array(urls)))
}

fn read(asked: &Asked<'_>, object: &str, field: &str, value: &str) -> Outcome {
    let world = asked.org.world();
    let (table, rows) = matching(asked, &world, object, field, value)?;
    match rows.as_slice() {
        [] => Err(Refusal::not_found()),
        [row] => record::shown(asked, &world, table, *row),
        many => Ok(ambiguous(asked, table, many)),
    }
}

fn upsert(asked: &Asked<'_>, object: &str, field: &str, value: &str) -> Outcome {
    {
        let world = asked.org.world();
        let (table, rows) = matching(asked, &world, object, field, value)?;
        if rows.len() > 1 {
            return Ok(ambiguous(asked, table, &rows));
        }
    }
    let mut record = record::body_record(asked, object)?;
    record.values.retain(|(name, _)| !name.eq_ignore_ascii_case(field));
    record.values.push((field.to_owned(), Value::String(value.to_owned())));
    let written = write::upsert(asked.org, asked.session, field, &[record], true);
    let (saved, changes) = write::single(written)?;
    let location = render::url_of(&asked.base(), object, &saved.id);
    let status = if saved.created { 201 } else { 200 };
    let body = json!({"id": saved.id, "success": true, "errors": [], "created": saved.created});
    if !saved.created && asked.version < 46 {
        return Ok(Answer::nothing().changed(changes));
    }
    Ok(Answer::json(body).status(status).header("location", location).changed(changes))
}

fn delete(asked: &Asked<'_>, object: &str, field: &str, value: &str) -> Outcome {
    let id = {
        let world = asked.org.world();
        let (table, rows) = matching(asked, &world, object, field, value)?;
        match rows.as_slice() {
            [] => return Err(Refusal::not_found()),
            [row] => table.id(*row).unwrap_or("").to_owned(),
            many => return Ok(ambiguous(asked, table, many)),
        }
    };
    record::one(asked, object, &id)
}

/// A record's bytes, its parent, or its children.
fn related(asked: &Asked<'_>, object: &str, id: &str, name: &str) -> Outcome {
    if asked.call.method != Method::GET {
        return Err(Refusal::method(&asked.call.method, "GET,HEAD"));
    }
    if let Some(answer) = blob::body(asked, object, id, name) {
        return answer;
    }
    let world = asked.org.world();
    let user = &asked.session.user;
    let (table, row) = record::find(asked, &world, object, id)?;
    let def = table.def();
    if let Some(ix) = def.relationship_ix(name).filter(|it| world.readable(user, def, *it)) {
        let parent = table.value(row, ix).ok_or_else(Refusal::not_found)?;
        let parent_object = world.object_with_prefix(parent).ok_or_else(Refusal::not_found)?;
        let (table, row) = record::find(asked, &world, &parent_object.name, parent)?;
        return record::shown(asked, &world, table, row);
    }
    let child = def
        .children
        .iter()
        .find(|it| it.relationship_name.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(name)))
        .ok_or_else(Refusal::not_found)?;
    let child_def = world.visible_object(user, &child.child).ok_or_else(Refusal::not_found)?;
    let names: Vec<String> = match asked.call.param("fields") {
        Some(it) => it.split(',').map(|it| it.trim().to_owned()).collect(),
        None => world
            .visible_fields(user, child_def)
            .into_iter()
            .filter_map(|it| child_def.at(it).map(|it| it.name.clone()))
            .collect(),
    };
    let whole = table.id(row).unwrap_or("").to_owned();
    let text = format!(
        "SELECT {} FROM {} WHERE {} = '{whole}' ORDER BY Id",
        names.join(", "),
        child_def.name,
        child.field
    );
    drop(world);
    let found = ask(asked.org, asked.session, &text, Door::Query, asked.version)?;
    Ok(query::page_of(asked, found, Door::Query))
}
