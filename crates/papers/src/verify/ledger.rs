//! Checks the hash chain of `log/ledger.jsonl` from its text alone, as a stranger with a text editor would.
//!
//! Every line is one deed. Its last member is its hash: SHA-256 over the line without that member. `case_prev_hash` is
//! the hash of the line before. `bundle/verify/check.js` does the same in a browser: change both or neither.

use serde_json::Value;

const NONE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The first line that does not hold, in words; `None` when the chain holds.
pub(super) fn broken(text: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(text) else {
        return Some("the ledger is not UTF-8".into());
    };
    let Some(body) = text.strip_suffix('\n') else {
        return (!text.is_empty()).then(|| "the ledger's last line has no end".into());
    };
    let mut before = NONE.to_owned();
    let mut vault_seq = 0;
    let mut case = None;
    for (place, line) in body.split('\n').enumerate() {
        let number = u64::try_from(place).unwrap_or_default() + 1;
        let broken = |because: &str| Some(format!("line {number}: {because}"));
        let Some((hashed, hash)) = cut(line) else {
            return broken("it does not end with its hash");
        };
        if crate::hash::sha256(format!("{hashed}}}").as_bytes()) != hash {
            return broken("its content does not fit its hash");
        }
        let Ok(entry) = serde_json::from_str::<Value>(line) else {
            return broken("it is not JSON");
        };
        let seq = entry.get("seq").and_then(Value::as_u64).unwrap_or(0);
        let its_case = entry.get("case").cloned().unwrap_or(Value::Null);
        if *case.get_or_insert_with(|| its_case.clone()) != its_case {
            return broken("it belongs to another case");
        }
        if seq <= vault_seq
            || entry.get("case_seq").and_then(Value::as_u64) != Some(number)
            || entry.get("case_prev_hash").and_then(Value::as_str) != Some(before.as_str())
        {
            return broken("it does not follow the line before it");
        }
        vault_seq = seq;
        before = hash.to_owned();
    }
    None
}

/// The line without its hash and without the closing brace, and the hash.
fn cut(line: &str) -> Option<(&str, &str)> {
    let (hashed, hash) = line.strip_suffix("\"}")?.rsplit_once(",\"hash\":\"")?;
    crate::bundle::manifest::is_hex(hash).then_some((hashed, hash))
}
