//! The data map as a window shows it: a list, the whole without its fields, and one object with them.

use std::collections::{BTreeMap, BTreeSet};

use casework::data_map::{Answer, Drift, NotRead, What, confirm};
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;

use super::{Touched, not_built, paper};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::data_map::{MapCounts, MapField, MapIntegration, MapObject, MapRecipient, MapView};

/// An org, and whether it was mapped.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapLine {
    pub org: String,
    /// UTC, RFC 3339; `None`: no map was built yet.
    pub built_at: Option<String>,
}

/// A map without its fields.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapOverview {
    pub org: String,
    /// UTC, RFC 3339.
    pub built_at: String,
    pub objects: Vec<MapObjectLine>,
    pub integrations: Vec<MapIntegration>,
    pub recipients: Vec<MapRecipient>,
    /// Letter → its term in the statute.
    pub categories: BTreeMap<char, String>,
    pub drift: Vec<Drift>,
    pub not_read: Vec<NotRead>,
    pub counts: MapCounts,
    /// The incident whose part is marked.
    pub incident: Option<String>,
    /// What an answer may hold, where not every text will do.
    pub vocabulary: BTreeMap<&'static str, Vec<String>>,
}

/// One object of a map.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapObjectLine {
    pub object: String,
    pub label: String,
    /// What it is about, in words.
    pub area: String,
    /// Live records when the map was built; `None` is not known.
    pub records: Option<u64>,
    /// They were counted; else they are Salesforce's own estimate.
    pub counted: bool,
    pub categories: BTreeSet<char>,
    pub fields: usize,
    pub personal_fields: usize,
    /// Answers that only the officer can give and that nobody gave yet.
    pub not_yet_known: usize,
    /// What a deletion does, in words.
    pub deletion: String,
    /// The incident touched it.
    pub touched: bool,
}

impl Desk {
    /// Every org, by name, and when its map was built.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn maps(&self) -> Result<Vec<MapLine>, Problem> {
        let mut built: BTreeMap<String, String> =
            self.read(|vault| vault.mapped_orgs())?.into_iter().collect();
        let orgs = self.orgs()?;
        Ok(orgs.into_iter().map(|it| MapLine { built_at: built.remove(&it.org), org: it.org }).collect())
    }

    /// The map of an org without its fields; with an incident, the part that its confirmed findings touched is marked.
    /// `None`: no map was built yet.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such org or incident.
    pub fn map_overview(&self, org: &str, incident: Option<&str>) -> Result<Option<MapOverview>, Problem> {
        self.org_file(org)?;
        let known = match incident {
            Some(incident) => self.incident_map(incident, Some(org)),
            None => self.map(Some(org)).map(|view| (view, Touched::default())),
        };
        match known {
            Ok((view, touched)) => Ok(Some(overview(view, &touched))),
            Err(problem) if problem.code == "no_map" => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// One object of a map with its fields and the officer's word on each.
    ///
    /// # Errors
    /// `unknown_field` when the map has no such object.
    pub fn map_object(&self, org: &str, object: &str) -> Result<MapObject, Problem> {
        let (map, _, _) = self.whole_map(org)?;
        let found = map.objects.into_iter().find(|it| it.object == object);
        found.map(MapObject::from).ok_or_else(unknown_field)
    }

    /// Takes the officer's answers about one field; what is left open stays open. They are laid over every later building.
    ///
    /// # Errors
    /// `answer_unusable` names every answer that cannot be taken; nothing is confirmed then.
    pub fn confirm_map_field(
        &self,
        org: &str,
        object: &str,
        field: &str,
        answers: &[Answer],
    ) -> Result<MapField, Problem> {
        let kept = self.read(|vault| vault.data_map(org))?.ok_or_else(|| not_built(org))?;
        let of = kept.map.objects.iter().find(|it| it.object == object).ok_or_else(unknown_field)?;
        let entry = of.fields.iter().find(|it| it.field == field).ok_or_else(unknown_field)?;
        let facts = confirm::of_field(of, entry, answers, self.now()).map_err(|faults| {
            Problem::new(
                "answer_unusable",
                format!("These answers were not taken: {}. Nothing was confirmed.", faults.join("; ")),
                "Mend them and confirm again.",
            )
        })?;
        let corrected = facts.iter().filter(|it| it.corrects()).count();
        let detail = json!({ "org": org, "object": object, "field": field, "taken": facts.len(), "corrected": corrected });
        self.record_apart("map.confirmed", detail, |tx| {
            facts.iter().try_for_each(|fact| tx.put_map_fact(org, fact))
        })?;
        let now = self.map_object(org, object)?;
        now.fields.into_iter().find(|it| it.field == field).ok_or_else(unknown_field)
    }
}

fn unknown_field() -> Problem {
    Problem::new(
        "unknown_field",
        "The map has no such object or field. Nothing was done.",
        "Build the map anew: the org may have changed.",
    )
}

fn overview(view: MapView, touched: &Touched) -> MapOverview {
    MapOverview {
        org: view.org,
        built_at: view.built_at,
        objects: view.objects.into_iter().map(|it| object(it, touched)).collect(),
        integrations: view.integrations,
        recipients: view.recipients,
        categories: view.categories,
        drift: view.drift,
        not_read: view.not_read,
        counts: view.counts,
        incident: Some(touched.case.clone()).filter(|it| !it.is_empty()),
        vocabulary: What::ALL
            .into_iter()
            .filter_map(|what| Some((what.word(), confirm::vocabulary(what)?)))
            .collect(),
    }
}

fn object(it: MapObject, touched: &Touched) -> MapObjectLine {
    let personal = || it.fields.iter().filter(|field| field.is_personal());
    MapObjectLine {
        area: it.area.title().to_owned(),
        records: it.records,
        counted: it.counted,
        fields: it.fields.len(),
        personal_fields: personal().count(),
        not_yet_known: personal().map(MapField::not_yet_known).sum(),
        deletion: paper::deletion(&it.deletion),
        touched: touched.objects.contains(&it.object),
        categories: it.categories,
        label: it.label,
        object: it.object,
    }
}
