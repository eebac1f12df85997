//! Carrying out an approved plan: what is to be written next, what drifted, and how each record ended.
//!
//! Every run asks first where each record stands and writes only what still has to be written, so that a run after a
//! crash finishes the plan without doing anything twice.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::query::{Ask, Refusal};
use crate::record_id::RecordId;
use crate::rehearse::Rehearsed;
use crate::row::Row;
use crate::write::WriteBatch;

/// A rehearsed plan whose digest a person approved. The only source of writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Approved {
    rehearsed: Rehearsed,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotApproved {
    #[error("the plan was not approved")]
    NeverApproved,
    #[error("the digest given is not the one that was approved")]
    OtherDigest,
    #[error("the plan kept in the vault does not fit its digest")]
    Altered,
}

/// What a batch does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BatchKind {
    Delete,
    Write,
    Purge,
    Undo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    Intent,
    Done,
}

/// One line of the journal: written before a batch goes out and again when its answer is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLine {
    pub digest: String,
    pub batch: u32,
    pub kind: BatchKind,
    pub phase: Phase,
    pub ids: Vec<RecordId>,
    /// Empty for an intent.
    pub outcomes: Vec<Outcome>,
}

/// How one record ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub object: String,
    pub id: RecordId,
    pub outcome: Ended,
    pub error: Option<OutcomeError>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeError {
    pub code: String,
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// This plan put it into the bin, or removed it where the object has no bin.
    Deleted,
    /// It was in the bin before and still is.
    InBin,
    Purged,
    AlreadyGone,
    Refused,
    Locked,
    Failed,
    /// Its fields were emptied or replaced, because it cannot be deleted.
    Blanked,
}

/// What the org answered for one record of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteAnswer {
    pub id: RecordId,
    /// `None`: done.
    pub error: Option<Refusal>,
}

/// Where a record stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    Live,
    Bin,
    Absent,
}

/// Where every record of the plan stands now.
pub type Standings = BTreeMap<RecordId, Standing>;

/// A change in the org since the rehearsal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Drift {
    pub object: String,
    pub id: RecordId,
    pub change: String,
}

impl Approved {
    /// # Errors
    /// [`NotApproved`]; then nothing may be written.
    pub fn check(rehearsed: Rehearsed, approved: Option<&str>, given: &str) -> Result<Self, NotApproved> {
        match approved {
            None => Err(NotApproved::NeverApproved),
            Some(approved) if approved != given || rehearsed.plan.digest != given => {
                Err(NotApproved::OtherDigest)
            }
            Some(_) => Ok(Self { rehearsed }),
        }
    }

    pub fn rehearsed(&self) -> &Rehearsed {
        &self.rehearsed
    }

    /// Questions whose answers say where every record of the plan stands (`queryAll` by id).
    pub fn standing_asks(&self) -> Vec<Ask> {
        Vec::new()
    }

    /// Reads the answers to [`Approved::standing_asks`].
    pub fn standings(&self, _rows: &[Row]) -> Standings {
        Standings::new()
    }

    /// What still has to be deleted or blanked, in order; nothing that is in the bin or gone.
    pub fn writes(&self, _now: &Standings, _journal: &[JournalLine]) -> Vec<WriteBatch> {
        Vec::new()
    }

    /// What still has to be purged; never a record that went along with its parent.
    pub fn purges(&self, _now: &Standings) -> Vec<WriteBatch> {
        Vec::new()
    }

    /// What this plan put into the bin and is still there, parents first.
    pub fn undos(&self, _now: &Standings, _journal: &[JournalLine]) -> Vec<WriteBatch> {
        Vec::new()
    }

    /// The records of a batch that were locked, to be tried again.
    pub fn again(&self, _batch: &WriteBatch, _outcomes: &[Outcome]) -> Option<WriteBatch> {
        None
    }

    /// What a batch's answers mean.
    pub fn outcomes(&self, _batch: &WriteBatch, _answers: &[WriteAnswer]) -> Vec<Outcome> {
        Vec::new()
    }

    /// How every `delete`, `blank` and `replace` step stands after a run, asked steps and cascaded ones.
    pub fn settle(&self, _now: &Standings, _journal: &[JournalLine]) -> Vec<Outcome> {
        Vec::new()
    }

    /// Questions to ask right before a batch: has any of its records changed since the rehearsal?
    pub fn before_asks(&self, _batch: &WriteBatch) -> Vec<Ask> {
        Vec::new()
    }

    /// Reads the answers to [`Approved::before_asks`]; the batch must not go out unless this is empty.
    pub fn before_drift(&self, _batch: &WriteBatch, _rows: &[Row]) -> Vec<Drift> {
        Vec::new()
    }
}

/// What changed between the approved rehearsal and a fresh one with the same decisions.
///
/// `ours` are the ids that this plan's journal names: on a later run their absence is our own doing.
pub fn drift(_approved: &Rehearsed, _fresh: &Rehearsed, _ours: &BTreeSet<RecordId>) -> Vec<Drift> {
    Vec::new()
}

/// Every id that a batch of this plan was sent for.
pub fn ours(journal: &[JournalLine]) -> BTreeSet<RecordId> {
    journal.iter().flat_map(|line| line.ids.iter().cloned()).collect()
}
