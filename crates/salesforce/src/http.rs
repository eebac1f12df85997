//! The HTTP client: TLS 1.2 or newer, the system's roots and an optional extra one, no redirects, bounded bodies.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;
use url::Url;

use crate::address::is_loopback;
use crate::errors::Error;

/// Salesforce lets a query run for two minutes before the first byte.
const QUIET: Duration = Duration::from_secs(150);
/// Salesforce ends every call after ten minutes.
const WHOLE_CALL: Duration = Duration::from_secs(620);

pub(crate) const USER_AGENT: &str = concat!("Habeas/", env!("CARGO_PKG_VERSION"));

/// An answer with its whole body.
pub(crate) struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn is_html(&self) -> bool {
        self.header(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.to_ascii_lowercase().contains("text/html"))
    }

    pub fn is_json(&self) -> bool {
        self.header(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.to_ascii_lowercase().contains("json"))
    }
}

/// Why no whole answer came. `sent` is false only when the request certainly never left.
pub(crate) struct NoReply {
    pub error: Error,
    pub sent: bool,
}

/// A client for one host.
pub(crate) fn client(
    host: &Url,
    extra_ca: Option<&[u8]>,
    proxy: Option<&str>,
) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(Duration::from_secs(20))
        .read_timeout(QUIET)
        .timeout(WHOLE_CALL)
        .tls_backend_preconfigured(tls(host, extra_ca)?);
    if is_loopback(host) {
        builder = builder.no_proxy();
    } else if let Some(proxy) = proxy {
        // The proxy's address may hold a password, so the cause stays out of the sentence.
        let proxy = reqwest::Proxy::all(proxy)
            .map_err(|_| Error::SetUp { why: "the proxy's address cannot be read".to_owned() })?;
        builder = builder.proxy(proxy);
    }
    builder.build().map_err(|_| Error::SetUp { why: "the HTTP client could not be made".to_owned() })
}

fn tls(host: &Url, extra_ca: Option<&[u8]>) -> Result<rustls::ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::SetUp { why: error.to_string() })?;
    let roots = match extra_ca {
        Some(pem) => certificates(pem)?,
        None => Vec::new(),
    };
    let mut config = match Verifier::new_with_extra_roots(roots, provider) {
        Ok(verifier) => {
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
        }
        // A computer without any root certificates can still talk to an org on loopback without TLS.
        Err(_) if host.scheme() == "http" => {
            builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
        }
        Err(error) => return Err(Error::SetUp { why: format!("root certificates: {error}") }),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let unreadable = || Error::SetUp { why: "the extra certificate file is not PEM".to_owned() };
    let found: Vec<_> =
        CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|_| unreadable())?;
    if found.is_empty() { Err(unreadable()) } else { Ok(found) }
}

/// Sends one request and reads its answer, at most `limit` bytes of it after unpacking.
pub(crate) async fn send(request: reqwest::RequestBuilder, limit: u64) -> Result<Reply, NoReply> {
    let mut response = request.send().await.map_err(|error| why(&error))?;
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let size = u64::try_from(body.len() + chunk.len()).unwrap_or(u64::MAX);
                if size > limit {
                    return Err(NoReply { error: Error::TooLarge { limit }, sent: true });
                }
                body.extend_from_slice(&chunk);
            }
            Ok(None) => return Ok(Reply { status, headers, body }),
            Err(error) if error.is_timeout() => return Err(NoReply { error: Error::TimedOut, sent: true }),
            Err(_) => return Err(NoReply { error: Error::CutOff, sent: true }),
        }
    }
}

/// reqwest's own errors carry the URL, and with it the statement: only their kind is kept.
fn why(error: &reqwest::Error) -> NoReply {
    if error.is_builder() {
        return NoReply {
            error: Error::SetUp { why: "the request could not be written".to_owned() },
            sent: false,
        };
    }
    if error.is_connect() {
        let error = if speaks_of_tls(error) {
            Error::Certificate
        } else {
            Error::Unreachable { why: "no connection to its host could be made" }
        };
        return NoReply { error, sent: false };
    }
    let error = if error.is_timeout() { Error::TimedOut } else { Error::CutOff };
    NoReply { error, sent: true }
}

/// Looks through the causes; an I/O error hides its own inside (sometimes twice) and `source` passes over it.
fn speaks_of_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    let hidden = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    if hidden.is_some_and(|hidden| speaks_of_tls(hidden)) {
        return true;
    }
    error.source().is_some_and(speaks_of_tls)
}
