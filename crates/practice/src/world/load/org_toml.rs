//! `org.toml`: what the org is, who its users are and which rules it adds.

use super::source::Source;
use crate::world::{LoadError, OrgFacts, User, id18};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::BTreeSet;

const FILE: &str = "org.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    org: Org,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    user: Vec<WrittenUser>,
    #[serde(default)]
    validation: Vec<Validation>,
    #[serde(default)]
    integration: Vec<Integration>,
    /// Client apps are the sign-in's to read and to check.
    #[serde(default, rename = "app")]
    _apps: serde::de::IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Org {
    id: String,
    name: String,
    #[serde(default)]
    edition: Option<String>,
    #[serde(default)]
    features: Vec<String>,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    now: Option<Moment>,
    #[serde(default)]
    standard_objects: Vec<String>,
}

/// An instant as a quoted text or as TOML's own.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Moment {
    Text(String),
    Toml(toml::value::Datetime),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    daily_api_requests: Option<u64>,
    used_api_requests: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenUser {
    id: String,
    username: String,
    #[serde(default)]
    profile: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    system_permissions: BTreeSet<String>,
    #[serde(default)]
    no_objects: Vec<String>,
    #[serde(default)]
    read_only_objects: Vec<String>,
    #[serde(default)]
    no_fields: Vec<String>,
    #[serde(default)]
    read_only_fields: Vec<String>,
}

/// A validation rule: writes of `object` that leave `field` empty (`required`) or not matching are refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Validation {
    pub object: String,
    pub field: String,
    /// The field may not be empty.
    #[serde(default)]
    pub required: bool,
    /// The only values allowed; empty means any.
    #[serde(default)]
    pub one_of: Vec<String>,
    /// The text the value must contain.
    #[serde(default)]
    pub contains: Option<String>,
    /// The sentence that the refusal carries.
    pub message: String,
}

/// An outside system that brings records back: when a record of `object` is purged, one with the same values and a
/// new id is created `after_minutes` later, unless `key` is empty.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Integration {
    pub recreates: String,
    pub key: String,
    /// Only records whose key field holds one of these; empty means all.
    #[serde(default)]
    pub only: Vec<String>,
    #[serde(default)]
    pub after_minutes: u32,
}

/// `org.toml`, checked.
#[derive(Debug)]
pub(super) struct OrgToml {
    pub facts: OrgFacts,
    pub now: Option<DateTime<Utc>>,
    pub standard_objects: Vec<String>,
    pub users: Vec<User>,
    pub validations: Vec<Validation>,
    pub integrations: Vec<Integration>,
}

/// Reads and checks `org.toml`.
pub(super) fn read(source: &Source) -> Result<OrgToml, LoadError> {
    parse(&source.text(FILE)?)
}

fn parse(text: &str) -> Result<OrgToml, LoadError> {
    let written: Written = match toml::from_str(text) {
        Ok(it) => it,
        Err(error) => {
            let line =
                error.span().map_or(0, |it| text.get(..it.start).unwrap_or(text).lines().count().max(1));
            let what = error.message().trim_end_matches('.').replace('\n', " ");
            return Err(LoadError::of(FILE, format_args!("line {line}: {what}.")));
        }
    };
    let Some(id) = id18(&written.org.id).filter(|it| it.starts_with("00D")) else {
        return Err(LoadError::of(
            FILE,
            "org.id is not an id of an Organization (00D…) with a right checksum.",
        ));
    };
    let zone = written.org.zone.unwrap_or_else(|| "America/Los_Angeles".to_owned());
    if zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(LoadError::of(FILE, "org.zone is not the name of a time zone."));
    }
    let now = match written.org.now {
        None => None,
        Some(it) => {
            let text = match it {
                Moment::Text(it) => it,
                Moment::Toml(it) => it.to_string(),
            };
            match DateTime::parse_from_rfc3339(&text) {
                Ok(it) => Some(it.with_timezone(&Utc)),
                Err(_) => {
                    return Err(LoadError::of(
                        FILE,
                        "org.now is not an instant such as 2026-11-02T09:00:00Z.",
                    ));
                }
            }
        }
    };
    let mut users = Vec::with_capacity(written.user.len());
    for it in written.user {
        let user = user(it)?;
        let twin = |other: &User| other.id == user.id || other.username.eq_ignore_ascii_case(&user.username);
        if users.iter().any(twin) {
            return Err(LoadError::of(
                FILE,
                format_args!("user {} is listed twice (id or username).", user.id),
            ));
        }
        users.push(user);
    }
    if users.is_empty() {
        return Err(LoadError::of(FILE, "there is no [[user]]; nobody could sign in."));
    }
    let facts = OrgFacts {
        id,
        name: written.org.name,
        edition: written.org.edition.unwrap_or_else(|| "Enterprise Edition".to_owned()),
        features: written.org.features,
        zone,
        daily_api_requests: written.limits.daily_api_requests.unwrap_or(100_000),
        used_api_requests: written.limits.used_api_requests.unwrap_or(0),
    };
    Ok(OrgToml {
        facts,
        now,
        standard_objects: written.org.standard_objects,
        users,
        validations: written.validation,
        integrations: written.integration,
    })
}

fn user(it: WrittenUser) -> Result<User, LoadError> {
    let Some(id) = id18(&it.id).filter(|it| it.starts_with("005")) else {
        return Err(LoadError::of(FILE, "a user's id is not an id of a User (005…) with a right checksum."));
    };
    let small = |all: Vec<String>| all.into_iter().map(|it| it.to_ascii_lowercase()).collect::<BTreeSet<_>>();
    let (no_fields, read_only_fields) = (small(it.no_fields), small(it.read_only_fields));
    if no_fields.iter().chain(&read_only_fields).any(|it| it.split_once('.').is_none()) {
        return Err(LoadError::of(FILE, format_args!("user {id}: a field is written Object.Field.")));
    }
    Ok(User {
        id,
        profile: it.profile.unwrap_or_else(|| "Standard User".to_owned()),
        email: it.email.unwrap_or_else(|| it.username.clone()),
        first_name: it.first_name.unwrap_or_default(),
        last_name: it.last_name.unwrap_or_default(),
        username: it.username,
        system_permissions: it.system_permissions,
        no_objects: small(it.no_objects),
        read_only_objects: small(it.read_only_objects),
        no_fields,
        read_only_fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
        [org]
        id = "00D5g000004ABCDEA4"
        name = "Alder & Finch Outfitters"
        now = "2026-11-02T09:00:00Z"
        [[user]]
        id = "0055g00000AAAAA"
        username = "officer@alder.example"
        no_fields = ["Contact.Birthdate"]
    "#;

    #[test]
    fn a_sound_file_is_read_and_ids_gain_their_checksum() {
        let org = parse(SOUND).unwrap();
        assert_eq!(org.users[0].id, "0055g00000AAAAAAA5");
        assert!(org.users[0].no_fields.contains("contact.birthdate"));
        assert_eq!(org.now.unwrap().to_rfc3339(), "2026-11-02T09:00:00+00:00");
    }

    #[test]
    fn what_cannot_be_right_is_refused_with_a_sentence() {
        for (from, to, says) in [
            ("name = ", "nmae = ", "nmae"),
            ("00D5g000004ABCDEA4", "00D5g000004ABCDEAA", "org.id"),
            ("0055g00000AAAAA", "0035g00000AAAAA", "user's id"),
            ("2026-11-02T09:00:00Z", "soon", "org.now"),
            ("Contact.Birthdate", "Birthdate", "Object.Field"),
            ("[[user]]", "[[usre]]", "usre"),
        ] {
            let error = parse(&SOUND.replace(from, to)).unwrap_err().0;
            assert!(error.contains("org.toml") && error.contains(says), "{error}");
        }
    }
}
