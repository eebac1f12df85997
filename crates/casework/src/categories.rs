//! Which categories of personal information a record holds, in the letters of Civ. Code § 1798.140(v)(1).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::catalogue::Catalogue;
use crate::row::Row;

/// The statute's letters and its words for them; `?` is ours, for text of which nobody said yet what it means.
const TERMS: [(char, &str); 13] = [
    ('A', "Identifiers"),
    ('B', "Customer records categories listed in Civil Code § 1798.80(e)"),
    ('C', "Characteristics of protected classifications under California or federal law"),
    ('D', "Commercial information"),
    ('E', "Biometric information"),
    ('F', "Internet or other electronic network activity information"),
    ('G', "Geolocation data"),
    ('H', "Audio, electronic, visual, thermal, olfactory, or similar information"),
    ('I', "Professional or employment-related information"),
    ('J', "Education information"),
    ('K', "Inferences drawn to create a profile"),
    ('L', "Sensitive personal information"),
    ('?', "Not yet assigned to a category"),
];

/// One category and the kinds of fields in which it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// `A` to `L`, or `?`.
    pub letter: char,
    pub category: &'static str,
    /// `Contact: Email`, or the object alone where the record itself tells; sorted; names only, no values.
    pub fields: Vec<String>,
}

/// Which categories the records hold, by letter. Machinery of the org (ids, owners, stamps) is none.
pub fn held<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<Held> {
    let mut found = BTreeMap::<char, BTreeSet<String>>::new();
    for row in rows {
        for letter in of_object(&row.object) {
            found.entry(letter).or_default().insert(row.object.clone());
        }
        for (field, _) in row.values.iter().filter(|(_, value)| !value.is_null()) {
            let mut letters = of_field(&row.object, field, "");
            if letters.is_empty() && is_unassigned(&row.object, field) {
                letters.insert('?');
            }
            for letter in letters {
                found.entry(letter).or_default().insert(format!("{}: {field}", row.object));
            }
        }
    }
    let held = |(letter, category): &(char, &'static str)| {
        let fields = found.remove(letter)?;
        Some(Held { letter: *letter, category, fields: fields.into_iter().collect() })
    };
    TERMS.iter().filter_map(held).collect()
}

/// Free text, and fields of the org's own making that no word tells.
fn is_unassigned(object: &str, field: &str) -> bool {
    match Catalogue::standard().object(object).and_then(|it| it.field(field)) {
        Some(known) => matches!(known.meaning.as_str(), "text" | "long-text"),
        None => field.ends_with("__c"),
    }
}

/// `assets/catalogue/categories.csv`: by what, what, letter.
type Table = BTreeMap<(String, String), char>;

#[derive(Deserialize)]
struct Line {
    by: String,
    what: String,
    letter: char,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let file = include_str!("../../../assets/catalogue/categories.csv");
        csv::Reader::from_reader(file.as_bytes())
            .deserialize::<Line>()
            .flatten()
            .map(|line| ((line.by, line.what), line.letter))
            .collect()
    })
}

fn letter(by: &str, what: &str) -> Option<char> {
    table().get(&(by.to_owned(), what.to_owned())).copied()
}

/// The letters that a record of this object adds by being there at all.
pub fn of_object(object: &str) -> BTreeSet<char> {
    let custom = object.contains("__");
    letter("object", object).into_iter().chain(words(object).filter(|_| custom).filter_map(by_word)).collect()
}

/// The letters of one field that holds a value. `field_type` is describe's word, or empty where it is not known.
pub fn of_field(object: &str, field: &str, field_type: &str) -> BTreeSet<char> {
    let known = Catalogue::standard().object(object).and_then(|it| it.field(field));
    let meaning = known.and_then(|it| letter("meaning", &it.meaning));
    let kind = known.map_or(field_type, |it| it.field_type.as_str());
    let personal = !matches!(kind, "reference" | "id" | "boolean");
    meaning
        .or_else(|| letter("type", kind))
        .into_iter()
        .chain(words(field).filter(|_| personal).filter_map(by_word))
        .collect()
}

/// Whether a field holds a conclusion drawn about the person (category K): a score, a segment, a rating.
pub fn is_inference(object: &str, field: &str, field_type: &str) -> bool {
    of_field(object, field, field_type).contains(&'K')
}

fn by_word(word: String) -> Option<char> {
    letter("word", &word)
}

/// `Lead_Score__c` and `LeadScore` alike are `lead`, `score`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut last_was_lower = false;
    for letter in name.trim_end_matches("__c").chars() {
        if !letter.is_alphanumeric() || (letter.is_uppercase() && last_was_lower) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
        last_was_lower = letter.is_lowercase();
    }
    words.into_iter().filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_fields_speak_by_their_meaning_and_custom_ones_by_type_and_words() {
        let letters = |it: BTreeSet<char>| it.into_iter().collect::<String>();
        assert_eq!(letters(of_field("Contact", "Email", "email")), "A");
        assert_eq!(letters(of_field("Contact", "Birthdate", "date")), "C");
        assert_eq!(letters(of_field("Contact", "Title", "string")), "I");
        assert_eq!(letters(of_field("Pet__c", "Owner_Email__c", "email")), "A");
        assert_eq!(letters(of_field("Contact", "Churn_Score__c", "double")), "K");
        assert_eq!(letters(of_field("Contact", "Average__c", "double")), "", "age is no word in average");
        assert_eq!(letters(of_object("Order")), "D");
        assert_eq!(letters(of_object("Loyalty_Member__c")), "D");
        assert!(is_inference("Lead", "Rating", "picklist") && !is_inference("Lead", "Email", "email"));
    }

    #[test]
    fn every_line_of_the_table_names_a_letter_from_a_to_l() {
        let file = include_str!("../../../assets/catalogue/categories.csv");
        assert_eq!(table().len(), file.lines().count() - 1, "a line is broken or doubled");
        assert!(table().values().all(|letter| ('A'..='L').contains(letter)));
    }

    #[test]
    fn each_field_stands_under_the_statutes_letter_and_machinery_under_none() {
        let row = |value: serde_json::Value| serde_json::from_value::<Row>(value).unwrap();
        let rows = [
            row(serde_json::json!({ "object": "Contact", "id": "0035g00000ANA01", "values": {
                "Email": "ana@example.com", "Phone": "1", "Birthdate": "1984-03-09", "OwnerId": "x", "Shelf__c": 1 } })),
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
                ('?', "Contact: Shelf__c")
            ]
        );
        assert!(!format!("{held:?}").contains("ana@example.com"), "names only");
    }
}
