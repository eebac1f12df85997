//! What must be done, by when, towards whom, and why. See README.md for what this room never does.

mod calendar;
mod clock;
mod ground;

pub use calendar::Counted;
pub use clock::{DateProblem, RequestDate, RequestDates, request_dates};
pub use ground::{Confidence, Ground, grounds};

/// A law file of ours does not say what a law file must say. Only a wrong build of the program can show this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the law file {file} cannot be used: {because}")]
pub struct BadLawFile {
    pub file: &'static str,
    pub because: String,
}

/// A day as TOML writes it, read strictly.
pub(crate) fn day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<chrono::NaiveDate, D::Error> {
    let read = <toml::value::Datetime as serde::Deserialize>::deserialize(from)?;
    to_day(read).ok_or_else(|| serde::de::Error::custom("not a day"))
}

pub(crate) fn to_day(read: toml::value::Datetime) -> Option<chrono::NaiveDate> {
    match (read.date, read.time, read.offset) {
        (Some(date), None, None) => {
            chrono::NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        }
        _ => None,
    }
}
