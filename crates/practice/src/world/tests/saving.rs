use super::*;
use crate::world::LeadConversion;

fn org() -> (World, String) {
    let folder = Folder::new();
    let ana = id("003", 1);
    folder.records(
        "Contact",
        &["Id,FirstName,LastName,Email,Number__c", &format!("{ana},Ana,Reyes,ana@example.com,N-1")],
    );
    let rule = "[[validation]]\nobject = \"Contact\"\nfield = \"Phone\"\ncontains = \"+\"\nmessage = \"Give the country.\"\n";
    folder.put("org.toml", format!("{ORG}\n{rule}"));
    (folder.load().unwrap(), ana)
}

fn held(world: &World, object: &str, id: &str, field: &str) -> Option<String> {
    let table = world.table(object).unwrap();
    table.named(table.by_id(id).unwrap(), field).map(str::to_owned)
}

#[test]
fn a_created_record_is_complete_and_found_at_once() {
    let (mut world, _) = org();
    let officer = officer(&world);
    let new = record(
        "contact",
        None,
        json!({"firstname": "Bo", "LastName": "Lund", "Email": "bo@example.com", "Birthdate": "1990-01-02"}),
    );
    let written = world.create(&officer, &[new], false);
    let saved = written.results[0].clone().unwrap();
    assert!(saved.created && saved.id.starts_with("003") && saved.id.len() == 18);
    assert_eq!(held(&world, "Contact", &saved.id, "Name").as_deref(), Some("Bo Lund"));
    assert_eq!(
        held(&world, "Contact", &saved.id, "CreatedDate").as_deref(),
        Some("2026-11-02T09:00:00.000Z")
    );
    assert_eq!(held(&world, "Contact", &saved.id, "OwnerId"), Some(officer.id.clone()));
    let contacts = world.table("Contact").unwrap();
    let email = contacts.def().field_ix("Email").unwrap();
    assert_eq!(contacts.lookup(email, "BO@example.com").unwrap().len(), 1);
    assert_eq!(told(&written.changes), ["create Contact ok"]);
}

#[test]
fn each_rule_refuses_with_its_own_code_and_changes_nothing() {
    let (mut world, ana) = org();
    let officer = officer(&world);
    let long = "x".repeat(81);
    let cases = [
        (json!({"LastName": null}), "REQUIRED_FIELD_MISSING"),
        (json!({"LastName": long}), "STRING_TOO_LONG"),
        (json!({"Email": "not an address"}), "INVALID_EMAIL_ADDRESS"),
        (json!({"Email": "a@b"}), "INVALID_EMAIL_ADDRESS"),
        (json!({"Level__c": "Bronze"}), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        (json!({"Phone": "555 0101"}), "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
        (json!({"Name": "X"}), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (json!({"IsDeleted": true}), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (json!({"Nonsense": 1}), "INVALID_FIELD"),
        (json!({"AccountId": "abc"}), "MALFORMED_ID"),
        (json!({"AccountId": ana}), "FIELD_INTEGRITY_EXCEPTION"),
        (json!({"AccountId": id("001", 404)}), "INVALID_CROSS_REFERENCE_KEY"),
        (json!({"Birthdate": "soon"}), "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        (json!({"Birthdate": {"a": 1}}), "INVALID_TYPE_ON_FIELD_IN_RECORD"),
    ];
    for (values, code) in cases {
        let written = world.update(&officer, &[record("Contact", Some(&ana), values.clone())], false);
        let error = written.results[0].as_ref().unwrap_err();
        assert_eq!(error.code, code, "{values}");
        assert_eq!(told(&written.changes), [format!("update Contact {code}")]);
    }
    let before = held(&world, "Contact", &ana, "LastName");
    assert_eq!(before.as_deref(), Some("Reyes"));
    let twin = record("Contact", None, json!({"LastName": "Twin", "Number__c": "n-1"}));
    assert_eq!(
        world.create(&officer, &[twin], false).results[0].as_ref().unwrap_err().code,
        "DUPLICATE_VALUE"
    );
    let bare = record("Contact", None, json!({"Email": "x@example.com"}));
    assert_eq!(world.create(&officer, &[bare], false).results[0].as_ref().unwrap_err().fields, ["LastName"]);
}

#[test]
fn a_change_moves_the_dates_composes_the_name_and_leaves_history() {
    let (mut world, ana) = org();
    let officer = officer(&world);
    let case = world.create(&officer, &[record("Case", None, json!({"ContactId": ana}))], false).results[0]
        .clone()
        .unwrap()
        .id;
    assert_eq!(held(&world, "Case", &case, "ContactEmail").as_deref(), Some("ana@example.com"));
    world.clock = Clock::fixed(noon() + chrono::TimeDelta::hours(1));
    let change = record("Contact", Some(&ana), json!({"LastName": "Oak", "Email": "ANA@new.example"}));
    assert!(world.update(&officer, &[change], false).results[0].is_ok());
    assert_eq!(held(&world, "Contact", &ana, "Name").as_deref(), Some("Ana Oak"));
    assert_eq!(
        held(&world, "Contact", &ana, "LastModifiedDate").as_deref(),
        Some("2026-11-02T10:00:00.000Z")
    );
    assert_eq!(
        held(&world, "Case", &case, "ContactEmail").as_deref(),
        Some("ANA@new.example"),
        "the copy follows"
    );
    let history = world.table("ContactHistory").unwrap();
    let old: Vec<_> = history.rows().filter_map(|it| history.named(it, "OldValue")).collect();
    assert_eq!(old, ["Reyes", "ana@example.com"], "the wrong value lives on in the history");
    let contacts = world.table("Contact").unwrap();
    let email = contacts.def().field_ix("Email").unwrap();
    assert_eq!(contacts.lookup(email, "ana@example.com"), Some(vec![]), "the old value finds nothing");
}

#[test]
fn upsert_changes_the_one_creates_the_missing_and_refuses_the_rest() {
    let (mut world, ana) = org();
    let officer = officer(&world);
    let records = [
        record("Contact", None, json!({"Number__c": "N-1", "Phone": "+1"})),
        record("Contact", None, json!({"Number__c": "N-2", "LastName": "New"})),
        record("Contact", None, json!({"LastName": "None"})),
    ];
    let written = world.upsert(&officer, "number__c", &records, false);
    assert_eq!(written.results[0].as_ref().unwrap().id, ana);
    assert!(!written.results[0].as_ref().unwrap().created && written.results[1].as_ref().unwrap().created);
    assert_eq!(written.results[2].as_ref().unwrap_err().code, "MISSING_ARGUMENT");
    let wrong = world.upsert(&officer, "Phone", &records[..1], false);
    assert_eq!(wrong.results[0].as_ref().unwrap_err().status, 404);
}

#[test]
fn a_user_cannot_write_what_they_may_only_read_or_not_even_see() {
    let (mut world, ana) = org();
    let (officer, narrow) = (officer(&world), narrow(&world));
    let case = world.create(&officer, &[record("Case", None, json!({"Subject": "X"}))], false).results[0]
        .clone()
        .unwrap()
        .id;
    let written = world.update(&narrow, &[record("Case", Some(&case), json!({"Subject": "Y"}))], false);
    assert_eq!(written.results[0].as_ref().unwrap_err().code, "INSUFFICIENT_ACCESS_OR_READONLY");
    let hidden =
        world.update(&narrow, &[record("Contact", Some(&ana), json!({"Birthdate": "1990-01-01"}))], false);
    assert_eq!(hidden.results[0].as_ref().unwrap_err().code, "INVALID_FIELD", "to them it does not exist");
    let unseen = world.create(&narrow, &[record("Secret__c", None, json!({}))], false);
    assert_eq!(unseen.results[0].as_ref().unwrap_err().code, "INVALID_TYPE");
}

#[test]
fn both_halves_of_a_person_account_follow_each_other() {
    let (mut world, _) = org();
    let officer = officer(&world);
    let new = record(
        "Account",
        None,
        json!({"FirstName": "Bo", "LastName": "Lund", "PersonEmail": "bo@example.com"}),
    );
    let account = world.create(&officer, &[new], false).results[0].clone().unwrap().id;
    let contact = held(&world, "Account", &account, "PersonContactId").unwrap();
    assert_eq!(held(&world, "Contact", &contact, "Email").as_deref(), Some("bo@example.com"));
    let change = record("Account", Some(&account), json!({"PersonEmail": null, "LastName": "Oak"}));
    assert!(world.update(&officer, &[change], false).results[0].is_ok());
    assert_eq!(held(&world, "Contact", &contact, "Email"), None);
    assert_eq!(held(&world, "Contact", &contact, "Name").as_deref(), Some("Bo Oak"));
    let change = record("Contact", Some(&contact), json!({"Email": "new@example.com"}));
    assert!(world.update(&officer, &[change], false).results[0].is_ok());
    assert_eq!(held(&world, "Account", &account, "PersonEmail").as_deref(), Some("new@example.com"));
}

#[test]
fn a_converted_lead_stays_and_can_no_longer_be_changed() {
    let (mut world, _) = org();
    let officer = officer(&world);
    let lead = record(
        "Lead",
        None,
        json!({"FirstName": "Cy", "LastName": "Oak", "Company": "Oak Co", "Email": "cy@example.com"}),
    );
    let lead = world.create(&officer, &[lead], false).results[0].clone().unwrap().id;
    let conversion = LeadConversion { lead_id: lead.clone(), ..Default::default() };
    let written = world.convert_lead(&officer, &conversion);
    assert_eq!(told(&written.changes), ["create Account ok", "create Contact ok", "update Lead ok"]);
    let contact = held(&world, "Lead", &lead, "ConvertedContactId").unwrap();
    assert_eq!(held(&world, "Contact", &contact, "Email").as_deref(), Some("cy@example.com"));
    let change = world.update(&officer, &[record("Lead", Some(&lead), json!({"Email": null}))], false);
    assert_eq!(change.results[0].as_ref().unwrap_err().code, "CANNOT_UPDATE_CONVERTED_LEAD");
    assert!(world.convert_lead(&officer, &conversion).results[0].is_err());
    assert!(world.delete(&officer, &[lead], false).results[0].is_ok(), "but it can be deleted");
}

#[test]
fn a_file_handed_in_has_a_document_a_link_and_its_bytes() {
    let (mut world, _) = org();
    let officer = officer(&world);
    let version = record("ContentVersion", None, json!({"Title": "Scan", "VersionData": "aGVsbG8="}));
    let version = world.create(&officer, &[version], false).results[0].clone().unwrap().id;
    let document = held(&world, "ContentVersion", &version, "ContentDocumentId").unwrap();
    assert_eq!(held(&world, "ContentDocument", &document, "LatestPublishedVersionId"), Some(version.clone()));
    assert_eq!(world.body(&version).as_deref(), Some(&b"hello"[..]));
    let bad = record("ContentVersion", None, json!({"Title": "Scan", "VersionData": "§"}));
    assert!(world.create(&officer, &[bad], false).results[0].is_err());
}

#[test]
fn rolling_back_to_a_savepoint_undoes_creates_changes_and_deletes() {
    let (mut world, ana) = org();
    let officer = officer(&world);
    let savepoint = world.savepoint();
    let rows = world.table("Contact").unwrap().len();
    world.create(&officer, &[record("Contact", None, json!({"LastName": "New"}))], false);
    world.update(&officer, &[record("Contact", Some(&ana), json!({"LastName": "Changed"}))], false);
    world.delete(&officer, std::slice::from_ref(&ana), false);
    world.empty_bin(&officer, std::slice::from_ref(&ana));
    world.roll_back_to(savepoint);
    assert_eq!(world.table("Contact").unwrap().len(), rows);
    assert_eq!(held(&world, "Contact", &ana, "LastName").as_deref(), Some("Reyes"));
    let contacts = world.table("Contact").unwrap();
    let email = contacts.def().field_ix("Email").unwrap();
    assert_eq!(contacts.lookup(email, "ana@example.com").unwrap().len(), 1, "the index holds");
}

#[test]
fn meddling_moves_the_date_of_change_without_any_rule() {
    let (mut world, ana) = org();
    world.clock = Clock::fixed(noon() + chrono::TimeDelta::hours(2));
    world.meddle("Contact", &ana, "Phone", Some("555")).unwrap();
    assert_eq!(held(&world, "Contact", &ana, "Phone").as_deref(), Some("555"));
    assert_eq!(
        held(&world, "Contact", &ana, "LastModifiedDate").as_deref(),
        Some("2026-11-02T11:00:00.000Z")
    );
    assert!(world.meddle("Contact", &ana, "Nonsense", None).is_err());
}
