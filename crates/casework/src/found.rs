//! What locating gives back: matches with their reasons, questions, and the coverage statement.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::record_id::RecordId;
use crate::row::{Presence, Row};

/// A record that may be the subject's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Match {
    /// `M-0001`, stable within one locate: matches are ordered by object, then id.
    #[serde(rename = "match")]
    pub number: String,
    pub object: String,
    pub id: RecordId,
    pub confidence: Confidence,
    /// The record stands for a person (Contact, Lead, person Account, Individual …).
    pub person: bool,
    /// The record belongs to other people as well: never exact, never taken by `--accept`.
    pub shared: bool,
    pub presence: Presence,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Possible,
    Strong,
    Exact,
}

/// One agreement, in words a person can check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Reason {
    pub kind: ReasonKind,
    /// The field that agreed; `None` where the reason is not about one field.
    pub field: Option<String>,
    /// A sentence. It may hold personal data: it is shown to the officer and kept only in the vault.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonKind {
    Email,
    /// Equal but for its plus-tag or for dots that the provider ignores.
    EmailVariant,
    SharedMailbox,
    RecordId,
    AccountNumber,
    Name,
    Phone,
    Address,
    Birthdate,
    Other,
    /// The owner record of the customer number given.
    OwnerOfNumber,
    /// Belongs to a person record through its lookups.
    BelongsTo,
    /// Merge loser, converted lead, person-account mirror.
    SamePerson,
    /// A mention in free text.
    Mention,
}

/// Something only a person can decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Question {
    /// `Q-1`
    pub question: String,
    pub kind: QuestionKind,
    pub matches: Vec<String>,
    pub because: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    SharedMailbox,
    SharedPhone,
    Namesake,
    SamePerson,
}

/// One line of the coverage statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct CoverageLine {
    pub object: String,
    /// `None` speaks of the whole object.
    pub field: Option<String>,
    pub method: Method,
    /// Rows that were read or returned by this method.
    pub rows: u64,
    pub outcome: CoverageOutcome,
    pub because: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    Exact,
    Index,
    Scan,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageOutcome {
    Searched,
    Partly,
    NotReadable,
    Encrypted,
    NotSearchable,
    OverLimit,
    Outside,
    HoldsNoPerson,
}

/// Everything one locate found. `rows` holds each match's record as read, in the same order as `matches`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Located {
    pub matches: Vec<Match>,
    pub questions: Vec<Question>,
    pub coverage: Vec<CoverageLine>,
    pub rows: Vec<Row>,
}
