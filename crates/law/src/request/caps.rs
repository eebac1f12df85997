//! When a request need not be honoured: it was made too often, again too soon, or for a household.

use serde::Deserialize;

use super::facts::{Earlier, Facts, Outcome};
use super::{Kind, Rules, months_before};
use crate::facts::Moment;
use crate::rule::{Rule, in_force};

/// How often requests of some kinds must be honoured.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cap {
    kinds: Vec<Kind>,
    times: usize,
    months: u32,
}

/// How soon a request may be refused that was denied before.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Repeat {
    kinds: Vec<Kind>,
    months: u32,
}

/// What lies outside these rights altogether.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outside {
    kinds: Vec<Kind>,
    household: bool,
    reason: String,
}

/// What the caps say of a request.
#[derive(Default)]
pub(super) struct Capped {
    /// Why it may be refused; empty: it may not.
    pub because: Vec<String>,
    pub cautions: Vec<String>,
    pub path: Vec<String>,
}

/// Why the request lies outside these rights, and the rule.
pub(super) fn outside(rules: &Rules, facts: &Facts, received: &Moment) -> Option<(String, String)> {
    let rule = in_force(&rules.outside, received.on).find(|it| {
        it.body.kinds.contains(&facts.kind) && it.body.household && facts.requester.household == Some(true)
    })?;
    Some((format!("{} ({}).", rule.body.reason, rule.header.citation), named(rule)))
}

/// Whether the business may refuse because of earlier requests.
pub(super) fn capped(rules: &Rules, facts: &Facts, received: &Moment) -> Capped {
    let mut capped = Capped::default();
    for earlier in facts.earlier.iter().filter_map(|it| it.received).filter(|it| it.on > received.on) {
        capped.cautions.push(format!(
            "A request of {} is later than this one and was not counted as earlier.",
            earlier.on
        ));
    }
    for rule in in_force(&rules.caps, received.on).filter(|it| it.body.kinds.contains(&facts.kind)) {
        too_often(rule, facts, received, &mut capped);
    }
    for rule in in_force(&rules.repeats, received.on).filter(|it| it.body.kinds.contains(&facts.kind)) {
        too_soon(rule, facts, received, &mut capped);
    }
    capped
}

/// A person's requests are honoured so many times in any period of so many months. The day that lies exactly so many
/// months back belongs to another period.
fn too_often(rule: &Rule<Cap>, facts: &Facts, received: &Moment, capped: &mut Capped) {
    let Cap { kinds, times, months } = &rule.body;
    let after = months_before(received.on, *months);
    let honoured = |it: &Earlier| match (it.received, it.outcome, it.rediscovery_after_correction) {
        _ if !kinds.contains(&it.kind) => Some(false),
        (Some(at), ..) if at.on <= after || at.on > received.on => Some(false),
        (_, Some(Outcome::Denied), _) | (_, _, Some(true)) => Some(false),
        (_, None, _) if it.decided.is_none() => Some(false),
        (Some(_), Some(Outcome::Answered), Some(false)) => Some(true),
        _ => None,
    };
    let sure = facts.earlier.iter().filter(|it| honoured(it) == Some(true)).count();
    let unsure = facts.earlier.iter().filter(|it| honoured(it).is_none()).count();
    capped.path.push(format!(
        "{}: {sure} earlier requests were honoured after {after}, of {unsure} it is not known; the limit is {times}",
        named(rule)
    ));
    if sure >= *times {
        capped.because.push(format!(
            "{sure} requests to know were already honoured in the {months} months before this one; \
             the law asks for {times} ({}).",
            rule.header.citation
        ));
    } else if sure + unsure >= *times {
        capped.cautions.push(format!(
            "It is not known of {unsure} earlier requests when they came, whether they were answered, or whether they \
             only confirmed a correction. Until then this request must be answered."
        ));
    }
}

/// The same request, denied not longer ago than so many months, may be denied again unless something new came with it.
fn too_soon(rule: &Rule<Repeat>, facts: &Facts, received: &Moment, capped: &mut Capped) {
    let Repeat { kinds, months } = &rule.body;
    let since = months_before(received.on, *months);
    for it in facts.earlier.iter().filter(|it| kinds.contains(&it.kind)) {
        if it.outcome == Some(Outcome::Answered)
            || it.same_matter == Some(false)
            || it.new_documents == Some(true)
        {
            continue;
        }
        let decided = it.decided.map(|it| it.on);
        if decided.is_some_and(|on| on < since || on > received.on) {
            continue;
        }
        let known = [it.same_matter, it.new_documents.map(|new| !new), Some(decided.is_some())];
        match (it.outcome, decided) {
            (Some(Outcome::Denied), Some(on)) if known == [Some(true); 3] => capped.because.push(format!(
                "The same request was denied on {on}, within {months} months, and no new documents came with this \
                 one ({}).",
                rule.header.citation
            )),
            // Not decided yet: nothing was denied.
            (None, None) => continue,
            _ => capped.cautions.push(
                "It is not known whether the same request was denied within the last months, or whether new documents \
                 came with this one. Until then it must be answered."
                    .to_owned(),
            ),
        }
        capped.path.push(format!("{}: denials from {since} on count", named(rule)));
    }
}

/// The rule and its version.
pub(super) fn named<B>(rule: &Rule<B>) -> String {
    format!("{} in the version of {}", rule.header.id, rule.header.in_force_from)
}
