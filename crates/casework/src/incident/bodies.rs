//! Whose a taken file is that several records share.

use std::collections::HashMap;

use super::persons::{Gathering, Key, Taken};
use crate::record_id::RecordId;
use crate::row::Row;

/// Shares with libraries, groups, users and the whole org say of no consumer.
const NOBODY: [&str; 5] = ["005", "00D", "00G", "058", "0F9"];

impl Gathering {
    /// Documents whose files were taken; ContentDocumentLink says whose they are.
    pub fn taken_documents(&self) -> Vec<RecordId> {
        let taken = self.document_takings();
        let mut ids: Vec<RecordId> = taken.keys().filter_map(|key| key.id()).collect();
        ids.sort();
        ids
    }

    /// Hangs taken files on the records that ContentDocumentLink rows name: the surest owner gets the file itself, any other one
    /// the link, with the same elements. Two people who share a file stay two.
    pub fn share_documents(&mut self, links: &[Row]) {
        let taken = self.document_takings();
        let mut owners: HashMap<Key, Vec<(usize, RecordId, RecordId)>> = HashMap::new();
        for link in links {
            let (Some(document), Some(owner)) =
                (link.lookup("ContentDocumentId"), link.lookup("LinkedEntityId"))
            else {
                continue;
            };
            let key = Key::of(&document);
            if NOBODY.contains(&owner.prefix()) || !taken.contains_key(&key) {
                continue;
            }
            let rank = ["003", "00Q", "0PK", "001"].iter().position(|it| *it == owner.prefix()).unwrap_or(4);
            owners.entry(key).or_default().push((rank, owner, link.id.clone()));
        }
        let mut owners: Vec<_> = owners.into_iter().collect();
        owners.sort_unstable_by_key(|(key, _)| *key);
        for (document, mut owners) in owners {
            owners.sort();
            let Some(taken) = taken.get(&document) else { continue };
            for (place, (_, owner, link)) in owners.into_iter().enumerate() {
                if place == 0 {
                    self.belongs(document, Key::of(&owner));
                } else {
                    let link = self.stands_for(&link, "ContentDocumentLink", *taken);
                    self.belongs(link, Key::of(&owner));
                }
            }
        }
    }
}

/// The sum of two takings of one thing.
pub(super) fn joined(one: Taken, other: Taken) -> Taken {
    let mut elements = one.elements;
    for (sum, more) in elements.iter_mut().zip(other.elements) {
        *sum = sum.with(more);
    }
    let sure = match (one.sure, other.sure) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    Taken { sure, elements, clear: one.clear.with(other.clear) }
}
