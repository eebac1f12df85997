//! The data map as a shell shows it and as its JSON file holds it.

use std::collections::{BTreeMap, BTreeSet};

use casework::data_map::{
    self, DataMap, DidReach, Drift, FieldEntry, NotRead, ObjectEntry, Readable, Sum, What,
};
use casework::incident::Finding;
use casework::provider::Provider;
use serde::Serialize;
use ts_rs::TS;

use super::Calls;

/// A map with the officer's word laid over it.
#[derive(Debug, Clone, Serialize)]
pub struct MapView {
    pub org: String,
    /// UTC, RFC 3339.
    pub built_at: String,
    pub objects: Vec<MapObject>,
    pub integrations: Vec<MapIntegration>,
    pub recipients: Vec<MapRecipient>,
    /// Letter → its term in the statute.
    pub categories: BTreeMap<char, String>,
    pub drift: Vec<Drift>,
    pub not_read: Vec<NotRead>,
    pub counts: MapCounts,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MapCounts {
    pub objects: usize,
    pub fields: usize,
    /// Fields that hold something of a category, an element or a kind.
    pub personal_fields: usize,
    /// Answers that the officer gave or confirmed.
    pub confirmed: usize,
    /// Answers that only the officer can give and that are not known yet.
    pub not_yet_known: u64,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct MapObject {
    pub object: String,
    pub label: String,
    pub area: data_map::Area,
    /// `person` or `holds`
    pub people: String,
    /// Live records when the map was built; `null` is not known.
    pub records: Option<u64>,
    /// They were counted; else they are Salesforce's own estimate.
    pub counted: bool,
    pub categories: BTreeSet<char>,
    pub deletion: data_map::Deletion,
    pub fields: Vec<MapField>,
}

/// One field; `null` is not yet known.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapField {
    pub field: String,
    pub label: String,
    #[serde(rename = "type")]
    pub field_type: String,
    pub categories: Vec<String>,
    /// Places in Civ. § 1798.140(ae).
    pub sensitive: Vec<String>,
    /// Kinds of § 7024(d).
    pub never_disclosed: Vec<String>,
    /// Elements of Civ. § 1798.82(h).
    pub breach_elements: Vec<String>,
    pub source: Option<String>,
    pub purpose: Option<String>,
    pub retention: Option<String>,
    pub collection_date: Option<String>,
    pub encryption: Option<String>,
    pub recipients: Vec<String>,
    pub sold_or_shared: Option<String>,
    pub security_classification: Option<String>,
    pub compliance_groups: Vec<String>,
    pub sampled: data_map::Sampled,
    /// What each answer rests on.
    pub basis: BTreeMap<&'static str, String>,
    /// When the officer gave or confirmed an answer.
    pub confirmed: BTreeMap<&'static str, String>,
}

/// Who else comes to the data.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapIntegration {
    pub name: String,
    /// `connected-app`, `token`, `named-credential`, `integration-user`
    pub kinds: BTreeSet<String>,
    /// User names under which it works.
    pub users: BTreeSet<String>,
    /// Object → what it finds there.
    pub can_reach: BTreeMap<String, Readable>,
    /// Why `can_reach` is not the whole answer; `null` when it is.
    pub reach_unknown: Option<String>,
    /// All of `can_reach` together.
    pub sum: Sum,
    /// As Salesforce writes it.
    pub last_used: Option<String>,
    pub uses: Option<u64>,
    /// Object → what the logs show, by the confirmed findings of the org's incidents.
    pub did_reach: BTreeMap<String, DidReach>,
    /// The incident in question touched it.
    pub touched: bool,
}

/// Somebody of the register who receives data.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapRecipient {
    pub recipient: String,
    pub role: String,
    pub contract: String,
    pub systems: Vec<String>,
    /// Integrations of the org that are this recipient's.
    pub integrations: Vec<String>,
}

/// What building came to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapBuiltView {
    pub org: String,
    pub built_at: String,
    pub counts: MapCounts,
    pub drift: Vec<Drift>,
    pub not_read: Vec<NotRead>,
    pub api_calls: Calls,
}

/// What the officer's file came to.
#[derive(Debug, Clone, Serialize)]
pub struct MapConfirmedView {
    pub org: String,
    /// Answers taken from the file.
    pub taken: usize,
    /// Of these, how many differ from what the org said.
    pub corrected: usize,
    pub counts: MapCounts,
}

/// What an export wrote.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MapExportView {
    pub org: String,
    pub folder: String,
    pub files: Vec<String>,
    pub notes: Vec<String>,
}

impl MapView {
    pub(crate) fn new(
        org: &str,
        built_at: &str,
        map: DataMap,
        register: &[Provider],
        drift: Vec<Drift>,
        categories: BTreeMap<char, String>,
    ) -> Self {
        let counts = MapCounts::of(&map);
        let integrations = map.integrations.iter().map(|it| MapIntegration::of(it, &map)).collect();
        Self {
            org: org.to_owned(),
            built_at: built_at.to_owned(),
            recipients: register.iter().map(|it| MapRecipient::of(it, &map)).collect(),
            objects: map.objects.into_iter().map(MapObject::from).collect(),
            integrations,
            categories,
            drift,
            not_read: map.not_read,
            counts,
        }
    }
}

impl MapView {
    /// Lays over what these findings show of each integration; an app that the org no longer names is added.
    pub(crate) fn did_reach(&mut self, findings: &[Finding]) {
        for (app, finding) in findings.iter().filter_map(|it| Some((it.app.as_ref()?, it))) {
            let known = self.integrations.iter_mut().find(|it| it.name == *app);
            match known {
                Some(it) => it.users.extend(finding.principal.clone()),
                None => {
                    let it = data_map::Integration::of_logs(app, finding.principal.as_deref());
                    self.integrations.push(MapIntegration::of(&it, &DataMap::default()));
                }
            }
        }
        self.integrations.sort_by(|one, other| one.name.cmp(&other.name));
        for it in &mut self.integrations {
            for finding in findings.iter().filter(|one| one.is_of(&it.name)) {
                for object in &finding.objects {
                    let did = DidReach {
                        from: finding.from.clone(),
                        to: finding.to.clone(),
                        rows: (finding.objects.len() == 1).then_some(finding.rows),
                    };
                    let known = it.did_reach.remove(object);
                    it.did_reach.insert(object.clone(), known.map_or(did.clone(), |known| known.with(did)));
                }
            }
        }
    }
}

impl MapIntegration {
    fn of(it: &data_map::Integration, map: &DataMap) -> Self {
        let can_reach: BTreeMap<String, Readable> = it
            .can_reach
            .iter()
            .map(|(object, reach)| (object.clone(), Readable::of(reach, map.object(object))))
            .collect();
        Self {
            name: it.name.clone(),
            kinds: it.kinds.clone(),
            users: it.users.clone(),
            sum: Sum::of(can_reach.iter()),
            can_reach,
            reach_unknown: it.reach_unknown.clone(),
            last_used: it.last_used.clone(),
            uses: it.uses,
            did_reach: it.did_reach.clone(),
            touched: false,
        }
    }
}

impl MapCounts {
    pub(crate) fn of(map: &DataMap) -> Self {
        let fields = || map.objects.iter().flat_map(|it| &it.fields);
        Self {
            objects: map.objects.len(),
            fields: fields().count(),
            personal_fields: fields().filter(|it| it.is_personal()).count(),
            confirmed: fields()
                .flat_map(|it| it.told.values())
                .filter(|it| it.confirmed_at.is_some())
                .count(),
            not_yet_known: map.unknown(),
        }
    }
}

impl MapRecipient {
    fn of(it: &Provider, map: &DataMap) -> Self {
        let names: Vec<String> = it.systems.iter().chain([&it.name]).map(|it| it.to_lowercase()).collect();
        let theirs = map.integrations.iter().filter(|one| names.contains(&one.name.to_lowercase()));
        Self {
            recipient: it.name.clone(),
            role: it.role.as_str().to_owned(),
            contract: it.contract.clone(),
            systems: it.systems.clone(),
            integrations: theirs.map(|one| one.name.clone()).collect(),
        }
    }
}

impl From<ObjectEntry> for MapObject {
    fn from(it: ObjectEntry) -> Self {
        Self {
            object: it.object,
            label: it.label,
            area: it.area,
            people: it.people,
            records: it.records,
            counted: it.counted,
            categories: it.categories,
            deletion: it.deletion,
            fields: it.fields.into_iter().map(MapField::from).collect(),
        }
    }
}

impl MapField {
    /// It holds something of a category, an element or a kind.
    pub fn is_personal(&self) -> bool {
        ![&self.categories, &self.sensitive, &self.never_disclosed, &self.breach_elements]
            .iter()
            .all(|it| it.is_empty())
    }

    /// How many answers only the officer can give and nobody gave yet.
    pub fn not_yet_known(&self) -> usize {
        [&self.source, &self.purpose, &self.retention, &self.sold_or_shared]
            .iter()
            .filter(|it| it.is_none())
            .count()
    }
}

impl From<FieldEntry> for MapField {
    fn from(it: FieldEntry) -> Self {
        let list = |what| it.words(what).into_iter().map(str::to_owned).collect();
        let text = |what| it.told.get(&what).map(|told| told.value.clone());
        Self {
            categories: list(What::Categories),
            sensitive: list(What::Sensitive),
            never_disclosed: list(What::NeverDisclosed),
            breach_elements: list(What::BreachElements),
            source: text(What::Source),
            purpose: text(What::Purpose),
            retention: text(What::Retention),
            collection_date: text(What::CollectionDate),
            encryption: text(What::Encryption),
            recipients: list(What::Recipients),
            sold_or_shared: text(What::SoldOrShared),
            basis: it.told.iter().map(|(what, told)| (what.word(), told.basis.clone())).collect(),
            confirmed: it
                .told
                .iter()
                .filter_map(|(what, told)| Some((what.word(), told.confirmed_at.clone()?)))
                .collect(),
            field: it.field,
            label: it.label,
            field_type: it.field_type,
            security_classification: it.security_classification,
            compliance_groups: it.compliance_groups,
            sampled: it.sampled,
        }
    }
}
