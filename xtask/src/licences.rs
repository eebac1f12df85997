//! What is shipped inside the window and under which licences: read from the lock files' own packages, shown in the window.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::{Value, json};

use crate::run::{self, Done};

const LIST: &str = "ui/src/api/shipped.json";

/// Writes the list anew.
pub fn write() -> Done {
    std::fs::write(run::root().join(LIST), listed()?)
        .map_err(|error| format!("{LIST} could not be written: {error}"))
}

/// Whether the list is the one of the lock files.
pub fn check() -> Done {
    let kept = std::fs::read_to_string(run::root().join(LIST)).unwrap_or_default();
    if kept == listed()? {
        return Ok(());
    }
    Err(format!("{LIST} is not what is shipped now; `cargo xtask licences` writes it anew."))
}

fn listed() -> Result<String, String> {
    let mut all = crates()?;
    all.extend(screens()?);
    let lines: Vec<String> =
        all.into_iter().map(|(name, version, licence)| json!([name, version, licence]).to_string()).collect();
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}

type Line = (String, String, String);

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Every crate that the window is linked from, on the three systems; ours are left out.
fn crates() -> Result<BTreeSet<Line>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let said = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(run::root())
        .output()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    let all: Value = serde_json::from_slice(&said.stdout)
        .map_err(|error| format!("cargo metadata is unreadable: {error}"))?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> =
        list(&all["packages"]).into_iter().map(|it| (text(&it["id"]), it)).collect();
    let nodes: BTreeMap<String, Value> =
        list(&all["resolve"]["nodes"]).into_iter().map(|it| (text(&it["id"]), it)).collect();
    let mut ahead: Vec<String> =
        packages.iter().filter(|(_, it)| it["name"] == "habeas-window").map(|it| it.0.clone()).collect();
    let (mut seen, mut shipped) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = ahead.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let package = packages.get(&id).unwrap_or(&Value::Null);
        if !package["source"].is_null() {
            shipped.insert((text(&package["name"]), text(&package["version"]), text(&package["license"])));
        }
        for it in list(&nodes.get(&id).unwrap_or(&Value::Null)["deps"]) {
            if list(&it["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()) {
                ahead.push(text(&it["pkg"]));
            }
        }
    }
    Ok(shipped)
}

/// Every npm package that the built page holds.
fn screens() -> Result<BTreeSet<Line>, String> {
    let file = run::root().join("ui/package-lock.json");
    let lock: Value = std::fs::read(&file)
        .map_err(|error| error.to_string())
        .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| error.to_string()))
        .map_err(|error| format!("{} is unreadable: {error}", file.display()))?;
    let packages = lock["packages"].as_object().cloned().unwrap_or_default();
    Ok(packages
        .iter()
        .filter(|(path, it)| {
            !path.is_empty() && it["dev"] != true && it["optional"] != true && it["peer"] != true
        })
        .map(|(path, it)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path).to_owned();
            (name, text(&it["version"]), text(&it["license"]))
        })
        .collect())
}
