//! By when a request must be acknowledged and answered.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::calendar::{Counted, calendar};
use crate::{BadLawFile, Confidence, day};

const FILE: &str = include_str!("../../../assets/law/us-ca/request-clocks.toml");

/// The dates of one request. Days in the business's own time zone; each duty ends when its day ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDates {
    pub received_on: NaiveDate,
    /// `None` for kinds that need no acknowledgement.
    pub acknowledge_by: Option<RequestDate>,
    pub due: RequestDate,
    /// The latest day after one extension, of which the person must be told by `due`.
    pub extended_due: Option<RequestDate>,
}

/// One date and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDate {
    /// The day to work to.
    pub on: NaiveDate,
    /// The day as moved off weekends and court holidays by Code Civ. Proc. § 12a; shown, never worked to.
    /// `None` when it is a count of business days or the calendar does not cover the year.
    pub last_lawful_day: Option<NaiveDate>,
    /// For business days: the earlier day when only weekends are taken out.
    pub weekdays_only: Option<NaiveDate>,
    pub days: u32,
    pub counted: Counted,
    pub rule: String,
    pub citation: String,
    pub confidence: Confidence,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    #[error("no rule says how long a request of the kind {kind} may take on {on}")]
    NoRule { kind: String, on: NaiveDate },
    #[error("the calendar of working days does not reach far enough from {from}")]
    CalendarEnds { from: NaiveDate },
    #[error(transparent)]
    BadLawFile(#[from] BadLawFile),
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
    clock: Vec<Clock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    id: String,
    kinds: Vec<String>,
    duty: Duty,
    days: u32,
    unit: Counted,
    citation: String,
    #[serde(rename = "source")]
    _source: String,
    confidence: Confidence,
    #[serde(rename = "verified_on", deserialize_with = "day")]
    _verified_on: NaiveDate,
    #[serde(deserialize_with = "day")]
    in_force_from: NaiveDate,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Duty {
    Acknowledge,
    Answer,
    AnswerExtended,
}

/// The dates of a request of one kind (`delete`, `know-specific` …), received at an instant.
///
/// The day of receipt is the local day in `zone` and does not count. Business days are weekdays on which
/// California's state offices are open.
///
/// # Errors
/// [`DateProblem`] when no rule covers the kind on that day, or the calendar does not reach far enough.
pub fn request_dates(kind: &str, received_at: DateTime<Utc>, zone: Tz) -> Result<RequestDates, DateProblem> {
    let received_on = received_at.with_timezone(&zone).date_naive();
    let file: File = toml::from_str(FILE).map_err(|error| BadLawFile {
        file: "us-ca/request-clocks.toml",
        because: error.message().to_owned(),
    })?;
    let of = |duty: Duty| {
        file.clock
            .iter()
            .filter(|it| {
                it.duty == duty && it.in_force_from <= received_on && it.kinds.iter().any(|it| it == kind)
            })
            .max_by_key(|it| it.in_force_from)
            .map(|it| date(it, received_on))
            .transpose()
    };
    Ok(RequestDates {
        received_on,
        acknowledge_by: of(Duty::Acknowledge)?,
        due: of(Duty::Answer)?
            .ok_or_else(|| DateProblem::NoRule { kind: kind.to_owned(), on: received_on })?,
        extended_due: of(Duty::AnswerExtended)?,
    })
}

fn date(clock: &Clock, from: NaiveDate) -> Result<RequestDate, DateProblem> {
    let ends = || DateProblem::CalendarEnds { from };
    let (on, last_lawful_day, weekdays_only) = match clock.unit {
        Counted::CalendarDay => {
            let on = from.checked_add_days(Days::new(u64::from(clock.days))).ok_or_else(ends)?;
            (on, calendar("us-ca-judicial")?.roll(on), None)
        }
        Counted::BusinessDay => {
            let on = calendar("us-ca-state-office")?.nth_open_day_after(from, clock.days).ok_or_else(ends)?;
            let weekdays = weekday_after(from, clock.days).ok_or_else(ends)?;
            (on, None, (weekdays < on).then_some(weekdays))
        }
    };
    Ok(RequestDate {
        on,
        last_lawful_day,
        weekdays_only,
        days: clock.days,
        counted: clock.unit,
        rule: clock.id.clone(),
        citation: clock.citation.clone(),
        confidence: clock.confidence,
    })
}

fn weekday_after(from: NaiveDate, n: u32) -> Option<NaiveDate> {
    use chrono::{Datelike, Weekday};
    let (mut day, mut counted) = (from, 0);
    while counted < n {
        day = day.succ_opt()?;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            counted += 1;
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }
    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }
    const PACIFIC: Tz = chrono_tz::America::Los_Angeles;

    #[test]
    fn thanksgiving_and_the_day_after_do_not_count() {
        let dates = request_dates("know-specific", at("2026-11-20T22:10:00Z"), PACIFIC).unwrap();
        let acknowledge = dates.acknowledge_by.unwrap();
        assert_eq!((acknowledge.on, acknowledge.weekdays_only), (on("2026-12-08"), Some(on("2026-12-04"))));
        assert_eq!((dates.due.on, dates.due.last_lawful_day), (on("2027-01-04"), Some(on("2027-01-04"))));
        assert_eq!(dates.extended_due.unwrap().on, on("2027-02-18"));
    }

    #[test]
    fn a_due_day_on_christmas_stays_and_the_lawful_day_is_shown_beside_it() {
        let dates = request_dates("correct", at("2026-11-10T20:00:00Z"), PACIFIC).unwrap();
        assert_eq!(dates.acknowledge_by.unwrap().on, on("2026-11-25"));
        assert_eq!((dates.due.on, dates.due.last_lawful_day), (on("2026-12-25"), Some(on("2026-12-28"))));
        assert_eq!(dates.extended_due.unwrap().on, on("2027-02-08"));
    }

    #[test]
    fn an_opt_out_has_fifteen_business_days_and_no_acknowledgement() {
        let dates = request_dates("opt-out", at("2026-12-23T20:00:00Z"), PACIFIC).unwrap();
        assert_eq!((dates.acknowledge_by, dates.extended_due), (None, None));
        assert_eq!((dates.due.on, dates.due.weekdays_only), (on("2027-01-15"), Some(on("2027-01-13"))));
    }

    #[test]
    fn the_day_of_receipt_is_the_local_one_and_a_leap_day_counts() {
        let dates = request_dates("delete", at("2028-01-21T07:00:00Z"), PACIFIC).unwrap();
        assert_eq!(dates.received_on, on("2028-01-20"));
        assert_eq!((dates.due.on, dates.due.last_lawful_day), (on("2028-03-05"), Some(on("2028-03-06"))));
    }

    #[test]
    fn beyond_the_calendar_nothing_is_guessed() {
        assert!(matches!(
            request_dates("delete", at("2030-01-02T20:00:00Z"), PACIFIC),
            Err(DateProblem::CalendarEnds { .. })
        ));
        assert!(matches!(
            request_dates("dance", at("2026-01-05T20:00:00Z"), PACIFIC),
            Err(DateProblem::NoRule { .. })
        ));
    }
}
