//! Several laws at once: the earliest day per recipient, and one content for all notices with what some laws forbid.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::answer::{Duty, State};

/// By recipient: the duty that is due first, of those that have a day.
pub(crate) fn earliest(duties: &[Duty]) -> Value {
    let mut first: BTreeMap<&str, &Duty> = BTreeMap::new();
    for duty in duties.iter().filter(|it| it.state == State::Owed) {
        let Some(due) = duty.due else { continue };
        let best = first.entry(&duty.recipient).or_insert(duty);
        if best.due.is_some_and(|it| due.day() < it.day()) {
            *best = duty;
        }
    }
    first
        .into_iter()
        .map(|(recipient, it)| {
            (recipient.to_owned(), json!({"due": it.due, "rule": it.rule, "projected": it.projected}))
        })
        .collect::<Map<_, _>>()
        .into()
}

/// What all notices together hold, and by jurisdiction what its own must leave out: there the notice is a variant.
pub(crate) fn content(notices: &Map<String, Value>) -> Value {
    let list = |notice: &Value, key: &str| notice[key].as_array().cloned().unwrap_or_default();
    let mut all: Vec<Value> = Vec::new();
    for item in notices.values().flat_map(|it| list(it, "content")) {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    let leave_out: Map<String, Value> = notices
        .iter()
        .map(|(place, it)| (place.clone(), Value::Array(list(it, "prohibit"))))
        .filter(|(_, it)| it.as_array().is_some_and(|it| !it.is_empty()))
        .collect();
    json!({ "all": all, "leave_out": leave_out })
}
