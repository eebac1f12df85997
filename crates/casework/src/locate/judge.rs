//! How sure each record is the subject's: agreements are counted, then belonging is followed through lookups.
//!
//! People first: their own agreements, then merge, conversion and mirror links. Then everything that hangs on them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::found::{Confidence, Reason, ReasonKind};
use crate::locate::agree::{Agreement, person_name};
use crate::locate::links;
use crate::locate::map::Map;
use crate::normal::name::{FullName, Standing, standing};
use crate::record_id::RecordId;
use crate::row::Row;

/// A record that was kept, with its own agreements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    pub row: Row,
    pub agreements: Vec<Agreement>,
}

pub type Nodes = BTreeMap<RecordId, Node>;

impl Node {
    /// Contact, Lead, Individual, User, or an Account that is a person account.
    pub fn is_person(&self) -> bool {
        match self.row.object.as_str() {
            "Contact" | "Lead" | "Individual" | "User" => true,
            "Account" => {
                self.row.flag("IsPersonAccount")
                    || self.row.text("PersonContactId").is_some()
                    || self.row.text("LastName").is_some()
            }
            _ => false,
        }
    }
}

/// What was decided about one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    pub confidence: Confidence,
    pub shared: bool,
    pub reasons: Vec<Reason>,
    /// It belongs to the subject, or agrees surely enough that what hangs on it is asked for too.
    pub carries: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub grades: BTreeMap<RecordId, Grade>,
    /// Emails that a person of another name holds too, with those people.
    pub shared_emails: BTreeMap<String, BTreeSet<RecordId>>,
    /// Phones that a person of another name holds too.
    pub shared_phones: BTreeMap<String, BTreeSet<RecordId>>,
    pub names: Vec<FullName>,
}

/// Decides about every record that was kept.
pub fn judge(nodes: &Nodes, map: &Map, names: &[FullName], ids: &[RecordId]) -> Verdict {
    let mut verdict = Verdict { names: known_names(nodes, names), ..Verdict::default() };
    let ties = Ties::read(nodes);
    verdict.shared_emails = held_by_others(nodes, &ties, &verdict.names, ReasonKind::Email);
    verdict.shared_phones = held_by_others(nodes, &ties, &verdict.names, ReasonKind::Phone);
    let owners = owners_of_numbers(nodes, map);
    let mut own: BTreeMap<&RecordId, (Confidence, Vec<Reason>)> = BTreeMap::new();
    for (id, node) in nodes {
        let owned = owners.get(id).map(Vec::as_slice).unwrap_or_default();
        if let Some(counted) = count(&node.agreements, owned, &verdict.shared_emails) {
            own.insert(id, counted);
        }
    }
    let people = people(nodes, &own, &ties, &verdict.names);
    let mut belonging = Belonging {
        nodes,
        map,
        own: &own,
        people: &people,
        given: ids,
        names: measure(nodes, &people, &verdict.names),
        joined: links::joined(nodes),
        settled: BTreeMap::new(),
    };
    let others: Vec<&RecordId> =
        nodes.iter().filter(|(_, node)| !node.is_person()).map(|(id, _)| id).collect();
    for id in others {
        belonging.standing(id, 0);
    }
    let settled = belonging.settled;
    for (id, standing) in settled {
        if let Some(grade) = standing.grade {
            verdict.grades.insert(id, grade);
        }
    }
    verdict.grades.extend(people);
    verdict
}

/// The names given; where none was, those of the person records that a record id or account number names.
fn known_names(nodes: &Nodes, names: &[FullName]) -> Vec<FullName> {
    if !names.is_empty() {
        return names.to_vec();
    }
    let sure = |node: &&Node| {
        node.is_person()
            && node
                .agreements
                .iter()
                .any(|it| matches!(it.kind, ReasonKind::RecordId | ReasonKind::AccountNumber))
    };
    nodes.values().filter(sure).filter_map(|node| FullName::read(&person_name(&node.row)?)).collect()
}

/// The names that tell the subject from others: those known, else those of the person records found surely.
fn measure(nodes: &Nodes, people: &BTreeMap<RecordId, Grade>, names: &[FullName]) -> Vec<FullName> {
    if !names.is_empty() {
        return names.to_vec();
    }
    let sure = people.iter().filter(|(_, grade)| grade.confidence == Confidence::Exact);
    sure.filter_map(|(id, _)| FullName::read(&person_name(&nodes.get(id)?.row)?)).collect()
}

/// Which person records are one person, by Salesforce's own links.
struct Ties {
    /// From a record to the one it leads to; and whether only the same name lets the grade pass.
    leads: Vec<(RecordId, RecordId, bool)>,
}

impl Ties {
    fn read(nodes: &Nodes) -> Self {
        let mut leads = Vec::new();
        for (id, node) in nodes.iter().filter(|(_, node)| node.is_person()) {
            for (field, guarded) in links::SAME_PERSON {
                if let Some(target) = node.row.lookup(field).filter(|target| target != id) {
                    leads.push((id.clone(), target, guarded));
                }
            }
            // A person account's contact names its account as a mirror does; a business contact names its employer.
            if node.row.object == "Contact"
                && node.row.flag("IsPersonAccount")
                && let Some(account) = node.row.lookup("AccountId")
            {
                leads.push((id.clone(), account, false));
            }
        }
        Self { leads }
    }

    /// Every record tied to this one, itself first.
    fn group(&self, id: &RecordId) -> BTreeSet<RecordId> {
        let mut group = BTreeSet::from([id.clone()]);
        loop {
            let before = group.len();
            for (from, to, _) in &self.leads {
                if group.contains(from) {
                    group.insert(to.clone());
                } else if group.contains(to) {
                    group.insert(from.clone());
                }
            }
            if group.len() == before {
                return group;
            }
        }
    }
}

/// Values of a kind that a person record of another name holds.
fn held_by_others(
    nodes: &Nodes,
    ties: &Ties,
    names: &[FullName],
    kind: ReasonKind,
) -> BTreeMap<String, BTreeSet<RecordId>> {
    let mut holders: BTreeMap<String, BTreeSet<RecordId>> = BTreeMap::new();
    for (id, node) in nodes {
        let held = node.agreements.iter().filter(|it| it.kind == kind);
        let person = if node.is_person() { Some(id.clone()) } else { links::contact_point_holder(&node.row) };
        if let Some(person) = person {
            for agreement in held {
                holders.entry(agreement.value.clone()).or_default().insert(person.clone());
            }
        }
    }
    let name_of =
        |id: &RecordId| nodes.get(id).filter(|node| node.is_person()).and_then(|node| person_name(&node.row));
    let mut shared = BTreeMap::new();
    for (value, people) in holders {
        // Without a name of the subject, two holders of two names are the same question.
        let first = people.iter().find_map(|id| FullName::read(&name_of(id)?));
        let measure: Vec<FullName> =
            if names.is_empty() { first.into_iter().collect() } else { names.to_vec() };
        let stranger = |id: &&RecordId| {
            name_of(id)
                .is_some_and(|name| !measure.is_empty() && standing(&name, &measure) == Standing::Another)
                && !ties
                    .group(id)
                    .iter()
                    .any(|tied| name_of(tied).is_some_and(|name| standing(&name, &measure) == Standing::Same))
        };
        let strangers: BTreeSet<RecordId> = people.iter().filter(stranger).cloned().collect();
        if !strangers.is_empty() {
            shared.insert(value, strangers);
        }
    }
    shared
}

/// People that a record carrying the customer number leads to, with that record.
fn owners_of_numbers(nodes: &Nodes, map: &Map) -> BTreeMap<RecordId, Vec<RecordId>> {
    let mut owners: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for (id, node) in nodes.iter().filter(|(_, node)| !node.is_person()) {
        if !node.agreements.iter().any(|it| it.kind == ReasonKind::AccountNumber) {
            continue;
        }
        let lookups =
            map.objects.get(&node.row.object).map(|plan| plan.lookups.as_slice()).unwrap_or_default();
        for target in lookups.iter().filter_map(|lookup| node.row.lookup(&lookup.field)) {
            if nodes.get(&target).is_some_and(|node| node.is_person() && node.row.object != "User") {
                owners.entry(target).or_default().push(id.clone());
            }
        }
    }
    owners
}

/// Counts a record's own agreements. Two different weak ones are strong; mentions never add up.
fn count(
    agreements: &[Agreement],
    owned: &[RecordId],
    shared_emails: &BTreeMap<String, BTreeSet<RecordId>>,
) -> Option<(Confidence, Vec<Reason>)> {
    let mut weak: BTreeSet<(ReasonKind, &str)> = BTreeSet::new();
    let mut exact = false;
    let mut reasons = Vec::new();
    for it in agreements {
        let mut kind = it.kind;
        let mut text = it.text.clone();
        if kind == ReasonKind::Email && shared_emails.contains_key(&it.value) {
            kind = ReasonKind::SharedMailbox;
            text.push_str(" A person of another name holds it too.");
        }
        match kind {
            ReasonKind::Email | ReasonKind::RecordId | ReasonKind::AccountNumber => exact = true,
            ReasonKind::Mention => {}
            ReasonKind::Other => {
                weak.insert((kind, &it.value));
            }
            _ => {
                weak.insert((kind, ""));
            }
        }
        reasons.push(Reason { kind, field: Some(it.field.clone()), text });
    }
    for record in owned {
        weak.insert((ReasonKind::OwnerOfNumber, ""));
        reasons.push(Reason {
            kind: ReasonKind::OwnerOfNumber,
            field: None,
            text: format!("The record {record} bears the customer number given and leads here."),
        });
    }
    // A shared mailbox and a variant of it are one mailbox, not two agreements.
    let mailbox = [ReasonKind::SharedMailbox, ReasonKind::EmailVariant]
        .iter()
        .filter(|kind| weak.contains(&(**kind, "")))
        .count();
    let different = weak.len() - mailbox.saturating_sub(1);
    let confidence = match different {
        _ if exact => Confidence::Exact,
        0 if reasons.is_empty() => return None,
        0 | 1 => Confidence::Possible,
        _ => Confidence::Strong,
    };
    Some((confidence, reasons))
}

/// Grades of person records: their own, and those that pass along merges, conversions and mirrors.
fn people(
    nodes: &Nodes,
    own: &BTreeMap<&RecordId, (Confidence, Vec<Reason>)>,
    ties: &Ties,
    names: &[FullName],
) -> BTreeMap<RecordId, Grade> {
    let mut grades: BTreeMap<RecordId, Grade> = BTreeMap::new();
    for (id, _) in nodes.iter().filter(|(_, node)| node.is_person()) {
        if let Some((confidence, reasons)) = own.get(id) {
            let grade =
                Grade { confidence: *confidence, shared: false, reasons: reasons.clone(), carries: true };
            grades.insert(id.clone(), grade);
        }
    }
    let another = |id: &RecordId| {
        nodes
            .get(id)
            .and_then(|node| person_name(&node.row))
            .is_some_and(|name| !names.is_empty() && standing(&name, names) == Standing::Another)
    };
    loop {
        let mut changed = false;
        for (from, to, guarded) in &ties.leads {
            for (giver, taker, free) in [(to, from, !*guarded), (from, to, false)] {
                let Some(given) = grades.get(giver).map(|grade| grade.confidence) else { continue };
                let known = nodes.get(taker).is_some_and(Node::is_person);
                let better = grades.get(taker).is_none_or(|grade| grade.confidence < given);
                if !known || !better || (!free && another(taker)) {
                    continue;
                }
                let object = nodes.get(giver).map_or("record", |node| node.row.object.as_str());
                let reason = Reason {
                    kind: ReasonKind::SamePerson,
                    field: None,
                    text: format!(
                        "Salesforce ties it to the {object} {giver} as one person (merge, conversion, person account or individual)."
                    ),
                };
                let grade = grades.entry(taker.clone()).or_insert(Grade {
                    confidence: given,
                    shared: false,
                    reasons: Vec::new(),
                    carries: true,
                });
                grade.confidence = given;
                grade.reasons.push(reason);
                changed = true;
            }
        }
        if !changed {
            return grades;
        }
    }
}

/// Where one record leads.
#[derive(Debug, Clone, Default)]
struct Place {
    grade: Option<Grade>,
    /// It leads to other people as well, or only.
    others: bool,
}

struct Belonging<'a> {
    nodes: &'a Nodes,
    map: &'a Map,
    own: &'a BTreeMap<&'a RecordId, (Confidence, Vec<Reason>)>,
    people: &'a BTreeMap<RecordId, Grade>,
    given: &'a [RecordId],
    names: Vec<FullName>,
    joined: BTreeMap<RecordId, Vec<(RecordId, &'static str)>>,
    settled: BTreeMap<RecordId, Place>,
}

/// What a set of lookups says.
#[derive(Default)]
struct Leads {
    subject: Vec<(Confidence, bool, Reason)>,
    others: bool,
}

impl Leads {
    fn best(&self) -> Option<Confidence> {
        self.subject.iter().map(|(confidence, ..)| *confidence).max()
    }

    fn least(&self) -> Option<Confidence> {
        self.subject.iter().map(|(confidence, ..)| *confidence).min()
    }

    fn shared(&self) -> bool {
        self.others || self.subject.iter().any(|(_, shared, _)| *shared)
    }
}

/// Lookups are followed this deep; real chains are shorter than ten.
const DEPTH: usize = 24;

impl Belonging<'_> {
    fn standing(&mut self, id: &RecordId, depth: usize) -> Place {
        if let Some(known) = self.settled.get(id) {
            return known.clone();
        }
        let Some(node) = self.nodes.get(id) else { return Place::default() };
        if depth > DEPTH {
            return Place::default();
        }
        // A circle of lookups ends here: while a record is being settled it says nothing.
        self.settled.insert(id.clone(), Place::default());
        let (people, parents) = self.leads(id, node, depth);
        let standing = self.weigh(id, node, &people, &parents);
        self.settled.insert(id.clone(), standing.clone());
        standing
    }

    fn leads(&mut self, id: &RecordId, node: &Node, depth: usize) -> (Leads, Leads) {
        let (mut people, mut parents) = (Leads::default(), Leads::default());
        if node.row.object == "Account" {
            return (people, parents);
        }
        let map = self.map;
        let lookups =
            map.objects.get(&node.row.object).map(|plan| plan.lookups.as_slice()).unwrap_or_default();
        let entity = links::entity_side(&node.row.object);
        let mut targets: Vec<(RecordId, String)> = lookups
            .iter()
            .filter(|lookup| entity.is_none_or(|entity| entity == lookup.field))
            .filter_map(|lookup| Some((node.row.lookup(&lookup.field)?, lookup.field.clone())))
            .collect();
        targets.extend(
            self.joined.get(id).into_iter().flatten().map(|(target, by)| (target.clone(), (*by).to_owned())),
        );
        for (target, field) in targets {
            if target == *id {
                continue;
            }
            self.follow(&target, &field, &mut people, &mut parents, depth);
        }
        (people, parents)
    }

    fn follow(
        &mut self,
        target: &RecordId,
        field: &str,
        people: &mut Leads,
        parents: &mut Leads,
        depth: usize,
    ) {
        let reason = |object: &str| Reason {
            kind: ReasonKind::BelongsTo,
            field: Some(field.to_owned()),
            text: format!("{field} leads to the {object} {target}."),
        };
        if let Some(grade) = self.people.get(target) {
            let object = self.nodes.get(target).map_or("record", |node| node.row.object.as_str());
            people.subject.push((grade.confidence, false, reason(object)));
            // Somebody of another name at the same address or telephone is another person until it is decided.
            people.others |= grade.confidence == Confidence::Possible && self.bears_another_name(target);
            return;
        }
        match self.nodes.get(target) {
            Some(node) if node.is_person() => people.others |= node.row.object != "User",
            Some(node) if node.row.object == "Account" => {
                // A business account is nobody; its id may have been given as the subject's.
                if self.given.contains(target) {
                    parents.subject.push((Confidence::Exact, false, reason("Account")));
                }
            }
            Some(node) => {
                let object = node.row.object.clone();
                let standing = self.standing(target, depth + 1);
                parents.others |= standing.others;
                if let Some(grade) = standing.grade.filter(|grade| grade.carries) {
                    parents.subject.push((grade.confidence, grade.shared, reason(&object)));
                }
            }
            None if self.given.contains(target) => {
                people.subject.push((Confidence::Exact, false, reason("record")))
            }
            None => people.others |= links::is_someone(target, self.map),
        }
    }

    fn bears_another_name(&self, id: &RecordId) -> bool {
        self.nodes
            .get(id)
            .and_then(|node| person_name(&node.row))
            .is_some_and(|name| !self.names.is_empty() && standing(&name, &self.names) == Standing::Another)
    }

    fn weigh(&self, id: &RecordId, node: &Node, people: &Leads, parents: &Leads) -> Place {
        let own = self.own.get(id);
        let decisive = if people.subject.is_empty() && !people.others { parents } else { people };
        let mut others = decisive.others;
        let mut shared = decisive.shared();
        let mut belongs = if decisive.others { decisive.best() } else { decisive.least() };
        let mut reasons: Vec<Reason> = decisive.subject.iter().map(|(.., reason)| reason.clone()).collect();
        // Only other people by its own lookups, yet it hangs on a record of the subject.
        if belongs.is_none() && people.others && links::entity_side(&node.row.object).is_none() {
            belongs = parents.best();
            reasons = parents.subject.iter().map(|(.., reason)| reason.clone()).collect();
            others = true;
        }
        let mine = own.map(|(confidence, _)| *confidence);
        let Some(mut confidence) = belongs.max(mine) else {
            return Place { grade: None, others };
        };
        shared = others || (shared && belongs.is_some());
        // It agrees by itself, but belongs to a record that may be a namesake's.
        let doubtful = belongs == Some(Confidence::Possible) && !decisive.subject.is_empty();
        if (shared || doubtful) && confidence == Confidence::Exact {
            confidence = Confidence::Strong;
        }
        reasons.extend(own.into_iter().flat_map(|(_, reasons)| reasons.clone()));
        if others && shared {
            reasons.push(Reason {
                kind: ReasonKind::BelongsTo,
                field: None,
                text: "It leads to other people as well.".into(),
            });
        }
        let carries = belongs.is_some() || mine > Some(Confidence::Possible);
        Place {
            grade: Some(Grade {
                confidence,
                shared,
                reasons,
                carries: carries && node.row.object != "Account",
            }),
            others,
        }
    }
}
