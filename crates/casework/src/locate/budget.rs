//! How many API calls a locate needs in an org of sixty objects as the catalogue describes them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::query::Query;
use crate::schema::{ChildRelationship, Field, Object};

const OBJECTS: &str = "Account AccountContactRelation AccountHistory Asset Attachment Campaign CampaignMember Case CaseComment CaseHistory \
    Contact ContactCleanInfo ContactHistory ContactPointAddress ContactPointConsent ContactPointEmail ContactPointPhone \
    ContactPointTypeConsent ContactFeed CaseFeed ContentDocument ContentDocumentLink ContentVersion Contract Document \
    DuplicateRecordItem DuplicateRecordSet EmailMessage EmailMessageRelation Event EventRelation FeedComment FeedItem Individual \
    Lead LeadHistory LiveChatTranscript LiveChatVisitor MessagingEndUser MessagingSession Note Opportunity OpportunityContactRole \
    OpportunityLineItem Order OrderItem Pricebook2 Product2 Quote SocialPersona Task TaskRelation User";

fn catalogued() -> Schema {
    let table = |text: &'static str| -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
    };
    let has = |row: &BTreeMap<String, String>, word: &str| row["traits"].split(' ').any(|it| it == word);
    let mut schema = Schema::default();
    for row in table(include_str!("../../../../assets/catalogue/objects.csv")) {
        if OBJECTS.split_whitespace().any(|name| name == row["name"]) {
            let object = Object {
                name: row["name"].clone(),
                key_prefix: Some(row["key_prefix"].clone()).filter(|prefix| !prefix.is_empty()),
                queryable: has(&row, "queryable"),
                searchable: has(&row, "searchable"),
                ..Object::default()
            };
            schema.objects.insert(object.name.clone(), object);
        }
    }
    for row in table(include_str!("../../../../assets/catalogue/fields.csv")) {
        let Some(object) = schema.objects.get_mut(&row["object"]) else { continue };
        object.fields.push(Field {
            name: row["name"].clone(),
            field_type: row["type"].clone(),
            length: row["length"].parse().unwrap_or(0),
            filterable: !has(&row, "unfilterable"),
            reference_to: row["refers_to"]
                .split('|')
                .filter(|to| !to.is_empty())
                .map(str::to_owned)
                .collect(),
            compound_field_name: row["traits"]
                .split(' ')
                .find_map(|it| it.strip_prefix("compound:"))
                .map(str::to_owned),
            ..Field::default()
        });
    }
    for row in table(include_str!("../../../../assets/catalogue/children.csv")) {
        if let Some(object) = schema.objects.get_mut(&row["parent"]) {
            object.child_relationships.push(ChildRelationship {
                child_object: row["child"].clone(),
                field: row["field"].clone(),
                relationship_name: Some(row["relationship"].clone()).filter(|name| !name.is_empty()),
                ..ChildRelationship::default()
            });
        }
    }
    for place in 0..7 {
        let field = |name: &str, kind: &str| Field {
            name: name.into(),
            field_type: kind.into(),
            filterable: true,
            custom: true,
            length: 80,
            ..Field::default()
        };
        let mut lookup = field("Contact__c", "reference");
        lookup.reference_to = vec!["Contact".into()];
        let name = format!("Custom_{place}__c");
        let fields = vec![field("Email__c", "email"), field("Note__c", "string"), lookup];
        let object = Object {
            name: name.clone(),
            key_prefix: Some(format!("a0{place}")),
            queryable: true,
            searchable: true,
            custom: true,
            fields,
            ..Object::default()
        };
        schema.objects.insert(name.clone(), object);
        if let Some(contact) = schema.objects.get_mut("Contact") {
            let relationship_name = Some(format!("Custom_{place}s__r"));
            contact.child_relationships.push(ChildRelationship {
                child_object: name,
                field: "Contact__c".into(),
                relationship_name,
                ..Default::default()
            });
        }
    }
    schema
}

fn row(object: &str, short: &str, values: Value) -> Row {
    let values = values.as_object().unwrap().clone().into_iter().collect();
    Row { object: object.into(), id: RecordId::parse(short).unwrap(), values }
}

/// One person's records in a dozen objects.
fn rows() -> Vec<Row> {
    vec![
        row(
            "Contact",
            "003000000000001",
            json!({"FirstName":"Ana","LastName":"Reyes","Email":"ana@example.com","IndividualId":"0PK000000000001"}),
        ),
        row(
            "Lead",
            "00Q000000000001",
            json!({"FirstName":"Ana","LastName":"Reyes","Email":"ana@example.com","ConvertedContactId":"003000000000001"}),
        ),
        row("Individual", "0PK000000000001", json!({"FirstName":"Ana","LastName":"Reyes"})),
        row("Case", "500000000000001", json!({"ContactId":"003000000000001"})),
        row("CaseComment", "00a000000000001", json!({"ParentId":"500000000000001"})),
        row(
            "EmailMessage",
            "02s000000000001",
            json!({"ParentId":"500000000000001","FromAddress":"ana@example.com"}),
        ),
        row("Task", "00T000000000001", json!({"WhoId":"003000000000001"})),
        row(
            "CampaignMember",
            "00v000000000001",
            json!({"ContactId":"003000000000001","CampaignId":"701000000000001"}),
        ),
        row(
            "Order",
            "801000000000001",
            json!({"BillToContactId":"003000000000001","AccountId":"001000000000001"}),
        ),
        row("OrderItem", "802000000000001", json!({"OrderId":"801000000000001"})),
        row("Asset", "02i000000000001", json!({"ContactId":"003000000000001"})),
        row(
            "ContentDocumentLink",
            "06A000000000001",
            json!({"LinkedEntityId":"500000000000001","ContentDocumentId":"069000000000001"}),
        ),
        row("ContentDocument", "069000000000001", json!({"Title":"scan"})),
        row("ContentVersion", "068000000000001", json!({"ContentDocumentId":"069000000000001"})),
        row("Custom_0__c", "a00000000000001", json!({"Contact__c":"003000000000001"})),
    ]
}

fn subject() -> Subject {
    serde_json::from_value(
        json!({"names":["Ana Reyes"],"emails":["ana@example.com"],"phones":["415-555-0123"],
        "addresses":[{"street":"12 Oak Street","postal_code":"94704"}],"birthdate":"1985-03-02"}),
    )
    .unwrap()
}

/// Answers every question from the rows, but refuses those that `refused` names; gives calls and story.
fn walk(
    locate: &mut Locate,
    schema: &Schema,
    rows: &[Row],
    refused: impl Fn(&Query) -> bool,
) -> (usize, Vec<String>) {
    let (mut calls, mut story) = (0, Vec::new());
    loop {
        let asks = locate.next(schema);
        if asks.is_empty() {
            return (calls, story);
        }
        let queries: Vec<&str> = asks
            .iter()
            .filter_map(
                |ask| if let Ask::Query(query) = &ask.ask { Some(query.object.as_str()) } else { None },
            )
            .collect();
        let searches = asks.len() - queries.len();
        calls += queries.len().div_ceil(5).max(searches.div_ceil(20));
        story.push(format!("{} queries {queries:?}, {searches} searches", queries.len()));
        for ask in asks {
            let objects: Vec<&str> = match &ask.ask {
                Ask::Query(query) if refused(query) => {
                    let code = "QUERY_TOO_COMPLICATED".into();
                    locate.answer(schema, ask.number, Err(Refusal { code, message: String::new() }));
                    continue;
                }
                Ask::Query(query) => [query.object.as_str()]
                    .into_iter()
                    .chain(query.children.iter().map(|child| child.object.as_str()))
                    .collect(),
                Ask::Search(_) => Vec::new(),
            };
            let rows = rows.iter().filter(|row| objects.contains(&row.object.as_str())).cloned().collect();
            locate.answer(schema, ask.number, Ok(Answer { rows }));
        }
    }
}

#[test]
fn a_person_in_a_dozen_of_sixty_objects_costs_at_most_nine_calls() {
    let schema = catalogued();
    assert_eq!(schema.objects.len(), 60);
    let rows = rows();
    let mut locate = Locate::begin(&subject(), &schema, Settings::default()).unwrap();
    let (calls, story) = walk(&mut locate, &schema, &rows, |_| false);
    let forecast = locate.forecast_calls();
    assert_eq!(locate.finish(&schema).matches.len(), rows.len(), "everything is found");
    assert!(calls <= 9, "{calls} calls:\n{}", story.join("\n"));
    assert!(calls as u64 <= forecast + 1 && forecast <= 12, "forecast {forecast}, needed {calls}");
}

#[test]
fn where_children_cannot_be_read_with_their_parents_they_are_read_by_themselves() {
    let schema = catalogued();
    let rows = rows();
    let mut locate = Locate::begin(&subject(), &schema, Settings::default()).unwrap();
    walk(&mut locate, &schema, &rows, |query| !query.children.is_empty());
    let found: Vec<RecordId> = locate.finish(&schema).matches.into_iter().map(|it| it.id).collect();
    let missed: Vec<&Row> = rows.iter().filter(|row| !found.contains(&row.id)).collect();
    assert!(missed.is_empty(), "not found: {missed:?}");
}
