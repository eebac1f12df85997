//! Every rule has cases beside it, written from the source: `assets/law/<jurisdiction>/<subject>.cases.toml`.
//!
//! A case gives `facts` and says what must be among the answer's `duties`, `requirements` and `amounts`, which rules must be
//! `absent`, or with which words the facts are `refused`; or it names a `rule`, maybe `on` a day, and what its
//! file `says`. "null" stands for nothing. A version of a rule counts as covered when a case names it in its duties, when
//! its requirements or amounts rest on it, or when its text is read.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests; clippy excuses only the test functions"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// What the facts of every case say unless they say otherwise.
    #[serde(default)]
    facts: toml::Table,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    facts: Option<toml::Table>,
    #[serde(default)]
    duties: Vec<toml::Table>,
    requirements: Option<toml::Table>,
    amounts: Option<toml::Table>,
    #[serde(default)]
    absent: Vec<String>,
    refused: Option<String>,
    rule: Option<String>,
    on: Option<toml::value::Datetime>,
    says: Option<toml::Table>,
}

impl Case {
    fn on_top_of(&mut self, common: &toml::Table) {
        if let Some(own) = &mut self.facts {
            let mut facts = common.clone();
            facts.extend(std::mem::take(own));
            *own = facts;
        }
    }
}

type Version = (String, String);

fn shelf() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/law")
}

fn case_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in fs::read_dir(shelf()).expect("the shelf").map(|it| it.expect("an entry").path()) {
        files.extend(fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path()));
    }
    files.retain(|it| it.to_string_lossy().ends_with(".cases.toml"));
    files.sort();
    files
}

/// A TOML value as JSON: days as text, "null" as nothing.
fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(it) if it == "null" => Value::Null,
        toml::Value::String(it) => json!(it),
        toml::Value::Datetime(it) => json!(it.to_string()),
        toml::Value::Array(it) => it.iter().map(plain).collect(),
        toml::Value::Table(it) => table(it),
        other => serde_json::to_value(other).expect("a plain value"),
    }
}

fn table(table: &toml::Table) -> Value {
    Value::Object(table.iter().map(|(key, it)| (key.clone(), plain(it))).collect::<Map<_, _>>())
}

/// Where `has` lacks something that `wants` says.
fn missing(wants: &Value, has: &Value) -> Option<String> {
    match (wants, has) {
        (Value::Object(wants), Value::Object(has)) => {
            wants.iter().find_map(|(key, want)| match has.get(key) {
                None => Some(format!("{key} is not there")),
                Some(has) => missing(want, has).map(|it| format!("{key}: {it}")),
            })
        }
        (Value::Array(wants), Value::Array(has)) if wants.len() == has.len() => {
            wants.iter().zip(has).find_map(|(want, has)| missing(want, has))
        }
        _ => (wants != has).then(|| format!("{wants} was expected, {has} is there")),
    }
}

fn run(case: &Case, covered: &mut BTreeSet<Version>) -> Result<(), String> {
    if let Some(id) = &case.rule {
        return read(case, id, covered);
    }
    let facts = case.facts.as_ref().ok_or("the case has neither facts nor a rule")?;
    let answer = match (law::duties(&table(facts)), &case.refused) {
        (Ok(answer), None) => serde_json::to_value(answer).expect("an answer is JSON"),
        (Ok(_), Some(_)) => return Err("the facts were taken".to_owned()),
        (Err(problem), Some(words)) if problem.to_string().contains(words.as_str()) => return Ok(()),
        (Err(problem), _) => return Err(problem.to_string()),
    };
    let empty = Vec::new();
    let duties = answer["duties"].as_array().unwrap_or(&empty);
    for want in &case.duties {
        let want = table(want);
        let rule = want["rule"].as_str().ok_or("an expected duty has no rule")?;
        let named: Vec<&Value> = duties
            .iter()
            .filter(|it| {
                it["rule"] == rule && (want["recipient"].is_null() || it["recipient"] == want["recipient"])
            })
            .collect();
        let [duty] = named.as_slice() else { return Err(format!("{rule} is there {} times", named.len())) };
        if let Some(missing) = missing(&want, duty) {
            return Err(format!("{rule}: {missing}; because {}", duty["because"]));
        }
        covered.insert((rule.to_owned(), duty["version"].as_str().unwrap_or_default().to_owned()));
    }
    if let Some(rule) = case.absent.iter().find(|rule| duties.iter().any(|it| it["rule"] == **rule)) {
        return Err(format!("{rule} is there"));
    }
    for (name, wants) in [("requirements", &case.requirements), ("amounts", &case.amounts)] {
        let Some(wants) = wants else { continue };
        if let Some(missing) = missing(&table(wants), &answer[name]) {
            return Err(format!("{name}: {missing}"));
        }
        rules_in(&answer[name], covered);
    }
    Ok(())
}

/// Every rule that a part of the answer names as its ground.
fn rules_in(part: &Value, covered: &mut BTreeSet<Version>) {
    match part {
        Value::Object(map) => {
            if let (Some(Value::String(rule)), Some(Value::String(version))) =
                (map.get("rule"), map.get("version"))
            {
                covered.insert((rule.clone(), version.clone()));
            }
            map.values().for_each(|it| rules_in(it, covered));
        }
        Value::Array(list) => list.iter().for_each(|it| rules_in(it, covered)),
        _ => {}
    }
}

fn read(case: &Case, id: &str, covered: &mut BTreeSet<Version>) -> Result<(), String> {
    let on = case.on.map(|it| it.to_string().parse().expect("a day"));
    let rule = law::book().expect("the book loads").rule(id, on).map_err(|it| it.to_string())?;
    covered.insert((id.to_owned(), rule.header.in_force_from.to_string()));
    let rule = serde_json::to_value(rule).expect("a rule is JSON");
    let mut all = rule["body"].as_object().cloned().unwrap_or_default();
    all.extend(rule.as_object().cloned().unwrap_or_default());
    match missing(&table(case.says.as_ref().ok_or("the case says nothing of the rule")?), &Value::Object(all))
    {
        Some(missing) => Err(missing),
        None => Ok(()),
    }
}

#[test]
fn every_case_comes_out_and_no_version_of_a_rule_is_without_one() {
    let (mut faults, mut covered, mut count) = (Vec::new(), BTreeSet::new(), 0);
    for file in case_files() {
        let name = file.strip_prefix(shelf()).expect("on the shelf").display().to_string();
        let text = fs::read_to_string(&file).expect("a case file is text");
        let cases: Cases = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        for mut case in cases.case {
            case.on_top_of(&cases.facts);
            count += 1;
            if let Err(fault) = run(&case, &mut covered) {
                faults.push(format!("{name}: {}: {fault}", case.about));
            }
        }
    }
    for rule in law::book().expect("the book loads").rules() {
        if !covered.contains(&(rule.header.id.clone(), rule.header.in_force_from.to_string())) {
            faults.push(format!(
                "{}: the rule {} in the version of {} has no case",
                rule.rule_file, rule.header.id, rule.header.in_force_from
            ));
        }
    }
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let case = |text: &str| toml::from_str::<Case>(text).expect("a case");
    let right = "about = \"x\"\nfacts = { family = \"request\", kind = \"OPT_OUT\", zone = \"America/Los_Angeles\", \
                 received_at = \"2026-12-23\" }\n";
    let duty = |due: &str| format!("{right}[[duties]]\nrule = \"us-ca.request.opt-out\"\ndue = \"{due}\"\n");
    let mut covered = BTreeSet::new();
    assert_eq!(run(&case(&duty("2027-01-15")), &mut covered), Ok(()));
    assert_eq!(covered.len(), 1);
    assert!(run(&case(&duty("2027-01-14")), &mut covered).unwrap_err().contains("2027-01-15"));
    assert!(run(&case(&format!("{right}refused = \"x\"\n")), &mut covered).is_err());
    assert!(run(&case(&format!("{right}absent = [\"us-ca.request.opt-out\"]\n")), &mut covered).is_err());
    let says = |days: u32| {
        format!("about = \"x\"\nrule = \"us-ca.request.twice-in-12-months\"\nsays = {{ months = {days} }}\n")
    };
    assert_eq!(run(&case(&says(12)), &mut covered), Ok(()));
    assert!(run(&case(&says(6)), &mut covered).is_err());
}
