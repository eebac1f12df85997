//! Writing through the org's rules, with the faults that strike single records.

use super::super::answer::Refusal;
use super::super::org::{Org, Session, logged};
use crate::world::{Change, Deed, LeadConversion, Merge, Record, Saved, SfError, World, Written};

/// A refusal of the data as a REST refusal.
pub(crate) fn refusal_of(error: &SfError) -> Refusal {
    Refusal {
        status: error.status,
        code: error.code.clone(),
        message: error.message.clone(),
        fields: error.fields.clone(),
        changes: Vec::new(),
    }
}

pub(crate) fn create(org: &Org, who: &Session, records: &[Record], all: bool) -> Written<Saved> {
    let targets: Vec<(String, Option<String>)> = records.iter().map(|it| (it.object.clone(), None)).collect();
    guarded(org, who, Deed::Create, &targets, records, all, |world, some| world.create(&who.user, some, all))
}

pub(crate) fn update(org: &Org, who: &Session, records: &[Record], all: bool) -> Written<Saved> {
    let targets: Vec<(String, Option<String>)> =
        records.iter().map(|it| (it.object.clone(), it.id.clone())).collect();
    guarded(org, who, Deed::Update, &targets, records, all, |world, some| world.update(&who.user, some, all))
}

pub(crate) fn upsert(org: &Org, who: &Session, field: &str, records: &[Record], all: bool) -> Written<Saved> {
    let targets: Vec<(String, Option<String>)> =
        records.iter().map(|it| (it.object.clone(), it.id.clone())).collect();
    guarded(org, who, Deed::Update, &targets, records, all, |world, some| {
        world.upsert(&who.user, field, some, all)
    })
}

pub(crate) fn delete(org: &Org, who: &Session, ids: &[String], all: bool) -> Written<String> {
    let targets = targets(org, ids);
    guarded(org, who, Deed::Delete, &targets, ids, all, |world, some| world.delete(&who.user, some, all))
}

pub(crate) fn hard_delete(org: &Org, who: &Session, ids: &[String]) -> Written<String> {
    let targets = targets(org, ids);
    guarded(org, who, Deed::Purge, &targets, ids, false, |world, some| world.hard_delete(&who.user, some))
}

pub(crate) fn undelete(org: &Org, who: &Session, ids: &[String]) -> Written<String> {
    let targets = targets(org, ids);
    guarded(org, who, Deed::Undelete, &targets, ids, false, |world, some| world.undelete(&who.user, some))
}

pub(crate) fn empty_bin(org: &Org, who: &Session, ids: &[String]) -> Written<String> {
    let targets = targets(org, ids);
    guarded(org, who, Deed::Purge, &targets, ids, false, |world, some| world.empty_bin(&who.user, some))
}

pub(crate) fn merge(org: &Org, who: &Session, merge: &Merge) -> Written<Saved> {
    let master = targets(org, &[merge.master.id.clone().unwrap_or_default()]);
    one(org, who, &master, merge, |world, it| world.merge(&who.user, it))
}

pub(crate) fn convert(org: &Org, who: &Session, conversion: &LeadConversion) -> Written<Saved> {
    let lead = targets(org, std::slice::from_ref(&conversion.lead_id));
    one(org, who, &lead, conversion, |world, it| world.convert_lead(&who.user, it))
}

fn one<I: Clone>(
    org: &Org,
    who: &Session,
    target: &[(String, Option<String>)],
    item: &I,
    act: impl FnOnce(&mut World, &I) -> Written<Saved>,
) -> Written<Saved> {
    guarded(org, who, Deed::Update, target, std::slice::from_ref(item), true, |world, _| act(world, item))
}

fn targets(org: &Org, ids: &[String]) -> Vec<(String, Option<String>)> {
    let world = org.world();
    ids.iter()
        .map(|id| {
            let object = world.object_with_prefix(id).map(|it| it.name.clone()).unwrap_or_default();
            (object, Some(id.clone()))
        })
        .collect()
}

/// Refuses the records that a fault names, hands the others to the deed, and puts the results in order.
fn guarded<I: Clone, T>(
    org: &Org,
    who: &Session,
    deed: Deed,
    targets: &[(String, Option<String>)],
    items: &[I],
    all_or_none: bool,
    act: impl FnOnce(&mut World, &[I]) -> Written<T>,
) -> Written<T> {
    let struck: Vec<Option<SfError>> = targets
        .iter()
        .map(|(object, id)| {
            let code = org.faults.refuse_write(object, id.as_deref()).or_else(|| {
                let id = id.as_deref().filter(|_| deed == Deed::Delete)?;
                // What goes along has to be locked too.
                let along = org.world().goes_along(&who.user, id);
                along.iter().find_map(|(object, id)| org.faults.refuse_lock(object, id))
            });
            code.map(|code| fault(&code, id.as_deref()))
        })
        .collect();
    let mut passing: Vec<I> = Vec::new();
    for (item, refused) in items.iter().zip(&struck) {
        if refused.is_none() {
            passing.push(item.clone());
        }
    }
    let hopeless = all_or_none && passing.len() < items.len();
    let done = if hopeless {
        let results = passing.iter().map(|_| Err(rolled_back())).collect();
        Written { results, changes: Vec::new() }
    } else {
        org.write(who, |world| act(world, &passing))
    };
    let mut changes = done.changes;
    let mut rest = done.results.into_iter();
    let mut results = Vec::with_capacity(items.len());
    for ((object, id), refused) in targets.iter().zip(struck) {
        match refused {
            Some(error) => {
                changes.push(Change {
                    deed,
                    object: object.clone(),
                    id: id.as_deref().and_then(crate::world::id18).unwrap_or_default(),
                    outcome: error.code.clone(),
                });
                results.push(Err(error));
            }
            None => results.push(rest.next().unwrap_or_else(|| Err(unexpected()))),
        }
    }
    Written { results, changes }
}

fn fault(code: &str, id: Option<&str>) -> SfError {
    let message = match code {
        "UNABLE_TO_LOCK_ROW" => {
            format!("unable to obtain exclusive access to this record or 1 records: {}", id.unwrap_or(""))
        }
        "ENTITY_IS_LOCKED" => "This record is locked. If you need to edit it, contact your admin.".to_owned(),
        "FIELD_CUSTOM_VALIDATION_EXCEPTION" => "A validation rule of this org refused the change".to_owned(),
        "DELETE_FAILED" => "Your attempt to delete the record could not be completed".to_owned(),
        "INSUFFICIENT_ACCESS_OR_READONLY" => "insufficient access rights on object id".to_owned(),
        _ => "The change was refused".to_owned(),
    };
    SfError::new(code, message)
}

fn unexpected() -> SfError {
    SfError::new("UNKNOWN_EXCEPTION", "An unexpected error occurred.").status(500)
}

/// What good records of an all-or-none request carry when another one failed.
pub(super) fn rolled_back() -> SfError {
    SfError::new(
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "Record rolled back because not all records were valid and the request was using AllOrNone header",
    )
}

/// The one result of a deed on one record, with its changes noted either way.
pub(super) fn single<T>(written: Written<T>) -> Result<(T, Vec<super::super::answer::Change>), Refusal> {
    let changes = logged(&written.changes);
    match written.results.into_iter().next() {
        Some(Ok(it)) => Ok((it, changes)),
        Some(Err(error)) => Err(Refusal { changes, ..refusal_of(&error) }),
        None => Err(Refusal { changes, ..refusal_of(&unexpected()) }),
    }
}
