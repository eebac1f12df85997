//! The words of `habeas incident`, each one call into the desk.

use clap::Subcommand;
use desk::problem::Problem;
use desk::{Desk, NewIncident};
use serde_json::json;

use crate::Told;
use crate::deeds::{instant, view};

#[derive(Debug, Subcommand)]
pub enum Incident {
    /// Opens an incident.
    Open {
        /// What happened, in a few words, without names of people.
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// When it became known.
        #[arg(long, value_name = "RFC3339")]
        discovered_at: String,
        /// A connected org; without one, logs come from files.
        #[arg(long, value_name = "NAME")]
        org: Option<String>,
    },
    /// All incidents.
    List,
    /// One incident and what comes next.
    Show { incident: String },
}

pub async fn run(desk: &Desk, deed: Incident) -> Result<Told, Problem> {
    match deed {
        Incident::Open { title, discovered_at, org } => {
            let discovered_at = instant(&discovered_at, "--discovered-at")?;
            view(&desk.open_incident(&NewIncident { title: &title, discovered_at, org: org.as_deref() })?)
        }
        Incident::List => view(&json!({ "incidents": desk.incidents()? })),
        Incident::Show { incident } => view(&desk.incident(&incident)?),
    }
}
