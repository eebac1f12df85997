//! Proving: asking again, by other roads than the one that located or deleted.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::carry_out::Outcome;
use crate::query::{Answer, Ask, Refusal};
use crate::record_id::RecordId;
use crate::rehearse::Rehearsed;
use crate::row::Row;
use crate::schema::Schema;
use crate::subject::Subject;

/// A value kept only as HMAC-SHA256 under the vault's own key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KeyedHash {
    pub kind: HashKind,
    /// Lower-case hex.
    pub hash: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HashKind {
    Email,
    Phone,
    Name,
    Birthdate,
    AccountNumber,
    Record,
}

impl HashKind {
    pub const ALL: [Self; 6] =
        [Self::Email, Self::Phone, Self::Name, Self::Birthdate, Self::AccountNumber, Self::Record];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Birthdate => "birthdate",
            Self::AccountNumber => "account-number",
            Self::Record => "record",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvedState {
    Gone,
    InBin,
    StillThere,
    Refused,
    Reappeared,
    PurgedButVisible,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProvedRecord {
    pub object: String,
    pub id: RecordId,
    pub state: ProvedState,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub gone: u64,
    pub in_bin: u64,
    pub still_there: u64,
    pub refused: u64,
    pub reappeared: u64,
    pub purged_but_visible: u64,
}

/// One road by which it was asked, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofMethod {
    /// `by-id`, `search`, `changed-since`
    pub method: String,
    pub object: Option<String>,
    pub rows: u64,
    /// `None`: answered.
    pub refused: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    pub certificate: Certificate,
    pub records: Vec<ProvedRecord>,
    pub methods: Vec<ProofMethod>,
}

/// What a proof starts from. `subject` is `None` after the personal data was shredded.
#[derive(Debug, Clone)]
pub struct ToProve {
    pub rehearsed: Rehearsed,
    pub outcomes: Vec<Outcome>,
    pub schema: Schema,
    pub subject: Option<Subject>,
    pub hashes: Vec<KeyedHash>,
    pub hash_key: Vec<u8>,
    /// When the first batch was written; rows changed since are compared with the keyed hashes.
    pub carried_out_at: DateTime<Utc>,
    /// Records that were looked at and are not to be deleted: kept, undecided, another person's.
    pub known: Vec<RecordId>,
    /// What an earlier proof said.
    pub before: Vec<ProvedRecord>,
}

/// A proof under way, asked and answered like a rehearsal.
#[derive(Debug)]
pub struct Proof {
    _of: ToProve,
}

impl Proof {
    pub fn begin(of: ToProve) -> Self {
        Self { _of: of }
    }

    /// The questions that can be asked now; empty when the proof can be finished.
    pub fn next(&mut self) -> Vec<Ask> {
        Vec::new()
    }

    /// Answers in the order of the last [`Proof::next`].
    pub fn answer(&mut self, _answers: Vec<Result<Answer, Refusal>>) {}

    pub fn finish(self) -> Proved {
        Proved { certificate: Certificate::default(), records: Vec::new(), methods: Vec::new() }
    }
}

/// The keyed hashes of a subject's identifiers and of the emails in deleted person records.
pub fn keyed_hashes(_key: &[u8], _subject: &Subject, _deleted_person_rows: &[Row]) -> Vec<KeyedHash> {
    Vec::new()
}

/// The keyed hash by which a record can be recognised without naming it.
pub fn record_hash(_key: &[u8], _object: &str, _id: &RecordId) -> KeyedHash {
    KeyedHash { kind: HashKind::Record, hash: String::new() }
}
