//! Asking many questions over real HTTP.

use std::collections::BTreeMap;

use casework::query::{Ask, Condition, Literal, Query, Returning, Search, SearchGroup};
use casework::record_id::RecordId;
use serde_json::{Value, json};

use crate::errors::Error;
use crate::testing::{Heard, Say, Server, error, keep_nothing, say};

fn id(n: usize) -> String {
    RecordId::parse(&format!("0035g{n:010}")).unwrap().to_string()
}

fn query(object: &str) -> Ask {
    Ask::Query(Query {
        object: object.into(),
        fields: vec!["Name".into()],
        condition: Some(Condition::In {
            field: "Email".into(),
            values: vec![Literal::Text("a@example.com".into())],
        }),
        children: vec![],
        all_rows: true,
        order_by: vec![],
        limit: None,
    })
}

fn search(object: &str) -> Ask {
    let returning = vec![Returning { object: object.into(), fields: vec![], limit: 200 }];
    Ask::Search(Search { phrases: vec!["a@example.com".into()], within: SearchGroup::All, returning })
}

fn record(n: usize) -> Value {
    json!({"attributes": {"type": "Contact"}, "Id": id(n)})
}

/// Answers a package question by question.
fn package(heard: &Heard, one: impl Fn(&str) -> (u16, Value)) -> Option<Say> {
    if !heard.target.ends_with("/composite") {
        return None;
    }
    let body = heard.json();
    let parts = body["compositeRequest"].as_array().unwrap();
    let queries = parts.iter().filter(|it| it["url"].as_str().unwrap().contains("/query")).count();
    assert!(queries <= 5 && parts.len() <= 25 && body["collateSubrequests"] == json!(false));
    // Backwards: answers are told apart by their reference, not by their place.
    let answers: Vec<Value> = parts
        .iter()
        .rev()
        .map(|it| {
            let (status, body) = one(it["url"].as_str().unwrap());
            json!({"body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": it["referenceId"]})
        })
        .collect();
    Some(say(200, json!({"compositeResponse": answers})))
}

async fn ask(org: &crate::Org, asks: &[Ask]) -> (Result<(), Error>, BTreeMap<usize, Result<usize, String>>) {
    let mut answers = BTreeMap::new();
    let ended = org
        .ask(asks, &mut |place, answer| {
            let told = answer.map(|it| it.rows.len()).map_err(|refusal| refusal.code);
            assert!(answers.insert(place, told).is_none(), "an answer comes once");
        })
        .await;
    (ended, answers)
}

#[tokio::test]
async fn questions_are_packed_pages_followed_and_refusals_kept_apart() {
    let server = Server::start(|it| {
        package(it, |url| match url {
            page if page.contains("01g-") => (200, json!({"done": true, "records": [record(3)]})),
            long if long.contains("Long") => (
                200,
                json!({"done": false, "nextRecordsUrl": "/services/data/v68.0/query/01g-2", "records": [record(1), record(2)]}),
            ),
            bad if bad.contains("Hidden") => (400, json!([{"errorCode": "INVALID_TYPE", "message": "sObject type 'Hidden__c' is not supported."}])),
            found if found.contains("/search") => (200, json!({"searchRecords": [record(9)]})),
            _ => (200, json!({"totalSize": 0, "done": true, "records": []})),
        })
    })
    .await;
    let org = server.org().await;
    let mut asks = vec![query("Long__c"), query("Hidden__c")];
    asks.extend((0..10).map(|_| query("Contact")));
    asks.extend((0..30).map(|_| search("Contact")));
    let (ended, answers) = ask(&org, &asks).await;
    assert_eq!(ended, Ok(()));
    assert_eq!(answers.len(), asks.len(), "every question has its answer");
    assert_eq!(answers[&0], Ok(3), "both pages");
    assert_eq!(answers[&1], Err("INVALID_TYPE".into()));
    assert_eq!(answers[&5], Ok(0));
    assert_eq!(answers[&41], Ok(1));
    assert!(org.spent() <= 4, "12 queries in 3 packages, the page in a fourth: {}", org.spent());
}

#[tokio::test]
async fn a_page_on_another_host_is_never_asked() {
    let stranger = Server::start(|_| Some(say(200, json!({})))).await;
    let next = format!("{}/services/data/v68.0/query/01g-2", stranger.url);
    let server = Server::start(move |it| {
        package(it, |_| (200, json!({"done": false, "nextRecordsUrl": next, "records": [record(1)]})))
    })
    .await;
    let (ended, answers) = ask(&server.org().await, &[query("Contact")]).await;
    assert_eq!(ended, Err(Error::ForeignAddress));
    assert!(answers.is_empty() && stranger.heard().is_empty());
}

#[tokio::test]
async fn at_the_ceiling_answers_so_far_are_kept_and_the_rest_can_be_asked_again() {
    let server =
        Server::start(|it| package(it, |_| (200, json!({"done": true, "records": [record(1)]})))).await;
    let org = server.org_with(Some(2), keep_nothing()).await.unwrap();
    let asks: Vec<Ask> = (0..15).map(|_| query("Contact")).collect();
    let (ended, answers) = ask(&org, &asks).await;
    assert_eq!(ended, Err(Error::Ceiling { spent: 2 }));
    assert_eq!(answers.len(), 10, "two packages of five");
    org.set_ceiling(None);
    let rest: Vec<Ask> = (0..15).filter(|it| !answers.contains_key(it)).map(|it| asks[it].clone()).collect();
    assert_eq!(ask(&org, &rest).await.1.len(), 5);
}

#[tokio::test]
async fn a_list_too_long_for_one_address_is_asked_in_parts_and_joined() {
    let server = Server::start(|it| {
        package(it, |url| {
            let statement = url::form_urlencoded::parse(url.split_once('?').unwrap().1.as_bytes())
                .next()
                .unwrap()
                .1
                .into_owned();
            let records: Vec<Value> =
                (0..1_200).filter(|n| statement.contains(&id(*n))).map(record).chain([record(0)]).collect();
            (200, json!({"done": true, "records": records}))
        })
    })
    .await;
    let org = server.org().await;
    let ids: Vec<RecordId> = (0..1_200).map(|n| RecordId::parse(&id(n)).unwrap()).collect();
    let rows = org.read("Contact", &ids, &["Name".into()]).await.unwrap();
    assert_eq!(rows.len(), 1_200, "each once, although one came in every part");
    assert_eq!(org.spent(), 1);
}

#[tokio::test]
async fn a_question_turned_away_for_a_moment_is_asked_again_alone() {
    let tries = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |it| {
        package(it, |url| {
            let busy = url.contains("Case") && tries.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
            if busy {
                let text = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
                return (403, json!([{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": text}]));
            }
            (200, json!({"done": true, "records": [record(1)]}))
        })
    })
    .await;
    let (ended, answers) = ask(&server.org().await, &[query("Contact"), query("Case")]).await;
    assert_eq!((ended, answers[&0].clone(), answers[&1].clone()), (Ok(()), Ok(1), Ok(1)));
    let last = server.heard().last().unwrap().json();
    assert_eq!(last["compositeRequest"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_unsafe_question_is_refused_without_a_call() {
    let server = Server::start(|it| it.target.ends_with("/composite").then(|| error(500, "X", ""))).await;
    let org = server.org().await;
    let (ended, answers) = ask(&org, &[query("Contact WHERE Id != null --")]).await;
    assert_eq!((ended, answers[&0].clone(), org.spent()), (Ok(()), Err("NOT_A_NAME".into()), 0));
}
