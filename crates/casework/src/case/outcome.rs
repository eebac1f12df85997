//! How a request ends: a closed list, modelled on the statuses of the Data Rights Protocol, with correction added.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::case::RequestKind;

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseOutcome {
    #[serde(alias = "complied")]
    Granted,
    #[serde(alias = "partly-complied")]
    PartiallyGranted,
    /// A correction was settled by deleting the contested data (§ 7023(e)).
    DeletedInstead,
    #[serde(alias = "not-verified", alias = "nothing-found")]
    Denied,
    /// Nothing more came from the requester in time.
    Expired,
    #[serde(alias = "withdrawn", alias = "duplicate")]
    Cancelled,
}

/// Why it ended so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "OutcomeReason")]
pub enum Reason {
    NoMatch,
    SuspectedFraud,
    InsufVerification,
    ClaimNotCovered,
    TooManyRequests,
    OutsideJurisdiction,
    /// Correction: the totality of the circumstances shows that the data is accurate.
    NotInaccurate,
    /// Correction: the documents given do not carry the change.
    InadequateDocuments,
    Other,
    /// The requester took it back.
    Withdrawn,
    /// The same request is open under another number.
    Duplicate,
}

impl Reason {
    pub const ALL: [Self; 11] = [
        Self::NoMatch,
        Self::SuspectedFraud,
        Self::InsufVerification,
        Self::ClaimNotCovered,
        Self::TooManyRequests,
        Self::OutsideJurisdiction,
        Self::NotInaccurate,
        Self::InadequateDocuments,
        Self::Other,
        Self::Withdrawn,
        Self::Duplicate,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoMatch => "no_match",
            Self::SuspectedFraud => "suspected_fraud",
            Self::InsufVerification => "insuf_verification",
            Self::ClaimNotCovered => "claim_not_covered",
            Self::TooManyRequests => "too_many_requests",
            Self::OutsideJurisdiction => "outside_jurisdiction",
            Self::NotInaccurate => "not_inaccurate",
            Self::InadequateDocuments => "inadequate_documents",
            Self::Other => "other",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
        }
    }

    /// `None` when the word is none of the list. Hyphens count as underscores.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.replace('-', "_");
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }

    /// Whether a request of this kind can be denied for it.
    pub fn denies(self, kind: RequestKind) -> bool {
        match self {
            Self::NotInaccurate | Self::InadequateDocuments => kind == RequestKind::Correct,
            // What must not be verified cannot be denied for want of verification (§ 7060(b)).
            Self::InsufVerification => kind.needs_identity(),
            Self::Withdrawn | Self::Duplicate => false,
            Self::NoMatch
            | Self::SuspectedFraud
            | Self::ClaimNotCovered
            | Self::TooManyRequests
            | Self::OutsideJurisdiction
            | Self::Other => true,
        }
    }

    /// The reason in the words of the Data Rights Protocol 1.0, which knows no correction.
    pub fn in_protocol(self) -> Option<&'static str> {
        match self {
            Self::NotInaccurate | Self::InadequateDocuments => Some("other"),
            Self::Withdrawn | Self::Duplicate => None,
            other => Some(other.as_str()),
        }
    }
}

impl CaseOutcome {
    pub const ALL: [Self; 6] = [
        Self::Granted,
        Self::PartiallyGranted,
        Self::DeletedInstead,
        Self::Denied,
        Self::Expired,
        Self::Cancelled,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::PartiallyGranted => "partially_granted",
            Self::DeletedInstead => "deleted_instead",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    /// An outcome and the reason that the word itself carries; the words of the first version are understood too.
    /// `None` when the word is none of the list. Hyphens count as underscores.
    pub fn parse(word: &str) -> Option<(Self, Option<Reason>)> {
        let word = word.replace('-', "_");
        if let Some(outcome) = Self::ALL.into_iter().find(|outcome| outcome.as_str() == word) {
            return Some((outcome, None));
        }
        match word.as_str() {
            "complied" => Some((Self::Granted, None)),
            "partly_complied" => Some((Self::PartiallyGranted, None)),
            "not_verified" => Some((Self::Denied, Some(Reason::InsufVerification))),
            "nothing_found" => Some((Self::Denied, Some(Reason::NoMatch))),
            "withdrawn" => Some((Self::Cancelled, Some(Reason::Withdrawn))),
            "duplicate" => Some((Self::Cancelled, Some(Reason::Duplicate))),
            _ => None,
        }
    }

    /// Whether this outcome can carry this reason in a request of this kind.
    pub fn allows(self, reason: Reason, kind: RequestKind) -> bool {
        match self {
            Self::Denied | Self::PartiallyGranted => reason.denies(kind),
            Self::Cancelled => matches!(reason, Reason::Withdrawn | Reason::Duplicate),
            Self::Granted | Self::DeletedInstead | Self::Expired => false,
        }
    }

    /// The status in the words of the Data Rights Protocol 1.0.
    pub fn in_protocol(self) -> &'static str {
        match self {
            Self::Granted | Self::PartiallyGranted | Self::DeletedInstead => "fulfilled",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Cancelled => "revoked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_first_version_still_say_how_a_request_ended() {
        for (word, outcome, reason) in [
            ("complied", CaseOutcome::Granted, None),
            ("partly-complied", CaseOutcome::PartiallyGranted, None),
            ("denied", CaseOutcome::Denied, None),
            ("not-verified", CaseOutcome::Denied, Some(Reason::InsufVerification)),
            ("nothing-found", CaseOutcome::Denied, Some(Reason::NoMatch)),
            ("withdrawn", CaseOutcome::Cancelled, Some(Reason::Withdrawn)),
            ("duplicate", CaseOutcome::Cancelled, Some(Reason::Duplicate)),
            ("partially_granted", CaseOutcome::PartiallyGranted, None),
        ] {
            assert_eq!(CaseOutcome::parse(word), Some((outcome, reason)), "{word}");
            let kept: CaseOutcome = serde_json::from_value(word.into()).unwrap();
            assert_eq!(kept, outcome, "an old vault's {word} is read");
        }
        assert_eq!(CaseOutcome::parse("done"), None);
    }

    #[test]
    fn a_reason_fits_its_kind_and_its_outcome() {
        assert!(CaseOutcome::Denied.allows(Reason::InsufVerification, RequestKind::Delete));
        assert!(!CaseOutcome::Denied.allows(Reason::InsufVerification, RequestKind::OptOut));
        assert!(!CaseOutcome::Denied.allows(Reason::NotInaccurate, RequestKind::Delete));
        assert!(!CaseOutcome::Granted.allows(Reason::Other, RequestKind::Delete));
        assert!(CaseOutcome::Cancelled.allows(Reason::Duplicate, RequestKind::Delete));
    }
}
