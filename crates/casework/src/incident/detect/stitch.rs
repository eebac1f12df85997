//! What belongs to the sessions and requests of findings.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::super::event::LogEvent;
use super::super::finding::{Evidence, Finding};

/// Third walk: what belongs to the sessions and requests of the findings at balanced and stronger. One for each thread.
#[derive(Debug, Default, Clone)]
pub struct Stitcher {
    /// Findings that want a key.
    wanted: BTreeMap<String, Vec<usize>>,
    found: BTreeMap<(usize, String), Vec<u64>>,
}

impl Stitcher {
    pub(super) fn want(&mut self, key: &str, finding: usize) {
        self.wanted.entry(key.to_owned()).or_default().push(finding);
    }

    /// Whether a third walk would find anything.
    pub fn is_needed(&self) -> bool {
        !self.wanted.is_empty()
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
        let keys = [event.session_key(), event.login_key(), event.request_id()];
        let places: BTreeSet<usize> =
            keys.iter().flatten().filter_map(|key| self.wanted.get(&**key)).flatten().copied().collect();
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
    use super::*;

    #[test]
    fn keys_are_seen_wherever_pieces_are_cut() {
        let mut stitcher = Stitcher::default();
        stitcher.want("X1027", 0);
        stitcher.want("REQ000000000001", 1);
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
        stitcher.want("a\"b", 2);
        assert!(stitcher.keys().is_none(), "a quote is written twice");
    }
}
