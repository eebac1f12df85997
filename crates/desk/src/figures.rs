//! The yearly figures, and every open clock as a calendar file.

use std::path::Path;

use casework::metrics::{Counted, figures};
use chrono::{Datelike as _, NaiveDate};
use law::answer::{Deed, Duty, State};
use papers::agenda::{self, Day};
use vault::CaseFile;

use crate::desk::Desk;
use crate::duties::answered_at;
use crate::ledger::write_new;
use crate::problem::Problem;
use crate::views::asking::{Agenda, AgendaLine, AgendaView, MetricsView};

/// More clocks than anybody looks through; the list of requests has them all.
const SOONEST: usize = 300;

impl Desk {
    /// The figures of § 7102 for the requests received in a year.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read or the law book has no rule for the year.
    pub fn metrics(&self, year: i32, consumers: Option<u64>) -> Result<MetricsView, Problem> {
        let mut counted = Vec::new();
        for case in self.read(|vault| vault.cases())? {
            let one = self.counted(&case)?;
            if one.received_on.year() == year {
                counted.push(one);
            }
        }
        let book = law::book()
            .map_err(|error| Problem::new("law_file", format!("{error}."), "Install the program again."))?;
        let due = book
            .metrics_due(year, consumers)
            .map_err(|error| Problem::new("no_rule", error.to_string(), "Give a year from 2023 on."))?;
        let note = match due.owed {
            Some(true) => format!("Publishing these figures is a duty, by {}.", due.publish_by),
            Some(false) => "The threshold is not met: publishing these figures is voluntary.".to_owned(),
            None => format!(
                "How many consumers' information was handled in {year} is not known (--consumers): at the threshold, publishing these figures by {} is a duty; below it, voluntary.",
                due.publish_by
            ),
        };
        Ok(MetricsView {
            year,
            publish_by: due.publish_by,
            threshold_met: due.owed,
            note,
            citation: due.citation,
            rule: due.rule,
            figures: figures(&counted, self.today()?),
            written: None,
        })
    }

    fn counted(&self, case: &CaseFile) -> Result<Counted, Problem> {
        let due = self.dates(case).ok().map(|it| it.due.on);
        Ok(Counted {
            kind: case.kind,
            received_on: self.local_day(&case.received_at)?,
            outcome: case.outcome,
            reason: case.reason,
            answered_on: answered_at(case).map(|at| self.local_day(at)).transpose()?,
            due_on: case.road.extension.as_ref().map(|it| it.answer_by).or(due),
            extended: case.road.extension.is_some(),
        })
    }

    /// Writes every open clock as an iCalendar file with alarms; never overwrites. It holds no personal data.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn export_agenda(&self, to: &Path) -> Result<AgendaView, Problem> {
        let vault = self.vault().vault;
        let mut days: Vec<Day> = self
            .open_clocks()?
            .into_iter()
            .map(|(case, duty, on)| Day {
                uid: format!("{}.{}@{vault}.habeas", case.number, duty.rule),
                on,
                summary: format!("{}: {}", case.number, words(duty.duty)),
                description: format!("{} ({}; rule {}).", duty.about, duty.citation, duty.rule),
            })
            .collect();
        days.sort_by(|one, other| (one.on, &one.uid).cmp(&(other.on, &other.uid)));
        let text = agenda::render(&days, self.now(), self.practice());
        let written = write_new(to, text.as_bytes())?;
        Ok(AgendaView { written, clocks: u64::try_from(days.len()).unwrap_or(u64::MAX) })
    }

    /// The open clocks that end first, at most [`SOONEST`], each with how its day came about.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read or the law book gives no answer.
    pub fn agenda(&self) -> Result<Agenda, Problem> {
        let mut open = self.open_clocks()?;
        let clocks = open.len();
        open.sort_by(|(one, _, due), (other, _, other_due)| {
            (due, one.number.as_str()).cmp(&(other_due, other.number.as_str()))
        });
        open.truncate(SOONEST);
        let lines = open
            .into_iter()
            .map(|(case, duty, due)| AgendaLine {
                request: case.number.to_string(),
                kind: case.kind.as_str().to_owned(),
                what: words(duty.duty).to_owned(),
                due,
                overdue: duty.overdue_since.is_some(),
                duty,
            })
            .collect();
        Ok(Agenda { lines, clocks })
    }

    /// What is owed by a day under the requests that are open.
    fn open_clocks(&self) -> Result<Vec<(CaseFile, Duty, NaiveDate)>, Problem> {
        let mut clocks = Vec::new();
        for case in self.read(|vault| vault.cases())?.into_iter().filter(|it| !it.road.closed) {
            for duty in self.duties(&case)?.duties.into_iter().filter(|it| it.state == State::Owed) {
                if let Some(due) = duty.due {
                    clocks.push((case.clone(), duty, due.day()));
                }
            }
        }
        Ok(clocks)
    }
}

fn words(deed: Deed) -> &'static str {
    match deed {
        Deed::Acknowledge => "confirm receipt",
        Deed::Answer => "answer",
        Deed::Extend => "tell of an extension",
        Deed::AnswerExtended => "answer, time extended",
        Deed::OptOut => "carry out the opt-out",
        Deed::Limit => "carry out the limit",
        Deed::Hold => "law-enforcement hold ends",
        Deed::Verify
        | Deed::TellIndividuals
        | Deed::TellRegulator
        | Deed::TellCra
        | Deed::TellOwner
        | Deed::TellMedia
        | Deed::File8k => "a duty is due",
    }
}
