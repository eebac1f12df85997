//! Who else comes to the data: connected apps, tokens, named credentials, integration users, and what each may read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Integration, Reach};
use crate::row::Row;
use crate::schema::{Field, Object};

/// The permission that lifts the mask of classic encryption.
pub(super) const SEES_MASKED: &str = "PermissionsViewEncryptedData";

/// What was read about access.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Access {
    pub apps: Vec<Row>,
    pub tokens: Vec<Row>,
    pub credentials: Vec<Row>,
    pub api_only: Vec<Row>,
    pub users: Vec<Row>,
    pub assignments: Vec<Row>,
    pub sets: Vec<Row>,
    pub objects: Vec<Row>,
    pub fields: Vec<Row>,
}

/// Fields of an object that not everybody who reads it may read.
#[derive(Debug, Clone, Default)]
pub(super) struct Guarded {
    /// With a permission of their own.
    permissionable: BTreeSet<String>,
    /// Classic encryption shows a mask to who lacks the permission.
    masked: BTreeSet<String>,
}

impl Guarded {
    pub(super) fn of(object: &Object) -> Self {
        let names = |guarded: fn(&Field) -> bool| {
            object.fields.iter().filter(|it| guarded(it)).map(|it| it.name.clone()).collect()
        };
        Self {
            permissionable: names(|it| it.permissionable),
            masked: names(|it| it.field_type == "encryptedstring"),
        }
    }
}

impl Access {
    /// The users behind tokens and those that only the API knows.
    pub(super) fn people(&self) -> BTreeSet<String> {
        let tokens = self.tokens.iter().filter_map(|row| id(row, "UserId"));
        let api_only = self.api_only.iter().filter_map(|row| id(row, "AssigneeId"));
        tokens.chain(api_only).collect()
    }

    pub(super) fn set_ids(&self) -> BTreeSet<String> {
        self.assignments.iter().filter_map(|row| id(row, "PermissionSetId")).collect()
    }

    /// Every integration, by name. `fields` names the guarded fields of each mapped object.
    pub(super) fn integrations(&self, fields: &BTreeMap<String, Guarded>) -> Vec<Integration> {
        let names: BTreeMap<&str, &str> =
            self.users.iter().filter_map(|row| Some((row.id.as_str(), row.text("Username")?))).collect();
        let mut all = BTreeMap::<String, Integration>::new();
        let mut behind = BTreeMap::<String, BTreeSet<String>>::new();
        for app in self.apps.iter().filter_map(|row| row.text("Name")) {
            named(&mut all, app).kinds.insert("connected-app".to_owned());
        }
        for row in &self.tokens {
            let Some(app) = row.text("AppName") else { continue };
            let it = named(&mut all, app);
            it.kinds.insert("token".to_owned());
            if let Some(at) = row.text("LastUsedDate") {
                it.last_used = it.last_used.take().max(Some(at.to_owned()));
            }
            let uses = row.values.get("UseCount").and_then(serde_json::Value::as_u64);
            it.uses = uses.map(|n| n + it.uses.unwrap_or_default()).or(it.uses);
            behind.entry(app.to_owned()).or_default().extend(id(row, "UserId"));
        }
        for row in &self.credentials {
            if let Some(name) = row.text("MasterLabel").or_else(|| row.text("DeveloperName")) {
                named(&mut all, name).kinds.insert("named-credential".to_owned());
            }
        }
        for id in self.api_only.iter().filter_map(|row| id(row, "AssigneeId")) {
            let name = names.get(id.as_str()).copied().unwrap_or(&id).to_owned();
            named(&mut all, &name).kinds.insert("integration-user".to_owned());
            behind.entry(name).or_default().insert(id);
        }
        for (name, it) in &mut all {
            let users = behind.remove(name).unwrap_or_default();
            it.users =
                users.iter().map(|id| names.get(id.as_str()).copied().unwrap_or(id).to_owned()).collect();
            it.can_reach = self.reach(&users, fields);
            it.reach_unknown = match () {
                () if it.kinds.iter().all(|kind| kind == "named-credential") => {
                    Some("The org sends data there; what it sends stands in its code and flows.".to_owned())
                }
                () if users.is_empty() => Some(
                    "Nobody is signed in with it now; it reaches what its next user may read.".to_owned(),
                ),
                () if self.objects.is_empty() => Some("Permissions could not be read.".to_owned()),
                () => None,
            };
        }
        all.into_values().collect()
    }

    /// What these users may read together.
    fn reach(&self, users: &BTreeSet<String>, fields: &BTreeMap<String, Guarded>) -> BTreeMap<String, Reach> {
        let sets: BTreeSet<String> = self
            .assignments
            .iter()
            .filter(|row| id(row, "AssigneeId").is_some_and(|it| users.contains(&it)))
            .filter_map(|row| id(row, "PermissionSetId"))
            .collect();
        let may = |permission: &str| {
            self.sets.iter().any(|row| sets.contains(row.id.as_str()) && row.flag(permission))
        };
        let everything = may("PermissionsViewAllData") || may("PermissionsModifyAllData");
        let of = |row: &Row| id(row, "ParentId").is_some_and(|it| sets.contains(&it));
        let mut reach = BTreeMap::<String, Reach>::new();
        for row in self.objects.iter().filter(|row| of(row) && row.flag("PermissionsRead")) {
            let Some(object) = row.text("SobjectType").filter(|it| fields.contains_key(*it)) else {
                continue;
            };
            let it = reach
                .entry(object.to_owned())
                .or_insert(Reach { all_records: everything, without: BTreeSet::new() });
            it.all_records |=
                row.flag("PermissionsViewAllRecords") || row.flag("PermissionsModifyAllRecords");
        }
        if everything {
            // What has no permission of its own follows its parent, and who views all data views it whole.
            for object in fields.keys() {
                reach.entry(object.clone()).or_insert(Reach { all_records: true, without: BTreeSet::new() });
            }
        }
        let readable: BTreeSet<&str> = self
            .fields
            .iter()
            .filter(|row| of(row) && row.flag("PermissionsRead"))
            .filter_map(|row| row.text("Field"))
            .collect();
        // Where nobody said who sees what is masked, nothing is called closed: what can be reached must not look smaller than it is.
        let said = self.sets.iter().any(|row| row.values.contains_key(SEES_MASKED));
        let sees_masked = !said || may(SEES_MASKED);
        for (object, it) in &mut reach {
            let Some(guarded) = fields.get(object) else { continue };
            let closed = |field: &&String| !readable.contains(format!("{object}.{field}").as_str());
            if !readable.is_empty() {
                it.without.extend(guarded.permissionable.iter().filter(closed).cloned());
            }
            if !sees_masked {
                it.without.extend(guarded.masked.iter().cloned());
            }
        }
        reach
    }
}

impl Integration {
    fn called(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kinds: BTreeSet::new(),
            users: BTreeSet::new(),
            can_reach: BTreeMap::new(),
            reach_unknown: None,
            last_used: None,
            uses: None,
            did_reach: BTreeMap::new(),
        }
    }

    /// An app that only the logs know, and the user under whose name it came.
    pub fn of_logs(app: &str, user: Option<&str>) -> Self {
        let unknown = "The logs name it and the org does not; it could reach what its users may read.";
        Self {
            kinds: ["connected-app".to_owned()].into(),
            users: user.map(str::to_owned).into_iter().collect(),
            reach_unknown: Some(unknown.to_owned()),
            ..Self::called(app)
        }
    }
}

fn named<'a>(all: &'a mut BTreeMap<String, Integration>, name: &str) -> &'a mut Integration {
    all.entry(name.to_owned()).or_insert_with(|| Integration::called(name))
}

/// A lookup's target, in 18 characters however it was written.
fn id(row: &Row, field: &str) -> Option<String> {
    row.lookup(field).map(|it| it.to_string())
}
