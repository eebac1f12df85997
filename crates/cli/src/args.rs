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
    /// The hash-chained record of every deed.
    #[command(subcommand)]
    Ledger(Ledger),
    /// The law book: duties from facts, rules, calendars. Needs no vault.
    #[command(subcommand)]
    Law(Law),
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
        #[arg(long)]
        kind: Kind,
        #[arg(long, value_name = "RFC3339")]
        received_at: String,
        #[arg(long)]
        channel: String,
        /// The person's identifiers, `subject.json`.
        #[arg(long, value_name = "FILE.json")]
        subject: PathBuf,
    },
    /// All requests.
    List,
    /// One request and what comes next.
    Show { request: String },
    /// Records what was checked of the person's identity.
    Identify {
        request: String,
        /// email, phone, name, address, birthdate, account_number, login
        #[arg(long, value_delimiter = ',', required = true)]
        points: Vec<String>,
        /// A declaration signed under penalty of perjury.
        #[arg(long, value_name = "FILE")]
        declaration: Option<PathBuf>,
        /// The authorization of an agent.
        #[arg(long, value_name = "FILE")]
        agent: Option<PathBuf>,
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
    /// Writes the consumer's package.
    Export {
        request: String,
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
        #[arg(long, value_name = "FILE.pdf")]
        to: PathBuf,
    },
    /// Closes the request.
    Close {
        request: String,
        #[arg(long)]
        outcome: String,
    },
    /// Seals the evidence bundle.
    Seal {
        request: String,
        #[arg(long, value_name = "FILE.zip")]
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
