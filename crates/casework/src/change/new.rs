//! Records that a choice makes: a person's consent for one purpose, where the org holds none yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{SetValue, hash};
use crate::plan::Cause;
use crate::record_id::RecordId;

/// The lookup of a consent record to its person, an Individual.
pub const PARTY: &str = "PartyId";
/// The lookup of a consent record to what the data is used for.
pub const PURPOSE: &str = "DataUsePurposeId";

/// A consent record that a choice wants for a person, one for each purpose that the words name.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub object: String,
    /// The Individual.
    pub person: RecordId,
    /// The field that says the choice, and what it says.
    pub status: String,
    pub value: Value,
    /// Words of which the purpose's name contains one, case aside.
    pub purpose: Vec<String>,
    /// The other fields of the new record but for its person and its purpose.
    pub values: BTreeMap<String, Value>,
    /// Consent objects by whose records the person may have said it already.
    pub beside: Vec<String>,
    /// A sentence for the plan; no personal data.
    pub because: String,
}

/// A record that a plan makes, with everything it will hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedRecord {
    /// As in the plan.
    pub n: u32,
    pub object: String,
    pub person: RecordId,
    pub purpose: RecordId,
    /// The field that says the choice.
    pub status: String,
    pub values: Vec<NewValue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewValue {
    pub field: String,
    pub field_type: String,
    pub value: Value,
}

/// Which of a plan's new records a value stands on, and whether it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub n: u32,
    pub done: bool,
}

/// What a new record says, kept as keyed hashes. `id`: the record made; `None` when it was not made, then the person's
/// id stands in its place.
pub fn set_new(plan: &str, record: &PlannedRecord, id: Option<&RecordId>, key: &[u8]) -> Option<SetValue> {
    let said = record.values.iter().find(|it| it.field == record.status)?;
    let at = id.unwrap_or(&record.person);
    let hashed = |value: &Value| hash(key, at, &said.field, &said.field_type, value);
    Some(SetValue {
        plan: plan.to_owned(),
        object: record.object.clone(),
        id: at.clone(),
        field: said.field.clone(),
        field_type: said.field_type.clone(),
        before: hashed(&Value::Null),
        after: hashed(&said.value),
        cause: Cause::Asked,
        written: id.is_some(),
        made: Some(Made { n: record.n, done: id.is_some() }),
    })
}
