//! What the breach may cost: a range with its assumptions and the version of the amounts, never a prediction.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An amount of the law book, in whole dollars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    pub rule: String,
    pub version: String,
    /// `fine`, `fine-intentional`, `nominal-damages`, `late-notice`
    pub what: String,
    pub jurisdiction: String,
    pub max: u64,
    pub per: String,
    pub cap: Option<u64>,
    pub citation: String,
    pub confidence: String,
    /// A newer adjustment should exist and is not loaded.
    pub stale: bool,
}

/// What only the business knows; every part may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Costs {
    /// Violations that an agency may count.
    pub violations: Option<u64>,
    /// Dollars for each letter.
    pub letter: Option<u64>,
    pub call_centre: Option<u64>,
    /// Dollars a person for the services offered, and how many of a hundred take them up.
    pub service: Option<u64>,
    pub take_up_percent: Option<u64>,
    pub forensics: Option<u64>,
    pub counsel: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "ExposureLine")]
pub struct Line {
    pub what: String,
    pub min: Option<u64>,
    pub max: Option<u64>,
    /// How the numbers came about.
    pub sum: String,
    pub rule: Option<String>,
    pub version: Option<String>,
    pub citation: Option<String>,
    pub confidence: Option<String>,
    pub stale: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Exposure {
    /// Statutory damages and the response; `None` where a number is not known.
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub lines: Vec<Line>,
    /// What may come on top if somebody acts or a notice is late; no part of the range.
    pub scenarios: Vec<Line>,
    pub assumptions: Vec<String>,
    /// First days of the versions of the amounts.
    pub amounts_version: Vec<String>,
    pub stale: bool,
}

/// Statutory damages as the law book answered them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statutory {
    pub min: u64,
    pub max: u64,
    pub persons: Option<u64>,
    /// At most so many, where the number is not sure.
    pub at_most: Option<u64>,
    pub rule: String,
    pub version: String,
    pub citation: String,
    pub confidence: String,
    pub stale: bool,
    pub assumptions: Vec<String>,
}

/// People by what matters for money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// All who may get a letter.
    pub persons: Option<u64>,
    /// Californians whose medical information was taken.
    pub patients: Option<u64>,
    /// Jurisdictions with residents among them.
    pub places: Vec<String>,
}

pub fn exposure(
    statutory: Option<&Statutory>,
    amounts: &[Amount],
    counts: &Counts,
    costs: &Costs,
) -> Exposure {
    let mut it = Exposure::default();
    if let Some(law) = statutory {
        let people = law.persons.map_or_else(
            || {
                law.at_most
                    .map_or_else(|| "an unknown number of".to_owned(), |most| format!("at most {most}"))
            },
            |n| n.to_string(),
        );
        it.lines.push(Line {
            what: "Statutory damages".to_owned(),
            min: law.persons.or(law.at_most.map(|_| 0)).map(|n| n.saturating_mul(law.min)),
            max: law.persons.or(law.at_most).map(|n| n.saturating_mul(law.max)),
            sum: format!("{people} consumers × ${} to ${}", law.min, law.max),
            rule: Some(law.rule.clone()),
            version: Some(law.version.clone()),
            citation: Some(law.citation.clone()),
            confidence: Some(law.confidence.clone()),
            stale: law.stale,
        });
        it.assumptions.extend(law.assumptions.iter().cloned());
    } else {
        it.assumptions.push("No statutory damages: nobody is counted whose listed data was taken unencrypted in a state that grants them.".to_owned());
    }
    response(&mut it, counts, costs);
    scenarios(&mut it, amounts, counts, costs);
    let total = |of: fn(&Line) -> Option<u64>| {
        it.lines.iter().try_fold(0_u64, |sum, line| Some(sum.saturating_add(of(line)?)))
    };
    (it.min, it.max) = (total(|line| line.min), total(|line| line.max));
    it.assumptions.push(
        "A range, no prediction: whether anybody sues, and what a court finds, is not in it.".to_owned(),
    );
    let all = it.lines.iter().chain(&it.scenarios);
    it.stale = all.clone().any(|line| line.stale);
    it.amounts_version = all.filter_map(|line| line.version.clone()).collect();
    it.amounts_version.sort();
    it.amounts_version.dedup();
    it
}

fn response(it: &mut Exposure, counts: &Counts, costs: &Costs) {
    let mut line = |what: &str, value: Option<u64>, sum: String| {
        if let Some(value) = value {
            it.lines.push(Line {
                what: what.to_owned(),
                min: Some(value),
                max: Some(value),
                sum,
                rule: None,
                version: None,
                citation: None,
                confidence: None,
                stale: false,
            });
        }
    };
    let people = counts.persons;
    let times = |price: Option<u64>| price.zip(people).map(|(price, people)| price.saturating_mul(people));
    let shown = people.unwrap_or_default();
    line("Letters", times(costs.letter), format!("{shown} × ${}", costs.letter.unwrap_or_default()));
    line("Call centre", costs.call_centre, "as given".to_owned());
    let share = costs.take_up_percent.unwrap_or(100).min(100);
    line(
        "Services offered",
        times(costs.service).map(|all| all / 100 * share + all % 100 * share / 100),
        format!("{shown} × ${} × {share} of 100", costs.service.unwrap_or_default()),
    );
    line("Forensics", costs.forensics, "as given".to_owned());
    line("Counsel", costs.counsel, "as given".to_owned());
    if costs.letter.is_none() && costs.call_centre.is_none() && costs.service.is_none() {
        it.assumptions.push("The cost of responding (letters, call centre, services, forensics, counsel) is not in it: nobody gave the prices.".to_owned());
    }
}

fn scenarios(it: &mut Exposure, amounts: &[Amount], counts: &Counts, costs: &Costs) {
    for amount in amounts {
        let (units, what) = match amount.what.as_str() {
            "nominal-damages" if counts.patients != Some(0) => {
                (counts.patients, "Nominal damages for medical information")
            }
            "fine" => (costs.violations, "Fine or civil penalty"),
            "fine-intentional" => (costs.violations, "The same, if intentional or about a child"),
            "late-notice" if counts.places.contains(&amount.jurisdiction) => {
                (None, "A notice that is late or left out")
            }
            _ => continue,
        };
        let max = units.map(|n| n.saturating_mul(amount.max)).or(amount.cap);
        it.scenarios.push(Line {
            what: format!("{what} ({})", amount.jurisdiction),
            min: Some(0),
            max: match (max, amount.cap) {
                (Some(max), Some(cap)) => Some(max.min(cap)),
                (max, _) => max,
            },
            sum: match (units, amount.cap) {
                (Some(n), _) => format!("{n} × ${} per {}", amount.max, amount.per),
                (None, Some(cap)) => format!("${} per {}, at most ${cap}", amount.max, amount.per),
                (None, None) => format!("${} per {}; how many is not known", amount.max, amount.per),
            },
            rule: Some(amount.rule.clone()),
            version: Some(amount.version.clone()),
            citation: Some(amount.citation.clone()),
            confidence: Some(amount.confidence.clone()),
            stale: amount.stale,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(persons: Option<u64>) -> Statutory {
        Statutory {
            min: 107,
            max: 799,
            persons,
            at_most: Some(12_000),
            version: "2025-01-01".into(),
            ..Statutory::default()
        }
    }

    #[test]
    fn the_range_of_the_reference() {
        let it = exposure(Some(&law(Some(10_000))), &[], &Counts::default(), &Costs::default());
        assert_eq!((it.min, it.max), (Some(1_070_000), Some(7_990_000)));
        assert_eq!(it.amounts_version, ["2025-01-01"]);
        let unsure = exposure(Some(&law(None)), &[], &Counts::default(), &Costs::default());
        assert_eq!((unsure.min, unsure.max), (Some(0), Some(9_588_000)), "unknown is from none to all");
        let none = exposure(None, &[], &Counts::default(), &Costs::default());
        assert_eq!((none.min, none.max), (Some(0), Some(0)));
    }

    #[test]
    fn costs_are_added_and_scenarios_stand_apart() {
        let counts = Counts { persons: Some(1_001), patients: Some(2), places: vec!["US-FL".into()] };
        let costs =
            Costs { letter: Some(2), service: Some(9), take_up_percent: Some(10), ..Costs::default() };
        let amount = |what: &str, jurisdiction: &str, max, cap| Amount {
            rule: what.into(),
            version: "2020-01-01".into(),
            what: what.into(),
            jurisdiction: jurisdiction.into(),
            max,
            per: "day".into(),
            cap,
            citation: String::new(),
            confidence: "memory".into(),
            stale: what == "fine",
        };
        let amounts = [
            amount("nominal-damages", "US-CA", 1_000, None),
            amount("late-notice", "US-FL", 1_000, Some(500_000)),
            amount("late-notice", "US-NY", 20, Some(250_000)),
            amount("fine", "US-CA", 2_663, None),
        ];
        let it = exposure(None, &amounts, &counts, &costs);
        assert_eq!((it.min, it.max), (Some(2_002 + 900), Some(2_902)));
        let most: Vec<Option<u64>> = it.scenarios.iter().map(|line| line.max).collect();
        assert_eq!(most, [Some(2_000), Some(500_000), None]);
        assert!(it.stale);
    }
}
