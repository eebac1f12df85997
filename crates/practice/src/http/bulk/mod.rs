//! Bulk API 2.0: query and ingest jobs; and its older sister.
//!
//! The work of a job is done at once (a query when the job is made, an ingest when its upload is declared
//! complete); its state then moves on with every look at it, as a client expects: `UploadComplete`,
//! `InProgress`, `JobComplete`.

mod csv;
mod ingest;
mod jobs;
mod old;
mod process;
mod query;

pub(crate) use jobs::Jobs;
pub(crate) use old::answer as v1;

use axum::http::Method;

use super::answer::Refusal;
use super::rest::{Asked, Outcome, only};

/// Answers everything under `/jobs`.
pub(crate) fn v2(asked: &Asked<'_>, path: &[&str]) -> Outcome {
    match path {
        ["query"] => match asked.call.method {
            Method::POST => query::create(asked),
            Method::GET => query::list(asked),
            _ => Err(Refusal::method(&asked.call.method, "GET,HEAD,POST")),
        },
        ["query", id] => match asked.call.method {
            Method::GET => query::info(asked, id),
            Method::PATCH => query::abort(asked, id),
            Method::DELETE => query::delete(asked, id),
            _ => Err(Refusal::method(&asked.call.method, "DELETE,GET,HEAD,PATCH")),
        },
        ["query", id, "results"] => only(asked, &[Method::GET], |asked| query::results(asked, id)),
        ["query", id, "resultPages"] => only(asked, &[Method::GET], |asked| query::result_pages(asked, id)),
        ["ingest"] => match asked.call.method {
            Method::POST => ingest::create(asked),
            Method::GET => ingest::list(asked),
            _ => Err(Refusal::method(&asked.call.method, "GET,HEAD,POST")),
        },
        ["ingest", id] => match asked.call.method {
            Method::GET => ingest::info(asked, id),
            Method::PATCH => ingest::change_state(asked, id),
            Method::DELETE => ingest::delete(asked, id),
            _ => Err(Refusal::method(&asked.call.method, "DELETE,GET,HEAD,PATCH")),
        },
        ["ingest", id, "batches"] => only(asked, &[Method::PUT], |asked| ingest::upload(asked, id)),
        ["ingest", id, kind] => only(asked, &[Method::GET], |asked| ingest::results(asked, id, kind)),
        _ => Err(Refusal::not_found()),
    }
}
