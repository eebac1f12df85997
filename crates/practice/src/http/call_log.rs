//! The list of calls that the org received, for whoever asks afterwards.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::answer::Change;

/// One request. `status` is null while it is being answered.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    pub n: usize,
    pub at: String,
    pub method: String,
    /// Path and query; parameters that hold secrets are left out.
    pub path: String,
    pub status: Option<u16>,
    /// User name of the caller; null without a valid session.
    pub user: Option<String>,
    pub changes: Vec<Change>,
}

/// All requests since the start, in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct CallLog {
    entries: Vec<Entry>,
}

impl CallLog {
    /// Notes an arriving request and answers its number.
    pub(crate) fn arrived(
        &mut self,
        at: DateTime<Utc>,
        method: &str,
        target: &str,
        user: Option<String>,
    ) -> usize {
        let n = self.entries.len() + 1;
        self.entries.push(Entry {
            n,
            at: at.to_rfc3339_opts(SecondsFormat::Millis, true),
            method: method.to_owned(),
            path: without_secrets(target),
            status: None,
            user,
            changes: Vec::new(),
        });
        n
    }

    /// Notes how a request ended.
    pub(crate) fn answered(&mut self, n: usize, status: u16, changes: Vec<Change>) {
        if let Some(entry) = n.checked_sub(1).and_then(|it| self.entries.get_mut(it)) {
            entry.status = Some(status);
            entry.changes = changes;
        }
    }

    /// Names the user that a request turned out to come from.
    pub(crate) fn named(&mut self, n: usize, user: String) {
        if let Some(entry) = n.checked_sub(1).and_then(|it| self.entries.get_mut(it)) {
            entry.user = Some(user);
        }
    }

    /// `{"calls":[…]}`.
    pub(crate) fn to_json(&self) -> Value {
        json!({"calls": self.entries})
    }
}

const SECRETS: [&str; 9] = [
    "oauth_token",
    "access_token",
    "refresh_token",
    "token",
    "code",
    "code_verifier",
    "client_secret",
    "assertion",
    "password",
];

fn without_secrets(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let name = part.split('=').next().unwrap_or("");
            !SECRETS.contains(&name.to_ascii_lowercase().as_str())
        })
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_do_not_reach_the_list() {
        assert_eq!(without_secrets("/id/a/b?format=json&oauth_token=00D!x"), "/id/a/b?format=json");
        assert_eq!(without_secrets("/services/oauth2/revoke?token=x"), "/services/oauth2/revoke");
        assert_eq!(without_secrets("/query?q=a%20b"), "/query?q=a%20b");
    }
}
