//! Proving: looking again, by other methods than those that found and deleted. Can be done again at any later time.

use casework::carry_out::{Ended, Outcome};
use casework::case::RequestDeed;
use casework::prove::{KeyedHash, Proof, ProofMethod, Proved, ToProve, keyed_hashes, record_hash};
use serde_json::json;
use vault::{CaseFile, Part};

use crate::desk::{Desk, instant};
use crate::evidence::word;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::rehearse::ask_all;
use crate::troubles::NOTHING_CHANGED;
use crate::views::values::ProvedValueLine;
use crate::views::{Calls, CertificateView, ProvedRecord, ProvedView};

impl Desk {
    /// Asks by id, by search and by what changed since; an integration that brought the person back is found from keyed
    /// hashes alone.
    ///
    /// # Errors
    /// A [`Problem`]; earlier certificates stay.
    pub async fn prove(&self, request: &str, progress: &Progress) -> Result<ProvedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Prove)?;
        let reach = self.reach(&case.org, None, progress, NOTHING_CHANGED).await?;
        let mut proof = Proof::begin(self.to_prove(&case, reach.schema.clone())?);
        loop {
            let asks = proof.next();
            if asks.is_empty() {
                break;
            }
            progress.say(&format!(
                "Looking again: {} questions, {} calls used",
                asks.len(),
                reach.org.spent()
            ));
            proof.answer(ask_all(&reach.org, &asks, NOTHING_CHANGED).await?);
        }
        let proved = proof.finish();
        let at = self.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let spent = reach.org.spent();
        case.road.proved = true;
        let detail =
            json!({ "certificate": proved.certificate, "methods": proved.methods.len(), "api_calls": spent });
        self.record(&case.number, "request.proved", detail, |tx| {
            tx.add_certificate(&case.number, &proved)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(proved_view(&case, &proved, &at, spent))
    }

    fn to_prove(&self, case: &CaseFile, schema: casework::schema::Schema) -> Result<ToProve, Problem> {
        let rehearsed = self.rehearsed(case)?;
        let located = self.located(case).unwrap_or_default();
        let planned: std::collections::BTreeSet<_> = rehearsed
            .plan
            .steps
            .iter()
            .filter(|step| step.deed != casework::plan::Deed::Keep)
            .map(|step| step.id.clone())
            .collect();
        let known =
            located.matches.iter().map(|it| it.id.clone()).filter(|id| !planned.contains(id)).collect();
        let hash_key = self.hash_key();
        self.read(|vault| {
            let began = vault.first_write_at(&case.number)?.unwrap_or_else(|| case.opened_at.clone());
            Ok(ToProve {
                outcomes: vault.part(&case.number, Part::Outcomes)?.unwrap_or_default(),
                hashes: vault.keyed_hashes(&case.number)?,
                hash_key,
                carried_out_at: instant(&began).unwrap_or_default(),
                before: vault
                    .certificates(&case.number)?
                    .pop()
                    .map(|it| it.proved.records)
                    .unwrap_or_default(),
                subject: vault.part(&case.number, Part::Subject)?,
                schema,
                set: vault.part(&case.number, Part::SetValues)?.unwrap_or_default(),
                rehearsed,
                known,
            })
        })
    }

    /// The keyed hashes that a later proof needs once the personal data is forgotten.
    pub(crate) fn hashes_of(
        &self,
        case: &CaseFile,
        approved: &casework::carry_out::Approved,
    ) -> Result<Vec<KeyedHash>, Problem> {
        let subject = self.subject(case)?;
        let located = self.located(case)?;
        let people: std::collections::BTreeSet<_> =
            located.matches.iter().filter(|it| it.person).map(|it| it.id.clone()).collect();
        let steps = &approved.rehearsed().plan.steps;
        let deleted: Vec<_> = located
            .rows
            .iter()
            .filter(|row| people.contains(&row.id) && steps.iter().any(|step| step.id == row.id))
            .cloned()
            .collect();
        let key = self.hash_key();
        let mut hashes = keyed_hashes(&key, &subject, &deleted);
        hashes.extend(steps.iter().map(|step| record_hash(&key, &step.object, &step.id)));
        Ok(hashes)
    }
}

/// A certificate as a shell shows it.
pub(crate) fn proved_view(case: &CaseFile, proved: &Proved, at: &str, spent: u64) -> ProvedView {
    ProvedView {
        request: case.number.to_string(),
        certificate: certificate_view(proved, at),
        records: records(proved),
        values: proved
            .values
            .iter()
            .map(|it| ProvedValueLine {
                object: it.object.clone(),
                id: it.id.to_string(),
                field: it.field.clone(),
                state: word(&it.state),
                changed_by: it.changed_by.as_ref().map(ToString::to_string),
            })
            .collect(),
        api_calls: Calls { forecast: None, spent },
    }
}

pub(crate) fn certificate_view(proved: &Proved, at: &str) -> CertificateView {
    let it = &proved.certificate;
    CertificateView {
        gone: it.gone,
        in_bin: it.in_bin,
        still_there: it.still_there,
        refused: it.refused,
        reappeared: it.reappeared,
        purged_but_visible: it.purged_but_visible,
        as_set: it.as_set,
        overwritten: it.overwritten,
        methods: proved.methods.iter().map(method).collect(),
        at: at.to_owned(),
    }
}

pub(crate) fn records(proved: &Proved) -> Vec<ProvedRecord> {
    proved
        .records
        .iter()
        .map(|it| ProvedRecord { object: it.object.clone(), id: it.id.to_string(), state: word(&it.state) })
        .collect()
}

pub(crate) fn method(method: &ProofMethod) -> String {
    let object = method.object.as_deref().map(|it| format!(" in {it}")).unwrap_or_default();
    match &method.refused {
        Some(code) => format!("{}{object}: refused ({code})", method.method),
        None => format!("{}{object}: {} rows", method.method, method.rows),
    }
}

/// Whether a record ended the way it should.
pub(crate) fn ended_well(outcome: &Outcome) -> bool {
    matches!(
        outcome.outcome,
        Ended::Deleted
            | Ended::InBin
            | Ended::Purged
            | Ended::AlreadyGone
            | Ended::Blanked
            | Ended::Replaced
            | Ended::Created
    )
}
