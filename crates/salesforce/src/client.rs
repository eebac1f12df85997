//! One org, as the signed-in user sees it: every call goes through here.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Semaphore;
use url::Url;

use crate::address;
use crate::connection::{Connection, KeepTokens, Secret, StopFlag};
use crate::errors::Error;
use crate::http::{self, NoReply, Reply};
use crate::refusal::{self, Meaning};
use crate::retry::{self, BUSY_TRIES, NETWORK_TRIES};
use crate::soap::SESSION;
use crate::tokens::{Renewal, TokenStore};

/// The newest API version that this program was tested with.
const NEWEST: u32 = 68;
/// The oldest API version that offers all that is used.
const OLDEST: u32 = 59;
/// Calls on their way at one time.
const AT_ONCE: usize = 4;
/// The largest answer in JSON, unpacked.
pub(crate) const JSON_LIMIT: u64 = 96 * 1024 * 1024;

/// An org we are connected to. Copies share tokens, counters, the call ceiling and the limit of four calls at once.
#[derive(Clone)]
pub struct Org {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    http: reqwest::Client,
    pub origin: Url,
    /// `v68.0`
    pub version: String,
    tokens: TokenStore,
    spent: AtomicU64,
    ceiling: Mutex<Option<u64>>,
    usage: Mutex<Option<(u64, u64)>>,
    /// Organization and user that this connection is for, once known.
    pub expected: Mutex<Option<(String, String)>>,
    at_once: Semaphore,
    pub one_writer: tokio::sync::Mutex<()>,
    pub stop: StopFlag,
}

/// One request. `path` begins with `/services/` and holds its query.
pub(crate) struct Call<'a> {
    pub method: Method,
    pub path: &'a str,
    pub headers: &'a [(&'static str, &'a str)],
    /// Content type and body.
    pub body: Option<(&'static str, &'a [u8])>,
    /// API calls that Salesforce counts for it.
    pub cost: u64,
    /// Largest answer in bytes.
    pub limit: u64,
    /// A request that changes the org is repeated only when it certainly was not carried out.
    pub changes: bool,
}

impl<'a> Call<'a> {
    pub fn get(path: &'a str) -> Self {
        Self {
            method: Method::GET,
            path,
            headers: &[],
            body: None,
            cost: 1,
            limit: JSON_LIMIT,
            changes: false,
        }
    }

    /// A POST that changes nothing, such as a package of questions.
    pub fn ask(path: &'a str, body: &'a [u8]) -> Self {
        Self { method: Method::POST, body: Some(("application/json", body)), ..Self::get(path) }
    }

    pub fn change(method: Method, path: &'a str, body: Option<(&'static str, &'a [u8])>) -> Self {
        Self { method, body, changes: true, ..Self::get(path) }
    }
}

/// Why a request failed, and whether it may have been carried out all the same.
pub(crate) struct Failed {
    pub error: Error,
    pub perhaps_done: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, perhaps_done: false }
    }
}

impl Org {
    /// Checks the address and agrees on an API version (59 to 68). Costs no API call and does not use the token.
    ///
    /// # Errors
    /// [`Error::Address`], [`Error::SetUp`], [`Error::VersionTooOld`], and what every call may meet.
    pub async fn connect(
        connection: Connection,
        keep: KeepTokens,
        ceiling: Option<u64>,
        stop: StopFlag,
    ) -> Result<Self, Error> {
        Self::connect_at(None, connection, keep, ceiling, stop).await
    }

    /// The same with an API version agreed on earlier, `v68.0`; one that is not ours to speak is agreed on anew.
    ///
    /// # Errors
    /// As [`Org::connect`].
    pub async fn connect_at(
        version: Option<&str>,
        connection: Connection,
        keep: KeepTokens,
        ceiling: Option<u64>,
        stop: StopFlag,
    ) -> Result<Self, Error> {
        let origin = address::origin(&connection.instance_url)?;
        let (ca, proxy) = (connection.extra_ca_pem.as_deref(), connection.proxy.as_deref());
        let renewal = match (&connection.login_url, &connection.client_id) {
            (Some(login), Some(client_id)) => {
                let login = address::origin(login)?;
                let http = http::client(&login, ca, proxy)?;
                Some(Renewal { login, client_id: client_id.clone(), http })
            }
            (_, _) => None,
        };
        let mut inner = Inner {
            http: http::client(&origin, ca, proxy)?,
            origin,
            version: String::new(),
            tokens: TokenStore::new(connection.tokens, keep, renewal),
            spent: AtomicU64::new(0),
            ceiling: Mutex::new(ceiling),
            usage: Mutex::new(None),
            expected: Mutex::new(None),
            at_once: Semaphore::new(AT_ONCE),
            one_writer: tokio::sync::Mutex::new(()),
            stop,
        };
        let ours = |version: &&str| {
            let number = version.strip_prefix('v').and_then(|it| it.strip_suffix(".0"));
            number.and_then(|it| it.parse::<u32>().ok()).is_some_and(|it| (OLDEST..=NEWEST).contains(&it))
        };
        inner.version = match version.filter(ours) {
            Some(known) => known.to_owned(),
            None => inner.agree_on_version().await?,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// API calls sent since connecting, counted as Salesforce counts them.
    pub fn spent(&self) -> u64 {
        self.inner.spent.load(Ordering::SeqCst)
    }

    /// Calls used and allowed in the org in 24 hours, as of the last answer.
    pub fn usage(&self) -> Option<(u64, u64)> {
        *self.inner.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// No call is sent that would bring [`Org::spent`] above the ceiling.
    pub fn set_ceiling(&self, ceiling: Option<u64>) {
        *self.inner.ceiling.lock().unwrap_or_else(PoisonError::into_inner) = ceiling;
    }

    /// The API version in use, `v68.0`.
    pub fn version(&self) -> &str {
        &self.inner.version
    }

    /// A path under the data resource of the version in use.
    pub(crate) fn data(&self, rest: &str) -> String {
        format!("/services/data/{}{rest}", self.inner.version)
    }

    pub(crate) async fn json<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, Failed> {
        self.inner.call(call, read_json).await
    }
}

impl Inner {
    /// The highest version that both sides know. The list needs no token and does not count.
    async fn agree_on_version(&self) -> Result<String, Error> {
        #[derive(serde::Deserialize)]
        struct Offered {
            version: String,
        }
        let call = Call { cost: 0, limit: 1024 * 1024, ..Call::get("/services/data") };
        let offered: Vec<Offered> = self.call(&call, read_json).await.map_err(|failed| failed.error)?;
        let whole = |version: &str| version.split('.').next().and_then(|number| number.parse::<u32>().ok());
        let highest = offered.iter().filter_map(|offer| whole(&offer.version)).max().unwrap_or_default();
        let best = offered.iter().filter_map(|offer| whole(&offer.version)).filter(|it| *it <= NEWEST).max();
        match best {
            Some(best) if best >= OLDEST => Ok(format!("v{best}.0")),
            _ => Err(Error::VersionTooOld { highest: format!("{highest}.0"), needed: OLDEST }),
        }
    }

    /// Sends a request until it has an answer that `read` accepts or trying again is of no use.
    ///
    /// A request that changes the org is sent again only after an answer that says it was not carried out.
    pub async fn call<T>(
        &self,
        call: &Call<'_>,
        read: impl Fn(&Reply) -> Result<T, Error> + Send,
    ) -> Result<T, Failed> {
        let (mut tries, mut renewed) = (0, false);
        loop {
            let (used, sent) = self.send(call).await;
            let (error, most, asked_for) = match sent {
                Ok(reply) if (200..300).contains(&reply.status) || reply.status == 304 => {
                    match read(&reply) {
                        Ok(value) => return Ok(value),
                        Err(error) if call.changes => return Err(Failed { error, perhaps_done: true }),
                        Err(error @ (Error::Maintenance | Error::CutOff)) => (error, NETWORK_TRIES, None),
                        Err(error) => return Err(error.into()),
                    }
                }
                Ok(reply) => match refusal::meaning(reply.status, &reply.body, self.usage_now()) {
                    Meaning::SessionOver if !renewed => {
                        self.tokens.renew(used, &self.origin).await?;
                        renewed = true;
                        continue;
                    }
                    Meaning::SessionOver => {
                        return Err(Error::SignInNeeded { code: "INVALID_SESSION_ID".to_owned() }.into());
                    }
                    Meaning::Wait => (Error::Busy { tries: tries + 1 }, BUSY_TRIES, retry_after(&reply)),
                    Meaning::Broken => {
                        let error = if reply.is_html() {
                            Error::Maintenance
                        } else {
                            Error::Busy { tries: tries + 1 }
                        };
                        if call.changes {
                            return Err(Failed { error, perhaps_done: true });
                        }
                        (error, BUSY_TRIES, retry_after(&reply))
                    }
                    Meaning::Final(error) => return Err(error.into()),
                },
                Err(NoReply {
                    error: error @ (Error::Unreachable { .. } | Error::TimedOut),
                    sent: false,
                }) => (error, NETWORK_TRIES, None),
                Err(NoReply { error, sent: false }) => return Err(error.into()),
                Err(NoReply { error, sent: true }) if call.changes => {
                    return Err(Failed { error, perhaps_done: true });
                }
                Err(NoReply { error: error @ Error::TooLarge { .. }, .. }) => return Err(error.into()),
                Err(NoReply { error, sent: true }) => (error, NETWORK_TRIES, None),
            };
            if tries >= most {
                return Err(error.into());
            }
            tries += 1;
            tracing::debug!(tries, why = error.code(), "the call is tried again");
            retry::pause(tries, asked_for, &self.stop).await?;
        }
    }

    /// Sends a request once. Gives the number of the token renewal that it was sent under.
    async fn send(&self, call: &Call<'_>) -> (u64, Result<Reply, NoReply>) {
        let (used, access) = self.tokens.access();
        let unsent = |error| (used, Err(NoReply { error, sent: false }));
        let url = match address::on_origin(&self.origin, call.path) {
            Ok(url) => url,
            Err(error) => return unsent(error),
        };
        let Ok(_place) = self.at_once.acquire().await else {
            return unsent(Error::Stopped);
        };
        if self.stop.is_stopped() {
            return unsent(Error::Stopped);
        }
        if let Err(error) = self.spend(call.cost) {
            return unsent(error);
        }
        let mut request = self
            .http
            .request(call.method.clone(), url)
            .header("Sforce-Call-Options", "client=Habeas")
            .header("X-SFDC-REQUEST-ID", request_id());
        if call.path != "/services/data" {
            request = request.bearer_auth(access.reveal());
        }
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        if let Some((kind, body)) = call.body {
            request = request.header("Content-Type", kind).body(with_session(kind, body, &access));
        }
        let reply = http::send(request, call.limit).await;
        if let Ok(reply) = &reply
            && let Some(usage) = reply.header("Sforce-Limit-Info").and_then(read_usage)
        {
            *self.usage.lock().unwrap_or_else(PoisonError::into_inner) = Some(usage);
        }
        (used, reply)
    }

    fn spend(&self, cost: u64) -> Result<(), Error> {
        let ceiling = self.ceiling.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = self.spent.load(Ordering::SeqCst);
        if cost > 0 && ceiling.is_some_and(|ceiling| spent.saturating_add(cost) > ceiling) {
            return Err(Error::Ceiling { spent });
        }
        self.spent.fetch_add(cost, Ordering::SeqCst);
        Ok(())
    }

    fn usage_now(&self) -> Option<(u64, u64)> {
        *self.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads an answer that must be JSON.
pub(crate) fn read_json<T: DeserializeOwned>(reply: &Reply) -> Result<T, Error> {
    if reply.is_html() {
        return Err(Error::Maintenance);
    }
    if !reply.is_json() {
        return Err(Error::Garbled { what: "it is not JSON" });
    }
    serde_json::from_slice(&reply.body).map_err(|error| {
        if error.is_eof() { Error::CutOff } else { Error::Garbled { what: "JSON of another shape" } }
    })
}

/// The body as it goes out. SOAP carries the session inside; it is put in at the last moment, for each try anew.
fn with_session(kind: &str, body: &[u8], access: &Secret) -> Vec<u8> {
    match std::str::from_utf8(body) {
        Ok(text) if kind.starts_with("text/xml") => {
            text.replacen(SESSION, &quick_xml::escape::escape(access.reveal()), 1).into_bytes()
        }
        _ => body.to_vec(),
    }
}

/// `api-usage=123/100000`, alone or before the per-app part.
fn read_usage(header: &str) -> Option<(u64, u64)> {
    let part = header.split([';', ',']).map(str::trim).find_map(|part| part.strip_prefix("api-usage="))?;
    let (used, allowed) = part.split_once('/')?;
    Some((used.trim().parse().ok()?, allowed.trim().parse().ok()?))
}

fn retry_after(reply: &Reply) -> Option<Duration> {
    reply.header("Retry-After").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs)
}

/// 32 hexadecimal digits. It stands in the org's event logs, which tells our calls from others.
fn request_id() -> String {
    let (high, low) = (getrandom::u64().unwrap_or_default(), getrandom::u64().unwrap_or_default());
    format!("{high:016x}{low:016x}")
}

/// A shorthand for calls whose answer does not matter beyond its success.
pub(crate) fn ignore(_: &Reply) -> Result<(), Error> {
    Ok(())
}

/// The failure of a call that changed nothing.
pub(crate) fn only_error(failed: Failed) -> Error {
    failed.error
}

/// Any JSON.
pub(crate) type Json = Value;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usage_is_read_with_and_without_the_part_of_an_app() {
        assert_eq!(read_usage("api-usage=18/5000"), Some((18, 5000)));
        assert_eq!(
            read_usage("api-usage=25/5000; per-app-api-usage=17/250(appName=sample)"),
            Some((25, 5000))
        );
        assert_eq!(read_usage("nonsense"), None);
    }

    #[test]
    fn a_request_id_has_the_shape_that_salesforce_takes() {
        let id = request_id();
        assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}

#[cfg(test)]
mod talk_tests;
