//! Why a call to the org did not give what was asked.
//!
//! No variant holds a URL, a statement, a body or a name: any of them could hold personal data.

use casework::query::Refusal;
use casework::record_id::RecordId;

/// Why a call ended without its answer. Nothing was written to the org unless the variant says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the address is not acceptable: {why}")]
    Address { why: &'static str },
    #[error("the extra certificates, the proxy or the secure channel could not be set up: {why}")]
    SetUp { why: String },
    #[error("the org could not be reached: {why}")]
    Unreachable { why: &'static str },
    #[error("the org's certificate was not accepted")]
    Certificate,
    #[error("the org did not answer in time")]
    TimedOut,
    #[error("the org sent an address of another host; nothing was sent there")]
    ForeignAddress,
    #[error("the org shows a web page instead of answering; it may be under maintenance")]
    Maintenance,
    #[error("the org's answer broke off")]
    CutOff,
    #[error("the org's answer could not be read: {what}")]
    Garbled { what: &'static str },
    #[error("the org's answer is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the org offers API version {highest} at most; at least {needed} is needed")]
    VersionTooOld { highest: String, needed: u32 },
    #[error("the session ended and could not be renewed ({code})")]
    SignInNeeded { code: String },
    #[error("the org does not let this session use its API")]
    SessionNotForApi,
    #[error("the renewed tokens could not be kept, so they were not used: {why}")]
    TokensNotKept { why: String },
    #[error("we are signed in as another user or to another org than before")]
    AnotherUser,
    #[error("the call ceiling is reached after {spent} calls")]
    Ceiling { spent: u64 },
    #[error("stopped on request")]
    Stopped,
    #[error("the org's daily allowance of API calls is used up")]
    DailyLimit { usage: Option<(u64, u64)> },
    #[error("the org stayed busy after {tries} tries")]
    Busy { tries: u32 },
    #[error("the org refused: {} ({status})", .refusal.code)]
    Refused { status: u16, refusal: Refusal },
    #[error("the user has no permission to delete for good through Bulk API")]
    HardDeleteNotAllowed,
    #[error("the plan's step asks for another deed than this call does")]
    WrongDeed,
    /// A write was sent and no answer came back. These records may or may not be changed: ask the org by id
    /// before going on.
    #[error("no answer came to a write of {} records; what became of them is not known yet", .ids.len())]
    Unknown { ids: Vec<RecordId>, because: Box<Error> },
}

impl Error {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "address",
            Self::SetUp { .. } => "network-set-up",
            Self::Unreachable { .. } => "unreachable",
            Self::Certificate => "certificate",
            Self::TimedOut => "timed-out",
            Self::ForeignAddress => "foreign-address",
            Self::Maintenance => "maintenance",
            Self::CutOff => "cut-off",
            Self::Garbled { .. } => "garbled",
            Self::TooLarge { .. } => "too-large",
            Self::VersionTooOld { .. } => "version-too-old",
            Self::SignInNeeded { .. } => "sign-in-needed",
            Self::SessionNotForApi => "session-not-for-api",
            Self::TokensNotKept { .. } => "tokens-not-kept",
            Self::AnotherUser => "another-user",
            Self::Ceiling { .. } => "call-ceiling",
            Self::Stopped => "stopped",
            Self::DailyLimit { .. } => "daily-limit",
            Self::Busy { .. } => "busy",
            Self::Refused { .. } => "refused",
            Self::HardDeleteNotAllowed => "hard-delete-not-allowed",
            Self::WrongDeed => "wrong-deed",
            Self::Unknown { .. } => "outcome-unknown",
        }
    }

    /// What the officer can do about it.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::Address { .. } => {
                "Check the address of the org: https, without a path. Plain http is for loopback only."
            }
            Self::SetUp { .. } => "Check the certificate file and the proxy of this connection.",
            Self::Unreachable { .. } | Self::TimedOut | Self::CutOff => {
                "Check the network connection, then run the command again."
            }
            Self::Certificate => {
                "Check the address. Give the org's own certificate authority if your network or practice org uses one."
            }
            Self::ForeignAddress => {
                "Check with your administrator whether the org moved to another address, and add it again."
            }
            Self::Maintenance | Self::Busy { .. } => {
                "Wait until the org answers again, then run the command again."
            }
            Self::Garbled { .. } | Self::TooLarge { .. } => {
                "Run the command again. If it stays, something between this computer and the org changes the answers."
            }
            Self::VersionTooOld { .. } => "Connect to an org of a current Salesforce release.",
            Self::SignInNeeded { .. } => "Sign in to the org again, then run the command again.",
            Self::SessionNotForApi => {
                "Ask the administrator to give the user API Enabled and the app its access, then sign in again."
            }
            Self::TokensNotKept { .. } => {
                "Make room on the disk or unlock the vault, then sign in to the org again."
            }
            Self::AnotherUser => "Sign in as the user and to the org that this case was begun with.",
            Self::Ceiling { .. } => {
                "Raise the call ceiling and run the command again; what was read is kept."
            }
            Self::Stopped => "Run the command again when you are ready.",
            Self::DailyLimit { .. } => {
                "Wait until the org's allowance returns (it counts the last 24 hours), then run again."
            }
            Self::Refused { .. } => {
                "Read the code; an administrator of the org can lift what stands in the way."
            }
            Self::HardDeleteNotAllowed => {
                "Delete to the bin and empty it, or ask for the permission Bulk API Hard Delete."
            }
            Self::WrongDeed => "Rehearse the request again.",
            Self::Unknown { .. } => {
                "Run the command again: it asks the org about each record before it goes on."
            }
        }
    }

    /// A refusal for one question where the program, not the org, is the one that refuses.
    pub(crate) fn own(code: &str, message: &str) -> Refusal {
        Refusal { code: code.to_owned(), message: message.to_owned() }
    }
}
