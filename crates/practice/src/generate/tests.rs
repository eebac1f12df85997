//! What the generator promises about its orgs, and the catalogue about itself.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

type Table = Vec<BTreeMap<String, String>>;

fn catalogue(name: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/catalogue").join(name);
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("practice-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_name_in_the_catalogue_leads_somewhere() {
    let (objects, fields, children) =
        (catalogue("objects.csv"), catalogue("fields.csv"), catalogue("children.csv"));
    let names: BTreeSet<&str> = objects.iter().map(|it| it["name"].as_str()).collect();
    assert_eq!(names.len(), objects.len(), "an object has one row");
    let prefixes: Vec<&str> =
        objects.iter().map(|it| it["key_prefix"].as_str()).filter(|it| !it.is_empty()).collect();
    assert_eq!(
        prefixes.iter().collect::<BTreeSet<_>>().len(),
        prefixes.len(),
        "a key prefix names one object"
    );
    for object in &objects {
        assert!(["person", "holds", "none"].contains(&object["people"].as_str()), "{}", object["name"]);
        assert_eq!(
            object["people"] == "none",
            !object["note"].is_empty(),
            "{}: a note says why it holds no consumer",
            object["name"]
        );
    }
    let mut known = BTreeSet::new();
    for field in &fields {
        let (object, name) = (field["object"].as_str(), field["name"].as_str());
        assert!(names.contains(object), "{object} of {name}");
        assert!(known.insert((object, name)), "{object}.{name} stands there twice");
        assert!(name != "Id", "{object}.Id is implied");
        assert_eq!(field["type"] == "reference", !field["refers_to"].is_empty(), "{object}.{name}");
        for target in field["refers_to"].split('|').filter(|it| !it.is_empty()) {
            assert!(names.contains(target), "{object}.{name} refers to {target}");
        }
    }
    for child in &children {
        assert!(names.contains(child["parent"].as_str()), "{child:?}");
        assert!(known.contains(&(child["child"].as_str(), child["field"].as_str())), "{child:?}");
        assert!(
            ["cascade", "restrict", "clear", "cascade+restrict"].contains(&child["on_delete"].as_str()),
            "{child:?}"
        );
    }
}

#[test]
fn every_column_that_is_written_is_a_field() {
    let fields = catalogue("fields.csv");
    let system = ["IsDeleted", "CreatedDate", "LastModifiedDate", "SystemModstamp"];
    for (object, prefix, columns) in columns::SHEETS {
        if object.contains("__") {
            continue;
        }
        for column in columns.split_whitespace().filter(|it| !system.contains(it)) {
            assert!(
                fields.iter().any(|it| it["object"] == *object && it["name"] == column),
                "{object}.{column} ({prefix})"
            );
        }
    }
}

#[test]
fn the_same_seed_writes_the_same_org() {
    let (one, two) = (folder("one"), folder("two"));
    for it in [&one, &two] {
        write_org(it, Settings { seed: 5, people: 200 }).unwrap();
    }
    for part in ["records", "objects", "files", "event-logs"] {
        for entry in std::fs::read_dir(one.join(part)).unwrap() {
            let name = entry.unwrap().file_name();
            let (a, b) = (
                std::fs::read(one.join(part).join(&name)).unwrap(),
                std::fs::read(two.join(part).join(&name)).unwrap(),
            );
            assert_eq!(a, b, "{part}/{name:?}");
        }
    }
    std::fs::remove_dir_all(one).unwrap();
    std::fs::remove_dir_all(two).unwrap();
}

#[test]
fn every_lookup_of_a_generated_org_leads_to_a_row() {
    let place = folder("lookups");
    write_org(&place, Settings { seed: 5, people: 600 }).unwrap();
    let mut ids = BTreeSet::new();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for entry in std::fs::read_dir(place.join("records")).unwrap() {
        let path = entry.unwrap().path();
        let rows: Table = csv::Reader::from_path(&path).unwrap().deserialize().map(Result::unwrap).collect();
        for row in &rows {
            assert!(
                ids.insert(row["Id"].clone()) || path.ends_with("AccountHistory.csv"),
                "{path:?}: {} twice",
                row["Id"]
            );
        }
        tables.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), rows);
    }
    for (object, rows) in &tables {
        for row in rows {
            for (field, value) in row {
                let points = field.ends_with("Id") && !["ExternalId", "Id"].contains(&field.as_str())
                    || ["Contact__c", "Case__c", "Partner__c", "Registrant__c", "Product__c"]
                        .contains(&field.as_str());
                assert!(
                    !points || value.is_empty() || ids.contains(value),
                    "{object}.{field} leads nowhere: {value}"
                );
            }
        }
    }
    std::fs::remove_dir_all(place).unwrap();
}

#[test]
fn the_truth_about_the_planted_people_names_rows_that_exist() {
    let place = folder("truth");
    let truths = labelled(&place, 11, 160).unwrap();
    assert_eq!(truths.len(), 160);
    let variants: BTreeSet<&str> = truths.iter().map(|it| it.variant.as_str()).collect();
    assert!(variants.len() >= 14, "{variants:?}");
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for truth in &truths {
        assert!(!truth.records.is_empty(), "{}", truth.variant);
        for held in &truth.records {
            let of = ids.entry(held.object.to_owned()).or_insert_with(|| {
                let path = place.join("records").join(format!("{}.csv", held.object));
                let rows: Table =
                    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect();
                rows.into_iter().map(|row| row["Id"].clone()).collect()
            });
            assert!(of.contains(&held.id), "{} {}", held.object, held.id);
        }
    }
    std::fs::remove_dir_all(place).unwrap();
}
