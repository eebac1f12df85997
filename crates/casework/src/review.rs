//! The officer's word on each match: what a decision is, and how a file of decisions is read.
//!
//! A file is taken as a whole or not at all; every fault is named with its line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::case::RequestKind;
use crate::found::{Confidence, Match};
use crate::record_id::RecordId;

/// A decisions file larger than this is refused.
pub const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
const MAX_REASON_CHARS: usize = 2_000;
const HEADER: [&str; 4] = ["object", "id", "decision", "reason"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    Delete,
    Keep,
    Correct,
    NotThisPerson,
}

impl Decision {
    pub const ALL: [Self; 4] = [Self::Delete, Self::Keep, Self::Correct, Self::NotThisPerson];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Keep => "keep",
            Self::Correct => "correct",
            Self::NotThisPerson => "not-this-person",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.as_str().eq_ignore_ascii_case(word))
    }
}

/// One decided match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub object: String,
    pub id: RecordId,
    pub decision: Decision,
    /// Code of the ground for a `keep`, as the law room names it.
    pub ground: Option<String>,
    /// The officer's words; they may hold personal data.
    pub reason: String,
}

/// A ground on which a record may be kept, and the words by which a reason names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    pub code: String,
    /// Lower case; any of them standing in the reason names the ground.
    pub words: Vec<String>,
}

/// What is wrong with one line. `line` counts from 1 with the header; 0 speaks of the whole file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadLine {
    /// 0: the file as a whole.
    pub line: u64,
    pub what: String,
}

impl BadLine {
    pub(crate) fn whole(what: &str) -> Self {
        Self { line: 0, what: what.to_owned() }
    }
}

/// The text of a CSV file that somebody gave, without its byte-order mark.
pub(crate) fn csv_text(file: &[u8], most_bytes: usize) -> Result<&str, BadLine> {
    if file.len() > most_bytes {
        return Err(BadLine::whole(&format!("the file is larger than {} MB", most_bytes >> 20)));
    }
    let text = std::str::from_utf8(file).map_err(|_| BadLine::whole("the file is not UTF-8 text"))?;
    if text.contains('\0') {
        return Err(BadLine::whole("the file holds a zero byte and is no CSV"));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads a decisions file, `object,id,decision,reason`, with or without a byte-order mark.
///
/// # Errors
/// Every fault of the file in order; then nothing of it may be applied. No sentence repeats a cell's content other than
/// object names, ids and decision words.
pub fn read(file: &[u8], matches: &[Match], grounds: &[Ground]) -> Result<Vec<Decided>, Vec<BadLine>> {
    let whole = |what: &str| vec![BadLine::whole(what)];
    let text = csv_text(file, MAX_FILE_BYTES).map_err(|fault| vec![fault])?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = reader.records();
    match rows.next() {
        Some(Ok(header)) if header.iter().eq(HEADER) => {}
        Some(_) => {
            return Err(vec![BadLine {
                line: 1,
                what: "the header must be exactly object,id,decision,reason".into(),
            }]);
        }
        None => return Err(whole("the file is empty")),
    }
    let known = Known::of(matches);
    let (mut decided, mut faults) = (Vec::<Decided>::new(), Vec::new());
    let mut seen = BTreeMap::<RecordId, u64>::new();
    for row in rows {
        let row = match row {
            Ok(row) => row,
            Err(_) => {
                faults.push(BadLine { line: 0, what: "the file is not readable as CSV".into() });
                break;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        match one(&row, &known, grounds) {
            Ok(one) => match seen.insert(one.id.clone(), line) {
                Some(first) => faults.push(BadLine {
                    line,
                    what: format!("{} {} was already decided on line {first}", one.object, one.id),
                }),
                None => decided.push(one),
            },
            Err(what) => faults.push(BadLine { line, what }),
        }
    }
    if faults.is_empty() && decided.is_empty() {
        return Err(whole("the file holds no decision"));
    }
    if faults.is_empty() { Ok(decided) } else { Err(faults) }
}

/// The matches by id, and the object names that occur.
struct Known<'a> {
    by_id: BTreeMap<&'a RecordId, &'a Match>,
}

impl<'a> Known<'a> {
    fn of(matches: &'a [Match]) -> Self {
        Self { by_id: matches.iter().map(|it| (&it.id, it)).collect() }
    }
    fn has_object(&self, object: &str) -> bool {
        self.by_id.values().any(|it| it.object.eq_ignore_ascii_case(object))
    }
}

fn one(row: &csv::StringRecord, known: &Known<'_>, grounds: &[Ground]) -> Result<Decided, String> {
    let cells: Vec<&str> = row.iter().collect();
    let [object, id, decision, reason] = cells.as_slice() else {
        return Err(format!("there are {} cells where four belong", cells.len()));
    };
    let formula =
        |cell: &str| cell.trim_start_matches([' ', '"', '\'']).starts_with(['=', '+', '-', '@', '\t', '\r']);
    if let Some((name, _)) = HEADER.iter().zip([object, id, decision, reason]).find(|(_, cell)| formula(cell))
    {
        return Err(format!("the cell {name} begins like a spreadsheet formula"));
    }
    let (object, reason) = (object.trim(), reason.trim());
    if reason.chars().count() > MAX_REASON_CHARS {
        return Err(format!("the reason is longer than {MAX_REASON_CHARS} characters"));
    }
    let id = RecordId::parse(id).map_err(|problem| format!("the id is not usable: {problem}"))?;
    let Some(decision) = Decision::parse(decision.trim()) else {
        return Err("the decision must be delete, keep, correct or not-this-person".into());
    };
    let Some(found) = known.by_id.get(&id) else {
        return Err(if known.has_object(object) {
            format!("{id} is not among the matches of this request")
        } else {
            "this object has no match in this request".into()
        });
    };
    if !found.object.eq_ignore_ascii_case(object) {
        return Err(format!("{id} is a {} record, not one of the object named", found.object));
    }
    let ground = match decision {
        Decision::Keep => Some(ground_in(reason, grounds).ok_or_else(|| {
            "keep needs a ground in its reason: one of Civ. Code § 1798.105(d)(1) to (8), legal hold, or contract".to_owned()
        })?),
        Decision::Delete | Decision::Correct | Decision::NotThisPerson => None,
    };
    Ok(Decided { object: found.object.clone(), id, decision, ground, reason: reason.to_owned() })
}

/// The code of the first ground that a reason names.
pub fn ground_in(reason: &str, grounds: &[Ground]) -> Option<String> {
    let said = format!(" {} ", plain(reason));
    grounds
        .iter()
        .find(|ground| {
            let named = |word: &str| said.contains(&format!(" {} ", plain(word)));
            named(&ground.code) || ground.words.iter().any(|word| named(word))
        })
        .map(|ground| ground.code.clone())
}

/// Lower-case words and numbers with one blank between them, so that `§ 1798.105(d)(1)` equals `1798.105 (d) (1)`.
fn plain(text: &str) -> String {
    let spaced: String =
        text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads the list of `--accept`, `exact,strong`.
///
/// # Errors
/// The word that is no confidence.
pub fn confidences(list: &str) -> Result<Vec<Confidence>, String> {
    list.split(',')
        .map(str::trim)
        .map(|word| match word {
            "exact" => Ok(Confidence::Exact),
            "strong" => Ok(Confidence::Strong),
            "possible" => Ok(Confidence::Possible),
            other => Err(other.to_owned()),
        })
        .collect()
}

/// Decides every match of the wanted confidences at once, leaving alone what was decided one by one before.
///
/// Shared records and business accounts are never among them.
pub fn accept(
    kind: RequestKind,
    matches: &[Match],
    wanted: &[Confidence],
    before: &[Decided],
) -> Vec<Decided> {
    let decision = match kind {
        RequestKind::Delete => Decision::Delete,
        RequestKind::Correct => Decision::Correct,
        RequestKind::KnowCategories
        | RequestKind::KnowSpecific
        | RequestKind::OptOut
        | RequestKind::Limit
        | RequestKind::OptIn
        | RequestKind::AdmtAccess
        | RequestKind::AdmtOptOut => Decision::Keep,
    };
    matches
        .iter()
        .filter(|it| wanted.contains(&it.confidence) && !it.shared && !is_business_account(it))
        .filter(|it| !before.iter().any(|earlier| earlier.id == it.id))
        .map(|it| Decided {
            object: it.object.clone(),
            id: it.id.clone(),
            decision,
            ground: None,
            reason: "accepted by its confidence".to_owned(),
        })
        .collect()
}

/// A company's account: it belongs to everybody who works with that company.
pub fn is_business_account(it: &Match) -> bool {
    it.object == "Account" && !it.person
}

/// How many matches nobody has decided.
pub fn undecided(matches: &[Match], decided: &[Decided]) -> u64 {
    let ids: std::collections::BTreeSet<&RecordId> = decided.iter().map(|it| &it.id).collect();
    matches.iter().map(|it| u64::from(!ids.contains(&it.id))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Presence;

    fn found(object: &str, id: &str, confidence: Confidence, shared: bool, person: bool) -> Match {
        Match {
            number: "M-0001".into(),
            object: object.into(),
            id: RecordId::parse(id).unwrap(),
            confidence,
            person,
            shared,
            presence: Presence::Live,
            reasons: Vec::new(),
        }
    }

    fn matches() -> Vec<Match> {
        vec![
            found("Account", "0015g00000AAAAA", Confidence::Exact, false, false),
            found("Case", "5005g00000AAAAA", Confidence::Exact, true, false),
            found("Contact", "0035g00000AAAAA", Confidence::Exact, false, true),
            found("Lead", "00Q5g00000AAAAA", Confidence::Possible, false, true),
        ]
    }

    fn grounds() -> Vec<Ground> {
        vec![
            Ground { code: "legal-hold".into(), words: vec!["litigation hold".into()] },
            Ground { code: "105d1".into(), words: vec!["1798.105(d)(1)".into()] },
        ]
    }

    #[test]
    fn a_good_file_is_read_with_mark_windows_ends_and_short_ids() {
        let file = "\u{feff}object,id,decision,reason\r\nContact,0035g00000AAAAA,delete,\"asked, twice\"\r\ncase,5005g00000AAAAA,keep,Legal hold 2026/4\r\nLead,00Q5g00000AAAAA,keep,see § 1798.105(d)(1)\r\n";
        let decided = read(file.as_bytes(), &matches(), &grounds()).unwrap();
        assert_eq!(
            decided.iter().map(|it| it.decision).collect::<Vec<_>>(),
            [Decision::Delete, Decision::Keep, Decision::Keep]
        );
        assert_eq!(decided[1].ground.as_deref(), Some("legal-hold"));
        assert_eq!(decided[2].ground.as_deref(), Some("105d1"));
        assert_eq!(undecided(&matches(), &decided), 1);
    }

    #[test]
    fn every_fault_is_named_by_line_and_nothing_is_taken() {
        let head = "object,id,decision,reason\n";
        let cases: [(&str, u64, &str); 9] = [
            ("Contact,0035g00000AAAAA,erase,x", 2, "must be delete"),
            ("Contact,0035g00000AAAAA,keep,we like it", 2, "needs a ground"),
            ("Contact,0035g00000BBBBB,delete,", 2, "not among the matches"),
            ("Robot__c,0035g00000BBBBB,delete,", 2, "no match"),
            ("Case,0035g00000AAAAA,delete,", 2, "is a Contact record"),
            ("Contact,0035g00000AAAAA,delete,=HYPERLINK(1)", 2, "formula"),
            ("Contact,0035g00000AAAAA,delete", 2, "3 cells"),
            ("Contact,003,delete,x", 2, "id is not usable"),
            (
                "Contact,0035g00000AAAAA,delete,\nContact,0035g00000AAAAA,keep,legal-hold",
                3,
                "already decided on line 2",
            ),
        ];
        for (body, line, what) in cases {
            let faults = read(format!("{head}{body}\n").as_bytes(), &matches(), &grounds()).unwrap_err();
            assert_eq!((faults.len(), faults[0].line), (1, line), "{body}");
            assert!(faults[0].what.contains(what), "{} should say {what}", faults[0].what);
        }
        assert_eq!(read(b"id,object,decision,reason\n", &matches(), &grounds()).unwrap_err()[0].line, 1);
        assert!(read(b"", &matches(), &grounds()).is_err());
        assert!(read(&[0xff, 0xfe, 0x41], &matches(), &grounds()).is_err());
        assert!(read(head.as_bytes(), &matches(), &grounds()).is_err());
    }

    #[test]
    fn accepting_takes_no_shared_record_no_company_and_no_possible_one_unless_asked() {
        let taken = |list: &str| {
            accept(RequestKind::Delete, &matches(), &confidences(list).unwrap(), &[])
                .into_iter()
                .map(|it| it.object)
                .collect::<Vec<_>>()
        };
        assert_eq!(taken("exact,strong"), ["Contact"]);
        assert_eq!(taken("exact,possible"), ["Contact", "Lead"]);
        assert_eq!(confidences("exact,sure"), Err("sure".into()));
    }
}
