//! What the org answers, before it is put on the wire.

use serde::Serialize;
use serde_json::{Value, json};

/// One attempted change of one record, as `/practice/calls` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub deed: &'static str,
    pub object: String,
    pub id: Option<String>,
    /// `ok`, or Salesforce's error code.
    pub outcome: String,
}

/// The body of an answer.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Nothing,
    Json(Value),
    Bytes { kind: String, bytes: Vec<u8> },
}

/// An answer: status, extra headers, body, and what it changed in the org.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub content: Content,
    pub changes: Vec<Change>,
    /// How many API calls this answer costs; a batch costs one for each of its parts.
    pub cost: u64,
}

impl Answer {
    /// 200 with a JSON body.
    pub(crate) fn json(value: Value) -> Self {
        Self::with(200, Content::Json(value))
    }

    /// 204 without a body.
    pub(crate) fn nothing() -> Self {
        Self::with(204, Content::Nothing)
    }

    /// A body of another media type.
    pub(crate) fn bytes(kind: &str, bytes: Vec<u8>) -> Self {
        Self::with(200, Content::Bytes { kind: kind.to_owned(), bytes })
    }

    /// Any status with any body.
    pub(crate) fn with(status: u16, content: Content) -> Self {
        Self { status, headers: Vec::new(), content, changes: Vec::new(), cost: 1 }
    }

    /// The same answer with another status.
    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same answer with one more header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same answer, remembering what it changed.
    pub(crate) fn changed(mut self, changes: Vec<Change>) -> Self {
        self.changes.extend(changes);
        self
    }

    /// Whether the status says success.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status) || self.status == 304
    }

    /// The body as a JSON value; bytes that are no JSON become null.
    pub(crate) fn value(&self) -> Value {
        match &self.content {
            Content::Json(value) => value.clone(),
            Content::Nothing | Content::Bytes { .. } => Value::Null,
        }
    }
}

/// A refusal in the shape of REST errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: u16,
    pub code: String,
    pub message: String,
    pub fields: Vec<String>,
    /// What the refused call tried to change.
    pub changes: Vec<Change>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            fields: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The refusal of a path nobody serves.
    pub(crate) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    /// The refusal of a method that the resource does not know.
    pub(crate) fn method(method: &axum::http::Method, allowed: &str) -> Self {
        Self::new(
            405,
            "METHOD_NOT_ALLOWED",
            format!("HTTP Method '{method}' not allowed. Allowed are {allowed}"),
        )
    }

    /// The refusal of a missing or dead session.
    pub(crate) fn session() -> Self {
        Self::new(401, "INVALID_SESSION_ID", "Session expired or invalid")
    }

    /// The element of Salesforce's error array.
    pub(crate) fn entry(&self) -> Value {
        let mut entry = json!({"message": self.message, "errorCode": self.code});
        if let (Some(map), false) = (entry.as_object_mut(), self.fields.is_empty()) {
            map.insert("fields".to_owned(), json!(self.fields));
        }
        entry
    }

    /// The same refusal as seen in the results of collections.
    pub(crate) fn result(&self) -> Value {
        json!({"statusCode": self.code, "message": self.message, "fields": self.fields})
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let mut answer = Self::with(refusal.status, Content::Json(json!([refusal.entry()])));
        if refusal.status == 401 {
            answer = answer.header("www-authenticate", "Token");
        }
        answer.changes = refusal.changes;
        answer
    }
}
