//! Which questions the next round asks, and what follows from an answer or a refusal.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::locate::conditions::{Ease, Worth, ids_in};
use crate::locate::judge::Verdict;
use crate::locate::map::{Kind, Map, ObjectPlan};
use crate::locate::tally::{Way, add};
use crate::locate::{Locate, Pending, Ready, Stage, cover, links};
use crate::query::{
    Answer, Ask, ChildQuery, Condition, Literal, Operator, Query, Refusal, Returning, Search, SearchGroup,
};
use crate::record_id::RecordId;
use crate::schema::Schema;

/// Why a question is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Purpose {
    /// One object by its own fields, by lookups, or by id.
    Direct { object: String, ease: Ease, own: bool, links: Vec<Condition> },
    /// Children of records that were found: object and lookup field.
    Under { parent: String, ids: Vec<RecordId>, children: Vec<(String, String)> },
    /// The search index, with the row limit of each object.
    Index { objects: Vec<(String, u32)> },
    /// Row by row, where neither filter nor index works.
    Scan { object: String },
}

/// Salesforce packs this many queries, and besides them 20 searches, into one API call.
const QUERIES_PER_CALL: usize = 5;
const SEARCHES_PER_CALL: usize = 20;
/// Up to eight objects, each may return 250 rows: beyond that the limit shrinks.
const OBJECTS_PER_SEARCH: usize = 8;
/// The wide round takes this many queries at least before it leaves anything out.
const WIDE_QUERIES: usize = 25;
const CHILDREN_PER_QUERY: usize = 20;
const IDS_PER_QUERY: usize = 400;
const SCAN_PAGE: u32 = 2000;
/// Rounds after which a chain of lookups is no longer followed.
const ROUNDS: u32 = 14;
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

/// An estimate from the schema alone: seeds, wide round, about six queries of second hops.
pub fn forecast(ready: &Ready) -> u64 {
    let own = ready.map.objects.values().filter(|plan| asked_directly(ready, plan)).count();
    let searches = searches(ready, ready.map.objects.values().collect::<Vec<_>>().as_slice()).len();
    let queries = own + 6 + 8;
    (queries.div_ceil(QUERIES_PER_CALL) + 1).max(searches.div_ceil(SEARCHES_PER_CALL)) as u64
}

/// The questions of the next round.
pub fn plan(locate: &mut Locate, ready: &Ready, schema: &Schema) -> Vec<Pending> {
    loop {
        let mut asks = std::mem::take(&mut locate.again);
        match locate.stage {
            Stage::Seeds => {
                locate.stage = Stage::Wide;
                asks.extend(seeds(locate, ready));
            }
            Stage::Wide => {
                locate.stage = Stage::Hops;
                asks.extend(hops(locate, ready, schema, true));
            }
            Stage::Hops if locate.round < ROUNDS => asks.extend(hops(locate, ready, schema, false)),
            Stage::Hops => return asks,
        }
        if !asks.is_empty() || locate.stage == Stage::Hops {
            return asks;
        }
    }
}

fn asked_directly(ready: &Ready, plan: &ObjectPlan) -> bool {
    !plan.attached && (plan.people || ready.own(plan, Ease::Full, None).worth(plan) == Worth::Question)
}

/// Objects without identifiers of their own, whose text no index reaches or whose addresses stand beside a lookup:
/// their own fields are asked while places in the wide round's calls are free, the most telling first.
fn asked_if_free<'a>(locate: &Locate, ready: &'a Ready) -> Vec<&'a ObjectPlan> {
    let mut plans: Vec<(Worth, &ObjectPlan)> = ready
        .map
        .objects
        .values()
        .filter(|plan| !plan.attached && !plan.people && !locate.asked_directly.contains(&plan.name))
        .map(|plan| (ready.own(plan, Ease::Full, None).worth(plan), plan))
        .filter(|(worth, _)| matches!(worth, Worth::Address | Worth::Text))
        .collect();
    plans.sort_by(|a, b| (b.0, &a.1.name).cmp(&(a.0, &b.1.name)));
    plans.into_iter().map(|(_, plan)| plan).collect()
}

/// People first, then what no lookup leads to, in whole calls; the search index rides along.
fn seeds(locate: &mut Locate, ready: &Ready) -> Vec<Pending> {
    let mut asks = Vec::new();
    for plan in ready.map.objects.values().filter(|plan| plan.people) {
        asks.extend(direct(locate, ready, plan, Vec::new(), true));
    }
    for plan in ready.map.objects.values().filter(|plan| needs_scan(ready, plan)) {
        asks.push(scan(locate, plan, None));
    }
    let lonely: Vec<&ObjectPlan> = ready
        .map
        .objects
        .values()
        .filter(|plan| !plan.people && plan.lookups.is_empty() && asked_directly(ready, plan))
        .collect();
    for plan in lonely {
        asks.extend(direct(locate, ready, plan, Vec::new(), true));
    }
    // What has lookups waits for the ids, unless a place in the call would stay empty and the object is met by its fields only.
    let searchable: Vec<&ObjectPlan> = ready.map.objects.values().collect();
    asks.extend(searches(ready, &searchable));
    asks
}

/// Reads under everything new, by the fewest questions; `wide` also asks each object's own fields once.
fn hops(locate: &mut Locate, ready: &Ready, schema: &Schema, wide: bool) -> Vec<Pending> {
    let verdict = locate.judge(ready);
    let mut fetch = to_fetch(locate, ready, &verdict);
    let mut parents = to_walk(locate, ready, &verdict);
    for (join, _, other) in links::JOINS {
        // What a link joins is read and walked at once.
        let joined: Vec<RecordId> = locate
            .nodes
            .values()
            .filter(|node| node.row.object == join && verdict.grades.contains_key(&node.row.id))
            .filter_map(|node| node.row.lookup(other))
            .filter(|id| !locate.walked.contains(id))
            .collect();
        for id in joined {
            let Some(object) = object_of(&ready.map, &id) else { continue };
            if !locate.nodes.contains_key(&id) && !locate.reached.contains(&id) {
                fetch.entry(object.clone()).or_default().insert(id.clone());
            }
            parents.entry(object).or_default().insert(id);
        }
    }
    locate.walked.extend(parents.values().flatten().cloned());
    locate.reached.extend(parents.values().chain(fetch.values()).flatten().cloned());
    let own: BTreeSet<String> = ready
        .map
        .objects
        .values()
        .filter(|plan| wide && !locate.asked_directly.contains(&plan.name) && asked_directly(ready, plan))
        .map(|plan| plan.name.clone())
        .collect();
    let edges = edges(ready, schema, &parents);
    let mut direct_links: BTreeMap<String, Vec<Condition>> = BTreeMap::new();
    let mut under: BTreeMap<String, Vec<Edge>> = BTreeMap::new();
    let by_id: BTreeSet<&String> = fetch.keys().collect();
    let forced: BTreeSet<String> = edges
        .iter()
        .filter(|edge| edge.filterable && edge.relationship.is_none())
        .map(|edge| edge.child.clone())
        .collect();
    let open: BTreeSet<(String, String)> = edges
        .iter()
        .filter(|edge| {
            edge.both()
                && !own.contains(&edge.child)
                && !by_id.contains(&edge.child)
                && !by_id.contains(&edge.parent)
        })
        .map(|edge| (edge.parent.clone(), edge.child.clone()))
        .collect();
    let cover = cover::smallest(&open);
    for edge in edges {
        let asked_anyway = own.contains(&edge.child)
            || by_id.contains(&edge.child)
            || forced.contains(&edge.child)
            || cover.children.contains(&edge.child);
        if edge.filterable && (asked_anyway || edge.relationship.is_none()) {
            let ids: Vec<RecordId> = parents.get(&edge.parent).into_iter().flatten().cloned().collect();
            let conditions = direct_links.entry(edge.child.clone()).or_default();
            conditions.extend(ids.chunks(IDS_PER_QUERY).map(|ids| ids_in(&edge.field, ids)));
        } else if edge.relationship.is_some() {
            under.entry(edge.parent.clone()).or_default().push(edge);
        }
    }
    for (object, ids) in &fetch {
        if !under.contains_key(object) {
            let ids: Vec<RecordId> = ids.iter().cloned().collect();
            let conditions = direct_links.entry(object.clone()).or_default();
            conditions.extend(ids.chunks(IDS_PER_QUERY).map(|ids| ids_in("Id", ids)));
        }
    }
    let mut asks = Vec::new();
    for plan in ready.map.objects.values() {
        let conditions = direct_links.remove(&plan.name).unwrap_or_default();
        let own = own.contains(&plan.name);
        if own || !conditions.is_empty() {
            asks.extend(direct(locate, ready, plan, conditions, own));
        }
    }
    let asks_under = under.len();
    if wide {
        let places = WIDE_QUERIES.max((asks.len() + asks_under).next_multiple_of(QUERIES_PER_CALL));
        for plan in
            asked_if_free(locate, ready).into_iter().take(places.saturating_sub(asks.len() + asks_under))
        {
            asks.extend(direct(locate, ready, plan, Vec::new(), true));
        }
    }
    for (parent, edges) in under {
        let mut ids = parents.remove(&parent).unwrap_or_default();
        ids.extend(fetch.remove(&parent).unwrap_or_default());
        asks.extend(read_under(locate, ready, &parent, &ids, &edges));
    }
    asks
}

/// One kind of child under one kind of parent.
#[derive(Debug, Clone)]
struct Edge {
    parent: String,
    child: String,
    field: String,
    relationship: Option<String>,
    filterable: bool,
}

impl Edge {
    fn both(&self) -> bool {
        self.relationship.is_some() && self.filterable
    }
}

fn edges(ready: &Ready, schema: &Schema, parents: &BTreeMap<String, BTreeSet<RecordId>>) -> Vec<Edge> {
    let mut edges = Vec::new();
    for plan in ready.map.objects.values() {
        for lookup in &plan.lookups {
            for parent in parents.keys().filter(|parent| lookup.to.contains(parent)) {
                // People hang on people only where Salesforce says that they are one person.
                let mirror = plan.name == "Contact" && parent == "Account" && lookup.field == "AccountId";
                if plan.people
                    && !mirror
                    && !links::SAME_PERSON.iter().any(|(field, _)| *field == lookup.field)
                {
                    continue;
                }
                // A merged case or individual hangs on the same people as the one that won.
                let kin = matches!(parent.as_str(), "Contact" | "Lead" | "Account");
                let relationship = schema.object(parent).and_then(|object| {
                    object
                        .child_relationships
                        .iter()
                        .find(|child| {
                            child.child_object == plan.name
                                && child.field == lookup.field
                                && !child.deprecated_and_hidden
                        })
                        .and_then(|child| child.relationship_name.clone())
                });
                if lookup.field == "PersonContactId"
                    || (plan.name == *parent && relationship.is_none() && !kin)
                {
                    continue;
                }
                edges.push(Edge {
                    parent: parent.clone(),
                    child: plan.name.clone(),
                    field: lookup.field.clone(),
                    relationship: relationship.filter(|_| plan.kind == Kind::Plain),
                    filterable: lookup.filterable,
                });
            }
        }
    }
    edges
}

fn read_under(
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
            let children = edges.iter().filter_map(|edge| {
                let child = ready.map.objects.get(&edge.child)?;
                Some(ChildQuery {
                    relationship: edge.relationship.clone()?,
                    object: edge.child.clone(),
                    fields: locate.select(child),
                    condition: None,
                })
            });
            let known = some.iter().all(|id| locate.nodes.contains_key(id));
            let fields = if known || place > 0 { Vec::new() } else { locate.select(plan) };
            let query = Query {
                object: parent.to_owned(),
                fields,
                condition: Some(ids_in("Id", some)),
                children: children.collect(),
                all_rows: true,
                order_by: Vec::new(),
                limit: None,
            };
            let children = edges.iter().map(|edge| (edge.child.clone(), edge.field.clone())).collect();
            asks.push(Pending {
                ask: Ask::Query(query),
                purpose: Purpose::Under { parent: parent.to_owned(), ids: some.to_vec(), children },
            });
        }
    }
    asks
}

/// Questions to one object: its own fields and the first links together, further links one by one.
fn direct(
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

fn one_direct(
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
        purpose: Purpose::Direct { object: plan.name.clone(), ease, own, links },
    })
}

/// Text that no filter and no index reaches.
fn needs_scan(ready: &Ready, plan: &ObjectPlan) -> bool {
    plan.kind == Kind::Plain
        && !plan.searchable
        && !plan.attached
        && !plan.people
        && ready.own(plan, Ease::Full, None).fields.is_empty()
        && plan.fields.iter().any(|field| !field.filterable && !field.masked)
}

fn scan(locate: &Locate, plan: &ObjectPlan, after: Option<&RecordId>) -> Pending {
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
fn searches(ready: &Ready, plans: &[&ObjectPlan]) -> Vec<Pending> {
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

fn search(phrases: Vec<String>, objects: Vec<(String, Vec<String>)>, limit: u32) -> Pending {
    let limits = objects.iter().map(|(object, _)| (object.clone(), limit)).collect();
    let returning = objects.into_iter().map(|(object, fields)| Returning { object, fields, limit }).collect();
    Pending {
        ask: Ask::Search(Search { phrases, within: SearchGroup::All, returning }),
        purpose: Purpose::Index { objects: limits },
    }
}

/// Records that are surely or possibly the subject's, whose children were not asked for yet.
fn to_walk(locate: &Locate, ready: &Ready, verdict: &Verdict) -> BTreeMap<String, BTreeSet<RecordId>> {
    let mut parents: BTreeMap<String, BTreeSet<RecordId>> = BTreeMap::new();
    let mut possible = locate.settings.possible_people;
    for id in
        ready.sought.ids.iter().filter(|id| !locate.walked.contains(id) && !locate.nodes.contains_key(id))
    {
        // The record may be gone for good; what leads to it is not.
        if let Some(object) =
            object_of(&ready.map, id).filter(|object| object != "Account" && locate.stage == Stage::Hops)
        {
            parents.entry(object).or_default().insert(id.clone());
        }
    }
    for (id, grade) in verdict.grades.iter().filter(|(_, grade)| grade.carries) {
        let Some(node) = locate.nodes.get(id) else { continue };
        let is_person = node.is_person();
        if is_person && grade.confidence == crate::found::Confidence::Possible {
            if possible == 0 {
                continue;
            }
            possible -= 1;
        }
        if locate.walked.contains(id) || (node.row.object == "Account" && !is_person) {
            continue;
        }
        parents.entry(node.row.object.clone()).or_default().insert(id.clone());
    }
    parents
}

/// Records that must be read to decide about others: the same person, owners of numbers, whose case it is.
fn to_fetch(locate: &Locate, ready: &Ready, verdict: &Verdict) -> BTreeMap<String, BTreeSet<RecordId>> {
    let mut wanted: BTreeSet<RecordId> = BTreeSet::new();
    let knows_person_accounts = ready
        .map
        .objects
        .get("Account")
        .is_some_and(|plan| plan.select.iter().any(|field| field == "IsPersonAccount"));
    let joined_ours: BTreeSet<RecordId> = links::joined(&locate.nodes)
        .into_iter()
        .filter(|(other, _)| verdict.grades.contains_key(other))
        .flat_map(|(_, entities)| entities.into_iter().map(|(id, _)| id))
        .collect();
    for (id, node) in &locate.nodes {
        let graded = verdict.grades.contains_key(id);
        if node.is_person() {
            if graded {
                wanted.extend(links::SAME_PERSON.iter().filter_map(|(field, _)| node.row.lookup(field)));
                if node.row.object == "Contact" && node.row.flag("IsPersonAccount") {
                    wanted.extend(node.row.lookup("AccountId"));
                }
            }
            continue;
        }
        let Some(plan) = ready.map.objects.get(&node.row.object) else { continue };
        let numbered = node.agreements.iter().any(|it| it.kind == crate::found::ReasonKind::AccountNumber);
        let by_itself = graded && !node.agreements.is_empty() && node.row.object != "Account";
        if !(numbered || by_itself) {
            continue;
        }
        for target in plan.lookups.iter().filter_map(|lookup| node.row.lookup(&lookup.field)) {
            let Some(object) = object_of(&ready.map, &target) else { continue };
            let telling = match object.as_str() {
                "Account" => knows_person_accounts,
                "Contact" | "Lead" | "Individual" => numbered,
                "User" => false,
                other => ready.map.objects.get(other).is_some_and(|plan| !plan.lookups.is_empty()),
            };
            if telling {
                wanted.insert(target);
            }
        }
    }
    wanted.extend(joined_ours.into_iter().filter(|id| {
        object_of(&ready.map, id).is_some_and(|object| match object.as_str() {
            "Contact" | "Lead" | "Individual" | "User" => false,
            "Account" => knows_person_accounts,
            other => ready.map.objects.get(other).is_some_and(|plan| !plan.lookups.is_empty()),
        })
    }));
    let mut fetch: BTreeMap<String, BTreeSet<RecordId>> = BTreeMap::new();
    for id in wanted {
        if !locate.nodes.contains_key(&id)
            && !locate.reached.contains(&id)
            && let Some(object) = object_of(&ready.map, &id)
        {
            fetch.entry(object).or_default().insert(id);
        }
    }
    fetch
}

fn object_of(map: &Map, id: &RecordId) -> Option<String> {
    map.objects
        .values()
        .find(|plan| plan.prefix.as_deref() == Some(id.prefix()))
        .map(|plan| plan.name.clone())
}

/// Counts the rows of an answer and asks on where it was full.
pub fn tally(locate: &mut Locate, ready: &Ready, pending: &Pending, answer: &Answer) {
    let mut rows: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &answer.rows {
        *rows.entry(row.object.as_str()).or_default() += 1;
    }
    let count = |object: &str| rows.get(object).copied().unwrap_or_default();
    match &pending.purpose {
        Purpose::Direct { object, ease, own, .. } => {
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

/// Asks otherwise, or writes down what could not be read.
pub fn refused(locate: &mut Locate, ready: &Ready, pending: Pending, refusal: &Refusal) {
    let final_word = NO_ACCESS.contains(&refusal.code.as_str());
    match pending.purpose {
        Purpose::Direct { object, ease, own, links } => {
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
        Purpose::Under { ids, children, .. } => {
            // Each kind of child is asked by itself, so that one that cannot be read does not hide the others.
            for (object, field) in children {
                let Some(plan) = ready.map.objects.get(&object) else { continue };
                drop_field(locate, plan, refusal);
                let filterable = plan.lookups.iter().any(|lookup| lookup.field == field && lookup.filterable);
                if filterable {
                    let again = direct(locate, ready, plan, vec![ids_in(&field, &ids)], false);
                    locate.again.extend(again);
                } else {
                    locate
                        .tallies
                        .entry(object)
                        .or_default()
                        .refused
                        .push((Way::Under, refusal.code.clone()));
                }
            }
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

/// Leaves out the field that the refusal names; `false` when it names none that is still asked for.
fn drop_field(locate: &mut Locate, plan: &ObjectPlan, refusal: &Refusal) -> bool {
    if refusal.code != "INVALID_FIELD" {
        return false;
    }
    let named: Vec<&str> =
        refusal.message.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
    let quoted = refusal.message.split('\'').nth(1);
    let asked = locate.select(plan);
    let field = asked
        .iter()
        .find(|field| quoted.is_some_and(|quoted| quoted.eq_ignore_ascii_case(field)))
        .or_else(|| {
            asked
                .iter()
                .filter(|field| field.contains("__") || field.len() > 5)
                .find(|field| quoted.is_none() && named.contains(&field.as_str()))
        })
        .filter(|field| field.as_str() != "Id")
        .cloned();
    match field {
        Some(field) => locate.dropped.entry(plan.name.clone()).or_default().insert(field),
        None => false,
    }
}
