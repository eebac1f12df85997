//! Sign-in in the system's browser: web server flow with PKCE and a loopback redirect.

use std::time::Duration;

use crate::connection::{Connection, StopFlag};
use crate::errors::Error;

/// The ports a callback may stand on; each must be registered with the app as
/// `http://localhost:PORT/OauthRedirect`.
pub const REDIRECT_PORTS: [u16; 4] = [1717, 1718, 1719, 1720];

/// Why a sign-in did not give tokens. Nothing was changed in the org.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    #[error(transparent)]
    Call(#[from] Error),
    #[error("none of the callback ports is free")]
    NoPort,
    #[error("the app is not installed in the org")]
    AppNotInstalled,
    #[error("the user is not approved for the app")]
    NotApproved,
    #[error("the sign-in was declined")]
    Denied,
    #[error("the browser came back with an answer to another sign-in")]
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

/// A sign-in that waits for the browser. Dropping it gives it up.
pub struct Pending {
    /// To be opened in the system's browser by the shell.
    pub authorize_url: String,
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
    let _ = (login_url, client_id, extra_ca_pem, proxy);
    Err(SignInError::Stopped)
}

impl Pending {
    /// Waits for the browser to come back and exchanges the code for tokens.
    ///
    /// # Errors
    /// [`SignInError`], each with its own meaning.
    pub async fn finish(self, timeout: Duration, stop: StopFlag) -> Result<Connection, SignInError> {
        let _ = (timeout, stop);
        Err(SignInError::Stopped)
    }
}

/// Ends the session and its refresh token at the org. To be called before the tokens are forgotten.
///
/// # Errors
/// [`SignInError::Refused`] when the org does not know the token any more.
pub async fn revoke(connection: &Connection) -> Result<(), SignInError> {
    let _ = connection;
    Err(SignInError::Stopped)
}
