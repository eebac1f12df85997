//! The objects that the practice org has beyond Salesforce's own, in the shape of the describe resource.

use serde_json::{Map, Value, json};

use super::GenerateError;
use super::book::Book;

/// What kind of thing an object is stored as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Store {
    Table,
    /// A detail of another object: no owner of its own.
    Detail,
    /// A big object: written in bulk, read by its index, never changed.
    Big,
    /// Rows of another system, read through.
    External,
}

/// Writes `objects/*.json`.
pub(super) fn write(book: &Book) -> Result<(), GenerateError> {
    for (name, object) in all() {
        let text = serde_json::to_string_pretty(&object)?;
        book.file(&format!("objects/{name}.json"), text.as_bytes())?;
    }
    Ok(())
}

fn all() -> Vec<(&'static str, Value)> {
    vec![
        object(
            "Loyalty_Member__c",
            "Loyalty Member",
            "a00",
            Store::Table,
            vec![
                auto_name("Member"),
                lookup("Contact__c", "Contact", "Contact"),
                with(text("Member_Number__c", "Member Number", 20), &["externalId", "unique", "idLookup"]),
                text("First_Name__c", "First Name", 40),
                text("Last_Name__c", "Last Name", 80),
                field("Email__c", "Email", "email", 80),
                field("Phone__c", "Phone", "phone", 40),
                text("Postal_Code__c", "Postal Code", 10),
                field("Tier__c", "Tier", "picklist", 255),
                field("Points__c", "Points", "double", 0),
            ],
        ),
        object(
            "Warranty_Registration__c",
            "Warranty Registration",
            "a01",
            Store::Table,
            vec![
                auto_name("Registration"),
                lookup("Contact__c", "Contact", "Contact"),
                lookup("Product__c", "Product", "Product2"),
                text("Serial_Number__c", "Serial Number", 40),
                field("Purchase_Date__c", "Purchase Date", "date", 0),
                long_text("Notes__c", "Notes"),
            ],
        ),
        object(
            "Store_Visit__c",
            "Store Visit",
            "a02",
            Store::Detail,
            vec![
                auto_name("Visit"),
                master("Contact__c", "Contact", "Contact"),
                text("Store__c", "Store", 80),
                field("Visited_On__c", "Visited On", "date", 0),
                long_text("Advisor_Notes__c", "Advisor Notes"),
            ],
        ),
        object(
            "Gift_Registry__c",
            "Gift Registry",
            "a03",
            Store::Table,
            vec![
                with(text("Name", "Registry Name", 80), &["nameField", "idLookup"]),
                lookup("Registrant__c", "Registrant", "Contact"),
                lookup("Partner__c", "Partner", "Contact"),
                text("Reach_Us__c", "Reach Us", 255),
                field("Event_Date__c", "Event Date", "date", 0),
            ],
        ),
        object(
            "Newsletter_Signup__c",
            "Newsletter Signup",
            "a04",
            Store::Table,
            vec![
                auto_name("Signup"),
                field("Email__c", "Email", "email", 80),
                text("Source__c", "Source", 80),
                field("Signed_Up_At__c", "Signed Up At", "datetime", 0),
                text("Ip_Address__c", "IP Address", 45),
            ],
        ),
        object(
            "Repair_Ticket__c",
            "Repair Ticket",
            "a05",
            Store::Table,
            vec![
                auto_name("Ticket"),
                lookup("Case__c", "Case", "Case"),
                text("Item__c", "Item", 120),
                field("Status__c", "Status", "picklist", 255),
                long_text("Customer_Words__c", "Customer Words"),
                long_text("Bench_Notes__c", "Bench Notes"),
            ],
        ),
        object(
            "Legacy_Order__b",
            "Legacy Order",
            "i00",
            Store::Big,
            vec![
                with(field("Customer_Email__c", "Customer Email", "email", 80), &["required"]),
                with(field("Order_Date__c", "Order Date", "datetime", 0), &["required"]),
                with(text("Order_Number__c", "Order Number", 20), &["required"]),
                with(field("Total__c", "Total", "double", 0), &["unfilterable"]),
            ],
        ),
        object(
            "ERP_Customer__x",
            "ERP Customer",
            "x00",
            Store::External,
            vec![
                with(field("ExternalId", "External ID", "string", 255), &["standard", "nameField", "unique"]),
                with(field("DisplayUrl", "Display URL", "url", 1000), &["standard"]),
                text("Full_Name__c", "Full Name", 121),
                field("Email__c", "Email", "email", 80),
                field("Phone__c", "Phone", "phone", 40),
                text("City__c", "City", 40),
            ],
        ),
    ]
}

fn object(
    name: &'static str,
    label: &str,
    prefix: &str,
    store: Store,
    own: Vec<Value>,
) -> (&'static str, Value) {
    let writable = matches!(store, Store::Table | Store::Detail);
    let mut fields = vec![with(field("Id", "Record ID", "id", 18), &["standard", "system", "idLookup"])];
    if store == Store::Table {
        let mut owner = lookup("OwnerId", "Owner ID", "User");
        set(&mut owner, "referenceTo", json!(["Group", "User"]));
        set(&mut owner, "relationshipName", json!("Owner"));
        set(&mut owner, "polymorphicForeignKey", json!(true));
        set(&mut owner, "namePointing", json!(true));
        set(&mut owner, "defaultedOnCreate", json!(true));
        fields.push(with(owner, &["standard", "required"]));
    }
    if writable {
        fields.push(with(field("IsDeleted", "Deleted", "boolean", 0), &["standard", "system"]));
    }
    let mut own = own;
    if let Some(named) = own.iter().position(|it| it.get("nameField") == Some(&json!(true)))
        && store != Store::External
    {
        fields.push(own.remove(named));
    }
    if store != Store::External {
        fields.push(with(field("CreatedDate", "Created Date", "datetime", 0), &["standard", "system"]));
        fields.push(staff("CreatedById", "Created By ID", "CreatedBy"));
    }
    if writable {
        fields.push(with(
            field("LastModifiedDate", "Last Modified Date", "datetime", 0),
            &["standard", "system"],
        ));
        fields.push(staff("LastModifiedById", "Last Modified By ID", "LastModifiedBy"));
        fields.push(with(field("SystemModstamp", "System Modstamp", "datetime", 0), &["standard", "system"]));
    }
    if !writable {
        for it in &mut own {
            set(it, "createable", json!(false));
            set(it, "updateable", json!(false));
        }
    }
    fields.extend(own);
    let mut whole = Map::new();
    for key in [
        "activateable",
        "customSetting",
        "deepCloneable",
        "deprecatedAndHidden",
        "feedEnabled",
        "hasSubtypes",
        "isInterface",
        "isSubtype",
        "mergeable",
    ] {
        whole.insert(key.to_owned(), json!(false));
    }
    for key in [
        "associateEntityType",
        "associateParentEntity",
        "defaultImplementation",
        "extendedBy",
        "extendsInterfaces",
        "implementedBy",
        "implementsInterfaces",
        "listviewable",
        "lookupLayoutable",
        "networkScopeFieldName",
    ] {
        whole.insert(key.to_owned(), Value::Null);
    }
    for key in
        ["actionOverrides", "childRelationships", "namedLayoutInfos", "recordTypeInfos", "supportedScopes"]
    {
        whole.insert(key.to_owned(), json!([]));
    }
    for key in [
        "compactLayoutable",
        "createable",
        "deletable",
        "layoutable",
        "mruEnabled",
        "replicateable",
        "searchLayoutable",
        "searchable",
        "triggerable",
        "undeletable",
        "updateable",
    ] {
        whole.insert(key.to_owned(), json!(writable));
    }
    for key in ["custom", "queryable", "retrieveable"] {
        whole.insert(key.to_owned(), json!(true));
    }
    for (key, value) in [
        ("fields", Value::Array(fields)),
        ("keyPrefix", json!(prefix)),
        ("label", json!(label)),
        ("labelPlural", json!(format!("{label}s"))),
        ("name", json!(name)),
        ("sobjectDescribeOption", json!("FULL")),
        (
            "urls",
            json!({
                "sobject": format!("/services/data/v68.0/sobjects/{name}"),
                "describe": format!("/services/data/v68.0/sobjects/{name}/describe"),
                "rowTemplate": format!("/services/data/v68.0/sobjects/{name}/{{ID}}")
            }),
        ),
    ] {
        whole.insert(key.to_owned(), value);
    }
    whole.sort_keys();
    let whole = Value::Object(whole);
    (name, whole)
}

fn text(name: &str, label: &str, length: u32) -> Value {
    field(name, label, "string", length)
}

fn long_text(name: &str, label: &str) -> Value {
    let mut it = with(field(name, label, "textarea", 32_000), &["unfilterable"]);
    set(&mut it, "extraTypeInfo", json!("plaintextarea"));
    it
}

fn auto_name(label: &str) -> Value {
    let mut it = with(
        text("Name", &format!("{label} Number"), 80),
        &["nameField", "idLookup", "autoNumber", "system"],
    );
    set(&mut it, "custom", json!(false));
    it
}

fn lookup(name: &str, label: &str, to: &str) -> Value {
    let mut it = field(name, label, "reference", 18);
    set(&mut it, "referenceTo", json!([to]));
    set(&mut it, "relationshipName", json!(name.replace("__c", "__r")));
    it
}

fn master(name: &str, label: &str, to: &str) -> Value {
    let mut it = with(lookup(name, label, to), &["required"]);
    set(&mut it, "cascadeDelete", json!(true));
    set(&mut it, "relationshipOrder", json!(0));
    set(&mut it, "writeRequiresMasterRead", json!(false));
    set(&mut it, "updateable", json!(false));
    it
}

fn staff(name: &str, label: &str, relationship: &str) -> Value {
    let mut it = with(lookup(name, label, "User"), &["standard", "system"]);
    set(&mut it, "relationshipName", json!(relationship));
    it
}

fn set(field: &mut Value, key: &str, value: Value) {
    if let Some(map) = field.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

/// Turns flags of a field on. `required`, `unfilterable`, `standard` and `system` stand for several flags.
fn with(mut it: Value, flags: &[&str]) -> Value {
    for flag in flags {
        let keys: &[(&str, bool)] = match *flag {
            "required" => &[("nillable", false)],
            "unfilterable" => {
                &[("filterable", false), ("sortable", false), ("groupable", false), ("aggregatable", false)]
            }
            "standard" => &[("custom", false), ("permissionable", false)],
            "system" => &[
                ("createable", false),
                ("updateable", false),
                ("nillable", false),
                ("permissionable", false),
                ("defaultedOnCreate", true),
            ],
            "nameField" => {
                set(&mut it, "custom", json!(false));
                &[("nameField", true), ("permissionable", false)]
            }
            other => {
                set(&mut it, other, json!(true));
                &[]
            }
        };
        for (key, value) in keys {
            set(&mut it, key, json!(value));
        }
    }
    it
}

fn field(name: &str, label: &str, kind: &str, length: u32) -> Value {
    let soap = match kind {
        "id" | "reference" => "tns:ID",
        "boolean" => "xsd:boolean",
        "double" => "xsd:double",
        "date" => "xsd:date",
        "datetime" => "xsd:dateTime",
        _ => "xsd:string",
    };
    let number = kind == "double";
    let mut map = Map::new();
    for key in [
        "aiPredictionField",
        "autoNumber",
        "calculated",
        "cascadeDelete",
        "caseSensitive",
        "defaultedOnCreate",
        "dependentPicklist",
        "deprecatedAndHidden",
        "displayLocationInDecimal",
        "encrypted",
        "externalId",
        "formulaTreatNullNumberAsZero",
        "highScaleNumber",
        "htmlFormatted",
        "idLookup",
        "nameField",
        "namePointing",
        "polymorphicForeignKey",
        "queryByDistance",
        "restrictedDelete",
        "restrictedPicklist",
        "searchPrefilterable",
        "unique",
        "writeRequiresMasterRead",
    ] {
        map.insert(key.to_owned(), json!(false));
    }
    for key in [
        "createable",
        "custom",
        "filterable",
        "nillable",
        "permissionable",
        "sortable",
        "updateable",
        "aggregatable",
    ] {
        map.insert(key.to_owned(), json!(true));
    }
    for key in [
        "calculatedFormula",
        "compoundFieldName",
        "controllerName",
        "defaultValue",
        "defaultValueFormula",
        "extraTypeInfo",
        "filteredLookupInfo",
        "inlineHelpText",
        "mask",
        "maskType",
        "referenceTargetField",
        "relationshipName",
        "relationshipOrder",
    ] {
        map.insert(key.to_owned(), Value::Null);
    }
    map.insert("groupable".to_owned(), json!(!number && kind != "datetime"));
    map.insert("byteLength".to_owned(), json!(length.saturating_mul(3)));
    map.insert("digits".to_owned(), json!(0));
    map.insert("label".to_owned(), json!(label));
    map.insert("length".to_owned(), json!(length));
    map.insert("name".to_owned(), json!(name));
    map.insert("picklistValues".to_owned(), picklist(name));
    map.insert("precision".to_owned(), json!(if number { 18 } else { 0 }));
    map.insert("scale".to_owned(), json!(0));
    map.insert("referenceTo".to_owned(), json!([]));
    map.insert("soapType".to_owned(), json!(soap));
    map.insert("type".to_owned(), json!(kind));
    if kind == "boolean" {
        map.insert("nillable".to_owned(), json!(false));
        map.insert("defaultValue".to_owned(), json!(false));
    }
    map.sort_keys();
    Value::Object(map)
}

fn picklist(name: &str) -> Value {
    let values: &[&str] = match name {
        "Tier__c" => &["Sapling", "Alder", "Sequoia"],
        "Status__c" => &["Received", "On the bench", "Returned"],
        _ => &[],
    };
    values
        .iter()
        .map(|it| json!({"active": true, "defaultValue": false, "label": it, "validFor": null, "value": it}))
        .collect()
}
