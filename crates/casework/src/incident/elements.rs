//! What of a person was taken, as the elements of the breach laws; and in which form it was kept.

use std::collections::BTreeMap;

use crate::disclosure::{self, Element};
use crate::schema::{Field, Object};

/// Elements as the law book names them, `name` first.
pub const KEYS: [&str; 23] = [
    "name",
    "ssn",
    "dl",
    "tin",
    "gov_id",
    "account",
    "account_code",
    "medical",
    "health_ins",
    "biometric",
    "genetic",
    "alpr",
    "username",
    "email",
    "password",
    "security_qa",
    "dob",
    "mmn",
    "esig",
    "employee_id",
    "student_id",
    "location",
    "private_key",
];

/// A set of elements, one bit each, in the order of [`KEYS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mask(pub u32);

impl Mask {
    pub const NAME: Self = Self(1);

    fn of(element: Element) -> Self {
        Self(1 << (element as u32 + 1))
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[must_use]
    pub fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        KEYS.iter().enumerate().filter(move |(place, _)| self.0 & (1 << place) != 0).map(|(_, key)| *key)
    }
}

/// A field that was taken, ready to be looked at in every record.
#[derive(Debug, Clone)]
pub struct Looked {
    label: String,
    /// What its name and type say of every value.
    always: Mask,
    /// Whether values are looked at too.
    reads: bool,
    /// Kept encrypted at rest (Shield, or classic encryption).
    pub encrypted: bool,
}

impl Looked {
    /// `None` for fields whose values say nothing: ids, lookups, checkboxes.
    pub fn of(field: &Field, meaning: &str) -> Option<Self> {
        if matches!(field.field_type.as_str(), "id" | "reference" | "boolean" | "base64" | "address") {
            return None;
        }
        let always = mask(disclosure::elements_of_field(field));
        let numbers = [
            "date",
            "datetime",
            "time",
            "double",
            "int",
            "long",
            "currency",
            "percent",
            "phone",
            "picklist",
            "multipicklist",
            "location",
        ];
        let plain = [
            "given-name",
            "family-name",
            "middle-name",
            "full-name",
            "salutation",
            "suffix",
            "city",
            "region",
            "country",
            "postal",
            "status",
            "id",
            "phone",
            "street",
        ];
        let reads = !numbers.contains(&field.field_type.as_str()) && !plain.contains(&meaning);
        (reads || always != Mask::default()).then(|| Self {
            label: field.label.clone(),
            always,
            reads,
            encrypted: field.encrypted || field.field_type == "encryptedstring",
        })
    }

    /// The elements that a value holds.
    pub fn elements(&self, value: &str) -> Mask {
        if value.trim().is_empty() {
            return Mask::default();
        }
        if !self.reads {
            return self.always;
        }
        self.always.with(mask(disclosure::elements_of_value(&self.label, value)))
    }
}

/// The elements that a text of a file holds.
pub fn in_text(text: &str) -> Mask {
    mask(disclosure::elements(None, text))
}

fn mask(elements: BTreeMap<Element, disclosure::Basis>) -> Mask {
    elements.into_keys().fold(Mask::default(), |sum, it| sum.with(Mask::of(it)))
}

/// The field behind a path of one step: `Contact.Email` of a case is the contact's email.
pub fn behind<'a>(
    path: &str,
    object: &'a Object,
    of: &'a dyn Fn(&str) -> Option<&'a Object>,
) -> Option<(&'a Object, &'a Field)> {
    let Some((relationship, field)) = path.split_once('.') else {
        return object.field(path).map(|field| (object, field));
    };
    let lookup = object.fields.iter().find(|it| {
        it.relationship_name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(relationship))
    })?;
    lookup
        .reference_to
        .iter()
        .filter_map(|target| of(target))
        .find_map(|target| Some((target, target.field(field)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, field_type: &str) -> Field {
        Field {
            name: name.into(),
            label: name.replace('_', " "),
            field_type: field_type.into(),
            ..Field::default()
        }
    }

    #[test]
    fn keys_and_elements_are_in_one_order() {
        for (element, key) in [
            (Element::Ssn, "ssn"),
            (Element::GovId, "gov_id"),
            (Element::Email, "email"),
            (Element::PrivateKey, "private_key"),
        ] {
            assert_eq!(Mask::of(element).keys().collect::<Vec<_>>(), [key]);
            assert_eq!(serde_json::to_value(element).unwrap(), key);
        }
    }

    #[test]
    fn a_field_speaks_by_its_name_type_and_value() {
        let look = |name: &str, kind: &str, value: &str| {
            Looked::of(&field(name, kind), "")
                .map(|it| it.elements(value).keys().collect::<Vec<_>>().join(","))
        };
        assert_eq!(look("SSN__c", "string", "219-09-9999").as_deref(), Some("ssn"));
        assert_eq!(look("Email", "email", "ana@example.com").as_deref(), Some("email"));
        assert_eq!(look("Birthdate", "date", "1988-04-17").as_deref(), Some("dob"));
        assert_eq!(look("Birthdate", "date", "").as_deref(), Some(""));
        assert_eq!(look("Description", "textarea", "my SSN is 219-09-9999, thanks").as_deref(), Some("ssn"));
        assert_eq!(look("Description", "textarea", "the poles do not fit").as_deref(), Some(""));
        assert_eq!(look("OwnerId", "reference", "x"), None);
        assert_eq!(look("CloseDate", "date", "2026-01-01"), None);
    }
}
