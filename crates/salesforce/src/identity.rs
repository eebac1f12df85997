//! Who we are in the org, which org it is, and what we may do there.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use casework::record_id::RecordId;
use casework::schema::Object;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::client::{Call, Org, only_error};
use crate::errors::Error;
use crate::package::Answered;
use crate::rows::Page;
use crate::soql;

/// Fields asked for in one question about permissions; keeps each address short.
const PERMISSIONS_AT_ONCE: usize = 250;

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

#[derive(Deserialize)]
struct UserInfo {
    user_id: String,
    organization_id: String,
    preferred_username: String,
    name: Option<String>,
}

impl Org {
    /// Asks the org who we are. Does not count against the org's allowance.
    ///
    /// # Errors
    /// [`Error::AnotherUser`] when it is somebody else than the first time, or than [`Org::expect_user`] said.
    pub async fn who_am_i(&self) -> Result<Identity, Error> {
        let call = Call { cost: 0, ..Call::get("/services/oauth2/userinfo") };
        let info: UserInfo = self.json(&call).await.map_err(only_error)?;
        let eighteen = |id: &str| {
            RecordId::parse(id)
                .map(String::from)
                .map_err(|_| Error::Garbled { what: "who we are, without readable ids" })
        };
        let identity = Identity {
            user_id: eighteen(&info.user_id)?,
            org_id: eighteen(&info.organization_id)?,
            username: info.preferred_username,
            display_name: info.name,
            instance: self.inner.origin.origin().ascii_serialization(),
        };
        let mut expected = self.inner.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let now = (identity.org_id.clone(), identity.user_id.clone());
        if *expected.get_or_insert_with(|| now.clone()) != now {
            return Err(Error::AnotherUser);
        }
        drop(expected);
        Ok(identity)
    }

    /// From now on only this user in this org is accepted; ids of 15 characters mean their 18-character form.
    pub fn expect_user(&self, org_id: &str, user_id: &str) {
        let eighteen = |id: &str| RecordId::parse(id).map_or_else(|_| id.to_owned(), String::from);
        *self.inner.expected.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((eighteen(org_id), eighteen(user_id)));
    }

    /// The org's own record about itself.
    ///
    /// # Errors
    /// As every call.
    pub async fn organization(&self) -> Result<Organization, Error> {
        let statement = "SELECT Id, Name, IsSandbox, OrganizationType, InstanceName FROM Organization";
        let path = self.data(&format!("/query?q={}", soql::encoded(statement)));
        let page: Page = self.json(&Call::get(&path)).await.map_err(only_error)?;
        let record = page.records.first().ok_or(Error::Garbled { what: "no record about the org itself" })?;
        let text = |field: &str| record.get(field).and_then(Value::as_str).map(str::to_owned);
        Ok(Organization {
            id: text("Id").ok_or(Error::Garbled { what: "no id of the org itself" })?,
            name: text("Name"),
            is_sandbox: record.get("IsSandbox").and_then(Value::as_bool),
            organization_type: text("OrganizationType"),
            instance_name: text("InstanceName"),
        })
    }

    /// The signed-in user's system permissions: name without `Permissions` in front → granted.
    ///
    /// Only those that this org's describe knows.
    ///
    /// # Errors
    /// As every call.
    pub async fn permissions(&self) -> Result<BTreeMap<String, bool>, Error> {
        let path = self.data("/sobjects/UserPermissionAccess/describe");
        let object: Object = self.json(&Call::get(&path)).await.map_err(only_error)?;
        let known: Vec<String> = object
            .fields
            .into_iter()
            .map(|field| field.name)
            .filter(|name| name.starts_with("Permissions") && soql::name(name).is_ok())
            .collect();
        if known.is_empty() {
            return Err(Error::Garbled { what: "a list of permissions without any" });
        }
        let mut granted = BTreeMap::new();
        let paths: Vec<String> = known
            .chunks(PERMISSIONS_AT_ONCE)
            .map(|fields| format!("SELECT {} FROM UserPermissionAccess", fields.join(", ")))
            .map(|statement| self.data(&format!("/query?q={}", soql::encoded(&statement))))
            .collect();
        for paths in paths.chunks(crate::package::QUERIES) {
            for answer in self.package::<Page>(paths).await? {
                let page = match answer {
                    Answered::Well(page) => page,
                    Answered::Refused { refusal, .. } => return Err(Error::Refused { status: 400, refusal }),
                };
                let Some(fields) = page.records.first().and_then(Value::as_object) else {
                    return Err(Error::Garbled { what: "no record about our own permissions" });
                };
                granted.extend(fields.iter().filter_map(|(name, value)| {
                    Some((name.strip_prefix("Permissions")?.to_owned(), value.as_bool()?))
                }));
            }
        }
        Ok(granted)
    }
}
