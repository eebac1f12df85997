//! The dates of one request, as the desk shows them.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::answer::Deed;
use crate::book::{Book, book};
use crate::facts::{FactsProblem, Moment};
use crate::period::Unit;
use crate::request::Kind;
use crate::rule::{Confidence, in_force};

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
    /// The later day on which the period ends in law (Code Civ. Proc. § 12a); shown, never worked to.
    /// `None` when it is the same day, or when the calendar does not cover the year.
    pub last_lawful_day: Option<NaiveDate>,
    /// For business days: the earlier day when only weekends are taken out.
    pub weekdays_only: Option<NaiveDate>,
    pub days: u32,
    pub counted: Unit,
    pub rule: String,
    pub citation: String,
    pub confidence: Confidence,
}

/// The dates of a request of one kind (`delete`, `know-specific` …), received at an instant.
///
/// The day of receipt is the local day in `zone` and does not count. Business days are weekdays on which
/// California's state offices are open.
///
/// # Errors
/// [`FactsProblem`] when no rule covers the kind on that day, or the calendar does not reach far enough.
pub fn request_dates(kind: &str, received_at: DateTime<Utc>, zone: Tz) -> Result<RequestDates, FactsProblem> {
    let book = book()?;
    let no_rule = |on| FactsProblem::NoRule { what: format!("a request of the kind {kind}"), on };
    let at = received_at.with_timezone(&zone);
    let received = Moment { on: at.date_naive(), at };
    let kind = Kind::of_word(kind).ok_or_else(|| no_rule(received.on))?;
    let of = |deeds: &[Deed]| date(book, kind, deeds, &received);
    Ok(RequestDates {
        received_on: received.on,
        acknowledge_by: of(&[Deed::Acknowledge])?,
        due: of(&[Deed::Answer, Deed::OptOut, Deed::Limit])?.ok_or_else(|| no_rule(received.on))?,
        extended_due: of(&[Deed::AnswerExtended])?,
    })
}

fn date(book: &Book, kind: Kind, deeds: &[Deed], from: &Moment) -> Result<Option<RequestDate>, FactsProblem> {
    let Some(rule) = in_force(&book.requests.clocks, from.on)
        .find(|it| deeds.contains(&it.body.duty) && it.body.kinds.contains(&kind))
    else {
        return Ok(None);
    };
    let period = &rule.body.period;
    let counted = period.count(from, &book.calendars)?;
    Ok(Some(RequestDate {
        on: counted.due.day(),
        last_lawful_day: counted.lawful_last_day,
        weekdays_only: counted.strict_alt,
        days: period.count,
        counted: period.unit,
        rule: rule.header.id.clone(),
        citation: rule.header.citation.clone(),
        confidence: rule.header.confidence,
    }))
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
    fn the_day_of_receipt_is_the_local_one() {
        let dates = request_dates("delete", at("2028-01-21T07:00:00Z"), PACIFIC).unwrap();
        assert_eq!(dates.received_on, on("2028-01-20"));
    }

    #[test]
    fn beyond_the_calendar_nothing_is_guessed() {
        let late = request_dates("delete", at("2030-01-02T20:00:00Z"), PACIFIC);
        assert!(matches!(late, Err(FactsProblem::CalendarEnds(_))), "{late:?}");
        let dance = request_dates("dance", at("2026-01-05T20:00:00Z"), PACIFIC);
        assert!(matches!(dance, Err(FactsProblem::NoRule { .. })), "{dance:?}");
        let early = request_dates("delete", at("2019-06-03T20:00:00Z"), PACIFIC);
        assert!(matches!(early, Err(FactsProblem::NoRule { .. })), "{early:?}");
    }
}
