use super::*;
use crate::world::{Merge, Record};
use std::slice;

/// An account with two contacts; Ana has a case, a secret, a link to a file and is Bo's manager.
fn org() -> (World, Ids) {
    let folder = Folder::new();
    let ids = Ids::default();
    folder.records("Account", &["Id,Name", &format!("{},Alder", ids.account)]);
    folder.records(
        "Contact",
        &[
            "Id,FirstName,LastName,Email,AccountId,ReportsToId",
            &format!("{},Ana,Reyes,ana@example.com,{},", ids.ana, ids.account),
            &format!("{},Bo,Lund,bo@example.com,{},{}", ids.bo, ids.account, ids.ana),
        ],
    );
    folder.records("Secret__c", &["Id,Name,Contact__c", &format!("{},S-1,{}", ids.secret, ids.ana)]);
    folder.records(
        "ContentVersion",
        &["Id,ContentDocumentId,Title", &format!("{},{},Scan", ids.version, ids.document)],
    );
    folder.put(&format!("files/{}", ids.version), b"scan");
    folder.records(
        "ContentDocumentLink",
        &["Id,ContentDocumentId,LinkedEntityId", &format!("{},{},{}", ids.link, ids.document, ids.ana)],
    );
    folder.put("org.toml", ORG.replace("no_objects = [\"Secret__c\"]", ""));
    let world = folder.load().unwrap();
    (world, Ids { folder: Some(folder), ..ids })
}

struct Ids {
    /// Bodies are read from it when asked for.
    folder: Option<Folder>,
    account: String,
    ana: String,
    bo: String,
    secret: String,
    version: String,
    document: String,
    link: String,
    case: String,
}

impl Default for Ids {
    fn default() -> Self {
        Self {
            folder: None,
            account: id("001", 1),
            ana: id("003", 1),
            bo: id("003", 2),
            secret: id("a01", 1),
            version: id("068", 1),
            document: id("069", 1),
            link: id("06A", 1),
            case: id("500", 1),
        }
    }
}

fn gone(world: &World, object: &str, id: &str) -> bool {
    world.table(object).unwrap().by_id(id).is_none()
}

fn in_bin(world: &World, object: &str, id: &str) -> bool {
    let table = world.table(object).unwrap();
    table.by_id(id).is_some_and(|it| table.is_deleted(it))
}

fn value(world: &World, object: &str, id: &str, field: &str) -> Option<String> {
    let table = world.table(object).unwrap();
    table.named(table.by_id(id).unwrap(), field).map(str::to_owned)
}

#[test]
fn a_deleted_contact_takes_children_along_and_clears_lookups() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    let written = world.delete(&officer, &[ids.ana[..15].to_owned()], false);
    assert_eq!(written.results, [Ok(ids.ana.clone())]);
    assert!(in_bin(&world, "Contact", &ids.ana) && in_bin(&world, "Secret__c", &ids.secret));
    assert!(in_bin(&world, "ContentDocumentLink", &ids.link));
    assert!(!in_bin(&world, "ContentDocument", &ids.document), "the orphaned file stays");
    assert_eq!(value(&world, "Contact", &ids.bo, "ReportsToId"), None, "cleared");
    let mut told = told(&written.changes);
    told.sort();
    assert_eq!(
        told,
        ["delete Contact ok", "delete ContentDocumentLink ok", "delete Secret__c ok", "update Contact ok"]
    );
    let again = world.delete(&officer, slice::from_ref(&ids.ana), false);
    assert_eq!(again.results[0].as_ref().unwrap_err().code, "ENTITY_IS_DELETED");
    let listed = world.deleted_between("contact", noon(), noon());
    assert_eq!(listed, [(ids.ana.clone(), noon())]);
}

#[test]
fn a_record_brought_back_brings_its_children_and_lookups_back() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    world.delete(&officer, slice::from_ref(&ids.ana), false);
    let child = world.undelete(&officer, slice::from_ref(&ids.secret));
    assert_eq!(child.results[0].as_ref().unwrap_err().code, "UNDELETE_FAILED");
    let written = world.undelete(&officer, &[ids.ana.clone(), id("003", 99)]);
    assert!(written.results[0].is_ok());
    assert_eq!(written.results[1].as_ref().unwrap_err().code, "UNDELETE_FAILED");
    assert!(!in_bin(&world, "Contact", &ids.ana) && !in_bin(&world, "Secret__c", &ids.secret));
    assert_eq!(value(&world, "Contact", &ids.bo, "ReportsToId"), Some(ids.ana.clone()));
    assert!(world.deleted_between("Contact", noon(), noon()).is_empty());
}

#[test]
fn purging_a_record_purges_what_went_with_it_and_nothing_else_has_an_entry() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    world.delete(&officer, slice::from_ref(&ids.ana), false);
    let written =
        world.empty_bin(&officer, &[ids.secret.clone(), ids.bo.clone(), ids.ana.clone(), ids.ana.clone()]);
    for refused in [0, 1, 3] {
        let error = written.results[refused].as_ref().unwrap_err();
        assert_eq!(error.message, "no recycle bin entry found");
    }
    assert!(written.results[2].is_ok());
    assert!(gone(&world, "Contact", &ids.ana) && gone(&world, "Secret__c", &ids.secret));
    assert_eq!(world.deleted_between("Contact", noon(), noon()).len(), 1, "/deleted still knows it");
    let again = world.delete(&officer, slice::from_ref(&ids.ana), false);
    assert_eq!(again.results[0].as_ref().unwrap_err().code, "INVALID_CROSS_REFERENCE_KEY");
}

#[test]
fn a_barred_deletion_leaves_everything_and_names_what_bars_it() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    let case = world.create(
        &officer,
        &[record("Case", None, json!({"Subject": "Late", "ContactId": ids.ana}))],
        false,
    );
    assert!(case.results[0].is_ok());
    let written = world.delete(&officer, &[ids.ana.clone(), ids.bo.clone()], false);
    let error = written.results[0].as_ref().unwrap_err();
    assert_eq!((error.code.as_str(), error.status), ("DELETE_FAILED", 400));
    assert_eq!(
        error.message,
        "Your attempt to delete Ana Reyes could not be completed because it is associated with the following \
         cases.: 00001001\n"
    );
    assert!(!in_bin(&world, "Secret__c", &ids.secret));
    assert!(written.results[1].is_ok(), "the others go on");
    assert!(told(&written.changes).contains(&"delete Contact DELETE_FAILED".to_owned()));
}

#[test]
fn one_refusal_takes_all_back_when_all_or_none_is_asked() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    let written = world.delete(&officer, &[ids.bo.clone(), id("003", 99)], true);
    let codes: Vec<String> = written.results.iter().map(|it| it.as_ref().unwrap_err().code.clone()).collect();
    assert_eq!(codes, ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "INVALID_CROSS_REFERENCE_KEY"]);
    assert!(!in_bin(&world, "Contact", &ids.bo));
    assert!(
        world.undelete(&officer, slice::from_ref(&ids.bo)).results[0].is_err(),
        "and it is not in the bin either"
    );
}

#[test]
fn drafts_go_with_the_account_and_activated_orders_bar_it() {
    for (status, goes) in [("Draft", true), ("Activated", false)] {
        let (mut world, ids) = org();
        let officer = officer(&world);
        let order = record("Order", None, json!({"Status": status, "AccountId": ids.account}));
        let order = world.create(&officer, &[order], false).results[0].clone().unwrap().id;
        let written = world.delete(&officer, slice::from_ref(&ids.account), false);
        assert_eq!(written.results[0].is_ok(), goes, "{status}");
        assert_eq!(in_bin(&world, "Order", &order), goes, "{status}");
        assert_eq!(in_bin(&world, "Contact", &ids.ana), goes, "contacts go with their account");
    }
}

#[test]
fn what_cannot_be_deleted_says_so() {
    let (mut world, ids) = org();
    let (officer, narrow) = (officer(&world), narrow(&world));
    let user = officer.id.clone();
    let cases =
        [ids.version.clone(), user, "003".to_owned(), format!("{}AAA", &id("003", 5)[..15]), id("zzz", 1)];
    let written = world.delete(&officer, &cases, false);
    let codes: Vec<&str> = written.results.iter().map(|it| it.as_ref().unwrap_err().code.as_str()).collect();
    assert_eq!(codes[..3], ["INVALID_TYPE_FOR_OPERATION", "INVALID_TYPE_FOR_OPERATION", "MALFORMED_ID"]);
    assert_eq!(codes[4], "INVALID_CROSS_REFERENCE_KEY");
    let case = world.create(&officer, &[record("Case", None, json!({"Subject": "X"}))], false);
    let case = case.results[0].clone().unwrap().id;
    let written = world.delete(&narrow, &[case], false);
    assert_eq!(written.results[0].as_ref().unwrap_err().code, "INSUFFICIENT_ACCESS_OR_READONLY");
    assert_eq!(ids.case.len(), 18);
}

#[test]
fn deleting_a_document_takes_versions_and_links_and_their_bytes_when_purged() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    assert!(world.delete(&officer, slice::from_ref(&ids.document), false).results[0].is_ok());
    assert!(
        in_bin(&world, "ContentVersion", &ids.version) && in_bin(&world, "ContentDocumentLink", &ids.link)
    );
    assert!(ids.folder.is_some() && world.body(&ids.version).is_some());
    world.empty_bin(&officer, slice::from_ref(&ids.document));
    assert!(gone(&world, "ContentVersion", &ids.version) && world.body(&ids.version).is_none());
}

#[test]
fn hard_delete_needs_its_permission_and_skips_the_bin() {
    let (mut world, ids) = org();
    let (officer, narrow) = (officer(&world), narrow(&world));
    let refused = world.hard_delete(&narrow, slice::from_ref(&ids.bo));
    assert!(refused.results[0].is_err() && !in_bin(&world, "Contact", &ids.bo));
    let written = world.hard_delete(&officer, slice::from_ref(&ids.bo));
    assert!(written.results[0].is_ok() && gone(&world, "Contact", &ids.bo));
    assert_eq!(told(&written.changes), ["delete Contact ok", "purge Contact ok"]);
}

#[test]
fn delayed_removal_keeps_a_purged_row_visible_until_it_is_removed() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    world.delay_removal(true);
    world.delete(&officer, slice::from_ref(&ids.bo), false);
    assert!(world.empty_bin(&officer, slice::from_ref(&ids.bo)).results[0].is_ok());
    assert!(in_bin(&world, "Contact", &ids.bo), "queryAll still shows it");
    assert!(
        world.undelete(&officer, slice::from_ref(&ids.bo)).results[0].is_err(),
        "but it is not in the bin"
    );
    world.remove_purged();
    assert!(gone(&world, "Contact", &ids.bo));
}

#[test]
fn a_locked_row_is_refused_as_often_as_asked() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    world.lock_row(&ids.secret[..15], 2);
    for _ in 0..2 {
        let written = world.delete(&officer, slice::from_ref(&ids.ana), false);
        assert_eq!(
            written.results[0].as_ref().unwrap_err().code,
            "UNABLE_TO_LOCK_ROW",
            "a child's lock counts"
        );
        assert!(!in_bin(&world, "Contact", &ids.ana));
    }
    assert!(world.delete(&officer, slice::from_ref(&ids.ana), false).results[0].is_ok());
}

#[test]
fn merge_losers_are_in_the_bin_and_their_children_moved() {
    let (mut world, ids) = org();
    let officer = officer(&world);
    let master = record("Contact", Some(&ids.bo), json!({"Phone": "+1 415 555 0101"}));
    let merge = Merge { master, losers: vec![ids.ana.clone()] };
    let written = world.merge(&officer, &merge);
    assert!(written.results[0].is_ok(), "{:?}", written.results);
    assert!(in_bin(&world, "Contact", &ids.ana));
    assert_eq!(value(&world, "Contact", &ids.ana, "MasterRecordId"), Some(ids.bo.clone()));
    assert_eq!(value(&world, "Secret__c", &ids.secret, "Contact__c"), Some(ids.bo.clone()));
    let twice = Merge { master: record("Contact", Some(&ids.bo), json!({})), losers: vec![ids.bo.clone()] };
    assert!(world.merge(&officer, &twice).results[0].is_err());
    assert!(world.empty_bin(&officer, slice::from_ref(&ids.ana)).results[0].is_ok());
    assert!(gone(&world, "Contact", &ids.ana) && !in_bin(&world, "Secret__c", &ids.secret));
}

#[test]
fn rows_that_load_as_deleted_are_in_the_bin_with_what_went_with_them() {
    let folder = Folder::new();
    let (ana, secret, stray) = (id("003", 1), id("a01", 1), id("a01", 2));
    let at = "2026-10-30T10:00:00.000Z";
    folder.records("Contact", &["Id,LastName,IsDeleted,SystemModstamp", &format!("{ana},Reyes,true,{at}")]);
    folder.records(
        "Secret__c",
        &[
            "Id,Contact__c,IsDeleted,SystemModstamp",
            &format!("{secret},{ana},1,{at}"),
            &format!("{stray},{ana},1,2026-10-29T10:00:00.000Z"),
        ],
    );
    let mut world = folder.load().unwrap();
    let officer = officer(&world);
    let written = world.empty_bin(&officer, &[secret.clone(), stray.clone(), ana.clone()]);
    assert_eq!(written.results.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, true, true]);
    assert!(
        [("Contact", ana), ("Secret__c", secret), ("Secret__c", stray)]
            .iter()
            .all(|(it, id)| gone(&world, it, id))
    );
}

#[test]
fn an_integration_brings_a_purged_record_back_under_a_new_id() {
    let folder = Folder::new();
    let ana = id("003", 1);
    folder.records("Contact", &["Id,LastName,Email,Number__c", &format!("{ana},Reyes,ana@example.com,N-1")]);
    folder.put("org.toml", format!("{ORG}\n[[integration]]\nrecreates = \"Contact\"\nkey = \"Number__c\"\n"));
    let mut world = folder.load().unwrap();
    let officer = officer(&world);
    world.delete(&officer, slice::from_ref(&ana), false);
    assert!(world.catch_up().is_empty(), "in the bin is not gone");
    world.empty_bin(&officer, slice::from_ref(&ana));
    let changes = world.catch_up();
    assert_eq!(told(&changes), ["create Contact ok"]);
    assert_ne!(changes[0].id, ana);
    assert_eq!(value(&world, "Contact", &changes[0].id, "Email").as_deref(), Some("ana@example.com"));
    assert!(world.catch_up().is_empty(), "once");
}

#[test]
fn a_person_account_goes_whole_and_its_contact_not_alone() {
    let folder = Folder::new();
    let account = id("001", 1);
    folder.records("Account", &["Id,IsPersonAccount,LastName", &format!("{account},true,Lund")]);
    let mut world = folder.load().unwrap();
    let officer = officer(&world);
    let contact = value(&world, "Account", &account, "PersonContactId").unwrap();
    let alone = world.delete(&officer, slice::from_ref(&contact), false);
    assert_eq!(alone.results[0].as_ref().unwrap_err().code, "INVALID_OPERATION");
    assert!(world.delete(&officer, &[account], false).results[0].is_ok());
    assert!(in_bin(&world, "Contact", &contact));
}

#[test]
fn a_cascade_that_runs_in_a_circle_ends() {
    let folder = Folder::new();
    let mut thing = describe("Thing__c", "a09", vec![lookup("Up__c", &["Thing__c"], true, false)]);
    thing["childRelationships"] = json!([child("Thing__c", "Up__c", true, false)]);
    folder.object(&thing);
    let (one, two) = (id("a09", 1), id("a09", 2));
    folder.records("Thing__c", &["Id,Up__c", &format!("{one},{two}"), &format!("{two},{one}")]);
    let mut world = folder.load().unwrap();
    let officer = officer(&world);
    assert!(world.delete(&officer, &[one], false).results[0].is_ok());
    assert!(in_bin(&world, "Thing__c", &two));
}

#[test]
fn an_empty_list_changes_nothing() {
    let (mut world, _) = org();
    let officer = officer(&world);
    let none: [Record; 0] = [];
    assert!(world.delete(&officer, &[], true).results.is_empty());
    assert!(world.update(&officer, &none, true).changes.is_empty());
}
