//! Everything that speaks to clients: framing, sign-in, REST, Bulk, SOAP.
//!
//! A request is read by [`front`], answered by [`routes`] on a thread that may block, and noted in the
//! call list. Whatever it asks of the data goes through [`crate::world`].

mod answer;
mod bulk;
mod call;
mod call_log;
mod front;
mod org;
mod rest;
mod routes;
mod sign_in;
mod soap;
mod tls;

pub(crate) use front::serve;
pub(crate) use org::Org;
pub(crate) use sign_in::{Apps, Sessions};
pub use sign_in::{PRACTICE_CLIENT_ID, PRACTICE_PASSWORD, SERVER_CLIENT_ID, SERVER_CLIENT_SECRET};
pub(crate) use tls::{CaFile, TlsListener, certify};
