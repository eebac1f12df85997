//! A Salesforce org on loopback: for practice, demonstration and tests.
//!
//! [`world`] holds the data of the org and the rules that guard it; [`soql`] and [`sosl`] answer statements about
//! it. What speaks to clients stands on top of them: [`start`] serves an org until the returned [`Running`] is
//! shut down or dropped.

mod faults;
pub mod generate;
mod http;
mod serve;
pub mod soql;
pub mod sosl;
pub mod world;

pub use faults::{Faults, FaultsError};
pub use http::{PRACTICE_CLIENT_ID, PRACTICE_PASSWORD, SERVER_CLIENT_ID, SERVER_CLIENT_SECRET};
pub use serve::{AnnouncedUser, Announcement, Clock, OrgSource, Running, ServeOptions, StartError, start};
