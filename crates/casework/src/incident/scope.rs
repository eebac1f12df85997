//! Three honest numbers for every object: proved, probable, upper bound; and from the records the people, where they live,
//! and what of them was taken.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::elements::{self, KEYS, Looked, Mask};
use super::evaluate;
use super::finding::Rung;
use super::persons::{Contact, Gathering, Key, People, Sure, Taken};
use super::reach::Reach;
use super::repeat::{Touch, existed_at_any, presence_fields};
use super::residence::Basis;
use super::roles::{Kind, Roles};
use super::soql;
use crate::catalogue::Catalogue;
use crate::file_body;
use crate::normal::name::FullName;
use crate::record_id::RecordId;
use crate::row::Row;
use crate::schema::{Object, Schema};

/// Proved ≤ probable ≤ upper bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Numbers {
    pub proved: u64,
    pub probable: u64,
    pub upper_bound: u64,
}

impl Numbers {
    fn count(&mut self, sure: Sure) {
        self.proved += u64::from(sure == Sure::Proved);
        self.probable += u64::from(sure <= Sure::Probable);
        self.upper_bound += 1;
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ObjectNumbers {
    pub object: String,
    #[serde(flatten)]
    #[ts(flatten)]
    pub numbers: Numbers,
}

/// The people of one place, and by what it is known that they live there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Residents {
    #[serde(flatten)]
    #[ts(flatten)]
    pub numbers: Numbers,
    /// Of the people of the upper bound.
    pub basis: Bases,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Bases {
    pub address: u64,
    pub zip: u64,
    pub phone: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ElementNumbers {
    #[serde(flatten)]
    #[ts(flatten)]
    pub numbers: Numbers,
    /// People of the upper bound of whom it stands in encrypted fields only.
    pub encrypted_only: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindingRung {
    pub finding: String,
    pub rung: Rung,
}

/// People who lost the same things, by where they live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "PeopleGroup")]
pub struct Group {
    pub elements: Vec<String>,
    pub residents: BTreeMap<String, u64>,
}

/// The same for each of the three numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "PeopleGroups")]
pub struct Groups {
    pub proved: Vec<Group>,
    pub probable: Vec<Group>,
    pub upper_bound: Vec<Group>,
}

/// What a taking came to, for the officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakingLine {
    pub at: String,
    pub object: String,
    pub findings: Vec<String>,
    pub rung: Rung,
    /// Records that this taking names.
    pub records: u64,
    /// Records that the log counts.
    pub logged: Option<u64>,
    pub why: String,
}

/// Files whose bodies were or may have been taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TakenFiles")]
pub struct Files {
    /// Files in the upper bound.
    pub taken: u64,
    /// Files whose text was looked through.
    pub read: u64,
    /// Files of which something or everything was not read, by why; what they hold is not among the elements.
    pub unread: BTreeMap<String, u64>,
}

/// Whose data it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Scope {
    pub objects: Vec<ObjectNumbers>,
    pub persons: Numbers,
    pub residents: BTreeMap<String, Residents>,
    pub elements: BTreeMap<String, ElementNumbers>,
    /// The org's own users, who are no consumers.
    pub users: Numbers,
    pub findings: Vec<FindingRung>,
    pub takings: Vec<TakingLine>,
    #[serde(default)]
    pub files: Files,
    pub groups: Groups,
    /// What a reader of the numbers must know.
    pub notes: Vec<String>,
}

/// One person of a scope, as it is kept. Personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFile {
    /// `P-000001`, the same as long as nothing is counted anew.
    pub person: String,
    /// `proved`, `probable`, `upper_bound`
    pub sure: String,
    /// `US-CA`, or `unknown`.
    pub residence: String,
    /// By what the residence is known; `None` where it is not.
    pub basis: Option<Basis>,
    /// Elements that are proved, probable, possible; each list contains the one before.
    pub elements: [Vec<String>; 3],
    /// Those of the possible elements that stand in a field without encryption.
    pub unencrypted: Vec<String>,
    pub contact: Contact,
    pub records: Vec<PersonRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRecord {
    pub object: String,
    pub id: RecordId,
    pub sure: String,
}

impl PersonFile {
    pub fn of(people: &People, at: usize) -> Self {
        let person = people.person(at);
        let keys = |mask: Mask| mask.keys().map(str::to_owned).collect::<Vec<_>>();
        let records = people.records(at).into_iter();
        Self {
            person: format!("P-{:06}", at + 1),
            sure: person.sure.word().to_owned(),
            residence: person.residence.map_or(UNKNOWN, |(_, place)| place.code()).to_owned(),
            basis: person.residence.map(|it| it.0),
            elements: person.elements.map(keys),
            unencrypted: keys(person.clear.both(person.elements[2])),
            contact: people.contact(at),
            records: records
                .map(|(object, id, sure)| PersonRecord {
                    object: object.to_owned(),
                    id,
                    sure: sure.word().to_owned(),
                })
                .collect(),
        }
    }
}

/// Where nobody knows the state.
pub const UNKNOWN: &str = "unknown";

/// One touched object: what is known of its records, and the reading of them.
#[derive(Debug)]
pub struct Touched {
    pub object: Object,
    roles: Roles,
    touches: Vec<Touch>,
    /// Fields that were or may have been taken, with what makes an element of them.
    fields: Vec<(String, Option<Looked>, NamePart)>,
    sets: Vec<Vec<u16>>,
    marks: HashMap<Key, (Option<u16>, Option<u16>)>,
    seen: HashSet<Key>,
    /// The fields of the upper bound; `None`: the principal could not read the object.
    widest: Option<u16>,
    numbers: Numbers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamePart {
    None,
    Given,
    Family,
    Full,
    /// No part of a name: the bytes of a file.
    Body,
}

/// What of a record was taken: the sets of fields that are proved, probable, possible.
type Levels = [Option<u16>; 3];

impl Touched {
    pub fn new(object: &Object, schema: &Schema) -> Self {
        Self {
            object: object.clone(),
            roles: Roles::of(object, schema),
            touches: Vec::new(),
            fields: Vec::new(),
            sets: Vec::new(),
            marks: HashMap::new(),
            seen: HashSet::new(),
            widest: None,
            numbers: Numbers::default(),
        }
    }

    /// Notes a moment at which records of the object were read, and which fields of them.
    pub fn touch(&mut self, touch: Touch, taken: &soql::Taken, schema: &Schema, reach: &Reach) {
        if !reach.reads(&self.object.name) {
            return;
        }
        self.touches.push(touch);
        let set = self.set_of(taken, schema, reach);
        self.widest = Some(match self.widest {
            Some(known) => self.union(known, set),
            None => set,
        });
    }

    /// Notes records as proved or probable, with the fields that were taken of them.
    pub fn mark(
        &mut self,
        sure: Sure,
        ids: &[RecordId],
        taken: &soql::Taken,
        schema: &Schema,
        reach: &Reach,
    ) {
        let set = self.set_of(taken, schema, reach);
        for id in ids {
            let key = Key::of(id);
            let known = self.marks.get(&key).copied().unwrap_or_default();
            let join =
                |it: &mut Self, known: Option<u16>| Some(known.map_or(set, |known| it.union(known, set)));
            let marked = match sure {
                Sure::Proved => (join(self, known.0), known.1),
                _ => (known.0, join(self, known.1)),
            };
            self.marks.insert(key, marked);
        }
    }

    fn set_of(&mut self, taken: &soql::Taken, schema: &Schema, reach: &Reach) -> u16 {
        let names: Vec<String> = match taken {
            soql::Taken::Nothing => Vec::new(),
            soql::Taken::Fields(names) => names.clone(),
            soql::Taken::Everything | soql::Taken::Record => {
                let object = &self.object;
                let bodies = *taken == soql::Taken::Everything;
                let readable = object.fields.iter().filter(|it| reach.reads_field(object, it));
                readable.filter(|it| bodies || it.field_type != "base64").map(|it| it.name.clone()).collect()
            }
        };
        let mut set: Vec<u16> = names.iter().filter_map(|name| self.field(name, schema)).collect();
        set.sort_unstable();
        set.dedup();
        self.intern(set)
    }

    fn intern(&mut self, set: Vec<u16>) -> u16 {
        let place = self.sets.iter().position(|it| *it == set).unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    fn union(&mut self, a: u16, b: u16) -> u16 {
        if a == b {
            return a;
        }
        let of = |it: &Self, at: u16| it.sets.get(usize::from(at)).cloned().unwrap_or_default();
        let mut set = of(self, a);
        set.extend(of(self, b));
        set.sort_unstable();
        set.dedup();
        self.intern(set)
    }

    /// The place of a field that was taken; `None` for one that the object does not have, or whose values tell nothing.
    fn field(&mut self, name: &str, schema: &Schema) -> Option<u16> {
        let of = |name: &str| schema.object(name);
        let (owner, field) = elements::behind(name, &self.object, &of)?;
        let body = file_body::is_body(&owner.name, &field.name) && owner.name == self.object.name;
        if field.field_type == "address" || field.field_type == "base64" && !body {
            return None;
        }
        let path = name.split_once('.').map_or_else(|| field.name.clone(), |_| name.to_owned());
        if let Some(place) = self.fields.iter().position(|(known, ..)| *known == path) {
            return u16::try_from(place).ok();
        }
        let meaning = Catalogue::standard()
            .object(&owner.name)
            .and_then(|it| it.field(&field.name))
            .map(|it| it.meaning.as_str())
            .unwrap_or_default();
        let looked = Looked::of(field, meaning);
        let own = owner.name == self.object.name;
        let is = |role: &Option<String>| own && role.as_deref() == Some(field.name.as_str());
        let part = if body {
            NamePart::Body
        } else if is(&self.roles.given) {
            NamePart::Given
        } else if is(&self.roles.family) {
            NamePart::Family
        } else if is(&self.roles.full_name)
            || field.name == "Name" && matches!(owner.name.as_str(), "Contact" | "Lead" | "Individual")
        {
            NamePart::Full
        } else {
            NamePart::None
        };
        if looked.is_none() && part == NamePart::None {
            return None;
        }
        self.fields.push((path, looked, part));
        u16::try_from(self.fields.len() - 1).ok()
    }

    /// Whether its records must be read: something of it was or may have been taken.
    pub fn is_needed(&self) -> bool {
        !self.touches.is_empty() || !self.marks.is_empty()
    }

    /// Every field that reading the records needs.
    pub fn select(&self) -> Vec<String> {
        let listed = self.fields.iter().filter(|(.., part)| *part != NamePart::Body);
        let mut fields: Vec<String> = listed.map(|(name, ..)| name.clone()).collect();
        fields.extend(file_body::names_of(&self.object));
        fields.extend(self.roles.fields());
        fields.extend(presence_fields(&self.object));
        fields.extend(
            ["IsPersonAccount", "PersonContactId"]
                .into_iter()
                .filter_map(|it| self.object.field(it))
                .map(|it| it.name.clone()),
        );
        fields.sort();
        fields.dedup();
        fields
    }

    /// The field of the object's files that was or may have been taken; `None` when no body was.
    pub fn body(&self) -> Option<&str> {
        self.fields.iter().find(|(.., part)| *part == NamePart::Body).map(|(name, ..)| name.as_str())
    }

    /// Whether the body of this file was or may have been taken.
    pub fn lost_body(&self, row: &Row) -> bool {
        let body = self.fields.iter().position(|(.., part)| *part == NamePart::Body);
        let body = body.and_then(|it| u16::try_from(it).ok());
        let sets = self.levels(row).into_iter().flatten().filter_map(|set| self.sets.get(usize::from(set)));
        body.is_some_and(|body| sets.into_iter().any(|set| set.contains(&body)))
    }

    fn levels(&self, row: &Row) -> Levels {
        let (proved, probable) = self.marks.get(&Key::of(&row.id)).copied().unwrap_or_default();
        [proved, probable, self.widest.filter(|_| existed_at_any(row, &self.touches))]
    }

    /// Takes one record of the object in, with the elements that its body holds where it is a file. A record that was not there
    /// to be read is passed over.
    pub fn take(&mut self, row: &Row, body: Mask, people: &mut Gathering) {
        let key = Key::of(&row.id);
        let levels @ [proved, probable, possible] = self.levels(row);
        let Some(surest) = levels.iter().position(Option::is_some) else { return };
        let sure = [Sure::Proved, Sure::Probable].get(surest).copied().unwrap_or(Sure::UpperBound);
        if !self.seen.insert(key) {
            return;
        }
        self.numbers.count(sure);
        let found: Vec<Mask> = self
            .fields
            .iter()
            .map(|(name, looked, part)| match (looked, row.values.get(name)) {
                _ if *part == NamePart::Body => body,
                (Some(looked), Some(value)) => match value.as_str() {
                    Some(text) => looked.elements(text),
                    None if value.is_null() => Mask::default(),
                    None => looked.elements(&value.to_string()),
                },
                _ => Mask::default(),
            })
            .collect();
        let of = |set: Option<u16>| self.in_set(set, row, &found);
        let first = of(proved);
        let second = first.with(of(probable));
        let third = second.with(of(possible));
        let clear = self
            .fields
            .iter()
            .zip(&found)
            .filter(|((_, looked, _), _)| !looked.as_ref().is_some_and(|it| it.encrypted));
        let clear = clear.fold(Mask::NAME, |sum, (_, one)| sum.with(*one));
        let taken = Taken { sure: Some(sure), elements: [first, second, third], clear };
        people.add(row, &self.roles, taken);
    }

    /// The elements of a record in one set of fields.
    fn in_set(&self, set: Option<u16>, row: &Row, found: &[Mask]) -> Mask {
        let Some(set) = set.and_then(|it| self.sets.get(usize::from(it))) else { return Mask::default() };
        let (mut mask, mut given, mut family) = (Mask::default(), "", "");
        for place in set.iter().map(|it| usize::from(*it)) {
            mask = mask.with(found.get(place).copied().unwrap_or_default());
            let Some((name, _, part)) = self.fields.get(place) else { continue };
            let text = row.text(name).unwrap_or_default();
            match part {
                NamePart::Given => given = text,
                NamePart::Family => family = text,
                NamePart::Full if FullName::read(text).is_some() => mask = mask.with(Mask::NAME),
                NamePart::Full | NamePart::Body | NamePart::None => {}
            }
        }
        if !given.is_empty() && !family.is_empty() { mask.with(Mask::NAME) } else { mask }
    }

    /// Ends the reading: records that logs name and that are gone for good count all the same.
    pub fn finish(mut self, people: &mut Gathering) -> (ObjectNumbers, u64) {
        let mut gone = 0;
        let mut missing: Vec<(Key, Sure)> = self
            .marks
            .iter()
            .filter(|(key, _)| !self.seen.contains(*key))
            .map(|(key, (proved, _))| (*key, if proved.is_some() { Sure::Proved } else { Sure::Probable }))
            .collect();
        missing.sort_unstable();
        for (key, sure) in missing {
            self.numbers.count(sure);
            people.gone(key, &self.object.name, sure, self.roles.kind);
            gone += 1;
        }
        (ObjectNumbers { object: self.object.name, numbers: self.numbers }, gone)
    }
}

/// Reads a record of an object that was not touched, for what it says of people already known.
pub fn look_up(row: &Row, roles: &Roles, people: &mut Gathering) {
    if roles.kind != Kind::User
        && !row.flag("IsDeleted")
        && !row.text("IsDeleted").is_some_and(evaluate::is_true)
    {
        people.add(row, roles, Taken::default());
    }
}

impl Scope {
    /// Counts the people.
    pub fn count(&mut self, people: &People) {
        let mut groups: [BTreeMap<Mask, BTreeMap<String, u64>>; 3] = Default::default();
        let [proved, probable, upper_bound] = people.users;
        self.users = Numbers { proved, probable, upper_bound };
        // Nobody unknown is a figure too.
        self.residents.entry(UNKNOWN.to_owned()).or_default();
        for person in people.each() {
            self.persons.count(person.sure);
            let place = person.residence.map_or(UNKNOWN, |(_, place)| place.code());
            let residents = self.residents.entry(place.to_owned()).or_default();
            residents.numbers.count(person.sure);
            match person.residence.map(|(basis, _)| basis) {
                Some(Basis::Address) => residents.basis.address += 1,
                Some(Basis::Zip) => residents.basis.zip += 1,
                Some(Basis::Phone) => residents.basis.phone += 1,
                None => {}
            }
            let [first, second, third] = person.elements;
            for key in third.keys() {
                let bit = Mask(1 << KEYS.iter().position(|it| *it == key).unwrap_or_default());
                let has = |mask: Mask| u64::from(mask.without(bit) != mask);
                let element = self.elements.entry(key.to_owned()).or_default();
                element.numbers.proved += has(first);
                element.numbers.probable += has(second);
                element.numbers.upper_bound += 1;
                element.encrypted_only += 1 - has(person.clear);
            }
            let rungs = [Sure::Proved, Sure::Probable, Sure::UpperBound];
            for ((sure, mask), group) in rungs.into_iter().zip(person.elements).zip(&mut groups) {
                if person.sure <= sure {
                    *group.entry(mask).or_default().entry(place.to_owned()).or_default() += 1;
                }
            }
        }
        let [first, second, third] = groups.map(listed);
        self.groups = Groups { proved: first, probable: second, upper_bound: third };
    }
}

fn listed(groups: BTreeMap<Mask, BTreeMap<String, u64>>) -> Vec<Group> {
    groups
        .into_iter()
        .map(|(mask, residents)| Group { elements: mask.keys().map(str::to_owned).collect(), residents })
        .collect()
}

#[cfg(test)]
mod tests;
