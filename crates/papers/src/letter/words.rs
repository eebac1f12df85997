//! Ready phrases for blanks, in both languages (`assets/letters/phrases.toml`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use minijinja::Value;
use serde::Deserialize;

use super::Language;
use super::wording::environment;

const FILE: &str = include_str!("../../../../assets/letters/phrases.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    en: String,
    es: String,
}

type Phrases = BTreeMap<String, BTreeMap<String, Phrase>>;

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    // A test reads the file, so that only a wrong build of the program has none.
    PHRASES.get_or_init(|| toml::from_str(FILE).unwrap_or_default())
}

/// The phrase of that group and name; empty where there is none.
pub fn phrase(language: Language, group: &str, name: &str) -> String {
    phrases()
        .get(group)
        .and_then(|group| group.get(name))
        .map(|phrase| match language {
            Language::English => phrase.en.clone(),
            Language::Spanish => phrase.es.clone(),
        })
        .unwrap_or_default()
}

/// The phrase with its blanks filled; empty where there is none or a blank has no value.
pub fn phrase_of(language: Language, group: &str, name: &str, values: &[(&str, &str)]) -> String {
    let values: BTreeMap<String, Value> =
        values.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
    environment().render_str(&phrase(language, group, name), values).unwrap_or_default()
}

/// A day in words: "November 2, 2026", "2 de noviembre de 2026".
pub fn day(language: Language, on: NaiveDate) -> String {
    let months = phrase(language, "date", "months");
    let month = months.split(' ').nth(usize::try_from(on.month0()).unwrap_or_default()).unwrap_or_default();
    let (day, year) = (on.day().to_string(), on.year().to_string());
    phrase_of(language, "date", "long", &[("month", month), ("day", &day), ("year", &year)])
}

/// What stands beside that English phrase in another language; the phrase itself where there is nothing.
pub fn translated(language: Language, group: &str, english: &str) -> String {
    match (language, phrases().get(group)) {
        (Language::Spanish, Some(group)) => group
            .values()
            .find(|phrase| phrase.en == english)
            .map_or_else(|| english.to_owned(), |phrase| phrase.es.clone()),
        _ => english.to_owned(),
    }
}
