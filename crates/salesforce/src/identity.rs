//! Who we are in the org, which org it is, and what we may do there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::client::Org;
use crate::errors::Error;

/// The signed-in user, as `userinfo` gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// 18 characters.
    pub user_id: String,
    /// 18 characters.
    pub org_id: String,
    pub username: String,
    pub display_name: Option<String>,
    /// The org's own origin, `https://acme.my.salesforce.com`.
    pub instance: String,
}

/// What the org's `Organization` record says; absent where the user may not read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    pub id: String,
    pub name: Option<String>,
    pub is_sandbox: Option<bool>,
    /// The edition, `Enterprise Edition`.
    pub organization_type: Option<String>,
    pub instance_name: Option<String>,
}

impl Org {
    /// Asks the org who we are. Does not count against the org's allowance.
    ///
    /// # Errors
    /// [`Error::AnotherUser`] when it is somebody else than the first time, or than [`Org::expect_user`] said.
    pub async fn who_am_i(&self) -> Result<Identity, Error> {
        Err(Error::Stopped)
    }

    /// The org's own record about itself.
    ///
    /// # Errors
    /// As every call.
    pub async fn organization(&self) -> Result<Organization, Error> {
        Err(Error::Stopped)
    }

    /// The signed-in user's system permissions: name without `Permissions` in front → granted.
    ///
    /// Only those that this org's describe knows.
    ///
    /// # Errors
    /// As every call.
    pub async fn permissions(&self) -> Result<BTreeMap<String, bool>, Error> {
        Err(Error::Stopped)
    }
}
