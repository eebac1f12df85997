//! Service providers, contractors and third parties: who holds the person's data for us or got it from us, what they were
//! told, and what they answered.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::case::RequestKind;

/// Somebody outside who is told about requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    pub name: String,
    pub role: Role,
    /// Where the contract is found.
    pub contract: String,
    /// How they are reached.
    pub channel: String,
    /// The key by which they know a consumer, as agreed in the contract: `email`, `account_number` …
    pub consumer_key: ConsumerKey,
    pub systems: Vec<String>,
    /// Days within which they confirm, by contract.
    pub confirm_within_days: u16,
}

/// Civ. Code § 1798.140(ag), (j), (ai).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    ServiceProvider,
    Contractor,
    ThirdParty,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::ServiceProvider, Self::Contractor, Self::ThirdParty];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::ServiceProvider => "service-provider",
            Self::Contractor => "contractor",
            Self::ThirdParty => "third-party",
        }
    }

    /// `None` when the word is none of the three.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// The one identifier that a recipient is given: no more data than needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsumerKey {
    Email,
    Phone,
    Name,
    AccountNumber,
    RecordId,
}

impl ConsumerKey {
    pub const ALL: [Self; 5] = [Self::Email, Self::Phone, Self::Name, Self::AccountNumber, Self::RecordId];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::AccountNumber => "account_number",
            Self::RecordId => "record_id",
        }
    }

    /// `None` when the word is none of the list.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == word)
    }
}

/// What a recipient was told about one request, and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instruction {
    pub provider: String,
    pub role: Role,
    pub action: Action,
    /// UTC, RFC 3339.
    pub sent_at: String,
    pub confirm_by: NaiveDate,
    /// Hex SHA-256 of the letter.
    pub letter: String,
    /// `None` while nothing came back.
    pub answer: Option<Answer>,
    pub answered_at: Option<String>,
    /// The facts behind an exception or an impossibility; emptied when the case is forgotten.
    pub because: String,
}

/// What a recipient is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Delete,
    Correct,
    /// Stop selling and sharing.
    StopSale,
    /// Use sensitive information only as the law allows after a request to limit.
    StopUse,
}

impl Action {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Correct => "correct",
            Self::StopSale => "stop-sale",
            Self::StopUse => "stop-use",
        }
    }

    /// What a request asks of recipients; `None` when it asks nothing of them.
    pub fn of(kind: RequestKind) -> Option<Self> {
        match kind {
            RequestKind::Delete => Some(Self::Delete),
            RequestKind::Correct => Some(Self::Correct),
            RequestKind::OptOut => Some(Self::StopSale),
            RequestKind::Limit => Some(Self::StopUse),
            _ => None,
        }
    }
}

impl Action {
    /// Whether a recipient of that role is told without being named. A correction is passed on to those who work for us
    /// (§ 7023(c)); third parties are told of it only when the officer names them.
    pub fn concerns(self, role: Role) -> bool {
        !(self == Self::Correct && role == Role::ThirdParty)
    }
}

/// What a recipient answered; nothing else closes an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Done,
    /// They keep something under an exception, with its purpose.
    Exception,
    /// Impossible, or only with disproportionate effort; needs facts (§ 7022(b)(3)).
    Impossible,
}

impl Answer {
    pub const ALL: [Self; 3] = [Self::Done, Self::Exception, Self::Impossible];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Exception => "exception",
            Self::Impossible => "impossible",
        }
    }

    /// `None` when the word is none of the three.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.as_str() == word)
    }

    /// What is wrong with the facts given for an answer: the bare phrase is not enough.
    pub fn lacks(self, because: &str) -> Option<&'static str> {
        let words = because.split_whitespace().count();
        match self {
            Self::Exception if words == 0 => {
                Some("An exception needs the ground and the purpose for which the data is kept.")
            }
            Self::Impossible if words < 5 => Some(
                "Impossible or disproportionate effort needs the facts: what would have to be done, and why it cannot be.",
            ),
            Self::Done | Self::Exception | Self::Impossible => None,
        }
    }
}

impl Provider {
    /// What is wrong with an entry of the register.
    pub fn faults(&self) -> Vec<&'static str> {
        let mut faults = Vec::new();
        let bad = |text: &str, most: usize| {
            text.trim().is_empty() || text.chars().count() > most || text.chars().any(char::is_control)
        };
        if bad(&self.name, 120) {
            faults.push("the name is empty, longer than 120 characters or holds control characters");
        }
        if bad(&self.contract, 300) {
            faults.push("the reference of the contract is empty or too long");
        }
        if bad(&self.channel, 300) {
            faults.push("the channel is empty or too long");
        }
        if !(1..=365).contains(&self.confirm_within_days) {
            faults.push("the days to confirm are not between 1 and 365");
        }
        faults
    }

    /// The day by which they confirm what they were told on `sent`.
    pub fn confirm_by(&self, sent: NaiveDate) -> NaiveDate {
        sent.checked_add_days(Days::new(u64::from(self.confirm_within_days))).unwrap_or(NaiveDate::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_entry_says_what_it_lacks_and_counts_its_days() {
        let good = Provider {
            name: "Mailhouse Example".into(),
            role: Role::ServiceProvider,
            contract: "DPA 2026-03".into(),
            channel: "privacy@mailhouse.example".into(),
            consumer_key: ConsumerKey::Email,
            systems: Vec::new(),
            confirm_within_days: 10,
        };
        assert!(good.faults().is_empty());
        assert_eq!(good.confirm_by("2026-12-28".parse().unwrap()).to_string(), "2027-01-07");
        let bad = Provider { name: "a\nb".into(), contract: String::new(), confirm_within_days: 0, ..good };
        assert_eq!(bad.faults().len(), 3);
        assert_eq!(Role::parse("third-party"), Some(Role::ThirdParty));
        assert_eq!(ConsumerKey::parse("ssn"), None);
    }

    #[test]
    fn impossible_without_facts_is_no_answer() {
        assert!(Answer::Impossible.lacks("disproportionate effort").is_some());
        assert!(Answer::Impossible.lacks("The tapes hold 40 TB and have no index by person").is_none());
        assert!(Answer::Exception.lacks(" ").is_some());
        assert!(Answer::Done.lacks("").is_none());
        assert_eq!(Answer::parse("later"), None);
        assert_eq!(Action::of(RequestKind::KnowSpecific), None);
        assert_eq!(Action::of(RequestKind::OptOut).map(Action::as_str), Some("stop-sale"));
    }
}
