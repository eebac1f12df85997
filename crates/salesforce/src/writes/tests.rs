//! Writing over real HTTP. A batch can only come from an approved plan, so these tests begin below it.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::*;
use crate::testing::{Heard, Say, Server, error, html, say};

fn ids(count: usize) -> Vec<RecordId> {
    (0..count).map(|n| RecordId::parse(&format!("0035g{n:010}")).unwrap()).collect()
}

fn asked_ids(heard: &Heard) -> Vec<String> {
    heard.field("ids").unwrap().split(',').map(str::to_owned).collect()
}

fn bin() -> Way<'static> {
    Way::Bin { objects: BTreeMap::from([("Contact", ids(1_000))]) }
}

fn codes(outcomes: &[RowOutcome]) -> Vec<&str> {
    outcomes
        .iter()
        .map(|(_, it)| it.as_ref().map_or_else(|refusal| refusal.code.as_str(), |()| "ok"))
        .collect()
}

fn deleted(heard: &Heard, refuse: impl Fn(&str) -> Option<&'static str>) -> Option<Say> {
    if heard.method != "DELETE" {
        return None;
    }
    let rows: Vec<Value> = asked_ids(heard)
        .iter()
        .map(|id| match refuse(id) {
            None => json!({"id": id, "success": true, "errors": []}),
            Some(code) => json!({"success": false, "errors": [{"statusCode": code, "message": "unable … Ana Reyes", "fields": []}]}),
        })
        .collect();
    Some(say(200, Value::Array(rows)))
}

#[tokio::test]
async fn only_the_locked_row_is_tried_again_and_the_others_are_not_repeated() {
    let all = ids(3);
    let (locked, refused) = (all[1].to_string(), all[2].to_string());
    let tries = AtomicUsize::new(0);
    let server = Server::start(move |heard| {
        deleted(heard, |id| {
            if id == refused {
                return Some("DELETE_FAILED");
            }
            (id == locked && tries.fetch_add(1, Ordering::SeqCst) < 2).then_some("UNABLE_TO_LOCK_ROW")
        })
    })
    .await;
    let outcomes = server.org().await.rounds(&all, &bin()).await.unwrap();
    assert_eq!(codes(&outcomes), ["ok", "ok", "DELETE_FAILED"]);
    let sizes: Vec<usize> =
        server.heard().iter().filter(|it| it.method == "DELETE").map(|it| asked_ids(it).len()).collect();
    assert_eq!(sizes, [3, 1, 1]);
    assert!(!format!("{outcomes:?}").contains("Reyes"), "no name passes into an outcome");
}

#[tokio::test]
async fn a_write_without_a_readable_answer_is_unknown_and_sent_only_once() {
    for bad in [
        || html(),
        || Say { cut: true, ..say(200, json!([])) },
        || say(200, json!([{"id": "0035g00000ZZZZZ", "success": true, "errors": []}])),
        || say(200, json!([])),
    ] {
        let server = Server::start(move |heard| (heard.method == "DELETE").then(bad)).await;
        let all = ids(1);
        let ended = server.org().await.rounds(&all, &bin()).await;
        assert!(matches!(&ended, Err(Error::Unknown { ids, .. }) if *ids == all), "{ended:?}");
        assert_eq!(server.count("DELETE", "/"), 1);
    }
}

#[tokio::test]
async fn after_service_unavailable_the_org_is_asked_before_anything_is_deleted_again() {
    let all = ids(2);
    let (gone, live) = (all[0].to_string(), all[1].to_string());
    let tries = AtomicUsize::new(0);
    let kept = live.clone();
    let server = Server::start(move |heard| {
        if heard.target.ends_with("/composite") {
            let rows = json!([
                {"attributes": {"type": "Contact"}, "Id": gone, "IsDeleted": true},
                {"attributes": {"type": "Contact"}, "Id": live, "IsDeleted": false}]);
            let answer =
                json!({"body": {"done": true, "records": rows}, "httpStatusCode": 200, "referenceId": "q0"});
            return Some(say(200, json!({"compositeResponse": [answer]})));
        }
        let first = heard.method == "DELETE" && tries.fetch_add(1, Ordering::SeqCst) == 0;
        if first { Some(error(503, "SERVER_UNAVAILABLE", "")) } else { deleted(heard, |_| None) }
    })
    .await;
    let outcomes = server.org().await.rounds(&all, &bin()).await.unwrap();
    assert_eq!(codes(&outcomes), ["ok", "ok"]);
    let heard = server.heard();
    let second = heard.iter().filter(|it| it.method == "DELETE").nth(1).unwrap();
    assert_eq!(asked_ids(second), [kept], "what was gone is not sent again");
}

#[tokio::test]
async fn another_user_may_not_go_on_writing() {
    let server = Server::start(|heard| deleted(heard, |_| None)).await;
    let org = server.org().await;
    org.expect_user("00D5g000004ABCDEA4", "0055g00000AAAAB");
    assert_eq!(org.rounds(&ids(1), &bin()).await, Err(Error::AnotherUser));
    assert_eq!(server.count("DELETE", "/"), 0);
}

#[tokio::test]
async fn blanking_writes_nulls_to_the_named_records_only() {
    let server = Server::start(|heard| {
        (heard.method == "PATCH").then(|| {
            let rows: Vec<Value> = heard.json()["records"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| json!({"id": it["id"], "success": true, "errors": []}))
                .collect();
            say(200, Value::Array(rows))
        })
    })
    .await;
    let all = ids(2);
    let blank: BTreeMap<String, Value> = [("Email".to_owned(), Value::Null)].into();
    let values = all.iter().map(|id| (id, &blank)).collect();
    let way = Way::Change { object: "Contact", values };
    assert_eq!(codes(&server.org().await.rounds(&all, &way).await.unwrap()), ["ok", "ok"]);
    let body = server.heard().last().unwrap().json();
    assert_eq!(body["allOrNone"], json!(false));
    assert_eq!(
        body["records"][1],
        json!({"attributes": {"type": "Contact"}, "id": all[1].as_str(), "Email": null})
    );
}

fn csv(body: &str) -> Say {
    Say { kind: "text/csv", body: body.to_owned(), ..say(200, Value::Null) }
}

#[tokio::test]
async fn a_hard_delete_job_reports_each_record_and_keeps_its_trace() {
    let all = ids(3);
    let (good, bad) = (all[0].to_string(), all[1].to_string());
    let server = Server::start(move |heard| {
        let job = |state: &str| say(200, json!({"id": "7505g00000AAAAA", "state": state}));
        match (heard.method.as_str(), heard.target.rsplit("/jobs/ingest").next().unwrap_or_default()) {
            ("POST", "") => Some(job("Open")),
            ("PUT", "/7505g00000AAAAA/batches") => Some(Say { body: String::new(), ..say(201, Value::Null) }),
            ("PATCH", "/7505g00000AAAAA") => Some(job("UploadComplete")),
            ("GET", "/7505g00000AAAAA") => Some(job("JobComplete")),
            ("GET", "/7505g00000AAAAA/successfulResults/") => {
                Some(csv(&format!("\"sf__Id\",\"sf__Created\",\"Id\"\n\"{good}\",\"false\",\"{good}\"\n")))
            }
            ("GET", "/7505g00000AAAAA/failedResults/") => Some(csv(&format!(
                "\"sf__Id\",\"sf__Error\",\"Id\"\n\"\",\"DELETE_FAILED:Your attempt to delete Ana Reyes:--\",\"{bad}\"\n"
            ))),
            _ => None,
        }
    })
    .await;
    let outcomes = server.org().await.rounds(&all, &Way::Purge { object: "Contact" }).await.unwrap();
    assert_eq!(codes(&outcomes), ["ok", "DELETE_FAILED", "UNPROCESSED"]);
    assert_eq!(server.count("DELETE", "/"), 0, "the job stays in the org's list");
    let heard = server.heard();
    let upload = heard.iter().find(|it| it.method == "PUT").unwrap();
    assert_eq!(upload.body.lines().count(), 4);
}

#[tokio::test]
async fn without_the_permission_a_hard_delete_does_nothing_and_says_so() {
    let server = Server::start(|heard| {
        (heard.method == "POST").then(|| error(400, "FEATURENOTENABLED", "hardDelete operation requires"))
    })
    .await;
    let ended = server.org().await.rounds(&ids(1), &Way::Purge { object: "Contact" }).await;
    assert_eq!(ended, Err(Error::HardDeleteNotAllowed));
    assert_eq!(server.count("PUT", "/"), 0);
}

#[tokio::test]
async fn the_bin_is_emptied_through_soap_with_a_renewed_session() {
    let all = ids(2);
    let first = all[0].to_string();
    let server = Server::start(move |heard| {
        if heard.target == "/services/oauth2/token" {
            return Some(say(200, json!({"access_token": "fre&sh"})));
        }
        if heard.target != "/services/Soap/u/68.0" {
            return None;
        }
        let xml = |status, body: String| Say { kind: "text/xml;charset=UTF-8", body, ..say(status, Value::Null) };
        if !heard.body.contains("<urn:sessionId>fre&amp;sh</urn:sessionId>") {
            let fault = "<e:Envelope><e:Body><e:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode></e:Fault></e:Body></e:Envelope>";
            return Some(xml(500, fault.to_owned()));
        }
        Some(xml(200, format!(
            "<e:Envelope><e:Body><emptyRecycleBinResponse><result><id>{first}</id><success>true</success></result>\
             <result><errors><statusCode>INVALID_ID_FIELD</statusCode></errors><success>false</success></result>\
             </emptyRecycleBinResponse></e:Body></e:Envelope>"
        )))
    })
    .await;
    let outcomes = server.org().await.rounds(&all, &Way::EmptyBin).await.unwrap();
    assert_eq!(codes(&outcomes), ["ok", "INVALID_ID_FIELD"]);
    assert_eq!(server.count("POST", "/services/Soap"), 2);
}
