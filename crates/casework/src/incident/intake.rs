//! Counting records while a file is read, and telling those that came before: files overlap, come twice, and Salesforce itself writes
//! some events more than once.

use std::collections::{BTreeSet, HashSet};
use std::hash::Hasher as _;

use super::event::LogEvent;
use super::gathered::{KindRead, Reading};
use super::kind::UNKNOWN;
use super::quick::{Seeded, Stirred};
use super::reader::{LogReader, Read};

/// What tells one event of a request from another. Columns that only measure (times, sizes) or that some versions leave out are
/// not among them.
const TELLING: &[&str] = &[
    "REQUEST_ID",
    "RequestIdentifier",
    "USER_NAME",
    "URI",
    "METHOD",
    "METHOD_NAME",
    "HTTP_METHOD",
    "API_FAMILY",
    "API_RESOURCE",
    "ENTITY_NAME",
    "ENTITY_TYPE",
    "ObjectName",
    "QUERY",
    "STATUS_CODE",
    "ROWS_PROCESSED",
    "ROW_COUNT",
    "RECORDS_PROCESSED",
    "JOB_ID",
    "JobIdentifier",
    "BATCH_ID",
    "JOB_STATUS",
    "OPERATION_TYPE",
    "REPORT_ID",
    "ORIGIN",
    "DOCUMENT_ID",
    "VERSION_ID",
    "TRANSACTION_TYPE",
    "DELEGATED_USER_ID",
    "LOGIN_STATUS",
    "LOGIN_SUB_TYPE",
    "SOURCE_IP",
    "ACTION_MESSAGE",
    "UPDATE_TYPE",
    "PERMISSION_TYPE",
    "FEATURE_ID",
    "GROUP_ID",
    "MEMBER_ID",
    "INITIAL_REFERENCE_IDS",
    "SEARCH_QUERY",
    "ENTRY_POINT",
    "URL",
    "PAGE_ENTITY_ID",
];

/// Every event seen so far, as hashes.
#[derive(Debug, Default)]
pub struct Intake {
    seen: HashSet<u64, Seeded>,
}

impl Intake {
    /// Notes an event that was counted at an earlier time.
    pub fn remember(&mut self, read: &Read<'_>) {
        if let Read::Event(event) | Read::Entry(event) = read {
            self.seen.insert(fingerprint(event));
        }
    }

    /// Counts a record; says whether it is an event that was not there before.
    pub fn count(&mut self, read: &Read<'_>, tally: &mut Tally) -> bool {
        match read {
            Read::Bad { kind, .. } => {
                let place = tally.place(kind);
                if let Some((_, kind, _)) = tally.kinds.get_mut(place) {
                    kind.bad_rows += 1;
                }
                false
            }
            Read::Event(event) | Read::Entry(event) => {
                let fresh = self.seen.insert(fingerprint(event));
                let place = tally.place(event.kind);
                if matches!(read, Read::Event(_)) {
                    tally.at(place, event.at.timestamp_millis());
                }
                let Some((_, kind, _)) = tally.kinds.get_mut(place) else { return fresh };
                if fresh {
                    kind.rows += 1;
                } else {
                    kind.duplicates += 1;
                    match tally.skip.last_mut() {
                        Some([_, last]) if *last + 1 == event.row => *last = event.row,
                        _ => tally.skip.push([event.row, event.row]),
                    }
                }
                fresh
            }
        }
    }
}

/// The counts of one file while it is being read.
#[derive(Debug, Default)]
pub struct Tally {
    kinds: Vec<(String, KindRead, BTreeSet<i64>)>,
    last: usize,
    skip: Vec<[u64; 2]>,
}

impl Tally {
    fn place(&mut self, kind: &str) -> usize {
        if self.kinds.get(self.last).is_none_or(|(name, _, _)| name != kind) {
            self.last = self.kinds.iter().position(|(name, _, _)| name == kind).unwrap_or_else(|| {
                self.kinds.push((kind.to_owned(), KindRead::default(), BTreeSet::new()));
                self.kinds.len() - 1
            });
        }
        self.last
    }

    fn at(&mut self, place: usize, milliseconds: i64) {
        let Some((_, kind, hours)) = self.kinds.get_mut(place) else { return };
        let [from, to] = kind.span.get_or_insert([milliseconds, milliseconds]);
        *from = milliseconds.min(*from);
        *to = milliseconds.max(*to);
        let hour = milliseconds.div_euclid(3_600_000);
        // Records of one hour mostly stand together.
        if hours.last() != Some(&hour) {
            hours.insert(hour);
        }
    }

    /// What the file holds, once it was read to its end. Bad records before the first good one are of the file's own type when it
    /// has only one.
    pub fn done(self, reader: &LogReader) -> Reading {
        let mut kinds = std::collections::BTreeMap::new();
        for (name, mut kind, hours) in self.kinds {
            for hour in hours {
                match kind.coverage.hours.last_mut() {
                    Some([_, last]) if *last + 1 == hour => *last = hour,
                    _ => kind.coverage.hours.push([hour, hour]),
                }
            }
            kinds.insert(name, kind);
        }
        if kinds.len() == 2
            && let Some(stray) = kinds.remove(UNKNOWN)
            && let Some(only) = kinds.values_mut().next()
        {
            only.bad_rows += stray.bad_rows;
        }
        Reading { kinds, skip: self.skip, cautions: reader.notes().cautions(), ..Reading::default() }
    }
}

fn fingerprint(event: &LogEvent<'_>) -> u64 {
    let mut hash = Stirred::new(0x6b65_7074);
    hash.write(event.kind.as_bytes());
    hash.write(&event.at.timestamp_millis().to_le_bytes());
    let cell = |name: &str| {
        event.header.place(name).and_then(|place| event.cells.raw(place)).filter(|it| !it.is_empty())
    };
    if let Some(identifier) = cell("EventIdentifier") {
        hash.write(identifier);
        hash.write(cell("Sequence").unwrap_or_default());
    } else if matches!(event.kind, "LoginHistory" | "SetupAuditTrail") && cell("Id").is_some() {
        hash.write(cell("Id").and_then(|it| it.get(..15)).unwrap_or_default());
    } else if cell("REQUEST_ID").or_else(|| cell("RequestIdentifier")).is_some() {
        hash.write(cell("USER_ID").and_then(|it| it.get(..15)).unwrap_or_default());
        for (place, name) in event.header.telling() {
            if let Some(cell) = event.cells.raw(*place).filter(|it| !it.is_empty()) {
                hash.write(&[*name]);
                hash.write(cell);
            }
        }
    } else {
        for (name, text) in event.filled() {
            hash.write(name.as_bytes());
            hash.write(text.as_bytes());
        }
    }
    hash.finish()
}

/// Which columns of a header tell events apart: place, and number of the name.
pub(super) fn telling(place_of: impl Fn(&str) -> Option<usize>) -> Vec<(usize, u8)> {
    TELLING
        .iter()
        .enumerate()
        .filter_map(|(number, name)| Some((place_of(name)?, u8::try_from(number).ok()?)))
        .collect()
}
