//! Calendars against the rules they were written from, and counting against properties.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests; clippy excuses only the test functions themselves"
)]

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use law::calendar::Calendar;
use law::facts::{Moment, Zone};
use law::period::{Due, Period, Unit};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar(name: &str) -> &'static Calendar {
    &law::book().unwrap().calendars().named(name).unwrap().body
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn nth(year: i32, month: u32, weekday: Weekday, n: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, n).unwrap()
}

fn last_monday(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 5)
        .unwrap_or_else(|| nth(year, month, Weekday::Mon, 4))
}

/// A holiday on a Sunday closes the Monday; on a Saturday the Friday before, or nothing.
fn observed(on: NaiveDate, saturday_closes_friday: bool) -> Option<NaiveDate> {
    match on.weekday() {
        Weekday::Sun => on.succ_opt(),
        Weekday::Sat if saturday_closes_friday => on.pred_opt(),
        Weekday::Sat => None,
        _ => Some(on),
    }
}

fn closed(name: &str) -> BTreeSet<NaiveDate> {
    (2025..=2028).flat_map(|year| calendar(name).closed_in(year).unwrap()).map(|it| it.on).collect()
}

/// What the rules give for the years of the calendars.
fn by_rule(of_year: impl Fn(i32) -> Vec<Option<NaiveDate>>) -> BTreeSet<NaiveDate> {
    (2025..=2029).flat_map(of_year).flatten().filter(|it| it.year() <= 2028).collect()
}

fn floating(y: i32) -> Vec<Option<NaiveDate>> {
    use Weekday::{Mon, Thu};
    vec![
        Some(nth(y, 1, Mon, 3)),
        Some(nth(y, 2, Mon, 3)),
        Some(last_monday(y, 5)),
        Some(nth(y, 9, Mon, 1)),
        Some(nth(y, 11, Thu, 4)),
    ]
}

#[test]
fn state_offices_close_by_the_government_code() {
    let rules = by_rule(|y| {
        let mut days = floating(y);
        days.extend([(1, 1), (3, 31), (7, 4), (12, 25)].map(|(m, d)| observed(date(y, m, d), false)));
        days.push(observed(date(y, 11, 11), true));
        days.push(nth(y, 11, Weekday::Thu, 4).succ_opt());
        days
    });
    assert_eq!(closed("us-ca-state-office"), rules);
}

#[test]
fn courts_close_by_the_code_of_civil_procedure() {
    let rules = by_rule(|y| {
        let mut days = floating(y);
        let fixed = [(1, 1), (2, 12), (3, 31), (6, 19), (7, 4), (11, 11), (12, 25)];
        days.extend(fixed.map(|(m, d)| observed(date(y, m, d), true)));
        days.push(nth(y, 11, Weekday::Thu, 4).succ_opt());
        days.push(Some(nth(y, 9, Weekday::Fri, 4)));
        days
    });
    assert_eq!(closed("us-ca-judicial"), rules);
}

#[test]
fn federal_offices_close_by_title_5() {
    let rules = by_rule(|y| {
        let mut days = floating(y);
        let fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];
        days.extend(fixed.map(|(m, d)| observed(date(y, m, d), true)));
        days.push(Some(nth(y, 10, Weekday::Mon, 2)));
        days
    });
    assert_eq!(closed("us-federal"), rules);
    assert!(closed("weekdays-only").is_empty());
}

#[test]
fn outside_its_years_a_calendar_says_so() {
    let office = calendar("us-ca-state-office");
    assert!(office.is_open(day("2024-12-31")).is_err());
    assert!(office.is_open(day("2029-01-02")).is_err());
    assert!(office.closed_in(2029).is_err());
    assert!(office.nth_open_day_after(day("2028-12-28"), 3).is_err());
    assert_eq!(office.nth_open_day_after(day("2028-12-28"), 1), Ok(day("2028-12-29")));
    assert!(calendar("us-ca-judicial").roll(day("2028-12-31")).is_err());
}

#[test]
fn v6_hours_are_elapsed_hours_though_the_clocks_go_back() {
    let zone = Zone::read(Some("Europe/Berlin")).unwrap();
    let aware = zone.moment("discovered_at", "2026-10-23T18:00:00").unwrap();
    let hours = Period { count: 72, unit: Unit::Hour, calendar: None, lawful_roll: None };
    let counted = hours.count(&aware, law::book().unwrap().calendars()).unwrap();
    assert_eq!(counted.due.to_string(), "2026-10-26T17:00:00+01:00");
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0..1200_u64).prop_map(|n| date(2025, 1, 1).checked_add_days(Days::new(n)).unwrap())
}

fn business(count: u32) -> Period {
    let calendar = Some("us-ca-state-office".to_owned());
    Period { count, unit: Unit::BusinessDay, calendar, lawful_roll: Some("us-ca-judicial".to_owned()) }
}

fn from(on: NaiveDate) -> Moment {
    Zone::read(Some("America/Los_Angeles")).unwrap().moment("received_at", &on.to_string()).unwrap()
}

proptest! {
    #[test]
    fn exactly_so_many_open_days_lie_in_a_count_and_the_last_is_open(on in some_day(), n in 1..60_u32) {
        let office = calendar("us-ca-state-office");
        let due = office.nth_open_day_after(on, n).unwrap();
        let open = on.iter_days().skip(1).take_while(|it| *it <= due).filter(|it| office.is_open(*it).unwrap()).count();
        prop_assert_eq!(u32::try_from(open).unwrap(), n);
        prop_assert!(office.is_open(due).unwrap());
    }

    #[test]
    fn counts_grow_with_the_day_and_with_the_number(on in some_day(), n in 1..40_u32) {
        let office = calendar("us-ca-state-office");
        let due = office.nth_open_day_after(on, n).unwrap();
        prop_assert!(office.nth_open_day_after(on, n + 1).unwrap() > due);
        prop_assert!(office.nth_open_day_after(on.succ_opt().unwrap(), n).unwrap() >= due);
    }

    #[test]
    fn the_three_dates_stand_in_order(on in some_day(), n in 1..40_u32) {
        let counted = business(n).count(&from(on), law::book().unwrap().calendars()).unwrap();
        let due = counted.due.day();
        prop_assert!(counted.strict_alt.is_none_or(|it| it < due && it > on));
        prop_assert!(counted.lawful_last_day.is_none_or(|it| it > due));
        let court = calendar("us-ca-judicial");
        prop_assert_eq!(counted.lawful_last_day.is_none(), court.is_open(due).unwrap());
        prop_assert!(court.is_open(counted.lawful_last_day.unwrap_or(due)).unwrap());
    }

    #[test]
    fn the_day_of_receipt_is_the_local_one_everywhere(
        seconds in 1_735_700_000_i64..1_830_000_000, zone in proptest::sample::select(&chrono_tz::TZ_VARIANTS[..]),
    ) {
        let at = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap();
        let read = Zone::read(Some(zone.name())).unwrap();
        let moment = read.moment("received_at", &at.to_rfc3339()).unwrap();
        prop_assert_eq!(moment.on, at.with_timezone(&zone).date_naive());
        let plain = Period { count: 45, unit: Unit::CalendarDay, calendar: None, lawful_roll: None };
        let counted = plain.count(&moment, law::book().unwrap().calendars()).unwrap();
        prop_assert_eq!(counted.due.day() - moment.on, TimeDelta::days(45));
        let hours = Period { count: 72, unit: Unit::Hour, calendar: None, lawful_roll: None };
        let Due::Instant(end) = hours.count(&moment, law::book().unwrap().calendars()).unwrap().due else {
            return Err(TestCaseError::fail("hours end at an instant"));
        };
        prop_assert_eq!(end.with_timezone(&Utc) - at, TimeDelta::hours(72));
    }

    #[test]
    fn no_text_makes_the_reader_panic_or_guess(text in "\\PC{0,30}|[0-9T:Z+ -]{8,26}") {
        let zone = Zone::read(Some("America/Los_Angeles")).unwrap();
        if let Ok(moment) = zone.moment("received_at", &text) {
            let year = moment.on.format("%Y").to_string();
            let before = moment.on.pred_opt().unwrap().format("%Y").to_string();
            let after = moment.on.succ_opt().unwrap().format("%Y").to_string();
            prop_assert!([year, before, after].iter().any(|it| text.contains(it.as_str())), "{text} became {}", moment.on);
        }
    }
}
