//! `/search` and `/parameterizedSearch`.

use axum::http::Method;
use serde_json::{Value, json};

use super::super::answer::{Answer, Refusal};
use super::{Asked, Outcome};

/// `/search?q=FIND …`.
pub(super) fn sosl(asked: &Asked<'_>) -> Outcome {
    let Some(text) = asked.call.param("q").filter(|it| !it.trim().is_empty()) else {
        return Err(Refusal::new(
            400,
            "MALFORMED_SEARCH",
            "No search term found. The search term must be enclosed in braces.",
        ));
    };
    run(asked, text)
}

fn run(_asked: &Asked<'_>, _text: &str) -> Outcome {
    Ok(Answer::json(json!({"searchRecords": []})))
}

/// `/parameterizedSearch`: the same search, its parts given apart.
pub(super) fn parameterized(asked: &Asked<'_>) -> Outcome {
    let given = if asked.call.method == Method::POST { asked.call.json()? } else { from_query(asked) };
    let text = statement(&given)?;
    run(asked, &text)
}

fn from_query(asked: &Asked<'_>) -> Value {
    let call = asked.call;
    let sobjects: Vec<Value> = call
        .query
        .iter()
        .filter(|(name, _)| name == "sobject")
        .flat_map(|(_, value)| value.split(','))
        .map(|name| {
            let name = name.trim();
            let of = |key: &str| call.param(&format!("{name}.{key}")).map(str::to_owned);
            let fields: Option<Vec<String>> =
                of("fields").map(|it| it.split(',').map(|it| it.trim().to_owned()).collect());
            json!({"name": name, "fields": fields, "where": of("where"), "limit": of("limit"), "orderBy": of("orderBy")})
        })
        .collect();
    let fields: Vec<String> = call
        .query
        .iter()
        .filter(|(name, _)| name == "fields")
        .flat_map(|(_, value)| value.split(','))
        .map(|it| it.trim().to_owned())
        .collect();
    json!({"q": call.param("q"), "in": call.param("in"), "fields": fields, "sobjects": sobjects,
        "overallLimit": call.param("overallLimit"), "defaultLimit": call.param("defaultLimit")})
}

/// The SOSL statement that a parameterized search stands for.
fn statement(given: &Value) -> Result<String, Refusal> {
    let text = |from: &Value, key: &str| match from.get(key) {
        Some(Value::String(it)) if !it.trim().is_empty() => Some(it.clone()),
        Some(Value::Number(it)) => Some(it.to_string()),
        _ => None,
    };
    let term = text(given, "q")
        .ok_or_else(|| Refusal::new(400, "MALFORMED_SEARCH", "The parameter q is missing"))?;
    let list = |from: &Value| -> Vec<String> {
        let fields = from.get("fields").and_then(Value::as_array);
        fields.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut sosl = format!("FIND {{{}}}", escaped(&term));
    if let Some(group) = text(given, "in") {
        let group = group.to_ascii_uppercase();
        let group = group.strip_suffix(" FIELDS").unwrap_or(&group);
        if !["ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"].contains(&group) {
            return Err(Refusal::new(400, "MALFORMED_SEARCH", "The parameter in is not a search group"));
        }
        sosl.push_str(&format!(" IN {group} FIELDS"));
    }
    let common = list(given);
    let default_limit = text(given, "defaultLimit");
    let mut objects = Vec::new();
    for entry in given.get("sobjects").and_then(Value::as_array).into_iter().flatten() {
        let name = match entry {
            Value::String(name) => name.clone(),
            other => text(other, "name")
                .or_else(|| text(other, "sobject"))
                .ok_or_else(|| Refusal::new(400, "MALFORMED_SEARCH", "An sobject has no name"))?,
        };
        let own = list(entry);
        let fields = if own.is_empty() { common.clone() } else { own };
        let fields = if fields.is_empty() { vec!["Id".to_owned()] } else { fields };
        let mut inside = fields.join(", ");
        if let Some(condition) = text(entry, "where") {
            inside.push_str(&format!(" WHERE {condition}"));
        }
        if let Some(order) = text(entry, "orderBy") {
            inside.push_str(&format!(" ORDER BY {order}"));
        }
        if let Some(limit) = text(entry, "limit").or_else(|| default_limit.clone()) {
            inside.push_str(&format!(" LIMIT {limit}"));
        }
        objects.push(format!("{name}({inside})"));
    }
    if !objects.is_empty() {
        sosl.push_str(&format!(" RETURNING {}", objects.join(", ")));
    }
    if let Some(limit) = text(given, "overallLimit") {
        sosl.push_str(&format!(" LIMIT {limit}"));
    }
    Ok(sosl)
}

/// A parameterized term is plain text but for its wildcards and quotes.
fn escaped(term: &str) -> String {
    let mut out = String::new();
    for letter in term.chars() {
        if "&|!{}[]()^~:\\'+-".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameterized_search_becomes_a_statement() {
        let given = json!({"q": "ana@example.com", "in": "EMAIL", "fields": ["Id"],
            "sobjects": [{"name": "Contact", "fields": ["Id", "Email"], "orderBy": "Id", "limit": 20}], "overallLimit": 50});
        assert_eq!(
            statement(&given).unwrap(),
            "FIND {ana@example.com} IN EMAIL FIELDS RETURNING Contact(Id, Email ORDER BY Id LIMIT 20) LIMIT 50"
        );
        assert_eq!(statement(&json!({"q": "a-b"})).unwrap(), "FIND {a\\-b}");
        assert!(statement(&json!({})).is_err());
    }
}
