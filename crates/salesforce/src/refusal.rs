//! What Salesforce says when it refuses, reduced to what may be shown and logged.
//!
//! Salesforce's own sentences quote names, statements and values ("Your attempt to delete Mr. …"). Only the code and
//! API names are taken from them; the sentence is ours.

use casework::query::Refusal;
use serde_json::Value;

use crate::errors::Error;

/// Reads an error body: an array of errors, one error, or a row's `errors`. The first one counts.
pub(crate) fn from_value(body: &Value) -> Option<Refusal> {
    let first = match body {
        Value::Array(all) => all.first()?,
        other => other,
    };
    let code = ["errorCode", "statusCode", "exceptionCode", "error"]
        .iter()
        .find_map(|key| first.get(key).and_then(Value::as_str))?;
    let message = first.get("message").and_then(Value::as_str).unwrap_or_default();
    let fields: Vec<&str> = first
        .get("fields")
        .and_then(Value::as_array)
        .map(|all| all.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    Some(told(code, message, &fields))
}

/// A refusal in our words. `message` is only looked at for API names and fixed phrases.
pub(crate) fn told(code: &str, message: &str, fields: &[&str]) -> Refusal {
    let code = if is_code(code) { code } else { "UNREADABLE_CODE" };
    let mut sentence = sentence(code).to_owned();
    if matches!(code, "INVALID_FIELD" | "INVALID_TYPE")
        && let Some(names) = quoted_names(message)
    {
        sentence.push_str(&format!(" ({names})"));
    }
    let fields: Vec<&str> = fields.iter().copied().filter(|field| is_api_name(field)).take(20).collect();
    if !fields.is_empty() {
        sentence.push_str(&format!(" Fields: {}.", fields.join(", ")));
    }
    Refusal { code: code.to_owned(), message: sentence }
}

/// What a whole answer with an error status means.
pub(crate) fn meaning(status: u16, body: &[u8], usage: Option<(u64, u64)>) -> Meaning {
    let parsed: Option<Value> = serde_json::from_slice(body).ok();
    let text = std::str::from_utf8(body).unwrap_or_default();
    let raw = parsed.as_ref().map_or(text, first_message);
    let fault = fault_code(text).map(|code| told(code, "", &[]));
    let is_fault = fault.is_some();
    let refusal = parsed.as_ref().and_then(from_value).or(fault);
    let code = refusal.as_ref().map_or("", |refusal| refusal.code.as_str());
    match (status, code) {
        (401, _) if raw.contains("not valid for use with the REST API") => {
            Meaning::Final(Error::SessionNotForApi)
        }
        (401, _) => Meaning::SessionOver,
        // The words of the identity resources, in plain text.
        (403, "") if raw.trim().eq_ignore_ascii_case("Bad_OAuth_Token") => Meaning::SessionOver,
        (_, "INVALID_SESSION_ID" | "INVALID_AUTH_HEADER") => Meaning::SessionOver,
        (_, "REQUEST_LIMIT_EXCEEDED") if is_daily(raw) => Meaning::Final(Error::DailyLimit { usage }),
        (429, _) | (_, "REQUEST_LIMIT_EXCEEDED") => Meaning::Wait,
        (_, "API_DISABLED_FOR_ORG" | "API_CURRENTLY_DISABLED") => Meaning::Final(Error::SessionNotForApi),
        (300..=399, _) => Meaning::Final(Error::ForeignAddress),
        // A SOAP fault is a refusal although its status is 500.
        (500, _) if is_fault && !matches!(code, "SERVER_UNAVAILABLE" | "UNKNOWN_EXCEPTION") => {
            Meaning::Final(Error::Refused {
                status,
                refusal: refusal.unwrap_or_else(|| told("HTTP_500", "", &[])),
            })
        }
        (500..=599, _) => Meaning::Broken,
        (_, _) => Meaning::Final(Error::Refused {
            status,
            refusal: refusal.unwrap_or_else(|| told(&format!("HTTP_{status}"), "", &[])),
        }),
    }
}

/// `INVALID_SESSION_ID` out of `<faultcode>sf:INVALID_SESSION_ID</faultcode>`.
fn fault_code(text: &str) -> Option<&str> {
    let code = text.split_once("<faultcode>")?.1.split_once("</faultcode>")?.0.trim();
    Some(code.rsplit(':').next().unwrap_or(code))
}

/// What to do after an answer with an error status.
pub(crate) enum Meaning {
    /// The token is no longer valid; nothing was done.
    SessionOver,
    /// Turned away before anything was done; try later.
    Wait,
    /// The org or the edge failed; whether something was done is not known.
    Broken,
    Final(Error),
}

/// Whether the refusal of one question in a package says that the day's allowance is used up.
pub(crate) fn is_daily_limit(body: &Value) -> bool {
    from_value(body).is_some_and(|refusal| refusal.code == "REQUEST_LIMIT_EXCEEDED")
        && is_daily(first_message(body))
}

/// Whether the same question may be answered a moment later.
pub(crate) fn is_passing(status: u16, refusal: &Refusal) -> bool {
    matches!(status, 429 | 502 | 503)
        || matches!(
            refusal.code.as_str(),
            "REQUEST_LIMIT_EXCEEDED" | "SERVER_UNAVAILABLE" | "UNABLE_TO_LOCK_ROW"
        )
}

fn is_daily(message: &str) -> bool {
    !message.to_ascii_lowercase().contains("concurrent")
}

fn first_message(body: &Value) -> &str {
    let first = body.as_array().and_then(|all| all.first()).unwrap_or(body);
    first.get("message").and_then(Value::as_str).unwrap_or_default()
}

fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code.len() <= 80
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// A field, object or relationship name, with dots; never longer than Salesforce allows for five steps.
pub(crate) fn is_api_name(name: &str) -> bool {
    name.len() <= 255
        && name.split('.').all(|part| {
            part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
}

/// `Birthdate on Contact` out of "No such column 'Birthdate' on entity 'Contact'", `Notes__c` out of "field 'Notes__c'
/// can not be filtered": only what stands behind these fixed words and is an API name, never another quoted part.
fn quoted_names(message: &str) -> Option<String> {
    let after = |words: &str| {
        let rest = message.split_once(words)?.1;
        let name = rest.split_once('\'')?.0;
        is_api_name(name).then(|| name.to_owned())
    };
    let column = after("No such column '").or_else(|| after("\nfield '"));
    match (column, after("on entity '"), after("sObject type '")) {
        (Some(column), Some(entity), _) => Some(format!("{column} on {entity}")),
        (Some(column), None, _) => Some(column),
        (None, _, Some(entity)) => Some(entity),
        (None, _, None) => None,
    }
}

fn sentence(code: &str) -> &'static str {
    match code {
        "INVALID_FIELD" => "A field does not exist or may not be read here.",
        "INVALID_TYPE" => "The object does not exist or may not be read.",
        "MALFORMED_QUERY" | "INVALID_QUERY_FILTER_OPERATOR" => "The org does not accept this question.",
        "MALFORMED_SEARCH" => "The org does not accept this search.",
        "MALFORMED_ID" => "An id is not one of this org.",
        "QUERY_TIMEOUT" | "QUERY_TOO_COMPLICATED" | "OPERATION_TOO_LARGE" => {
            "The org could not answer this in its time."
        }
        "INVALID_QUERY_LOCATOR" => "The org forgot where the reading stood.",
        "DELETE_FAILED" | "DEPENDENCY_EXISTS" => "Other records still depend on this one.",
        "ENTITY_IS_LOCKED" => "The record is locked by an approval.",
        "ENTITY_IS_DELETED" => "The record is deleted already.",
        "UNABLE_TO_LOCK_ROW" => "Somebody else kept the record locked.",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION" => "A validation rule of the org refuses the change.",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" => {
            "Automation of the org (a trigger or flow) refuses the change."
        }
        "REQUIRED_FIELD_MISSING" => "A required field would be empty.",
        "STRING_TOO_LONG" => "A value is too long for its field.",
        "INVALID_EMAIL_ADDRESS" => "The org does not take this as an email address.",
        "DUPLICATES_DETECTED" | "DUPLICATE_VALUE" => "A duplicate rule of the org refuses the change.",
        "FIELD_INTEGRITY_EXCEPTION" | "INVALID_FIELD_FOR_INSERT_UPDATE" => "A field cannot take this value.",
        "INSUFFICIENT_ACCESS"
        | "INSUFFICIENT_ACCESS_OR_READONLY"
        | "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" => "The user may not do this to the record.",
        "CANNOT_DELETE_MANAGED_OBJECT" => "The record belongs to an installed package and cannot be deleted.",
        "FUNCTIONALITY_NOT_ENABLED" | "FEATURENOTENABLED" => {
            "The org or the user does not have this function."
        }
        "TXN_SECURITY_NO_ACCESS" => "A transaction security policy of the org blocked this.",
        "NOT_FOUND" => "The org does not show such a thing; it may be gone or out of reach.",
        "INVALID_ID_FIELD" | "INVALID_CROSS_REFERENCE_KEY" => "The record is not there or out of reach.",
        "UNDELETE_FAILED" => "The record is not in the bin any more.",
        "EXCEEDED_ID_LIMIT" | "EXCEEDEDQUOTA" => "Too much was asked for at once.",
        "GONE" | "UNSUPPORTED_API_VERSION" => "The org does not offer this version any more.",
        _ => "The org refused this.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_of_people_never_pass_into_a_refusal() {
        let body = json!([{"errorCode":"DELETE_FAILED","fields":[],
            "message":"Your attempt to delete Mr. Josh Davis could not be completed because it is associated with the following cases.: 00001005\n"}]);
        let refusal = from_value(&body).unwrap();
        assert_eq!(refusal.code, "DELETE_FAILED");
        assert!(!refusal.message.contains("Davis") && !refusal.message.contains("00001005"));
    }

    #[test]
    fn a_missing_field_is_named_but_the_statement_is_not() {
        let message = "\nSELECT Birthdate FROM Contact WHERE Email = 'ana@example.com'\n       ^\nERROR at Row:1:Column:8\n\
                       No such column 'Birthdate' on entity 'Contact'. If you are attempting";
        let refusal = told("INVALID_FIELD", message, &[]);
        assert!(refusal.message.contains("Birthdate on Contact"));
        assert!(!refusal.message.contains("ana@"));
        let message = "\nWHERE Notes__c = 'ana@example.com'\n      ^\nERROR at Row:1:Column:35\n\
                       field 'Notes__c' can not be filtered in a query call";
        let refusal = told("INVALID_FIELD", message, &[]);
        assert!(refusal.message.ends_with("(Notes__c)"), "{}", refusal.message);
    }

    #[test]
    fn the_daily_limit_is_told_from_the_concurrent_one() {
        let daily = br#"[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#;
        assert!(matches!(meaning(403, daily, None), Meaning::Final(Error::DailyLimit { .. })));
        let busy = br#"[{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#;
        assert!(matches!(meaning(403, busy, None), Meaning::Wait));
    }

    #[test]
    fn a_session_that_policy_bars_is_not_renewed() {
        let body = br#"[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]"#;
        assert!(matches!(meaning(401, body, None), Meaning::Final(Error::SessionNotForApi)));
    }
}
