//! Contested values, choices, and what became of them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use super::Calls;

/// The contested values as they were taken.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CorrectionsView {
    pub request: String,
    pub items: Vec<ContestLine>,
    pub api_calls: Calls,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ContestLine {
    /// `C-1`
    pub item: String,
    pub object: String,
    pub id: String,
    pub field: String,
    /// As the org holds it.
    #[ts(type = "unknown")]
    pub held: Value,
    #[ts(type = "unknown")]
    pub claimed: Value,
    /// `grant`, `deny` or `delete-instead`
    pub decision: String,
    /// The totality of the circumstances, in the officer's words; so are `nature` and `obtained`.
    pub because: String,
    pub nature: String,
    pub obtained: String,
    pub evidence: Vec<EvidenceLine>,
    /// Of a denial: `accurate`, `documents-inadequate` …; with the facts behind `impossible`.
    pub basis: Option<String>,
    pub facts: String,
    /// Of a deletion instead: `no-negative-impact` or `consent`.
    pub instead: Option<String>,
    /// Who gave the wrong value, where the business is not its source.
    pub source: Option<SourceLine>,
    pub health: bool,
    /// The person's statement of dispute, and the field of the record that it is written to.
    pub statement: String,
    pub statement_field: Option<String>,
    pub copies: Vec<CopyLine>,
    /// What the org would refuse, as far as can be told before the rehearsal.
    pub trouble: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceLine {
    pub name: String,
    /// The source was told that the value was wrong; else its name goes to the person.
    pub told: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceLine {
    /// `consumer` or `business`
    pub side: String,
    pub sha256: String,
}

/// The same value in another place.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CopyLine {
    pub object: String,
    pub id: String,
    pub field: String,
    /// `follows`, `proposed`, `adopted` or `by-hand`
    pub road: String,
    pub because: String,
}

/// A value before and after.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChangeLine {
    pub object: String,
    pub id: String,
    pub field: String,
    pub label: String,
    #[ts(type = "unknown")]
    pub before: Value,
    #[ts(type = "unknown")]
    pub after: Value,
    /// `asked`, or `cascade` where Salesforce does it by itself.
    pub cause: String,
}

/// Whether one value that was set still stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProvedValueLine {
    pub object: String,
    pub id: String,
    pub field: String,
    /// `as_set`, `overwritten`, `refused`, `still_there` (the old value) or `gone` (the record)
    pub state: String,
    /// The Salesforce user who changed the record last, where the value was overwritten.
    pub changed_by: Option<String>,
}

/// What an org writes for an opt-out and a limit.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChoicesView {
    pub org: String,
    /// The officer settled it; else it is the program's proposal.
    pub settled: bool,
    #[serde(rename = "opt-out")]
    pub opt_out: Vec<RuleLine>,
    pub limit: Vec<RuleLine>,
    pub not_proposed: Vec<NotProposedLine>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleLine {
    pub object: String,
    pub field: String,
    #[ts(type = "unknown")]
    pub value: Value,
    #[ts(type = "unknown")]
    pub back: Value,
    pub purpose: Vec<String>,
    /// What a consent is made with where the person has none; absent: none is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "Record<string, unknown>")]
    pub create: Option<BTreeMap<String, Value>>,
    pub because: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct NotProposedLine {
    pub object: String,
    pub field: String,
    pub because: String,
}

/// What a person can be told to confirm that a choice was carried out (§§ 7026(g), 7027(h)).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChoiceRecord {
    /// `opt-out`, `limit` or `opt-in`
    pub choice: String,
    /// UTC, RFC 3339: when the first value was written.
    pub carried_out_at: Option<String>,
    /// Object and field of every value that stands for the choice.
    pub fields: Vec<String>,
    pub records: u64,
    /// UTC, RFC 3339: when it was last looked up, and every value stood.
    pub confirmed_at: Option<String>,
    /// Not before this instant may the business ask the person to opt in again.
    pub not_asked_before: Option<String>,
}
