//! The REST resources under `/services/data/vXX.X`.

mod ask;
mod batch;
mod blob;
mod collections;
mod composite;
mod describe;
mod external;
mod graph;
mod limits;
mod query;
mod record;
mod render;
mod replication;
mod root;
mod search;
mod tree;
mod when;
mod write;

pub(crate) use ask::{Door, Found, ask};
pub(crate) use blob::parts;
pub(crate) use query::Cursors;
pub(crate) use render::wire_instant;
pub(crate) use write::{convert, create, delete, empty_bin, hard_delete, merge, undelete, update, upsert};

use axum::http::Method;

use super::answer::{Answer, Refusal};
use super::bulk;
use super::call::Call;
use super::org::{Org, Session};

/// What a handler gives back.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// A request under a version, after the session was checked.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub org: &'a Org,
    pub session: &'a Session,
    pub call: &'a Call,
    pub version: u16,
    /// Whether the path went through `/tooling`.
    pub tooling: bool,
}

impl Asked<'_> {
    /// `/services/data/vXX.X`.
    pub(crate) fn base(&self) -> String {
        format!("/services/data/v{}.0", self.version)
    }
}

/// Answers a request under a version.
pub(crate) fn answer(org: &Org, session: &Session, call: &Call, version: u16) -> Outcome {
    let tooling = call.segment(3) == "tooling";
    let asked = Asked { org, session, call, version, tooling };
    let skip = if tooling { 4 } else { 3 };
    let path: Vec<&str> = call.path.iter().skip(skip).map(String::as_str).collect();
    match path.as_slice() {
        [] => only(&asked, &[Method::GET], root::resources),
        ["sobjects"] => only(&asked, &[Method::GET], describe::global),
        ["sobjects", object] => describe::basic(&asked, object),
        ["sobjects", object, "describe"] => {
            only(&asked, &[Method::GET], |asked| describe::full(asked, object))
        }
        ["sobjects", object, "deleted"] => {
            only(&asked, &[Method::GET], |asked| replication::deleted(asked, object))
        }
        ["sobjects", object, "updated"] => {
            only(&asked, &[Method::GET], |asked| replication::updated(asked, object))
        }
        ["sobjects", object, id] => record::one(&asked, object, id),
        ["sobjects", object, first, second] => external::or_related(&asked, object, first, second),
        ["query" | "queryAll"] => only(&asked, &[Method::GET], query::first),
        ["query" | "queryAll", locator] => only(&asked, &[Method::GET], |asked| query::next(asked, locator)),
        ["search"] => only(&asked, &[Method::GET], search::sosl),
        ["parameterizedSearch"] => only(&asked, &[Method::GET, Method::POST], search::parameterized),
        ["limits"] => only(&asked, &[Method::GET], limits::limits),
        ["limits", "recordCount"] => only(&asked, &[Method::GET], limits::record_count),
        ["recent"] => only(&asked, &[Method::GET], |_| Ok(Answer::json(serde_json::json!([])))),
        ["composite"] => composite::answer(&asked),
        ["composite", "batch"] => only(&asked, &[Method::POST], batch::answer),
        ["composite", "graph"] => only(&asked, &[Method::POST], graph::answer),
        ["composite", "tree", object] => only(&asked, &[Method::POST], |asked| tree::answer(asked, object)),
        ["composite", "sobjects"] => collections::many(&asked),
        ["composite", "sobjects", object] => collections::retrieve(&asked, object),
        ["composite", "sobjects", object, field] => {
            only(&asked, &[Method::PATCH], |asked| collections::upsert(asked, object, field))
        }
        ["jobs", rest @ ..] => bulk::v2(&asked, rest),
        _ => Err(Refusal::not_found()),
    }
}

/// Lets only these methods through.
pub(crate) fn only<'a>(
    asked: &Asked<'a>,
    methods: &[Method],
    then: impl FnOnce(&Asked<'a>) -> Outcome,
) -> Outcome {
    if methods.contains(&asked.call.method) {
        return then(asked);
    }
    let mut allowed: Vec<&str> = methods.iter().map(Method::as_str).collect();
    if methods.contains(&Method::GET) {
        allowed.push("HEAD");
    }
    Err(Refusal::method(&asked.call.method, &allowed.join(",")))
}
