//! Finding: the shipped rules run over every event, with baselines from the logs themselves.
//!
//! Three walks over the same events: [`Detector::study`] learns what is usual, [`Detector::examine`] runs the rules, and after
//! [`Detector::findings`] a third walk with [`Stitcher::stitch`] adds what belongs to the same sessions and requests.

mod facts;
mod findings;
mod habits;
mod hits;
mod indicators;
mod rules;
mod seen;
#[cfg(test)]
mod tests;
mod words;

pub use findings::Stitcher;
pub use rules::RuleError;

use rsigma_eval::Engine;

use super::directory::Directory;
use super::event::LogEvent;
use super::finding::Rung;
use super::gathered::Source;
use super::header::{Cells, Header};
use facts::{Facts, Verb};
use habits::Habits;
use hits::Hit;
use indicators::Indicators;
use rules::{About, Rules};
use seen::Seen;

/// Runs the shipped rules.
pub struct Detector {
    rules: Rules,
    /// Every rule, by id, in a fixed order.
    order: Vec<About>,
    engine: Engine,
    habits: Habits,
    directory: Directory,
    indicators: Indicators,
    hits: Vec<Hit>,
}

impl Detector {
    /// # Errors
    /// [`RuleError`] when a shipped rule is damaged.
    pub fn new(directory: Directory) -> Result<Self, RuleError> {
        Self::with(Rules::shipped()?, directory)
    }

    fn with(rules: Rules, directory: Directory) -> Result<Self, RuleError> {
        let mut order: Vec<About> = rules.about.values().cloned().collect();
        order.sort_by(|one, other| one.id.cmp(&other.id));
        let mut engine = Engine::new();
        for rule in &rules.collection.rules {
            let unusable = |error: rsigma_eval::EvalError| RuleError {
                file: rule.title.clone(),
                why: error.to_string(),
            };
            engine.add_rule(rule).map_err(unusable)?;
        }
        Ok(Self {
            rules,
            order,
            engine,
            habits: Habits::default(),
            directory,
            indicators: Indicators::shipped(),
            hits: Vec::new(),
        })
    }

    /// First walk: learns what is usual.
    pub fn study(&mut self, event: &LogEvent<'_>) {
        self.habits.study(event, &self.directory);
    }

    /// Second walk: runs the rules.
    pub fn examine(&mut self, event: &LogEvent<'_>) {
        let facts = Facts::of(event);
        let who = self.habits.who(event, &facts, &self.directory);
        let seen = Seen {
            event,
            facts: &facts,
            who,
            habits: &self.habits,
            directory: &self.directory,
            indicators: &self.indicators,
        };
        let told = self.engine.evaluate(&seen);
        if told.is_empty() {
            return;
        }
        let indicator = seen.indicator().map(str::to_owned);
        let words = &mut self.habits.words;
        let counted = matches!(&facts.verb, Verb::Notable(verb) if verb == "count");
        let hit = Hit {
            rule: 0,
            at: event.at.timestamp_millis(),
            source: words.of(event.source),
            row: event.row,
            kind: words.of(event.kind),
            who,
            objects: event.objects().iter().map(|it| words.of(it)).collect(),
            rows: if counted { 0 } else { facts.rows.unwrap_or(0) },
            job: event.first(&["JOB_ID", "JobIdentifier"]).map(|it| words.of(it.get(..15).unwrap_or(&it))),
            rung: if event.query().is_some() && !counted {
                Rung::QueryText
            } else if event.objects().is_empty() {
                Rung::Reach
            } else {
                Rung::ObjectCount
            },
            indicator: indicator.map(|it| words.of(&it)),
            keys: [event.session_key(), event.request_id()].map(|it| it.map(|it| words.of(&it))),
        };
        for fired in told {
            let id = fired.header.rule_id.unwrap_or_default();
            if let Ok(rule) = self.order.binary_search_by(|it| it.id.as_str().cmp(&id)) {
                self.hits.push(Hit { rule, ..hit.clone() });
            }
        }
    }

    /// Lets the rules look at a gap of a source, as an event of its own that stands in no file.
    pub fn examine_gaps(&mut self, source: &Source) {
        let header = Header::new(["HabeasGapOf", "HabeasGapDays", "HabeasGapSteady"].map(str::to_owned));
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
            self.examine(&event);
        }
    }
}
