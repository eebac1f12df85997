//! Approving: a person says yes to exactly one plan, and a second one where the vault's policy asks for it.

use casework::approval::{Approval, Lacking, NotTaken, Policy, lacking, taken};
use casework::case::RequestDeed;
use serde_json::json;
use vault::{CaseFile, Part};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::rehearse::wrong_digest;
use crate::troubles::NOTHING_CHANGED;
use crate::views::{ApprovalView, ApprovedView, ApproverLine};

const NOTHING_APPROVED: &str = "Nothing was approved.";

impl Desk {
    /// Confirms the plan by the digest that the rehearsal showed. `by` names the person; it is needed where the policy
    /// `policy.second_approval` is on, and then the plan counts as approved when a second person of another name agreed.
    ///
    /// # Errors
    /// `wrong_digest` (a "no") when the digest is another plan's; `approver_missing`, `approver_unusable` or `same_approver`
    /// when the name is not taken. Nothing is approved then.
    pub fn approve(&self, request: &str, digest: &str, by: Option<&str>) -> Result<ApprovedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Approve)?;
        let kept = self.rehearsed(&case)?;
        if kept.plan.digest != digest {
            return Err(wrong_digest(NOTHING_APPROVED));
        }
        let policy = self.approval_policy()?;
        let by = taken(&case.road.approvals, digest, by, policy).map_err(not_taken)?;
        let at = self.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        case.road.approvals.push(Approval { plan: digest.to_owned(), by: by.clone(), at: at.clone() });
        let complete = lacking(&case.road.approvals, digest, policy).is_none();
        if complete {
            case.road.approved = Some(digest.to_owned());
        }
        let steps = u64::try_from(kept.plan.steps.len()).unwrap_or(u64::MAX);
        let approval = self.approval(&case, Some(digest))?;
        let detail = json!({ "plan": digest, "steps": steps, "by": by, "complete": complete });
        self.record(&case.number, "request.approved", detail, |tx| {
            if complete {
                let body = json!({ "plan": digest, "at": at, "steps": steps, "approvals": approval.given });
                tx.put_part(&case.number, Part::Approval, &body)?;
            }
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(ApprovedView { request: request.to_owned(), approved: digest.to_owned(), steps, approval })
    }

    /// Refuses to carry out a plan that too few people approved. The policy of today counts, not that of the approval.
    pub(crate) fn enough_approved(&self, case: &CaseFile, digest: &str) -> Result<(), Problem> {
        match self.approval(case, Some(digest))?.missing {
            None => Ok(()),
            Some(what) => Err(Problem::new(
                "second_approval",
                format!("{what} {NOTHING_CHANGED}"),
                "Approve the plan with `habeas request approve --plan DIGEST --by NAME`, each of the two people under their own name.",
            )
            .as_a_no()),
        }
    }

    /// Who approved the plan with this digest, and what the policy still asks for.
    pub(crate) fn approval(&self, case: &CaseFile, digest: Option<&str>) -> Result<ApprovalView, Problem> {
        let policy = self.approval_policy()?;
        let of = digest.unwrap_or_default();
        let given = case.road.approvals.iter().filter(|it| it.plan == of);
        let missing = match policy {
            // Without the policy the approved digest itself is the yes.
            Policy::OnePerson => None,
            Policy::TwoPersons => lacking(&case.road.approvals, of, policy),
        };
        Ok(ApprovalView {
            two_persons: policy == Policy::TwoPersons,
            given: given.map(|it| ApproverLine { by: it.by.clone(), at: it.at.clone() }).collect(),
            missing: missing.map(|it| sentence(it).to_owned()),
        })
    }

    fn approval_policy(&self) -> Result<Policy, Problem> {
        let on = self.text_setting("policy.second_approval")?.as_deref() == Some("on");
        Ok(if on { Policy::TwoPersons } else { Policy::OnePerson })
    }
}

fn sentence(lacking: Lacking) -> &'static str {
    match lacking {
        Lacking::First => {
            "The policy of this vault asks for two people, and nobody has approved this plan by name."
        }
        Lacking::Second => {
            "The policy of this vault asks for two people, and only one has approved this plan. A second person of another name has to."
        }
    }
}

fn not_taken(why: NotTaken) -> Problem {
    let (code, what, next) = match why {
        NotTaken::Unnamed => (
            "approver_missing",
            "The policy of this vault asks for two people, and nobody was named.",
            "Name yourself: `habeas request approve --plan DIGEST --by NAME`.",
        ),
        NotTaken::NoName => (
            "approver_unusable",
            "This is no name: it is longer than 120 characters, holds control characters or has no letter.",
            "Give the name that you sign with.",
        ),
        NotTaken::SamePerson => (
            "same_approver",
            "This person has approved the plan already; the policy of this vault asks for a second one.",
            "Let somebody else look at the plan and approve it under another name.",
        ),
    };
    Problem::new(code, format!("{what} {NOTHING_APPROVED}"), next)
}
