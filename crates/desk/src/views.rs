//! What a shell shows: small values made for it, in the shapes of the contract.

pub mod data_map;
pub mod export;
pub mod providers;
pub mod values;

pub mod asking;

use casework::case::{Extension, Hold, Reason, Step};
use casework::found::{CoverageLine, Match, Question};
use casework::identity::{Level, NotCounted, Requester};
use casework::plan::{Hang, Plan};
use chrono::NaiveDate;
use law::answer::{Duty, Requirements};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use vault::CaseEvent;

use crate::views::asking::{EarlierLine, MayRefuse, ProtocolStatus};

/// The open vault.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VaultView {
    pub vault: String,
    pub practice: bool,
    /// The computer's clock stands before what happened already.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub clock: Option<crate::problem::Problem>,
}

/// Whether the system's key store opens this vault.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RememberedView {
    pub remembered: bool,
}

/// What `vault check` and `ledger check` say.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckView {
    /// `intact` or `broken`
    pub verdict: &'static str,
    pub findings: Vec<String>,
    pub entries: u64,
}

impl CheckView {
    pub fn new(findings: Vec<String>, entries: u64) -> Self {
        Self { verdict: if findings.is_empty() { "intact" } else { "broken" }, findings, entries }
    }

    pub fn intact(&self) -> bool {
        self.findings.is_empty()
    }
}

/// What the officer may set.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SettingsView {
    pub settings: Vec<SettingLine>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SettingLine {
    pub setting: String,
    /// `None`: not set.
    pub value: Option<String>,
    pub about: String,
    /// For Spanish letters, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_es: Option<String>,
}

/// A calendar of the law book: the days that do not count, beside Saturdays and Sundays.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CalendarLine {
    pub calendar: String,
    pub about: String,
    pub citation: String,
    pub note: Option<String>,
    /// The years it knows, both inclusive; no date is computed outside them.
    pub first_year: i32,
    pub last_year: i32,
    pub closed: Vec<CalendarDay>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CalendarDay {
    pub on: NaiveDate,
    pub name: String,
}

/// One version of a rule of the law book.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleLine {
    pub rule: String,
    pub about: String,
    pub jurisdiction: String,
    pub subject: String,
    pub citation: String,
    pub source: String,
    /// `confirmed`, `secondary`, `memory` or `conflict`
    pub confidence: String,
    pub verified_on: NaiveDate,
    pub review_by: NaiveDate,
    pub in_force_from: NaiveDate,
    pub in_force_to: Option<NaiveDate>,
    pub note: Option<String>,
    /// What it says, key by key, for reading.
    pub says: Vec<(String, String)>,
}

/// A file that was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WrittenView {
    pub file: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A letter that was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LetterView {
    #[serde(flatten)]
    #[ts(flatten)]
    pub written: WrittenView,
    pub letter: String,
    /// `en` or `es`
    pub language: String,
    /// Blanks that the officer filled.
    pub set: Vec<String>,
    /// The wording is not the one that ships with the program.
    pub edited: bool,
    /// What the officer should think of before sending it.
    pub notes: Vec<String>,
}

/// The wording of a letter, to be read or edited.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WordingView {
    pub letter: String,
    pub language: String,
    pub blanks: Vec<BlankView>,
    pub wording: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct BlankView {
    pub blank: String,
    pub about: String,
    /// `always`, `never`, `if OTHER`, `unless OTHER`
    pub required: String,
    /// Any text in it chooses between paragraphs.
    pub flag: bool,
    pub fill: String,
}

/// A letter before it is written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DraftView {
    pub request: String,
    pub letter: String,
    pub language: String,
    pub blanks: Vec<DraftBlank>,
    pub wording: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct DraftBlank {
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: BlankView,
    /// What the case gives for it.
    pub given: Option<String>,
}

impl From<papers::letter::Blank> for BlankView {
    fn from(blank: papers::letter::Blank) -> Self {
        Self {
            required: blank.required.to_string(),
            blank: blank.name,
            about: blank.about,
            flag: blank.flag,
            fill: blank.fill,
        }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct OrgLine {
    pub org: String,
    pub instance_url: String,
    pub username: String,
    pub user_id: String,
    pub org_id: String,
}

/// Who we are in an org, what we may read there, what we cannot see, and what is left of its allowance.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrgCheck {
    pub org: String,
    pub name: Option<String>,
    pub org_id: String,
    pub is_sandbox: Option<bool>,
    pub username: String,
    pub user_id: String,
    pub objects: u64,
    pub permissions: Vec<PermissionLine>,
    pub blind_spots: Vec<BlindSpot>,
    pub limits: Vec<LimitLine>,
    pub logs: Vec<LogLine>,
    pub api_calls: Calls,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PermissionLine {
    pub permission: String,
    pub granted: Option<bool>,
    pub needed_for: &'static str,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct BlindSpot {
    pub what: String,
    pub because: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LimitLine {
    pub limit: String,
    pub max: i64,
    pub remaining: i64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LogLine {
    #[serde(rename = "type")]
    pub log: String,
    pub files: u64,
    pub from: String,
    pub to: String,
    /// The day on which Salesforce removes the oldest of them; `None`: the org keeps them longer than usual, and only it knows.
    pub ages_out_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct Calls {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<u64>,
    pub spent: u64,
}

/// One request in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RequestLine {
    pub request: String,
    pub kind: String,
    pub org: String,
    /// ISO days of the business's zone.
    pub received_on: String,
    pub due_on: Option<String>,
    pub stage: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenedView {
    pub request: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    pub received_on: Option<String>,
    pub acknowledge_by: Option<String>,
    pub due_on: Option<String>,
    #[serde(flatten)]
    #[ts(flatten)]
    pub known: KnownView,
    pub warnings: Vec<String>,
}

/// What other requests of the same person, recognised by keyed hashes, say about one.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct KnownView {
    /// Open requests of the same kind by the same person.
    pub duplicates: Vec<String>,
    /// Every other request of the same person.
    pub earlier: Vec<EarlierLine>,
    /// Caps on repeated requests that allow refusing this one.
    pub may_refuse: Vec<MayRefuse>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct IdentifiedView {
    pub request: String,
    /// `insufficient`, `reasonable` or `reasonably high`
    pub level: String,
    pub required_level: Level,
    /// The level that this request needs was reached.
    pub identified: bool,
    /// Specific pieces were asked for and only categories may be given.
    pub fallback: bool,
    /// The points that count.
    pub points: Vec<String>,
    pub not_counted: Vec<NotCounted>,
    /// The points were compared with located records.
    pub compared: bool,
    pub declaration: bool,
    pub agent: bool,
    pub notes: Vec<String>,
}

/// One request with its road.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RequestView {
    #[serde(flatten)]
    pub line: RequestLine,
    pub channel: String,
    pub acknowledge_by: Option<String>,
    pub identity: Option<Value>,
    pub matches: u64,
    pub decided: u64,
    pub undecided: u64,
    pub plan: Option<String>,
    pub approved: Option<String>,
    pub approval: ApprovalView,
    pub certificate: Option<Value>,
    pub outcome: Option<String>,
    pub reason: Option<Reason>,
    pub requester: Requester,
    /// Each step of this kind's road with what it waits for.
    pub road: Vec<Step>,
    /// Specific pieces were asked for and only categories may be given.
    pub fallback: bool,
    pub acknowledged_at: Option<String>,
    pub extension: Option<Extension>,
    pub hold: Option<Hold>,
    /// Acknowledgement, extension, holds and denials, oldest first.
    #[ts(type = "{ event: string; at: string; detail: unknown; note: string }[]")]
    pub events: Vec<CaseEvent>,
    pub protocol: ProtocolStatus,
    /// What the law book answers, each with its dates and how they came about.
    pub duties: Vec<Duty>,
    #[ts(
        type = "{ rules?: Record<string, { rule: string; about: string; citation: string; cautions: string[] }[]> }"
    )]
    pub requirements: Requirements,
    /// Why the law book gave no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law_silent: Option<String>,
    pub next: String,
    /// What the recipients were told and answered.
    pub providers: Vec<providers::InstructionLine>,
    /// What confirms an opt-out, a limit or an opt-in to the person.
    pub choice: Option<values::ChoiceRecord>,
    /// What is known from other requests of the same person.
    pub known: KnownView,
    /// What should be looked at before the request is closed.
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LocatedView {
    pub request: String,
    pub matches: Vec<Match>,
    pub questions: Vec<Question>,
    pub coverage: Vec<CoverageLine>,
    pub api_calls: Calls,
}

/// How far a search has come, object by object: while it goes on, and while it is stopped half-way.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LocatingView {
    pub running: bool,
    pub objects: Vec<LocatingLine>,
    pub api_calls: Calls,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct LocatingLine {
    pub object: String,
    pub label: String,
    /// `waiting`, `looking` or `looked`
    pub state: &'static str,
    /// Records of it that agree with the person so far, or hang on one that does.
    pub records: usize,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ReviewView {
    pub request: String,
    pub delete: u64,
    pub keep: u64,
    pub correct: u64,
    pub not_this_person: u64,
    pub undecided: u64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportView {
    pub request: String,
    pub folder: String,
    pub files: Vec<String>,
    pub rows: u64,
    /// By which the package can be checked: of the encrypted ZIP, else of its list of hashes.
    pub sha256: String,
    pub encrypted: bool,
    pub notes: Vec<String>,
    pub withheld: Vec<WithheldLine>,
    pub not_exported: Vec<NotExported>,
    /// Why the package holds less than everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// Files that are in the package and that no program examined: a person must look before it is handed over.
    pub unread: Vec<UnreadFile>,
    /// How many values of other people were masked, and how many the officer let stand.
    pub masked: u64,
    pub let_stand: u64,
    pub api_calls: Calls,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct WithheldLine {
    pub object: String,
    pub field: String,
    pub what: String,
    pub records: u64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct NotExported {
    pub object: String,
    pub id: String,
    pub because: String,
}

/// A file that no program examined. `mask` decides about it: `accept` leaves it out of the next export.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UnreadFile {
    pub mask: String,
    pub object: String,
    pub id: String,
    pub because: String,
}

/// The masks proposed for other people's details, side by side.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MasksView {
    pub request: String,
    pub masks: Vec<MaskLine>,
    pub undecided: u64,
    pub api_calls: Calls,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MaskLine {
    pub mask: String,
    pub object: String,
    pub id: String,
    pub field: String,
    /// `name`, `email`, `phone`
    pub kind: String,
    /// The words around the value as they are.
    pub before: String,
    /// The same as the person would read them.
    pub after: String,
    pub reason: String,
    /// `accept`, `decline`, or `null`: undecided, and masked.
    pub decision: Option<String>,
}

/// One decision on a mask as a screen gives it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MaskChoice {
    pub mask: String,
    /// `accept` or `decline`
    pub decision: String,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MasksDecidedView {
    pub request: String,
    pub accept: u64,
    pub decline: u64,
    pub undecided: u64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanView {
    pub request: String,
    pub plan: Plan,
    /// On what each record that goes hangs.
    pub hangs: Vec<Hang>,
    /// The values that corrections and choices set, before and after.
    pub changes: Vec<values::ChangeLine>,
    pub api_calls: Calls,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ApprovedView {
    pub request: String,
    pub approved: String,
    pub steps: u64,
    pub approval: ApprovalView,
}

/// Who approved a plan since it was rehearsed, and what the vault's policy still asks for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApprovalView {
    /// The policy asks for two people of different names.
    pub two_persons: bool,
    pub given: Vec<ApproverLine>,
    /// A sentence; `None` when the policy asks for nothing more.
    pub missing: Option<String>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ApproverLine {
    /// The name that was given; `None` where none was asked for.
    pub by: Option<String>,
    /// UTC, RFC 3339.
    pub at: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CarriedOutView {
    pub request: String,
    pub outcomes: Vec<OutcomeLine>,
    /// Nothing is left to do under this plan.
    pub complete: bool,
    /// Batches went out since the outcomes were settled by asking the org about each record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub so_far: Option<SoFarView>,
    pub api_calls: Calls,
}

/// How far a run has come that is not settled yet.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SoFarView {
    /// `carrying_out`, `purging` or `bringing_back`
    pub doing: &'static str,
    /// For so many records Salesforce answered, of so many.
    pub answered: usize,
    pub of: usize,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct OutcomeLine {
    pub object: String,
    pub id: String,
    pub outcome: String,
    pub error: Option<Value>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ProvedView {
    pub request: String,
    pub certificate: CertificateView,
    pub records: Vec<ProvedRecord>,
    /// Every value that was set, as it stands now.
    pub values: Vec<values::ProvedValueLine>,
    pub api_calls: Calls,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct CertificateView {
    pub gone: u64,
    pub in_bin: u64,
    pub still_there: u64,
    pub refused: u64,
    pub reappeared: u64,
    pub purged_but_visible: u64,
    pub as_set: u64,
    pub overwritten: u64,
    pub methods: Vec<String>,
    pub at: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ProvedRecord {
    pub object: String,
    pub id: String,
    pub state: String,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct SealedView {
    pub request: String,
    /// The bundle's id, in the footer of every page.
    pub bundle: String,
    pub stage: String,
    pub file: String,
    pub bytes: u64,
    pub sha256: String,
    /// Hex SHA-256 of `signer.pub`.
    pub signer: String,
    /// What the papers inside could not show, in sentences; empty almost always.
    pub notes: Vec<String>,
}
