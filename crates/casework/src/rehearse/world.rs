//! A handful of rows that answer questions, for the tests of this crate.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::change::{Change, Wish};
use crate::found::{Confidence, Match};
use crate::query::{Answer, Ask, Condition, Literal, Refusal};
use crate::record_id::RecordId;
use crate::rehearse::{Rehearsal, Rehearsed, Wanted};
use crate::review::{Decided, Decision};
use crate::row::{Presence, Row};
use crate::schema::{ChildRelationship, Field, Object, Schema};

#[derive(Clone, Default)]
pub(crate) struct World {
    pub(crate) schema: Schema,
    pub(crate) rows: BTreeMap<RecordId, Row>,
    pub(crate) refuse: Vec<String>,
    pub(crate) matches: Vec<Match>,
    pub(crate) decided: Vec<Decided>,
    pub(crate) changes: Vec<Change>,
    pub(crate) wishes: Vec<Wish>,
}

pub(crate) fn id(prefix: &str, n: u32) -> RecordId {
    RecordId::parse(&format!("{prefix}5g00000{n:05}")).unwrap()
}

impl World {
    /// `fields` are `Name:type` or `Name->Target,Target`.
    pub(crate) fn object(mut self, name: &str, prefix: &str, fields: &[&str]) -> Self {
        let system = ["LastModifiedDate:datetime", "IsDeleted:boolean"];
        let field = |text: &str| {
            let (name, field_type, to) = match (text.split_once("->"), text.split_once(':')) {
                (Some((name, to)), _) => (name, "reference", to.split(',').map(str::to_owned).collect()),
                (None, Some((name, field_type))) => (name, field_type, Vec::new()),
                (None, None) => (text, "string", Vec::new()),
            };
            Field {
                name: name.into(),
                field_type: field_type.into(),
                reference_to: to,
                filterable: true,
                nillable: name != "LastName",
                updateable: true,
                createable: !system.contains(&text),
                ..Field::default()
            }
        };
        let object = Object {
            name: name.into(),
            key_prefix: Some(prefix.into()),
            queryable: true,
            searchable: true,
            createable: true,
            updateable: true,
            deletable: true,
            fields: fields.iter().chain(&system).map(|it| field(it)).collect(),
            ..Object::default()
        };
        self.schema.objects.insert(name.into(), object);
        self
    }

    /// `effect` is `cascade`, `restrict`, `both` or `clear`.
    pub(crate) fn child(mut self, parent: &str, child: &str, field: &str, effect: &str) -> Self {
        let relation = ChildRelationship {
            child_object: child.into(),
            field: field.into(),
            relationship_name: Some(format!("{child}By{field}")),
            cascade_delete: matches!(effect, "cascade" | "both"),
            restricted_delete: matches!(effect, "restrict" | "both"),
            deprecated_and_hidden: false,
        };
        self.schema.objects.get_mut(parent).unwrap().child_relationships.push(relation);
        self
    }

    pub(crate) fn row(mut self, object: &str, id: &RecordId, values: Value) -> Self {
        let mut row = Row { object: object.into(), id: id.clone(), values: BTreeMap::new() };
        row.values.insert("LastModifiedDate".into(), json!("2026-11-01T09:00:00.000+0000"));
        row.values.insert("IsDeleted".into(), json!(false));
        row.values.extend(values.as_object().unwrap().clone());
        self.rows.insert(id.clone(), row);
        self
    }

    pub(crate) fn decide(mut self, object: &str, id: &RecordId, decision: Option<Decision>) -> Self {
        let row = &self.rows[id];
        self.matches.push(Match {
            number: String::new(),
            object: object.into(),
            id: id.clone(),
            confidence: Confidence::Exact,
            person: matches!(object, "Contact" | "Lead") || row.flag("IsPersonAccount"),
            shared: false,
            presence: row.presence(),
            reasons: Vec::new(),
        });
        self.decided.extend(decision.map(|decision| Decided {
            object: object.into(),
            id: id.clone(),
            decision,
            ground: (decision == Decision::Keep).then(|| "legal-hold".into()),
            reason: String::new(),
        }));
        self
    }

    /// A value to be set on a record that is a match.
    pub(crate) fn set(mut self, id: &RecordId, field: &str, value: Value) -> Self {
        let object = self.rows[id].object.clone();
        if !self.matches.iter().any(|it| it.id == *id) {
            self = self.decide(&object, id, Some(Decision::Correct));
        }
        self.changes.push(Change {
            object,
            id: id.clone(),
            field: field.into(),
            value,
            because: "The contested value is corrected.".into(),
            only_if: None,
        });
        self
    }

    pub(crate) fn answer(&self, ask: &Ask) -> Result<Answer, Refusal> {
        let Ask::Query(query) = ask else { return Ok(Answer::default()) };
        let touched = std::iter::once(&query.object).chain(query.children.iter().map(|it| &it.object));
        if touched.into_iter().any(|it| self.refuse.contains(it)) {
            return Err(Refusal { code: "INVALID_TYPE".into(), message: String::new() });
        }
        let mut rows = Vec::new();
        for row in self.rows.values().filter(|row| row.object == query.object) {
            if fits(row, query.condition.as_ref()) && (query.all_rows || !row.flag("IsDeleted")) {
                rows.push(only(row, &query.fields));
                for child in &query.children {
                    let relation = self.schema.objects[&query.object]
                        .child_relationships
                        .iter()
                        .find(|it| it.relationship_name.as_deref() == Some(&child.relationship))
                        .unwrap();
                    let children = self.rows.values().filter(|it| it.object == child.object);
                    let hanging = children.filter(|it| it.lookup(&relation.field).as_ref() == Some(&row.id));
                    rows.extend(hanging.map(|it| only(it, &child.fields)));
                }
            }
        }
        Ok(Answer { rows })
    }

    pub(crate) fn wanted(&self) -> Wanted {
        Wanted {
            schema: self.schema.clone(),
            matches: self.matches.clone(),
            decided: self.decided.clone(),
            placeholders: BTreeMap::new(),
            changes: self.changes.clone(),
            wishes: self.wishes.clone(),
            notes: Vec::new(),
        }
    }

    pub(crate) fn rehearse(&self) -> Rehearsed {
        let mut rehearsal = Rehearsal::begin(self.wanted()).unwrap();
        for _ in 0..50 {
            let asks = rehearsal.next();
            if asks.is_empty() {
                return rehearsal.finish().unwrap();
            }
            rehearsal.answer(asks.iter().map(|ask| self.answer(ask)).collect()).unwrap();
        }
        panic!("the rehearsal does not end");
    }

    pub(crate) fn ask_all(&self, asks: &[Ask]) -> Vec<Row> {
        asks.iter().flat_map(|ask| self.answer(ask).unwrap().rows).collect()
    }

    pub(crate) fn bin(&mut self, id: &RecordId) {
        self.rows.get_mut(id).unwrap().values.insert("IsDeleted".into(), json!(true));
    }
}

fn fits(row: &Row, condition: Option<&Condition>) -> bool {
    match condition {
        Some(Condition::In { field, values }) => values.iter().any(|value| match value {
            Literal::Text(text) if field == "Id" => row.id.as_str() == text,
            Literal::Text(text) => row.text(field) == Some(text),
            _ => false,
        }),
        Some(Condition::All(parts)) => parts.iter().all(|it| fits(row, Some(it))),
        _ => !row.flag("IsDeleted"),
    }
}

fn only(row: &Row, fields: &[String]) -> Row {
    let values = row.values.iter().filter(|(name, _)| fields.contains(name));
    Row { values: values.map(|(a, b)| (a.clone(), b.clone())).collect(), ..row.clone() }
}

/// Accounts, contacts, cases, tasks, orders, files; one contact with a bit of everything.
pub(crate) fn office() -> World {
    World::default()
        .object("Account", "001", &["Name", "IsPersonAccount:boolean", "PersonContactId->Contact"])
        .object("Contact", "003", &["LastName", "Email:email", "AccountId->Account", "ReportsToId->Contact", "IsPersonAccount:boolean"])
        .object("Case", "500", &["ContactId->Contact", "Subject", "SuppliedEmail:email"])
        .object("EmailMessage", "02s", &["ParentId->Case"])
        .object("Task", "00T", &["WhoId->Contact,Lead", "WhatId->Account"])
        .object("Order", "801", &["BillToContactId->Contact", "AccountId->Account", "StatusCode:picklist", "BillingStreet:textarea"])
        .object("ContentDocument", "069", &["Title"])
        .object("ContentVersion", "068", &["ContentDocumentId->ContentDocument"])
        .object("ContentDocumentLink", "06A", &["ContentDocumentId->ContentDocument", "LinkedEntityId->Contact,Case,User"])
        .child("Account", "Contact", "AccountId", "cascade")
        .child("Account", "Order", "AccountId", "both")
        .child("Contact", "Task", "WhoId", "cascade")
        .child("Contact", "Case", "ContactId", "restrict")
        .child("Contact", "Order", "BillToContactId", "restrict")
        .child("Contact", "Contact", "ReportsToId", "clear")
        .child("Contact", "ContentDocumentLink", "LinkedEntityId", "cascade")
        .child("Case", "EmailMessage", "ParentId", "cascade")
        .child("Case", "ContentDocumentLink", "LinkedEntityId", "cascade")
        .child("ContentDocument", "ContentVersion", "ContentDocumentId", "cascade")
        .child("ContentDocument", "ContentDocumentLink", "ContentDocumentId", "cascade")
        .row("Account", &id("001", 1), json!({"Name": "Alder Ltd"}))
        .row("Contact", &id("003", 1), json!({"LastName": "Berg", "Email": "ana@example.com", "AccountId": id("001", 1).as_str()}))
        .row("Contact", &id("003", 2), json!({"LastName": "Other", "AccountId": id("001", 1).as_str(), "ReportsToId": id("003", 1).as_str()}))
        .row("Case", &id("500", 1), json!({"ContactId": id("003", 1).as_str()}))
        .row("EmailMessage", &id("02s", 1), json!({"ParentId": id("500", 1).as_str()}))
        .row("Task", &id("00T", 1), json!({"WhoId": id("003", 1).as_str()}))
}

pub(crate) fn presence_of(rehearsed: &Rehearsed, id: &RecordId) -> Option<Presence> {
    rehearsed.plan.steps.iter().find(|step| step.id == *id).map(|step| step.presence)
}
