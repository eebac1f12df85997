//! The walk down the cascade: what each answer means, and what has to be asked next.

use std::collections::BTreeSet;

use crate::query::{Answer, Refusal};
use crate::record_id::RecordId;
use crate::rehearse::asks::{self, About, Question};
use crate::rehearse::{Edge, Effect, Node, Rehearsal, RehearseProblem};
use crate::review::Decision;
use crate::row::{Presence, Row};
use crate::schema::{ChildRelationship, Object};

/// No API of ours deletes rows of these.
pub(super) fn beyond_reach(object: &Object) -> Option<&'static str> {
    match object.name.as_str() {
        name if name.ends_with("__b") || name == "FieldHistoryArchive" => Some(
            "Rows of a big object are deleted by an administrator through SOAP or Apex, and have no recycle bin.",
        ),
        name if name.ends_with("__x") => {
            Some("The record lives in another system; it has to be deleted there.")
        }
        "User" => Some("Salesforce users cannot be deleted: deactivate the user and scramble its fields."),
        "SetupAuditTrail" | "LoginHistory" | "EventLogFile" | "VerificationHistory" => {
            Some("Salesforce keeps these security logs and does not let rows be deleted.")
        }
        _ => None,
    }
}

impl Rehearsal {
    /// Asks for the records that were decided, as they stand now.
    pub(super) fn ask_for_decided(&mut self) -> Result<(), RehearseProblem> {
        let wanted = asks::by_object(
            self.decided
                .values()
                .filter(|it| matches!(it.decision, Decision::Delete | Decision::Keep))
                .map(|it| (it.object.as_str(), &it.id)),
        );
        for (name, ids) in wanted {
            let object = self
                .schema
                .object(&name)
                .ok_or_else(|| RehearseProblem::UnknownObject { object: name.clone() })?;
            if beyond_reach(object).is_none() {
                self.waiting.extend(asks::own(object, &ids, may_blank(object)));
            }
        }
        Ok(())
    }

    pub(super) fn ask_for_children(&mut self) {
        let frontier = std::mem::take(&mut self.frontier);
        let parents = asks::by_object(
            frontier
                .iter()
                // Children of a merge loser were moved to the winner.
                .filter(|id| self.presence(id) != Presence::Merged)
                .filter_map(|id| self.nodes.get(id).map(|node| (node.object.as_str(), id))),
        );
        for (name, ids) in parents {
            if let Some(object) = self.schema.object(&name) {
                self.waiting.extend(asks::children(&self.schema, object, &ids));
            }
        }
    }

    /// Files that hang on records which go: does anything else use them?
    pub(super) fn ask_for_links(&mut self) {
        let files: BTreeSet<RecordId> = self
            .nodes
            .iter()
            .filter(|(_, node)| node.object == "ContentDocumentLink")
            .filter_map(|(id, _)| self.seen.get(id).and_then(|row| row.lookup("ContentDocumentId")))
            .filter(|file| !self.files.contains(file) && !self.nodes.contains_key(file))
            // A file that the officer was shown and did not decide is left alone.
            .filter(|file| !self.matches.contains_key(file))
            .collect();
        self.files.extend(files.iter().cloned());
        self.waiting.extend(asks::links(&self.schema, &files));
    }

    /// Takes one answer.
    pub(super) fn take(
        &mut self,
        question: Question,
        answer: Result<Answer, Refusal>,
    ) -> Result<(), RehearseProblem> {
        match (question.about, answer) {
            (About::Own { object, .. }, Err(refusal)) => {
                return Err(RehearseProblem::NotReadable { object, code: refusal.code });
            }
            (About::Own { object, ids }, Ok(answer)) => self.take_own(&object, ids, answer.rows),
            (About::Children { parent, parents, relations, bundled: true }, Err(_)) => {
                // One child that cannot be asked about must not hide the others: each is asked alone.
                let single =
                    relations.iter().filter_map(|it| asks::alone(&self.schema, &parent, it, &parents));
                let single: Vec<Question> = single.collect();
                self.waiting.extend(single);
            }
            (About::Children { relations, .. }, Err(refusal)) => {
                let unread =
                    relations.into_iter().map(|it| (it.child_object, it.field, refusal.code.clone()));
                self.unread.extend(unread);
            }
            (About::Children { parents, relations, .. }, Ok(answer)) => {
                for row in answer.rows {
                    for relation in relations.iter().filter(|it| it.child_object == row.object) {
                        if let Some(parent) = row.lookup(&relation.field).filter(|it| parents.contains(it)) {
                            self.take_child(&row, &parent, relation);
                        }
                    }
                }
            }
            (About::Links { files }, Err(refusal)) => {
                for file in files {
                    self.files_kept.insert(
                        file,
                        format!("Whether other records use this file could not be read ({}).", refusal.code),
                    );
                }
            }
            (About::Links { files }, Ok(answer)) => self.take_links(&files, answer.rows),
            (About::Changed { object }, Err(refusal)) => {
                return Err(RehearseProblem::NotReadable { object, code: refusal.code });
            }
            (About::Changed { .. }, Ok(answer)) => self.take_changed(answer.rows),
            (About::Followers { object, lookup }, Err(refusal)) => {
                self.unread.insert((object, lookup.to_owned(), refusal.code));
            }
            (About::Followers { .. }, Ok(answer)) => {
                answer.rows.into_iter().for_each(|row| self.remember(row))
            }
            (About::Cleaning, Err(refusal)) => {
                let about = ("CleanInfo".to_owned(), "Id".to_owned(), refusal.code);
                self.unread.insert(about);
            }
            (About::Modifiers, Err(refusal)) => {
                self.unread.insert(("User".to_owned(), "Id".to_owned(), refusal.code));
            }
            (About::Cleaning, Ok(answer)) => self.cleaning.extend(answer.rows),
            (About::Modifiers, Ok(answer)) => self.modifiers.extend(answer.rows),
            (About::Purposes, Ok(answer)) => self.held.purposes.extend(answer.rows),
            (About::Consents { .. }, Ok(answer)) => self.held.consents.extend(answer.rows),
            (About::Purposes, Err(refusal)) => self.held.refused("DataUsePurpose", refusal.code),
            (About::Consents { object }, Err(refusal)) => self.held.refused(&object, refusal.code),
        }
        Ok(())
    }

    fn take_own(&mut self, object: &str, ids: BTreeSet<RecordId>, rows: Vec<Row>) {
        let mut missing = ids;
        for row in rows.into_iter().filter(|row| row.object.eq_ignore_ascii_case(object)) {
            let id = row.id.clone();
            missing.remove(&id);
            let wanted = self.decision(&id) == Some(Decision::Delete);
            let contact = row.lookup("PersonContactId").filter(|_| row.object == "Account");
            let file = row.lookup("ContentDocumentId").filter(|_| row.object == "ContentVersion");
            let company = row.object == "Account"
                && !row.flag("IsPersonAccount")
                && contact.is_none()
                && !self.matches.get(&id).is_some_and(|it| it.person);
            self.remember(row);
            if wanted {
                self.go(&id, object, true, "The officer decided so.", company);
            } else if let Some(node) = self.nodes.get(&id).cloned() {
                self.go(&id, object, node.asked, &node.because, node.company);
            }
            if let Some(contact) = contact.filter(|_| wanted) {
                let because = "The contact side of the person account goes with it.";
                self.follow(&id, contact, "Contact", "AccountId", false, because);
            }
            if let Some(file) = file.filter(|_| wanted) {
                self.follow_file(file, "A version can only go with its whole file.");
            }
        }
        missing.retain(|id| self.decision(id) == Some(Decision::Delete));
        self.not_there.extend(missing.into_iter().map(|id| (object.to_owned(), id)));
    }

    fn take_child(&mut self, row: &Row, parent: &RecordId, relation: &ChildRelationship) {
        let Some(holder) = self.nodes.get(parent).cloned() else { return };
        let effect = effect(row, relation, &holder.object);
        let in_bin = matches!(row.presence(), Presence::Bin | Presence::Merged);
        // A record that was put into the bin by itself neither blocks nor follows; one that went along with its parent does.
        let parent_in_bin = self.presence(parent) == Presence::Bin;
        if in_bin && !(parent_in_bin && effect == Effect::Cascade) {
            return;
        }
        let id = row.id.clone();
        self.remember(row.clone());
        if id == *parent {
            return;
        }
        if row.object == "ProcessInstance" && row.text("Status").is_some_and(|it| it == "Pending") {
            self.edge(&id, parent, &relation.field, Effect::Locks);
        }
        self.edge(&id, parent, &relation.field, effect);
        let spared =
            matches!(self.decision(&id), Some(Decision::Keep | Decision::NotThisPerson | Decision::Correct));
        if effect == Effect::Cascade && !spared && !self.nodes.contains_key(&id) {
            let because = format!("Salesforce deletes it together with its {}.", holder.object);
            self.go(&id, &row.object, false, &because, holder.company);
        }
    }

    fn take_links(&mut self, files: &BTreeSet<RecordId>, rows: Vec<Row>) {
        for file in files {
            let other = rows
                .iter()
                .filter(|row| {
                    row.lookup("ContentDocumentId").as_ref() == Some(file) && !row.flag("IsDeleted")
                })
                .filter_map(|row| row.lookup("LinkedEntityId"))
                // The owner's own link is a user's.
                .find(|entity| entity.prefix() != "005" && !self.nodes.contains_key(entity));
            match other {
                Some(entity) => {
                    let object = self.schema.object_with_prefix(entity.prefix());
                    let name = object.map_or("record", |it| it.name.as_str());
                    let because = format!(
                        "The file stays, because {name} {entity} uses it as well; only the link goes."
                    );
                    self.files_kept.insert(file.clone(), because);
                }
                None => self.follow_file(file.clone(), "The file hangs only on records that go."),
            }
        }
        for row in rows {
            if self.nodes.contains_key(&row.id) {
                self.remember(row);
            }
        }
    }

    /// A record that has to be read and then goes with, or instead of, another one.
    fn follow(
        &mut self,
        parent: &RecordId,
        id: RecordId,
        object: &str,
        field: &str,
        asked: bool,
        because: &str,
    ) {
        self.edge(&id, parent, field, Effect::Cascade);
        self.ask_for_one(id, object, asked, because);
    }

    fn follow_file(&mut self, file: RecordId, because: &str) {
        if !matches!(self.decision(&file), Some(Decision::Keep | Decision::NotThisPerson)) {
            self.ask_for_one(file, "ContentDocument", true, because);
        }
    }

    fn ask_for_one(&mut self, id: RecordId, object: &str, asked: bool, because: &str) {
        if self.nodes.contains_key(&id) || self.decision(&id).is_some() {
            return;
        }
        if let Some(describe) = self.schema.object(object) {
            self.waiting.extend(asks::own(describe, &BTreeSet::from([id.clone()]), false));
            let node = Node { object: object.to_owned(), asked, because: because.to_owned(), company: false };
            self.nodes.insert(id, node);
        }
    }

    fn go(&mut self, id: &RecordId, object: &str, asked: bool, because: &str, company: bool) {
        let node = Node { object: object.to_owned(), asked, because: because.to_owned(), company };
        self.nodes.insert(id.clone(), node);
        self.frontier.insert(id.clone());
    }

    fn edge(&mut self, child: &RecordId, parent: &RecordId, field: &str, effect: Effect) {
        let edge = Edge { child: child.clone(), parent: parent.clone(), field: field.to_owned(), effect };
        self.edges.insert(edge);
    }

    pub(super) fn remember(&mut self, row: Row) {
        match self.seen.get_mut(&row.id) {
            Some(known) => known.values.extend(row.values),
            None => {
                self.seen.insert(row.id.clone(), row);
            }
        }
    }
}

/// Whether the object's fields are emptied when its rows cannot be deleted.
pub(super) fn may_blank(object: &Object) -> bool {
    object.updateable && (!object.deletable || matches!(object.name.as_str(), "Order" | "Contract"))
}

/// Orders and contracts that are past their draft cannot be deleted.
pub(super) fn past_draft(row: &Row) -> bool {
    let draft = |status: &str| {
        let word: String =
            status.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        word == "d" || word.starts_with("draft") || word.starts_with("inapproval")
    };
    matches!(row.object.as_str(), "Order" | "Contract")
        && !row.text("StatusCode").or_else(|| row.text("Status")).is_some_and(draft)
}

fn effect(row: &Row, relation: &ChildRelationship, parent: &str) -> Effect {
    let inside_file = parent == "ContentDocument"
        && matches!(relation.child_object.as_str(), "ContentVersion" | "ContentDocumentLink")
        && relation.field == "ContentDocumentId";
    match (relation.cascade_delete || inside_file, relation.restricted_delete) {
        // Both flags: drafts go along, activated ones block.
        (true, true) if matches!(row.object.as_str(), "Order" | "Contract") && !past_draft(row) => {
            Effect::Cascade
        }
        (_, true) => Effect::Restrict,
        (true, false) => Effect::Cascade,
        (false, false) => Effect::Clear,
    }
}
