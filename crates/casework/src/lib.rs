//! What happened and what is decided: the nouns and the rules. See README.md for what this room never does.

pub mod found;
pub mod plan;
pub mod query;
pub mod record_id;
pub mod row;
pub mod schema;
pub mod subject;
pub mod write;
