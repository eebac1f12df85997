//! The questions of a rehearsal: which fields of which records, children in bundles under their parents.

use std::collections::{BTreeMap, BTreeSet};

use crate::query::{Ask, ChildQuery, Condition, Literal, Query};
use crate::record_id::RecordId;
use crate::rehearse::blank;
use crate::schema::{ChildRelationship, Object, Schema};

/// A record's version is the first of these that its object has.
pub(super) const VERSION_FIELDS: [&str; 3] = ["LastModifiedDate", "SystemModstamp", "CreatedDate"];
/// Ids in one condition: keeps the statement well under the length that a GET takes.
const IDS_AT_ONCE: usize = 200;
const CHILDREN_AT_ONCE: usize = 20;
/// Read where they exist: where a record stands and whether Salesforce would let it go.
const STANDING_FIELDS: [&str; 7] = [
    "IsDeleted",
    "IsArchived",
    "MasterRecordId",
    "IsPersonAccount",
    "PersonContactId",
    "ContentDocumentId",
    "LinkedEntityId",
];
const STATUS_OBJECTS: [&str; 3] = ["Order", "Contract", "ProcessInstance"];
const PEOPLE: [&str; 3] = ["Contact", "Lead", "Individual"];

/// A question and what it is for.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) ask: Ask,
    pub(super) about: About,
}

#[derive(Debug, Clone)]
pub(super) enum About {
    /// Records by their own id.
    Own { object: String, ids: BTreeSet<RecordId> },
    /// Children of `parents` through these relationships.
    Children { parent: String, parents: BTreeSet<RecordId>, relations: Vec<ChildRelationship>, bundled: bool },
    /// Everything that these files hang on.
    Links { files: BTreeSet<RecordId> },
    /// Records whose values are to be set.
    Changed { object: String },
    /// Copies of fields on other records.
    Followers { object: String, lookup: &'static str },
    /// Records of the cleaning service beside the records to be set.
    Cleaning,
    /// The users who changed the records last.
    Modifiers,
    /// What data is used for in this org.
    Purposes,
    /// Consent records of the people for whom one may be made.
    Consents { object: String },
}

/// Records by id, deleted and archived ones too.
pub(super) fn own(object: &Object, ids: &BTreeSet<RecordId>, for_blanking: bool) -> Vec<Question> {
    let mut fields = standing(object);
    fields.extend(people_fields(object));
    if object.name == "Contact" {
        fields.extend(object.field("AccountId").map(|field| field.name.clone()));
    }
    if for_blanking {
        fields.extend(blank::candidates(object).map(|field| field.name.clone()));
    }
    pieces(ids)
        .map(|ids| Question {
            ask: query(&object.name, fields.iter().cloned().collect(), "Id", &ids, Vec::new()),
            about: About::Own { object: object.name.clone(), ids },
        })
        .collect()
}

/// Children of records of one object, twenty relationships in one question where they have names.
pub(super) fn children(schema: &Schema, parent: &Object, ids: &BTreeSet<RecordId>) -> Vec<Question> {
    let mut relations: Vec<&ChildRelationship> =
        parent.child_relationships.iter().filter(|it| askable(schema, parent, it)).collect();
    relations.sort_by(|a, b| (&a.child_object, &a.field).cmp(&(&b.child_object, &b.field)));
    relations.dedup_by(|a, b| a.child_object == b.child_object && a.field == b.field);
    let (named, nameless): (Vec<_>, Vec<_>) =
        relations.into_iter().partition(|it| it.relationship_name.is_some());
    let mut questions = Vec::new();
    for ids in pieces(ids) {
        for group in named.chunks(CHILDREN_AT_ONCE) {
            let subqueries = group.iter().filter_map(|it| subquery(schema, it)).collect();
            questions.push(Question {
                ask: query(&parent.name, Vec::new(), "Id", &ids, subqueries),
                about: About::Children {
                    parent: parent.name.clone(),
                    parents: ids.clone(),
                    relations: group.iter().map(|it| (*it).clone()).collect(),
                    bundled: true,
                },
            });
        }
        questions.extend(nameless.iter().filter_map(|it| alone(schema, &parent.name, it, &ids)));
    }
    questions
}

/// One relationship asked from the child's side.
pub(super) fn alone(
    schema: &Schema,
    parent: &str,
    relation: &ChildRelationship,
    ids: &BTreeSet<RecordId>,
) -> Option<Question> {
    let child = schema.object(&relation.child_object)?;
    Some(Question {
        ask: query(&child.name, child_fields(child, &relation.field), &relation.field, ids, Vec::new()),
        about: About::Children {
            parent: parent.to_owned(),
            parents: ids.clone(),
            relations: vec![relation.clone()],
            bundled: false,
        },
    })
}

/// All links of files.
pub(super) fn links(schema: &Schema, files: &BTreeSet<RecordId>) -> Vec<Question> {
    let Some(link) = schema.object("ContentDocumentLink").filter(|it| it.queryable) else {
        return Vec::new();
    };
    pieces(files)
        .map(|files| Question {
            ask: query(
                &link.name,
                child_fields(link, "ContentDocumentId"),
                "ContentDocumentId",
                &files,
                Vec::new(),
            ),
            about: About::Links { files },
        })
        .collect()
}

/// `queryAll` of the named fields where `field` is one of the ids.
pub(super) fn query(
    object: &str,
    fields: Vec<String>,
    field: &str,
    ids: &BTreeSet<RecordId>,
    children: Vec<ChildQuery>,
) -> Ask {
    Ask::Query(Query {
        object: object.to_owned(),
        fields,
        condition: Some(Condition::In {
            field: field.to_owned(),
            values: ids.iter().map(|id| Literal::Text(id.as_str().to_owned())).collect(),
        }),
        children,
        all_rows: true,
        order_by: Vec::new(),
        limit: None,
    })
}

fn subquery(schema: &Schema, relation: &ChildRelationship) -> Option<ChildQuery> {
    let child = schema.object(&relation.child_object)?;
    Some(ChildQuery {
        relationship: relation.relationship_name.clone()?,
        object: child.name.clone(),
        fields: child_fields(child, &relation.field),
        condition: None,
    })
}

/// Whether a relationship can be asked about: its child is readable and not a mere view or event of something else.
fn askable(schema: &Schema, parent: &Object, relation: &ChildRelationship) -> bool {
    let Some(child) = schema.object(&relation.child_object) else { return false };
    let outside = ["__b", "__x", "__e", "ChangeEvent"].iter().any(|end| child.name.ends_with(end));
    // A feed view shows the same items as FeedItem, under the same ids.
    let view = child.name.ends_with("Feed")
        && parent.child_relationships.iter().any(|it| it.child_object == "FeedItem")
        && schema.object("FeedItem").is_some_and(|it| it.queryable);
    child.queryable
        && !outside
        && !view
        && child.field(&relation.field).is_some()
        && (relation.relationship_name.is_some()
            || child.field(&relation.field).is_some_and(|it| it.filterable))
}

fn child_fields(child: &Object, lookup: &str) -> Vec<String> {
    let mut fields = standing(child);
    fields.extend(child.field(lookup).map(|field| field.name.clone()));
    fields.extend(people_fields(child));
    fields.into_iter().collect()
}

pub(super) fn standing(object: &Object) -> BTreeSet<String> {
    let status: &[&str] =
        if STATUS_OBJECTS.contains(&object.name.as_str()) { &["Status", "StatusCode"] } else { &[] };
    VERSION_FIELDS
        .iter()
        .find(|name| object.field(name).is_some())
        .into_iter()
        .chain(STANDING_FIELDS.iter())
        .chain(status)
        .filter_map(|name| object.field(name))
        .map(|field| field.name.clone())
        .collect()
}

/// The version field and `IsDeleted`, as far as the object has them.
pub(super) fn version_fields(object: &Object) -> Vec<String> {
    VERSION_FIELDS
        .iter()
        .find(|name| object.field(name).is_some())
        .into_iter()
        .chain(&["IsDeleted"])
        .filter(|name| object.field(name).is_some())
        .map(|name| (*name).to_owned())
        .collect()
}

/// Lookups that can lead to people.
pub(super) fn people_fields(object: &Object) -> Vec<String> {
    object
        .fields
        .iter()
        .filter(|field| field.field_type == "reference")
        .filter(|field| field.reference_to.iter().any(|to| PEOPLE.contains(&to.as_str())))
        .map(|field| field.name.clone())
        .take(12)
        .collect()
}

pub(super) fn pieces(ids: &BTreeSet<RecordId>) -> impl Iterator<Item = BTreeSet<RecordId>> {
    let ids: Vec<RecordId> = ids.iter().cloned().collect();
    let pieces: Vec<BTreeSet<RecordId>> =
        ids.chunks(IDS_AT_ONCE).map(|it| it.iter().cloned().collect()).collect();
    pieces.into_iter()
}

/// Ids by object.
pub(super) fn by_object<'a>(
    ids: impl Iterator<Item = (&'a str, &'a RecordId)>,
) -> BTreeMap<String, BTreeSet<RecordId>> {
    let mut groups = BTreeMap::<String, BTreeSet<RecordId>>::new();
    for (object, id) in ids {
        groups.entry(object.to_owned()).or_default().insert(id.clone());
    }
    groups
}
