//! Which addresses may receive a token: one origin, https, or http on loopback.

use url::{Host, Url};

use crate::errors::Error;

/// Hosts of Salesforce: public, government and China clouds.
const SALESFORCE: [&str; 6] =
    ["salesforce.com", "force.com", "cloudforce.com", "salesforce.mil", "crmforce.mil", "sfcrmproducts.cn"];

/// Reads the address of an org or of a sign-in host and reduces it to its origin.
///
/// # Errors
/// [`Error::Address`] when it is not https (or http on loopback), carries a user name or password, a path, a
/// query, or names the Lightning host, which has no API.
pub(crate) fn origin(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text.trim()).map_err(|_| Error::Address { why: "it is not a URL" })?;
    let secure = match url.scheme() {
        "https" => true,
        "http" => is_loopback(&url),
        _ => false,
    };
    if !secure {
        return Err(Error::Address { why: "only https is accepted (http only for loopback)" });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::Address { why: "it holds a user name or a password" });
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(Error::Address { why: "it has more than a host" });
    }
    if url.host_str().is_none_or(|host| host.ends_with(".lightning.force.com")) {
        return Err(Error::Address {
            why: "this host has no API; use the My Domain host (….my.salesforce.com)",
        });
    }
    let host = url.host_str().unwrap_or_default();
    let known =
        SALESFORCE.iter().any(|suffix| host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.')));
    if !known && !is_loopback(&url) {
        return Err(Error::Address { why: "this is not a host of Salesforce" });
    }
    Ok(url)
}

/// Whether an address leads to an org at Salesforce, and not to one that this computer serves.
pub fn is_at_salesforce(address: &str) -> bool {
    origin(address).is_ok_and(|url| !is_loopback(&url))
}

/// Whether the host is this computer, by number or by the name `localhost`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The full address of something the org pointed at, if it is on the org's own origin and under `/services/`.
///
/// # Errors
/// [`Error::ForeignAddress`] for every other origin, for `//host` and for anything outside `/services/`.
pub(crate) fn on_origin(origin: &Url, reference: &str) -> Result<Url, Error> {
    let url = origin.join(reference).map_err(|_| Error::ForeignAddress)?;
    let same = url.origin() == origin.origin() && url.username().is_empty() && url.password().is_none();
    if same && url.path().starts_with("/services/") { Ok(url) } else { Err(Error::ForeignAddress) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_loopback_http_are_accepted() {
        for good in [
            "https://acme.my.salesforce.com",
            "http://127.0.0.1:8080/",
            "http://[::1]:9",
            "http://localhost:1",
        ] {
            assert!(origin(good).is_ok(), "{good}");
        }
        for bad in [
            "http://acme.my.salesforce.com",
            "ftp://127.0.0.1",
            "acme.my.salesforce.com",
            "https://user:pw@acme.my.salesforce.com",
            "https://acme.my.salesforce.com/services",
            "https://acme.lightning.force.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "https://acme.my.salesforce.com.example.com",
            "https://notsalesforce.com",
        ] {
            assert!(matches!(origin(bad), Err(Error::Address { .. })), "{bad}");
        }
    }

    #[test]
    fn an_address_of_another_host_is_refused() {
        let home = origin("https://acme.my.salesforce.com").unwrap();
        assert!(on_origin(&home, "/services/data/v68.0/query/01g-2000").is_ok());
        assert!(on_origin(&home, "https://acme.my.salesforce.com/services/data/v68.0/x").is_ok());
        for bad in [
            "https://evil.example.com/services/data/v68.0/query/01g-2000",
            "//evil.example.com/services/x",
            "http://acme.my.salesforce.com/services/x",
            "https://acme.my.salesforce.com:444/services/x",
            "https://acme.my.salesforce.com@evil.example.com/services/x",
            "/services/../evil",
            "\\\\evil.example.com/services/",
        ] {
            assert_eq!(on_origin(&home, bad), Err(Error::ForeignAddress), "{bad}");
        }
    }
}
