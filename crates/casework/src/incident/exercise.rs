//! A tabletop exercise: what an officer is asked of an incident, and how an answer is judged against what the program found
//! out about it. The questions and their right answers come from the incident; nothing here knows one of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a wholly right answer is worth.
pub const WHOLE: u64 = 10;
/// How many days too early is still half right: early is safe, late is not.
const EARLY_DAYS: i64 = 7;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ExerciseKind")]
pub enum Kind {
    /// One of the options; any of the right ones will do.
    Choice,
    /// Those of the options that hold.
    Several,
    /// A whole number.
    Number,
    /// A day, `2026-11-27`.
    Day,
}

/// What the values of the options and of the right answer are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ExerciseTerms")]
pub enum Terms {
    /// They stand for themselves.
    Text,
    /// `US-CA`
    Places,
    /// `us-ca-ag`
    Recipients,
}

/// One question, as it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ExerciseAsked")]
pub struct Asked {
    pub question: String,
    /// The step of the road at which it is asked.
    pub step: String,
    pub asks: String,
    /// A recipient whom it is about.
    pub recipient: Option<String>,
    pub kind: Kind,
    pub terms: Terms,
    pub options: Vec<String>,
}

/// One question with its truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    #[serde(flatten)]
    pub asked: Asked,
    pub right: Vec<String>,
    pub why: String,
    /// Where that stands: a finding and its row, a count, a statute.
    pub citation: String,
}

/// An answer that was given. It is given once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub answer: Vec<String>,
    pub points: u64,
    /// UTC, RFC 3339.
    pub at: String,
}

/// An exercise as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exercise {
    /// What the officer is told beforehand.
    pub scenario: Vec<String>,
    pub questions: Vec<Question>,
    /// By question.
    pub given: BTreeMap<String, Given>,
}

impl Question {
    /// Of [`WHOLE`] points, how many an answer is worth; `None` when it cannot be an answer to this question.
    pub fn judge(&self, answer: &[String]) -> Option<u64> {
        let one = || answer.first().filter(|_| answer.len() == 1);
        match self.asked.kind {
            Kind::Choice => {
                let one = one().filter(|it| self.asked.options.contains(it))?;
                Some(if self.right.contains(one) { WHOLE } else { 0 })
            }
            Kind::Several => {
                if !answer.iter().all(|it| self.asked.options.contains(it)) {
                    return None;
                }
                let (given, right) =
                    (answer.iter().collect::<BTreeSet<_>>(), self.right.iter().collect::<BTreeSet<_>>());
                let hits = given.intersection(&right).count();
                let wrong = given.len() - hits;
                let worth = u64::try_from(hits.saturating_sub(wrong)).unwrap_or_default() * WHOLE;
                Some(worth / u64::try_from(right.len().max(1)).unwrap_or(1))
            }
            Kind::Number => {
                let given: u64 = one()?.trim().replace(',', "").parse().ok()?;
                let right: u64 = self.right.first()?.parse().ok()?;
                let off = given.abs_diff(right);
                Some(match () {
                    () if off.saturating_mul(10) <= right => WHOLE,
                    () if given >= right / 2 && given <= right.saturating_mul(2) => WHOLE / 2,
                    () => 0,
                })
            }
            Kind::Day => {
                let given: NaiveDate = one()?.parse().ok()?;
                let right: NaiveDate = self.right.first()?.parse().ok()?;
                let early = (right - given).num_days();
                Some(match early {
                    0 => WHOLE,
                    1..=EARLY_DAYS => WHOLE / 2,
                    _ => 0,
                })
            }
        }
    }
}

impl Exercise {
    /// Points so far, and those of all questions.
    pub fn score(&self) -> [u64; 2] {
        let all = u64::try_from(self.questions.len()).unwrap_or_default() * WHOLE;
        [self.given.values().map(|it| it.points).sum(), all]
    }

    /// The first question without an answer.
    pub fn next(&self) -> Option<&Question> {
        self.questions.iter().find(|it| !self.given.contains_key(&it.asked.question))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: Kind, options: &[&str], right: &[&str]) -> Question {
        let texts = |of: &[&str]| of.iter().map(|it| (*it).to_owned()).collect();
        let asked = Asked {
            question: "q".to_owned(),
            step: "find".to_owned(),
            asks: String::new(),
            recipient: None,
            kind,
            terms: Terms::Text,
            options: texts(options),
        };
        Question { asked, right: texts(right), why: String::new(), citation: String::new() }
    }

    fn judged(it: &Question, answer: &[&str]) -> Option<u64> {
        it.judge(&answer.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_choice_is_right_or_not_and_what_is_no_option_is_no_answer() {
        let it = question(Kind::Choice, &["a", "b"], &["a"]);
        assert_eq!((judged(&it, &["a"]), judged(&it, &["b"])), (Some(10), Some(0)));
        assert_eq!((judged(&it, &["c"]), judged(&it, &["a", "b"]), judged(&it, &[])), (None, None, None));
    }

    #[test]
    fn ticking_everything_is_worth_nothing() {
        let it = question(Kind::Several, &["a", "b", "c", "d"], &["a", "b"]);
        assert_eq!(judged(&it, &["a", "b"]), Some(10));
        assert_eq!(judged(&it, &["a"]), Some(5));
        assert_eq!(judged(&it, &["a", "b", "c"]), Some(5));
        assert_eq!(judged(&it, &["a", "b", "c", "d"]), Some(0));
        assert_eq!((judged(&it, &[]), judged(&it, &["e"])), (Some(0), None));
    }

    #[test]
    fn a_number_may_be_a_tenth_off_and_a_day_early_is_half_right_a_day_late_is_not() {
        let number = question(Kind::Number, &[], &["1000"]);
        let worth = |text| judged(&number, &[text]);
        assert_eq!(
            (worth("1,000"), worth("1100"), worth("1101"), worth("500")),
            (Some(10), Some(10), Some(5), Some(5))
        );
        assert_eq!((worth("2001"), worth("499"), worth("many")), (Some(0), Some(0), None));
        assert_eq!(judged(&question(Kind::Number, &[], &["0"]), &["0"]), Some(10));
        assert_eq!(judged(&question(Kind::Number, &[], &["0"]), &["1"]), Some(0));
        let day = question(Kind::Day, &[], &["2026-11-27"]);
        let worth = |text| judged(&day, &[text]);
        assert_eq!(
            (worth("2026-11-27"), worth("2026-11-20"), worth("2026-11-19")),
            (Some(10), Some(5), Some(0))
        );
        assert_eq!((worth("2026-11-28"), worth("soon")), (Some(0), None));
    }
}
