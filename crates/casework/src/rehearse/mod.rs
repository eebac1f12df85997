//! Rehearsing: what a deletion would take along, what stands in its way and what it would do to other people.
//!
//! The rehearsal asks nothing itself: it hands out questions and takes answers, and ends in a plan that never changes.

mod around;
mod asks;
mod blank;
mod changes;
mod new;
mod order;
mod plan;
#[cfg(test)]
mod tests;
mod walk;
#[cfg(test)]
pub(crate) mod world;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::change::{Change, PlannedRecord, PlannedValue, Shown, Wish};
use crate::found::Match;
use crate::plan::{ByHand, Hang, Plan};
use crate::query::{Answer, Ask, Refusal};
use crate::record_id::RecordId;
use crate::review::{Decided, Decision};
use crate::row::{Presence, Row};
use crate::schema::Schema;

/// A plan with what it was computed from: kept in the vault as one piece.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rehearsed {
    pub plan: Plan,
    /// Every record the plan touches or looks at: steps, blockers, collateral.
    pub versions: BTreeMap<RecordId, Version>,
    /// What the `blank` and `replace` steps write.
    pub values: BTreeMap<RecordId, BTreeMap<String, Value>>,
    /// For each step that is written: how many rounds of writes come before it. Records of one round do not depend on
    /// each other.
    pub waves: BTreeMap<RecordId, u32>,
    /// Object → the fields that tell a record's version and whether it is in the bin, as far as the object has them.
    pub standing_fields: BTreeMap<String, Vec<String>>,
    /// Every value that a correction or a choice sets, those that follow and those held already included.
    #[serde(default)]
    pub changes: Vec<PlannedValue>,
    /// The records that are made, whole.
    #[serde(default)]
    pub new: Vec<PlannedRecord>,
    /// On what each record that goes hangs; to be looked at, and no part of the digest.
    #[serde(default)]
    pub hangs: Vec<Hang>,
    /// The values before and after, to be looked at; not kept.
    #[serde(skip)]
    pub shown: Vec<Shown>,
}

impl Rehearsed {
    /// Whether the plan is still the one its digest was made of.
    pub fn fits_its_digest(&self) -> bool {
        plan::digest(&self.plan, &self.versions, &self.values, &self.changes, &self.new) == self.plan.digest
    }

    /// Whether a correction or a choice sets values of this record.
    pub fn sets(&self, id: &RecordId) -> bool {
        self.changes.iter().any(|it| it.id == *id)
    }
}

pub(crate) use order::rank;

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
    /// Values that corrections or choices set on matches.
    pub changes: Vec<Change>,
    /// Consent records that a choice wants where the org holds none.
    pub wishes: Vec<Wish>,
    /// What is known to be left to do by hand.
    pub notes: Vec<ByHand>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RehearseProblem {
    #[error("no match is decided \"delete\" and no value is to be set, so there is nothing to rehearse")]
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
    schema: Schema,
    matches: BTreeMap<RecordId, Match>,
    decided: BTreeMap<RecordId, Decided>,
    undecided: u64,
    placeholders: BTreeMap<String, BTreeMap<String, Value>>,
    /// Every record as read, fields of several answers put together.
    seen: BTreeMap<RecordId, Row>,
    /// Records that are to go, or that Salesforce would take along.
    nodes: BTreeMap<RecordId, Node>,
    edges: BTreeSet<Edge>,
    /// Records whose children were not asked about yet.
    frontier: BTreeSet<RecordId>,
    waiting: Vec<asks::Question>,
    asked: Vec<asks::Question>,
    questions: u64,
    /// Files whose links were already looked at.
    files: BTreeSet<RecordId>,
    /// Files that stay, because something else uses them.
    files_kept: BTreeMap<RecordId, String>,
    not_there: Vec<(String, RecordId)>,
    /// Child object, field and error code of questions that the org refused.
    unread: BTreeSet<(String, String, String)>,
    /// Values to set, by record; those of a person account's contact are moved to its account.
    changes: BTreeMap<RecordId, Vec<Change>>,
    notes: Vec<ByHand>,
    wishes: Vec<Wish>,
    /// What the org holds beside the wishes.
    held: new::Held,
    following: Vec<changes::Following>,
    cleaning: Vec<Row>,
    modifiers: Vec<Row>,
    /// Users were asked about already.
    modifiers_asked: bool,
}

/// A record that goes.
#[derive(Debug, Clone)]
struct Node {
    object: String,
    asked: bool,
    because: String,
    /// It hangs under a company's account and so belongs to other people.
    company: bool,
}

/// What the delete of `parent` means for `child`, through the child's lookup `field`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    child: RecordId,
    parent: RecordId,
    field: String,
    effect: Effect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Cascade,
    Restrict,
    Clear,
    /// An approval is waiting, so the parent is locked.
    Locks,
}

impl Rehearsal {
    /// # Errors
    /// [`RehearseProblem`] when nothing is decided for deletion or a decision fits no match.
    pub fn begin(wanted: Wanted) -> Result<Self, RehearseProblem> {
        let undecided = crate::review::undecided(&wanted.matches, &wanted.decided);
        let matches: BTreeMap<_, _> = wanted.matches.into_iter().map(|it| (it.id.clone(), it)).collect();
        let decided: BTreeMap<_, _> = wanted.decided.into_iter().map(|it| (it.id.clone(), it)).collect();
        if let Some(stray) = decided.values().find(|it| !matches.contains_key(&it.id)) {
            return Err(RehearseProblem::NotAMatch { object: stray.object.clone(), id: stray.id.clone() });
        }
        if let Some(stray) = wanted.changes.iter().find(|it| !matches.contains_key(&it.id)) {
            return Err(RehearseProblem::NotAMatch { object: stray.object.clone(), id: stray.id.clone() });
        }
        if wanted.changes.is_empty()
            && wanted.wishes.is_empty()
            && !decided.values().any(|it| it.decision == Decision::Delete)
        {
            return Err(RehearseProblem::NothingDecided);
        }
        let mut rehearsal = Self {
            schema: wanted.schema,
            matches,
            decided,
            undecided,
            placeholders: wanted.placeholders,
            seen: BTreeMap::new(),
            nodes: BTreeMap::new(),
            edges: BTreeSet::new(),
            frontier: BTreeSet::new(),
            waiting: Vec::new(),
            asked: Vec::new(),
            questions: 0,
            files: BTreeSet::new(),
            files_kept: BTreeMap::new(),
            not_there: Vec::new(),
            unread: BTreeSet::new(),
            changes: BTreeMap::new(),
            notes: wanted.notes,
            wishes: wanted.wishes,
            held: new::Held::default(),
            following: Vec::new(),
            cleaning: Vec::new(),
            modifiers: Vec::new(),
            modifiers_asked: false,
        };
        rehearsal.ask_for_decided()?;
        rehearsal.ask_for_changed(wanted.changes)?;
        rehearsal.ask_for_consents();
        Ok(rehearsal)
    }

    /// The questions that can be asked now, all at once; empty when the rehearsal can be finished.
    #[allow(clippy::should_implement_trait, reason = "a rehearsal is asked and answered, not iterated")]
    pub fn next(&mut self) -> Vec<Ask> {
        if self.asked.is_empty() {
            if self.waiting.is_empty() {
                self.ask_for_children();
            }
            if self.waiting.is_empty() {
                self.ask_for_links();
            }
            if self.waiting.is_empty() {
                self.ask_for_modifiers();
            }
            self.asked = std::mem::take(&mut self.waiting);
            self.questions = self.questions.saturating_add(u64::try_from(self.asked.len()).unwrap_or(0));
        }
        self.asked.iter().map(|question| question.ask.clone()).collect()
    }

    /// Answers to the questions of the last [`Rehearsal::next`], in the same order.
    ///
    /// # Errors
    /// [`RehearseProblem::NotReadable`] when the records to delete themselves cannot be read;
    /// [`RehearseProblem::Unanswered`] when there are fewer answers than questions.
    pub fn answer(&mut self, answers: Vec<Result<Answer, Refusal>>) -> Result<(), RehearseProblem> {
        let asked = std::mem::take(&mut self.asked);
        if answers.len() != asked.len() {
            self.asked = asked;
            return Err(RehearseProblem::Unanswered);
        }
        asked.into_iter().zip(answers).try_for_each(|(question, answer)| self.take(question, answer))
    }

    /// # Errors
    /// [`RehearseProblem::Unanswered`] while questions are open.
    pub fn finish(mut self) -> Result<Rehearsed, RehearseProblem> {
        if !self.next().is_empty() {
            return Err(RehearseProblem::Unanswered);
        }
        Ok(plan::draw_up(&self))
    }

    fn decision(&self, id: &RecordId) -> Option<Decision> {
        self.decided.get(id).map(|it| it.decision)
    }

    fn presence(&self, id: &RecordId) -> Presence {
        self.seen
            .get(id)
            .map(Row::presence)
            .or_else(|| self.matches.get(id).map(|it| it.presence))
            .unwrap_or(Presence::Live)
    }

    fn version(&self, id: &RecordId) -> Option<String> {
        let row = self.seen.get(id)?;
        asks::VERSION_FIELDS.iter().find_map(|field| row.text(field)).map(str::to_owned)
    }
}
