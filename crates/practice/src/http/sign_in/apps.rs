//! The client apps that the org knows, and where it may send their users back to.

use serde::Deserialize;
use url::Url;

/// The client id of the practice app: public, PKCE, any loopback address as callback.
pub const PRACTICE_CLIENT_ID: &str = "3MVG9HabeasPracticeApp.PublicClient_LoopbackOnly";
/// The client id of the confidential app that `client_credentials` works with; runs as the first user.
pub const SERVER_CLIENT_ID: &str = "3MVG9HabeasPracticeApp.ServerClient_RunsAsFirstUser";
/// Its secret. Invented, fixed and published: the practice org guards nothing.
pub const SERVER_CLIENT_SECRET: &str = "practice-only-secret";
/// The password of every user at SOAP `login()`; an appended security token is ignored.
pub const PRACTICE_PASSWORD: &str = "practice";

/// The id and callback with which Salesforce's own command line signs in.
const CLI_CLIENT_ID: &str = "PlatformCLI";
const CLI_CALLBACK: &str = "http://localhost:1717/OauthRedirect";

/// An app as `org.toml` may declare it under `[[app]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    pub client_id: String,
    #[serde(default)]
    pub client_secret: Option<String>,
    /// Exact callback addresses. Empty: any loopback address.
    #[serde(default)]
    pub callback_urls: Vec<String>,
    /// PEM certificate that signs the app's JWT assertions.
    #[serde(default)]
    pub certificate: Option<String>,
    /// User name that `client_credentials` runs as.
    #[serde(default)]
    pub run_as: Option<String>,
}

/// All apps of the org.
#[derive(Debug, Clone)]
pub(crate) struct Apps {
    list: Vec<App>,
}

#[derive(Deserialize)]
struct Declared {
    #[serde(default)]
    app: Vec<App>,
}

impl Apps {
    /// The built-in apps and those that the text of an `org.toml` declares.
    pub(crate) fn new(org_toml: Option<&str>) -> Result<Self, String> {
        let app = |id: &str, secret: Option<&str>, callbacks: &[&str]| App {
            client_id: id.to_owned(),
            client_secret: secret.map(str::to_owned),
            callback_urls: callbacks.iter().map(|it| (*it).to_owned()).collect(),
            certificate: None,
            run_as: None,
        };
        let mut list = vec![
            app(PRACTICE_CLIENT_ID, None, &[]),
            app(CLI_CLIENT_ID, None, &[CLI_CALLBACK]),
            app(SERVER_CLIENT_ID, Some(SERVER_CLIENT_SECRET), &[]),
        ];
        if let Some(text) = org_toml {
            let declared: Declared = toml::from_str(text).map_err(|it| it.message().to_owned())?;
            list.extend(declared.app);
        }
        Ok(Self { list })
    }

    pub(crate) fn find(&self, client_id: &str) -> Option<&App> {
        self.list.iter().find(|it| it.client_id == client_id)
    }
}

impl App {
    /// Whether users may be sent back to this address.
    pub(crate) fn may_return_to(&self, address: &str) -> bool {
        if !self.callback_urls.is_empty() {
            return self.callback_urls.iter().any(|it| it == address);
        }
        let Ok(url) = Url::parse(address) else { return false };
        let loopback = match url.host() {
            Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            Some(url::Host::Ipv4(it)) => it.is_loopback(),
            Some(url::Host::Ipv6(it)) => it.is_loopback(),
            None => false,
        };
        let web = url.scheme() == "http" || url.scheme() == "https";
        web && loopback && url.fragment().is_none() && url.username().is_empty() && url.password().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_practice_app_returns_to_loopback_only() {
        let apps = Apps::new(None).unwrap();
        let app = apps.find(PRACTICE_CLIENT_ID).unwrap();
        for good in ["http://localhost:5/x", "http://127.0.0.1:61234/callback", "http://[::1]:9/"] {
            assert!(app.may_return_to(good), "{good}");
        }
        for bad in [
            "https://evil.example/x",
            "http://localhost.evil.example/",
            "myapp://x",
            "x",
            "http://a@localhost/",
        ] {
            assert!(!app.may_return_to(bad), "{bad}");
        }
    }

    #[test]
    fn a_declared_app_returns_to_its_own_address_exactly() {
        let apps = Apps::new(Some("[[app]]\nclient_id = \"x\"\ncallback_urls = [\"http://localhost:1/a\"]"))
            .unwrap();
        let app = apps.find("x").unwrap();
        assert!(app.may_return_to("http://localhost:1/a"));
        assert!(!app.may_return_to("http://localhost:1/a/") && !app.may_return_to("http://localhost:2/a"));
    }
}
