//! What opens other systems and stands in text all the same: passwords, keys and tokens as people paste them.
//!
//! Keys of known issuers are told by the head and the length that the issuer documents, the others by the words before them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::find_labelled;
use super::kind::Kind;
use super::secrets::Given;

/// What a secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    Password,
    PrivateKey,
    AccessKey,
    Token,
}

impl Secret {
    /// In words: "access key".
    pub fn words(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::PrivateKey => "private key",
            Self::AccessKey => "access key",
            Self::Token => "token",
        }
    }
}

/// How an issuer writes its keys: the head, what may follow, and how many letters of it.
struct Form {
    head: &'static str,
    secret: Secret,
    letters: fn(u8) -> bool,
    length: RangeInclusive<usize>,
    /// What must stand among the letters that follow; empty when nothing must.
    holds: &'static str,
}

const fn form(
    head: &'static str,
    secret: Secret,
    letters: fn(u8) -> bool,
    length: RangeInclusive<usize>,
) -> Form {
    Form { head, secret, letters, length, holds: "" }
}

const LONG: usize = 4096;

const FORMS: &[Form] = &[
    // AWS, IAM identifiers.
    form("AKIA", Secret::AccessKey, is_upper, 16..=16),
    form("ASIA", Secret::AccessKey, is_upper, 16..=16),
    // Google API key.
    form("AIza", Secret::AccessKey, is_url_base64, 35..=35),
    form("sk_live_", Secret::AccessKey, is_word, 16..=LONG),
    form("rk_live_", Secret::AccessKey, is_word, 16..=LONG),
    Form { holds: ".", ..form("SG.", Secret::AccessKey, is_dotted, 60..=80) },
    form("ghp_", Secret::Token, is_word, 36..=LONG),
    form("gho_", Secret::Token, is_word, 36..=LONG),
    form("ghu_", Secret::Token, is_word, 36..=LONG),
    form("ghs_", Secret::Token, is_word, 36..=LONG),
    form("ghr_", Secret::Token, is_word, 36..=LONG),
    form("github_pat_", Secret::Token, is_word, 22..=LONG),
    form("glpat-", Secret::Token, is_url_base64, 20..=LONG),
    form("xoxb-", Secret::Token, is_url_base64, 20..=LONG),
    form("xoxp-", Secret::Token, is_url_base64, 20..=LONG),
    form("Bearer ", Secret::Token, is_dotted, 20..=LONG),
    // RFC 7519: three parts, header and claims are JSON objects in base64url.
    Form { holds: ".eyJ", ..form("eyJ", Secret::Token, is_dotted, 40..=LONG) },
    // A session of Salesforce: the org's id, `!`, then the session.
    Form { holds: "!", ..form("00D", Secret::Token, is_session, 60..=LONG) },
];

/// Words before a key or token that has no form of its own; small letters, words apart.
const CUES: &[(&str, Secret)] = &[
    ("api key", Secret::AccessKey),
    ("apikey", Secret::AccessKey),
    ("access key", Secret::AccessKey),
    ("secret key", Secret::AccessKey),
    ("client secret", Secret::AccessKey),
    ("consumer secret", Secret::AccessKey),
    ("clave de api", Secret::AccessKey),
    ("clave secreta", Secret::AccessKey),
    ("access token", Secret::Token),
    ("refresh token", Secret::Token),
    ("auth token", Secret::Token),
    ("security token", Secret::Token),
];

/// Words beside which an org's search finds secrets.
pub fn words_of_secrets() -> Vec<String> {
    const MORE: [&str; 6] = ["password", "passcode", "passphrase", "contraseña", "private key", "bearer"];
    MORE.into_iter().chain(CUES.iter().map(|(cue, _)| *cue)).map(str::to_owned).collect()
}

/// The kinds of secrets that the value of a field or column with this label gives away.
pub fn secrets(label: &str, value: &str) -> BTreeSet<Secret> {
    let mut found = BTreeSet::new();
    if find_labelled(label, value).iter().any(|it| it.kind == Kind::Password)
        || has_password_in_address(value)
    {
        found.insert(Secret::Password);
    }
    if value.contains("PRIVATE KEY-----") {
        found.insert(Secret::PrivateKey);
    }
    found.extend(FORMS.iter().filter(|it| it.stands_in(value.as_bytes())).map(|it| it.secret));
    let text = format!("{label}: {value}");
    let plain: Vec<u8> = text
        .bytes()
        .map(|byte| if matches!(byte, b'_' | b'-') { b' ' } else { byte.to_ascii_lowercase() })
        .collect();
    for (cue, secret) in CUES {
        let given = |at: usize| Given::after(text.as_bytes(), at + cue.len()).and_then(|it| it.template());
        if memchr::memmem::find_iter(&plain, cue).any(|at| given(at).is_some()) {
            found.insert(*secret);
        }
    }
    found
}

impl Form {
    fn stands_in(&self, text: &[u8]) -> bool {
        memchr::memmem::find_iter(text, self.head).any(|at| {
            let begins = at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|it| !is_word(*it));
            let rest = text.get(at + self.head.len()..).unwrap_or_default();
            let run = rest.iter().take_while(|it| (self.letters)(**it)).count();
            let run = rest.get(..run).unwrap_or_default();
            let mixed = run.iter().any(u8::is_ascii_digit) && run.iter().any(u8::is_ascii_alphabetic);
            begins
                && mixed
                && self.length.contains(&run.len())
                && memchr::memmem::find(run, self.holds.as_bytes()).is_some()
        })
    }
}

/// `scheme://user:password@host`
fn has_password_in_address(value: &str) -> bool {
    value.split("://").skip(1).any(|rest| {
        let authority = rest.split(|it: char| it.is_whitespace() || matches!(it, '/' | '"' | '<')).next();
        let user = authority.and_then(|it| it.rsplit_once('@')).map(|(user, _)| user);
        user.and_then(|it| it.split_once(':')).is_some_and(|(_, password)| password.len() >= 3)
    })
}

fn is_upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_url_base64(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn is_dotted(byte: u8) -> bool {
    is_url_base64(byte) || byte == b'.'
}

fn is_session(byte: u8) -> bool {
    is_dotted(byte) || byte == b'!'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joined only here, so that no file holds what looks like a living key.
    fn made(head: &str, letter: &str, count: usize) -> String {
        format!("{head}{}{}", "7", letter.repeat(count - 1))
    }

    #[test]
    fn keys_are_told_by_the_form_that_their_issuer_gives_them() {
        for (text, secret) in [
            (made("use AKIA", "Q", 16), Secret::AccessKey),
            (format!("key={}", made("AIza", "b", 35)), Secret::AccessKey),
            (made("ghp_", "a", 36), Secret::Token),
            (made("(xoxb-", "a", 24), Secret::Token),
            (format!("{}.eyJzdWIi.{}", made("eyJ", "h", 30), "s".repeat(20)), Secret::Token),
            (format!("{}!{}", made("00D", "A", 12), "x".repeat(80)), Secret::Token),
            (made("Authorization: Bearer ", "k", 30), Secret::Token),
            ("-----BEGIN EC PRIVATE KEY-----".to_owned(), Secret::PrivateKey),
            ("postgres://sync:horse7@db.example.com/crm".to_owned(), Secret::Password),
            ("The password is Tr0ub4dor&3.".to_owned(), Secret::Password),
        ] {
            assert_eq!(secrets("", &text), [secret].into(), "{text}");
        }
    }

    #[test]
    fn a_key_without_a_form_is_told_by_the_words_before_it() {
        let key = made("", "f", 24);
        assert_eq!(
            secrets("", &format!("The client_secret for staging is {key}")),
            [Secret::AccessKey].into()
        );
        assert_eq!(secrets("Security Token", &key), [Secret::Token].into());
        assert_eq!(secrets("", &format!("refresh-token: {key}")), [Secret::Token].into());
        assert_eq!(secrets("", &key), BTreeSet::new(), "without any word it may be anything");
    }

    #[test]
    fn ordinary_text_holds_no_secret() {
        for text in [
            "Please reset my password, it does not work.",
            "See https://example.com/a?b=c and write to ana@example.com",
            "The api key is in the vault; the access token expired.",
            "Order AKIA-1, flight ASIA7, SG.1",
            "0035g00000AAA01AAA 00D5g00000000001",
            "https://example.com:8443/path@home",
        ] {
            assert_eq!(secrets("Notes", text), BTreeSet::new(), "{text}");
        }
    }
}
