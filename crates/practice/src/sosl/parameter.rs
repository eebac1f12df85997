//! `parameterizedSearch`: the same search, asked by parameters.

use serde_json::{Map, Value};

use super::statement::{FieldGroup, Returning, Statement};
use crate::soql::Fault;

/// A request that was read.
pub struct Request {
    pub statement: Statement,
    pub offset: usize,
}

fn refuse(reason: &str) -> Fault {
    Fault::plain("JSON_PARSER_ERROR", reason)
}

/// Reads the JSON of a request.
///
/// # Errors
/// `JSON_PARSER_ERROR` for another shape, `MALFORMED_SEARCH` without a term, `NUMBER_OUTSIDE_VALID_RANGE`.
pub fn read(request: &Value) -> Result<Request, Fault> {
    let Value::Object(request) = request else { return Err(refuse("the request must be a JSON object")) };
    let term = match request.get("q") {
        Some(Value::String(term)) if !term.trim().is_empty() => term.clone(),
        _ => {
            return Err(Fault::plain(
                "MALFORMED_SEARCH",
                "No search term found: the parameter q is required",
            ));
        }
    };
    let group = match text(request, "in")? {
        None => FieldGroup::All,
        Some(name) => FieldGroup::named(name.split_whitespace().next().unwrap_or_default())
            .ok_or_else(|| Fault::plain("MALFORMED_SEARCH", format!("'{name}' is no search scope")))?,
    };
    let common = names(request.get("fields"))?;
    let default_limit = number(request, "defaultLimit")?;
    let mut returning = Vec::new();
    for object in list(request.get("sobjects"), "sobjects")? {
        returning.push(one(object, &common, default_limit)?);
    }
    let limit = number(request, "overallLimit")?;
    let offset = number(request, "offset")?.unwrap_or(0);
    for given in [limit, default_limit, Some(offset)].into_iter().flatten() {
        if given > super::MAX_RECORDS {
            let reason = "overallLimit, defaultLimit and offset may be at most 2000";
            return Err(Fault::plain("NUMBER_OUTSIDE_VALID_RANGE", reason));
        }
    }
    Ok(Request { statement: Statement { term, group, returning, limit, labels: false }, offset })
}

fn one(object: &Value, common: &[String], default_limit: Option<usize>) -> Result<Returning, Fault> {
    let (name, own) = match object {
        Value::String(name) => (name.clone(), None),
        Value::Object(own) => match own.get("name") {
            Some(Value::String(name)) => (name.clone(), Some(own)),
            _ => return Err(refuse("an entry of sobjects has no name")),
        },
        _ => return Err(refuse("an entry of sobjects must be a JSON object")),
    };
    let mut fields = common.to_vec();
    let mut clauses = String::new();
    let mut limit = default_limit;
    if let Some(own) = own {
        let named = names(own.get("fields"))?;
        if !named.is_empty() {
            fields = named;
        }
        for (key, word) in [("where", "WHERE"), ("orderBy", "ORDER BY")] {
            if let Some(clause) = text(own, key)? {
                clauses.push_str(&format!(" {word} {clause}"));
            }
        }
        limit = number(own, "limit")?.or(limit);
    }
    if let Some(limit) = limit {
        clauses.push_str(&format!(" LIMIT {limit}"));
    }
    let fields = if fields.is_empty() { "Id".to_owned() } else { fields.join(", ") };
    Ok(Returning { object: name, inside: format!("{fields}{clauses}") })
}

fn text<'a>(map: &'a Map<String, Value>, key: &str) -> Result<Option<&'a str>, Fault> {
    match map.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(refuse(&format!("{key} must be a text"))),
    }
}

fn number(map: &Map<String, Value>, key: &str) -> Result<Option<usize>, Fault> {
    let read = match map.get(key) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    };
    read.map(Some).ok_or_else(|| refuse(&format!("{key} must be a whole number")))
}

fn list<'a>(value: Option<&'a Value>, key: &str) -> Result<&'a [Value], Fault> {
    match value {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(refuse(&format!("{key} must be a list"))),
    }
}

fn names(value: Option<&Value>) -> Result<Vec<String>, Fault> {
    let name = |value: &Value| {
        value.as_str().map(str::to_owned).ok_or_else(|| refuse("a field name must be a text"))
    };
    list(value, "fields")?.iter().map(name).collect()
}

/// Makes a request of the parameters of a GET: `q`, `sobject`, `fields`, `Contact.fields`, `Contact.where` …
pub fn from_query(parameters: &[(String, String)]) -> Value {
    let get = |name: &str| parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let split = |text: &str| -> Vec<Value> {
        text.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| Value::String(name.to_owned()))
            .collect()
    };
    let mut request = Map::new();
    for key in ["q", "in", "overallLimit", "defaultLimit", "offset"] {
        if let Some(value) = get(key) {
            request.insert(key.to_owned(), Value::String(value.to_owned()));
        }
    }
    if let Some(fields) = get("fields") {
        request.insert("fields".to_owned(), Value::Array(split(fields)));
    }
    let mut objects = Vec::new();
    for name in split(get("sobject").or_else(|| get("sobjects")).unwrap_or_default()) {
        let mut object = Map::new();
        let prefix = name.as_str().unwrap_or_default().to_owned();
        object.insert("name".to_owned(), name);
        for (key, value) in parameters {
            let Some(own) = key.strip_prefix(&prefix).and_then(|rest| rest.strip_prefix('.')) else {
                continue;
            };
            let value =
                if own == "fields" { Value::Array(split(value)) } else { Value::String(value.clone()) };
            object.insert(own.to_owned(), value);
        }
        objects.push(Value::Object(object));
    }
    request.insert("sobjects".to_owned(), Value::Array(objects));
    Value::Object(request)
}
