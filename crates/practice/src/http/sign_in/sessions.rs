//! Tokens and codes: made, looked up, used up, revoked.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// An access token's side of the table.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub user_id: String,
    pub client_id: String,
    pub issued_at: DateTime<Utc>,
    refresh: Option<String>,
}

/// What a refresh token stands for.
#[derive(Debug, Clone)]
pub(crate) struct Refresh {
    pub user_id: String,
    pub client_id: String,
}

/// What an authorization code stands for.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub user_id: String,
    pub client_id: String,
    pub redirect_uri: String,
    /// S256 challenge, when one was sent.
    pub challenge: Option<String>,
    pub issued_at: DateTime<Utc>,
}

/// Authorization codes live this long.
const CODE_LIFE: TimeDelta = TimeDelta::minutes(15);

/// All tokens and codes of the running org.
pub(crate) struct Sessions {
    secret: [u8; 32],
    made: u64,
    org_id15: String,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
    codes: HashMap<String, Code>,
}

impl Sessions {
    /// An empty table; `secret` makes the tokens of this run unlike those of another.
    pub(crate) fn new(org_id: &str, secret: [u8; 32]) -> Self {
        Self {
            secret,
            made: 0,
            org_id15: org_id.chars().take(15).collect(),
            access: HashMap::new(),
            refresh: HashMap::new(),
            codes: HashMap::new(),
        }
    }

    /// A session for a user, with a refresh token unless the flow gives none.
    pub(crate) fn open(
        &mut self,
        user_id: &str,
        client_id: &str,
        refreshable: bool,
        now: DateTime<Utc>,
    ) -> (String, Option<String>) {
        let refresh = refreshable.then(|| format!("5Aep861{}", self.random(60)));
        if let Some(token) = &refresh {
            self.refresh.insert(
                token.clone(),
                Refresh { user_id: user_id.to_owned(), client_id: client_id.to_owned() },
            );
        }
        let access = self.new_access(user_id, client_id, refresh.clone(), now);
        (access, refresh)
    }

    fn new_access(
        &mut self,
        user_id: &str,
        client_id: &str,
        refresh: Option<String>,
        now: DateTime<Utc>,
    ) -> String {
        let tail = self.random(87);
        let token = format!("{}!AQEAQ{tail}", self.org_id15);
        let access =
            Access { user_id: user_id.to_owned(), client_id: client_id.to_owned(), issued_at: now, refresh };
        self.access.insert(token.clone(), access);
        token
    }

    /// The user behind an access token.
    pub(crate) fn user_of(&self, token: &str) -> Option<String> {
        self.access.get(token).map(|it| it.user_id.clone())
    }

    pub(crate) fn access(&self, token: &str) -> Option<&Access> {
        self.access.get(token)
    }

    pub(crate) fn refresh_token(&self, token: &str) -> Option<&Refresh> {
        self.refresh.get(token)
    }

    /// A new access token for a refresh token; with `rotate` also a new refresh token, and the old one dies.
    pub(crate) fn renew(
        &mut self,
        token: &str,
        rotate: bool,
        now: DateTime<Utc>,
    ) -> Option<(String, Option<String>, Refresh)> {
        let held = self.refresh.get(token)?.clone();
        let mut rotated = None;
        if rotate {
            let new = format!("5Aep861{}", self.random(60));
            self.refresh.remove(token);
            self.refresh.insert(new.clone(), held.clone());
            for access in self.access.values_mut().filter(|it| it.refresh.as_deref() == Some(token)) {
                access.refresh = Some(new.clone());
            }
            rotated = Some(new);
        }
        let behind = rotated.clone().unwrap_or_else(|| token.to_owned());
        let access = self.new_access(&held.user_id, &held.client_id, Some(behind), now);
        Some((access, rotated, held))
    }

    /// A one-time code.
    pub(crate) fn promise(&mut self, code: Code) -> String {
        let text = format!("aPrx{}==", self.random(76));
        self.codes.insert(text.clone(), code);
        text
    }

    /// Uses a code up. `None` when it was never given, is used, or is older than 15 minutes.
    pub(crate) fn redeem(&mut self, code: &str, now: DateTime<Utc>) -> Option<Code> {
        self.codes.remove(code).filter(|it| now.signed_duration_since(it.issued_at) <= CODE_LIFE)
    }

    /// Kills an access token, or a refresh token with all its access tokens. Whether there was one.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        if self.refresh.remove(token).is_some() {
            self.access.retain(|_, it| it.refresh.as_deref() != Some(token));
            return true;
        }
        self.access.remove(token).is_some()
    }

    /// Letters, digits, dots and underscores that nobody can guess.
    fn random(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            self.made = self.made.wrapping_add(1);
            let mut digest = Sha256::new();
            digest.update(self.secret);
            digest.update(self.made.to_be_bytes());
            text.push_str(&URL_SAFE_NO_PAD.encode(digest.finalize()).replace('-', "."));
        }
        text.truncate(length);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sessions() -> Sessions {
        Sessions::new("00D5g000004ABCDEA4", [7; 32])
    }

    #[test]
    fn tokens_look_as_salesforces_do() {
        let (access, refresh) = sessions().open("005", "app", true, DateTime::UNIX_EPOCH);
        assert!(access.starts_with("00D5g000004ABCD!"), "{access}");
        let tail = access.split_once('!').unwrap().1;
        assert!(tail.chars().all(|it| it.is_ascii_alphanumeric() || it == '.' || it == '_'), "{tail}");
        assert!(refresh.unwrap().starts_with("5Aep861"));
    }

    #[test]
    fn rotation_kills_the_old_refresh_token_and_revoking_kills_its_sessions() {
        let mut all = sessions();
        let (first, refresh) = all.open("005", "app", true, DateTime::UNIX_EPOCH);
        let old = refresh.unwrap();
        let (second, new, _) = all.renew(&old, true, DateTime::UNIX_EPOCH).unwrap();
        assert!(all.renew(&old, true, DateTime::UNIX_EPOCH).is_none(), "the old one is dead");
        assert!(all.revoke(&new.unwrap()));
        assert!(all.user_of(&first).is_none() && all.user_of(&second).is_none());
    }

    #[test]
    fn a_code_works_once_and_for_fifteen_minutes() {
        let mut all = sessions();
        let code = |all: &mut Sessions| {
            all.promise(Code {
                user_id: "005".into(),
                client_id: "app".into(),
                redirect_uri: "http://localhost/".into(),
                challenge: None,
                issued_at: DateTime::UNIX_EPOCH,
            })
        };
        let text = code(&mut all);
        assert!(all.redeem(&text, DateTime::UNIX_EPOCH + TimeDelta::minutes(15)).is_some());
        assert!(all.redeem(&text, DateTime::UNIX_EPOCH).is_none(), "used");
        let text = code(&mut all);
        assert!(all.redeem(&text, DateTime::UNIX_EPOCH + TimeDelta::minutes(16)).is_none(), "too old");
    }
}
