//! Finding: the shipped rules run over every event, with baselines from the logs themselves.
//!
//! Three walks over the same events, each of which several threads may share log by log: [`Study`] learns what is usual,
//! [`Examiner`] runs the rules, and after [`Detector::findings`] the third with [`Stitcher`] adds what belongs to the same sessions
//! and requests. Logs are numbered in their order, so that what comes out does not depend on who walked where.

mod examine;
mod facts;
mod findings;
mod habits;
mod hits;
mod indicators;
mod rules;
mod seen;
mod stitch;
#[cfg(test)]
mod tests;
mod words;

pub use examine::{Examined, Examiner};
pub use rules::RuleError;
pub use stitch::Stitcher;

use super::directory::Directory;
use super::event::LogEvent;
use super::gathered::Source;
use super::header::{Cells, Header};
use habits::Habits;
use hits::Hit;
use indicators::Indicators;
use rules::{About, Rules};

/// Stands for the log of what stands in no log.
const NO_LOG: u32 = u32::MAX;

/// Runs the shipped rules.
pub struct Detector {
    rules: Rules,
    /// Every rule, by id, in a fixed order.
    order: Vec<About>,
    habits: Habits,
    directory: Directory,
    indicators: Indicators,
    hits: Vec<Hit>,
}

impl Detector {
    /// # Errors
    /// [`RuleError`] when a shipped rule is damaged.
    pub fn new(directory: Directory) -> Result<Self, RuleError> {
        let rules = Rules::shipped()?;
        let mut order: Vec<About> = rules.about.values().cloned().collect();
        order.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(Self {
            rules,
            order,
            habits: Habits::default(),
            directory,
            indicators: Indicators::shipped(),
            hits: Vec::new(),
        })
    }

    /// First walk: one for each thread.
    pub fn study(&self) -> Study<'_> {
        Study { habits: Habits::default(), directory: &self.directory }
    }

    /// Ends the first walk.
    pub fn learn(&mut self, studied: impl IntoIterator<Item = Studied>) {
        for one in studied {
            self.habits.join(one.0);
        }
    }

    /// Ends the second walk, or a part of it.
    pub fn take(&mut self, examined: impl IntoIterator<Item = Examined>) {
        for Examined { hits, names } in examined {
            let of = names.into(&mut self.habits.words);
            self.hits.extend(hits.into_iter().map(|hit| hit.renamed(&of)));
        }
    }

    /// Lets the rules look at a gap of a source, as an event of its own that stands in no file.
    ///
    /// # Errors
    /// [`RuleError`] when a shipped rule is damaged.
    pub fn examine_gaps(&mut self, source: &Source) -> Result<(), RuleError> {
        let header = Header::new(["HabeasGapOf", "HabeasGapDays", "HabeasGapSteady"].map(str::to_owned));
        let mut examiner = self.examiner()?;
        for gap in &source.gaps {
            let (Some(from), Some(to)) =
                (super::read_time(gap.from.as_bytes()), super::read_time(gap.to.as_bytes()))
            else {
                continue;
            };
            let hours = (to - from).num_hours() + 1;
            let steady = source.gaps.len() <= 2 && source.rows > 200;
            let mut cells = Cells::default();
            for text in [
                source.kind.as_str(),
                &hours.div_euclid(24).to_string(),
                if steady { "true" } else { "false" },
            ] {
                cells.extend(text.as_bytes());
                cells.end_cell();
            }
            let event =
                LogEvent { source: "", row: 0, kind: "HabeasGap", at: from, header: &header, cells: &cells };
            examiner.examine(NO_LOG, &event);
        }
        let examined = examiner.done();
        self.take([examined]);
        Ok(())
    }
}

/// Learns what is usual.
pub struct Study<'d> {
    habits: Habits,
    directory: &'d Directory,
}

/// What a thread learnt.
pub struct Studied(Habits);

impl Study<'_> {
    /// Takes an event of the log of this number in. A thread goes through its logs in their order.
    pub fn study(&mut self, log: u32, event: &LogEvent<'_>) {
        self.habits.study(log, event, self.directory);
    }

    pub fn done(self) -> Studied {
        Studied(self.habits)
    }
}
