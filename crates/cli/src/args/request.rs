//! The arguments of `habeas request …`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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
        /// en or es: the language of the start page, the pages and the PDF
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
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
        /// Who approves; needed when the vault asks for two people (`policy.second_approval=on`).
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
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
