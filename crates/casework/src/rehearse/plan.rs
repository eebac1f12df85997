//! From everything that was read to the plan.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::change::{PlannedRecord, PlannedValue};
use crate::ledger::hex;
use crate::plan::{Blocker, ByHand, Cause, Collateral, Deed, Forecast, Hang, NewRecord, Plan, Step};
use crate::record_id::RecordId;
use crate::rehearse::changes::Changes;
use crate::rehearse::{
    Edge, Effect, Rehearsal, Rehearsed, Version, around, asks, blank, changes, new, order, walk,
};
use crate::review::Decision;
use crate::write::BATCH_SIZE;

/// Calls that a run makes besides its reads and writes: who we are before and after.
const CONSTANT_CALLS: u64 = 4;
const QUESTIONS_PER_CALL: u64 = 5;

pub(super) fn draw_up(of: &Rehearsal) -> Rehearsed {
    let barred = barred(of);
    let (roots, shields) = roots(of, &barred);
    let doomed = reach(of, &roots);
    let asked = |id: &RecordId| roots.contains(id) && !only_with_parent(of, id, &doomed);
    let children = ordering(of, &doomed);
    let levels = order::levels(&doomed, &children, |_| true);
    let waves: BTreeMap<RecordId, u32> =
        order::levels(&doomed, &children, asked).into_iter().filter(|(id, _)| asked(id)).collect();
    let mut ids: Vec<&RecordId> = doomed.iter().collect();
    ids.sort_by_key(|id| {
        let object = of.nodes.get(*id).map(|node| node.object.as_str()).unwrap_or_default();
        (levels.get(*id).copied().unwrap_or(0), order::rank(object), object.to_owned(), (*id).clone())
    });
    let mut steps: Vec<Step> = Vec::new();
    let mut values = BTreeMap::new();
    // What is blanked comes first: afterwards nothing may be left to hang it on.
    for id in &barred {
        if !doomed.contains(id) {
            blank_step(of, id, &mut steps, &mut values);
        }
    }
    let Changes { steps: set, values: written, planned, shown, blockers: unfit, warnings } =
        changes::draw_up(of, &doomed);
    steps.extend(set);
    values.extend(written);
    for id in ids {
        let Some(node) = of.nodes.get(id) else { continue };
        let cause = if asked(id) { Cause::Asked } else { Cause::Cascade };
        let because = match cause {
            Cause::Asked => node.because.clone(),
            Cause::Cascade if node.asked => {
                "Salesforce deletes it together with the record it belongs to.".to_owned()
            }
            Cause::Cascade => node.because.clone(),
        };
        steps.push(step(of, &node.object, id, Deed::Delete, cause, because));
    }
    for decided in of.decided.values() {
        match decided.decision {
            // Only a deletion needs a ground for what it spares.
            Decision::Keep if decided.ground.is_none() && of.sets_values() => {}
            Decision::Keep => {
                let ground = decided.ground.as_deref().unwrap_or("the officer's decision");
                let because = format!("Kept on the ground: {ground}.");
                steps.push(step(of, &decided.object, &decided.id, Deed::Keep, Cause::Asked, because));
            }
            Decision::Delete if shields.contains_key(&decided.id) => {
                let because =
                    "Not deleted, because Salesforce would take a record along that was decided otherwise.";
                steps.push(step(
                    of,
                    &decided.object,
                    &decided.id,
                    Deed::Keep,
                    Cause::Asked,
                    because.to_owned(),
                ));
            }
            Decision::Delete | Decision::Correct | Decision::NotThisPerson => {}
        }
    }
    for (n, step) in (1..).zip(steps.iter_mut()) {
        step.n = n;
    }
    let mut blockers = around::blockers(of, &doomed, &roots, &shields);
    blockers.extend(unfit);
    let collateral = around::collateral(of, &doomed, &asked);
    let mut by_hand = around::by_hand(of, &steps);
    let new::New { planned: made, shown: creates, by_hand: not_made } = new::draw_up(of);
    by_hand.splice(0..0, warnings.into_iter().chain(not_made));
    let versions = versions(of, &steps, &blockers, &collateral);
    let mut plan = Plan {
        digest: String::new(),
        api_calls: forecast(of, &steps, &waves, &creates),
        steps,
        creates,
        blockers,
        collateral,
        by_hand,
        undecided: of.undecided,
    };
    plan.digest = digest(&plan, &versions, &values, &planned, &made);
    let standing_fields = versions
        .values()
        .map(|it| {
            (it.object.clone(), of.schema.object(&it.object).map(asks::version_fields).unwrap_or_default())
        })
        .collect();
    Rehearsed {
        plan,
        versions,
        values,
        waves,
        standing_fields,
        changes: planned,
        new: made,
        hangs: hangs(of, &doomed),
        shown,
    }
}

/// The first record by which Salesforce takes each one along, for those that hang on a record of the plan.
fn hangs(of: &Rehearsal, doomed: &BTreeSet<RecordId>) -> Vec<Hang> {
    let mut first: BTreeMap<&RecordId, &Edge> = BTreeMap::new();
    for edge in of.edges.iter().filter(|it| it.effect == Effect::Cascade) {
        if doomed.contains(&edge.child) && doomed.contains(&edge.parent) {
            first.entry(&edge.child).or_insert(edge);
        }
    }
    first
        .into_values()
        .map(|it| Hang { id: it.child.clone(), on: it.parent.clone(), field: it.field.clone() })
        .collect()
}

/// The digest that this plan calls for; also tells whether a stored plan was altered.
pub(crate) fn digest(
    plan: &Plan,
    versions: &BTreeMap<RecordId, Version>,
    values: &BTreeMap<RecordId, BTreeMap<String, Value>>,
    changes: &[PlannedValue],
    new: &[PlannedRecord],
) -> String {
    #[derive(Serialize)]
    struct Covered<'a> {
        schema: u8,
        steps: &'a [Step],
        blockers: &'a [Blocker],
        collateral: &'a [Collateral],
        by_hand: &'a [ByHand],
        undecided: u64,
        versions: &'a BTreeMap<RecordId, Version>,
        values: &'a BTreeMap<RecordId, BTreeMap<String, Value>>,
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        changes: &'a [PlannedValue],
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        creates: &'a [NewRecord],
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        new: &'a [PlannedRecord],
    }
    let covered = Covered {
        schema: 1,
        steps: &plan.steps,
        blockers: &plan.blockers,
        collateral: &plan.collateral,
        by_hand: &plan.by_hand,
        undecided: plan.undecided,
        versions,
        values,
        changes,
        creates: &plan.creates,
        new,
    };
    // Strings, numbers and maps with text keys always serialise.
    hex(&Sha256::digest(serde_json::to_vec(&covered).unwrap_or_default()))
}

/// Records decided "delete" that cannot be deleted by themselves.
fn barred(of: &Rehearsal) -> BTreeSet<RecordId> {
    of.nodes
        .iter()
        .filter(|(_, node)| node.asked)
        .filter(|(id, node)| {
            !of.schema.object(&node.object).is_some_and(|object| object.deletable)
                || of.seen.get(*id).is_some_and(walk::past_draft)
        })
        .map(|(id, _)| id.clone())
        .collect()
}

/// The records whose delete is asked for and may be done, and those held back: held-back record → what would go along.
fn roots(of: &Rehearsal, barred: &BTreeSet<RecordId>) -> (BTreeSet<RecordId>, BTreeMap<RecordId, Edge>) {
    let mut roots: BTreeSet<RecordId> = of
        .nodes
        .iter()
        .filter(|(id, node)| node.asked && !barred.contains(*id))
        .map(|(id, _)| id.clone())
        .collect();
    let spared = |id: &RecordId| {
        matches!(of.decision(id), Some(Decision::Keep | Decision::NotThisPerson | Decision::Correct))
    };
    let mut shields = BTreeMap::new();
    let mut held: Vec<(RecordId, Edge)> = of
        .edges
        .iter()
        .filter(|edge| edge.effect == Effect::Cascade && spared(&edge.child))
        .map(|edge| (edge.parent.clone(), edge.clone()))
        .collect();
    let mut done = BTreeSet::new();
    while let Some((id, edge)) = held.pop() {
        if !done.insert(id.clone()) {
            continue;
        }
        let above = of.edges.iter().filter(|it| it.effect == Effect::Cascade && it.child == id);
        held.extend(above.map(|it| (it.parent.clone(), edge.clone())));
        if roots.remove(&id) {
            shields.insert(id, edge);
        }
    }
    (roots, shields)
}

/// Everything that goes when the roots go.
fn reach(of: &Rehearsal, roots: &BTreeSet<RecordId>) -> BTreeSet<RecordId> {
    let mut below = BTreeMap::<&RecordId, Vec<&RecordId>>::new();
    for edge in of.edges.iter().filter(|it| it.effect == Effect::Cascade && of.nodes.contains_key(&it.child))
    {
        below.entry(&edge.parent).or_default().push(&edge.child);
    }
    let mut doomed = BTreeSet::new();
    let mut open: Vec<&RecordId> = roots.iter().collect();
    while let Some(id) = open.pop() {
        // A node that was announced but never read is no longer there.
        if of.seen.contains_key(id) && doomed.insert(id.clone()) {
            open.extend(below.get(id).into_iter().flatten());
        }
    }
    doomed
}

/// A person account's contact cannot be deleted by itself; it goes with its account.
fn only_with_parent(of: &Rehearsal, id: &RecordId, doomed: &BTreeSet<RecordId>) -> bool {
    of.seen.get(id).is_some_and(|row| row.object == "Contact" && row.flag("IsPersonAccount"))
        && of
            .edges
            .iter()
            .any(|it| it.child == *id && it.effect == Effect::Cascade && doomed.contains(&it.parent))
}

/// Parent → children, over every kind of lookup: a child that goes itself goes first.
fn ordering(of: &Rehearsal, doomed: &BTreeSet<RecordId>) -> BTreeMap<RecordId, BTreeSet<RecordId>> {
    let mut children = BTreeMap::<RecordId, BTreeSet<RecordId>>::new();
    for edge in of.edges.iter().filter(|it| doomed.contains(&it.child) && doomed.contains(&it.parent)) {
        children.entry(edge.parent.clone()).or_default().insert(edge.child.clone());
    }
    children
}

pub(super) fn step(
    of: &Rehearsal,
    object: &str,
    id: &RecordId,
    deed: Deed,
    cause: Cause,
    because: String,
) -> Step {
    Step {
        n: 0,
        deed,
        object: object.to_owned(),
        id: id.clone(),
        presence: of.presence(id),
        fields: Vec::new(),
        cause,
        because,
        last_modified: of.version(id),
    }
}

fn blank_step(
    of: &Rehearsal,
    id: &RecordId,
    steps: &mut Vec<Step>,
    values: &mut BTreeMap<RecordId, BTreeMap<String, Value>>,
) {
    let Some((object, row)) = of.seen.get(id).and_then(|row| Some((of.schema.object(&row.object)?, row)))
    else {
        return;
    };
    if !walk::may_blank(object) {
        return;
    }
    let written = blank::values(object, row, of.placeholders.get(&object.name));
    if written.is_empty() {
        return;
    }
    let deed = if written.values().all(Value::is_null) { Deed::Blank } else { Deed::Replace };
    let because =
        "Salesforce does not let this record be deleted, so its personal fields are emptied.".to_owned();
    let mut step = step(of, &object.name, id, deed, Cause::Asked, because);
    step.fields = written.keys().cloned().collect();
    steps.push(step);
    values.insert(id.clone(), written);
}

fn versions(
    of: &Rehearsal,
    steps: &[Step],
    blockers: &[Blocker],
    collateral: &[Collateral],
) -> BTreeMap<RecordId, Version> {
    steps
        .iter()
        .map(|it| (&it.object, &it.id))
        .chain(blockers.iter().map(|it| (&it.object, &it.id)))
        .chain(collateral.iter().map(|it| (&it.object, &it.id)))
        .map(|(object, id)| {
            let version =
                Version { object: object.clone(), presence: of.presence(id), last_modified: of.version(id) };
            (id.clone(), version)
        })
        .collect()
}

/// Reading twice (drift, then where everything stands), one call per batch and one check before it.
fn forecast(
    of: &Rehearsal,
    steps: &[Step],
    waves: &BTreeMap<RecordId, u32>,
    creates: &[NewRecord],
) -> Forecast {
    let batch = u64::try_from(BATCH_SIZE).unwrap_or(200);
    let mut sizes = BTreeMap::<u32, u64>::new();
    for wave in waves.values() {
        let size = sizes.entry(*wave).or_default();
        *size = size.saturating_add(1);
    }
    let deletes: u64 = sizes.values().map(|size| size.div_ceil(batch)).sum();
    let objects: BTreeSet<&str> =
        steps.iter().filter(|it| it.deed != Deed::Keep).map(|it| it.object.as_str()).collect();
    let blanked: BTreeSet<&str> = steps
        .iter()
        .filter(|it| matches!(it.deed, Deed::Blank | Deed::Replace))
        .map(|it| it.object.as_str())
        .collect();
    let made: BTreeSet<&str> = creates.iter().map(|it| it.object.as_str()).collect();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    // A record that is made is looked for before and after.
    let writes =
        deletes.saturating_add(count(blanked.len())).saturating_add(count(made.len()).saturating_mul(2));
    let reads = of
        .questions
        .div_ceil(QUESTIONS_PER_CALL)
        .saturating_add(count(objects.len()).div_ceil(QUESTIONS_PER_CALL).saturating_mul(2));
    Forecast { forecast: writes.saturating_mul(2).saturating_add(reads).saturating_add(CONSTANT_CALLS) }
}
