//! Calendars as data: the days that do not count.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::period::Period;
use crate::rule::{BadLawFile, Origin, Rule, days};

/// What a calendar file says of one calendar.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// `us-ca-state-office`
    pub name: String,
    pub first_year: i32,
    pub last_year: i32,
    /// Saturdays and Sundays are closed in every calendar and are not listed.
    pub closed: Vec<Closed>,
}

/// One holiday and the days on which it closes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    pub name: String,
    #[serde(deserialize_with = "days")]
    pub on: Vec<NaiveDate>,
}

/// A year that a calendar does not cover: nothing is guessed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the calendar {calendar} covers {first_year} to {last_year} only and cannot say whether {day} counts"
)]
pub struct CalendarEnds {
    pub calendar: String,
    pub first_year: i32,
    pub last_year: i32,
    pub day: NaiveDate,
}

/// A day on which a calendar is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosedDay {
    pub on: NaiveDate,
    pub weekday: String,
    pub name: String,
}

impl Calendar {
    /// Whether the day counts.
    ///
    /// # Errors
    /// [`CalendarEnds`] for a year outside the calendar.
    pub fn is_open(&self, day: NaiveDate) -> Result<bool, CalendarEnds> {
        if !(self.first_year..=self.last_year).contains(&day.year()) {
            return Err(self.ends(day));
        }
        Ok(!weekend(day) && !self.closed.iter().any(|it| it.on.contains(&day)))
    }

    /// The `n`th open day after `from`, which does not count itself.
    ///
    /// # Errors
    /// [`CalendarEnds`] when the count leaves the calendar.
    pub fn nth_open_day_after(&self, from: NaiveDate, n: u32) -> Result<NaiveDate, CalendarEnds> {
        let (mut day, mut counted) = (from, 0);
        while counted < n {
            day = day.succ_opt().ok_or_else(|| self.ends(day))?;
            counted += u32::from(self.is_open(day)?);
        }
        Ok(day)
    }

    /// The first open day from `day` on, `day` included.
    ///
    /// # Errors
    /// [`CalendarEnds`] when the search leaves the calendar.
    pub fn roll(&self, day: NaiveDate) -> Result<NaiveDate, CalendarEnds> {
        let mut day = day;
        while !self.is_open(day)? {
            day = day.succ_opt().ok_or_else(|| self.ends(day))?;
        }
        Ok(day)
    }

    /// The weekdays of a year on which it is closed, in order.
    ///
    /// # Errors
    /// [`CalendarEnds`] for a year outside the calendar.
    pub fn closed_in(&self, year: i32) -> Result<Vec<ClosedDay>, CalendarEnds> {
        if !(self.first_year..=self.last_year).contains(&year) {
            return Err(self.ends(NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()));
        }
        let mut days: Vec<ClosedDay> = self
            .closed
            .iter()
            .flat_map(|it| it.on.iter().map(|on| (on, &it.name)))
            .filter(|(on, _)| on.year() == year)
            .map(|(on, name)| ClosedDay { on: *on, weekday: on.format("%A").to_string(), name: name.clone() })
            .collect();
        days.sort_by_key(|it| it.on);
        Ok(days)
    }

    fn ends(&self, day: NaiveDate) -> CalendarEnds {
        CalendarEnds {
            calendar: self.name.clone(),
            first_year: self.first_year,
            last_year: self.last_year,
            day,
        }
    }

    fn fault(&self) -> Option<String> {
        if self.last_year < self.first_year {
            return Some("`last_year` lies before `first_year`".to_owned());
        }
        let all = || self.closed.iter().flat_map(|it| it.on.iter());
        let odd = all().find(|on| weekend(**on) || !(self.first_year..=self.last_year).contains(&on.year()));
        if let Some(on) = odd {
            return Some(format!("`closed`: {on} is a weekend or outside the calendar's years"));
        }
        let twice = all().find(|on| all().filter(|it| it == on).count() > 1)?;
        Some(format!("`closed`: {twice} stands there twice"))
    }
}

fn weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Every calendar of the book.
pub struct Calendars(Vec<Rule<Calendar>>);

impl Calendars {
    pub(crate) fn new(calendars: Vec<Rule<Calendar>>) -> Result<Self, BadLawFile> {
        for (n, it) in calendars.iter().enumerate() {
            let fault = it.body.fault().or_else(|| {
                calendars
                    .iter()
                    .take(n)
                    .any(|other| other.body.name == it.body.name)
                    .then(|| "`name` is taken by another calendar".to_owned())
            });
            if let Some(fault) = fault {
                return Err(it.origin.bad(format!("rule {}: {fault}", it.header.id)));
            }
        }
        Ok(Self(calendars))
    }

    /// The calendar of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Rule<Calendar>> {
        self.0.iter().find(|it| it.body.name == name)
    }

    /// The calendar of that name; one that is not in the book covers no year.
    pub(crate) fn find(&self, name: &str, day: NaiveDate) -> Result<&Calendar, CalendarEnds> {
        self.named(name).map(|it| &it.body).ok_or_else(|| CalendarEnds {
            calendar: name.to_owned(),
            first_year: 0,
            last_year: 0,
            day,
        })
    }

    /// The names of all calendars.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|it| it.body.name.as_str())
    }

    /// Refuses a period that counts by a calendar that is not there.
    pub(crate) fn know(&self, period: &Period, id: &str, origin: &Origin) -> Result<(), BadLawFile> {
        let unknown =
            period.calendar.iter().chain(&period.lawful_roll).find(|name| self.named(name).is_none());
        match unknown {
            Some(name) => Err(origin.bad(format!("rule {id}: `period` names the unknown calendar {name}"))),
            None => Ok(()),
        }
    }
}
