//! A question put to rows in hand instead of an org: the filter, the order and the limit of SOQL.
//!
//! A field that the rows do not have at all makes the answer unknown; an empty one is null.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;

use super::soql::Order;
use crate::query::{Condition, Literal, Operator};
use crate::record_id::RecordId;
use crate::row::Row;

/// Whether a row meets a condition; `None`: the rows lack a field that decides it.
pub fn meets(condition: &Condition, row: &Row, columns: &BTreeSet<String>) -> Option<bool> {
    match condition {
        Condition::All(parts) => {
            let mut all = Some(true);
            for part in parts {
                match meets(part, row, columns) {
                    Some(false) => return Some(false),
                    None => all = None,
                    Some(true) => {}
                }
            }
            all
        }
        Condition::Any(parts) => {
            let mut any = Some(false);
            for part in parts {
                match meets(part, row, columns) {
                    Some(true) => return Some(true),
                    None => any = None,
                    Some(false) => {}
                }
            }
            any
        }
        Condition::Not(inner) => meets(inner, row, columns).map(|it| !it),
        Condition::In { field, values } => {
            let held = held(field, row, columns)?;
            Some(values.iter().any(|value| equal(held.as_deref(), value)))
        }
        Condition::Like { field, parts } => {
            let held = held(field, row, columns)?;
            Some(held.is_some_and(|text| like(&text, parts)))
        }
        Condition::Null { field } => Some(held(field, row, columns)?.is_none()),
        Condition::Compare { field, operator, value } => {
            let held = held(field, row, columns)?;
            Some(compare(held.as_deref(), *operator, value))
        }
    }
}

/// The value of a field as text; the outer `None`: there is no such column.
#[allow(clippy::option_option)] // Null and absent are two answers.
fn held(field: &str, row: &Row, columns: &BTreeSet<String>) -> Option<Option<String>> {
    if let Some(value) = row.values.get(field) {
        return Some(text_of(value));
    }
    if field.eq_ignore_ascii_case("Id") {
        return Some(Some(row.id.as_str().to_owned()));
    }
    if let Some((_, value)) = row.values.iter().find(|(name, _)| name.eq_ignore_ascii_case(field)) {
        return Some(text_of(value));
    }
    columns.iter().any(|it| it.eq_ignore_ascii_case(field)).then_some(None)
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn equal(held: Option<&str>, value: &Literal) -> bool {
    match (held, value) {
        (held, Literal::Flag(flag)) => held.is_some_and(is_true) == *flag,
        (None, _) => false,
        (Some(held), Literal::Text(text)) => {
            same_text(held, text)
                || matches!((RecordId::parse(held), RecordId::parse(text)), (Ok(a), Ok(b)) if a == b)
        }
        (Some(held), value) => order(held, value) == Some(Ordering::Equal),
    }
}

fn compare(held: Option<&str>, operator: Operator, value: &Literal) -> bool {
    if operator == Operator::NotEqual {
        return !equal(held, value);
    }
    let Some(found) = held.and_then(|held| order(held, value)) else { return false };
    match operator {
        Operator::Less => found == Ordering::Less,
        Operator::LessOrEqual => found != Ordering::Greater,
        Operator::Greater => found == Ordering::Greater,
        Operator::GreaterOrEqual => found != Ordering::Less,
        Operator::NotEqual => found != Ordering::Equal,
    }
}

fn order(held: &str, value: &Literal) -> Option<Ordering> {
    match value {
        Literal::Text(text) => Some(held.to_lowercase().cmp(&text.to_lowercase())),
        Literal::Number(text) => held.trim().parse::<f64>().ok()?.partial_cmp(&text.parse::<f64>().ok()?),
        Literal::Date(day) => Some(instant(held)?.date_naive().cmp(day)),
        Literal::DateTime(at) => Some(instant(held)?.cmp(at)),
        Literal::Flag(flag) => Some(is_true(held).cmp(flag)),
    }
}

fn same_text(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

pub(super) fn is_true(text: &str) -> bool {
    matches!(text, "1") || text.eq_ignore_ascii_case("true")
}

fn like(text: &str, parts: &[String]) -> bool {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    for (place, part) in parts.iter().enumerate() {
        let part = part.to_lowercase();
        let (first, last) = (place == 0, place + 1 == parts.len());
        let found = match (first, last) {
            (true, true) => return rest == part,
            (true, false) => rest.starts_with(&part).then_some(0),
            (false, true) => return rest.ends_with(&part),
            (false, false) => rest.find(&part),
        };
        let Some(at) = found else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    true
}

/// A time or the first moment of a day, in the spellings of Salesforce's APIs and exports.
pub fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    if let Ok(at) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(at.to_utc());
    }
    for form in ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"] {
        if let Ok(at) = NaiveDateTime::parse_from_str(text, form) {
            return Some(at.and_utc());
        }
    }
    let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    Some(day.and_time(chrono::NaiveTime::MIN).and_utc())
}

/// How two rows stand to each other in a logged order; equal ones are in no order at all.
pub fn by(order_by: &[Order], a: &Row, b: &Row) -> Ordering {
    let empty = BTreeSet::new();
    for one in order_by {
        let value = |row: &Row| held(&one.field, row, &empty).flatten();
        let found = match (value(a), value(b)) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => {
                if one.nulls_last {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            (Some(_), None) => {
                if one.nulls_last {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            (Some(a), Some(b)) => {
                let found = typed(&a, &b);
                if one.descending { found.reverse() } else { found }
            }
        };
        if found != Ordering::Equal {
            return found;
        }
    }
    Ordering::Equal
}

fn typed(a: &str, b: &str) -> Ordering {
    if let (Ok(a), Ok(b)) = (a.parse::<f64>(), b.parse::<f64>())
        && let Some(found) = a.partial_cmp(&b)
    {
        return found;
    }
    let begins_with_a_day = |text: &str| text.len() >= 10 && text.get(4..5) == Some("-");
    if begins_with_a_day(a)
        && begins_with_a_day(b)
        && let (Some(a), Some(b)) = (instant(a), instant(b))
    {
        return a.cmp(&b);
    }
    a.to_lowercase().cmp(&b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(values: &[(&str, Value)]) -> Row {
        Row {
            object: "Contact".into(),
            id: RecordId::parse("0035g00000002bP").unwrap(),
            values: values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }

    fn columns(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn conditions_mean_what_they_mean_in_soql() {
        let ana = row(&[
            ("LastName", json!("Lindqvist")),
            ("Size__c", json!("12")),
            ("CreatedDate", json!("2026-10-20T10:00:00.000+0000")),
            ("Done", json!("true")),
        ]);
        let known = columns(&["LastName", "Email", "Size__c", "CreatedDate", "Done"]);
        let text = |field: &str, value: &str| Condition::In {
            field: field.into(),
            values: vec![Literal::Text(value.into())],
        };
        let than = |field: &str, operator, value| Condition::Compare { field: field.into(), operator, value };
        for (condition, expected) in [
            (text("LastName", "LINDQVIST"), Some(true)),
            (text("Id", "0035g00000002bPAAQ"), Some(true)),
            (text("Email", "a@example.com"), Some(false)),
            (text("Missing__c", "x"), None),
            (Condition::Not(Box::new(text("Email", "a@example.com"))), Some(true)),
            (Condition::Null { field: "email".into() }, Some(true)),
            (than("Email", Operator::NotEqual, Literal::Text("x".into())), Some(true)),
            (than("Size__c", Operator::Greater, Literal::Number("9".into())), Some(true)),
            (than("Email", Operator::Less, Literal::Text("x".into())), Some(false)),
            (
                than(
                    "CreatedDate",
                    Operator::LessOrEqual,
                    Literal::DateTime("2026-10-20T10:00:00Z".parse().unwrap()),
                ),
                Some(true),
            ),
            (Condition::In { field: "Done".into(), values: vec![Literal::Flag(true)] }, Some(true)),
            (Condition::In { field: "Email".into(), values: vec![Literal::Flag(false)] }, Some(true)),
            (
                Condition::Like { field: "LastName".into(), parts: vec!["lind".into(), "vist".into()] },
                Some(true),
            ),
            (
                Condition::Like { field: "LastName".into(), parts: vec!["".into(), "ndq".into(), "".into()] },
                Some(true),
            ),
            (
                Condition::Like { field: "LastName".into(), parts: vec!["qvist".into(), "".into()] },
                Some(false),
            ),
            (Condition::Any(vec![text("Missing__c", "x"), text("LastName", "Lindqvist")]), Some(true)),
            (Condition::All(vec![text("Missing__c", "x"), text("LastName", "Lindqvist")]), None),
            (Condition::All(vec![text("Missing__c", "x"), text("LastName", "Other")]), Some(false)),
        ] {
            assert_eq!(meets(&condition, &ana, &known), expected, "{condition:?}");
        }
    }

    #[test]
    fn rows_stand_in_the_logged_order() {
        let order =
            |field: &str, descending, nulls_last| Order { field: field.into(), descending, nulls_last };
        let (nine, ten, none) = (row(&[("N", json!("9"))]), row(&[("N", json!("10"))]), row(&[]));
        assert_eq!(by(&[order("N", false, false)], &nine, &ten), Ordering::Less);
        assert_eq!(by(&[order("N", true, true)], &nine, &ten), Ordering::Greater);
        assert_eq!(by(&[order("N", false, false)], &none, &ten), Ordering::Less);
        assert_eq!(by(&[order("N", true, true)], &none, &ten), Ordering::Greater);
        assert_eq!(by(&[order("M", true, true)], &nine, &ten), Ordering::Equal);
    }
}
