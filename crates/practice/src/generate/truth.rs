//! What is true about the people of a generated org: who they are, and which records are theirs.

use std::collections::BTreeMap;

use serde::Serialize;

/// One person with everything that is theirs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Truth {
    /// What was planted, in a word: `plus-tag`, `namesake` …
    pub variant: String,
    /// What a reader should know about the case; empty for the plain ones.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub because: String,
    pub subject: SubjectFile,
    /// Every record that is theirs or about them, with the confidence that the rules of counting give it.
    pub records: Vec<Held>,
    /// Records that look alike and must never be taken as theirs without being asked about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<Other>,
}

/// The keys of `subject.json`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SubjectFile {
    pub names: Vec<String>,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub addresses: Vec<AddressFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthdate: Option<String>,
    pub account_numbers: Vec<String>,
    pub record_ids: Vec<String>,
    pub other: BTreeMap<String, String>,
}

/// The keys of an address in `subject.json`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AddressFile {
    pub street: String,
    pub city: String,
    pub region: String,
    pub postal_code: String,
    pub country: String,
}

/// A record of the person.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    pub object: &'static str,
    pub id: String,
    /// `exact`, `strong` or `possible`: what the rules of counting give.
    pub grade: &'static str,
    /// Another grade that a careful reading of the same rules may give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub or: Option<&'static str>,
    /// `live`, `bin`, `archived` or `merged`.
    pub presence: &'static str,
    /// Other people stand in the record as well.
    pub shared: bool,
}

/// A record of somebody else.
#[derive(Debug, Clone, Serialize)]
pub struct Other {
    pub object: &'static str,
    pub id: String,
    pub because: String,
}

impl Held {
    /// A live record that is the person's alone.
    pub(super) fn live(object: &'static str, id: &str, grade: &'static str) -> Self {
        Self { object, id: id.to_owned(), grade, or: None, presence: "live", shared: false }
    }

    pub(super) fn presence(mut self, presence: &'static str) -> Self {
        self.presence = presence;
        self
    }

    pub(super) fn or(mut self, grade: &'static str) -> Self {
        self.or = Some(grade);
        self
    }

    pub(super) fn shared(mut self) -> Self {
        self.shared = true;
        self
    }
}
