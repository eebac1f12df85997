//! What the law book answers for a request, asked with the facts of the case.

use casework::case::{CaseOutcome, Hold, RequestKind};
use casework::identity::{Requester, Thresholds};
use chrono::{DateTime, NaiveDate, Utc};
use law::answer::{Answer, Deed, Duty, State};
use law::period::Due;
use serde_json::{Value, json};
use vault::{CaseFile, Part};

use crate::answering::seconds;
use crate::desk::Desk;
use crate::identity::Identity;
use crate::problem::Problem;
use crate::views::asking::MayRefuse;

impl Desk {
    /// Every duty of the request with its state and dates, and how each came about.
    ///
    /// # Errors
    /// A [`Problem`] with the law book's sentence.
    pub(crate) fn duties(&self, case: &CaseFile) -> Result<Answer, Problem> {
        law::duties(&self.facts(case)?).map_err(|error| no_answer(&error))
    }

    /// Refuses a kind that is not in force on the day of receipt: nothing can be owed under it.
    pub(crate) fn in_force(&self, kind: RequestKind, received_at: DateTime<Utc>) -> Result<(), Problem> {
        let facts = json!({
            "family": "request", "kind": kind.code(), "zone": self.zone()?.name(), "received_at": seconds(received_at),
        });
        let answer = law::duties(&facts).map_err(|error| no_answer(&error))?;
        let timed: Vec<&Duty> = answer.duties.iter().filter(|it| it.duty != Deed::Verify).collect();
        match timed.first() {
            Some(first) if timed.iter().all(|it| it.state == State::NotInForce) => Err(Problem::new(
                "not_in_force",
                format!("{} {} Nothing was opened.", first.because.join(" "), first.citation),
                "Tell the person from when the right applies; open the request if it comes again then.",
            )),
            _ => Ok(()),
        }
    }

    /// Why the business need not honour the request, by the caps on repeated ones.
    pub(crate) fn may_refuse(&self, case: &CaseFile) -> Result<Vec<MayRefuse>, Problem> {
        Ok(refusable(&self.duties(case)?.duties))
    }

    /// How many points each level of identity takes on the day of receipt.
    pub(crate) fn thresholds(&self, case: &CaseFile) -> Result<Thresholds, Problem> {
        let of = |kind: RequestKind| {
            let facts = json!({
                "family": "request", "kind": kind.code(), "zone": self.zone()?.name(), "received_at": case.received_at,
            });
            let answer = law::duties(&facts).map_err(|error| no_answer(&error))?;
            answer.requirements.identity.ok_or_else(|| {
                Problem::new(
                    "no_rule",
                    "The law book does not say how identity is checked for this request. Nothing was recorded.",
                    "Ask counsel, and note how identity was checked.",
                )
            })
        };
        let (reasonable, high) = (of(RequestKind::KnowCategories)?, of(RequestKind::KnowSpecific)?);
        Ok(Thresholds {
            reasonable: usize::from(reasonable.points),
            reasonably_high: usize::from(high.points),
            declaration: high.declaration,
        })
    }

    /// The last day on which a direction not to delete binds, its renewals counted.
    pub(crate) fn held_until(
        &self,
        case: &CaseFile,
        from: NaiveDate,
        renewed_on: &[NaiveDate],
    ) -> Result<NaiveDate, Problem> {
        let mut facts = self.facts(case)?;
        if let Some(map) = facts.as_object_mut() {
            map.insert("law_enforcement_hold".to_owned(), json!({ "from": from, "renewed_at": renewed_on }));
        }
        let answer = law::duties(&facts).map_err(|error| no_answer(&error))?;
        let hold = answer.duties.iter().find(|it| it.duty == Deed::Hold);
        match hold.and_then(|it| it.due) {
            Some(Due::Day(day)) => Ok(day),
            Some(Due::Instant(at)) => Ok(at.date_naive()),
            None => Err(Problem::new(
                "no_rule",
                "The law book does not say how long such a hold binds. Nothing was recorded.",
                "Ask counsel, and do not carry out the deletion meanwhile.",
            )),
        }
    }

    /// The facts of a case in the shape that the law book reads.
    fn facts(&self, case: &CaseFile) -> Result<Value, Problem> {
        let requester = self.requester(case)?;
        let identity: Option<Value> = self.read(|vault| vault.part(&case.number, Part::Identity))?;
        let identity = identity.and_then(|it| serde_json::from_value::<Identity>(it).ok());
        let road = &case.road;
        Ok(json!({
            "family": "request", "kind": case.kind.code(), "zone": self.zone()?.name(), "today": self.today()?,
            "received_at": case.received_at, "acknowledged_at": road.acknowledged_at,
            "answered_at": answered_at(case),
            "extension_notice_sent_at": road.extension.as_ref().map(|it| &it.told_at),
            "earlier_requests": self.earlier_facts(case, requester)?,
            "requester": {
                "account_holder": requester.account_holder, "via": requester.via,
                "age_band": requester.age_band, "household": requester.household,
            },
            "matched_points": identity.as_ref().map(|it| it.points.len()),
            "signed_declaration": identity.as_ref().map(|it| it.declaration),
            "law_enforcement_hold": road.hold.as_ref().map(hold_facts),
        }))
    }

    fn earlier_facts(&self, case: &CaseFile, requester: Requester) -> Result<Vec<Value>, Problem> {
        let Some(subject) = self.read(|vault| vault.part(&case.number, Part::Subject))? else {
            return Ok(Vec::new());
        };
        self.cases_of(&subject)?
            .into_iter()
            .map(|(it, _)| it)
            .filter(|it| it.number < case.number)
            .map(|it| {
                let outcome = match it.outcome {
                    Some(
                        CaseOutcome::Granted | CaseOutcome::PartiallyGranted | CaseOutcome::DeletedInstead,
                    ) => Some("answered"),
                    Some(CaseOutcome::Denied) => Some("denied"),
                    Some(CaseOutcome::Expired | CaseOutcome::Cancelled) | None => None,
                };
                Ok(json!({
                    "kind": it.kind.code(), "received_at": it.received_at,
                    "decided_at": outcome.and(it.closed_at.as_deref()), "outcome": outcome,
                    "rediscovery_after_correction": self.requester(&it)?.after_correction,
                    "same_matter": (it.kind == case.kind).then_some(requester.same_matter),
                    "new_documents": requester.new_documents,
                }))
            })
            .collect()
    }
}

/// The caps on repeated requests among what the law book answers.
pub(crate) fn refusable(duties: &[Duty]) -> Vec<MayRefuse> {
    duties
        .iter()
        .filter(|it| it.state == State::MayRefuse)
        .map(|it| MayRefuse {
            because: it.because.clone(),
            citation: it.citation.clone(),
            rule: it.rule.clone(),
        })
        .collect()
}

/// When the substance was answered: the letter that answers, else the closing of a request that was decided.
pub(crate) fn answered_at(case: &CaseFile) -> Option<&str> {
    let decided = !matches!(case.outcome, None | Some(CaseOutcome::Cancelled | CaseOutcome::Expired));
    case.road.answered_at.as_deref().or(case.closed_at.as_deref().filter(|_| decided))
}

fn hold_facts(hold: &Hold) -> Value {
    json!({ "from": hold.from, "renewed_at": hold.renewed_on })
}

fn no_answer(error: &law::FactsProblem) -> Problem {
    Problem::new("no_rule", error.to_string(), "Count the days by hand and note how.")
}
