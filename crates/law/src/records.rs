//! How long records are kept, and what is due every year.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::answer::Operator;
use crate::book::Book;
use crate::facts::FactsProblem;
use crate::rule::{Rule, in_force};

/// How long something is kept at least.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// What is kept.
    keeps: String,
    months: u32,
    holds: Vec<String>,
}

/// What is due on one day of every year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Yearly {
    month: u32,
    day: u32,
    /// How many consumers a year make it due.
    threshold: Option<Consumers>,
    reports: Vec<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Consumers {
    op: Operator,
    count: u64,
}

/// What is done again after so many months.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recurring {
    months: u32,
}

/// Until when the records of a request must be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The last day; from the next on they may be destroyed.
    pub until: NaiveDate,
    pub months: u32,
    /// What the record must hold, by name.
    pub holds: Vec<String>,
    pub rule: String,
    pub version: NaiveDate,
    pub citation: String,
}

/// The yearly report of requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetricsDue {
    /// The year reported.
    pub year: i32,
    pub publish_by: NaiveDate,
    /// Whether so many consumers make it a duty; `None`: their number is not known.
    pub owed: Option<bool>,
    /// The figures, each by kind of request.
    pub reports: Vec<String>,
    pub rule: String,
    pub version: NaiveDate,
    pub citation: String,
}

impl Book {
    /// Until when the records of a request must be kept whose last paper went out on `answered_on`.
    ///
    /// # Errors
    /// [`FactsProblem::NoRule`] for a day before any rule.
    pub fn keep_until(&self, answered_on: NaiveDate) -> Result<Kept, FactsProblem> {
        let Rule { header, body, .. } =
            in_force(&self.retentions, answered_on).find(|it| it.body.keeps == "requests").ok_or_else(
                || FactsProblem::NoRule { what: "records of requests".to_owned(), on: answered_on },
            )?;
        Ok(Kept {
            until: answered_on.checked_add_months(Months::new(body.months)).unwrap_or(NaiveDate::MAX),
            months: body.months,
            holds: body.holds.clone(),
            rule: header.id.clone(),
            version: header.in_force_from,
            citation: header.citation.clone(),
        })
    }

    /// By when the figures of a year are published, given how many consumers' information was handled in it.
    ///
    /// # Errors
    /// [`FactsProblem::NoRule`] for a year before any rule.
    pub fn metrics_due(&self, year: i32, consumers: Option<u64>) -> Result<MetricsDue, FactsProblem> {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let no_rule = || FactsProblem::NoRule {
            what: "the yearly figures".to_owned(),
            on: day(year, 12, 31).unwrap_or_default(),
        };
        let last = day(year, 12, 31).ok_or_else(no_rule)?;
        let Rule { header, body, .. } = in_force(&self.yearly, last).next().ok_or_else(no_rule)?;
        Ok(MetricsDue {
            year,
            publish_by: day(year + 1, body.month, body.day).ok_or_else(no_rule)?,
            owed: body.threshold.map_or(Some(true), |it| Some(it.op.met(consumers?, it.count))),
            reports: body.reports.clone(),
            rule: header.id.clone(),
            version: header.in_force_from,
            citation: header.citation.clone(),
        })
    }

    /// By when the privacy policy is brought up to date again.
    ///
    /// # Errors
    /// [`FactsProblem::NoRule`] for a day before any rule.
    pub fn privacy_policy_due(&self, updated_on: NaiveDate) -> Result<NaiveDate, FactsProblem> {
        let rule = in_force(&self.recurring, updated_on)
            .next()
            .ok_or_else(|| FactsProblem::NoRule { what: "the privacy policy".to_owned(), on: updated_on })?;
        Ok(updated_on.checked_add_months(Months::new(rule.body.months)).unwrap_or(NaiveDate::MAX))
    }
}
