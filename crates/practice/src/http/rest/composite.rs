//! `/composite`: up to 25 requests that may refer to each other, counted as one call.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::super::answer::{Answer, Change, Refusal};
use super::super::org::Session;
use super::super::routes;
use super::{Asked, Outcome};

/// Most subrequests, and most of them that query or are collections.
const LIMIT: usize = 25;
const HEAVY_LIMIT: usize = 5;

/// GET says what there is; POST carries requests out.
pub(super) fn answer(asked: &Asked<'_>) -> Outcome {
    match asked.call.method {
        Method::GET => {
            let base = asked.base();
            Ok(Answer::json(json!({
                "tree": format!("{base}/composite/tree"),
                "batch": format!("{base}/composite/batch"),
                "sobjects": format!("{base}/composite/sobjects"),
                "graph": format!("{base}/composite/graph"),
            })))
        }
        Method::POST => run(asked),
        _ => Err(Refusal::method(&asked.call.method, "GET,HEAD,POST")),
    }
}

fn run(asked: &Asked<'_>) -> Outcome {
    let body = asked.call.json()?;
    let Some(list) = body.get("compositeRequest").and_then(Value::as_array) else {
        return Err(Refusal::new(400, "JSON_PARSER_ERROR", "The body must hold a list \"compositeRequest\""));
    };
    if list.len() > LIMIT {
        return Err(Refusal::new(
            400,
            "LIMIT_EXCEEDED",
            format!("The number of subrequests exceeds the maximum of {LIMIT}"),
        ));
    }
    let heavy = list.iter().filter(|it| is_heavy(text(it, "url"))).count();
    if heavy > HEAVY_LIMIT {
        return Err(Refusal::new(
            400,
            "LIMIT_EXCEEDED",
            format!("At most {HEAVY_LIMIT} subrequests may be queries or sObject collections"),
        ));
    }
    let parts = read(list)?;
    let all = body.get("allOrNone").and_then(Value::as_bool).unwrap_or(false);
    let (answers, changes) = carry_out(asked, &parts, all);
    let list: Vec<Value> = parts.iter().zip(&answers).map(|(part, it)| shown(part, it)).collect();
    Ok(Answer::json(json!({"compositeResponse": list})).changed(changes))
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry.get(key).and_then(Value::as_str).unwrap_or("")
}

fn is_heavy(url: &str) -> bool {
    let path = url.split('?').next().unwrap_or(url).to_ascii_lowercase();
    let mut parts = path.split('/').filter(|it| !it.is_empty()).skip(3);
    match (parts.next(), parts.next()) {
        (Some("query" | "queryall"), _) => true,
        (Some("composite"), Some(it)) => it == "sobjects",
        _ => false,
    }
}

/// One subrequest.
pub(super) struct Part<'a> {
    method: Method,
    url: &'a str,
    reference: &'a str,
    headers: Option<&'a Value>,
    body: Option<&'a Value>,
}

/// Reads the subrequests; reference ids must be there, well-formed, and each used once.
pub(super) fn read(list: &[Value]) -> Result<Vec<Part<'_>>, Refusal> {
    let mut parts: Vec<Part<'_>> = Vec::with_capacity(list.len());
    for entry in list {
        let reference = text(entry, "referenceId");
        let sound = !reference.is_empty()
            && reference.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
            && !reference.starts_with('_');
        if !sound {
            return Err(Refusal::new(
                400,
                "INVALID_REFERENCE_ID",
                "Provided referenceId must start with a letter or a number and hold only letters, numbers and underscores",
            ));
        }
        if parts.iter().any(|it| it.reference.eq_ignore_ascii_case(reference)) {
            return Err(Refusal::new(
                400,
                "INVALID_REFERENCE_ID",
                format!("Duplicate referenceId provided: {reference}"),
            ));
        }
        let method = text(entry, "method").to_ascii_uppercase();
        let Ok(method) = Method::from_bytes(method.as_bytes()) else {
            return Err(Refusal::new(400, "JSON_PARSER_ERROR", "The method of a subrequest is missing"));
        };
        parts.push(Part {
            method,
            url: text(entry, "url"),
            reference,
            headers: entry.get("httpHeaders"),
            body: entry.get("body"),
        });
    }
    Ok(parts)
}

fn halted() -> Answer {
    Refusal::new(
        400,
        "PROCESSING_HALTED",
        "The transaction was rolled back since another operation in the same transaction failed.",
    )
    .into()
}

/// Carries the subrequests out in order. With `all`, one failure takes everything back.
pub(super) fn carry_out(asked: &Asked<'_>, parts: &[Part<'_>], all: bool) -> (Vec<Answer>, Vec<Change>) {
    if !all {
        let mut answers: Vec<Answer> = Vec::new();
        for part in parts {
            let answer = one(asked, asked.session, part, parts, &answers);
            answers.push(answer);
        }
        let changes = answers.iter().flat_map(|it| it.changes.clone()).collect();
        return (answers, changes);
    }
    asked.org.together(asked.session, |inside| {
        let mut answers: Vec<Answer> = Vec::new();
        let mut failed = None;
        for part in parts {
            let answer = one(asked, inside, part, parts, &answers);
            let good = answer.is_success() && !has_failed_rows(&answer);
            answers.push(answer);
            if !good {
                failed = Some(answers.len() - 1);
                break;
            }
        }
        let Some(failed) = failed else {
            let changes = answers.iter().flat_map(|it| it.changes.clone()).collect();
            return ((answers, changes), true);
        };
        let mut changes: Vec<Change> = Vec::new();
        for (n, answer) in answers.iter_mut().enumerate() {
            for mut change in std::mem::take(&mut answer.changes) {
                if change.outcome == "ok" {
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK".clone_into(&mut change.outcome);
                }
                changes.push(change);
            }
            if n != failed {
                *answer = halted();
            }
        }
        answers.resize_with(parts.len(), halted);
        ((answers, changes), false)
    })
}

/// A collection that is answered with 200 may still hold refused rows.
fn has_failed_rows(answer: &Answer) -> bool {
    let super::super::answer::Content::Json(Value::Array(rows)) = &answer.content else { return false };
    rows.iter().any(|it| it.get("success").and_then(Value::as_bool) == Some(false))
}

fn one(asked: &Asked<'_>, who: &Session, part: &Part<'_>, parts: &[Part<'_>], done: &[Answer]) -> Answer {
    let filled = |text: &str| fill(text, parts, done);
    let target = match filled(part.url) {
        Ok(Value::String(it)) => it,
        Ok(other) => other.to_string(),
        Err(refusal) => return refusal.into(),
    };
    let body = match part.body.map(|it| fill_all(it, parts, done)).transpose() {
        Ok(it) => it,
        Err(refusal) => return refusal.into(),
    };
    let headers = match part.headers.map(|it| fill_all(it, parts, done)).transpose() {
        Ok(it) => it,
        Err(refusal) => return refusal.into(),
    };
    let call = asked.call.inside(part.method.clone(), &target, headers.as_ref(), body.as_ref());
    if call.segment(0) != "services" || call.segment(1) != "data" {
        return Refusal::new(400, "INVALID_URL", "The url of a subrequest must begin with /services/data/")
            .into();
    }
    let version = match routes::version(call.segment(2)) {
        Ok(it) => it,
        Err(refusal) => return refusal.into(),
    };
    if call.segment(3) == "composite" && matches!(call.segment(4), "" | "batch" | "graph") {
        return Refusal::new(400, "INVALID_URL", "This resource cannot be part of a composite request")
            .into();
    }
    let answer = super::answer(asked.org, who, &call, version).unwrap_or_else(Answer::from);
    if matches!(answer.content, super::super::answer::Content::Bytes { .. }) {
        return Refusal::new(400, "INVALID_URL", "Bytes cannot be retrieved in a composite request").into();
    }
    answer
}

/// The entry of a subrequest in the response.
pub(super) fn shown(part: &Part<'_>, answer: &Answer) -> Value {
    let mut headers = Map::new();
    for (name, value) in &answer.headers {
        let title = match *name {
            "location" => "Location",
            "etag" => "ETag",
            "last-modified" => "Last-Modified",
            _ => continue,
        };
        headers.insert(title.to_owned(), json!(value));
    }
    json!({
        "body": answer.value(),
        "httpHeaders": headers,
        "httpStatusCode": answer.status,
        "referenceId": part.reference,
    })
}

/// A value with every reference in its texts replaced.
fn fill_all(value: &Value, parts: &[Part<'_>], done: &[Answer]) -> Result<Value, Refusal> {
    Ok(match value {
        Value::String(text) => fill(text, parts, done)?,
        Value::Array(list) => {
            Value::Array(list.iter().map(|it| fill_all(it, parts, done)).collect::<Result<_, _>>()?)
        }
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, it)| fill_all(it, parts, done).map(|it| (key.clone(), it)))
                .collect::<Result<_, _>>()?,
        ),
        other => other.clone(),
    })
}

/// A text with its `@{reference.path}` replaced; a text that is nothing but one reference takes its type.
fn fill(text: &str, parts: &[Part<'_>], done: &[Answer]) -> Result<Value, Refusal> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let Some((path, after)) = after.split_once('}') else { break };
        let value = resolve(path, parts, done)?;
        if before.is_empty() && after.is_empty() && out.is_empty() {
            return Ok(value);
        }
        out.push_str(before);
        match value {
            Value::String(it) => out.push_str(&it),
            Value::Null => {}
            other => out.push_str(&other.to_string()),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(Value::String(out))
}

fn resolve(path: &str, parts: &[Part<'_>], done: &[Answer]) -> Result<Value, Refusal> {
    let unknown = || {
        Refusal::new(
            400,
            "PROCESSING_HALTED",
            format!("Invalid reference specified. No value for {path} found."),
        )
    };
    let steps: Vec<String> = path
        .replace('[', ".")
        .replace(']', "")
        .split('.')
        .map(|it| it.trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    let (first, rest) = steps.split_first().ok_or_else(unknown)?;
    let place = parts.iter().position(|it| it.reference.eq_ignore_ascii_case(first)).ok_or_else(unknown)?;
    let answer = done.get(place).filter(|it| it.is_success()).ok_or_else(unknown)?;
    let mut value = &answer.value();
    for step in rest {
        let next = match value {
            Value::Array(list) => step.parse::<usize>().ok().and_then(|it| list.get(it)),
            Value::Object(map) => map
                .get(step)
                .or_else(|| map.iter().find(|(key, _)| key.eq_ignore_ascii_case(step)).map(|it| it.1)),
            _ => None,
        };
        value = next.ok_or_else(unknown)?;
    }
    Ok(value.clone())
}
