//! Loading an org folder: `org.toml`, objects, records, files, event logs, and what follows from them.

pub(super) mod catalogue;
mod derive;
mod logs;
pub(super) mod org_toml;
mod records;
mod setup;
pub(super) mod source;

use super::{Clock, LoadError, ObjectDef, Table, World, hang::Hangs, person};
use catalogue::Catalogue;
use chrono::{DateTime, Utc};
use records::Filling;
use serde_json::Value;
use source::Source;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

impl World {
    pub(super) fn load_from(source: Source, clock: Clock) -> Result<Self, LoadError> {
        if !source.exists() {
            return Err(LoadError("The org folder does not exist. Nothing was loaded.".to_owned()));
        }
        let org = org_toml::read(&source)?;
        let clock = org.now.map_or_else(|| clock.clone(), |it| clock.clone().starting_at(it));
        let record_files = source.list("records")?;
        let catalogue = Catalogue::read()?;
        let (defs, captured) = objects(&source, &org, &catalogue)?;
        let fill = Filling {
            until: org
                .now
                .unwrap_or_else(|| DateTime::<Utc>::from_timestamp(1_767_225_600, 0).unwrap_or_default()),
            user: org.users.first().map(|it| it.id.clone()).unwrap_or_default(),
        };
        let mut tables = tables(&source, &record_files, &defs, &fill)?;
        for (key, def) in &defs {
            tables.entry(key.clone()).or_insert_with(|| Table::new(def.clone()));
        }
        let mut world = World {
            hangs: Hangs::of(&defs, &catalogue_hangings(&catalogue), &captured),
            facts: org.facts,
            started_at: clock.now(),
            clock,
            users: org.users,
            tables,
            journal: Vec::new(),
            bin: BTreeMap::new(),
            files: HashMap::new(),
            source,
            rules: super::org::Rules {
                validations: org.validations,
                integrations: org.integrations,
                ..Default::default()
            },
            own_rows: HashMap::new(),
            erased: Vec::new(),
            next_id: 1,
        };
        world.rules_exist()?;
        world.add_listed_children(&captured);
        if let (Some(mut accounts), Some(mut contacts)) =
            (world.tables.remove("account"), world.tables.remove("contact"))
        {
            person::complete(&mut accounts, &mut contacts);
            world.tables.insert("account".to_owned(), accounts);
            world.tables.insert("contact".to_owned(), contacts);
        }
        world.attach_files()?;
        world.attach_logs(&fill)?;
        world.derive_setup(&fill);
        world.fill_copies();
        world.fill_document_links();
        world.fill_numbers();
        world.fill_bin();
        Ok(world)
    }

    /// Rules in `org.toml` must speak of objects and fields that exist.
    fn rules_exist(&self) -> Result<(), LoadError> {
        let validations = self.rules.validations.iter().map(|it| (&it.object, &it.field));
        let integrations = self.rules.integrations.iter().map(|it| (&it.recreates, &it.key));
        for (object, field) in validations.chain(integrations) {
            if self.object(object).is_none_or(|it| it.field_ix(field).is_none()) {
                return Err(LoadError::of("org.toml", format_args!("there is no field {object}.{field}.")));
            }
        }
        Ok(())
    }
}

type Defs = BTreeMap<String, Arc<ObjectDef>>;

/// All objects, and the names (small letters) of those that came from a captured describe.
fn objects(
    source: &Source,
    org: &org_toml::OrgToml,
    catalogue: &Catalogue,
) -> Result<(Defs, BTreeSet<String>), LoadError> {
    let mut defs = Defs::new();
    let mut captured = BTreeSet::new();
    let person_accounts = org.facts.features.iter().any(|it| it.eq_ignore_ascii_case("PersonAccounts"));
    for name in source.list("objects")? {
        let file = format!("objects/{name}");
        let Some(stem) = name.strip_suffix(".json") else {
            return Err(LoadError::of(file, "only .json files belong here."));
        };
        let json: Value = match serde_json::from_str(&source.text(&file)?) {
            Ok(it) => it,
            Err(error) => {
                return Err(LoadError::of(
                    file,
                    format_args!("line {}: the text is not JSON.", error.line()),
                ));
            }
        };
        let def = ObjectDef::from_describe(&file, json)?;
        if !def.name.eq_ignore_ascii_case(stem) {
            return Err(LoadError::of(
                file,
                format_args!("it describes \"{}\"; the file must bear that name.", def.name),
            ));
        }
        let key = def.name.to_ascii_lowercase();
        if defs.insert(key.clone(), Arc::new(def)).is_some() {
            return Err(LoadError::of(file, "two files describe the same object."));
        }
        captured.insert(key);
    }
    let permissions: Vec<String> =
        org.users.iter().flat_map(|it| it.system_permissions.iter().cloned()).collect();
    for name in org.standard_objects.iter().chain(catalogue.setup()) {
        let key = name.to_ascii_lowercase();
        if defs.contains_key(&key) {
            continue;
        }
        let Some(mut json) = catalogue.describe(name, &permissions) else {
            return Err(LoadError::of(
                "org.toml",
                format_args!(
                    "standard_objects names \"{name}\", which has no file in objects/ and is not in the catalogue."
                ),
            ));
        };
        if !person_accounts {
            without_person_fields(name, &mut json);
        }
        defs.insert(key, Arc::new(ObjectDef::from_describe(&format!("catalogue/{name}"), json)?));
    }
    Ok((defs, captured))
}

fn without_person_fields(object: &str, json: &mut Value) {
    let Some(fields) = json.get_mut("fields").and_then(Value::as_array_mut) else { return };
    let parts = ["FirstName", "LastName", "MiddleName", "Suffix", "Salutation"];
    let person = |name: &str| match object.to_ascii_lowercase().as_str() {
        "account" => {
            name == "IsPersonAccount"
                || name.starts_with("Person")
                || name.ends_with("__pc")
                || parts.contains(&name)
        }
        "contact" => name == "IsPersonAccount",
        _ => false,
    };
    fields.retain(|it| !it.get("name").and_then(Value::as_str).is_some_and(person));
}

fn catalogue_hangings(catalogue: &Catalogue) -> Vec<super::hang::Listed> {
    let listed = catalogue.hangings.iter().map(|it| super::hang::Listed {
        parent: it.parent.clone(),
        child: it.child.clone(),
        field: it.field.clone(),
        relationship: it.relationship.clone(),
        cascade: it.cascade,
        restrict: it.restrict,
    });
    listed.collect()
}

/// Reads the tables on as many threads as the machine has; the first refusal by file name counts.
fn tables(
    source: &Source,
    files: &[String],
    defs: &Defs,
    fill: &Filling,
) -> Result<BTreeMap<String, Table>, LoadError> {
    let mut work = Vec::new();
    let mut seen = BTreeSet::new();
    for name in files {
        let file = format!("records/{name}");
        let Some(stem) = name.strip_suffix(".csv") else {
            return Err(LoadError::of(file, "only .csv files belong here."));
        };
        let Some(def) = defs.get(&stem.to_ascii_lowercase()) else {
            return Err(LoadError::of(
                file,
                format_args!(
                    "there is no object \"{stem}\": no file in objects/, not in standard_objects of org.toml."
                ),
            ));
        };
        if !seen.insert(def.name.clone()) {
            return Err(LoadError::of(file, "two files hold records of the same object."));
        }
        let (_, size) = source.open(&file)?;
        work.push((size, file, def.clone()));
    }
    work.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(BTreeMap::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(work.len()).max(1);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((_, file, def)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let table = records::read(source, file, def.clone(), fill);
                    if let Ok(mut done) = done.lock() {
                        done.insert(file.clone(), (def.name.to_ascii_lowercase(), table));
                    }
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_default();
    if done.len() != work.len() {
        return Err(LoadError(
            "Reading the records stopped half-way. Nothing was loaded; try again.".to_owned(),
        ));
    }
    done.into_values().map(|(key, table)| Ok((key, table?))).collect()
}
