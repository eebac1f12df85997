//! What the rule files on breaches say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answer::{Deed, Operator, TimingKind};
use crate::period::Period;

use super::elements::{Element, ElementSet};
use super::facts::{Covered, Event};

/// What counts as a breach under one law. The duties of that law name it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trigger {
    pub event: Happening,
    /// Forms of data the law reaches.
    pub media: Vec<Medium>,
    /// A good-faith acquisition by an employee or agent is no breach.
    pub good_faith: bool,
    #[serde(default)]
    pub information_brokers_only: bool,
    /// Only such businesses; empty: every business.
    #[serde(default)]
    pub covered: Vec<Covered>,
    pub encryption: Encryption,
    pub harm: HarmTest,
    pub delay: Delay,
    pub private_action: PrivateAction,
    /// Any data about a person counts; then there are no `elements`.
    #[serde(default)]
    pub any_data: bool,
    #[serde(default)]
    pub elements: Vec<ElementSet>,
}

impl Trigger {
    /// What the facts do not tell and a reader must weigh: the event, the form of the data, reasons for delay.
    pub(crate) fn reach(&self) -> String {
        let event = match self.event {
            Happening::Acquisition => "unauthorised acquisition of",
            Happening::Access => "unauthorised access to",
            Happening::AccessOrAcquisition => "unauthorised access to or acquisition of",
            Happening::Use => "unauthorised acquisition, access, use or disclosure of",
            Happening::Any => "any breach of the security of",
        };
        let media = if self.media.contains(&Medium::Paper) { "electronic and paper" } else { "electronic" };
        let delay = match (self.delay.law_enforcement, self.delay.scope_and_restore) {
            (true, true) => "for law enforcement, and to find the scope and restore the system",
            (true, false) => "for law enforcement",
            (false, true) => "to find the scope and restore the system",
            (false, false) => "for no reason",
        };
        let suit = match self.private_action {
            PrivateAction::Yes => "individuals can sue under it",
            PrivateAction::No => "individuals cannot sue under it",
            PrivateAction::Argued => "whether individuals can sue under it is argued",
        };
        format!("The law reaches {event} {media} data; notice may be delayed {delay}; {suit}")
    }
}

/// What must have happened to the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Happening {
    Acquisition,
    Access,
    AccessOrAcquisition,
    Use,
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Medium {
    Electronic,
    Paper,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PrivateAction {
    Yes,
    No,
    Argued,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Encryption {
    pub mode: EncryptionMode,
    /// What takes the exclusion away.
    #[serde(default)]
    pub defeated_by: Vec<Defeat>,
    /// Weaker encryption is none.
    pub min_bits: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Defeat {
    KeyAcquired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EncryptionMode {
    /// Encrypted data is outside the law.
    Excluded,
    /// One trigger excludes it and another does not: a person decides.
    Review,
    /// One thing to weigh when the risk is judged.
    Risk,
    /// Plays no part.
    None,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HarmTest {
    pub kind: HarmKind,
    /// Where the standard stands, and its words in short.
    pub standard: Option<String>,
    /// How long the written finding is kept.
    pub record_years: Option<u8>,
    /// Another trigger of the law asks for no harm.
    #[serde(default)]
    pub second_trigger: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum HarmKind {
    None,
    /// Harm is part of what a breach is.
    Definitional,
    /// After an investigation that finds none, nobody need be told.
    Exemption,
    /// The exemption, for an inadvertent disclosure by an authorised person only.
    Narrow,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Delay {
    pub law_enforcement: bool,
    /// Time to find the scope and restore the system.
    pub scope_and_restore: bool,
    /// The law's own number after a hold; absent: promptly.
    pub after_release: Option<Period>,
}

/// One duty of one law.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    pub trigger: String,
    pub role: For,
    pub duty: Deed,
    pub recipient: String,
    #[serde(rename = "channel")]
    pub _channel: Option<String>,
    /// Only such businesses; empty: every business the trigger reaches.
    #[serde(default)]
    pub covered: Vec<Covered>,
    /// Such businesses have another recipient.
    #[serde(default)]
    pub covered_not: Vec<Covered>,
    pub threshold: Option<Asked>,
    /// A condition the facts cannot tell, to be read after "if".
    pub condition: Option<String>,
    #[serde(default)]
    pub arises: Arises,
    /// Only when nobody is told because no harm is likely.
    #[serde(default)]
    pub harm_exemption: bool,
    /// Only when the risk to individuals is high.
    #[serde(default)]
    pub high_risk_only: bool,
    /// A hold by law enforcement does not stop it.
    #[serde(default)]
    pub runs_during_hold: bool,
    /// Why the law does not apply yet.
    pub not_in_force: Option<String>,
    pub clock: Clock,
    /// What a business of that kind must know.
    #[serde(default)]
    pub covered_cautions: BTreeMap<Covered, String>,
    #[serde(default)]
    pub notice: Notice,
}

/// Whose duty it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum For {
    Owner,
    Maintainer,
    Any,
}

/// What brings the duty about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Arises {
    #[default]
    WithBreach,
    /// The event the clock starts from, still to be expected.
    WithClock,
    /// The same event, of which nothing is said before it happens.
    AfterEvent,
}

/// A threshold as the law words it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub metric: Metric,
    pub op: Operator,
    pub value: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Metric {
    /// Of the jurisdiction; of all States for a federal rule.
    Residents,
    /// Statutes differ on whether others count too.
    PersonsAtOneTime,
    ResidentsOfOneState,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clock {
    pub kind: TimingKind,
    /// There exactly when `kind` is `count` or `annual_date`.
    pub period: Option<Period>,
    /// The event it starts from; the first of these that happened.
    #[serde(default)]
    pub from: Vec<Event>,
    pub relative_to: Option<Deed>,
    /// Due when individuals are told, if that is sooner.
    #[serde(default)]
    pub or_with_individuals: bool,
    /// The law's words beside the number.
    pub also: Option<String>,
}

/// What a notice to individuals must hold and keep to, beyond what every notice says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notice {
    pub title: Option<String>,
    #[serde(default)]
    pub headings: Vec<String>,
    pub min_pt: Option<u8>,
    #[serde(default)]
    pub services: Vec<Service>,
    pub bureaus: Option<Wherever>,
    #[serde(default)]
    pub prohibit: Vec<String>,
    #[serde(default)]
    pub content: Vec<String>,
    /// There is a notice of its own for the keys to an online account.
    #[serde(default)]
    pub credentials: bool,
    /// Never by mail to a mailbox that the notifier furnished and whose key was taken.
    #[serde(default)]
    pub furnished_mailbox: bool,
    /// The notice says whether law enforcement delayed it.
    #[serde(default)]
    pub law_enforcement_delay: bool,
    #[serde(default)]
    pub methods: Vec<String>,
    pub substitute: Option<Substitute>,
}

/// Free services to be offered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub months: u32,
    pub if_any: Vec<Element>,
}

/// Elements of which one must have been lost; none named: always.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wherever {
    pub if_any: Vec<Element>,
}

/// When and how a substitute notice will do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Substitute {
    /// Whole dollars.
    pub cost_over: u64,
    pub persons_over: u64,
    pub insufficient_contacts: bool,
    pub posting_days: u32,
    pub means: Vec<String>,
}

/// Damages that the statute puts a range on, per person and incident, in whole dollars.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Damages {
    pub min: u64,
    pub max: u64,
    pub per: String,
    /// From this day on newer amounts should exist.
    #[serde(default, deserialize_with = "crate::rule::some_day")]
    pub next_adjustment: Option<chrono::NaiveDate>,
    pub elements: Vec<ElementSet>,
}
