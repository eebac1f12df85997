//! The person a request is about, as the officer wrote them down.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `subject.json`: every identifier that is known of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub emails: Vec<String>,
    #[serde(default)]
    pub phones: Vec<String>,
    #[serde(default)]
    pub addresses: Vec<Address>,
    #[serde(default)]
    pub birthdate: Option<chrono::NaiveDate>,
    #[serde(default)]
    pub account_numbers: Vec<String>,
    #[serde(default)]
    pub record_ids: Vec<String>,
    /// Values of named fields, `{"Loyalty_Number__c":"L-1"}`.
    #[serde(default)]
    pub other: BTreeMap<String, String>,
}

/// A postal address in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[serde(default)]
    pub street: Option<String>,
    #[serde(default)]
    pub city: Option<String>,
    #[serde(default)]
    pub region: Option<String>,
    #[serde(default)]
    pub postal_code: Option<String>,
    #[serde(default)]
    pub country: Option<String>,
}
