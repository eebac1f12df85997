//! `UserRecordAccess`: what a user may do with records. Its rows are worked out when they are asked for.

use serde_json::{Map, Value, json};

use super::ast::{Condition, Expr, Item, Literal, Operator, Query};
use super::fault::Fault;
use crate::world::{User, World, id15, id18};

/// The object's name.
pub const NAME: &str = "UserRecordAccess";
const FIELDS: [&str; 8] = [
    "UserId",
    "RecordId",
    "HasReadAccess",
    "HasEditAccess",
    "HasDeleteAccess",
    "HasTransferAccess",
    "HasAllAccess",
    "MaxAccessLevel",
];
const MAX_RECORDS: usize = 200;

/// Rows worked out for one statement.
#[derive(Debug, Clone)]
pub struct Made {
    pub columns: Vec<&'static str>,
    pub rows: Vec<Map<String, Value>>,
}

/// Whether a statement asks this object.
pub fn is_asked(query: &Query) -> bool {
    query.from.path.shown().eq_ignore_ascii_case(NAME)
}

/// Answers a statement about access.
///
/// # Errors
/// `MALFORMED_QUERY` unless it names one user and at most 200 records; `INVALID_FIELD` for other fields.
pub fn answer(world: &World, text: &str, query: &Query) -> Result<Made, Fault> {
    let columns = query.select.iter().map(|item| column(text, item)).collect::<Result<Vec<_>, _>>()?;
    let (mut users, mut records) = (Vec::new(), Vec::new());
    if let Some(filter) = &query.filter {
        gather(filter, &mut users, &mut records)?;
    }
    let ([user], false) = (users.as_slice(), records.is_empty()) else {
        return Err(Fault::malformed("UserRecordAccess requires a filter by one UserId and by RecordId"));
    };
    if records.len() > MAX_RECORDS {
        return Err(Fault::malformed(format!(
            "at most {MAX_RECORDS} RecordIds may be asked for in one query"
        )));
    }
    let user_row = world.user(user);
    let rows = records.iter().map(|record| row(world, user, user_row, record, &columns)).collect();
    Ok(Made { columns, rows })
}

fn column(text: &str, item: &Item) -> Result<&'static str, Fault> {
    let Item::Value { value: Expr::Field(path), alias: None } = item else {
        return Err(Fault::malformed("only plain fields can be selected from UserRecordAccess"));
    };
    let last = path.parts.last().map_or("", String::as_str);
    FIELDS.into_iter().find(|field| field.eq_ignore_ascii_case(last)).ok_or_else(|| {
        Fault::at("INVALID_FIELD", text, path.at, format!("No such column '{last}' on entity '{NAME}'."))
    })
}

fn gather(condition: &Condition, users: &mut Vec<String>, records: &mut Vec<String>) -> Result<(), Fault> {
    let (left, values) = match condition {
        Condition::And(parts) => return parts.iter().try_for_each(|part| gather(part, users, records)),
        Condition::Compare { left, operator: Operator::Equal, right, .. } => {
            (left, std::slice::from_ref(right))
        }
        Condition::In { left, negated: false, set, .. } => (left, set.as_slice()),
        _ => return Err(Fault::malformed("UserRecordAccess is filtered by = and IN only")),
    };
    let Expr::Field(path) = left else { return Err(Fault::malformed("a function cannot be filtered here")) };
    let wanted = match path.parts.last().map(String::as_str) {
        Some(name) if name.eq_ignore_ascii_case("UserId") => users,
        Some(name) if name.eq_ignore_ascii_case("RecordId") => records,
        // access levels narrow nothing that was asked for by id
        _ => return Ok(()),
    };
    for value in values {
        let id = match value {
            Literal::Text(text) => id18(&text.value),
            _ => None,
        };
        let Some(id) = id else {
            return Err(Fault::plain("INVALID_QUERY_FILTER_OPERATOR", "invalid ID field"));
        };
        wanted.push(id);
    }
    Ok(())
}

fn row(
    world: &World,
    user_id: &str,
    user: Option<&User>,
    record: &str,
    columns: &[&'static str],
) -> Map<String, Value> {
    let object = world.object_with_prefix(record);
    let table = object.and_then(|object| world.table(&object.name));
    let present = table.is_some_and(|table| {
        table
            .by_id(record)
            .is_some_and(|row| !table.is_deleted(row) && table.id(row).and_then(id15) == id15(record))
    });
    let known = user.zip(object).filter(|_| present);
    let read = known.is_some_and(|(user, object)| world.visible_object(user, &object.name).is_some());
    let edit = read && known.is_some_and(|(user, object)| object.updateable && world.may_write(user, object));
    let delete =
        read && known.is_some_and(|(user, object)| object.deletable && world.may_write(user, object));
    let all = edit && delete && user.is_some_and(|user| user.may("ModifyAllData"));
    let level = match (all, delete, edit, read) {
        (true, _, _, _) => "All",
        (_, true, _, _) => "Delete",
        (_, _, true, _) => "Edit",
        (_, _, _, true) => "Read",
        _ => "None",
    };
    let mut row = Map::new();
    row.insert("attributes".to_owned(), json!({ "type": NAME }));
    for column in columns {
        let value = match *column {
            "UserId" => json!(user_id),
            "RecordId" => json!(record),
            "HasReadAccess" => json!(read),
            "HasEditAccess" => json!(edit),
            "HasDeleteAccess" => json!(delete),
            "HasTransferAccess" => json!(edit),
            "HasAllAccess" => json!(all),
            _ => json!(level),
        };
        row.insert((*column).to_owned(), value);
    }
    row
}
