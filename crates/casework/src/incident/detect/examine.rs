//! Running the rules over single events.

use std::collections::BTreeSet;

use rsigma_eval::Engine;

use super::super::event::LogEvent;
use super::super::finding::Rung;
use super::Detector;
use super::facts::{Facts, Verb};
use super::gate::Gate;
use super::hits::Hit;
use super::rules::RuleError;
use super::seen::Seen;
use super::standing::{Asked, Standings};
use super::words::{Besides, Found, Word};

/// Runs the rules; one for each thread.
pub struct Examiner<'d> {
    detector: &'d Detector,
    engine: Engine,
    words: Besides<'d>,
    standings: Standings,
    gate: Gate,
    /// Users who are known to be inactive.
    inactive: BTreeSet<Word>,
    hits: Vec<Hit>,
}

/// What a thread found.
pub struct Examined {
    pub(super) hits: Vec<Hit>,
    pub(super) names: Found,
}

impl Detector {
    /// Second walk: one for each thread.
    ///
    /// # Errors
    /// [`RuleError`] when a shipped rule is damaged.
    pub fn examiner(&self) -> Result<Examiner<'_>, RuleError> {
        let mut engine = Engine::new();
        for rule in &self.rules.collection.rules {
            let unusable = |error: rsigma_eval::EvalError| RuleError {
                file: rule.title.clone(),
                why: error.to_string(),
            };
            engine.add_rule(rule).map_err(unusable)?;
        }
        let mut words = Besides::new(&self.habits.words);
        let inactive = self.inactive(|id| Some(words.of(id)));
        let (standings, gate) = (Standings::default(), Gate::default());
        Ok(Examiner { detector: self, engine, words, standings, gate, inactive, hits: Vec::new() })
    }
}

impl Examiner<'_> {
    /// Looks at an event of the log of this number.
    pub fn examine(&mut self, log: u32, event: &LogEvent<'_>) {
        let Detector { rules, order, habits, directory, indicators, .. } = self.detector;
        let facts = Facts::of(event);
        let who = habits.who(event, &facts, directory, &mut self.words);
        let kind = self.words.of(event.kind);
        let client = facts.client.as_deref().map(|it| self.words.of(it));
        let asked = Asked { kind, who, client, family: facts.family };
        let standing = self.standings.of(habits, asked, event.at.timestamp_millis());
        let inactive = who.user.is_some_and(|it| self.inactive.contains(&it));
        let seen = Seen { event, facts: &facts, who, habits, standing, inactive, indicators };
        if !self.gate.lets_in(rules, (kind, event.kind), seen.rare()) {
            debug_assert!(self.engine.evaluate(&seen).is_empty(), "the gate kept out what a rule hits");
            return;
        }
        let told = self.engine.evaluate(&seen);
        debug_assert!(
            told.is_empty() || !self.detector.is_quiet(log),
            "a log was called quiet in which a rule hits"
        );
        if told.is_empty() {
            return;
        }
        let indicator = seen.indicator().map(str::to_owned);
        let words = &mut self.words;
        let counted = matches!(&facts.verb, Verb::Notable(verb) if verb == "count");
        let objects = event.objects();
        let hit = Hit {
            rule: 0,
            at: event.at.timestamp_millis(),
            log,
            row: event.row,
            kind,
            who,
            objects: objects.iter().map(|it| words.of(it)).collect(),
            rows: if counted { 0 } else { facts.rows.unwrap_or(0) },
            job: event.first(&["JOB_ID", "JobIdentifier"]).map(|it| words.of(it.get(..15).unwrap_or(&it))),
            rung: if event.query().is_some() && !counted {
                Rung::QueryText
            } else if objects.is_empty() {
                Rung::Reach
            } else {
                Rung::ObjectCount
            },
            indicator: indicator.map(|it| words.of(&it)),
            keys: [event.session_key(), event.request_id()].map(|it| it.map(|it| words.of(&it))),
        };
        for fired in told {
            let id = fired.header.rule_id.unwrap_or_default();
            if let Ok(rule) = order.binary_search_by(|it| it.id.as_str().cmp(&id)) {
                self.hits.push(Hit { rule, ..hit.clone() });
            }
        }
    }

    pub fn done(self) -> Examined {
        Examined { hits: self.hits, names: self.words.done() }
    }
}
