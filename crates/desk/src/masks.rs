//! Masks for other people's details: proposed to the officer, decided by the officer, applied by the export.

use std::collections::BTreeMap;

use casework::bystanders::{self, Mask, MaskDecision, Masks, Own};
use casework::case::RequestDeed;
use casework::ledger::hex;
use casework::row::Row;
use casework::schema::{Field, Schema};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use vault::{CaseFile, Part};

use crate::desk::Desk;
use crate::evidence::word;
use crate::export::read_whole;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::review::{bad_lines, table};
use crate::views::{Calls, MaskChoice, MaskLine, MasksDecidedView, MasksView};

impl Desk {
    /// Proposes a mask for every name, address and phone number of somebody else in what an export would hand over.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was kept then.
    pub async fn masks(&self, request: &str, progress: &Progress) -> Result<MasksView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Export)?;
        let wanted = self.theirs(&case)?;
        let reach = self.reach(&case.org, None, progress, "No mask was proposed.").await?;
        let rows = read_whole(&reach.org, &reach.schema, &wanted, &mut Vec::new(), progress).await?;
        let masking = self.masking(&case, &reach.schema, &rows)?;
        let masks = masking.lines(&rows);
        let undecided = count(masks.iter().filter(|it| it.decision.is_none()));
        let detail = json!({ "masks": masks.len(), "undecided": undecided, "api_calls": reach.org.spent() });
        self.record(&case.number, "request.masks_proposed", detail, |tx| {
            tx.put_part(&case.number, Part::Masks, &masking.kept)
        })?;
        Ok(MasksView {
            request: request.to_owned(),
            masks,
            undecided,
            api_calls: Calls { forecast: None, spent: reach.org.spent() },
        })
    }

    /// Takes a file of decisions on masks, whole or not at all.
    ///
    /// # Errors
    /// `decisions_unusable` names every faulty line; nothing is decided then.
    pub fn decide_masks(&self, request: &str, file: &[u8]) -> Result<MasksDecidedView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Export)?;
        let mut kept = self.kept_masks(&case)?;
        if kept.proposed.is_empty() {
            return Err(Problem::new(
                "not_yet",
                "No mask was proposed for this request yet. Nothing was decided.",
                "Run `habeas request masks` without a file first; it lists the masks with their ids.",
            ));
        }
        kept.decide(file).map_err(|faults| bad_lines(&faults))?;
        let of = |wanted| count(kept.decided.values().filter(|it| it.decision == wanted));
        let view = MasksDecidedView {
            request: request.to_owned(),
            accept: of(MaskDecision::Accept),
            decline: of(MaskDecision::Decline),
            undecided: count(kept.proposed.iter().filter(|it| kept.decision(it).is_none())),
        };
        let detail = json!({ "accept": view.accept, "decline": view.decline, "undecided": view.undecided });
        self.record(&case.number, "request.masks_decided", detail, |tx| {
            tx.put_part(&case.number, Part::Masks, &kept)
        })?;
        Ok(view)
    }

    /// The same for decisions that a screen gives.
    ///
    /// # Errors
    /// As for a file.
    pub fn choose_masks(&self, request: &str, choices: &[MaskChoice]) -> Result<MasksDecidedView, Problem> {
        let rows = choices.iter().map(|it| [it.mask.as_str(), it.decision.as_str(), it.reason.as_str()]);
        self.decide_masks(request, &table(["mask", "decision", "reason"], rows)?)
    }

    /// The masks for these rows with what was decided before.
    pub(crate) fn masking(&self, case: &CaseFile, schema: &Schema, rows: &[Row]) -> Result<Masking, Problem> {
        let own = Own::of(&self.subject(case)?, rows, &self.region()?);
        let located = self.located(case)?;
        let others: Vec<Row> = located
            .matches
            .iter()
            .zip(&located.rows)
            .filter(|(it, _)| it.person && !rows.iter().any(|row| row.id == it.id))
            .map(|(_, row)| row.clone())
            .collect();
        let mut kept = self.kept_masks(case)?;
        let key = self.hash_key();
        let mut by_field = BTreeMap::<(String, String), Vec<(String, Mask)>>::new();
        for mask in bystanders::propose(&own, schema, rows, &others) {
            let id = mask_id(
                &key,
                &[&mask.object, &mask.id, &mask.field, mask.kind.as_str(), &mask.value.to_lowercase()],
            );
            kept.proposed.insert(id.clone());
            by_field.entry((mask.id.clone(), mask.field.clone())).or_default().push((id, mask));
        }
        Ok(Masking { kept, by_field, key, applied: 0, let_stand: 0 })
    }

    fn kept_masks(&self, case: &CaseFile) -> Result<Masks, Problem> {
        Ok(self.read(|vault| vault.part(&case.number, Part::Masks))?.unwrap_or_default())
    }
}

/// The masks of one export.
pub(crate) struct Masking {
    pub kept: Masks,
    /// By record id and field: each mask with its id.
    by_field: BTreeMap<(String, String), Vec<(String, Mask)>>,
    key: Vec<u8>,
    pub applied: u64,
    pub let_stand: u64,
}

impl Masking {
    /// The value without what is somebody else's, unless the officer declined the mask; and what was replaced, in words.
    pub fn apply(&mut self, row: &Row, field: &Field, value: &Value) -> (Value, Vec<&'static str>) {
        let masks = self.by_field.get(&(row.id.to_string(), field.name.clone()));
        let (Some(masks), Some(text)) = (masks, value.as_str()) else { return (value.clone(), Vec::new()) };
        let (declined, wanted): (Vec<_>, Vec<_>) =
            masks.iter().partition(|(id, _)| self.kept.decision(id) == Some(MaskDecision::Decline));
        self.let_stand += count(declined.iter());
        self.applied += count(wanted.iter());
        let wanted: Vec<&Mask> = wanted.into_iter().map(|(_, mask)| mask).collect();
        let words = wanted.iter().map(|it| it.kind.words()).collect();
        (Value::String(bystanders::apply(text, &wanted)), words)
    }

    /// The id by which the officer decides about a file that nobody examined, and whether it stays out.
    pub fn file(&mut self, object: &str, id: &str) -> (String, bool) {
        let mask = mask_id(&self.key, &[object, id, "(file)"]);
        self.kept.proposed.insert(mask.clone());
        let out = self.kept.decision(&mask) == Some(MaskDecision::Accept);
        (mask, out)
    }

    fn lines(&self, rows: &[Row]) -> Vec<MaskLine> {
        let mut lines = Vec::new();
        for row in rows {
            for ((_, field), masks) in self
                .by_field
                .range((row.id.to_string(), String::new())..)
                .take_while(|it| it.0.0 == row.id.as_str())
            {
                for (id, mask) in masks {
                    let (before, after) = bystanders::excerpts(row.text(field).unwrap_or_default(), mask);
                    lines.push(MaskLine {
                        mask: id.clone(),
                        object: mask.object.clone(),
                        id: mask.id.clone(),
                        field: field.clone(),
                        kind: mask.kind.as_str().to_owned(),
                        before,
                        after,
                        reason: mask.reason.clone(),
                        decision: self.kept.decision(id).map(|it| word(&it)),
                    });
                }
            }
        }
        lines
    }
}

/// An id that says nothing to anybody without the vault's key and stays the same from one reading to the next.
fn mask_id(key: &[u8], parts: &[&str]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    for part in parts {
        mac.update(part.as_bytes());
        mac.update(&[0]);
    }
    let hex = hex(&mac.finalize().into_bytes());
    format!("K-{}", hex.get(..12).unwrap_or_default())
}

fn count<T>(list: impl Iterator<Item = T>) -> u64 {
    u64::try_from(list.count()).unwrap_or(u64::MAX)
}
