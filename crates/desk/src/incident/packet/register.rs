//! Who was told and who still has to be, and what was assembled and sealed.

use casework::incident::notice::Told;
use serde::Serialize;
use ts_rs::TS;

use super::{COUNSEL, Open, PACKET, open};
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
}

impl Desk {
    /// Who was told, who still has to be, and which papers there are.
    ///
    /// # Errors
    /// `not_drafted` before the notices were drafted.
    pub fn incident_register(&self, incident: &str) -> Result<RegisterView, Problem> {
        let known = self.packet_known(incident)?;
        let kept = self.read(|vault| vault.incident_papers(&known.file.number))?;
        let names = |kind: &str| {
            let mut names: Vec<String> =
                kept.iter().filter(|it| it.kind == kind).map(|it| it.name.clone()).collect();
            names.sort();
            names.dedup();
            names
        };
        let mut recipients: Vec<String> = known.answer.duties.iter().map(|it| it.recipient.clone()).collect();
        recipients.sort();
        recipients.dedup();
        Ok(RegisterView {
            open: open(&known.answer),
            told: known.register,
            recipients,
            packet: names(PACKET),
            counsel: names(COUNSEL),
        })
    }
}
