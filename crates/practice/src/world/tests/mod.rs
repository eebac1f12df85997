//! Small org folders, written to a temporary place, and what happens to them.

mod deleting;
mod loading;
mod saving;
mod seeing;

use super::{Clock, LoadError, User, World};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

pub(crate) const ORG: &str = r#"
[org]
id = "00D5g000004ABCDEA4"
name = "Alder & Finch Outfitters"
features = ["PersonAccounts", "EventMonitoring"]
now = "2026-11-02T09:00:00Z"

[[user]]
id = "0055g00000AAAAA"
username = "officer@alder.example"
profile = "System Administrator"
system_permissions = ["ApiEnabled", "ViewAllData", "ModifyAllData", "BulkApiHardDelete", "ViewSetup"]

[[user]]
id = "0055g00000AAAAB"
username = "narrow@alder.example"
profile = "Support"
system_permissions = ["ApiEnabled"]
no_objects = ["Secret__c"]
read_only_objects = ["Case"]
no_fields = ["Contact.Birthdate"]
"#;

pub(crate) fn noon() -> DateTime<Utc> {
    "2026-11-02T09:00:00Z".parse().unwrap()
}

/// An 18-character id from a prefix and a number.
pub(crate) fn id(prefix: &str, number: u64) -> String {
    super::id::make(prefix, "5g00", number)
}

fn field(name: &str, kind: &str, more: Value) -> Value {
    let kind = super::FieldKind::from_word(kind).unwrap();
    let mut it = super::load::catalogue::field(name, name, kind, 0, &[]);
    for (key, value) in more.as_object().unwrap() {
        it[key] = value.clone();
    }
    it
}

fn lookup(name: &str, to: &[&str], cascade: bool, restrict: bool) -> Value {
    let relationship =
        name.strip_suffix("Id").map(str::to_owned).unwrap_or_else(|| name.replace("__c", "__r"));
    let more = json!({"referenceTo": to, "relationshipName": relationship, "cascadeDelete": cascade,
        "restrictedDelete": restrict});
    field(name, "reference", more)
}

pub(crate) fn describe(name: &str, prefix: &str, fields: Vec<Value>) -> Value {
    let fixed = json!({"createable": false, "updateable": false});
    let mut all =
        vec![field("Id", "id", json!({"createable": false, "updateable": false, "nillable": false}))];
    all.push(field("IsDeleted", "boolean", fixed.clone()));
    for it in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
        all.push(field(it, "datetime", fixed.clone()));
    }
    let mut by = lookup("LastModifiedById", &["User"], false, false);
    by["createable"] = json!(false);
    by["updateable"] = json!(false);
    all.push(by);
    all.extend(fields);
    json!({"name": name, "label": name, "labelPlural": format!("{name}s"), "keyPrefix": prefix, "queryable": true,
        "searchable": true, "createable": true, "updateable": true, "deletable": true, "undeletable": true,
        "mergeable": true, "replicateable": true, "layoutable": true, "custom": name.ends_with("__c"),
        "fields": all, "childRelationships": []})
}

fn child(object: &str, field: &str, cascade: bool, restrict: bool) -> Value {
    json!({"childSObject": object, "field": field, "cascadeDelete": cascade, "restrictedDelete": restrict,
        "relationshipName": format!("{object}s")})
}

/// A folder with accounts, contacts, cases, comments, leads, files and a custom object.
pub(crate) struct Folder {
    pub dir: tempfile::TempDir,
}

impl Folder {
    pub fn new() -> Self {
        let folder = Self { dir: tempfile::tempdir().unwrap() };
        folder.put("org.toml", ORG);
        let required = json!({"nillable": false});
        let name = json!({"nameField": true, "createable": false, "updateable": false});
        let mut account = describe(
            "Account",
            "001",
            vec![
                field("Name", "string", json!({"nameField": true, "length": 255, "nillable": false})),
                field("FirstName", "string", json!({"compoundFieldName": "Name"})),
                field("LastName", "string", json!({"compoundFieldName": "Name"})),
                field("IsPersonAccount", "boolean", json!({})),
                lookup("PersonContactId", &["Contact"], false, false),
                field("PersonEmail", "email", json!({})),
                field("Phone", "phone", json!({})),
                field("Level__pc", "string", json!({})),
                lookup("ParentId", &["Account"], false, false),
                lookup("OwnerId", &["User"], false, false),
            ],
        );
        account["childRelationships"] = json!([
            child("Contact", "AccountId", true, false),
            child("Case", "AccountId", false, true),
            child("Order", "AccountId", true, true),
        ]);
        folder.object(&account);
        let mut contact = describe(
            "Contact",
            "003",
            vec![
                field("Name", "string", name.clone()),
                field("FirstName", "string", json!({"compoundFieldName": "Name", "length": 40})),
                field(
                    "LastName",
                    "string",
                    json!({"compoundFieldName": "Name", "nillable": false, "length": 80}),
                ),
                field("Email", "email", json!({})),
                field("Phone", "phone", json!({})),
                field("Birthdate", "date", json!({})),
                field(
                    "Level__c",
                    "picklist",
                    json!({"restrictedPicklist": true,
                "picklistValues": [{"active": true, "value": "Gold"}, {"active": true, "value": "Silver"}]}),
                ),
                field("Number__c", "string", json!({"externalId": true, "unique": true, "length": 20})),
                field("IsPersonAccount", "boolean", json!({"createable": false, "updateable": false})),
                field("MailingAddress", "address", json!({"createable": false, "updateable": false})),
                field("MailingStreet", "textarea", json!({"compoundFieldName": "MailingAddress"})),
                field("MailingCity", "string", json!({"compoundFieldName": "MailingAddress"})),
                lookup("AccountId", &["Account"], false, false),
                lookup("ReportsToId", &["Contact"], false, false),
                lookup("MasterRecordId", &["Contact"], false, false),
                lookup("OwnerId", &["User"], false, false),
            ],
        );
        contact["childRelationships"] = json!([
            child("Case", "ContactId", false, true),
            child("Secret__c", "Contact__c", true, false),
            child("ContentDocumentLink", "LinkedEntityId", true, false),
            child("ContactHistory", "ContactId", true, false),
            child("Nowhere", "ContactId", true, true),
        ]);
        folder.object(&contact);
        let mut case = describe(
            "Case",
            "500",
            vec![
                field(
                    "CaseNumber",
                    "string",
                    json!({"nameField": true, "autoNumber": true, "createable": false, "updateable": false}),
                ),
                field("Subject", "string", json!({})),
                field("ContactEmail", "email", json!({"createable": false, "updateable": false})),
                lookup("ContactId", &["Contact"], false, false),
                lookup("AccountId", &["Account"], false, false),
            ],
        );
        case["childRelationships"] = json!([child("CaseComment", "ParentId", true, false)]);
        folder.object(&case);
        folder.object(&describe(
            "CaseComment",
            "00a",
            vec![field("CommentBody", "textarea", json!({})), lookup("ParentId", &["Case"], false, false)],
        ));
        folder.object(&describe(
            "Order",
            "801",
            vec![
                field("OrderNumber", "string", name.clone()),
                field("Status", "picklist", json!({})),
                lookup("AccountId", &["Account"], false, false),
            ],
        ));
        folder.object(&describe(
            "Lead",
            "00Q",
            vec![
                field("Name", "string", name),
                field("FirstName", "string", json!({})),
                field("LastName", "string", required.clone()),
                field("Company", "string", required),
                field("Email", "email", json!({})),
                field("Status", "picklist", json!({})),
                field("IsConverted", "boolean", json!({"createable": false, "updateable": false})),
                lookup("ConvertedContactId", &["Contact"], false, false),
                lookup("ConvertedAccountId", &["Account"], false, false),
            ],
        ));
        folder.object(&describe(
            "Secret__c",
            "a01",
            vec![
                field("Name", "string", json!({"nameField": true})),
                lookup("Contact__c", &["Contact"], false, false),
            ],
        ));
        let mut history = describe(
            "ContactHistory",
            "017",
            vec![
                lookup("ContactId", &["Contact"], false, false),
                field("Field", "picklist", json!({})),
                field("OldValue", "anyType", json!({})),
                field("NewValue", "anyType", json!({})),
            ],
        );
        history["associateEntityType"] = json!("History");
        history["associateParentEntity"] = json!("Contact");
        folder.object(&history);
        let mut version = describe(
            "ContentVersion",
            "068",
            vec![
                field("Title", "string", json!({"nameField": true})),
                field("VersionData", "base64", json!({})),
                field("IsLatest", "boolean", json!({})),
                field("VersionNumber", "string", json!({})),
                field("ContentSize", "int", json!({})),
                lookup("ContentDocumentId", &["ContentDocument"], true, false),
            ],
        );
        version["deletable"] = json!(false);
        folder.object(&version);
        folder.object(&describe(
            "ContentDocument",
            "069",
            vec![
                field("Title", "string", json!({"nameField": true})),
                lookup("LatestPublishedVersionId", &["ContentVersion"], false, false),
            ],
        ));
        folder.object(&describe(
            "ContentDocumentLink",
            "06A",
            vec![
                lookup("ContentDocumentId", &["ContentDocument"], true, false),
                lookup("LinkedEntityId", &["Contact", "Case", "Account"], true, false),
            ],
        ));
        folder
    }

    pub fn object(&self, describe: &Value) {
        let name = describe["name"].as_str().unwrap();
        self.put(&format!("objects/{name}.json"), describe.to_string());
    }

    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let at = self.path().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, text).unwrap();
    }

    pub fn records(&self, object: &str, rows: &[&str]) {
        self.put(&format!("records/{object}.csv"), rows.join("\n") + "\n");
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn load(&self) -> Result<World, LoadError> {
        World::load(self.path(), Clock::fixed(noon()))
    }

    pub fn refusal(&self) -> String {
        self.load().unwrap_err().0
    }
}

pub(crate) fn record(object: &str, id: Option<&str>, values: Value) -> super::Record {
    let values =
        values.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    super::Record { object: object.to_owned(), id: id.map(str::to_owned), values }
}

/// What a call log would print: deed, object, outcome.
pub(crate) fn told(changes: &[super::Change]) -> Vec<String> {
    changes.iter().map(|it| format!("{} {} {}", it.deed.word(), it.object, it.outcome)).collect()
}

pub(crate) fn officer(world: &World) -> User {
    world.user("officer@alder.example").unwrap().clone()
}

pub(crate) fn narrow(world: &World) -> User {
    world.user("narrow@alder.example").unwrap().clone()
}
