//! What a rule found, with everything that speaks for it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::event::LogEvent;

/// Sigma's levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(rename = "FindingLevel")]
pub enum Level {
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

impl Level {
    /// One level up.
    #[must_use]
    pub fn raised(self) -> Self {
        match self {
            Self::Informational => Self::Low,
            Self::Low => Self::Medium,
            Self::Medium => Self::High,
            Self::High | Self::Critical => Self::Critical,
        }
    }
}

/// How much is shown. Each strength shows all of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    Strong,
    #[default]
    Balanced,
    Everything,
}

impl Strength {
    /// `None` when the word is none of the three.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "strong" => Some(Self::Strong),
            "balanced" => Some(Self::Balanced),
            "everything" => Some(Self::Everything),
            _ => None,
        }
    }

    pub fn shows(self, level: Level) -> bool {
        match self {
            Self::Strong => level >= Level::High,
            Self::Balanced => level >= Level::Medium,
            Self::Everything => true,
        }
    }
}

/// The ladder of evidence, best first: what stands behind the statement that records were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Rung {
    /// Record ids stand in a log.
    Ids,
    /// A logged query, repeated as of its time, returned the logged number.
    QueryRepeated,
    /// The text of a query without its result.
    QueryText,
    /// The object and at most a count.
    ObjectCount,
    /// Only what the principal could have read.
    Reach,
}

/// Records of one source. Written as `row` when it is one, else as ranges with both ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Evidence {
    Row { source: String, row: u64 },
    Rows { source: String, rows: Vec<[u64; 2]> },
}

impl Evidence {
    /// From the record numbers of one source, in any order.
    pub fn of(source: String, mut rows: Vec<u64>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        if let [row] = rows.as_slice() {
            return Self::Row { source, row: *row };
        }
        let mut ranges: Vec<[u64; 2]> = Vec::new();
        for row in rows {
            match ranges.last_mut() {
                Some([_, last]) if *last + 1 == row => *last = row,
                _ => ranges.push([row, row]),
            }
        }
        Self::Rows { source, rows: ranges }
    }

    pub fn source(&self) -> &str {
        match self {
            Self::Row { source, .. } | Self::Rows { source, .. } => source,
        }
    }

    pub fn covers(&self, source: &str, row: u64) -> bool {
        self.source() == source
            && match self {
                Self::Row { row: only, .. } => *only == row,
                Self::Rows { rows, .. } => rows
                    .binary_search_by(|[from, to]| {
                        if *to < row {
                            std::cmp::Ordering::Less
                        } else if *from > row {
                            std::cmp::Ordering::Greater
                        } else {
                            std::cmp::Ordering::Equal
                        }
                    })
                    .is_ok(),
            }
    }
}

/// One thing that a rule found about one principal and app. Times are UTC, RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// `F-` and ten hex digits; the same at every strength and each time the same logs are examined.
    pub finding: String,
    /// Id of the Sigma rule.
    pub rule: String,
    pub title: String,
    pub level: Level,
    /// At most [`Rung::QueryText`]; `scope` raises it.
    pub rung: Rung,
    /// Username, where the logs or the org tell it.
    pub principal: Option<String>,
    /// 18 characters.
    pub principal_id: Option<String>,
    /// The connected app's name.
    pub app: Option<String>,
    pub app_id: Option<String>,
    pub addresses: Vec<String>,
    pub from: String,
    pub to: String,
    /// API names.
    pub objects: Vec<String>,
    /// Records that the logs say were read or written.
    pub rows: u64,
    pub why: String,
    pub evidence: Vec<Evidence>,
    pub innocent_causes: Vec<String>,
    /// The tier of log that the rule needs: `free`, `event-monitoring`.
    pub tier: String,
    /// Events of the same sessions and requests, for the timeline; no part of the evidence.
    pub session: Vec<Evidence>,
}

impl Finding {
    /// Whether it is about this app or this user.
    pub fn is_of(&self, name: &str) -> bool {
        [&self.app, &self.principal].into_iter().flatten().any(|it| it == name)
    }

    /// Whether an event is part of the evidence.
    pub fn rests_on(&self, event: &LogEvent<'_>) -> bool {
        self.evidence.iter().any(|it| it.covers(event.source, event.row))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(rename = "FindingStatus")]
pub enum Status {
    Open,
    Confirmed,
    Dismissed,
}

/// A finding and what the officer decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldFinding {
    #[serde(flatten)]
    #[ts(flatten)]
    pub finding: Finding,
    pub status: Status,
    /// The officer's reason; `None` while open.
    pub because: Option<String>,
}

impl HeldFinding {
    /// Whether it is shown at a strength; what was confirmed always is.
    pub fn shown_at(&self, strength: Strength) -> bool {
        strength.shows(self.finding.level) || self.status == Status::Confirmed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_numbers_become_one_row_or_ranges() {
        let one = Evidence::of("a.csv".into(), vec![17]);
        assert_eq!(serde_json::to_value(&one).unwrap(), serde_json::json!({"source":"a.csv","row":17}));
        let many = Evidence::of("a.csv".into(), vec![19, 17, 18, 40, 17]);
        assert_eq!(
            serde_json::to_value(&many).unwrap(),
            serde_json::json!({"source":"a.csv","rows":[[17,19],[40,40]]})
        );
        for (row, inside) in [(16, false), (17, true), (18, true), (20, false), (40, true), (41, false)] {
            assert_eq!(many.covers("a.csv", row), inside, "{row}");
        }
        assert!(!many.covers("b.csv", 17));
    }

    #[test]
    fn every_strength_shows_all_of_the_stronger_one() {
        for level in [Level::Informational, Level::Low, Level::Medium, Level::High, Level::Critical] {
            assert!(!Strength::Strong.shows(level) || Strength::Balanced.shows(level));
            assert!(!Strength::Balanced.shows(level) || Strength::Everything.shows(level));
        }
        assert!(Strength::Balanced.shows(Level::Medium) && !Strength::Strong.shows(Level::Medium));
    }
}
