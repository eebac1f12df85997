//! A request as a case: its number, its kind, the road it walks, and what each deed needs before it may happen.

use serde::{Deserialize, Serialize};

/// What the consumer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    KnowCategories,
    KnowSpecific,
    Delete,
    Correct,
    OptOut,
    Limit,
    /// Back in after an opt-out or a limit, or a minor's first consent.
    OptIn,
}

impl RequestKind {
    pub const ALL: [Self; 7] = [
        Self::KnowCategories,
        Self::KnowSpecific,
        Self::Delete,
        Self::Correct,
        Self::OptOut,
        Self::Limit,
        Self::OptIn,
    ];

    /// The word used on the command line, in files and in the vault.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KnowCategories => "know-categories",
            Self::KnowSpecific => "know-specific",
            Self::Delete => "delete",
            Self::Correct => "correct",
            Self::OptOut => "opt-out",
            Self::Limit => "limit",
            Self::OptIn => "opt-in",
        }
    }

    /// `None` when the word is none of them.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Opt-out and limit requests must not be verified (Cal. Code Regs., tit. 11, § 7060(b)).
    pub fn needs_identity(self) -> bool {
        !matches!(self, Self::OptOut | Self::Limit | Self::OptIn)
    }
}

/// `R-2026-0001`: the kind of case, the year it was opened in, and a running number of at least four digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a case number looks like R-2026-0001")]
pub struct NotACaseNumber;

impl CaseNumber {
    pub fn request(year: i32, n: u32) -> Self {
        Self(format!("R-{year:04}-{n:04}"))
    }

    /// # Errors
    /// [`NotACaseNumber`] for anything but `R-` or `I-`, four digits of a year and at least four digits.
    pub fn parse(text: &str) -> Result<Self, NotACaseNumber> {
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        match parts.as_slice() {
            [kind @ ("R" | "I"), year, n]
                if year.len() == 4 && digits(year) && (4..=9).contains(&n.len()) && digits(n) =>
            {
                Ok(Self(format!("{kind}-{year}-{n}")))
            }
            _ => Err(NotACaseNumber),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = NotACaseNumber;
    fn try_from(text: String) -> Result<Self, NotACaseNumber> {
        Self::parse(&text)
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.0)
    }
}

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

/// What has happened on the road so far. Each fact is set by one deed; [`Road::stage`] is read from them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Road {
    pub identified: bool,
    pub located: bool,
    /// At least one match was decided, or there was none to decide.
    pub reviewed: bool,
    pub exported: bool,
    /// The digest of the latest rehearsal; a new review takes it away again.
    pub rehearsed: Option<String>,
    /// The digest that was approved.
    pub approved: Option<String>,
    /// A run began: the plan can no longer be replaced without finishing or undoing it.
    pub started: bool,
    /// The digest of the plan that a run began with last.
    pub carried_out_plan: Option<String>,
    pub carried_out: bool,
    pub purged: bool,
    pub undone: bool,
    pub proved: bool,
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
}

/// What an officer can do to a request after it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestDeed {
    Identify,
    Locate,
    Review,
    Export,
    Rehearse,
    Approve,
    CarryOut,
    Undo,
    Prove,
    Letter,
    Close,
    Seal,
}

/// Why a deed may not happen yet: what is missing, and the command that supplies it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Missing {
    pub what: &'static str,
    pub next_step: &'static str,
}

const CLOSED: Missing = Missing {
    what: "The request is closed.",
    next_step: "Open a new request if the person asks again; proving and sealing are still possible.",
};
const IDENTITY: Missing = Missing {
    what: "The person's identity was not checked yet.",
    next_step: "Record the points that were checked with `habeas request identify`.",
};
const NO_IDENTITY: Missing = Missing {
    what: "This kind of request must not be verified.",
    next_step: "Go on without checking identity (Cal. Code Regs., tit. 11, § 7060(b)).",
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

/// Whether a deed may happen now.
///
/// Locating may come before identity; nothing leaves the program and nothing is changed in the org before.
///
/// # Errors
/// [`Missing`] names the first thing that is missing.
pub fn may(kind: RequestKind, road: &Road, deed: RequestDeed) -> Result<(), Missing> {
    let need = |met: bool, missing: Missing| if met { Ok(()) } else { Err(missing) };
    let identified = !kind.needs_identity() || road.identified;
    let open = !road.closed;
    let running = road.started && !road.carried_out && !road.undone;
    match deed {
        RequestDeed::Seal => Ok(()),
        RequestDeed::Prove => need(road.started, NOT_CARRIED_OUT),
        RequestDeed::Letter => Ok(()),
        RequestDeed::Close => need(open, CLOSED).and_then(|()| need(!running, STARTED)),
        RequestDeed::Identify => need(open, CLOSED).and_then(|()| need(kind.needs_identity(), NO_IDENTITY)),
        // After a drift in the middle of a run the officer looks, reviews and rehearses again; what is in the bin stays in the plan.
        RequestDeed::Locate => need(open, CLOSED),
        RequestDeed::Review => need(open, CLOSED).and_then(|()| need(road.located, LOCATED)),
        RequestDeed::Export => need(identified, IDENTITY).and_then(|()| need(road.located, LOCATED)),
        RequestDeed::Rehearse => need(open, CLOSED)
            .and_then(|()| need(road.located, LOCATED))
            .and_then(|()| need(road.reviewed, REVIEWED)),
        RequestDeed::Approve => need(open, CLOSED)
            .and_then(|()| need(identified, IDENTITY))
            .and_then(|()| need(road.rehearsed.is_some(), REHEARSED)),
        RequestDeed::CarryOut => need(open, CLOSED)
            .and_then(|()| need(identified, IDENTITY))
            .and_then(|()| need(road.rehearsed.is_some(), REHEARSED))
            .and_then(|()| need(road.approved.is_some(), APPROVED)),
        RequestDeed::Undo => need(road.started, NOTHING_TO_UNDO),
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseOutcome {
    Complied,
    PartlyComplied,
    Denied,
    NotVerified,
    NothingFound,
    Withdrawn,
    Duplicate,
}

impl CaseOutcome {
    pub const ALL: [Self; 7] = [
        Self::Complied,
        Self::PartlyComplied,
        Self::Denied,
        Self::NotVerified,
        Self::NothingFound,
        Self::Withdrawn,
        Self::Duplicate,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complied => "complied",
            Self::PartlyComplied => "partly-complied",
            Self::Denied => "denied",
            Self::NotVerified => "not-verified",
            Self::NothingFound => "nothing-found",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
        }
    }

    /// `None` when the word is none of the list.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_is_read_back_as_written_and_nothing_else_is_one() {
        assert_eq!(CaseNumber::request(2026, 7).as_str(), "R-2026-0007");
        assert!(CaseNumber::parse("I-2026-12345").is_ok());
        for bad in [
            "",
            "R-2026",
            "R-26-0001",
            "X-2026-0001",
            "R-2026-1",
            "r-2026-0001",
            "R-2026-0001-2",
            "R-2026-00O1",
        ] {
            assert_eq!(CaseNumber::parse(bad), Err(NotACaseNumber), "{bad}");
        }
    }

    #[test]
    fn nothing_leaves_before_identity_but_locating_may() {
        let road = Road { located: true, reviewed: true, rehearsed: Some("d".into()), ..Road::default() };
        assert!(may(RequestKind::Delete, &road, RequestDeed::Locate).is_ok());
        assert_eq!(may(RequestKind::Delete, &road, RequestDeed::Export), Err(IDENTITY));
        assert_eq!(may(RequestKind::Delete, &road, RequestDeed::Approve), Err(IDENTITY));
        assert!(may(RequestKind::OptOut, &road, RequestDeed::Export).is_ok());
        assert_eq!(may(RequestKind::OptOut, &road, RequestDeed::Identify), Err(NO_IDENTITY));
    }

    #[test]
    fn each_deed_names_what_is_missing() {
        let road = Road::default();
        assert_eq!(may(RequestKind::Delete, &road, RequestDeed::Review), Err(LOCATED));
        assert_eq!(may(RequestKind::Delete, &road, RequestDeed::Prove), Err(NOT_CARRIED_OUT));
        let road = Road { located: true, identified: true, ..road };
        assert_eq!(may(RequestKind::Delete, &road, RequestDeed::Rehearse), Err(REVIEWED));
        assert_eq!(may(RequestKind::Delete, &road, RequestDeed::CarryOut), Err(REHEARSED));
        let road = Road { reviewed: true, rehearsed: Some("d".into()), ..road };
        assert_eq!(may(RequestKind::Delete, &road, RequestDeed::CarryOut), Err(APPROVED));
        assert_eq!(road.stage(), Stage::Rehearsed);
    }
}
