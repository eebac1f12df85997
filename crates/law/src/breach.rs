//! A breach: who must be told, by when, with what, under every law it touches.

mod clock;
mod damages;
mod elements;
mod evaluate;
mod facts;
mod finding;
mod notice;
mod reach;
mod rule;
mod together;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::answer::{Answer, Deed, Duty, State, TimingKind};
use crate::book::{Book, Shelf};
use crate::calendar::Calendars;
use crate::facts::FactsProblem;
use crate::period::Due;
use crate::rule::{BadLawFile, Rule};

use evaluate::Law;
use facts::Facts;
use rule::{Body, Damages, Trigger};
use versions::{Selector, none_in_force, other_days};

pub use elements::Element;

/// The rules of this family, by law.
pub(crate) struct Rules {
    laws: Vec<Statute>,
    damages: Vec<Rule<Damages>>,
    places: BTreeSet<String>,
}

/// One law: what triggers it and what it asks, each in all versions. Duties towards individuals come first.
struct Statute {
    triggers: Vec<Rule<Trigger>>,
    duties: Vec<Vec<Rule<Body>>>,
}

impl Rules {
    pub(crate) fn take(shelf: &mut Shelf<'_>, calendars: &Calendars) -> Result<Self, BadLawFile> {
        let triggers: Vec<Rule<Trigger>> = shelf.take("breach", "trigger")?;
        let duties: Vec<Rule<Body>> = shelf.take("breach", "duty")?;
        let damages = shelf.take("breach", "damages")?;
        let mut order = Vec::new();
        let mut by_id: BTreeMap<String, Statute> = BTreeMap::new();
        let mut places = BTreeSet::new();
        for trigger in triggers {
            check_trigger(&trigger)?;
            if trigger.body.covered.is_empty() {
                places.insert(trigger.origin.jurisdiction.clone());
            }
            let id = trigger.header.id.clone();
            by_id
                .entry(id.clone())
                .or_insert_with(|| {
                    order.push(id);
                    Statute { triggers: Vec::new(), duties: Vec::new() }
                })
                .triggers
                .push(trigger);
        }
        for duty in duties {
            check_duty(&duty, calendars)?;
            let bad =
                format!("rule {}: `trigger` names the unknown rule {}", duty.header.id, duty.body.trigger);
            let law = by_id.get_mut(&duty.body.trigger).ok_or_else(|| duty.origin.bad(bad))?;
            let same =
                |it: &&mut Vec<Rule<Body>>| it.first().is_some_and(|first| first.header.id == duty.header.id);
            match law.duties.iter_mut().find(same) {
                Some(versions) => versions.push(duty),
                None => law.duties.push(vec![duty]),
            }
        }
        let laws = order.iter().filter_map(|id| by_id.remove(id)).map(Statute::individuals_first).collect();
        Ok(Self { laws, damages, places })
    }
}

impl Statute {
    fn individuals_first(mut self) -> Self {
        let tells =
            |it: &[Rule<Body>]| it.first().is_some_and(|rule| rule.body.duty == Deed::TellIndividuals);
        self.duties.sort_by_key(|it| !tells(it));
        self
    }
}

fn check_trigger(rule: &Rule<Trigger>) -> Result<(), BadLawFile> {
    if rule.body.any_data == rule.body.elements.is_empty() {
        return Ok(());
    }
    Err(rule.origin.bad(format!("rule {}: it needs either `elements` or `any_data`", rule.header.id)))
}

fn check_duty(rule: &Rule<Body>, calendars: &Calendars) -> Result<(), BadLawFile> {
    let clock = &rule.body.clock;
    let counts = matches!(clock.kind, TimingKind::Count | TimingKind::AnnualDate);
    if counts != clock.period.is_some() || counts == clock.from.is_empty() {
        return Err(rule.origin.bad(format!(
            "rule {}: `clock` needs `period` and `from` for a count or an annual date, and only for them",
            rule.header.id
        )));
    }
    clock.period.iter().try_for_each(|it| calendars.know(it, &rule.header.id, &rule.origin))
}

/// The answer to the facts of a breach.
pub(crate) fn answer(book: &Book, facts: &Value) -> Result<Answer, FactsProblem> {
    let rules = &book.breaches;
    let facts = Facts::read(facts, |it| rules.places.contains(it))?;
    let mut answer = Answer { amounts: damages::amounts(&rules.damages, &facts), ..Answer::default() };
    let mut notices = Map::new();
    let concerned = |law: &&Statute| law.triggers.first().is_some_and(|it| evaluate::concerns(it, &facts));
    for law in rules.laws.iter().filter(concerned) {
        let looked: Vec<Law<'_>> =
            law.triggers.iter().map(|it| Law::new(it, &facts, &book.calendars)).collect();
        let mut individuals = None;
        for versions in &law.duties {
            let Some(best) = strictest(law, &looked, versions, &facts, individuals.as_ref()) else {
                continue;
            };
            if let Some((law, notice)) = best.by {
                notice::require(&mut notices, law, notice, &best.duty);
            }
            if best.duty.duty == Deed::TellIndividuals {
                individuals = Some(best.duty.clone());
            }
            answer.duties.push(best.duty);
        }
    }
    let more = &mut answer.requirements.more;
    more.insert("earliest".to_owned(), together::earliest(&answer.duties));
    more.insert("content".to_owned(), together::content(&notices));
    answer.requirements.notice = Some(notices.into_iter().collect());
    Ok(answer)
}

/// A duty with the version of the law it came from; `None` when none was in force.
struct Found<'a> {
    duty: Duty,
    by: Option<(&'a Law<'a>, &'a rule::Notice)>,
}

/// The duty by the version that the law selects; where the breach straddles a change, by the strictest.
fn strictest<'a>(
    law: &'a Statute,
    looked: &'a [Law<'a>],
    versions: &'a [Rule<Body>],
    facts: &Facts,
    individuals: Option<&Duty>,
) -> Option<Found<'a>> {
    let by = |selector: Selector| {
        let (rule, trigger) = (selector.pick(versions)?, selector.pick(&law.triggers)?);
        let law = looked.iter().find(|it| std::ptr::eq(it.trigger, trigger))?;
        let duty = law.duty(rule, selector, individuals)?;
        Some(Found { duty, by: Some((law, &rule.body.notice)) })
    };
    let selector = Selector::of(versions.first()?.header.select_by, facts);
    let mut best = by(selector);
    if versions.len() > 1 || law.triggers.len() > 1 || selector.pick(versions).is_none() {
        for (fact, day) in other_days(facts, selector) {
            let other = by(Selector { fact, day: Some(day) });
            best = match (best, other) {
                (Some(one), Some(other)) => Some(stricter(one, other)),
                (one, other) => one.or(other),
            };
        }
    }
    best.or_else(|| not_in_force(law, looked, versions, selector))
}

/// The stricter of two; the other is told in its reasons when it says something else.
fn stricter<'a>(one: Found<'a>, other: Found<'a>) -> Found<'a> {
    let (mut kept, left) = if rank(&other.duty) < rank(&one.duty) { (other, one) } else { (one, other) };
    let differs = (kept.duty.version, kept.duty.state, kept.duty.due)
        != (left.duty.version, left.duty.state, left.duty.due);
    if differs {
        let due = left.duty.due.map_or_else(|| "no fixed day".to_owned(), |due| format!("due on {due}"));
        kept.duty.because.push(format!(
            "The breach straddles a change of the law. The version of {} would say: {}, {due}. The stricter is applied.",
            left.duty.version,
            left.duty.state.words(),
        ));
    }
    kept
}

fn rank(duty: &Duty) -> (u8, chrono::NaiveDate) {
    let state = match duty.state {
        State::Owed | State::Suspended | State::Done => 0,
        State::Contingent => 1,
        State::Review => 2,
        State::NotInForce => 4,
        _ => 3,
    };
    (state, duty.due.map_or(chrono::NaiveDate::MAX, Due::day))
}

/// Says that no version governs, where one would have had to do with the facts.
fn not_in_force<'a>(
    law: &Statute,
    looked: &[Law<'_>],
    versions: &[Rule<Body>],
    selector: Selector,
) -> Option<Found<'a>> {
    if selector.pick(versions).is_some() && selector.pick(&law.triggers).is_some() {
        return None;
    }
    let rule = versions.first()?;
    looked.first()?.duty(rule, selector, None)?;
    let mut duty =
        Duty::of(rule, rule.body.duty, &rule.body.recipient, selector.fact, selector.day.unwrap_or_default());
    duty.state = State::NotInForce;
    duty.timing.kind = rule.body.clock.kind;
    let headers: Vec<_> = versions.iter().map(|it| &it.header).collect();
    duty.because.push(none_in_force(&headers, selector));
    Some(Found { duty, by: None })
}
