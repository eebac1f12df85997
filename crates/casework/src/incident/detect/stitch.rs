//! What belongs to the sessions and requests of findings.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::super::event::LogEvent;
use super::super::finding::{Evidence, Finding};

/// First and last instant, in milliseconds since 1970 UTC.
pub(super) type Span = [i64; 2];

/// Third walk: what belongs to the sessions and requests of the findings at balanced and stronger. One for each thread.
#[derive(Debug, Default, Clone)]
pub struct Stitcher {
    /// Findings that want a key, each with the time within which what belongs to it stands.
    wanted: BTreeMap<String, Vec<(usize, Span)>>,
    /// Logs in which a key may stand.
    logs: BTreeSet<u32>,
    found: BTreeMap<(usize, String), Vec<u64>>,
}

impl Stitcher {
    /// `logs` are those that there are, by their numbers.
    pub(super) fn want(&mut self, key: &str, finding: usize, span: Span, logs: &[(u32, Span)]) {
        let meets = |[from, to]: Span| from <= span[1] && span[0] <= to;
        self.logs.extend(logs.iter().filter(|(_, log)| meets(*log)).map(|(log, _)| *log));
        self.wanted.entry(key.to_owned()).or_default().push((finding, span));
    }

    /// Whether a third walk would find anything.
    pub fn is_needed(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Whether anything can be found in the log of this number, by its time.
    pub fn may_stand_in(&self, log: u32) -> bool {
        self.logs.contains(&log)
    }

    /// Tells logs that need not be walked from those that need it: where none of the keys stands in the bytes, no record has one.
    /// `None` when a key might be written in another way than it reads.
    pub fn keys(&self) -> Option<Keys> {
        let plain = |key: &String| {
            !key.is_empty() && key.bytes().all(|it| it.is_ascii_graphic() && !matches!(it, b'"' | b'\\'))
        };
        if !self.wanted.keys().all(plain) {
            return None;
        }
        let longest = self.wanted.keys().map(String::len).max()?;
        Some(Keys { any: AhoCorasick::new(self.wanted.keys()).ok()?, longest })
    }

    /// Looks whether an event belongs to a session or request of a finding.
    pub fn stitch(&mut self, event: &LogEvent<'_>) {
        let at = event.at.timestamp_millis();
        let keys = [event.session_key(), event.login_key(), event.request_id()];
        let wanted = keys.iter().flatten().filter_map(|key| self.wanted.get(&**key)).flatten();
        let places: BTreeSet<usize> =
            wanted.filter(|(_, [from, to])| (*from..=*to).contains(&at)).map(|(place, _)| *place).collect();
        for place in places {
            self.found.entry((place, event.source.to_owned())).or_default().push(event.row);
        }
    }

    /// Adds what was found to the findings, in the order in which [`Detector::findings`](super::Detector::findings) gave them.
    pub fn done(walked: impl IntoIterator<Item = Self>, findings: &mut [Finding]) {
        let mut found: BTreeMap<(usize, String), Vec<u64>> = BTreeMap::new();
        for one in walked {
            for (key, rows) in one.found {
                found.entry(key).or_default().extend(rows);
            }
        }
        for ((place, source), rows) in found {
            if let Some(finding) = findings.get_mut(place) {
                finding.session.push(Evidence::of(source, rows));
            }
        }
    }
}

/// Looks for keys in bytes that come in pieces.
#[derive(Debug, Clone)]
pub struct Keys {
    any: AhoCorasick,
    longest: usize,
}

impl Keys {
    /// Whether one of the keys stands in the bytes, or across their beginning; `before` keeps the end of the piece before.
    pub fn stand_in(&self, before: &mut Vec<u8>, bytes: &[u8]) -> bool {
        let reach = self.longest.saturating_sub(1);
        let mut seam = std::mem::take(before);
        seam.extend_from_slice(bytes.get(..reach.min(bytes.len())).unwrap_or_default());
        let found = self.any.is_match(&seam) || self.any.is_match(bytes);
        let tail = if bytes.len() >= reach { bytes } else { &seam };
        *before = tail.get(tail.len().saturating_sub(reach)..).unwrap_or_default().to_vec();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::header::{Cells, Header};
    use super::*;

    #[test]
    fn a_key_of_another_time_is_another_request() {
        let mut stitcher = Stitcher::default();
        stitcher.want(
            "REQ1",
            3,
            [10_000, 20_000],
            &[(0, [0, 9_999]), (1, [5_000, 10_000]), (2, [20_001, 30_000])],
        );
        assert_eq!([0, 1, 2].map(|log| stitcher.may_stand_in(log)), [false, true, false]);
        let (header, mut cells) = (Header::new(["REQUEST_ID".to_owned()]), Cells::default());
        cells.extend(b"REQ1");
        cells.end_cell();
        for (row, milliseconds) in [(1, 9_999), (2, 10_000), (3, 20_000), (4, 20_001)] {
            let at = chrono::DateTime::from_timestamp_millis(milliseconds).unwrap();
            let (header, cells) = (&header, &cells);
            stitcher.stitch(&LogEvent { source: "a.csv", row, kind: "RestApi", at, header, cells });
        }
        assert_eq!(stitcher.found, BTreeMap::from([((3, "a.csv".to_owned()), vec![2, 3])]));
    }

    #[test]
    fn keys_are_seen_wherever_pieces_are_cut() {
        let mut stitcher = Stitcher::default();
        stitcher.want("X1027", 0, [0, 1], &[]);
        stitcher.want("REQ000000000001", 1, [0, 1], &[]);
        let keys = stitcher.keys().unwrap();
        let text = b"a,REQ000000000002,X1026\nb,REQ000000000001,X1\n";
        for piece in 1..text.len() {
            let seen = |text: &[u8]| {
                let mut before = Vec::new();
                text.chunks(piece).any(|part| keys.stand_in(&mut before, part))
            };
            assert!(seen(text), "{piece}");
            assert!(!seen(&text[..24]), "{piece}");
        }
        stitcher.want("a\"b", 2, [0, 1], &[]);
        assert!(stitcher.keys().is_none(), "a quote is written twice");
    }
}
