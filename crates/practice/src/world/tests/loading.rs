use super::*;

#[test]
fn rows_are_read_as_written_and_completed() {
    let folder = Folder::new();
    let (ana, case) = (id("003", 1), id("500", 1));
    folder.records(
        "Contact",
        &[
            "\u{feff}id,FIRSTNAME,LastName,Email,Birthdate,MailingCity,CreatedDate\r",
            &format!("{},Ana,Reyes,ana@example.com,1990-05-04,Oakland,2025-01-02T03:04:05Z\r", &ana[..15]),
            "",
        ],
    );
    folder.records("Case", &["Id,ContactId,IsDeleted", &format!("{case},{ana},false")]);
    let world = folder.load().unwrap();
    let contacts = world.table("contact").unwrap();
    let row = contacts.by_id(&ana).unwrap();
    assert_eq!(contacts.named(row, "Id"), Some(ana.as_str()), "fifteen characters mean eighteen");
    assert_eq!(contacts.named(row, "Name"), Some("Ana Reyes"), "the name is composed");
    assert_eq!(contacts.named(row, "CreatedDate"), Some("2025-01-02T03:04:05.000Z"));
    assert_eq!(contacts.named(row, "SystemModstamp"), Some("2025-01-02T03:04:05.000Z"), "filled");
    assert_eq!(contacts.named(row, "IsDeleted"), Some("false"));
    assert_eq!(contacts.named(row, "Phone"), None);
    let address = contacts.address(row, contacts.def().field_ix("MailingAddress").unwrap()).unwrap();
    assert_eq!(address["city"], "Oakland");
    let email = contacts.def().field_ix("Email").unwrap();
    assert_eq!(contacts.lookup(email, "ANA@Example.com"), Some(vec![row]), "indexed without regard to case");
    let cases = world.table("Case").unwrap();
    assert_eq!(cases.named(cases.by_id(&case).unwrap(), "ContactEmail"), Some("ana@example.com"), "copied");
}

#[test]
fn what_cannot_be_right_is_refused_by_file_and_row() {
    let (one, two, account) = (id("003", 1), id("003", 2), id("001", 1));
    let wrong = format!("{}{}", &one[..15], if one.ends_with("AAA") { "AAB" } else { "AAA" });
    let cases: Vec<(Vec<String>, &[&str])> = vec![
        (vec!["Id,Nonsense".into()], &["records/Contact.csv", "Nonsense"]),
        (vec!["Id,Account.Name".into()], &["relationship", "Account.Name"]),
        (vec!["Id,Email,email".into()], &["twice"]),
        (vec!["Email".into()], &["\"Id\" is missing"]),
        (vec!["Id,LastName".into(), format!("{one},A"), format!("{one},B")], &["row 2", "already used"]),
        (
            vec!["Id,LastName".into(), format!("{one},A"), format!("{},B", &one[..15])],
            &["row 2", "already used"],
        ),
        (vec!["Id,LastName".into(), format!("{wrong},A")], &["row 1", "checksum"]),
        (vec!["Id,LastName".into(), format!("{account},A")], &["row 1", "another object"]),
        (
            vec!["Id,Birthdate".into(), format!("{one},"), format!("{two},2026-02-30")],
            &["row 2", "Birthdate", "date"],
        ),
        (vec!["Id,LastName".into(), format!("{one},A,B")], &["row 1", "3 cells"]),
        (vec!["Id,LastName".into(), one.clone()], &["row 1", "1 cells"]),
        (vec!["Id,LastName".into(), ",A".into()], &["row 1", "empty"]),
        (vec![], &["empty"]),
    ];
    for (rows, says) in cases {
        let folder = Folder::new();
        folder.put("records/Contact.csv", rows.join("\n"));
        let refusal = folder.refusal();
        assert!(says.iter().all(|it| refusal.contains(it)), "{refusal} should say {says:?}");
        assert!(refusal.contains("not loaded"), "{refusal}");
    }
}

#[test]
fn text_that_is_not_utf8_is_refused_by_file_and_row() {
    let folder = Folder::new();
    let mut bytes = format!("Id,LastName\n{},Good\n{},", id("003", 1), id("003", 2)).into_bytes();
    bytes.extend([b'M', 0xfc, b'l', b'\n']);
    folder.put("records/Contact.csv", bytes);
    let refusal = folder.refusal();
    assert!(
        refusal.contains("records/Contact.csv") && refusal.contains("row 2") && refusal.contains("UTF-8"),
        "{refusal}"
    );
}

#[test]
fn a_describe_that_lies_is_refused_by_file() {
    let sound = describe("Thing__c", "a09", vec![field("Name", "string", json!({}))]);
    let lie = |change: fn(&mut Value)| {
        let mut it = sound.clone();
        change(&mut it);
        it.to_string()
    };
    let lies = [
        (lie(|it| it["fields"] = json!({})), "fields"),
        (lie(|it| it["name"] = json!(null)), "name"),
        (lie(|it| it["name"] = json!("../../etc")), "name"),
        (lie(|it| it["name"] = json!("Other__c")), "bear that name"),
        (lie(|it| it["fields"][1]["type"] = json!("banana")), "type"),
        (lie(|it| it["fields"][1]["length"] = json!(-4)), "length"),
        (lie(|it| it["fields"][1]["filterable"] = json!("yes")), "filterable"),
        (
            lie(|it| {
                let twin = it["fields"][1].clone();
                it["fields"].as_array_mut().unwrap().push(twin);
            }),
            "twice",
        ),
        (
            lie(|it| {
                it["fields"].as_array_mut().unwrap().remove(0);
            }),
            "Id",
        ),
        (lie(|it| it["childRelationships"] = json!([{"field": "X"}])), "childRelationships"),
        ("[1,2".to_owned(), "JSON"),
        ("[]".to_owned(), "describe"),
    ];
    for (text, says) in lies {
        let folder = Folder::new();
        folder.put("objects/Thing__c.json", text);
        let refusal = folder.refusal();
        assert!(
            refusal.contains("objects/Thing__c.json") && refusal.contains(says),
            "{refusal} should say {says}"
        );
    }
}

#[test]
fn records_of_an_unknown_object_and_an_unknown_standard_object_are_refused() {
    let folder = Folder::new();
    folder.records("Ghost", &["Id"]);
    assert!(folder.refusal().contains("records/Ghost.csv"));
    let folder = Folder::new();
    folder.put("org.toml", ORG.replace("features =", "standard_objects = [\"Ghost\"]\nfeatures ="));
    assert!(folder.refusal().contains("Ghost"));
}

#[test]
fn person_accounts_are_mirrored_both_ways() {
    let folder = Folder::new();
    let (account, contact) = (id("001", 7), id("003", 9));
    folder.records(
        "Account",
        &[
            "Id,IsPersonAccount,FirstName,LastName,PersonEmail,Level__pc",
            &format!("{account},true,Bo,Lund,bo@example.org,Gold"),
        ],
    );
    folder.records(
        "Contact",
        &["Id,IsPersonAccount,FirstName,LastName,Email", &format!("{contact},true,Cy,Oak,cy@example.org")],
    );
    let world = folder.load().unwrap();
    let (accounts, contacts) = (world.table("Account").unwrap(), world.table("Contact").unwrap());
    assert_eq!((accounts.len(), contacts.len()), (2, 2));
    let bo = accounts.by_id(&account).unwrap();
    assert_eq!(accounts.named(bo, "Name"), Some("Bo Lund"));
    let mirror = contacts.by_id(accounts.named(bo, "PersonContactId").unwrap()).unwrap();
    assert_eq!(contacts.named(mirror, "Email"), Some("bo@example.org"));
    assert_eq!(contacts.named(mirror, "Level__c"), Some("Gold"));
    assert_eq!(contacts.named(mirror, "AccountId"), Some(account.as_str()));
    assert_eq!(contacts.named(mirror, "IsPersonAccount"), Some("true"));
    let cy = accounts.by_id(contacts.named(contacts.by_id(&contact).unwrap(), "AccountId").unwrap()).unwrap();
    assert_eq!(accounts.named(cy, "PersonEmail"), Some("cy@example.org"));
    assert_eq!(accounts.named(cy, "PersonContactId"), Some(contact.as_str()));
    assert_eq!(accounts.named(cy, "IsPersonAccount"), Some("true"));
}

#[test]
fn files_and_logs_find_their_rows() {
    let folder = Folder::new();
    let (old, new, document) = (id("068", 1), id("068", 2), id("069", 1));
    folder.records(
        "ContentVersion",
        &[
            "Id,ContentDocumentId,Title,VersionNumber",
            &format!("{old},{document},Draft,1"),
            &format!("{new},{document},Final,2"),
        ],
    );
    folder.put(&format!("files/{old}"), b"first");
    folder.put(&format!("files/{}", &new[..15]), b"second!");
    folder.put(
        "event-logs/Login_2026-10-03.csv",
        "\"EVENT_TYPE\",\"TIMESTAMP\"\n\"Login\",\"20261003000000.000\"\n",
    );
    folder.put("event-logs/RestApi_2026-10-03_07.csv", "\"EVENT_TYPE\"\n");
    let world = folder.load().unwrap();
    assert_eq!(world.body(&new).as_deref(), Some(&b"second!"[..]));
    let documents = world.table("ContentDocument").unwrap();
    let row = documents.by_id(&document).unwrap();
    assert_eq!(documents.named(row, "Title"), Some("Final"), "a document is derived from its latest version");
    assert_eq!(documents.named(row, "LatestPublishedVersionId"), Some(new.as_str()));
    let logs = world.table("EventLogFile").unwrap();
    let hourly = logs.rows().find(|it| logs.named(*it, "Interval") == Some("Hourly")).unwrap();
    assert_eq!(logs.named(hourly, "LogDate"), Some("2026-10-03T07:00:00.000Z"));
    assert_eq!(logs.named(hourly, "LogFileFieldNames"), Some("EVENT_TYPE"));
    assert!(world.body(logs.id(hourly).unwrap()).is_some());
    for (path, says) in [
        ("files/nonsense", "not an id"),
        ("event-logs/Login.csv", "the name"),
        ("event-logs/Login_2026-13-01.csv", "the name"),
    ] {
        let folder = Folder::new();
        folder.put(path, b"x");
        let refusal = folder.refusal();
        assert!(refusal.contains(path) && refusal.contains(says), "{refusal}");
    }
}

#[test]
fn set_up_objects_follow_from_the_org_file() {
    let world = Folder::new().load().unwrap();
    let officer = officer(&world);
    let users = world.table("User").unwrap();
    assert_eq!(users.named(users.by_id(&officer.id).unwrap(), "Username"), Some("officer@alder.example"));
    let organization = world.table("Organization").unwrap();
    assert_eq!(organization.named(0, "Name"), Some("Alder & Finch Outfitters"));
    let access = world.table("UserPermissionAccess").unwrap();
    let own: Vec<_> = access.rows().filter(|it| world.visible_row(&officer, access, *it)).collect();
    assert_eq!(own.len(), 1);
    assert_eq!(access.named(own[0], "PermissionsBulkApiHardDelete"), Some("true"));
    assert_eq!(access.named(own[0], "PermissionsManageUsers"), Some("false"));
    let fields = world.table("FieldDefinition").unwrap();
    let row = fields.by_id("Contact.Birthdate").unwrap();
    assert_eq!(fields.named(row, "DataType"), Some("Date"));
    assert_eq!(world.table("PermissionSetAssignment").unwrap().len(), 2);
}

#[test]
fn a_classification_given_for_one_field_is_kept_beside_the_derived_ones() {
    let folder = Folder::new();
    folder.records(
        "FieldDefinition",
        &["EntityDefinitionId,QualifiedApiName,ComplianceGroup", "Contact,Email,CCPA;PII"],
    );
    let world = folder.load().unwrap();
    let fields = world.table("FieldDefinition").unwrap();
    let row = fields.by_id("Contact.Email").unwrap();
    assert_eq!(fields.named(row, "ComplianceGroup"), Some("CCPA;PII"));
    assert_eq!(fields.named(row, "Label"), Some("Email"));
    assert!(fields.by_id("Contact.Phone").is_some());
}

#[test]
fn every_object_of_the_catalogue_loads() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = crate::world::load::catalogue::Catalogue::read().unwrap();
    let names: Vec<String> = catalogue.names().map(|it| format!("{it:?}")).collect();
    assert!(names.len() > 300, "the catalogue is there");
    let list = format!("standard_objects = [{}]\nfeatures =", names.join(", "));
    fs::write(folder.path().join("org.toml"), ORG.replace("features =", &list)).unwrap();
    let world = World::load(folder.path(), Clock::fixed(noon())).unwrap();
    assert!(world.objects().count() >= names.len());
    let contact = world.object("Contact").unwrap();
    for name in
        ["Id", "IsDeleted", "LastName", "Email", "Birthdate", "AccountId", "SystemModstamp", "MailingAddress"]
    {
        assert!(contact.field_ix(name).is_some(), "Contact.{name}");
    }
    let by = |object: &str, field: &str| {
        let it = contact.children.iter().find(|it| it.child == object && it.field == field);
        it.map(|it| (it.cascade_delete, it.restricted_delete))
    };
    assert_eq!(by("Case", "ContactId"), Some((false, true)));
    assert_eq!(by("CampaignMember", "ContactId"), Some((true, false)));
    assert_eq!(by("Contact", "ReportsToId"), Some((false, false)));
    let history = world.object("ContactHistory").unwrap();
    assert_eq!(history.associate_parent_entity.as_deref(), Some("Contact"));
    assert!(world.object("Account").unwrap().field_ix("IsPersonAccount").is_some());
}

#[test]
fn the_built_in_org_loads() {
    let world = World::built_in(Clock::fixed(noon())).unwrap();
    assert!(world.table("Contact").unwrap().len() > 2_000);
    assert!(world.users().iter().any(|it| it.may("BulkApiHardDelete")));
    assert!(world.users().iter().any(|it| !it.may("BulkApiHardDelete")));
}
