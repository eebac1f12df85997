//! The only door to the encrypted file. See README.md for what this room never does.

mod case;
mod check;
mod copy;
mod data_map;
mod deed;
mod error;
mod event;
mod file;
mod form;
mod incident;
mod key;
mod key_store;
mod leak;
mod lock;
mod log;
mod migrate;
mod org;
mod paper;
mod provider;
mod run;
mod sql;

pub use case::{CaseFile, Part};
pub use check::{Report, Verdict, check_file};
pub use data_map::KeptMap;
pub use deed::{Reader, Tx};
pub use error::Error;
pub use event::{CaseEvent, Event};
pub use file::Vault;
pub use incident::{FindingDecision, IncidentFile, IncidentPaper, IncidentPart};
pub use key::Passphrase;
pub use key_store::forget_key;
pub use log::KeptLog;
pub use org::{DescribeCache, Org, Token};
pub use paper::Document;
pub use run::{BeforeImage, CertificateEntry};
