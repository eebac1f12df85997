//! The end of an incident's road: letters, packet, who was told, the sealed bundle.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Subcommand;
use desk::problem::Problem;
use desk::{Desk, DraftOrder};

use crate::Told;
use crate::deeds::{assignment, instant, read, view};

#[derive(Debug, Subcommand)]
pub enum Packet {
    /// Drafts a letter for each person, with what was found of that person, as the law of their place asks.
    Draft {
        incident: String,
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// The people as CSV, where they do not come from the scope.
        #[arg(long, value_name = "FILE.csv")]
        people: Option<PathBuf>,
        /// Every letter in Spanish too.
        #[arg(long)]
        spanish: bool,
        /// Facts for the law book, as `habeas law duties` takes them.
        #[arg(long, value_name = "FILE.json")]
        facts: Option<PathBuf>,
        /// A blank of all letters; add .es to its name for Spanish letters.
        #[arg(long = "set", value_name = "BLANK=TEXT")]
        set: Vec<String>,
    },
    /// Assembles the packet: memo, evidence log, timeline, data map, sheets for regulators, notices.
    Assemble {
        incident: String,
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Nothing that is made for counsel.
        #[arg(long)]
        facts_only: bool,
    },
    /// Notes who was told, when, under which reference; dependent clocks move.
    Tell {
        incident: String,
        /// As in the duties: individuals, us-ca-ag, cra …
        #[arg(long, value_name = "RECIPIENT")]
        recipient: String,
        #[arg(long, value_name = "RFC3339")]
        at: String,
        #[arg(long, value_name = "TEXT")]
        reference: String,
    },
    /// Seals the packet into a bundle that `habeas verify` checks.
    Seal {
        incident: String,
        #[arg(long, value_name = "FILE.zip")]
        to: PathBuf,
    },
}

pub fn run(desk: &Desk, deed: Packet) -> Result<Told, Problem> {
    match deed {
        Packet::Draft { incident, to, people, spanish, facts, set } => {
            let set = set.iter().map(|text| assignment(text, "The blank"));
            let order = DraftOrder {
                people: people.as_deref().map(|path| read(path, "people")).transpose()?,
                spanish,
                facts: facts.as_deref().map(|path| read(path, "facts")).transpose()?,
                set: set.collect::<Result<BTreeMap<_, _>, _>>()?,
            };
            view(&desk.draft_notices(&incident, &order, &to)?)
        }
        Packet::Assemble { incident, to, facts_only } => {
            view(&desk.assemble_packet(&incident, &to, facts_only)?)
        }
        Packet::Tell { incident, recipient, at, reference } => {
            let at = instant(&at, "--at")?;
            view(&desk.tell(&incident, &recipient, at, &reference)?)
        }
        Packet::Seal { incident, to } => view(&desk.seal_packet(&incident, &to)?),
    }
}
