//! Recipients of instructions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An entry of the register, as it is shown and as it is given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProviderLine {
    pub provider: String,
    /// `service-provider`, `contractor` or `third-party`
    pub role: String,
    pub contract: String,
    pub channel: String,
    pub consumer_key: String,
    pub systems: Vec<String>,
    pub confirm_within_days: u16,
}

/// Something in the org that sends data out and may have a recipient behind it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProviderProposal {
    pub name: String,
    pub because: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ProposalsView {
    pub org: String,
    pub proposals: Vec<ProviderProposal>,
    /// What could not be asked.
    pub not_read: Vec<String>,
}

/// What one recipient was told, and what came back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InstructionLine {
    pub provider: String,
    pub role: String,
    pub action: String,
    pub sent_at: String,
    pub confirm_by: String,
    /// `outstanding`, `overdue`, `done`, `exception` or `impossible`
    pub state: String,
    pub answered_at: Option<String>,
    pub because: String,
    pub letter_sha256: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct InstructedView {
    pub request: String,
    pub folder: String,
    pub files: Vec<String>,
    pub instructions: Vec<InstructionLine>,
}
