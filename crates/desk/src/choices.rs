//! Opt-out, limit and opt-in: what an org writes for them, and how they are confirmed to the person.

use casework::case::RequestKind;
use casework::change::{Change, SetValue, Wish, may_ask_again};
use casework::choice::{self, Mapping, Receipt, Rule};
use casework::found::Match;
use casework::plan::ByHand;
use casework::review::Decided;
use casework::schema::Schema;
use serde_json::json;
use vault::{CaseFile, Part};

use crate::desk::{Desk, instant};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles::NOTHING_CHANGED;
use crate::views::values::{ChoiceRecord, ChoicesView, NotProposedLine, RuleLine};

/// What a choice comes to for one person, before the org is asked.
#[derive(Default)]
pub(crate) struct Chosen {
    pub changes: Vec<Change>,
    pub wishes: Vec<Wish>,
    pub by_hand: Vec<ByHand>,
}

const LARGEST: usize = 1024 * 1024;

impl Desk {
    /// What an org writes for each choice: the officer's mapping, else a proposal from what the org shows.
    ///
    /// # Errors
    /// A [`Problem`] when the org cannot be reached.
    pub async fn choices(&self, org: &str, progress: &Progress) -> Result<ChoicesView, Problem> {
        let reach = self.reach(org, None, progress, NOTHING_CHANGED).await?;
        self.choices_view(org, &reach.schema)
    }

    /// Settles the mapping of an org from a file; whole or not at all.
    ///
    /// # Errors
    /// `choices_unusable` names every rule that the org would not take; the earlier mapping stays.
    pub async fn set_choices(
        &self,
        org: &str,
        file: &[u8],
        progress: &Progress,
    ) -> Result<ChoicesView, Problem> {
        let refuse = |what: String| {
            Problem::new(
                "choices_unusable",
                format!("The file of choices was not taken: {what}. The mapping stays as it was."),
                "Mend it; `habeas org choices NAME --json` shows the shape and what the org offers.",
            )
        };
        if file.len() > LARGEST {
            return Err(refuse("it is larger than 1 MB".to_owned()));
        }
        let mapping: Mapping = crate::given::json(file).map_err(|error| {
            refuse(format!("line {}, column {}: {}", error.line(), error.column(), kind_of(&error)))
        })?;
        let reach = self.reach(org, None, progress, NOTHING_CHANGED).await?;
        let faults = choice::faults(&mapping, &reach.schema);
        if !faults.is_empty() {
            return Err(refuse(faults.join("; ")));
        }
        let detail = json!({ "org": org, "opt_out": mapping.opt_out.len(), "limit": mapping.limit.len() });
        self.record_apart("org.choices", detail, |tx| tx.put_setting(&key(org), &mapping))?;
        self.choices_view(org, &reach.schema)
    }

    fn choices_view(&self, org: &str, schema: &Schema) -> Result<ChoicesView, Problem> {
        let settled: Option<Mapping> = self.read(|vault| vault.setting(&key(org)))?;
        let (proposed, left) = choice::propose(schema);
        let rules = |rules: &[Rule]| rules.iter().map(rule_line).collect();
        let mapping = settled.as_ref().unwrap_or(&proposed);
        Ok(ChoicesView {
            org: org.to_owned(),
            settled: settled.is_some(),
            opt_out: rules(&mapping.opt_out),
            limit: rules(&mapping.limit),
            not_proposed: left
                .into_iter()
                .map(|it| NotProposedLine { object: it.object, field: it.field, because: it.because })
                .collect(),
        })
    }

    /// What the choice sets on the records that were decided to be the person's, which consents it wants, and what is left
    /// to do by hand; nothing for other kinds.
    pub(crate) fn choice_changes(
        &self,
        case: &CaseFile,
        schema: &Schema,
        matches: &[Match],
        decided: &[Decided],
    ) -> Result<Chosen, Problem> {
        if !is_choice(case.kind) {
            return Ok(Chosen::default());
        }
        let settled: Option<Mapping> = self.read(|vault| vault.setting(&key(&case.org)))?;
        let mapping = settled.unwrap_or_else(|| choice::propose(schema).0);
        let changes = choice::changes(case.kind, &mapping, matches, decided);
        let receipt = Receipt { number: case.number.as_str(), received_at: &case.received_at };
        let (wishes, by_hand) = choice::wishes(case.kind, &mapping, schema, matches, decided, receipt);
        if changes.is_empty() && wishes.is_empty() && !decided.is_empty() {
            let next = by_hand.first().map_or_else(
                || {
                    format!(
                        "Look at `habeas org choices {}` and settle which fields do; then review and rehearse again.",
                        case.org
                    )
                },
                |it| it.because.clone(),
            );
            return Err(Problem::new(
                "nothing_to_set",
                format!("No field of this person's records stands for this choice. {NOTHING_CHANGED}"),
                next,
            ));
        }
        Ok(Chosen { changes, wishes, by_hand })
    }

    /// What confirms a choice to the person; `None` for other kinds and before anything was carried out.
    pub(crate) fn choice_record(&self, case: &CaseFile) -> Result<Option<ChoiceRecord>, Problem> {
        let set: Vec<SetValue> =
            self.read(|vault| vault.part(&case.number, Part::SetValues))?.unwrap_or_default();
        if !is_choice(case.kind) || set.is_empty() {
            return Ok(None);
        }
        let began = self.read(|vault| vault.first_write_at(&case.number))?;
        let proof = self.read(|vault| vault.certificates(&case.number))?.pop();
        let stands = proof.filter(|it| {
            it.proved.certificate.overwritten
                + it.proved.certificate.refused
                + it.proved.certificate.still_there
                == 0
        });
        let set: Vec<SetValue> = set.into_iter().filter(SetValue::stands).collect();
        let mut fields: Vec<String> = set.iter().map(|it| format!("{}.{}", it.object, it.field)).collect();
        fields.sort();
        fields.dedup();
        let records: std::collections::BTreeSet<_> = set.iter().map(|it| &it.id).collect();
        let until =
            began.as_deref().and_then(instant).filter(|_| case.kind != RequestKind::OptIn).map(may_ask_again);
        Ok(Some(ChoiceRecord {
            choice: case.kind.as_str().to_owned(),
            carried_out_at: began,
            fields,
            records: u64::try_from(records.len()).unwrap_or(u64::MAX),
            confirmed_at: stands.map(|it| it.at),
            not_asked_before: until.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        }))
    }
}

pub(crate) fn is_choice(kind: RequestKind) -> bool {
    matches!(kind, RequestKind::OptOut | RequestKind::Limit | RequestKind::OptIn)
}

fn key(org: &str) -> String {
    format!("choices.{org}")
}

fn kind_of(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Data => "an unknown or missing key, or a value of the wrong kind",
        _ => "this is not JSON",
    }
}

fn rule_line(it: &Rule) -> RuleLine {
    RuleLine {
        object: it.object.clone(),
        field: it.field.clone(),
        value: it.value.clone(),
        back: it.back.clone(),
        purpose: it.purpose.clone(),
        create: it.create.clone(),
        because: it.because.clone(),
    }
}
