//! What is needed to talk to one org: addresses, tokens, and the flag that stops a run.

use std::sync::Arc;

use tokio::sync::watch;
use zeroize::Zeroizing;

/// A token or another value that must never be printed. `Debug` prints `…`; the memory is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The value itself. Every use of this method is a place to review.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("…")
    }
}

/// What the org gave us at sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    pub access: Secret,
    /// Absent when the connection was made from a bare access token: then an ended session needs a new sign-in.
    pub refresh: Option<Secret>,
}

/// How to reach one org.
#[derive(Clone)]
pub struct Connection {
    /// `https://…`; plain http is accepted for loopback addresses only.
    pub instance_url: String,
    /// Where tokens are refreshed; `None` when we cannot refresh.
    pub login_url: Option<String>,
    pub client_id: Option<String>,
    pub tokens: Tokens,
    /// Certificates in PEM that are trusted besides the system's own.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// A proxy's URL; `None` follows the system's setting. Never used for loopback addresses.
    pub proxy: Option<String>,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Connection")
            .field("instance_url", &self.instance_url)
            .field("login_url", &self.login_url)
            .field("tokens", &self.tokens)
            .finish_non_exhaustive()
    }
}

/// Keeps new tokens for good. Called after every refresh and before the new token is used for the first time: with
/// rotation the old refresh token is dead by then. When it fails, the refreshed token is not used.
pub type KeepTokens = Arc<dyn Fn(&Tokens) -> Result<(), String> + Send + Sync>;

/// Stops a run between two calls. Copies share one flag; once stopped it stays stopped.
#[derive(Clone, Debug)]
pub struct StopFlag(Arc<watch::Sender<bool>>);

impl StopFlag {
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    pub fn is_stopped(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns as soon as somebody stops.
    pub(crate) async fn stopped(&self) {
        let mut seen = self.0.subscribe();
        // The sender lives as long as `self`, so waiting can only end by the flag.
        let _ended = seen.wait_for(|stopped| *stopped).await;
    }
}

impl Default for StopFlag {
    fn default() -> Self {
        Self::new()
    }
}
