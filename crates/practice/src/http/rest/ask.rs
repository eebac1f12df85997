//! Asking the data by statement, on behalf of a caller.

use std::sync::Arc;

use super::super::answer::Refusal;
use super::super::org::{Org, Session};
use super::write::refusal_of;
use crate::soql::{self, Options, Outcome};

/// Through which resource a statement came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Query,
    QueryAll,
    Tooling,
    Bulk,
    BulkAll,
}

impl Door {
    pub(crate) fn options(self, version: u16) -> Options {
        Options {
            all_rows: matches!(self, Self::QueryAll | Self::BulkAll),
            bulk: matches!(self, Self::Bulk | Self::BulkAll),
            tooling: self == Self::Tooling,
            version,
        }
    }
}

/// The answer of a statement, rendered page by page.
pub(crate) type Found = Arc<Outcome>;

/// Answers a statement, or refuses it as a fault says.
pub(crate) fn ask(org: &Org, who: &Session, text: &str, door: Door, version: u16) -> Result<Found, Refusal> {
    let outcome = {
        let world = org.world();
        soql::run(&world, &who.user, text, door.options(version)).map_err(|it| refusal_of(&it))?
    };
    if let Some((at, field)) = org.faults.lied_about(outcome.entity(), text) {
        let reason = format!("No such column '{field}' on entity '{}'.", outcome.entity());
        let fault = soql::Fault::at("INVALID_FIELD", text, at, reason);
        return Err(Refusal::new(400, fault.code, fault.message));
    }
    if org.faults.query_times_out(outcome.entity()) {
        return Err(Refusal::new(400, "QUERY_TIMEOUT", "Your query request was running for too long."));
    }
    Ok(Arc::new(outcome))
}
