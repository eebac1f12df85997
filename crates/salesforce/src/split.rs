//! A question that is too long for one statement → several, whose answers together are its answer.

use casework::query::{Condition, Query, Refusal};

use crate::errors::Error;
use crate::soql;

/// Salesforce's limit for a statement.
const LONGEST_STATEMENT: usize = 100_000;
/// Below the 16,384 bytes that Salesforce takes as address and headers.
pub(crate) const LONGEST_URL: usize = 15_900;
/// More parts than this is a question nobody meant to ask.
const MOST_PARTS: usize = 2_000;

/// The statements of a query, each short enough for `longest` bytes in an address.
///
/// Lists are cut in halves first, then alternatives, then the fields to read: a record may come in several parts.
///
/// # Errors
/// A refusal of our own when it cannot be cut or cannot be written.
pub(crate) fn statements(query: &Query, longest: usize) -> Result<Vec<String>, Refusal> {
    let too_long =
        || Error::own("STATEMENT_TOO_LONG", "The question is too long for the org; it was not sent.");
    let mut open = vec![query.clone()];
    let mut done = Vec::new();
    while let Some(query) = open.pop() {
        let statement = soql::statement(&query)?;
        if statement.len() <= LONGEST_STATEMENT && soql::encoded(&statement).len() <= longest {
            done.push(statement);
            continue;
        }
        let (first, second) = cut(&query, longest).ok_or_else(too_long)?;
        // The later half waits below the earlier one, so that the parts keep their order.
        open.push(second);
        open.push(first);
        if open.len() + done.len() > MOST_PARTS {
            return Err(too_long());
        }
    }
    Ok(done)
}

fn cut(query: &Query, longest: usize) -> Option<(Query, Query)> {
    let select: usize = query.fields.iter().map(|field| field.len() + 4).sum();
    let halves = query.condition.as_ref().and_then(cut_condition);
    match halves {
        Some((first, second)) if select < longest / 2 || query.fields.len() < 2 => Some((
            Query { condition: Some(first), ..query.clone() },
            Query { condition: Some(second), ..query.clone() },
        )),
        _ => cut_fields(query),
    }
}

/// Reads the fields in two turns. A limit then needs one order in both.
fn cut_fields(query: &Query) -> Option<(Query, Query)> {
    if query.fields.len() < 2 {
        return None;
    }
    let (first, second) = query.fields.split_at(query.fields.len() / 2);
    let order_by = if query.limit.is_some() && query.order_by.is_empty() {
        vec!["Id".to_owned()]
    } else {
        query.order_by.clone()
    };
    let first = Query { fields: first.to_vec(), order_by: order_by.clone(), ..query.clone() };
    let second = Query { fields: second.to_vec(), order_by, children: Vec::new(), ..query.clone() };
    Some((first, second))
}

/// Two conditions whose answers together are the answer of this one. Nothing under a NOT is cut.
fn cut_condition(condition: &Condition) -> Option<(Condition, Condition)> {
    match condition {
        Condition::In { field, values } if values.len() > 1 => {
            let (first, second) = values.split_at(values.len() / 2);
            Some((
                Condition::In { field: field.clone(), values: first.to_vec() },
                Condition::In { field: field.clone(), values: second.to_vec() },
            ))
        }
        Condition::Any(parts) if parts.len() > 1 => {
            let (first, second) = parts.split_at(parts.len() / 2);
            Some((Condition::Any(first.to_vec()), Condition::Any(second.to_vec())))
        }
        Condition::Any(parts) => parts.first().and_then(cut_condition),
        Condition::All(parts) => {
            let (place, (first, second)) = parts
                .iter()
                .enumerate()
                .filter_map(|(place, part)| Some((place, cut_condition(part)?, weight(part))))
                .max_by_key(|(_, _, weight)| *weight)
                .map(|(place, halves, _)| (place, halves))?;
            let with = |half: Condition| {
                let mut parts = parts.clone();
                if let Some(part) = parts.get_mut(place) {
                    *part = half;
                }
                Condition::All(parts)
            };
            Some((with(first), with(second)))
        }
        Condition::In { .. }
        | Condition::Not(_)
        | Condition::Like { .. }
        | Condition::Null { .. }
        | Condition::Compare { .. } => None,
    }
}

fn weight(condition: &Condition) -> usize {
    soql::where_clause(condition).map_or(0, |text| text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use casework::query::Literal;

    fn query(fields: usize, values: usize) -> Query {
        let values = (0..values).map(|n| Literal::Text(format!("0035g{n:013}"))).collect();
        Query {
            object: "Contact".into(),
            fields: (0..fields).map(|n| format!("A_rather_long_field_name_{n}__c")).collect(),
            condition: Some(Condition::All(vec![
                Condition::Null { field: "MasterRecordId".into() },
                Condition::In { field: "Id".into(), values },
            ])),
            children: vec![],
            all_rows: false,
            order_by: vec![],
            limit: None,
        }
    }

    #[test]
    fn long_lists_and_long_field_lists_are_cut_and_nothing_is_lost() {
        for (fields, values) in [(2, 2), (3, 5_000), (900, 3), (900, 2_000)] {
            let parts = statements(&query(fields, values), LONGEST_URL).unwrap();
            assert!(parts.iter().all(|part| soql::encoded(part).len() <= LONGEST_URL));
            for n in 0..values {
                assert!(
                    parts.iter().any(|part| part.contains(&format!("'0035g{n:013}'"))),
                    "{fields} {values} {n}"
                );
            }
            for n in 0..fields {
                assert!(parts.iter().any(|part| part.contains(&format!("_{n}__c"))), "{fields} {values} {n}");
            }
        }
        assert_eq!(statements(&query(2, 2), LONGEST_URL).unwrap().len(), 1);
    }

    #[test]
    fn a_negated_list_is_never_cut() {
        let mut negated = query(1, 5_000);
        negated.condition = negated.condition.map(|condition| Condition::Not(Box::new(condition)));
        assert_eq!(statements(&negated, LONGEST_URL).unwrap_err().code, "STATEMENT_TOO_LONG");
    }
}
