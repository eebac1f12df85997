//! What the officer decided on the way, for the letters that tell it: an extension, a denial, contested values.
//!
//! The officer's own words stand in the letter only where they are in its language: nothing is translated by guessing.

use std::collections::BTreeSet;

use casework::catalogue::Catalogue;
use casework::correct::{Contest, CopyRoad, Verdict};
use papers::letter::{Kind, Language};
use serde_json::Value;
use vault::{CaseEvent, Event};

use super::facts::{Facts, label};
use crate::evidence::Evidence;

/// Fills the blanks that a decision answers; what the case shows by itself stays where nothing was decided.
pub(super) fn decided(facts: &mut Facts, of: &Evidence) {
    match facts.kind {
        Kind::Extension => extension(facts, of),
        Kind::Denial => denial(facts, of),
        Kind::Correction => correction(facts, of),
        _ => {}
    }
}

fn latest(of: &Evidence, event: Event) -> Option<&CaseEvent> {
    of.events.iter().rev().find(|it| it.event == event)
}

fn extension(facts: &mut Facts, of: &Evidence) {
    if let Some(told) = latest(of, Event::Extended).filter(|_| facts.language == Language::English) {
        facts.put("because", told.note.clone());
    }
}

fn denial(facts: &mut Facts, of: &Evidence) {
    let Some(denied) = latest(of, Event::Denied) else { return };
    let word = |key: &str| denied.detail.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let reason = word("reason");
    facts.flag("unverified", reason == "insuf_verification");
    if facts.language == Language::English && !denied.note.is_empty() {
        facts.put("denied", denied.note.clone());
    }
    let mut because = facts.say("reason", &reason);
    let ground = if facts.language == Language::English { word("ground") } else { String::new() };
    if !ground.is_empty() {
        // The sentence brings its own full stop.
        let ground = ground.trim().trim_end_matches('.');
        because = facts.say_of("reason", "on_ground", &[("because", &because), ("ground", ground)]);
    }
    // "Other" says nothing by itself: then the officer must.
    if reason != "other" || !ground.is_empty() {
        facts.put("because", because.trim().to_owned());
    }
}

/// What was corrected stands in the letter once it was carried out, never before.
fn correction(facts: &mut Facts, of: &Evidence) {
    let (denied, granted): (Vec<&Contest>, Vec<&Contest>) =
        of.contests.iter().partition(|it| it.decision == Verdict::Deny);
    facts.flag("granted", !granted.is_empty());
    facts.flag("health", of.contests.iter().any(|it| it.health));
    if of.case.road.carried_out {
        let places: BTreeSet<String> = granted.iter().flat_map(|it| places(it)).collect();
        facts.put("corrected", places.into_iter().collect::<Vec<_>>().join("\n"));
    }
    let sources: BTreeSet<String> = of
        .contests
        .iter()
        .filter_map(|it| it.source.as_ref())
        .map(|it| {
            let phrase = if it.told { "told" } else { "named" };
            facts.say_of("source", phrase, &[("name", &it.name)])
        })
        .collect();
    facts.flag("source_known", !sources.is_empty());
    facts.put("source", sources.into_iter().collect::<Vec<_>>().join("\n"));
    let not: Vec<String> = denied.iter().map(|it| place(&it.object, &it.field)).collect();
    facts.put("not_corrected", not.join("\n"));
    if facts.language == Language::English {
        let reasons: BTreeSet<&str> = denied.iter().map(|it| it.because.as_str()).collect();
        facts.put("because", reasons.into_iter().collect::<Vec<_>>().join(" "));
    }
}

/// A corrected value and the copies that were corrected with it.
fn places(of: &Contest) -> Vec<String> {
    let copies = of.copies.iter().filter(|it| matches!(it.road, CopyRoad::Adopted | CopyRoad::Follows));
    let mut places = vec![place(&of.object, &of.field)];
    places.extend(copies.map(|it| place(&it.object, &it.field)));
    places
}

/// `Contact: Mailing City`, in the catalogue's words where it has them.
fn place(object: &str, field: &str) -> String {
    let known = Catalogue::standard().object(object).and_then(|it| it.field(field));
    let name = match known {
        Some(known) if !known.label.is_empty() => known.label.clone(),
        _ => field.trim_end_matches("__c").replace('_', " "),
    };
    format!("{}: {name}", label(object))
}
