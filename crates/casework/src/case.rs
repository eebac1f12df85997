//! A request as a case: its number, its kind, the road it walks, and what each deed needs before it may happen.

mod gates;
mod outcome;
mod road;

use serde::{Deserialize, Serialize};

pub use gates::{Missing, Step, StepState, done, may, missing, walk};
pub use outcome::{CaseOutcome, Reason};
pub use road::{Extension, Hold, RequestDeed, Road, Stage, knows, steps};

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
    OptIn,
    /// What automated decision-making technology did, from 2027.
    AdmtAccess,
    AdmtOptOut,
}

/// Where the road of a kind ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A package is handed over; nothing is changed in the org.
    Package,
    /// An approved plan is carried out and proved.
    Plan,
}

impl RequestKind {
    pub const ALL: [Self; 9] = [
        Self::KnowCategories,
        Self::KnowSpecific,
        Self::Delete,
        Self::Correct,
        Self::OptOut,
        Self::Limit,
        Self::OptIn,
        Self::AdmtAccess,
        Self::AdmtOptOut,
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
            Self::AdmtAccess => "admt-access",
            Self::AdmtOptOut => "admt-opt-out",
        }
    }

    /// The code under which the law book knows the kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::KnowCategories => "KNOW_CAT",
            Self::KnowSpecific => "KNOW_SPEC",
            Self::Delete => "DELETE",
            Self::Correct => "CORRECT",
            Self::OptOut => "OPT_OUT",
            Self::Limit => "LIMIT_SPI",
            Self::OptIn => "OPT_IN",
            Self::AdmtAccess => "ADMT_ACCESS",
            Self::AdmtOptOut => "ADMT_OPT_OUT",
        }
    }

    /// `None` when the word is none of the list.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Opt-out and limit requests must not be verified (Cal. Code Regs., tit. 11, § 7060(b)); an opt-in is confirmed
    /// in a second step instead (§ 7028).
    pub fn needs_identity(self) -> bool {
        match self {
            Self::KnowCategories | Self::KnowSpecific | Self::Delete | Self::Correct | Self::AdmtAccess => {
                true
            }
            Self::OptOut | Self::Limit | Self::OptIn | Self::AdmtOptOut => false,
        }
    }

    pub fn ending(self) -> Ending {
        match self {
            Self::KnowCategories | Self::KnowSpecific | Self::AdmtAccess => Ending::Package,
            Self::Delete | Self::Correct | Self::OptOut | Self::Limit | Self::OptIn | Self::AdmtOptOut => {
                Ending::Plan
            }
        }
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

    pub fn incident(year: i32, n: u32) -> Self {
        Self(format!("I-{year:04}-{n:04}"))
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
    fn every_kind_reads_back_and_its_verification_is_the_laws() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::parse(kind.as_str()), Some(kind));
        }
        let unverified: Vec<&str> =
            RequestKind::ALL.into_iter().filter(|it| !it.needs_identity()).map(RequestKind::as_str).collect();
        assert_eq!(unverified, ["opt-out", "limit", "opt-in", "admt-opt-out"]);
    }
}
