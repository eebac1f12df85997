//! Damages that a statute puts a range on: always a range with assumptions, never a prediction.

use serde_json::{Value, json};

use crate::answer::{Amounts, Statutory};
use crate::rule::Rule;

use super::elements::{Counts, counts};
use super::facts::{Event, Facts};
use super::rule::Damages;
use super::versions::Selector;

/// The range for the residents of the rule's jurisdiction; empty when none of them is affected.
pub(crate) fn amounts(versions: &[Rule<Damages>], facts: &Facts) -> Amounts {
    let Some(first) = versions.first() else { return Amounts::default() };
    let selector = Selector::of(first.header.select_by, facts);
    let Some(rule) = selector.pick(versions) else { return Amounts::default() };
    let place = rule.origin.jurisdiction.as_str();
    if super::reach::anybody(facts, place) == Some(false) {
        return Amounts::default();
    }
    let Damages { min, max, per, next_adjustment, elements } = &rule.body;
    let (persons, at_most) = persons(facts, elements, place);
    let statutory = Statutory {
        min: *min,
        max: *max,
        per: per.clone(),
        persons,
        total_min: persons.map(|it| it.saturating_mul(*min)),
        total_max: persons.map(|it| it.saturating_mul(*max)),
    };
    let stale = next_adjustment
        .is_some_and(|from| [facts.today, selector.day].iter().flatten().any(|day| *day >= from));
    let mut amounts = Amounts { statutory: Some(statutory), stale, ..Amounts::default() };
    let header = &rule.header;
    amounts.more.insert(
        "statutory_by".to_owned(),
        json!({
            "rule": header.id,
            "version": header.in_force_from,
            "selected_by": selector.fact,
            "citation": header.citation,
            "confidence": header.confidence,
            "persons_at_most": at_most,
            "assumptions": [
                "Reasonable security was missing, and the data was exfiltrated, stolen or disclosed because of that.",
                "No person's actual damages are greater.",
                header.note,
            ],
            "cautions": cautions(facts, stale),
        }),
    );
    amounts
}

/// Those whose listed data was not encrypted; and how many they can be at most where that is not known.
fn persons(facts: &Facts, sets: &[super::elements::ElementSet], place: &str) -> (Option<u64>, Option<u64>) {
    if facts.encrypted == Some(true) {
        return (Some(0), Some(0));
    }
    let (mut sure, mut most, mut known, mut bounded) = (0, 0, facts.encrypted.is_some(), true);
    for group in &facts.groups {
        let verdict = counts(sets, group.elements.as_ref());
        if verdict == Counts::No {
            continue;
        }
        let here = group.residents.as_ref().map(|it| it.get(place).copied().unwrap_or(Some(0)));
        match here.flatten() {
            Some(0) => {}
            Some(n) => {
                most += n;
                sure += n;
                known &= matches!(verdict, Counts::Yes { .. });
            }
            None => (known, bounded) = (false, false),
        }
    }
    (known.then_some(sure), bounded.then_some(most))
}

fn cautions(facts: &Facts, stale: bool) -> Vec<Value> {
    let mut cautions = Vec::new();
    if stale {
        cautions.push(json!("Newer amounts should exist and are not loaded."));
    }
    if facts.encrypted == Some(true) && facts.key_acquired != Some(false) {
        cautions.push(json!("The data was encrypted, but its key may have been acquired: whether it still counts as encrypted is for counsel."));
    }
    if facts.occurred_from.is_none() && facts.event(Event::Discovery).1.is_some() {
        cautions
            .push(json!("The day of the incident is not known; the day of discovery selected the amounts."));
    }
    cautions
}
