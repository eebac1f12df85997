//! Kinds of data, and the combinations of them that a statute counts.

use std::collections::BTreeSet;

use serde::de::IntoDeserializer;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

/// One kind of data about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    Name,
    Ssn,
    /// Driver's licence or state identification card.
    Dl,
    Tin,
    /// Passport, military or another number on a government document.
    GovId,
    /// Account, credit or debit card number.
    Account,
    /// What gives access to the account.
    AccountCode,
    Medical,
    HealthIns,
    Biometric,
    Genetic,
    /// Automated licence plate recognition.
    Alpr,
    Username,
    Email,
    Password,
    SecurityQa,
    Dob,
    /// Mother's maiden name.
    Mmn,
    /// Electronic signature.
    Esig,
    EmployeeId,
    StudentId,
    Location,
    PrivateKey,
}

/// What one person lost.
pub(crate) type Elements = BTreeSet<Element>;

/// `account+account_code`, `username|email+password`: every part is needed, of each part one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Combination(Vec<Vec<Element>>);

impl Combination {
    fn within(&self, have: &Elements) -> bool {
        self.0.iter().all(|part| part.iter().any(|it| have.contains(it)))
    }

    /// Whether it is nothing but the key to an online account.
    fn is_login(&self) -> bool {
        use Element::{Email, Password, SecurityQa, Username};
        self.0.iter().flatten().all(|it| matches!(it, Username | Email | Password | SecurityQa))
    }
}

impl<'de> Deserialize<'de> for Combination {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let element = |word: &str| {
            let word: StrDeserializer<'_, WordError> = word.into_deserializer();
            Element::deserialize(word).map_err(serde::de::Error::custom)
        };
        text.split('+').map(|part| part.split('|').map(element).collect()).collect::<Result<_, _>>().map(Self)
    }
}

/// Elements of which any one counts, alone or with the name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ElementSet {
    /// First name or initial and last name are needed too.
    pub name: bool,
    pub any: Vec<Combination>,
    /// Why a person must decide whether this set counts; absent where the statute is plain.
    pub doubt: Option<String>,
}

/// What a statute makes of one person's elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts<'a> {
    Yes {
        /// Only the keys to an online account count.
        login_only: bool,
        /// The keys to an online account are among what counts.
        login: bool,
    },
    Doubtful(&'a str),
    Unknown,
    No,
}

/// Whether the elements count by these sets. `None`: the elements are not known.
pub(crate) fn counts<'a>(sets: &'a [ElementSet], have: Option<&Elements>) -> Counts<'a> {
    let Some(have) = have else { return Counts::Unknown };
    let met = |set: &ElementSet| !set.name || have.contains(&Element::Name);
    let hits = |set: &'a ElementSet| set.any.iter().filter(|it| it.within(have));
    let (mut plain, mut login, mut doubt) = (false, false, None);
    for set in sets.iter().filter(|set| met(set)) {
        for hit in hits(set) {
            match &set.doubt {
                Some(why) => doubt = Some(why.as_str()),
                None if hit.is_login() => login = true,
                None => plain = true,
            }
        }
    }
    match doubt {
        _ if plain || login => Counts::Yes { login_only: login && !plain, login },
        Some(why) => Counts::Doubtful(why),
        None => Counts::No,
    }
}
