//! What a record says that baselines are made of, whatever its source.

use std::borrow::Cow;

use super::super::event::LogEvent;
use super::super::header::Says;

/// The principal's deed, put in few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verb {
    /// Reading and writing of the everyday kind; no habit is kept of it.
    Everyday,
    /// Anything that is worth knowing whether it was ever done before.
    Notable(String),
}

/// What rows are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Bulk,
    Query,
    Report,
    /// One for each event; the count of a day is what matters.
    File,
    Page,
}

impl Family {
    /// As part of a key.
    pub fn number_of(family: Option<Self>) -> u32 {
        family.map_or(0, |it| it as u32 + 1)
    }
}

/// One record, looked at once.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    /// The first fifteen characters of the user's id.
    pub user: Option<Cow<'a, str>>,
    pub address: Option<Cow<'a, str>>,
    pub app: Option<Cow<'a, str>>,
    pub client: Option<Cow<'a, str>>,
    pub verb: Verb,
    pub family: Option<Family>,
    pub rows: Option<u64>,
    /// A person at a screen.
    pub screen: bool,
    /// A call over an API.
    pub api: bool,
}

impl<'a> Facts<'a> {
    pub fn of(event: &LogEvent<'a>) -> Self {
        let path = event.said(Says::Call).next().map(|it| match it {
            Cow::Borrowed(text) if !text.bytes().any(|it| it.is_ascii_uppercase()) => Cow::Borrowed(text),
            text => Cow::Owned(text.to_ascii_lowercase()),
        });
        let call = path.as_deref().map(|it| it.split('?').next().unwrap_or_default().trim_end_matches('/'));
        let family = family(event);
        Self {
            user: user(event),
            address: event.address(),
            app: event
                .said(Says::ConnectedApp)
                .next()
                .filter(|it| !matches!(&**it, "Browser" | "N/A" | "Unknown")),
            client: event.said(Says::Client).next(),
            verb: verb(event, call),
            family,
            rows: family.and_then(|_| event.rows()),
            screen: is_screen(event),
            api: is_api(event.kind),
        }
    }
}

fn user<'a>(event: &LogEvent<'a>) -> Option<Cow<'a, str>> {
    let id = event.said(Says::User).find(|id| id.starts_with("005") && id.len() >= 15)?;
    Some(match id {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..15).unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.chars().take(15).collect()),
    })
}

/// Event Log Objects are called as the files with `EventLog` behind.
fn short(kind: &str) -> &str {
    kind.strip_suffix("EventLog").unwrap_or(kind)
}

pub(super) fn is_api(kind: &str) -> bool {
    matches!(
        short(kind),
        "RestApi"
            | "API"
            | "ApiTotalUsage"
            | "BulkApi"
            | "BulkApi2"
            | "BulkApiRequest"
            | "ApiEvent"
            | "BulkApiResultEventStore"
    )
}

fn is_screen(event: &LogEvent<'_>) -> bool {
    match event.kind {
        "Login" | "LoginEventLog" => {
            event.get("LOGIN_TYPE").is_some_and(|it| matches!(&*it, "A" | "Application"))
        }
        "LoginHistory" | "LoginEvent" => event.get("LoginType").is_some_and(|it| it == "Application"),
        "LightningPageView" | "LightningInteraction" | "URI" | "UriEvent" | "LightningUriEvent" => true,
        _ => false,
    }
}

fn family(event: &LogEvent<'_>) -> Option<Family> {
    Some(match short(event.kind) {
        "BulkApi" | "BulkApi2" => Family::Bulk,
        "RestApi" | "API" | "ApiEvent" => Family::Query,
        "Report" | "ReportEvent" | "AsyncReportRun" | "MultiBlockReport" => Family::Report,
        "ContentTransfer" => {
            event.get("TRANSACTION_TYPE").filter(|it| it.contains("Download"))?;
            Family::File
        }
        "FileEventStore" => {
            event.get("FileAction").filter(|it| it.contains("DOWNLOAD") || it.contains("Download"))?;
            Family::File
        }
        "Sites" | "Site" | "AuraRequest" => Family::Page,
        _ => return None,
    })
}

fn verb(event: &LogEvent<'_>, call: Option<&str>) -> Verb {
    let notable = |text: &str| Verb::Notable(text.to_owned());
    let method = event.said(Says::Method).next();
    match short(event.kind) {
        "RestApi" | "API" | "ApiTotalUsage" => match call {
            Some(call) if call.contains("/jobs/") => match method.as_deref() {
                Some("DELETE") => notable("delete-job"),
                Some("POST" | "PUT" | "PATCH") => notable("bulk"),
                _ => notable("bulk-result"),
            },
            Some(call) if call.ends_with("/sobjects") => notable("describe-global"),
            Some(call) if call.contains("/describe") => notable("describe"),
            Some(call) if call.ends_with("/limits") => notable("limits"),
            _ => query_verb(event),
        },
        "ApiEvent" => match event.get("Operation").as_deref() {
            Some("DeleteHard") => notable("hard-delete"),
            _ => query_verb(event),
        },
        "BulkApi2" | "BulkApi" | "BulkApiRequest" => {
            let operation = event.get("OPERATION_TYPE").unwrap_or_default().to_ascii_lowercase();
            let state = event.get("JOB_STATUS").unwrap_or_default();
            if state.eq_ignore_ascii_case("deleted") || method.as_deref() == Some("DELETE") {
                notable("delete-job")
            } else if operation == "harddelete" {
                notable("hard-delete")
            } else {
                notable("bulk")
            }
        }
        "BulkApiResultEventStore" => notable("bulk-result"),
        "Report" | "ReportEvent" | "ReportExport" => {
            notable(&format!("report {}", event.first(&["REPORT_ID", "ReportId"]).unwrap_or_default()))
        }
        "SetupAuditTrail" => notable(&format!("setup {}", event.get("Action").unwrap_or_default())),
        "LoginAs" | "LoginAsEvent" => notable("login-as"),
        "PermissionUpdate" | "PermissionSetEventStore" => notable("permission"),
        _ => Verb::Everyday,
    }
}

/// Counting, and reading an object whole, are worth a habit; a narrow question is not.
fn query_verb(event: &LogEvent<'_>) -> Verb {
    let Some(query) = event.query() else { return Verb::Everyday };
    let query = query.to_ascii_lowercase();
    if query.contains("count()") || query.contains("count(id)") {
        Verb::Notable("count".to_owned())
    } else if !query.contains(" where ") {
        Verb::Notable(format!("whole {}", event.objects().join(",")))
    } else {
        Verb::Everyday
    }
}

/// The network of an address: 24 bits of IPv4, 48 bits of IPv6.
pub(super) fn network(address: &str) -> Cow<'_, str> {
    match address.parse() {
        Ok(core::net::IpAddr::V4(_)) => {
            Cow::Borrowed(address.rsplit_once('.').map_or(address, |(net, _)| net))
        }
        Ok(core::net::IpAddr::V6(it)) => {
            let [one, two, three, ..] = it.segments();
            Cow::Owned(format!("{one:x}:{two:x}:{three:x}"))
        }
        Err(_) => Cow::Borrowed(address),
    }
}

/// A client's own name without its version: `Alder Sync/2.1` and `Alder Sync/2.2` are one.
pub(super) fn client_family(client: &str) -> String {
    let name = client.split(['/', '(']).next().unwrap_or_default();
    let name: String = name.chars().filter(|it| !it.is_ascii_digit() && *it != '.').collect();
    name.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_and_clients_are_told_apart_as_far_as_it_matters() {
        assert_eq!(network("198.51.100.14"), "198.51.100");
        assert_eq!(network("2001:db8:1:2::5"), network("2001:db8:1:9::6"));
        assert_eq!(client_family("Alder Sync/2.1"), client_family("Alder Sync/3.0 (beta)"));
        assert_ne!(client_family("python-requests/2.32.4"), client_family("Alder Sync/2.1"));
        assert_eq!(client_family("Chrome 141"), "chrome");
    }
}
