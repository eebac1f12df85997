//! What changed in the org since a plan was approved.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::change::PlannedRecord;
use crate::plan::{Cause, Deed, Step};
use crate::record_id::RecordId;
use crate::rehearse::Rehearsed;

/// A change in the org since the rehearsal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Drift {
    pub object: String,
    pub id: RecordId,
    pub change: String,
}

/// Whether two spellings of a point in time mean the same one; JSON and CSV answers write it differently.
pub(super) fn same_instant(a: &str, b: &str) -> bool {
    let read = |text: &str| {
        chrono::DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z")
            .or_else(|_| chrono::DateTime::parse_from_rfc3339(text))
            .ok()
    };
    a == b || matches!((read(a), read(b)), (Some(a), Some(b)) if a == b)
}

/// Which new records differ between the approved rehearsal and a fresh one; `began`: a batch went out before.
fn new_drift(approved: &Rehearsed, fresh: &Rehearsed, began: bool) -> Vec<Drift> {
    let has = |of: &Rehearsed, it: &PlannedRecord| {
        of.new.iter().any(|one| PlannedRecord { n: it.n, ..one.clone() } == *it)
    };
    let drift = |it: &PlannedRecord, change: &str| Drift {
        object: it.object.clone(),
        id: it.person.clone(),
        change: change.to_owned(),
    };
    // Once records were made, they are there, and their absence from a fresh plan is our own doing.
    let gone = approved.new.iter().filter(|it| !began && !has(fresh, it));
    let new = fresh.new.iter().filter(|it| !has(approved, it));
    gone.map(|it| drift(it, "the record to be made for it is not wanted any more, or cannot be made"))
        .chain(new.map(|it| drift(it, "new: the plan would make a record for it now")))
        .collect()
}

/// What changed between the approved rehearsal and a fresh one with the same decisions.
///
/// `ours` are the ids that this plan's journal names: on a later run their absence is our own doing, and so are the absence
/// of what went along and changes of what was left.
pub fn drift(approved: &Rehearsed, fresh: &Rehearsed, ours: &BTreeSet<RecordId>) -> Vec<Drift> {
    let mut found: BTreeSet<Drift> = new_drift(approved, fresh, !ours.is_empty()).into_iter().collect();
    // What follows a value that we wrote changes with it.
    let follows =
        |step: &&Step| step.deed == Deed::Replace && step.cause == Cause::Cascade && !ours.is_empty();
    let followed = approved.plan.steps.iter().filter(follows).map(|step| step.id.clone());
    let ours = &ours.iter().cloned().chain(followed).collect::<BTreeSet<_>>();
    let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => same_instant(a, b),
        (a, b) => a == b,
    };
    let mut add = |object: &str, id: &RecordId, change: &str| {
        found.insert(Drift { object: object.to_owned(), id: id.clone(), change: change.to_owned() });
    };
    for (id, before) in &approved.versions {
        match fresh.versions.get(id) {
            None if ours.is_empty() => {
                add(&before.object, id, "no longer there, or no longer touched by the plan")
            }
            Some(now) if ours.is_empty() && now.presence != before.presence => {
                add(&before.object, id, "moved into or out of the recycle bin");
            }
            Some(now)
                if !ours.contains(id)
                    && now.presence == before.presence
                    && !same(&now.last_modified, &before.last_modified) =>
            {
                add(&before.object, id, "changed since the rehearsal");
            }
            None | Some(_) => {}
        }
    }
    for (id, now) in &fresh.versions {
        if !approved.versions.contains_key(id) && !ours.contains(id) {
            add(&now.object, id, "new: the plan would touch it now");
        }
    }
    if ours.is_empty() {
        let deeds = |of: &Rehearsed| -> BTreeMap<RecordId, (Deed, Cause)> {
            of.plan.steps.iter().map(|step| (step.id.clone(), (step.deed, step.cause))).collect()
        };
        let now = deeds(fresh);
        for (id, deed) in deeds(approved) {
            let other = now.get(&id).filter(|other| **other != deed);
            if let (Some(version), Some(_)) = (approved.versions.get(&id), other) {
                add(&version.object, &id, "the plan would treat it differently now");
            }
        }
    }
    found.into_iter().collect()
}
