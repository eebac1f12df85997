//! Questions as they are put to the org: by fields and lookups, under parents, by index, row by row.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::locate::conditions::{Ease, ids_in};
use crate::locate::map::{Kind, ObjectPlan};
use crate::locate::rounds::Edge;
use crate::locate::{Locate, Pending, Ready};
use crate::query::{Ask, ChildQuery, Condition, Literal, Operator, Query, Returning, Search, SearchGroup};
use crate::record_id::RecordId;

/// Why a question is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Purpose {
    /// One object by its own fields, by lookups, or by id; with all children of what is found, or none.
    Direct { object: String, ease: Ease, own: bool, links: Vec<Condition>, children: Vec<(String, String)> },
    /// Children of records that were found: object and lookup field.
    Under { parent: String, ids: Vec<RecordId>, children: Vec<(String, String)> },
    /// The search index, with the row limit of each object.
    Index { objects: Vec<(String, u32)> },
    /// Row by row, where neither filter nor index works.
    Scan { object: String },
}

/// Up to eight objects, each may return 250 rows: beyond that the limit shrinks.
const OBJECTS_PER_SEARCH: usize = 8;
pub const CHILDREN_PER_QUERY: usize = 20;
/// Addresses longer than this may be cut in several, and children would then be read several times.
const LONG: usize = 12_000;
pub const IDS_PER_QUERY: usize = 400;
pub const SCAN_PAGE: u32 = 2000;

pub fn read_under(
    locate: &Locate,
    ready: &Ready,
    parent: &str,
    ids: &BTreeSet<RecordId>,
    edges: &[Edge],
) -> Vec<Pending> {
    let mut asks = Vec::new();
    let Some(plan) = ready.map.objects.get(parent) else { return asks };
    let ids: Vec<RecordId> = ids.iter().cloned().collect();
    for some in ids.chunks(IDS_PER_QUERY) {
        for (place, edges) in edges.chunks(CHILDREN_PER_QUERY).enumerate() {
            let known = some.iter().all(|id| locate.nodes.contains_key(id));
            let fields = if known || place > 0 { Vec::new() } else { locate.select(plan) };
            let query = Query {
                object: parent.to_owned(),
                fields,
                condition: Some(ids_in("Id", some)),
                children: child_queries(locate, ready, edges),
                all_rows: true,
                order_by: Vec::new(),
                limit: None,
            };
            let children = named(edges);
            asks.push(Pending {
                ask: Ask::Query(query),
                purpose: Purpose::Under { parent: parent.to_owned(), ids: some.to_vec(), children },
            });
        }
    }
    asks
}

fn child_queries(locate: &Locate, ready: &Ready, edges: &[Edge]) -> Vec<ChildQuery> {
    let child = |edge: &Edge| {
        let child = ready.map.objects.get(&edge.child)?;
        Some(ChildQuery {
            relationship: edge.relationship.clone()?,
            object: edge.child.clone(),
            fields: locate.select(child),
            condition: None,
        })
    };
    edges.iter().filter_map(child).collect()
}

fn named(edges: &[Edge]) -> Vec<(String, String)> {
    edges.iter().map(|edge| (edge.child.clone(), edge.field.clone())).collect()
}

/// Lets a question to one object read the children of what it finds as well, which saves a question in the next round.
/// `edges` are all its children that have a relationship; `false` when they are too many or the question too long.
pub fn with_children(locate: &Locate, ready: &Ready, ask: &mut Pending, edges: &[Edge]) -> bool {
    let (Ask::Query(query), Purpose::Direct { children, .. }) = (&mut ask.ask, &mut ask.purpose) else {
        return false;
    };
    if edges.is_empty() || edges.len() > CHILDREN_PER_QUERY {
        return false;
    }
    query.children = child_queries(locate, ready, edges);
    if query.length() > LONG {
        query.children.clear();
        return false;
    }
    *children = named(edges);
    true
}

/// Questions to one object: its own fields and the first links together, further links one by one.
pub fn direct(
    locate: &mut Locate,
    ready: &Ready,
    plan: &ObjectPlan,
    links: Vec<Condition>,
    own: bool,
) -> Vec<Pending> {
    if own {
        locate.asked_directly.insert(plan.name.clone());
    }
    // Files' links must be asked by one of their two ends at a time; big objects by one field.
    if plan.name == "ContentDocumentLink" || plan.kind != Kind::Plain {
        let mut asks: Vec<Pending> = if own {
            one_direct(locate, ready, plan, Vec::new(), true, Ease::Full).into_iter().collect()
        } else {
            Vec::new()
        };
        asks.extend(
            links
                .into_iter()
                .filter_map(|link| one_direct(locate, ready, plan, vec![link], false, Ease::Full)),
        );
        return asks;
    }
    let mut asks = Vec::new();
    let mut batch: Vec<Condition> = Vec::new();
    let mut ids = 0;
    let mut own = own;
    for link in links {
        let size = match &link {
            Condition::In { values, .. } => values.len(),
            _ => 1,
        };
        if ids + size > IDS_PER_QUERY && !batch.is_empty() {
            asks.extend(one_direct(locate, ready, plan, std::mem::take(&mut batch), own, Ease::Full));
            (ids, own) = (0, false);
        }
        ids += size;
        batch.push(link);
    }
    if own || !batch.is_empty() {
        asks.extend(one_direct(locate, ready, plan, batch, own, Ease::Full));
    }
    asks
}

pub fn one_direct(
    locate: &Locate,
    ready: &Ready,
    plan: &ObjectPlan,
    links: Vec<Condition>,
    own: bool,
    ease: Ease,
) -> Option<Pending> {
    let mut any = links.clone();
    if own {
        any.extend(ready.own(plan, ease, locate.dropped.get(&plan.name)).all());
    }
    if any.is_empty() {
        return None;
    }
    let condition = if any.len() == 1 { any.pop()? } else { Condition::Any(any) };
    let query = Query {
        object: plan.name.clone(),
        fields: locate.select(plan),
        condition: Some(condition),
        children: Vec::new(),
        all_rows: true,
        order_by: Vec::new(),
        limit: None,
    };
    Some(Pending {
        ask: Ask::Query(query),
        purpose: Purpose::Direct { object: plan.name.clone(), ease, own, links, children: Vec::new() },
    })
}

/// Text that no filter and no index reaches; in an object of the org's own making even beside fields that can be filtered.
pub fn needs_scan(ready: &Ready, plan: &ObjectPlan) -> bool {
    plan.kind == Kind::Plain
        && !plan.searchable
        && !plan.attached
        && !plan.people
        && (plan.name.ends_with("__c") || ready.own(plan, Ease::Full, None).fields.is_empty())
        && plan.fields.iter().any(|field| !field.filterable && !field.masked)
}

pub fn scan(locate: &Locate, plan: &ObjectPlan, after: Option<&RecordId>) -> Pending {
    let condition = after.map(|id| Condition::Compare {
        field: "Id".into(),
        operator: Operator::Greater,
        value: Literal::Text(id.as_str().to_owned()),
    });
    let query = Query {
        object: plan.name.clone(),
        fields: locate.select(plan),
        condition,
        children: Vec::new(),
        all_rows: true,
        order_by: vec!["Id".into()],
        limit: Some(SCAN_PAGE),
    };
    Pending { ask: Ask::Query(query), purpose: Purpose::Scan { object: plan.name.clone() } }
}

/// Searches over all objects that an index covers, eight at a time.
pub fn searches(ready: &Ready, plans: &[&ObjectPlan]) -> Vec<Pending> {
    let plans: Vec<&&ObjectPlan> =
        plans.iter().filter(|plan| plan.searchable && !plan.attached && !plan.fields.is_empty()).collect();
    // Over 4,000 characters a search loses its operators.
    let mut groups: Vec<Vec<String>> = vec![Vec::new()];
    let mut length = 0;
    for phrase in ready.sought.phrases() {
        // Every character may need a backslash, every phrase quotes and an OR.
        let cost = phrase.len() * 2 + 8;
        if length + cost > 3600 {
            groups.push(Vec::new());
            length = 0;
        }
        length += cost;
        if let Some(group) = groups.last_mut() {
            group.push(phrase);
        }
    }
    let mut asks = Vec::new();
    for phrases in groups.into_iter().filter(|phrases| !phrases.is_empty()) {
        for plans in plans.chunks(OBJECTS_PER_SEARCH) {
            let names: Vec<(String, Vec<String>)> =
                plans.iter().map(|plan| (plan.name.clone(), plan.select.clone())).collect();
            asks.push(search(phrases.clone(), names, (2000 / plans.len()).min(250) as u32));
        }
    }
    asks
}

pub fn search(phrases: Vec<String>, objects: Vec<(String, Vec<String>)>, limit: u32) -> Pending {
    let limits = objects.iter().map(|(object, _)| (object.clone(), limit)).collect();
    let returning = objects.into_iter().map(|(object, fields)| Returning { object, fields, limit }).collect();
    Pending {
        ask: Ask::Search(Search { phrases, within: SearchGroup::All, returning }),
        purpose: Purpose::Index { objects: limits },
    }
}
