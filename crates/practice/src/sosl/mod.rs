//! SOSL: finds words across objects, by an index, as far as the platform's limits let it.
//!
//! A [`Searcher`] keeps the indexes; [`run`] answers a statement and [`parameterized`] a request in JSON.

mod fields;
mod find;
mod index;
mod parameter;
mod statement;
mod term;
mod words;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

pub use index::Searcher;
pub use parameter::from_query;

use crate::soql::{Fault, Returned};
use crate::world::{SfError, User, World};
use find::Hunt;
use statement::{Returning, Statement};
use term::Find;

/// The most records one search looks at and returns.
const MAX_RECORDS: usize = 2_000;
/// The most records per object when nothing filters or orders them.
const MAX_PLAIN: usize = 250;

/// In what surroundings a search runs.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The version of the API in its path, such as 60 for `v60.0`.
    pub version: u16,
    /// The path of the version: `/services/data/v60.0`.
    pub base: &'a str,
    /// Rows modified after this instant are not in the index yet.
    pub seen_until: Option<DateTime<Utc>>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOutcome {
    /// Records with their attributes, in the order of the objects asked for.
    pub records: Vec<Value>,
    /// Labels, when they were asked for.
    pub metadata: Option<Value>,
}

impl SearchOutcome {
    /// The body of the answer: a bare array up to version 36.
    pub fn to_json(&self, version: u16) -> Value {
        if version <= 36 {
            return Value::Array(self.records.clone());
        }
        match &self.metadata {
            Some(metadata) => json!({ "searchRecords": self.records, "metadata": metadata }),
            None => json!({ "searchRecords": self.records }),
        }
    }
}

/// Answers a statement.
///
/// # Errors
/// `MALFORMED_SEARCH` for the statement itself; what SOQL refuses for the parentheses of RETURNING.
pub fn run(
    searcher: &Searcher,
    world: &World,
    user: &User,
    text: &str,
    context: Context<'_>,
) -> Result<SearchOutcome, SfError> {
    let statement = statement::read(text)?;
    let find = term::read(&statement.term)?;
    Ok(answer(searcher, world, user, &statement, find.as_ref(), context, 0)?)
}

/// Answers a request of `parameterizedSearch`: `{q, in, fields, sobjects, overallLimit, …}`.
///
/// `spellCorrection` is taken and nothing is corrected. [`from_query`] makes such a request of URL parameters.
///
/// # Errors
/// As [`run`]; `JSON_PARSER_ERROR` when the request has another shape.
pub fn parameterized(
    searcher: &Searcher,
    world: &World,
    user: &User,
    request: &Value,
    context: Context<'_>,
) -> Result<SearchOutcome, SfError> {
    let request = parameter::read(request)?;
    let find = match term::read(&request.statement.term) {
        Ok(find) => find,
        // the term of a request is plain text: nothing in it needs an escape
        Err(fault) => Some(term::read_plain(&request.statement.term).ok_or(fault)?),
    };
    let offset = request.offset;
    Ok(answer(searcher, world, user, &request.statement, find.as_ref(), context, offset)?)
}

fn answer(
    searcher: &Searcher,
    world: &World,
    user: &User,
    statement: &Statement,
    find: Option<&Find>,
    context: Context<'_>,
    offset: usize,
) -> Result<SearchOutcome, Fault> {
    let everywhere: Vec<Returning>;
    let returning = match statement.returning.as_slice() {
        [] => {
            let objects = world.visible_objects(user);
            let searchable = objects.filter(|it| fields::is_searchable(it) && !fields::must_be_named(it));
            everywhere =
                searchable.map(|it| Returning { object: it.name.clone(), inside: String::new() }).collect();
            everywhere.as_slice()
        }
        named => named,
    };
    let mut plans = Vec::with_capacity(returning.len());
    for it in returning {
        plans.push(Returned::plan(world, user, &it.object, &it.inside, context.version)?);
    }
    let overall = statement.limit.unwrap_or(MAX_RECORDS).min(MAX_RECORDS);
    let count = plans.len().max(1);
    let mut records = Vec::new();
    for plan in &plans {
        let narrowed = plan.has_filter() || plan.has_order();
        let most = if count > 1 {
            (MAX_RECORDS / count).min(MAX_PLAIN)
        } else if narrowed {
            MAX_RECORDS
        } else {
            MAX_PLAIN
        };
        let Some(find) = find.filter(|_| fields::is_searchable(plan.object())) else { continue };
        let hunt = Hunt { searcher, world, user, group: statement.group, seen_until: context.seen_until };
        let matched = hunt.rows(plan.object(), find, MAX_RECORDS);
        let mut found = plan.records(world, user, matched, most, context.base);
        if plan.object().name == "Account" {
            hide_contact_mirrors(plan, &mut found);
        }
        records.append(&mut found);
    }
    records.drain(..offset.min(records.len()));
    records.truncate(overall);
    let metadata = statement.labels.then(|| labels(&plans));
    Ok(SearchOutcome { records, metadata })
}

/// Fields that an Account mirrors from the person's Contact are not returned by a search.
fn hide_contact_mirrors(plan: &Returned, records: &mut [Value]) {
    let object = plan.object();
    for record in records.iter_mut().filter_map(Value::as_object_mut) {
        for (name, value) in record.iter_mut() {
            if object.field(name).is_some_and(|field| fields::is_contact_mirror(object, field)) {
                *value = Value::Null;
            }
        }
    }
}

fn labels(plans: &[Returned]) -> Value {
    let entity = |plan: &Returned| {
        let object = plan.object();
        let fields: Vec<Value> = plan
            .columns()
            .into_iter()
            .filter_map(|name| object.field(name))
            .map(|field| json!({ "name": field.name, "label": field.label }))
            .collect();
        json!({ "entityName": object.name, "fieldMetadata": fields })
    };
    json!({ "entityMetadata": plans.iter().map(entity).collect::<Vec<Value>>() })
}
