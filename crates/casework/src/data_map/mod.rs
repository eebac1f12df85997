//! The data map: which object and field holds which category of whose data, why, for how long, and who can reach it.
//!
//! Built from describe, data-classification metadata, the catalogue and samples of text (`survey`); corrected and confirmed
//! by the officer (`confirm`). What nobody said stays not known, and every value carries what it rests on.

pub mod area;
pub mod confirm;
mod fields;
mod integrations;
mod readable;
pub mod survey;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::disclosure::Secret;

pub use area::Area;
pub use confirm::{Answer, Drift, Fact};
pub use readable::{Readable, ReadableSecret, Sum};
pub use survey::Survey;

/// The map of one org. It holds names of objects, fields, apps and integration users; no consumer's data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DataMap {
    pub objects: Vec<ObjectEntry>,
    pub integrations: Vec<Integration>,
    /// What could not be read or was not mapped, and why.
    pub not_read: Vec<NotRead>,
}

/// One object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectEntry {
    pub object: String,
    pub label: String,
    pub area: Area,
    /// `person` stands for a human being, `holds` can hold or point at personal data.
    pub people: String,
    /// Live records when the map was built; `None` is not known.
    pub records: Option<u64>,
    /// They were counted as the signed-in user sees them; else `records` is Salesforce's own estimate.
    #[serde(default)]
    pub counted: bool,
    /// Letters of Civ. § 1798.140(v)(1) over the object itself and its fields.
    pub categories: BTreeSet<char>,
    pub deletion: Deletion,
    pub fields: Vec<FieldEntry>,
}

/// What a deletion does around a record of this object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MapDeletion")]
pub struct Deletion {
    /// A deleted record stands in the bin for 15 days first.
    pub bin: bool,
    /// Parents with which its records go.
    pub goes_with: BTreeSet<String>,
    /// Children that go along.
    pub takes_along: BTreeSet<String>,
    /// Children that block it.
    pub blocked_by: BTreeSet<String>,
    /// Objects that keep earlier values of its fields.
    pub copies: BTreeSet<String>,
}

/// One field. `told` has one entry for each [`What`] that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldEntry {
    pub field: String,
    pub label: String,
    /// Salesforce's own word: `string`, `email` …
    #[serde(rename = "type")]
    pub field_type: String,
    /// `SecurityClassification` of the org's own metadata.
    pub security_classification: Option<String>,
    /// `ComplianceGroup` of the org's own metadata.
    pub compliance_groups: Vec<String>,
    /// Of how many sampled values each breach element was found in.
    pub sampled: Sampled,
    pub told: BTreeMap<What, Told>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MapSampled")]
pub struct Sampled {
    /// Values that were looked at.
    pub values: u64,
    /// Element → in how many of them.
    pub found: BTreeMap<String, u64>,
    /// In how many of them a password, key or token stands; never which.
    #[serde(default)]
    pub with_secrets: u64,
    #[serde(default)]
    pub secrets: BTreeSet<Secret>,
}

/// What a map says about a field. The words are the columns of the CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MapWhat")]
pub enum What {
    /// Letters of Civ. § 1798.140(v)(1).
    Categories,
    /// Places in Civ. § 1798.140(ae).
    Sensitive,
    /// Kinds of § 7024(d).
    NeverDisclosed,
    /// Elements of Civ. § 1798.82(h).
    BreachElements,
    Source,
    Purpose,
    Retention,
    /// The field that tells when it was collected.
    CollectionDate,
    Encryption,
    /// Recipients of the register who get it.
    Recipients,
    SoldOrShared,
}

impl What {
    pub const ALL: [Self; 11] = [
        Self::Categories,
        Self::Sensitive,
        Self::NeverDisclosed,
        Self::BreachElements,
        Self::Source,
        Self::Purpose,
        Self::Retention,
        Self::CollectionDate,
        Self::Encryption,
        Self::Recipients,
        Self::SoldOrShared,
    ];

    /// `breach_elements`
    pub fn word(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Sensitive => "sensitive",
            Self::NeverDisclosed => "never_disclosed",
            Self::BreachElements => "breach_elements",
            Self::Source => "source",
            Self::Purpose => "purpose",
            Self::Retention => "retention",
            Self::CollectionDate => "collection_date",
            Self::Encryption => "encryption",
            Self::Recipients => "recipients",
            Self::SoldOrShared => "sold_or_shared",
        }
    }

    /// Several words, sorted; else one text.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Categories
                | Self::Sensitive
                | Self::NeverDisclosed
                | Self::BreachElements
                | Self::Recipients
        )
    }

    /// Only the officer can say it; the org never tells.
    pub fn is_asked(self) -> bool {
        matches!(self, Self::Source | Self::Purpose | Self::Retention | Self::SoldOrShared)
    }
}

/// What is said, and on what it rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Lists have their words joined by `; `, sorted. Empty says "none", which somebody or something established.
    pub value: String,
    /// `describe`, `catalogue`, `name`, `samples`, `classification`, `officer` …
    pub basis: String,
    /// When the officer confirmed or corrected it, UTC.
    pub confirmed_at: Option<String>,
}

/// Who else comes to the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integration {
    pub name: String,
    /// `connected-app`, `token`, `named-credential`, `integration-user`.
    pub kinds: BTreeSet<String>,
    /// User names under which it works.
    pub users: BTreeSet<String>,
    /// Object → how much of it it may read.
    pub can_reach: BTreeMap<String, Reach>,
    /// Why `can_reach` is not the whole answer; `None` when it is.
    pub reach_unknown: Option<String>,
    /// When it was last used, and how often, where the org says so.
    pub last_used: Option<String>,
    pub uses: Option<u64>,
    /// Object → what the logs show; empty without logs.
    pub did_reach: BTreeMap<String, DidReach>,
}

/// How much of an object somebody may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Every record, else those that are shared with it.
    pub all_records: bool,
    /// Fields that it may not read.
    pub without: BTreeSet<String>,
}

/// What the logs of an incident show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MapDidReach")]
pub struct DidReach {
    pub from: String,
    pub to: String,
    /// Rows that the logs count, of several findings the one with most: they may tell of the same rows. `None` where they do not.
    pub rows: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MapNotRead")]
pub struct NotRead {
    pub what: String,
    pub because: String,
}

impl DidReach {
    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to), rows: self.rows.max(other.rows) }
    }
}

impl DataMap {
    pub fn object(&self, name: &str) -> Option<&ObjectEntry> {
        self.objects.iter().find(|it| it.object.eq_ignore_ascii_case(name))
    }

    /// How many asked-for answers nobody gave yet.
    pub fn unknown(&self) -> u64 {
        let open = |field: &FieldEntry| {
            What::ALL.iter().filter(|what| what.is_asked() && !field.told.contains_key(what)).count()
        };
        let personal = self.objects.iter().flat_map(|it| &it.fields).filter(|it| it.is_personal());
        personal.map(|it| u64::try_from(open(it)).unwrap_or(u64::MAX)).sum()
    }
}

impl ObjectEntry {
    pub fn field(&self, name: &str) -> Option<&FieldEntry> {
        self.fields.iter().find(|it| it.field.eq_ignore_ascii_case(name))
    }
}

impl FieldEntry {
    /// The words of a list, or the one text.
    pub fn words(&self, what: What) -> Vec<&str> {
        self.told.get(&what).map(|it| words(&it.value)).unwrap_or_default()
    }

    /// It holds something of a category, an element or a kind.
    pub fn is_personal(&self) -> bool {
        [What::Categories, What::Sensitive, What::NeverDisclosed, What::BreachElements]
            .into_iter()
            .any(|what| !self.words(what).is_empty())
    }
}

/// The words of a list as the CSV writes it.
pub fn words(value: &str) -> Vec<&str> {
    value.split(';').map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// A list as the CSV writes it: sorted, no word twice.
pub(crate) fn list<T: Into<String>>(words: impl IntoIterator<Item = T>) -> String {
    let words: BTreeSet<String> = words.into_iter().map(Into::into).collect();
    words.into_iter().collect::<Vec<_>>().join("; ")
}
