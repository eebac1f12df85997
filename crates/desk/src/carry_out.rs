//! Carrying out: what the approved plan says, journalled before and after each batch.

mod making;
mod so_far;

use std::collections::BTreeSet;

use casework::carry_out::{
    Approved, BatchKind, Drift, Ended, JournalLine, NotApproved, Outcome, Phase, Standings, WriteAnswer,
    drift, ours, set_value_asks,
};
use casework::case::RequestDeed;
use casework::change::{Held, SetValue, set_values};
use casework::plan::Deed;
use casework::query::Ask;
use casework::row::Row;
use casework::write::WriteBatch;
use salesforce::Org;
use serde_json::json;
use vault::{CaseFile, Part};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::rehearse::{Answers, answers, run, wrong_digest};
use crate::troubles::{self, NOTHING_CHANGED, Unchanged};
use crate::views::{Calls, CarriedOutView, OutcomeLine};

/// After the first batch of a case, whichever run wrote it.
const WRITTEN_STAYS: Unchanged =
    "Nothing more was written; what was written before stays, and the next run goes on from there.";

impl Desk {
    /// Deletes, blanks and, with `purge`, empties the bin of these records. A second run goes on where the first stopped.
    ///
    /// # Errors
    /// `wrong_digest` and `drift` are "no"s: nothing was written. Any other problem says what is known.
    pub async fn carry_out(
        &self,
        request: &str,
        digest: &str,
        purge: bool,
        progress: &Progress,
    ) -> Result<CarriedOutView, Problem> {
        let mut case = self.case(request)?;
        match case.road.approved.as_deref() {
            Some(approved) if approved == digest => self.enough_approved(&case, digest)?,
            Some(_) => return Err(wrong_digest(NOTHING_CHANGED)),
            None if case.road.rehearsed.as_deref() == Some(digest) => {
                self.enough_approved(&case, digest)?;
                return Err(not_approved(&NotApproved::NeverApproved));
            }
            None => return Err(wrong_digest(NOTHING_CHANGED)),
        }
        self.may(&case, RequestDeed::CarryOut)?;
        let approved = Approved::check(self.rehearsed(&case)?, case.road.approved.as_deref(), digest)
            .map_err(|why| not_approved(&why))?;
        let unchanged = self.unchanged(&case)?;
        let reach = self.reach(&case.org, None, progress, unchanged).await?;
        let journal = self.read(|vault| vault.journal(&case.number, Some(digest)))?;
        let done_before = case.road.carried_out && case.road.carried_out_plan.as_deref() == Some(digest);
        if !done_before {
            let wanted = self.wanted(&case, reach.schema.clone())?;
            let fresh = run(&reach.org, wanted, unchanged, progress).await;
            self.refuse_drift(&case, &approved, fresh, &journal)?;
        }
        if self.read(|vault| vault.before_image(&case.number, digest))?.is_none() {
            self.keep_before_images(&case, &approved, &reach, progress).await?;
        }
        if !case.road.started || case.road.carried_out_plan.as_deref() != Some(digest) {
            case.road.started = true;
            case.road.carried_out_plan = Some(digest.to_owned());
            let deed = json!({ "plan": digest, "purge": purge, "user": reach.identity.user_id });
            let set = self.to_be_set(&case, &approved)?;
            self.record(&case.number, "request.carry_out_began", deed, |tx| {
                tx.put_part(&case.number, Part::SetValues, &set)?;
                tx.put_road(&case.number, &case.road)
            })?;
        }
        let runner = Runner { desk: self, case: &case, approved: &approved, org: &reach.org, progress };
        let mut now = runner.standings().await?;
        for batch in approved.writes(&now, &journal) {
            let kind = match batch.deed() {
                Deed::Delete => BatchKind::Delete,
                _ => BatchKind::Write,
            };
            runner.write(kind, &batch, true).await?;
        }
        let (made, set) = runner.make().await?;
        now = runner.standings().await?;
        if purge {
            for batch in approved.purges(&now) {
                runner.write(BatchKind::Purge, &batch, false).await?;
            }
            now = runner.standings().await?;
        }
        let journal = self.read(|vault| vault.journal(&case.number, Some(digest)))?;
        let mut outcomes = approved.settle(&now, &journal);
        let asks = approved.value_asks();
        if !asks.is_empty() {
            let rows = rows_of(runner.ask(&asks).await?);
            outcomes = approved.read_back(outcomes, &rows);
        }
        let not_made = made.iter().any(|it| it.outcome != Ended::Created);
        outcomes.extend(made);
        let unsettled = outcomes.iter().any(|it| matches!(it.outcome, Ended::Failed | Ended::Locked));
        let left = not_made
            || !approved.writes(&now, &journal).is_empty()
            || (purge && !approved.purges(&now).is_empty());
        let complete = !left && !unsettled;
        // A value that the org refused for good is an end too: the run is over, though not everything is done.
        let sets = !approved.rehearsed().changes.is_empty() || !approved.rehearsed().new.is_empty();
        let over = complete || (!unsettled && sets);
        case.road.carried_out = over || done_before;
        case.road.purged = case.road.purged || (purge && complete);
        let detail = json!({ "plan": digest, "outcomes": counted(&outcomes), "complete": complete, "api_calls": reach.org.spent() });
        let hashes = self.hashes_of(&case, &approved)?;
        self.record(&case.number, "request.carried_out", detail, |tx| {
            tx.put_part(&case.number, Part::Outcomes, &outcomes)?;
            if let Some(set) = &set {
                tx.put_part(&case.number, Part::SetValues, set)?;
            }
            tx.put_keyed_hashes(&case.number, &hashes)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(CarriedOutView {
            request: request.to_owned(),
            outcomes: outcomes.iter().map(line).collect(),
            complete,
            so_far: None,
            api_calls: Calls {
                forecast: Some(approved.rehearsed().plan.api_calls.forecast),
                spent: reach.org.spent(),
            },
        })
    }

    /// Brings back from the bin what this request deleted.
    ///
    /// # Errors
    /// A [`Problem`]; what was brought back before it stays back.
    pub async fn undo(&self, request: &str, progress: &Progress) -> Result<CarriedOutView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Undo)?;
        // The latest plan names every record that earlier plans deleted too; bringing back needs no approval of its own.
        let rehearsed = self.rehearsed(&case)?;
        let digest = rehearsed.plan.digest.clone();
        let approved =
            Approved::check(rehearsed, Some(&digest), &digest).map_err(|why| not_approved(&why))?;
        let reach = self.reach(&case.org, None, progress, "Nothing more was brought back.").await?;
        let runner = Runner { desk: self, case: &case, approved: &approved, org: &reach.org, progress };
        let now = runner.standings().await?;
        let journal = self.read(|vault| vault.journal(&case.number, None))?;
        let mut outcomes = Vec::new();
        for batch in approved.undos(&now, &journal) {
            outcomes.extend(runner.write(BatchKind::Undo, &batch, false).await?);
        }
        let values_back = self.restore_values(&case, &runner, &journal, &mut outcomes).await?;
        let (withdrawn, all_gone) = runner.withdraw(&journal).await?;
        let left = approved.undos(&runner.standings().await?, &journal).is_empty() && values_back && all_gone;
        case.road.undone = left;
        case.road.carried_out = false;
        case.road.started = !left;
        if left {
            case.road.approved = None;
            case.road.approvals.clear();
        }
        let records = outcomes.len().saturating_add(withdrawn.len());
        let detail = json!({ "plan": digest, "records": records, "complete": left });
        self.record(&case.number, "request.undone", detail, |tx| tx.put_road(&case.number, &case.road))?;
        let told = |it: &Outcome, word: &str| OutcomeLine {
            outcome: if it.error.is_none() { word } else { "refused" }.to_owned(),
            ..line(it)
        };
        Ok(CarriedOutView {
            request: request.to_owned(),
            outcomes: outcomes
                .iter()
                .map(|it| told(it, "restored"))
                .chain(withdrawn.iter().map(|it| told(it, "withdrawn")))
                .collect(),
            complete: left,
            so_far: None,
            api_calls: Calls { forecast: None, spent: reach.org.spent() },
        })
    }

    /// What can be said of the org when a call of this deed fails: after the first batch it is not as it was.
    fn unchanged(&self, case: &CaseFile) -> Result<Unchanged, Problem> {
        let journal = self.read(|vault| vault.journal(&case.number, None))?;
        Ok(if journal.is_empty() { NOTHING_CHANGED } else { WRITTEN_STAYS })
    }

    /// Refuses when the org is not as it was rehearsed, with the list of what changed.
    fn refuse_drift(
        &self,
        case: &CaseFile,
        approved: &Approved,
        fresh: Result<casework::rehearse::Rehearsed, Problem>,
        journal: &[JournalLine],
    ) -> Result<(), Problem> {
        let ours: BTreeSet<_> = ours(journal);
        let fresh = match fresh {
            Ok(fresh) => fresh,
            // After a crash everything may be in the bin already; then there is nothing left to compare.
            Err(problem) if problem.code == "nothing_decided" && !ours.is_empty() => return Ok(()),
            Err(problem) => return Err(problem),
        };
        let changes = drift(approved.rehearsed(), &fresh, &ours);
        if changes.is_empty() {
            return Ok(());
        }
        let detail = json!({ "plan": approved.rehearsed().plan.digest, "changes": changes.len() });
        self.record(&case.number, "request.drift_refused", detail, |_| Ok(()))?;
        Err(drifted(&changes))
    }
}

impl Desk {
    /// The values that a plan sets, hashed with the values before them; together with those of earlier plans.
    fn to_be_set(&self, case: &CaseFile, approved: &Approved) -> Result<Vec<SetValue>, Problem> {
        let rehearsed = approved.rehearsed();
        let digest = rehearsed.plan.digest.as_str();
        let before = self
            .read(|vault| vault.before_image(&case.number, digest))?
            .map(|it| it.rows)
            .unwrap_or_default();
        let fresh = set_values(digest, &rehearsed.changes, &before, &self.hash_key());
        let mut set: Vec<SetValue> =
            self.read(|vault| vault.part(&case.number, Part::SetValues))?.unwrap_or_default();
        for it in fresh {
            let known =
                set.iter().position(|one| one.made.is_none() && one.id == it.id && one.field == it.field);
            match known.and_then(|place| set.get_mut(place)) {
                // What an earlier plan wrote and this one finds in place still remembers what stood before.
                Some(one) if !it.written && one.after == it.after => {}
                Some(one) => *one = it,
                None => set.push(it),
            }
        }
        Ok(set)
    }

    /// Brings values back to what they were while nobody changed them since; says whether all of them are back.
    async fn restore_values(
        &self,
        case: &CaseFile,
        runner: &Runner<'_>,
        journal: &[JournalLine],
        outcomes: &mut Vec<Outcome>,
    ) -> Result<bool, Problem> {
        let mut set: Vec<SetValue> =
            self.read(|vault| vault.part(&case.number, Part::SetValues))?.unwrap_or_default();
        if set.is_empty() {
            return Ok(true);
        }
        let plans: BTreeSet<&str> = set.iter().map(|it| it.plan.as_str()).collect();
        let mut before = Vec::new();
        for plan in plans {
            before.extend(
                self.read(|vault| vault.before_image(&case.number, plan))?
                    .map(|it| it.rows)
                    .unwrap_or_default(),
            );
        }
        let asks = set_value_asks(&set, &std::collections::BTreeMap::new());
        let key = self.hash_key();
        let now = rows_of(runner.ask(&asks).await?);
        let (batches, refused) = Approved::restores(&set, &before, &now, journal, &key);
        outcomes.extend(refused);
        for batch in batches {
            outcomes.extend(runner.write(BatchKind::Undo, &batch, false).await?);
        }
        let now = rows_of(runner.ask(&asks).await?);
        let held = |it: &SetValue| now.iter().find(|row| row.id == it.id).map(|row| it.in_row(&key, row));
        set.retain(|it| it.made.is_some() || (it.written && held(it) != Some(Held::Before)));
        let back = !set.iter().any(|it| it.made.is_none() && held(it) == Some(Held::After));
        let detail = json!({ "values_left": set.len() });
        self.record(&case.number, "request.values_restored", detail, |tx| {
            tx.put_part(&case.number, Part::SetValues, &set)
        })?;
        Ok(back)
    }
}

/// The rows of what was answered; a refused question leaves its records untold.
fn rows_of(answers: Answers) -> Vec<Row> {
    answers.into_iter().flatten().flat_map(|answer| answer.rows).collect()
}

/// What one run needs at every batch.
struct Runner<'a> {
    desk: &'a Desk,
    case: &'a CaseFile,
    approved: &'a Approved,
    org: &'a Org,
    progress: &'a Progress,
}

impl Runner<'_> {
    async fn ask(&self, asks: &[Ask]) -> Result<Answers, Problem> {
        match answers(self.org, asks).await {
            Ok(told) => Ok(told),
            // Only now: the journal grows with every batch, and each batch asks.
            Err(error) => Err(troubles::org(&error, self.desk.unchanged(self.case)?)),
        }
    }

    async fn standings(&self) -> Result<Standings, Problem> {
        let asks = self.approved.standing_asks();
        let mut rows = Vec::new();
        for answer in self.ask(&asks).await? {
            match answer {
                Ok(answer) => rows.extend(answer.rows),
                Err(refusal) => {
                    return Err(Problem::new(
                        "standing_unknown",
                        format!(
                            "The org refused to say where the plan's records stand ({}). Nothing more was written.",
                            refusal.code
                        ),
                        "Check the Salesforce user's permissions with `habeas org check`, then run this again.",
                    ));
                }
            }
        }
        Ok(self.approved.standings(&rows))
    }

    /// One batch: who we are, no drift, intent, the write, the outcome.
    async fn write(&self, kind: BatchKind, batch: &WriteBatch, check: bool) -> Result<Vec<Outcome>, Problem> {
        self.org.who_am_i().await.map_err(|error| troubles::org(&error, "This batch was not written."))?;
        if check {
            let mut rows = Vec::new();
            for answer in self.ask(&self.approved.before_asks(batch)).await?.into_iter().flatten() {
                rows.extend(answer.rows);
            }
            let changes = self.approved.before_drift(batch, &rows);
            if !changes.is_empty() {
                let detail = json!({ "plan": self.digest(), "changes": changes.len() });
                self.desk.record(&self.case.number, "request.drift_refused", detail, |_| Ok(()))?;
                return Err(drifted(&changes));
            }
        }
        let number = self.next_batch()?;
        let ids: Vec<_> = batch.ids().cloned().collect();
        self.journal(number, kind, Phase::Intent, &ids, &[])?;
        self.progress.say(&format!("{}: {} records", word(kind), ids.len()));
        let sent = match (kind, batch.deed()) {
            (BatchKind::Purge, _) => self.org.empty_bin(batch).await,
            (BatchKind::Undo, Deed::Delete) => self.org.undelete(batch).await,
            (_, Deed::Delete) => self.org.delete(batch).await,
            // It takes no other deed than a blank and a replace.
            _ => self.org.update(batch).await,
        };
        let answers: Vec<WriteAnswer> = sent
            .map_err(|error| {
                troubles::org(&error, "This batch was not written; earlier batches stay as they are.")
            })?
            .into_iter()
            .map(|(id, outcome)| WriteAnswer { id, error: outcome.err() })
            .collect();
        let outcomes = self.approved.outcomes(batch, &answers);
        self.journal(number, kind, Phase::Done, &ids, &outcomes)?;
        Ok(outcomes)
    }

    fn journal(
        &self,
        batch: u32,
        kind: BatchKind,
        phase: Phase,
        ids: &[casework::record_id::RecordId],
        outcomes: &[Outcome],
    ) -> Result<(), Problem> {
        let line = JournalLine {
            digest: self.digest(),
            batch,
            kind,
            phase,
            ids: ids.to_vec(),
            outcomes: outcomes.to_vec(),
        };
        let deed = match phase {
            Phase::Intent => "batch.intent",
            Phase::Done => "batch.done",
        };
        let mut detail = json!({ "plan": line.digest, "batch": batch, "kind": kind, "ids": ids });
        if let (Phase::Done, Some(map)) = (phase, detail.as_object_mut()) {
            map.insert("outcomes".into(), counted(outcomes));
        }
        self.desk.record(&self.case.number, deed, detail, |tx| tx.add_journal(&self.case.number, &line))
    }

    fn next_batch(&self) -> Result<u32, Problem> {
        let journal = self.desk.read(|vault| vault.journal(&self.case.number, Some(&self.digest())))?;
        Ok(journal.iter().map(|line| line.batch).max().unwrap_or(0).saturating_add(1))
    }

    fn digest(&self) -> String {
        self.approved.rehearsed().plan.digest.clone()
    }
}

fn word(kind: BatchKind) -> &'static str {
    match kind {
        BatchKind::Delete => "Deleting",
        BatchKind::Write => "Writing",
        BatchKind::Purge => "Emptying the bin",
        BatchKind::Undo => "Bringing back",
        BatchKind::Create => "Creating",
        BatchKind::Withdraw => "Taking back what was created",
    }
}

pub(crate) fn line(outcome: &Outcome) -> OutcomeLine {
    OutcomeLine {
        object: outcome.object.clone(),
        id: outcome.id.to_string(),
        outcome: crate::evidence::word(&outcome.outcome),
        error: outcome.error.as_ref().map(|it| json!({ "code": it.code, "message": it.message })),
    }
}

/// Outcome word → how many.
fn counted(outcomes: &[Outcome]) -> serde_json::Value {
    let mut counts = std::collections::BTreeMap::<String, u64>::new();
    for outcome in outcomes {
        *counts.entry(line(outcome).outcome).or_default() += 1;
    }
    json!(counts)
}

fn drifted(changes: &[Drift]) -> Problem {
    let first: Vec<String> =
        changes.iter().take(5).map(|it| format!("{} {} ({})", it.object, it.id, it.change)).collect();
    let more = if changes.len() > first.len() { " …" } else { "" };
    Problem::new(
        "drift",
        format!(
            "The org changed since the plan was rehearsed: {}{more}. What the plan had not yet written was not written.",
            first.join("; ")
        ),
        "Rehearse again, look at the new plan and approve it. If part of the plan was already written, take that back with `habeas request undo` first.",
    )
    .as_a_no()
    .beside("drift", json!(changes))
}

fn not_approved(why: &NotApproved) -> Problem {
    match why {
        NotApproved::NeverApproved => Problem::new(
            "not_approved",
            format!("The plan was not approved. {NOTHING_CHANGED}"),
            "Approve it with `habeas request approve` and the digest that the rehearsal showed.",
        )
        .as_a_no(),
        NotApproved::OtherDigest => wrong_digest(NOTHING_CHANGED),
        NotApproved::Altered => Problem::new(
            "plan_altered",
            format!("The plan kept in the vault does not fit its digest. {NOTHING_CHANGED}"),
            "Check the vault with `habeas vault check`, then rehearse again.",
        )
        .as_a_no(),
    }
}
