//! `habeas map`: which object and field holds which category of whose data, and who can reach it.

use std::path::PathBuf;

use clap::Subcommand;
use desk::Desk;
use desk::problem::Problem;

use crate::Told;
use crate::deeds::{progress, read, view};

#[derive(Debug, Subcommand)]
pub enum Map {
    /// Reads the org anew; what was confirmed stays, and what drifted is shown.
    Build { name: String },
    /// The map as it stands. The name may be left out where there is one map.
    Show { name: Option<String> },
    /// Takes corrections and confirmations: the exported fields.csv with `yes` in its column `confirmed`.
    Confirm { name: String, file: PathBuf },
    /// Writes the map as PDF, CSV and JSON into a new folder.
    Export {
        name: String,
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
}

pub async fn run(desk: &Desk, deed: Map) -> Result<Told, Problem> {
    match deed {
        Map::Build { name } => view(&desk.build_map(&name, &progress()).await?),
        Map::Show { name } => view(&desk.map(name.as_deref())?),
        Map::Confirm { name, file } => view(&desk.confirm_map(&name, &read(&file, "confirmations")?)?),
        Map::Export { name, to } => view(&desk.export_map(&name, &to)?),
    }
}
