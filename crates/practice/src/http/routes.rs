//! Which part of the org answers which path.

use axum::http::Method;

use super::answer::{Answer, Content, Refusal};
use super::call::Call;
use super::front::bearer;
use super::org::{Org, Session};
use super::{bulk, rest, sign_in, soap};

/// Oldest API version that answers; older ones are gone since Summer '25.
pub(crate) const OLDEST: u16 = 31;
/// Oldest version that is supported and listed.
pub(crate) const SUPPORTED: u16 = 41;
/// Newest version.
pub(crate) const NEWEST: u16 = 68;

/// Whether a request to this path counts against the daily limit.
pub(crate) fn counts(path: &str) -> bool {
    let mut parts = path.split('/').filter(|it| !it.is_empty());
    match (parts.next(), parts.next()) {
        (Some("services"), Some("data")) => parts.next().is_some(),
        (Some("services"), Some("async" | "Soap" | "apexrest")) => true,
        _ => false,
    }
}

/// Answers a request; `n` is its number in the call list.
pub(crate) fn answer(org: &Org, call: &Call, n: usize) -> Answer {
    match (call.segment(0), call.segment(1)) {
        (".well-known", "openid-configuration") if call.path.len() == 2 => sign_in::discovery(org),
        ("id", "keys") => sign_in::keys(),
        ("id", _) if call.path.len() == 3 => sign_in::identity(org, call),
        ("services", "oauth2") => sign_in::oauth(org, call),
        ("services", "data") if call.path.len() == 2 => versions(call),
        ("services", "data") => match data(org, call, n) {
            Ok(answer) => answer,
            Err(refusal) => refusal.into(),
        },
        ("services", "async") => bulk::v1(org, call, n),
        ("services", "Soap") => soap::answer(org, call, n),
        ("", _) => {
            Answer::bytes("text/html;charset=UTF-8", b"<html><body>Practice org</body></html>".to_vec())
        }
        ("favicon.ico", _) => Answer::with(404, Content::Nothing),
        _ => Refusal::not_found().into(),
    }
}

fn data(org: &Org, call: &Call, n: usize) -> Result<Answer, Refusal> {
    let version = version(call.segment(2))?;
    let session = session(org, call)?;
    within_allowance(org)?;
    meddle(org, call, n);
    let mut answer = rest::answer(org, &session, call, version).unwrap_or_else(Answer::from);
    if version < SUPPORTED {
        answer = answer.header(
            "warning",
            format!("299 - \"This API is deprecated and will be removed in the future. Use at least version {SUPPORTED}.0\""),
        );
    }
    Ok(answer)
}

/// The number of an API version as paths give it (`v68.0`).
pub(crate) fn version(text: &str) -> Result<u16, Refusal> {
    let number = text.strip_prefix('v').or_else(|| text.strip_prefix('V'));
    let number = number.and_then(|it| it.strip_suffix(".0")).and_then(|it| it.parse::<u16>().ok());
    match number {
        Some(it) if it > NEWEST => Err(Refusal::not_found()),
        Some(it) if it < OLDEST => {
            Err(Refusal::new(410, "GONE", format!("The requested API version {it}.0 is no longer available")))
        }
        Some(it) => Ok(it),
        None => Err(Refusal::not_found()),
    }
}

/// The session of a request.
pub(crate) fn session(org: &Org, call: &Call) -> Result<Session, Refusal> {
    let Some(given) = call.header("authorization") else { return Err(Refusal::session()) };
    let Some(token) = bearer(&call.headers) else {
        let code = if given.trim().is_empty() { "MISSING_OAUTH_TOKEN" } else { "INVALID_HEADER_TYPE" };
        return Err(Refusal::new(401, "INVALID_AUTH_HEADER", code));
    };
    let session = org.session(&token).ok_or_else(Refusal::session)?;
    may_use_api(&session)?;
    Ok(session)
}

/// Refuses users without API Enabled.
pub(crate) fn may_use_api(session: &Session) -> Result<(), Refusal> {
    if session.user.may("ApiEnabled") {
        Ok(())
    } else {
        Err(Refusal::new(403, "API_CURRENTLY_DISABLED", "API is disabled for this User"))
    }
}

/// Refuses calls beyond the daily allowance.
pub(crate) fn within_allowance(org: &Org) -> Result<(), Refusal> {
    let (used, daily) = org.usage();
    if daily > 0 && used > daily {
        return Err(Refusal::new(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
    }
    Ok(())
}

/// Lets the changes of somebody else happen that a fault has prepared for this moment.
pub(crate) fn meddle(org: &Org, call: &Call, n: usize) {
    prepared(org, may_write(call), n);
}

/// The same for a request that is known to write.
pub(crate) fn meddle_before_write(org: &Org, n: usize) {
    prepared(org, true, n);
}

fn prepared(org: &Org, may_write: bool, n: usize) {
    for due in org.faults.due_changes(may_write, org.spent()) {
        let text = match &due.value {
            serde_json::Value::String(it) => Some(it.clone()),
            serde_json::Value::Null => None,
            other => Some(other.to_string()),
        };
        let text = text.filter(|it| !it.is_empty());
        if let Err(refused) = org.world_mut().meddle(&due.object, &due.id, &due.field, text.as_deref()) {
            tracing::warn!(call = n, code = %refused.code, "a change asked for by a fault could not be made");
        }
    }
}

/// Whether a request may change records, judged by its method and path alone.
fn may_write(call: &Call) -> bool {
    if call.method == Method::GET || call.method == Method::HEAD {
        return false;
    }
    match (call.segment(1), call.segment(3), call.segment(4)) {
        ("data", "sobjects", _) => true,
        ("data", "jobs", "ingest") => true,
        // POST with ids and fields only reads
        ("data", "composite", "sobjects") => call.method != Method::POST || call.path.len() == 5,
        ("data", "composite", "tree") => true,
        ("data", "composite", _) => {
            let body = String::from_utf8_lossy(&call.body);
            ["POST", "PATCH", "PUT", "DELETE"].iter().any(|it| {
                body.contains(&format!("\"{it}\""))
                    || body.contains(&format!("\"{}\"", it.to_ascii_lowercase()))
            })
        }
        _ => false,
    }
}

/// `/services/data`: the versions, oldest first. Needs no token.
fn versions(call: &Call) -> Answer {
    if call.method != Method::GET {
        return Refusal::method(&call.method, "GET,HEAD").into();
    }
    let list = (SUPPORTED..=NEWEST)
        .map(|it| {
            let season = ["Winter", "Spring", "Summer"].get(usize::from((it - SUPPORTED) % 3)).copied();
            let year = 18 + (it - SUPPORTED) / 3;
            serde_json::json!({
                "label": format!("{} '{year}", season.unwrap_or("Winter")),
                "url": format!("/services/data/v{it}.0"),
                "version": format!("{it}.0"),
            })
        })
        .collect();
    Answer::json(serde_json::Value::Array(list))
}
