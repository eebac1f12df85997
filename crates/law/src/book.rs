//! The law book: every rule file built into the program, read once, checked as a whole.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::calendar::Calendars;
use crate::rule::{BadLawFile, Entry, Rule, entries};

const SHELF: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shelf.rs"));

static BOOK: LazyLock<Result<Book, BadLawFile>> = LazyLock::new(|| Book::read(SHELF));

/// Every rule, by subject.
pub struct Book {
    pub(crate) entries: Vec<Entry>,
    pub(crate) calendars: Calendars,
    pub(crate) grounds: Vec<Rule<crate::ground::Body>>,
    pub(crate) requests: crate::request::Rules,
    pub(crate) amounts: Vec<Rule<crate::amount::Amount>>,
    pub(crate) retentions: Vec<Rule<crate::records::Retention>>,
    pub(crate) yearly: Vec<Rule<crate::records::Yearly>>,
    pub(crate) recurring: Vec<Rule<crate::records::Recurring>>,
    pub(crate) breaches: crate::breach::Rules,
}

/// The book built into the program.
///
/// # Errors
/// [`BadLawFile`] when a file built in is unusable.
pub fn book() -> Result<&'static Book, BadLawFile> {
    BOOK.as_ref().map_err(Clone::clone)
}

impl Book {
    /// Reads a book from `(path below assets/law, text)`.
    ///
    /// # Errors
    /// [`BadLawFile`] naming file, rule and key: a missing or unknown key, an impossible date, two versions of one
    /// rule in force on one day, one id in two files, a table that nothing reads, an unknown calendar.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, BadLawFile> {
        let mut all = Vec::new();
        for (path, text) in files {
            all.extend(entries(path, text)?);
        }
        versions_apart(&all)?;
        let mut shelf = Shelf::of(&all);
        let calendars = Calendars::new(shelf.take("calendars", "calendar")?)?;
        let book = Self {
            grounds: shelf.take("deletion-exceptions", "ground")?,
            requests: crate::request::Rules::take(&mut shelf, &calendars)?,
            amounts: shelf.take("amounts", "amount")?,
            retentions: shelf.take("records", "retention")?,
            yearly: shelf.take("records", "yearly")?,
            recurring: shelf.take("records", "recurring")?,
            breaches: crate::breach::Rules::take(&mut shelf, &calendars)?,
            calendars,
            entries: all.clone(),
        };
        shelf.nothing_left()?;
        Ok(book)
    }

    /// Every calendar.
    #[must_use]
    pub fn calendars(&self) -> &Calendars {
        &self.calendars
    }
}

/// The entries by subject and table; whoever reads a table takes it.
pub(crate) struct Shelf<'a>(BTreeMap<(&'a str, &'a str), Vec<&'a Entry>>);

impl<'a> Shelf<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let mut shelf: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in entries {
            shelf.entry((entry.rule.origin.subject.as_str(), entry.table.as_str())).or_default().push(entry);
        }
        Self(shelf)
    }

    /// All rules under `[[table]]` in the files of a subject, of every jurisdiction.
    pub(crate) fn take<B: DeserializeOwned>(
        &mut self,
        subject: &'static str,
        table: &'static str,
    ) -> Result<Vec<Rule<B>>, BadLawFile> {
        let taken = self.0.remove(&(subject, table)).unwrap_or_default();
        taken.into_iter().map(Entry::read).collect()
    }

    fn nothing_left(&self) -> Result<(), BadLawFile> {
        match self.0.iter().find_map(|((_, table), left)| Some((table, left.first()?))) {
            Some((table, entry)) => Err(entry.rule.origin.bad(format!(
                "rule {}: [[{table}]] is not known in a file on this subject",
                entry.rule.header.id
            ))),
            None => Ok(()),
        }
    }
}

/// One id stands in one file, and no day has two versions of it.
fn versions_apart(entries: &[Entry]) -> Result<(), BadLawFile> {
    let mut by_id: BTreeMap<&str, Vec<&Rule<toml::Table>>> = BTreeMap::new();
    for Entry { rule, .. } in entries {
        let others = by_id.entry(&rule.header.id).or_default();
        for other in others.iter() {
            if !Arc::ptr_eq(&other.origin, &rule.origin) {
                return Err(rule
                    .origin
                    .bad(format!("rule {}: `id` stands in {} too", rule.header.id, other.origin.path)));
            }
            let last = |it: &Rule<toml::Table>| it.header.in_force_to.unwrap_or(NaiveDate::MAX);
            if rule.header.in_force_from <= last(other) && other.header.in_force_from <= last(rule) {
                return Err(rule.origin.bad(format!(
                    "rule {}: the versions of {} and {} are in force at once (`in_force_from`, `in_force_to`)",
                    rule.header.id, other.header.in_force_from, rule.header.in_force_from
                )));
            }
        }
        others.push(rule);
    }
    Ok(())
}
