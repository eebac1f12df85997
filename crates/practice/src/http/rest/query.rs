//! `/query` and `/queryAll`, their pages and cursors.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::super::answer::{Answer, Refusal};
use super::{Asked, Door, Found, Outcome, ask, write};
use crate::soql;
use crate::world::id18;

/// Rows on a page, unless the caller asks for fewer; fewer where rows hold child rows.
const PAGE: usize = 2000;
const PAGE_WITH_CHILDREN: usize = 500;
/// Cursors live this long.
const LIFE: TimeDelta = TimeDelta::days(2);

/// Answers that are being read page by page.
#[derive(Default)]
pub(crate) struct Cursors {
    made: u64,
    open: HashMap<String, Cursor>,
}

#[derive(Clone)]
struct Cursor {
    user_id: String,
    found: Found,
    opened_at: DateTime<Utc>,
}

impl Cursors {
    fn keep(&mut self, user_id: &str, found: &Found, now: DateTime<Utc>) -> String {
        self.open.retain(|_, it| now.signed_duration_since(it.opened_at) <= LIFE);
        self.made += 1;
        let short = format!("01g5g{:010}", self.made);
        let id = id18(&short).unwrap_or(short);
        let cursor = Cursor { user_id: user_id.to_owned(), found: Found::clone(found), opened_at: now };
        self.open.insert(id.clone(), cursor);
        id
    }
}

fn door(asked: &Asked<'_>) -> Door {
    let all = asked.call.path.iter().any(|it| it.eq_ignore_ascii_case("queryAll"));
    match (asked.tooling, all) {
        (true, _) => Door::Tooling,
        (false, true) => Door::QueryAll,
        (false, false) => Door::Query,
    }
}

/// `?q=` or `?explain=`.
pub(super) fn first(asked: &Asked<'_>) -> Outcome {
    let door = door(asked);
    let world = asked.org.world();
    let user = &asked.session.user;
    if let Some(text) = asked.call.param("explain") {
        let plan = soql::explain(&world, user, text, door.options(asked.version))
            .map_err(|it| write::refusal_of(&it))?;
        return Ok(Answer::json(plan));
    }
    drop(world);
    let Some(text) = asked.call.param("q").filter(|it| !it.trim().is_empty()) else {
        return Err(Refusal::new(400, "MALFORMED_QUERY", "A query string has to be specified"));
    };
    let found = ask(asked.org, asked.session, text, door, asked.version)?;
    if asked.call.param("columns").is_some_and(|it| it.eq_ignore_ascii_case("true")) {
        return Ok(Answer::json(found.column_metadata()));
    }
    Ok(page_of(asked, found, door))
}

fn page_size(asked: &Asked<'_>, found: &Found) -> usize {
    let wished = asked.call.header("sforce-query-options").and_then(|it| {
        let (_, value) = it.split(',').find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("batchSize").then_some((name, value))
        })?;
        value.trim().parse::<usize>().ok()
    });
    let wished = wished.map_or(PAGE, |it| it.clamp(200, PAGE));
    if found.has_children() { wished.min(PAGE_WITH_CHILDREN) } else { wished }
}

/// The first page of an answer, with a cursor when there are more.
pub(super) fn page_of(asked: &Asked<'_>, found: Found, door: Door) -> Answer {
    let size = page_size(asked, &found);
    let cursor =
        (found.len() > size).then(|| asked.org.cursors().keep(&asked.session.user.id, &found, asked.call.at));
    page(asked, &found, 0, size, cursor.as_deref(), door)
}

fn page(
    asked: &Asked<'_>,
    found: &Found,
    from: usize,
    size: usize,
    cursor: Option<&str>,
    door: Door,
) -> Answer {
    let world = asked.org.world();
    let base = asked.base();
    let records = found.page(&world, &asked.session.user, from, size, &base);
    let end = from.saturating_add(size);
    let more = end < found.len();
    let mut body = json!({"totalSize": found.total_size(), "done": !more});
    if let Some(map) = body.as_object_mut() {
        if let (true, Some(cursor)) = (more, cursor) {
            let tooling = if door == Door::Tooling { "/tooling" } else { "" };
            map.insert("nextRecordsUrl".to_owned(), json!(format!("{base}{tooling}/query/{cursor}-{end}")));
        }
        if door == Door::Tooling {
            map.insert("size".to_owned(), json!(records.len()));
            map.insert("entityTypeName".to_owned(), json!(found.entity()));
            map.insert("queryLocator".to_owned(), Value::Null);
        }
        map.insert("records".to_owned(), Value::Array(records));
    }
    Answer::json(body)
}

/// A further page. The locator names a cursor and the row it goes on from, so that it can be read again.
pub(super) fn next(asked: &Asked<'_>, locator: &str) -> Outcome {
    let stale = || Refusal::new(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    let (id, from) = locator.split_once('-').ok_or_else(stale)?;
    let from: usize = from.parse().map_err(|_| stale())?;
    let whole = id18(id).ok_or_else(stale)?;
    let cursor = asked.org.cursors().open.get(&whole).cloned().ok_or_else(stale)?;
    let old = asked.call.at.signed_duration_since(cursor.opened_at) > LIFE;
    if old || cursor.user_id != asked.session.user.id || from > cursor.found.len() {
        return Err(stale());
    }
    let size = page_size(asked, &cursor.found);
    Ok(page(asked, &cursor.found, from, size, Some(&whole), door(asked)))
}
