//! A small org folder, and statements asked of it.

mod groups;
mod reading;
mod refusals;
mod rendering;

use std::fmt::Write as _;
use std::fs;
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::{Options, Outcome, run};
use crate::world::{Clock, SfError, User, World};

const ORG: &str = r#"
[org]
id = "00D5g000004ABCDEA4"
name = "Alder & Finch Outfitters"
features = ["PersonAccounts"]
zone = "America/Los_Angeles"
now = "2026-11-21T20:00:00Z"
standard_objects = ["Account", "Contact", "Lead", "Case", "CaseComment", "Task", "Event", "Opportunity", "Note", "Attachment",
  "ContentDocument", "ContentVersion", "ContentDocumentLink", "ContactHistory", "EmailMessage", "Order"]

[[user]]
id = "0055g00000AAAAA"
username = "officer@alder.example"
profile = "System Administrator"
system_permissions = ["ApiEnabled", "ViewAllData", "ModifyAllData", "ViewSetup"]

[[user]]
id = "0055g00000AAAAB"
username = "narrow@alder.example"
profile = "Support"
system_permissions = ["ApiEnabled"]
no_objects = ["Lead"]
no_fields = ["Contact.Birthdate"]
"#;

const ACCOUNTS: &str = "Id,Name,BillingCity,AnnualRevenue,NumberOfEmployees,Description,ParentId,CreatedDate
001000000000001,Alder Supply,Portland,1000.5,10,big one,,2026-01-10T00:00:00Z
001000000000002,Birch Traders,Reno,250,,,001000000000001,2026-02-10T00:00:00Z
001000000000003,ceder works,,,,,,2026-03-10T00:00:00Z
";

const CONTACTS: &str = "Id,FirstName,LastName,Email,Phone,Birthdate,AccountId,OwnerId,LeadSource,DoNotCall,CreatedDate,IsDeleted,MailingCity,MailingStreet
003000000000001,Ana,Pereira,ana@example.com,(415) 555-0101,1980-02-03,001000000000001,0055g00000AAAAA,Web,true,2026-11-20T19:00:00Z,false,Salem,1 Main St
003000000000002,ANA,PEREIRA,Ana@Example.com,415-555-0101,,001000000000001,0055g00000AAAAB,web,false,2026-11-21T09:00:00Z,false,,
003000000000003,Óscar,O'Brien,oscar+shop@example.org,,1990-05-06,001000000000002,0055g00000AAAAA,Phone,false,2026-10-01T00:00:00Z,false,,
003000000000004,Bo,100%_x,,,,,0055g00000AAAAA,,false,2025-10-01T00:00:00Z,false,,
003000000000005,Old,Bin,old@example.com,,,001000000000001,0055g00000AAAAA,,false,2025-10-01T00:00:00Z,true,,
";

const CASES: &str = "Id,Subject,ContactId,AccountId,Status,Priority,OwnerId,Description
500000000000001,Late parcel,003000000000001,001000000000001,New,High,0055g00000AAAAA,Ana wrote at length
500000000000002,Wrong size,003000000000001,001000000000001,Closed,Low,0055g00000AAAAB,
500000000000003,No person,,,New,Low,0055g00000AAAAA,
";

const TASKS: &str = "Id,Subject,WhoId,WhatId,Status,ActivityDate,OwnerId,IsArchived
00T000000000001,Call Ana,003000000000001,001000000000001,Completed,2026-11-01,0055g00000AAAAA,false
00T000000000002,Write Lee,00Q000000000001,500000000000001,Not Started,2026-11-23,0055g00000AAAAA,false
00T000000000003,Ancient,003000000000001,,Completed,2020-01-01,0055g00000AAAAA,true
";

fn field(name: &str, kind: &str, more: Value) -> Value {
    let mut field = json!({ "name": name, "type": kind, "label": name, "filterable": true, "sortable": true,
        "groupable": true, "aggregatable": true });
    for (key, value) in more.as_object().expect("an object") {
        field[key] = value.clone();
    }
    field
}

fn describe(name: &str, prefix: &str, fields: Vec<Value>) -> Value {
    let mut all = vec![
        field("Id", "id", json!({})),
        field("IsDeleted", "boolean", json!({})),
        field("SystemModstamp", "datetime", json!({})),
    ];
    all.extend(fields);
    json!({ "name": name, "label": name, "keyPrefix": prefix, "queryable": true, "searchable": true, "fields": all,
        "childRelationships": [] })
}

fn objects() -> Vec<Value> {
    vec![
        describe(
            "Pet__c",
            "a00",
            vec![
                field("Name", "string", json!({ "nameField": true })),
                field("Code__c", "string", json!({ "caseSensitive": true })),
                field("Tags__c", "multipicklist", json!({})),
                field("Weight__c", "double", json!({})),
                field("Legs__c", "int", json!({})),
                field("Secret__c", "encryptedstring", json!({ "filterable": false })),
                field(
                    "Notes__c",
                    "textarea",
                    json!({ "filterable": false, "sortable": false, "groupable": false }),
                ),
                field("Feed_Time__c", "time", json!({})),
                field(
                    "Keeper__c",
                    "reference",
                    json!({ "referenceTo": ["Contact"], "relationshipName": "Keeper__r" }),
                ),
            ],
        ),
        describe(
            "Trail__b",
            "a01",
            vec![
                field("Person__c", "string", json!({ "custom": true, "nillable": false })),
                field("Day__c", "date", json!({ "custom": true, "nillable": false })),
                field("Place__c", "string", json!({ "custom": true })),
            ],
        ),
        describe("Stock__x", "x00", vec![field("Name__c", "string", json!({}))]),
    ]
}

const PETS: &str = "Id,Name,Code__c,Tags__c,Weight__c,Legs__c,Secret__c,Notes__c,Feed_Time__c,Keeper__c
a00000000000001,Rex,Ab,big;loud,10,4,4111111111111111,long,07:30:00.000Z,003000000000001
a00000000000002,Tweety,aB,small;loud,0.5,2,,,,003000000000003
a00000000000003,Ghost,,,,,,,,
";

/// The org of these tests, loaded once.
pub(crate) fn org() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    let notes = "Id,Title,Body,ParentId\n002000000000001,A note,Ana likes tents,003000000000001\n";
    WORLD.get_or_init(|| org_with("Note", notes))
}

/// The same org with other rows of one more object.
pub(crate) fn org_with(object: &str, rows: &str) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    put("org.toml", ORG);
    for (name, rows) in [
        ("Account", ACCOUNTS),
        ("Contact", CONTACTS),
        ("Case", CASES),
        ("Task", TASKS),
        ("Lead", "Id,FirstName,LastName,Email,Company\n00Q000000000001,Lee,Park,lee@example.com,Park Co\n"),
        (
            "Attachment",
            "Id,Name,ParentId\n00P000000000001,a.txt,003000000000001\n00P000000000002,b.txt,003000000000001\n",
        ),
        ("Pet__c", PETS),
        (
            "Trail__b",
            "Id,Person__c,Day__c,Place__c\na01000000000001,ana,2026-01-01,Reno\na01000000000002,bo,2026-01-02,Bend\n",
        ),
        ("Stock__x", "Id,Name__c\nx00000000000001,tent\n"),
        (object, rows),
    ] {
        put(&format!("records/{name}.csv"), rows);
    }
    for object in objects() {
        let name = object["name"].as_str().expect("a name");
        put(&format!("objects/{name}.json"), &object.to_string());
    }
    let now = "2026-11-21T20:00:00Z".parse().expect("an instant");
    World::load(folder.path(), Clock::fixed(now)).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn officer(world: &World) -> &User {
    world.user("officer@alder.example").expect("the officer")
}

fn ask_with(world: &World, text: &str, options: Options) -> Result<Outcome, SfError> {
    run(world, officer(world), text, options)
}

fn ask(world: &World, text: &str) -> Outcome {
    ask_with(world, text, Options::default()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn rows(world: &World, text: &str) -> Vec<Value> {
    ask(world, text).page(world, officer(world), 0, 2000, "/services/data/v60.0")
}

/// The last digit of each id found, in order: `123`.
fn found(world: &World, text: &str) -> String {
    rows(world, text).iter().fold(String::new(), |mut all, row| {
        let id = row["Id"].as_str().expect("an id");
        write!(all, "{}", &id[14..15]).expect("writes");
        all
    })
}

fn refusal(world: &World, text: &str, options: Options) -> (String, String) {
    let error = ask_with(world, text, options).err().unwrap_or_else(|| panic!("{text} was answered"));
    (error.code, error.message)
}
