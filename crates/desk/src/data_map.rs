//! The data map of an org: built, corrected by the officer, shown and exported.

mod paper;
mod screen;

use std::collections::BTreeMap;
use std::path::Path;

use casework::data_map::survey::{self, Counts};
use casework::data_map::{DataMap, Survey, What, confirm};
use papers::csv_safe;
use papers::letter::{Language, phrase};
use papers::new_file::PartialFolder;
use serde_json::json;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::rehearse::ask_all;
use crate::review::bad_lines;
use crate::troubles::{self, NOTHING_CHANGED};
use crate::views::Calls;
use crate::views::data_map::{MapBuiltView, MapConfirmedView, MapCounts, MapExportView, MapField, MapView};

pub use casework::data_map::Answer as MapAnswer;
pub(crate) use paper::Touched;
pub use screen::{MapLine, MapOverview};

/// Salesforce counts more than this slowly, if at all: its own estimate will do.
const LARGEST_COUNT: u64 = 1_000_000;

const NOT_YET: &str = "not yet known";

/// A map as files, and what its paper could not show.
pub(crate) struct MapFiles {
    /// Name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    pub notes: Vec<String>,
}

impl Desk {
    /// Reads an org's map anew. What the officer confirmed stays; what drifted is told.
    ///
    /// # Errors
    /// A [`Problem`]; the map before stays then.
    pub async fn build_map(&self, org: &str, progress: &Progress) -> Result<MapBuiltView, Problem> {
        let reach = self.reach(org, None, progress, NOTHING_CHANGED).await?;
        let schema = &reach.schema;
        let mut survey = Survey::begin();
        loop {
            let asks = survey.next(schema);
            if asks.is_empty() {
                break;
            }
            progress.say(&format!(
                "Building the map: {} questions, {} calls used",
                asks.len(),
                reach.org.spent()
            ));
            let answers = ask_all(&reach.org, &asks, NOTHING_CHANGED).await?;
            survey.answer(schema, answers);
        }
        let names: Vec<String> = survey::mapped(schema).iter().map(|it| it.name.clone()).collect();
        // Without View Setup there is no estimate.
        let estimated = reach.org.record_counts(&names).await.unwrap_or_default();
        let small = |name: &&String| estimated.get(*name).is_none_or(|it| *it <= LARGEST_COUNT);
        let small: Vec<String> = names.iter().filter(small).cloned().collect();
        progress.say(&format!("Counting the records of {} objects", small.len()));
        let counted =
            reach.org.count(&small).await.map_err(|error| troubles::org(&error, NOTHING_CHANGED))?;
        let counts = Counts { counted, estimated };
        let mut map = survey.finish(schema, &counts);
        let facts = self.read(|vault| vault.map_facts(org))?;
        let before = self.read(|vault| vault.data_map(org))?;
        let drift = confirm::drift(&map, before.as_ref().map(|it| &it.map), &facts);
        let built_at = self.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let detail = json!({ "org": reach.identity.org_id, "objects": map.objects.len(),
            "integrations": map.integrations.len(), "drift": drift.len(), "api_calls": reach.org.spent() });
        self.record_apart("map.built", detail, |tx| tx.put_data_map(org, &map, &drift))?;
        let not_read = map.not_read.clone();
        confirm::lay_over(&mut map, &facts);
        Ok(MapBuiltView {
            org: org.to_owned(),
            built_at,
            counts: MapCounts::of(&map),
            drift,
            not_read,
            api_calls: Calls { forecast: None, spent: reach.org.spent() },
        })
    }

    /// The map of an org with the officer's word and what the confirmed findings of its incidents show; without a name, of the only org that has one.
    ///
    /// # Errors
    /// A [`Problem`] when there is none, or more than one and no name.
    pub fn map(&self, org: Option<&str>) -> Result<MapView, Problem> {
        let mut view = self.map_as_built(org)?;
        view.did_reach(&self.confirmed_in_org(&view.org)?);
        Ok(view)
    }

    /// The same without what the logs of incidents show.
    pub(crate) fn map_as_built(&self, org: Option<&str>) -> Result<MapView, Problem> {
        let org = match org {
            Some(org) => org.to_owned(),
            None => self.only_map()?,
        };
        let (map, built_at, drift) = self.whole_map(&org)?;
        let register = self.read(|vault| vault.providers())?;
        let categories = ('A'..='L')
            .map(|letter| (letter, phrase(Language::English, "category", &letter.to_string())))
            .collect::<BTreeMap<_, _>>();
        Ok(MapView::new(&org, &built_at, map, &register, drift, categories))
    }

    /// Takes the officer's corrections and confirmations, whole or not at all.
    ///
    /// # Errors
    /// `decisions_unusable` names every faulty line; nothing is confirmed then.
    pub fn confirm_map(&self, org: &str, file: &[u8]) -> Result<MapConfirmedView, Problem> {
        self.org_file(org)?;
        let kept = self.read(|vault| vault.data_map(org))?.ok_or_else(|| not_built(org))?;
        let facts = confirm::read(file, &kept.map, self.now()).map_err(|faults| bad_lines(&faults))?;
        let corrected = facts.iter().filter(|it| it.corrects()).count();
        let detail = json!({ "org": org, "taken": facts.len(), "corrected": corrected });
        self.record_apart("map.confirmed", detail, |tx| {
            facts.iter().try_for_each(|fact| tx.put_map_fact(org, fact))
        })?;
        let (map, _, _) = self.whole_map(org)?;
        Ok(MapConfirmedView {
            org: org.to_owned(),
            taken: facts.len(),
            corrected,
            counts: MapCounts::of(&map),
        })
    }

    /// Writes the map into a new folder: `data-map.pdf`, `fields.csv`, `integrations.csv`, `data-map.json`.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn export_map(&self, org: &str, to: &Path) -> Result<MapExportView, Problem> {
        self.org_file(org)?;
        let view = self.map(Some(org))?;
        let MapFiles { files, notes } = self.map_files(&view, None)?;
        let folder = PartialFolder::begin(to).map_err(|error| troubles::paper(&error))?;
        for (name, bytes) in &files {
            folder.write(name, bytes).map_err(|error| troubles::paper(&error))?;
        }
        let hashes: Vec<_> = files
            .iter()
            .map(|(name, bytes)| json!({ "file": name, "sha256": crate::ledger::sha256(bytes) }))
            .collect();
        self.record_apart("map.exported", json!({ "org": org, "files": hashes }), |_| Ok(()))?;
        folder.finish().map_err(|error| troubles::paper(&error))?;
        Ok(MapExportView {
            org: org.to_owned(),
            folder: to.display().to_string(),
            files: files.into_iter().map(|(name, _)| name).collect(),
            notes,
        })
    }

    /// The files of a map, and what its paper could not show; the touched part is marked where there is one.
    pub(crate) fn map_files(&self, view: &MapView, touched: Option<&Touched>) -> Result<MapFiles, Problem> {
        let paper = paper::document(view, touched, self.now(), self.practice());
        let rendered = papers::document::render(&paper).map_err(|error| troubles::paper(&error))?;
        let mut json = serde_json::to_vec_pretty(view).unwrap_or_default();
        json.push(b'\n');
        let files = vec![
            ("data-map.pdf".to_owned(), rendered.bytes),
            ("fields.csv".to_owned(), fields_csv(view)),
            ("integrations.csv".to_owned(), integrations_csv(view)),
            ("data-map.json".to_owned(), json),
        ];
        Ok(MapFiles { files, notes: rendered.warnings.iter().map(ToString::to_string).collect() })
    }

    fn only_map(&self) -> Result<String, Problem> {
        let mut orgs = self.read(|vault| vault.mapped_orgs())?;
        match (orgs.pop(), orgs.is_empty()) {
            (Some((org, _)), true) => Ok(org),
            (Some(_), false) => Err(Problem::new(
                "usage",
                "There is a map of more than one org. Nothing was shown.",
                "Name the org: `habeas map show NAME`.",
            )),
            (None, _) => Err(not_built("NAME")),
        }
    }

    fn whole_map(&self, org: &str) -> Result<(DataMap, String, Vec<casework::data_map::Drift>), Problem> {
        let kept = self.read(|vault| vault.data_map(org))?.ok_or_else(|| not_built(org))?;
        let mut map = kept.map;
        confirm::lay_over(&mut map, &self.read(|vault| vault.map_facts(org))?);
        Ok((map, kept.built_at, kept.drift))
    }
}

fn not_built(org: &str) -> Problem {
    Problem::new(
        "no_map",
        "No map of this org was built yet. Nothing was done.",
        format!("Run `habeas map build {org}` first."),
    )
}

/// One row a field, in the columns that `map confirm` reads again.
fn fields_csv(view: &MapView) -> Vec<u8> {
    let mut header = vec!["object", "field", "label", "type", "confirmed"];
    header.extend(What::ALL.map(What::word));
    header.extend(["security_classification", "compliance_groups", "sampled_values", "basis", "deletion"]);
    let rows = view.objects.iter().flat_map(|object| {
        object.fields.iter().map(|field| {
            let confirmed = if field.confirmed.is_empty() { "no" } else { "yes" };
            let mut row = vec![
                object.object.clone(),
                field.field.clone(),
                field.label.clone(),
                field.field_type.clone(),
                confirmed.to_owned(),
            ];
            row.extend(What::ALL.map(|what| cell(field, what)));
            row.extend([
                field.security_classification.clone().unwrap_or_default(),
                field.compliance_groups.join("; "),
                field.sampled.values.to_string(),
                field
                    .basis
                    .iter()
                    .map(|(what, basis)| format!("{what}: {basis}"))
                    .collect::<Vec<_>>()
                    .join("; "),
                paper::deletion(&object.deletion),
            ]);
            row
        })
    });
    csv_safe::file(&header, rows)
}

/// An answer as the CSV and the paper write it.
fn cell(field: &MapField, what: What) -> String {
    let text = |it: &Option<String>| it.clone().unwrap_or_else(|| NOT_YET.to_owned());
    match what {
        What::Categories => field.categories.join("; "),
        What::Sensitive => field.sensitive.join("; "),
        What::NeverDisclosed => field.never_disclosed.join("; "),
        What::BreachElements => field.breach_elements.join("; "),
        What::Recipients => field.recipients.join("; "),
        What::Source => text(&field.source),
        What::Purpose => text(&field.purpose),
        What::Retention => text(&field.retention),
        What::CollectionDate => text(&field.collection_date),
        What::Encryption => text(&field.encryption),
        What::SoldOrShared => text(&field.sold_or_shared),
    }
}

/// One row for each object that an integration can reach.
fn integrations_csv(view: &MapView) -> Vec<u8> {
    let header = [
        "integration",
        "kinds",
        "users",
        "last_used",
        "uses",
        "object",
        "can_read",
        "except_fields",
        "did_reach_from",
        "did_reach_to",
        "did_reach_rows",
        "not_known",
        "records",
        "records_counted",
        "sensitive_fields",
        "secrets",
    ];
    let rows = view.integrations.iter().flat_map(|it| {
        let join =
            |set: &std::collections::BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join("; ");
        let head = [
            it.name.clone(),
            join(&it.kinds),
            join(&it.users),
            it.last_used.clone().unwrap_or_default(),
            it.uses.map(|n| n.to_string()).unwrap_or_default(),
        ];
        let objects: std::collections::BTreeSet<&String> =
            it.can_reach.keys().chain(it.did_reach.keys()).collect();
        let unknown = it.reach_unknown.clone().unwrap_or_default();
        let mut rows: Vec<Vec<String>> = objects
            .into_iter()
            .map(|object| {
                let (can, did) = (it.can_reach.get(object), it.did_reach.get(object));
                let can_read = match can {
                    Some(reach) if reach.all_records => "all records",
                    Some(_) => "records shared with it",
                    None => "",
                };
                let tail = [
                    object.clone(),
                    can_read.to_owned(),
                    can.map(|reach| join(&reach.without)).unwrap_or_default(),
                    did.map(|it| it.from.clone()).unwrap_or_default(),
                    did.map(|it| it.to.clone()).unwrap_or_default(),
                    did.and_then(|it| it.rows).map(|n| n.to_string()).unwrap_or_default(),
                    unknown.clone(),
                    can.and_then(|it| it.records).map(|n| n.to_string()).unwrap_or_default(),
                    can.filter(|it| it.records.is_some())
                        .map(|it| it.counted.to_string())
                        .unwrap_or_default(),
                    can.map(|it| it.sensitive_fields.to_string()).unwrap_or_default(),
                    can.map(paper::secrets).unwrap_or_default(),
                ];
                head.iter().cloned().chain(tail).collect()
            })
            .collect();
        if rows.is_empty() {
            let empty = std::iter::repeat_n(String::new(), 6);
            let none = std::iter::repeat_n(String::new(), 4);
            rows.push(head.iter().cloned().chain(empty).chain([unknown.clone()]).chain(none).collect());
        }
        rows
    });
    csv_safe::file(&header, rows)
}
