//! `/composite/batch`: up to 25 requests, each counted, none referring to another.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Refusal};
use super::super::routes;
use super::{Asked, Outcome};

pub(super) fn answer(asked: &Asked<'_>) -> Outcome {
    let body = asked.call.json()?;
    let Some(list) = body.get("batchRequests").and_then(Value::as_array) else {
        return Err(Refusal::new(400, "JSON_PARSER_ERROR", "The body must hold a list \"batchRequests\""));
    };
    if list.len() > 25 {
        return Err(Refusal::new(
            400,
            "LIMIT_EXCEEDED",
            "The number of subrequests exceeds the maximum of 25",
        ));
    }
    let halt = body.get("haltOnError").and_then(Value::as_bool).unwrap_or(false);
    let mut results = Vec::new();
    let mut changes = Vec::new();
    let mut failed = false;
    for entry in list {
        if failed && halt {
            results.push(json!({"statusCode": 412, "result": [{
                "errorCode": "BATCH_PROCESSING_HALTED", "message": "Batch processing halted per request."}]}));
            continue;
        }
        let answer = one(asked, entry);
        failed |= !answer.is_success();
        results.push(json!({"statusCode": answer.status, "result": answer.value()}));
        changes.extend(answer.changes);
    }
    let mut answer = Answer::json(json!({"hasErrors": failed, "results": results})).changed(changes);
    answer.cost = u64::try_from(list.len()).unwrap_or(1).max(1);
    Ok(answer)
}

fn one(asked: &Asked<'_>, entry: &Value) -> Answer {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or("");
    let Ok(method) = Method::from_bytes(text("method").to_ascii_uppercase().as_bytes()) else {
        return Refusal::new(400, "INVALID_BATCH_REQUEST", "The method of a subrequest is missing").into();
    };
    let url = text("url").trim_start_matches('/');
    let url = url.strip_prefix("services/data/").unwrap_or(url);
    let call = asked.call.inside(method, &format!("/services/data/{url}"), None, entry.get("richInput"));
    let version = match routes::version(call.segment(2)) {
        Ok(it) if (34..=asked.version).contains(&it) => it,
        Ok(_) | Err(_) => {
            return Refusal::new(
                400,
                "INVALID_BATCH_REQUEST",
                "The version of a subrequest must lie between 34.0 and the version of the batch",
            )
            .into();
        }
    };
    if call.segment(3) == "composite" && matches!(call.segment(4), "" | "batch" | "graph") {
        return Refusal::new(400, "INVALID_BATCH_REQUEST", "This resource cannot be part of a batch").into();
    }
    super::answer(asked.org, asked.session, &call, version).unwrap_or_else(Answer::from)
}
