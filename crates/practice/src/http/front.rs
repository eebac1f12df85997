//! The outermost layer: takes a request off the wire, lets faults strike, has it answered away from the
//! runtime's threads, and puts the answer on the wire.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::answer::{Answer, Content, Refusal};
use super::call::Call;
use super::org::Org;
use super::routes;
use crate::faults::{Injected, Seen};

/// Largest body taken, before and after un-gzipping: what Salesforce takes for a Bulk upload.
const BODY_LIMIT: usize = 150 * 1024 * 1024;
/// Longest request line and headers together.
const HEAD_LIMIT: usize = 16_384;
/// Smaller answers are not worth compressing.
const GZIP_FROM: usize = 256;

const HTML_PAGE: &str = "<!DOCTYPE html><html><head><title>We are down for maintenance</title></head><body>\
<h1>We are down for maintenance</h1><p>Sorry for the inconvenience. We'll be back shortly.</p></body></html>";

/// The token of an `Authorization: Bearer` or `OAuth` header.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("authorization")?.to_str().ok()?.trim();
    let (scheme, token) = text.split_once(' ')?;
    let known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth");
    known.then(|| token.trim().to_owned())
}

/// Answers one request.
pub(crate) async fn serve(org: Arc<Org>, latency: Duration, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let target = head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let path = head.uri.path().to_owned();
    if path.trim_end_matches('/') == "/practice/calls" {
        return call_list(&org, &head.method, &head.headers);
    }
    let token = bearer(&head.headers);
    let (at, user) = {
        let user_id = token.as_deref().and_then(|it| org.sessions().user_of(it));
        let world = org.world();
        (world.now(), user_id.and_then(|it| world.user(&it).map(|it| it.username.clone())))
    };
    let n = org.calls().arrived(at, head.method.as_str(), &target, user.clone());
    let counts = routes::counts(&path);
    if counts {
        org.spend(1);
    }
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let seen =
        Seen { method: head.method.as_str(), path: &path, target: &target, token: token.as_deref(), counts };
    let (delay, met) = org.faults.meet(seen);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let length: usize = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    let too_long = too_long(target.len(), length);
    let bytes = match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(bytes) => bytes,
        Err(_) => {
            let answer =
                Refusal::new(413, "REQUEST_ENTITY_TOO_LARGE", "The request body is too large").into();
            return finished(&org, n, answer, &head.method, &head.headers, counts, false);
        }
    };
    let answer = match (too_long, met) {
        (Some(answer), _) => answer,
        (None, Some(fault)) if fault != Injected::Cut => struck(fault),
        (None, _) => {
            let org = Arc::clone(&org);
            let (method, headers) = (head.method.clone(), head.headers.clone());
            let work = tokio::task::spawn_blocking(move || match unpacked(&headers, bytes) {
                Ok(body) => {
                    let method = if method == Method::HEAD { Method::GET } else { method };
                    routes::answer(&org, &Call::new(method, &target, headers, body, at), n)
                }
                Err(refusal) => refusal.into(),
            });
            work.await.unwrap_or_else(|_| {
                Refusal::new(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred.").into()
            })
        }
    };
    finished(&org, n, answer, &head.method, &head.headers, counts, met == Some(Injected::Cut))
}

fn too_long(target: usize, headers: usize) -> Option<Answer> {
    if target > HEAD_LIMIT {
        return Some(Refusal::new(414, "URI_TOO_LONG", "The URI of the request is too long").into());
    }
    (target + headers > HEAD_LIMIT).then(|| {
        Refusal::new(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", "The URI and headers exceed 16,384 bytes").into()
    })
}

fn struck(fault: Injected) -> Answer {
    match fault {
        Injected::Status(code @ (502..=504)) => {
            Answer::bytes("text/plain", b"Service temporarily unavailable".to_vec()).status(code)
        }
        Injected::Status(401) | Injected::SessionExpired => Refusal::session().into(),
        Injected::Status(429) => {
            Answer::bytes("text/plain", b"Too many requests".to_vec()).status(429).header("retry-after", "1")
        }
        Injected::Status(500) => Refusal::new(
            500,
            "UNKNOWN_EXCEPTION",
            "An unexpected error occurred. Please include this ErrorId if you contact support: 0-0 (0)",
        )
        .into(),
        Injected::Status(404) => Refusal::not_found().into(),
        Injected::Status(code) => Refusal::new(code, "SERVER_UNAVAILABLE", "A fault was asked for").into(),
        Injected::Html | Injected::Cut => {
            Answer::bytes("text/html; charset=UTF-8", HTML_PAGE.as_bytes().to_vec())
        }
        Injected::DailyLimit => {
            Refusal::new(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.").into()
        }
        Injected::ConcurrentLimit => Refusal::new(
            403,
            "REQUEST_LIMIT_EXCEEDED",
            "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
        )
        .into(),
    }
}

fn unpacked(headers: &HeaderMap, bytes: Bytes) -> Result<Vec<u8>, Refusal> {
    let zipped =
        headers.get("content-encoding").is_some_and(|it| it.as_bytes().eq_ignore_ascii_case(b"gzip"));
    if !zipped {
        return Ok(bytes.to_vec());
    }
    let mut body = Vec::new();
    let mut reader = MultiGzDecoder::new(&bytes[..]).take(BODY_LIMIT as u64);
    match reader.read_to_end(&mut body) {
        Ok(_) => Ok(body),
        Err(_) => Err(Refusal::new(400, "INVALID_CONTENT_ENCODING", "The request body is not valid gzip")),
    }
}

/// Writes the last headers, compresses, and notes the end in the call list.
fn finished(
    org: &Org,
    n: usize,
    answer: Answer,
    method: &Method,
    headers: &HeaderMap,
    counts: bool,
    cut: bool,
) -> Response<Body> {
    if counts && answer.cost > 1 {
        org.spend(answer.cost - 1);
    }
    let asks = |name: &str, part: &str| {
        let text = headers.get(name).and_then(|it| it.to_str().ok());
        text.is_some_and(|it| it.to_ascii_lowercase().contains(part))
    };
    let (kind, mut bytes) = match answer.content {
        Content::Nothing => (None, Vec::new()),
        Content::Json(value) => {
            let pretty = asks("x-prettyprint", "1") || asks("x-prettyprint", "true");
            let text = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) };
            (Some("application/json;charset=UTF-8".to_owned()), text.unwrap_or_default())
        }
        Content::Bytes { kind, bytes } => (Some(kind), bytes),
    };
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let out = response.headers_mut();
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(HeaderName::from_static(name), value);
        }
    };
    if let Some(kind) = &kind {
        put("content-type", kind);
    }
    put("cache-control", "no-cache,must-revalidate,max-age=0,no-store,private");
    put("set-cookie", "BrowserId=practice_org_browser_id; path=/; SameSite=Lax");
    put("x-content-type-options", "nosniff");
    let own_id =
        headers.get("x-sfdc-request-id").and_then(|it| it.to_str().ok()).filter(|it| is_request_id(it));
    put("x-sfdc-request-id", &own_id.map_or_else(|| format!("{n:032x}"), str::to_owned));
    if counts {
        let (used, daily) = org.usage();
        put("sforce-limit-info", &format!("api-usage={used}/{daily}"));
    }
    for (name, value) in &answer.headers {
        put(name, value);
    }
    if asks("accept-encoding", "gzip") && bytes.len() >= GZIP_FROM {
        let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
        if encoder.write_all(&bytes).is_ok()
            && let Ok(packed) = encoder.finish()
        {
            bytes = packed;
            put("content-encoding", "gzip");
            put("vary", "Accept-Encoding");
        }
    }
    org.calls().answered(n, answer.status, answer.changes);
    let bodiless = status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED;
    if *method == Method::HEAD {
        if let Ok(length) = HeaderValue::from_str(&bytes.len().to_string()) {
            response.headers_mut().insert(CONTENT_LENGTH, length);
        }
    } else if cut && !bodiless {
        *response.body_mut() = half(bytes);
    } else if !bodiless {
        *response.body_mut() = Body::from(bytes);
    }
    response
}

/// The first half of a body, then a broken connection.
fn half(bytes: Vec<u8>) -> Body {
    let first = bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
    let parts = futures_util::stream::unfold(Some(Bytes::from(first)), |part| async move {
        match part {
            Some(first) if !first.is_empty() => Some((Ok(first), Some(Bytes::new()))),
            Some(_) => {
                // let the first half leave before the connection breaks
                tokio::time::sleep(Duration::from_millis(20)).await;
                Some((Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut by a fault")), None))
            }
            None => None,
        }
    });
    Body::from_stream(parts)
}

fn is_request_id(text: &str) -> bool {
    let alphanumeric = text.len() == 22 && text.bytes().all(|it| it.is_ascii_alphanumeric());
    alphanumeric || (text.len() == 32 && text.bytes().all(|it| it.is_ascii_hexdigit()))
}

/// `/practice/calls`: no token, not counted, not listed.
fn call_list(org: &Org, method: &Method, headers: &HeaderMap) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        let mut refused = Response::new(Body::empty());
        *refused.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        return refused;
    }
    let value = org.calls().to_json();
    let pretty = headers.contains_key("x-prettyprint");
    let text = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) };
    let mut response = Response::new(Body::from(text.unwrap_or_default()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
    response
}
