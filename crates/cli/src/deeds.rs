//! Each command's one call into the desk.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use desk::problem::Problem;
use desk::{Clock, Desk, HoldWord, LetterOrder, NewRequest, Progress, Proofs, SignedRequest};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Told;
use crate::args::{
    Agenda, Cli, Command, Global, Kind, Law, Ledger, Org, Practice, Provider, Records, Request, Settings,
    Vault,
};
use crate::{map, passphrase, serve};

pub async fn run(cli: Cli) -> Result<Told, Problem> {
    let global = cli.global;
    match cli.command {
        Command::Verify { file, signer } => {
            let signer = signer.as_deref().map(|path| read(path, "signer")).transpose()?;
            let verdict = desk::verify(&file, signer.as_deref())?;
            if verdict.intact() { view(&verdict) } else { no(&verdict) }
        }
        Command::Law(deed) => law(&global, deed),
        Command::Practice(Practice::Serve(options)) => serve::serve(options).await,
        Command::Practice(Practice::Incident { logs, org, to }) => {
            view(&serve::write_incident(&logs, org.as_deref(), &to)?)
        }
        Command::Vault(Vault::Create { practice }) => {
            let passphrase = passphrase::read(global.passphrase_file.as_deref(), "New passphrase: ")?;
            view(&desk::create_vault(&vault_path(&global)?, &passphrase, practice, &clock(&global)?)?)
        }
        Command::Vault(Vault::Check) => {
            let passphrase = passphrase::read(global.passphrase_file.as_deref(), "Passphrase: ")?;
            let checked = desk::check_vault(&vault_path(&global)?, &passphrase, &clock(&global)?)?;
            if checked.intact() { view(&checked) } else { no(&checked) }
        }
        Command::Vault(Vault::Backup { file }) => view(&desk(&global)?.backup(&file)?),
        Command::Vault(Vault::RememberKey) => view(&desk(&global)?.remember_key()?),
        Command::Vault(Vault::ForgetKey) => view(&desk::forget_key(&vault_path(&global)?)?),
        Command::Vault(Vault::ChangePassphrase { new_passphrase_file }) => {
            let old = passphrase::read(global.passphrase_file.as_deref(), "Passphrase: ")?;
            let new = passphrase::read(new_passphrase_file.as_deref(), "New passphrase: ")?;
            view(&desk::change_passphrase(&vault_path(&global)?, &old, &new, &clock(&global)?)?)
        }
        Command::Org(deed) => org(&desk(&global)?, deed).await,
        Command::Provider(deed) => provider(&desk(&global)?, deed).await,
        Command::Request(deed) => request(&desk(&global)?, deed).await,
        Command::Incident(deed) => crate::incident::run(&desk(&global)?, deed).await,
        Command::Map(deed) => map::run(&desk(&global)?, deed).await,
        Command::Records(Records::Find { subject }) => {
            let subject = read(&subject, "subject")?;
            view(&desk(&global)?.find_records(&subject)?)
        }
        Command::Records(Records::Sweep) => view(&desk(&global)?.sweep_records()?),
        Command::Metrics { year, consumers, to } => {
            let desk = desk(&global)?;
            view(&match to {
                Some(to) => desk.metrics_report(year, consumers, &to)?,
                None => desk.metrics(year, consumers)?,
            })
        }
        Command::Calendar(Agenda::Export { to }) => view(&desk(&global)?.export_agenda(&to)?),
        Command::Settings(Settings::Show) => view(&desk(&global)?.settings()?),
        Command::Updates => view(&desk(&global)?.look_for_update().await?),
        Command::Settings(Settings::Logo { from, none }) => {
            let desk = desk(&global)?;
            let logo = match from {
                Some(file) => desk.set_logo(Some(&read(&file, "logo")?))?,
                None if none => desk.set_logo(None)?,
                None => desk.logo()?,
            };
            view(&json!({ "logo": logo.map(|it| json!({ "width": it.width, "height": it.height })) }))
        }
        Command::Settings(Settings::Set { assignment: text }) => {
            let (key, value) = assignment(&text, "The setting")?;
            view(&desk(&global)?.set(&key, &value)?)
        }
        Command::Wording { kind, language, to } => {
            let desk = desk(&global)?;
            match to {
                None => view(&desk.wording(&kind, language.as_deref())?),
                Some(to) => view(&desk.write_wording(&kind, language.as_deref(), &to)?),
            }
        }
        Command::Ledger(Ledger::Show) => view(&desk(&global)?.ledger()?),
        Command::Ledger(Ledger::Check) => {
            let checked = desk(&global)?.check_ledger()?;
            if checked.intact() { view(&checked) } else { no(&checked) }
        }
        Command::Ledger(Ledger::Export { to }) => view(&desk(&global)?.export_ledger(&to)?),
    }
}

fn law(global: &Global, deed: Law) -> Result<Told, Problem> {
    match deed {
        Law::Duties { facts } => {
            let answer = desk::law_book::duties(&read(&facts, "facts")?)?;
            if global.json { view(&answer) } else { view(&desk::law_book::duties_in_words(&answer)) }
        }
        Law::Rule { id, on } => view(&desk::law_book::rule(&id, on)?),
        Law::Calendar { name, year } => view(&desk::law_book::calendar(&name, year)?),
    }
}

async fn org(desk: &Desk, deed: Org) -> Result<Told, Problem> {
    match deed {
        Org::Add { name, instance_url, access_token_file, ca } => {
            let token = read(&access_token_file, "access token")?;
            let token = String::from_utf8_lossy(&token).trim().to_owned();
            let ca = ca.as_deref().map(|path| read(path, "certificate authority")).transpose()?;
            view(&desk.add_org(&name, &instance_url, token, ca).await?)
        }
        Org::Login { name, login_url, client_id, ca } => {
            let ca = ca.as_deref().map(|path| read(path, "certificate authority")).transpose()?;
            let pending = desk.begin_sign_in(&name, &login_url, &client_id, ca).await?;
            tell(&format!("Sign in here, in your browser:\n{}", pending.authorize_url()));
            // A browser that cannot be opened is no failure: the address stands above.
            drop(open::that_detached(pending.authorize_url()));
            view(&desk.finish_sign_in(pending).await?)
        }
        Org::List => view(&json!({ "orgs": desk.orgs()? })),
        Org::Check { name } => view(&desk.check_org(&name, &progress()).await?),
        Org::Choices { name, file } => match file {
            Some(file) => view(&desk.set_choices(&name, &read(&file, "choices")?, &progress()).await?),
            None => view(&desk.choices(&name, &progress()).await?),
        },
    }
}

async fn provider(desk: &Desk, deed: Provider) -> Result<Told, Problem> {
    match deed {
        Provider::Add(it) => view(&desk.add_provider(&it.entry())?),
        Provider::Change(it) => view(&desk.change_provider(&it.entry())?),
        Provider::List => view(&json!({ "providers": desk.providers()? })),
        Provider::Remove { name } => view(&json!({ "providers": desk.remove_provider(&name)? })),
        Provider::Propose { org } => view(&desk.propose_providers(&org, &progress()).await?),
    }
}

async fn request(desk: &Desk, deed: Request) -> Result<Told, Problem> {
    match deed {
        Request::Open { org, drp: Some(drp), agent_key, business_id, received_at, channel, .. } => {
            let message = read(&drp, "signed request")?;
            let key = agent_key.as_deref().map(|it| read(it, "agent's key")).transpose()?.unwrap_or_default();
            view(&desk.open_signed(&SignedRequest {
                org: &org,
                message: &message,
                agent_key: &key,
                business_id: business_id.as_deref(),
                received_at: received_at.as_deref().map(|it| instant(it, "--received-at")).transpose()?,
                channel: channel.as_deref(),
            })?)
        }
        Request::Open { org, kind, received_at, channel, subject, requester, .. } => {
            let subject = subject.as_deref().map(|it| read(it, "subject")).transpose()?.unwrap_or_default();
            view(&desk.open_request(&NewRequest {
                org: &org,
                kind: &kind.map(Kind::word).unwrap_or_default(),
                received_at: instant(&received_at.unwrap_or_default(), "--received-at")?,
                channel: &channel.unwrap_or_default(),
                subject: &subject,
                via: &requester.via,
                age_band: &requester.age_band,
                household: requester.household,
                account_holder: requester.account_holder,
                same_matter: requester.same_matter,
                new_documents: requester.new_documents,
                after_correction: requester.after_correction,
            })?)
        }
        Request::List => view(&json!({ "requests": desk.requests()? })),
        Request::Show { request } => view(&desk.request(&request)?),
        Request::Acknowledge { request, how } => view(&desk.acknowledge(&request, &how)?),
        Request::Identify(identify) => {
            let paper = |path: &Option<PathBuf>, what| path.as_deref().map(|it| read(it, what)).transpose();
            let declaration = paper(&identify.declaration, "declaration")?;
            let agent = paper(&identify.agent, "agent's authorization")?;
            let attorney = paper(&identify.power_of_attorney, "power of attorney")?;
            let proofs = Proofs {
                points: &identify.points,
                declaration: declaration.as_deref(),
                account_holder: identify.account_holder,
                agent: agent.as_deref(),
                power_of_attorney: attorney.as_deref(),
                confirmed_directly: identify.confirmed_directly,
                parent: identify.parent.as_deref(),
                level: identify.level.as_deref(),
            };
            view(&desk.identify(&identify.request, &proofs)?)
        }
        Request::Confirm { request } => view(&desk.confirm(&request)?),
        Request::Extend { request, because } => view(&desk.extend(&request, &because)?),
        Request::Hold { request, agency_case, from, renew, release } => {
            let word = match (agency_case.as_deref(), from, renew, release) {
                (Some(reference), Some(from), _, _) => HoldWord::Place { reference, from },
                (_, _, true, _) => HoldWord::Renew,
                (_, _, _, true) => HoldWord::Release,
                _ => {
                    return Err(Problem::new(
                        "usage",
                        "It was not said what happens to the hold. Nothing was recorded.",
                        "Give --agency-case and --from, or --renew, or --release.",
                    ));
                }
            };
            view(&desk.legal_hold(&request, word)?)
        }
        Request::Deny { request, reason, ground, scope } => {
            view(&desk.deny(&request, &reason, ground.as_deref(), scope.as_deref())?)
        }
        Request::Locate { request, call_ceiling } => {
            view(&desk.locate(&request, call_ceiling, &progress()).await?)
        }
        Request::Review { request, accept, decisions } => match decisions {
            Some(file) => view(&desk.decide(&request, &read(&file, "decisions")?)?),
            None => view(&desk.accept(&request, &accept)?),
        },
        Request::Correct { request, file, evidence, with_copies } => {
            let documents = evidence.iter().map(|path| document(path)).collect::<Result<Vec<_>, _>>()?;
            let file = read(&file, "corrections")?;
            view(&desk.correct(&request, &file, &documents, with_copies, &progress()).await?)
        }
        Request::Instruct { request, provider, to } => {
            view(&desk.instruct(&request, provider.as_deref(), &to)?)
        }
        Request::AcknowledgeProvider { request, provider, at, answer, because } => {
            let at = instant(&at, "--at")?;
            view(
                &json!({ "instructions": desk.acknowledge_provider(&request, &provider, at, &answer, &because)? }),
            )
        }
        Request::Masks { request, decisions } => match decisions {
            Some(file) => view(&desk.decide_masks(&request, &read(&file, "decisions")?)?),
            None => view(&desk.masks(&request, &progress()).await?),
        },
        Request::Export { request, zip_password_file, language, to } => {
            let password = zip_password_file.as_deref().map(|path| text(path, "password")).transpose()?;
            let password = password.as_deref().map(|text| text.trim_end_matches(['\r', '\n']));
            view(&desk.export(&request, &to, password, language.as_deref(), &progress()).await?)
        }
        Request::Rehearse { request } => view(&desk.rehearse(&request, &progress()).await?),
        Request::Approve { request, plan, by } => view(&desk.approve(&request, &plan, by.as_deref())?),
        Request::CarryOut { request, plan, purge } => {
            view(&desk.carry_out(&request, &plan, purge, &progress()).await?)
        }
        Request::Undo { request } => view(&desk.undo(&request, &progress()).await?),
        Request::Prove { request } => view(&desk.prove(&request, &progress()).await?),
        Request::Letter { request, kind, set, language, wording, to } => {
            let set = set.iter().map(|it| assignment(it, "--set")).collect::<Result<_, _>>()?;
            let wording = wording.as_deref().map(|path| text(path, "wording")).transpose()?;
            view(&desk.letter(&request, &LetterOrder { kind, language, set, wording }, &to)?)
        }
        Request::Close { request, outcome, reason } => {
            view(&desk.close(&request, &outcome, reason.as_deref())?)
        }
        Request::Seal { request, to } => view(&desk.seal(&request, &to)?),
    }
}

/// A document by its file name and content.
fn document(path: &Path) -> Result<(String, Vec<u8>), Problem> {
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, read(path, "evidence")?))
}

/// `NAME=TEXT`
pub fn assignment(text: &str, what: &str) -> Result<(String, String), Problem> {
    text.split_once('=').map(|(name, text)| (name.trim().to_owned(), text.to_owned())).ok_or_else(|| {
        Problem::new(
            "usage",
            format!("{what} is not of the form NAME=TEXT. Nothing was done."),
            "Write it like recipient=\"Ana Example\".",
        )
    })
}

fn text(path: &Path, what: &str) -> Result<String, Problem> {
    String::from_utf8(read(path, what)?).map_err(|_| {
        Problem::new(
            "unreadable",
            format!("The {what} is no text in UTF-8. Nothing was done."),
            "Save it as plain text in UTF-8.",
        )
    })
}

pub fn view(view: &impl Serialize) -> Result<Told, Problem> {
    as_json(view).map(Told::View)
}

fn no(view: &impl Serialize) -> Result<Told, Problem> {
    as_json(view).map(Told::No)
}

fn as_json(view: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(view).map_err(|_| {
        Problem::new(
            "view",
            "The deed was done, but its result could not be shown.",
            "Look at the request again with `habeas request show`.",
        )
    })
}

fn vault_path(global: &Global) -> Result<PathBuf, Problem> {
    global.vault.clone().ok_or_else(|| {
        Problem::new(
            "usage",
            "No vault was named. Nothing was done.",
            "Give --vault FILE, or set HABEAS_VAULT.",
        )
    })
}

fn desk(global: &Global) -> Result<Desk, Problem> {
    let path = vault_path(global)?;
    let clock = clock(global)?;
    if global.passphrase_file.is_none()
        && let Some(desk) = Desk::open_remembered(&path, &clock)?
    {
        return Ok(desk);
    }
    let passphrase = passphrase::read(global.passphrase_file.as_deref(), "Passphrase: ")?;
    Desk::open(&path, &passphrase, clock)
}

/// The system's clock, or the instant given with `--now`; the desk refuses the latter outside practice vaults.
fn clock(global: &Global) -> Result<Clock, Problem> {
    Ok(match &global.now {
        Some(text) => Clock::pretend(instant(text, "--now")?),
        #[allow(clippy::disallowed_methods, reason = "a shell reads the clock")]
        None => Clock::system(Utc::now),
    })
}

pub fn instant(text: &str, flag: &str) -> Result<DateTime<Utc>, Problem> {
    DateTime::parse_from_rfc3339(text).map(|it| it.to_utc()).map_err(|_| {
        Problem::new(
            "usage",
            format!("{flag} is not an instant with a zone. Nothing was done."),
            "Write it like 2026-11-21T09:30:00-08:00.",
        )
    })
}

/// Files named on the command line are at most this large.
const LARGEST_INPUT: u64 = 64 * 1024 * 1024;

pub fn read(path: &Path, what: &str) -> Result<Vec<u8>, Problem> {
    let refuse = |because: String| {
        Problem::new(
            "input_unreadable",
            format!("The {what} file {because}. Nothing was done."),
            "Check the path and try again.",
        )
    };
    let size = std::fs::metadata(path)
        .map_err(|error| refuse(format!("could not be read ({})", error.kind())))?
        .len();
    if size > LARGEST_INPUT {
        return Err(refuse("is larger than 64 MB".to_owned()));
    }
    std::fs::read(path).map_err(|error| refuse(format!("could not be read ({})", error.kind())))
}

/// Progress goes to standard error, one line a step.
pub fn progress() -> Progress {
    let progress = Progress::new(tell);
    let stop = progress.stop_flag();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            tell("Stopping after the call under way …");
            stop.stop();
        }
    });
    progress
}

#[allow(clippy::print_stderr, reason = "messages to the person belong on standard error")]
pub fn tell(line: &str) {
    eprintln!("{line}");
}
