//! Promises of the rehearsal.

use serde_json::json;

use super::world::{World, id, office, presence_of};
use super::*;
use crate::plan::{Cause, Deed};

const DELETE: Option<Decision> = Some(Decision::Delete);

fn steps(rehearsed: &Rehearsed) -> Vec<String> {
    let word =
        |step: &crate::plan::Step| format!("{:?} {:?} {}", step.deed, step.cause, step.object).to_lowercase();
    rehearsed.plan.steps.iter().map(word).collect()
}

fn ids(of: &[crate::plan::Collateral]) -> Vec<&RecordId> {
    of.iter().map(|it| &it.id).collect()
}

#[test]
fn a_case_blocks_its_contact_until_it_is_decided_itself_and_then_goes_first() {
    let world = office().decide("Contact", &id("003", 1), DELETE);
    let rehearsed = world.rehearse();
    assert_eq!(steps(&rehearsed), ["delete cascade task", "delete asked contact"]);
    let blocker = &rehearsed.plan.blockers[0];
    assert_eq!(
        (&blocker.id, blocker.field.as_str(), &blocker.blocks.id),
        (&id("500", 1), "ContactId", &id("003", 1))
    );
    assert_eq!(ids(&rehearsed.plan.collateral), [&id("003", 2)], "a stranger's ReportsToId is emptied");

    let rehearsed = world.decide("Case", &id("500", 1), DELETE).rehearse();
    assert!(rehearsed.plan.blockers.is_empty());
    assert_eq!(
        steps(&rehearsed),
        ["delete cascade emailmessage", "delete cascade task", "delete asked case", "delete asked contact"]
    );
    assert_eq!((rehearsed.waves[&id("500", 1)], rehearsed.waves[&id("003", 1)]), (0, 1));
    let hangs: Vec<_> = rehearsed.hangs.iter().map(|it| (&it.id, &it.on, it.field.as_str())).collect();
    assert!(
        hangs.contains(&(&id("02s", 1), &id("500", 1), "ParentId")),
        "the email hangs on its case: {hangs:?}"
    );
    assert!(!rehearsed.hangs.iter().any(|it| it.id == id("003", 1)), "what was asked for hangs on nothing");
}

#[test]
fn a_company_is_only_rehearsed_when_asked_and_shows_everybody_it_would_take_along() {
    let rehearsed = office().decide("Account", &id("001", 1), DELETE).rehearse();
    assert_eq!(ids(&rehearsed.plan.collateral), [&id("003", 1), &id("003", 2), &id("00T", 1)]);
    assert_eq!(rehearsed.plan.blockers[0].blocks.id, id("003", 1), "the case under one of them still blocks");
}

#[test]
fn a_person_accounts_contact_stands_as_a_step_of_its_own_and_is_never_written() {
    let (account, contact) = (id("001", 7), id("003", 7));
    let rehearsed = office()
        .row("Account", &account, json!({"IsPersonAccount": true, "PersonContactId": contact.as_str()}))
        .row(
            "Contact",
            &contact,
            json!({"LastName": "Cole", "IsPersonAccount": true, "AccountId": account.as_str()}),
        )
        .row("Task", &id("00T", 7), json!({"WhoId": contact.as_str()}))
        .decide("Account", &account, DELETE)
        .decide("Contact", &contact, DELETE)
        .rehearse();
    assert_eq!(steps(&rehearsed), ["delete cascade task", "delete cascade contact", "delete asked account"]);
    assert!(rehearsed.plan.collateral.is_empty(), "{:?}", rehearsed.plan.collateral);
    assert!(rehearsed.plan.blockers.is_empty());
}

#[test]
fn an_activated_order_blocks_a_draft_goes_along() {
    let order = |code: &str| {
        office()
            .row("Account", &id("001", 9), json!({"IsPersonAccount": true, "PersonContactId": null}))
            .row(
                "Order",
                &id("801", 1),
                json!({"AccountId": id("001", 9).as_str(), "StatusCode": code, "BillingStreet": "1 Elm"}),
            )
            .decide("Account", &id("001", 9), DELETE)
    };
    let active = order("Activated");
    assert_eq!(active.rehearse().plan.blockers.len(), 1);
    assert_eq!(steps(&order("Draft").rehearse()), ["delete cascade order", "delete asked account"]);
    let both = active.decide("Order", &id("801", 1), DELETE).rehearse();
    assert_eq!(
        steps(&both),
        ["blank asked order", "delete asked account"],
        "where deleting is barred, fields are emptied"
    );
    assert_eq!(both.values[&id("801", 1)]["BillingStreet"], serde_json::Value::Null);
    assert_eq!(both.plan.blockers.len(), 1, "the order still points at the account");
}

#[test]
fn a_file_goes_only_when_nothing_else_uses_it() {
    let file = |other: Option<RecordId>| {
        let world = office()
            .row("ContentDocument", &id("069", 1), json!({"Title": "id.pdf"}))
            .row("ContentVersion", &id("068", 1), json!({"ContentDocumentId": id("069", 1).as_str()}))
            .row(
                "ContentDocumentLink",
                &id("06A", 1),
                json!({"ContentDocumentId": id("069", 1).as_str(), "LinkedEntityId": id("003", 1).as_str()}),
            )
            .row(
                "ContentDocumentLink",
                &id("06A", 2),
                json!({"ContentDocumentId": id("069", 1).as_str(), "LinkedEntityId": id("005", 1).as_str()}),
            );
        match other {
            Some(other) => world.row(
                "ContentDocumentLink",
                &id("06A", 3),
                json!({"ContentDocumentId": id("069", 1).as_str(), "LinkedEntityId": other.as_str()}),
            ),
            None => world,
        }
        .decide("Contact", &id("003", 1), DELETE)
    };
    let alone = file(None).rehearse();
    let document = alone.plan.steps.iter().find(|step| step.object == "ContentDocument").unwrap();
    assert_eq!((document.deed, document.cause), (Deed::Delete, Cause::Asked));
    assert!(
        alone.plan.steps.iter().any(|step| step.object == "ContentVersion" && step.cause == Cause::Cascade)
    );
    let shared = file(Some(id("500", 1))).rehearse();
    assert!(!shared.plan.steps.iter().any(|step| step.object == "ContentDocument"));
    assert!(ids(&shared.plan.collateral).contains(&&id("069", 1)));
}

#[test]
fn what_is_to_be_kept_is_never_taken_along_by_a_cascade() {
    let rehearsed = office()
        .decide("Contact", &id("003", 1), DELETE)
        .decide("Task", &id("00T", 1), Some(Decision::Keep))
        .rehearse();
    assert_eq!(steps(&rehearsed), ["keep asked contact", "keep asked task"]);
    assert!(rehearsed.plan.blockers.iter().any(|it| it.id == id("00T", 1) && it.blocks.id == id("003", 1)));
}

#[test]
fn rows_in_the_bin_and_merge_losers_are_steps_and_bin_rows_do_not_block() {
    let mut world = office()
        .row(
            "Contact",
            &id("003", 5),
            json!({"LastName": "Old", "IsDeleted": true, "MasterRecordId": id("003", 1).as_str()}),
        )
        .decide("Contact", &id("003", 1), DELETE)
        .decide("Contact", &id("003", 5), DELETE);
    world
        .schema
        .objects
        .get_mut("Contact")
        .unwrap()
        .fields
        .push(crate::schema::Field { name: "MasterRecordId".into(), ..Default::default() });
    world.bin(&id("500", 1));
    let rehearsed = world.rehearse();
    assert_eq!(presence_of(&rehearsed, &id("003", 5)), Some(Presence::Merged));
    assert!(rehearsed.plan.blockers.is_empty());
}

#[test]
fn the_digest_is_the_same_for_the_same_org_and_another_for_any_change() {
    let world = office().decide("Contact", &id("003", 1), DELETE);
    let first = world.rehearse();
    assert_eq!(first, world.rehearse());
    assert!(first.fits_its_digest());
    let changed = world.clone().row(
        "Task",
        &id("00T", 1),
        json!({"WhoId": id("003", 1).as_str(), "LastModifiedDate": "2026-11-02T09:00:00.000+0000"}),
    );
    assert_ne!(changed.rehearse().plan.digest, first.plan.digest);
    let more = world.clone().row("Task", &id("00T", 2), json!({"WhoId": id("003", 1).as_str()}));
    assert_ne!(more.rehearse().plan.digest, first.plan.digest);
    let mut altered = first;
    altered.plan.steps[0].because.push('!');
    assert!(!altered.fits_its_digest());
}

#[test]
fn one_refused_child_does_not_hide_the_others() {
    let mut world = office().decide("Contact", &id("003", 1), DELETE);
    world.refuse.push("Case".into());
    let rehearsed = world.rehearse();
    assert!(rehearsed.plan.steps.iter().any(|step| step.object == "Task"));
    assert!(
        rehearsed
            .plan
            .by_hand
            .iter()
            .any(|it| it.what.contains("Case") && it.because.contains("INVALID_TYPE"))
    );
}

#[test]
fn an_empty_set_is_refused_and_a_record_that_vanished_is_told() {
    let world = office().decide("Contact", &id("003", 1), None);
    assert_eq!(Rehearsal::begin(world.wanted()).unwrap_err(), RehearseProblem::NothingDecided);
    let mut gone = office().decide("Contact", &id("003", 1), DELETE);
    gone.rows.remove(&id("003", 1));
    let rehearsed = gone.rehearse();
    assert!(rehearsed.plan.steps.is_empty());
    assert!(rehearsed.plan.by_hand.iter().any(|it| it.what.starts_with("Locate again")));
}

#[test]
fn two_hundred_children_of_one_kind_go_in_one_batch_per_two_hundred() {
    let mut world: World = office();
    for n in 100..600 {
        world = world.row("Task", &id("00T", n), json!({"WhoId": id("003", 1).as_str()})).decide(
            "Task",
            &id("00T", n),
            DELETE,
        );
    }
    let rehearsed =
        world.decide("Contact", &id("003", 1), DELETE).decide("Case", &id("500", 1), DELETE).rehearse();
    let approved = crate::carry_out::Approved::check(
        rehearsed.clone(),
        Some(&rehearsed.plan.digest),
        &rehearsed.plan.digest,
    )
    .unwrap();
    let live =
        rehearsed.plan.steps.iter().map(|step| (step.id.clone(), crate::carry_out::Standing::Live)).collect();
    let sizes: Vec<usize> = approved.writes(&live, &[]).iter().map(|it| it.rows().len()).collect();
    assert_eq!(sizes, [200, 200, 101, 1], "500 tasks and a case, then the contact");
}

#[test]
fn a_value_is_set_with_what_follows_and_what_may_overwrite_it() {
    let (ana, user) = (id("003", 1), id("005", 1));
    let world = office()
        .object("CampaignMember", "00v", &["ContactId->Contact", "Email:email"])
        .object("ContactCleanInfo", "0CC", &["ContactId->Contact"])
        .object("User", "005", &["Username", "UserType:picklist", "ProfileId->Profile"])
        .object(
            "Contact",
            "003",
            &["LastName", "Email:email", "LastModifiedById->User", "IsPersonAccount:boolean"],
        )
        .row(
            "Contact",
            &ana,
            json!({"LastName": "Berg", "Email": "anna@example.com", "LastModifiedById": user.as_str()}),
        )
        .row("CampaignMember", &id("00v", 1), json!({"ContactId": ana.as_str(), "Email": "anna@example.com"}))
        .row("ContactCleanInfo", &id("0CC", 1), json!({"ContactId": ana.as_str()}))
        .row("User", &user, json!({"UserType": "AutomatedProcess"}))
        .set(&ana, "Email", json!("ana@example.com"));
    let rehearsed = world.rehearse();
    assert_eq!(steps(&rehearsed), ["replace asked contact", "replace cascade campaignmember"]);
    assert_eq!(rehearsed.values.len(), 1, "what follows is never written");
    assert_eq!(rehearsed.shown[0].before, json!("anna@example.com"));
    let warned: Vec<&str> = rehearsed.plan.by_hand.iter().map(|it| it.what.as_str()).take(2).collect();
    assert!(
        warned[0].contains("ContactCleanInfo") && warned[1].contains("integration changed Contact"),
        "{warned:?}"
    );
    assert!(rehearsed.fits_its_digest());
    let other = world.clone().set(&ana, "LastName", json!("Borg")).rehearse();
    assert_ne!(other.plan.digest, rehearsed.plan.digest, "another value is another plan");
    let kept = serde_json::to_string(&rehearsed.plan).unwrap();
    assert!(!kept.contains("example.com"), "a plan names fields only");
}

#[test]
fn a_value_that_stands_already_is_kept_and_one_that_does_not_fit_blocks_only_itself() {
    let ana = id("003", 1);
    let world = office().set(&ana, "Email", json!("ANA@example.com"));
    let rehearsed = world.clone().rehearse();
    assert_eq!(steps(&rehearsed), ["keep asked contact"]);
    assert!(!rehearsed.changes[0].write);
    let mixed = world.set(&ana, "LastName", json!(null)).set(&ana, "AccountId", json!(null)).rehearse();
    assert_eq!(steps(&mixed), ["blank asked contact"]);
    assert_eq!(
        (mixed.plan.blockers[0].field.as_str(), mixed.plan.steps[0].fields.clone()),
        ("LastName", vec!["AccountId".to_owned()])
    );
}

#[test]
fn the_contact_of_a_person_account_is_corrected_through_its_account_and_a_deleted_record_is_not_corrected_first()
 {
    let (account, contact) = (id("001", 7), id("003", 7));
    let world = office()
        .object("Account", "001", &["IsPersonAccount:boolean", "PersonContactId->Contact", "PersonEmail:email"])
        .row("Account", &account, json!({"IsPersonAccount": true, "PersonContactId": contact.as_str(), "PersonEmail": "a@example.com"}))
        .row("Contact", &contact, json!({"IsPersonAccount": true, "AccountId": account.as_str(), "Email": "a@example.com"}))
        .set(&contact, "Email", json!("b@example.com"));
    let rehearsed = world.rehearse();
    assert_eq!(steps(&rehearsed), ["replace asked account", "replace cascade contact"]);
    assert_eq!(rehearsed.plan.steps[0].fields, ["PersonEmail"]);
    let gone = office()
        .decide("Contact", &id("003", 1), DELETE)
        .set(&id("003", 1), "Email", json!("b@example.com"))
        .rehearse();
    assert_eq!(steps(&gone), ["delete cascade task", "delete asked contact"]);
}
