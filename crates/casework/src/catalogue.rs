//! What the standard objects and fields mean: the tables under `assets/catalogue`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// The catalogue's three tables, by object.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    objects: BTreeMap<String, KnownObject>,
}

/// One standard object.
#[derive(Debug, Clone, Default)]
pub struct KnownObject {
    pub name: String,
    pub label: String,
    pub people: People,
    pub note: String,
    pub fields: Vec<KnownField>,
    pub children: Vec<KnownChild>,
}

/// What an object has to do with people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum People {
    /// A record stands for a person.
    Person,
    /// A record can hold personal data.
    #[default]
    Holds,
    None,
}

#[derive(Debug, Clone, Deserialize)]
pub struct KnownField {
    pub object: String,
    pub name: String,
    #[serde(default)]
    pub label: String,
    #[serde(rename = "type", default)]
    pub field_type: String,
    #[serde(default)]
    pub traits: String,
    /// What the field means, in a word; empty when it means nothing of ours.
    #[serde(default)]
    pub meaning: String,
}

/// A row of the table of children; its columns by name.
pub type KnownChild = BTreeMap<String, String>;

impl Catalogue {
    /// The catalogue that ships with the program.
    pub fn standard() -> &'static Self {
        static STANDARD: OnceLock<Catalogue> = OnceLock::new();
        STANDARD.get_or_init(|| {
            Catalogue::read(
                include_str!("../../../assets/catalogue/objects.csv"),
                include_str!("../../../assets/catalogue/fields.csv"),
                include_str!("../../../assets/catalogue/children.csv"),
            )
        })
    }

    /// Reads the three tables. A row that does not fit is passed over; a test keeps the shipped ones whole.
    pub fn read(objects: &str, fields: &str, children: &str) -> Self {
        let mut all = BTreeMap::new();
        for row in rows(objects) {
            let text = |column: &str| row.get(column).cloned().unwrap_or_default();
            let people = match text("people").as_str() {
                "person" => People::Person,
                "none" => People::None,
                _ => People::Holds,
            };
            let known = KnownObject {
                name: text("name"),
                label: text("label"),
                people,
                note: text("note"),
                ..Default::default()
            };
            all.insert(known.name.clone(), known);
        }
        for field in csv::Reader::from_reader(fields.as_bytes()).deserialize::<KnownField>().flatten() {
            if let Some(object) = all.get_mut(&field.object) {
                object.fields.push(field);
            }
        }
        for child in rows(children) {
            let parent = child.get("parent").or_else(|| child.get("object")).cloned().unwrap_or_default();
            if let Some(object) = all.get_mut(&parent) {
                object.children.push(child);
            }
        }
        Self { objects: all }
    }

    pub fn object(&self, name: &str) -> Option<&KnownObject> {
        self.objects.get(name)
    }

    pub fn objects(&self) -> impl Iterator<Item = &KnownObject> {
        self.objects.values()
    }
}

impl KnownObject {
    pub fn field(&self, name: &str) -> Option<&KnownField> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read_by_column_name() {
        let catalogue = Catalogue::read(
            "name,label,label_plural,key_prefix,traits,people,note\nContact,Contact,Contacts,003,,person,\nProduct2,Product,Products,01t,,none,goods\n",
            "object,name,label,type,length,refers_to,relationship,traits,meaning\nContact,Email,Email,email,80,,,,email\n",
            "",
        );
        assert_eq!(catalogue.object("Contact").unwrap().people, People::Person);
        assert_eq!(catalogue.object("Contact").unwrap().field("email").unwrap().meaning, "email");
        assert_eq!(catalogue.object("Product2").unwrap().people, People::None);
    }

    #[test]
    fn the_shipped_catalogue_knows_the_people() {
        for name in ["Contact", "Lead", "Account", "User", "Individual"] {
            assert_eq!(Catalogue::standard().object(name).unwrap().people, People::Person, "{name}");
        }
    }
}
