//! Which version of a rule governs; where a breach straddles a change, all of them.

use chrono::NaiveDate;

use crate::rule::{Header, Rule, SelectBy};

use super::facts::{Event, Facts};

/// The day that selects, and the fact it was read from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Selector {
    pub fact: &'static str,
    /// `None`: the facts name no day; the newest version is taken.
    pub day: Option<NaiveDate>,
}

impl Selector {
    pub(crate) fn of(by: SelectBy, facts: &Facts) -> Self {
        let discovery = facts.event(Event::Discovery);
        let vendor = ("told_by_vendor_at", facts.told_by_vendor);
        let determined = ("determined_at", facts.determined);
        let occurred = ("occurred_from", facts.occurred_from);
        let first = match by {
            SelectBy::Determination => [determined, discovery, vendor, occurred],
            SelectBy::Incident => [occurred, discovery, vendor, determined],
            SelectBy::Notification => [vendor, discovery, determined, occurred],
            SelectBy::Receipt | SelectBy::Discovery | SelectBy::Day => {
                [discovery, vendor, determined, occurred]
            }
        };
        first
            .into_iter()
            .find_map(|(fact, moment)| moment.map(|it| Self { fact, day: Some(it.on) }))
            .unwrap_or(Self { fact: "today", day: facts.today })
    }

    /// The version in force on that day, else on another.
    pub(crate) fn pick<B>(self, versions: &[Rule<B>]) -> Option<&Rule<B>> {
        match self.day {
            Some(day) => versions.iter().find(|it| it.header.in_force_on(day)),
            None => versions.iter().max_by_key(|it| it.header.in_force_from),
        }
    }
}

/// The other days of the breach, on which another version may have been in force.
pub(crate) fn other_days(facts: &Facts, than: Selector) -> Vec<(&'static str, NaiveDate)> {
    [
        ("occurred_from", facts.occurred_from),
        ("discovered_at", facts.discovered),
        ("told_by_vendor_at", facts.told_by_vendor),
        ("determined_at", facts.determined),
        ("scope_identified_at", facts.scope_identified),
    ]
    .into_iter()
    .filter_map(|(fact, moment)| moment.map(|it| (fact, it.on)))
    .filter(|(_, day)| Some(*day) != than.day)
    .collect()
}

/// Says why no version governs.
pub(crate) fn none_in_force(headers: &[&Header], selector: Selector) -> String {
    let spans: Vec<String> = headers
        .iter()
        .map(|it| match it.in_force_to {
            Some(last) => format!("{} to {last}", it.in_force_from),
            None => format!("{} on", it.in_force_from),
        })
        .collect();
    let day = selector.day.map(|it| it.to_string()).unwrap_or_default();
    format!("Not in force on {day} (`{}`): the book holds it from {}.", selector.fact, spans.join(", "))
}
