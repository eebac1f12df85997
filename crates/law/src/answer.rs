//! What the law book answers: duties, requirements, amounts, each with the way it came about.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::facts::Moment;
use crate::period::{Counted, Due, Period};
use crate::rule::{Confidence, Rule};

/// The answer to one set of facts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Answer {
    pub duties: Vec<Duty>,
    pub requirements: Requirements,
    pub amounts: Amounts,
}

/// One duty towards one recipient.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Duty {
    /// Id of the rule.
    pub rule: String,
    /// The first day of the version used.
    pub version: NaiveDate,
    pub jurisdiction: String,
    pub duty: Deed,
    /// `requester`, `individuals`, `us-ca-ag` …
    pub recipient: String,
    pub about: String,
    pub state: State,
    #[ts(type = "unknown")]
    pub timing: Timing,
    #[ts(type = "string | null")]
    pub due: Option<Due>,
    pub lawful_last_day: Option<NaiveDate>,
    pub strict_alt: Option<NaiveDate>,
    pub safe_target: Option<NaiveDate>,
    pub internal_target: Option<NaiveDate>,
    /// The fact the clock starts from, such as `received_at`.
    pub starts_from: Option<String>,
    /// The clock's event has not happened; the date says when it would be due.
    pub projected: bool,
    pub done_on: Option<NaiveDate>,
    /// The first day (or the instant) from which it is late.
    #[ts(type = "string | null")]
    pub overdue_since: Option<Due>,
    #[ts(type = "unknown")]
    pub threshold: Option<Threshold>,
    /// Why the state is what it is, in sentences.
    pub because: Vec<String>,
    pub citation: String,
    pub cautions: Vec<String>,
    #[ts(type = "string")]
    pub confidence: Confidence,
    /// The rule's file below `assets/law` and its SHA-256, so that the answer can be reproduced.
    pub rule_file: String,
    pub rule_file_sha256: String,
    /// The facts that went in.
    #[ts(type = "Record<string, unknown>")]
    pub inputs: BTreeMap<String, Value>,
    /// The steps from the facts to the date and the state.
    pub path: Vec<String>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DutyDeed")]
pub enum Deed {
    Acknowledge,
    Answer,
    Extend,
    AnswerExtended,
    OptOut,
    Limit,
    /// Never owed: it stands there where the law forbids it.
    Verify,
    /// Not to delete while law enforcement asked for that.
    Hold,
    TellIndividuals,
    TellRegulator,
    TellCra,
    TellOwner,
    TellMedia,
    #[serde(rename = "file_8k")]
    File8k,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DutyState")]
pub enum State {
    Owed,
    /// Something unknown decides.
    Contingent,
    /// A hold.
    Suspended,
    Done,
    NotOwed,
    NotInForce,
    /// A cap.
    MayRefuse,
    /// The rule forbids it.
    Refused,
    /// Too late.
    Invalid,
    /// A person must decide.
    Review,
}

impl State {
    /// As a reader says it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Owed => "owed",
            Self::Contingent => "owed if something unknown is so",
            Self::Suspended => "suspended",
            Self::Done => "done",
            Self::NotOwed => "not owed",
            Self::NotInForce => "not in force",
            Self::MayRefuse => "may be refused",
            Self::Refused => "forbidden",
            Self::Invalid => "too late",
            Self::Review => "for a person to decide",
        }
    }
}

/// How the time of a duty is fixed.
#[derive(Debug, Clone, Serialize)]
pub struct Timing {
    pub kind: TimingKind,
    /// The duty it goes with or before.
    pub relative_to: Option<Deed>,
    #[serde(flatten)]
    pub period: Option<Period>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimingKind {
    /// A number of days or hours.
    Count,
    /// As soon as possible, without a number.
    None,
    Immediate,
    With,
    Before,
    AnnualDate,
}

/// From how many on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Threshold {
    pub op: Operator,
    pub count: u64,
    /// `None`: not known.
    pub have: Option<u64>,
}

/// The statute's own comparison: "more than" and "or more" differ by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operator {
    Gt,
    Gte,
    Lt,
}

impl Operator {
    /// Whether `have` meets a threshold of `count`.
    #[must_use]
    pub fn met(self, have: u64, count: u64) -> bool {
        match self {
            Self::Gt => have > count,
            Self::Gte => have >= count,
            Self::Lt => have < count,
        }
    }

    /// To be followed by the number.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Gt => "more than",
            Self::Gte => "at least",
            Self::Lt => "fewer than",
        }
    }
}

/// What must be kept to, beside dates. `None` where it has no meaning for the facts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Requirements {
    pub identity: Option<Identity>,
    pub verification_allowed: Option<bool>,
    /// The kind of request to turn to when identity is not verified.
    pub fallback: Option<crate::request::Kind>,
    /// Whether the person must be able to confirm that it was carried out.
    pub confirm_means: Option<bool>,
    pub scope: Option<Scope>,
    pub scope_recommended: Option<Scope>,
    pub lookback: Option<Lookback>,
    /// By jurisdiction: what a notice must hold.
    pub notice: Option<BTreeMap<String, Value>>,
    /// By name: what else the rules of this family ask.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    pub level: Level,
    /// Reliable points that must agree with data already held.
    pub points: u8,
    /// Signed under penalty of perjury.
    pub declaration: bool,
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    None,
    Reasonable,
    ReasonablyHigh,
}

/// Which personal information a deletion reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    From,
    FromOrAbout,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lookback {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// What is done with information whose day of collection is not known.
    pub undated: Undated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undated {
    Include,
    Review,
}

/// Money in whole dollars.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Amounts {
    pub statutory: Option<Statutory>,
    /// A newer adjustment should exist and is not loaded.
    pub stale: bool,
    /// By name: other amounts that may matter.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// Damages that the statute itself puts a range on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statutory {
    pub min: u64,
    pub max: u64,
    /// `consumer_incident`
    pub per: String,
    /// `None`: not known.
    pub persons: Option<u64>,
    pub total_min: Option<u64>,
    pub total_max: Option<u64>,
}

impl Duty {
    /// A duty as its rule gives it, owed, without a date; what the rule is unsure of stands in the cautions.
    /// `on` is the day that selected the version, by the fact `selected_by`.
    #[must_use]
    pub fn of<B>(rule: &Rule<B>, deed: Deed, recipient: &str, selected_by: &str, on: NaiveDate) -> Self {
        let header = &rule.header;
        Self {
            rule: header.id.clone(),
            version: header.in_force_from,
            jurisdiction: rule.origin.jurisdiction.clone(),
            duty: deed,
            recipient: recipient.to_owned(),
            about: header.about.clone(),
            state: State::Owed,
            timing: Timing { kind: TimingKind::None, relative_to: None, period: None },
            due: None,
            lawful_last_day: None,
            strict_alt: None,
            safe_target: None,
            internal_target: None,
            starts_from: None,
            projected: false,
            done_on: None,
            overdue_since: None,
            threshold: None,
            because: Vec::new(),
            citation: header.citation.clone(),
            cautions: header.confidence.caution().into_iter().collect(),
            confidence: header.confidence,
            rule_file: rule.origin.path.clone(),
            rule_file_sha256: rule.origin.sha256.clone(),
            inputs: BTreeMap::new(),
            path: vec![format!(
                "{} in the version of {}, selected by {selected_by} {on}",
                header.id, header.in_force_from
            )],
        }
    }

    /// Puts the counted dates in. `starts_from` names the fact.
    pub fn counts(&mut self, period: &Period, counted: Counted, starts_from: &str, from: &Moment) {
        self.timing = Timing { kind: TimingKind::Count, relative_to: None, period: Some(period.clone()) };
        self.due = Some(counted.due);
        self.lawful_last_day = counted.lawful_last_day;
        self.strict_alt = counted.strict_alt;
        self.starts_from = Some(starts_from.to_owned());
        self.inputs.insert(starts_from.to_owned(), Value::String(Due::Instant(from.at).to_string()));
        self.path.extend(counted.path);
        self.cautions.extend(counted.cautions);
    }

    /// Not owed, with the reason; no date is left.
    pub fn not_owed(&mut self, because: impl Into<String>) {
        self.state = State::NotOwed;
        (self.due, self.lawful_last_day, self.strict_alt) = (None, None, None);
        (self.safe_target, self.internal_target, self.overdue_since) = (None, None, None);
        self.because.push(because.into());
    }

    /// Done on a day; being late is said.
    pub fn done(&mut self, at: &Moment) {
        self.state = State::Done;
        self.done_on = Some(at.on);
        if let Some(due) = self.due.filter(|due| due.before(at)) {
            self.because.push(format!("Done on {}, after it was due on {due}.", at.on));
        }
    }

    /// Last step for every duty: says what today changes. Nothing but `overdue_since` and cautions depend on it.
    pub fn as_of(&mut self, today: Option<NaiveDate>, review_by: NaiveDate) {
        let Some(today) = today else { return };
        if today > review_by {
            self.cautions
                .push(format!("The rule was to be reviewed by {review_by}; check that it still stands."));
        }
        if self.state == State::Owed {
            self.overdue_since = self.due.filter(|due| due.day() < today).map(|due| match due {
                Due::Day(day) => Due::Day(day.checked_add_days(Days::new(1)).unwrap_or(day)),
                Due::Instant(_) => due,
            });
        }
    }
}

impl Due {
    /// Whether it was over when something happened.
    #[must_use]
    pub fn before(self, event: &Moment) -> bool {
        match self {
            Self::Day(day) => day < event.on,
            Self::Instant(at) => at < event.at,
        }
    }
}

impl Confidence {
    /// What must be said wherever the rule is relied on.
    #[must_use]
    pub fn caution(self) -> Option<String> {
        let why = match self {
            Self::Confirmed => return None,
            Self::Secondary => "was confirmed in secondary sources only",
            Self::Memory => "was written from memory and not yet checked",
            Self::Conflict => "rests on sources that disagree",
        };
        Some(format!("This rule {why}; a lawyer must confirm it."))
    }
}
