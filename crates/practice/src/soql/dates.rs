//! Days that a statement names by words: `TODAY`, `LAST_N_DAYS:30`, `THIS_QUARTER`.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// Whether the word names days, and if so whether it needs a number: `LAST_N_DAYS:30`.
///
/// `word` is in upper case. `None` when it is no such word.
pub fn takes_number(word: &str) -> Option<bool> {
    match word {
        "YESTERDAY" | "TODAY" | "TOMORROW" | "LAST_90_DAYS" | "NEXT_90_DAYS" => return Some(false),
        "LAST_N_DAYS" | "NEXT_N_DAYS" | "N_DAYS_AGO" => return Some(true),
        _ => {}
    }
    part(word).map(|(_, when)| matches!(when, When::LastN | When::NextN | When::NAgo))
}

#[derive(Clone, Copy)]
enum Unit {
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Clone, Copy)]
enum When {
    This,
    Last,
    Next,
    LastN,
    NextN,
    NAgo,
}

/// Fiscal years start in January here, so fiscal units equal calendar units.
fn part(word: &str) -> Option<(Unit, When)> {
    let unit = |name: &str| match name.strip_prefix("FISCAL_").unwrap_or(name) {
        "WEEK" if !name.starts_with("FISCAL_") => Some(Unit::Week),
        "MONTH" if !name.starts_with("FISCAL_") => Some(Unit::Month),
        "QUARTER" => Some(Unit::Quarter),
        "YEAR" => Some(Unit::Year),
        _ => None,
    };
    let many = |name: &str| name.strip_suffix('S').and_then(unit);
    if let Some(rest) = word.strip_prefix("LAST_N_") {
        return many(rest).map(|unit| (unit, When::LastN));
    }
    if let Some(rest) = word.strip_prefix("NEXT_N_") {
        return many(rest).map(|unit| (unit, When::NextN));
    }
    if let Some(rest) = word.strip_prefix("N_").and_then(|rest| rest.strip_suffix("_AGO")) {
        return many(rest).map(|unit| (unit, When::NAgo));
    }
    for (prefix, when) in [("THIS_", When::This), ("LAST_", When::Last), ("NEXT_", When::Next)] {
        if let Some(rest) = word.strip_prefix(prefix) {
            return unit(rest).map(|unit| (unit, when));
        }
    }
    None
}

/// The days a word stands for: the first one and the day after the last one.
///
/// `today` is the day in the org's own zone. `None` when the word is unknown or leaves the calendar.
pub fn span(word: &str, n: Option<i64>, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let n = n.unwrap_or(1);
    let days = |from: i64, to: i64| Some((shift(today, from)?, shift(today, to)?));
    match word {
        "YESTERDAY" => return days(-1, 0),
        "TODAY" => return days(0, 1),
        "TOMORROW" => return days(1, 2),
        "LAST_90_DAYS" => return days(-90, 1),
        "NEXT_90_DAYS" => return days(1, 91),
        "LAST_N_DAYS" => return days(n.checked_neg()?, 1),
        "NEXT_N_DAYS" => return days(1, n.checked_add(1)?),
        "N_DAYS_AGO" => return days(n.checked_neg()?, 1 - n),
        _ => {}
    }
    let (unit, when) = part(word)?;
    let (from, to) = match when {
        When::This => (0, 1),
        When::Last => (-1, 0),
        When::Next => (1, 2),
        When::LastN => (-n, 0),
        When::NextN => (1, n + 1),
        When::NAgo => (-n, 1 - n),
    };
    let start = start_of(unit, today)?;
    Some((step(unit, start, from)?, step(unit, start, to)?))
}

fn shift(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

fn start_of(unit: Unit, day: NaiveDate) -> Option<NaiveDate> {
    let first = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1);
    match unit {
        // a week starts on Sunday in an en_US org
        Unit::Week => Some(day.week(Weekday::Sun).first_day()),
        Unit::Month => first(day.month()),
        Unit::Quarter => first(day.month0() / 3 * 3 + 1),
        Unit::Year => first(1),
    }
}

fn step(unit: Unit, start: NaiveDate, by: i64) -> Option<NaiveDate> {
    let months = match unit {
        Unit::Week => return shift(start, by.checked_mul(7)?),
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::Year => 12,
    };
    let by_months = Months::new(u32::try_from(by.unsigned_abs()).ok()?.checked_mul(months)?);
    if by < 0 { start.checked_sub_months(by_months) } else { start.checked_add_months(by_months) }
}

/// The instant at which a day begins in a zone. A day whose midnight is skipped begins an hour later.
pub fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let start: NaiveDateTime = day.and_time(chrono::NaiveTime::MIN);
    let local = zone.from_local_datetime(&start).earliest();
    let later = || zone.from_local_datetime(&(start + TimeDelta::hours(1))).earliest();
    match local.or_else(later) {
        Some(moment) => moment.with_timezone(&Utc),
        None => start.and_utc(),
    }
}

/// A date function of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFunction {
    CalendarMonth,
    CalendarQuarter,
    CalendarYear,
    DayInMonth,
    DayInWeek,
    DayInYear,
    DayOnly,
    HourInDay,
    WeekInMonth,
    WeekInYear,
}

impl DateFunction {
    /// The function of this name, in upper case.
    pub fn named(name: &str) -> Option<DateFunction> {
        Some(match name {
            "CALENDAR_MONTH" | "FISCAL_MONTH" => DateFunction::CalendarMonth,
            "CALENDAR_QUARTER" | "FISCAL_QUARTER" => DateFunction::CalendarQuarter,
            "CALENDAR_YEAR" | "FISCAL_YEAR" => DateFunction::CalendarYear,
            "DAY_IN_MONTH" => DateFunction::DayInMonth,
            "DAY_IN_WEEK" => DateFunction::DayInWeek,
            "DAY_IN_YEAR" => DateFunction::DayInYear,
            "DAY_ONLY" => DateFunction::DayOnly,
            "HOUR_IN_DAY" => DateFunction::HourInDay,
            "WEEK_IN_MONTH" => DateFunction::WeekInMonth,
            "WEEK_IN_YEAR" => DateFunction::WeekInYear,
            _ => return None,
        })
    }

    /// Whether it is defined on datetimes only.
    pub fn needs_time(self) -> bool {
        matches!(self, DateFunction::DayOnly | DateFunction::HourInDay)
    }

    /// Its value for a canonical date or datetime, as canonical text. Days are those of UTC unless
    /// `zone` is given (`convertTimezone`).
    pub fn of(self, text: &str, zone: Option<Tz>) -> Option<String> {
        let (day, hour) = match text.len() {
            10 => (NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?, 0),
            _ => {
                let moment = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
                let local = zone.map_or(moment.naive_utc(), |zone| moment.with_timezone(&zone).naive_local());
                (local.date(), chrono::Timelike::hour(&local.time()))
            }
        };
        let number = match self {
            DateFunction::DayOnly => return Some(day.format("%Y-%m-%d").to_string()),
            DateFunction::CalendarMonth => day.month(),
            DateFunction::CalendarQuarter => day.month0() / 3 + 1,
            DateFunction::CalendarYear => return Some(day.year().to_string()),
            DateFunction::DayInMonth => day.day(),
            DateFunction::DayInWeek => day.weekday().num_days_from_sunday() + 1,
            DateFunction::DayInYear => day.ordinal(),
            DateFunction::HourInDay => hour,
            DateFunction::WeekInMonth => day.day0() / 7 + 1,
            DateFunction::WeekInYear => day.ordinal0() / 7 + 1,
        };
        Some(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{DateFunction, midnight, span, takes_number};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn each_word_stands_for_its_days() {
        // a Saturday
        let today = day("2026-11-21");
        let cases = [
            ("YESTERDAY", None, "2026-11-20", "2026-11-21"),
            ("TODAY", None, "2026-11-21", "2026-11-22"),
            ("TOMORROW", None, "2026-11-22", "2026-11-23"),
            ("LAST_WEEK", None, "2026-11-08", "2026-11-15"),
            ("THIS_WEEK", None, "2026-11-15", "2026-11-22"),
            ("NEXT_WEEK", None, "2026-11-22", "2026-11-29"),
            ("LAST_MONTH", None, "2026-10-01", "2026-11-01"),
            ("THIS_MONTH", None, "2026-11-01", "2026-12-01"),
            ("NEXT_MONTH", None, "2026-12-01", "2027-01-01"),
            ("LAST_90_DAYS", None, "2026-08-23", "2026-11-22"),
            ("NEXT_90_DAYS", None, "2026-11-22", "2027-02-20"),
            ("LAST_N_DAYS", Some(3), "2026-11-18", "2026-11-22"),
            ("NEXT_N_DAYS", Some(3), "2026-11-22", "2026-11-25"),
            ("N_DAYS_AGO", Some(3), "2026-11-18", "2026-11-19"),
            ("LAST_N_WEEKS", Some(2), "2026-11-01", "2026-11-15"),
            ("NEXT_N_WEEKS", Some(2), "2026-11-22", "2026-12-06"),
            ("N_WEEKS_AGO", Some(2), "2026-11-01", "2026-11-08"),
            ("LAST_N_MONTHS", Some(2), "2026-09-01", "2026-11-01"),
            ("NEXT_N_MONTHS", Some(2), "2026-12-01", "2027-02-01"),
            ("N_MONTHS_AGO", Some(12), "2025-11-01", "2025-12-01"),
            ("THIS_QUARTER", None, "2026-10-01", "2027-01-01"),
            ("LAST_QUARTER", None, "2026-07-01", "2026-10-01"),
            ("LAST_N_QUARTERS", Some(2), "2026-04-01", "2026-10-01"),
            ("NEXT_FISCAL_QUARTER", None, "2027-01-01", "2027-04-01"),
            ("THIS_YEAR", None, "2026-01-01", "2027-01-01"),
            ("LAST_N_YEARS", Some(2), "2024-01-01", "2026-01-01"),
            ("NEXT_N_FISCAL_YEARS", Some(1), "2027-01-01", "2028-01-01"),
            ("N_YEARS_AGO", Some(1), "2025-01-01", "2026-01-01"),
        ];
        for (word, n, from, to) in cases {
            assert_eq!(takes_number(word), Some(n.is_some()), "{word}");
            assert_eq!(span(word, n, today), Some((day(from), day(to))), "{word}");
        }
        assert_eq!(takes_number("LAST_N_FISCAL_WEEKS"), None);
        assert_eq!(takes_number("SOMEDAY"), None);
        assert_eq!(span("LAST_N_DAYS", Some(i64::from(u32::MAX)), today), None, "outside of the calendar");
    }

    #[test]
    fn a_day_begins_at_local_midnight() {
        let zone = chrono_tz::America::Los_Angeles;
        assert_eq!(midnight(day("2026-11-21"), zone).to_rfc3339(), "2026-11-21T08:00:00+00:00");
        assert_eq!(midnight(day("2026-07-01"), zone).to_rfc3339(), "2026-07-01T07:00:00+00:00");
    }

    #[test]
    fn date_functions_answer_in_utc_or_in_the_zone_asked_for() {
        let late = "2026-11-22T05:30:00.000Z";
        let zone = Some(chrono_tz::America::Los_Angeles);
        assert_eq!(DateFunction::DayOnly.of(late, None).as_deref(), Some("2026-11-22"));
        assert_eq!(DateFunction::DayOnly.of(late, zone).as_deref(), Some("2026-11-21"));
        assert_eq!(DateFunction::HourInDay.of(late, None).as_deref(), Some("5"));
        assert_eq!(DateFunction::DayInWeek.of("2026-11-21", None).as_deref(), Some("7"));
        assert_eq!(DateFunction::WeekInMonth.of("2026-11-08", None).as_deref(), Some("2"));
        assert_eq!(DateFunction::CalendarQuarter.of("2026-11-08", None).as_deref(), Some("4"));
    }
}
