//! The words of the command line. `docs/command-line.md` is their manual.

mod request;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

pub use request::{Kind, Request};

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
    /// The data map: which field holds which category of whose data, and who can reach it.
    #[command(subcommand)]
    Map(crate::map::Map),
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
        /// Write them as a report (PDF) too.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Every open clock for a calendar program.
    #[command(subcommand)]
    Calendar(Agenda),
    /// What letters and dates need to know of the business.
    #[command(subcommand)]
    Settings(Settings),
    /// Whether the publisher names a newer version; off until an address and a key are set.
    Updates,
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
    Add(ProviderEntry),
    /// Says anew what the register holds about a recipient.
    Change(ProviderEntry),
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
pub struct ProviderEntry {
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

impl ProviderEntry {
    pub fn entry(self) -> desk::views::providers::ProviderLine {
        desk::views::providers::ProviderLine {
            provider: self.name,
            role: self.role,
            contract: self.contract,
            channel: self.channel,
            consumer_key: self.consumer_key,
            systems: self.systems,
            confirm_within_days: self.confirm_within_days,
        }
    }
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
    /// Shows the logo at the head of letters, takes one from a PNG file, or takes it away.
    Logo {
        #[arg(long, value_name = "FILE", conflicts_with = "none")]
        from: Option<PathBuf>,
        #[arg(long)]
        none: bool,
    },
}
