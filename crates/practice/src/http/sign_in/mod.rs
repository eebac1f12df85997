//! Signing in: the OAuth 2.0 endpoints, identity, and the sessions they hand out.

mod apps;
mod authorize;
mod identity;
mod jwt;
mod sessions;
mod token;

pub(crate) use apps::Apps;
pub use apps::{PRACTICE_CLIENT_ID, PRACTICE_PASSWORD, SERVER_CLIENT_ID, SERVER_CLIENT_SECRET};
pub(crate) use identity::identity;
pub(crate) use sessions::Sessions;

use axum::http::Method;
use serde_json::{Value, json};

use super::answer::{Answer, Content, Refusal};
use super::call::Call;
use super::org::Org;

/// Scopes of every token, least privilege plus `openid`.
pub(crate) const SCOPE: &str = "refresh_token api id";

/// Answers everything under `/services/oauth2`.
pub(crate) fn oauth(org: &Org, call: &Call) -> Answer {
    let get_or_post =
        call.method == Method::GET || call.method == Method::POST || call.method == Method::HEAD;
    match call.segment(2) {
        _ if !get_or_post => Refusal::method(&call.method, "GET,HEAD,POST").into(),
        "authorize" => authorize::answer(org, call),
        "token" if call.method == Method::POST => token::token(org, call),
        "token" => problem(400, "invalid_request", "must use HTTP POST"),
        "revoke" => token::revoke(org, call),
        "introspect" => token::introspect(org, call),
        "userinfo" => identity::userinfo(org, call),
        _ => Refusal::not_found().into(),
    }
}

/// The discovery document.
pub(crate) fn discovery(org: &Org) -> Answer {
    let base = &org.base;
    let at = |path: &str| format!("{base}{path}");
    Answer::json(json!({
        "issuer": base,
        "authorization_endpoint": at("/services/oauth2/authorize"),
        "token_endpoint": at("/services/oauth2/token"),
        "revocation_endpoint": at("/services/oauth2/revoke"),
        "userinfo_endpoint": at("/services/oauth2/userinfo"),
        "jwks_uri": at("/id/keys"),
        "registration_endpoint": at("/services/oauth2/register"),
        "introspection_endpoint": at("/services/oauth2/introspect"),
        "scopes_supported": ["api", "id", "openid", "profile", "email", "refresh_token", "offline_access"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "display_values_supported": ["page", "popup", "touch"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic", "private_key_jwt"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials",
            "urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["active", "email", "email_verified", "family_name", "given_name", "language", "locale",
            "name", "nickname", "organization_id", "photos", "picture", "preferred_username", "profile", "sub",
            "updated_at", "urls", "user_id", "user_type", "zoneinfo"],
    }))
}

/// An OAuth error: an object, never the array of REST errors.
pub(crate) fn problem(status: u16, error: &str, description: &str) -> Answer {
    Answer::with(status, Content::Json(json!({"error": error, "error_description": description})))
        .header("cache-control", "no-store")
}

/// A field of a form, if it is there and not empty.
fn field<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
}

/// The keys for identity tokens; the practice org issues none.
pub(crate) fn keys() -> Answer {
    Answer::json(json!({"keys": Value::Array(Vec::new())}))
}
