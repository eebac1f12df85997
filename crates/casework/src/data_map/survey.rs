//! Asking an org what its map needs, in rounds: classification, samples, apps; then the users behind them; then what
//! those users may read. A refusal becomes a line of what was not read.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{self, Classified};
use super::integrations::{Access, Guarded, SEES_MASKED};
use super::{Area, DataMap, Deletion, NotRead, ObjectEntry, Sampled};
use crate::catalogue::{Catalogue, People};
use crate::categories;
use crate::disclosure;
use crate::query::{Answer, Ask, Condition, Literal, Query, Refusal, Returning, Search, SearchGroup};
use crate::record_id::RecordId;
use crate::row::Row;
use crate::schema::{Field, Object, Schema};

/// Records of each object whose text is looked at.
pub const SAMPLE: u32 = 50;
/// Objects whose classification is asked for together; more would come in several pages, which Salesforce does not
/// page reliably for this kind of object.
const TOGETHER: usize = 10;
/// Objects in one search.
const SEARCHED: usize = 8;
/// Ids in one list.
const IDS: usize = 200;

/// What a question is about.
#[derive(Debug, Clone, PartialEq)]
enum About {
    Classification(Vec<String>),
    Sample(String),
    /// More samples: records in which the org's search finds words that stand beside secrets.
    Secrets,
    Apps,
    Tokens,
    Credentials,
    ApiOnly,
    Users,
    Assignments,
    Sets,
    Objects,
    Fields,
}

/// The questions of one building, and what came back.
#[derive(Debug)]
pub struct Survey {
    round: u8,
    asked: Vec<About>,
    again: Vec<String>,
    access: Access,
    classified: BTreeMap<(String, String), Classified>,
    sampled: BTreeMap<(String, String), Sampled>,
    /// Records whose text was looked at.
    seen: BTreeSet<RecordId>,
    not_read: Vec<NotRead>,
}

/// How many live records the org says that each object has.
#[derive(Debug, Default)]
pub struct Counts {
    /// As the signed-in user sees them, or why they were not counted.
    pub counted: BTreeMap<String, Result<u64, Refusal>>,
    /// Salesforce's own estimate.
    pub estimated: BTreeMap<String, u64>,
}

impl Counts {
    /// The number, and whether it was counted.
    fn of(&self, object: &str) -> (Option<u64>, bool) {
        match self.counted.get(object) {
            Some(Ok(count)) => (Some(*count), true),
            _ => (self.estimated.get(object).copied(), false),
        }
    }
}

/// Objects that belong on a map: they stand for people or can hold something about them.
pub fn mapped(schema: &Schema) -> Vec<&Object> {
    let knows = |it: &Object| match Catalogue::standard().object(&it.name) {
        Some(known) => known.people != People::None,
        None => it.custom || it.name.contains("__"),
    };
    let copies = |it: &Object| !matches!(it.associate_entity_type.as_deref(), Some("Share" | "ChangeEvent"));
    schema
        .objects
        .values()
        .filter(|it| it.queryable && !it.fields.is_empty() && !it.custom_setting && copies(it) && knows(it))
        .collect()
}

impl Survey {
    pub fn begin() -> Self {
        Self {
            round: 0,
            asked: Vec::new(),
            again: Vec::new(),
            access: Access::default(),
            classified: BTreeMap::new(),
            sampled: BTreeMap::new(),
            seen: BTreeSet::new(),
            not_read: Vec::new(),
        }
    }

    /// The questions of the next round; none when everything was asked.
    pub fn next(&mut self, schema: &Schema) -> Vec<Ask> {
        while self.round < 3 {
            self.round += 1;
            let questions: Vec<(About, Query)> = match self.round {
                1 => first(schema),
                2 => self.second(),
                _ => self.third(schema),
            };
            let searches = if self.round == 1 { searches(schema) } else { Vec::new() };
            let (asked, asks): (Vec<About>, Vec<Ask>) = questions
                .into_iter()
                .map(|(about, query)| (about, Ask::Query(query)))
                .chain(searches.into_iter().map(|search| (About::Secrets, Ask::Search(search))))
                .unzip();
            self.asked = asked;
            if !asks.is_empty() {
                return asks;
            }
        }
        Vec::new()
    }

    /// Takes the answers of a round in the order of its questions.
    pub fn answer(&mut self, schema: &Schema, answers: Vec<Result<Answer, Refusal>>) {
        for (about, answer) in std::mem::take(&mut self.asked).into_iter().zip(answers) {
            match answer {
                Ok(answer) => self.take(schema, &about, answer.rows),
                Err(refusal) => self.refused(about, &refusal),
            }
        }
    }

    fn take(&mut self, schema: &Schema, about: &About, rows: Vec<Row>) {
        match about {
            About::Classification(_) => {
                for row in rows {
                    let (Some(object), Some(field)) =
                        (row.text("EntityDefinition.QualifiedApiName"), row.text("QualifiedApiName"))
                    else {
                        continue;
                    };
                    let groups = row.text("ComplianceGroup").unwrap_or_default();
                    let it = Classified {
                        security: row.text("SecurityClassification").map(str::to_owned),
                        groups: super::words(groups).into_iter().map(str::to_owned).collect(),
                    };
                    self.classified.insert((object.to_owned(), field.to_owned()), it);
                }
            }
            About::Sample(_) | About::Secrets => {
                for row in &rows {
                    let Some(object) =
                        schema.object(&row.object).filter(|_| self.seen.insert(row.id.clone()))
                    else {
                        continue;
                    };
                    for field in &object.fields {
                        if let Some(value) = row.text(&field.name) {
                            let key = (object.name.clone(), field.name.clone());
                            fields::sample(self.sampled.entry(key).or_default(), field, value);
                        }
                    }
                }
            }
            About::Apps => self.access.apps = rows,
            About::Tokens => self.access.tokens = rows,
            About::Credentials => self.access.credentials = rows,
            About::ApiOnly => self.access.api_only = rows,
            About::Users => self.access.users.extend(rows),
            About::Assignments => self.access.assignments.extend(rows),
            About::Sets => self.access.sets.extend(rows),
            About::Objects => self.access.objects.extend(rows),
            About::Fields => self.access.fields.extend(rows),
        }
    }

    fn refused(&mut self, about: About, refusal: &Refusal) {
        let what = match about {
            // Some versions take one object at a time only.
            About::Classification(objects) if objects.len() > 1 => return self.again.extend(objects),
            About::Classification(objects) => format!("data classification of {}", objects.join(", ")),
            About::Sample(object) => format!("samples of {object}"),
            About::Secrets => "the search for passwords and keys".to_owned(),
            About::Apps => "connected apps".to_owned(),
            About::Tokens => "tokens of connected apps".to_owned(),
            About::Credentials => "named credentials".to_owned(),
            About::ApiOnly | About::Users => "integration users".to_owned(),
            About::Assignments | About::Sets | About::Objects => "permissions".to_owned(),
            About::Fields => "permissions on fields".to_owned(),
        };
        self.not_read.push(not_read(what, refusal));
    }

    fn second(&mut self) -> Vec<(About, Query)> {
        let mut questions: Vec<(About, Query)> =
            std::mem::take(&mut self.again).into_iter().map(|it| classification(&[it])).collect();
        let people: Vec<String> = self.access.people().into_iter().collect();
        for ids in people.chunks(IDS) {
            let is = |field: &str| Some(any_of(field, ids));
            questions.push((About::Users, query("User", &["Username", "IsActive"], is("Id"))));
            let fields = ["AssigneeId", "PermissionSetId"];
            questions.push((About::Assignments, query("PermissionSetAssignment", &fields, is("AssigneeId"))));
        }
        questions
    }

    fn third(&self, schema: &Schema) -> Vec<(About, Query)> {
        let sets: Vec<String> = self.access.set_ids().into_iter().collect();
        let mut system = vec!["PermissionsViewAllData", "PermissionsModifyAllData"];
        system
            .extend(schema.object("PermissionSet").and_then(|it| it.field(SEES_MASKED)).map(|_| SEES_MASKED));
        let mut questions = Vec::new();
        for ids in sets.chunks(IDS) {
            let under = any_of("ParentId", ids);
            questions.push((About::Sets, query("PermissionSet", &system, Some(any_of("Id", ids)))));
            let rights = [
                "ParentId",
                "SobjectType",
                "PermissionsRead",
                "PermissionsViewAllRecords",
                "PermissionsModifyAllRecords",
            ];
            questions.push((About::Objects, query("ObjectPermissions", &rights, Some(under.clone()))));
            let readable =
                Condition::In { field: "PermissionsRead".to_owned(), values: vec![Literal::Flag(true)] };
            questions.push((
                About::Fields,
                query(
                    "FieldPermissions",
                    &["ParentId", "Field", "PermissionsRead"],
                    Some(Condition::All(vec![under, readable])),
                ),
            ));
        }
        questions
    }

    /// The map, with the number of records of each object.
    pub fn finish(mut self, schema: &Schema, counts: &Counts) -> DataMap {
        let mut objects = Vec::new();
        let mut guarded = BTreeMap::new();
        for object in mapped(schema) {
            guarded.insert(object.name.clone(), Guarded::of(object));
            let fields: Vec<_> = object
                .fields
                .iter()
                .filter(|it| !is_machinery(it))
                .map(|field| {
                    let key = (object.name.clone(), field.name.clone());
                    let sampled = self.sampled.remove(&key).unwrap_or_default();
                    fields::entry(object, field, self.classified.get(&key), sampled)
                })
                .collect();
            let mut categories = categories::of_object(&object.name);
            for field in &fields {
                categories
                    .extend(field.words(super::What::Categories).iter().filter_map(|it| it.chars().next()));
            }
            let known = Catalogue::standard().object(&object.name);
            let person = known.is_some_and(|it| it.people == People::Person);
            let companion = object.associate_entity_type.is_some();
            let (records, counted) = counts.of(&object.name);
            if let Some(Err(refusal)) = counts.counted.get(&object.name) {
                self.not_read.push(not_read(format!("the number of records of {}", object.name), refusal));
            }
            objects.push(ObjectEntry {
                area: Area::of(&object.name, person, companion, &categories),
                object: object.name.clone(),
                label: object.label.clone(),
                people: if person { "person" } else { "holds" }.to_owned(),
                records,
                counted,
                categories,
                deletion: deletion(schema, object),
                fields,
            });
        }
        let mut integrations = self.access.integrations(&guarded);
        integrations.sort_by(|a, b| a.name.cmp(&b.name));
        DataMap { objects, integrations, not_read: self.not_read }
    }
}

fn not_read(what: String, refusal: &Refusal) -> NotRead {
    NotRead { what, because: format!("The org refused ({}).", refusal.code) }
}

fn first(schema: &Schema) -> Vec<(About, Query)> {
    let objects = mapped(schema);
    let names: Vec<String> = objects.iter().map(|it| it.name.clone()).collect();
    let mut questions: Vec<(About, Query)> = names.chunks(TOGETHER).map(classification).collect();
    for object in objects {
        let texts: Vec<&str> = texts(object).map(|it| it.name.as_str()).collect();
        if !texts.is_empty() {
            let query = Query { limit: Some(SAMPLE), ..query(&object.name, &texts, None) };
            questions.push((About::Sample(object.name.clone()), query));
        }
    }
    let api_only = Condition::In {
        field: "PermissionSet.PermissionsApiUserOnly".to_owned(),
        values: vec![Literal::Flag(true)],
    };
    questions.extend([
        (About::Apps, query("ConnectedApplication", &["Name"], None)),
        (About::Tokens, query("OauthToken", &["AppName", "UserId", "LastUsedDate", "UseCount"], None)),
        (About::Credentials, query("NamedCredential", &["MasterLabel", "DeveloperName"], None)),
        (About::ApiOnly, query("PermissionSetAssignment", &["AssigneeId"], Some(api_only))),
    ]);
    questions
}

/// Searches for the words beside which secrets stand: few records in many have any, and samples seldom meet them.
fn searches(schema: &Schema) -> Vec<Search> {
    let returning = |object: &&Object| Returning {
        object: object.name.clone(),
        fields: texts(object).map(|it| it.name.clone()).collect(),
        limit: SAMPLE,
    };
    let all: Vec<Returning> = mapped(schema)
        .iter()
        .filter(|it| it.searchable && texts(it).next().is_some())
        .map(returning)
        .collect();
    all.chunks(SEARCHED)
        .map(|objects| Search {
            phrases: disclosure::words_of_secrets(),
            within: SearchGroup::All,
            returning: objects.to_vec(),
        })
        .collect()
}

fn texts(object: &Object) -> impl Iterator<Item = &Field> {
    object.fields.iter().filter(|it| is_text(it))
}

fn classification(objects: &[String]) -> (About, Query) {
    let fields = [
        "EntityDefinition.QualifiedApiName",
        "QualifiedApiName",
        "ComplianceGroup",
        "SecurityClassification",
    ];
    let of = any_of("EntityDefinition.QualifiedApiName", objects);
    (About::Classification(objects.to_vec()), query("FieldDefinition", &fields, Some(of)))
}

fn query(object: &str, fields: &[&str], condition: Option<Condition>) -> Query {
    Query {
        object: object.to_owned(),
        fields: fields.iter().map(|it| (*it).to_owned()).collect(),
        condition,
        children: Vec::new(),
        all_rows: false,
        order_by: Vec::new(),
        limit: None,
    }
}

fn any_of(field: &str, values: &[String]) -> Condition {
    let values = values.iter().map(|it| Literal::Text(it.clone())).collect();
    Condition::In { field: field.to_owned(), values }
}

fn is_text(field: &Field) -> bool {
    matches!(
        field.field_type.as_str(),
        "string"
            | "textarea"
            | "email"
            | "phone"
            | "url"
            | "encryptedstring"
            | "combobox"
            | "picklist"
            | "multipicklist"
    )
}

/// Ids, lookups, stamps and owners are no data about anybody.
fn is_machinery(field: &Field) -> bool {
    const STAMPS: [&str; 5] =
        ["CreatedDate", "LastModifiedDate", "SystemModstamp", "LastViewedDate", "LastReferencedDate"];
    matches!(field.field_type.as_str(), "id" | "reference") || STAMPS.contains(&field.name.as_str())
}

/// What describe says about deleting: the object's own children, and the parents that name it as theirs.
fn deletion(schema: &Schema, object: &Object) -> Deletion {
    let own = object.child_relationships.iter().filter(|it| !it.deprecated_and_hidden);
    let children = |cascade: bool| -> BTreeSet<String> {
        own.clone()
            .filter(|it| if cascade { it.cascade_delete } else { it.restricted_delete })
            .filter(|it| !it.child_object.ends_with("ChangeEvent") && !it.child_object.ends_with("Share"))
            .map(|it| it.child_object.clone())
            .collect()
    };
    let goes_with = schema
        .objects
        .values()
        .filter(|parent| {
            parent.child_relationships.iter().any(|it| it.child_object == object.name && it.cascade_delete)
        })
        .map(|it| it.name.clone())
        .collect();
    let copies = schema
        .objects
        .values()
        .filter(|it| it.associate_parent_entity.as_deref() == Some(object.name.as_str()))
        .filter(|it| matches!(it.associate_entity_type.as_deref(), Some("History" | "Feed")))
        .map(|it| it.name.clone())
        .collect();
    Deletion {
        bin: object.undeletable,
        goes_with,
        takes_along: children(true),
        blocked_by: children(false),
        copies,
    }
}
