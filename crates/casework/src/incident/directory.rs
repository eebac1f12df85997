//! Who the users and apps are: from the logs themselves, and from rows of the org where they were gathered.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hasher as _;

use serde::{Deserialize, Serialize};

use super::event::LogEvent;
use super::header::Says;
use super::kind::is_directory;
use super::quick::{Seeded, Stirred};
use crate::record_id::RecordId;

/// What records said of users and apps, as hashes.
#[derive(Debug, Default)]
pub struct Known(HashSet<u64, Seeded>);

/// Users and apps by their 18-character ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub users: BTreeMap<String, KnownUser>,
    pub apps: BTreeMap<String, KnownApp>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownUser {
    pub username: Option<String>,
    /// `None`: not known.
    pub active: Option<bool>,
    /// Name of the profile.
    pub profile: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownApp {
    pub name: Option<String>,
}

impl Directory {
    /// Learns from one record. A name that is known already stays. What said the same before, as `known` remembers, is passed over.
    pub fn learn(&mut self, event: &LogEvent<'_>, known: &mut Known) {
        if !is_directory(event.kind) && !known.0.insert(fingerprint(event)) {
            return;
        }
        match event.kind {
            "User" => {
                let Some(id) = event.get("Id").and_then(|it| RecordId::parse(&it).ok()) else { return };
                let user = self.users.entry(id.to_string()).or_default();
                user.username = event.username().map(std::borrow::Cow::into_owned).or(user.username.take());
                user.active = event.get("IsActive").map(|it| it.eq_ignore_ascii_case("true")).or(user.active);
                user.profile =
                    event.get("Profile.Name").map(std::borrow::Cow::into_owned).or(user.profile.take());
            }
            "ConnectedApplication" | "ExternalClientApplication" => {
                let Some(id) = event.get("Id").and_then(|it| RecordId::parse(&it).ok()) else { return };
                let name = event.first(&["Name", "MasterLabel", "DeveloperName"]);
                let app = self.apps.entry(id.to_string()).or_default();
                app.name = name.map(std::borrow::Cow::into_owned).or(app.name.take());
            }
            _ => {
                if let (Some(id), Some(username)) = (event.user_id(), event.username()) {
                    let user = self.users.entry(id.to_string()).or_default();
                    user.username.get_or_insert_with(|| username.into_owned());
                }
                if let (Some(id), Some(name)) = (event.app_id(), event.said(Says::AppName).next()) {
                    let app = self.apps.entry(id.to_string()).or_default();
                    app.name.get_or_insert_with(|| name.into_owned());
                }
            }
        }
    }

    pub fn username(&self, id: &str) -> Option<&str> {
        self.users.get(id)?.username.as_deref()
    }

    pub fn app_id(&self, name: &str) -> Option<&str> {
        self.apps.iter().find(|(_, app)| app.name.as_deref() == Some(name)).map(|(id, _)| id.as_str())
    }

    pub fn app_name(&self, id: &str) -> Option<&str> {
        self.apps.get(id)?.name.as_deref()
    }
}

fn fingerprint(event: &LogEvent<'_>) -> u64 {
    let mut hash = Stirred::new(0x6b6e_6f77);
    for what in [Says::UserId, Says::Username, Says::AppName, Says::AppId] {
        let places = event.header.said(what);
        hash.write_usize(places.len());
        for place in places {
            let cell = event.cells.raw(*place).unwrap_or_default();
            hash.write_usize(cell.len());
            hash.write(cell);
        }
    }
    hash.finish()
}
