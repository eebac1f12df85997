//! What is known of Salesforce's own links between records.

use std::collections::BTreeMap;

use crate::locate::judge::Nodes;
use crate::locate::map::Map;
use crate::record_id::RecordId;
use crate::row::Row;

/// Fields by which one person record leads to another record of the same person; and whether a record of
/// another name is kept apart (an individual or a portal user may be tied wrongly, a merge may not).
pub const SAME_PERSON: [(&str, bool); 7] = [
    ("MasterRecordId", false),
    ("ConvertedContactId", false),
    ("ConvertedAccountId", false),
    ("PersonContactId", false),
    ("IndividualId", true),
    ("PersonIndividualId", true),
    ("ContactId", true),
];

/// Records that join a person or record to a document, task or message: object, its entity side, its other side.
pub const JOINS: [(&str, &str, &str); 4] = [
    ("ContentDocumentLink", "LinkedEntityId", "ContentDocumentId"),
    ("TaskRelation", "RelationId", "TaskId"),
    ("EventRelation", "RelationId", "EventId"),
    ("EmailMessageRelation", "RelationId", "EmailMessageId"),
];

/// The field that says whose a joining record is.
pub fn entity_side(object: &str) -> Option<&'static str> {
    JOINS.iter().find(|(join, ..)| *join == object).map(|(_, entity, _)| *entity)
}

/// For each joined record, the entities that its links lead to.
pub fn joined(nodes: &Nodes) -> BTreeMap<RecordId, Vec<(RecordId, &'static str)>> {
    let mut joined: BTreeMap<RecordId, Vec<(RecordId, &'static str)>> = BTreeMap::new();
    for node in nodes.values() {
        let Some((_, entity, other)) = JOINS.iter().find(|(join, ..)| *join == node.row.object) else {
            continue;
        };
        if let (Some(entity_id), Some(other_id)) = (node.row.lookup(entity), node.row.lookup(other))
            && !node.row.flag("IsDeleted")
        {
            joined.entry(other_id).or_default().push((entity_id, *entity));
        }
    }
    joined
}

/// The person whose contact point this is.
pub fn contact_point_holder(row: &Row) -> Option<RecordId> {
    row.object.starts_with("ContactPoint").then(|| row.lookup("ParentId")).flatten()
}

/// Whether an id that was not read is a person's: a Contact, Lead or Individual. An Account may be a business.
pub fn is_someone(id: &RecordId, map: &Map) -> bool {
    let standard = match id.prefix() {
        "003" => "Contact",
        "00Q" => "Lead",
        "0PK" => "Individual",
        _ => "",
    };
    let by_prefix =
        |object: &str| map.objects.get(object).and_then(|plan| plan.prefix.as_deref()) == Some(id.prefix());
    !standard.is_empty() || ["Contact", "Lead", "Individual"].into_iter().any(by_prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_whose_its_entity_is() {
        assert_eq!(entity_side("ContentDocumentLink"), Some("LinkedEntityId"));
        assert_eq!(entity_side("Case"), None);
    }
}
