//! Values after a run: read back, and brought back.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Approved, BatchKind, Ended, JournalLine, Outcome, OutcomeError, by_id_asks};
use crate::change::{Held, SetValue};
use crate::plan::{Cause, Deed};
use crate::query::Ask;
use crate::record_id::RecordId;
use crate::row::Row;
use crate::write::{BATCH_SIZE, WriteBatch};

impl Approved {
    /// Questions whose answers show the values that the plan wrote and those that follow from them.
    pub fn value_asks(&self) -> Vec<Ask> {
        let mut fields = BTreeMap::<String, Vec<String>>::new();
        for (step, field) in
            self.touched().flat_map(|step| step.fields.iter().map(move |field| (step, field)))
        {
            let known = fields.entry(step.object.clone()).or_default();
            if !known.contains(field) {
                known.push(field.clone());
            }
        }
        let steps = self.touched().filter(|step| !step.fields.is_empty());
        by_id_asks(steps.map(|step| (step.object.as_str(), &step.id)), &fields)
    }

    /// A write that was acknowledged but changed nothing failed; what follows by itself is judged by what it holds.
    ///
    /// `rows` answer [`Approved::value_asks`]; a record that was not answered keeps its outcome.
    pub fn read_back(&self, outcomes: Vec<Outcome>, rows: &[Row]) -> Vec<Outcome> {
        let rows: BTreeMap<&RecordId, &Row> = rows.iter().map(|row| (&row.id, row)).collect();
        // What follows a value that was refused cannot follow.
        let not_followed = if outcomes.iter().any(|it| it.outcome == Ended::Refused) {
            Ended::Refused
        } else {
            Ended::Failed
        };
        outcomes
            .into_iter()
            .map(|outcome| {
                let step = self.touched().find(|step| step.id == outcome.id && !step.fields.is_empty());
                let (Some(step), Some(row)) = (step, rows.get(&outcome.id)) else { return outcome };
                let other = self.other_than_planned(row);
                match (step.cause, outcome.error.is_none(), other) {
                    (Cause::Asked, true, Some(field)) => failed(
                        outcome,
                        "NOT_CHANGED",
                        format!("The org acknowledged the write, but {field} holds another value."),
                    ),
                    (Cause::Cascade, _, Some(field)) => {
                        let message =
                            format!("{field} does not hold the value of the record it is copied from.");
                        Outcome { outcome: not_followed, ..failed(outcome, "NOT_FOLLOWED", message) }
                    }
                    (Cause::Cascade, _, None) => Outcome { outcome: Ended::Replaced, error: None, ..outcome },
                    _ => outcome,
                }
            })
            .collect()
    }

    /// The first field of a row that does not hold what the plan says.
    fn other_than_planned(&self, row: &Row) -> Option<String> {
        let held = |field: &str| row.values.get(field).unwrap_or(&Value::Null);
        let differs = |field: &str, kind: &str, after: &Value| {
            (!crate::change::same(kind, held(field), after)).then(|| field.to_owned())
        };
        let planned = self.rehearsed.changes.iter().filter(|it| it.id == row.id && it.write);
        let blanked = self.rehearsed.values.get(&row.id).filter(|_| !self.rehearsed.sets(&row.id));
        planned
            .filter_map(|it| differs(&it.field, &it.field_type, &it.after))
            // A placeholder may be in a field of mail, which Salesforce writes in small letters.
            .chain(blanked.into_iter().flatten().filter_map(|(field, after)| differs(field, "email", after)))
            .next()
    }

    /// Writes that bring values back to what they were, as far as nobody changed them since, and what is left as it is.
    ///
    /// `set` is what was set, `before` the records as they were, `now` as they are.
    pub fn restores(
        set: &[SetValue],
        before: &[Row],
        now: &[Row],
        journal: &[JournalLine],
        key: &[u8],
    ) -> (Vec<WriteBatch>, Vec<Outcome>) {
        let lines = journal.iter().filter(|line| line.kind == BatchKind::Write);
        let sent: BTreeSet<&RecordId> = lines.flat_map(|line| &line.ids).collect();
        let mut groups = BTreeMap::<&str, BTreeMap<RecordId, BTreeMap<String, Value>>>::new();
        let mut left = Vec::new();
        for it in set
            .iter()
            .filter(|it| it.made.is_none() && it.cause == Cause::Asked && it.written && sent.contains(&it.id))
        {
            let of = |rows: &'_ [Row]| rows.iter().find(|row| row.id == it.id).cloned();
            let (held, was) = (of(now).map(|row| it.in_row(key, &row)), of(before));
            match (held, was) {
                (Some(Held::After), Some(was)) => {
                    let value = was.values.get(&it.field).cloned().unwrap_or(Value::Null);
                    groups
                        .entry(&it.object)
                        .or_default()
                        .entry(it.id.clone())
                        .or_default()
                        .insert(it.field.clone(), value);
                }
                (Some(Held::Before), _) => {}
                (Some(Held::Another) | None, _) => left.push(refused(
                    it,
                    "CHANGED_SINCE",
                    "Somebody changed it since; it was left as it is.",
                )),
                (Some(Held::After), None) => {
                    left.push(refused(it, "NO_BEFORE_IMAGE", "What it held before is no longer kept."))
                }
            }
        }
        let batches = groups
            .into_iter()
            .flat_map(|(object, rows)| {
                let rows: Vec<_> = rows.into_iter().collect();
                let cut: Vec<_> = rows.chunks(BATCH_SIZE).map(<[_]>::to_vec).collect();
                cut.into_iter()
                    .filter_map(move |rows| WriteBatch::new(Deed::Replace, object.to_owned(), rows))
            })
            .collect();
        (batches, left)
    }
}

pub(super) fn failed(outcome: Outcome, code: &str, message: String) -> Outcome {
    Outcome {
        outcome: Ended::Failed,
        error: Some(OutcomeError { code: code.to_owned(), message }),
        ..outcome
    }
}

pub(super) fn refused(it: &SetValue, code: &str, message: &str) -> Outcome {
    Outcome {
        object: it.object.clone(),
        id: it.id.clone(),
        outcome: Ended::Refused,
        error: Some(OutcomeError { code: code.to_owned(), message: format!("{}: {message}", it.field) }),
    }
}

/// Questions for the values that were set, by record, with who changed the record last.
pub fn set_value_asks(set: &[SetValue], standing: &BTreeMap<String, Vec<String>>) -> Vec<Ask> {
    let mut fields = BTreeMap::<String, Vec<String>>::new();
    for it in set.iter().filter(|it| it.stands()) {
        let known = fields
            .entry(it.object.clone())
            .or_insert_with(|| standing.get(&it.object).cloned().unwrap_or_default());
        if !known.contains(&it.field) {
            known.push(it.field.clone());
        }
    }
    by_id_asks(set.iter().filter(|it| it.stands()).map(|it| (it.object.as_str(), &it.id)), &fields)
}
