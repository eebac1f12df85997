//! What happened in its order, and how much was read when: one telling for the paper and for the screen.

use std::collections::BTreeMap;

use casework::incident::{Finding, LogEvent, Read};
use chrono::{DateTime, Duration, DurationRound as _, Utc};
use serde::Serialize;
use ts_rs::TS;
use vault::{IncidentFile, KeptLog};

use super::look::EventLine;
use crate::answering::seconds;
use crate::desk::{Desk, instant};
use crate::problem::Problem;

/// Events on a screen; the others are counted.
const EVENTS: usize = 500;
/// Bars of the chart at most.
const BARS: i64 = 48;

/// The events behind the confirmed findings, oldest first, with those of the same sessions and requests.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct ChronicleView {
    pub events: Vec<Happened>,
    /// How many more there are, later ones.
    pub beyond: u64,
    /// `None` while nothing is confirmed.
    pub volume: Option<Volume>,
}

/// One event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Happened {
    #[serde(flatten)]
    #[ts(flatten)]
    pub event: EventLine,
    /// Confirmed findings that rest on it; none when it only belongs to the same session.
    pub findings: Vec<String>,
    /// 1, 2, 3 … by the first event of each session; `None` where the log names none.
    pub session: Option<u32>,
}

/// Records that the logs count, in equal stretches of time around the confirmed findings.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Volume {
    pub bars: Vec<VolumeBar>,
    pub step_hours: i64,
    pub caption: String,
    /// The same in words.
    pub alternative: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct VolumeBar {
    /// UTC, RFC 3339.
    pub at: String,
    pub label: String,
    pub records: u64,
    /// Within the time of the confirmed findings.
    pub inside: bool,
}

/// What an event is ordered by.
type Order = (DateTime<Utc>, String, u64);

impl Desk {
    /// The timeline of an incident.
    ///
    /// # Errors
    /// `not_examined` before the first `find`.
    pub fn incident_chronicle(&self, incident: &str) -> Result<ChronicleView, Problem> {
        let file = self.incident_file(incident)?;
        let confirmed = self.confirmed_findings(incident)?;
        let (events, beyond) = self.chronicle(&file, &confirmed, EVENTS, true)?;
        let volume = match self.taken_between(&file) {
            Some((from, to)) => self.volume(incident, &from, &to)?,
            None => None,
        };
        Ok(ChronicleView { events, beyond, volume })
    }

    /// The first events behind these findings in the order of time, and how many come after; with the rest of their sessions
    /// where that is wanted.
    pub(super) fn chronicle(
        &self,
        file: &IncidentFile,
        confirmed: &[Finding],
        most: usize,
        sessions: bool,
    ) -> Result<(Vec<Happened>, u64), Problem> {
        let belongs = |it: &Finding, event: &LogEvent<'_>| {
            sessions && it.session.iter().any(|one| one.covers(event.source, event.row))
        };
        let named = |log: &KeptLog| {
            let all = confirmed.iter().flat_map(|it| it.evidence.iter().chain(&it.session));
            all.into_iter().any(|it| it.source() == log.source)
        };
        let mut events = BTreeMap::<Order, (EventLine, Vec<String>, Option<String>)>::new();
        let mut beyond = 0_u64;
        self.kept_records(file, named, &mut |read| {
            let Read::Event(event) = read else { return };
            let findings: Vec<String> =
                confirmed.iter().filter(|it| it.rests_on(&event)).map(|it| it.finding.clone()).collect();
            if findings.is_empty() && !confirmed.iter().any(|it| belongs(it, &event)) {
                return;
            }
            let key = event.login_key().or_else(|| event.session_key()).map(|it| it.into_owned());
            let order = (event.at, event.source.to_owned(), event.row);
            events.insert(order, (EventLine::of(&event), findings, key));
            if events.len() > most {
                events.pop_last();
                beyond += 1;
            }
        })?;
        let mut known = Vec::<String>::new();
        let events = events.into_values().map(|(event, findings, key)| {
            let session = key.map(|key| {
                let place = known.iter().position(|it| *it == key).unwrap_or_else(|| {
                    known.push(key);
                    known.len() - 1
                });
                u32::try_from(place + 1).unwrap_or(u32::MAX)
            });
            Happened { event, findings, session }
        });
        Ok((events.collect(), beyond))
    }

    /// Records read in each stretch of time around the findings, over all logs.
    pub(super) fn volume(&self, number: &str, from: &str, to: &str) -> Result<Option<Volume>, Problem> {
        let (Some(from), Some(to)) = (instant(from), instant(to)) else { return Ok(None) };
        let around = ((to - from) / 2).max(Duration::hours(6)).min(Duration::days(7));
        let (first, last) = (from - around, to + around);
        let step = [1, 3, 6, 12, 24, 72, 168, 744]
            .into_iter()
            .map(Duration::hours)
            .find(|step| (last - first).num_minutes() / step.num_minutes() < BARS)
            .unwrap_or(Duration::days(31));
        let floor = |at: DateTime<Utc>| at.duration_trunc(step).unwrap_or(at);
        let mut bars = BTreeMap::<DateTime<Utc>, u64>::new();
        let mut at = floor(first);
        while at <= last {
            bars.insert(at, 0);
            at += step;
        }
        self.incident_events(number, &mut |event| {
            if event.at >= first && event.at <= last {
                *bars.entry(floor(event.at)).or_default() += event.rows().unwrap_or(0);
            }
        })?;
        let inside = |at: &DateTime<Utc>| *at + step > from && *at <= to;
        let total: u64 = bars.values().sum();
        let during: u64 = bars.iter().filter(|(at, _)| inside(at)).map(|(_, n)| n).sum();
        let most =
            bars.iter().max_by_key(|(_, n)| **n).map(|(at, n)| (at.format("%Y-%m-%d %H:%M").to_string(), *n));
        let format = if step < Duration::days(1) { "%m-%d %H:%M" } else { "%Y-%m-%d" };
        let (when, height) = most.unwrap_or_default();
        let hours = step.num_hours();
        Ok(Some(Volume {
            bars: bars
                .iter()
                .map(|(at, n)| VolumeBar {
                    at: seconds(*at),
                    label: at.format(format).to_string(),
                    records: *n,
                    inside: inside(at),
                })
                .collect(),
            step_hours: hours,
            caption: format!(
                "Records that the logs count, every {hours} hours, UTC. The time of the confirmed findings is dark and underlined."
            ),
            alternative: format!(
                "Bar chart of records that the logs count, in steps of {hours} hours, UTC. From {} to {} there are {total} records; {during} of them fall into the time of the confirmed findings. The highest bar, {height} records, begins at {when}.",
                first.format("%Y-%m-%d %H:%M"),
                last.format("%Y-%m-%d %H:%M")
            ),
        }))
    }
}
