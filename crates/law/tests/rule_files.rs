//! A rule file that says too little, too much or the impossible does not load, and the sentence says where.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests; clippy excuses only the test functions themselves"
)]

use law::Book;

const HEAD: &str = "schema = 1\njurisdiction = \"US-CA\"\nsubject = \"request-clocks\"\n";
const RULE: &str = r#"
[[clock]]
id = "us-ca.request.answer"
about = "Answer the request"
citation = "Cal. Civ. Code § 1798.130"
source = "https://leginfo.legislature.ca.gov/"
confidence = "confirmed"
verified_on = 2026-11-21
review_by = 2027-03-31
in_force_from = 2020-01-01
select_by = "receipt"
kinds = ["DELETE"]
duty = "answer"
period = { count = 45, unit = "calendar-day" }
"#;

const PATH: &str = "us-ca/request-clocks.toml";

fn refused(text: &str) -> String {
    match Book::read(&[(PATH, text)]) {
        Ok(_) => panic!("the file was taken:\n{text}"),
        Err(bad) => bad.to_string(),
    }
}

/// The good rule with one passage changed.
fn changed(from: &str, to: &str) -> String {
    assert!(RULE.contains(from), "{from}");
    refused(&format!("{HEAD}{}", RULE.replace(from, to)))
}

fn says(sentence: &str, words: &[&str]) {
    for word in words.iter().chain(&[PATH]) {
        assert!(sentence.contains(word), "{word:?} is missing in: {sentence}");
    }
}

#[test]
fn the_good_file_loads() {
    Book::read(&[(PATH, &format!("{HEAD}{RULE}"))]).map(drop).unwrap();
}

#[test]
fn every_key_of_the_header_is_needed() {
    for key in [
        "about",
        "citation",
        "source",
        "confidence",
        "verified_on",
        "review_by",
        "in_force_from",
        "select_by",
    ] {
        let line = RULE.lines().find(|it| it.starts_with(&format!("{key} ="))).unwrap();
        says(&changed(&format!("{line}\n"), ""), &["us-ca.request.answer", &format!("`{key}`")]);
    }
    says(&changed("id = \"us-ca.request.answer\"\n", ""), &["without id", "`id`"]);
}

#[test]
fn every_key_of_the_body_is_needed_and_no_other_is_taken() {
    for key in ["kinds", "duty", "period"] {
        let line = RULE.lines().find(|it| it.starts_with(&format!("{key} ="))).unwrap();
        says(&changed(&format!("{line}\n"), ""), &["us-ca.request.answer", &format!("`{key}`")]);
    }
    says(&changed("duty =", "colour = 3\nduty ="), &["us-ca.request.answer", "`colour`"]);
    says(&changed("count = 45", "count = 45, speed = 1"), &["us-ca.request.answer", "speed"]);
}

#[test]
fn impossible_values_are_named() {
    says(&changed("2020-01-01", "2020-02-30"), &["us-ca.request.answer", "in_force_from"]);
    says(&changed("2020-01-01", "\"2020-01-01\""), &["us-ca.request.answer", "in_force_from"]);
    says(
        &changed("2020-01-01", "2020-01-01T10:00:00Z"),
        &["us-ca.request.answer", "in_force_from", "no day"],
    );
    says(&changed("2020-01-01", "2020-01-01\nin_force_to = 2019-12-31"), &["in_force_to"]);
    says(&changed("\"confirmed\"", "\"sure\""), &["us-ca.request.answer", "confidence", "sure"]);
    says(&changed("\"DELETE\"", "\"FORGET\""), &["us-ca.request.answer", "FORGET"]);
    says(&changed("count = 45", "count = -45"), &["us-ca.request.answer", "-45"]);
    says(&changed("count = 45", "count = 0"), &["us-ca.request.answer", "count"]);
    says(&changed("calendar-day", "business-day"), &["us-ca.request.answer", "calendar"]);
    says(&changed("2027-03-31", "2026-03-31"), &["us-ca.request.answer", "review_by"]);
    says(&changed("Cal. Civ. Code § 1798.130", " "), &["us-ca.request.answer", "citation", "empty"]);
    says(&changed("https://leginfo", "ftp://leginfo"), &["us-ca.request.answer", "source"]);
    says(&changed("\"us-ca.request.answer\"", "\"us-ny.request.answer\""), &["us-ny.request.answer", "id"]);
    says(
        &changed("unit = \"calendar-day\"", "unit = \"calendar-day\", lawful_roll = \"moon\""),
        &["us-ca.request.answer", "moon"],
    );
}

#[test]
fn versions_may_follow_one_another_but_not_overlap() {
    let ended = RULE.replace("2020-01-01", "2020-01-01\nin_force_to = 2026-12-31");
    let next = RULE.replace("2020-01-01", "2027-01-01");
    Book::read(&[(PATH, &format!("{HEAD}{ended}{next}"))]).map(drop).unwrap();
    let early = RULE.replace("2020-01-01", "2026-12-31");
    says(
        &refused(&format!("{HEAD}{ended}{early}")),
        &["us-ca.request.answer", "2020-01-01", "2026-12-31", "in_force_from"],
    );
    says(&refused(&format!("{HEAD}{RULE}{next}")), &["us-ca.request.answer", "2027-01-01"]);
}

#[test]
fn the_top_of_the_file_is_strict_too() {
    says(&refused(&RULE.replace("[[clock]]", "[[watch]]").replacen('\n', HEAD, 1)), &["[[watch]]"]);
    says(&refused(&format!("{HEAD}mood = 1\n{RULE}")), &["`mood`"]);
    says(&refused(&format!("{}{RULE}", HEAD.replace("= 1", "= 2"))), &["`schema`"]);
    says(&refused(&format!("{}{RULE}", HEAD.replace("US-CA", "US-NY"))), &["us-ny/request-clocks.toml"]);
    says(&refused(&HEAD.replace("request-clocks", "weather")), &["us-ca/weather.toml"]);
    says(&refused("schema = "), &["line 1"]);
}

#[test]
fn one_id_stands_in_one_file() {
    let second = HEAD.replace("US-CA", "US").to_owned() + RULE;
    let refused = Book::read(&[(PATH, &format!("{HEAD}{RULE}")), ("us/request-clocks.toml", &second)]);
    let sentence = refused.map(drop).unwrap_err().to_string();
    assert!(sentence.contains("us/request-clocks.toml") && sentence.contains("id"), "{sentence}");
}

#[test]
fn a_calendar_closes_only_weekdays_of_its_own_years() {
    let calendar = |closed: &str| {
        format!(
            r#"schema = 1
jurisdiction = "US-CA"
subject = "calendars"
[[calendar]]
id = "us-ca.calendar.x"
name = "x"
about = "x"
citation = "§ 1"
source = "https://example.com/"
confidence = "memory"
verified_on = 2026-11-21
review_by = 2027-03-31
in_force_from = 2025-01-01
select_by = "day"
first_year = 2026
last_year = 2026
closed = [{{ name = "x", on = [{closed}] }}]
"#
        )
    };
    let read = |closed: &str| {
        Book::read(&[("us-ca/calendars.toml", &calendar(closed))]).map(drop).map_err(|it| it.to_string())
    };
    assert_eq!(read("2026-01-01"), Ok(()));
    for closed in ["2026-01-03", "2027-01-01", "2026-01-01, 2026-01-01", "2026-02-29"] {
        let sentence = read(closed).unwrap_err();
        assert!(sentence.contains("us-ca.calendar.x") && sentence.contains("closed"), "{sentence}");
    }
}
