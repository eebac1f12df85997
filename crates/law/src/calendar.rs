//! Calendars as data, and the counting of days.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{BadLawFile, Confidence, day, to_day};

const FILE: &str = include_str!("../../../assets/law/us-ca/calendars.toml");

/// How the days of a period are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    CalendarDay,
    BusinessDay,
}

/// Days on which something is closed, for the years the file covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Calendar {
    first_year: i32,
    last_year: i32,
    closed: Vec<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: u32,
    #[serde(rename = "jurisdiction")]
    _jurisdiction: String,
    #[serde(rename = "subject")]
    _subject: String,
    calendar: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "citation")]
    _citation: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "confidence")]
    _confidence: Confidence,
    #[serde(rename = "verified_on", deserialize_with = "day")]
    _verified_on: NaiveDate,
    first_year: i32,
    last_year: i32,
    closed: Vec<toml::value::Datetime>,
}

/// The calendar of that name.
pub(crate) fn calendar(name: &str) -> Result<Calendar, BadLawFile> {
    let bad = |because: String| BadLawFile { file: "us-ca/calendars.toml", because };
    let file: File = toml::from_str(FILE).map_err(|error| bad(error.message().to_owned()))?;
    let written = file
        .calendar
        .into_iter()
        .find(|it| it.name == name)
        .ok_or_else(|| bad(format!("there is no calendar {name}")))?;
    let closed = written
        .closed
        .into_iter()
        .map(to_day)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| bad("a closed day is no day".to_owned()))?;
    Ok(Calendar { first_year: written.first_year, last_year: written.last_year, closed })
}

impl Calendar {
    /// Whether the day counts as open; `None` for a year the calendar does not cover.
    fn open(&self, day: NaiveDate) -> Option<bool> {
        (self.first_year..=self.last_year)
            .contains(&day.year())
            .then(|| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.closed.contains(&day))
    }

    /// The `n`th open day after `from`, which does not count itself. `None`: not known for those years.
    pub(crate) fn nth_open_day_after(&self, from: NaiveDate, n: u32) -> Option<NaiveDate> {
        let mut day = from;
        let mut counted = 0;
        while counted < n {
            day = day.succ_opt()?;
            if self.open(day)? {
                counted += 1;
            }
        }
        Some(day)
    }

    /// The first open day from `day` on. `None`: not known for those years.
    pub(crate) fn roll(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut day = day;
        while !self.open(day)? {
            day = day.succ_opt()?;
        }
        Some(day)
    }
}
