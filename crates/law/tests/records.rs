//! Records, the yearly figures, looking things up.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests; clippy excuses only the test functions themselves"
)]

use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn records_are_kept_for_24_months() {
    let book = law::book().unwrap();
    let kept = book.keep_until(day("2026-11-20")).unwrap();
    assert_eq!(
        (kept.until, kept.months, kept.rule.as_str()),
        (day("2028-11-20"), 24, "us-ca.records.requests")
    );
    assert_eq!(book.keep_until(day("2024-02-29")).unwrap().until, day("2026-02-28"));
    assert!(book.keep_until(day("2010-01-01")).unwrap_err().to_string().contains("2010-01-01"));
}

#[test]
fn the_figures_of_a_year_are_published_by_july_first_of_the_next() {
    let book = law::book().unwrap();
    let owed = |consumers| book.metrics_due(2026, consumers).unwrap().owed;
    assert_eq!(book.metrics_due(2026, None).unwrap().publish_by, day("2027-07-01"));
    assert_eq!((owed(None), owed(Some(9_999_999)), owed(Some(10_000_000))), (None, Some(false), Some(true)));
    assert_eq!(book.metrics_due(2026, None).unwrap().reports.len(), 5);
    assert_eq!(book.metrics_due(2027, None).unwrap().reports.len(), 7);
    assert!(book.metrics_due(2019, None).is_err());
}

#[test]
fn the_privacy_policy_comes_round_every_year() {
    assert_eq!(law::book().unwrap().privacy_policy_due(day("2026-03-01")).unwrap(), day("2027-03-01"));
}

#[test]
fn a_rule_is_found_by_its_day_and_its_absence_is_explained() {
    let book = law::book().unwrap();
    let scope = |on: Option<&str>| book.rule("us-ca.request.deletion-scope", on.map(day));
    assert_eq!(scope(Some("2026-12-31")).unwrap().body["scope"], "from");
    assert_eq!(scope(Some("2027-01-01")).unwrap().body["scope"], "from_or_about");
    assert_eq!(scope(None).unwrap().header.in_force_from, day("2027-01-01"));
    let early = scope(Some("2019-01-01")).unwrap_err().to_string();
    assert!(early.contains("2020-01-01 to 2026-12-31, 2027-01-01 onwards"), "{early}");
    assert!(book.rule("us-ca.request.dance", None).unwrap_err().to_string().contains("us-ca.request.dance"));
}

#[test]
fn a_calendars_year_is_listed_with_weekdays() {
    let book = law::book().unwrap();
    let year = book.calendar_year("us-ca-state-office", 2028).unwrap();
    let veterans = year.closed.iter().find(|it| it.name == "Veterans Day").unwrap();
    assert_eq!((veterans.on, veterans.weekday.as_str()), (day("2028-11-10"), "Friday"));
    assert!(book.calendar_year("us-ca-state-office", 2031).unwrap_err().to_string().contains("2025 to 2028"));
    assert!(book.calendar_year("moon", 2026).unwrap_err().to_string().contains("us-federal"));
}
