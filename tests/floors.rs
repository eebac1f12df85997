//! The floors of the house: which room may lean on which. An arrow only points down.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests; clippy excuses only the test functions themselves"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// For each room, the rooms of ours that it may name. What is not listed is forbidden.
const MAY_USE: &[(&str, &[&str])] = &[
    ("law", &[]),
    ("casework", &["law"]),
    ("salesforce", &["casework", "law"]),
    ("vault", &["casework", "law"]),
    ("papers", &["casework", "law"]),
    ("practice", &[]),
    ("desk", &["casework", "law", "salesforce", "vault", "papers"]),
    ("cli", &["desk", "practice"]),
    ("habeas-window", &["desk", "practice"]),
    ("xtask", &["practice"]),
    ("house-tests", &[]),
];

/// Outside things, and the only rooms that may name them outside tests.
const OWNED: &[(&str, &[&str])] = &[
    ("reqwest", &["salesforce"]),
    ("rusqlite", &["vault"]),
    ("printpdf", &["papers"]),
    ("lopdf", &["papers"]),
    ("tauri", &["habeas-window"]),
    ("axum", &["practice"]),
    ("clap", &["cli"]),
];

/// What the thinking rooms may never name: clocks, files, sockets, async, SQL, windows.
const NEVER_IN_THINKING: &[&str] =
    &["tokio", "reqwest", "rusqlite", "axum", "tauri", "printpdf", "getrandom", "tempfile", "futures"];

fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every room's manifest: name → (dependencies, dev-dependencies).
fn rooms() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let mut manifests: Vec<PathBuf> = vec!["xtask".into(), "tests".into(), "src-tauri".into()];
    for entry in std::fs::read_dir(house().join("crates")).expect("crates/ is readable") {
        manifests.push(Path::new("crates").join(entry.expect("an entry").file_name()));
    }
    manifests
        .into_iter()
        .map(|folder| {
            let text = std::fs::read_to_string(house().join(&folder).join("Cargo.toml"))
                .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            let manifest: toml::Table = text.parse().expect("a manifest is TOML");
            let name = manifest["package"]["name"].as_str().expect("a name").to_owned();
            let names = |table: &str| -> BTreeSet<String> {
                let mut all =
                    manifest.get(table).and_then(toml::Value::as_table).cloned().unwrap_or_default();
                for target in manifest
                    .get("target")
                    .and_then(toml::Value::as_table)
                    .into_iter()
                    .flat_map(|it| it.values())
                {
                    all.extend(
                        target.get(table).and_then(toml::Value::as_table).cloned().unwrap_or_default(),
                    );
                }
                all.keys().cloned().collect()
            };
            (name, (names("dependencies"), names("dev-dependencies")))
        })
        .collect()
}

#[test]
fn arrows_only_point_down() {
    let rooms = rooms();
    let known: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    for (room, (uses, _)) in &rooms {
        let allowed = known.get(room.as_str()).unwrap_or_else(|| panic!("{room} has no place in the house"));
        for used in uses.iter().filter(|used| rooms.contains_key(*used)) {
            assert!(allowed.contains(&used.as_str()), "{room} must not lean on {used}");
        }
    }
}

#[test]
fn tests_of_a_room_lean_on_the_practice_org_at_most() {
    let rooms = rooms();
    let known: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    for (room, (_, for_tests)) in &rooms {
        for used in for_tests.iter().filter(|used| rooms.contains_key(*used)) {
            let allowed = known.get(room.as_str()).is_some_and(|allowed| allowed.contains(&used.as_str()));
            assert!(allowed || used == "practice", "tests of {room} must not lean on {used}");
        }
    }
}

#[test]
fn an_outside_thing_is_named_by_its_own_room_only() {
    for (room, (uses, _)) in &rooms() {
        for (thing, owners) in OWNED {
            assert!(
                !uses.contains(*thing) || owners.contains(&room.as_str()),
                "{room} must not name {thing}"
            );
        }
    }
}

#[test]
fn thinking_rooms_see_no_clock_file_socket_or_window() {
    let rooms = rooms();
    for room in ["law", "casework"] {
        for thing in NEVER_IN_THINKING {
            assert!(!rooms[room].0.contains(*thing), "{room} must not name {thing}");
        }
        let mut folders = vec![house().join("crates").join(room).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a readable folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
                    let text = std::fs::read_to_string(&path).expect("a readable file");
                    for word in ["std::fs", "std::net", "std::env", "std::time::SystemTime", "Instant::now"] {
                        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                        assert!(!code.contains(word), "{} must not use {word}", path.display());
                    }
                }
            }
        }
    }
}

#[test]
fn every_command_that_the_page_may_call_has_its_reason_once() {
    let read = |path: &str| std::fs::read_to_string(house().join(path)).expect("the file is there");
    let granted = read("src-tauri/capabilities/main.json");
    let granted: BTreeSet<&str> =
        granted.split('"').filter_map(|it| it.strip_prefix("allow-")).filter(|it| !it.is_empty()).collect();
    let reasons = read("docs/window-commands.md");
    let named: Vec<&str> = reasons
        .lines()
        .filter(|line| line.starts_with("| "))
        .filter_map(|line| line.trim_end_matches(" |").rsplit(" | ").next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    let once: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), once.len(), "a command stands there twice");
    assert_eq!(once, granted, "docs/window-commands.md and capabilities/main.json name the same commands");
}

/// Every file of the screens.
fn screens() -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![house().join("ui/src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("ui/src is readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

#[test]
fn only_the_api_folder_of_the_screens_talks_to_rust() {
    let api = house().join("ui/src/api");
    for path in screens() {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let in_api = path.starts_with(&api);
        assert!(in_api || !text.contains("@tauri-apps"), "{} must go through ui/src/api", path.display());
    }
}

#[test]
fn no_two_modules_of_the_screens_differ_by_case_alone() {
    let mut known = BTreeMap::new();
    for path in screens() {
        let module = path.with_extension("");
        if let Some(other) = known.insert(module.to_string_lossy().to_lowercase(), module.clone()) {
            assert_eq!(other, module, "Windows and macOS take one for the other");
        }
    }
}
