//! The order of a plan: children before parents, leaves first, the same at every rehearsal.

use std::collections::{BTreeMap, BTreeSet};

use crate::record_id::RecordId;

/// For each record, how many records stand below it in the longest chain; only records that `counts` holds are counted.
///
/// A chain that runs in a circle is cut where it closes.
pub(super) fn levels(
    records: &BTreeSet<RecordId>,
    children: &BTreeMap<RecordId, BTreeSet<RecordId>>,
    counts: impl Fn(&RecordId) -> bool,
) -> BTreeMap<RecordId, u32> {
    let mut levels = BTreeMap::<RecordId, u32>::new();
    let mut open = BTreeSet::<RecordId>::new();
    let none = BTreeSet::new();
    for start in records {
        let mut stack = vec![(start.clone(), false)];
        while let Some((id, left)) = stack.pop() {
            let below = children.get(&id).unwrap_or(&none);
            if left {
                let level = below
                    .iter()
                    .filter_map(|child| {
                        levels.get(child).map(|level| level.saturating_add(u32::from(counts(child))))
                    })
                    .max()
                    .unwrap_or(0);
                open.remove(&id);
                levels.insert(id, level);
            } else if !levels.contains_key(&id) && open.insert(id.clone()) {
                stack.push((id, true));
                let next = below.iter().filter(|it| !levels.contains_key(*it) && !open.contains(*it));
                stack.extend(next.map(|it| (it.clone(), false)));
            }
        }
    }
    levels
}

/// Among records of one level: links and files first, people last.
pub(crate) fn rank(object: &str) -> u8 {
    match object {
        "ContentDocumentLink" => 0,
        "ContentVersion" => 1,
        "ContentDocument" => 2,
        "Attachment" | "Note" => 3,
        "EmailMessageRelation" => 4,
        "EmailMessage" => 5,
        "CaseComment" | "FeedComment" | "FeedItem" => 6,
        "TaskRelation" | "EventRelation" | "Task" | "Event" => 7,
        "LiveChatTranscript" | "ConversationEntry" | "MessagingSession" | "MessagingEndUser" => 8,
        "CampaignMember" => 9,
        "Case" => 11,
        "Order" | "Contract" | "Opportunity" | "Asset" => 12,
        "Lead" => 20,
        "ContactPointEmail" | "ContactPointPhone" | "ContactPointAddress" => 21,
        "Contact" => 22,
        "Account" => 23,
        "Individual" => 24,
        _ => 10,
    }
}
