//! The categories of personal information, in the statute's letters (Civ. Code § 1798.140(v)(1)), read from located records.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Catalogue;
use crate::row::Row;

/// One category and the kinds of fields in which it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// `A` to `L`; `?` for fields of which nobody said yet what they mean.
    pub letter: char,
    pub category: &'static str,
    /// `Contact: Email`, sorted; names only, no values.
    pub fields: Vec<String>,
}

const TERMS: [(char, &str); 8] = [
    ('A', "Identifiers"),
    ('B', "Customer records categories listed in Civil Code § 1798.80(e)"),
    ('C', "Characteristics of protected classifications"),
    ('D', "Commercial information"),
    ('F', "Internet or other electronic network activity information"),
    ('G', "Geolocation data"),
    ('I', "Professional or employment-related information"),
    ('?', "Not yet assigned to a category"),
];

/// Objects whose records tell what somebody bought, used or asked for.
const COMMERCIAL: [&str; 10] = [
    "Order",
    "OrderItem",
    "Opportunity",
    "OpportunityLineItem",
    "Quote",
    "Asset",
    "Contract",
    "Case",
    "CampaignMember",
    "ServiceContract",
];

/// Which categories the records hold, by letter. Machinery of the org (ids, owners, stamps) is none.
pub fn held<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<Held> {
    let mut found = BTreeMap::<char, BTreeSet<String>>::new();
    for row in rows {
        if COMMERCIAL.contains(&row.object.as_str()) {
            found.entry('D').or_default().insert(row.object.clone());
        }
        for field in row.values.keys() {
            if let Some(letter) = letter(&row.object, field) {
                found.entry(letter).or_default().insert(format!("{}: {field}", row.object));
            }
        }
    }
    TERMS
        .iter()
        .filter_map(|(letter, category)| {
            let fields = found.remove(letter)?;
            Some(Held { letter: *letter, category, fields: fields.into_iter().collect() })
        })
        .collect()
}

fn letter(object: &str, field: &str) -> Option<char> {
    let known = Catalogue::standard().object(object).and_then(|it| it.field(field));
    if matches!(field, "Title" | "Department" | "Company" | "Industry") {
        return Some('I');
    }
    match known.map(|it| it.meaning.as_str()) {
        Some(
            "full-name" | "given-name" | "family-name" | "middle-name" | "suffix" | "salutation" | "email"
            | "email-list" | "street" | "city" | "postal" | "region" | "country" | "account-number"
            | "handle",
        ) => Some('A'),
        Some("phone") => Some('B'),
        Some("birthdate") => Some('C'),
        Some("money") => Some('D'),
        Some("ip") => Some('F'),
        Some("geo") => Some('G'),
        Some("text" | "long-text") => Some('?'),
        Some(_) => None,
        None if field.ends_with("__c") => Some('?'),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_stands_under_the_statutes_letter_and_machinery_under_none() {
        let row = |value: serde_json::Value| serde_json::from_value::<Row>(value).unwrap();
        let rows = [
            row(serde_json::json!({ "object": "Contact", "id": "0035g00000ANA01", "values": {
                "Email": "ana@example.com", "Phone": "1", "Birthdate": "1984-03-09", "OwnerId": "x", "Score__c": 1 } })),
            row(
                serde_json::json!({ "object": "Case", "id": "5005g00000CAS01", "values": { "OwnerId": "x" } }),
            ),
        ];
        let held = held(&rows);
        let told: Vec<(char, &str)> = held.iter().map(|it| (it.letter, it.fields[0].as_str())).collect();
        assert_eq!(
            told,
            [
                ('A', "Contact: Email"),
                ('B', "Contact: Phone"),
                ('C', "Contact: Birthdate"),
                ('D', "Case"),
                ('?', "Contact: Score__c")
            ]
        );
        assert!(!format!("{held:?}").contains("ana@example.com"), "names only");
    }
}
