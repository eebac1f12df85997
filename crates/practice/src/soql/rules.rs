//! Refusals that depend on the object asked: big, external, virtual, logs, files, audit tables.

use super::ast::{Condition, Expr, Item, Literal, Operator, Query};
use super::build::{Builder, is_aggregate};
use super::fault::Fault;
use super::names::Root;
use super::scene::is_virtual;
use crate::world::ObjectDef;

/// Refuses what the object does not allow. `inner`: the statement stands inside a semi-join.
///
/// # Errors
/// The platform's refusal.
pub fn check(
    builder: &Builder<'_>,
    root: &Root,
    object: &ObjectDef,
    query: &Query,
    inner: bool,
) -> Result<(), Fault> {
    let options = builder.names.scene.options;
    if options.bulk && !inner && (query.offset.is_some() || query.group.is_some()) {
        return Err(Fault::plain("API_ERROR", "GROUP BY and OFFSET are not supported in Bulk Query"));
    }
    if options.bulk && query.select.iter().any(is_aggregate) {
        return Err(Fault::plain("API_ERROR", "Aggregate functions are not supported in Bulk Query"));
    }
    let leaves = leaves(query, root);
    let name = object.name.as_str();
    match name {
        "ContentDocumentLink" => file_links(builder, query, root)?,
        "KnowledgeArticleVersion" => published(&leaves)?,
        "SetupAuditTrail" => counted_only(query)?,
        _ => {}
    }
    if is_virtual(name) {
        virtual_object(name, query, &leaves)?;
    }
    if is_big(name) {
        big_object(object, query, &leaves)?;
    }
    if name.ends_with("__x") {
        external_object(query, &leaves)?;
    }
    if name.ends_with("EventLog") {
        event_log(query, &leaves)?;
    }
    Ok(())
}

/// Refuses filters on fields that the platform never filters, whatever a describe says.
///
/// # Errors
/// `INVALID_FIELD`.
pub fn check_fields(
    builder: &Builder<'_>,
    root: &Root,
    object: &ObjectDef,
    query: &Query,
) -> Result<(), Fault> {
    closed_fields(builder, object, &leaves(query, root))
}

/// One comparison of WHERE.
pub struct Leaf<'q> {
    /// The path without alias; `None` for functions.
    path: Option<Vec<String>>,
    at: usize,
    condition: &'q Condition,
    /// It stands under an OR or a NOT.
    nested: Nested,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Nested {
    No,
    Or,
    Not,
}

impl Leaf<'_> {
    fn names(&self, field: &str) -> bool {
        self.path.as_ref().is_some_and(|path| path.join(".").eq_ignore_ascii_case(field))
    }

    fn is_equality(&self) -> bool {
        match self.condition {
            Condition::Compare { operator, right, .. } => {
                *operator == Operator::Equal && *right != Literal::Null
            }
            Condition::In { negated, .. } | Condition::Join { negated, .. } => !negated,
            Condition::Multi { .. } | Condition::And(_) | Condition::Or(_) | Condition::Not(_) => false,
        }
    }

    fn is_negative(&self) -> bool {
        match self.condition {
            Condition::Compare { operator, .. } => *operator == Operator::NotEqual,
            Condition::In { negated, .. }
            | Condition::Join { negated, .. }
            | Condition::Multi { negated, .. } => *negated,
            Condition::And(_) | Condition::Or(_) | Condition::Not(_) => false,
        }
    }

    fn is_like(&self) -> bool {
        matches!(self.condition, Condition::Compare { operator: Operator::Like, .. })
    }
}

fn leaves<'q>(query: &'q Query, root: &Root) -> Vec<Leaf<'q>> {
    let mut found = Vec::new();
    if let Some(filter) = &query.filter {
        gather(filter, root, Nested::No, &mut found);
    }
    found
}

fn gather<'q>(condition: &'q Condition, root: &Root, nested: Nested, found: &mut Vec<Leaf<'q>>) {
    let left = match condition {
        Condition::And(parts) => {
            parts.iter().for_each(|part| gather(part, root, nested, found));
            return;
        }
        Condition::Or(parts) => {
            let nested = if nested == Nested::No { Nested::Or } else { nested };
            parts.iter().for_each(|part| gather(part, root, nested, found));
            return;
        }
        Condition::Not(inner) => return gather(inner, root, Nested::Not, found),
        Condition::Compare { left, .. }
        | Condition::In { left, .. }
        | Condition::Join { left, .. }
        | Condition::Multi { left, .. } => left,
    };
    let path = match left {
        Expr::Field(path) => Some(root.without_prefix(&path.parts)),
        Expr::Call { .. } => None,
    };
    found.push(Leaf { path, at: left.at(), condition, nested });
}

/// Whether the statement asks for at most `most` ids: FIELDS(ALL) is allowed then.
pub fn has_few_ids(root: &Root, query: &Query, most: usize) -> bool {
    leaves(query, root).iter().any(|leaf| {
        let few = match leaf.condition {
            Condition::In { set, .. } => set.len() <= most,
            _ => true,
        };
        leaf.nested == Nested::No && leaf.names("Id") && leaf.is_equality() && few
    })
}

fn closed_fields(builder: &Builder<'_>, object: &ObjectDef, leaves: &[Leaf<'_>]) -> Result<(), Fault> {
    const LOGIN: [&str; 7] =
        ["Application", "Browser", "Platform", "Status", "ApiType", "ApiVersion", "ClientVersion"];
    const AUDIT: [&str; 5] = ["Id", "Action", "DelegateUser", "CreatedDate", "CreatedById"];
    let is_history = object.name.ends_with("History") && object.field_ix("OldValue").is_some();
    for leaf in leaves {
        let Some([field]) = leaf.path.as_deref() else { continue };
        let among = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(field));
        let closed = match object.name.as_str() {
            "LoginHistory" => among(&LOGIN),
            "SetupAuditTrail" => !among(&AUDIT),
            "Note" | "Attachment" => among(&["Body"]),
            _ => is_history && among(&["OldValue", "NewValue"]),
        };
        if closed && let Some(known) = object.field(field) {
            let reason = format!("field '{}' can not be filtered in a query call", known.name);
            return Err(builder.names.fault("INVALID_FIELD", leaf.at, reason));
        }
    }
    Ok(())
}

fn file_links(builder: &Builder<'_>, query: &Query, root: &Root) -> Result<(), Fault> {
    let scene = builder.names.scene;
    if scene.options.version >= 59 && scene.user.may("QueryAllFiles") {
        return Ok(());
    }
    let found = leaves(query, root).iter().any(|leaf| {
        let named = ["Id", "ContentDocumentId", "LinkedEntityId"].iter().any(|field| leaf.names(field));
        named && leaf.nested == Nested::No && leaf.is_equality()
    });
    if found {
        return Ok(());
    }
    Err(Fault::malformed(
        "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
    ))
}

fn published(leaves: &[Leaf<'_>]) -> Result<(), Fault> {
    if leaves
        .iter()
        .any(|leaf| leaf.names("PublishStatus") && leaf.nested == Nested::No && leaf.is_equality())
    {
        return Ok(());
    }
    Err(Fault::malformed(
        "Implementation restriction: When querying KnowledgeArticleVersion, you must filter on PublishStatus using the equals operator.",
    ))
}

fn is_bare_count(item: &Item) -> bool {
    matches!(item, Item::Value { value: Expr::Call { name, argument: None, .. }, .. } if name == "COUNT")
}

fn counted_only(query: &Query) -> Result<(), Fault> {
    let other = query.select.iter().any(|item| is_aggregate(item) && !is_bare_count(item));
    if other || query.group.is_some() {
        return Err(Fault::malformed(
            "Aggregate functions other than COUNT() are not supported for SetupAuditTrail",
        ));
    }
    Ok(())
}

fn virtual_object(name: &str, query: &Query, leaves: &[Leaf<'_>]) -> Result<(), Fault> {
    if query.select.iter().any(is_aggregate) || query.group.is_some() {
        return Err(Fault::malformed(format!(
            "Aggregate functions and GROUP BY are not supported for {name}"
        )));
    }
    for leaf in leaves {
        if leaf.nested == Nested::Or {
            return Err(Fault::malformed("Disjunctions not supported"));
        }
        if leaf.nested == Nested::Not || leaf.is_negative() {
            return Err(Fault::malformed("Only equals comparisons permitted"));
        }
        if matches!(leaf.condition, Condition::Multi { .. }) {
            return Err(Fault::malformed("Unsupported filter type"));
        }
    }
    const REIFIED: [&str; 5] = [
        "DurableId",
        "EntityDefinitionId",
        "EntityDefinition.QualifiedApiName",
        "EntityDefinition.DurableId",
        "EntityDefinition.DeveloperName",
    ];
    let needs_one = matches!(name, "FieldDefinition" | "EntityParticle");
    let reified = |leaf: &Leaf<'_>| leaf.is_equality() && REIFIED.iter().any(|field| leaf.names(field));
    if needs_one && !leaves.iter().any(reified) {
        return Err(Fault::malformed(
            "A filter on a reified column is required [EntityDefinitionId,DurableId]",
        ));
    }
    Ok(())
}

const BIG: &str = "BIG_OBJECT_UNSUPPORTED_OPERATION";

/// Standard big objects: stores of real-time events and the archive of field history.
const BIG_STORES: [&str; 12] = [
    "ApiEvent",
    "BulkApiResultEventStore",
    "ReportEvent",
    "ListViewEvent",
    "LoginEvent",
    "LoginAsEvent",
    "LogoutEvent",
    "UriEvent",
    "LightningUriEvent",
    "FileEventStore",
    "PermissionSetEventStore",
    "FieldHistoryArchive",
];

fn is_big(name: &str) -> bool {
    name.ends_with("__b") || BIG_STORES.contains(&name)
}

/// The index of a big object: the names its describe gives, or its required custom fields in order.
fn big_index(object: &ObjectDef) -> Vec<String> {
    let known: &[&str] = match object.name.as_str() {
        "FieldHistoryArchive" => &["FieldHistoryType", "ParentId", "CreatedDate"],
        name if BIG_STORES.contains(&name) => &["EventDate", "EventIdentifier"],
        _ => &[],
    };
    if !known.is_empty() {
        return known.iter().map(|name| (*name).to_owned()).collect();
    }
    let named = ["index", "indexFields", "indexes"].iter().find_map(|key| object.raw.get(*key)?.as_array());
    if let Some(named) = named {
        let name = |entry: &serde_json::Value| {
            entry.as_str().or_else(|| entry.get("name")?.as_str()).map(str::to_owned)
        };
        return named.iter().filter_map(name).collect();
    }
    let custom = || object.fields.iter().filter(|field| field.custom);
    let required: Vec<String> =
        custom().filter(|field| !field.nillable).map(|field| field.name.clone()).collect();
    if required.is_empty() { custom().map(|field| field.name.clone()).collect() } else { required }
}

fn big_object(object: &ObjectDef, query: &Query, leaves: &[Leaf<'_>]) -> Result<(), Fault> {
    let refuse = |reason: &str| Err(Fault::plain(BIG, reason));
    if query.select.iter().any(is_aggregate) || query.group.is_some() || query.offset.is_some() {
        return refuse("Aggregate functions, GROUP BY and OFFSET are not supported for big objects");
    }
    let index = big_index(object);
    let place = |leaf: &Leaf<'_>| index.iter().position(|field| leaf.names(field));
    let mut used = vec![None; index.len()];
    for leaf in leaves {
        if leaf.nested != Nested::No {
            return refuse("OR and NOT are not supported in filters of big objects");
        }
        if leaf.is_like() || leaf.is_negative() || matches!(leaf.condition, Condition::Multi { .. }) {
            return refuse("unsupported filter operator for a big object: use =, <, >, <=, >= or IN");
        }
        let Some(slot) = place(leaf).and_then(|place| used.get_mut(place)) else {
            return refuse("Filters of big objects may use index fields only");
        };
        let range = !leaf.is_equality();
        *slot = Some(slot.unwrap_or(false) || range);
    }
    let count = used.iter().take_while(|slot| slot.is_some()).count();
    if used.iter().skip(count).any(Option::is_some) {
        return refuse("Filters may not have any gaps within the composite key");
    }
    if used.iter().take(count.saturating_sub(1)).any(|slot| *slot == Some(true)) {
        return refuse("Only the last filtered field of the composite key may have a range");
    }
    Ok(())
}

fn external_object(query: &Query, leaves: &[Leaf<'_>]) -> Result<(), Fault> {
    let refuse = |reason: &str| Err(Fault::plain("EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION", reason));
    if query.select.iter().any(is_aggregate) || query.group.is_some() {
        return refuse("Aggregate functions and GROUP BY are not supported for external objects");
    }
    if leaves.iter().any(Leaf::is_like) {
        return refuse("LIKE is not supported for external objects");
    }
    Ok(())
}

fn event_log(query: &Query, leaves: &[Leaf<'_>]) -> Result<(), Fault> {
    if query.having.is_some() || query.offset.is_some() {
        return Err(Fault::malformed("HAVING and OFFSET are not supported for event log objects"));
    }
    if leaves.iter().any(|leaf| leaf.path.as_ref().is_some_and(|path| path.len() > 1)) {
        return Err(Fault::malformed("Relationship queries are not supported for event log objects"));
    }
    if leaves.iter().any(|leaf| leaf.names("Timestamp") && leaf.is_negative()) {
        return Err(Fault::plain("INVALID_QUERY_FILTER_OPERATOR", "invalid operator on Timestamp field"));
    }
    if leaves.iter().filter(|leaf| leaf.names("Timestamp")).count() > 2 {
        return Err(Fault::malformed("at most two filters on Timestamp are allowed"));
    }
    Ok(())
}
