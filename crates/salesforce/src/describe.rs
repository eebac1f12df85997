//! What the org holds: global describe, read only when it changed, and the describes of its objects.

use casework::schema::Schema;
use serde::{Deserialize, Serialize};

use crate::client::Org;
use crate::errors::Error;

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

impl Org {
    /// Every object the user may see, with full describes of the queryable ones that are no change events.
    ///
    /// `cached` costs one call when nothing changed; it is passed over when it is another user's.
    ///
    /// # Errors
    /// As every call.
    pub async fn schema(&self, cached: Option<&CachedSchema>) -> Result<(CachedSchema, Freshness), Error> {
        let _ = cached;
        Err(Error::Stopped)
    }
}
