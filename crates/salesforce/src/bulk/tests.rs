//! Reading a whole object over real HTTP.

use casework::query::Query;
use serde_json::{Value, json};

use crate::Error;
use crate::testing::{Heard, Say, Server, error, say};

fn contacts() -> Query {
    Query {
        object: "Contact".into(),
        fields: vec!["Name".into()],
        condition: None,
        children: vec![],
        all_rows: true,
        order_by: vec![],
        limit: None,
    }
}

fn page(body: &str, count: usize, locator: Option<&str>) -> Say {
    let mut headers = vec![("Sforce-NumberOfRecords", count.to_string())];
    headers.extend(locator.map(|it| ("Sforce-Locator", it.to_owned())));
    Say { kind: "text/csv", headers, body: body.to_owned(), ..say(200, Value::Null) }
}

const FIRST: &str = "\"Id\",\"Name\"\n\"0035g00000AAAAA\",\"Ana\nReyes\"\n\"0035g00000AAAAB\",\"\"\n";

fn job(heard: &Heard, state: &'static str, results: impl Fn(&Heard) -> Say) -> Option<Say> {
    let rest = heard.target.split_once("/jobs/query")?.1;
    Some(match rest {
        "" => say(200, json!({"id": "7505g00000AAAAA", "state": "UploadComplete", "operation": "queryAll"})),
        "/7505g00000AAAAA" => say(200, json!({"id": "7505g00000AAAAA", "state": state})),
        _ => results(heard),
    })
}

async fn read(server: &Server) -> (Result<u64, Error>, Vec<Vec<String>>) {
    let mut pages = Vec::new();
    let org = server.org().await;
    let ended = org
        .ask_large(&contacts(), &mut |rows| {
            pages.push(rows.iter().map(|row| format!("{} {:?}", row.id.short(), row.text("Name"))).collect());
            Ok(())
        })
        .await;
    (ended, pages)
}

#[tokio::test]
async fn every_page_is_read_and_an_empty_value_is_absent() {
    let server = Server::start(|heard| {
        job(heard, "JobComplete", |heard| match heard.field("locator").as_deref() {
            None => page(FIRST, 2, Some("MTAw")),
            Some("MTAw") => page("\"Id\",\"Name\"\n\"0035g00000AAAAC\",\"Lee\"\n", 1, Some("null")),
            Some(_) => error(400, "INVALID_QUERY_LOCATOR", ""),
        })
    })
    .await;
    let (ended, pages) = read(&server).await;
    assert_eq!(ended, Ok(3));
    assert_eq!(
        pages,
        [
            vec!["0035g00000AAAAA Some(\"Ana\\nReyes\")", "0035g00000AAAAB None"],
            vec!["0035g00000AAAAC Some(\"Lee\")"]
        ]
    );
    let asked = server.heard().into_iter().find(|it| it.method == "POST").unwrap().json();
    assert_eq!(asked["operation"], json!("queryAll"));
}

#[tokio::test]
async fn results_that_do_not_say_whether_they_are_complete_are_not_taken() {
    let server = Server::start(|heard| job(heard, "JobComplete", |_| page(FIRST, 2, None))).await;
    assert!(matches!(read(&server).await, (Err(Error::Garbled { .. }), pages) if pages.is_empty()));
}

#[tokio::test]
async fn a_failed_job_is_a_refusal() {
    let server = Server::start(|heard| job(heard, "Failed", |_| page(FIRST, 2, Some("null")))).await;
    assert!(
        matches!(read(&server).await.0, Err(Error::Refused { refusal, .. }) if refusal.code == "BULK_JOB_FAILED")
    );
}
