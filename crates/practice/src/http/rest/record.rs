//! One record: create, read, change, delete.

use axum::http::Method;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::super::answer::{Answer, Content, Refusal};
use super::{Asked, Outcome, render, when, write};
use crate::world::{ObjectDef, Record, RowIx, SfError, Table, World, id18};

/// `POST /sobjects/X`.
pub(super) fn create(asked: &Asked<'_>, object: &str) -> Outcome {
    let def = seen(asked, object)?;
    let record = body_record(asked, &def)?;
    let written = write::create(asked.org, asked.session, &[record], true);
    let (saved, changes) = write::single(written)?;
    let location = render::url_of(&asked.base(), &def, &saved.id);
    Ok(Answer::json(json!({"id": saved.id, "success": true, "errors": []}))
        .status(201)
        .header("location", location)
        .changed(changes))
}

/// The name of an object that the caller may see.
pub(super) fn seen(asked: &Asked<'_>, object: &str) -> Result<String, Refusal> {
    let world = asked.org.world();
    let def = world.visible_object(&asked.session.user, object).ok_or_else(Refusal::not_found)?;
    Ok(def.name.clone())
}

/// The record in the request's body: JSON, or multipart with a JSON part and the bytes of a file.
pub(super) fn body_record(asked: &Asked<'_>, object: &str) -> Result<Record, Refusal> {
    let body = if asked.call.header_has("content-type", "multipart/form-data") {
        super::blob::multipart(asked, object)?
    } else {
        asked.call.json()?
    };
    let Value::Object(map) = body else {
        return Err(Refusal::new(400, "JSON_PARSER_ERROR", "The request body must be a JSON object"));
    };
    Ok(record_of(object, None, map))
}

/// A record from a JSON object; `attributes` and `Id` are no fields.
pub(super) fn record_of(object: &str, id: Option<String>, map: Map<String, Value>) -> Record {
    let values = map.into_iter().filter(|(name, _)| name != "attributes").collect();
    Record { object: object.to_owned(), id, values }
}

/// `/sobjects/X/{id}`.
pub(super) fn one(asked: &Asked<'_>, object: &str, id: &str) -> Outcome {
    match asked.call.method {
        Method::GET => read(asked, object, id),
        Method::PATCH => change(asked, object, id),
        Method::POST if id.eq_ignore_ascii_case("id") => create(asked, object),
        Method::POST
            if asked.call.param("_HttpMethod").is_some_and(|it| it.eq_ignore_ascii_case("PATCH")) =>
        {
            change(asked, object, id)
        }
        Method::DELETE => delete(asked, object, id),
        _ => Err(Refusal::method(&asked.call.method, "DELETE,GET,HEAD,PATCH")),
    }
}

/// Why a record is not there for this caller.
fn missing(world: &World, def: &ObjectDef, id: &str) -> Refusal {
    let Some(whole) = id18(id) else {
        return Refusal::new(
            404,
            "NOT_FOUND",
            "Provided external ID field does not exist or is not accessible: ",
        )
        .with_value(id);
    };
    let table = world.table(&def.name);
    let deleted = table.and_then(|it| it.by_id(&whole).map(|row| it.is_deleted(row)));
    if deleted == Some(true) {
        Refusal::new(404, "ENTITY_IS_DELETED", "entity is deleted")
    } else {
        Refusal::new(404, "NOT_FOUND", "The requested resource does not exist")
    }
}

/// Finds a live row that the caller may see.
pub(super) fn find<'w>(
    asked: &Asked<'_>,
    world: &'w World,
    object: &str,
    id: &str,
) -> Result<(&'w Table, RowIx), Refusal> {
    let user = &asked.session.user;
    let def = world.visible_object(user, object).ok_or_else(Refusal::not_found)?;
    let table = world.table(&def.name).ok_or_else(Refusal::not_found)?;
    let row = id18(id).and_then(|it| table.by_id(&it));
    row.filter(|row| !table.is_deleted(*row) && world.visible_row(user, table, *row))
        .map(|row| (table, row))
        .ok_or_else(|| missing(world, def, id))
}

fn read(asked: &Asked<'_>, object: &str, id: &str) -> Outcome {
    let world = asked.org.world();
    let (table, row) = find(asked, &world, object, id)?;
    shown(asked, &world, table, row)
}

/// A row as an answer, honouring the conditions and the `fields` of the request.
pub(super) fn shown(asked: &Asked<'_>, world: &World, table: &Table, row: RowIx) -> Outcome {
    let user = &asked.session.user;
    let changed = render::changed_at(table, row);
    when::still(asked.call, changed)?;
    let tag = tag_of(table, row);
    if let Some(tag) = &tag {
        if asked.call.header("if-match").is_some_and(|it| !when::tag_in(it, tag)) {
            return Err(when::changed_meanwhile());
        }
        if asked.call.header("if-none-match").is_some_and(|it| when::tag_in(it, tag)) {
            return Ok(Answer::with(304, Content::Nothing).header("etag", tag.clone()));
        }
    }
    if let Some(same) = changed.and_then(|it| when::unchanged(asked.call, it)) {
        return Ok(same);
    }
    let names: Option<Vec<String>> =
        asked.call.param("fields").map(|it| it.split(',').map(str::to_owned).collect());
    let fields = render::chosen(world, user, table.def(), names.as_deref())?;
    let mut answer = Answer::json(render::record(world, user, table, row, &fields, &asked.base()));
    if let Some(changed) = changed {
        answer = answer.header("last-modified", when::http_date(changed));
    }
    if let Some(tag) = tag {
        answer = answer.header("etag", tag);
    }
    Ok(answer)
}

/// Only Account rows carry a tag.
fn tag_of(table: &Table, row: RowIx) -> Option<String> {
    if table.def().name != "Account" {
        return None;
    }
    let mut digest = Sha256::new();
    digest.update(table.id(row)?);
    for field in ["SystemModstamp", "LastModifiedDate"] {
        digest.update(table.named(row, field).unwrap_or(""));
    }
    let text: String = digest.finalize().iter().take(12).map(|it| format!("{it:02x}")).collect();
    Some(format!("\"{text}\""))
}

/// Refuses a write whose conditions no longer hold. A record that is not there is left to the write itself.
pub(super) fn still_as_seen(asked: &Asked<'_>, object: &str, id: &str) -> Result<(), Refusal> {
    let call = asked.call;
    if !["if-unmodified-since", "if-match", "if-none-match"].iter().any(|it| call.headers.contains_key(*it)) {
        return Ok(());
    }
    let world = asked.org.world();
    let Ok((table, row)) = find(asked, &world, object, id) else { return Ok(()) };
    when::still(call, render::changed_at(table, row))?;
    if let Some(tag) = tag_of(table, row) {
        let wrong = call.header("if-match").is_some_and(|it| !when::tag_in(it, &tag));
        let same = call.header("if-none-match").is_some_and(|it| when::tag_in(it, &tag));
        if wrong || same {
            return Err(when::changed_meanwhile());
        }
    }
    Ok(())
}

fn change(asked: &Asked<'_>, object: &str, id: &str) -> Outcome {
    let name = seen(asked, object)?;
    let mut record = body_record(asked, &name)?;
    still_as_seen(asked, &name, id)?;
    if record.values.iter().any(|(field, _)| field.eq_ignore_ascii_case("Id")) {
        return Err(Refusal {
            fields: vec!["Id".to_owned()],
            ..Refusal::new(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.")
        });
    }
    record.id = Some(known(asked, &name, id)?);
    let written = write::update(asked.org, asked.session, &[record], true);
    let (_, changes) = write::single(written)?;
    Ok(Answer::nothing().changed(changes))
}

fn delete(asked: &Asked<'_>, object: &str, id: &str) -> Outcome {
    let name = seen(asked, object)?;
    still_as_seen(asked, &name, id)?;
    let id = known(asked, &name, id)?;
    let written = write::delete(asked.org, asked.session, &[id], true);
    let (_, changes) = write::single(written)?;
    Ok(Answer::nothing().changed(changes))
}

/// The 18-character id, if it is one of this object's. Rows in the bin are left to the deed, which names them deleted.
fn known(asked: &Asked<'_>, object: &str, id: &str) -> Result<String, Refusal> {
    let world = asked.org.world();
    let def = world.object(object).ok_or_else(Refusal::not_found)?;
    let whole = id18(id).ok_or_else(|| missing(&world, def, id))?;
    let there = world.table(object).and_then(|it| it.by_id(&whole)).is_some();
    if there { Ok(whole) } else { Err(missing(&world, def, id)) }
}

impl Refusal {
    /// The same refusal with a value at the end of its message.
    pub(super) fn with_value(mut self, value: &str) -> Self {
        self.message.push_str(value);
        self
    }
}

/// The entry of a collection's results for one record.
pub(super) fn result(outcome: &Result<(String, Option<bool>), SfError>) -> Value {
    match outcome {
        Ok((id, created)) => {
            let mut entry = json!({"id": id, "success": true, "errors": []});
            if let (Some(map), Some(created)) = (entry.as_object_mut(), created) {
                map.insert("created".to_owned(), json!(created));
            }
            entry
        }
        Err(error) => json!({"success": false, "errors": [write::refusal_of(error).result()]}),
    }
}
