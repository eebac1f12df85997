//! Records in Salesforce's JSON → [`Row`]s: parents flattened with dots, children as rows of their own.

use std::collections::BTreeMap;

use casework::query::Refusal;
use casework::record_id::RecordId;
use casework::row::Row;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::errors::Error;

/// One page of an answer to a query; `searchRecords` is the answer to a search.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Page {
    #[serde(alias = "searchRecords")]
    pub records: Vec<Value>,
    #[serde(rename = "nextRecordsUrl")]
    pub next: Option<String>,
}

/// Appends the page's records to `rows`, each followed by its children, and gives the addresses of the pages that
/// follow: the next one of the question itself and of every child list that is not complete.
///
/// # Errors
/// A refusal when a record has no id or no object: such an answer cannot be a statement about records.
pub(crate) fn take(page: Page, rows: &mut Vec<Row>) -> Result<Vec<String>, Refusal> {
    let mut more: Vec<String> = page.next.into_iter().collect();
    for record in page.records {
        let Value::Object(record) = record else {
            return Err(Error::own(
                "UNREADABLE_RECORD",
                "The org's answer holds something that is no record.",
            ));
        };
        take_record(record, rows, &mut more)?;
    }
    Ok(more)
}

fn take_record(
    record: Map<String, Value>,
    rows: &mut Vec<Row>,
    more: &mut Vec<String>,
) -> Result<(), Refusal> {
    let object =
        record.get("attributes").and_then(|it| it.get("type")).and_then(Value::as_str).map(str::to_owned);
    let id = record.get("Id").and_then(Value::as_str).and_then(|id| RecordId::parse(id).ok());
    let (Some(object), Some(id)) = (object, id) else {
        return Err(Error::own(
            "UNREADABLE_RECORD",
            "The org's answer holds a record without an id or object.",
        ));
    };
    let mut values = BTreeMap::new();
    let mut children = Vec::new();
    flatten("", record, &mut values, &mut children);
    rows.push(Row { object, id, values });
    for child in children {
        let page: Page = serde_json::from_value(child).map_err(|_| {
            Error::own("UNREADABLE_RECORD", "The org's answer holds unreadable child records.")
        })?;
        more.extend(take(page, rows)?);
    }
    Ok(())
}

fn flatten(
    prefix: &str,
    record: Map<String, Value>,
    values: &mut BTreeMap<String, Value>,
    children: &mut Vec<Value>,
) {
    for (name, value) in record {
        if name == "attributes" {
            continue;
        }
        match value {
            Value::Null => {}
            Value::Object(inner) if inner.contains_key("attributes") => {
                flatten(&format!("{prefix}{name}."), inner, values, children);
            }
            Value::Object(inner) if inner.contains_key("records") && inner.contains_key("done") => {
                children.push(Value::Object(inner));
            }
            // Compound values (addresses, locations) stay whole.
            other => {
                values.insert(format!("{prefix}{name}"), other);
            }
        }
    }
}

/// Joins rows of one record that came in several parts; the first place is kept.
pub(crate) fn merge(rows: Vec<Row>) -> Vec<Row> {
    let mut places: BTreeMap<(String, RecordId), usize> = BTreeMap::new();
    let mut merged: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let key = (row.object.clone(), row.id.clone());
        match places.get(&key).and_then(|place| merged.get_mut(*place)) {
            Some(known) => known.values.extend(row.values),
            None => {
                places.insert(key, merged.len());
                merged.push(row);
            }
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parents_are_flattened_and_children_follow_their_parent() {
        let page: Page = serde_json::from_value(json!({"totalSize":1,"done":true,"records":[{
            "attributes":{"type":"Contact","url":"/x"},"Id":"0035g00000AAAAA","Email":null,"LastName":"Reyes",
            "MailingAddress":{"city":"Fresno","street":null},
            "Owner":{"attributes":{"type":"User"},"Name":"Kim","Manager":{"attributes":{"type":"User"},"Name":"Lee"}},
            "Account":null,
            "Cases":{"totalSize":3,"done":false,"nextRecordsUrl":"/services/data/v68.0/query/01g-1",
                "records":[{"attributes":{"type":"Case"},"Id":"5005g00000AAAAA"}]},
            "Notes":null}]}))
        .unwrap();
        let mut rows = Vec::new();
        let more = take(page, &mut rows).unwrap();
        assert_eq!(more, ["/services/data/v68.0/query/01g-1"]);
        let objects: Vec<&str> = rows.iter().map(|row| row.object.as_str()).collect();
        assert_eq!(objects, ["Contact", "Case"]);
        let contact = rows.first().unwrap();
        let names: Vec<&str> = contact.values.keys().map(String::as_str).collect();
        assert_eq!(names, ["Id", "LastName", "MailingAddress", "Owner.Manager.Name", "Owner.Name"]);
    }

    #[test]
    fn a_record_without_an_id_is_refused_not_dropped() {
        let page = Page { records: vec![json!({"attributes":{"type":"Contact"}})], next: None };
        assert_eq!(take(page, &mut Vec::new()).unwrap_err().code, "UNREADABLE_RECORD");
    }
}
