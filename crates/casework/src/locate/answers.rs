//! What follows from an answer or a refusal: rows are counted, full answers asked on, refused questions asked otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::locate::asks::{Purpose, SCAN_PAGE, direct, one_direct, scan, search};
use crate::locate::conditions::{Ease, ids_in};
use crate::locate::map::ObjectPlan;
use crate::locate::tally::{Way, add};
use crate::locate::{Locate, Pending, Ready};
use crate::query::{Answer, Ask, Condition, Literal, Refusal};
use crate::record_id::RecordId;
use crate::row::Row;

/// Refusals that asking otherwise cannot help.
const NO_ACCESS: [&str; 9] = [
    "INVALID_TYPE",
    "INSUFFICIENT_ACCESS",
    "INSUFFICIENT_ACCESS_OR_READONLY",
    "API_DISABLED_FOR_ORG",
    "FUNCTIONALITY_NOT_ENABLED",
    "TXN_SECURITY_NO_ACCESS",
    "NOT_FOUND",
    "INVALID_TYPE_FOR_OPERATION",
    "API_CURRENTLY_DISABLED",
];

/// Counts the rows of an answer and asks on where it was full.
pub fn tally(locate: &mut Locate, ready: &Ready, pending: &Pending, answer: &Answer) {
    let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &answer.rows {
        *rows.entry(row.object.as_str()).or_default() += 1;
    }
    let count = |object: &str| rows.get(object).copied().unwrap_or_default();
    match &pending.purpose {
        Purpose::Direct { object, ease, own, children, .. } => {
            for (child, _) in children.iter().filter(|(child, _)| child != object) {
                add(&mut locate.tallies.entry(child.clone()).or_default().under, count(child));
            }
            let tally = locate.tallies.entry(object.clone()).or_default();
            if *own {
                add(&mut tally.exact, count(object));
                if let Some(plan) = ready.map.objects.get(object) {
                    tally.filtered.extend(ready.own(plan, *ease, locate.dropped.get(object)).fields);
                }
            } else {
                add(&mut tally.under, count(object));
            }
        }
        Purpose::Under { children, .. } => {
            for (object, _) in children {
                add(&mut locate.tallies.entry(object.clone()).or_default().under, count(object));
            }
        }
        Purpose::Index { objects } => {
            for (object, limit) in objects {
                let rows = count(object);
                let tally = locate.tallies.entry(object.clone()).or_default();
                add(&mut tally.index, rows);
                if rows < u64::from(*limit) {
                    continue;
                }
                let alone = ready.map.objects.get(object).filter(|_| *limit < 2000);
                match (alone, &pending.ask) {
                    (Some(plan), Ask::Search(asked)) => {
                        let fields = locate.select(plan);
                        locate.again.push(search(
                            asked.phrases.clone(),
                            vec![(object.clone(), fields)],
                            2000,
                        ));
                    }
                    _ => tally.index_full = true,
                }
            }
        }
        Purpose::Scan { object } => {
            let rows = count(object);
            let tally = locate.tallies.entry(object.clone()).or_default();
            add(&mut tally.scan, rows);
            let read = tally.scan.unwrap_or_default();
            tally.scan_open = false;
            if rows >= u64::from(SCAN_PAGE) {
                let last = answer.rows.iter().filter(|row| row.object == *object).map(|row| &row.id).max();
                match (ready.map.objects.get(object), last) {
                    (Some(plan), Some(last)) if read < locate.settings.scan_ceiling_rows => {
                        let next = scan(locate, plan, Some(last));
                        locate.again.push(next);
                    }
                    _ => tally.scan_open = true,
                }
            }
        }
    }
}

/// The records of an answer whose children came with them. Where an object has children of its own kind, a row that
/// leads to another one of the answer may be such a child.
pub fn carried(ready: &Ready, pending: &Pending, answer: &Answer) -> BTreeSet<RecordId> {
    let Purpose::Direct { object, children, .. } = &pending.purpose else { return BTreeSet::new() };
    let Some(plan) = ready.map.objects.get(object).filter(|_| !children.is_empty()) else {
        return BTreeSet::new();
    };
    let own: BTreeSet<&RecordId> =
        answer.rows.iter().filter(|row| row.object == *object).map(|row| &row.id).collect();
    let is_child = |row: &Row| {
        plan.lookups
            .iter()
            .filter(|lookup| lookup.to.contains(object))
            .any(|lookup| row.lookup(&lookup.field).is_some_and(|id| own.contains(&id)))
    };
    answer
        .rows
        .iter()
        .filter(|row| row.object == *object && !is_child(row))
        .map(|row| row.id.clone())
        .collect()
}

/// Asks otherwise, or writes down what could not be read.
pub fn refused(locate: &mut Locate, ready: &Ready, pending: Pending, refusal: &Refusal) {
    let final_word = NO_ACCESS.contains(&refusal.code.as_str());
    match pending.purpose {
        Purpose::Direct { object, ease, own, links, children } if !children.is_empty() => {
            // The same without the children; those of records that were asked for by their id are asked one by one.
            let Some(plan) = ready.map.objects.get(&object) else { return };
            let ids: Vec<RecordId> = links.iter().flat_map(by_id).collect();
            locate.again.extend(one_direct(locate, ready, plan, links, own, ease));
            if !ids.is_empty() {
                each_child(locate, ready, &ids, children, refusal);
            }
        }
        Purpose::Direct { object, ease, own, links, .. } => {
            let Some(plan) = ready.map.objects.get(&object) else { return };
            let dropped = drop_field(locate, plan, refusal);
            let next = match ease {
                _ if dropped => Some(ease),
                _ if final_word => None,
                Ease::Full if own => Some(Ease::Equality),
                Ease::Equality => Some(Ease::Links),
                _ => None,
            };
            let still_own = own && next.is_some_and(|ease| ease != Ease::Links);
            let again = next.and_then(|ease| one_direct(locate, ready, plan, links, still_own, ease));
            if again.is_none() || (own && !still_own) {
                let way = if own { Way::Exact } else { Way::Under };
                locate.tallies.entry(object).or_default().refused.push((way, refusal.code.clone()));
            }
            locate.again.extend(again);
        }
        Purpose::Under { parent, ids, children } => {
            // Parents that were to be read in the same question are still unread.
            let unread = matches!(&pending.ask, Ask::Query(query) if !query.fields.is_empty());
            if let Some(plan) = ready.map.objects.get(&parent).filter(|_| unread) {
                let again = direct(locate, ready, plan, vec![ids_in("Id", &ids)], false);
                locate.again.extend(again);
            }
            each_child(locate, ready, &ids, children, refusal);
        }
        Purpose::Index { objects } => {
            if let (Ask::Search(asked), true) = (&pending.ask, objects.len() > 1) {
                for (object, limit) in objects {
                    let Some(plan) = ready.map.objects.get(&object) else { continue };
                    let fields = locate.select(plan);
                    locate.again.push(search(asked.phrases.clone(), vec![(object, fields)], limit));
                }
                return;
            }
            for (object, limit) in objects {
                let Some(plan) = ready.map.objects.get(&object) else { continue };
                if let (Ask::Search(asked), true) = (&pending.ask, drop_field(locate, plan, refusal)) {
                    let fields = locate.select(plan);
                    locate.again.push(search(asked.phrases.clone(), vec![(object, fields)], limit));
                } else {
                    locate
                        .tallies
                        .entry(object)
                        .or_default()
                        .refused
                        .push((Way::Index, refusal.code.clone()));
                }
            }
        }
        Purpose::Scan { object } => {
            let Some(plan) = ready.map.objects.get(&object) else { return };
            if drop_field(locate, plan, refusal) {
                let again = scan(locate, plan, None);
                locate.again.push(again);
            } else {
                locate.tallies.entry(object).or_default().refused.push((Way::Scan, refusal.code.clone()));
            }
        }
    }
}

/// Each kind of child is asked by itself, so that one that cannot be read does not hide the others.
fn each_child(
    locate: &mut Locate,
    ready: &Ready,
    ids: &[RecordId],
    children: Vec<(String, String)>,
    refusal: &Refusal,
) {
    for (object, field) in children {
        let Some(plan) = ready.map.objects.get(&object) else { continue };
        drop_field(locate, plan, refusal);
        if plan.lookups.iter().any(|lookup| lookup.field == field && lookup.filterable) {
            let again = direct(locate, ready, plan, vec![ids_in(&field, ids)], false);
            locate.again.extend(again);
        } else {
            locate.tallies.entry(object).or_default().refused.push((Way::Under, refusal.code.clone()));
        }
    }
}

/// The ids of a condition on the record's own id.
fn by_id(condition: &Condition) -> Vec<RecordId> {
    match condition {
        Condition::In { field, values } if field == "Id" => values
            .iter()
            .filter_map(|value| match value {
                Literal::Text(id) => RecordId::parse(id).ok(),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Leaves out the field that the refusal names; `false` when it names none that is still asked for.
fn drop_field(locate: &mut Locate, plan: &ObjectPlan, refusal: &Refusal) -> bool {
    if refusal.code != "INVALID_FIELD" {
        return false;
    }
    // The sentence ends in `(Email on Contact)`; the platform's own ends in a line that quotes the field.
    let last = refusal.message.trim_end().lines().next_back().unwrap_or_default();
    let named =
        last.rsplit_once('(').map(|(_, it)| it).or_else(|| last.split('\'').nth(1)).unwrap_or_default();
    let named = named.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
    let asked = locate.select(plan);
    let field = asked.into_iter().find(|field| field != "Id" && field.eq_ignore_ascii_case(named));
    match field {
        Some(field) => locate.dropped.entry(plan.name.clone()).or_default().insert(field),
        None => false,
    }
}
