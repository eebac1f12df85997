//! Values that a correction or a choice sets: what is wanted, whether the org would take it, what follows from it, and
//! how it is recognised later without being kept.

mod follow;
mod new;
mod value;

use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Sha256;

use crate::ledger::hex;
use crate::plan::Cause;
use crate::record_id::RecordId;
use crate::row::Row;

pub use follow::{followers, mirrored};
pub(crate) use follow::{formulas, person_field};
pub use new::{Made, NewValue, PARTY, PURPOSE, PlannedRecord, Wish, set_new};
pub(crate) use value::is_needed;
pub use value::{canonical, same, unfit, unfit_new};

/// A value that a field of a record is to hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub object: String,
    pub id: RecordId,
    pub field: String,
    /// `null` empties the field.
    pub value: Value,
    /// A sentence for the plan; no personal data.
    pub because: String,
    /// Left out unless a parent's field says so.
    pub only_if: Option<OnlyIf>,
}

/// A change that holds only where another field, `DataUsePurpose.Name`, contains one of these words, case aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyIf {
    pub field: String,
    pub contains: Vec<String>,
}

impl OnlyIf {
    pub fn holds(&self, row: &Row) -> bool {
        let text = row.text(&self.field).unwrap_or_default().to_lowercase();
        self.contains.iter().any(|word| text.contains(&word.to_lowercase()))
    }
}

/// One value of a plan: written, following from one that is written, or held already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedValue {
    pub object: String,
    pub id: RecordId,
    pub field: String,
    pub field_type: String,
    pub after: Value,
    pub cause: Cause,
    /// `false`: the org holds it already.
    pub write: bool,
}

/// A value before and after, for the eyes of the officer only: never kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    pub object: String,
    pub id: RecordId,
    pub field: String,
    pub label: String,
    pub before: Value,
    pub after: Value,
    pub cause: Cause,
}

/// A value that a plan set, kept as keyed hashes only: it can be recognised after the value itself is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetValue {
    /// Digest of the plan that set it.
    pub plan: String,
    pub object: String,
    pub id: RecordId,
    pub field: String,
    pub field_type: String,
    /// HMAC-SHA256 under the vault's key, lower-case hex.
    pub before: String,
    pub after: String,
    pub cause: Cause,
    /// `false`: the org held it already when the plan was carried out.
    pub written: bool,
    /// Set where the record itself is one that the plan was to make.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
}

impl SetValue {
    /// Whether it stands on a record that exists; not where a record was to be made and was not.
    pub fn stands(&self) -> bool {
        self.made.is_none_or(|it| it.done)
    }

    /// Whether a row holds this value, the one before, or another.
    pub fn in_row(&self, key: &[u8], row: &Row) -> Held {
        let now = hash(
            key,
            &self.id,
            &self.field,
            &self.field_type,
            row.values.get(&self.field).unwrap_or(&Value::Null),
        );
        if now == self.after {
            Held::After
        } else if now == self.before {
            Held::Before
        } else {
            Held::Another
        }
    }
}

/// Which value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    After,
    Before,
    Another,
}

/// The keyed hash of one value of one field of one record.
pub fn hash(key: &[u8], id: &RecordId, field: &str, field_type: &str, value: &Value) -> String {
    // HMAC takes keys of every length.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mut mac| {
            for part in [id.as_str(), field, &canonical(field_type, value)] {
                mac.update(part.as_bytes());
                mac.update(&[0]);
            }
            hex(&mac.finalize().into_bytes())
        })
        .unwrap_or_default()
}

/// What a plan sets, hashed, with the values before it from the records as they were.
pub fn set_values(plan: &str, planned: &[PlannedValue], before: &[Row], key: &[u8]) -> Vec<SetValue> {
    planned
        .iter()
        .map(|it| {
            let held = before.iter().find(|row| row.id == it.id).and_then(|row| row.values.get(&it.field));
            let hashed = |value: &Value| hash(key, &it.id, &it.field, &it.field_type, value);
            SetValue {
                plan: plan.to_owned(),
                object: it.object.clone(),
                id: it.id.clone(),
                field: it.field.clone(),
                field_type: it.field_type.clone(),
                before: hashed(held.unwrap_or(&Value::Null)),
                after: hashed(&it.after),
                cause: it.cause,
                written: it.write,
                made: None,
            }
        })
        .collect()
}

/// The day from which a business may ask a person who opted out to opt in again: twelve months later
/// (Civ. Code § 1798.135(c)(4)).
pub fn may_ask_again(opted_out: DateTime<Utc>) -> DateTime<Utc> {
    opted_out.checked_add_months(chrono::Months::new(12)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests;
