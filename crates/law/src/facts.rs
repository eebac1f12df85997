//! Facts, read strictly: what cannot be understood is refused with a sentence, never guessed.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::BadLawFile;
use crate::calendar::CalendarEnds;

/// Where days are counted when the facts name no zone.
pub(crate) const HOME: Tz = chrono_tz::America::Los_Angeles;

/// Why nothing was computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsProblem {
    /// `at` names the fact, such as `earlier_requests[0].received_at`.
    #[error("The fact `{at}` cannot be used: {because}. Nothing was computed.")]
    Fact { at: String, because: String },
    #[error("A date cannot be computed: {0}. Nothing was computed.")]
    CalendarEnds(#[from] CalendarEnds),
    #[error("No rule of the law book governs {what} on {on}. Nothing was computed.")]
    NoRule { what: String, on: NaiveDate },
    #[error(transparent)]
    BadLawFile(#[from] BadLawFile),
}

impl FactsProblem {
    pub(crate) fn fact(at: impl Into<String>, because: impl Into<String>) -> Self {
        Self::Fact { at: at.into(), because: because.into() }
    }
}

/// Reads facts as `T`; the problem names the fact.
pub(crate) fn read<T: DeserializeOwned>(facts: &Value) -> Result<T, FactsProblem> {
    serde_path_to_error::deserialize(facts).map_err(|error| {
        let path = error.path().to_string();
        let at = if path == "." { "facts".to_owned() } else { path };
        FactsProblem::fact(at, error.inner().to_string())
    })
}

/// A count of people or things: a whole number, 0 or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Count(pub u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(from)?;
        value.as_u64().map(Count).ok_or_else(|| {
            serde::de::Error::custom(format!("{value} is no count (a whole number, 0 or more)"))
        })
    }
}

/// When something happened, in the zone of the business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The local day.
    pub on: NaiveDate,
    /// For an event of which only the day is known: the day's first moment.
    pub at: DateTime<Tz>,
}

/// The zone of the business.
#[derive(Debug, Clone, Copy)]
pub struct Zone {
    named: Option<Tz>,
}

impl Zone {
    /// # Errors
    /// [`FactsProblem`] for a name that is no zone of the IANA database.
    pub fn read(name: Option<&str>) -> Result<Self, FactsProblem> {
        let named = name
            .map(|it| {
                it.parse::<Tz>().map_err(|_| FactsProblem::fact("zone", format!("{it:?} is no time zone")))
            })
            .transpose()?;
        Ok(Self { named })
    }

    /// The zone that was named, else the default.
    #[must_use]
    pub fn tz(self) -> Tz {
        self.named.unwrap_or(HOME)
    }

    /// The caution that belongs to every answer whose facts name no zone.
    #[must_use]
    pub fn caution(self) -> Option<String> {
        self.named.is_none().then(|| format!("The facts name no zone; days are days of {HOME}."))
    }

    /// Reads an instant with an offset, a local time, or a day.
    ///
    /// A local time that the clocks show twice is the earlier one. One that they skip is refused.
    ///
    /// # Errors
    /// [`FactsProblem`] naming `at`.
    pub fn moment(self, at: &str, text: &str) -> Result<Moment, FactsProblem> {
        if let Ok(instant) = instant(text) {
            let local = instant.with_timezone(&self.tz());
            return Ok(Moment { on: local.date_naive(), at: local });
        }
        let refused = |because: &str| Err(FactsProblem::fact(at, format!("{text:?} {because}")));
        let Some(local) = local(text) else { return refused(NO_TIME) };
        let Some(zone) = self.named else {
            return refused("has no offset, and there is no `zone` to read it in");
        };
        match (local, zone.from_local_datetime(&local).earliest()) {
            (_, Some(instant)) => Ok(Moment { on: local.date(), at: instant }),
            // A day whose midnight the clocks skip begins an hour later.
            (midnight, None) if text.len() == DAY => {
                let later = midnight + chrono::TimeDelta::hours(1);
                match zone.from_local_datetime(&later).earliest() {
                    Some(instant) => Ok(Moment { on: local.date(), at: instant }),
                    None => refused("does not exist in this zone"),
                }
            }
            _ => refused("does not exist in this zone: the clocks skip it"),
        }
    }

    /// [`Zone::moment`] of an event that may not have happened.
    ///
    /// # Errors
    /// [`FactsProblem`] naming `at`.
    pub fn event(self, at: &str, text: Option<&str>) -> Result<Option<Moment>, FactsProblem> {
        text.map(|text| self.moment(at, text)).transpose()
    }

    /// A day, or the local day of an instant; days need no zone.
    ///
    /// # Errors
    /// [`FactsProblem`] naming `at`.
    pub fn day(self, at: &str, text: Option<&str>) -> Result<Option<NaiveDate>, FactsProblem> {
        text.map(|text| match plain_day(text) {
            Some(day) => Ok(day),
            None => self.moment(at, text).map(|it| it.on),
        })
        .transpose()
    }
}

const DAY: usize = "2026-11-26".len();
const NO_TIME: &str = "is no day (2026-11-26) and no time (2026-11-26T20:00:00-08:00) of the calendar";

fn plain_day(text: &str) -> Option<NaiveDate> {
    (text.len() == DAY).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?
}

fn instant(text: &str) -> Result<DateTime<FixedOffset>, chrono::ParseError> {
    DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%#z"))
}

fn local(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| plain_day(text).map(|day| day.and_time(NaiveTime::MIN)))
}
