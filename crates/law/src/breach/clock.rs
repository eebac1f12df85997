//! The dates of a duty: from the real event, else projected and labelled so.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::answer::{Duty, State, Timing, TimingKind};
use crate::calendar::Calendars;
use crate::facts::{Moment, Zone};
use crate::period::{Due, Period};

use super::facts::{Event, Facts};
use super::rule::Clock;

/// Puts the dates in. `individuals` is the same law's duty to tell them.
pub(crate) fn set(
    duty: &mut Duty,
    clock: &Clock,
    facts: &Facts,
    calendars: &Calendars,
    individuals: Option<&Duty>,
) {
    duty.timing = Timing { kind: clock.kind, relative_to: clock.relative_to, period: clock.period.clone() };
    if let Some(also) = &clock.also {
        duty.because.push(format!("The law's words on the time: {also}."));
    }
    match clock.kind {
        TimingKind::Count | TimingKind::AnnualDate => {
            if let Some(period) = &clock.period {
                counted(duty, clock, period, facts, calendars, individuals);
            }
        }
        TimingKind::With => with(duty, facts, individuals),
        TimingKind::Before => before(duty, facts, individuals),
        TimingKind::Immediate | TimingKind::None => {
            duty.because.push("The law gives no number of days.".to_owned());
        }
    }
    if clock.or_with_individuals {
        or_with_individuals(duty, facts);
    }
}

fn counted(
    duty: &mut Duty,
    clock: &Clock,
    period: &Period,
    facts: &Facts,
    calendars: &Calendars,
    individuals: Option<&Duty>,
) {
    let happened = clock.from.iter().map(|it| facts.event(*it)).find(|(_, moment)| moment.is_some());
    if let Some((fact, Some(moment))) = happened {
        let from = if clock.kind == TimingKind::AnnualDate { year_end(moment) } else { moment };
        return count(duty, clock, period, fact, from, calendars);
    }
    let Some(event) = clock.from.first() else { return };
    let (fact, _) = facts.event(*event);
    duty.starts_from = Some(fact.to_owned());
    match individuals.filter(|_| *event == Event::ConsumersTold).and_then(expected) {
        Some(due) => {
            count(duty, clock, period, fact, start_of(due, facts.zone), calendars);
            duty.inputs.clear();
            duty.projected = true;
            duty.because
                .push(format!("Projected: individuals have not been told; they are expected on {due}."));
        }
        None => duty.because.push(format!("The clock starts with `{fact}`, which has not happened.")),
    }
}

fn count(duty: &mut Duty, clock: &Clock, period: &Period, fact: &str, from: Moment, calendars: &Calendars) {
    match period.count(&from, calendars) {
        Ok(counted) => {
            duty.counts(period, counted, fact, &from);
            (duty.timing.kind, duty.timing.relative_to) = (clock.kind, clock.relative_to);
        }
        Err(ends) => {
            duty.starts_from = Some(fact.to_owned());
            duty.cautions.push(format!("The date is not known: {ends}."));
        }
    }
}

fn with(duty: &mut Duty, facts: &Facts, individuals: Option<&Duty>) {
    duty.starts_from = Some("consumers_told_at".to_owned());
    if let Some(told) = facts.consumers_told {
        duty.due = Some(Due::Day(told.on));
        duty.because.push(format!("Individuals were first told on {}.", told.on));
    } else if let Some(due) = individuals.and_then(expected) {
        duty.due = Some(due);
        duty.projected = true;
        duty.because
            .push(format!("Projected: due with the individuals, who are expected to be told on {due}."));
    } else {
        duty.because.push("Due with the individuals, whose day is not fixed.".to_owned());
    }
}

fn before(duty: &mut Duty, facts: &Facts, individuals: Option<&Duty>) {
    duty.because.push(match (facts.consumers_told, individuals.and_then(expected)) {
        (Some(told), _) => format!("Due before the individuals, who were told on {}.", told.on),
        (None, Some(due)) => format!("Due before the individuals, who are expected to be told on {due}."),
        (None, None) => "Due before the individuals.".to_owned(),
    });
}

fn or_with_individuals(duty: &mut Duty, facts: &Facts) {
    let Some(told) = facts.consumers_told else { return };
    if duty.due.is_none_or(|due| told.on < due.day()) {
        duty.due = Some(Due::Day(told.on));
        (duty.lawful_last_day, duty.strict_alt) = (None, None);
        duty.starts_from = Some("consumers_told_at".to_owned());
        duty.because.push(format!("Individuals were told on {}, sooner than the count ends.", told.on));
    }
}

/// When individuals will be told at the latest: not during a hold, and not before one ended.
fn expected(individuals: &Duty) -> Option<Due> {
    let due = individuals.due.filter(|_| individuals.state != State::Suspended)?;
    Some(individuals.internal_target.filter(|it| due.day() < *it).map_or(due, Due::Day))
}

fn year_end(moment: Moment) -> Moment {
    let on = NaiveDate::from_ymd_opt(moment.on.year(), 12, 31).unwrap_or(moment.on);
    Moment { on, at: moment.at }
}

/// The beginning of the day on which something is due.
fn start_of(due: Due, zone: Zone) -> Moment {
    match due {
        Due::Instant(at) => Moment { on: at.date_naive(), at },
        Due::Day(on) => {
            let midnight = on.and_time(NaiveTime::MIN);
            let at = midnight.and_local_timezone(zone.tz()).earliest();
            Moment { on, at: at.unwrap_or_else(|| midnight.and_utc().with_timezone(&zone.tz())) }
        }
    }
}
