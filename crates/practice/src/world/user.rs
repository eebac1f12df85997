//! A user of the org: who they are and what they may do.

use std::collections::BTreeSet;

/// A user named in `org.toml`. Names of objects and fields are kept in small letters.
#[derive(Debug, Clone, Default)]
pub struct User {
    /// 18-character id.
    pub id: String,
    pub username: String,
    /// Name of the profile.
    pub profile: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// Names such as `ApiEnabled`, as written.
    pub system_permissions: BTreeSet<String>,
    pub no_objects: BTreeSet<String>,
    pub read_only_objects: BTreeSet<String>,
    /// `object.field`.
    pub no_fields: BTreeSet<String>,
    /// `object.field`: may be read, not written.
    pub read_only_fields: BTreeSet<String>,
}

impl User {
    /// Whether the user holds a system permission, such as `ModifyAllData`.
    pub fn may(&self, permission: &str) -> bool {
        self.system_permissions.contains(permission)
    }

    /// First and last name, or the user name when neither is known.
    pub fn name(&self) -> String {
        let name = format!("{} {}", self.first_name, self.last_name);
        if name.trim().is_empty() { self.username.clone() } else { name.trim().to_owned() }
    }
}
