//! Records that a plan makes: looked for before anything is sent, journalled around the write, taken back by an undo.

use std::collections::BTreeMap;

use casework::carry_out::{Approved, BatchKind, JournalLine, NewStandings, Outcome, Phase, set_value_asks};
use casework::change::SetValue;
use casework::row::Row;
use serde_json::json;
use vault::Part;

use super::{Runner, rows_of, word};
use crate::problem::Problem;
use crate::troubles;

impl Runner<'_> {
    /// Makes what is not there yet. Gives how each new record stands, and the values that are set with those of this run;
    /// `None` when the plan makes nothing.
    pub(super) async fn make(&self) -> Result<(Vec<Outcome>, Option<Vec<SetValue>>), Problem> {
        if self.approved.rehearsed().new.is_empty() {
            return Ok((Vec::new(), None));
        }
        let set = self.set_before()?;
        let mut said = Vec::new();
        for batch in self.approved.creates(&self.look().await?, &set) {
            self.org
                .who_am_i()
                .await
                .map_err(|error| troubles::org(&error, "This batch was not written."))?;
            let number = self.next_batch()?;
            let people: Vec<_> = batch.rows().iter().map(|it| it.person.clone()).collect();
            self.journal(number, BatchKind::Create, Phase::Intent, &people, &[])?;
            self.progress.say(&format!("{}: {} records", word(BatchKind::Create), people.len()));
            match self.org.create(&batch).await {
                Ok(answers) => {
                    let outcomes = self.approved.created(&batch, answers);
                    let ids: Vec<_> = outcomes.iter().map(|it| it.id.clone()).collect();
                    self.journal(number, BatchKind::Create, Phase::Done, &ids, &outcomes)?;
                    said.extend(outcomes);
                }
                // What the org did is asked for, and nothing is sent a second time in this run.
                Err(error @ salesforce::Error::Unknown { .. }) => {
                    if !self.approved.creates(&self.look().await?, &set).is_empty() {
                        return Err(troubles::org(&error, ""));
                    }
                }
                Err(error) => {
                    return Err(troubles::org(
                        &error,
                        "This batch was not written; earlier batches stay as they are.",
                    ));
                }
            }
        }
        let now = self.look().await?;
        let (outcomes, fresh) = self.approved.settle_new(&now, &said, &set, &self.desk.hash_key());
        let outcomes = self.read_new(outcomes, &fresh).await?;
        Ok((outcomes, Some(self.with(set, fresh))))
    }

    /// Deletes what this request made and nobody changed since; says whether all of it is gone.
    pub(super) async fn withdraw(&self, journal: &[JournalLine]) -> Result<(Vec<Outcome>, bool), Problem> {
        let key = self.desk.hash_key();
        let mut set = self.set_before()?;
        // A run that was cut off between the write and its answer left records that only a look finds.
        let began = journal.iter().any(|it| it.kind == BatchKind::Create && it.digest == self.digest());
        if began && !self.approved.rehearsed().new.is_empty() {
            let fresh = self.approved.settle_new(&self.look().await?, &[], &set, &key).1;
            set = self.with(set, fresh);
        }
        if !set.iter().any(|it| it.made.is_some()) {
            return Ok((Vec::new(), true));
        }
        let rows = self.made_rows(&set).await?;
        let (batches, mut outcomes) = Approved::withdrawals(&set, &rows, &key);
        for batch in batches {
            outcomes.extend(self.write(BatchKind::Withdraw, &batch, false).await?);
        }
        let now = self.made_rows(&set).await?;
        let there = |it: &SetValue| now.iter().any(|row| row.id == it.id && !row.flag("IsDeleted"));
        set.retain(|it| it.made.is_none_or(|made| made.done && there(it)));
        let gone = Approved::withdrawals(&set, &now, &key).0.is_empty();
        let detail = json!({ "records_left": set.iter().filter(|it| it.made.is_some()).count() });
        self.desk.record(&self.case.number, "request.created_withdrawn", detail, |tx| {
            tx.put_part(&self.case.number, Part::SetValues, &set)
        })?;
        Ok((outcomes, gone))
    }

    /// What stands where each new record is to stand.
    async fn look(&self) -> Result<NewStandings, Problem> {
        let answers = self.ask(&self.approved.new_asks()).await?;
        self.approved.new_standings(answers).map_err(|refusal| {
            Problem::new(
                "standing_unknown",
                format!(
                    "The org refused to say whether the records to be made are there already ({}). None was made.",
                    refusal.code
                ),
                "Check the Salesforce user's permissions with `habeas org check`, then run this again.",
            )
        })
    }

    /// A record that was made but does not say what it was made to say failed.
    async fn read_new(&self, outcomes: Vec<Outcome>, made: &[SetValue]) -> Result<Vec<Outcome>, Problem> {
        let rows = self.made_rows(made).await?;
        Ok(Approved::read_new(outcomes, made, &rows, &self.desk.hash_key()))
    }

    async fn made_rows(&self, set: &[SetValue]) -> Result<Vec<Row>, Problem> {
        let made: Vec<SetValue> = set.iter().filter(|it| it.made.is_some()).cloned().collect();
        let beside: BTreeMap<String, Vec<String>> =
            made.iter().map(|it| (it.object.clone(), vec!["IsDeleted".to_owned()])).collect();
        Ok(rows_of(self.ask(&set_value_asks(&made, &beside)).await?))
    }

    fn set_before(&self) -> Result<Vec<SetValue>, Problem> {
        Ok(self.desk.read(|vault| vault.part(&self.case.number, Part::SetValues))?.unwrap_or_default())
    }

    /// The values set, with what is known of this plan's new records by now.
    fn with(&self, mut set: Vec<SetValue>, fresh: Vec<SetValue>) -> Vec<SetValue> {
        let of = |it: &SetValue| it.made.map(|made| (it.plan.clone(), made.n));
        set.retain(|it| it.made.is_none() || !fresh.iter().any(|one| of(one) == of(it)));
        set.extend(fresh);
        set
    }
}
