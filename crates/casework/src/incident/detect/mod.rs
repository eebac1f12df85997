//! Finding: the shipped rules run over every event, with baselines from the logs themselves.
//!
//! Three walks over the same events, each of which several threads may share log by log: [`Study`] learns what is usual,
//! [`Examiner`] runs the rules, and after [`Detector::findings`] the third with [`Stitcher`] adds what belongs to the same sessions
//! and requests. Logs are numbered in their order, so that what comes out does not depend on who walked where.

mod examine;
mod facts;
mod findings;
mod gate;
mod habits;
mod hits;
mod indicators;
mod rules;
mod seen;
mod standing;
mod stitch;
mod study;
#[cfg(test)]
mod tests;
mod words;

pub use examine::{Examined, Examiner};
pub use rules::RuleError;
pub use stitch::Stitcher;
pub use study::{Studied, Study};

use std::collections::BTreeSet;

use super::directory::Directory;
use super::event::LogEvent;
use super::gathered::Source;
use super::header::{Cells, Header};
use gate::Gate;
use habits::Habits;
use hits::Hit;
use indicators::Indicators;
use rules::{About, Rules};
use study::Alike;
use words::Word;

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
    /// Logs in which no event can hit a rule, told from what the first walk learnt of them.
    quiet: BTreeSet<u32>,
    /// First and last event of each log.
    spans: Vec<(u32, [i64; 2])>,
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
            quiet: BTreeSet::new(),
            spans: Vec::new(),
        })
    }

    /// First walk: one for each thread.
    pub fn study(&self) -> Study<'_> {
        Study::new(&self.directory)
    }

    /// Ends the first walk, all of it at once.
    pub fn learn(&mut self, studied: impl IntoIterator<Item = Studied>) {
        let logs: Vec<_> = studied.into_iter().flat_map(|it| it.into(&mut self.habits)).collect();
        let (mut gate, inactive) = (Gate::default(), self.inactive(|id| self.habits.words.known(id)));
        let mut quiet = |alike: &Alike| {
            let kind = (alike.kind, self.habits.words.text(alike.kind));
            let rare = self.habits.rare(alike, &inactive);
            rare.is_some_and(|told| !gate.lets_in(&self.rules, kind, told))
        };
        let all = logs.iter().filter(|log| log.held.as_ref().is_some_and(|held| held.iter().all(&mut quiet)));
        self.quiet = all.map(|log| log.number).collect();
        self.spans = logs.iter().map(|log| (log.number, log.span)).collect();
    }

    /// Whether the second walk would find nothing in the log of this number.
    pub fn is_quiet(&self, log: u32) -> bool {
        self.quiet.contains(&log)
    }

    /// Users who are known to be inactive.
    fn inactive(&self, mut word: impl FnMut(&str) -> Option<Word>) -> BTreeSet<Word> {
        let inactive = self.directory.users.iter().filter(|(_, it)| it.active == Some(false));
        inactive.filter_map(|(id, _)| word(id.get(..15).unwrap_or(id))).collect()
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
