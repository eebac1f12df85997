use serde_json::json;

use super::confirm;
use super::*;
use crate::disclosure::Secret;
use crate::query::{Answer, Ask, Refusal};
use crate::row::Row;
use crate::schema::Schema;

fn schema() -> Schema {
    serde_json::from_value(json!({ "objects": {
        "Contact": { "name": "Contact", "label": "Contact", "queryable": true, "searchable": true, "undeletable": true,
            "childRelationships": [{ "childSObject": "Pet__c", "field": "Owner__c", "cascadeDelete": true }],
            "fields": [
                { "name": "Id", "label": "Id", "type": "id" },
                { "name": "Email", "label": "Email", "type": "email", "createable": true, "permissionable": true },
                { "name": "Description", "label": "Notes", "type": "textarea", "createable": true, "permissionable": true },
                { "name": "SSN__c", "label": "SSN", "type": "encryptedstring", "createable": true, "permissionable": true },
                { "name": "CreatedDate", "label": "Created", "type": "datetime" } ] },
        "Pet__c": { "name": "Pet__c", "label": "Pet", "queryable": true, "custom": true, "fields": [
                { "name": "Id", "label": "Id", "type": "id" },
                { "name": "Name", "label": "Name", "type": "string", "createable": true } ] },
        "Product2": { "name": "Product2", "label": "Product", "queryable": true, "fields": [
                { "name": "Name", "label": "Name", "type": "string" } ] } } }))
    .unwrap()
}

fn row(object: &str, id: &str, values: serde_json::Value) -> Row {
    serde_json::from_value(json!({ "object": object, "id": id, "values": values })).unwrap()
}

fn refused() -> Refusal {
    Refusal { code: "INVALID_TYPE".to_owned(), message: String::new() }
}

fn answer(ask: &Ask) -> Result<Answer, Refusal> {
    let query = match ask {
        Ask::Query(query) => query,
        Ask::Search(search) => {
            assert!(search.phrases.contains(&"password".to_owned()));
            assert_eq!(search.returning[0].fields, ["Email", "Description", "SSN__c"]);
            let found = json!({ "Description": "Api key: 8ffe21a0bc44d9e7" });
            // The first record again: it was looked at before.
            let again = json!({ "Email": "ana@example.com" });
            let rows =
                vec![row("Contact", "0035g00000AAA01", again), row("Contact", "0035g00000AAA02", found)];
            return Ok(Answer { rows });
        }
    };
    let rows = match query.object.as_str() {
        "Contact" => vec![row(
            "Contact",
            "0035g00000AAA01",
            json!({
            "Email": "ana@example.com", "Description": "Called; SSN 219-09-9999 on file. Password: horse-7." }),
        )],
        "FieldDefinition" => vec![row(
            "FieldDefinition",
            "000000000000000",
            json!({
            "EntityDefinition.QualifiedApiName": "Contact", "QualifiedApiName": "Email",
            "ComplianceGroup": "CCPA;PII", "SecurityClassification": "Restricted" }),
        )],
        "OauthToken" => vec![row(
            "OauthToken",
            "000000000000000",
            json!({
            "AppName": "Mailer", "UserId": "0055g00000AAA01", "LastUsedDate": "2026-10-01T00:00:00Z", "UseCount": 7 }),
        )],
        "User" => vec![row("User", "0055g00000AAA01", json!({ "Username": "sync@example.com" }))],
        "PermissionSetAssignment" if query.fields.len() == 2 => vec![row(
            "PermissionSetAssignment",
            "0Pa5g00000AAA01",
            json!({ "AssigneeId": "0055g00000AAA01", "PermissionSetId": "0PS5g00000AAA01" }),
        )],
        "ObjectPermissions" => vec![row(
            "ObjectPermissions",
            "1105g00000AAA01",
            json!({
            "ParentId": "0PS5g00000AAA01", "SobjectType": "Contact", "PermissionsRead": true,
            "PermissionsViewAllRecords": true }),
        )],
        "FieldPermissions" => vec![row(
            "FieldPermissions",
            "01k5g00000AAA01",
            json!({
            "ParentId": "0PS5g00000AAA01", "Field": "Contact.Email", "PermissionsRead": true }),
        )],
        "NamedCredential" => return Err(refused()),
        _ => Vec::new(),
    };
    Ok(Answer { rows })
}

fn built() -> DataMap {
    let schema = schema();
    let mut survey = Survey::begin();
    loop {
        let asks = survey.next(&schema);
        if asks.is_empty() {
            break;
        }
        survey.answer(&schema, asks.iter().map(answer).collect());
    }
    let counts = survey::Counts {
        counted: [("Contact".to_owned(), Ok(2)), ("Pet__c".to_owned(), Err(refused()))].into(),
        estimated: [("Contact".to_owned(), 9), ("Pet__c".to_owned(), 5)].into(),
    };
    survey.finish(&schema, &counts)
}

#[test]
fn a_map_says_what_each_field_holds_and_on_what_that_rests() {
    let map = built();
    let names: Vec<&str> = map.objects.iter().map(|it| it.object.as_str()).collect();
    assert_eq!(names, ["Contact", "Pet__c"], "goods are nobody's data");
    let contact = map.object("Contact").unwrap();
    assert_eq!((contact.records, contact.people.as_str(), contact.deletion.bin), (Some(2), "person", true));
    assert_eq!(contact.deletion.takes_along, ["Pet__c".to_owned()].into());
    assert_eq!(map.object("Pet__c").unwrap().deletion.goes_with, ["Contact".to_owned()].into());
    let email = contact.field("Email").unwrap();
    assert_eq!(email.words(What::Categories), ["A"]);
    assert_eq!(email.words(What::BreachElements), ["email"]);
    assert_eq!(
        (email.security_classification.as_deref(), email.compliance_groups.len()),
        (Some("Restricted"), 2)
    );
    let ssn = contact.field("SSN__c").unwrap();
    assert_eq!(ssn.words(What::NeverDisclosed), ["social_security"]);
    assert_eq!(ssn.words(What::Encryption), ["classic"]);
    assert!(ssn.words(What::Categories).contains(&"L") && !ssn.words(What::Sensitive).is_empty());
    let notes = contact.field("Description").unwrap();
    assert_eq!(notes.words(What::BreachElements), ["password", "ssn"], "found in a sample, not by its name");
    assert_eq!((notes.sampled.values, notes.told[&What::BreachElements].basis.as_str()), (2, "samples"));
    assert!(!notes.told.contains_key(&What::Purpose), "what nobody said is not known");
    assert!(map.unknown() > 0);
}

#[test]
fn an_app_reaches_what_the_users_behind_its_tokens_may_read() {
    let map = built();
    let mailer = &map.integrations[0];
    assert_eq!((mailer.name.as_str(), mailer.uses), ("Mailer", Some(7)));
    assert_eq!(mailer.users, ["sync@example.com".to_owned()].into());
    let reach = &mailer.can_reach["Contact"];
    assert!(reach.all_records);
    assert_eq!(reach.without, ["Description".to_owned(), "SSN__c".to_owned()].into());
    assert!(!mailer.can_reach.contains_key("Pet__c"));
    assert_eq!(map.not_read[0].what, "named credentials");
    assert_eq!(map.not_read[1].what, "the number of records of Pet__c");
}

#[test]
fn what_an_integration_can_read_has_records_sensitive_fields_and_secrets() {
    let map = built();
    let contact = map.object("Contact").unwrap();
    assert_eq!((contact.records, contact.counted), (Some(2), true), "counted, not estimated");
    let pet = map.object("Pet__c").unwrap();
    assert_eq!((pet.records, pet.counted), (Some(5), false), "the count was refused");

    let whole = Reach { all_records: true, without: BTreeSet::new() };
    let all = Readable::of(&whole, Some(contact));
    assert_eq!(
        (all.records, all.counted, all.sensitive_fields),
        (Some(2), true, 2),
        "SSN__c, and notes with one"
    );
    let secret = &all.secrets[0];
    assert_eq!((secret.field.as_str(), secret.samples, secret.of), ("Description", 2, 2));
    assert_eq!(secret.kinds, [Secret::Password, Secret::AccessKey].into(), "by sample and by search");
    assert_eq!(contact.field("Email").unwrap().sampled.values, 1, "no record is looked at twice");

    let mailer = Readable::of(&map.integrations[0].can_reach["Contact"], Some(contact));
    assert_eq!((mailer.sensitive_fields, mailer.secrets.len()), (0, 0), "it may read neither field");
    let gone = Readable::of(&whole, None);
    assert_eq!((gone.records, gone.counted), (None, false));

    let (one, two, three) = ("Contact".to_owned(), "Pet__c".to_owned(), "Gone__c".to_owned());
    let sum = Sum::of([(&one, &all), (&two, &Readable::of(&whole, Some(pet))), (&three, &gone)].into_iter());
    assert_eq!((sum.records, sum.exact, sum.not_known, sum.sensitive_fields), (7, false, 1, 2));
    assert_eq!(sum.secrets, ["Contact.Description"]);
    assert!(Sum::of([(&one, &all)].into_iter()).exact);
}

#[test]
fn a_map_of_an_earlier_version_still_opens() {
    let mut kept = serde_json::to_value(built()).unwrap();
    for object in kept["objects"].as_array_mut().unwrap() {
        object.as_object_mut().unwrap().remove("counted");
        for field in object["fields"].as_array_mut().unwrap() {
            let sampled = field["sampled"].as_object_mut().unwrap();
            sampled.remove("with_secrets");
            sampled.remove("secrets");
        }
    }
    let map: DataMap = serde_json::from_value(kept).unwrap();
    assert_eq!((map.objects[0].records, map.objects[0].counted), (Some(2), false));
}

#[test]
fn what_several_findings_show_of_one_object_is_put_together() {
    let did = |from: &str, to: &str, rows| DidReach { from: from.to_owned(), to: to.to_owned(), rows };
    let both = did("2026-10-02", "2026-10-03", None).with(did("2026-10-01", "2026-10-02", Some(7)));
    assert_eq!(both, did("2026-10-01", "2026-10-03", Some(7)));
}

fn confirmed(file: &str) -> Result<Vec<Fact>, Vec<crate::review::BadLine>> {
    confirm::read(file.as_bytes(), &built(), "2026-11-21T10:00:00Z".parse().unwrap())
}

#[test]
fn the_officers_word_survives_a_rebuild_and_drift_is_shown() {
    let facts = confirmed(
        "object,field,confirmed,breach_elements,purpose\nContact,Email,yes,email,Newsletter\nContact,Description,,,ignored\nContact,SSN__c,yes,,Payroll\n",
    )
    .unwrap();
    let mut map = built();
    confirm::lay_over(&mut map, &facts);
    let contact = map.object("Contact").unwrap();
    assert_eq!(contact.field("Email").unwrap().words(What::Purpose), ["Newsletter"]);
    assert!(
        contact.field("SSN__c").unwrap().words(What::BreachElements).is_empty(),
        "the officer said: none"
    );
    assert!(!contact.field("Description").unwrap().told.contains_key(&What::Purpose));
    assert_eq!(confirm::drift(&built(), Some(&built()), &facts), [], "nothing changed");
    let mut later = built();
    later.objects[0].fields.retain(|it| it.field != "SSN__c");
    later.objects[0].fields[0].told.get_mut(&What::BreachElements).unwrap().value =
        "email; password".to_owned();
    later.integrations.clear();
    let drift = confirm::drift(&later, Some(&built()), &facts);
    let lines: Vec<(&str, &str, &str)> =
        drift.iter().map(|it| (it.object.as_str(), it.field.as_str(), it.what.as_str())).collect();
    assert_eq!(
        lines,
        [
            ("Contact", "Email", "breach_elements"),
            ("Contact", "SSN__c", "confirmed field"),
            ("Contact", "SSN__c", "field"),
            ("Mailer", "", "integration")
        ]
    );
}

#[test]
fn a_faulty_file_confirms_nothing_and_names_its_lines() {
    let head = "object,field,confirmed,categories,purpose,breach_elements\n";
    for (body, line, what) in [
        ("Contact,Nose,yes,A,,\n", 2, "no such field"),
        ("Contact,Email,perhaps,A,,\n", 2, "confirmed must be"),
        ("Contact,Email,yes,Z,,\n", 2, "none of the map's"),
        ("Contact,Email,yes,A,,shoe_size\n", 2, "none of the map's"),
        ("Contact,Email,yes,A,=1+1,\n", 2, "formula"),
        ("Contact,Email,yes,A,,\nContact,Email,yes,A,,\n", 3, "earlier line"),
        ("Contact,Email,no,A,,\n", 0, "no row says yes"),
    ] {
        let faults = confirmed(&format!("{head}{body}")).unwrap_err();
        assert_eq!((faults.len(), faults[0].line), (1, line), "{body}");
        assert!(faults[0].what.contains(what), "{}", faults[0].what);
    }
    assert_eq!(confirmed("name,value\na,b\n").unwrap_err()[0].line, 1);
    assert!(confirm::read(&[0xff, 0xfe], &built(), chrono::DateTime::UNIX_EPOCH).is_err());
}

fn said(answers: &[(What, &str)]) -> Result<Vec<Fact>, Vec<String>> {
    let map = built();
    let contact = map.object("Contact").unwrap();
    let answers: Vec<confirm::Answer> = answers
        .iter()
        .map(|(what, value)| confirm::Answer { what: *what, value: (*value).to_owned() })
        .collect();
    let now = "2026-11-21T10:00:00Z".parse().unwrap();
    confirm::of_field(contact, contact.field("Email").unwrap(), &answers, now)
}

#[test]
fn answers_about_one_field_are_taken_whole_or_not_at_all() {
    let facts = said(&[
        (What::Purpose, " newsletter "),
        (What::Retention, ""),
        (What::Categories, "B; A"),
        (What::Sensitive, ""),
    ])
    .unwrap();
    let told: Vec<(What, &str)> = facts.iter().map(|it| (it.what, it.value.as_str())).collect();
    assert_eq!(
        told,
        [(What::Categories, "A; B"), (What::Sensitive, ""), (What::Purpose, "newsletter")],
        "what is left open is not known; an empty list says: none"
    );
    assert_eq!(facts[0].found.as_deref(), Some("A"), "what the org said stands beside it");
    let faults =
        said(&[(What::Purpose, "=1+1"), (What::Categories, "Z"), (What::Source, "the person")]).unwrap_err();
    assert_eq!(
        faults,
        ["purpose begins like a spreadsheet formula", "categories holds a word that is none of the map's"]
    );
}

#[test]
fn every_word_of_the_vocabulary_is_taken() {
    for what in [What::Categories, What::NeverDisclosed, What::BreachElements] {
        let words = confirm::vocabulary(what).unwrap();
        assert!(words.len() > 10, "{what:?}: {words:?}");
        assert!(said(&[(what, &words.join("; "))]).is_ok(), "{what:?}: {words:?}");
    }
    assert_eq!(confirm::vocabulary(What::Purpose), None);
}
