//! Bulk API 1.0 in both its languages, and what older clients do over SOAP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must be so")]

mod support;

use serde_json::{Value, json};
use support::{Practice, body, contact};

/// One call of Bulk API 1.0: status and body.
async fn bulk(org: &Practice, method: &str, path: &str, kind: &str, sent: String) -> (u16, Value) {
    let url = format!("{}/services/async/60.0/{path}", org.url);
    let request = org.client().request(method.parse().unwrap(), url).header("x-sfdc-session", org.token(0));
    body(request.header("content-type", kind).body(sent).send().await.unwrap()).await
}

/// The text of the first element of that name.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name} in {xml}"));
    rest.split_once("</").unwrap().0
}

#[tokio::test]
async fn an_old_job_in_json_writes_its_batches_and_tells_each_row() {
    let org = Practice::start("").await;
    let json = "application/json";
    let wanted =
        json!({"operation": "delete", "object": "Contact", "contentType": "JSON", "concurrencyMode": 0});
    let (status, job) = bulk(&org, "POST", "job", json, wanted.to_string()).await;
    assert_eq!((status, &job["state"]), (201, &json!("Open")), "{job}");
    let job = job["id"].as_str().unwrap();
    let rows = json!([{"Id": contact(1)}, {"Id": "003000000000000"}]).to_string();
    let (_, batch) = bulk(&org, "POST", &format!("job/{job}/batch"), json, rows).await;
    assert_eq!(batch["state"], "Queued");
    let at = format!("job/{job}/batch/{}", batch["id"].as_str().unwrap());
    let (_, batch) = bulk(&org, "GET", &at, json, String::new()).await;
    assert_eq!((&batch["state"], &batch["numberRecordsFailed"]), (&json!("Completed"), &json!(1)));
    let (_, results) = bulk(&org, "GET", &format!("{at}/result"), json, String::new()).await;
    assert_eq!((&results[0]["success"], &results[1]["success"]), (&json!(true), &json!(false)), "{results}");
    assert!(results[1]["errors"][0]["statusCode"].is_string(), "{results}");
    let (_, closed) = bulk(&org, "POST", &format!("job/{job}"), json, r#"{"state":"Closed"}"#.into()).await;
    assert_eq!(closed["state"], "Closed");
    let (status, refused) = bulk(&org, "POST", &format!("job/{job}/batch"), json, "[]".into()).await;
    assert_eq!((status, &refused["exceptionCode"]), (400, &json!("InvalidJobState")));
    let (_, left) = org.get(&format!("query?q=SELECT+Id+FROM+Contact+WHERE+Id='{}'", contact(1))).await;
    assert_eq!(left["totalSize"], 0);
}

#[tokio::test]
async fn an_old_query_in_xml_is_read_as_csv() {
    let org = Practice::start("").await;
    let wanted = "<?xml version=\"1.0\"?><jobInfo xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"><operation>query</operation><object>Contact</object><contentType>CSV</contentType></jobInfo>";
    let (_, job) = bulk(&org, "POST", "job", "application/xml", wanted.into()).await;
    let job = element(job.as_str().unwrap(), "id").to_owned();
    let (_, batch) = bulk(
        &org,
        "POST",
        &format!("job/{job}/batch"),
        "text/csv",
        "SELECT Id, LastName FROM Contact".into(),
    )
    .await;
    let at = format!("job/{job}/batch/{}", element(batch.as_str().unwrap(), "id"));
    let (_, batch) = bulk(&org, "GET", &at, "text/csv", String::new()).await;
    assert_eq!(element(batch.as_str().unwrap(), "numberRecordsProcessed"), "450");
    let (_, parts) = bulk(&org, "GET", &format!("{at}/result"), "text/csv", String::new()).await;
    let part = element(parts.as_str().unwrap(), "result");
    let (_, rows) = bulk(&org, "GET", &format!("{at}/result/{part}"), "text/csv", String::new()).await;
    let rows = rows.as_str().unwrap();
    assert!(rows.starts_with("\"Id\",\"LastName\"\n"), "{rows:.60}");
    assert_eq!(rows.lines().count(), 451);
    let (status, refused) = bulk(&org, "GET", "job/7505g0000000099", "text/csv", String::new()).await;
    assert_eq!((status, element(refused.as_str().unwrap(), "exceptionCode")), (400, "InvalidJob"));
}

#[tokio::test]
async fn who_asks_in_xml_is_told_in_xml_of_a_job_whose_batches_are_json() {
    let org = Practice::start("").await;
    let xml = "application/xml; charset=UTF-8";
    let wanted = "<jobInfo xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"><operation>query</operation><object>Contact</object><concurrencyMode>Serial</concurrencyMode><contentType>JSON</contentType></jobInfo>";
    let (_, job) = bulk(&org, "POST", "job", xml, wanted.into()).await;
    let job = job.as_str().unwrap();
    assert_eq!((element(job, "contentType"), element(job, "concurrencyMode")), ("JSON", "Serial"));
    let job = element(job, "id").to_owned();
    let soql = "SELECT Id FROM Contact LIMIT 3".to_owned();
    let (_, batch) = bulk(&org, "POST", &format!("job/{job}/batch"), "application/json", soql).await;
    let at = format!("job/{job}/batch/{}", batch["id"].as_str().unwrap());
    let (_, told) = bulk(&org, "GET", &at, xml, String::new()).await;
    assert_eq!(element(told.as_str().unwrap(), "state"), "Completed");
    let (_, parts) = bulk(&org, "GET", &format!("{at}/result"), xml, String::new()).await;
    let part = parts[0].as_str().unwrap();
    let (_, rows) = bulk(&org, "GET", &format!("{at}/result/{part}"), xml, String::new()).await;
    assert_eq!(rows.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn an_old_query_comes_in_parts_when_asked_for() {
    let org = Practice::start("").await;
    let wanted = json!({"operation": "query", "object": "Contact", "contentType": "JSON"}).to_string();
    let start = |chunks: &'static str| {
        let sent = org.client().post(format!("{}/services/async/60.0/job", org.url));
        let sent = sent.header("x-sfdc-session", org.token(0)).header("content-type", "application/json");
        sent.header("sforce-enable-pkchunking", chunks).body(wanted.clone()).send()
    };
    let (status, refused) = body(start("chunkSize=300000").await.unwrap()).await;
    assert_eq!((status, &refused["exceptionCode"]), (400, &json!("InvalidJob")));
    let (_, job) = body(start("chunkSize=200; startRow=003").await.unwrap()).await;
    let at = format!("job/{}/batch", job["id"].as_str().unwrap());
    let soql = "SELECT Id FROM Contact".to_owned();
    let (_, first) = bulk(&org, "POST", &at, "application/json", soql).await;
    assert_eq!(first["state"], "NotProcessed");
    let (_, all) = bulk(&org, "GET", &at, "application/json", String::new()).await;
    let all = all["batchInfo"].as_array().unwrap();
    assert!(all[1..].iter().all(|it| it["state"] == "Completed"), "{all:?}");
    let mut ids = std::collections::BTreeSet::new();
    for batch in &all[1..] {
        let at = format!("{at}/{}/result", batch["id"].as_str().unwrap());
        let (_, parts) = bulk(&org, "GET", &at, "application/json", String::new()).await;
        let part = format!("{at}/{}", parts[0].as_str().unwrap());
        let (_, rows) = bulk(&org, "GET", &part, "application/json", String::new()).await;
        let rows = rows.as_array().unwrap();
        assert!(!rows.is_empty() && rows.len() <= 200);
        ids.extend(rows.iter().map(|it| it["Id"].to_string()));
    }
    assert_eq!((all.len(), ids.len()), (4, 450), "the batch that asked, and three parts");
}

#[tokio::test]
async fn an_upsert_by_id_changes_the_record_in_both_bulk_apis() {
    let org = Practice::start("").await;
    let json = "application/json";
    let wanted = json!({"operation": "upsert", "object": "Contact", "externalIdFieldName": "Id"});
    let mut old = wanted.clone();
    old["contentType"] = json!("JSON");
    let (_, job) = bulk(&org, "POST", "job", json, old.to_string()).await;
    let at = format!("job/{}/batch", job["id"].as_str().unwrap());
    let rows = json!([{"Id": contact(1), "Title": "Old way"}]).to_string();
    let (_, batch) = bulk(&org, "POST", &at, json, rows).await;
    let result = format!("{at}/{}/result", batch["id"].as_str().unwrap());
    let (_, told) = bulk(&org, "GET", &result, json, String::new()).await;
    assert_eq!((&told[0]["success"], &told[0]["created"]), (&json!(true), &json!(false)), "{told}");
    let (_, job) = org.send("POST", "jobs/ingest", wanted).await;
    let at = format!("{}/services/data/v60.0/jobs/ingest/{}", org.url, job["id"].as_str().unwrap());
    let upload = org.client().put(format!("{at}/batches")).bearer_auth(org.token(0));
    let csv = format!("Id,Title\n{},New way\n,\n", contact(2));
    upload.header("content-type", "text/csv").body(csv).send().await.unwrap();
    let close = org.client().patch(&at).bearer_auth(org.token(0)).header("content-type", json);
    close.body(r#"{"state":"UploadComplete"}"#).send().await.unwrap();
    for (n, title) in [(1, "Old way"), (2, "New way")] {
        let (_, shown) = org.get(&format!("sobjects/Contact/{}", contact(n))).await;
        assert_eq!(shown["Title"], title);
    }
}

#[tokio::test]
async fn hard_delete_needs_its_permission_in_the_old_bulk_api_too() {
    let org = Practice::start("").await;
    let wanted = json!({"operation": "hardDelete", "object": "Contact", "contentType": "JSON"}).to_string();
    let url = format!("{}/services/async/60.0/job", org.url);
    let sent = org
        .client()
        .post(&url)
        .header("x-sfdc-session", org.token(1))
        .header("content-type", "application/json");
    let (status, refused) = body(sent.body(wanted.clone()).send().await.unwrap()).await;
    assert_eq!((status, &refused["exceptionCode"]), (400, &json!("FeatureNotEnabled")), "{refused}");
    let stranger =
        org.client().post(&url).header("x-sfdc-session", "nobody").header("content-type", "application/xml");
    let (status, refused) = body(stranger.body(wanted).send().await.unwrap()).await;
    assert_eq!((status, element(refused.as_str().unwrap(), "exceptionCode")), (400, "InvalidSessionId"));
}

/// Sends one SOAP method and gives its answer.
async fn soap(org: &Practice, method: &str) -> String {
    let sent = format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header><SessionHeader xmlns=\"urn:partner.soap.sforce.com\"><sessionId>{}</sessionId></SessionHeader></e:Header><e:Body>{method}</e:Body></e:Envelope>",
        org.token(0)
    );
    let request =
        org.client().post(format!("{}/services/Soap/u/60.0", org.url)).header("content-type", "text/xml");
    request.body(sent).send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn soap_merges_two_contacts_into_a_third() {
    let org = Practice::start("").await;
    let merge = format!(
        "<merge xmlns=\"urn:partner.soap.sforce.com\"><request><masterRecord><type>Contact</type><Id>{}</Id><Title>Kept</Title></masterRecord><recordToMergeIds>{}</recordToMergeIds><recordToMergeIds>{}</recordToMergeIds></request></merge>",
        contact(1),
        contact(2),
        contact(3)
    );
    let told = soap(&org, &merge).await;
    assert!(
        told.contains("<success>true</success>") && told.matches("<mergedRecordIds>").count() == 2,
        "{told}"
    );
    let (_, rows) = org
        .get(&format!(
            "queryAll?q=SELECT+Id,IsDeleted,MasterRecordId+FROM+Contact+WHERE+Id+IN+('{}','{}')",
            contact(2),
            contact(3)
        ))
        .await;
    for row in rows["records"].as_array().unwrap() {
        assert_eq!(row["IsDeleted"], true);
        assert!(row["MasterRecordId"].as_str().unwrap().starts_with(&contact(1)), "{row}");
    }
    let again = soap(&org, &merge).await;
    assert!(again.contains("<success>false</success>"), "{again}");
}

#[tokio::test]
async fn soap_converts_a_lead_once() {
    let org = Practice::start("").await;
    let lead = json!({"LastName": "Quill", "Company": "Quill & Co", "Email": "quill@example.com"});
    let (status, made) = org.send("POST", "sobjects/Lead", lead).await;
    assert_eq!(status, 201, "{made}");
    let convert = format!(
        "<convertLead xmlns=\"urn:partner.soap.sforce.com\"><leadConverts><leadId>{}</leadId><convertedStatus>Closed - Converted</convertedStatus><doNotCreateOpportunity>true</doNotCreateOpportunity></leadConverts></convertLead>",
        made["id"].as_str().unwrap()
    );
    let told = soap(&org, &convert).await;
    assert!(told.contains("<success>true</success>"), "{told}");
    let (_, contact) = org.get(&format!("sobjects/Contact/{}", element(&told, "contactId"))).await;
    assert_eq!((&contact["LastName"], &contact["Email"]), (&json!("Quill"), &json!("quill@example.com")));
    let again = soap(&org, &convert).await;
    assert!(again.contains("CANNOT_UPDATE_CONVERTED_LEAD"), "{again}");
}
