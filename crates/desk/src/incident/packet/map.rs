//! The data map in a packet: the whole, with the part that the confirmed findings touched.

use casework::incident::{Finding, HeldFinding};
use vault::IncidentFile;

use super::{Known, Made, PACKET};
use crate::data_map::Touched;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::data_map::MapView;

impl Desk {
    /// The data map with the part that the confirmed findings touched, as files of the packet.
    pub(super) fn touched_map(&self, known: &Known) -> Result<Vec<Made>, Problem> {
        let (view, touched) = self.marked(&known.file, &known.confirmed, known.file.org.as_deref())?;
        let files = self.map_files(&view, Some(&touched))?.files;
        Ok(files
            .into_iter()
            .map(|(name, bytes)| Made { name: format!("packet/data-map/{name}"), kind: PACKET, bytes })
            .collect())
    }

    /// The map of an org, what the logs of an incident show of each integration, and the part that was touched. Without an
    /// org, of the only one that has a map.
    pub(crate) fn incident_map(
        &self,
        incident: &str,
        org: Option<&str>,
    ) -> Result<(MapView, Touched), Problem> {
        self.marked(&self.incident_file(incident)?, &self.confirmed(incident)?, org)
    }

    /// What was confirmed in every incident of an org.
    pub(crate) fn confirmed_in_org(&self, org: &str) -> Result<Vec<Finding>, Problem> {
        let mut all = Vec::new();
        for incident in self.read(|vault| vault.incidents())? {
            if incident.org.as_deref() == Some(org) {
                all.extend(self.confirmed(incident.number.as_str())?.into_iter().map(|it| it.finding));
            }
        }
        Ok(all)
    }

    fn marked(
        &self,
        file: &IncidentFile,
        confirmed: &[HeldFinding],
        org: Option<&str>,
    ) -> Result<(MapView, Touched), Problem> {
        let mut view = self.map_as_built(org)?;
        let findings: Vec<Finding> = confirmed.iter().map(|it| it.finding.clone()).collect();
        view.did_reach(&findings);
        let touched = Touched {
            case: file.number.to_string(),
            objects: findings.iter().flat_map(|it| it.objects.iter().cloned()).collect(),
        };
        for it in &mut view.integrations {
            it.touched = findings.iter().any(|one| one.is_of(&it.name));
        }
        Ok((view, touched))
    }
}
