//! The rules that are shipped, in the Sigma format, and what they say about themselves.

use std::collections::HashMap;

use rsigma_parser::{SigmaCollection, parse_sigma_yaml};

use super::super::finding::Level;

/// `assets/detection/*.yml`, by family.
pub(super) const FILES: &[(&str, &str)] = &[
    ("01-new-address", include_str!("../../../../../assets/detection/01-new-address.yml")),
    ("02-new-client", include_str!("../../../../../assets/detection/02-new-client.yml")),
    ("03-looking-around", include_str!("../../../../../assets/detection/03-looking-around.yml")),
    ("04-bulk-jobs", include_str!("../../../../../assets/detection/04-bulk-jobs.yml")),
    ("05-wide-queries", include_str!("../../../../../assets/detection/05-wide-queries.yml")),
    ("06-reports", include_str!("../../../../../assets/detection/06-reports.yml")),
    ("07-tokens", include_str!("../../../../../assets/detection/07-tokens.yml")),
    ("08-permissions", include_str!("../../../../../assets/detection/08-permissions.yml")),
    ("09-files", include_str!("../../../../../assets/detection/09-files.yml")),
    ("10-guests", include_str!("../../../../../assets/detection/10-guests.yml")),
    ("11-destroying", include_str!("../../../../../assets/detection/11-destroying.yml")),
    ("12-log-gaps", include_str!("../../../../../assets/detection/12-log-gaps.yml")),
    ("13-salesforce-own", include_str!("../../../../../assets/detection/13-salesforce-own.yml")),
];

/// What a rule says about itself.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// UUID.
    pub id: String,
    /// How people and findings call it.
    pub name: String,
    pub title: String,
    pub level: Level,
    pub description: String,
    pub innocent_causes: Vec<String>,
    pub tier: String,
    /// Speaks only through the correlations that refer to it.
    pub silent: bool,
    /// For a correlation: the rules it counts, its window in seconds and by what it groups.
    pub counts: Option<Counts>,
}

#[derive(Debug, Clone)]
pub(super) struct Counts {
    pub rules: Vec<String>,
    pub seconds: i64,
    pub group_by: Vec<String>,
}

pub(super) struct Rules {
    pub collection: SigmaCollection,
    pub about: HashMap<String, About>,
}

/// A rule that cannot be used, by its file.
#[derive(Debug, thiserror::Error)]
#[error("the detection rules of {file} cannot be used: {why}")]
pub struct RuleError {
    pub file: String,
    pub why: String,
}

/// What a rule or a correlation says of itself: two types of the parser with the same fields.
macro_rules! about_of {
    ($rule:expr, $counts:expr, $unusable:expr) => {{
        let id = $rule.id.clone().ok_or_else(|| $unusable(format!("{} has no id", $rule.title)))?;
        About {
            name: $rule.name.clone().unwrap_or_else(|| id.clone()),
            title: $rule.title.clone(),
            level: level($rule.level),
            description: $rule.description.clone().unwrap_or_default(),
            innocent_causes: $rule.falsepositives.clone(),
            tier: word($rule.custom_attributes.get("habeas_tier").and_then(|it| it.as_str())),
            silent: false,
            counts: $counts,
            id,
        }
    }};
}

impl Rules {
    pub fn shipped() -> Result<Self, RuleError> {
        Self::of(FILES)
    }

    pub fn of(files: &[(&str, &str)]) -> Result<Self, RuleError> {
        let mut collection = SigmaCollection::new();
        let mut about = HashMap::new();
        for (file, text) in files {
            let unusable = |why: String| RuleError { file: (*file).to_owned(), why };
            let parsed = parse_sigma_yaml(text).map_err(|error| unusable(error.to_string()))?;
            if let Some(error) = parsed.errors.first() {
                return Err(unusable(error.clone()));
            }
            for rule in &parsed.rules {
                let own = about_of!(rule, None, unusable);
                about.insert(own.id.clone(), own);
            }
            for rule in &parsed.correlations {
                let counts = Counts {
                    rules: rule.rules.clone(),
                    seconds: i64::try_from(rule.timespan.seconds).unwrap_or(i64::MAX),
                    group_by: rule.group_by.clone(),
                };
                let own = about_of!(rule, Some(counts), unusable);
                about.insert(own.id.clone(), own);
            }
            collection.rules.extend(parsed.rules);
            collection.correlations.extend(parsed.correlations);
        }
        let counted: Vec<String> =
            about.values().filter_map(|it| it.counts.as_ref()).flat_map(|it| it.rules.clone()).collect();
        for base in about.values_mut() {
            base.silent = base.level == Level::Informational && counted.contains(&base.name);
        }
        Ok(Self { collection, about })
    }
}

fn level(told: Option<rsigma_parser::Level>) -> Level {
    match told {
        Some(rsigma_parser::Level::Critical) => Level::Critical,
        Some(rsigma_parser::Level::High) => Level::High,
        Some(rsigma_parser::Level::Medium) => Level::Medium,
        Some(rsigma_parser::Level::Low) => Level::Low,
        _ => Level::Informational,
    }
}

fn word(value: Option<&str>) -> String {
    value.unwrap_or("event-monitoring").to_owned()
}
