//! Contested values: taken with their evidence, looked up in the org, and their copies found.

use std::collections::BTreeMap;

use casework::case::RequestDeed;
use casework::change::{Change, same, unfit};
use casework::correct::{self, Contest, CopyRoad, Given, Verdict};
use casework::plan::ByHand;
use casework::review::{Decided, Decision};
use casework::schema::Schema;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use vault::{CaseFile, Part};

use crate::desk::Desk;
use crate::evidence::word;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::rehearse::ask_all;
use crate::troubles::NOTHING_CHANGED;
use crate::views::Calls;
use crate::views::values::{ContestLine, CopyLine, CorrectionsView, EvidenceLine, SourceLine};

const UNTAKEN: &str = "Nothing was taken.";

impl Desk {
    /// Takes a file of contested values with the documents that were weighed; whole or not at all.
    ///
    /// `documents` are file names and contents. With `with_copies` every other place of the same value that can be written
    /// is corrected alike.
    ///
    /// # Errors
    /// `corrections_unusable` names every faulty item; nothing is taken then.
    pub async fn correct(
        &self,
        request: &str,
        file: &[u8],
        documents: &[(String, Vec<u8>)],
        with_copies: bool,
        progress: &Progress,
    ) -> Result<CorrectionsView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Review)?;
        let located = self.located(&case)?;
        let mut decided = self.read(|vault| vault.decisions(&case.number))?;
        let given =
            correct::read(file, &located.matches, &hashes(documents)).map_err(|faults| unusable(&faults))?;
        let reach = self.reach(&case.org, None, progress, NOTHING_CHANGED).await?;
        let mut contests: Vec<Contest> = given.iter().map(|it| it.contest.clone()).collect();
        let asks = correct::asks(&reach.schema, &located.matches, &decided, &contests);
        let mut rows = Vec::new();
        for answer in ask_all(&reach.org, &asks, NOTHING_CHANGED).await? {
            let answer = answer.map_err(|refusal| {
                Problem::new(
                    "not_readable",
                    format!("The org refused to show the person's records ({}). {UNTAKEN}", refusal.code),
                    "Check the Salesforce user's permissions with `habeas org check`, then try again.",
                )
            })?;
            rows.extend(answer.rows);
        }
        correct::copies(&reach.schema, &rows, &mut contests).map_err(|fault| unusable(&[fault]))?;
        let faults: Vec<String> = given
            .iter()
            .zip(&contests)
            .filter_map(|(given, it)| held_otherwise(given, it, &reach.schema))
            .collect();
        if !faults.is_empty() {
            return Err(unusable(&faults));
        }
        let proposed =
            contests.iter_mut().flat_map(|it| &mut it.copies).filter(|it| it.road == CopyRoad::Proposed);
        if with_copies {
            proposed.for_each(|copy| copy.road = CopyRoad::Adopted);
        }
        take_up(&mut decided, &contests);
        case.road.reviewed = true;
        case.road.rehearsed = None;
        case.road.approved = None;
        let detail = json!({
            "items": contests.len(),
            "granted": contests.iter().filter(|it| it.decision == Verdict::Grant).count(),
            "denied": contests.iter().filter(|it| it.decision == Verdict::Deny).count(),
            "copies": contests.iter().map(|it| it.copies.len()).sum::<usize>(),
            "documents": hashes(documents).values().collect::<Vec<_>>(),
        });
        self.record(&case.number, "request.contested", detail, |tx| {
            for (name, bytes) in documents {
                tx.add_document(&case.number, name, "evidence", true, bytes)?;
            }
            tx.put_part(&case.number, Part::Corrections, &contests)?;
            tx.put_decisions(&case.number, &decided)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(CorrectionsView {
            request: request.to_owned(),
            items: contests.iter().map(|it| line(it, trouble(it, &reach.schema))).collect(),
            api_calls: Calls { forecast: None, spent: reach.org.spent() },
        })
    }

    /// The contested values as they were taken last; empty before that. What the org would refuse stands in the rehearsal.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn contests(&self, request: &str) -> Result<Vec<ContestLine>, Problem> {
        let case = self.case(request)?;
        let contests: Vec<Contest> =
            self.read(|vault| vault.part(&case.number, Part::Corrections))?.unwrap_or_default();
        Ok(contests.iter().map(|it| line(it, None)).collect())
    }

    /// What the decided contests set, on records that are not to go or somebody else's.
    pub(crate) fn corrections(
        &self,
        case: &CaseFile,
        decided: &[Decided],
    ) -> Result<(Vec<Change>, Vec<ByHand>), Problem> {
        let contests: Vec<Contest> =
            self.read(|vault| vault.part(&case.number, Part::Corrections))?.unwrap_or_default();
        let (mut changes, notes) = correct::changes(&contests);
        changes.retain(|change| {
            let other = decided.iter().find(|it| it.id == change.id).map(|it| it.decision);
            !matches!(other, Some(Decision::Delete | Decision::NotThisPerson))
        });
        Ok((changes, notes))
    }
}

fn hashes(documents: &[(String, Vec<u8>)]) -> BTreeMap<String, String> {
    let hash = |bytes: &Vec<u8>| casework::ledger::hex(&Sha256::digest(bytes));
    documents.iter().map(|(name, bytes)| (name.clone(), hash(bytes))).collect()
}

/// A record with a contested value is decided "correct"; a denial leaves its decision as it is.
fn take_up(decided: &mut Vec<Decided>, contests: &[Contest]) {
    for contest in contests {
        let adopted = contest.copies.iter().filter(|it| it.road == CopyRoad::Adopted);
        let mut records: Vec<(&str, &casework::record_id::RecordId)> =
            adopted.map(|it| (it.object.as_str(), &it.id)).collect();
        if contest.decision != Verdict::Deny {
            records.push((&contest.object, &contest.id));
        }
        for (object, id) in records {
            decided.retain(|it| it.id != *id);
            decided.push(Decided {
                object: object.to_owned(),
                id: id.clone(),
                decision: Decision::Correct,
                ground: None,
                reason: format!("contested value {}", contest.item),
            });
        }
    }
}

fn held_otherwise(given: &Given, contest: &Contest, schema: &Schema) -> Option<String> {
    let said = given.held.as_ref()?;
    let field = schema.object(&contest.object)?.field(&contest.field)?;
    (!same(&field.field_type, said, &contest.held)).then(|| {
        format!("{}: the org holds another value than the file says; look at it again", contest.item)
    })
}

fn unusable(faults: &[String]) -> Problem {
    let first: Vec<&str> = faults.iter().take(5).map(String::as_str).collect();
    Problem::new(
        "corrections_unusable",
        format!("The file of contested values was not taken: {}. {UNTAKEN}", first.join("; ")),
        "Mend the items named and give the whole file again.",
    )
    .beside("faults", json!(faults))
}

/// Why the org would not take what was decided, as far as its describe tells.
fn trouble(it: &Contest, schema: &Schema) -> Option<String> {
    let value = match it.decision {
        Verdict::Grant => &it.claimed,
        Verdict::DeleteInstead => &serde_json::Value::Null,
        Verdict::Deny => return None,
    };
    unfit(schema.object(&it.object)?, &it.field, value)
}

fn line(it: &Contest, trouble: Option<String>) -> ContestLine {
    ContestLine {
        item: it.item.clone(),
        object: it.object.clone(),
        id: it.id.to_string(),
        field: it.field.clone(),
        held: it.held.clone(),
        claimed: it.claimed.clone(),
        decision: word(&it.decision),
        because: it.because.clone(),
        nature: it.nature.clone(),
        obtained: it.obtained.clone(),
        evidence: it
            .evidence
            .iter()
            .map(|it| EvidenceLine { side: word(&it.side), sha256: it.sha256.clone() })
            .collect(),
        basis: it.basis.as_ref().map(word),
        facts: it.facts.clone(),
        instead: it.instead.as_ref().map(word),
        source: it.source.as_ref().map(|it| SourceLine { name: it.name.clone(), told: it.told }),
        health: it.health,
        statement: it.statement.clone(),
        statement_field: it.statement_field.clone(),
        copies: it
            .copies
            .iter()
            .map(|it| CopyLine {
                object: it.object.clone(),
                id: it.id.to_string(),
                field: it.field.clone(),
                road: word(&it.road),
                because: it.because.clone(),
            })
            .collect(),
        trouble,
    }
}
