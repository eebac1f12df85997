//! Money: what the law may cost, in whole dollars, by the day that counts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::answer::Amounts;
use crate::book::Book;
use crate::rule::{Rule, day, in_force};

/// One amount.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Amount {
    what: What,
    min: Option<u64>,
    max: u64,
    /// What it is counted by: `violation`, `person`, `day` …
    per: String,
    /// The most that can be asked for altogether.
    #[serde(default)]
    cap: Option<u64>,
    /// From this day on a newer amount should exist.
    next_adjustment: Option<NextAdjustment>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct NextAdjustment(#[serde(deserialize_with = "day")] NaiveDate);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// By the Agency, or as a civil penalty by the Attorney General.
    Fine,
    /// The same where it was intentional or the person was known to be under 16.
    FineIntentional,
    /// From which yearly revenue on a business falls under the Act.
    RevenueThreshold,
    NominalDamages,
    DataBrokerFine,
    /// For a notice of a breach that came late or not at all.
    LateNotice,
}

/// The fines a request handled wrongly may bring, by the day of receipt; damages are for breaches only.
///
/// Stale from the day on which a newer adjustment should exist, be it the day of receipt or today.
pub(crate) fn fines(book: &Book, on: NaiveDate, today: Option<NaiveDate>) -> Amounts {
    let fines: Vec<&Rule<Amount>> = in_force(&book.amounts, on)
        .filter(|it| it.origin.jurisdiction == "US-CA")
        .filter(|it| matches!(it.body.what, What::Fine | What::FineIntentional))
        .collect();
    let latest = today.map_or(on, |today| today.max(on));
    let stale = fines.iter().any(|it| it.body.next_adjustment.is_some_and(|next| next.0 <= latest));
    let listed: Vec<_> = fines
        .iter()
        .map(|Rule { header, body, origin }| {
            json!({
                "rule": header.id,
                "version": header.in_force_from,
                "what": body.what,
                "min": body.min,
                "max": body.max,
                "per": body.per,
                "cap": body.cap,
                "citation": header.citation,
                "confidence": header.confidence,
                "rule_file": origin.path,
                "rule_file_sha256": origin.sha256,
            })
        })
        .collect();
    let mut amounts = Amounts { stale, ..Amounts::default() };
    amounts.more.insert("fines".to_owned(), json!(listed));
    amounts
}
