//! What a client sees of the practice org, over real HTTP.

mod support;

use serde_json::{Value, json};
use support::{Practice, body, contact};

#[tokio::test]
async fn an_app_signs_in_by_following_the_redirect_and_its_refresh_token_rotates() {
    let org = Practice::start("[[fault]]\nkind = \"rotate_refresh\"").await;
    let client_id = org.org.announcement().client_id.clone();
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let url = format!(
        "{}/services/oauth2/authorize?response_type=code&client_id={client_id}&redirect_uri=http%3A%2F%2Flocalhost%3A4000%2Fcb&state=s%201&code_challenge={challenge}&login_hint=narrow@alder.example&prompt=none",
        org.url
    );
    let answer = org.client().get(&url).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let back = reqwest::Url::parse(&location).unwrap();
    let value = |name: &str| back.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_eq!(value("state"), "s 1");
    let token = |form: Vec<(&'static str, String)>| {
        let request = org.client().post(format!("{}/services/oauth2/token", org.url)).form(&form);
        async { body(request.send().await.unwrap()).await }
    };
    let exchange = |verifier: &str| {
        token(vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", value("code")),
            ("client_id", client_id.clone()),
            ("redirect_uri", "http://localhost:4000/cb".to_owned()),
            ("code_verifier", verifier.to_owned()),
        ])
    };
    let (status, granted) = exchange(verifier).await;
    assert_eq!(status, 200, "{granted}");
    assert!(granted.get("expires_in").is_none(), "Salesforce never says when a session ends");
    let (status, again) = exchange(verifier).await;
    assert_eq!((status, again["error"].as_str()), (400, Some("invalid_grant")), "a code works once");

    let refresh = |old: &str| {
        token(vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", old.to_owned()),
            ("client_id", client_id.clone()),
        ])
    };
    let old = granted["refresh_token"].as_str().unwrap().to_owned();
    let (_, renewed) = refresh(&old).await;
    assert_ne!(renewed["refresh_token"], granted["refresh_token"]);
    let (status, dead) = refresh(&old).await;
    assert_eq!(status, 400);
    assert_eq!(dead, json!({"error": "invalid_grant", "error_description": "expired access/refresh token"}));
}

#[tokio::test]
async fn nobody_is_sent_back_to_a_foreign_address() {
    let org = Practice::start("").await;
    let url = format!(
        "{}/services/oauth2/authorize?response_type=code&client_id={}&redirect_uri=https%3A%2F%2Fevil.example%2F",
        org.url,
        org.org.announcement().client_id
    );
    let answer = org.client().get(&url).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.headers().get("location").is_none());
}

#[tokio::test]
async fn refusals_have_the_shape_that_clients_parse() {
    let org = Practice::start("").await;
    let code =
        |(status, body): (u16, Value)| (status, body[0]["errorCode"].as_str().unwrap_or("").to_owned());
    assert_eq!(code(org.get("nothing").await), (404, "NOT_FOUND".into()));
    assert_eq!(code(org.get("/services/data/v22.0/limits").await), (410, "GONE".into()));
    assert_eq!(code(org.get("/services/data/v69.0/limits").await), (404, "NOT_FOUND".into()));
    assert_eq!(code(org.get("query?q=SELECT+Nope+FROM+Contact").await), (400, "INVALID_FIELD".into()));
    assert_eq!(code(org.send("POST", "query", json!({})).await), (405, "METHOD_NOT_ALLOWED".into()));
    let broken = org.by(0, "POST", "sobjects/Contact").header("content-type", "application/json").body("{");
    assert_eq!(code(body(broken.send().await.unwrap()).await), (400, "JSON_PARSER_ERROR".into()));
    let xml = org.by(0, "POST", "sobjects/Contact").header("content-type", "text/plain").body("x");
    assert_eq!(code(body(xml.send().await.unwrap()).await), (415, "UNSUPPORTED_MEDIA_TYPE".into()));
    let long = "a".repeat(17_000);
    assert_eq!(org.get(&format!("query?q={long}")).await.0, 414);
    let nobody = org.client().get(format!("{}/services/data/v60.0/limits", org.url));
    let (status, refused) = body(nobody.send().await.unwrap()).await;
    assert_eq!(status, 401);
    assert_eq!(
        refused,
        json!([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}])
    );
    let (status, versions) =
        body(org.client().get(format!("{}/services/data/", org.url)).send().await.unwrap()).await;
    assert_eq!(
        (status, versions.as_array().unwrap().last().unwrap()["version"].as_str()),
        (200, Some("68.0"))
    );
}

#[tokio::test]
async fn a_long_answer_comes_in_pages_and_a_stale_locator_is_refused() {
    let org = Practice::start("").await;
    let first = org
        .by(0, "GET", "query?q=SELECT+Id+FROM+Contact+ORDER+BY+Id")
        .header("Sforce-Query-Options", "batchSize=200");
    let (_, page) = body(first.send().await.unwrap()).await;
    assert_eq!((page["totalSize"].as_u64(), page["done"].as_bool()), (Some(450), Some(false)));
    let next = page["nextRecordsUrl"].as_str().unwrap();
    assert!(next.starts_with("/services/data/v60.0/query/01g") && next.ends_with("-200"), "{next}");
    let (_, rest) = org.get(next).await;
    assert_eq!(rest["records"].as_array().unwrap().len(), 250);
    assert_eq!(rest["done"], json!(true));
    let (status, stale) = org.get("query/01g000000000000AAA-200").await;
    assert_eq!((status, stale[0]["errorCode"].as_str()), (400, Some("INVALID_QUERY_LOCATOR")));
}

#[tokio::test]
async fn a_bulk_query_is_read_by_locators_until_the_word_null() {
    let org = Practice::start("").await;
    let (_, job) = org
        .send(
            "POST",
            "jobs/query",
            json!({"operation": "query", "query": "SELECT Id, LastName FROM Contact"}),
        )
        .await;
    assert_eq!(job["state"], "UploadComplete");
    let address = format!("jobs/query/{}", job["id"].as_str().unwrap());
    assert_eq!(org.get(&address).await.1["state"], "InProgress");
    assert_eq!(org.get(&address).await.1["state"], "JobComplete");
    let (mut rows, mut locator) = (0, String::new());
    while locator != "null" {
        let part = org
            .by(0, "GET", &format!("{address}/results?maxRecords=200&locator={locator}"))
            .send()
            .await
            .unwrap();
        locator = part.headers()["sforce-locator"].to_str().unwrap().to_owned();
        rows += part.headers()["sforce-numberofrecords"].to_str().unwrap().parse::<usize>().unwrap();
        assert!(part.text().await.unwrap().starts_with("\"Id\",\"LastName\"\n"));
    }
    assert_eq!(rows, 450);
    let other = org.get(&format!("/services/data/v59.0/{address}/results")).await;
    assert_eq!(other.0, 409, "results are read with the version that made the job");
}

#[tokio::test]
async fn a_bulk_delete_reports_what_was_refused_and_hard_delete_needs_its_permission() {
    let org = Practice::start("").await;
    let narrow =
        org.by(1, "POST", "jobs/ingest").json(&json!({"object": "Contact", "operation": "hardDelete"}));
    let (status, refused) = body(narrow.send().await.unwrap()).await;
    assert_eq!((status, refused[0]["errorCode"].as_str()), (400, Some("FEATURENOTENABLED")));
    let (_, job) = org.send("POST", "jobs/ingest", json!({"object": "Contact", "operation": "delete"})).await;
    let address = format!("jobs/ingest/{}", job["id"].as_str().unwrap());
    let data = format!("Id\n{}\n0035g00000ZZZZZ\n", contact(1));
    let put = org.by(0, "PUT", &format!("{address}/batches")).header("content-type", "text/csv").body(data);
    assert_eq!(put.send().await.unwrap().status(), 201);
    org.send("PATCH", &address, json!({"state": "UploadComplete"})).await;
    org.get(&address).await;
    let (_, done) = org.get(&address).await;
    assert_eq!(
        (
            done["state"].as_str(),
            done["numberRecordsProcessed"].as_u64(),
            done["numberRecordsFailed"].as_u64()
        ),
        (Some("JobComplete"), Some(2), Some(1))
    );
    let failed = org.get(&format!("{address}/failedResults/")).await.1;
    assert!(failed.as_str().unwrap().starts_with("\"sf__Id\",\"sf__Error\",\"Id\"\n"), "{failed}");
}

#[tokio::test]
async fn a_composite_that_fails_leaves_nothing_behind() {
    let org = Practice::start("").await;
    let base = "/services/data/v60.0";
    let (_, answer) = org
        .send("POST", "composite", json!({"allOrNone": true, "compositeRequest": [
            {"method": "POST", "url": format!("{base}/sobjects/Account"), "referenceId": "a", "body": {"Name": "Birch Ltd"}},
            {"method": "POST", "url": format!("{base}/sobjects/Contact"), "referenceId": "c", "body": {"FirstName": "@{a.id}"}},
        ]}))
        .await;
    let parts = &answer["compositeResponse"];
    assert_eq!(parts[0]["body"][0]["errorCode"], "PROCESSING_HALTED");
    assert_eq!(parts[1]["body"][0]["errorCode"], "REQUIRED_FIELD_MISSING");
    let (_, left) = org.get("query?q=SELECT+Id+FROM+Account+WHERE+Name='Birch+Ltd'").await;
    assert_eq!(left["totalSize"], 0);
}

#[tokio::test]
async fn the_call_list_names_every_call_and_what_it_changed() {
    let org = Practice::start(&format!(
        "[[fault]]\nkind = \"lock_row\"\nobject = \"Contact\"\nid = \"{}\"\ntimes = 1",
        contact(3)
    ))
    .await;
    let path = format!("composite/sobjects?ids={},{}&allOrNone=false", contact(2), contact(3));
    let (status, rows) = body(org.by(0, "DELETE", &path).send().await.unwrap()).await;
    assert_eq!(status, 200);
    assert_eq!(rows[0]["success"], json!(true));
    assert_eq!(rows[1]["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
    let calls = org.calls().await;
    let call = calls.last().unwrap();
    assert_eq!((call["method"].as_str(), call["status"].as_u64()), (Some("DELETE"), Some(200)));
    assert_eq!(call["user"], "officer@alder.example");
    let outcomes: Vec<&str> =
        call["changes"].as_array().unwrap().iter().map(|it| it["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["ok", "UNABLE_TO_LOCK_ROW"]);
    let again = org.by(0, "DELETE", &format!("sobjects/Contact/{}", contact(3))).send().await.unwrap();
    assert_eq!(again.status(), 204, "the lock was there once");
}

#[tokio::test]
async fn a_record_that_somebody_else_changed_is_not_overwritten_under_a_condition() {
    let org = Practice::start(&format!(
        "[[fault]]\nkind = \"change\"\nobject = \"Contact\"\nid = \"{}\"\nfield = \"Title\"\nvalue = \"Dr\"\nwhen = \"before_write\"",
        contact(5)
    ))
    .await;
    let address = format!("sobjects/Contact/{}", contact(5));
    let seen = org.by(0, "GET", &address).send().await.unwrap();
    let seen_at = seen.headers()["last-modified"].to_str().unwrap().to_owned();
    let delete = |at: &str| org.by(0, "DELETE", &address).header("If-Unmodified-Since", at.to_owned());
    assert_eq!(delete(&seen_at).send().await.unwrap().status(), 412);
    assert_eq!(org.get(&address).await.1["Title"], "Dr");
}

#[tokio::test]
async fn faults_of_the_connection_strike_as_often_as_told() {
    let org = Practice::start(
        "[[fault]]\nkind = \"status\"\npath = \"*/limits\"\ncode = 503\ntimes = 1\n\
         [[fault]]\nkind = \"cut\"\npath = \"/query*\"\ntimes = 1\n\
         [[fault]]\nkind = \"session_expired\"\nafter = 4\ntimes = 1",
    )
    .await;
    assert_eq!(org.get("limits").await.0, 503);
    assert_eq!(org.get("limits").await.0, 200);
    let cut = org.by(0, "GET", "query?q=SELECT+Id+FROM+Contact").send().await.unwrap();
    assert!(cut.text().await.is_err(), "half an answer is an error to the client");
    assert_eq!(org.get("query?q=SELECT+Id+FROM+Contact").await.0, 200);
    assert_eq!(org.get("limits").await.0, 401);
    assert_eq!(org.get("limits").await.0, 200);
}

#[tokio::test]
async fn soap_empties_the_bin() {
    let org = Practice::start("").await;
    let id = contact(7);
    assert_eq!(org.by(0, "DELETE", &format!("sobjects/Contact/{id}")).send().await.unwrap().status(), 204);
    let soap = |method: &str| {
        let body = format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header><SessionHeader xmlns=\"urn:partner.soap.sforce.com\"><sessionId>{}</sessionId></SessionHeader></e:Header><e:Body><{method} xmlns=\"urn:partner.soap.sforce.com\"><ids>{id}</ids></{method}></e:Body></e:Envelope>",
            org.token(0)
        );
        let request =
            org.client().post(format!("{}/services/Soap/u/60.0", org.url)).header("content-type", "text/xml");
        async { request.body(body).send().await.unwrap().text().await.unwrap() }
    };
    let purged = soap("emptyRecycleBin").await;
    assert!(purged.contains("<success>true</success>"), "{purged}");
    let again = soap("undelete").await;
    assert!(again.contains("<success>false</success>"), "what was purged cannot come back: {again}");
    let (_, left) = org.get(&format!("queryAll?q=SELECT+Id+FROM+Contact+WHERE+Id='{id}'")).await;
    assert_eq!(left["totalSize"], 0);
}
