//! How each record of a plan stands while its run goes on, as far as the journal knows.

use std::collections::{BTreeMap, BTreeSet};

use crate::carry_out::{BatchKind, Ended, JournalLine, Outcome, OutcomeError, Phase};
use crate::plan::{Cause, Deed, Plan, Step};
use crate::record_id::RecordId;
use crate::row::Presence;

/// One record in the middle of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub object: String,
    pub id: RecordId,
    pub stage: Stage,
    pub error: Option<OutcomeError>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its batch did not go out yet.
    Waiting,
    /// It goes with a record that is deleted; the end of the run tells.
    Along,
    /// Its batch went out, and the org has not answered.
    Sent,
    Ended(Ended),
    BroughtBack,
    /// It was made by this plan and taken back.
    Withdrawn,
}

/// What a run is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    CarryingOut,
    Purging,
    BringingBack,
}

impl Doing {
    fn of(kind: BatchKind) -> Self {
        match kind {
            BatchKind::Delete | BatchKind::Write | BatchKind::Create => Self::CarryingOut,
            BatchKind::Purge => Self::Purging,
            BatchKind::Undo | BatchKind::Withdraw => Self::BringingBack,
        }
    }
}

/// A run that is not settled yet: what it is at, for how many records the org answered, and how each stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoFar {
    pub doing: Doing,
    pub answered: usize,
    pub of: usize,
    pub records: Vec<Record>,
}

/// Reads the journal of a plan. `settled` is how the run before it ended, after the first `lines` lines.
/// `None` when nothing was journalled since.
pub fn so_far(plan: &Plan, settled: &[Outcome], journal: &[JournalLine], lines: usize) -> Option<SoFar> {
    let since = journal.get(lines..).unwrap_or_default();
    let doing = Doing::of(since.last()?.kind);
    let mut records: Vec<Record> = match settled {
        [] => plan.steps.iter().filter(|step| step.deed != Deed::Keep).map(before).collect(),
        settled => settled.iter().map(as_settled).collect(),
    };
    let places: BTreeMap<RecordId, usize> =
        records.iter().enumerate().map(|(place, it)| (it.id.clone(), place)).collect();
    for line in since {
        if line.phase == Phase::Intent && line.kind != BatchKind::Create {
            for place in line.ids.iter().filter_map(|id| places.get(id)) {
                if let Some(record) = records.get_mut(*place) {
                    (record.stage, record.error) = (Stage::Sent, None);
                }
            }
        }
        for outcome in &line.outcomes {
            let now = answered(line.kind, outcome);
            match places.get(&outcome.id).and_then(|place| records.get_mut(*place)) {
                Some(record) => *record = now,
                None => records.push(now),
            }
        }
    }
    let done = |lines: &[JournalLine], wanted: &dyn Fn(BatchKind) -> bool| -> BTreeSet<RecordId> {
        let told = lines.iter().filter(|line| wanted(line.kind)).flat_map(|line| &line.outcomes);
        told.map(|it| it.id.clone()).collect()
    };
    let answered = done(since, &|kind| Doing::of(kind) == doing).len();
    let of = match doing {
        Doing::CarryingOut => {
            let asked =
                plan.steps.iter().filter(|step| step.deed != Deed::Keep && step.cause == Cause::Asked);
            asked.filter(|step| !in_bin(step)).count() + plan.creates.len()
        }
        Doing::Purging => {
            plan.steps.iter().filter(|step| step.deed == Deed::Delete && step.cause == Cause::Asked).count()
        }
        Doing::BringingBack => done(journal, &|kind| Doing::of(kind) == Doing::CarryingOut).len(),
    };
    Some(SoFar { doing, answered, of: of.max(answered), records })
}

fn in_bin(step: &Step) -> bool {
    matches!(step.presence, Presence::Bin | Presence::Merged)
}

fn before(step: &Step) -> Record {
    let stage = match step.cause {
        _ if in_bin(step) => Stage::Ended(Ended::InBin),
        Cause::Asked => Stage::Waiting,
        Cause::Cascade => Stage::Along,
    };
    Record { object: step.object.clone(), id: step.id.clone(), stage, error: None }
}

fn as_settled(it: &Outcome) -> Record {
    Record {
        object: it.object.clone(),
        id: it.id.clone(),
        stage: Stage::Ended(it.outcome),
        error: it.error.clone(),
    }
}

/// What the org's answer to a batch of this kind means for one record.
fn answered(kind: BatchKind, it: &Outcome) -> Record {
    let stage = match kind {
        BatchKind::Purge if it.error.is_none() => Stage::Ended(Ended::Purged),
        BatchKind::Undo if it.error.is_none() => Stage::BroughtBack,
        BatchKind::Withdraw if it.error.is_none() => Stage::Withdrawn,
        _ => Stage::Ended(it.outcome),
    };
    Record { stage, ..as_settled(it) }
}
