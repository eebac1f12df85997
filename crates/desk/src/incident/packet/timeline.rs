//! The timeline of an incident: every event that a confirmed finding rests on, and how much was read when.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, DurationRound as _, Utc};
use papers::chart::{self, Bar};
use papers::document::{Block, Document, Level, Table};

use super::papers_of::document;
use super::{Known, NOT_YET};
use crate::desk::{Desk, instant};
use crate::problem::Problem;

/// Events on paper; the others are counted.
const EVENTS: usize = 300;
/// Bars of the chart at most.
const BARS: i64 = 48;

impl Desk {
    /// The timeline as a paper, with a chart of volume.
    pub(super) fn timeline_paper(&self, known: &Known) -> Result<Document, Problem> {
        let title = "Timeline and volume";
        let number = known.file.number.as_str();
        let mut events = BTreeMap::<(DateTime<Utc>, String, u64), Vec<String>>::new();
        let mut beyond = 0_u64;
        for held in &known.confirmed {
            self.incident_evidence(number, &held.finding, &mut |event| {
                if events.len() >= EVENTS {
                    beyond += 1;
                    return;
                }
                let key = (event.at, event.source.to_owned(), event.row);
                let what = [
                    Some(event.kind.to_owned()),
                    event.app_name().map(|it| it.into_owned()),
                    Some(event.objects().join(", ")).filter(|it| !it.is_empty()),
                    event.rows().map(|n| format!("{n} records")),
                    event.address().map(|it| format!("from {it}")),
                ];
                events.insert(
                    key,
                    vec![
                        event.written().map(|it| it.into_owned()).unwrap_or_default(),
                        what.into_iter().flatten().collect::<Vec<_>>().join("; "),
                        format!("{} row {}", event.source, event.row),
                    ],
                );
            })?;
        }
        let mut blocks =
            vec![Block::Heading(Level::One, title.to_owned()), Block::Subtitle(format!("Incident {number}"))];
        match self.taken_between(&known.file) {
            Some((from, to)) => blocks.push(Block::Figure(self.volume(number, &from, &to)?)),
            None => blocks
                .push(Block::Paragraph("No finding was confirmed, so there is no volume to show.".into())),
        }
        blocks.push(Block::Heading(Level::Two, "Events behind the confirmed findings".to_owned()));
        let rows = events.into_iter().map(|((at, _, _), mut cells)| {
            cells.insert(0, at.format("%Y-%m-%d %H:%M:%S").to_string());
            cells
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if rows.is_empty() {
            blocks.push(Block::Paragraph("There are none.".into()));
        } else {
            blocks.push(Block::Table(Table::new(
                &[("UTC", 1.9), ("As written", 1.9), ("What", 4.0), ("Source", 2.6)],
                rows,
            )));
        }
        if beyond > 0 {
            let text = format!("{beyond} more events stand in the logs that the findings name.");
            blocks.push(Block::Paragraph(text.into()));
        }
        Ok(document(known, title, blocks))
    }

    /// Records read in each stretch of time around the findings, over all logs.
    fn volume(&self, number: &str, from: &str, to: &str) -> Result<papers::document::Figure, Problem> {
        let (Some(from), Some(to)) = (instant(from), instant(to)) else {
            return Ok(chart::figure(&[], "", NOT_YET));
        };
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
        let drawn: Vec<Bar> = bars
            .iter()
            .map(|(at, n)| Bar { label: at.format(format).to_string(), value: *n, marked: inside(at) })
            .collect();
        let (when, height) = most.unwrap_or_default();
        let hours = step.num_hours();
        let alternative = format!(
            "Bar chart of records that the logs count, in steps of {hours} hours, UTC. From {} to {} there are {total} records; {during} of them fall into the time of the confirmed findings. The highest bar, {height} records, begins at {when}.",
            first.format("%Y-%m-%d %H:%M"),
            last.format("%Y-%m-%d %H:%M")
        );
        let caption = format!(
            "Records that the logs count, every {hours} hours, UTC. The time of the confirmed findings is dark and underlined."
        );
        Ok(chart::figure(&drawn, &caption, &alternative))
    }
}
