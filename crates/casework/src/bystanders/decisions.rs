//! The officer's word on masks: how a file of decisions is read, whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::review::BadLine;

/// A file larger than this is refused.
const LARGEST_FILE: usize = 8 * 1024 * 1024;
const HEADER: [&str; 3] = ["mask", "decision", "reason"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MaskDecision {
    /// Masked; an unread file is left out.
    Accept,
    /// Shown as it is.
    Decline,
}

/// One decision with the officer's words, which may hold personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedMask {
    pub decision: MaskDecision,
    pub reason: String,
}

/// What was proposed and what was decided, by the ids of masks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masks {
    pub proposed: BTreeSet<String>,
    pub decided: BTreeMap<String, DecidedMask>,
}

impl Masks {
    /// Takes a file `mask,decision,reason`; a decline needs its reason. A later word replaces an earlier one.
    ///
    /// # Errors
    /// Every fault by line; then nothing was taken. No sentence repeats a reason.
    pub fn decide(&mut self, file: &[u8]) -> Result<(), Vec<BadLine>> {
        let whole = |what: &str| vec![BadLine { line: 0, what: what.to_owned() }];
        if file.len() > LARGEST_FILE {
            return Err(whole("the file is larger than 8 MB"));
        }
        let text = std::str::from_utf8(file).map_err(|_| whole("the file is not UTF-8 text"))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = reader.records();
        if !rows.next().is_some_and(|it| it.is_ok_and(|it| it.iter().eq(HEADER))) {
            return Err(vec![BadLine {
                line: 1,
                what: "the header must be exactly mask,decision,reason".into(),
            }]);
        }
        let (mut decided, mut faults) = (BTreeMap::new(), Vec::new());
        for row in rows {
            let Ok(row) = row else { return Err(whole("the file is not readable as CSV")) };
            let line = row.position().map_or(0, csv::Position::line);
            match self.one(&row) {
                Ok((mask, one)) => {
                    if decided.insert(mask, one).is_some() {
                        faults.push(BadLine { line, what: "this mask was already decided above".into() });
                    }
                }
                Err(what) => faults.push(BadLine { line, what: what.into() }),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if decided.is_empty() {
            return Err(whole("the file holds no decision"));
        }
        self.decided.extend(decided);
        Ok(())
    }

    fn one(&self, row: &csv::StringRecord) -> Result<(String, DecidedMask), &'static str> {
        let cells: Vec<&str> = row.iter().map(str::trim).collect();
        let [mask, decision, reason] = cells.as_slice() else { return Err("there must be three cells") };
        if !self.proposed.contains(*mask) {
            return Err("there is no such mask in this request");
        }
        let decision = match *decision {
            "accept" => MaskDecision::Accept,
            "decline" => MaskDecision::Decline,
            _ => return Err("the decision must be accept or decline"),
        };
        if decision == MaskDecision::Decline && reason.is_empty() {
            return Err("decline needs its reason");
        }
        Ok(((*mask).to_owned(), DecidedMask { decision, reason: (*reason).to_owned() }))
    }

    pub fn decision(&self, mask: &str) -> Option<MaskDecision> {
        self.decided.get(mask).map(|it| it.decision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_whole_or_not_at_all() {
        let mut masks = Masks { proposed: ["K-1".to_owned(), "K-2".to_owned()].into(), ..Masks::default() };
        for (body, line, what) in [
            ("K-1,decline,", 2, "needs its reason"),
            ("K-9,accept,", 2, "no such mask"),
            ("K-1,maybe,x", 2, "accept or decline"),
            ("K-1,accept", 2, "three cells"),
            ("K-1,accept,\nK-1,accept,", 3, "already decided"),
            ("", 0, "no decision"),
        ] {
            let faults = masks.decide(format!("mask,decision,reason\n{body}\n").as_bytes()).unwrap_err();
            assert_eq!(faults[0].line, line, "{body}");
            assert!(faults[0].what.contains(what), "{}", faults[0].what);
        }
        assert!(masks.decide(b"id,decision\n").is_err() && masks.decide(&[0xff]).is_err());
        assert!(masks.decided.is_empty());
        masks.decide(b"mask,decision,reason\nK-1,accept,\nK-2,decline,she is the joint holder\n").unwrap();
        assert_eq!(
            (masks.decision("K-1"), masks.decision("K-2")),
            (Some(MaskDecision::Accept), Some(MaskDecision::Decline))
        );
    }
}
