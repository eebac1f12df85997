//! The tokens of one connection: one renewal at a time, and nothing used that was not kept first.

use std::sync::{PoisonError, RwLock};

use serde::Deserialize;
use url::Url;

use crate::address;
use crate::connection::{KeepTokens, Secret, Tokens};
use crate::errors::Error;
use crate::http;

/// A token answer is small.
pub(crate) const TOKEN_ANSWER: u64 = 256 * 1024;

pub(crate) struct TokenStore {
    /// How often the tokens were renewed, and the ones now valid.
    current: RwLock<(u64, Tokens)>,
    renewing: tokio::sync::Mutex<()>,
    keep: KeepTokens,
    renewal: Option<Renewal>,
}

/// Where and as whom tokens are renewed.
pub(crate) struct Renewal {
    pub login: Url,
    pub client_id: String,
    pub http: reqwest::Client,
}

/// What the token endpoint answers.
#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    pub access_token: Option<String>,
    pub refresh_token: Option<String>,
    pub instance_url: Option<String>,
}

#[derive(Deserialize)]
struct OauthError {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl TokenStore {
    pub fn new(tokens: Tokens, keep: KeepTokens, renewal: Option<Renewal>) -> Self {
        Self { current: RwLock::new((0, tokens)), renewing: tokio::sync::Mutex::new(()), keep, renewal }
    }

    /// The access token and the number of its renewal.
    pub fn access(&self) -> (u64, Secret) {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        (current.0, current.1.access.clone())
    }

    /// Renews the tokens, unless somebody did since renewal number `used`.
    pub async fn renew(&self, used: u64, origin: &Url) -> Result<(), Error> {
        let _one_at_a_time = self.renewing.lock().await;
        let (now, refresh) = {
            let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
            (current.0, current.1.refresh.clone())
        };
        if now != used {
            return Ok(());
        }
        let (Some(renewal), Some(refresh)) = (&self.renewal, refresh) else {
            return Err(Error::SignInNeeded { code: "INVALID_SESSION_ID".to_owned() });
        };
        let answer = token(
            &renewal.http,
            &renewal.login,
            &[
                ("grant_type", "refresh_token"),
                ("refresh_token", refresh.reveal()),
                ("client_id", &renewal.client_id),
            ],
        )
        .await
        .map_err(|failure| match failure {
            TokenFailure::Call(error) => error,
            TokenFailure::Oauth { code, .. } => Error::SignInNeeded { code },
        })?;
        let access = answer.access_token.ok_or(Error::Garbled { what: "a token answer without a token" })?;
        let tokens = Tokens {
            access: Secret::new(access),
            refresh: answer.refresh_token.map(Secret::new).or(Some(refresh)),
        };
        // Kept before anything can fail: with rotation the old refresh token is dead already.
        (self.keep)(&tokens).map_err(|why| Error::TokensNotKept { why })?;
        if let Some(instance) = answer.instance_url
            && address::origin(&instance).is_ok_and(|instance| instance.origin() != origin.origin())
        {
            return Err(Error::ForeignAddress);
        }
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (now + 1, tokens);
        Ok(())
    }
}

/// Why the token endpoint gave no tokens.
pub(crate) enum TokenFailure {
    Call(Error),
    Oauth { code: String, description: String },
}

/// Posts one form to the token endpoint. Not repeated: a code and a rotating token work once.
pub(crate) async fn token(
    http: &reqwest::Client,
    login: &Url,
    form: &[(&str, &str)],
) -> Result<TokenAnswer, TokenFailure> {
    let url = address::on_origin(login, "/services/oauth2/token").map_err(TokenFailure::Call)?;
    let request = http.post(url).header("Accept", "application/json").form(form);
    let reply = http::send(request, TOKEN_ANSWER).await.map_err(|failed| TokenFailure::Call(failed.error))?;
    if reply.status == 200 {
        if reply.is_html() {
            return Err(TokenFailure::Call(Error::Maintenance));
        }
        return serde_json::from_slice(&reply.body)
            .map_err(|_| TokenFailure::Call(Error::Garbled { what: "the token answer" }));
    }
    Err(oauth_failure(&reply))
}

/// Reads an OAuth error, which has another shape than the other errors of Salesforce.
pub(crate) fn oauth_failure(reply: &http::Reply) -> TokenFailure {
    match serde_json::from_slice::<OauthError>(&reply.body) {
        Ok(said) => TokenFailure::Oauth { code: code_only(&said.error), description: said.error_description },
        Err(_) if reply.is_html() || reply.status >= 500 => TokenFailure::Call(Error::Maintenance),
        Err(_) => TokenFailure::Call(Error::Garbled { what: "the refusal of the sign-in" }),
    }
}

/// An OAuth error code is a word; anything else is not shown.
pub(crate) fn code_only(code: &str) -> String {
    let word = code.len() <= 80 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if word { code.to_owned() } else { "unreadable".to_owned() }
}
