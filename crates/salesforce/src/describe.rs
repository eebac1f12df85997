//! What the org holds: global describe, read only when it changed, and the describes of its objects.

use std::collections::BTreeMap;

use casework::schema::{Object, Schema};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use crate::client::{Call, Org, only_error, read_json};
use crate::errors::Error;
use crate::identity::Identity;
use crate::package::{Answered, QUESTIONS};
use crate::retry::{self, BUSY_TRIES};

/// A schema worth keeping: it holds for one org, one user and one API version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CachedSchema {
    pub org_id: String,
    pub user_id: String,
    /// `v68.0`
    pub version: String,
    /// The org's own `Last-Modified` of its global describe, as it wrote it.
    pub stamp: Option<String>,
    pub schema: Schema,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Freshness {
    /// The org said that nothing changed since.
    Unchanged,
    /// Read anew.
    Read,
}

#[derive(Deserialize)]
struct Global {
    sobjects: Vec<Object>,
}

impl Org {
    /// Every object the user may see, with full describes of the queryable ones that are no change events.
    ///
    /// `cached` costs one call when nothing changed; it is passed over when it is another user's, another org's or
    /// of another API version. An object whose own describe is refused keeps no fields.
    ///
    /// # Errors
    /// As every call.
    pub async fn schema(&self, cached: Option<&CachedSchema>) -> Result<(CachedSchema, Freshness), Error> {
        let me = self.who_am_i().await?;
        self.schema_of(me, cached).await
    }

    /// The same for a caller that has just asked [`Org::who_am_i`].
    ///
    /// # Errors
    /// As every call.
    pub async fn schema_of(
        &self,
        me: Identity,
        cached: Option<&CachedSchema>,
    ) -> Result<(CachedSchema, Freshness), Error> {
        let cached = cached.filter(|it| {
            it.org_id == me.org_id && it.user_id == me.user_id && it.version == self.inner.version
        });
        let path = self.data("/sobjects");
        let since = cached.and_then(|it| it.stamp.as_deref());
        let headers: Vec<(&'static str, &str)> =
            since.map(|stamp| ("If-Modified-Since", stamp)).into_iter().collect();
        let call = Call { headers: &headers, ..Call::get(&path) };
        let (global, stamp) = self
            .inner
            .call(&call, |reply| {
                if reply.status == 304 {
                    return Ok((None, None));
                }
                let stamp = reply.header("Last-Modified").map(str::to_owned);
                Ok((Some(read_json::<Global>(reply)?), stamp))
            })
            .await
            .map_err(only_error)?;
        let global = match (global, cached) {
            (None, Some(cached)) => return Ok((cached.clone(), Freshness::Unchanged)),
            (None, None) => {
                return Err(Error::Garbled { what: "an unchanged describe that was not asked for" });
            }
            (Some(global), _) => global,
        };
        let mut objects: BTreeMap<String, Object> =
            global.sobjects.into_iter().map(|object| (object.name.clone(), object)).collect();
        let wanted: Vec<String> =
            objects.values().filter(|it| is_worth_it(it)).map(|it| it.name.clone()).collect();
        for described in self.describes(wanted).await? {
            objects.insert(described.name.clone(), described);
        }
        let read = CachedSchema {
            org_id: me.org_id,
            user_id: me.user_id,
            version: self.inner.version.clone(),
            stamp,
            schema: Schema { objects },
        };
        Ok((read, Freshness::Read))
    }

    async fn describes(&self, names: Vec<String>) -> Result<Vec<Object>, Error> {
        let mut reading: JoinSet<Result<Vec<Object>, Error>> = JoinSet::new();
        for package in names.chunks(QUESTIONS) {
            let (org, names) = (self.clone(), package.to_vec());
            reading.spawn(async move { org.describe_package(names).await });
        }
        let mut objects = Vec::with_capacity(names.len());
        while let Some(read) = reading.join_next().await {
            objects.extend(read.map_err(|_| Error::Garbled { what: "reading it failed" })??);
        }
        Ok(objects)
    }

    /// Up to 25 describes in one call; the ones that the org is too busy for are asked again.
    async fn describe_package(&self, mut names: Vec<String>) -> Result<Vec<Object>, Error> {
        let mut objects = Vec::with_capacity(names.len());
        let mut tries = 0;
        loop {
            let paths: Vec<String> =
                names.iter().map(|name| self.data(&format!("/sobjects/{name}/describe"))).collect();
            let mut again = Vec::new();
            for (name, answer) in names.into_iter().zip(self.package::<Object>(&paths).await?) {
                match answer {
                    Answered::Well(object) if object.name == name => objects.push(object),
                    Answered::Well(_) => {
                        return Err(Error::Garbled { what: "the describe of another object" });
                    }
                    Answered::Refused { passing: true, .. } if tries < BUSY_TRIES => again.push(name),
                    Answered::Refused { refusal, .. } => {
                        tracing::warn!(
                            object = name,
                            code = refusal.code,
                            "the org does not describe an object"
                        );
                    }
                }
            }
            if again.is_empty() {
                return Ok(objects);
            }
            tries += 1;
            retry::pause(tries, None, &self.inner.stop).await?;
            names = again;
        }
    }
}

fn is_worth_it(object: &Object) -> bool {
    object.queryable
        && object.associate_entity_type.as_deref() != Some("ChangeEvent")
        && crate::refusal::is_api_name(&object.name)
}

#[cfg(test)]
mod tests;
