//! Proving: asking again, by other roads than the one that located or deleted.

mod recall;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::carry_out::{Ended, Outcome, by_id_asks, set_value_asks};
use crate::change::SetValue;
use crate::plan::Deed;
use crate::query::{Answer, Ask, Refusal};
use crate::record_id::RecordId;
use crate::rehearse::Rehearsed;
use crate::row::Row;
use crate::schema::Schema;
use crate::subject::Subject;

#[cfg(test)]
pub(crate) use recall::recognised as recognises;
pub use recall::{keyed_hashes, record_hash};
pub use values::ProvedValue;

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
    /// It holds every value that was set.
    AsSet,
    /// It held the value that was set and holds another one now.
    Overwritten,
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
    #[serde(default)]
    pub as_set: u64,
    #[serde(default)]
    pub overwritten: u64,
}

/// One road by which it was asked, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofMethod {
    /// `by-id`, `search`, `changed-since`, `values`
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
    /// Every value that was set, by record and field.
    #[serde(default)]
    pub values: Vec<ProvedValue>,
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
    /// Values that were set.
    pub set: Vec<SetValue>,
}

/// A proof under way, asked and answered like a rehearsal.
#[derive(Debug)]
pub struct Proof {
    of: ToProve,
    asked: Vec<(Ask, About)>,
    waiting: Vec<(Ask, About)>,
    /// By id, as the org shows them now.
    rows: BTreeMap<RecordId, Row>,
    /// Objects whose rows could not be asked for by id.
    unasked: BTreeSet<String>,
    reappeared: BTreeMap<RecordId, String>,
    methods: BTreeMap<(String, Option<String>), ProofMethod>,
    /// Records of values that were set, as the org shows them now.
    set_rows: BTreeMap<RecordId, Row>,
}

#[derive(Debug, Clone)]
enum About {
    ById { object: String },
    Search,
    Changed { object: String },
    Values { object: String },
}

impl Proof {
    pub fn begin(of: ToProve) -> Self {
        let mut proof = Self {
            asked: Vec::new(),
            waiting: Vec::new(),
            rows: BTreeMap::new(),
            unasked: BTreeSet::new(),
            reappeared: BTreeMap::new(),
            methods: BTreeMap::new(),
            set_rows: BTreeMap::new(),
            of,
        };
        let steps = proof.of.rehearsed.plan.steps.iter().filter(|step| step.deed == Deed::Delete);
        let ids = steps.map(|step| (step.object.as_str(), &step.id));
        for ask in by_id_asks(ids, &proof.of.rehearsed.standing_fields) {
            let object = object_of(&ask);
            proof.waiting.push((ask, About::ById { object }));
        }
        let beside: BTreeMap<String, Vec<String>> = proof
            .of
            .set
            .iter()
            .filter_map(|it| proof.of.schema.object(&it.object))
            .map(|object| {
                let fields = ["IsDeleted", "LastModifiedById"].iter().filter_map(|it| object.field(it));
                (object.name.clone(), fields.map(|field| field.name.clone()).collect())
            })
            .collect();
        for ask in set_value_asks(&proof.of.set, &beside) {
            let object = object_of(&ask);
            proof.waiting.push((ask, About::Values { object }));
        }
        // A person whose values were corrected stays in the org: only a deleted one can come back.
        let deletes = proof.of.rehearsed.plan.steps.iter().any(|step| step.deed == Deed::Delete);
        if !deletes && !proof.of.set.is_empty() {
            return proof;
        }
        if let Some(subject) = &proof.of.subject {
            let search = recall::search(&proof.of.schema, subject);
            proof.waiting.extend(search.into_iter().map(|ask| (ask, About::Search)));
        }
        for ask in recall::changed_since(&proof.of.schema, proof.of.carried_out_at) {
            let object = object_of(&ask);
            proof.waiting.push((ask, About::Changed { object }));
        }
        proof
    }

    /// The questions that can be asked now; empty when the proof can be finished.
    #[allow(clippy::should_implement_trait, reason = "a proof is asked and answered, not iterated")]
    pub fn next(&mut self) -> Vec<Ask> {
        if self.asked.is_empty() {
            self.asked = std::mem::take(&mut self.waiting);
        }
        self.asked.iter().map(|(ask, _)| ask.clone()).collect()
    }

    /// Answers in the order of the last [`Proof::next`]; a question without an answer counts as refused.
    pub fn answer(&mut self, answers: Vec<Result<Answer, Refusal>>) {
        let mut answers = answers.into_iter();
        for (_, about) in std::mem::take(&mut self.asked) {
            let answer = answers.next().unwrap_or_else(|| {
                Err(Refusal {
                    code: "NO_ANSWER".to_owned(),
                    message: "The question was not answered.".to_owned(),
                })
            });
            self.take(&about, answer);
        }
    }

    fn take(&mut self, about: &About, answer: Result<Answer, Refusal>) {
        let (name, object) = match about {
            About::ById { object } => ("by-id", Some(object.clone())),
            About::Search => ("search", None),
            About::Changed { object } => ("changed-since", Some(object.clone())),
            About::Values { object } => ("values", Some(object.clone())),
        };
        let method = self.methods.entry((name.to_owned(), object.clone())).or_insert_with(|| ProofMethod {
            method: name.to_owned(),
            object,
            rows: 0,
            refused: None,
        });
        match answer {
            Err(refusal) => {
                method.refused = Some(refusal.code);
                if let About::ById { object } | About::Values { object } = about {
                    self.unasked.insert(object.clone());
                }
            }
            Ok(answer) => {
                method.rows = method.rows.saturating_add(u64::try_from(answer.rows.len()).unwrap_or(0));
                for row in answer.rows {
                    match about {
                        About::ById { .. } => {
                            self.rows.insert(row.id.clone(), row);
                        }
                        About::Values { .. } => {
                            self.set_rows.insert(row.id.clone(), row);
                        }
                        About::Search | About::Changed { .. } => self.weigh(&row),
                    }
                }
            }
        }
    }

    /// A live record that nobody has looked at yet and that carries the subject's identifiers has come back.
    fn weigh(&mut self, row: &Row) {
        let planned = self.of.rehearsed.plan.steps.iter().any(|step| step.id == row.id);
        if row.flag("IsDeleted") || planned || self.of.known.contains(&row.id) {
            return;
        }
        let Some(object) = self.of.schema.object(&row.object) else { return };
        if recall::recognised(&self.of.hash_key, object, row, &self.of.hashes) {
            self.reappeared.insert(row.id.clone(), object.name.clone());
        }
    }

    /// Each record of the plan and each that came back, by object and id.
    pub fn finish(self) -> Proved {
        // A record that was not made carries the id of its person, whose own outcome counts here.
        let own = |it: &&Outcome| {
            self.of.rehearsed.versions.get(&it.id).is_none_or(|version| version.object == it.object)
        };
        let outcomes: BTreeMap<&RecordId, Ended> =
            self.of.outcomes.iter().filter(own).map(|it| (&it.id, it.outcome)).collect();
        let before: BTreeMap<&RecordId, ProvedState> =
            self.of.before.iter().map(|it| (&it.id, it.state)).collect();
        let mut records: Vec<ProvedRecord> = Vec::new();
        for step in self.of.rehearsed.plan.steps.iter().filter(|step| step.deed == Deed::Delete) {
            let outcome = outcomes.get(&step.id).copied();
            let earlier = before.get(&step.id).copied();
            let state = match self.rows.get(&step.id) {
                // Not being able to ask proves nothing: such a record is never called gone.
                None if self.unasked.contains(&step.object) => ProvedState::StillThere,
                None => ProvedState::Gone,
                Some(row) if row.flag("IsDeleted") => match outcome {
                    Some(Ended::Purged) => ProvedState::PurgedButVisible,
                    _ => ProvedState::InBin,
                },
                Some(_) => match (outcome, earlier) {
                    (Some(Ended::Refused | Ended::Locked), _) => ProvedState::Refused,
                    (_, Some(ProvedState::Gone | ProvedState::InBin | ProvedState::PurgedButVisible))
                    | (Some(Ended::Deleted | Ended::InBin | Ended::Purged | Ended::AlreadyGone), _) => {
                        ProvedState::Reappeared
                    }
                    _ => ProvedState::StillThere,
                },
            };
            records.push(ProvedRecord { object: step.object.clone(), id: step.id.clone(), state });
        }
        let values = self.values(&outcomes);
        records.extend(values::records(&values));
        let back = self.reappeared.into_iter();
        records.extend(back.map(|(id, object)| ProvedRecord { object, id, state: ProvedState::Reappeared }));
        records.sort();
        let mut certificate = Certificate::default();
        for record in &records {
            let count = match record.state {
                ProvedState::Gone => &mut certificate.gone,
                ProvedState::InBin => &mut certificate.in_bin,
                ProvedState::StillThere => &mut certificate.still_there,
                ProvedState::Refused => &mut certificate.refused,
                ProvedState::Reappeared => &mut certificate.reappeared,
                ProvedState::PurgedButVisible => &mut certificate.purged_but_visible,
                ProvedState::AsSet => &mut certificate.as_set,
                ProvedState::Overwritten => &mut certificate.overwritten,
            };
            *count = count.saturating_add(1);
        }
        Proved { certificate, records, methods: self.methods.into_values().collect(), values }
    }
}

fn object_of(ask: &Ask) -> String {
    match ask {
        Ask::Query(query) => query.object.clone(),
        Ask::Search(_) => String::new(),
    }
}
