//! What came of carrying out, also in the middle of a run and after one that was cut off.

use casework::carry_out::{Doing, Outcome, Stage, so_far};
use vault::{CaseFile, Part};

use super::line;
use crate::desk::Desk;
use crate::evidence::word;
use crate::problem::Problem;
use crate::views::{Calls, CarriedOutView, OutcomeLine, SoFarView};

/// The ledger entry that settles a run.
const SETTLED: &str = "request.carried_out";

impl Desk {
    /// What came of carrying out, record by record; `None` before it. While a run goes on, what the org answered so far.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn outcomes(&self, request: &str) -> Result<Option<CarriedOutView>, Problem> {
        let case = self.case(request)?;
        if let Some(view) = self.unsettled(&case)? {
            return Ok(Some(view));
        }
        let kept: Option<Vec<Outcome>> = self.read(|vault| vault.part(&case.number, Part::Outcomes))?;
        Ok(kept.map(|outcomes| CarriedOutView {
            outcomes: outcomes.iter().map(line).collect(),
            complete: case.road.carried_out,
            ..empty(request)
        }))
    }

    /// The run whose batches went out since the last one was settled.
    fn unsettled(&self, case: &CaseFile) -> Result<Option<CarriedOutView>, Problem> {
        let Some(digest) = case.road.carried_out_plan.as_deref() else { return Ok(None) };
        let ledger = self.read(|vault| vault.ledger(Some(&case.number)))?;
        let settled = ledger.iter().rev().find(|entry| entry.deed == SETTLED);
        let since = ledger.iter().rev().take_while(|entry| entry.deed != SETTLED);
        let fresh =
            since.filter(|entry| matches!(entry.deed.as_str(), "batch.intent" | "batch.done")).count();
        if fresh == 0 {
            return Ok(None);
        }
        let journal = self.read(|vault| vault.journal(&case.number, None))?;
        let rehearsed = self.rehearsed(case)?;
        let of_this_plan = settled.is_some_and(|entry| entry.detail["plan"] == digest);
        let before: Vec<Outcome> = if of_this_plan {
            self.read(|vault| vault.part(&case.number, Part::Outcomes))?.unwrap_or_default()
        } else {
            Vec::new()
        };
        let lines = journal.len().saturating_sub(fresh);
        Ok(so_far(&rehearsed.plan, &before, &journal, lines).map(|now| CarriedOutView {
            outcomes: now
                .records
                .into_iter()
                .map(|it| OutcomeLine {
                    object: it.object,
                    id: it.id.to_string(),
                    outcome: said(it.stage),
                    error: it.error.map(|it| serde_json::json!({ "code": it.code, "message": it.message })),
                })
                .collect(),
            so_far: Some(SoFarView {
                doing: match now.doing {
                    Doing::CarryingOut => "carrying_out",
                    Doing::Purging => "purging",
                    Doing::BringingBack => "bringing_back",
                },
                answered: now.answered,
                of: now.of,
            }),
            ..empty(&case.number.to_string())
        }))
    }
}

fn empty(request: &str) -> CarriedOutView {
    CarriedOutView {
        request: request.to_owned(),
        outcomes: Vec::new(),
        complete: false,
        so_far: None,
        api_calls: Calls { forecast: None, spent: 0 },
    }
}

fn said(stage: Stage) -> String {
    match stage {
        Stage::Waiting => "waiting".to_owned(),
        Stage::Along => "along".to_owned(),
        Stage::Sent => "sent".to_owned(),
        Stage::Ended(ended) => word(&ended),
        Stage::BroughtBack => "restored".to_owned(),
        Stage::Withdrawn => "withdrawn".to_owned(),
    }
}
