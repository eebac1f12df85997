//! One test per clause of how agreements are counted and how belonging is followed, over rows as the org gives them.

use serde_json::{Value, json};

use super::*;
use crate::found::{Confidence, CoverageOutcome, Located, Match, Method, QuestionKind, ReasonKind};
use crate::query::Condition;
use crate::schema::{ChildRelationship, Field, Object};

/// An org with these objects; fields as `name:type`, lookups as `name>Object|Object`, `!` for what cannot be filtered.
fn schema(objects: &[(&str, &str, &str)]) -> Schema {
    let mut schema = Schema::default();
    for (name, prefix, fields) in objects {
        let mut object = Object {
            name: (*name).into(),
            key_prefix: Some((*prefix).into()),
            queryable: true,
            searchable: !name.ends_with("Link") && !name.ends_with("Relation") && !name.ends_with("Role"),
            custom: name.contains("__"),
            ..Object::default()
        };
        for text in fields.split_whitespace().chain(["IsDeleted:boolean"]) {
            let filterable = !text.ends_with('!');
            let text = text.trim_end_matches('!');
            let mut field = Field {
                filterable,
                custom: text.contains("__c"),
                length: if filterable { 80 } else { 32000 },
                ..Field::default()
            };
            if let Some((name, to)) = text.split_once('>') {
                field.name = name.into();
                field.field_type = "reference".into();
                field.reference_to = to.split('|').map(str::to_owned).collect();
            } else if let Some((name, kind)) = text.split_once(':') {
                field.name = name.into();
                field.field_type = kind.into();
            }
            object.fields.push(field);
        }
        schema.objects.insert((*name).into(), object);
    }
    let mut children = Vec::new();
    for object in schema.objects.values() {
        for field in object.fields.iter().filter(|field| field.field_type == "reference") {
            for to in &field.reference_to {
                children.push((to.clone(), object.name.clone(), field.name.clone()));
            }
        }
    }
    for (parent, child, field) in children {
        if let Some(object) = schema.objects.get_mut(&parent) {
            let relationship_name = Some(format!("{child}_{field}"));
            object.child_relationships.push(ChildRelationship {
                child_object: child,
                field,
                relationship_name,
                ..Default::default()
            });
        }
    }
    schema
}

fn org() -> Schema {
    schema(&[
        (
            "Contact",
            "003",
            "FirstName:string LastName:string Name:string Email:email Phone:phone Birthdate:date MailingStreet:textarea MailingPostalCode:string Description:textarea! AccountId>Account MasterRecordId>Contact IndividualId>Individual ReportsToId>Contact IsPersonAccount:boolean Number__c:string Spouse__c>Contact",
        ),
        (
            "Lead",
            "00Q",
            "FirstName:string LastName:string Email:email Phone:phone ConvertedContactId>Contact",
        ),
        (
            "Account",
            "001",
            "Name:string LastName:string FirstName:string Phone:phone AccountNumber:string IsPersonAccount:boolean PersonContactId>Contact PersonEmail:email",
        ),
        ("Individual", "0PK", "FirstName:string LastName:string Name:string"),
        ("ContactPointEmail", "9Vl", "EmailAddress:email ParentId>Individual|Account"),
        (
            "Case",
            "500",
            "Subject:string Description:textarea! SuppliedEmail:email SuppliedName:string ContactId>Contact AccountId>Account OwnerId>User|Group Second__c>Contact",
        ),
        ("CaseComment", "00a", "CommentBody:textarea! ParentId>Case"),
        (
            "EmailMessage",
            "02s",
            "FromAddress:email ToAddress:string Subject:string TextBody:textarea! HtmlBody:textarea! ParentId>Case",
        ),
        ("CampaignMember", "00v", "Email:email LeadId>Lead ContactId>Contact"),
        ("Card__c", "a01", "Card_Number__c:string Contact__c>Contact Note__c:string"),
        ("ContentDocumentLink", "06A", "LinkedEntityId>Contact|Case|User ContentDocumentId>ContentDocument"),
        ("ContentDocument", "069", "Title:string"),
        ("ContentVersion", "068", "Title:string ContentDocumentId>ContentDocument"),
        ("User", "005", "LastName:string Email:email ContactId>Contact"),
    ])
}

fn id(short: &str) -> String {
    let base = format!("{short:0<15}");
    RecordId::parse(&base).unwrap().as_str().to_owned()
}

fn row(object: &str, short: &str, values: Value) -> Row {
    let values = values.as_object().unwrap().clone().into_iter().collect();
    Row { object: object.into(), id: RecordId::parse(&id(short)).unwrap(), values }
}

/// Runs a locate to its end; every question is answered with the rows of the objects it asks for.
fn locate_in(schema: &Schema, subject: Value, rows: &[Row]) -> Located {
    let subject: Subject = serde_json::from_value(subject).unwrap();
    let mut locate = Locate::begin(&subject, schema, Settings::default()).unwrap();
    for _ in 0..20 {
        let asks = locate.next(schema);
        if asks.is_empty() {
            return locate.finish(schema);
        }
        for ask in asks {
            let objects: Vec<String> = match &ask.ask {
                Ask::Query(query) => [query.object.clone()]
                    .into_iter()
                    .chain(query.children.iter().map(|child| child.object.clone()))
                    .collect(),
                Ask::Search(search) => search.returning.iter().map(|it| it.object.clone()).collect(),
            };
            let rows = rows.iter().filter(|row| objects.contains(&row.object)).cloned().collect();
            // Between any two calls a locate can be stored and read again.
            locate = serde_json::from_str(&serde_json::to_string(&locate).unwrap()).unwrap();
            locate.answer(schema, ask.number, Ok(Answer { rows }));
        }
    }
    panic!("the locate does not end");
}

fn locate(subject: Value, rows: &[Row]) -> Located {
    locate_in(&org(), subject, rows)
}

fn of<'a>(located: &'a Located, short: &str) -> Option<&'a Match> {
    located.matches.iter().find(|it| it.id.as_str() == id(short))
}

fn grade(located: &Located, short: &str) -> String {
    of(located, short)
        .map_or("none".into(), |it| format!("{:?}{}", it.confidence, if it.shared { " shared" } else { "" }))
}

fn ana() -> Value {
    json!({"names":["Ana Reyes"],"emails":["ana@example.com"],"phones":["415-555-0123"],"birthdate":"1985-03-02",
        "addresses":[{"street":"12 Oak Street","postal_code":"94704"}],"account_numbers":["AC-1001"],"other":{"Note__c":"green"}})
}

#[test]
fn agreements_are_counted_as_the_contract_says() {
    for (what, values, expected) in [
        ("email but for case", json!({"LastName":"Reyes","Email":"ANA@Example.com"}), "Exact"),
        ("whole number", json!({"LastName":"Reyes","Number__c":"ac-1001"}), "Exact"),
        ("full name", json!({"FirstName":"Ana","LastName":"Reyes"}), "Possible"),
        ("surname alone", json!({"LastName":"Reyes"}), "none"),
        ("name inside other words", json!({"FirstName":"Anabel","LastName":"Reyesman"}), "none"),
        ("phone", json!({"LastName":"Reyes","Phone":"+1 (415) 555 0123 x9"}), "Possible"),
        ("name and phone", json!({"FirstName":"Anna","LastName":"Reyes","Phone":"4155550123"}), "Strong"),
        (
            "address",
            json!({"LastName":"Reyes","MailingStreet":"12 Oak St., Apt 3","MailingPostalCode":"94704-1111"}),
            "Possible",
        ),
        ("street without its postal code", json!({"LastName":"Reyes","MailingStreet":"12 Oak St"}), "none"),
        ("birthdate", json!({"LastName":"Reyes","Birthdate":"1985-03-02"}), "Possible"),
        (
            "birthdate and initial with surname",
            json!({"FirstName":"A.","LastName":"Reyes","Birthdate":"1985-03-02"}),
            "Strong",
        ),
        ("plus-tag", json!({"LastName":"Reyes","Email":"ana+shop@example.com"}), "Possible"),
        (
            "mention",
            json!({"FirstName":"Ben","LastName":"Ode","Description":"Sister of Ana Reyes, ana@example.com"}),
            "Possible",
        ),
    ] {
        let located = locate(ana(), &[row("Contact", "003A", values)]);
        assert_eq!(grade(&located, "003A"), expected, "{what}");
    }
}

#[test]
fn a_value_under_other_is_one_weak_agreement() {
    let located = locate(ana(), &[row("Card__c", "a01A", json!({"Note__c":"Green"}))]);
    assert_eq!(grade(&located, "a01A"), "Possible");
    assert_eq!(of(&located, "a01A").unwrap().reasons[0].kind, ReasonKind::Other);
}

#[test]
fn an_email_is_exact_in_text_fields_and_address_lists_and_a_mention_in_prose() {
    let rows = [
        row("EmailMessage", "02sA", json!({"ToAddress":"\"Reyes, Ana\" <ana@example.com>; ben@example.org"})),
        row("Card__c", "a01A", json!({"Note__c":"ana@example.com"})),
        row("EmailMessage", "02sB", json!({"HtmlBody":"<p>please write to <b>ana@example.com</b></p>"})),
    ];
    let located = locate(ana(), &rows);
    assert_eq!(grade(&located, "02sA"), "Exact");
    assert_eq!(grade(&located, "a01A"), "Exact");
    assert_eq!(grade(&located, "02sB"), "Possible");
}

#[test]
fn a_mailbox_that_another_name_holds_too_is_one_weak_agreement_and_a_question() {
    let rows = [
        row("Contact", "003A", json!({"FirstName":"Ana","LastName":"Reyes","Email":"ana@example.com"})),
        row("Contact", "003B", json!({"FirstName":"Ben","LastName":"Reyes","Email":"ana@example.com"})),
        row("Case", "500A", json!({"SuppliedEmail":"ana@example.com"})),
    ];
    let located = locate(ana(), &rows);
    assert_eq!(grade(&located, "003A"), "Strong", "shared mailbox and full name");
    assert_eq!(grade(&located, "003B"), "Possible");
    assert_eq!(grade(&located, "500A"), "Possible");
    let question = located.questions.iter().find(|it| it.kind == QuestionKind::SharedMailbox).unwrap();
    assert_eq!(question.matches.len(), 3);
    assert!(
        located.matches.iter().all(|it| it.reasons.iter().all(|reason| reason.kind != ReasonKind::Email))
    );
}

#[test]
fn a_shared_phone_and_namesakes_are_questions() {
    let rows = [
        row(
            "Contact",
            "003A",
            json!({"FirstName":"Ana","LastName":"Reyes","Email":"ana@example.com","Phone":"415-555-0123"}),
        ),
        row("Contact", "003B", json!({"FirstName":"Ben","LastName":"Ode","Phone":"415-555-0123"})),
        row("Contact", "003C", json!({"FirstName":"Ana","LastName":"Reyes","Email":"other@example.org"})),
    ];
    let located = locate(ana(), &rows);
    assert_eq!(["003A", "003B", "003C"].map(|it| grade(&located, it)), ["Exact", "Possible", "Possible"]);
    let asked =
        |kind| located.questions.iter().find(|it| it.kind == kind).map(|it| it.matches.clone()).unwrap();
    assert_eq!(asked(QuestionKind::SharedPhone), ["M-0001", "M-0002"]);
    assert_eq!(asked(QuestionKind::Namesake), ["M-0003"]);
}

#[test]
fn a_record_id_is_exact_itself_and_in_a_text_field() {
    let subject = json!({"record_ids":["003A00000000000"]});
    let rows = [
        row("Contact", "003A", json!({"LastName":"Reyes"})),
        row("Card__c", "a01A", json!({"Note__c":"003A00000000000"})),
        row("Card__c", "a01B", json!({"Contact__c": id("003A")})),
        row("Contact", "003B", json!({"FirstName":"Ben","LastName":"Ode","Spouse__c": id("003A")})),
    ];
    let located = locate(subject, &rows);
    assert_eq!(["003A", "a01A", "a01B"].map(|it| grade(&located, it)), ["Exact", "Exact", "Exact"]);
    assert_eq!(grade(&located, "003B"), "none", "a spouse is another person");
}

#[test]
fn the_owner_of_a_customer_number_has_one_weak_agreement() {
    let rows = [
        row("Card__c", "a01A", json!({"Card_Number__c":"AC-1001","Contact__c": id("003A")})),
        row("Contact", "003A", json!({"FirstName":"Ana","LastName":"Reyes"})),
    ];
    let located = locate(ana(), &rows);
    assert_eq!(grade(&located, "003A"), "Strong", "owner of the number and full name");
    assert_ne!(grade(&located, "a01A"), "none");
    assert!(of(&located, "003A").unwrap().reasons.iter().any(|it| it.kind == ReasonKind::OwnerOfNumber));
}

#[test]
fn what_belongs_to_a_person_has_that_persons_grade_through_its_parents() {
    let rows = [
        row(
            "Contact",
            "003A",
            json!({"FirstName":"Ana","LastName":"Reyes","Email":"ana@example.com","AccountId": id("001B")}),
        ),
        row("Contact", "003S", json!({"FirstName":"Ana","LastName":"Reyes","Phone":"415-555-0123"})),
        row(
            "Contact",
            "003X",
            json!({"FirstName":"Ben","LastName":"Ode","AccountId": id("001B"),"ReportsToId": id("003A")}),
        ),
        row("Account", "001B", json!({"Name":"Alder Works","IsPersonAccount":false})),
        row("Case", "500A", json!({"ContactId": id("003A"),"AccountId": id("001B"),"OwnerId": id("005A")})),
        row("CaseComment", "00aA", json!({"ParentId": id("500A")})),
        row("Case", "500S", json!({"ContactId": id("003S")})),
        row("Case", "500X", json!({"ContactId": id("003X"),"AccountId": id("001B")})),
        row(
            "ContentDocumentLink",
            "06AA",
            json!({"LinkedEntityId": id("500A"),"ContentDocumentId": id("069A")}),
        ),
        row(
            "ContentDocumentLink",
            "06AU",
            json!({"LinkedEntityId": id("005A"),"ContentDocumentId": id("069A")}),
        ),
        row("ContentDocument", "069A", json!({"Title":"scan"})),
        row("ContentVersion", "068A", json!({"Title":"scan","ContentDocumentId": id("069A")})),
    ];
    let located = locate(ana(), &rows);
    for (short, expected) in [
        ("003A", "Exact"),
        ("500A", "Exact"),
        ("00aA", "Exact"),
        ("06AA", "Exact"),
        ("069A", "Exact"),
        ("068A", "Exact"),
        ("003S", "Strong"),
        ("500S", "Strong"),
        ("003X", "none"),
        ("500X", "none"),
        ("001B", "none"),
        ("06AU", "none"),
    ] {
        assert_eq!(grade(&located, short), expected, "{short}");
    }
}

#[test]
fn what_leads_to_other_people_too_is_shared_and_never_exact() {
    let rows = [
        row("Contact", "003A", json!({"FirstName":"Ana","LastName":"Reyes","Email":"ana@example.com"})),
        row("Contact", "003X", json!({"FirstName":"Ben","LastName":"Ode"})),
        row("Case", "500A", json!({"ContactId": id("003A"),"Second__c": id("003X")})),
        row("CaseComment", "00aA", json!({"ParentId": id("500A")})),
        row("Case", "500X", json!({"ContactId": id("003X"),"SuppliedEmail":"ana@example.com"})),
        row("Case", "500M", json!({"ContactId": id("003X"),"Description":"he asked about Ana Reyes"})),
        row("EmailMessage", "02sX", json!({"FromAddress":"ana@example.com","ParentId": id("500M")})),
        row(
            "ContentDocumentLink",
            "06AA",
            json!({"LinkedEntityId": id("003A"),"ContentDocumentId": id("069A")}),
        ),
        row(
            "ContentDocumentLink",
            "06AX",
            json!({"LinkedEntityId": id("003X"),"ContentDocumentId": id("069A")}),
        ),
        row("ContentDocument", "069A", json!({"Title":"scan"})),
        row("ContentVersion", "068A", json!({"Title":"scan","ContentDocumentId": id("069A")})),
    ];
    let located = locate(ana(), &rows);
    for (short, expected) in [
        ("500A", "Strong shared"),
        ("00aA", "Strong shared"),
        ("500X", "Strong shared"),
        ("500M", "Possible shared"),
        ("02sX", "Strong shared"),
        ("06AA", "Exact"),
        ("06AX", "none"),
        ("069A", "Strong shared"),
        ("068A", "Strong shared"),
    ] {
        assert_eq!(grade(&located, short), expected, "{short}");
    }
}

#[test]
fn merge_losers_converted_leads_and_mirrors_have_the_grade_of_the_record_they_lead_to() {
    let rows = [
        row(
            "Contact",
            "003A",
            json!({"FirstName":"Ana","LastName":"Reyes","Email":"ana@example.com","IndividualId": id("0PKA")}),
        ),
        row(
            "Contact",
            "003L",
            json!({"FirstName":"Ana","LastName":"Whitfield","IsDeleted":true,"MasterRecordId": id("003A")}),
        ),
        row("Lead", "00QA", json!({"FirstName":"Ana","LastName":"R","ConvertedContactId": id("003A")})),
        row("CampaignMember", "00vA", json!({"LeadId": id("00QA")})),
        row("Individual", "0PKA", json!({"FirstName":"Ana","LastName":"Reyes"})),
        row("ContactPointEmail", "9VlA", json!({"EmailAddress":"old@example.org","ParentId": id("0PKA")})),
    ];
    let located = locate(ana(), &rows);
    for short in ["003A", "003L", "00QA", "00vA", "0PKA", "9VlA"] {
        assert_eq!(grade(&located, short), "Exact", "{short}");
    }
    assert_eq!(of(&located, "003L").unwrap().presence, crate::row::Presence::Merged);
    let mirrored = [
        row(
            "Account",
            "001P",
            json!({"LastName":"Reyes","FirstName":"Ana","PersonEmail":"ana@example.com","IsPersonAccount":true,"PersonContactId": id("003P")}),
        ),
        row(
            "Contact",
            "003P",
            json!({"LastName":"Reyes","FirstName":"Ana","IsPersonAccount":true,"AccountId": id("001P")}),
        ),
        row("Case", "500P", json!({"AccountId": id("001P"),"ContactId": id("003P")})),
    ];
    let located = locate(ana(), &mirrored);
    assert_eq!(["001P", "003P", "500P"].map(|it| grade(&located, it)), ["Exact", "Exact", "Exact"]);
    assert!(of(&located, "001P").unwrap().person, "a person account is a person");
}

#[test]
fn matches_are_ordered_and_numbered_and_rows_stand_beside_them() {
    let rows = [
        row("Lead", "00QA", json!({"LastName":"Reyes","Email":"ana@example.com"})),
        row("Contact", "003B", json!({"LastName":"Reyes","Email":"ana@example.com"})),
        row("Contact", "003A", json!({"LastName":"Reyes","Email":"ana@example.com"})),
    ];
    let located = locate(ana(), &rows);
    let order: Vec<(&str, String)> =
        located.matches.iter().map(|it| (it.number.as_str(), it.id.to_string())).collect();
    assert_eq!(order, [("M-0001", id("003A")), ("M-0002", id("003B")), ("M-0003", id("00QA"))]);
    assert!(located.matches.iter().zip(&located.rows).all(|(found, row)| found.id == row.id));
}

#[test]
fn every_object_and_field_has_its_line_and_blind_spots_are_named() {
    let located = locate(ana(), &[]);
    let line = |object: &str, field: Option<&str>| {
        located
            .coverage
            .iter()
            .find(|it| it.object == object && it.field.as_deref() == field)
            .unwrap_or_else(|| panic!("{object} {field:?}"))
    };
    for object in org().objects.keys() {
        line(object, None);
    }
    assert_eq!(line("Contact", Some("Email")).method, Method::Exact);
    assert_eq!(line("Case", Some("Description")).method, Method::Index);
    assert_eq!(
        line("Contact", Some("HomePhone")).outcome,
        CoverageOutcome::NotReadable,
        "describe does not show it"
    );
    assert_eq!(line("Opportunity", None).outcome, CoverageOutcome::NotReadable);
}

#[test]
fn a_refused_question_is_asked_otherwise_and_then_named() {
    let schema = org();
    let subject: Subject = serde_json::from_value(ana()).unwrap();
    let mut locate = Locate::begin(&subject, &schema, Settings::default()).unwrap();
    let mut easier = 0;
    for _ in 0..30 {
        let asks = locate.next(&schema);
        if asks.is_empty() {
            break;
        }
        for ask in asks {
            let timeout = matches!(&ask.ask, Ask::Query(query) if query.object == "Case");
            easier += usize::from(timeout);
            let refusal = Refusal { code: "QUERY_TIMEOUT".into(), message: "too long".into() };
            let answer = if timeout { Err(refusal) } else { Ok(Answer::default()) };
            locate.answer(&schema, ask.number, answer);
        }
    }
    assert!(easier >= 2, "equality alone is tried after patterns");
    let located = locate.finish(&schema);
    let line = located.coverage.iter().find(|it| it.object == "Case" && it.field.is_none()).unwrap();
    assert_eq!(line.outcome, CoverageOutcome::Partly);
    assert!(line.because.contains("QUERY_TIMEOUT"), "{}", line.because);
}

#[test]
fn a_field_that_is_refused_is_left_out_and_named() {
    let schema = org();
    let subject: Subject = serde_json::from_value(ana()).unwrap();
    let mut locate = Locate::begin(&subject, &schema, Settings::default()).unwrap();
    for _ in 0..30 {
        let asks = locate.next(&schema);
        if asks.is_empty() {
            break;
        }
        for ask in asks {
            let hidden = matches!(&ask.ask, Ask::Query(query) if query.fields.iter().any(|field| field == "Birthdate"))
                || matches!(&ask.ask, Ask::Search(search) if search.returning.iter().any(|it| it.fields.iter().any(|field| field == "Birthdate")));
            let refusal = Refusal {
                code: "INVALID_FIELD".into(),
                message: "\nBirthdate FROM Contact WHERE Email = 'ana@example.com'\n^\nERROR at Row:1:Column:8\nNo such column 'Birthdate' on entity 'Contact'.".into(),
            };
            locate.answer(&schema, ask.number, if hidden { Err(refusal) } else { Ok(Answer::default()) });
        }
    }
    let located = locate.finish(&schema);
    let line = |field: &str| {
        located
            .coverage
            .iter()
            .find(|it| it.object == "Contact" && it.field.as_deref() == Some(field))
            .unwrap()
    };
    assert_eq!(line("Birthdate").outcome, CoverageOutcome::NotReadable);
    assert_eq!(line("Email").outcome, CoverageOutcome::Searched);
}

#[test]
fn a_stopped_locate_asks_its_open_questions_again() {
    let schema = org();
    let subject: Subject = serde_json::from_value(ana()).unwrap();
    let mut locate = Locate::begin(&subject, &schema, Settings::default()).unwrap();
    let asks = locate.next(&schema);
    locate.answer(&schema, asks[0].number, Ok(Answer::default()));
    let mut stored: Locate = serde_json::from_str(&serde_json::to_string(&locate).unwrap()).unwrap();
    assert_eq!(stored.next(&schema), asks[1..]);
}

#[test]
fn nothing_is_asked_of_all_rows_but_by_a_condition_or_a_limit() {
    let schema = org();
    let subject: Subject = serde_json::from_value(ana()).unwrap();
    let mut locate = Locate::begin(&subject, &schema, Settings::default()).unwrap();
    for _ in 0..20 {
        let asks = locate.next(&schema);
        for ask in &asks {
            if let Ask::Query(query) = &ask.ask {
                assert!(query.all_rows, "rows in the bin are looked at too");
                assert!(query.condition.is_some() || query.limit.is_some(), "{}", query.object);
                assert!(no_empty_list(query.condition.as_ref()), "{}", query.object);
            }
            locate.answer(&schema, ask.number, Ok(Answer::default()));
        }
    }
}

fn no_empty_list(condition: Option<&Condition>) -> bool {
    match condition {
        Some(Condition::In { values, .. }) => !values.is_empty(),
        Some(Condition::All(all) | Condition::Any(all)) => {
            !all.is_empty() && all.iter().all(|it| no_empty_list(Some(it)))
        }
        _ => true,
    }
}

#[test]
fn confidence_is_ordered() {
    assert!(Confidence::Exact > Confidence::Strong && Confidence::Strong > Confidence::Possible);
}
