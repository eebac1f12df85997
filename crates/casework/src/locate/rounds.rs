//! Which questions the next round asks: people first, then everything that may hang on them, hop by hop.

use std::collections::{BTreeMap, BTreeSet};

use crate::locate::asks::{
    CHILDREN_PER_QUERY, IDS_PER_QUERY, direct, needs_scan, read_under, scan, searches, with_children,
};
use crate::locate::conditions::{Ease, Worth, ids_in};
use crate::locate::judge::Verdict;
use crate::locate::map::{Kind, Map, ObjectPlan};
use crate::locate::{Locate, Pending, Ready, Stage, cover, links};
use crate::query::Condition;
use crate::record_id::RecordId;
use crate::schema::Schema;

/// Salesforce packs this many queries, and besides them 20 searches, into one API call.
const QUERIES_PER_CALL: usize = 5;
const SEARCHES_PER_CALL: usize = 20;
/// The wide round takes this many queries at least before it leaves anything out.
const WIDE_QUERIES: usize = 25;
/// Rounds after which a chain of lookups is no longer followed.
const ROUNDS: u32 = 14;

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

/// People first, then what no lookup leads to while the call has places; the search index rides along.
fn seeds(locate: &mut Locate, ready: &Ready) -> Vec<Pending> {
    let mut asks = Vec::new();
    for plan in ready.map.objects.values().filter(|plan| plan.people) {
        asks.extend(direct(locate, ready, plan, Vec::new(), true));
    }
    for plan in ready.map.objects.values().filter(|plan| needs_scan(ready, plan)) {
        asks.push(scan(locate, plan, None));
    }
    // What leads to nobody can wait for the wide round, unless places in the first call would stay empty.
    let free = QUERIES_PER_CALL.saturating_sub(asks.len());
    let lonely: Vec<&ObjectPlan> = ready
        .map
        .objects
        .values()
        .filter(|plan| !plan.people && plan.lookups.is_empty() && asked_directly(ready, plan))
        .take(free)
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
    let read = locate.with_children.clone();
    let unread = |edge: &Edge| -> BTreeSet<RecordId> {
        let ids = parents.get(&edge.parent).into_iter().flatten();
        ids.filter(|id| edge.relationship.is_none() || !read.contains(*id)).cloned().collect()
    };
    let edges: Vec<Edge> =
        edges(ready, schema, parents.keys()).into_iter().filter(|edge| !unread(edge).is_empty()).collect();
    let mut direct_links: BTreeMap<String, BTreeMap<String, BTreeSet<RecordId>>> = BTreeMap::new();
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
            let ids = unread(&edge);
            direct_links.entry(edge.child).or_default().entry(edge.field).or_default().extend(ids);
        } else if edge.relationship.is_some() {
            under.entry(edge.parent.clone()).or_default().push(edge);
        }
    }
    for (object, ids) in &fetch {
        if !under.contains_key(object) {
            direct_links
                .entry(object.clone())
                .or_default()
                .entry("Id".into())
                .or_default()
                .extend(ids.iter().cloned());
        }
    }
    // Parents that are asked for something else as well are read in the same question, with their children.
    let mut folded: BTreeMap<String, BTreeSet<RecordId>> = BTreeMap::new();
    for (parent, below) in &under {
        let foldable = ready.map.objects.get(parent).is_some_and(carries_children)
            && below.len() <= CHILDREN_PER_QUERY
            && (own.contains(parent) || direct_links.contains_key(parent));
        if foldable {
            let mut ids: BTreeSet<RecordId> = below.iter().flat_map(&unread).collect();
            ids.extend(fetch.remove(parent).unwrap_or_default());
            let by_id = direct_links.entry(parent.clone()).or_default().entry("Id".into()).or_default();
            by_id.extend(ids.iter().cloned());
            folded.insert(parent.clone(), ids);
        }
    }
    let mut asks = Vec::new();
    for plan in ready.map.objects.values() {
        // One list for all parents of a field: a lookup to several kinds of records is asked once.
        let mut conditions: Vec<Condition> = Vec::new();
        for (field, ids) in direct_links.remove(&plan.name).unwrap_or_default() {
            let ids: Vec<RecordId> = ids.into_iter().collect();
            conditions.extend(ids.chunks(IDS_PER_QUERY).map(|ids| ids_in(&field, ids)));
        }
        let own = own.contains(&plan.name);
        if own || !conditions.is_empty() {
            let mut direct = direct(locate, ready, plan, conditions, own);
            let below = children_of(ready, schema, plan);
            let carried = direct.iter_mut().all(|ask| with_children(locate, ready, ask, &below));
            asks.extend(direct);
            if carried && folded.remove(&plan.name).is_some() {
                under.remove(&plan.name);
            }
        }
    }
    for (parent, edges) in under {
        let mut ids: BTreeSet<RecordId> = edges.iter().flat_map(&unread).collect();
        ids.extend(fetch.remove(&parent).into_iter().chain(folded.remove(&parent)).flatten());
        asks.extend(read_under(locate, ready, &parent, &ids, &edges));
    }
    fill(locate, ready, &mut asks, wide);
    asks
}

/// Questions that can wait take the places that stay empty in the round's calls.
fn fill(locate: &mut Locate, ready: &Ready, asks: &mut Vec<Pending>, wide: bool) {
    let places = asks.len().next_multiple_of(QUERIES_PER_CALL).max(if wide { WIDE_QUERIES } else { 0 });
    for plan in asked_if_free(locate, ready) {
        if asks.len() >= places {
            break;
        }
        asks.extend(direct(locate, ready, plan, Vec::new(), true));
    }
}

/// An account may be a business with everybody in it, and links are asked by one end at a time.
fn carries_children(plan: &ObjectPlan) -> bool {
    plan.kind == Kind::Plain && !["Account", "User", "ContentDocumentLink"].contains(&plan.name.as_str())
}

/// The children of an object that a question to it can read as well.
fn children_of(ready: &Ready, schema: &Schema, plan: &ObjectPlan) -> Vec<Edge> {
    if !carries_children(plan) {
        return Vec::new();
    }
    edges(ready, schema, [&plan.name]).into_iter().filter(|edge| edge.relationship.is_some()).collect()
}

/// One kind of child under one kind of parent.
#[derive(Debug, Clone)]
pub struct Edge {
    pub parent: String,
    pub child: String,
    pub field: String,
    pub relationship: Option<String>,
    pub filterable: bool,
}

impl Edge {
    fn both(&self) -> bool {
        self.relationship.is_some() && self.filterable
    }
}

fn edges<'a>(
    ready: &Ready,
    schema: &Schema,
    parents: impl IntoIterator<Item = &'a String> + Clone,
) -> Vec<Edge> {
    let mut edges = Vec::new();
    for plan in ready.map.objects.values() {
        for lookup in &plan.lookups {
            for parent in parents.clone().into_iter().filter(|parent| lookup.to.contains(parent)) {
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
        // Whether an account that a record of the subject names is another person's, only the account can say.
        let accounts_only = !(numbered || by_itself);
        if accounts_only && !(graded && knows_person_accounts && node.row.object != "Account") {
            continue;
        }
        for target in plan.lookups.iter().filter_map(|lookup| node.row.lookup(&lookup.field)) {
            let Some(object) = object_of(&ready.map, &target) else { continue };
            let telling = match object.as_str() {
                "Account" => knows_person_accounts,
                _ if accounts_only => false,
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
