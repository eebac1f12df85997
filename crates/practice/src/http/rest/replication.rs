//! `/deleted` and `/updated`: what happened to an object's records in a span of time.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::super::answer::{Answer, Refusal};
use super::{Asked, Outcome, render, wire_instant};

fn bound(asked: &Asked<'_>, name: &str) -> Result<DateTime<Utc>, Refusal> {
    let bad = || Refusal::new(400, "INVALID_REPLICATION_DATE", format!("Missing or invalid date: {name}"));
    // a plus sign that was not encoded arrives as a space
    let text = asked.call.param(name).ok_or_else(bad)?.trim().replace(' ', "+");
    if let Ok(at) = DateTime::parse_from_rfc3339(&text) {
        return Ok(at.with_timezone(&Utc));
    }
    if let Ok(at) = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Ok(at.with_timezone(&Utc));
    }
    let local = chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f").map_err(|_| bad())?;
    Ok(local.and_utc())
}

fn span(asked: &Asked<'_>) -> Result<(DateTime<Utc>, DateTime<Utc>), Refusal> {
    let (start, end) = (bound(asked, "start")?, bound(asked, "end")?);
    if start >= end || end - start < Duration::minutes(1) {
        return Err(Refusal::new(
            400,
            "INVALID_REPLICATION_DATE",
            "The end must lie at least a minute after the start",
        ));
    }
    if asked.call.at - start > Duration::days(30) {
        return Err(Refusal::new(
            400,
            "INVALID_REPLICATION_DATE",
            "The start must lie within the last 30 days",
        ));
    }
    Ok((start, end))
}

fn replicated(asked: &Asked<'_>, object: &str) -> Result<String, Refusal> {
    let world = asked.org.world();
    let def = world.visible_object(&asked.session.user, object).ok_or_else(Refusal::not_found)?;
    if def.replicateable {
        Ok(def.name.clone())
    } else {
        Err(Refusal::new(400, "INVALID_TYPE", format!("{} is not replicateable", def.name)))
    }
}

fn instant(at: DateTime<Utc>) -> String {
    wire_instant(&at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string())
}

pub(super) fn deleted(asked: &Asked<'_>, object: &str) -> Outcome {
    let object = replicated(asked, object)?;
    let (start, end) = span(asked)?;
    let world = asked.org.world();
    let rows = world.deleted_between(&object, start, end);
    let list: Vec<_> = rows.iter().map(|(id, at)| json!({"id": id, "deletedDate": instant(*at)})).collect();
    Ok(Answer::json(json!({
        "deletedRecords": list,
        "earliestDateAvailable": instant(asked.call.at - Duration::days(15)),
        "latestDateCovered": instant(end.min(asked.call.at)),
    })))
}

pub(super) fn updated(asked: &Asked<'_>, object: &str) -> Outcome {
    let object = replicated(asked, object)?;
    let (start, end) = span(asked)?;
    let world = asked.org.world();
    let table = world.table(&object).ok_or_else(Refusal::not_found)?;
    let ids: Vec<&str> = table
        .rows()
        .filter(|row| !table.is_deleted(*row) && world.visible_row(&asked.session.user, table, *row))
        .filter(|row| render::changed_at(table, *row).is_some_and(|at| at >= start && at < end))
        .filter_map(|row| table.id(row))
        .collect();
    Ok(Answer::json(json!({"ids": ids, "latestDateCovered": instant(end.min(asked.call.at))})))
}
