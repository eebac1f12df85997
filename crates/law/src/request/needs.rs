//! What a request asks for beside dates: identity, scope, look-back, confirmation.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::clocks::versions;
use super::facts::Facts;
use super::{IdentityRule, LookbackRule, months_after};
use crate::answer::{Deed, Duty, Identity, Level, Lookback, Requirements, State, Undated};
use crate::book::Book;
use crate::rule::{Rule, in_force};

/// The requirements; `on` selects the versions, and `duties` say how long the request may be pending.
pub(super) fn requirements(book: &Book, facts: &Facts, on: NaiveDate, duties: &[Duty]) -> Requirements {
    let rules = &book.requests;
    let mut used = Used::default();
    let kind = facts.kind;
    let unverified = versions(&rules.unverified, on, |it| it.body.kinds.contains(&kind));
    used.note("verification_allowed", &unverified);
    let identities = versions(&rules.identities, on, |it| it.body.kinds.contains(&kind));
    used.note("identity", &identities);
    let denials = versions(&rules.denials, on, |it| it.body.kinds.contains(&kind));
    used.note("identity", &denials);
    let accounts = versions(&rules.accounts, on, |it| it.body.kinds.contains(&kind));
    let by_account = facts.requester.account_holder == Some(true);
    if by_account {
        used.note("account", &accounts);
    }
    let identity = identities.first().map(|rule| identity(rule, facts, by_account && !accounts.is_empty()));
    let met = identity.as_ref().and_then(|it| it.more.get("met")).and_then(Value::as_bool);
    let fallback = identities.first().and_then(|it| it.body.fallback).filter(|_| met == Some(false));
    let confirmations = versions(&rules.confirmations, on, |it| it.body.kinds.contains(&kind));
    used.note("confirm_means", &confirmations);
    let scopes: Vec<_> = in_force(&rules.scopes, on).filter(|it| it.body.kinds.contains(&kind)).collect();
    used.note("scope", &scopes);
    let scope = scopes.first().map(|it| it.body.scope);
    let later =
        rules.scopes.iter().filter(|it| it.body.kinds.contains(&kind) && on < it.header.in_force_from);
    let later: Vec<_> = later.filter(|it| pending_on(facts, duties, it.header.in_force_from)).collect();
    used.note("scope_recommended", &later);
    let lookbacks: Vec<_> =
        in_force(&rules.lookbacks, on).filter(|it| it.body.kinds.contains(&kind)).collect();
    used.note("lookback", &lookbacks);
    let mut more = BTreeMap::new();
    for rule in in_force(&rules.pauses, on).filter(|it| it.body.kinds.contains(&kind)) {
        more.insert("ask_again_from".to_owned(), json!(months_after(on, rule.body.months)));
        used.note("ask_again_from", &[rule]);
    }
    let asked: Vec<_> = in_force(&rules.requesters, on)
        .filter(|it| {
            it.body.kinds.contains(&kind)
                && it.body.via.is_none_or(|via| facts.requester.via == Some(via))
                && it.body.age_band.is_none_or(|age| facts.requester.age_band == Some(age))
        })
        .collect();
    used.note("requester", &asked);
    let asks: Vec<&String> = asked.iter().flat_map(|it| &it.body.asks).collect();
    more.insert("requester".to_owned(), json!(asks));
    let mut cautions = Vec::new();
    if later.first().is_some_and(|it| Some(it.body.scope) != scope) {
        cautions.push(
            "The request may still be pending when a wider scope comes into force; the wider scope is the safer one.",
        );
    }
    more.insert("cautions".to_owned(), json!(cautions));
    more.insert("rules".to_owned(), used.listed());
    Requirements {
        identity: Some(identity.unwrap_or_else(none_needed)),
        verification_allowed: Some(unverified.is_empty()),
        fallback,
        confirm_means: Some(confirmations.iter().any(|it| it.header.in_force_on(on))),
        scope,
        scope_recommended: later.last().map(|it| it.body.scope).or(scope),
        lookback: lookbacks.first().map(|rule| lookback(rule, facts)),
        notice: None,
        more,
    }
}

impl Requirements {
    /// Whether the facts say that the identity does not reach what the rule asks for.
    pub(super) fn unverified(&self) -> bool {
        let met = self.identity.as_ref().and_then(|it| it.more.get("met"));
        met.and_then(Value::as_bool) == Some(false)
    }
}

fn none_needed() -> Identity {
    Identity { level: Level::None, points: 0, declaration: false, more: BTreeMap::new() }
}

fn identity(rule: &Rule<IdentityRule>, facts: &Facts, by_account: bool) -> Identity {
    let body = &rule.body;
    let (points, declaration) = if by_account { (0, false) } else { (body.points, body.declaration) };
    let enough = facts.matched_points.map(|have| have >= u64::from(points));
    let signed = if declaration { facts.signed_declaration } else { Some(true) };
    let met = match (enough, signed) {
        // Whoever has an account is verified by signing in, of which the facts say nothing.
        _ if by_account || body.level == Level::None => None,
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    };
    let more = BTreeMap::from([
        ("met".to_owned(), json!(met)),
        ("rises_to".to_owned(), json!(body.rises_to)),
        ("by_account".to_owned(), json!(by_account)),
        ("reauthenticate".to_owned(), json!(by_account)),
    ]);
    Identity { level: body.level, points, declaration, more }
}

/// Whether the request can still be open on a day to come: not answered before it, and due on it or later.
fn pending_on(facts: &Facts, duties: &[Duty], day: NaiveDate) -> bool {
    match (facts.received, facts.answered, facts.today) {
        (None, ..) => false,
        (_, Some(answered), _) => answered.on >= day,
        (_, None, Some(today)) if today >= day => true,
        (_, None, _) => duties
            .iter()
            .filter(|it| matches!(it.duty, Deed::Answer | Deed::AnswerExtended))
            .filter(|it| matches!(it.state, State::Owed | State::MayRefuse))
            .any(|it| it.due.is_some_and(|due| due.day() >= day)),
    }
}

fn lookback(rule: &Rule<LookbackRule>, facts: &Facts) -> Lookback {
    let earliest = rule.body.collected_from;
    let chosen = facts.range_from.is_some() || facts.range_to.is_some();
    Lookback {
        from: facts.range_from.map_or(earliest, |from| from.max(earliest)),
        to: facts.range_to,
        undated: if chosen { Undated::Review } else { Undated::Include },
    }
}

/// The rules that requirements rest on, by requirement.
#[derive(Default)]
struct Used(BTreeMap<String, Vec<Value>>);

impl Used {
    fn note<B>(&mut self, requirement: &str, rules: &[&Rule<B>]) {
        for Rule { header, origin, .. } in rules {
            self.0.entry(requirement.to_owned()).or_default().push(json!({
                "rule": header.id,
                "version": header.in_force_from,
                "about": header.about,
                "citation": header.citation,
                "confidence": header.confidence,
                "cautions": header.confidence.caution().into_iter().collect::<Vec<_>>(),
                "rule_file": origin.path,
                "rule_file_sha256": origin.sha256,
            }));
        }
    }

    fn listed(self) -> Value {
        json!(self.0)
    }
}
