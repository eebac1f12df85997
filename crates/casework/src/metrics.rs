//! The yearly figures of § 7102: received, complied with, denied, and how long the answers took.

use chrono::NaiveDate;
use serde::Serialize;

use crate::case::{CaseOutcome, Reason, RequestKind};

/// What the figures need of one request. Days are days of the business's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    pub kind: RequestKind,
    pub received_on: NaiveDate,
    pub outcome: Option<CaseOutcome>,
    pub reason: Option<Reason>,
    /// When the substance was answered.
    pub answered_on: Option<NaiveDate>,
    /// By when it had to be, an extension counted in.
    pub due_on: Option<NaiveDate>,
    pub extended: bool,
}

/// The figures of one letter of § 7102(a)(1).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    pub letter: char,
    pub requests: &'static str,
    pub received: u64,
    pub complied: u64,
    pub complied_in_part: u64,
    pub denied: u64,
    pub denied_because: Denied,
    /// Taken back, a duplicate, or expired for want of an answer from the person.
    pub withdrawn: u64,
    pub open: u64,
    /// Calendar days from receipt to the answer of substance; `None` without any answer.
    pub median_days: Option<f64>,
    pub mean_days: Option<f64>,
    /// Answered late, or open past the day.
    pub overdue: u64,
    pub extended: u64,
}

/// The optional split of denials.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Denied {
    pub unverifiable: u64,
    pub not_a_consumer: u64,
    pub exempt: u64,
    pub other: u64,
}

const LETTERS: [(char, &str, &[RequestKind]); 7] = [
    ('A', "delete", &[RequestKind::Delete]),
    ('B', "correct", &[RequestKind::Correct]),
    ('C', "know", &[RequestKind::KnowCategories, RequestKind::KnowSpecific]),
    ('D', "access automated decisionmaking", &[RequestKind::AdmtAccess]),
    ('E', "opt out of sale and sharing", &[RequestKind::OptOut]),
    ('F', "limit sensitive personal information", &[RequestKind::Limit]),
    ('G', "opt out of automated decisionmaking", &[RequestKind::AdmtOptOut]),
];

/// The figures of the requests given, by letter, as they stand `today`.
pub fn figures(requests: &[Counted], today: NaiveDate) -> Vec<Figures> {
    LETTERS
        .iter()
        .map(|(letter, words, kinds)| {
            let of: Vec<&Counted> = requests.iter().filter(|it| kinds.contains(&it.kind)).collect();
            line(*letter, words, &of, today)
        })
        .collect()
}

fn line(letter: char, requests: &'static str, of: &[&Counted], today: NaiveDate) -> Figures {
    let count = |fits: &dyn Fn(&Counted) -> bool| of.iter().map(|it| u64::from(fits(it))).sum::<u64>();
    let ended = |outcome: CaseOutcome| count(&|it| it.outcome == Some(outcome));
    let denied = |reasons: &[Reason]| {
        count(&|it| {
            it.outcome == Some(CaseOutcome::Denied) && it.reason.is_some_and(|it| reasons.contains(&it))
        })
    };
    let mut days: Vec<i64> = of
        .iter()
        .filter_map(|it| Some(it.answered_on?.signed_duration_since(it.received_on).num_days().max(0)))
        .collect();
    days.sort_unstable();
    let all_denied = ended(CaseOutcome::Denied);
    let unverifiable = denied(&[Reason::InsufVerification, Reason::NoMatch, Reason::SuspectedFraud]);
    let not_a_consumer = denied(&[Reason::OutsideJurisdiction]);
    let exempt = denied(&[Reason::ClaimNotCovered]);
    Figures {
        letter,
        requests,
        received: u64::try_from(of.len()).unwrap_or(u64::MAX),
        complied: ended(CaseOutcome::Granted) + ended(CaseOutcome::DeletedInstead),
        complied_in_part: ended(CaseOutcome::PartiallyGranted),
        denied: all_denied,
        denied_because: Denied {
            unverifiable,
            not_a_consumer,
            exempt,
            other: all_denied.saturating_sub(unverifiable + not_a_consumer + exempt),
        },
        withdrawn: ended(CaseOutcome::Cancelled) + ended(CaseOutcome::Expired),
        open: count(&|it| it.outcome.is_none()),
        median_days: median(&days),
        mean_days: mean(&days),
        overdue: count(&|it| late(it, today)),
        extended: count(&|it| it.extended),
    }
}

fn late(it: &Counted, today: NaiveDate) -> bool {
    let withdrawn = matches!(it.outcome, Some(CaseOutcome::Cancelled | CaseOutcome::Expired));
    !withdrawn && it.due_on.is_some_and(|due| it.answered_on.unwrap_or(today) > due)
}

/// The middle of sorted days; of an even number, the mean of the two in the middle.
fn median(days: &[i64]) -> Option<f64> {
    let upper = days.len() / 2;
    let lower = days.len().checked_sub(1)? / 2;
    mean(&[*days.get(lower)?, *days.get(upper)?])
}

/// To two decimals.
fn mean(days: &[i64]) -> Option<f64> {
    let count = i64::try_from(days.len()).ok().filter(|it| *it > 0)?;
    let hundredths = (days.iter().sum::<i64>() * 200 + count) / (count * 2);
    i32::try_from(hundredths).ok().map(|it| f64::from(it) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }
    fn request(kind: RequestKind, outcome: Option<CaseOutcome>, days: Option<u64>) -> Counted {
        let received_on = on("2026-01-10");
        Counted {
            kind,
            received_on,
            outcome,
            reason: None,
            answered_on: days.map(|it| received_on + chrono::Days::new(it)),
            due_on: Some(received_on + chrono::Days::new(45)),
            extended: false,
        }
    }

    #[test]
    fn each_kind_stands_under_its_letter_with_median_and_mean() {
        let granted = Some(CaseOutcome::Granted);
        let denied = Counted {
            reason: Some(Reason::InsufVerification),
            ..request(RequestKind::KnowSpecific, Some(CaseOutcome::Denied), Some(46))
        };
        let requests = [
            request(RequestKind::Delete, granted, Some(10)),
            request(RequestKind::Delete, Some(CaseOutcome::PartiallyGranted), Some(13)),
            request(RequestKind::Delete, granted, Some(45)),
            request(RequestKind::Delete, None, None),
            request(RequestKind::Delete, Some(CaseOutcome::Cancelled), None),
            request(RequestKind::KnowCategories, granted, Some(1)),
            denied,
        ];
        let figures = figures(&requests, on("2026-03-01"));
        let letters: String = figures.iter().map(|it| it.letter).collect();
        assert_eq!(letters, "ABCDEFG");
        let delete = &figures[0];
        assert_eq!((delete.received, delete.complied, delete.complied_in_part), (5, 2, 1));
        assert_eq!((delete.denied, delete.withdrawn, delete.open), (0, 1, 1));
        assert_eq!((delete.median_days, delete.mean_days), (Some(13.0), Some(22.67)));
        assert_eq!(delete.overdue, 1, "the open one; day 45 itself is in time");
        let know = &figures[2];
        assert_eq!((know.received, know.denied, know.denied_because.unverifiable), (2, 1, 1));
        assert_eq!((know.median_days, know.mean_days, know.overdue), (Some(23.5), Some(23.5), 1));
        assert_eq!((figures[5].received, figures[5].median_days), (0, None));
    }
}
