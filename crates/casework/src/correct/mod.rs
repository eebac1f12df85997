//! Contested values: what the person claims, the evidence of both sides, what was decided, and where else the same value stands.

mod copies;
mod file;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::change::Change;
use crate::plan::ByHand;
use crate::record_id::RecordId;

pub use copies::{asks, copies};
pub use file::{Given, read};

/// One contested value, decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    /// `C-1`, in the order of the file.
    pub item: String,
    pub object: String,
    pub id: RecordId,
    pub field: String,
    /// As the org held it when the file was taken.
    pub held: Value,
    pub claimed: Value,
    pub decision: Verdict,
    /// The totality of the circumstances: why the value is more likely right or wrong than not (§ 7023(b)).
    pub because: String,
    /// The nature of the information: objective, subjective, sensitive …
    pub nature: String,
    /// How the business obtained it.
    pub obtained: String,
    pub evidence: Vec<Evidence>,
    /// Why a correction is denied.
    pub basis: Option<Basis>,
    /// The facts behind "impossible".
    pub facts: String,
    /// Why the value may be deleted instead of corrected.
    pub instead: Option<Instead>,
    /// Who gave the wrong value, where the business is not its source.
    pub source: Option<Source>,
    pub health: bool,
    /// The person's written statement, made part of the record.
    pub statement: String,
    /// The field of the same record that the statement is written to.
    pub statement_field: Option<String>,
    pub copies: Vec<Copy>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Grant,
    Deny,
    /// The contested value is emptied (§ 7023(e)).
    DeleteInstead,
}

/// Why a correction may be denied (§ 7023(f)–(h)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The value is more likely right than not.
    Accurate,
    DocumentsInadequate,
    LegalConflict,
    Exception,
    Impossible,
    /// Denied within the past six months, and nothing new was offered.
    Repeat,
    Fraud,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Instead {
    NoNegativeImpact,
    Consent,
}

/// A document that was weighed, by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub side: Side,
    /// Lower-case hex SHA-256 of the document.
    pub sha256: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Consumer,
    Business,
}

/// Where a wrong value came from: the consumer is told its name, or the source is told that it was wrong (§ 7023(i)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub name: String,
    /// `true`: the source was told; `false`: its name is given to the consumer.
    #[serde(default)]
    pub told: bool,
}

/// The same value in another place of the same person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    pub object: String,
    pub id: RecordId,
    pub field: String,
    pub road: CopyRoad,
    pub because: String,
}

/// What becomes of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyRoad {
    /// Salesforce brings it up to date by itself.
    Follows,
    /// It can be corrected alike; the officer has not taken it up.
    Proposed,
    /// It is corrected alike.
    Adopted,
    /// It cannot be written.
    ByHand,
}

/// What the decided contests set, and what they leave to be done by hand.
pub fn changes(contests: &[Contest]) -> (Vec<Change>, Vec<ByHand>) {
    let (mut changes, mut notes) = (Vec::<Change>::new(), Vec::new());
    for contest in contests {
        let value = match contest.decision {
            Verdict::Grant => Some(contest.claimed.clone()),
            Verdict::DeleteInstead => Some(Value::Null),
            Verdict::Deny => None,
        };
        if let Some(value) = value {
            let because = match contest.decision {
                Verdict::DeleteInstead => "The contested value is deleted instead of corrected.",
                _ => "The contested value is corrected.",
            };
            set(&mut changes, &contest.object, &contest.id, &contest.field, value.clone(), because);
            for copy in &contest.copies {
                let place = format!("{} {}, field {}", copy.object, copy.id, copy.field);
                match copy.road {
                    CopyRoad::Adopted => {
                        let because = "The same value stands here and is treated alike.";
                        set(&mut changes, &copy.object, &copy.id, &copy.field, value.clone(), because);
                    }
                    CopyRoad::Proposed => notes.push(ByHand {
                        what: format!("Decide the copy of {} at {place}", contest.item),
                        because:
                            "The same value stands here; take it up by correcting again with --with-copies."
                                .to_owned(),
                    }),
                    CopyRoad::ByHand => notes.push(ByHand {
                        what: format!("Correct the copy of {} at {place}", contest.item),
                        because: copy.because.clone(),
                    }),
                    CopyRoad::Follows => {}
                }
            }
        }
        if let (Some(field), false) = (&contest.statement_field, contest.statement.is_empty()) {
            let because = "The person's statement of dispute is made part of the record.";
            set(
                &mut changes,
                &contest.object,
                &contest.id,
                field,
                Value::from(contest.statement.clone()),
                because,
            );
        }
        if contest.source.as_ref().is_some_and(|it| !it.told) && contest.decision == Verdict::Grant {
            notes.push(ByHand {
                what: format!("Name the source of {} to the consumer", contest.item),
                because: "The business was not the source (§ 7023(i)); tell the consumer its name, or tell the source."
                    .to_owned(),
            });
        }
    }
    (changes, notes)
}

fn set(changes: &mut Vec<Change>, object: &str, id: &RecordId, field: &str, value: Value, because: &str) {
    if !changes.iter().any(|it| it.id == *id && it.field.eq_ignore_ascii_case(field)) {
        changes.push(Change {
            object: object.to_owned(),
            id: id.clone(),
            field: field.to_owned(),
            value,
            because: because.to_owned(),
            only_if: None,
        });
    }
}

#[cfg(test)]
mod tests;
