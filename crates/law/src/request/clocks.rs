//! The dated duties of a request, and the state each is in.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::caps::{Capped, capped, named, outside};
use super::facts::{Facts, Hold};
use super::{Clock, HoldRule, days_after};
use crate::answer::{Deed, Duty, State, Timing, TimingKind};
use crate::book::Book;
use crate::facts::{FactsProblem, Moment};
use crate::period::Counted;
use crate::rule::{Rule, in_force};

/// Towards whom every duty of this family is owed, but the hold.
const REQUESTER: &str = "requester";

/// Every duty of the request; `on` is the day that selects the versions.
pub(super) fn duties(book: &Book, facts: &Facts, on: NaiveDate) -> Result<Vec<Duty>, FactsProblem> {
    let rules = &book.requests;
    let mut duties = Vec::new();
    let course = facts.received.map(|received| Course::of(book, facts, received)).transpose()?;
    for rule in versions(&rules.clocks, on, |it| it.body.kinds.contains(&facts.kind)) {
        let mut duty = Duty::of(rule, rule.body.duty, REQUESTER, "receipt", on);
        let period = Some(rule.body.period.clone());
        duty.timing = Timing { kind: TimingKind::Count, relative_to: None, period };
        if on < rule.header.in_force_from {
            not_in_force(&mut duty, on);
        } else if let Some(course) = &course {
            course.dated(book, &mut duty, rule)?;
        } else {
            duty.not_owed("The request has not been received.");
        }
        duty.as_of(facts.today, rule.header.review_by);
        duty.inputs.extend(inputs(facts));
        duties.push(duty);
    }
    for rule in versions(&rules.untimed, on, |it| it.body.kinds.contains(&facts.kind)) {
        let mut duty = Duty::of(rule, rule.body.duty, REQUESTER, "receipt", on);
        duty.not_owed(&rule.body.reason);
        duty.as_of(facts.today, rule.header.review_by);
        duty.inputs.extend(inputs(facts));
        duties.push(duty);
    }
    for rule in versions(&rules.unverified, on, |it| it.body.kinds.contains(&facts.kind)) {
        let mut duty = Duty::of(rule, Deed::Verify, REQUESTER, "receipt", on);
        duty.state = State::Refused;
        duty.because.push(format!(
            "The identity of the person must not be verified; ask only for what is needed to carry it out ({}).",
            rule.header.citation
        ));
        duty.as_of(facts.today, rule.header.review_by);
        duty.inputs.extend(inputs(facts));
        duties.push(duty);
    }
    if let Some(hold) = &facts.hold {
        for rule in in_force(&rules.holds, on) {
            duties.push(held(book, rule, hold, facts, on)?);
        }
    }
    Ok(duties)
}

/// Of every rule the version in force on a day, else its next one.
pub(super) fn versions<B>(
    rules: &[Rule<B>],
    on: NaiveDate,
    wanted: impl Fn(&Rule<B>) -> bool,
) -> Vec<&Rule<B>> {
    let mut seen = BTreeSet::new();
    let mut chosen: Vec<&Rule<B>> = Vec::new();
    for rule in rules.iter().filter(|it| wanted(it) && seen.insert(it.header.id.as_str())) {
        let mut all: Vec<&Rule<B>> =
            rules.iter().filter(|it| it.header.id == rule.header.id && wanted(it)).collect();
        all.sort_by_key(|it| it.header.in_force_from);
        let current = all.iter().find(|it| it.header.in_force_on(on));
        chosen.extend(current.or_else(|| all.iter().find(|it| on < it.header.in_force_from)).copied());
    }
    chosen
}

fn not_in_force(duty: &mut Duty, on: NaiveDate) {
    duty.state = State::NotInForce;
    duty.because.push(format!("The rule is in force from {}; the day that counts is {on}.", duty.version));
}

fn inputs(facts: &Facts) -> Vec<(String, Value)> {
    let days = [
        ("today", facts.today),
        ("acknowledged_on", facts.acknowledged.map(|it| it.on)),
        ("answered_on", facts.answered.map(|it| it.on)),
        ("extension_notice_sent_on", facts.extension_notice.map(|it| it.on)),
    ];
    let mut inputs = vec![
        ("kind".to_owned(), json!(facts.kind)),
        ("zone".to_owned(), json!(facts.zone.tz().name())),
        ("household".to_owned(), json!(facts.requester.household)),
    ];
    inputs.extend(days.into_iter().filter_map(|(key, day)| Some((key.to_owned(), json!(day?)))));
    inputs
}

/// How a received request has gone so far.
struct Course<'a> {
    facts: &'a Facts,
    received: Moment,
    outside: Option<(String, String)>,
    capped: Capped,
    /// The notice of extension, and whether it came in time.
    notice: Option<(Moment, InTime)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum InTime {
    Yes,
    /// After the plain count, on a day to which the law moves its end.
    ByTheRoll,
    No,
}

impl<'a> Course<'a> {
    fn of(book: &Book, facts: &'a Facts, received: Moment) -> Result<Self, FactsProblem> {
        let extend = in_force(&book.requests.clocks, received.on)
            .find(|it| it.body.duty == Deed::Extend && it.body.kinds.contains(&facts.kind))
            .map(|it| &it.body.period);
        let last = extend.map(|period| period.count(&received, &book.calendars)).transpose()?;
        let notice = facts.extension_notice.zip(last).map(|(sent, last)| (sent, in_time(&sent, &last)));
        Ok(Self {
            facts,
            received,
            outside: outside(&book.requests, facts, &received),
            capped: capped(&book.requests, facts, &received),
            notice,
        })
    }

    fn extended(&self) -> bool {
        self.notice.is_some_and(|(_, in_time)| in_time != InTime::No)
    }

    /// Puts date and state into a duty whose rule is in force.
    fn dated(&self, book: &Book, duty: &mut Duty, rule: &Rule<Clock>) -> Result<(), FactsProblem> {
        if let Some((reason, path)) = &self.outside {
            duty.path.push(path.clone());
            duty.not_owed(reason);
            return Ok(());
        }
        let period = &rule.body.period;
        let counted = period.count(&self.received, &book.calendars)?;
        duty.counts(period, counted, "received_at", &self.received);
        duty.safe_target = rule.body.safe_target_days.map(|days| days_after(self.received.on, days));
        match rule.body.duty {
            Deed::Acknowledge => self.acknowledge(duty),
            Deed::Answer => self.answer(duty),
            Deed::Extend => self.extend(duty),
            Deed::AnswerExtended => self.answer_extended(duty),
            _ => self.carry_out(duty),
        }
        Ok(())
    }

    fn acknowledge(&self, duty: &mut Duty) {
        if let Some(at) = &self.facts.acknowledged {
            duty.because.push(format!("Receipt was confirmed on {}.", at.on));
            duty.done(at);
        } else if let Some(answered) = &self.facts.answered {
            if let Some(due) = duty.due.filter(|due| due.before(answered)) {
                duty.cautions.push(format!(
                    "It was due on {due}, before the answer; the facts do not say that it was sent."
                ));
            }
            duty.not_owed(format!("The request was already answered on {}.", answered.on));
        } else {
            duty.because.push(self.waiting("not yet answered"));
        }
    }

    fn answer(&self, duty: &mut Duty) {
        duty.path.extend(self.capped.path.iter().cloned());
        duty.cautions.extend(self.capped.cautions.iter().cloned());
        if let Some(at) = &self.facts.answered {
            duty.because.push(format!("The request was answered on {}.", at.on));
            duty.done(at);
            if self.extended() && duty.due.is_some_and(|due| due.before(at)) {
                duty.because.push("The period was extended in time.".to_owned());
            }
        } else if let Some((sent, _)) = self.notice.filter(|_| self.extended()) {
            duty.not_owed(format!(
                "The period was extended by a notice of {}; the answer is due at the end of the extension.",
                sent.on
            ));
        } else {
            self.owed_unless_capped(duty);
        }
    }

    fn extend(&self, duty: &mut Duty) {
        let last = duty.due.map(|it| it.to_string()).unwrap_or_default();
        match self.notice {
            Some((sent, InTime::No)) => {
                duty.state = State::Invalid;
                duty.because.push(format!(
                    "The notice of {} came after {last}; the period was not extended.",
                    sent.on
                ));
            }
            Some((sent, in_time)) => {
                duty.state = State::Done;
                duty.done_on = Some(sent.on);
                duty.because.push(format!("The notice was sent on {}, in time.", sent.on));
                if in_time == InTime::ByTheRoll {
                    duty.cautions.push(format!(
                        "It was sent after {last}, and counts only because the law moves the last day."
                    ));
                }
                duty.cautions.push("The notice must explain why more time is needed.".to_owned());
            }
            None if self.facts.answered.is_some() => {
                duty.not_owed("The request was answered without an extension.")
            }
            None => {
                duty.state = State::Contingent;
                duty.because.push(format!(
                    "Only if more time is needed: the person must then be told why by {last}."
                ));
            }
        }
    }

    fn answer_extended(&self, duty: &mut Duty) {
        match (self.notice, &self.facts.answered) {
            (Some((sent, InTime::No)), _) => {
                duty.not_owed(format!("The notice of {} came too late to extend the period.", sent.on));
            }
            (Some(_), Some(at)) => {
                duty.because.push(format!("The request was answered on {}.", at.on));
                duty.done(at);
            }
            (Some((sent, _)), None) => {
                duty.because.push(format!("The period was extended by a notice of {}.", sent.on));
                self.owed_unless_capped(duty);
            }
            (None, Some(_)) => duty.not_owed("The request was answered without an extension."),
            (None, None) => {
                duty.state = State::Contingent;
                duty.because.push(
                    "Only after a notice of extension, with its reason, within the first period.".to_owned(),
                );
            }
        }
    }

    /// Opting out, limiting: done when answered.
    fn carry_out(&self, duty: &mut Duty) {
        if let Some(sent) = &self.facts.extension_notice {
            duty.cautions
                .push(format!("This period cannot be extended; the notice of {} changes nothing.", sent.on));
        }
        if let Some(at) = &self.facts.answered {
            duty.because.push(format!("It was carried out on {}.", at.on));
            duty.done(at);
        } else {
            duty.because.push(self.waiting("not yet carried out"));
        }
    }

    fn owed_unless_capped(&self, duty: &mut Duty) {
        if self.capped.because.is_empty() {
            duty.because.push(self.waiting("not yet answered"));
        } else {
            duty.state = State::MayRefuse;
            duty.because.extend(self.capped.because.iter().cloned());
            duty.because
                .push("Whoever refuses tells the person so, with the reason, by the same day.".to_owned());
        }
    }

    fn waiting(&self, what: &str) -> String {
        format!("The request was received on {} and is {what}.", self.received.on)
    }
}

fn in_time(sent: &Moment, last: &Counted) -> InTime {
    if !last.due.before(sent) {
        InTime::Yes
    } else if last.lawful_last_day.is_some_and(|day| sent.on <= day) {
        InTime::ByTheRoll
    } else {
        InTime::No
    }
}

/// Until when nothing may be deleted.
fn held(
    book: &Book,
    rule: &Rule<HoldRule>,
    hold: &Hold,
    facts: &Facts,
    on: NaiveDate,
) -> Result<Duty, FactsProblem> {
    let mut duty = Duty::of(rule, Deed::Hold, "law-enforcement", "receipt", on);
    let Some(last) = hold.directed.iter().max_by_key(|it| it.at) else { return Ok(duty) };
    let counted = rule.body.period.count(last, &book.calendars)?;
    duty.counts(&rule.body.period, counted, "law_enforcement_hold.from", last);
    duty.because.push(format!("Law enforcement directed on {} that nothing be deleted.", last.on));
    duty.because.push("The answer is still due in time; only the deletion waits.".to_owned());
    if let Some(released) = &hold.released {
        duty.state = State::Done;
        duty.done_on = Some(released.on);
        duty.because.push(format!("The hold was released on {}.", released.on));
    }
    duty.path.push(named(rule));
    duty.inputs.extend(inputs(facts));
    // A hold ends by itself: it is never overdue.
    duty.as_of(facts.today, rule.header.review_by);
    duty.overdue_since = None;
    Ok(duty)
}
