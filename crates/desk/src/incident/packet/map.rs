//! The data map in a packet: the whole, with the part that the confirmed findings touched.

use casework::incident::HeldFinding;
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

    fn marked(
        &self,
        file: &IncidentFile,
        confirmed: &[HeldFinding],
        org: Option<&str>,
    ) -> Result<(MapView, Touched), Problem> {
        let mut view = self.map(org)?;
        let findings = || confirmed.iter().map(|it| &it.finding);
        let touched = Touched {
            case: file.number.to_string(),
            objects: findings().flat_map(|it| it.objects.iter().cloned()).collect(),
            integrations: findings().flat_map(|it| it.app.iter().chain(&it.principal).cloned()).collect(),
        };
        for it in &mut view.integrations {
            let own = |one: &&casework::incident::Finding| {
                one.app.as_ref() == Some(&it.name)
                    || one.principal.as_ref().is_some_and(|user| *user == it.name)
            };
            for finding in findings().filter(own) {
                for object in &finding.objects {
                    let did = casework::data_map::DidReach {
                        from: finding.from.clone(),
                        to: finding.to.clone(),
                        rows: (finding.objects.len() == 1).then_some(finding.rows),
                    };
                    it.did_reach.insert(object.clone(), did);
                }
            }
        }
        Ok((view, touched))
    }
}
