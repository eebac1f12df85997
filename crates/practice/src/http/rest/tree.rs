//! `/composite/tree/{O}`: creates records with their children, all or nothing.

use serde_json::{Map, Value, json};

use super::super::answer::{Answer, Content, Refusal};
use super::super::org::{Session, logged};
use super::{Asked, Outcome, record, write};
use crate::world::Change;

struct Failed {
    reference: String,
    entry: Value,
}

#[derive(Default)]
struct Progress {
    results: Vec<Value>,
    changes: Vec<Change>,
    failed: Option<Failed>,
}

pub(super) fn answer(asked: &Asked<'_>, object: &str) -> Outcome {
    let name = record::seen(asked, object)?;
    let body = asked.call.json()?;
    let Some(list) = body.get("records").and_then(Value::as_array) else {
        return Err(Refusal::new(400, "JSON_PARSER_ERROR", "The body must hold a list \"records\""));
    };
    if count(list) > 200 {
        return Err(Refusal::new(400, "LIMIT_EXCEEDED", "At most 200 records are created in one tree"));
    }
    let progress = asked.org.together(asked.session, |inside| {
        let mut progress = Progress::default();
        grow(asked, inside, &name, list, None, 1, &mut progress);
        let good = progress.failed.is_none();
        (progress, good)
    });
    let mut changes = logged(&progress.changes);
    Ok(match progress.failed {
        None => Answer::json(json!({"hasErrors": false, "results": progress.results}))
            .status(201)
            .changed(changes),
        Some(failed) => {
            for change in changes.iter_mut().filter(|it| it.outcome == "ok") {
                "ALL_OR_NONE_OPERATION_ROLLED_BACK".clone_into(&mut change.outcome);
            }
            let results = json!([{"referenceId": failed.reference, "errors": [failed.entry]}]);
            Answer::with(400, Content::Json(json!({"hasErrors": true, "results": results}))).changed(changes)
        }
    })
}

fn count(list: &[Value]) -> usize {
    let below = |it: &Value| -> usize {
        let children = it.as_object().into_iter().flat_map(Map::values);
        children.filter_map(|it| it.get("records").and_then(Value::as_array)).map(|it| count(it)).sum()
    };
    list.iter().map(|it| 1 + below(it)).sum()
}

fn grow(
    asked: &Asked<'_>,
    who: &Session,
    object: &str,
    list: &[Value],
    parent: Option<(&str, &str)>,
    depth: usize,
    progress: &mut Progress,
) {
    for entry in list {
        let attributes = entry.get("attributes");
        let text = |key: &str| attributes.and_then(|it| it.get(key)).and_then(Value::as_str);
        let reference = text("referenceId").unwrap_or("").to_owned();
        let fail = |progress: &mut Progress, refusal: Refusal| {
            progress.failed = Some(Failed { reference: reference.clone(), entry: refusal.result() });
        };
        let Value::Object(map) = entry else {
            return fail(progress, Refusal::new(400, "JSON_PARSER_ERROR", "A record must be a JSON object"));
        };
        if depth > 5 {
            return fail(progress, Refusal::new(400, "LIMIT_EXCEEDED", "A tree has at most five levels"));
        }
        let object = text("type").unwrap_or(object);
        let (children, mut fields): (Map<String, Value>, Map<String, Value>) =
            map.clone().into_iter().partition(|(_, it)| it.get("records").is_some());
        if let Some((field, id)) = parent {
            fields.insert(field.to_owned(), json!(id));
        }
        let written = write::create(asked.org, who, &[record::record_of(object, None, fields)], true);
        progress.changes.extend(written.changes);
        let id = match written.results.into_iter().next() {
            Some(Ok(saved)) => saved.id,
            Some(Err(error)) => return fail(progress, write::refusal_of(&error)),
            None => {
                return fail(
                    progress,
                    Refusal::new(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
                );
            }
        };
        progress.results.push(json!({"referenceId": reference, "id": id}));
        for (relationship, child) in &children {
            let found = asked.org.world().object(object).and_then(|it| {
                let named = |name: &Option<String>| {
                    name.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(relationship))
                };
                let child = it.children.iter().find(|it| named(&it.relationship_name))?;
                Some((child.child.clone(), child.field.clone()))
            });
            let Some((child_object, field)) = found else {
                let message = format!("No such relationship '{relationship}' on entity '{object}'");
                return fail(progress, Refusal::new(400, "INVALID_FIELD", message));
            };
            let empty = Vec::new();
            let records = child.get("records").and_then(Value::as_array).unwrap_or(&empty);
            grow(asked, who, &child_object, records, Some((&field, &id)), depth + 1, progress);
            if progress.failed.is_some() {
                return;
            }
        }
    }
}
