//! The ledger: every deed with the hash of the deed before it.
//!
//! A line of `ledger.jsonl` is one entry. Its hash is SHA-256 over the same line without the `hash` member, so that a
//! stranger needs no more than a text editor and a hash tool: cut `,"hash":"…"` out of the line and hash what is left.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The `prev_hash` of a first entry.
pub const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One deed. The order of the members is the order in which they are hashed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 1, 2, 3 … through the whole vault, without gaps.
    pub seq: u64,
    /// UTC, whole seconds, `2026-11-21T10:15:00Z`.
    pub at: String,
    /// The case number; `None` for deeds on the vault itself.
    pub case: Option<String>,
    /// 1, 2, 3 … within the case (or within the deeds without a case), without gaps.
    pub case_seq: u64,
    pub actor: String,
    pub deed: String,
    /// Ids, counts and hashes only; never personal data.
    pub detail: Value,
    /// Hash of entry `seq - 1`.
    pub prev_hash: String,
    /// Hash of the same case's entry `case_seq - 1`; lets one case's entries be checked alone.
    pub case_prev_hash: String,
    /// Lower-case hex SHA-256 of this entry without this member.
    pub hash: String,
}

/// What a new entry is about, before it is linked.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    pub at: DateTime<Utc>,
    pub case: Option<String>,
    pub actor: String,
    pub deed: String,
    pub detail: Value,
}

/// Where a chain ends: the number and hash to link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    pub seq: u64,
    pub hash: String,
}

impl Default for End {
    fn default() -> Self {
        Self { seq: 0, hash: NO_HASH.to_owned() }
    }
}

/// The first entry that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the ledger is broken at entry {seq}: {because}")]
pub struct BrokenLink {
    pub seq: u64,
    pub because: &'static str,
}

impl Entry {
    /// Links a deed to the end of the vault's chain and to the end of its own case's chain.
    pub fn link(new: NewEntry, vault: &End, case: &End) -> Self {
        let mut entry = Self {
            seq: vault.seq.saturating_add(1),
            at: new.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            case: new.case,
            case_seq: case.seq.saturating_add(1),
            actor: new.actor,
            deed: new.deed,
            detail: new.detail,
            prev_hash: vault.hash.clone(),
            case_prev_hash: case.hash.clone(),
            hash: String::new(),
        };
        entry.hash = entry.own_hash();
        entry
    }

    /// The line as it stands in `ledger.jsonl`, without the line end.
    pub fn line(&self) -> String {
        format!("{},\"hash\":{}}}", self.hashed_text(), Value::from(self.hash.as_str()))
    }

    /// The hash that this entry's content calls for.
    pub fn own_hash(&self) -> String {
        hex(&Sha256::digest(format!("{}}}", self.hashed_text())))
    }

    fn hashed_text(&self) -> String {
        let text = |text: &str| Value::from(text).to_string();
        format!(
            "{{\"seq\":{},\"at\":{},\"case\":{},\"case_seq\":{},\"actor\":{},\"deed\":{},\"detail\":{},\"prev_hash\":{},\"case_prev_hash\":{}",
            self.seq,
            text(&self.at),
            self.case.as_deref().map_or_else(|| "null".to_owned(), text),
            self.case_seq,
            text(&self.actor),
            text(&self.deed),
            self.detail,
            text(&self.prev_hash),
            text(&self.case_prev_hash),
        )
    }
}

/// Checks a whole vault's ledger, first entry to last.
///
/// # Errors
/// [`BrokenLink`] names the first entry that was altered, removed, added or moved.
pub fn check(entries: &[Entry]) -> Result<(), BrokenLink> {
    let mut end = End::default();
    let mut cases = std::collections::BTreeMap::<Option<&str>, End>::new();
    for entry in entries {
        let case = cases.entry(entry.case.as_deref()).or_default();
        let broken = |because| Err(BrokenLink { seq: entry.seq, because });
        if entry.hash != entry.own_hash() {
            return broken("its content does not fit its hash");
        }
        if entry.seq != end.seq.saturating_add(1) || entry.prev_hash != end.hash {
            return broken("it does not follow the entry before it");
        }
        if entry.case_seq != case.seq.saturating_add(1) || entry.case_prev_hash != case.hash {
            return broken("it does not follow the entry before it in its case");
        }
        end = End { seq: entry.seq, hash: entry.hash.clone() };
        *case = End { seq: entry.case_seq, hash: entry.hash.clone() };
    }
    Ok(())
}

/// Checks the entries of one case, first to last, without the rest of the vault.
///
/// # Errors
/// [`BrokenLink`] names the first entry that does not fit.
pub fn check_case(entries: &[Entry]) -> Result<(), BrokenLink> {
    let mut end = End::default();
    let mut seq = 0;
    let case = entries.first().and_then(|entry| entry.case.clone());
    for entry in entries {
        let broken = |because| Err(BrokenLink { seq: entry.seq, because });
        if entry.hash != entry.own_hash() {
            return broken("its content does not fit its hash");
        }
        if entry.case != case {
            return broken("it belongs to another case");
        }
        if entry.seq <= seq || entry.case_seq != end.seq.saturating_add(1) || entry.case_prev_hash != end.hash
        {
            return broken("it does not follow the entry before it in its case");
        }
        seq = entry.seq;
        end = End { seq: entry.case_seq, hash: entry.hash.clone() };
    }
    Ok(())
}

/// The entries as JSON lines, each ended by LF.
pub fn lines(entries: &[Entry]) -> String {
    entries.iter().map(|entry| entry.line() + "\n").collect()
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len().saturating_mul(2)), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn chain() -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (n, case) in [None, Some("R-2026-0001"), Some("R-2026-0002"), Some("R-2026-0001"), None]
            .into_iter()
            .enumerate()
        {
            let end =
                entries.last().map_or_else(End::default, |it| End { seq: it.seq, hash: it.hash.clone() });
            let own = entries
                .iter()
                .rfind(|it| it.case.as_deref() == case)
                .map_or_else(End::default, |it| End { seq: it.case_seq, hash: it.hash.clone() });
            let new = NewEntry {
                at: DateTime::from_timestamp(1_790_000_000 + n as i64, 0).unwrap(),
                case: case.map(str::to_owned),
                actor: "officer".into(),
                deed: "located".into(),
                detail: json!({"z": n, "a": "b\"c"}),
            };
            entries.push(Entry::link(new, &end, &own));
        }
        entries
    }

    #[test]
    fn an_untouched_chain_holds_and_so_does_one_case_alone() {
        let entries = chain();
        assert_eq!(check(&entries), Ok(()));
        let one: Vec<Entry> =
            entries.into_iter().filter(|it| it.case.as_deref() == Some("R-2026-0001")).collect();
        assert_eq!((one.len(), check_case(&one)), (2, Ok(())));
        assert_eq!(check_case(&one[1..]).unwrap_err().seq, 4, "the first entry of the case is missing");
    }

    #[test]
    fn every_altered_removed_or_moved_entry_is_named() {
        for n in 0..5 {
            let mut altered = chain();
            altered[n].detail = json!({"z": 99});
            assert_eq!(check(&altered).unwrap_err().seq, n as u64 + 1);
            let mut rehashed = chain();
            rehashed[n].deed = "other".into();
            rehashed[n].hash = rehashed[n].own_hash();
            assert_eq!(check(&rehashed).is_err(), n < 4, "only the last one can be rewritten unseen");
            let mut removed = chain();
            removed.remove(n);
            assert_eq!(check(&removed).is_err(), n < 4);
        }
    }

    #[test]
    fn a_line_reads_back_and_hashes_by_cutting_the_hash_out() {
        let entry = chain().remove(1);
        let line = entry.line();
        let back: Entry = serde_json::from_str(&line).unwrap();
        assert_eq!(back, entry);
        let cut = line.replace(&format!(",\"hash\":\"{}\"", entry.hash), "");
        assert_eq!(hex(&Sha256::digest(cut)), entry.hash);
    }
}
