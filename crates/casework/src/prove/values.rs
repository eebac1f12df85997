//! Values that were set: does each record still hold them?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Proof, ProvedRecord, ProvedState};
use crate::carry_out::Ended;
use crate::change::{Held, SetValue};
use crate::record_id::RecordId;

/// One value that was set, as it stands now. Holds no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvedValue {
    pub object: String,
    pub id: RecordId,
    pub field: String,
    /// `as_set`, `overwritten`, `refused`, `still_there` (the old value), `gone` (the record)
    pub state: ProvedState,
    /// The user who changed the record last, where another value stands there now.
    pub changed_by: Option<RecordId>,
}

impl Proof {
    pub(super) fn values(&self, outcomes: &BTreeMap<&RecordId, Ended>) -> Vec<ProvedValue> {
        let outcome = |it: &SetValue| outcomes.get(&it.id).copied().filter(|_| it.made.is_none());
        self.of.set.iter().map(|it| self.value(it, outcome(it))).collect()
    }

    fn value(&self, it: &SetValue, outcome: Option<Ended>) -> ProvedValue {
        let row = self.set_rows.get(&it.id);
        let refused = matches!(outcome, Some(Ended::Refused | Ended::Locked));
        let held = row.map(|row| it.in_row(&self.of.hash_key, row));
        let state = match (row, held) {
            // It was to be made and was not.
            _ if !it.stands() => ProvedState::Refused,
            // Not being able to ask proves nothing.
            (None, _) if self.unasked.contains(&it.object) => ProvedState::StillThere,
            (None, _) => ProvedState::Gone,
            (Some(row), _) if row.flag("IsDeleted") => ProvedState::Gone,
            (Some(_), Some(Held::After)) => ProvedState::AsSet,
            (Some(_), _) if refused => ProvedState::Refused,
            // It was never seen as set: the write did nothing, or the copy did not follow.
            (Some(_), Some(Held::Before)) if outcome != Some(Ended::Replaced) => ProvedState::StillThere,
            (Some(_), _) => ProvedState::Overwritten,
        };
        let changed_by =
            row.filter(|_| state == ProvedState::Overwritten).and_then(|row| row.lookup("LastModifiedById"));
        ProvedValue {
            object: it.object.clone(),
            id: it.id.clone(),
            field: it.field.clone(),
            state,
            changed_by,
        }
    }
}

/// Each record with the worst that is true of its values.
pub(super) fn records(values: &[ProvedValue]) -> Vec<ProvedRecord> {
    let weight = |state: ProvedState| match state {
        ProvedState::AsSet => 0,
        ProvedState::Gone => 1,
        ProvedState::Refused => 2,
        ProvedState::StillThere => 3,
        _ => 4,
    };
    let mut worst = BTreeMap::<(&str, &RecordId), &ProvedValue>::new();
    for value in values {
        let known = worst.entry((&value.object, &value.id)).or_insert(value);
        if weight(value.state) > weight(known.state) {
            *known = value;
        }
    }
    let record =
        |it: &ProvedValue| ProvedRecord { object: it.object.clone(), id: it.id.clone(), state: it.state };
    worst.into_values().map(record).collect()
}
