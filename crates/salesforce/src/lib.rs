//! The only door to the network. See README.md for what this room never does.

mod address;
mod bulk;
mod client;
mod composite;
mod connection;
mod describe;
mod errors;
mod fetch;
mod files;
mod http;
mod identity;
mod limits;
mod logs;
mod package;
mod refusal;
mod retry;
mod rows;
pub mod sign_in;
mod soap;
mod soql;
mod sosl;
mod split;
#[cfg(test)]
mod testing;
mod tokens;
mod writes;

pub use address::is_at_salesforce;
pub use client::Org;
pub use connection::{Connection, KeepTokens, Secret, StopFlag, Tokens};
pub use describe::{CachedSchema, Freshness};
pub use errors::Error;
pub use fetch::{fetch_file, file_address};
pub use identity::{Identity, Organization};
pub use limits::{EventLogFile, Limit};
pub use writes::RowOutcome;
