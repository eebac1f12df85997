//! What stands around a plan: what blocks it, whom else it touches, and what is left to do by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{Blocked, Blocker, ByHand, Collateral, Step};
use crate::record_id::RecordId;
use crate::rehearse::{Edge, Effect, Rehearsal, asks, walk};
use crate::review::Decision;

pub(super) fn blockers(
    of: &Rehearsal,
    doomed: &BTreeSet<RecordId>,
    roots: &BTreeSet<RecordId>,
    shields: &BTreeMap<RecordId, Edge>,
) -> Vec<Blocker> {
    let object_of = |id: &RecordId| {
        of.seen.get(id).map(|row| row.object.clone()).or_else(|| of.nodes.get(id).map(|it| it.object.clone()))
    };
    let blocker = |child: &RecordId, field: &str, parent: &RecordId, because: String| Blocker {
        object: object_of(child).unwrap_or_default(),
        id: child.clone(),
        field: field.to_owned(),
        blocks: Blocked { object: object_of(parent).unwrap_or_default(), id: parent.clone() },
        because,
    };
    let mut blockers: Vec<Blocker> = of
        .edges
        .iter()
        .filter(|edge| doomed.contains(&edge.parent))
        .filter_map(|edge| match edge.effect {
            Effect::Restrict if !doomed.contains(&edge.child) => Some(blocker(
                &edge.child,
                &edge.field,
                &edge.parent,
                if of.seen.get(&edge.child).is_some_and(walk::past_draft) {
                    "It is activated; Salesforce deletes neither it nor the record it points at.".to_owned()
                } else {
                    "Salesforce refuses the delete while this record points at it.".to_owned()
                },
            )),
            Effect::Locks => Some(blocker(
                &edge.child,
                &edge.field,
                &edge.parent,
                "An approval is waiting, so the record is locked.".to_owned(),
            )),
            Effect::Restrict | Effect::Cascade | Effect::Clear => None,
        })
        .collect();
    blockers.extend(shields.iter().map(|(held, edge)| {
        let because =
            "It was decided to stay, but Salesforce would delete it along; so the other is held back.";
        blocker(&edge.child, &edge.field, held, because.to_owned())
    }));
    for id in doomed {
        let Some(row) = of.seen.get(id) else { continue };
        let account =
            row.lookup("AccountId").filter(|_| row.object == "Contact" && row.flag("IsPersonAccount"));
        if let Some(account) = account.filter(|account| !doomed.contains(account)) {
            blockers.push(Blocker {
                object: "Account".to_owned(),
                id: account,
                field: "PersonContactId".to_owned(),
                blocks: Blocked { object: row.object.clone(), id: id.clone() },
                because: "The contact of a person account can only be deleted with the account.".to_owned(),
            });
        }
        let forbidden = of.schema.object(&row.object).is_some_and(|it| !it.deletable && ordinary(&it.name));
        if forbidden && !roots.contains(id) {
            for edge in of.edges.iter().filter(|it| it.child == *id && it.effect == Effect::Cascade) {
                let because = "The signed-in user may not delete it, so Salesforce refuses the whole delete.";
                blockers.push(blocker(id, &edge.field, &edge.parent, because.to_owned()));
            }
        }
    }
    blockers.sort_by(|a, b| {
        (&a.object, &a.id, &a.field, &a.blocks.id).cmp(&(&b.object, &b.id, &b.field, &b.blocks.id))
    });
    blockers.dedup();
    blockers
}

/// Objects whose rows a user with the right may delete; for the others "not deletable" is how Salesforce made them.
fn ordinary(object: &str) -> bool {
    object.ends_with("__c")
        || matches!(
            object,
            "Account"
                | "Contact"
                | "Lead"
                | "Case"
                | "Task"
                | "Event"
                | "Attachment"
                | "Note"
                | "Opportunity"
                | "Asset"
                | "CampaignMember"
                | "EmailMessage"
                | "CaseComment"
                | "Order"
                | "Contract"
                | "Individual"
                | "Quote"
        )
}

pub(super) fn collateral(
    of: &Rehearsal,
    doomed: &BTreeSet<RecordId>,
    asked: &impl Fn(&RecordId) -> bool,
) -> Vec<Collateral> {
    let mut found = BTreeMap::<RecordId, (String, Vec<String>)>::new();
    let mut add = |id: &RecordId, object: &str, because: String| {
        let entry = found.entry(id.clone()).or_insert_with(|| (object.to_owned(), Vec::new()));
        if !entry.1.contains(&because) {
            entry.1.push(because);
        }
    };
    for edge in of.edges.iter().filter(|it| it.effect == Effect::Clear) {
        let row = of
            .seen
            .get(&edge.child)
            .filter(|_| doomed.contains(&edge.parent) && !doomed.contains(&edge.child));
        if let Some(row) = row {
            add(&edge.child, &row.object, format!("Its field {} is emptied.", edge.field));
        }
    }
    for id in doomed {
        let (Some(node), Some(row)) = (of.nodes.get(id), of.seen.get(id)) else { continue };
        let matched = of.matches.get(id);
        if matched.is_some_and(|it| it.shared) {
            add(id, &node.object, "It belongs to other people as well, and goes.".to_owned());
        } else if !asked(id) && node.company {
            add(id, &node.object, "It belongs to the company's account and goes with it.".to_owned());
        } else if !asked(id) && matched.is_none() {
            let stranger = of
                .schema
                .object(&node.object)
                .map(asks::people_fields)
                .unwrap_or_default()
                .into_iter()
                .find(|field| row.lookup(field).is_some_and(|target| is_stranger(of, doomed, &target)));
            if let Some(field) = stranger {
                add(id, &node.object, format!("It leads to another person by {field}, and goes."));
            }
        }
    }
    for (file, because) in &of.files_kept {
        add(file, "ContentDocument", because.clone());
    }
    let mut list: Vec<Collateral> = found
        .into_iter()
        .map(|(id, (object, because))| Collateral { object, id, because: because.join(" ") })
        .collect();
    list.sort_by(|a, b| (&a.object, &a.id).cmp(&(&b.object, &b.id)));
    list
}

/// Neither going itself, nor another record of the same person, nor a user of the org.
fn is_stranger(of: &Rehearsal, doomed: &BTreeSet<RecordId>, target: &RecordId) -> bool {
    let own = of.matches.contains_key(target) && of.decision(target) != Some(Decision::NotThisPerson);
    !doomed.contains(target) && !own && target.prefix() != "005"
}

pub(super) fn by_hand(of: &Rehearsal, steps: &[Step]) -> Vec<ByHand> {
    let mut list: Vec<ByHand> = Vec::new();
    let mut add = |what: String, because: &str| list.push(ByHand { what, because: because.to_owned() });
    let planned: BTreeSet<&RecordId> = steps.iter().map(|step| &step.id).collect();
    for decided in of.decided.values() {
        let record = format!("{} {}", decided.object, decided.id);
        match decided.decision {
            Decision::Correct if of.sets_values() => {}
            Decision::Correct => {
                add(format!("Correct {record}"), "It was decided to correct this record, not to delete it.")
            }
            Decision::Delete if of.not_there.iter().any(|(_, id)| *id == decided.id) => {
                add(format!("Locate again: {record}"), "The org does not show this record any more.");
            }
            Decision::Delete if !planned.contains(&decided.id) => {
                let why = of.schema.object(&decided.object).and_then(walk::beyond_reach);
                add(
                    format!("Delete {record}"),
                    why.unwrap_or("The signed-in user may neither delete nor change this record."),
                );
            }
            Decision::Delete | Decision::Keep | Decision::NotThisPerson => {}
        }
    }
    for (object, field, code) in &of.unread {
        let because = format!("The org refused the question ({code}), so what hangs there is not known.");
        add(format!("Look at {object} by its field {field}"), &because);
    }
    let missing = of.correct_without_a_value();
    if missing > 0 {
        add(
            format!("{missing} records decided \"correct\""),
            "No value was given for them, so they are left as they are.",
        );
    }
    if !of.decided.values().any(|it| it.decision == Decision::Delete) {
        add(
            "Sandboxes and backups".to_owned(),
            "Their copies keep the old values: refresh the sandboxes; what is restored from a backup has to be set again.",
        );
        add(
            "Connected systems".to_owned(),
            "Marketing, data cloud, warehouse, messaging and other connected systems must be told.",
        );
        return list;
    }
    add(
        "Sandboxes".to_owned(),
        "Copies in sandboxes are outside this org's API: refresh them or delete there.",
    );
    add("Backups and exports".to_owned(), "Backup products, weekly exports and report files hold copies.");
    add(
        "Connected systems".to_owned(),
        "Marketing, data cloud, warehouse, messaging and other connected systems must be told to delete.",
    );
    list
}
