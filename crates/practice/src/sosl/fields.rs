//! Which fields of an object a search looks into.

use super::statement::FieldGroup;
use crate::world::{FieldDef, FieldIx, FieldKind, ObjectDef};

/// Objects that a search without RETURNING leaves out, and for which the group of fields does not count.
pub fn must_be_named(object: &ObjectDef) -> bool {
    const NAMED: [&str; 9] = [
        "Document",
        "FeedItem",
        "FeedComment",
        "ContentVersion",
        "ContentDocument",
        "ContentNote",
        "Product2",
        "Solution",
        "KnowledgeArticleVersion",
    ];
    NAMED.contains(&object.name.as_str()) || object.name.ends_with("__kav") || object.name.ends_with("__x")
}

/// Whether an object can be searched at all.
pub fn is_searchable(object: &ObjectDef) -> bool {
    object.searchable && object.queryable && object.name != "Attachment"
}

/// Whether a field of Account mirrors a field of the person's Contact.
pub fn is_contact_mirror(object: &ObjectDef, field: &FieldDef) -> bool {
    object.name == "Account" && (field.name.starts_with("Person") || field.name.ends_with("__pc"))
}

/// Whether the index holds words of this field.
pub fn is_indexed(object: &ObjectDef, field: &FieldDef) -> bool {
    let kind = matches!(
        field.kind,
        FieldKind::String
            | FieldKind::TextArea
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Url
            | FieldKind::Combobox
    );
    kind && !is_contact_mirror(object, field)
}

/// Fields of an object whose words are indexed.
pub fn indexed(object: &ObjectDef) -> Vec<(FieldIx, FieldKind)> {
    object
        .numbered()
        .filter(|(_, field)| is_indexed(object, field))
        .map(|(ix, field)| (ix, field.kind))
        .collect()
}

/// Whether a field belongs to a group.
pub fn is_in(group: FieldGroup, object: &ObjectDef, field: &FieldDef) -> bool {
    let name = field.name_field
        || field.compound.as_deref() == Some("Name")
        || matches!(field.name.as_str(), "Name" | "FirstName" | "LastName" | "MiddleName");
    match group {
        _ if must_be_named(object) => true,
        FieldGroup::All => true,
        FieldGroup::Name => name,
        FieldGroup::Email => field.kind == FieldKind::Email,
        FieldGroup::Phone => field.kind == FieldKind::Phone,
        FieldGroup::Sidebar => {
            name || field.external_id
                || field.auto_number
                || matches!(field.kind, FieldKind::Email | FieldKind::Phone)
        }
    }
}
