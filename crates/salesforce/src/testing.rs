//! A bare HTTP server on loopback for this room's tests: it says what a test tells it to and remembers what it heard.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::client::Org;
use crate::connection::{Connection, KeepTokens, Secret, StopFlag, Tokens};
use crate::errors::Error;

/// One request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Heard {
    pub fn token(&self) -> &str {
        self.headers.get("authorization").and_then(|it| it.strip_prefix("Bearer ")).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The value of a form field or of a query field.
    pub fn field(&self, name: &str) -> Option<String> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        [self.body.as_str(), query].into_iter().find_map(|text| {
            url::form_urlencoded::parse(text.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, it)| it.into_owned())
        })
    }
}

/// One answer. `cut` closes the connection in the middle of the body.
pub(crate) struct Say {
    pub status: u16,
    pub kind: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    pub cut: bool,
}

pub(crate) fn say(status: u16, body: Value) -> Say {
    Say {
        status,
        kind: "application/json;charset=UTF-8",
        headers: vec![],
        body: body.to_string(),
        cut: false,
    }
}

pub(crate) fn error(status: u16, code: &str, message: &str) -> Say {
    say(status, json!([{"errorCode": code, "message": message}]))
}

pub(crate) fn html() -> Say {
    Say {
        kind: "text/html",
        body: "<html>We are down for maintenance.</html>".into(),
        ..say(200, Value::Null)
    }
}

pub(crate) struct Server {
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Server {
    /// `answer` gives `None` for what every org answers: versions and who we are.
    pub async fn start(answer: impl Fn(&Heard) -> Option<Say> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let (log, answer) = (Arc::clone(&heard), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move {
                    serve(stream, &log, answer.as_ref()).await;
                });
            }
        });
        Self { url, heard }
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// How many requests had this method and a path beginning so.
    pub fn count(&self, method: &str, path: &str) -> usize {
        self.heard().iter().filter(|it| it.method == method && it.target.starts_with(path)).count()
    }

    pub fn connection(&self) -> Connection {
        Connection {
            instance_url: self.url.clone(),
            login_url: Some(self.url.clone()),
            client_id: Some("app".into()),
            tokens: Tokens { access: Secret::new("old"), refresh: Some(Secret::new("refresh-1")) },
            extra_ca_pem: None,
            proxy: None,
        }
    }

    pub async fn org(&self) -> Org {
        self.org_with(None, keep_nothing()).await.unwrap()
    }

    pub async fn org_with(&self, ceiling: Option<u64>, keep: KeepTokens) -> Result<Org, Error> {
        Org::connect(self.connection(), keep, ceiling, StopFlag::new()).await
    }
}

pub(crate) fn keep_nothing() -> KeepTokens {
    Arc::new(|_| Ok(()))
}

fn usual(heard: &Heard) -> Say {
    let versions: Vec<Value> =
        [58, 66, 67, 68, 69].iter().map(|it| json!({"version": format!("{it}.0")})).collect();
    match heard.target.as_str() {
        "/services/data" => say(200, Value::Array(versions)),
        "/services/oauth2/userinfo" => say(
            200,
            json!({"user_id": "0055g00000AAAAAAA5", "organization_id": "00D5g000004ABCDEA4",
                "preferred_username": "officer@alder.example", "name": "Officer"}),
        ),
        _ => error(404, "NOT_FOUND", "The requested resource does not exist"),
    }
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Heard>>,
    answer: &(dyn Fn(&Heard) -> Option<Say> + Sync),
) {
    let Some(heard) = read(&mut stream).await else { return };
    log.lock().unwrap().push(heard.clone());
    let said = answer(&heard).unwrap_or_else(|| usual(&heard));
    let length = if said.cut { said.body.len() + 50 } else { said.body.len() };
    let mut head = format!(
        "HTTP/1.1 {} X\r\nContent-Type: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\
         Sforce-Limit-Info: api-usage=7/15000\r\n",
        said.status, said.kind
    );
    for (name, value) in &said.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n{}", said.body).as_bytes()).await.ok();
    stream.shutdown().await.ok();
}

async fn read(stream: &mut TcpStream) -> Option<Heard> {
    let mut all = Vec::new();
    let mut buffer = [0_u8; 8192];
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let mut first = lines.next()?.split(' ');
            let headers: BTreeMap<String, String> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect();
            let wanted = headers.get("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
            if body.len() >= wanted {
                let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
                return Some(Heard { method, target, headers, body: body.to_owned() });
            }
        }
        let read = stream.read(&mut buffer).await.ok().filter(|it| *it > 0)?;
        all.extend_from_slice(&buffer[..read]);
    }
}
