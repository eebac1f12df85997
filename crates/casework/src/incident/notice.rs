//! Who is told what: the people of an incident, what the law of their place asks of their letter, and whether the letter says
//! what was found of them, no more and no less.

mod list;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

pub use list::read;

use super::persons::Contact;

/// One person who may have to be told. Elements are named as in the law book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressee {
    pub contact: Contact,
    /// `US-CA`; `None` is not known.
    pub place: Option<String>,
    pub spanish: bool,
    pub elements: BTreeSet<String>,
}

/// How somebody is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Route {
    Mail,
    Email,
    /// Substitute notice is all that is left.
    Unreachable,
}

/// What the law of a place asks of the letter to people of one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Neither what happened nor how many may be said.
    pub plain: bool,
    pub credentials: bool,
    pub months: Option<u32>,
    pub bureaus: bool,
    /// Words of the law book: `freeze`, `ftc-contact` …
    pub content: BTreeSet<String>,
    pub delayed: bool,
    /// Not to the mailbox that was breached.
    pub not_by_email: bool,
}

/// Why somebody gets no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoLetter {
    /// Nobody knows where the person lives.
    UnknownResidence,
    /// The law book does not know the law of the place.
    Elsewhere,
    /// The law of the place asks for no notice of these elements.
    NotAsked,
}

impl NoLetter {
    pub fn words(self) -> &'static str {
        match self {
            Self::UnknownResidence => "nobody knows in which state or country the person lives",
            Self::Elsewhere => "the law book does not know the law of the place: ask counsel",
            Self::NotAsked => "the law of the place asks for no notice of what was taken of the person",
        }
    }
}

impl Addressee {
    /// The lines of the address, as they stand on an envelope.
    pub fn lines(&self) -> Vec<String> {
        let Contact { street, city, region, postal, country, .. } = &self.contact;
        let town = [city.as_str(), region.as_str(), postal.as_str()];
        let town = match town {
            [city, region, postal] if !city.is_empty() => {
                format!("{city}, {region} {postal}").trim_end_matches([' ', ',']).to_owned()
            }
            _ => town.join(" ").trim().to_owned(),
        };
        let abroad = !matches!(country.to_lowercase().as_str(), "" | "us" | "usa" | "united states");
        let country = if abroad { country.as_str() } else { "" };
        let street = street.replace("\r\n", "\n");
        street
            .lines()
            .chain([town.as_str(), country])
            .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|it| !it.is_empty())
            .collect()
    }

    /// How this person is reached under a law.
    pub fn route(&self, asked: &Asked) -> Route {
        match () {
            () if !self.contact.street.trim().is_empty() && !self.contact.city.trim().is_empty() => {
                Route::Mail
            }
            () if !self.contact.email.trim().is_empty() && !asked.not_by_email => Route::Email,
            () => Route::Unreachable,
        }
    }
}

/// The people by what was taken of them, as `groups` of the law book's facts, and each group's number. `places` are the
/// jurisdictions of the law book.
pub fn groups(people: &[Addressee], places: &BTreeSet<String>) -> (Value, BTreeMap<BTreeSet<String>, usize>) {
    let mut residents = BTreeMap::<&BTreeSet<String>, BTreeMap<&str, u64>>::new();
    for it in people {
        let of = residents.entry(&it.elements).or_default();
        if let Some(place) = it.place.as_ref().filter(|it| places.contains(*it)) {
            *of.entry(place).or_default() += 1;
        }
    }
    let numbers = residents.keys().enumerate().map(|(n, elements)| ((*elements).clone(), n)).collect();
    let groups: Vec<Value> =
        residents.iter().map(|(elements, of)| json!({ "elements": elements, "residents": of })).collect();
    (json!(groups), numbers)
}

/// What the law asks of the letter to people of this place and group, read from the law book's requirements.
///
/// # Errors
/// Why they get no letter.
pub fn asked(
    notice: Option<&Value>,
    places: &BTreeSet<String>,
    place: Option<&str>,
    group: usize,
) -> Result<Asked, NoLetter> {
    let place = place.ok_or(NoLetter::UnknownResidence)?;
    if !places.contains(place) {
        return Err(NoLetter::Elsewhere);
    }
    let of = notice.and_then(|it| it.get(place)).ok_or(NoLetter::NotAsked)?;
    let own = match of.get("groups").and_then(Value::as_array) {
        None => of,
        Some(groups) => groups
            .iter()
            .find(|it| it.get("group").and_then(Value::as_u64) == u64::try_from(group).ok())
            .ok_or(NoLetter::NotAsked)?,
    };
    let words = |key: &str| -> BTreeSet<String> {
        let list = of.get(key).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let flag = |from: &Value, key: &str| from.get(key).and_then(Value::as_bool).unwrap_or(false);
    let credentials = own.get("variant").and_then(Value::as_str) == Some("credentials");
    // Some laws ask for the bureaus whatever was taken; where it hangs on the elements, the group says so.
    let always = words("content").contains("cra-contacts") && !flag(of, "bureau_contacts") && !credentials;
    Ok(Asked {
        plain: words("prohibit").contains("nature"),
        credentials,
        months: own.get("monitoring_months").and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok()),
        bureaus: always || flag(own, "bureau_contacts"),
        content: words("content"),
        delayed: flag(of, "say_delayed_by_law_enforcement"),
        not_by_email: words("never_to").contains("breached_mailbox"),
    })
}

/// What a letter says wrongly about one person; empty when it says exactly what was found.
/// `said` are the items of its list of elements, `phrases` the element behind each phrase.
pub fn faults(person: &Addressee, said: &[String], phrases: &BTreeMap<String, String>) -> Vec<String> {
    let told: BTreeSet<&str> = said.iter().filter_map(|it| phrases.get(it)).map(String::as_str).collect();
    let found: BTreeSet<&str> = person.elements.iter().map(String::as_str).collect();
    let mut faults: Vec<String> =
        told.difference(&found).map(|it| format!("it names {it}, which was not found")).collect();
    faults.extend(found.difference(&told).map(|it| format!("it does not name {it}, which was found")));
    let strange = said.iter().filter(|it| !phrases.contains_key(*it)).count();
    if strange > 0 {
        faults.push(format!("it names {strange} kinds of information that are no elements"));
    }
    faults
}

/// Somebody who was told, when, and under which reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Told {
    /// As in the law book's answer: `individuals`, `us-ca-ag`, `cra` …
    pub recipient: String,
    /// UTC, RFC 3339.
    pub at: String,
    pub reference: String,
    pub recorded_at: String,
}

/// The facts with what the register says, so that dependent clocks hang on what really happened.
pub fn with_register(mut facts: Value, register: &[Told]) -> Value {
    let Some(map) = facts.as_object_mut() else { return facts };
    let mut told = BTreeMap::<&str, Vec<&str>>::new();
    for it in register {
        told.entry(&it.recipient).or_default().push(&it.at);
    }
    if let Some(waves) = told.get("individuals") {
        map.insert("consumers_told_at".to_owned(), json!(waves));
    }
    if !told.is_empty() {
        map.insert("told_at".to_owned(), json!(told));
    }
    facts
}

/// What a draft came to; counts only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Drafted {
    /// UTC, RFC 3339.
    pub drafted_at: String,
    /// Place → route → how many letters.
    pub letters: BTreeMap<String, BTreeMap<Route, u64>>,
    pub left_out: BTreeMap<NoLetter, u64>,
    /// Place → element → how many of its people to tell.
    pub elements: BTreeMap<String, BTreeMap<String, u64>>,
    /// What the officer said for all letters, by blank.
    pub set: BTreeMap<String, String>,
    /// The facts for the law book, without the register.
    pub facts: Value,
}

impl Drafted {
    /// Element → how many of the people to tell, of one place or of all.
    pub fn taken(&self, place: Option<&str>) -> BTreeMap<String, u64> {
        let mut all = BTreeMap::new();
        for (_, of) in self.elements.iter().filter(|(it, _)| place.is_none_or(|place| place == it.as_str())) {
            for (element, n) in of {
                *all.entry(element.clone()).or_default() += n;
            }
        }
        all
    }

    pub fn count(&self, route: Option<Route>) -> u64 {
        let all = self.letters.values().flatten();
        all.filter(|(it, _)| route.is_none_or(|route| **it == route)).map(|(_, n)| n).sum()
    }
}
