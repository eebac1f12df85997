//! What an integration finds where it can read: how many records, how many sensitive fields, which secrets.

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;

use super::{ObjectEntry, Reach, What};
use crate::disclosure::Secret;

/// One object in an integration's reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MapReach")]
pub struct Readable {
    /// Every record, else those that are shared with it: `records` is an upper bound then.
    pub all_records: bool,
    /// Fields that it may not read.
    pub without: BTreeSet<String>,
    /// Live records of the object when the map was built; `None` is not known.
    pub records: Option<u64>,
    /// They were counted; else they are Salesforce's own estimate.
    pub counted: bool,
    /// Readable fields with something of § 1798.140(ae) or § 7024(d).
    pub sensitive_fields: usize,
    /// Readable fields in whose samples secrets stand.
    pub secrets: Vec<ReadableSecret>,
}

/// Secrets in the samples of one field; never the secrets themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MapSecret")]
pub struct ReadableSecret {
    pub field: String,
    /// Sampled values that hold at least one.
    pub samples: u64,
    /// Values that were looked at.
    pub of: u64,
    pub kinds: BTreeSet<Secret>,
}

/// Every object in an integration's reach together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MapReachSum")]
pub struct Sum {
    /// As far as they are known.
    pub records: u64,
    /// Every object is read whole and was counted; else `records` is about the number.
    pub exact: bool,
    /// Objects whose number of records is not known.
    pub not_known: usize,
    pub sensitive_fields: usize,
    /// `Case.Description`, each with secrets in its samples.
    pub secrets: Vec<String>,
}

impl Readable {
    /// What stands open in this object; of one that is no longer on the map only the reach is known.
    pub fn of(reach: &Reach, object: Option<&ObjectEntry>) -> Self {
        let fields = || {
            let all = object.into_iter().flat_map(|it| &it.fields);
            all.filter(|it| !reach.without.contains(&it.field))
        };
        let sensitive = fields()
            .filter(|it| !it.words(What::Sensitive).is_empty() || !it.words(What::NeverDisclosed).is_empty());
        let secrets = fields().filter(|it| it.sampled.with_secrets > 0).map(|it| ReadableSecret {
            field: it.field.clone(),
            samples: it.sampled.with_secrets,
            of: it.sampled.values,
            kinds: it.sampled.secrets.clone(),
        });
        Self {
            all_records: reach.all_records,
            without: reach.without.clone(),
            records: object.and_then(|it| it.records),
            counted: object.is_some_and(|it| it.counted),
            sensitive_fields: sensitive.count(),
            secrets: secrets.collect(),
        }
    }
}

impl Sum {
    pub fn of<'a>(all: impl Iterator<Item = (&'a String, &'a Readable)>) -> Self {
        let mut sum = Self { exact: true, ..Self::default() };
        for (object, it) in all {
            sum.records += it.records.unwrap_or_default();
            sum.exact &= it.all_records && it.counted;
            sum.not_known += usize::from(it.records.is_none());
            sum.sensitive_fields += it.sensitive_fields;
            sum.secrets.extend(it.secrets.iter().map(|secret| format!("{object}.{}", secret.field)));
        }
        sum
    }
}
