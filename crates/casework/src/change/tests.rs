//! Promises about values: what is the same, what does not fit, what follows.

use serde_json::json;

use super::*;
use crate::schema::{Field, Object};

fn contact() -> Object {
    let field = |name: &str, field_type: &str, length: u32| Field {
        name: name.into(),
        field_type: field_type.into(),
        length,
        updateable: true,
        nillable: name != "LastName",
        ..Field::default()
    };
    let formula = Field {
        calculated: true,
        updateable: false,
        calculated_formula: Some("UPPER( City__c ) & LastName".into()),
        ..field("Sign__c", "string", 255)
    };
    let tier = Field {
        restricted_picklist: true,
        picklist_values: vec!["Gold".into(), "Silver".into()],
        ..field("Tier__c", "picklist", 255)
    };
    Object {
        name: "Contact".into(),
        updateable: true,
        fields: vec![
            field("LastName", "string", 80),
            field("Email", "email", 80),
            field("City__c", "string", 5),
            field("Birthdate", "date", 0),
            field("DoNotCall", "boolean", 0),
            Field { updateable: false, ..field("Fixed__c", "string", 80) },
            formula,
            tier,
        ],
        ..Object::default()
    }
}

#[test]
fn what_salesforce_spells_differently_is_the_same() {
    for (kind, a, b) in [
        ("email", json!("Ana@Example.com"), json!("ana@example.com")),
        ("boolean", json!(false), json!(null)),
        ("double", json!(12), json!("12.0")),
        ("datetime", json!("2026-11-21T09:30:00.000+0000"), json!("2026-11-21T09:30:00Z")),
        ("string", json!(" Oakland "), json!("Oakland")),
        ("string", json!(""), json!(null)),
    ] {
        assert!(same(kind, &a, &b), "{kind}: {a} and {b}");
    }
    assert!(!same("string", &json!("oakland"), &json!("Oakland")));
    assert!(!same("boolean", &json!(true), &json!(null)));
}

#[test]
fn a_value_that_the_org_would_refuse_has_its_sentence() {
    for (field, value, sentence) in [
        ("Nope__c", json!("x"), "does not see the field"),
        ("Sign__c", json!("x"), "is a formula"),
        ("Fixed__c", json!("x"), "may not change"),
        ("LastName", json!(null), "may not be empty"),
        ("LastName", json!("  "), "may not be empty"),
        ("Email", json!("nobody"), "one email address"),
        ("City__c", json!("Oakland"), "at most 5"),
        ("Birthdate", json!("21/11/2026"), "a day like"),
        ("DoNotCall", json!("yes"), "true or false"),
        ("Tier__c", json!("Lead"), "Gold, Silver"),
        ("LastName", json!(["a"]), "not a list"),
    ] {
        let said = unfit(&contact(), field, &value).unwrap_or_default();
        assert!(said.contains(sentence), "{field} {value}: {said}");
    }
    for (field, value) in [
        ("Email", json!(null)),
        ("Email", json!("ana@example.com")),
        ("Tier__c", json!("gold")),
        ("DoNotCall", json!(true)),
    ] {
        assert_eq!(unfit(&contact(), field, &value), None, "{field} {value}");
    }
    let closed = Object { updateable: false, ..contact() };
    assert!(unfit(&closed, "Email", &json!(null)).is_some_and(|it| it.contains("records of Contact")));
}

#[test]
fn copies_mirrors_and_formulas_are_known() {
    let of = |object, field| -> Vec<String> {
        followers(object, field).into_iter().map(|it| format!("{}.{}", it.object, it.field)).collect()
    };
    assert_eq!(of("Contact", "Email"), ["CampaignMember.Email", "Case.ContactEmail"]);
    assert_eq!(of("Contact", "MailingCity"), ["CampaignMember.City"]);
    assert_eq!(of("Contact", "OtherCity"), Vec::<String>::new());
    assert_eq!(of("Lead", "Company"), ["CampaignMember.CompanyOrAccount"]);
    assert_eq!(of("Lead", "City"), ["CampaignMember.City"]);
    assert_eq!(mirrored("PersonEmail").as_deref(), Some("Email"));
    assert_eq!(mirrored("Tier__pc").as_deref(), Some("Tier__c"));
    assert_eq!(mirrored("BillingCity"), None);
    assert_eq!(formulas(&contact(), "LastName"), ["Sign__c"]);
    assert!(formulas(&contact(), "Name").is_empty());
}

#[test]
fn a_value_is_recognised_by_its_hash_alone() {
    let id = RecordId::parse("0035g00000AAAAA").unwrap();
    let row = |email: serde_json::Value| Row {
        object: "Contact".into(),
        id: id.clone(),
        values: [("Email".to_owned(), email)].into(),
    };
    let planned = PlannedValue {
        object: "Contact".into(),
        id: id.clone(),
        field: "Email".into(),
        field_type: "email".into(),
        after: json!("ana@example.com"),
        cause: Cause::Asked,
        write: true,
    };
    let set = set_values("d", &[planned], &[row(json!("anna@example.com"))], b"key").remove(0);
    assert!(!serde_json::to_string(&set).unwrap().contains("example"));
    assert_eq!(set.in_row(b"key", &row(json!("ANA@example.com"))), Held::After);
    assert_eq!(set.in_row(b"key", &row(json!("anna@example.com"))), Held::Before);
    assert_eq!(set.in_row(b"key", &row(json!(null))), Held::Another);
    assert_eq!(set.in_row(b"other", &row(json!("ana@example.com"))), Held::Another);
}

#[test]
fn twelve_months_after_an_opt_out_the_business_may_ask_again() {
    let at: DateTime<Utc> = "2028-02-29T10:00:00Z".parse().unwrap();
    assert_eq!(may_ask_again(at).to_rfc3339(), "2029-02-28T10:00:00+00:00");
}
