//! Promises of carrying out and proving.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::prove::{Proof, ProvedState, ToProve, keyed_hashes};
use crate::rehearse::world::{World, id, office};
use crate::review::Decision;
use crate::subject::Subject;

fn world() -> World {
    office().decide("Contact", &id("003", 1), Some(Decision::Delete)).decide(
        "Case",
        &id("500", 1),
        Some(Decision::Delete),
    )
}

fn approved(world: &World) -> Approved {
    let rehearsed = world.rehearse();
    let digest = rehearsed.plan.digest.clone();
    Approved::check(rehearsed, Some(&digest), &digest).unwrap()
}

fn standings(world: &World, plan: &Approved) -> Standings {
    plan.standings(&world.ask_all(&plan.standing_asks()))
}

/// Puts a batch and what hangs under it into the bin, and journals it.
fn run(world: &mut World, plan: &Approved, batch: &WriteBatch, n: u32) -> Vec<JournalLine> {
    let ids: Vec<RecordId> = batch.ids().cloned().collect();
    let below = [("003", "00T"), ("500", "02s")];
    for done in &ids {
        world.bin(done);
        for (_, child) in below.iter().filter(|(parent, _)| done.prefix() == *parent) {
            world.bin(&id(child, 1));
        }
    }
    let answers: Vec<WriteAnswer> =
        ids.iter().map(|id| WriteAnswer { id: id.clone(), error: None }).collect();
    let digest = plan.rehearsed().plan.digest.clone();
    let line = |phase, outcomes| JournalLine {
        digest: digest.clone(),
        batch: n,
        kind: BatchKind::Delete,
        phase,
        ids: ids.clone(),
        outcomes,
    };
    vec![line(Phase::Intent, Vec::new()), line(Phase::Done, plan.outcomes(batch, &answers))]
}

fn ended_as(outcomes: &[Outcome]) -> Vec<(&str, Ended)> {
    outcomes.iter().map(|it| (it.object.as_str(), it.outcome)).collect()
}

#[test]
fn only_the_approved_digest_opens_the_way() {
    let rehearsed = world().rehearse();
    let digest = rehearsed.plan.digest.clone();
    assert_eq!(Approved::check(rehearsed.clone(), None, &digest), Err(NotApproved::NeverApproved));
    assert_eq!(Approved::check(rehearsed.clone(), Some(&digest), "0"), Err(NotApproved::OtherDigest));
    let mut altered = rehearsed;
    altered.plan.steps.pop();
    assert_eq!(Approved::check(altered, Some(&digest), &digest), Err(NotApproved::Altered));
}

#[test]
fn cascaded_records_are_never_written_and_a_second_run_writes_only_what_is_left() {
    let mut world = world();
    let plan = approved(&world);
    let batches = plan.writes(&standings(&world, &plan), &[]);
    let written: Vec<&str> = batches.iter().map(WriteBatch::object).collect();
    assert_eq!(written, ["Case", "Contact"]);

    // Killed between the two batches, before the first one's answer was journalled.
    let journal = run(&mut world, &plan, &batches[0], 1);
    let journal = &journal[..1];
    let left = plan.writes(&standings(&world, &plan), journal);
    assert_eq!(left.iter().flat_map(WriteBatch::ids).collect::<Vec<_>>(), [&id("003", 1)]);
    let journal: Vec<JournalLine> =
        journal.iter().cloned().chain(run(&mut world, &plan, &left[0], 2)).collect();
    let now = standings(&world, &plan);
    assert!(plan.writes(&now, &journal).is_empty());
    assert!(
        plan.settle(&now, &journal).iter().all(|it| it.outcome == Ended::Deleted),
        "{:?}",
        plan.settle(&now, &journal)
    );

    let purge: Vec<&RecordId> = plan
        .purges(&now)
        .iter()
        .flat_map(|it| it.ids().collect::<Vec<_>>())
        .cloned()
        .collect::<Vec<_>>()
        .leak()
        .iter()
        .collect();
    assert_eq!(purge, [&id("500", 1), &id("003", 1)], "children of the cascade go with their parents");
    let back: Vec<RecordId> =
        plan.undos(&now, &journal).iter().flat_map(|it| it.ids().cloned().collect::<Vec<_>>()).collect();
    assert_eq!(back, [id("003", 1), id("500", 1)], "parents come back first");
}

#[test]
fn in_the_middle_of_a_run_each_record_says_what_the_org_answered_for_it() {
    let mut world = world();
    let plan = approved(&world);
    let steps = &plan.rehearsed().plan;
    let stages = |settled: &[Outcome], journal: &[JournalLine], lines: usize| {
        let now = so_far(steps, settled, journal, lines).unwrap();
        let of = |prefix: &str| now.records.iter().find(|it| it.id.prefix() == prefix).unwrap().stage;
        ((now.answered, now.of), [of("500"), of("003"), of("00T")])
    };
    assert_eq!(so_far(steps, &[], &[], 0), None, "nothing went out yet");
    let batches = plan.writes(&standings(&world, &plan), &[]);
    let mut journal = run(&mut world, &plan, &batches[0], 1);
    assert_eq!(stages(&[], &journal[..1], 0), ((0, 2), [Stage::Sent, Stage::Waiting, Stage::Along]));
    let in_bin = Stage::Ended(Ended::Deleted);
    assert_eq!(stages(&[], &journal, 0), ((1, 2), [in_bin, Stage::Waiting, Stage::Along]));
    journal.extend(run(&mut world, &plan, &batches[1], 2));
    let settled = plan.settle(&standings(&world, &plan), &journal);
    assert_eq!(so_far(steps, &settled, &journal, journal.len()), None, "the run was settled");

    let lines = journal.len();
    let purge = &plan.purges(&standings(&world, &plan))[0];
    let mut emptied = run(&mut world, &plan, purge, 3);
    emptied.iter_mut().for_each(|line| line.kind = BatchKind::Purge);
    let first = emptied[1].outcomes.first_mut().unwrap();
    first.error = Some(OutcomeError { code: "UNABLE_TO_LOCK_ROW".into(), message: "locked".into() });
    first.outcome = Ended::Locked;
    journal.extend(emptied);
    assert_eq!(
        stages(&settled, &journal, lines),
        ((1, 2), [Stage::Ended(Ended::Locked), in_bin, in_bin]),
        "what was settled before stays until the org answers anew"
    );
    let mut emptied = run(&mut world, &plan, &batches[1], 4);
    emptied.iter_mut().for_each(|line| line.kind = BatchKind::Purge);
    journal.extend(emptied);
    assert_eq!(stages(&settled, &journal, lines).1[1], Stage::Ended(Ended::Purged));
    let mut undo = run(&mut world, &plan, &batches[1], 5);
    undo.iter_mut().for_each(|line| line.kind = BatchKind::Undo);
    journal.extend(undo);
    assert_eq!(
        stages(&settled, &journal, lines),
        ((1, 2), [Stage::Ended(Ended::Locked), Stage::BroughtBack, in_bin])
    );
}

#[test]
fn a_locked_record_is_tried_again_and_a_refused_one_keeps_its_reason() {
    let world = world();
    let plan = approved(&world);
    let now = standings(&world, &plan);
    let batch = &plan.writes(&now, &[])[0];
    let refused = |code: &str| {
        let refusal = Refusal { code: code.into(), message: "no".into() };
        plan.outcomes(batch, &[WriteAnswer { id: id("500", 1), error: Some(refusal) }])
    };
    let locked = refused("UNABLE_TO_LOCK_ROW");
    assert_eq!(ended_as(&locked), [("Case", Ended::Locked)]);
    assert_eq!(plan.again(batch, &locked).unwrap().ids().collect::<Vec<_>>(), [&id("500", 1)]);
    assert_eq!(ended_as(&refused("DELETE_FAILED")), [("Case", Ended::Refused)]);
    assert!(plan.again(batch, &refused("DELETE_FAILED")).is_none());
    assert_eq!(ended_as(&refused("ENTITY_IS_DELETED")), [("Case", Ended::AlreadyGone)]);
    assert_eq!(ended_as(&plan.outcomes(batch, &[])), [("Case", Ended::Failed)], "silence is failure");
    let line = JournalLine {
        digest: plan.rehearsed().plan.digest.clone(),
        batch: 1,
        kind: BatchKind::Delete,
        phase: Phase::Done,
        ids: vec![id("500", 1)],
        outcomes: plan.outcomes(batch, &[WriteAnswer { id: id("500", 1), error: None }]),
    };
    let settled = plan.settle(&now, &[line]);
    let case = settled.iter().find(|it| it.object == "Case").unwrap();
    assert_eq!(
        case.error.as_ref().unwrap().code,
        "STILL_THERE",
        "an acknowledged delete that did nothing is a failure"
    );
}

#[test]
fn every_change_since_the_rehearsal_is_named() {
    let world = world();
    let plan = approved(&world);
    let none = BTreeSet::new();
    assert!(drift(plan.rehearsed(), &world.rehearse(), &none).is_empty());
    let later = json!({"WhoId": id("003", 1).as_str(), "LastModifiedDate": "2026-11-20T09:00:00.000+0000"});
    let changed = world.clone().row("Task", &id("00T", 1), later);
    let found = drift(plan.rehearsed(), &changed.rehearse(), &none);
    assert_eq!(
        (found.len(), &found[0].id, found[0].change.as_str()),
        (1, &id("00T", 1), "changed since the rehearsal")
    );
    let more = world.clone().row("Task", &id("00T", 2), json!({"WhoId": id("003", 1).as_str()}));
    assert_eq!(
        drift(plan.rehearsed(), &more.rehearse(), &none)[0].change,
        "new: the plan would touch it now"
    );
    let mut less = world.clone();
    less.rows.remove(&id("00T", 1));
    assert_eq!(drift(plan.rehearsed(), &less.rehearse(), &none).len(), 1);

    let batch = &plan.writes(&standings(&world, &plan), &[])[1];
    assert!(plan.before_drift(batch, &world.ask_all(&plan.before_asks(batch))).is_empty());
    let mut touched = world.clone();
    let row = touched.rows.get_mut(&id("003", 1)).unwrap();
    row.values.insert("LastModifiedDate".into(), json!("2026-11-01T09:00:00Z"));
    assert!(
        plan.before_drift(batch, &touched.ask_all(&plan.before_asks(batch))).is_empty(),
        "the same instant"
    );
    let row = touched.rows.get_mut(&id("003", 1)).unwrap();
    row.values.insert("LastModifiedDate".into(), json!("2026-11-20T09:00:00.000+0000"));
    assert_eq!(plan.before_drift(batch, &touched.ask_all(&plan.before_asks(batch))).len(), 1);
}

#[test]
fn a_proof_tells_gone_from_bin_and_finds_what_an_integration_brought_back() {
    let mut world = world();
    let plan = approved(&world);
    let subject = Subject {
        emails: vec!["ana@example.com".into()],
        names: vec!["Ana Berg".into()],
        ..Subject::default()
    };
    let hashes = keyed_hashes(b"key", &subject, &[]);
    world.rows.remove(&id("00T", 1));
    world.bin(&id("003", 1));
    world = world.row("Contact", &id("003", 77), json!({"LastName": "Berg", "Email": "ANA@example.com"}));
    let proof = |outcomes: Vec<Outcome>, refuse: &str| {
        let mut world = world.clone();
        world.refuse.extend((!refuse.is_empty()).then(|| refuse.to_owned()));
        let mut proof = Proof::begin(ToProve {
            rehearsed: plan.rehearsed().clone(),
            outcomes,
            schema: world.schema.clone(),
            subject: None,
            hashes: hashes.clone(),
            hash_key: b"key".to_vec(),
            carried_out_at: "2026-11-21T10:00:00Z".parse().unwrap(),
            known: vec![id("003", 2)],
            before: Vec::new(),
            set: Vec::new(),
        });
        loop {
            let asks = proof.next();
            if asks.is_empty() {
                break proof.finish();
            }
            proof.answer(asks.iter().map(|ask| world.answer(ask)).collect());
        }
    };
    let proved = proof(Vec::new(), "");
    let states: Vec<(&str, ProvedState)> =
        proved.records.iter().map(|it| (it.object.as_str(), it.state)).collect();
    assert_eq!(
        states,
        [
            ("Case", ProvedState::StillThere),
            ("Contact", ProvedState::InBin),
            ("Contact", ProvedState::Reappeared),
            ("EmailMessage", ProvedState::StillThere),
            ("Task", ProvedState::Gone)
        ]
    );
    assert_eq!(
        (proved.certificate.gone, proved.certificate.in_bin, proved.certificate.reappeared),
        (1, 1, 1)
    );
    let purged = Outcome { object: "Contact".into(), id: id("003", 1), outcome: Ended::Purged, error: None };
    assert_eq!(proof(vec![purged], "").certificate.purged_but_visible, 1);
    let unread = proof(Vec::new(), "Task");
    assert_eq!(unread.certificate.gone, 0, "what could not be asked about is never called gone");
    assert!(unread.methods.iter().any(|it| it.refused.is_some()));
}

#[test]
fn two_weak_agreements_are_recognised_and_one_is_not() {
    let subject = Subject {
        names: vec!["Ana María Berg".into()],
        phones: vec!["+1 (555) 010-1234".into()],
        ..Subject::default()
    };
    let hashes = keyed_hashes(b"key", &subject, &[]);
    let world = World::default().object(
        "Lead",
        "00Q",
        &["FirstName", "LastName", "Name", "Phone:phone", "Email:email"],
    );
    let row = |values: serde_json::Value| {
        world.clone().row("Lead", &id("00Q", 1), values).rows[&id("00Q", 1)].clone()
    };
    let recognised =
        |values| crate::prove::recognises(b"key", &world.schema.objects["Lead"], &row(values), &hashes);
    assert!(recognised(json!({"Name": "BERG, Ana Maria", "Phone": "555.010.1234 x9"})));
    assert!(recognised(json!({"FirstName": "Ana Maria", "LastName": "Berg", "Phone": "15550101234"})));
    assert!(!recognised(json!({"Name": "Ana Maria Berg"})));
    assert!(!recognised(json!({"Phone": "5550101234"})));
}

/// A contact whose email is to be set, with the campaign member that copies it.
fn valued() -> World {
    let ana = id("003", 1);
    office()
        .object("CampaignMember", "00v", &["ContactId->Contact", "Email:email"])
        .row("Contact", &ana, json!({"LastName": "Berg", "Email": "anna@example.com"}))
        .row("CampaignMember", &id("00v", 1), json!({"ContactId": ana.as_str(), "Email": "anna@example.com"}))
        .set(&ana, "Email", json!("ana@example.com"))
}

fn write(world: &mut World, record: &RecordId, field: &str, value: &str) {
    world.rows.get_mut(record).unwrap().values.insert(field.into(), json!(value));
}

#[test]
fn a_value_is_written_once_read_back_and_a_write_that_did_nothing_failed() {
    let mut world = valued();
    let plan = approved(&world);
    let now = standings(&world, &plan);
    let batches = plan.writes(&now, &[]);
    assert_eq!(
        batches.iter().map(WriteBatch::object).collect::<Vec<_>>(),
        ["Contact"],
        "a copy is never written"
    );
    let line = JournalLine {
        digest: plan.rehearsed().plan.digest.clone(),
        batch: 1,
        kind: BatchKind::Write,
        phase: Phase::Done,
        ids: vec![id("003", 1)],
        outcomes: plan.outcomes(&batches[0], &[WriteAnswer { id: id("003", 1), error: None }]),
    };
    let journal = [line];
    assert!(plan.writes(&now, &journal).is_empty());
    let settled =
        |world: &World| plan.read_back(plan.settle(&now, &journal), &world.ask_all(&plan.value_asks()));
    let nothing = settled(&world);
    let code = |outcomes: &[Outcome], n: usize| outcomes[n].error.as_ref().map(|it| it.code.clone());
    assert_eq!(code(&nothing, 0).as_deref(), Some("NOT_CHANGED"));
    assert_eq!(code(&nothing, 1).as_deref(), Some("NOT_FOLLOWED"));
    write(&mut world, &id("003", 1), "Email", "ana@example.com");
    write(&mut world, &id("00v", 1), "Email", "ana@example.com");
    assert_eq!(
        ended_as(&settled(&world)),
        [("Contact", Ended::Replaced), ("CampaignMember", Ended::Replaced)]
    );
    assert!(
        drift(plan.rehearsed(), &world.rehearse(), &ours(&journal)).is_empty(),
        "our own change is no drift"
    );
}

#[test]
fn undo_restores_a_value_only_while_it_is_the_one_that_was_set_and_a_proof_tells_which_stand() {
    let mut world = valued();
    let plan = approved(&world);
    let before: Vec<Row> = world.rows.values().cloned().collect();
    let set = crate::change::set_values("d", &plan.rehearsed().changes, &before, b"key");
    let line = JournalLine {
        digest: "d".into(),
        batch: 1,
        kind: BatchKind::Write,
        phase: Phase::Intent,
        ids: vec![id("003", 1)],
        outcomes: Vec::new(),
    };
    let restores = |world: &World, journal: &[JournalLine]| {
        let now: Vec<Row> = world.rows.values().cloned().collect();
        let (batches, left) = Approved::restores(&set, &before, &now, journal, b"key");
        (batches.iter().flat_map(|it| it.rows().to_vec()).collect::<Vec<_>>(), left.len())
    };
    let state = |world: &World| {
        let mut proof = Proof::begin(ToProve {
            rehearsed: plan.rehearsed().clone(),
            outcomes: plan.settle(&Standings::new(), &[]),
            schema: world.schema.clone(),
            subject: None,
            hashes: Vec::new(),
            hash_key: b"key".to_vec(),
            carried_out_at: "2026-11-21T10:00:00Z".parse().unwrap(),
            known: Vec::new(),
            before: Vec::new(),
            set: set.clone(),
        });
        let asks = proof.next();
        proof.answer(asks.iter().map(|ask| world.answer(ask)).collect());
        proof.finish().values[0].state
    };
    assert_eq!(state(&world), ProvedState::StillThere);
    write(&mut world, &id("003", 1), "Email", "ana@example.com");
    assert_eq!(state(&world), ProvedState::AsSet);
    assert_eq!(restores(&world, &[]).0.len(), 0, "nothing that no batch of ours named");
    let (rows, left) = restores(&world, std::slice::from_ref(&line));
    assert_eq!((rows[0].1["Email"].clone(), left), (json!("anna@example.com"), 0));
    write(&mut world, &id("003", 1), "Email", "somebody@example.com");
    assert_eq!(state(&world), ProvedState::Overwritten);
    assert_eq!(restores(&world, &[line]).1, 1, "somebody changed it since");
}
