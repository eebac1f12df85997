//! Describe: of the whole org, and of one object.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Refusal};
use super::{Asked, Outcome, record, when};

pub(super) fn global(asked: &Asked<'_>) -> Outcome {
    let world = asked.org.world();
    let changed = world.describe_changed_at(&asked.session.user);
    if let Some(same) = when::unchanged(asked.call, changed) {
        return Ok(same);
    }
    let all = world.global_describe(&asked.session.user, &asked.version.to_string());
    Ok(Answer::json(all).header("last-modified", when::http_date(changed)))
}

pub(super) fn full(asked: &Asked<'_>, object: &str) -> Outcome {
    let world = asked.org.world();
    let changed = world.describe_changed_at(&asked.session.user);
    let described = world
        .describe(&asked.session.user, object, &asked.version.to_string())
        .ok_or_else(Refusal::not_found)?;
    if let Some(same) = when::unchanged(asked.call, changed) {
        return Ok(same);
    }
    Ok(Answer::json(described).header("last-modified", when::http_date(changed)))
}

/// `/sobjects/X`: GET gives the basic information, POST creates a record.
pub(super) fn basic(asked: &Asked<'_>, object: &str) -> Outcome {
    match asked.call.method {
        Method::GET => {
            let world = asked.org.world();
            let def = world.visible_object(&asked.session.user, object).ok_or_else(Refusal::not_found)?;
            let all = world.global_describe(&asked.session.user, &asked.version.to_string());
            let entry = all
                .get("sobjects")
                .and_then(Value::as_array)
                .and_then(|it| it.iter().find(|it| it.get("name").and_then(Value::as_str) == Some(&def.name)))
                .cloned()
                .unwrap_or(Value::Null);
            Ok(Answer::json(json!({"objectDescribe": entry, "recentItems": []})))
        }
        Method::POST => record::create(asked, object),
        _ => Err(Refusal::method(&asked.call.method, "GET,HEAD,POST")),
    }
}
