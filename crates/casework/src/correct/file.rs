//! `corrections.json`: read as a whole or not at all; no sentence repeats a value from it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Basis, Contest, Evidence, Instead, Side, Source, Verdict};
use crate::found::Match;
use crate::record_id::RecordId;

const LARGEST: usize = 4 * 1024 * 1024;
const MOST_ITEMS: usize = 500;
const LONGEST_NOTE: usize = 10_000;
/// Words of a statement about one item of health information (Civ. Code § 1798.185(a)(8)(D)).
const STATEMENT_WORDS: usize = 250;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    corrections: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    object: String,
    id: String,
    field: String,
    held: Option<Value>,
    #[serde(default)]
    claimed: Value,
    decision: Verdict,
    because: String,
    #[serde(default)]
    nature: String,
    #[serde(default)]
    obtained: String,
    #[serde(default)]
    evidence: Vec<Weighed>,
    basis: Option<Basis>,
    #[serde(default)]
    facts: String,
    instead: Option<Instead>,
    source: Option<Source>,
    #[serde(default)]
    health: bool,
    #[serde(default)]
    statement: String,
    statement_field: Option<String>,
}

/// `document` is the file name of a document given beside the file, or a SHA-256 in hex.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weighed {
    side: Side,
    document: String,
}

/// A contest as given, and what the file says the org holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// `held` is still empty: the org is asked for it.
    pub contest: Contest,
    pub held: Option<Value>,
}

/// Reads the file. `documents` are the hashes of the documents given beside it, by file name.
///
/// # Errors
/// Every fault in order; then nothing of the file may be applied.
pub fn read(
    file: &[u8],
    matches: &[Match],
    documents: &BTreeMap<String, String>,
) -> Result<Vec<Given>, Vec<String>> {
    let whole = |what: String| vec![what];
    if file.len() > LARGEST {
        return Err(whole("the file is larger than 4 MB".to_owned()));
    }
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let read: Whole = serde_json::from_slice(file).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        whole(match error.classify() {
            serde_json::error::Category::Data => {
                format!("it has an unknown or missing key, or a value of the wrong kind, at {place}")
            }
            _ => format!("it is not JSON, at {place}"),
        })
    })?;
    if read.corrections.is_empty() || read.corrections.len() > MOST_ITEMS {
        return Err(whole(format!("it holds no correction, or more than {MOST_ITEMS}")));
    }
    let (mut given, mut faults) = (Vec::<Given>::new(), Vec::new());
    for (n, item) in (1..).zip(read.corrections) {
        match item.check(n, matches, documents) {
            Ok(one) if given.iter().any(|it| it.contest.same_place(&one.contest)) => {
                faults.push(format!("item {n}: this field of this record is contested twice"));
            }
            Ok(one) => given.push(one),
            Err(what) => faults.push(format!("item {n}: {what}")),
        }
    }
    if faults.is_empty() { Ok(given) } else { Err(faults) }
}

impl Contest {
    fn same_place(&self, other: &Self) -> bool {
        self.id == other.id && self.field.eq_ignore_ascii_case(&other.field)
    }
}

impl Item {
    fn check(
        self,
        n: usize,
        matches: &[Match],
        documents: &BTreeMap<String, String>,
    ) -> Result<Given, String> {
        let id = RecordId::parse(&self.id).map_err(|problem| format!("the id is not usable: {problem}"))?;
        let found = matches
            .iter()
            .find(|it| it.id == id && it.object.eq_ignore_ascii_case(&self.object))
            .ok_or("the record is not among the matches of this request")?;
        let notes = [&self.because, &self.nature, &self.obtained, &self.facts, &self.statement];
        if notes.iter().any(|it| it.chars().count() > LONGEST_NOTE || it.contains('\0')) {
            return Err(format!("a note is longer than {LONGEST_NOTE} characters or holds a zero byte"));
        }
        if self.because.trim().is_empty() {
            return Err("\"because\" must say how the circumstances were weighed".to_owned());
        }
        if matches!(self.claimed, Value::Array(_) | Value::Object(_)) {
            return Err("\"claimed\" is a list or a group; contest each field by itself".to_owned());
        }
        self.check_decision()?;
        self.check_statement()?;
        let mut evidence = Vec::new();
        for weighed in &self.evidence {
            let hash = documents.get(&weighed.document).cloned().or_else(|| sha256(&weighed.document));
            let sha256 = hash.ok_or("a document it names was not given with --evidence and is no SHA-256")?;
            evidence.push(Evidence { side: weighed.side, sha256 });
        }
        let contest = Contest {
            item: format!("C-{n}"),
            object: found.object.clone(),
            id,
            field: self.field,
            held: Value::Null,
            claimed: self.claimed,
            decision: self.decision,
            because: self.because,
            nature: self.nature,
            obtained: self.obtained,
            evidence,
            basis: self.basis,
            facts: self.facts,
            instead: self.instead,
            source: self.source,
            health: self.health,
            statement: self.statement,
            statement_field: self.statement_field,
            copies: Vec::new(),
        };
        Ok(Given { contest, held: self.held })
    }

    fn check_decision(&self) -> Result<(), String> {
        let said = |text: &str| !text.trim().is_empty();
        match self.decision {
            Verdict::Grant if self.claimed.is_null() => {
                Err("\"grant\" needs the claimed value; to empty the field decide \"delete-instead\""
                    .to_owned())
            }
            Verdict::DeleteInstead if self.instead.is_none() => {
                Err("\"delete-instead\" needs \"instead\": no-negative-impact or consent".to_owned())
            }
            Verdict::Deny if self.basis.is_none() => Err("\"deny\" needs a \"basis\"".to_owned()),
            Verdict::Deny if self.basis == Some(Basis::Impossible) && !said(&self.facts) => {
                Err("\"impossible\" needs \"facts\" that show why; the bare word is not enough".to_owned())
            }
            Verdict::Deny if !said(&self.nature) || !said(&self.obtained) => {
                Err("\"deny\" needs \"nature\" and \"obtained\": they are part of the circumstances"
                    .to_owned())
            }
            _ if self.decision != Verdict::Deny && self.basis.is_some() => {
                Err("\"basis\" belongs to \"deny\" only".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn check_statement(&self) -> Result<(), String> {
        let words = self.statement.split_whitespace().count();
        if self.health && words > STATEMENT_WORDS {
            return Err(format!(
                "the statement has {words} words; at most {STATEMENT_WORDS} are made part of the record"
            ));
        }
        if self.statement_field.is_some() && words == 0 {
            return Err("a field for the statement is named, but there is no statement".to_owned());
        }
        if self.statement_field.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(&self.field)) {
            return Err("the statement would be written into the contested field itself".to_owned());
        }
        Ok(())
    }
}

fn sha256(text: &str) -> Option<String> {
    let text = text.strip_prefix("sha256:").unwrap_or(text).to_ascii_lowercase();
    (text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit())).then_some(text)
}
