//! The road of a request: its stages, its deeds, and what has happened on it so far.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::approval::Approval;
use crate::case::{Ending, RequestKind};
use crate::identity::Level;

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    Open,
    Identity,
    Located,
    Reviewed,
    Exported,
    Rehearsed,
    Approved,
    CarriedOut,
    Proved,
    Answered,
    Closed,
}

impl Stage {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Identity => "identity",
            Self::Located => "located",
            Self::Reviewed => "reviewed",
            Self::Exported => "exported",
            Self::Rehearsed => "rehearsed",
            Self::Approved => "approved",
            Self::CarriedOut => "carried-out",
            Self::Proved => "proved",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }
}

/// A law-enforcement agency's direction not to delete (Civ. Code § 1798.145(a)(1)(B)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hold {
    /// The agency's own case number.
    pub reference: String,
    pub from: NaiveDate,
    /// The last day on which it binds; a day of the business's zone.
    pub until: NaiveDate,
    /// The days on which the agency renewed it.
    #[serde(default)]
    pub renewed_on: Vec<NaiveDate>,
}

/// The one extension of the time to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Extension {
    /// When the person was told, UTC, RFC 3339.
    pub told_at: String,
    pub answer_by: NaiveDate,
}

/// What has happened on the road so far. Each fact is set by one deed; [`Road::stage`] is read from them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Road {
    /// When receipt was confirmed, UTC, RFC 3339.
    pub acknowledged_at: Option<String>,
    pub extension: Option<Extension>,
    /// The data is a household's, to which know, delete and correct do not reach (Civ. Code § 1798.145(p)).
    pub household: bool,
    /// Identity reached the level that this request needs.
    pub identified: bool,
    /// The level that was reached.
    pub level: Level,
    /// Specific pieces were asked for, and identity reached the level for categories only (§ 7024(a)).
    pub fallback: bool,
    /// An opt-in was confirmed in its second step (§ 7028).
    pub confirmed: bool,
    pub hold: Option<Hold>,
    pub located: bool,
    /// At least one match was decided, or there was none to decide.
    pub reviewed: bool,
    pub exported: bool,
    /// The digest of the latest rehearsal; a new review takes it away again.
    pub rehearsed: Option<String>,
    /// The digest that was approved, by as many people as the vault's policy asked for then.
    pub approved: Option<String>,
    /// Who has approved since the latest rehearsal.
    pub approvals: Vec<Approval>,
    /// A run began: the plan can no longer be replaced without finishing or undoing it.
    pub started: bool,
    /// The digest of the plan that a run began with last.
    pub carried_out_plan: Option<String>,
    pub carried_out: bool,
    pub purged: bool,
    pub undone: bool,
    pub proved: bool,
    /// Denied in whole or in part; the reasons stand in the case's events.
    pub denied: bool,
    /// When the first answer went out, UTC, RFC 3339.
    pub answered_at: Option<String>,
    pub answered: bool,
    pub closed: bool,
}

impl Road {
    /// The furthest stage reached.
    pub fn stage(&self) -> Stage {
        [
            (self.closed, Stage::Closed),
            (self.answered, Stage::Answered),
            (self.proved, Stage::Proved),
            (self.carried_out, Stage::CarriedOut),
            (self.approved.is_some(), Stage::Approved),
            (self.rehearsed.is_some(), Stage::Rehearsed),
            (self.exported, Stage::Exported),
            (self.reviewed, Stage::Reviewed),
            (self.located, Stage::Located),
            (self.identified, Stage::Identity),
        ]
        .into_iter()
        .find_map(|(reached, stage)| reached.then_some(stage))
        .unwrap_or(Stage::Open)
    }

    /// The hold that binds on that day.
    pub fn held_on(&self, day: NaiveDate) -> Option<&Hold> {
        self.hold.as_ref().filter(|hold| day <= hold.until)
    }
}

/// What an officer can do to a request after it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RequestDeed {
    Acknowledge,
    Identify,
    /// The second step of an opt-in.
    Confirm,
    Extend,
    Hold,
    Locate,
    Review,
    Export,
    Rehearse,
    Approve,
    CarryOut,
    Undo,
    Prove,
    Deny,
    Letter,
    Close,
    Seal,
}

/// The deeds on the road of a kind, in the order in which they are usually walked.
///
/// Extending, holding, denying and undoing stand beside every road and are not listed.
pub fn steps(kind: RequestKind) -> Vec<RequestDeed> {
    use RequestDeed as It;
    let mut steps = Vec::new();
    match kind {
        RequestKind::OptIn => steps.push(It::Confirm),
        it if it.needs_identity() => steps.extend([It::Acknowledge, It::Identify]),
        _ => {}
    }
    steps.extend([It::Locate, It::Review]);
    match kind.ending() {
        Ending::Package => steps.push(It::Export),
        Ending::Plan => steps.extend([It::Rehearse, It::Approve, It::CarryOut, It::Prove]),
    }
    steps.extend([It::Letter, It::Close, It::Seal]);
    steps
}

/// Whether requests of a kind know the deed at all, on their road or beside it.
pub fn knows(kind: RequestKind, deed: RequestDeed) -> bool {
    use RequestDeed as It;
    match deed {
        It::Deny | It::Letter | It::Acknowledge => true,
        It::Export | It::Extend => kind.needs_identity(),
        It::Hold => kind == RequestKind::Delete,
        It::Undo => kind.ending() == Ending::Plan,
        other => steps(kind).contains(&other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_knows_its_road_and_what_stands_beside_it() {
        for kind in RequestKind::ALL {
            assert!(steps(kind).into_iter().all(|deed| knows(kind, deed)), "{kind:?} knows its own road");
        }
        assert!(knows(RequestKind::Delete, RequestDeed::Export));
        assert!(!knows(RequestKind::OptOut, RequestDeed::Export));
        assert!(!knows(RequestKind::KnowSpecific, RequestDeed::Undo));
        assert!(!knows(RequestKind::Correct, RequestDeed::Hold));
        assert!(!knows(RequestKind::Delete, RequestDeed::Confirm));
    }
}
