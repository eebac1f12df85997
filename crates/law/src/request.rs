//! A consumer's request: by when it must be acknowledged and answered, and what it asks of the business.

mod caps;
mod clocks;
mod dates;
mod facts;
mod needs;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::BadLawFile;
use crate::amount;
use crate::answer::{Answer, Deed, Duty, Level, Scope, State};
use crate::book::{Book, Shelf};
use crate::calendar::Calendars;
use crate::facts::FactsProblem;
use crate::period::Period;
use crate::rule::{Rule, day, in_force};
use facts::Facts;

pub(crate) use caps::{Cap, Outside, Repeat};
pub use dates::{RequestDate, RequestDates, request_dates};

/// What the person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    KnowCat,
    KnowSpec,
    Delete,
    Correct,
    OptOut,
    LimitSpi,
    OptIn,
    AdmtAccess,
    AdmtOptOut,
}

impl Kind {
    /// By the word that the command line and the vault use for it.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "know-categories" => Self::KnowCat,
            "know-specific" => Self::KnowSpec,
            "delete" => Self::Delete,
            "correct" => Self::Correct,
            "opt-out" => Self::OptOut,
            "limit" => Self::LimitSpi,
            "opt-in" => Self::OptIn,
            "admt-access" => Self::AdmtAccess,
            "admt-opt-out" => Self::AdmtOptOut,
            _ => return None,
        })
    }
}

/// The rules of this family.
pub(crate) struct Rules {
    clocks: Vec<Rule<Clock>>,
    untimed: Vec<Rule<Untimed>>,
    holds: Vec<Rule<HoldRule>>,
    identities: Vec<Rule<IdentityRule>>,
    accounts: Vec<Rule<ForKinds>>,
    unverified: Vec<Rule<ForKinds>>,
    denials: Vec<Rule<Denial>>,
    caps: Vec<Rule<Cap>>,
    repeats: Vec<Rule<Repeat>>,
    outside: Vec<Rule<Outside>>,
    scopes: Vec<Rule<ScopeRule>>,
    lookbacks: Vec<Rule<LookbackRule>>,
    confirmations: Vec<Rule<ForKinds>>,
    pauses: Vec<Rule<Pause>>,
    requesters: Vec<Rule<RequesterRule>>,
}

/// By when something is due, counted from receipt.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clock {
    kinds: Vec<Kind>,
    duty: Deed,
    period: Period,
    /// Days after receipt that no reading of the law calls late.
    safe_target_days: Option<u64>,
}

/// What the law sets no time for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Untimed {
    kinds: Vec<Kind>,
    duty: Deed,
    reason: String,
}

/// How long law enforcement can forbid a deletion, per direction.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldRule {
    period: Period,
}

/// How sure a business must be of who asks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityRule {
    kinds: Vec<Kind>,
    level: Level,
    points: u8,
    declaration: bool,
    /// The level for sensitive data or a high risk of harm.
    rises_to: Option<Level>,
    /// What to treat the request as when identity is not verified.
    fallback: Option<Kind>,
}

/// A rule that says all it has to say by the kinds it governs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForKinds {
    kinds: Vec<Kind>,
}

/// What follows when the identity is not verified.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Denial {
    kinds: Vec<Kind>,
    reason: String,
}

/// Which personal information a deletion reaches.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScopeRule {
    kinds: Vec<Kind>,
    scope: Scope,
}

/// How far back an answer reaches.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookbackRule {
    kinds: Vec<Kind>,
    #[serde(deserialize_with = "day")]
    collected_from: NaiveDate,
}

/// How long a business waits before it asks a person to opt in again.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pause {
    kinds: Vec<Kind>,
    months: u32,
}

/// What may or must be asked of the one who makes the request.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequesterRule {
    kinds: Vec<Kind>,
    via: Option<facts::Via>,
    age_band: Option<facts::AgeBand>,
    asks: Vec<String>,
}

impl Rules {
    pub(crate) fn take(shelf: &mut Shelf<'_>, calendars: &Calendars) -> Result<Self, BadLawFile> {
        let rules = Self {
            clocks: shelf.take("request-clocks", "clock")?,
            untimed: shelf.take("request-clocks", "untimed")?,
            holds: shelf.take("request-clocks", "hold")?,
            identities: shelf.take("request-identity", "identity")?,
            accounts: shelf.take("request-identity", "account")?,
            unverified: shelf.take("request-identity", "no-verification")?,
            denials: shelf.take("request-identity", "denial")?,
            requesters: shelf.take("request-identity", "requester")?,
            caps: shelf.take("request-limits", "cap")?,
            repeats: shelf.take("request-limits", "repeat")?,
            outside: shelf.take("request-limits", "outside")?,
            scopes: shelf.take("request-scope", "deletion-scope")?,
            lookbacks: shelf.take("request-scope", "lookback")?,
            confirmations: shelf.take("request-scope", "confirmation")?,
            pauses: shelf.take("request-scope", "pause")?,
        };
        for it in &rules.clocks {
            calendars.know(&it.body.period, &it.header.id, &it.origin)?;
        }
        for it in &rules.holds {
            calendars.know(&it.body.period, &it.header.id, &it.origin)?;
        }
        Ok(rules)
    }
}

/// The duties, requirements and amounts of one request.
pub(crate) fn answer(book: &Book, value: &Value) -> Result<Answer, FactsProblem> {
    let facts = Facts::read(value)?;
    let on = facts.received.map(|it| it.on).or(facts.today).ok_or_else(|| {
        FactsProblem::fact(
            "received_at",
            "it is missing, and without `today` no version of the law can be chosen",
        )
    })?;
    let mut duties = clocks::duties(book, &facts, on)?;
    let requirements = needs::requirements(book, &facts, on, &duties);
    if requirements.unverified() {
        let waiting = |it: &&mut Duty| {
            matches!(it.duty, Deed::Answer | Deed::AnswerExtended) && it.state == State::Owed
        };
        for rule in in_force(&book.requests.denials, on).filter(|it| it.body.kinds.contains(&facts.kind)) {
            for duty in duties.iter_mut().filter(waiting) {
                duty.because.push(rule.body.reason.clone());
                duty.path.push(caps::named(rule));
            }
        }
    }
    for duty in &mut duties {
        duty.cautions.extend(facts.zone.caution());
    }
    Ok(Answer { duties, requirements, amounts: amount::fines(book, on, facts.today) })
}

/// The same day so many months earlier or later; the month's last day where it has none such.
fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(chrono::Months::new(months)).unwrap_or(NaiveDate::MIN)
}

fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(chrono::Months::new(months)).unwrap_or(NaiveDate::MAX)
}

fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}
