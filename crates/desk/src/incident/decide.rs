//! Findings confirmed and dismissed.

use casework::incident::{HeldFinding, Status, Strength};
use serde_json::json;

use crate::desk::Desk;
use crate::problem::Problem;

/// Characters of a reason.
pub(super) const LONGEST_REASON: usize = 4000;

impl Desk {
    /// Confirms a finding; a later word replaces an earlier one.
    ///
    /// # Errors
    /// `unknown_finding`; nothing was decided then.
    pub fn confirm_finding(
        &self,
        incident: &str,
        finding: &str,
        because: &str,
    ) -> Result<HeldFinding, Problem> {
        self.decide_finding(incident, finding, because, Status::Confirmed)
    }

    /// Dismisses a finding.
    ///
    /// # Errors
    /// As [`Desk::confirm_finding`].
    pub fn dismiss_finding(
        &self,
        incident: &str,
        finding: &str,
        because: &str,
    ) -> Result<HeldFinding, Problem> {
        self.decide_finding(incident, finding, because, Status::Dismissed)
    }

    fn decide_finding(
        &self,
        incident: &str,
        finding: &str,
        because: &str,
        status: Status,
    ) -> Result<HeldFinding, Problem> {
        let file = self.incident_file(incident)?;
        let because = because.trim();
        if because.is_empty() || because.chars().count() > LONGEST_REASON {
            return Err(Problem::new(
                "usage",
                "The reason is empty or longer than 4,000 characters. Nothing was decided.",
                "Say what you checked, in a sentence.",
            ));
        }
        let held = self.incident_findings(incident, Strength::Everything)?;
        let Some(mut held) = held.into_iter().find(|it| it.finding.finding == finding) else {
            return Err(unknown_finding());
        };
        let deed = if status == Status::Confirmed {
            "incident.finding_confirmed"
        } else {
            "incident.finding_dismissed"
        };
        let detail = json!({ "finding": finding, "rule": held.finding.rule });
        self.record(&file.number, deed, detail, |tx| {
            tx.decide_finding(&file.number, finding, status, because)
        })?;
        held.status = status;
        held.because = Some(because.to_owned());
        Ok(held)
    }
}

pub(super) fn unknown_finding() -> Problem {
    Problem::new(
        "unknown_finding",
        "There is no such finding in this incident. Nothing was decided.",
        "List the findings with `habeas incident find`; a finding looks like F-0123456789.",
    )
}
