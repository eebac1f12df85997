//! Faults that strike single objects and records, and the rarer ways to sign in and to write.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must be so")]

mod support;

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use support::{Practice, body, contact};

#[tokio::test]
async fn an_object_whose_permission_is_removed_vanishes_in_the_middle() {
    let org =
        Practice::start("[[fault]]\nkind = \"permission_removed\"\nobject = \"Case\"\nafter = 2\n").await;
    let ask = "query?q=SELECT+Id+FROM+Case";
    for _ in 0..2 {
        assert_eq!(org.get(ask).await.0, 200);
    }
    let (status, refused) = org.get(ask).await;
    assert_eq!((status, &refused[0]["errorCode"]), (400, &json!("INVALID_TYPE")), "{refused}");
    assert_eq!(org.get("sobjects/Case/describe").await.0, 404);
    assert_eq!(org.get("query?q=SELECT+Id+FROM+Contact+LIMIT+1").await.0, 200, "others stay");
}

#[tokio::test]
async fn a_query_times_out_as_often_as_told() {
    let org = Practice::start("[[fault]]\nkind = \"query_timeout\"\nobject = \"Contact\"\ntimes = 1\n").await;
    let ask = "query?q=SELECT+Id+FROM+Contact+LIMIT+1";
    let (status, refused) = org.get(ask).await;
    assert_eq!((status, &refused[0]["errorCode"]), (400, &json!("QUERY_TIMEOUT")));
    assert_eq!(org.get(ask).await.0, 200);
}

#[tokio::test]
async fn one_record_of_a_collection_fails_and_the_others_go_on() {
    let fault = format!(
        "[[fault]]\nkind = \"partial_failure\"\nobject = \"Contact\"\nid = \"{}\"\ncode = \"ENTITY_IS_LOCKED\"\n",
        contact(2)
    );
    let org = Practice::start(&fault).await;
    let ids = [contact(1), contact(2), contact(3)].join(",");
    let (_, told) =
        org.send("DELETE", &format!("composite/sobjects?ids={ids}&allOrNone=false"), Value::Null).await;
    let success: Vec<bool> =
        told.as_array().unwrap().iter().map(|it| it["success"].as_bool().unwrap()).collect();
    assert_eq!(success, [true, false, true], "{told}");
    assert_eq!(told[1]["errors"][0]["statusCode"], "ENTITY_IS_LOCKED");
}

#[tokio::test]
async fn search_knows_a_new_record_only_after_the_lag() {
    // The clock of this org moves on by a second with every look at it.
    let org = Practice::start("[[fault]]\nkind = \"index_lag\"\nms = 60000\n").await;
    let (status, _) = org.send("POST", "sobjects/Contact", json!({"LastName": "Zephyrine"})).await;
    assert_eq!(status, 201);
    let ask = "search?q=FIND+{Zephyrine}+IN+ALL+FIELDS+RETURNING+Contact(Id)";
    let hits = |told: &Value| told["searchRecords"].as_array().map_or(0, Vec::len);
    assert_eq!(hits(&org.get(ask).await.1), 0, "not yet");
    for _ in 0..80 {
        if hits(&org.get(ask).await.1) == 1 {
            return;
        }
    }
    panic!("the search index never learnt of the record");
}

#[tokio::test]
async fn a_tree_is_made_whole_or_not_at_all() {
    let org = Practice::start("").await;
    let record = |reference: &str, name: Value| json!({"attributes": {"type": "Contact", "referenceId": reference}, "LastName": name});
    let whole = json!({"records": [record("one", json!("Tree")), record("two", json!("Tree"))]});
    let (status, told) = org.send("POST", "composite/tree/Contact", whole).await;
    assert_eq!((status, &told["hasErrors"]), (201, &json!(false)), "{told}");
    let broken = json!({"records": [record("one", json!("Bush")), record("two", Value::Null)]});
    let (status, told) = org.send("POST", "composite/tree/Contact", broken).await;
    assert_eq!((status, &told["hasErrors"]), (400, &json!(true)), "{told}");
    let count = |name: &str| format!("query?q=SELECT+Id+FROM+Contact+WHERE+LastName='{name}'");
    assert_eq!(org.get(&count("Tree")).await.1["totalSize"], 2);
    assert_eq!(org.get(&count("Bush")).await.1["totalSize"], 0);
}

#[tokio::test]
async fn one_graph_fails_alone() {
    let org = Practice::start("").await;
    let node = |reference: &str, value: Value| json!({"method": "POST", "url": "/services/data/v60.0/sobjects/Contact", "referenceId": reference, "body": value});
    let graphs = json!({"graphs": [
        {"graphId": "good", "compositeRequest": [node("a", json!({"LastName": "Graphgood"}))]},
        {"graphId": "bad", "compositeRequest": [node("b", json!({"LastName": "Graphbad"})), node("c", json!({"Nonsense": 1}))]},
    ]});
    let (status, told) = org.send("POST", "composite/graph", graphs).await;
    assert_eq!(status, 200, "{told}");
    let success = |n: usize| told["graphs"][n]["isSuccessful"].as_bool();
    assert_eq!((success(0), success(1)), (Some(true), Some(false)), "{told}");
    let count = |name: &str| format!("query?q=SELECT+Id+FROM+Contact+WHERE+LastName='{name}'");
    assert_eq!(org.get(&count("Graphgood")).await.1["totalSize"], 1);
    assert_eq!(org.get(&count("Graphbad")).await.1["totalSize"], 0, "what belongs together is taken back");
}

#[tokio::test]
async fn a_server_signs_in_by_its_secret() {
    let org = Practice::start("").await;
    let ask = |secret: &str| {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", "3MVG9HabeasPracticeApp.ServerClient_RunsAsFirstUser"),
            ("client_secret", secret),
        ];
        org.client().post(format!("{}/services/oauth2/token", org.url)).form(&form).send()
    };
    let (status, told) = body(ask("practice-only-secret").await.unwrap()).await;
    assert_eq!(status, 200, "{told}");
    let token = told["access_token"].as_str().unwrap();
    let list = org.client().get(format!("{}/services/data/v60.0/limits", org.url)).bearer_auth(token);
    assert_eq!(list.send().await.unwrap().status(), 200);
    let (status, told) = body(ask("guessed").await.unwrap()).await;
    assert_eq!((status, &told["error"]), (400, &json!("invalid_client")), "{told}");
}

#[tokio::test]
async fn a_signed_assertion_signs_in_and_a_forged_one_does_not() {
    let keys = tempfile::tempdir().unwrap();
    let make = |name: &str| {
        let done = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "9",
                "-subj",
                "/CN=practice",
                "-keyout",
            ])
            .arg(keys.path().join(format!("{name}.key")))
            .arg("-out")
            .arg(keys.path().join(format!("{name}.crt")))
            .output()
            .expect("openssl is there; cargo xtask set-up installs it");
        assert!(done.status.success());
    };
    make("ours");
    make("forged");
    let certificate = std::fs::read_to_string(keys.path().join("ours.crt")).unwrap();
    let app = format!("\n[[app]]\nclient_id = \"jwt-app\"\ncertificate = \"\"\"\n{certificate}\"\"\"\n");
    let org = Practice::start_with(&app, "").await;
    let assertion = |key: &str| {
        let exp = "2026-11-02T09:02:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp();
        let claims = json!({"iss": "jwt-app", "sub": "officer@alder.example", "aud": "https://login.salesforce.com", "exp": exp});
        let message = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        std::fs::write(keys.path().join("message"), &message).unwrap();
        let signed = Command::new("openssl")
            .args(["dgst", "-sha256", "-sign"])
            .arg(keys.path().join(format!("{key}.key")))
            .arg(keys.path().join("message"))
            .output()
            .unwrap();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signed.stdout))
    };
    let ask = |assertion: String| {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned()),
            ("assertion", assertion),
        ];
        org.client().post(format!("{}/services/oauth2/token", org.url)).form(&form).send()
    };
    let (status, told) = body(ask(assertion("ours")).await.unwrap()).await;
    assert_eq!(status, 200, "{told}");
    assert!(told["access_token"].is_string() && told["refresh_token"].is_null(), "{told}");
    let (status, told) = body(ask(assertion("forged")).await.unwrap()).await;
    assert_eq!((status, &told["error"]), (400, &json!("invalid_grant")), "{told}");
}
