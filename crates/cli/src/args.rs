//! The words of the command line. `docs/command-line.md` is their manual.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Answers one person's demand for their data in Salesforce: find it, export it, delete it, prove it.
#[derive(Debug, Parser)]
#[command(name = "habeas", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub struct Global {
    /// The encrypted file everything is kept in.
    #[arg(long, global = true, env = "HABEAS_VAULT", value_name = "FILE")]
    pub vault: Option<PathBuf>,
    /// A file holding the passphrase; without it the terminal asks.
    #[arg(long, global = true, env = "HABEAS_PASSPHRASE_FILE", value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Exactly one JSON document on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// Pretend it is this instant; practice vaults only.
    #[arg(long, global = true, value_name = "RFC3339")]
    pub now: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// The encrypted file.
    #[command(subcommand)]
    Vault(Vault),
    /// A Salesforce org on this machine, to practise on.
    #[command(subcommand)]
    Practice(Practice),
    /// Connected Salesforce orgs.
    #[command(subcommand)]
    Org(Org),
    /// Service providers, contractors and third parties that are told about requests.
    #[command(subcommand)]
    Provider(Provider),
    /// Consumer requests, from opening to the sealed bundle.
    #[command(subcommand)]
    Request(Request),
    /// A leak: from the logs to the sealed packet.
    #[command(subcommand)]
    Incident(crate::incident::Incident),
    /// The hash-chained record of every deed.
    #[command(subcommand)]
    Ledger(Ledger),
    /// The law book: duties from facts, rules, calendars. Needs no vault.
    #[command(subcommand)]
    Law(Law),
    /// Our own records of requests: found by person, ended when their time is over.
    #[command(subcommand)]
    Records(Records),
    /// The yearly figures of requests (§ 7102).
    Metrics {
        #[arg(long, value_name = "YYYY")]
        year: i32,
        /// How many consumers' information was handled in that year.
        #[arg(long, value_name = "N")]
        consumers: Option<u64>,
    },
    /// Every open clock for a calendar program.
    #[command(subcommand)]
    Calendar(Agenda),
    /// What letters and dates need to know of the business.
    #[command(subcommand)]
    Settings(Settings),
    /// The wording of a letter and its blanks, to be read or edited.
    Wording {
        /// receipt, identity, extension, know-categories …
        kind: String,
        /// en or es
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
        /// Writes the wording alone into a new file, to be edited and given to `request letter --wording`.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Checks a sealed bundle. Needs no vault, no org and no network.
    Verify {
        file: PathBuf,
        /// The public key the bundle must be signed with.
        #[arg(long, value_name = "FILE.pub")]
        signer: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Vault {
    /// Makes a new vault. Never overwrites.
    Create {
        /// A practice vault: marked for ever, watermarks everything.
        #[arg(long)]
        practice: bool,
    },
    /// Checks the file, its encryption and the ledger in it.
    Check,
    /// Copies the vault, also while it is in use.
    Backup { file: PathBuf },
    /// Keeps the vault's key in the system's key store: this user on this computer needs no passphrase any more.
    RememberKey,
    /// Takes the vault's key out of the system's key store.
    ForgetKey,
    /// Encrypts the vault anew.
    ChangePassphrase {
        /// A file holding the new passphrase; without it the terminal asks.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Practice {
    /// Serves a practice org until standard input closes.
    Serve(Serve),
    /// Writes the logs of the practice incident, or of a month without one.
    Incident {
        /// all, free, clean: what an org with Event Monitoring logs, what every org logs, a month without an incident
        #[arg(long, default_value = "all", value_name = "WORD")]
        logs: String,
        /// A practice org folder; without it, the built-in org.
        #[arg(long, value_name = "DIR")]
        org: Option<PathBuf>,
        /// A new or empty folder.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct Serve {
    /// A practice org folder; without it, the built-in org.
    #[arg(long, value_name = "DIR")]
    pub org: Option<PathBuf>,
    /// Loopback addresses only.
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
    pub listen: String,
    /// Serve https with a certificate authority of its own.
    #[arg(long)]
    pub tls: bool,
    /// Wait this long before each answer.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub latency_ms: u64,
    /// Faults to commit, as TOML.
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Org {
    /// Adds an org with an access token that you already have.
    Add {
        name: String,
        #[arg(long)]
        instance_url: String,
        #[arg(long, value_name = "FILE")]
        access_token_file: PathBuf,
        /// An extra certificate authority to trust, PEM.
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
    },
    /// Signs in with the system's browser (OAuth 2.0 with PKCE).
    Login {
        name: String,
        #[arg(long)]
        login_url: String,
        #[arg(long)]
        client_id: String,
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
    },
    /// The connected orgs.
    List,
    /// Who we are there, what we may read, blind spots, limits, which logs exist.
    Check { name: String },
    /// Which fields stand for an opt-out and a limit there.
    Choices {
        name: String,
        /// Settles the mapping; without it, the one in force or a proposal is shown.
        #[arg(long, value_name = "FILE.json")]
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Provider {
    /// Adds a recipient to the register.
    Add(NewProvider),
    /// The register.
    List,
    /// Takes a recipient out of the register; what it was told stays with its cases.
    Remove { name: String },
    /// Who is connected to an org and stands in no entry of the register.
    Propose {
        #[arg(long)]
        org: String,
    },
}

#[derive(Debug, Args)]
pub struct NewProvider {
    pub name: String,
    /// service-provider, contractor, third-party
    #[arg(long)]
    pub role: String,
    /// Where the contract is found.
    #[arg(long, value_name = "TEXT")]
    pub contract: String,
    /// How the recipient is reached.
    #[arg(long, value_name = "TEXT")]
    pub channel: String,
    /// By what the recipient knows a consumer: email, phone, name, account_number, record_id
    #[arg(long, default_value = "email")]
    pub consumer_key: String,
    #[arg(long, value_delimiter = ',')]
    pub systems: Vec<String>,
    /// Days within which the recipient confirms, by contract.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub confirm_within_days: u16,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    KnowCategories,
    KnowSpecific,
    Delete,
    Correct,
    OptOut,
    Limit,
    OptIn,
    AdmtAccess,
    AdmtOptOut,
}

impl Kind {
    pub fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

#[derive(Debug, Subcommand)]
pub enum Request {
    /// Opens a request about one person.
    Open {
        #[arg(long)]
        org: String,
        #[arg(long, required_unless_present = "drp")]
        kind: Option<Kind>,
        #[arg(long, value_name = "RFC3339", required_unless_present = "drp")]
        received_at: Option<String>,
        #[arg(long, required_unless_present = "drp")]
        channel: Option<String>,
        /// The person's identifiers, `subject.json`.
        #[arg(long, value_name = "FILE.json", required_unless_present = "drp")]
        subject: Option<PathBuf>,
        /// A signed request in the Data Rights Protocol 1.0; it says itself which right and about whom.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "subject"], requires = "agent_key")]
        drp: Option<PathBuf>,
        /// The agent's public key, or its entry of the service directory.
        #[arg(long, value_name = "FILE")]
        agent_key: Option<PathBuf>,
        /// Our id in the service directory.
        #[arg(long, value_name = "ID")]
        business_id: Option<String>,
        #[command(flatten)]
        requester: Requester,
    },
    /// All requests.
    List,
    /// One request and what comes next.
    Show { request: String },
    /// Records that receipt was confirmed.
    Acknowledge {
        request: String,
        /// How: letter, email, telephone …
        #[arg(long, default_value = "letter", value_name = "TEXT")]
        how: String,
    },
    /// Records what was checked of the person's identity.
    Identify(Box<Identify>),
    /// Records the second step of an opt-in.
    Confirm { request: String },
    /// Takes the one extension of the time to answer.
    Extend {
        request: String,
        /// The reason that the person is told.
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
    /// A law-enforcement agency's direction not to delete.
    Hold {
        request: String,
        /// The agency's active case number.
        #[arg(long, value_name = "TEXT", requires = "from")]
        agency_case: Option<String>,
        /// The day of the direction.
        #[arg(long, value_name = "YYYY-MM-DD", requires = "agency_case")]
        from: Option<chrono::NaiveDate>,
        /// The agency renewed its direction.
        #[arg(long, conflicts_with_all = ["agency_case", "release"])]
        renew: bool,
        /// The agency released the data.
        #[arg(long, conflicts_with = "agency_case")]
        release: bool,
    },
    /// Denies the request in whole, or in the part that --scope names.
    Deny {
        request: String,
        /// no_match, suspected_fraud, insuf_verification, claim_not_covered …
        #[arg(long, value_name = "CODE")]
        reason: String,
        /// A ground of the law book (105d1 … 105d8, legal-hold, contract) or your own words.
        #[arg(long, value_name = "TEXT")]
        ground: Option<String>,
        #[arg(long, value_name = "TEXT")]
        scope: Option<String>,
    },
    /// Finds every record that is theirs or about them.
    Locate {
        request: String,
        /// Stop before spending more API calls than this; run again to go on.
        #[arg(long, value_name = "N")]
        call_ceiling: Option<u64>,
    },
    /// Decides what happens to the matches.
    Review {
        request: String,
        /// Marks every match of these confidences, unless shared, for deletion.
        #[arg(
            long,
            value_delimiter = ',',
            conflicts_with = "decisions",
            required_unless_present = "decisions"
        )]
        accept: Vec<String>,
        /// `object,id,decision,reason`
        #[arg(long, value_name = "FILE.csv")]
        decisions: Option<PathBuf>,
    },
    /// Takes contested values, decided, with the documents that were weighed.
    Correct {
        request: String,
        #[arg(long, value_name = "FILE.json")]
        file: PathBuf,
        /// A document that the file names; may be given again.
        #[arg(long, value_name = "FILE")]
        evidence: Vec<PathBuf>,
        /// Corrects every other place of the same value alike.
        #[arg(long)]
        with_copies: bool,
    },
    /// Writes an instruction for each recipient of the register.
    Instruct {
        request: String,
        /// Only this recipient.
        #[arg(long, value_name = "NAME")]
        provider: Option<String>,
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Records what a recipient answered.
    AcknowledgeProvider {
        request: String,
        #[arg(long, value_name = "NAME")]
        provider: String,
        #[arg(long, value_name = "RFC3339")]
        at: String,
        /// done, exception, impossible
        #[arg(long)]
        answer: String,
        /// The ground and purpose of an exception; the facts that make it impossible.
        #[arg(long, default_value = "", value_name = "TEXT")]
        because: String,
    },
    /// Proposes masks for other people's details in what would be exported, or takes decisions on them.
    Masks {
        request: String,
        /// `mask,decision,reason`; accept or decline
        #[arg(long, value_name = "FILE.csv")]
        decisions: Option<PathBuf>,
    },
    /// Writes the consumer's package.
    Export {
        request: String,
        /// Encrypts it as one ZIP (AES-256) under the password in this file; send the password by another way.
        #[arg(long, value_name = "FILE")]
        zip_password_file: Option<PathBuf>,
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Shows everything a deletion would do, without doing it.
    Rehearse { request: String },
    /// Confirms a rehearsed plan by its digest.
    Approve {
        request: String,
        #[arg(long, value_name = "DIGEST")]
        plan: String,
    },
    /// Does what the approved plan says.
    CarryOut {
        request: String,
        #[arg(long, value_name = "DIGEST")]
        plan: String,
        /// Also empties the bin of these records: cannot be undone.
        #[arg(long)]
        purge: bool,
    },
    /// Brings back what is still in the bin.
    Undo { request: String },
    /// Looks again, by other methods than those that found and deleted.
    Prove { request: String },
    /// Writes a letter.
    Letter {
        request: String,
        #[arg(long)]
        kind: String,
        /// Fills a blank of the wording, `--set recipient="Ana Example"`; may be given again.
        #[arg(long, value_name = "BLANK=TEXT")]
        set: Vec<String>,
        /// en or es
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
        /// A wording of your own instead of ours; begin from `habeas wording KIND --to FILE`.
        #[arg(long, value_name = "FILE")]
        wording: Option<PathBuf>,
        #[arg(long, value_name = "FILE.pdf")]
        to: PathBuf,
    },
    /// Closes the request.
    Close {
        request: String,
        /// granted, partially_granted, deleted_instead, denied, expired, cancelled
        #[arg(long)]
        outcome: String,
        #[arg(long, value_name = "CODE")]
        reason: Option<String>,
    },
    /// Seals the evidence bundle.
    Seal {
        request: String,
        #[arg(long, value_name = "FILE.zip")]
        to: PathBuf,
    },
}

/// Who asks, on whose behalf.
#[derive(Debug, Args)]
pub struct Requester {
    /// self, agent, parent or signal
    #[arg(long, default_value = "self", value_name = "WORD")]
    pub via: String,
    /// adult, 13-15 or under-13
    #[arg(long, default_value = "adult", value_name = "WORD")]
    pub age_band: String,
    /// The request is about a household's data.
    #[arg(long)]
    pub household: bool,
    /// The person has a password-protected account.
    #[arg(long)]
    pub account_holder: bool,
    /// It repeats an earlier request on the same matter.
    #[arg(long)]
    pub same_matter: bool,
    /// Documents came with it that earlier requests did not have.
    #[arg(long)]
    pub new_documents: bool,
    /// It only confirms a correction that was made.
    #[arg(long)]
    pub after_correction: bool,
}

#[derive(Debug, Args)]
pub struct Identify {
    pub request: String,
    /// email, phone, name, address, birthdate, account_number, login
    #[arg(long, value_delimiter = ',', required_unless_present = "parent")]
    pub points: Vec<String>,
    /// A declaration signed under penalty of perjury.
    #[arg(long, value_name = "FILE")]
    pub declaration: Option<PathBuf>,
    /// The person has an account and signed in anew; needs the point login.
    #[arg(long)]
    pub account_holder: bool,
    /// The consumer's signed permission for an agent.
    #[arg(long, value_name = "FILE")]
    pub agent: Option<PathBuf>,
    /// The agent's power of attorney under the Probate Code.
    #[arg(long, value_name = "FILE")]
    pub power_of_attorney: Option<PathBuf>,
    /// The consumer confirmed to you directly that the agent may act.
    #[arg(long)]
    pub confirmed_directly: bool,
    /// signed-form, card-transaction, toll-free-call, video-call, in-person, government-id
    #[arg(long, value_name = "METHOD")]
    pub parent: Option<String>,
    /// Ask for more than the kind does: reasonably_high.
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Records {
    /// Every request and paper of ours about a person.
    Find {
        #[arg(long, value_name = "FILE.json")]
        subject: PathBuf,
    },
    /// Shreds the records whose time is over; the ledger stays.
    Sweep,
}

#[derive(Debug, Subcommand)]
pub enum Agenda {
    /// Writes an iCalendar file with alarms and no personal data.
    Export {
        #[arg(long, value_name = "FILE.ics")]
        to: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum Law {
    /// What the law asks for, given the facts.
    Duties {
        /// The facts, one JSON document.
        #[arg(long, value_name = "FILE")]
        facts: PathBuf,
    },
    /// A rule as it stands in the law book.
    Rule {
        id: String,
        /// The version in force on this day; without it, the newest.
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
    },
    /// The weekdays of a year on which a calendar is closed.
    Calendar {
        name: String,
        #[arg(long)]
        year: i32,
    },
}

#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Every deed, in words.
    Show,
    /// Whether every entry still follows from the one before.
    Check,
    /// Writes the ledger as JSON lines.
    Export {
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum Settings {
    /// Every setting, what it is for and what it is set to.
    Show,
    /// Sets one; an empty text takes it away. `\n` in the text is a line break.
    Set {
        #[arg(value_name = "KEY=TEXT")]
        assignment: String,
    },
}
