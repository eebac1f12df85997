//! Reading the schema over real HTTP.

use serde_json::{Value, json};

use crate::Freshness;
use crate::testing::{Heard, Say, Server, say};

const STAMP: &str = "Mon, 02 Nov 2026 09:00:00 GMT";

fn org(heard: &Heard) -> Option<Say> {
    if heard.target.ends_with("/sobjects") {
        if heard.headers.get("if-modified-since").map(String::as_str) == Some(STAMP) {
            return Some(Say { body: String::new(), ..say(304, Value::Null) });
        }
        let mut objects: Vec<Value> = (0..60)
            .map(|n| json!({"name": format!("Thing{n}__c"), "queryable": true, "keyPrefix": null}))
            .collect();
        objects.push(
            json!({"name": "ContactChangeEvent", "queryable": true, "associateEntityType": "ChangeEvent"}),
        );
        objects.push(json!({"name": "Unreadable__c", "queryable": false}));
        return Some(Say {
            headers: vec![("Last-Modified", STAMP.to_owned())],
            ..say(200, json!({"sobjects": objects}))
        });
    }
    if !heard.target.ends_with("/composite") {
        return None;
    }
    let body = heard.json();
    let answers: Vec<Value> = body["compositeRequest"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let name = it["url"].as_str().unwrap().split('/').nth(5).unwrap();
            let (status, body) = match name {
                "Thing7__c" => (404, json!([{"errorCode": "NOT_FOUND", "message": "gone"}])),
                name => (200, json!({"name": name, "queryable": true, "fields": [{"name": "Id", "type": "id", "mask": null}]})),
            };
            json!({"body": body, "httpStatusCode": status, "referenceId": it["referenceId"]})
        })
        .collect();
    Some(say(200, json!({"compositeResponse": answers})))
}

#[tokio::test]
async fn sixty_objects_cost_four_calls_and_one_when_nothing_changed() {
    let server = Server::start(org).await;
    let org = server.org().await;
    let (cached, freshness) = org.schema(None).await.unwrap();
    assert_eq!((org.spent(), freshness), (4, Freshness::Read));
    assert_eq!(cached.schema.objects.len(), 62);
    assert_eq!(cached.schema.object("Thing59__c").unwrap().fields.len(), 1);
    assert!(cached.schema.object("Thing7__c").unwrap().fields.is_empty(), "refused, but not forgotten");
    assert!(cached.schema.object("ContactChangeEvent").unwrap().fields.is_empty());

    let (again, freshness) = org.schema(Some(&cached)).await.unwrap();
    assert_eq!((org.spent(), freshness, again == cached), (5, Freshness::Unchanged, true));

    let mut others = cached.clone();
    others.user_id = "0055g00000AAAABAA5".into();
    assert_eq!(org.schema(Some(&others)).await.unwrap().1, Freshness::Read, "another user sees other things");
}
