//! Carrying out an approved plan: what is to be written next, what drifted, and how each record ended.
//!
//! Every run asks first where each record stands and writes only what still has to be written, so that a run after a
//! crash finishes the plan without doing anything twice.

mod drift;
mod new;
mod so_far;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::plan::{Cause, Deed, Step};
use crate::query::{Ask, Condition, Literal, Query, Refusal};
use crate::record_id::RecordId;
use crate::rehearse::Rehearsed;
use crate::row::{Presence, Row};
use crate::write::{BATCH_SIZE, WriteBatch};

pub use drift::{Drift, drift};
pub use new::{NewStanding, NewStandings};
pub use so_far::{Doing, SoFar, Stage, so_far};
pub use values::set_value_asks;

/// More than this many kinds of object in one delete call are refused.
const OBJECTS_AT_ONCE: usize = 10;
const IDS_AT_ONCE: usize = 200;

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
    Create,
    /// An undo of what was made.
    Withdraw,
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
    /// Of a create's intent: the people the records are for, because the records have no ids yet.
    pub ids: Vec<RecordId>,
    /// Empty for an intent.
    pub outcomes: Vec<Outcome>,
}

/// How one record ended. A record that was to be made and was not has the id of its person.
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
    /// It holds the values that a correction or a choice set.
    Replaced,
    /// This plan made it.
    Created,
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

impl Approved {
    /// # Errors
    /// [`NotApproved`]; then nothing may be written.
    pub fn check(rehearsed: Rehearsed, approved: Option<&str>, given: &str) -> Result<Self, NotApproved> {
        let approved = approved.ok_or(NotApproved::NeverApproved)?;
        if !approved.eq_ignore_ascii_case(given) || !rehearsed.plan.digest.eq_ignore_ascii_case(given) {
            return Err(NotApproved::OtherDigest);
        }
        if !rehearsed.fits_its_digest() {
            return Err(NotApproved::Altered);
        }
        Ok(Self { rehearsed })
    }

    pub fn rehearsed(&self) -> &Rehearsed {
        &self.rehearsed
    }

    /// Questions whose answers say where every record of the plan stands (`queryAll` by id).
    pub fn standing_asks(&self) -> Vec<Ask> {
        by_id_asks(
            self.touched().map(|step| (step.object.as_str(), &step.id)),
            &self.rehearsed.standing_fields,
        )
    }

    /// Reads the answers to [`Approved::standing_asks`], all of them together: a record in none of them is absent.
    pub fn standings(&self, rows: &[Row]) -> Standings {
        let found: BTreeMap<&RecordId, &Row> = rows.iter().map(|row| (&row.id, row)).collect();
        self.touched()
            .map(|step| {
                let standing = match found.get(&step.id) {
                    None => Standing::Absent,
                    Some(row) if row.flag("IsDeleted") => Standing::Bin,
                    Some(_) => Standing::Live,
                };
                (step.id.clone(), standing)
            })
            .collect()
    }

    /// What still has to be blanked and deleted, in order; nothing that is in the bin or gone. Records of several objects
    /// may stand in one delete.
    pub fn writes(&self, now: &Standings, journal: &[JournalLine]) -> Vec<WriteBatch> {
        let written: BTreeSet<&RecordId> = journal
            .iter()
            .filter(|line| line.kind == BatchKind::Write)
            .flat_map(|line| &line.outcomes)
            .filter(|outcome| matches!(outcome.outcome, Ended::Blanked | Ended::Replaced))
            .map(|outcome| &outcome.id)
            .collect();
        let live = |step: &&Step| now.get(&step.id) == Some(&Standing::Live);
        let mut batches = self.blanks(|step| live(&step) && !written.contains(&step.id));
        let deletes: Vec<&Step> = self.touched().filter(live).filter(|step| is_asked_delete(step)).collect();
        batches.extend(self.in_waves(deletes, false));
        batches
    }

    /// What still has to be purged; never a record that went along with its parent.
    pub fn purges(&self, now: &Standings) -> Vec<WriteBatch> {
        let in_bin: Vec<&Step> = self
            .touched()
            .filter(|step| is_asked_delete(step) && now.get(&step.id) == Some(&Standing::Bin))
            .collect();
        self.in_waves(in_bin, false)
    }

    /// What this plan put into the bin and is still there, parents first; what was in the bin before stays there.
    pub fn undos(&self, now: &Standings, journal: &[JournalLine]) -> Vec<WriteBatch> {
        // Only what this request's own delete batches named; what was in the bin before never was in one.
        let deletes = journal.iter().filter(|line| line.kind == BatchKind::Delete);
        let ours: BTreeSet<&RecordId> = deletes.flat_map(|line| &line.ids).collect();
        let back: Vec<&Step> = self
            .touched()
            .filter(|step| is_asked_delete(step))
            .filter(|step| ours.contains(&step.id) && now.get(&step.id) == Some(&Standing::Bin))
            .collect();
        self.in_waves(back, true)
    }

    /// The records of a batch that were locked, to be tried again.
    pub fn again(&self, batch: &WriteBatch, outcomes: &[Outcome]) -> Option<WriteBatch> {
        let locked: BTreeSet<&RecordId> =
            outcomes.iter().filter(|it| it.outcome == Ended::Locked).map(|it| &it.id).collect();
        if batch.deed() == Deed::Delete {
            let left = batch.ids().filter(|id| locked.contains(id));
            let left: Vec<_> = left.map(|id| (id.clone(), batch.object_of(id).to_owned())).collect();
            return WriteBatch::delete(&left);
        }
        let rows = batch.rows().iter().filter(|(id, _)| locked.contains(id)).cloned().collect();
        WriteBatch::new(batch.deed(), batch.object().to_owned(), rows)
    }

    /// What a batch's answers mean. A record without an answer failed.
    pub fn outcomes(&self, batch: &WriteBatch, answers: &[WriteAnswer]) -> Vec<Outcome> {
        let answers: BTreeMap<&RecordId, &WriteAnswer> = answers.iter().map(|it| (&it.id, it)).collect();
        batch
            .ids()
            .map(|id| {
                let object = self.object_of(id).unwrap_or_else(|| batch.object()).to_owned();
                let (outcome, error) = match answers.get(id).map(|it| &it.error) {
                    Some(None) if batch.deed() == Deed::Delete => (Ended::Deleted, None),
                    Some(None) if self.rehearsed.sets(id) => (Ended::Replaced, None),
                    Some(None) => (Ended::Blanked, None),
                    Some(Some(refusal)) => (ended(&refusal.code), Some(refusal.clone())),
                    None => (
                        Ended::Failed,
                        Some(Refusal {
                            code: "NO_ANSWER".to_owned(),
                            message: "The org's answer did not speak of this record.".to_owned(),
                        }),
                    ),
                };
                let error = error.map(|it| OutcomeError { code: it.code, message: it.message });
                Outcome { object, id: id.clone(), outcome, error }
            })
            .collect()
    }

    /// How every `delete`, `blank` and `replace` step stands after a run, asked steps and cascaded ones.
    ///
    /// Where a record stands now outweighs what an answer said: a delete that was acknowledged but did nothing is `failed`.
    pub fn settle(&self, now: &Standings, journal: &[JournalLine]) -> Vec<Outcome> {
        let ours = ours(journal);
        let mut said = BTreeMap::<&RecordId, &Outcome>::new();
        let mut purged = BTreeSet::<&RecordId>::new();
        for line in journal {
            if line.kind == BatchKind::Purge {
                purged.extend(line.ids.iter());
            } else if line.kind != BatchKind::Undo {
                said.extend(line.outcomes.iter().map(|outcome| (&outcome.id, outcome)));
            }
        }
        let any_purge = !purged.is_empty();
        let purge_failed: BTreeSet<&RecordId> = journal
            .iter()
            .filter(|line| line.kind == BatchKind::Purge)
            .flat_map(|line| &line.outcomes)
            .filter(|outcome| outcome.error.is_some())
            .map(|outcome| &outcome.id)
            .collect();
        self.touched()
            .map(|step| {
                let answer = said.get(&step.id).copied();
                let was_in_bin = matches!(step.presence, Presence::Bin | Presence::Merged);
                let error = answer.and_then(|it| it.error.clone());
                let (outcome, error) =
                    match (step.deed, now.get(&step.id).copied().unwrap_or(Standing::Absent)) {
                        (Deed::Blank | Deed::Replace, standing) => match answer {
                            Some(answer) => (answer.outcome, error),
                            None if standing != Standing::Live => (Ended::AlreadyGone, None),
                            None => (Ended::Failed, not_reached()),
                        },
                        (_, Standing::Live) => match answer {
                            Some(it) if it.error.is_some() => (it.outcome, error),
                            Some(_) => (
                                Ended::Failed,
                                Some(OutcomeError {
                                    code: "STILL_THERE".to_owned(),
                                    message:
                                        "The org acknowledged the delete, but the record is still there."
                                            .to_owned(),
                                }),
                            ),
                            None => (Ended::Failed, not_reached()),
                        },
                        (_, Standing::Bin)
                            if purged.contains(&step.id) && !purge_failed.contains(&step.id) =>
                        {
                            (Ended::Purged, None)
                        }
                        (_, Standing::Bin) if was_in_bin => (Ended::InBin, None),
                        (_, Standing::Bin) => (Ended::Deleted, None),
                        (_, Standing::Absent) if any_purge => (Ended::Purged, None),
                        (_, Standing::Absent) if ours.contains(&step.id) || step.cause == Cause::Cascade => {
                            (Ended::Deleted, None)
                        }
                        (_, Standing::Absent) => (Ended::AlreadyGone, None),
                    };
                Outcome { object: step.object.clone(), id: step.id.clone(), outcome, error }
            })
            .collect()
    }

    /// Questions to ask right before a batch: has any of its records changed since the rehearsal?
    pub fn before_asks(&self, batch: &WriteBatch) -> Vec<Ask> {
        by_id_asks(
            batch.ids().filter_map(|id| Some((self.object_of(id)?, id))),
            &self.rehearsed.standing_fields,
        )
    }

    /// Reads the answers to [`Approved::before_asks`]; the batch must not go out unless this is empty.
    ///
    /// A record that is gone or in the bin by now is no drift: there is nothing left to do to it.
    pub fn before_drift(&self, batch: &WriteBatch, rows: &[Row]) -> Vec<Drift> {
        let ids: BTreeSet<&RecordId> = batch.ids().collect();
        rows.iter()
            .filter(|row| ids.contains(&row.id) && !row.flag("IsDeleted"))
            .filter_map(|row| {
                let version = self.rehearsed.versions.get(&row.id)?;
                let before = version.last_modified.as_deref()?;
                let now = ["LastModifiedDate", "SystemModstamp", "CreatedDate"]
                    .iter()
                    .find_map(|it| row.text(it))?;
                (!drift::same_instant(before, now)).then(|| Drift {
                    object: row.object.clone(),
                    id: row.id.clone(),
                    change: "changed since the rehearsal".to_owned(),
                })
            })
            .collect()
    }

    fn touched(&self) -> impl Iterator<Item = &Step> {
        self.rehearsed.plan.steps.iter().filter(|step| step.deed != Deed::Keep)
    }

    fn object_of(&self, id: &RecordId) -> Option<&str> {
        self.rehearsed.versions.get(id).map(|version| version.object.as_str())
    }

    fn blanks(&self, wanted: impl Fn(&Step) -> bool) -> Vec<WriteBatch> {
        let mut groups =
            BTreeMap::<(&str, bool), Vec<(RecordId, BTreeMap<String, serde_json::Value>)>>::new();
        for step in self.touched().filter(|step| step.deed != Deed::Delete && wanted(step)) {
            if let Some(values) = self.rehearsed.values.get(&step.id) {
                let group = groups.entry((step.object.as_str(), step.deed == Deed::Replace)).or_default();
                group.push((step.id.clone(), values.clone()));
            }
        }
        groups
            .into_iter()
            .flat_map(|((object, replace), rows)| {
                let deed = if replace { Deed::Replace } else { Deed::Blank };
                let cut: Vec<_> = rows.chunks(BATCH_SIZE).map(<[_]>::to_vec).collect();
                cut.into_iter().filter_map(move |rows| WriteBatch::new(deed, object.to_owned(), rows))
            })
            .collect()
    }

    /// Deletes in rounds: within a round by object, at most 200 records and ten objects in one batch.
    fn in_waves(&self, steps: Vec<&Step>, last_first: bool) -> Vec<WriteBatch> {
        let mut rounds = BTreeMap::<u32, Vec<&Step>>::new();
        for step in steps {
            rounds.entry(self.rehearsed.waves.get(&step.id).copied().unwrap_or(0)).or_default().push(step);
        }
        let mut batches = Vec::new();
        for round in rounds.values_mut() {
            round.sort_by_key(|step| (crate::rehearse::rank(&step.object), step.object.as_str(), &step.id));
            let mut rows: Vec<&Step> = Vec::new();
            let mut objects = BTreeSet::<&str>::new();
            for step in round.iter() {
                let new_object = !objects.contains(step.object.as_str());
                if rows.len() == BATCH_SIZE || (new_object && objects.len() == OBJECTS_AT_ONCE) {
                    batches.extend(delete_batch(&rows));
                    rows.clear();
                    objects.clear();
                }
                objects.insert(step.object.as_str());
                rows.push(step);
            }
            batches.extend(delete_batch(&rows));
        }
        if last_first {
            batches.reverse();
        }
        batches
    }
}

fn delete_batch(steps: &[&Step]) -> Option<WriteBatch> {
    let records: Vec<(RecordId, String)> =
        steps.iter().map(|step| (step.id.clone(), step.object.clone())).collect();
    WriteBatch::delete(&records)
}

fn is_asked_delete(step: &Step) -> bool {
    step.deed == Deed::Delete && step.cause == Cause::Asked
}

fn not_reached() -> Option<OutcomeError> {
    Some(OutcomeError {
        code: "NOT_REACHED".to_owned(),
        message: "The run ended before this record, or the record it would have gone with is still there."
            .to_owned(),
    })
}

/// What Salesforce's error code means for one record.
fn ended(code: &str) -> Ended {
    match code {
        "UNABLE_TO_LOCK_ROW" => Ended::Locked,
        "ENTITY_IS_DELETED" => Ended::AlreadyGone,
        "UNKNOWN_EXCEPTION"
        | "SERVER_UNAVAILABLE"
        | "NO_ANSWER"
        | "REQUEST_LIMIT_EXCEEDED"
        | "QUERY_TIMEOUT" => Ended::Failed,
        _ => Ended::Refused,
    }
}

/// `queryAll` by id, one question per object and 200 ids.
pub(crate) fn by_id_asks<'a>(
    ids: impl Iterator<Item = (&'a str, &'a RecordId)>,
    fields: &BTreeMap<String, Vec<String>>,
) -> Vec<Ask> {
    let mut groups = BTreeMap::<&str, BTreeSet<&RecordId>>::new();
    for (object, id) in ids {
        groups.entry(object).or_default().insert(id);
    }
    let mut asks = Vec::new();
    for (object, ids) in groups {
        let ids: Vec<&RecordId> = ids.into_iter().collect();
        for ids in ids.chunks(IDS_AT_ONCE) {
            asks.push(Ask::Query(Query {
                object: object.to_owned(),
                fields: fields.get(object).cloned().unwrap_or_default(),
                condition: Some(Condition::In {
                    field: "Id".to_owned(),
                    values: ids.iter().map(|id| Literal::Text(id.as_str().to_owned())).collect(),
                }),
                children: Vec::new(),
                all_rows: true,
                order_by: Vec::new(),
                limit: None,
            }));
        }
    }
    asks
}

/// Every id that a batch of this plan was sent for.
pub fn ours(journal: &[JournalLine]) -> BTreeSet<RecordId> {
    journal.iter().flat_map(|line| line.ids.iter().cloned()).collect()
}

#[cfg(test)]
mod tests;
