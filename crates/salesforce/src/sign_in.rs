//! Sign-in in the system's browser: web server flow with PKCE and a loopback redirect.
//!
//! Opening the browser is the shell's work. Nothing of the sign-in is written down: the caller keeps the tokens.

mod callback;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use url::Url;
use zeroize::Zeroizing;

use crate::address;
use crate::connection::{Connection, Secret, StopFlag, Tokens};
use crate::errors::Error;
use crate::http;
use crate::tokens::{TOKEN_ANSWER, TokenFailure, oauth_failure, token};

/// The ports a callback may stand on, tried in this order; each must be registered with the app as
/// `http://localhost:PORT/OauthRedirect`.
pub const REDIRECT_PORTS: [u16; 4] = [1717, 1718, 1719, 1720];

/// All that is asked for; what the app may do is limited by the user's own permissions.
const SCOPES: &str = "api refresh_token id";

/// Why a sign-in did not give tokens. Nothing was changed in the org and nothing was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    #[error(transparent)]
    Call(#[from] Error),
    #[error("none of the callback ports is free")]
    NoPort,
    #[error("no random numbers could be had")]
    NoRandomness,
    #[error("the app is not installed in the org")]
    AppNotInstalled,
    #[error("the user is not approved for the app")]
    NotApproved,
    #[error("the sign-in was declined")]
    Denied,
    #[error("the browser came back with the answer to another sign-in")]
    StateMismatch,
    #[error("nobody finished the sign-in in time")]
    TimedOut,
    #[error("stopped on request")]
    Stopped,
    #[error("the org refused the sign-in ({code})")]
    Refused { code: String },
    #[error("the org's answer to the sign-in is incomplete")]
    Incomplete,
}

impl SignInError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Call(error) => error.code(),
            Self::NoPort => "no-callback-port",
            Self::NoRandomness => "no-randomness",
            Self::AppNotInstalled => "app-not-installed",
            Self::NotApproved => "not-approved",
            Self::Denied => "sign-in-declined",
            Self::StateMismatch => "sign-in-mixed-up",
            Self::TimedOut => "sign-in-timed-out",
            Self::Stopped => "stopped",
            Self::Refused { .. } => "sign-in-refused",
            Self::Incomplete => "sign-in-incomplete",
        }
    }

    /// What the officer can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::Call(error) => error.next_step(),
            Self::NoPort => {
                "Close the program that uses the ports 1717 to 1720 on this computer, then sign in again."
            }
            Self::NoRandomness => "Restart the computer, then sign in again.",
            Self::AppNotInstalled => {
                "Ask an administrator to install the app (Setup, Connected Apps OAuth Usage or External Client App \
                 Manager), to set Permitted Users to admin approved, and to give it to a permission set of yours."
            }
            Self::NotApproved => {
                "Ask an administrator to give the app to a permission set or profile of yours."
            }
            Self::Denied => "Sign in again and allow the access.",
            Self::StateMismatch => "Close other sign-in pages and sign in again.",
            Self::TimedOut | Self::Stopped => "Sign in again.",
            Self::Refused { .. } => "Check the client id and its callback addresses with an administrator.",
            Self::Incomplete => {
                "Check that the app grants the scopes api and refresh_token, then sign in again."
            }
        }
    }
}

/// A sign-in that waits for the browser. Dropping it gives it up and frees the port.
pub struct Pending {
    /// To be opened in the system's browser by the shell.
    pub authorize_url: String,
    listeners: Vec<tokio::net::TcpListener>,
    state: String,
    verifier: Zeroizing<String>,
    redirect_uri: String,
    login: Url,
    client_id: String,
    extra_ca_pem: Option<Vec<u8>>,
    proxy: Option<String>,
}

/// Begins a sign-in: binds the callback and makes the address to open. Nothing is sent yet.
///
/// # Errors
/// [`SignInError::NoPort`] when every port is taken; [`SignInError::Call`] for a bad address.
pub async fn begin(
    login_url: &str,
    client_id: &str,
    extra_ca_pem: Option<Vec<u8>>,
    proxy: Option<String>,
) -> Result<Pending, SignInError> {
    begin_on(&REDIRECT_PORTS, login_url, client_id, extra_ca_pem, proxy).await
}

async fn begin_on(
    ports: &[u16],
    login_url: &str,
    client_id: &str,
    extra_ca_pem: Option<Vec<u8>>,
    proxy: Option<String>,
) -> Result<Pending, SignInError> {
    let login = address::origin(login_url)?;
    let (verifier, state) = (Zeroizing::new(random_text::<48>()?), random_text::<24>()?);
    let (port, listeners) = callback::bind(ports).await.ok_or(SignInError::NoPort)?;
    let redirect_uri = format!("http://localhost:{port}{}", callback::PATH);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let mut authorize = address::on_origin(&login, "/services/oauth2/authorize")?;
    authorize
        .query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", client_id)
        .append_pair("redirect_uri", &redirect_uri)
        .append_pair("scope", SCOPES)
        .append_pair("state", &state)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    Ok(Pending {
        authorize_url: authorize.into(),
        listeners,
        state,
        verifier,
        redirect_uri,
        login,
        client_id: client_id.to_owned(),
        extra_ca_pem,
        proxy,
    })
}

impl Pending {
    /// Waits for the browser to come back and exchanges the code for tokens.
    ///
    /// # Errors
    /// [`SignInError`], each with its own meaning.
    pub async fn finish(self, timeout: Duration, stop: StopFlag) -> Result<Connection, SignInError> {
        let code = tokio::select! {
            came = tokio::time::timeout(timeout, callback::wait(&self.listeners, &self.state)) => {
                came.map_err(|_| SignInError::TimedOut)??
            }
            () = stop.stopped() => return Err(SignInError::Stopped),
        };
        let client = http::client(&self.login, self.extra_ca_pem.as_deref(), self.proxy.as_deref())?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.reveal()),
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", self.verifier.as_str()),
        ];
        let answer = token(&client, &self.login, &form).await.map_err(refused)?;
        let (Some(access), Some(instance)) = (answer.access_token, answer.instance_url) else {
            return Err(SignInError::Incomplete);
        };
        let instance = address::origin(&instance)?;
        // A secure sign-in never leads to an org without TLS.
        if self.login.scheme() == "https" && instance.scheme() != "https" {
            return Err(Error::ForeignAddress.into());
        }
        Ok(Connection {
            instance_url: instance.origin().ascii_serialization(),
            login_url: Some(self.login.origin().ascii_serialization()),
            client_id: Some(self.client_id),
            tokens: Tokens { access: Secret::new(access), refresh: answer.refresh_token.map(Secret::new) },
            extra_ca_pem: self.extra_ca_pem,
            proxy: self.proxy,
        })
    }
}

/// Ends the session and its refresh token at the org. To be called before the tokens are forgotten.
///
/// # Errors
/// [`SignInError::Refused`] when the org does not know the token any more.
pub async fn revoke(connection: &Connection) -> Result<(), SignInError> {
    // Revoking a refresh token ends its sessions too. Each token goes where it came from.
    let (host, secret) = match (&connection.tokens.refresh, &connection.login_url) {
        (Some(refresh), Some(login)) => (login, refresh),
        (_, _) => (&connection.instance_url, &connection.tokens.access),
    };
    let origin = address::origin(host)?;
    let client = http::client(&origin, connection.extra_ca_pem.as_deref(), connection.proxy.as_deref())?;
    let url = address::on_origin(&origin, "/services/oauth2/revoke")?;
    let request = client.post(url).form(&[("token", secret.reveal())]);
    let reply = http::send(request, TOKEN_ANSWER).await.map_err(|failed| failed.error)?;
    if reply.status == 200 && !reply.is_html() { Ok(()) } else { Err(refused(oauth_failure(&reply))) }
}

fn refused(failure: TokenFailure) -> SignInError {
    match failure {
        TokenFailure::Call(error) => error.into(),
        TokenFailure::Oauth { code, description } => meaning(&code, &description),
    }
}

/// What an OAuth error says, at the callback or at the token endpoint.
fn meaning(code: &str, description: &str) -> SignInError {
    let said = description.to_ascii_lowercase();
    let says = |words: &str| said.contains(words);
    match code {
        _ if says("must be installed") => SignInError::AppNotInstalled,
        "invalid_app_access" | "OAUTH_APPROVAL_ERROR_GENERIC" => SignInError::NotApproved,
        _ if says("not admin approved") || says("hasn't approved") => SignInError::NotApproved,
        "access_denied" => SignInError::Denied,
        _ => SignInError::Refused { code: crate::tokens::code_only(code) },
    }
}

fn random_text<const BYTES: usize>() -> Result<String, SignInError> {
    let mut bytes = Zeroizing::new([0_u8; BYTES]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| SignInError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes.as_slice()))
}

#[cfg(test)]
mod tests;
