//! A logged query put again: the question, and what its answer proves.
//!
//! Records created since are left out, records deleted since are put back. Only then does the number that came back say
//! whether these are the records that left.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::evaluate::{by, instant};
use super::finding::Rung;
use super::soql::{Logged, Taken};
use super::taking::Taking;
use crate::query::{Condition, Query};
use crate::record_id::RecordId;
use crate::row::Row;
use crate::schema::Object;

/// Orders that change with every change of a record: who stood first then cannot be told later.
const RESTLESS: [&str; 7] = [
    "LastModifiedDate",
    "SystemModstamp",
    "LastActivityDate",
    "LastViewedDate",
    "LastReferencedDate",
    "LastLoginDate",
    "LastModifiedById",
];

/// A moment at which records were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Touch {
    pub at: DateTime<Utc>,
    /// The bin and the archive were read too.
    pub all_rows: bool,
}

/// What came of repeating one taking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// What these records are a proof of: [`Rung::QueryRepeated`], [`Rung::QueryText`], [`Rung::ObjectCount`], or
    /// [`Rung::Reach`] when nothing can be said of single records.
    pub rung: Rung,
    pub ids: Vec<RecordId>,
    /// In a sentence, for the officer.
    pub why: String,
}

/// Which fields tell whether a record existed at a time.
pub fn presence_fields(object: &Object) -> Vec<String> {
    let mut fields = Vec::new();
    for name in ["CreatedDate", "IsDeleted", "IsArchived"] {
        fields.extend(object.field(name).map(|it| it.name.clone()));
    }
    let changed = ["SystemModstamp", "LastModifiedDate"].into_iter().find_map(|it| object.field(it));
    fields.extend(changed.map(|it| it.name.clone()));
    fields
}

/// Whether a record could be read at a moment. A record that names no day of creation was there; `None`: it is in the bin
/// and nothing says since when.
pub fn existed(row: &Row, touch: Touch) -> Option<bool> {
    let at = |field: &str| row.text(field).and_then(instant);
    let created = at("CreatedDate");
    if created.is_some_and(|it| it > touch.at) {
        return Some(false);
    }
    if touch.all_rows {
        return Some(true);
    }
    if flag(row, "IsArchived") {
        return Some(false);
    }
    if flag(row, "IsDeleted") {
        let gone = at("SystemModstamp").or_else(|| at("LastModifiedDate"))?;
        if gone <= touch.at {
            return Some(false);
        }
    }
    Some(true)
}

/// Whether it could be read at one of several moments; of the bin only what says that it was not there yet.
pub fn existed_at_any(row: &Row, touches: &[Touch]) -> bool {
    touches.iter().any(|touch| existed(row, *touch) == Some(true))
}

/// A checkbox, as JSON or as a text of an export.
fn flag(row: &Row, field: &str) -> bool {
    row.flag(field) || row.text(field).is_some_and(super::evaluate::is_true)
}

/// The question that repeats a logged query: the bin included, without LIMIT, with the fields that date and order need.
///
/// # Errors
/// A sentence, when the object cannot be asked so.
pub fn question(logged: &Logged, object: &Object) -> Result<Query, String> {
    if !object.queryable {
        return Err(format!("{} cannot be asked for any more.", object.name));
    }
    if object.name.ends_with("__b") || object.name.ends_with("__x") {
        return Err(format!("{} keeps no dates by which an earlier state could be told.", object.name));
    }
    for field in logged.condition.iter().flat_map(condition_fields).filter(|it| !it.contains('.')) {
        if object.field(&field).is_none() {
            return Err(format!(
                "The field {field} of the logged query is not there any more, or is hidden."
            ));
        }
    }
    let mut fields = presence_fields(object);
    fields.extend(logged.order_by.iter().map(|it| it.field.clone()));
    Ok(Query {
        object: object.name.clone(),
        fields,
        condition: logged.condition.clone(),
        children: Vec::new(),
        all_rows: true,
        order_by: Vec::new(),
        limit: None,
    })
}

/// The fields that a condition looks at.
pub fn condition_fields(condition: &Condition) -> BTreeSet<String> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(condition_fields).collect(),
        Condition::Not(inner) => condition_fields(inner),
        Condition::In { field, .. }
        | Condition::Like { field, .. }
        | Condition::Null { field }
        | Condition::Compare { field, .. } => BTreeSet::from([field.clone()]),
    }
}

/// The whole object, as a query: for logs that name an object and a count only.
pub fn whole(object: &str) -> Logged {
    Logged {
        object: object.to_owned(),
        taken: Taken::Everything,
        children: Vec::new(),
        condition: None,
        order_by: Vec::new(),
        limit: None,
        offset: 0,
        all_rows: false,
        unread: Vec::new(),
    }
}

/// What the rows that came back say. `exact`: the condition was followed to the letter on every row.
pub fn judge(logged: &Logged, taking: &Taking, rows: &[Row], exact: bool) -> Repeated {
    let counted_only = taking.text.is_none();
    let all_rows = taking.all_rows || logged.all_rows;
    let exact = exact && logged.unread.is_empty();
    let mut closest: Option<Repeated> = None;
    for at in &taking.at {
        for doubtful in [false, true] {
            let touch = Touch { at: *at, all_rows };
            let keeps = |row: &&Row| existed(row, touch).unwrap_or(doubtful);
            let then: Vec<&Row> = rows.iter().filter(keeps).collect();
            let found = at_one_moment(logged, taking, then, exact, counted_only);
            if matches!(found.rung, Rung::QueryRepeated) || counted_only && found.rung == Rung::ObjectCount {
                return found;
            }
            if closest.as_ref().is_none_or(|it| found.ids.len() > it.ids.len()) {
                closest = Some(found);
            }
        }
    }
    closest.unwrap_or(Repeated {
        rung: Rung::Reach,
        ids: Vec::new(),
        why: "Its time is not known.".to_owned(),
    })
}

fn at_one_moment(
    logged: &Logged,
    taking: &Taking,
    mut then: Vec<&Row>,
    exact: bool,
    counted_only: bool,
) -> Repeated {
    let ids = |rows: &[&Row]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let all = then.len();
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let of = |rung, ids, why: String| Repeated { rung, ids, why };
    if counted_only {
        return match taking.rows {
            Some(rows) if rows == number(all) => of(
                Rung::ObjectCount,
                ids(&then),
                format!("The log counts {rows} records, which is the whole object as it was then."),
            ),
            Some(rows) => of(
                Rung::Reach,
                Vec::new(),
                format!(
                    "The log counts {rows} records; the object held {all} then, so which ones is not known."
                ),
            ),
            None => of(Rung::Reach, Vec::new(), "The log names the object and no count.".to_owned()),
        };
    }
    if logged.arbitrary() {
        let cuts = logged.limit.is_some_and(|limit| limit < number(all)) || logged.offset > 0;
        return if cuts {
            of(
                Rung::Reach,
                Vec::new(),
                "A LIMIT without an order: which records came is not to be known.".to_owned(),
            )
        } else {
            of(
                Rung::QueryText,
                ids(&then),
                "A LIMIT without an order proves nothing; it held no record back.".to_owned(),
            )
        };
    }
    let mut sure = true;
    if logged.limit.is_some() || logged.offset > 0 {
        then.sort_by(|a, b| by(&logged.order_by, a, b));
        let from = usize::try_from(logged.offset).unwrap_or(usize::MAX).min(all);
        let most = logged.limit.and_then(|it| usize::try_from(it).ok()).unwrap_or(all);
        let to = from.saturating_add(most).min(all);
        let tie = |at: usize| {
            at > 0
                && matches!((then.get(at - 1), then.get(at)), (Some(a), Some(b)) if by(&logged.order_by, a, b).is_eq())
        };
        let restless = to - from < all
            && logged
                .order_by
                .iter()
                .any(|it| RESTLESS.iter().any(|one| one.eq_ignore_ascii_case(&it.field)));
        sure = !tie(from) && !tie(to) && !restless;
        then = then.get(from..to).unwrap_or_default().to_vec();
    }
    let (came, ids) = (number(then.len()), ids(&then));
    match taking.rows {
        Some(rows) if rows == came && exact && sure => of(
            Rung::QueryRepeated,
            ids,
            format!("The logged query, repeated as of its time, returned the logged {rows} records."),
        ),
        Some(rows) if rows == came && exact => of(
            Rung::QueryText,
            ids,
            format!(
                "Repeated, the query returned the logged {rows} records, but its order leaves open which ones."
            ),
        ),
        Some(rows) if rows == came => of(
            Rung::QueryText,
            ids,
            format!(
                "The number agrees ({rows}), but the query could not be repeated to the letter. {}",
                logged.unread.join(" ")
            )
            .trim()
            .to_owned(),
        ),
        Some(rows) => of(
            Rung::QueryText,
            ids,
            format!(
                "The log counts {rows} records; repeated as of its time the query returns {came}. {}",
                logged.unread.join(" ")
            )
            .trim()
            .to_owned(),
        ),
        None => of(Rung::QueryText, ids, "The log holds the query without a count.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::soql::Order;
    use serde_json::json;

    fn row(n: u32, created: &str, deleted: Option<&str>) -> Row {
        let mut values = std::collections::BTreeMap::from([
            ("CreatedDate".to_owned(), json!(created)),
            ("Name".to_owned(), json!(format!("{:03}", n / 2))),
        ]);
        if let Some(at) = deleted {
            values.insert("IsDeleted".to_owned(), json!(true));
            values.insert("SystemModstamp".to_owned(), json!(at));
        }
        Row { object: "Case".into(), id: RecordId::parse(&format!("5005g0000000{n:03}")).unwrap(), values }
    }

    fn rows() -> Vec<Row> {
        vec![
            row(1, "2026-01-01T00:00:00Z", None),
            row(2, "2026-01-01T00:00:00Z", None),
            row(3, "2026-01-01T00:00:00Z", Some("2026-10-25T00:00:00Z")),
            row(4, "2026-01-01T00:00:00Z", Some("2026-10-01T00:00:00Z")),
            row(5, "2026-10-21T00:00:00Z", None),
        ]
    }

    fn taking(rows: Option<u64>, text: bool) -> Taking {
        Taking {
            at: vec!["2026-10-20T12:00:00Z".parse().unwrap()],
            rows,
            text: text.then(|| "…".to_owned()),
            ..Taking::default()
        }
    }

    #[test]
    fn created_later_is_left_out_and_deleted_since_is_put_back() {
        let found = judge(&whole("Case"), &taking(Some(3), true), &rows(), true);
        assert_eq!((found.rung, found.ids.len()), (Rung::QueryRepeated, 3));
        let found = judge(&whole("Case"), &taking(Some(4), true), &rows(), true);
        assert_eq!((found.rung, found.ids.len()), (Rung::QueryText, 3), "another number proves nothing");
        let found = judge(&whole("Case"), &taking(Some(3), true), &rows(), false);
        assert_eq!(found.rung, Rung::QueryText, "a condition followed in part proves nothing");
    }

    #[test]
    fn a_count_without_a_text_is_probable_only_for_the_whole_object() {
        assert_eq!(judge(&whole("Case"), &taking(Some(3), false), &rows(), true).rung, Rung::ObjectCount);
        let part = judge(&whole("Case"), &taking(Some(2), false), &rows(), true);
        assert_eq!((part.rung, part.ids.len()), (Rung::Reach, 0));
        assert_eq!(judge(&whole("Case"), &taking(None, false), &rows(), true).rung, Rung::Reach);
        let bin = Taking { all_rows: true, ..taking(Some(4), false) };
        assert_eq!(judge(&whole("Case"), &bin, &rows(), true).rung, Rung::ObjectCount);
    }

    #[test]
    fn a_limit_proves_only_what_its_order_fixes() {
        let order = |field: &str| vec![Order { field: field.into(), descending: false, nulls_last: false }];
        let limited = |limit, order_by| Logged { limit: Some(limit), order_by, ..whole("Case") };
        let rung = |logged: &Logged, n| judge(logged, &taking(Some(n), true), &rows(), true).rung;
        assert_eq!(rung(&limited(2, vec![]), 2), Rung::Reach);
        assert_eq!(rung(&limited(50, vec![]), 3), Rung::QueryText);
        assert_eq!(rung(&limited(1, order("Name")), 1), Rung::QueryRepeated);
        assert_eq!(rung(&limited(2, order("Name")), 2), Rung::QueryText, "the second and third are equal");
        assert_eq!(rung(&limited(1, order("LastModifiedDate")), 1), Rung::QueryText);
    }

    #[test]
    fn records_without_dates_count_when_the_number_says_so() {
        let mut rows = rows();
        rows[0].values.remove("CreatedDate");
        rows[3].values.remove("SystemModstamp");
        let found = judge(&whole("Case"), &taking(Some(3), true), &rows, true);
        assert_eq!((found.rung, found.ids.len()), (Rung::QueryRepeated, 3));
        let found = judge(&whole("Case"), &taking(Some(4), true), &rows, true);
        assert_eq!(
            (found.rung, found.ids.len()),
            (Rung::QueryRepeated, 4),
            "the number tells that it was still there"
        );
    }
}
