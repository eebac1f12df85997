//! Finding everything of one person in an org: questions in rounds, without asking them itself.
//!
//! [`Locate::next`] gives the questions of a round, which are independent of each other; the desk asks the org and
//! hands each answer to [`Locate::answer`]. When a round is empty, [`Locate::finish`] gives matches, questions and the
//! coverage statement. A locate can be stored between any two calls and goes on where it stopped.

mod agree;
mod answers;
mod asks;
mod board;
#[cfg(test)]
mod budget;
mod conditions;
mod cover;
mod coverage;
mod judge;
mod links;
mod map;
mod questions;
mod report;
mod rounds;
mod sought;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use crate::locate::board::{LookState, Looked};

use crate::catalogue::Catalogue;
use crate::found::Located;
use crate::locate::asks::Purpose;
use crate::locate::conditions::Ease;
use crate::locate::judge::{Node, Nodes};
use crate::locate::map::Map;
use crate::locate::sought::Sought;
use crate::locate::tally::Tallies;
use crate::query::{Answer, Ask, Refusal};
use crate::record_id::RecordId;
use crate::row::Row;
use crate::schema::Schema;
use crate::subject::{Subject, SubjectProblem};

/// What the officer may set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The country that phone numbers without a country code belong to, in two letters.
    pub region: String,
    /// At most this many rows of one object are read where neither filter nor index works.
    pub scan_ceiling_rows: u64,
    /// Records under at most this many people who are only possibly the subject are read too.
    pub possible_people: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { region: "US".into(), scan_ceiling_rows: 10_000, possible_people: 25 }
    }
}

/// The number of one question within its locate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AskNumber(pub u32);

/// A question with its number, under which the answer is handed back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberedAsk {
    pub number: AskNumber,
    pub ask: Ask,
}

/// How far a locate has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub round: u32,
    pub asked: u64,
    pub answered: u64,
    pub rows_read: u64,
    /// Records that agree with the subject or hang on one that does.
    pub kept: u64,
}

/// One locate, between two rounds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Locate {
    subject: Subject,
    settings: Settings,
    forecast: u64,
    stage: Stage,
    round: u32,
    answered: u64,
    rows_read: u64,
    asked: u32,
    pending: BTreeMap<AskNumber, Pending>,
    /// Questions that a refusal or a full answer made necessary; they go with the next round.
    again: Vec<Pending>,
    nodes: Nodes,
    /// Records whose children were asked for, or that were asked for by their id.
    reached: BTreeSet<RecordId>,
    walked: BTreeSet<RecordId>,
    /// Records whose children came together with them, as far as they have a relationship.
    with_children: BTreeSet<RecordId>,
    /// Objects whose own fields were asked.
    asked_directly: BTreeSet<String>,
    tallies: Tallies,
    /// Fields that the org refused although describe shows them.
    dropped: BTreeMap<String, BTreeSet<String>>,
    #[serde(skip)]
    ready: Option<Arc<Ready>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Seeds,
    Wide,
    Hops,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Pending {
    ask: Ask,
    purpose: Purpose,
}

/// What is worked out anew from subject and schema, never stored.
#[derive(Debug)]
struct Ready {
    sought: Sought,
    map: Map,
}

impl Locate {
    /// Begins a locate of one subject in the org that `schema` describes.
    ///
    /// # Errors
    /// [`SubjectProblem`] when the subject is empty or a value cannot be read; nothing was asked.
    pub fn begin(subject: &Subject, schema: &Schema, settings: Settings) -> Result<Self, SubjectProblem> {
        subject.check(&settings.region)?;
        let mut locate = Self {
            subject: subject.clone(),
            settings,
            forecast: 0,
            stage: Stage::Seeds,
            round: 0,
            answered: 0,
            rows_read: 0,
            asked: 0,
            pending: BTreeMap::new(),
            again: Vec::new(),
            nodes: Nodes::new(),
            reached: BTreeSet::new(),
            walked: BTreeSet::new(),
            with_children: BTreeSet::new(),
            asked_directly: BTreeSet::new(),
            tallies: Tallies::default(),
            dropped: BTreeMap::new(),
            ready: None,
        };
        locate.forecast = rounds::forecast(&locate.ready(schema));
        Ok(locate)
    }

    /// The questions of the next round; those still unanswered when a stored locate goes on. Empty when finished.
    pub fn next(&mut self, schema: &Schema) -> Vec<NumberedAsk> {
        if self.pending.is_empty() {
            let ready = self.ready(schema);
            let asks = rounds::plan(self, &ready, schema);
            if !asks.is_empty() {
                self.round += 1;
            }
            for pending in asks {
                self.asked += 1;
                self.pending.insert(AskNumber(self.asked), pending);
            }
        }
        self.pending
            .iter()
            .map(|(number, pending)| NumberedAsk { number: *number, ask: pending.ask.clone() })
            .collect()
    }

    /// Takes the answer to one question. An answer to a question that is not open is passed over.
    pub fn answer(&mut self, schema: &Schema, number: AskNumber, answer: Result<Answer, Refusal>) {
        let Some(pending) = self.pending.remove(&number) else { return };
        let ready = self.ready(schema);
        self.answered += 1;
        match answer {
            Ok(answer) => {
                answers::tally(self, &ready, &pending, &answer);
                let parents = answers::carried(&ready, &pending, &answer);
                for row in answer.rows {
                    let id = row.id.clone();
                    self.take(&ready, row);
                    if parents.contains(&id) && self.is_ours_so_far(&ready, &id) {
                        self.reached.insert(id.clone());
                        self.with_children.insert(id);
                    }
                }
            }
            Err(refusal) => answers::refused(self, &ready, pending, &refusal),
        }
    }

    /// API calls this locate is expected to need: five queries go in one, searches ride along.
    pub fn forecast_calls(&self) -> u64 {
        self.forecast
    }

    pub fn progress(&self) -> Progress {
        Progress {
            round: self.round,
            asked: u64::from(self.asked),
            answered: self.answered,
            rows_read: self.rows_read,
            kept: self.nodes.len() as u64,
        }
    }

    /// What was found so far, and what was looked at. A locate that was stopped early says so in its coverage.
    pub fn finish(mut self, schema: &Schema) -> Located {
        let ready = self.ready(schema);
        report::finish(&self, &ready, schema, Catalogue::standard())
    }

    fn ready(&mut self, schema: &Schema) -> Arc<Ready> {
        if let Some(ready) = &self.ready {
            return Arc::clone(ready);
        }
        let sought = Sought::of(&self.subject, &self.settings.region);
        let map = Map::draw(schema, Catalogue::standard(), &sought);
        let ready = Arc::new(Ready { sought, map });
        self.ready = Some(Arc::clone(&ready));
        ready
    }

    /// Keeps a row that agrees, or that leads to a record that is known.
    fn take(&mut self, ready: &Ready, row: Row) {
        self.rows_read += 1;
        let Some(plan) = ready.map.objects.get(&row.object) else { return };
        let mut row = row;
        if let Some(known) = self.nodes.remove(&row.id) {
            let mut values = known.row.values;
            values.extend(row.values);
            row.values = values;
        }
        let agreements = agree::agreements(&row, plan, &ready.sought);
        let known = |id: &RecordId| self.reached.contains(id) || ready.sought.ids.contains(id);
        let hangs = known(&row.id)
            || plan.lookups.iter().any(|lookup| row.lookup(&lookup.field).is_some_and(|id| known(&id)));
        if !agreements.is_empty() || hangs {
            self.nodes.insert(row.id.clone(), Node { row, agreements });
        }
    }

    /// Whether a record's children may be kept before the record is judged: it agrees itself or hangs on one of the
    /// subject's. Other people are judged first.
    fn is_ours_so_far(&self, ready: &Ready, id: &RecordId) -> bool {
        let Some(node) = self.nodes.get(id) else { return false };
        let hangs = || {
            let lookups = ready.map.objects.get(&node.row.object).map(|plan| plan.lookups.as_slice());
            lookups
                .unwrap_or_default()
                .iter()
                .any(|lookup| node.row.lookup(&lookup.field).is_some_and(|id| self.walked.contains(&id)))
        };
        self.walked.contains(id) || (!node.is_person() && (!node.agreements.is_empty() || hangs()))
    }

    fn judge(&self, ready: &Ready) -> judge::Verdict {
        judge::judge(&self.nodes, &ready.map, &ready.sought.names, &ready.sought.ids)
    }

    /// Fields of every SELECT of this object that the org has not refused.
    fn select(&self, plan: &map::ObjectPlan) -> Vec<String> {
        let dropped = self.dropped.get(&plan.name);
        plan.select
            .iter()
            .filter(|field| dropped.is_none_or(|dropped| !dropped.contains(*field)))
            .cloned()
            .collect()
    }
}

impl Ready {
    /// How the object's own fields can be asked, without fields that were refused.
    fn own(&self, plan: &map::ObjectPlan, ease: Ease, dropped: Option<&BTreeSet<String>>) -> conditions::Own {
        match dropped {
            Some(dropped) => {
                let mut plan = plan.clone();
                plan.fields.retain(|field| !dropped.contains(&field.name));
                conditions::own(&plan, &self.sought, ease)
            }
            None => conditions::own(plan, &self.sought, ease),
        }
    }
}
