//! How a connection behaves when the org, the edge or the session does not.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::connection::{Connection, StopFlag};
use crate::errors::Error;
use crate::testing::{Say, Server, error, html, keep_nothing, say};
use crate::{Org, Tokens};

#[tokio::test]
async fn the_highest_tested_version_is_used_and_an_old_org_is_refused() {
    let server = Server::start(|_| None).await;
    let org = server.org().await;
    assert_eq!(org.version(), "v68.0");
    assert_eq!(org.spent(), 0, "the list of versions does not count");
    assert!(server.heard().iter().all(|it| it.token().is_empty()), "and needs no token");

    let old =
        Server::start(|it| (it.target == "/services/data").then(|| say(200, json!([{"version": "58.0"}]))))
            .await;
    let refused = old.org_with(None, keep_nothing()).await.err();
    assert_eq!(refused, Some(Error::VersionTooOld { highest: "58.0".into(), needed: 59 }));
}

#[tokio::test]
async fn who_we_are_is_asked_and_our_calls_can_be_told_from_others() {
    let server = Server::start(|_| None).await;
    let org = server.org().await;
    let me = org.who_am_i().await.unwrap();
    assert_eq!(me.user_id, "0055g00000AAAAAAA5");
    let heard = server.heard();
    let last = heard.last().unwrap();
    assert_eq!(last.headers.get("sforce-call-options").unwrap(), "client=Habeas");
    assert!(last.headers.get("user-agent").unwrap().starts_with("Habeas/"));
    assert!(last.headers.get("accept-encoding").unwrap().contains("gzip"));
    assert_eq!(last.headers.get("x-sfdc-request-id").unwrap().len(), 32);
    assert_eq!(org.usage(), Some((7, 15_000)));

    org.expect_user("00D5g000004ABCDEA4", "0055g00000AAAAB");
    assert_eq!(org.who_am_i().await, Err(Error::AnotherUser));
}

/// Answers 401 to every token but `fresh`, and renews with rotation.
fn expired(heard: &crate::testing::Heard) -> Option<Say> {
    if heard.target == "/services/oauth2/token" {
        return Some(match heard.field("refresh_token").as_deref() {
            Some("refresh-1") => say(200, json!({"access_token": "fresh", "refresh_token": "refresh-2"})),
            _ => say(
                400,
                json!({"error": "invalid_grant", "error_description": "expired access/refresh token"}),
            ),
        });
    }
    let old = heard.target.starts_with("/services/data/v") && heard.token() != "fresh";
    if old {
        return Some(error(401, "INVALID_SESSION_ID", "Session expired or invalid"));
    }
    heard
        .target
        .ends_with("/limits")
        .then(|| say(200, json!({"DailyApiRequests": {"Max": 9, "Remaining": 8}})))
}

#[tokio::test]
async fn an_ended_session_is_renewed_once_for_all_and_kept_before_use() {
    let server = Server::start(expired).await;
    let kept: Arc<Mutex<Vec<Tokens>>> = Arc::default();
    let keeping = Arc::clone(&kept);
    let keep = Arc::new(move |tokens: &Tokens| {
        keeping.lock().unwrap().push(tokens.clone());
        Ok(())
    });
    let org = server.org_with(None, keep).await.unwrap();
    let (one, two, three) = tokio::join!(org.limits(), org.limits(), org.limits());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(server.count("POST", "/services/oauth2/token"), 1, "one renewal for all");
    let kept = kept.lock().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].refresh.as_ref().unwrap().reveal(), "refresh-2");
}

#[tokio::test]
async fn userinfo_says_in_its_own_words_that_a_session_ended() {
    let server = Server::start(|it| {
        let stale = it.target == "/services/oauth2/userinfo" && it.token() != "fresh";
        let text = Say { kind: "text/plain", body: "Bad_OAuth_Token".into(), ..say(403, json!(null)) };
        if stale { Some(text) } else { expired(it) }
    })
    .await;
    assert!(server.org().await.who_am_i().await.is_ok());
    assert_eq!(server.count("POST", "/services/oauth2/token"), 1);
}

#[tokio::test]
async fn a_renewed_token_that_could_not_be_kept_is_not_used() {
    let server = Server::start(expired).await;
    let org = server.org_with(None, Arc::new(|_| Err("the disk is full".to_owned()))).await.unwrap();
    assert_eq!(org.limits().await, Err(Error::TokensNotKept { why: "the disk is full".into() }));
    assert!(server.heard().iter().all(|it| it.token() != "fresh"));
}

#[tokio::test]
async fn a_session_barred_from_the_api_does_not_loop() {
    let text = "This session is not valid for use with the REST API";
    let server = Server::start(move |it| {
        it.target.starts_with("/services/data/v").then(|| error(401, "INVALID_SESSION_ID", text))
    })
    .await;
    assert_eq!(server.org().await.limits().await, Err(Error::SessionNotForApi));
    assert_eq!(server.count("GET", "/services/data/v"), 1);
    assert_eq!(server.count("POST", "/services/oauth2/token"), 0);
}

#[tokio::test]
async fn without_a_refresh_token_an_ended_session_asks_for_sign_in() {
    let server = Server::start(expired).await;
    let connection = Connection { login_url: None, ..server.connection() };
    let org = Org::connect(connection, keep_nothing(), None, StopFlag::new()).await.unwrap();
    assert_eq!(org.limits().await, Err(Error::SignInNeeded { code: "INVALID_SESSION_ID".into() }));
}

#[tokio::test]
async fn a_page_shown_once_and_a_cut_answer_are_read_again() {
    let tries = AtomicUsize::new(0);
    let server = Server::start(move |it| {
        it.target.ends_with("/limits").then(|| match tries.fetch_add(1, Ordering::SeqCst) {
            0 => html(),
            1 => Say { cut: true, ..say(200, json!({"DailyApiRequests": {"Max": 9, "Remaining": 8}})) },
            _ => say(200, json!({"DailyApiRequests": {"Max": 9, "Remaining": 8}})),
        })
    })
    .await;
    let org = server.org().await;
    assert_eq!(org.limits().await.unwrap().len(), 1);
    assert_eq!(org.spent(), 3, "each try reached the org");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_stays_home() {
    let stranger = Server::start(|_| Some(say(200, json!({})))).await;
    let target = format!("{}/services/data/v68.0/limits", stranger.url);
    let server = Server::start(move |it| {
        let there = Say { headers: vec![("Location", target.clone())], ..say(302, json!({})) };
        it.target.ends_with("/limits").then_some(there)
    })
    .await;
    assert_eq!(server.org().await.limits().await, Err(Error::ForeignAddress));
    assert!(stranger.heard().is_empty());
}

#[tokio::test]
async fn the_daily_limit_stops_at_once_and_the_ceiling_before_the_call() {
    let server = Server::start(|it| {
        it.target
            .ends_with("/limits")
            .then(|| error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."))
    })
    .await;
    let org = server.org_with(Some(1), keep_nothing()).await.unwrap();
    assert_eq!(org.limits().await, Err(Error::DailyLimit { usage: Some((7, 15_000)) }));
    assert_eq!(org.limits().await, Err(Error::Ceiling { spent: 1 }));
    assert_eq!(server.count("GET", "/services/data/v"), 1);
    org.set_ceiling(None);
    assert!(matches!(org.limits().await, Err(Error::DailyLimit { .. })));
}

#[tokio::test]
async fn a_file_is_bounded_and_comes_as_it_is() {
    let server = Server::start(|it| {
        let body = Say { kind: "application/octetstream", body: "x,y\n".repeat(100), ..say(200, json!({})) };
        it.target.ends_with("/LogFile").then_some(body)
    })
    .await;
    let org = server.org().await;
    let id = casework::record_id::RecordId::parse("0AT5g00000AAAAA").unwrap();
    assert_eq!(org.file_body("EventLogFile", &id, "LogFile", 1_000).await.unwrap().len(), 400);
    assert_eq!(org.file_body("EventLogFile", &id, "LogFile", 399).await, Err(Error::TooLarge { limit: 399 }));
}

#[tokio::test]
async fn a_certificate_of_our_own_authority_is_accepted_only_when_given() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let key =
        tokio_rustls::rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = tokio_rustls::rustls::ServerConfig::builder_with_provider(Arc::new(
        tokio_rustls::rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_single_cert(vec![made.cert.der().clone()], key)
    .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let Ok(1..) = stream.read(&mut [0; 4096]).await else { continue };
            let body = r#"[{"version":"68.0"}]"#;
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(format!("{head}{body}").as_bytes()).await.ok();
            stream.shutdown().await.ok();
        }
    });
    let plain = Server::start(|_| None).await;
    let with = |extra_ca_pem| Connection { instance_url: url.clone(), extra_ca_pem, ..plain.connection() };
    let given = with(Some(made.cert.pem().into_bytes()));
    assert!(Org::connect(given, keep_nothing(), None, StopFlag::new()).await.is_ok());
    let stranger = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let other = with(Some(stranger.cert.pem().into_bytes()));
    let refused = Org::connect(other, keep_nothing(), None, StopFlag::new()).await.err();
    assert_eq!(refused, Some(Error::Certificate));
    let nonsense = with(Some(b"not a certificate".to_vec()));
    let refused = Org::connect(nonsense, keep_nothing(), None, StopFlag::new()).await.err();
    assert!(matches!(refused, Some(Error::SetUp { .. })));
}
