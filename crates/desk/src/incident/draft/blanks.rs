//! The blanks of the letters: what all share, what hangs on the law of a place, and what may be set at all.

use std::collections::{BTreeMap, BTreeSet};

use casework::incident::elements::KEYS;
use casework::incident::notice::{Asked, Drafted};
use papers::letter::{self, Kind, Language, Part, phrase, phrase_of};
use serde_json::Value;
use vault::IncidentFile;

use super::Shared;
use crate::desk::{Desk, instant};
use crate::problem::Problem;
use crate::troubles;

/// What may be set beside the blanks of the letters.
const BESIDE: [&str; 8] = [
    "doing.plain",
    "small_business",
    "wisp",
    "responsible",
    "agency",
    "impact",
    "consequences",
    "late_because",
];
const YES: &str = "yes";

impl Desk {
    /// The blanks that all letters of a language share.
    pub(in crate::incident) fn notice_blanks(
        &self,
        file: &IncidentFile,
        drafted: &Drafted,
        language: Language,
    ) -> Result<BTreeMap<String, String>, Problem> {
        let mut base = BTreeMap::new();
        for (blank, setting) in [
            ("business", "business.name"),
            ("business_address", "business.address"),
            ("contact", "business.contact"),
        ] {
            base.insert(blank.to_owned(), self.answer(language, setting)?);
        }
        base.insert("date".to_owned(), letter::day(language, self.today()?));
        base.insert("reference".to_owned(), file.number.to_string());
        let discovered = ["told_by_vendor_at", "discovered_at"]
            .iter()
            .find_map(|key| drafted.facts.get(*key).and_then(Value::as_str))
            .unwrap_or(&file.discovered_at);
        base.insert("discovered_on".to_owned(), self.day_in_words(language, discovered)?);
        if let Some((from, to)) = self.taken_between(file) {
            let (from, to) = (self.day_in_words(language, &from)?, self.day_in_words(language, &to)?);
            let name = if from == to { "on" } else { "between" };
            let words = phrase_of(language, "breach", name, &[("from", &from), ("to", &to)]);
            base.insert("occurred".to_owned(), words);
        }
        let suffix = if language == Language::Spanish { ".es" } else { "" };
        for (name, value) in &drafted.set {
            match (suffix, name.strip_suffix(".es")) {
                (".es", Some(plain)) => drop(base.insert(plain.to_owned(), value.clone())),
                ("", None) => drop(base.insert(name.clone(), value.clone())),
                // A name or an address needs no translation; a sentence without one leaves its blank open.
                (".es", None) if matches!(name.as_str(), "service" | "enroll" | "parent_company") => {
                    base.entry(name.clone()).or_insert_with(|| value.clone());
                }
                _ => {}
            }
        }
        Ok(base)
    }

    fn day_in_words(&self, language: Language, at: &str) -> Result<String, Problem> {
        match at.parse() {
            Ok(day) => Ok(letter::day(language, day)),
            Err(_) => Ok(letter::day(language, self.local_day(at)?)),
        }
    }

    /// When an instant of the papers was, in UTC and in the business's zone.
    pub(in crate::incident) fn both_times(&self, at: &str) -> Result<String, Problem> {
        let Some(utc) = instant(at) else { return Ok(at.to_owned()) };
        let local = utc.with_timezone(&self.zone()?);
        Ok(format!("{} UTC ({} local)", utc.format("%Y-%m-%d %H:%M:%S"), local.format("%Y-%m-%d %H:%M %Z")))
    }
}

/// The blanks that hang on the law of a place.
pub(super) fn law_blanks(
    asked: &Asked,
    place: &str,
    drafted: &Drafted,
    shared: &Shared,
) -> Result<BTreeMap<String, String>, Problem> {
    let language = shared.language;
    let mut blanks = shared.base.clone();
    let has = |word: &str| asked.content.contains(word);
    let mut flag = |name: &str, set: bool| {
        if set {
            blanks.insert(name.to_owned(), YES.to_owned());
        }
    };
    flag("consumer", true);
    flag("delayed", asked.delayed);
    flag("credentials", asked.credentials);
    flag("plain", asked.plain);
    flag("freeze", asked.bureaus || has("freeze") || has("fraud-alert"));
    flag("police", has("police-report"));
    flag("report", has("report-to-police-or-ag"));
    flag("fcra", has("fcra-rights"));
    if asked.plain {
        let doing = blanks.remove("doing.plain").ok_or_else(|| {
            Problem::new(
                "letter_blank",
                format!("The letters to people in {place} may not describe what happened, and the blank \"doing.plain\" is not filled. Nothing was written."),
                "Say what the business does in words that do not describe the breach: --set doing.plain=…",
            )
        })?;
        blanks.insert("doing".to_owned(), doing);
        for name in ["what_happened", "occurred", "discovered_on"] {
            blanks.remove(name);
        }
    }
    if let Some(months) = asked.months {
        blanks.insert("months".to_owned(), months.to_string());
    }
    if asked.bureaus {
        blanks.insert("bureaus".to_owned(), phrase(language, "office", "bureaus"));
    }
    if has("ftc-contact") || has("state-and-federal-agencies") {
        blanks.insert("ftc".to_owned(), phrase(language, "office", "ftc"));
    }
    if asks_for_office(asked) {
        let key = office(place);
        let known = phrase(language, "office", &place.to_lowercase());
        let office = drafted.set.get(&key).cloned().unwrap_or(known);
        if office.is_empty() {
            return Err(Problem::new(
                "letter_blank",
                format!(
                    "The law of {place} asks for the address of the state's own office, and the blank \"{key}\" is not filled. Nothing was written."
                ),
                format!("Fill it with --set {key}=…"),
            ));
        }
        blanks.insert("state_contact".to_owned(), office);
    }
    if has("number-affected") {
        let count: u64 = drafted.letters.get(place).into_iter().flatten().map(|(_, n)| n).sum();
        blanks.insert("number".to_owned(), count.to_string());
    }
    Ok(blanks)
}

/// Whether the law asks for the address of the state's own office.
pub(super) fn asks_for_office(asked: &Asked) -> bool {
    ["ag-contact", "dos-contact", "state-and-federal-agencies"].iter().any(|it| asked.content.contains(*it))
}

/// The blank that holds the address of a state's own office.
pub(super) fn office(place: &str) -> String {
    format!("office.{}", place.to_lowercase())
}

/// The items of a letter's list of elements.
pub(super) fn said(parts: &[Part], phrases: &BTreeMap<String, String>) -> Vec<String> {
    let lists = parts.iter().filter_map(|part| match part {
        Part::List(items) => Some(items),
        _ => None,
    });
    // The list of elements is the one that names an element; bureaus and offices are others.
    lists.filter(|items| items.iter().any(|it| phrases.contains_key(it))).flatten().cloned().collect()
}

/// Elements in words, one a line, in the order of the law book.
pub(in crate::incident) fn elements_in(language: Language, elements: &BTreeSet<String>) -> String {
    let known = KEYS.iter().filter(|it| elements.contains(**it));
    known.map(|it| phrase(language, "element", it)).collect::<Vec<_>>().join("\n")
}

/// Only blanks of the letters may be set, and what the regulators' sheets ask.
pub(super) fn known_names(set: &BTreeMap<String, String>) -> Result<(), Problem> {
    let mut known = BTreeSet::new();
    for kind in [Kind::BreachNotice, Kind::BreachSubstitute, Kind::CreditBureaus] {
        known.extend(
            letter::blanks(kind).map_err(|error| troubles::paper(&error))?.into_iter().map(|it| it.name),
        );
    }
    known.extend(BESIDE.map(str::to_owned));
    let is_known = |name: &String| {
        let plain = name.strip_suffix(".es").unwrap_or(name);
        known.contains(plain) || plain.starts_with("office.")
    };
    for (name, value) in set {
        if !is_known(name) {
            let names = known.into_iter().collect::<Vec<_>>().join(", ");
            return Err(Problem::new(
                "letter_blank",
                format!("The letters have no blank {name:?}. Nothing was written."),
                format!("Blanks are {names}, and office.us-XX; add .es for Spanish."),
            ));
        }
        if let Some(kind) = casework::disclosure::mask(value).1.first() {
            return Err(Problem::new(
                "letter_identifier",
                format!(
                    "The blank \"{name}\" holds {}, which no letter may show. Nothing was written.",
                    kind.words()
                ),
                "Take it out.",
            ));
        }
    }
    Ok(())
}
