//! Many records in one call: `/composite/sobjects`.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Refusal};
use super::super::org::logged;
use super::{Asked, Outcome, record, render, write};
use crate::world::{Record, SfError, Written, id18};

/// Most records that one call writes.
const WRITE_LIMIT: usize = 200;
/// Most ids that one call reads by GET, and by POST.
const GET_LIMIT: usize = 800;
const POST_LIMIT: usize = 2000;

/// `/composite/sobjects`.
pub(super) fn many(asked: &Asked<'_>) -> Outcome {
    match asked.call.method {
        Method::POST => {
            let (records, all) = body_records(asked, false)?;
            let written =
                put(asked, records, all, |records| write::create(asked.org, asked.session, records, all));
            Ok(results(written.0, written.1, false))
        }
        Method::PATCH => {
            let (records, all) = body_records(asked, true)?;
            let written =
                put(asked, records, all, |records| write::update(asked.org, asked.session, records, all));
            Ok(results(written.0, written.1, false))
        }
        Method::DELETE => delete(asked),
        _ => Err(Refusal::method(&asked.call.method, "DELETE,PATCH,POST")),
    }
}

/// `PATCH /composite/sobjects/{O}/{external id field}`.
pub(super) fn upsert(asked: &Asked<'_>, object: &str, field: &str) -> Outcome {
    let name = record::seen(asked, object)?;
    {
        let world = asked.org.world();
        let known = world.object(&name).and_then(|it| it.field(field)).is_some_and(|it| {
            it.external_id || it.id_lookup || it.unique || it.name.eq_ignore_ascii_case("Id")
        });
        if !known {
            return Err(Refusal::new(
                404,
                "NOT_FOUND",
                "Provided external ID field does not exist or is not accessible: ",
            )
            .with_value(field));
        }
    }
    let (mut records, all) = body_records(asked, false)?;
    for record in records.iter_mut().flatten() {
        if record.object.is_empty() {
            record.object.clone_from(&name);
        }
    }
    let written =
        put(asked, records, all, |records| write::upsert(asked.org, asked.session, field, records, all));
    Ok(results(written.0, written.1, true))
}

type Rows = Vec<Result<(String, Option<bool>), SfError>>;

fn too_many(limit: usize) -> Refusal {
    Refusal::new(
        400,
        "EXCEEDED_ID_LIMIT",
        format!("record limit reached. cannot submit more than {limit} records in this call"),
    )
}

/// The records of a body. One that says no type, or (on update) no id, is refused in its own place.
#[allow(clippy::type_complexity, reason = "a list of records, each good or refused")]
fn body_records(asked: &Asked<'_>, with_id: bool) -> Result<(Vec<Result<Record, SfError>>, bool), Refusal> {
    let body = asked.call.json()?;
    let all = body.get("allOrNone").and_then(Value::as_bool).unwrap_or(false);
    let Some(list) = body.get("records").and_then(Value::as_array) else {
        return Err(Refusal::new(
            400,
            "REQUIRED_FIELD_MISSING",
            "The request body must hold a list \"records\"",
        ));
    };
    if list.len() > WRITE_LIMIT {
        return Err(too_many(WRITE_LIMIT));
    }
    let world = asked.org.world();
    let upserting = asked.call.path.len() > 5;
    let mut records = Vec::with_capacity(list.len());
    for entry in list {
        let Value::Object(map) = entry else {
            return Err(Refusal::new(400, "JSON_PARSER_ERROR", "A record must be a JSON object"));
        };
        let named = map.get("attributes").and_then(|it| it.get("type")).and_then(Value::as_str);
        let known = named.and_then(|it| world.visible_object(&asked.session.user, it));
        let id = map.iter().find(|(key, _)| key.eq_ignore_ascii_case("id")).map(|(_, value)| value.clone());
        let mut map = map.clone();
        map.retain(|key, _| with_id.then(|| key.eq_ignore_ascii_case("id")) != Some(true));
        records.push(match (named, known, id) {
            (None, _, _) if !upserting => Err(SfError::new(
                "INVALID_INPUT",
                "The type of the record is missing: give attributes with a type",
            )),
            (Some(name), None, _) => {
                Err(SfError::new("INVALID_TYPE", format!("sObject type '{name}' is not supported.")))
            }
            (_, _, id) if with_id && id.as_ref().and_then(Value::as_str).is_none() => {
                Err(SfError::new("MISSING_ARGUMENT", "Id not specified in an update call"))
            }
            (_, known, id) => {
                let object = known.map(|it| it.name.clone()).unwrap_or_default();
                let id = id.filter(|_| with_id).and_then(|it| it.as_str().map(str::to_owned));
                Ok(record::record_of(&object, id, map))
            }
        });
    }
    Ok((records, all))
}

/// Hands the readable records to the deed; with `all`, one unreadable record stops everything.
fn put(
    _asked: &Asked<'_>,
    records: Vec<Result<Record, SfError>>,
    all: bool,
    deed: impl FnOnce(&[Record]) -> Written<crate::world::Saved>,
) -> (Rows, Vec<crate::world::Change>) {
    let good: Vec<Record> = records.iter().filter_map(|it| it.as_ref().ok().cloned()).collect();
    if all && good.len() < records.len() {
        let rows = records.into_iter().map(|it| Err(it.err().unwrap_or_else(write::rolled_back))).collect();
        return (rows, Vec::new());
    }
    let written = deed(&good);
    let mut done = written.results.into_iter();
    let rows = records
        .into_iter()
        .map(|it| match it {
            Err(error) => Err(error),
            Ok(_) => match done.next() {
                Some(Ok(saved)) => Ok((saved.id, Some(saved.created))),
                Some(Err(error)) => Err(error),
                None => Err(SfError::new("UNKNOWN_EXCEPTION", "An unexpected error occurred.")),
            },
        })
        .collect();
    (rows, written.changes)
}

fn results(rows: Rows, changes: Vec<crate::world::Change>, upserted: bool) -> Answer {
    let list = rows
        .into_iter()
        .map(|row| record::result(&row.map(|(id, created)| (id, created.filter(|_| upserted)))))
        .collect();
    Answer::json(Value::Array(list)).changed(logged(&changes))
}

fn delete(asked: &Asked<'_>) -> Outcome {
    let ids: Vec<String> = asked
        .call
        .param("ids")
        .unwrap_or("")
        .split(',')
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    if ids.is_empty() {
        return Err(Refusal::new(400, "REQUIRED_FIELD_MISSING", "The ids parameter is required"));
    }
    if ids.len() > WRITE_LIMIT {
        return Err(too_many(WRITE_LIMIT));
    }
    let all = asked.call.param("allOrNone").is_some_and(|it| it.eq_ignore_ascii_case("true"));
    let written = write::delete(asked.org, asked.session, &ids, all);
    let rows = written.results.into_iter().map(|it| it.map(|id| (id, None))).collect();
    Ok(results(rows, written.changes, false))
}

/// `/composite/sobjects/{O}`: rows by id, null where there is none for the caller.
pub(super) fn retrieve(asked: &Asked<'_>, object: &str) -> Outcome {
    let split = |text: &str| -> Vec<String> { text.split(',').map(|it| it.trim().to_owned()).collect() };
    let list = |body: &Value, key: &str| -> Vec<String> {
        let entries = body.get(key).and_then(Value::as_array);
        entries.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (ids, fields, limit) = match asked.call.method {
        Method::GET => (
            split(asked.call.param("ids").unwrap_or("")),
            split(asked.call.param("fields").unwrap_or("")),
            GET_LIMIT,
        ),
        Method::POST => {
            let body = asked.call.json()?;
            (list(&body, "ids"), list(&body, "fields"), POST_LIMIT)
        }
        _ => return Err(Refusal::method(&asked.call.method, "GET,HEAD,POST")),
    };
    let (ids, fields): (Vec<String>, Vec<String>) = (
        ids.into_iter().filter(|it| !it.is_empty()).collect(),
        fields.into_iter().filter(|it| !it.is_empty()).collect(),
    );
    if ids.is_empty() || fields.is_empty() {
        return Err(Refusal::new(
            400,
            "REQUIRED_FIELD_MISSING",
            "The ids and fields parameters are required",
        ));
    }
    if ids.len() > limit {
        return Err(too_many(limit));
    }
    let world = asked.org.world();
    let user = &asked.session.user;
    let def = world.visible_object(user, object).ok_or_else(Refusal::not_found)?;
    let table = world.table(&def.name).ok_or_else(Refusal::not_found)?;
    let columns = render::chosen(&world, user, def, Some(&fields))?;
    let base = asked.base();
    let mut rows = Vec::with_capacity(ids.len());
    for id in &ids {
        let whole =
            id18(id).ok_or_else(|| Refusal::new(400, "MALFORMED_ID", format!("malformed id {id}")))?;
        let row = table.by_id(&whole);
        let row = row.filter(|it| !table.is_deleted(*it) && world.visible_row(user, table, *it));
        rows.push(row.map_or(Value::Null, |it| render::record(&world, user, table, it, &columns, &base)));
    }
    Ok(Answer::json(json!(rows)))
}
