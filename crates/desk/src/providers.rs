//! Service providers, contractors and third parties: the register, their instructions, their answers.

use std::collections::BTreeMap;
use std::path::Path;

use casework::provider::{Action, Answer, ConsumerKey, Instruction, Provider, Role};
use casework::query::{Ask, Query};
use casework::subject::Subject;
use chrono::{DateTime, Utc};
use papers::letter::{self, Kind, Language};
use serde_json::json;
use vault::CaseFile;

use crate::desk::{Desk, instant};
use crate::letter::LetterOrder;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::rehearse::ask_all;
use crate::troubles::NOTHING_CHANGED;
use crate::views::providers::{
    InstructedView, InstructionLine, ProposalsView, ProviderLine, ProviderProposal,
};

/// Objects that tell who is connected, their field with the name, and what it means.
const CONNECTED: [(&str, &str, &str); 3] = [
    ("ConnectedApplication", "Name", "A connected application may read or write the org's data."),
    ("OauthToken", "AppName", "Somebody signed this application in."),
    ("NamedCredential", "MasterLabel", "The org sends data to this address."),
];

impl Desk {
    /// Adds a recipient to the register.
    ///
    /// # Errors
    /// A [`Problem`]; the register stays as it was.
    pub fn add_provider(&self, entry: &ProviderLine) -> Result<ProviderLine, Problem> {
        let provider = provider(entry)?;
        let detail = json!({ "provider": provider.name, "role": provider.role });
        self.record_apart("provider.added", detail, |tx| tx.add_provider(&provider))?;
        Ok(provider_line(&provider))
    }

    /// Says anew what the register holds about a recipient; its name stays. What it was told stays as it was told.
    ///
    /// # Errors
    /// A [`Problem`] when the register holds no such name or the entry cannot be used; it stays as it was.
    pub fn change_provider(&self, entry: &ProviderLine) -> Result<ProviderLine, Problem> {
        let known = self.known_provider(&entry.provider)?;
        let provider = Provider { name: known.name, ..provider(entry)? };
        let detail = json!({ "provider": provider.name, "role": provider.role });
        self.record_apart("provider.changed", detail, |tx| tx.change_provider(&provider))?;
        Ok(provider_line(&provider))
    }

    /// The register, by name.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn providers(&self) -> Result<Vec<ProviderLine>, Problem> {
        Ok(self.read(|vault| vault.providers())?.iter().map(provider_line).collect())
    }

    /// Takes a recipient out of the register; what it was told stays with its cases.
    ///
    /// # Errors
    /// A [`Problem`] when the register holds no such name.
    pub fn remove_provider(&self, name: &str) -> Result<Vec<ProviderLine>, Problem> {
        let known = self.known_provider(name)?.name;
        self.record_apart("provider.removed", json!({ "provider": known }), |tx| tx.remove_provider(&known))?;
        self.providers()
    }

    /// Who is connected to the org and stands in no entry of the register.
    ///
    /// # Errors
    /// A [`Problem`] when the org cannot be reached.
    pub async fn propose_providers(&self, org: &str, progress: &Progress) -> Result<ProposalsView, Problem> {
        let reach = self.reach(org, None, progress, NOTHING_CHANGED).await?;
        let known: Vec<String> = self
            .read(|vault| vault.providers())?
            .into_iter()
            .flat_map(|it| it.systems.into_iter().chain([it.name]))
            .map(|it| it.to_lowercase())
            .collect();
        let mut not_read = Vec::new();
        let mut asked = Vec::new();
        for (name, field, because) in CONNECTED {
            match reach.schema.object(name).filter(|it| it.queryable).and_then(|it| it.field(field)) {
                Some(field) => asked.push((name, field.name.clone(), because)),
                None => not_read.push(format!("{name}: the signed-in user does not see it.")),
            }
        }
        let asks: Vec<Ask> = asked
            .iter()
            .map(|(object, field, _)| {
                Ask::Query(Query {
                    object: (*object).to_owned(),
                    fields: vec![field.clone()],
                    condition: None,
                    children: Vec::new(),
                    all_rows: false,
                    order_by: Vec::new(),
                    limit: Some(2_000),
                })
            })
            .collect();
        let mut found = BTreeMap::<String, &str>::new();
        for ((object, field, because), answer) in
            asked.iter().zip(ask_all(&reach.org, &asks, NOTHING_CHANGED).await?)
        {
            match answer {
                Err(refusal) => not_read.push(format!("{object}: refused ({}).", refusal.code)),
                Ok(answer) => {
                    for name in answer.rows.iter().filter_map(|row| row.text(field)) {
                        if !known.contains(&name.to_lowercase()) {
                            found.entry(name.to_owned()).or_insert(because);
                        }
                    }
                }
            }
        }
        let proposals = found
            .into_iter()
            .map(|(name, because)| ProviderProposal { name, because: because.to_owned() })
            .collect();
        Ok(ProposalsView { org: org.to_owned(), proposals, not_read })
    }

    /// Writes an instruction for each recipient, or for the one named, into a folder.
    ///
    /// # Errors
    /// A [`Problem`]; recipients whose letter was written before it were recorded as told.
    pub fn instruct(
        &self,
        request: &str,
        provider: Option<&str>,
        to: &Path,
    ) -> Result<InstructedView, Problem> {
        let case = self.case(request)?;
        let action = Action::of(case.kind).ok_or_else(|| {
            Problem::new(
                "nothing_to_instruct",
                "This kind of request asks nothing of recipients. Nothing was written.",
                "Instructions go out for delete, correct, opt-out and limit.",
            )
        })?;
        let recipients = match provider {
            Some(name) => vec![self.known_provider(name)?],
            None => self
                .read(|vault| vault.providers())?
                .into_iter()
                .filter(|it| action.concerns(it.role))
                .collect(),
        };
        if recipients.is_empty() {
            return Err(Problem::new(
                "no_provider",
                "The register holds nobody whom this request concerns. Nothing was written.",
                "Add recipients with `habeas provider add`, or note that there are none when you close.",
            ));
        }
        let subject = self.subject(&case)?;
        std::fs::create_dir_all(to).map_err(|error| {
            Problem::new(
                "unwritable",
                format!("The folder could not be made ({}). Nothing was written.", error.kind()),
                "Name another folder.",
            )
        })?;
        let mut files = Vec::new();
        for (n, recipient) in (1..).zip(&recipients) {
            let key = consumer_key(recipient.consumer_key, &subject).ok_or_else(|| {
                Problem::new(
                    "consumer_key",
                    format!(
                        "{} knows consumers by {}, and the request holds none. Nothing was written for it.",
                        recipient.name,
                        recipient.consumer_key.as_str()
                    ),
                    "Name another key in the register, or write to this recipient by hand.",
                )
            })?;
            let now = self.now();
            let confirm_by = recipient.confirm_by(now.with_timezone(&self.zone()?).date_naive());
            let name = format!("instruction-{n:02}-{}.pdf", slug(&recipient.name));
            let order = LetterOrder {
                kind: Kind::ProviderInstruction.name().to_owned(),
                set: provider_blanks(recipient, action, &key, confirm_by),
                ..LetterOrder::default()
            };
            let written = self.letter(request, &order, &to.join(&name))?.written;
            let told = Instruction {
                provider: recipient.name.clone(),
                role: recipient.role,
                action,
                sent_at: now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                confirm_by,
                letter: written.sha256,
                answer: None,
                answered_at: None,
                because: String::new(),
            };
            let detail = json!({ "provider": told.provider, "role": told.role, "action": told.action,
                "confirm_by": told.confirm_by, "letter": told.letter });
            self.record(&case.number, "request.instructed", detail, |tx| {
                tx.put_instruction(&case.number, &told)
            })?;
            files.push(name);
        }
        Ok(InstructedView {
            request: request.to_owned(),
            folder: to.display().to_string(),
            files,
            instructions: self.instructions(&case)?,
        })
    }

    /// Records what a recipient answered.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn acknowledge_provider(
        &self,
        request: &str,
        provider: &str,
        at: DateTime<Utc>,
        answer: &str,
        because: &str,
    ) -> Result<Vec<InstructionLine>, Problem> {
        let case = self.case(request)?;
        let refuse =
            |code, what: &str, next: &str| Problem::new(code, format!("{what} Nothing was recorded."), next);
        let answer = Answer::parse(answer).ok_or_else(|| {
            refuse("usage", "This is no answer of a recipient.", "Use done, exception or impossible.")
        })?;
        let told = self.read(|vault| vault.instructions(&case.number))?;
        let told =
            told.into_iter().find(|it| it.provider.eq_ignore_ascii_case(provider)).ok_or_else(|| {
                refuse(
                    "not_instructed",
                    "This recipient was not instructed under this request.",
                    "Instruct it first with `habeas request instruct`.",
                )
            })?;
        if instant(&told.sent_at).is_some_and(|sent| at < sent) {
            return Err(refuse(
                "too_early",
                "The answer would have come before the instruction went out.",
                "Check the instant and its zone.",
            ));
        }
        if let Some(lack) = answer.lacks(because) {
            return Err(refuse("facts_missing", lack, "Give them with --because."));
        }
        let told = Instruction {
            answer: Some(answer),
            answered_at: Some(at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            because: because.trim().to_owned(),
            ..told
        };
        let detail = json!({ "provider": told.provider, "answer": answer, "at": told.answered_at });
        self.record(&case.number, "request.provider_answered", detail, |tx| {
            tx.put_instruction(&case.number, &told)
        })?;
        self.instructions(&case)
    }

    /// What the recipients of a case were told and answered.
    pub(crate) fn instructions(&self, case: &CaseFile) -> Result<Vec<InstructionLine>, Problem> {
        let today = self.now().with_timezone(&self.zone()?).date_naive();
        let told = self.read(|vault| vault.instructions(&case.number))?;
        Ok(told
            .into_iter()
            .map(|it| InstructionLine {
                state: match it.answer {
                    Some(answer) => answer.as_str(),
                    None if today > it.confirm_by => "overdue",
                    None => "outstanding",
                }
                .to_owned(),
                provider: it.provider,
                role: it.role.as_str().to_owned(),
                action: it.action.as_str().to_owned(),
                sent_at: it.sent_at,
                confirm_by: it.confirm_by.to_string(),
                answered_at: it.answered_at,
                because: it.because,
                letter_sha256: it.letter,
            })
            .collect())
    }

    /// What is open with recipients, in sentences; empty when nothing is.
    pub(crate) fn provider_warnings(&self, case: &CaseFile) -> Result<Vec<String>, Problem> {
        let Some(action) = Action::of(case.kind) else { return Ok(Vec::new()) };
        let told = self.read(|vault| vault.instructions(&case.number))?;
        let mut warnings: Vec<String> = told
            .iter()
            .filter(|it| it.answer.is_none())
            .map(|it| format!("{} has not confirmed yet; it should by {}.", it.provider, it.confirm_by))
            .collect();
        let register = self.read(|vault| vault.providers())?;
        let untold = register
            .iter()
            .filter(|it| action.concerns(it.role) && !told.iter().any(|one| one.provider == it.name));
        warnings.extend(untold.map(|it| format!("{} was not told about this request.", it.name)));
        Ok(warnings)
    }

    fn known_provider(&self, name: &str) -> Result<Provider, Problem> {
        let register = self.read(|vault| vault.providers())?;
        register.into_iter().find(|it| it.name.eq_ignore_ascii_case(name.trim())).ok_or_else(|| {
            Problem::new(
                "unknown_provider",
                "The register holds no recipient of this name. Nothing was done.",
                "List the register with `habeas provider list`.",
            )
        })
    }
}

/// An entry as it was given, when it can be used.
fn provider(entry: &ProviderLine) -> Result<Provider, Problem> {
    let refuse = |what: String, next: String| {
        Problem::new("provider_unusable", format!("{what}. The register stays as it was."), next)
    };
    let words = |all: &[&str]| format!("Use {}.", all.join(", "));
    let role = Role::parse(&entry.role).ok_or_else(|| {
        refuse("This is no role of a recipient".to_owned(), words(&Role::ALL.map(Role::as_str)))
    })?;
    let consumer_key = ConsumerKey::parse(&entry.consumer_key).ok_or_else(|| {
        refuse(
            "This is no key by which a consumer is named".to_owned(),
            words(&ConsumerKey::ALL.map(ConsumerKey::as_str)),
        )
    })?;
    let provider = Provider {
        name: entry.provider.trim().to_owned(),
        role,
        contract: entry.contract.trim().to_owned(),
        channel: entry.channel.trim().to_owned(),
        consumer_key,
        systems: entry.systems.clone(),
        confirm_within_days: entry.confirm_within_days,
    };
    let faults = provider.faults();
    if faults.is_empty() {
        return Ok(provider);
    }
    Err(refuse(format!("The entry cannot be used: {}", faults.join("; ")), "Mend what is named.".to_owned()))
}

fn provider_line(it: &Provider) -> ProviderLine {
    ProviderLine {
        provider: it.name.clone(),
        role: it.role.as_str().to_owned(),
        contract: it.contract.clone(),
        channel: it.channel.clone(),
        consumer_key: it.consumer_key.as_str().to_owned(),
        systems: it.systems.clone(),
        confirm_within_days: it.confirm_within_days,
    }
}

/// No more data than the contract agreed on.
fn consumer_key(key: ConsumerKey, subject: &Subject) -> Option<String> {
    match key {
        ConsumerKey::Email => subject.emails.first().cloned(),
        ConsumerKey::Phone => subject.phones.first().cloned(),
        ConsumerKey::Name => subject.names.first().cloned(),
        ConsumerKey::AccountNumber => subject.account_numbers.first().cloned(),
        ConsumerKey::RecordId => subject.record_ids.first().map(ToString::to_string),
    }
}

/// A name as part of a file name.
fn slug(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' })
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|it| !it.is_empty()).take(6).collect();
    words.join("-").chars().take(60).collect()
}

/// The blanks of the letter to one recipient; the case fills the others.
fn provider_blanks(
    recipient: &Provider,
    action: Action,
    key: &str,
    confirm_by: chrono::NaiveDate,
) -> BTreeMap<String, String> {
    [
        ("recipient", recipient.name.clone()),
        ("identifiers", key.to_owned()),
        ("act_by", letter::day(Language::English, confirm_by)),
        ("contract", recipient.contract.clone()),
        ("role", recipient.role.as_str().replace('-', " ")),
        ("action", action.as_str().replace('-', " ")),
        ("systems", recipient.systems.join(", ")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}
