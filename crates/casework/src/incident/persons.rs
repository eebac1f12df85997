//! Records → people. Every record that was or may have been taken becomes one person's; duplicates of a person are merged
//! by the rules of the request road: Salesforce's own links, one email under one name, two weaker agreements.
//!
//! A million people fit: records are kept as ids, keys as hashes, names as short texts; rows are not kept.

mod merge;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::elements::Mask;
use super::residence::{Basis, Place, Written};
use super::roles::{Kind, Roles};
use crate::normal::address::Place as Address;
use crate::normal::date;
use crate::normal::email::Email;
use crate::normal::name::FullName;
use crate::normal::phone::Phone;
use crate::record_id::RecordId;
use crate::row::Row;

/// How sure it is that something was taken, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    Proved,
    Probable,
    UpperBound,
}

impl Sure {
    pub fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Probable => "probable",
            Self::UpperBound => "upper_bound",
        }
    }
}

/// The 15 letters of an id, which are case-sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key([u8; 15]);

impl Key {
    pub fn of(id: &RecordId) -> Self {
        let mut key = [b'0'; 15];
        for (to, from) in key.iter_mut().zip(id.short().bytes()) {
            *to = from;
        }
        Self(key)
    }

    pub fn id(self) -> Option<RecordId> {
        RecordId::parse(std::str::from_utf8(&self.0).ok()?).ok()
    }
}

/// What was taken of one record, by how sure it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taken {
    /// `None`: not taken; the record is read for what it says of its person.
    pub sure: Option<Sure>,
    /// Elements that are proved, probable, possible; each contains the one before.
    pub elements: [Mask; 3],
    /// Those among the possible ones that stand in a field without encryption.
    pub clear: Mask,
}

#[derive(Debug)]
pub(super) struct Node {
    key: Key,
    object: u16,
    kind: Kind,
    /// The record itself was read, not only pointed at.
    read: bool,
    /// An account that is a person.
    person: bool,
    /// It has a name or an email of its own.
    somebody: bool,
    taken: Taken,
    name: Option<Box<str>>,
    residence: Option<(Basis, Place)>,
    contact: Option<Box<str>>,
}

/// Gathers records, in any order; each record once.
#[derive(Debug, Default)]
pub struct Gathering {
    objects: Vec<String>,
    nodes: Vec<Node>,
    places: HashMap<Key, u32>,
    /// Links that Salesforce itself made: from, to, whether another name keeps apart, whether only a person account counts.
    links: Vec<Link>,
    /// Values that people share: hash, kind of value, record.
    values: Vec<(u64, Agreement, u32)>,
    users: [u64; 3],
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    from: u32,
    to: u32,
    guarded: bool,
    /// Counts only when the target is a person: an account may be a business.
    to_person: bool,
}

/// What two records agree in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// One email: one person, unless the names differ.
    Email,
    /// A variant of the email, a phone, an address or a birthdate: one person if the name is the same too.
    WithName,
}

/// How to reach a person, as their surest record has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub email: String,
    pub street: String,
    pub city: String,
    pub region: String,
    pub postal: String,
    pub country: String,
}

impl Gathering {
    fn object(&mut self, name: &str) -> u16 {
        let place = self.objects.iter().position(|it| it == name).unwrap_or_else(|| {
            self.objects.push(name.to_owned());
            self.objects.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    fn node(&mut self, key: Key) -> u32 {
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            let kind = match key.0.get(..3) {
                Some(b"003" | b"00Q" | b"0PK") => Kind::Person,
                Some(b"001") => Kind::Account,
                Some(b"005") => Kind::User,
                _ => Kind::Other,
            };
            self.nodes.push(Node {
                key,
                object: u16::MAX,
                kind,
                read: false,
                person: false,
                somebody: false,
                taken: Taken::default(),
                name: None,
                residence: None,
                contact: None,
            });
        }
        place
    }

    /// Whether a record is known, read or pointed at.
    pub fn knows(&self, id: &RecordId) -> bool {
        self.places.contains_key(&Key::of(id))
    }

    /// Adds a record with what was taken of it.
    pub fn add(&mut self, row: &Row, roles: &Roles, taken: Taken) {
        if roles.kind == Kind::User {
            for (sure, count) in
                [Sure::Proved, Sure::Probable, Sure::UpperBound].into_iter().zip(&mut self.users)
            {
                *count += u64::from(taken.sure.is_some_and(|it| it <= sure));
            }
            return;
        }
        let object = self.object(&row.object);
        let at = self.node(Key::of(&row.id));
        let name = name_of(row, roles);
        let person = roles.kind == Kind::Person || roles.kind == Kind::Account && is_person_account(row);
        let own = person || roles.kind == Kind::Other;
        let links: Vec<Link> = self.links_of(at, row, roles, person);
        let lonely = links.is_empty();
        self.links.extend(links);
        let emails: Vec<Email> = roles.emails.iter().filter_map(|it| Email::parse(row.text(it)?)).collect();
        if person || own && lonely {
            self.values_of(at, row, roles, &emails);
        }
        let residence = if own { residence_of(row, roles) } else { None };
        let contact = own.then(|| contact_of(row, roles, name.as_deref(), &emails)).flatten();
        let somebody =
            own && (name.as_deref().is_some_and(|it| FullName::read(it).is_some()) || !emails.is_empty());
        if let Some(node) = self.nodes.get_mut(usize::try_from(at).unwrap_or(usize::MAX)) {
            node.object = object;
            node.kind = roles.kind;
            node.read = true;
            node.person = person;
            node.somebody = somebody && (person || lonely);
            node.taken = taken;
            node.name = name.filter(|_| own).map(Into::into);
            node.residence = residence;
            node.contact = contact;
        }
    }

    /// Ids that records lead to and that were not read: people, or records that may be one's.
    pub fn unread(&self) -> Vec<RecordId> {
        let wanted = |node: &&Node| !node.read && node.kind != Kind::User && node.taken.sure.is_none();
        self.nodes.iter().filter(wanted).filter_map(|node| node.key.id()).collect()
    }

    /// Whether a record was read already.
    pub fn has_read(&self, row: &Row) -> bool {
        let at = self.places.get(&Key::of(&row.id)).and_then(|at| self.nodes.get(usize::try_from(*at).ok()?));
        at.is_some_and(|node| node.read)
    }

    /// Emails, as hashes, of records that lead to no person.
    pub fn emails_of_nobody(&self) -> HashSet<u64> {
        let nobody = |at: u32| {
            let node = usize::try_from(at).ok().and_then(|at| self.nodes.get(at));
            node.is_some_and(|it| it.kind == Kind::Other && it.taken.sure.is_some())
        };
        let emails = self.values.iter().filter(|(_, kind, at)| *kind == Agreement::Email && nobody(*at));
        emails.map(|(hash, ..)| *hash).collect()
    }

    /// Whether a record bears one of these emails.
    pub fn shares_email(&self, row: &Row, roles: &Roles, emails: &HashSet<u64>) -> bool {
        let own = roles.emails.iter().filter_map(|it| Email::parse(row.text(it)?));
        own.map(|it| hash_of(&it.whole)).any(|it| emails.contains(&it))
    }

    /// Adds a record that a log names and that is gone: all that is known of it is its id.
    pub fn gone(&mut self, key: Key, object: &str, sure: Sure, kind: Kind) {
        if kind == Kind::User {
            for (rung, count) in
                [Sure::Proved, Sure::Probable, Sure::UpperBound].into_iter().zip(&mut self.users)
            {
                *count += u64::from(sure <= rung);
            }
            return;
        }
        let (object, at) = (self.object(object), self.node(key));
        if let Some(node) = self.nodes.get_mut(usize::try_from(at).unwrap_or(usize::MAX)) {
            node.object = object;
            node.kind = kind;
            node.taken.sure = Some(sure);
        }
    }

    /// What was taken of each document: of itself, and of the versions that lead to it.
    pub(super) fn document_takings(&self) -> HashMap<Key, Taken> {
        let is_document = |node: &Node| node.key.0.starts_with(b"069");
        let node = |at: u32| usize::try_from(at).ok().and_then(|at| self.nodes.get(at));
        let own = self.nodes.iter().filter(|it| is_document(it)).map(|it| (it.key, it.taken));
        let versions = self.links.iter().filter_map(|link| {
            Some((node(link.to).filter(|it| is_document(it))?.key, node(link.from)?.taken))
        });
        let mut all: HashMap<Key, Taken> = HashMap::new();
        for (key, taken) in own.chain(versions).filter(|(_, taken)| taken.sure.is_some()) {
            let known = all.entry(key).or_default();
            *known = super::bodies::joined(*known, taken);
        }
        all
    }

    /// Says that one record is the other's.
    pub(super) fn belongs(&mut self, record: Key, owner: Key) {
        let (from, to) = (self.node(record), self.node(owner));
        self.links.push(Link { from, to, guarded: false, to_person: owner.0.starts_with(b"001") });
    }

    /// A record by which something else was taken.
    pub(super) fn stands_for(&mut self, id: &RecordId, object: &str, taken: Taken) -> Key {
        let (key, object) = (Key::of(id), self.object(object));
        let at = self.node(key);
        if let Some(node) = self.nodes.get_mut(usize::try_from(at).unwrap_or(usize::MAX)) {
            (node.object, node.read, node.taken) = (object, true, taken);
        }
        key
    }

    fn links_of(&mut self, at: u32, row: &Row, roles: &Roles, person: bool) -> Vec<Link> {
        let mut links = Vec::new();
        if person || roles.kind == Kind::Person {
            for (field, guarded) in &roles.same {
                if let Some(id) = row.lookup(field).filter(|id| *id != row.id) {
                    let to = self.node(Key::of(&id));
                    links.push(Link {
                        from: at,
                        to,
                        guarded: *guarded,
                        to_person: field == "ConvertedAccountId",
                    });
                }
            }
            // The contact of a person account names its account as a mirror does.
            if row.object == "Contact"
                && is_true(row, "IsPersonAccount")
                && let Some(id) = row.lookup("AccountId")
            {
                let to = self.node(Key::of(&id));
                links.push(Link { from: at, to, guarded: false, to_person: false });
            }
            return links;
        }
        if roles.kind == Kind::Account {
            return links;
        }
        // Whose it is: the first lookup that leads to a person, or to a record that may be one's.
        for field in &roles.owners {
            let Some(id) = row.lookup(field).filter(|id| *id != row.id && id.prefix() != "005") else {
                continue;
            };
            let to_person = id.prefix() == "001";
            let to = self.node(Key::of(&id));
            links.push(Link { from: at, to, guarded: false, to_person });
            if !to_person {
                break;
            }
        }
        links
    }

    fn values_of(&mut self, at: u32, row: &Row, roles: &Roles, emails: &[Email]) {
        self.values.extend(emails.iter().map(|it| (hash_of(&it.whole), Agreement::Email, at)));
        let mut note = |kind: Agreement, value: &dyn Fn(&mut DefaultHasher)| {
            let mut hasher = DefaultHasher::new();
            value(&mut hasher);
            self.values.push((hasher.finish(), kind, at));
        };
        for email in emails {
            note(Agreement::WithName, &|it| ("mailbox", &email.mailbox).hash(it));
        }
        let phones = roles.phones.iter().filter_map(|it| Phone::parse(row.text(it)?, "US"));
        for phone in phones {
            note(Agreement::WithName, &|it| ("phone", &phone.e164).hash(it));
        }
        let born =
            roles.birthdate.as_deref().and_then(|it| row.text(it)).map(date::meanings).unwrap_or_default();
        if let [day] = born.as_slice() {
            note(Agreement::WithName, &|it| ("born", day).hash(it));
        }
        for fields in &roles.addresses {
            let of =
                |field: &Option<String>| field.as_deref().and_then(|it| row.text(it)).unwrap_or_default();
            if let Some(address) = Address::read(of(&fields.street), of(&fields.postal)) {
                note(Agreement::WithName, &|it| {
                    ("address", address.number(), &address.postal, &address.telling.to_lowercase()).hash(it)
                });
            }
        }
    }
}

fn hash_of(email: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    email.hash(&mut hasher);
    hasher.finish()
}

fn is_true(row: &Row, field: &str) -> bool {
    row.flag(field) || row.text(field).is_some_and(super::evaluate::is_true)
}

fn is_person_account(row: &Row) -> bool {
    is_true(row, "IsPersonAccount") || row.text("PersonContactId").is_some() || row.text("LastName").is_some()
}

fn name_of(row: &Row, roles: &Roles) -> Option<String> {
    let part = |field: &Option<String>| field.as_deref().and_then(|it| row.text(it)).unwrap_or_default();
    let (given, family) = (part(&roles.given), part(&roles.family));
    let joined = [given, family, part(&roles.suffix)]
        .iter()
        .filter(|it| !it.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    if !family.is_empty() {
        return Some(joined);
    }
    // The Name of an account is the business's own unless it is a person.
    Some(part(&roles.full_name)).filter(|it| !it.is_empty()).map(str::to_owned)
}

fn residence_of(row: &Row, roles: &Roles) -> Option<(Basis, Place)> {
    let first = |fields: &[String]| fields.iter().find_map(|it| row.text(it)).unwrap_or_default().to_owned();
    let mut best: Option<(Basis, Place)> = None;
    for fields in &roles.addresses {
        let (region, country) = (first(&fields.region), first(&fields.country));
        let postal = fields.postal.as_deref().and_then(|it| row.text(it)).unwrap_or_default();
        let found = Place::of_address(Written { region: &region, postal, country: &country });
        if let Some((place, basis)) = found
            && best.is_none_or(|(known, _)| basis < known)
        {
            best = Some((basis, place));
        }
    }
    best.or_else(|| {
        let mut phones = roles.phones.iter().filter_map(|it| Place::of_phone(row.text(it)?));
        phones.next().map(|(place, basis)| (basis, place))
    })
}

/// Parts joined by a separator that stands in none of them.
const BETWEEN: char = '\u{1f}';

fn contact_of(row: &Row, roles: &Roles, name: Option<&str>, emails: &[Email]) -> Option<Box<str>> {
    let part =
        |field: Option<&String>| field.and_then(|it| row.text(it)).unwrap_or_default().replace(BETWEEN, " ");
    let filled = |it: &&super::roles::AddressFields| {
        it.street.as_ref().or(it.postal.as_ref()).is_some_and(|field| row.text(field).is_some())
    };
    let empty = super::roles::AddressFields::default();
    let address = roles.addresses.iter().find(filled).unwrap_or(&empty);
    let first = |fields: &[String]| part(fields.iter().find(|it| row.text(it).is_some()));
    let parts = [
        name.unwrap_or_default().to_owned(),
        emails.first().map(|it| it.whole.clone()).unwrap_or_default(),
        part(address.street.as_ref()),
        part(address.city.as_ref()),
        first(&address.region),
        part(address.postal.as_ref()),
        first(&address.country),
    ];
    parts.iter().any(|it| !it.is_empty()).then(|| parts.join(&BETWEEN.to_string()).into())
}

impl Contact {
    fn read(text: &str) -> Self {
        let mut parts = text.split(BETWEEN).map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Self {
            name: next(),
            email: next(),
            street: next(),
            city: next(),
            region: next(),
            postal: next(),
            country: next(),
        }
    }
}

pub use merge::{People, Person};

#[cfg(test)]
mod tests;
