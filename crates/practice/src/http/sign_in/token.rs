//! The token endpoint and its companions: revoke and introspect.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::super::answer::{Answer, Content};
use super::super::call::Call;
use super::super::org::Org;
use super::apps::App;
use super::{SCOPE, field, jwt, problem};

pub(super) fn token(org: &Org, call: &Call) -> Answer {
    let mut form = call.form();
    form.extend(basic_credentials(call));
    let outcome = match field(&form, "grant_type") {
        None => Err(refused(400, "unsupported_grant_type", "grant type not supported")),
        Some("authorization_code") => by_code(org, call, &form),
        Some("refresh_token") => by_refresh(org, call, &form),
        Some("client_credentials") => by_client(org, call, &form),
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer") => by_jwt(org, call, &form),
        Some("password") => Err(refused(400, "invalid_grant", "authentication failure")),
        Some(_) => Err(refused(400, "unsupported_grant_type", "grant type not supported")),
    };
    outcome.unwrap_or_else(|it| *it)
}

fn refused(status: u16, error: &str, description: &str) -> Box<Answer> {
    Box::new(problem(status, error, description))
}

fn basic_credentials(call: &Call) -> Vec<(String, String)> {
    let given = call.header("authorization").and_then(|it| it.strip_prefix("Basic "));
    let text = given.and_then(|it| STANDARD.decode(it.trim()).ok()).and_then(|it| String::from_utf8(it).ok());
    match text.as_deref().and_then(|it| it.split_once(':')) {
        Some((id, secret)) => {
            vec![("client_id".to_owned(), id.to_owned()), ("client_secret".to_owned(), secret.to_owned())]
        }
        None => Vec::new(),
    }
}

/// The app that is asking; a secret, when one is sent or kept, must be right.
fn app<'a>(org: &'a Org, form: &[(String, String)], secret_needed: bool) -> Result<&'a App, Box<Answer>> {
    let Some(id) = field(form, "client_id") else {
        return Err(refused(400, "invalid_client_id", "client identifier invalid"));
    };
    let app =
        org.apps.find(id).ok_or_else(|| refused(400, "invalid_client_id", "client identifier invalid"))?;
    match (&app.client_secret, field(form, "client_secret")) {
        (Some(kept), Some(sent)) if kept != sent => {
            Err(refused(400, "invalid_client", "invalid client credentials"))
        }
        (Some(_), None) | (None, _) if secret_needed => {
            Err(refused(400, "invalid_client", "invalid client credentials"))
        }
        _ => Ok(app),
    }
}

fn by_code(org: &Org, call: &Call, form: &[(String, String)]) -> Result<Answer, Box<Answer>> {
    let app = app(org, form, false)?;
    let Some(code) = field(form, "code") else {
        return Err(refused(400, "invalid_request", "missing required parameter: code"));
    };
    let held = org.sessions().redeem(code, call.at);
    let held = held.ok_or_else(|| refused(400, "invalid_grant", "expired authorization code"))?;
    if held.client_id != app.client_id {
        return Err(refused(400, "invalid_grant", "invalid authorization code"));
    }
    if field(form, "redirect_uri") != Some(held.redirect_uri.as_str()) {
        return Err(refused(400, "redirect_uri_mismatch", "redirect_uri must match configuration"));
    }
    match (&held.challenge, field(form, "code_verifier")) {
        (None, _) => {}
        (Some(_), None) => return Err(refused(400, "invalid_grant", "code verifier required")),
        (Some(challenge), Some(verifier)) => {
            let ours = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
            if ours != challenge.trim_end_matches('=') {
                return Err(refused(400, "invalid_request", "invalid code verifier"));
            }
        }
    }
    let (access, refresh) = org.sessions().open(&held.user_id, &app.client_id, true, call.at);
    Ok(granted(org, call, &held.user_id, &access, refresh.as_deref()))
}

fn by_refresh(org: &Org, call: &Call, form: &[(String, String)]) -> Result<Answer, Box<Answer>> {
    let app = app(org, form, false)?;
    let Some(token) = field(form, "refresh_token") else {
        return Err(refused(400, "invalid_request", "missing required parameter: refresh_token"));
    };
    let dead = || refused(400, "invalid_grant", "expired access/refresh token");
    let rotate = org.faults.rotates();
    let mut sessions = org.sessions();
    if sessions.refresh_token(token).is_none_or(|it| it.client_id != app.client_id) {
        return Err(dead());
    }
    let (access, rotated, held) = sessions.renew(token, rotate, call.at).ok_or_else(dead)?;
    drop(sessions);
    Ok(granted(org, call, &held.user_id, &access, rotated.as_deref()))
}

fn by_client(org: &Org, call: &Call, form: &[(String, String)]) -> Result<Answer, Box<Answer>> {
    let app = app(org, form, true)?;
    let user = {
        let world = org.world();
        match &app.run_as {
            Some(name) => world.user(name).map(|it| it.id.clone()),
            None => world.users().first().map(|it| it.id.clone()),
        }
    };
    let user = user.ok_or_else(|| refused(400, "invalid_grant", "no client credentials user enabled"))?;
    let (access, _) = org.sessions().open(&user, &app.client_id, false, call.at);
    Ok(granted(org, call, &user, &access, None))
}

fn by_jwt(org: &Org, call: &Call, form: &[(String, String)]) -> Result<Answer, Box<Answer>> {
    let Some(assertion) = field(form, "assertion") else {
        return Err(refused(400, "invalid_request", "missing required parameter: assertion"));
    };
    let claims = jwt::claims(assertion).ok_or_else(|| refused(400, "invalid_grant", "invalid assertion"))?;
    let app = org
        .apps
        .find(&claims.iss)
        .ok_or_else(|| refused(400, "invalid_client_id", "client identifier invalid"))?;
    let user = org.world().user(&claims.sub).map(|it| it.id.clone());
    let (Some(user), Some(certificate)) = (user, &app.certificate) else {
        return Err(refused(400, "invalid_grant", "user hasn't approved this consumer"));
    };
    let audience = ["https://login.salesforce.com", "https://test.salesforce.com", org.base.as_str()];
    if !audience.contains(&claims.aud.trim_end_matches('/')) {
        return Err(refused(400, "invalid_grant", "audience is invalid"));
    }
    let wait = claims.exp - call.at.timestamp();
    if !(0..=300).contains(&wait) {
        return Err(refused(400, "invalid_grant", "assertion is not yet valid or has expired"));
    }
    if !jwt::is_signed_by(assertion, certificate) {
        return Err(refused(400, "invalid_grant", "invalid assertion"));
    }
    let (access, _) = org.sessions().open(&user, &app.client_id, false, call.at);
    Ok(granted(org, call, &user, &access, None))
}

/// The token response. There is no `expires_in`, and a refresh token only where the flow gives one.
fn granted(org: &Org, call: &Call, user_id: &str, access: &str, refresh: Option<&str>) -> Answer {
    let org_id = org.world().facts().id.clone();
    let id = format!("{}/id/{org_id}/{user_id}", org.base);
    let issued_at = call.at.timestamp_millis().to_string();
    let signature = STANDARD.encode(Sha256::digest(format!("{id}{issued_at}").as_bytes()));
    let mut body = json!({"access_token": access});
    if let Some(map) = body.as_object_mut() {
        if let Some(token) = refresh {
            map.insert("refresh_token".to_owned(), json!(token));
        }
        map.insert("signature".to_owned(), json!(signature));
        map.insert("scope".to_owned(), json!(SCOPE));
        map.insert("instance_url".to_owned(), json!(org.base));
        map.insert("id".to_owned(), json!(id));
        map.insert("token_type".to_owned(), json!("Bearer"));
        map.insert("issued_at".to_owned(), json!(issued_at));
        map.insert("api_instance_url".to_owned(), json!(org.base));
    }
    Answer::json(body).header("cache-control", "no-store").header("pragma", "no-cache")
}

/// Ends a session, or a refresh token with all its sessions.
pub(super) fn revoke(org: &Org, call: &Call) -> Answer {
    let form = call.form();
    let Some(token) = field(&form, "token") else {
        return problem(400, "invalid_request", "missing required parameter: token");
    };
    if org.sessions().revoke(token) {
        Answer::with(200, Content::Nothing)
    } else {
        problem(400, "invalid_token", "invalid token")
    }
}

/// Says whether a token lives, to an app that says who it is.
pub(super) fn introspect(org: &Org, call: &Call) -> Answer {
    if call.method != Method::POST {
        return problem(400, "invalid_request", "must use HTTP POST");
    }
    let mut form = call.form();
    form.extend(basic_credentials(call));
    if let Err(refused) = app(org, &form, false) {
        return *refused;
    }
    let Some(token) = field(&form, "token") else {
        return problem(400, "invalid_request", "missing required parameter: token");
    };
    let sessions = org.sessions();
    let Some(access) = sessions.access(token).cloned() else {
        let kind = sessions.refresh_token(token).map(|it| it.user_id.clone());
        drop(sessions);
        return match kind {
            Some(user) => live(org, &user, "refresh_token", None, call),
            None => Answer::json(json!({"active": false})),
        };
    };
    drop(sessions);
    live(org, &access.user_id, "access_token", Some((&access.client_id, access.issued_at.timestamp())), call)
}

fn live(org: &Org, user_id: &str, kind: &str, access: Option<(&str, i64)>, call: &Call) -> Answer {
    let world = org.world();
    let username = world.user(user_id).map(|it| it.username.clone());
    let issued = access.map_or_else(|| call.at.timestamp(), |it| it.1);
    Answer::json(json!({
        "active": true,
        "scope": SCOPE,
        "client_id": access.map(|it| it.0),
        "username": username,
        "sub": format!("{}/id/{}/{user_id}", org.base, world.facts().id),
        "token_type": kind,
        "iat": issued,
        "nbf": issued,
        "exp": issued + 7200,
    }))
}
