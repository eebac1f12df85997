//! The only maker of PDF, HTML, CSV and sealed bundles. See README.md for what this room never does.

pub mod agenda;
pub mod bundle;
pub mod certificate;
pub mod chart;
mod cores;
pub mod csv_safe;
pub mod document;
mod error;
pub mod graph;
mod hash;
pub mod html;
pub mod letter;
pub mod mailing;
mod names;
pub mod new_file;
pub mod package;
mod pem;
pub mod reading;
pub mod release;
pub mod rescan;
pub mod sheet;
pub mod verify;

pub use error::Error;
pub use hash::Sha256;
