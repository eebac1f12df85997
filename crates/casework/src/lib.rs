//! What happened and what is decided: the nouns and the rules. See README.md for what this room never does.

pub mod carry_out;
pub mod case;
pub mod catalogue;
pub mod change;
pub mod choice;
pub mod correct;
pub mod category;
pub mod disclosure;
pub mod drp;
pub mod found;
pub mod identity;
pub mod ledger;
pub mod locate;
pub mod metrics;
pub mod normal;
pub mod plan;
pub mod prove;
pub mod provider;
pub mod query;
pub mod record_id;
pub mod rehearse;
pub mod review;
pub mod row;
pub mod schema;
pub mod subject;
pub mod write;
