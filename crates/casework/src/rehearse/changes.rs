//! Corrections and choices in a plan: what is read for them, what follows, what the org would refuse, what might undo them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::change::{self, Change, PlannedValue, Shown, followers, mirrored};
use crate::plan::{Blocked, Blocker, ByHand, Cause, Deed, Step};
use crate::record_id::RecordId;
use crate::rehearse::asks::{self, About, Question};
use crate::rehearse::{Rehearsal, RehearseProblem, plan};
use crate::review::Decision;
use crate::row::{Presence, Row};
use crate::schema::{Field, Object};

/// Read beside the values where they exist: who changed the record last, and which person it is.
const BESIDE: [&str; 4] = ["LastModifiedById", "AccountId", "IsConverted", "CleanStatus"];
const CLEANING: [(&str, &str, &str); 3] = [
    ("Contact", "ContactCleanInfo", "ContactId"),
    ("Lead", "LeadCleanInfo", "LeadId"),
    ("Account", "AccountCleanInfo", "AccountId"),
];

/// What the changes come to.
pub(super) struct Changes {
    pub steps: Vec<Step>,
    pub values: BTreeMap<RecordId, BTreeMap<String, Value>>,
    pub planned: Vec<PlannedValue>,
    pub shown: Vec<Shown>,
    pub blockers: Vec<Blocker>,
    pub warnings: Vec<ByHand>,
}

impl Changes {
    fn plan(&mut self, object: &Object, field: &Field, row: &Row, after: Value, cause: Cause, write: bool) {
        if write {
            self.shown.push(Shown {
                object: object.name.clone(),
                id: row.id.clone(),
                field: field.name.clone(),
                label: field.label.clone(),
                before: row.values.get(&field.name).cloned().unwrap_or(Value::Null),
                after: after.clone(),
                cause,
            });
        }
        self.planned.push(PlannedValue {
            object: object.name.clone(),
            id: row.id.clone(),
            field: field.name.clone(),
            field_type: field.field_type.clone(),
            after,
            cause,
            write,
        });
    }
}

/// A copy that Salesforce keeps: on which records it stands, and the record and field it follows.
#[derive(Debug, PartialEq)]
pub(super) struct Following {
    object: String,
    /// `Id` for the other half of a person account.
    lookup: &'static str,
    person: RecordId,
    field: String,
    source: (RecordId, String),
}

impl Following {
    fn in_row(&self, row: &Row) -> bool {
        let leads_here = if self.lookup == "Id" {
            row.id == self.person
        } else {
            row.lookup(self.lookup).as_ref() == Some(&self.person)
        };
        row.object == self.object && leads_here
    }
}

impl Rehearsal {
    pub(super) fn sets_values(&self) -> bool {
        !self.changes.is_empty() || !self.wishes.is_empty()
    }

    /// Records decided "correct" beside those for which a value was given.
    pub(super) fn correct_without_a_value(&self) -> usize {
        let without = |id: &RecordId| !self.changes.contains_key(id) && !self.moved(id);
        let correct = self.decided.values().filter(|it| it.decision == Decision::Correct);
        if self.sets_values() { correct.filter(|it| without(&it.id)).count() } else { 0 }
    }

    /// A person account's contact, whose values are written through its account.
    fn moved(&self, id: &RecordId) -> bool {
        self.account_of(id).is_some_and(|account| self.changes.contains_key(&account))
    }

    fn account_of(&self, id: &RecordId) -> Option<RecordId> {
        let row = self.seen.get(id).filter(|row| row.object == "Contact" && row.flag("IsPersonAccount"))?;
        row.lookup("AccountId")
    }

    pub(super) fn ask_for_changed(&mut self, changes: Vec<Change>) -> Result<(), RehearseProblem> {
        let fresh = self.ask_for_rows(&changes)?;
        self.waiting.extend(fresh);
        for change in changes {
            self.changes.entry(change.id.clone()).or_default().push(change);
        }
        Ok(())
    }

    fn ask_for_rows(&self, changes: &[Change]) -> Result<Vec<Question>, RehearseProblem> {
        let mut questions = Vec::new();
        for (name, ids) in asks::by_object(changes.iter().map(|it| (it.object.as_str(), &it.id))) {
            let object = self
                .schema
                .object(&name)
                .ok_or_else(|| RehearseProblem::UnknownObject { object: name.clone() })?;
            let mut fields = asks::standing(object);
            let of_it = changes.iter().filter(|it| it.object == name);
            for change in of_it {
                fields.extend(object.field(&change.field).map(|field| field.name.clone()));
                fields.extend(change.only_if.as_ref().map(|it| it.field.clone()));
            }
            fields.extend(BESIDE.iter().filter_map(|it| object.field(it)).map(|field| field.name.clone()));
            questions.extend(asks::pieces(&ids).map(|ids| Question {
                ask: asks::query(&name, fields.iter().cloned().collect(), "Id", &ids, Vec::new()),
                about: About::Changed { object: name.clone() },
            }));
        }
        Ok(questions)
    }

    pub(super) fn take_changed(&mut self, rows: Vec<Row>) {
        let ids: BTreeSet<RecordId> = rows.iter().map(|row| row.id.clone()).collect();
        rows.into_iter().for_each(|row| self.remember(row));
        let moved: Vec<Change> = ids.iter().flat_map(|id| self.move_to_account(id)).collect();
        if let Ok(questions) = self.ask_for_rows(&moved) {
            self.waiting.extend(questions);
        }
        for change in moved {
            let held = self.changes.entry(change.id.clone()).or_default();
            if !held.iter().any(|it| it.field == change.field) {
                held.push(change);
            }
        }
        for id in &ids {
            self.ask_for_followers(id);
            self.ask_for_cleaning(id);
        }
    }

    /// The contact half of a person account is written through the account.
    fn move_to_account(&mut self, id: &RecordId) -> Vec<Change> {
        let Some(account) = self.account_of(id) else { return Vec::new() };
        let Some(describe) = self.schema.object("Account") else { return Vec::new() };
        let mut moved = Vec::new();
        for change in self.changes.remove(id).unwrap_or_default() {
            let field = change::person_field(describe, &change.field)
                .unwrap_or_else(|| format!("Person{}", change.field));
            moved.push(Change { object: "Account".to_owned(), id: account.clone(), field, ..change });
        }
        moved
    }

    /// Copies on campaign members and cases, and the other half of a person account.
    fn ask_for_followers(&mut self, id: &RecordId) {
        let Some(row) = self.seen.get(id) else { return };
        let mirror = row.lookup("PersonContactId").filter(|_| row.object == "Account");
        let object = if mirror.is_some() { "Contact".to_owned() } else { row.object.clone() };
        let person = mirror.clone().unwrap_or_else(|| id.clone());
        let mut found = Vec::new();
        for change in self.changes.get(id).into_iter().flatten() {
            let here = if mirror.is_some() { mirrored(&change.field) } else { Some(change.field.clone()) };
            let Some(here) = here else { continue };
            let source = (id.clone(), change.field.clone());
            let copy = |object: &str, lookup: &'static str, field: String| Following {
                object: object.to_owned(),
                lookup,
                person: person.clone(),
                field,
                source: source.clone(),
            };
            found
                .extend(followers(&object, &here).into_iter().map(|it| copy(it.object, it.lookup, it.field)));
            if mirror.is_some() {
                found.push(copy("Contact", "Id", here));
            }
        }
        let mut fields = BTreeMap::<(&str, &'static str), BTreeSet<String>>::new();
        for it in &found {
            fields.entry((&it.object, it.lookup)).or_default().insert(it.field.clone());
        }
        for ((name, lookup), wanted) in fields {
            let Some(object) = self.schema.object(name).filter(|it| it.queryable) else { continue };
            let mut all = asks::standing(object);
            let known = wanted.iter().map(String::as_str).chain([lookup]).filter_map(|it| object.field(it));
            all.extend(known.map(|field| field.name.clone()));
            let ids = BTreeSet::from([person.clone()]);
            self.waiting.push(Question {
                ask: asks::query(name, all.into_iter().collect(), lookup, &ids, Vec::new()),
                about: About::Followers { object: name.to_owned(), lookup },
            });
        }
        found.retain(|it| !self.following.contains(it));
        self.following.extend(found);
    }

    fn ask_for_cleaning(&mut self, id: &RecordId) {
        let Some(row) = self.seen.get(id) else { return };
        let Some((_, name, lookup)) = CLEANING.iter().find(|(object, _, _)| *object == row.object) else {
            return;
        };
        if let Some(object) = self.schema.object(name).filter(|it| it.queryable) {
            let mut fields = asks::standing(object);
            fields.extend(object.field(lookup).map(|field| field.name.clone()));
            self.waiting.push(Question {
                ask: asks::query(
                    name,
                    fields.into_iter().collect(),
                    lookup,
                    &BTreeSet::from([id.clone()]),
                    Vec::new(),
                ),
                about: About::Cleaning,
            });
        }
    }

    /// Whether a system rather than a person changed the records last.
    pub(super) fn ask_for_modifiers(&mut self) {
        if std::mem::replace(&mut self.modifiers_asked, true) || !self.sets_values() {
            return;
        }
        let users: BTreeSet<RecordId> =
            self.changes.keys().filter_map(|id| self.seen.get(id)?.lookup("LastModifiedById")).collect();
        let Some(object) = self.schema.object("User").filter(|it| it.queryable) else { return };
        let mut fields: Vec<String> = ["UserType", "Username"]
            .iter()
            .filter_map(|it| object.field(it))
            .map(|field| field.name.clone())
            .collect();
        fields.extend(object.field("ProfileId").map(|_| "Profile.Name".to_owned()));
        let questions = asks::pieces(&users).map(|users| Question {
            ask: asks::query("User", fields.clone(), "Id", &users, Vec::new()),
            about: About::Modifiers,
        });
        self.waiting.extend(questions);
    }
}

/// Steps, values and warnings of everything that is to be set. A record that goes as a whole is not corrected first.
pub(super) fn draw_up(of: &Rehearsal, doomed: &BTreeSet<RecordId>) -> Changes {
    let mut all = Changes {
        steps: Vec::new(),
        values: BTreeMap::new(),
        planned: Vec::new(),
        shown: Vec::new(),
        blockers: Vec::new(),
        warnings: of.notes.clone(),
    };
    for (id, changes) in of.changes.iter().filter(|(id, _)| !doomed.contains(*id)) {
        record(of, id, changes, &mut all);
    }
    let written: BTreeSet<(RecordId, String)> =
        all.planned.iter().filter(|it| it.write).map(|it| (it.id.clone(), it.field.clone())).collect();
    follow(of, doomed, &written, &mut all);
    warn(of, &written, &mut all);
    all
}

fn record(of: &Rehearsal, id: &RecordId, changes: &[Change], all: &mut Changes) {
    let Some(first) = changes.first() else { return };
    let object_name = first.object.as_str();
    let block = |field: &str, because: String| Blocker {
        object: object_name.to_owned(),
        id: id.clone(),
        field: field.to_owned(),
        blocks: Blocked { object: object_name.to_owned(), id: id.clone() },
        because,
    };
    let (Some(object), Some(row)) = (of.schema.object(object_name), of.seen.get(id)) else {
        let because = "The org does not show this record any more; locate again.";
        all.blockers.push(block("Id", because.to_owned()));
        return;
    };
    if row.presence() != Presence::Live {
        let because = "The record is not live: it is in the bin or archived and cannot be changed.";
        all.blockers.push(block("Id", because.to_owned()));
        return;
    }
    if row.flag("IsConverted") {
        let because = "A converted lead is read-only; its contact and account hold the values in use.";
        all.blockers.push(block("IsConverted", because.to_owned()));
        return;
    }
    let (mut write, mut reasons, mut held) = (BTreeMap::new(), Vec::<String>::new(), Vec::new());
    for change in changes.iter().filter(|it| it.only_if.as_ref().is_none_or(|only| only.holds(row))) {
        if let Some(because) = change::unfit(object, &change.field, &change.value) {
            all.blockers.push(block(&change.field, because));
            continue;
        }
        let Some(field) = object.field(&change.field) else { continue };
        let before = row.values.get(&field.name).cloned().unwrap_or(Value::Null);
        let already = change::same(&field.field_type, &before, &change.value);
        let value = match (&change.value, field.field_type.as_str()) {
            (Value::Null, "boolean") => Value::Bool(false),
            (value, _) => value.clone(),
        };
        all.plan(object, field, row, value.clone(), Cause::Asked, !already);
        if already {
            held.push(field.name.clone());
            continue;
        }
        if !reasons.contains(&change.because) {
            reasons.push(change.because.clone());
        }
        let formulas = change::formulas(object, &field.name);
        if !formulas.is_empty() {
            reasons.push(format!("The formula {} follows from {}.", formulas.join(", "), field.name));
        }
        write.insert(field.name.clone(), value);
    }
    if write.is_empty() {
        if !held.is_empty() {
            let because = format!("It holds the wanted value already: {}.", held.join(", "));
            all.steps.push(plan::step(of, &object.name, id, Deed::Keep, Cause::Asked, because));
        }
        return;
    }
    let deed = if write.values().all(Value::is_null) { Deed::Blank } else { Deed::Replace };
    let mut step = plan::step(of, &object.name, id, deed, Cause::Asked, reasons.join(" "));
    step.fields = write.keys().cloned().collect();
    all.steps.push(step);
    all.values.insert(id.clone(), write);
}

/// The copies that Salesforce brings up to date by itself stand as steps of their own, and are proved like the others.
fn follow(
    of: &Rehearsal,
    doomed: &BTreeSet<RecordId>,
    written: &BTreeSet<(RecordId, String)>,
    all: &mut Changes,
) {
    for (id, row) in of.seen.iter().filter(|(id, row)| !doomed.contains(*id) && !row.flag("IsDeleted")) {
        let Some(object) = of.schema.object(&row.object) else { continue };
        let copies = of.following.iter().filter(|it| it.in_row(row) && written.contains(&it.source));
        let (mut names, mut source) = (Vec::new(), "record");
        for copy in copies {
            let (id_of, from) = &copy.source;
            let after = all.values.get(id_of).and_then(|it| it.get(from)).cloned();
            let (Some(field), Some(after)) = (object.field(&copy.field), after) else { continue };
            source = of.seen.get(id_of).map_or("record", |it| it.object.as_str());
            names.push(field.name.clone());
            all.plan(object, field, row, after, Cause::Cascade, true);
        }
        if !names.is_empty() {
            let because = format!("Salesforce copies it from the {source}; it follows by itself.");
            let mut step = plan::step(of, &object.name, id, Deed::Replace, Cause::Cascade, because);
            step.fields = names;
            all.steps.push(step);
        }
    }
}

fn warn(of: &Rehearsal, written: &BTreeSet<(RecordId, String)>, all: &mut Changes) {
    let ids: BTreeSet<&RecordId> = written.iter().map(|(id, _)| id).collect();
    let mut add =
        |what: String, because: &str| all.warnings.push(ByHand { what, because: because.to_owned() });
    for row in of.cleaning.iter().filter(|row| !row.flag("IsDeleted")) {
        let lookup = CLEANING.iter().find(|(_, name, _)| *name == row.object).map(|it| it.2);
        if lookup.and_then(|it| row.lookup(it)).is_some_and(|it| ids.contains(&it)) {
            add(
                format!(
                    "May be overwritten: the cleaning service compares through {} {}",
                    row.object, row.id
                ),
                "Correct the value there too or mark it as reviewed, switch off automatic updates of its data integration rule, \
                 and prove again after its next run.",
            );
        }
    }
    for id in ids {
        let user = of.seen.get(id).and_then(|row| row.lookup("LastModifiedById"));
        let user = user.and_then(|it| of.modifiers.iter().find(|row| row.id == it));
        if let (Some(user), Some(row)) = (user, of.seen.get(id))
            && is_system(user)
        {
            add(
                format!(
                    "May be overwritten: an integration changed {} {id} last (user {})",
                    row.object, user.id
                ),
                "Correct the value in the system behind it, tell its provider, and prove again after its next run.",
            );
        }
    }
}

/// A user that stands for a program.
fn is_system(user: &Row) -> bool {
    let word = |field: &str| user.text(field).unwrap_or_default().to_lowercase();
    let kinds = ["automatedprocess", "cloudintegrationuser"];
    let names =
        ["integration", "api only", "automated", "sync", "etl", "mulesoft", "informatica", "data loader"];
    kinds.contains(&word("UserType").as_str())
        || ["Profile.Name", "Username"].iter().any(|field| names.iter().any(|it| word(field).contains(it)))
}
