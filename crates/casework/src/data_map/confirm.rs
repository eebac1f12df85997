//! The officer's word: corrections and confirmations in a CSV, laid over every later building; and what drifted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DataMap, FieldEntry, ObjectEntry, Told, What, list, words};
use crate::review::{BadLine, csv_text};

/// No map is larger.
const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
const MAX_CELL_CHARS: usize = 2_000;

/// One thing that the officer said about a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub object: String,
    pub field: String,
    pub what: What,
    /// As in [`Told`].
    pub value: String,
    /// What the org said at that time; `None` where it said nothing.
    pub found: Option<String>,
    /// UTC, whole seconds.
    pub confirmed_at: String,
}

impl Fact {
    /// Whether the officer says something else than was found.
    pub fn corrects(&self) -> bool {
        self.found.as_ref() != Some(&self.value)
    }
}

/// One answer about a field, as an officer gives it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(rename = "MapAnswer")]
pub struct Answer {
    pub what: What,
    /// As in [`Told`]; empty leaves open what only the officer can say.
    pub value: String,
}

/// What is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(rename = "MapDrift")]
pub struct Drift {
    pub object: String,
    /// Empty when the whole object is meant.
    pub field: String,
    pub what: String,
    pub before: String,
    pub now: String,
}

/// Reads a file of confirmations: `object`, `field`, `confirmed` and any columns of the exported map. A row counts where
/// `confirmed` is `yes`; its cells are then what the officer says. Columns that the file lacks stay as they are.
///
/// # Errors
/// Every fault of the file in order; then nothing of it may be applied. No sentence repeats a cell.
pub fn read(file: &[u8], map: &DataMap, now: DateTime<Utc>) -> Result<Vec<Fact>, Vec<BadLine>> {
    let whole = |what: &str| vec![BadLine::whole(what)];
    let text = csv_text(file, MAX_FILE_BYTES).map_err(|fault| vec![fault])?;
    let mut reader = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| whole("the file is not readable as CSV"))?.clone();
    let place = |name: &str| header.iter().position(|it| it.trim().eq_ignore_ascii_case(name));
    let (Some(object_at), Some(field_at), Some(confirmed_at)) =
        (place("object"), place("field"), place("confirmed"))
    else {
        return Err(vec![BadLine {
            line: 1,
            what: "the header lacks object, field or confirmed".to_owned(),
        }]);
    };
    let columns: Vec<(What, usize)> =
        What::ALL.into_iter().filter_map(|what| Some((what, place(what.word())?))).collect();
    let at = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let (mut facts, mut faults) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for row in reader.records() {
        let Ok(row) = row else {
            faults.push(BadLine { line: 0, what: "the file is not readable as CSV".to_owned() });
            break;
        };
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |place: usize| row.get(place).unwrap_or_default().trim();
        match cell(confirmed_at).to_lowercase().as_str() {
            "yes" => {}
            "" | "no" => continue,
            _ => {
                faults.push(BadLine { line, what: "confirmed must be yes, no or empty".to_owned() });
                continue;
            }
        }
        let Some((object, field)) =
            map.object(cell(object_at)).and_then(|object| Some((object, object.field(cell(field_at))?)))
        else {
            faults.push(BadLine { line, what: "the map has no such field".to_owned() });
            continue;
        };
        if !seen.insert((object.object.clone(), field.field.clone())) {
            faults.push(BadLine { line, what: "this field stands on an earlier line too".to_owned() });
            continue;
        }
        for (what, place) in &columns {
            match value(*what, cell(*place)) {
                Ok(Some(value)) => facts.push(fact(object, field, *what, value, &at)),
                Ok(None) => {}
                Err(why) => faults.push(BadLine { line, what: format!("{} {why}", what.word()) }),
            }
        }
    }
    match (faults.is_empty(), facts.is_empty()) {
        (false, _) => Err(faults),
        (true, true) => Err(whole("the file confirms nothing: no row says yes")),
        (true, false) => Ok(facts),
    }
}

/// What an officer says about one field of the map; answers left open say nothing.
///
/// # Errors
/// Every unusable answer, by what it is about; then none may be applied. No sentence repeats an answer.
pub fn of_field(
    object: &ObjectEntry,
    field: &FieldEntry,
    answers: &[Answer],
    now: DateTime<Utc>,
) -> Result<Vec<Fact>, Vec<String>> {
    let at = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let (mut facts, mut faults) = (BTreeMap::new(), Vec::new());
    for answer in answers {
        match value(answer.what, answer.value.trim()) {
            Ok(Some(value)) => drop(facts.insert(answer.what, fact(object, field, answer.what, value, &at))),
            Ok(None) => {}
            Err(why) => faults.push(format!("{} {why}", answer.what.word().replace('_', " "))),
        }
    }
    if faults.is_empty() { Ok(facts.into_values().collect()) } else { Err(faults) }
}

fn fact(object: &ObjectEntry, field: &FieldEntry, what: What, value: String, at: &str) -> Fact {
    Fact {
        object: object.object.clone(),
        field: field.field.clone(),
        what,
        value,
        found: field.told.get(&what).map(|it| it.value.clone()),
        confirmed_at: at.to_owned(),
    }
}

/// Every word that an answer may hold; `None` where any text will do.
pub fn vocabulary(what: What) -> Option<Vec<String>> {
    match what {
        What::Categories => Some(('A'..='L').map(String::from).collect()),
        What::NeverDisclosed => Some(crate::disclosure::Kind::ALL.iter().map(super::fields::word).collect()),
        What::BreachElements => {
            let known = |it: &&&str| is_word::<crate::disclosure::Element>(it);
            Some(crate::incident::elements::KEYS.iter().filter(known).map(|it| (*it).to_owned()).collect())
        }
        _ => None,
    }
}

/// A cell as it is kept; `None` where the officer left open what only the officer can say.
fn value(what: What, cell: &str) -> Result<Option<String>, &'static str> {
    // What our own export guarded against spreadsheets comes back without its guard.
    let cell = cell.strip_prefix('\'').unwrap_or(cell).trim();
    if cell.chars().count() > MAX_CELL_CHARS {
        return Err("is longer than 2,000 characters");
    }
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return Err("begins like a spreadsheet formula");
    }
    if cell.chars().any(|it| it.is_control() && it != '\n') {
        return Err("holds a control character");
    }
    if !what.is_list() {
        return Ok(Some(cell.to_owned()).filter(|it| !it.is_empty() && it != "not yet known"));
    }
    let words = words(cell);
    let good = match what {
        What::Categories => words.iter().all(|it| matches!(it.as_bytes(), [b'A'..=b'L'])),
        What::NeverDisclosed => words.iter().all(|it| is_word::<crate::disclosure::Kind>(it)),
        What::BreachElements => words.iter().all(|it| is_word::<crate::disclosure::Element>(it)),
        _ => true,
    };
    if good { Ok(Some(list(words))) } else { Err("holds a word that is none of the map's") }
}

fn is_word<T: serde::de::DeserializeOwned>(word: &str) -> bool {
    serde_json::from_value::<T>(serde_json::Value::from(word)).is_ok()
}

/// Lays the officer's word over a map as it was built.
pub fn lay_over(map: &mut DataMap, facts: &[Fact]) {
    for fact in facts {
        let field = map
            .objects
            .iter_mut()
            .find(|it| it.object == fact.object)
            .and_then(|it| it.fields.iter_mut().find(|it| it.field == fact.field));
        if let Some(field) = field {
            let told = Told {
                value: fact.value.clone(),
                basis: "officer".to_owned(),
                confirmed_at: Some(fact.confirmed_at.clone()),
            };
            field.told.insert(fact.what, told);
        }
    }
    for object in &mut map.objects {
        for field in &object.fields {
            object.categories.extend(field.words(What::Categories).iter().filter_map(|it| it.chars().next()));
        }
    }
}

/// What differs between a fresh building and the officer's word, and between it and the building before.
/// `fresh` and `before` are maps without the officer's word.
pub fn drift(fresh: &DataMap, before: Option<&DataMap>, facts: &[Fact]) -> Vec<Drift> {
    let mut all = BTreeSet::new();
    let mut note = |object: &str, field: &str, what: &str, before: &str, now: &str| {
        all.insert(Drift {
            object: object.to_owned(),
            field: field.to_owned(),
            what: what.to_owned(),
            before: before.to_owned(),
            now: now.to_owned(),
        });
    };
    for fact in facts {
        match fresh.object(&fact.object).and_then(|it| it.field(&fact.field)) {
            None => note(
                &fact.object,
                &fact.field,
                "confirmed field",
                "there",
                "gone, or no longer shown to this user",
            ),
            Some(field) => {
                let now = field.told.get(&fact.what).map(|it| it.value.clone());
                if now != fact.found {
                    let (before, now) = (fact.found.as_deref(), now.as_deref());
                    note(
                        &fact.object,
                        &fact.field,
                        fact.what.word(),
                        before.unwrap_or(UNSAID),
                        now.unwrap_or(UNSAID),
                    );
                }
            }
        }
    }
    if let Some(before) = before {
        let (old, new) = (fields(before), fields(fresh));
        for ((object, field), kind) in &old {
            match new.get(&(*object, *field)) {
                None => note(object, field, "field", kind, "gone, or no longer shown to this user"),
                Some(now) if now != kind => note(object, field, "type", kind, now),
                Some(_) => {}
            }
        }
        for ((object, field), kind) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            note(object, field, "field", "not there", kind);
        }
        let apps = |map: &DataMap| map.integrations.iter().map(|it| it.name.clone()).collect::<BTreeSet<_>>();
        let (old, new) = (apps(before), apps(fresh));
        for name in old.symmetric_difference(&new) {
            let (was, is) = if old.contains(name) { ("there", "gone") } else { ("not there", "there") };
            note(name, "", "integration", was, is);
        }
    }
    all.into_iter().collect()
}

const UNSAID: &str = "nothing";

fn fields(map: &DataMap) -> BTreeMap<(&str, &str), &str> {
    map.objects
        .iter()
        .flat_map(|object| {
            object
                .fields
                .iter()
                .map(|field| ((object.object.as_str(), field.field.as_str()), field.field_type.as_str()))
        })
        .collect()
}
