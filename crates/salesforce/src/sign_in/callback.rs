//! The loopback address that the browser comes back to: answers until the callback came, then closes.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::Url;

use super::{SignInError, meaning};
use crate::connection::Secret;

pub(super) const PATH: &str = "/OauthRedirect";
/// A callback's request is short; a longer one is not ours.
const LONGEST_REQUEST: usize = 16 * 1024;
const LONGEST_READ: Duration = Duration::from_secs(10);

type Came = Result<Secret, SignInError>;

/// The first free port, on 127.0.0.1 and, where the computer has it, on ::1: `localhost` may mean either.
pub(super) async fn bind(ports: &[u16]) -> Option<(u16, Vec<TcpListener>)> {
    for port in ports {
        let Ok(four) = TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).await else { continue };
        let Ok(bound) = four.local_addr() else { continue };
        match TcpListener::bind((Ipv6Addr::LOCALHOST, bound.port())).await {
            Ok(six) => return Some((bound.port(), vec![four, six])),
            // Somebody else listens there and might get the code.
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
            Err(_) => return Some((bound.port(), vec![four])),
        }
    }
    None
}

/// Waits for the callback and gives its code. Other requests (icons, idle connections) are answered and passed over.
pub(super) async fn wait(listeners: &[TcpListener], state: &str) -> Came {
    let (came, mut callbacks) = mpsc::channel::<Came>(1);
    let state: Arc<str> = Arc::from(state);
    let mut serving = JoinSet::new();
    let (first, second) = (listeners.first(), listeners.get(1));
    loop {
        tokio::select! {
            Some(stream) = accept(first) => { serving.spawn(serve(stream, Arc::clone(&state), came.clone())); }
            Some(stream) = accept(second) => { serving.spawn(serve(stream, Arc::clone(&state), came.clone())); }
            Some(result) = callbacks.recv() => return result,
        }
    }
}

/// The next connection; never returns where there is no listener.
async fn accept(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => loop {
            match listener.accept().await {
                Ok((stream, _)) => return Some(stream),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        },
        None => std::future::pending().await,
    }
}

async fn serve(mut stream: TcpStream, state: Arc<str>, came: mpsc::Sender<Came>) {
    let Ok(Some(target)) = tokio::time::timeout(LONGEST_READ, request_target(&mut stream)).await else {
        return;
    };
    let result = outcome(&target, &state);
    let (status, words) = match &result {
        None => ("404 Not Found", "There is nothing here."),
        Some(Ok(_)) => ("200 OK", "Salesforce has answered. You can close this page and go back to Habeas."),
        Some(Err(_)) => ("200 OK", "The sign-in did not succeed. Habeas shows why; you can close this page."),
    };
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Habeas</title>\
         <body style=\"font-family:sans-serif;margin:3em\"><h1>Habeas</h1><p>{words}</p></body></html>"
    );
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nReferrer-Policy: no-referrer\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    // The browser may be gone already; the sign-in does not depend on this page.
    let _shown = stream.write_all(answer.as_bytes()).await;
    let _closed = stream.shutdown().await;
    if let Some(result) = result {
        // Only the first callback counts.
        let _counted = came.try_send(result);
    }
}

/// `/OauthRedirect?code=…` out of the request line, once the whole head has come.
async fn request_target(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut buffer = [0_u8; 2048];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        head.extend_from_slice(buffer.get(..read)?);
        if head.len() > LONGEST_REQUEST {
            return None;
        }
    }
    let line = String::from_utf8_lossy(&head).lines().next()?.to_owned();
    let mut words = line.split(' ');
    (words.next() == Some("GET")).then(|| words.next().map(str::to_owned)).flatten()
}

/// What a request says; `None` when it is not the callback.
fn outcome(target: &str, state: &str) -> Option<Came> {
    let url = Url::parse("http://localhost").ok()?.join(target).ok()?;
    if url.path() != PATH {
        return None;
    }
    let value =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    if value("state").as_deref() != Some(state) {
        return Some(Err(SignInError::StateMismatch));
    }
    if let Some(error) = value("error") {
        return Some(Err(meaning(&error, &value("error_description").unwrap_or_default())));
    }
    Some(value("code").filter(|code| !code.is_empty()).map(Secret::new).ok_or(SignInError::Incomplete))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_callback_has_its_meaning() {
        let of = |target: &str| outcome(target, "s1").map(|came| came.map(|code| code.reveal().to_owned()));
        assert_eq!(of("/OauthRedirect?code=aPrx%3D%3D&state=s1"), Some(Ok("aPrx==".to_owned())));
        assert_eq!(of("/favicon.ico"), None);
        assert_eq!(of("/OauthRedirect?code=x&state=other"), Some(Err(SignInError::StateMismatch)));
        assert_eq!(of("/OauthRedirect?code=x"), Some(Err(SignInError::StateMismatch)));
        assert_eq!(
            of(
                "/OauthRedirect?error=invalid_client&error_description=app+must+be+installed+into+org&state=s1"
            ),
            Some(Err(SignInError::AppNotInstalled))
        );
        assert_eq!(
            of("/OauthRedirect?error=OAUTH_APPROVAL_ERROR_GENERIC&state=s1"),
            Some(Err(SignInError::NotApproved))
        );
        assert_eq!(of("/OauthRedirect?error=access_denied&state=s1"), Some(Err(SignInError::Denied)));
        assert_eq!(of("/OauthRedirect?state=s1"), Some(Err(SignInError::Incomplete)));
    }
}
