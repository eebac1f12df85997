//! Checking a sealed bundle: no vault, no org, no network.

use std::path::Path;

use serde::Serialize;
use ts_rs::TS;

use crate::problem::Problem;
use crate::troubles;

/// The verdict in the contract's shape.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(
    type = "{ verdict: string; signer: string; checks: { file: string; outcome: string; because?: string }[]; does_not_prove: string[] }"
)]
#[serde(transparent)]
pub struct VerdictView(papers::verify::Verdict);

impl VerdictView {
    pub fn intact(&self) -> bool {
        self.0.is_intact()
    }
}

/// Checks the bundle; `signer` holds the public key file it must be signed with.
///
/// # Errors
/// `bundle_unreadable` when the file is no readable ZIP, or is not there.
pub fn verify(zip: &Path, signer: Option<&[u8]>) -> Result<VerdictView, Problem> {
    papers::verify::verify(zip, signer).map(VerdictView).map_err(|error| match error {
        papers::Error::Unreadable { source, .. } => Problem::new(
            "bundle_unreadable",
            format!("The bundle could not be read ({}). Nothing was checked.", source.kind()),
            "Check the path: a bundle is one ZIP file that may be read.",
        ),
        other => troubles::paper(&other),
    })
}
