//! The gates: what each deed on the road needs before it may happen, and how that is said.

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;

use crate::case::{Ending, RequestDeed, RequestKind, Road, steps};

/// Why a deed may not happen yet: what is missing, and the command that supplies it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{what}")]
pub struct Missing {
    pub what: &'static str,
    pub next_step: &'static str,
}

/// One deed of a request's road, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "RoadStep")]
pub struct Step {
    pub step: RequestDeed,
    pub state: StepState,
    /// What is missing before it may happen; empty unless it waits.
    pub missing: Vec<Missing>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    Done,
    /// May happen now.
    Open,
    /// Something is missing.
    Waiting,
}

const CLOSED: Missing = Missing {
    what: "The request is closed.",
    next_step: "Open a new request if the person asks again; proving and sealing are still possible.",
};
const IDENTITY: Missing = Missing {
    what: "The person's identity was not checked yet, or not to the level that this request needs.",
    next_step: "Record the points that were checked with `habeas request identify`, or deny with the reason insuf_verification.",
};
const NO_IDENTITY: Missing = Missing {
    what: "This kind of request must not be verified.",
    next_step: "Go on without checking identity (Cal. Code Regs., tit. 11, § 7060(b)).",
};
const HOUSEHOLD: Missing = Missing {
    what: "The request is about a household's data, to which this right does not reach.",
    next_step: "Deny it with the reason claim_not_covered and the ground household (Civ. Code § 1798.145(p)).",
};
const CONFIRMED: Missing = Missing {
    what: "The opt-in was not confirmed in a second step.",
    next_step: "Ask the person to confirm the choice separately, then run `habeas request confirm` (Cal. Code Regs., tit. 11, § 7028).",
};
const NO_CONFIRMING: Missing = Missing {
    what: "Only an opt-in is confirmed in a second step.",
    next_step: "Go on with the next step that `habeas request show` names.",
};
const HELD: Missing = Missing {
    what: "A law-enforcement agency directed that this data must not be deleted yet.",
    next_step: "Wait for the end of the hold, or record its release with `habeas request hold --release` (Civ. Code § 1798.145(a)(1)(B)).",
};
const NO_HOLD: Missing = Missing {
    what: "A law-enforcement hold stops a deletion, and this request deletes nothing.",
    next_step: "Keep the agency's letter with your records; the request goes on.",
};
const NO_EXTENDING: Missing = Missing {
    what: "This kind of request cannot be extended: it must be done within 15 business days.",
    next_step: "Carry it out now (Cal. Code Regs., tit. 11, §§ 7026(f), 7027(g)).",
};
const EXTENDED: Missing = Missing {
    what: "The time to answer was extended already, and the law allows that once.",
    next_step: "Answer by the extended date (Civ. Code § 1798.145(h)(1)).",
};
const ANSWERED: Missing = Missing {
    what: "The request was answered already.",
    next_step: "There is nothing to extend; close the request.",
};
const LOCATED: Missing = Missing {
    what: "The person's records were not located yet.",
    next_step: "Run `habeas request locate` first.",
};
const REVIEWED: Missing = Missing {
    what: "No match was decided yet.",
    next_step: "Decide the matches with `habeas request review` first.",
};
const REHEARSED: Missing = Missing {
    what: "There is no rehearsed plan.",
    next_step: "Run `habeas request rehearse` and look at the plan first.",
};
const APPROVED: Missing = Missing {
    what: "The plan was not approved.",
    next_step: "Approve it with `habeas request approve` and the digest that the rehearsal showed.",
};
const STARTED: Missing = Missing {
    what: "The approved plan is being carried out.",
    next_step: "Finish it with `habeas request carry-out`, or take it back with `habeas request undo`.",
};
const NOT_CARRIED_OUT: Missing =
    Missing { what: "The plan was not carried out yet.", next_step: "Run `habeas request carry-out` first." };
const NOTHING_TO_UNDO: Missing =
    Missing { what: "Nothing was deleted under this request.", next_step: "There is nothing to undo." };
const CHANGES_NOTHING: Missing = Missing {
    what: "A request to know changes nothing in Salesforce, so there is no plan to make or carry out.",
    next_step: "Hand over the package with `habeas request export`, and write the letter.",
};
const HANDS_OUT_NOTHING: Missing = Missing {
    what: "Nobody's identity is checked for this kind of request, so no personal data may be handed out under it.",
    next_step: "Open a request to know if the person wants to see the data too.",
};

/// Everything that is missing before a deed may happen on that day; empty when it may.
///
/// Locating may come before identity; nothing leaves the program and nothing is changed in the org before.
pub fn missing(kind: RequestKind, road: &Road, deed: RequestDeed, today: NaiveDate) -> Vec<Missing> {
    use RequestDeed as It;
    let identified = !kind.needs_identity() || road.identified;
    let running = road.started && !road.carried_out && !road.undone;
    let covered = !(road.household && kind.needs_identity());
    let confirmed = kind != RequestKind::OptIn || road.confirmed;
    let held = kind == RequestKind::Delete && road.held_on(today).is_some();
    let changes = kind.ending() == Ending::Plan;
    let open = (!road.closed, CLOSED);
    let plan = (changes, CHANGES_NOTHING);
    let needs: Vec<(bool, Missing)> = match deed {
        It::Seal | It::Letter => Vec::new(),
        It::Acknowledge | It::Deny => vec![open],
        It::Close => vec![open, (!running, STARTED)],
        It::Identify => vec![open, (kind.needs_identity() || kind == RequestKind::OptIn, NO_IDENTITY)],
        It::Confirm => vec![open, (kind == RequestKind::OptIn, NO_CONFIRMING)],
        It::Extend => vec![
            open,
            (kind.needs_identity(), NO_EXTENDING),
            (!road.answered, ANSWERED),
            (road.extension.is_none(), EXTENDED),
        ],
        It::Hold => vec![open, (kind == RequestKind::Delete, NO_HOLD)],
        // After a drift in the middle of a run the officer looks, reviews and rehearses again; what is in the bin stays in the plan.
        It::Locate => vec![open],
        It::Review => vec![open, (road.located, LOCATED)],
        It::Export => vec![
            (kind.needs_identity(), HANDS_OUT_NOTHING),
            (covered, HOUSEHOLD),
            (identified || road.fallback, IDENTITY),
            (road.located, LOCATED),
        ],
        It::Rehearse => vec![open, plan, (road.located, LOCATED), (road.reviewed, REVIEWED)],
        It::Approve => vec![
            open,
            plan,
            (covered, HOUSEHOLD),
            (identified, IDENTITY),
            (confirmed, CONFIRMED),
            (road.rehearsed.is_some(), REHEARSED),
        ],
        It::CarryOut => vec![
            open,
            plan,
            (covered, HOUSEHOLD),
            (identified, IDENTITY),
            (confirmed, CONFIRMED),
            (!held, HELD),
            (road.rehearsed.is_some(), REHEARSED),
            (road.approved.is_some(), APPROVED),
        ],
        It::Undo => vec![(road.started, NOTHING_TO_UNDO)],
        It::Prove => vec![(road.started, NOT_CARRIED_OUT)],
    };
    needs.into_iter().filter(|(met, _)| !met).map(|(_, missing)| missing).collect()
}

/// Whether a deed may happen now.
///
/// # Errors
/// [`Missing`] names the first thing that is missing.
pub fn may(kind: RequestKind, road: &Road, deed: RequestDeed, today: NaiveDate) -> Result<(), Missing> {
    missing(kind, road, deed, today).into_iter().next().map_or(Ok(()), Err)
}

/// The whole road of a request with the state of each step.
pub fn walk(kind: RequestKind, road: &Road, today: NaiveDate) -> Vec<Step> {
    steps(kind)
        .into_iter()
        .map(|step| {
            let missing = missing(kind, road, step, today);
            let state = match (done(road, step), missing.is_empty()) {
                (true, _) => StepState::Done,
                (false, true) => StepState::Open,
                (false, false) => StepState::Waiting,
            };
            Step { step, state, missing: if state == StepState::Waiting { missing } else { Vec::new() } }
        })
        .collect()
}

/// Whether a deed is behind us.
pub fn done(road: &Road, step: RequestDeed) -> bool {
    use RequestDeed as It;
    match step {
        It::Acknowledge => road.acknowledged_at.is_some() || road.answered,
        It::Identify => road.identified || road.fallback,
        It::Confirm => road.confirmed,
        It::Extend => road.extension.is_some(),
        It::Hold => road.hold.is_some(),
        It::Locate => road.located,
        It::Review => road.reviewed,
        It::Export => road.exported,
        It::Rehearse => road.rehearsed.is_some(),
        It::Approve => road.approved.is_some(),
        It::CarryOut => road.carried_out,
        It::Undo => road.undone,
        It::Prove => road.proved,
        It::Deny => road.denied,
        It::Letter => road.answered,
        It::Close => road.closed,
        // A case can be sealed again at any later stage.
        It::Seal => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Hold, RequestDeed as It, Stage};

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }
    fn first(kind: RequestKind, road: &Road, deed: It) -> Result<(), Missing> {
        may(kind, road, deed, on("2026-11-21"))
    }

    #[test]
    fn nothing_leaves_before_identity_but_locating_may() {
        let road = Road { located: true, reviewed: true, rehearsed: Some("d".into()), ..Road::default() };
        assert!(first(RequestKind::Delete, &road, It::Locate).is_ok());
        assert_eq!(first(RequestKind::Delete, &road, It::Export), Err(IDENTITY));
        assert_eq!(first(RequestKind::Delete, &road, It::Approve), Err(IDENTITY));
    }

    #[test]
    fn what_must_not_be_verified_is_not_verified_and_hands_nothing_out() {
        let road = Road { located: true, reviewed: true, rehearsed: Some("d".into()), ..Road::default() };
        for kind in [RequestKind::OptOut, RequestKind::Limit, RequestKind::AdmtOptOut] {
            assert_eq!(first(kind, &road, It::Identify), Err(NO_IDENTITY));
            assert_eq!(first(kind, &road, It::Export), Err(HANDS_OUT_NOTHING));
            assert_eq!(first(kind, &road, It::Extend), Err(NO_EXTENDING));
            assert!(first(kind, &road, It::Approve).is_ok());
        }
    }

    #[test]
    fn each_deed_names_what_is_missing() {
        let road = Road::default();
        assert_eq!(first(RequestKind::Delete, &road, It::Review), Err(LOCATED));
        assert_eq!(first(RequestKind::Delete, &road, It::Prove), Err(NOT_CARRIED_OUT));
        let road = Road { located: true, identified: true, ..road };
        assert_eq!(first(RequestKind::Delete, &road, It::Rehearse), Err(REVIEWED));
        assert_eq!(
            missing(RequestKind::Delete, &road, It::CarryOut, on("2026-11-21")),
            [REHEARSED, APPROVED],
            "all of it, not only the first"
        );
        let road = Road { reviewed: true, rehearsed: Some("d".into()), ..road };
        assert_eq!(first(RequestKind::Delete, &road, It::CarryOut), Err(APPROVED));
        assert_eq!(road.stage(), Stage::Rehearsed);
    }

    #[test]
    fn a_request_to_know_has_no_plan_and_falls_back_to_categories() {
        let road = Road { located: true, reviewed: true, ..Road::default() };
        assert_eq!(first(RequestKind::KnowSpecific, &road, It::Rehearse), Err(CHANGES_NOTHING));
        assert_eq!(first(RequestKind::KnowSpecific, &road, It::Export), Err(IDENTITY));
        let road = Road { fallback: true, ..road };
        assert!(first(RequestKind::KnowSpecific, &road, It::Export).is_ok());
    }

    #[test]
    fn a_hold_stops_the_deletion_to_its_last_day_and_a_household_altogether() {
        let hold = Hold {
            reference: "A-1".into(),
            from: on("2026-11-01"),
            until: on("2027-01-30"),
            renewed_on: Vec::new(),
        };
        let mut road = Road {
            identified: true,
            located: true,
            reviewed: true,
            rehearsed: Some("d".into()),
            approved: Some("d".into()),
            hold: Some(hold),
            ..Road::default()
        };
        assert_eq!(may(RequestKind::Delete, &road, It::CarryOut, on("2027-01-30")), Err(HELD));
        assert!(may(RequestKind::Delete, &road, It::CarryOut, on("2027-01-31")).is_ok());
        road.household = true;
        assert_eq!(may(RequestKind::Delete, &road, It::CarryOut, on("2027-01-31")), Err(HOUSEHOLD));
    }

    #[test]
    fn an_opt_in_waits_for_its_second_step() {
        let road = Road { located: true, reviewed: true, rehearsed: Some("d".into()), ..Road::default() };
        assert_eq!(first(RequestKind::OptIn, &road, It::Approve), Err(CONFIRMED));
        assert!(first(RequestKind::OptIn, &Road { confirmed: true, ..road }, It::Approve).is_ok());
    }

    #[test]
    fn the_walk_tells_every_step_of_the_kind() {
        let road = Road { identified: true, located: true, ..Road::default() };
        let walk = walk(RequestKind::KnowSpecific, &road, on("2026-11-21"));
        let told: Vec<(It, StepState)> = walk.iter().map(|it| (it.step, it.state)).collect();
        assert_eq!(
            told,
            [
                (It::Acknowledge, StepState::Open),
                (It::Identify, StepState::Done),
                (It::Locate, StepState::Done),
                (It::Review, StepState::Open),
                (It::Export, StepState::Open),
                (It::Letter, StepState::Open),
                (It::Close, StepState::Open),
                (It::Seal, StepState::Open),
            ]
        );
    }
}
