//! Promises about contested values.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::query::Ask;
use crate::rehearse::world::{World, id};
use crate::review::Decision;
use crate::row::Row;

/// A contact with a lead, a campaign member, a contact point and a stranger's contact of the same city.
fn world() -> World {
    let (ana, lead) = (id("003", 1), id("00Q", 1));
    World::default()
        .object("Contact", "003", &["LastName", "Email:email", "MailingCity", "AccountId->Account"])
        .object("Lead", "00Q", &["LastName", "Email:email", "City"])
        .object("CampaignMember", "00v", &["ContactId->Contact", "Email:email"])
        .object("ContactPointEmail", "9Vl", &["ParentId->Individual", "EmailAddress:email"])
        .row(
            "Contact",
            &ana,
            json!({"LastName": "Berg", "Email": "anna@example.com", "MailingCity": "Fresno"}),
        )
        .row("Lead", &lead, json!({"LastName": "Berg", "Email": "ANNA@example.com", "City": "fresno"}))
        .row("CampaignMember", &id("00v", 1), json!({"ContactId": ana.as_str(), "Email": "anna@example.com"}))
        .row("ContactPointEmail", &id("9Vl", 1), json!({"EmailAddress": "anna@example.com"}))
        .row("Contact", &id("003", 9), json!({"LastName": "Other", "MailingCity": "Fresno"}))
        .decide("Contact", &ana, None)
        .decide("Lead", &lead, None)
        .decide("CampaignMember", &id("00v", 1), None)
        .decide("ContactPointEmail", &id("9Vl", 1), None)
        .decide("Contact", &id("003", 9), Some(Decision::NotThisPerson))
}

fn item(extra: serde_json::Value) -> serde_json::Value {
    let mut item = json!({ "object": "Contact", "id": id("003", 1).as_str(), "field": "Email",
        "claimed": "ana@example.com", "decision": "grant", "because": "The invoice shows the other address." });
    for (key, value) in extra.as_object().unwrap() {
        item[key] = value.clone();
    }
    item
}

fn taken(world: &World, item: serde_json::Value) -> Result<Vec<Given>, Vec<String>> {
    let documents = BTreeMap::from([("bill.pdf".to_owned(), "a".repeat(64))]);
    read(json!({ "corrections": [item] }).to_string().as_bytes(), &world.matches, &documents)
}

fn contests(world: &World, item: serde_json::Value) -> Vec<Contest> {
    let mut contests: Vec<Contest> = taken(world, item).unwrap().into_iter().map(|it| it.contest).collect();
    let questions: Vec<Ask> = asks(&world.schema, &world.matches, &world.decided, &contests);
    let rows: Vec<Row> = world.ask_all(&questions);
    copies(&world.schema, &rows, &mut contests).unwrap();
    contests
}

fn places(contest: &Contest) -> Vec<(String, CopyRoad)> {
    contest.copies.iter().map(|it| (format!("{}.{}", it.object, it.field), it.road)).collect()
}

#[test]
fn every_fault_of_a_file_has_its_sentence_and_no_value_is_repeated() {
    for (extra, sentence) in [
        (json!({"id": "003"}), "id is not usable"),
        (json!({"id": id("003", 7).as_str()}), "not among the matches"),
        (json!({"because": " "}), "circumstances"),
        (json!({"claimed": null}), "needs the claimed value"),
        (json!({"claimed": ["secret"]}), "a list or a group"),
        (json!({"decision": "deny"}), "needs a \"basis\""),
        (json!({"decision": "deny", "basis": "impossible", "nature": "n", "obtained": "o"}), "facts"),
        (json!({"decision": "deny", "basis": "fraud"}), "\"nature\" and \"obtained\""),
        (json!({"decision": "delete-instead"}), "no-negative-impact or consent"),
        (json!({"basis": "fraud"}), "belongs to \"deny\""),
        (json!({"evidence": [{"side": "consumer", "document": "secret.pdf"}]}), "was not given"),
        (json!({"health": true, "statement": "word ".repeat(251)}), "251 words"),
        (json!({"statement_field": "MailingCity"}), "no statement"),
        (json!({"statement": "x", "statement_field": "email"}), "contested field itself"),
        (json!({"surprise": "secret"}), "unknown or missing key"),
        (json!({"decision": "maybe"}), "wrong kind"),
    ] {
        let faults = taken(&world(), item(extra.clone())).unwrap_err().join("; ");
        assert!(faults.contains(sentence), "{extra}: {faults}");
        assert!(!faults.contains("secret") && !faults.contains("example.com"), "{faults}");
    }
    let twice = json!({ "corrections": [item(json!({})), item(json!({"field": "EMAIL"}))] }).to_string();
    let faults = read(twice.as_bytes(), &world().matches, &BTreeMap::new()).unwrap_err();
    assert!(faults[0].contains("item 2") && faults[0].contains("twice"), "{faults:?}");
    assert!(read(b"{\"corrections\":[]}", &[], &BTreeMap::new()).is_err());
    assert!(read(b"nonsense", &[], &BTreeMap::new()).is_err());
}

#[test]
fn the_same_value_is_found_on_the_persons_other_records_and_what_salesforce_copies_is_told_apart() {
    let evidence = json!({"evidence": [{"side": "consumer", "document": "bill.pdf"}]});
    let email = contests(&world(), item(evidence)).remove(0);
    assert_eq!(email.held, json!("anna@example.com"));
    assert_eq!(email.evidence, [Evidence { side: Side::Consumer, sha256: "a".repeat(64) }]);
    assert_eq!(
        places(&email),
        [
            ("CampaignMember.Email".to_owned(), CopyRoad::Follows),
            ("ContactPointEmail.EmailAddress".to_owned(), CopyRoad::Proposed),
            ("Lead.Email".to_owned(), CopyRoad::Proposed),
        ]
    );
    let city = contests(&world(), item(json!({"field": "MailingCity", "claimed": "Oakland"}))).remove(0);
    assert_eq!(places(&city), [("Lead.City".to_owned(), CopyRoad::Proposed)], "never the stranger's");
    let denied = json!({"decision": "deny", "basis": "accurate", "nature": "objective", "obtained": "from the person"});
    assert!(places(&contests(&world(), item(denied))[0]).is_empty());
}

#[test]
fn only_what_was_granted_or_adopted_is_written_and_the_rest_is_told() {
    let mut email = contests(&world(), item(json!({"source": {"name": "List Ltd"}}))).remove(0);
    let (set, notes) = changes(std::slice::from_ref(&email));
    assert_eq!(set.len(), 1);
    assert_eq!(notes.len(), 3, "two copies to decide, and the source: {notes:?}");
    for copy in &mut email.copies {
        if copy.road == CopyRoad::Proposed {
            copy.road = CopyRoad::Adopted;
        }
    }
    let objects: Vec<String> = changes(&[email.clone()]).0.into_iter().map(|it| it.object).collect();
    assert_eq!(objects, ["Contact", "ContactPointEmail", "Lead"]);
    email.decision = Verdict::Deny;
    email.statement = "That is not me.".into();
    email.statement_field = Some("Description".into());
    let set = changes(&[email]).0;
    assert_eq!(
        (set.len(), set[0].field.as_str()),
        (1, "Description"),
        "a denial still takes the statement up"
    );
}
