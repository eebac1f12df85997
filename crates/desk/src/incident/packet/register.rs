//! Who was told and who still has to be, and what was assembled and sealed.

use casework::incident::assess::Decided;
use casework::incident::notice::Told;
use serde::Serialize;
use ts_rs::TS;

use super::tell::{open, recipients};
use super::{Begun, COUNSEL, Open, PACKET};
use crate::desk::Desk;
use crate::problem::Problem;

/// The register beside the duties, and the packet as it stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RegisterView {
    pub told: Vec<Told>,
    /// Recipients that are still to be told, with their dates.
    pub open: Vec<Open>,
    /// Everybody whom the law book names for this incident.
    pub recipients: Vec<String>,
    /// Papers of the packet, by name; those made for counsel stand apart.
    pub packet: Vec<String>,
    pub counsel: Vec<String>,
    /// Decisions not to notify, as the last assessment has them.
    pub decisions: Vec<Decided>,
}

impl Desk {
    /// Who was told, who still has to be, and which papers there are.
    ///
    /// # Errors
    /// `not_drafted` before the notices were drafted.
    pub fn incident_register(&self, incident: &str) -> Result<RegisterView, Problem> {
        let Begun { file, drafted, register } = self.begun(incident)?;
        let answer = self.breach_answer(&file, &drafted.facts)?;
        let kept = self.read(|vault| vault.incident_papers(&file.number))?;
        let names = |kind: &str| {
            let mut names: Vec<String> =
                kept.iter().filter(|it| it.kind == kind).map(|it| it.name.clone()).collect();
            names.sort();
            names.dedup();
            names
        };
        Ok(RegisterView {
            open: open(&answer),
            told: register,
            recipients: recipients(&answer).into_iter().map(str::to_owned).collect(),
            packet: names(PACKET),
            counsel: names(COUNSEL),
            decisions: self.latest_assessment(incident)?.map(|it| it.decisions).unwrap_or_default(),
        })
    }
}
