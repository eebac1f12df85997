//! Which records are one person's.

use std::collections::HashMap;

use super::super::elements::Mask;
use super::super::residence::{Basis, Place};
use super::super::roles::Kind;
use super::{Agreement, Contact, Gathering, Node, Sure, Taken};
use crate::normal::name::FullName;
use crate::record_id::RecordId;

/// Of records that agree in one value and in a surname, so many given names are told apart.
const NAMES_AT_ONCE: usize = 512;

/// The people behind the records. Each person has at least one record that was or may have been taken.
#[derive(Debug)]
pub struct People {
    objects: Vec<String>,
    nodes: Vec<Node>,
    /// Places of nodes, person by person; people ordered by their first record.
    order: Vec<u32>,
    /// Where each person begins in `order`.
    starts: Vec<u32>,
    /// The org's own users, apart: proved, probable, possible.
    pub users: [u64; 3],
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub sure: Sure,
    pub residence: Option<(Basis, Place)>,
    pub elements: [Mask; 3],
    /// Those of the possible elements that stand in a field without encryption.
    pub clear: Mask,
}

struct Union(Vec<u32>);

impl Union {
    fn root(&mut self, mut at: u32) -> u32 {
        loop {
            let above = self.at(at);
            if above == at {
                return at;
            }
            let higher = self.at(above);
            if let Some(place) = self.0.get_mut(usize::try_from(at).unwrap_or(usize::MAX)) {
                *place = higher;
            }
            at = higher;
        }
    }

    fn at(&self, at: u32) -> u32 {
        self.0.get(usize::try_from(at).unwrap_or(usize::MAX)).copied().unwrap_or(at)
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(place) = self.0.get_mut(usize::try_from(high).unwrap_or(usize::MAX)) {
            *place = low;
        }
    }
}

impl Gathering {
    /// Brings the records of each person together.
    pub fn people(mut self) -> People {
        let count = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let mut union = Union((0..count).collect());
        let links = std::mem::take(&mut self.links);
        // People first, so that what hangs on them finds them whole.
        for link in &links {
            let (Some(from), Some(to)) = (self.at(link.from), self.at(link.to)) else { continue };
            let business = to.kind == Kind::Account && !to.person && (to.read || link.to_person);
            let apart = link.guarded && differ(from.name.as_deref(), to.name.as_deref());
            if !business && !apart && to.kind != Kind::User {
                union.join(link.from, link.to);
            }
        }
        let mut values = std::mem::take(&mut self.values);
        values.sort_unstable();
        values.dedup();
        for group in values.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|it| it.len() > 1) {
            self.agree(group, &mut union);
        }
        let mut order: Vec<u32> = (0..count).collect();
        let roots: Vec<u32> = order.iter().map(|at| union.root(*at)).collect();
        let root = |at: &u32| roots.get(usize::try_from(*at).unwrap_or(usize::MAX)).copied().unwrap_or(*at);
        order.sort_by_key(|at| (root(at), *at));
        let (mut kept, mut starts) = (Vec::with_capacity(order.len()), Vec::new());
        for group in order.chunk_by(|a, b| root(a) == root(b)) {
            let nodes = || group.iter().filter_map(|at| self.at(*at));
            let taken = nodes().any(|it| it.taken.sure.is_some());
            let somebody = nodes().any(|it| match it.kind {
                Kind::Person => true,
                Kind::Account => it.person,
                Kind::Other => it.somebody,
                Kind::User => false,
            });
            if taken && somebody {
                starts.push(u32::try_from(kept.len()).unwrap_or(u32::MAX));
                kept.extend_from_slice(group);
            }
        }
        People { objects: self.objects, nodes: self.nodes, order: kept, starts, users: self.users }
    }

    fn at(&self, at: u32) -> Option<&Node> {
        self.nodes.get(usize::try_from(at).ok()?)
    }

    /// Joins what agrees in one value: an email unless the names differ, anything else only under the same name.
    fn agree(&self, group: &[(u64, Agreement, u32)], union: &mut Union) {
        let mut named = Names::default();
        let mut nameless: Option<u32> = None;
        for (_, agreement, at) in group {
            let name = self.at(*at).and_then(|it| it.name.as_deref()).and_then(FullName::read);
            match name {
                Some(name) => match named.find(&name) {
                    Some(known) => union.join(known, *at),
                    None => named.keep(name, *at),
                },
                None if *agreement == Agreement::Email => match nameless {
                    Some(known) => union.join(known, *at),
                    None => nameless = Some(*at),
                },
                None => {}
            }
        }
        // An email without a name is the one person's who has it; of several it stays apart.
        if let (Some(at), [(_, only)]) = (nameless, named.all.as_slice()) {
            union.join(*only, at);
        }
    }
}

/// Different names, each with the record that bore it first; found by what they have in common, not one by one.
#[derive(Default)]
struct Names {
    all: Vec<(FullName, u32)>,
    places: HashMap<u64, Vec<usize>>,
}

impl Names {
    /// The record that bears this name; of several the first kept.
    fn find(&self, name: &FullName) -> Option<u32> {
        let keys = name.asked();
        let near = keys.iter().filter_map(|key| self.places.get(key)).flatten();
        let mut near: Vec<usize> = near.copied().collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().filter_map(|at| self.all.get(at)).find(|it| it.0.same(name)).map(|it| it.1)
    }

    fn keep(&mut self, name: FullName, record: u32) {
        for key in name.kept() {
            let places = self.places.entry(key).or_default();
            if places.len() < NAMES_AT_ONCE {
                places.push(self.all.len());
            }
        }
        self.all.push((name, record));
    }
}

/// Two whole names of different people.
fn differ(a: Option<&str>, b: Option<&str>) -> bool {
    match (a.and_then(FullName::read), b.and_then(FullName::read)) {
        (Some(a), Some(b)) => !a.same(&b),
        _ => false,
    }
}

impl People {
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    fn nodes_of(&self, person: usize) -> impl Iterator<Item = &Node> {
        let place = |at: usize| self.starts.get(at).and_then(|it| usize::try_from(*it).ok());
        let from = place(person).unwrap_or(self.order.len());
        let to = place(person + 1).unwrap_or(self.order.len());
        let at = self.order.get(from..to).unwrap_or_default().iter();
        at.filter_map(|at| self.nodes.get(usize::try_from(*at).ok()?))
    }

    /// Every person, in a fixed order.
    pub fn each(&self) -> impl Iterator<Item = Person> {
        (0..self.len()).map(|at| self.person(at))
    }

    /// One person by their place.
    pub fn person(&self, at: usize) -> Person {
        let mut person = Person {
            sure: Sure::UpperBound,
            residence: None,
            elements: [Mask::default(); 3],
            clear: Mask::default(),
        };
        let mut surest: Option<(Basis, u8, Place)> = None;
        for node in self.nodes_of(at) {
            let Taken { sure, elements, clear } = node.taken;
            person.sure = person.sure.min(sure.unwrap_or(Sure::UpperBound));
            for (sum, one) in person.elements.iter_mut().zip(elements) {
                *sum = sum.with(one);
            }
            person.clear = person.clear.with(clear);
            // An address before a phone; a person's own record before what hangs on it; of two the first read.
            let rank = if node.kind == Kind::Other { 1 } else { 0 };
            if let Some((basis, place)) = node.residence
                && surest.is_none_or(|(known, ranked, _)| (basis, rank) < (known, ranked))
            {
                surest = Some((basis, rank, place));
            }
        }
        person.residence = surest.map(|(basis, _, place)| (basis, place));
        person
    }

    /// The records of a person that were or may have been taken, with their objects.
    pub fn records(&self, person: usize) -> Vec<(&str, RecordId, Sure)> {
        let object = |node: &Node| self.objects.get(usize::from(node.object)).map_or("", String::as_str);
        self.nodes_of(person)
            .filter_map(|node| Some((object(node), node.key.id()?, node.taken.sure?)))
            .collect()
    }

    /// How to reach a person: the name and address of their surest record that has them.
    pub fn contact(&self, person: usize) -> Contact {
        let mut contacts: Vec<(bool, Contact)> = self
            .nodes_of(person)
            .filter_map(|node| Some((node.kind == Kind::Other, Contact::read(node.contact.as_deref()?))))
            .collect();
        contacts.sort_by_key(|(other, it)| (*other, it.street.is_empty(), it.name.is_empty()));
        let mut contacts = contacts.into_iter().map(|it| it.1);
        let mut best = contacts.next().unwrap_or_default();
        for other in contacts {
            if best.name.is_empty() {
                best.name = other.name;
            }
            if best.email.is_empty() {
                best.email = other.email;
            }
            if best.street.is_empty() && best.postal.is_empty() && !other.street.is_empty() {
                (best.street, best.city, best.region) = (other.street, other.city, other.region);
                (best.postal, best.country) = (other.postal, other.country);
            }
        }
        best
    }
}
