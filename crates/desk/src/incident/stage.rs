//! How far an incident has come, and what each step of its road waits for. What was done stands in the ledger.

use casework::incident::{Gathered, HeldFinding, Status};
use casework::ledger::Entry;
use serde::Serialize;
use ts_rs::TS;

/// The steps in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "IncidentStepName")]
pub enum Step {
    Gather,
    Find,
    Scope,
    Assess,
    Notices,
    Packet,
}

/// One step, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IncidentStep {
    pub step: Step,
    pub begun: bool,
    pub done: bool,
    /// Why it cannot begin yet.
    pub missing: Option<&'static str>,
    /// Why it should be done once more.
    pub again: Option<&'static str>,
}

/// What the steps are judged by.
pub(super) struct Far<'a> {
    pub gathered: Option<&'a Gathered>,
    pub held: Option<&'a [HeldFinding]>,
    pub ledger: &'a [Entry],
}

impl Far<'_> {
    /// The place of the last deed of these names.
    fn last(&self, deeds: &[&str]) -> Option<u64> {
        self.ledger.iter().filter(|it| deeds.contains(&it.deed.as_str())).map(|it| it.case_seq).max()
    }

    fn after(&self, deed: &str, later: &[&str]) -> bool {
        self.last(&[deed]).is_some_and(|then| self.last(later).is_some_and(|it| it > then))
    }

    fn any(&self, status: Status) -> bool {
        self.held.is_some_and(|held| held.iter().any(|it| it.status == status))
    }

    /// The word for the list, and what comes next on the command line.
    pub(super) fn stage(&self) -> (&'static str, &'static str) {
        match () {
            () if self.gathered.is_none() => ("gather", super::open::NEXT_GATHER),
            () if self.held.is_none() => ("find", "Examine the logs: `habeas incident find`."),
            () if !self.any(Status::Confirmed) => {
                ("confirm", "Confirm or dismiss the findings: `habeas incident confirm` or `dismiss`.")
            }
            () if self.last(&["incident.scoped"]).is_none() => {
                ("scope", "Find whose data it is: `habeas incident scope`.")
            }
            () if self.last(&["incident.assessed"]).is_none() => {
                ("assess", "Ask what the law asks: `habeas incident assess`.")
            }
            () if self.last(&["incident.drafted"]).is_none() => {
                ("notices", "Draft the notices: `habeas incident draft`.")
            }
            () if self.last(&["incident.sealed"]).is_none() => {
                ("packet", "Assemble and seal the packet: `habeas incident assemble`, then `seal`.")
            }
            () => ("sealed", "Note who is told, with `habeas incident tell`, and seal again."),
        }
    }

    pub(super) fn steps(&self) -> Vec<IncidentStep> {
        const DECIDED: [&str; 2] = ["incident.finding_confirmed", "incident.finding_dismissed"];
        let done = |deed: &str| self.last(&[deed]).is_some();
        let step = |step, begun, done, missing: &[(bool, &'static str)], again: &[(bool, &'static str)]| {
            let first = |of: &[(bool, &'static str)]| of.iter().find(|it| it.0).map(|it| it.1);
            IncidentStep { step, begun, done, missing: first(missing), again: first(again) }
        };
        let examined = self.held.is_some();
        let unexamined = (!examined, "The logs were not examined yet.");
        let nothing = (!self.any(Status::Confirmed), "No finding is confirmed yet.");
        vec![
            step(Step::Gather, self.gathered.is_some(), self.gathered.is_some(), &[], &[]),
            step(
                Step::Find,
                examined,
                examined && !self.any(Status::Open),
                &[(self.gathered.is_none(), "No logs were gathered yet.")],
                &[],
            ),
            step(
                Step::Scope,
                done("incident.scoped"),
                done("incident.scoped"),
                &[unexamined, nothing],
                &[(
                    self.after("incident.scoped", &DECIDED),
                    "Findings were decided since the last count: count again.",
                )],
            ),
            step(
                Step::Assess,
                done("incident.assessed"),
                done("incident.assessed"),
                &[],
                &[(
                    self.after("incident.assessed", &["incident.scoped"]),
                    "People were counted since the last assessment: assess again.",
                )],
            ),
            step(
                Step::Notices,
                done("incident.drafted"),
                done("incident.drafted"),
                &[(!done("incident.scoped"), "Nobody was counted yet whose data it is.")],
                &[(
                    self.after("incident.drafted", &["incident.scoped", "incident.assessed"]),
                    "People were counted or the law was asked since: draft again.",
                )],
            ),
            step(
                Step::Packet,
                done("incident.assembled"),
                done("incident.sealed"),
                &[(!done("incident.drafted"), "The notices were not drafted yet.")],
                &[(
                    self.after("incident.assembled", &["incident.drafted", "incident.told"]),
                    "Notices were drafted or somebody was told since: assemble and seal again.",
                )],
            ),
        ]
    }
}
