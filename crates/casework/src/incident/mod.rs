//! An incident: what logs are, what rules find in them, and what later stages build on.
//!
//! - [`LogEvent`]: one record of a log, with the file it stands in, its number, its time in UTC and its cells by header.
//! - [`Finding`] with its [`Evidence`], [`Level`] and [`Rung`]; [`HeldFinding`] adds what the officer decided.
//! - [`Gathered`]: which sources there are, what is missing and what that would show.
//! - [`Directory`]: the users and apps that the logs or the org name.
//!
//! `Desk::incident_events` streams every distinct event of an incident, `Desk::incident_evidence` those of one finding, and
//! `Desk::incident_findings` gives the findings with their status.

pub mod access;
pub mod assess;
pub mod bodies;
pub mod csv;
pub mod detect;
mod directory;
pub mod elements;
pub mod evaluate;
mod event;
pub mod exercise;
pub mod exposure;
mod finding;
mod gaps;
mod gathered;
mod header;
mod intake;
pub mod kind;
mod missing;
pub mod notice;
pub mod persons;
mod quick;
pub mod reach;
mod reader;
pub mod repeat;
pub mod residence;
pub mod roles;
pub mod scope;
pub mod severity;
pub mod soql;
pub mod taking;
mod time;

pub use directory::{Directory, Known, KnownApp, KnownUser};
pub use event::{LogEvent, from_object};
pub use finding::{Evidence, Finding, HeldFinding, Level, Rung, Status, Strength};
pub use gathered::{Coverage, Gap, Gathered, KindRead, Left, Missing, Reading, Source, sources};
pub use header::{Cells, Header};
pub use intake::{Intake, Tally};
pub use missing::{Within, days_log_files_are_kept, missing, shown, support_case};
pub use reader::{LogReader, Notes, Read};
pub use time::read_time;

use reader::header_times;
