//! Counting: calendar days, business days, hours. The day or hour of the event itself does not count.

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, TimeDelta};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize, Serializer};

use crate::calendar::{Calendar, CalendarEnds, Calendars};
use crate::facts::Moment;

/// How the length of a period is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    CalendarDay,
    BusinessDay,
    /// Elapsed hours; a change of the clocks in between changes nothing.
    Hour,
}

impl Unit {
    fn words(self, count: u32) -> String {
        let one = match self {
            Self::CalendarDay => "calendar day",
            Self::BusinessDay => "business day",
            Self::Hour => "hour",
        };
        format!("{count} {one}{}", if count == 1 { "" } else { "s" })
    }
}

/// How long a duty lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Period {
    pub count: u32,
    pub unit: Unit,
    /// Which days are business days; there exactly when `unit` is `business-day`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// The calendar that moves the last day in law, such as Code Civ. Proc. § 12a does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lawful_roll: Option<String>,
}

/// Ten years of days: more is a slip of the pen.
const MOST: u32 = 3660;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    count: u32,
    unit: Unit,
    calendar: Option<String>,
    lawful_roll: Option<String>,
}

impl TryFrom<Written> for Period {
    type Error = &'static str;

    fn try_from(it: Written) -> Result<Self, Self::Error> {
        let Written { count, unit, calendar, lawful_roll } = it;
        if (unit == Unit::BusinessDay) != calendar.is_some() {
            return Err("`period`: `calendar` is needed for business days, and only for them");
        }
        if !(1..=MOST).contains(&count) {
            return Err("`period`: `count` is not between 1 and 3660");
        }
        if unit == Unit::Hour && lawful_roll.is_some() {
            return Err("`period`: hours are not rolled");
        }
        Ok(Self { count, unit, calendar, lawful_roll })
    }
}

/// The end of a period: a day, which ends at 23:59:59 in the business's zone, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Day(NaiveDate),
    Instant(DateTime<Tz>),
}

impl Due {
    /// The day, in the zone of the business.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Instant(at) => at.date_naive(),
        }
    }
}

impl std::fmt::Display for Due {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(out, "{day}"),
            Self::Instant(at) => out.write_str(&at.to_rfc3339_opts(SecondsFormat::Secs, false)),
        }
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// A period counted from an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The plain count: what to work to.
    pub due: Due,
    /// Where the law moves the last day to; `None` when it stays. Shown, never worked to.
    pub lawful_last_day: Option<NaiveDate>,
    /// For business days: the earlier day when only weekends are taken out; `None` when it is the same.
    pub strict_alt: Option<NaiveDate>,
    /// How it was counted, in order.
    pub path: Vec<String>,
    /// What could not be said, in sentences.
    pub cautions: Vec<String>,
}

impl Period {
    /// Counts from an event.
    ///
    /// # Errors
    /// [`CalendarEnds`] when business days run out of the calendar. When only the move of the last day is not
    /// known, the plain count stands and a caution says so.
    pub fn count(&self, from: &Moment, calendars: &Calendars) -> Result<Counted, CalendarEnds> {
        let length = self.unit.words(self.count);
        let mut strict_alt = None;
        let (due, step) = match self.unit {
            Unit::CalendarDay => {
                let due =
                    from.on.checked_add_days(Days::new(u64::from(self.count))).unwrap_or(NaiveDate::MAX);
                (Due::Day(due), format!("{length} after {} end on {due}", from.on))
            }
            Unit::BusinessDay => {
                let name = self.calendar.as_deref().unwrap_or_default();
                let due = calendars.find(name, from.on)?.nth_open_day_after(from.on, self.count)?;
                strict_alt = weekday_after(from.on, self.count).filter(|it| *it < due);
                (Due::Day(due), format!("{length} by {name} after {} end on {due}", from.on))
            }
            Unit::Hour => {
                let hours = TimeDelta::hours(i64::from(self.count));
                let due = Due::Instant(from.at.checked_add_signed(hours).unwrap_or(from.at));
                (due, format!("{length} after {} end at {due}", Due::Instant(from.at)))
            }
        };
        let path = vec![step];
        let mut counted = Counted { due, lawful_last_day: None, strict_alt, path, cautions: Vec::new() };
        if let Some(court) = &self.lawful_roll {
            counted.roll(calendars.find(court, from.on)?);
        }
        Ok(counted)
    }
}

impl Counted {
    fn roll(&mut self, court: &Calendar) {
        let due = self.due.day();
        match court.roll(due) {
            Ok(rolled) if rolled == due => {}
            Ok(rolled) => {
                self.path.push(format!(
                    "{due} is closed in {}; the law moves the last day to {rolled}",
                    court.name
                ));
                self.lawful_last_day = Some(rolled);
            }
            Err(ends) => self.cautions.push(format!("The last lawful day is not known: {ends}.")),
        }
    }
}

fn weekday_after(from: NaiveDate, n: u32) -> Option<NaiveDate> {
    use chrono::{Datelike, Weekday};
    let (mut day, mut counted) = (from, 0);
    while counted < n {
        day = day.succ_opt()?;
        counted += u32::from(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    }
    Some(day)
}
