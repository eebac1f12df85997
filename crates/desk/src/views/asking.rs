//! What the deeds between asking and answering show.

use casework::case::Reason;
use casework::metrics::Figures;
use chrono::{DateTime, NaiveDate, Utc};
use law::answer::Duty;
use serde::Serialize;
use ts_rs::TS;
use vault::Event;

use crate::views::{OpenedView, WrittenView};

#[derive(Debug, Clone, Serialize, TS)]
pub struct AcknowledgedView {
    pub request: String,
    pub acknowledged_on: NaiveDate,
    /// `None` for a kind that needs no confirmation of receipt.
    pub acknowledge_by: Option<NaiveDate>,
    pub late: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ExtendedView {
    pub request: String,
    pub first_due: NaiveDate,
    pub answer_by: NaiveDate,
    pub because: String,
    pub citation: String,
    pub next: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct HoldView {
    pub request: String,
    pub event: Event,
    /// The last day on which it binds; `None` once released.
    pub until: Option<NaiveDate>,
    pub blocks_deletion: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct ConfirmedView {
    pub request: String,
    pub confirmed_on: NaiveDate,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct DeniedView {
    pub request: String,
    pub reason: Reason,
    pub ground: Option<String>,
    /// `whole`, or what is denied in the officer's words.
    pub scope: String,
    /// How the person can have the decision looked at again.
    pub appeal: String,
    pub next: &'static str,
}

/// An earlier request of the same person, recognised by keyed hashes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EarlierLine {
    pub request: String,
    pub kind: String,
    pub received_on: NaiveDate,
    pub stage: String,
    pub outcome: Option<String>,
    pub open: bool,
    /// The kinds of identifiers that are the same.
    pub same: Vec<&'static str>,
}

/// Where a request stands, in the words of the Data Rights Protocol 1.0.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct ProtocolStatus {
    /// `open`, `in_progress`, `fulfilled`, `denied`, `expired` or `revoked`
    pub status: &'static str,
    pub reason: Option<&'static str>,
}

/// A cap that allows refusing a repeated request.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MayRefuse {
    pub because: Vec<String>,
    pub citation: String,
    pub rule: String,
}

/// A request that an agent signed, and what its message said beside the person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DrpOpenedView {
    #[serde(flatten)]
    pub opened: OpenedView,
    pub drp: DrpView,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct DrpView {
    pub agent_id: String,
    pub business_id: String,
    pub agent_request_id: Option<String>,
    pub exercise: String,
    pub issued_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub relationships: Vec<String>,
    /// What the agent says it verified: `email`, `phone_number`, `address`.
    pub verified_by_agent: Vec<&'static str>,
    pub power_of_attorney: bool,
    pub status_callback: Option<String>,
    pub signature: &'static str,
}

/// One request of ours about a person, and what is still kept under it.
#[derive(Debug, Clone, Serialize)]
pub struct FoundLine {
    #[serde(flatten)]
    pub line: EarlierLine,
    /// What was gathered and is still here.
    pub holds: Vec<String>,
    pub papers: Vec<String>,
    pub events: u64,
    /// The last day on which the record must be kept; `None` while the request is open.
    pub keep_until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FoundView {
    pub records: Vec<FoundLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct KeptLine {
    pub request: String,
    pub keep_until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SweptView {
    /// Requests whose records ended now.
    pub shredded: Vec<String>,
    pub before_images: usize,
    pub kept: Vec<KeptLine>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MetricsView {
    pub year: i32,
    pub publish_by: NaiveDate,
    /// Whether publishing is a duty; `None` while the number of consumers is not known.
    pub threshold_met: Option<bool>,
    pub note: String,
    pub citation: String,
    pub rule: String,
    pub figures: Vec<Figures>,
    /// The paper, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<WrittenView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AgendaView {
    #[serde(flatten)]
    pub written: WrittenView,
    pub clocks: u64,
}

/// The clocks that end first, and how many run in all.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Agenda {
    pub lines: Vec<AgendaLine>,
    pub clocks: usize,
}

/// A clock that runs.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AgendaLine {
    pub request: String,
    pub kind: String,
    /// What is to be done, in a few words.
    pub what: String,
    pub due: NaiveDate,
    pub overdue: bool,
    pub duty: Duty,
}
