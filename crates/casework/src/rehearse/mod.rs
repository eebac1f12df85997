//! Rehearsing: what a deletion would take along, what stands in its way and what it would do to other people.
//!
//! The rehearsal asks nothing itself: it hands out questions and takes answers, and ends in a plan that never changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::found::Match;
use crate::plan::Plan;
use crate::query::{Answer, Ask, Refusal};
use crate::record_id::RecordId;
use crate::review::Decided;
use crate::row::Presence;
use crate::schema::Schema;

/// A plan with what it was computed from: kept in the vault as one piece.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rehearsed {
    pub plan: Plan,
    /// Every record the plan touches or looks at: steps, blockers, collateral.
    pub versions: BTreeMap<RecordId, Version>,
    /// What the `blank` and `replace` steps write.
    pub values: BTreeMap<RecordId, BTreeMap<String, Value>>,
}

/// How a record stood when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub object: String,
    pub presence: Presence,
    pub last_modified: Option<String>,
}

/// What a rehearsal starts from.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub schema: Schema,
    /// Everything located, decided or not.
    pub matches: Vec<Match>,
    pub decided: Vec<Decided>,
    /// Placeholders the officer set: object → field → value (`null` blanks).
    pub placeholders: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RehearseProblem {
    #[error("no match is decided \"delete\", so there is nothing to rehearse")]
    NothingDecided,
    #[error("a decision speaks of {object} {id}, which is not among the matches")]
    NotAMatch { object: String, id: RecordId },
    #[error("the org does not show the object {object} any more")]
    UnknownObject { object: String },
    #[error("the org refused to show the {object} records that are to be deleted ({code})")]
    NotReadable { object: String, code: String },
    #[error("the rehearsal was ended before every question was answered")]
    Unanswered,
}

/// A rehearsal under way: ask [`Rehearsal::next`], answer with [`Rehearsal::answer`], until no question is left.
#[derive(Debug)]
pub struct Rehearsal {
    _wanted: Wanted,
}

impl Rehearsal {
    /// # Errors
    /// [`RehearseProblem`] when nothing is decided for deletion or a decision fits no match.
    pub fn begin(wanted: Wanted) -> Result<Self, RehearseProblem> {
        Ok(Self { _wanted: wanted })
    }

    /// The questions that can be asked now, all at once; empty when the rehearsal can be finished.
    pub fn next(&mut self) -> Vec<Ask> {
        Vec::new()
    }

    /// Answers to the questions of the last [`Rehearsal::next`], in the same order.
    ///
    /// # Errors
    /// [`RehearseProblem::NotReadable`] when the records to delete themselves cannot be read.
    pub fn answer(&mut self, _answers: Vec<Result<Answer, Refusal>>) -> Result<(), RehearseProblem> {
        Ok(())
    }

    /// # Errors
    /// [`RehearseProblem`] when questions are open or no step is left.
    pub fn finish(self) -> Result<Rehearsed, RehearseProblem> {
        Err(RehearseProblem::Unanswered)
    }
}
