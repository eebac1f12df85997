//! The two languages of Bulk API 1.0.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::super::super::answer::{Answer, Content, Refusal};
use super::super::super::soap::{element, fields};

const NAMESPACE: &str = "http://www.force.com/2009/06/asyncapi/dataload";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Xml,
    Json,
}

/// `2026-01-02T03:04:05.000Z`
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// A request about a job: a flat document in either language.
pub(super) fn read(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    if body.trim_ascii_start().starts_with(b"{") {
        let invalid = |_| Refusal::new(400, "InvalidJob", "The request is no JSON");
        return serde_json::from_slice(body).map_err(invalid);
    }
    let flat = fields(body, "jobInfo")
        .ok_or_else(|| Refusal::new(400, "InvalidJob", "The request is no job information"))?;
    Ok(flat.into_iter().map(|(name, text)| (name, json!(text))).collect())
}

/// Bulk API 2.0 writes the same error names in capitals.
pub(super) fn renamed(refusal: Refusal) -> Refusal {
    let code = match refusal.code.as_str() {
        "INVALIDJOB" => "InvalidJob",
        "FEATURENOTENABLED" => "FeatureNotEnabled",
        other => other,
    };
    Refusal { code: code.to_owned(), ..refusal }
}

impl Form {
    /// One document: an object's members become elements, a list repeats its element.
    pub(super) fn answer(self, root: &str, value: &Value) -> Answer {
        match self {
            Self::Json => json_of(value),
            Self::Xml => {
                let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
                out.push_str(&format!("<{root} xmlns=\"{NAMESPACE}\">"));
                inside(&mut out, value);
                out.push_str(&format!("</{root}>"));
                Answer::bytes("application/xml", out.into_bytes())
            }
        }
    }

    pub(super) fn refusal(self, refusal: &Refusal) -> Answer {
        let told = json!({"exceptionCode": refusal.code, "exceptionMessage": refusal.message});
        let mut answer = self.answer("error", &told).status(refusal.status);
        answer.changes.clone_from(&refusal.changes);
        answer
    }
}

fn inside(out: &mut String, value: &Value) {
    let Value::Object(members) = value else { return };
    for (name, value) in members {
        match value {
            Value::Null => {}
            Value::Array(all) => all.iter().for_each(|it| one(out, name, it)),
            other => one(out, name, other),
        }
    }
}

fn one(out: &mut String, name: &str, value: &Value) {
    match value {
        Value::Object(_) => {
            out.push_str(&format!("<{name}>"));
            inside(out, value);
            out.push_str(&format!("</{name}>"));
        }
        Value::String(text) => element(out, name, text),
        other => element(out, name, &other.to_string()),
    }
}

/// A document in JSON; this API names the kind without a character set, and clients compare it whole.
pub(super) fn json_of(value: &Value) -> Answer {
    Answer::bytes("application/json", value.to_string().into_bytes())
}

/// A text that stands by itself, such as a CSV.
pub(super) fn text(bytes: Vec<u8>) -> Answer {
    Answer::with(200, Content::Bytes { kind: "text/csv".to_owned(), bytes })
}
