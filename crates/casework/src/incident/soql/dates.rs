//! Days, times and the names of days (`TODAY`, `LAST_N_DAYS:30`), as they were meant when the query ran.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use super::Then;
use crate::query::{Condition, Literal, Operator};

/// A time or day of the statement.
pub(super) fn moment(text: &str) -> Option<Literal> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Literal::Date(day));
    }
    let at = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%#z"))
        .ok()?;
    Some(Literal::DateTime(at.to_utc()))
}

/// The days that a named range means: from the first to before the last. `None` for names that depend on the org's
/// fiscal year, or on no calendar of ours.
pub(super) fn range(name: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let upper = name.to_ascii_uppercase();
    let (word, n) = match upper.split_once(':') {
        Some((word, n)) => (word, n.parse::<u32>().ok()?),
        None => (upper.as_str(), 1),
    };
    let days =
        |from: NaiveDate, count: u32| Some((from, from.checked_add_days(Days::new(u64::from(count)))?));
    let back = |count: u32| today.checked_sub_days(Days::new(u64::from(count)));
    let tomorrow = today.checked_add_days(Days::new(1))?;
    let week = today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_sunday())))?;
    let month = today.with_day(1)?;
    let year = month.with_month(1)?;
    let quarter = month.with_month((today.month0() / 3) * 3 + 1)?;
    let sevens = |count: u32| count.checked_mul(7);
    let span = |from: NaiveDate, months: u32| Some((from, from.checked_add_months(Months::new(months))?));
    let before = |to: NaiveDate, months: u32| Some((to.checked_sub_months(Months::new(months))?, to));
    match word {
        "TODAY" => days(today, 1),
        "YESTERDAY" => Some((back(1)?, today)),
        "TOMORROW" => days(tomorrow, 1),
        "THIS_WEEK" => days(week, 7),
        "LAST_WEEK" => Some((week.checked_sub_days(Days::new(7))?, week)),
        "NEXT_WEEK" => days(week.checked_add_days(Days::new(7))?, 7),
        "LAST_N_WEEKS" => Some((week.checked_sub_days(Days::new(u64::from(sevens(n)?)))?, week)),
        "THIS_MONTH" => span(month, 1),
        "LAST_MONTH" => before(month, 1),
        "NEXT_MONTH" => span(month.checked_add_months(Months::new(1))?, 1),
        "LAST_N_MONTHS" => before(month, n),
        "THIS_QUARTER" => span(quarter, 3),
        "LAST_QUARTER" => before(quarter, 3),
        "THIS_YEAR" => span(year, 12),
        "LAST_YEAR" => before(year, 12),
        "NEXT_YEAR" => span(year.checked_add_months(Months::new(12))?, 12),
        "LAST_N_YEARS" => before(year, n.checked_mul(12)?),
        "LAST_90_DAYS" => Some((back(90)?, tomorrow)),
        "NEXT_90_DAYS" => days(tomorrow, 90),
        "LAST_N_DAYS" => Some((back(n)?, tomorrow)),
        "NEXT_N_DAYS" => days(tomorrow, n),
        _ => None,
    }
}

/// `field <sign> range`, as comparisons with the first and the last day.
pub(super) fn compare(
    field: &str,
    sign: &str,
    (from, to): (NaiveDate, NaiveDate),
    then: &Then<'_>,
) -> Condition {
    let timed = (then.holds_time)(field);
    let value = |day: NaiveDate| {
        if timed { Literal::DateTime((then.midnight)(day)) } else { Literal::Date(day) }
    };
    let one = |operator, day| Condition::Compare { field: field.to_owned(), operator, value: value(day) };
    let within = Condition::All(vec![one(Operator::GreaterOrEqual, from), one(Operator::Less, to)]);
    match sign {
        "<" => one(Operator::Less, from),
        "<=" => one(Operator::Less, to),
        ">" => one(Operator::GreaterOrEqual, to),
        ">=" => one(Operator::GreaterOrEqual, from),
        "!=" | "<>" => Condition::Not(Box::new(within)),
        _ => within,
    }
}

/// A day in the place of a time means that day's midnight in UTC, as Salesforce reads it.
pub(super) fn at_midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}
