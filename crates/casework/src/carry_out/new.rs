//! Records that a plan makes: what is there already, what still has to be made, what became of each, and how they go again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Approved, Ended, Outcome, OutcomeError};
use crate::change::{Held, PARTY, PURPOSE, PlannedRecord, SetValue, same, set_new};
use crate::query::{Answer, Ask, Condition, Literal, Query, Refusal};
use crate::record_id::RecordId;
use crate::row::Row;
use crate::write::{BATCH_SIZE, CreateBatch, NewRow, WriteBatch};

/// What stands where a new record is to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewStanding {
    Absent,
    /// With everything the plan made it with, but for what it says now.
    Ours(RecordId),
    /// Somebody else's record speaks of the same person and purpose.
    Anothers(RecordId),
}

/// By number of the new record.
pub type NewStandings = BTreeMap<u32, NewStanding>;

impl Approved {
    /// Questions whose answers say what stands where each new record is to stand, one for each, in their order.
    pub fn new_asks(&self) -> Vec<Ask> {
        let is = |field: &str, id: &RecordId| Condition::In {
            field: field.to_owned(),
            values: vec![Literal::Text(id.as_str().to_owned())],
        };
        let ask = |it: &PlannedRecord| {
            Ask::Query(Query {
                object: it.object.clone(),
                fields: it.values.iter().map(|value| value.field.clone()).collect(),
                condition: Some(Condition::All(vec![is(PARTY, &it.person), is(PURPOSE, &it.purpose)])),
                children: Vec::new(),
                all_rows: false,
                order_by: Vec::new(),
                limit: None,
            })
        };
        self.rehearsed.new.iter().map(ask).collect()
    }

    /// Reads the answers to [`Approved::new_asks`].
    ///
    /// # Errors
    /// The refusal, when one question was refused: then nothing may be made.
    pub fn new_standings(&self, answers: Vec<Result<Answer, Refusal>>) -> Result<NewStandings, Refusal> {
        let mut standings = NewStandings::new();
        for (it, answer) in self.rehearsed.new.iter().zip(answers) {
            let rows = answer?.rows;
            let standing = match (rows.iter().find(|row| is_ours(it, row)), rows.first()) {
                (Some(row), _) => NewStanding::Ours(row.id.clone()),
                (None, Some(row)) => NewStanding::Anothers(row.id.clone()),
                (None, None) => NewStanding::Absent,
            };
            standings.insert(it.n, standing);
        }
        Ok(standings)
    }

    /// What still has to be made: nothing that stands, and nothing that `set` says was made before.
    pub fn creates(&self, now: &NewStandings, set: &[SetValue]) -> Vec<CreateBatch> {
        let mut groups = BTreeMap::<&str, Vec<NewRow>>::new();
        for it in &self.rehearsed.new {
            if now.get(&it.n) == Some(&NewStanding::Absent) && !self.made_before(it, set) {
                let values = it.values.iter().map(|one| (one.field.clone(), one.value.clone())).collect();
                let row = NewRow { n: it.n, person: it.person.clone(), values };
                groups.entry(&it.object).or_default().push(row);
            }
        }
        let cut = |(object, rows): (&str, Vec<NewRow>)| -> Vec<CreateBatch> {
            let parts = rows.chunks(BATCH_SIZE);
            parts.filter_map(|rows| CreateBatch::new(object.to_owned(), rows.to_vec())).collect()
        };
        groups.into_iter().flat_map(cut).collect()
    }

    /// What the answers to a batch mean, in its order. A record that was not made carries the id of its person.
    pub fn created(&self, batch: &CreateBatch, answers: Vec<Result<RecordId, Refusal>>) -> Vec<Outcome> {
        let outcome = |(row, answer): (&NewRow, Result<RecordId, Refusal>)| {
            let object = batch.object().to_owned();
            match answer {
                Ok(id) => Outcome { object, id, outcome: Ended::Created, error: None },
                Err(refusal) => Outcome {
                    object,
                    id: row.person.clone(),
                    outcome: match super::ended(&refusal.code) {
                        Ended::AlreadyGone => Ended::Refused,
                        other => other,
                    },
                    error: Some(OutcomeError { code: refusal.code, message: refusal.message }),
                },
            }
        };
        batch.rows().iter().zip(answers).map(outcome).collect()
    }

    /// How every new record stands after a run, and what is kept of it. `now` answers [`Approved::new_asks`] once more;
    /// `said` are the outcomes of this run's batches.
    pub fn settle_new(
        &self,
        now: &NewStandings,
        said: &[Outcome],
        set: &[SetValue],
        key: &[u8],
    ) -> (Vec<Outcome>, Vec<SetValue>) {
        let digest = self.rehearsed.plan.digest.as_str();
        let (mut outcomes, mut kept) = (Vec::new(), Vec::new());
        for it in &self.rehearsed.new {
            let failed = |outcome: Ended, code: &str, message: &str| Outcome {
                object: it.object.clone(),
                id: it.person.clone(),
                outcome,
                error: Some(OutcomeError { code: code.to_owned(), message: message.to_owned() }),
            };
            let refused =
                said.iter().find(|one| one.object == it.object && one.id == it.person && one.error.is_some());
            let (outcome, id) = match now.get(&it.n) {
                Some(NewStanding::Ours(id)) => {
                    let made = Outcome {
                        object: it.object.clone(),
                        id: id.clone(),
                        outcome: Ended::Created,
                        error: None,
                    };
                    (made, Some(id))
                }
                Some(NewStanding::Anothers(_)) => {
                    let message = "Another record speaks of this person and purpose by now; none was made. Locate and rehearse again.";
                    (failed(Ended::Refused, "EXISTS_ALREADY", message), None)
                }
                _ if self.made_before(it, set) => {
                    (failed(Ended::Failed, "GONE_SINCE", "It was made and is no longer there."), None)
                }
                _ => match refused {
                    Some(refused) => (refused.clone(), None),
                    None => {
                        let message = "The org acknowledged the record, but it is not there.";
                        (failed(Ended::Failed, "NOT_THERE", message), None)
                    }
                },
            };
            // What was made once keeps its own id, so that its going is proved and not forgotten.
            if id.is_some() || !self.made_before(it, set) {
                kept.extend(set_new(digest, it, id, key));
            }
            outcomes.push(outcome);
        }
        (outcomes, kept)
    }

    /// A record that was made but does not say what it was made to say failed. `rows` answer questions for `made`.
    pub fn read_new(outcomes: Vec<Outcome>, made: &[SetValue], rows: &[Row], key: &[u8]) -> Vec<Outcome> {
        let other = |outcome: &Outcome| {
            let it = made.iter().find(|it| it.id == outcome.id && it.object == outcome.object)?;
            let row = rows.iter().find(|row| row.id == it.id)?;
            (it.in_row(key, row) != Held::After).then(|| it.field.clone())
        };
        outcomes
            .into_iter()
            .map(|outcome| match other(&outcome).filter(|_| outcome.outcome == Ended::Created) {
                Some(field) => super::values::failed(
                    outcome,
                    "NOT_CHANGED",
                    format!("The record was made, but {field} holds another value."),
                ),
                None => outcome,
            })
            .collect()
    }

    /// Deletes that take back what was made and still says what it was made to say; what somebody changed since stays.
    pub fn withdrawals(set: &[SetValue], now: &[Row], key: &[u8]) -> (Vec<WriteBatch>, Vec<Outcome>) {
        let (mut records, mut left) = (BTreeSet::new(), Vec::new());
        for it in set.iter().filter(|it| it.made.is_some_and(|made| made.done)) {
            let row = now.iter().find(|row| row.id == it.id && !row.flag("IsDeleted"));
            match row.map(|row| it.in_row(key, row)) {
                Some(Held::After) => {
                    records.insert((it.id.clone(), it.object.clone()));
                }
                Some(_) => left.push(super::values::refused(
                    it,
                    "CHANGED_SINCE",
                    "Somebody changed the record that was made; it was left as it is.",
                )),
                None => {}
            }
        }
        let records: Vec<_> = records.into_iter().collect();
        (records.chunks(BATCH_SIZE).filter_map(WriteBatch::delete).collect(), left)
    }

    fn made_before(&self, it: &PlannedRecord, set: &[SetValue]) -> bool {
        let digest = &self.rehearsed.plan.digest;
        set.iter().any(|one| one.plan == *digest && one.made.is_some_and(|made| made.n == it.n && made.done))
    }
}

/// Everything but what it says is as the plan made it.
fn is_ours(it: &PlannedRecord, row: &Row) -> bool {
    it.values.iter().filter(|value| value.field != it.status).all(|value| {
        same(&value.field_type, row.values.get(&value.field).unwrap_or(&Value::Null), &value.value)
    })
}
