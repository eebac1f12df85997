//! The SOAP API, as far as clients need it: signing in, the recycle bin, and simple reads and writes.

mod deeds;
mod read;
mod write;

use axum::http::Method;

use super::answer::{Answer, Refusal};
use super::call::Call;
use super::org::{Org, Session};
use super::routes;
use super::sign_in::{PRACTICE_CLIENT_ID, PRACTICE_PASSWORD};
use read::Node;

pub(crate) use read::fields;
pub(crate) use write::element;

/// The last version whose `login()` works.
const LAST_LOGIN: u16 = 64;

/// One SOAP request.
pub(super) struct Soap<'a> {
    pub org: &'a Org,
    pub call: &'a Call,
    pub version: u16,
    /// `urn:partner.soap.sforce.com`, or the enterprise one.
    pub namespace: &'static str,
    header: Node,
    /// The element in the body: its name is the method.
    body: Node,
}

/// Answers a request under `/services/Soap`; `n` is its number in the call list.
pub(crate) fn answer(org: &Org, call: &Call, n: usize) -> Answer {
    let namespace = match call.segment(2) {
        "u" => "urn:partner.soap.sforce.com",
        "c" => "urn:enterprise.soap.sforce.com",
        _ => return Refusal::not_found().into(),
    };
    if call.method != Method::POST {
        return Refusal::method(&call.method, "POST").into();
    }
    match carry_out(org, call, n, namespace) {
        Ok(answer) => answer,
        Err(refusal) => write::fault(&refusal, namespace),
    }
}

fn carry_out(org: &Org, call: &Call, n: usize, namespace: &'static str) -> Result<Answer, Refusal> {
    let version = call.segment(3).strip_suffix(".0").and_then(|it| it.parse::<u16>().ok());
    let version = version.filter(|it| (routes::OLDEST..=routes::NEWEST).contains(it)).ok_or_else(|| {
        Refusal::new(500, "UNSUPPORTED_API_VERSION", "The version of the API in the address is not supported")
    })?;
    let envelope = read::tree(&call.body)?;
    let header = envelope.child("Header").cloned().unwrap_or_default();
    let body = envelope
        .child("Body")
        .and_then(|it| it.children.first())
        .cloned()
        .ok_or_else(|| Refusal::new(500, "INVALID_OPERATION", "The body of the envelope is empty"))?;
    let soap = Soap { org, call, version, namespace, header, body };
    if soap.body.name == "login" {
        return login(&soap, n);
    }
    let session = session(&soap, n)?;
    routes::may_use_api(&session)?;
    routes::within_allowance(org)?;
    if !matches!(
        soap.body.name.as_str(),
        "query" | "queryAll" | "queryMore" | "getUserInfo" | "getServerTimestamp" | "logout"
    ) {
        routes::meddle_before_write(org, n);
    }
    deeds::answer(&soap, &session)
}

fn session(soap: &Soap<'_>, n: usize) -> Result<Session, Refusal> {
    let dead = || {
        Refusal::new(
            500,
            "INVALID_SESSION_ID",
            "Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash",
        )
    };
    let token = soap.token().ok_or_else(dead)?;
    let session = soap.org.session(&token).ok_or_else(dead)?;
    soap.org.calls().named(n, session.user.username.clone());
    Ok(session)
}

impl Soap<'_> {
    /// The session id of the header.
    pub(super) fn token(&self) -> Option<String> {
        let given = self.header.child("SessionHeader").and_then(|it| it.text_of("sessionId"));
        given.or_else(|| super::front::bearer(&self.call.headers))
    }
}

fn login(soap: &Soap<'_>, n: usize) -> Result<Answer, Refusal> {
    if soap.version > LAST_LOGIN {
        return Err(Refusal::new(
            500,
            "INVALID_OPERATION",
            format!("login() is not available in API version {}.0; use OAuth", soap.version),
        ));
    }
    let wrong = || {
        Refusal::new(500, "INVALID_LOGIN", "Invalid username, password, security token; or user locked out.")
    };
    let username = soap.body.text_of("username").ok_or_else(wrong)?;
    let password = soap.body.text_of("password").ok_or_else(wrong)?;
    let org = soap.org;
    let user = org.world().user(&username).cloned().ok_or_else(wrong)?;
    let is_token = org.sessions().user_of(&password).is_some_and(|it| it == user.id);
    if !password.starts_with(PRACTICE_PASSWORD) && !is_token {
        return Err(wrong());
    }
    let (token, _) = org.sessions().open(&user.id, PRACTICE_CLIENT_ID, false, soap.call.at);
    org.calls().named(n, user.username.clone());
    let (org_id, short) = {
        let world = org.world();
        let id = world.facts().id.clone();
        let short: String = id.chars().take(15).collect();
        (id, short)
    };
    let kind = if soap.namespace.contains("partner") { "u" } else { "c" };
    let mut out = String::new();
    write::element(
        &mut out,
        "metadataServerUrl",
        &format!("{}/services/Soap/m/{}.0/{short}", org.base, soap.version),
    );
    write::element(&mut out, "passwordExpired", "false");
    write::element(&mut out, "sandbox", "false");
    write::element(
        &mut out,
        "serverUrl",
        &format!("{}/services/Soap/{kind}/{}.0/{short}", org.base, soap.version),
    );
    write::element(&mut out, "sessionId", &token);
    write::element(&mut out, "userId", &user.id);
    out.push_str("<userInfo>");
    deeds::user_info(&mut out, org, &user, &org_id);
    out.push_str("</userInfo>");
    Ok(write::response(soap, &format!("<result>{out}</result>")))
}
