//! The whole sign-in over real HTTP, with a browser of four lines.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::testing::{Server, say};

/// Goes to the callback as a browser would.
async fn come_back(pending_url: &str, with: &str) -> String {
    let authorize = Url::parse(pending_url).unwrap();
    let redirect = parameter(&authorize, "redirect_uri");
    let port = Url::parse(&redirect).unwrap().port().unwrap();
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let target = format!("/OauthRedirect?{with}&state={}", parameter(&authorize, "state"));
    stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).await.unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).await.unwrap();
    page
}

fn parameter(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

async fn server() -> Server {
    Server::start(|it| {
        (it.target == "/services/oauth2/token").then(|| {
            let host = it.headers.get("host").unwrap();
            say(200, json!({"access_token": "a1", "refresh_token": "r1", "instance_url": format!("http://{host}")}))
        })
    })
    .await
}

#[tokio::test]
async fn a_sign_in_gives_tokens_and_proves_itself_with_the_verifier() {
    let server = server().await;
    let pending = begin_on(&[0], &server.url, "app", None, None).await.unwrap();
    let url = pending.authorize_url.clone();
    let authorize = Url::parse(&url).unwrap();
    assert_eq!(parameter(&authorize, "scope"), "api refresh_token id");
    let browser = tokio::spawn(async move { come_back(&url, "code=aPrx%3D%3D").await });
    let connection = pending.finish(Duration::from_secs(20), StopFlag::new()).await.unwrap();
    assert!(browser.await.unwrap().contains("200 OK"));
    assert_eq!(connection.instance_url, server.url);
    assert_eq!(connection.tokens.refresh.unwrap().reveal(), "r1");
    let heard = server.heard();
    let exchange = heard.first().unwrap();
    assert_eq!(exchange.field("code").as_deref(), Some("aPrx=="));
    assert_eq!(exchange.field("redirect_uri"), Some(parameter(&authorize, "redirect_uri")));
    let verifier = exchange.field("code_verifier").unwrap();
    assert!((43..=128).contains(&verifier.len()));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    assert_eq!(challenge, parameter(&authorize, "code_challenge"));
    assert!(exchange.field("client_secret").is_none());
}

#[tokio::test]
async fn an_app_that_is_not_installed_is_named_as_the_reason() {
    let server = server().await;
    let pending = begin_on(&[0], &server.url, "app", None, None).await.unwrap();
    let url = pending.authorize_url.clone();
    let with = "error=invalid_client&error_description=app+must+be+installed+into+org";
    let browser = tokio::spawn(async move { come_back(&url, with).await });
    let ended = pending.finish(Duration::from_secs(20), StopFlag::new()).await;
    assert_eq!(ended.err(), Some(SignInError::AppNotInstalled));
    assert!(browser.await.unwrap().contains("did not succeed"));
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn nobody_coming_back_ends_in_time_and_a_stop_at_once() {
    let server = server().await;
    let pending = begin_on(&[0], &server.url, "app", None, None).await.unwrap();
    let ended = pending.finish(Duration::from_millis(30), StopFlag::new()).await;
    assert_eq!(ended.err(), Some(SignInError::TimedOut));
    let (pending, stop) = (begin_on(&[0], &server.url, "app", None, None).await.unwrap(), StopFlag::new());
    stop.stop();
    assert_eq!(pending.finish(Duration::from_secs(60), stop).await.err(), Some(SignInError::Stopped));
}

#[tokio::test]
async fn a_disconnect_revokes_the_refresh_token() {
    let server =
        Server::start(|it| (it.target == "/services/oauth2/revoke").then(|| say(200, json!({})))).await;
    revoke(&server.connection()).await.unwrap();
    assert_eq!(server.heard().first().unwrap().field("token").as_deref(), Some("refresh-1"));
}
