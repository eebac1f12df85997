//! One duty of one law: its state, its dates, its reasons.

use serde_json::Value;

use crate::answer::{Deed, Duty, State, Threshold, TimingKind};
use crate::calendar::Calendars;
use crate::period::Due;
use crate::rule::Rule;

use super::clock;
use super::elements::Counts;
use super::facts::{Facts, Harm, Role};
use super::finding::{Finding, judge};
use super::reach::{Met, Number, Reach, anybody, is_state};
use super::rule::{Arises, Asked, Body, For, HarmKind, Metric, Trigger};
use super::versions::Selector;

/// One version of a law, looked at with the facts.
pub(crate) struct Law<'a> {
    pub trigger: &'a Rule<Trigger>,
    pub facts: &'a Facts,
    pub calendars: &'a Calendars,
    pub reach: Reach<'a>,
    verdict: Counts<'a>,
    /// The people the law itself counts: its residents, or for a federal rule those of all States.
    number: Number,
}

/// Whether a law has to do with the facts at all.
pub(crate) fn concerns(trigger: &Rule<Trigger>, facts: &Facts) -> bool {
    if by_business(&trigger.body) {
        return facts.is_any(&trigger.body.covered) != Some(false);
    }
    anybody(facts, &trigger.origin.jurisdiction) != Some(false)
}

/// The regime binds particular businesses, wherever the people live.
fn by_business(trigger: &Trigger) -> bool {
    !trigger.covered.is_empty()
}

impl<'a> Law<'a> {
    pub(crate) fn new(trigger: &'a Rule<Trigger>, facts: &'a Facts, calendars: &'a Calendars) -> Self {
        let reach = Reach::of(&trigger.body, facts);
        let place = trigger.origin.jurisdiction.as_str();
        let verdict = reach.verdict(place, by_business(&trigger.body));
        let number = if place == "US" { reach.number(is_state) } else { reach.number_in(place) };
        Self { trigger, facts, calendars, reach, verdict, number }
    }

    fn place(&self) -> &'a str {
        &self.trigger.origin.jurisdiction
    }

    /// The duty, or `None` when the facts leave nothing to say of it.
    pub(crate) fn duty(
        &self,
        rule: &Rule<Body>,
        selector: Selector,
        individuals: Option<&Duty>,
    ) -> Option<Duty> {
        let body = &rule.body;
        let mut finding = self.finding(body)?;
        let day = selector.day.unwrap_or(rule.header.in_force_from);
        let mut duty = Duty::of(rule, body.duty, &body.recipient, selector.fact, day);
        if let Some(why) = &body.not_in_force {
            duty.state = State::NotInForce;
            duty.because.push(format!("Not in force: {why}."));
            duty.as_of(self.facts.today, rule.header.review_by);
            return Some(duty);
        }
        duty.path.push(format!(
            "{} in the version of {}",
            self.trigger.header.id, self.trigger.header.in_force_from
        ));
        duty.path.push(self.trigger.body.reach());
        if let Some(asked) = &body.threshold {
            duty.threshold = Some(self.threshold(asked, &mut finding));
        }
        duty.cautions.append(&mut finding.cautions);
        duty.cautions.extend(self.facts.cautions.iter().cloned());
        duty.cautions.extend(
            body.covered_cautions
                .iter()
                .filter(|(of, _)| self.facts.is_any(&[**of]) == Some(true))
                .map(|(_, text)| text.clone()),
        );
        self.inputs(&mut duty);
        duty.state = finding.state();
        duty.because = finding.reasons();
        if duty.state == State::NotOwed {
            (duty.timing.kind, duty.timing.relative_to) = (body.clock.kind, body.clock.relative_to);
            duty.as_of(self.facts.today, rule.header.review_by);
            return Some(duty);
        }
        clock::set(&mut duty, &body.clock, self.facts, self.calendars, individuals);
        self.hold(&mut duty, body);
        self.notes(&mut duty, rule);
        self.done(&mut duty);
        duty.as_of(self.facts.today, rule.header.review_by);
        self.not_overdue_yet(&mut duty);
        Some(duty)
    }

    /// What the law and the duty's own conditions make of the facts; `None`: nothing to say.
    fn finding(&self, body: &Body) -> Option<Finding> {
        let (facts, trigger) = (self.facts, &self.trigger.body);
        let mut unknown = Vec::new();
        match (body.role, facts.role) {
            (For::Owner, Some(Role::Maintainer)) | (For::Maintainer, Some(Role::Owner)) => return None,
            (For::Maintainer, None) => {
                unknown.push("If the data is held for somebody else; `role` is not known.".to_owned())
            }
            _ => {}
        }
        if !body.covered.is_empty() {
            match facts.is_any(&body.covered) {
                Some(true) => {}
                Some(false) => return None,
                None => unknown.push(
                    "If the business is one that the rule covers; `covered_entities` is not known."
                        .to_owned(),
                ),
            }
        }
        if facts.is_any(&body.covered_not) == Some(true) {
            return None;
        }
        if body.arises != Arises::WithBreach {
            let happened = body.clock.from.iter().any(|it| facts.event(*it).1.is_some());
            match body.arises {
                Arises::AfterEvent if !happened => return None,
                Arises::WithClock if !happened => {
                    let facts: Vec<&str> = body.clock.from.iter().map(|it| facts.event(*it).0).collect();
                    unknown.push(format!("Owed once `{}` has happened.", facts.join("` or `")));
                }
                _ => {}
            }
        }
        let (place, everywhere) = (self.place(), by_business(trigger));
        let judges_harm = body.role != For::Maintainer && !body.harm_exemption && !body.high_risk_only;
        let mut finding = judge(trigger, facts, self.verdict, judges_harm);
        if body.harm_exemption {
            let narrow = trigger.harm.kind == HarmKind::Narrow;
            if facts.harm != Some(Harm::Unlikely)
                || narrow && facts.inadvertent == Some(false)
                || !finding.not_owed.is_empty()
            {
                return None;
            }
            unknown.push("If nobody is told because no harm is likely.".to_owned());
        }
        if !everywhere && anybody(facts, place).is_none() {
            unknown.push(format!("If people in {place} are affected; `residents` is not known."));
        }
        if body.high_risk_only {
            match facts.high_risk {
                Some(true) => finding.because.push("The risk to individuals is high.".to_owned()),
                Some(false) => finding.not_owed.push("The risk to individuals is not high.".to_owned()),
                None => {
                    unknown.push("If the risk to individuals is high; `high_risk` is not known.".to_owned())
                }
            }
        }
        unknown.extend(body.condition.iter().map(|it| format!("If {it}.")));
        finding.contingent.extend(unknown);
        Some(finding)
    }

    fn threshold(&self, asked: &Asked, finding: &mut Finding) -> Threshold {
        let number = match asked.metric {
            Metric::Residents | Metric::PersonsAtOneTime => self.number,
            Metric::ResidentsOfOneState => self.largest_state(),
        };
        let bar = format!("{} {}", asked.op.words(), asked.value);
        let place = match (asked.metric, self.place()) {
            (Metric::ResidentsOfOneState, _) => "one State",
            (_, "US") => "all States",
            (_, place) => place,
        };
        match number.meets(asked.op, asked.value) {
            _ if !finding.not_owed.is_empty() => {}
            Met::Yes => finding
                .because
                .push(format!("{} residents of {place}; the law asks {bar}.", number.at_least())),
            Met::Unknown => finding
                .contingent
                .push(format!("If {bar} residents of {place} are affected; the number is not known.")),
            Met::Doubtful => finding.review.push(format!(
                "Whether {bar} residents of {place} are affected hangs on elements that need a decision."
            )),
            Met::No => self.below(asked, number, place, &bar, finding),
        }
        Threshold { op: asked.op, count: asked.value, have: number.known() }
    }

    /// Statutes differ on whether "persons at one time" are their own residents or all people.
    fn below(&self, asked: &Asked, number: Number, place: &str, bar: &str, finding: &mut Finding) {
        let have = number.at_least();
        if asked.metric == Metric::PersonsAtOneTime {
            let all = self.reach.number(|_| true);
            match all.meets(asked.op, asked.value) {
                Met::Yes => {
                    return finding.review.push(format!("{have} residents of {place}, but {} persons in all; the law asks {bar} persons at one time, and statutes differ on who counts.", all.at_least()));
                }
                Met::Unknown | Met::Doubtful => {
                    return finding.contingent.push(format!(
                        "If {bar} persons in all are affected and all of them count; the number is not known."
                    ));
                }
                Met::No => {}
            }
        }
        finding.not_owed.push(format!("{have} residents of {place}; the law asks {bar}."));
    }

    fn largest_state(&self) -> Number {
        let places: std::collections::BTreeSet<&str> = self
            .facts
            .groups
            .iter()
            .filter_map(|it| it.residents.as_ref())
            .flat_map(|it| it.keys())
            .map(String::as_str)
            .filter(|it| is_state(it))
            .collect();
        let numbers = places.into_iter().map(|place| self.reach.number_in(place));
        numbers.fold(self.reach.number(|_| false), Number::larger)
    }

    fn inputs(&self, duty: &mut Duty) {
        let known = self.number.known().map_or(Value::Null, Value::from);
        duty.inputs.insert(format!("residents.{}", self.place()), known);
    }

    /// What the book adds in words: the rule's note, and for individuals the law's own.
    fn notes(&self, duty: &mut Duty, rule: &Rule<Body>) {
        let law = Some(&self.trigger.header).filter(|_| duty.duty == Deed::TellIndividuals);
        let notes = law.into_iter().chain([&rule.header]).filter_map(|it| it.note.clone());
        duty.because.extend(notes);
    }

    fn hold(&self, duty: &mut Duty, body: &Body) {
        let Some(hold) = self.facts.hold else { return };
        let delay = &self.trigger.body.delay;
        let when = |it: crate::facts::Moment| it.on;
        if !delay.law_enforcement {
            return duty.because.push("The law knows no delay for law enforcement.".to_owned());
        }
        if body.runs_during_hold {
            return duty.cautions.push(
                "As far as the book knows, a hold by law enforcement does not stop this duty; ask counsel."
                    .to_owned(),
            );
        }
        let Some(released) = hold.released else {
            if duty.state == State::Owed {
                duty.state = State::Suspended;
            }
            duty.projected = false;
            return duty.because.push(format!(
                "Law enforcement asked on {} to wait; the hold has not ended.",
                when(hold.from)
            ));
        };
        duty.because.push(format!("Law enforcement asked on {} to wait; the hold ended on {}, after which the duty is due promptly.", when(hold.from), when(released)));
        if matches!(body.clock.kind, TimingKind::With | TimingKind::Before)
            || body.clock.relative_to.is_some()
        {
            return;
        }
        let calendar = if self.place() == "US-CA" { "us-ca-state-office" } else { "us-federal" };
        match self.calendars.find(calendar, released.on).and_then(|it| it.nth_open_day_after(released.on, 1))
        {
            Ok(day) => duty.internal_target = Some(day),
            Err(ends) => {
                duty.cautions.push(format!("The next business day after the hold is not known: {ends}."))
            }
        }
        let Some(period) = delay.after_release.as_ref().filter(|_| duty.duty == Deed::TellIndividuals) else {
            return;
        };
        duty.because.push("The law sets a number of its own for the time after a hold.".to_owned());
        match period.count(&released, self.calendars) {
            Ok(counted) => duty.counts(period, counted, "law_enforcement_hold.released_at", &released),
            Err(ends) => duty.cautions.push(format!("The date after the hold is not known: {ends}.")),
        }
    }

    fn done(&self, duty: &mut Duty) {
        let told = self.facts.told.get(&duty.rule).or_else(|| self.facts.told.get(&duty.recipient)).copied();
        let told = told.or(self.facts.consumers_told.filter(|_| duty.duty == Deed::TellIndividuals));
        if let Some(told) = told {
            duty.done(&told);
            duty.internal_target = None;
        } else if let (TimingKind::Before, Some(first)) = (duty.timing.kind, self.facts.consumers_told) {
            duty.cautions.push(format!("Individuals were told on {}; this had to come before.", first.on));
        }
    }

    /// A projection is never late, nor is a day that passed during a hold.
    fn not_overdue_yet(&self, duty: &mut Duty) {
        let (Some(today), Some(_)) = (self.facts.today, duty.overdue_since) else { return };
        if duty.projected {
            duty.overdue_since = None;
        }
        let target = duty.internal_target.filter(|it| duty.due.is_some_and(|due| due.day() < *it));
        if let Some(target) = target {
            duty.overdue_since = (target < today).then(|| target.succ_opt().map(Due::Day)).flatten();
        }
    }
}
