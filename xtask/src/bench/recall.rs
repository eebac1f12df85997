//! How much of what is a person's is found, and how much of what is found is theirs, on people whose truth is known.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Figures;
use super::locate::ratio;
use super::world::{self, Desk, each, text};
use crate::run::Done;

const SEED: u64 = 41;
const PEOPLE: u64 = 4_000;
/// How many people of each planted variant are asked for.
const OF_EACH: usize = 12;

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let folder = world::fresh("labelled")?;
    let truths = practice::generate::labelled(&folder, SEED, PEOPLE)
        .map_err(|error| format!("the labelled org could not be written: {error}"))?;
    let truths: Vec<Value> = truths.iter().filter_map(|it| serde_json::to_value(it).ok()).collect();
    let mut asked: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    // Every 7th, so that those asked for are spread over the whole set.
    for truth in truths.iter().enumerate().filter(|(n, _)| n % 7 == 3).map(|(_, it)| it) {
        let of_variant = asked.entry(text(&truth["variant"])).or_default();
        if of_variant.len() < OF_EACH {
            of_variant.push(truth);
        }
    }
    let persons = asked.values().map(Vec::len).sum::<usize>();
    figures.noted(
        "people asked for",
        format!("{persons} of {} people, {} variants, seed {SEED}", truths.len(), asked.len()),
    );

    let org = world::serve(&["--org", &folder.to_string_lossy()])?;
    let desk = Desk::at(&org, "recall")?;
    let mut tally = Tally::default();
    let before = org.calls()?.len();
    for (variant, people) in &asked {
        for truth in people {
            let request = desk.open(&truth["subject"])?;
            let ran = desk.run(&["request", "locate", &request])?;
            tally.count(variant, truth, &ran.view);
        }
    }
    let calls = ratio(org.calls()?.len() - before, persons);
    figures.noted("API calls for a person, on average", format!("{calls:.1}"));
    tally.tell(figures);
    Ok(())
}

#[derive(Default)]
struct Tally {
    sought: usize,
    found: usize,
    /// By grade: how many were given it, how many of those are the person's.
    given: BTreeMap<&'static str, (usize, usize)>,
    /// Records that must never be taken for theirs and were, as exact or strong.
    taken: usize,
    /// By what went wrong: how often, and where first.
    misses: BTreeMap<String, (usize, String)>,
}

impl Tally {
    fn count(&mut self, variant: &str, truth: &Value, view: &Value) {
        let found: BTreeMap<&str, &str> =
            each(&view["matches"]).map(|it| (text(&it["id"]), text(&it["confidence"]))).collect();
        let never: BTreeSet<&str> = each(&truth["never"]).map(|it| text(&it["id"])).collect();
        let theirs: BTreeMap<&str, &Value> =
            each(&truth["records"]).map(|it| (text(&it["id"]), it)).collect();
        for (id, held) in &theirs {
            if held["grade"] == "possible" {
                continue;
            }
            self.sought += 1;
            let grade = found.get(id).copied();
            let sure = matches!(grade, Some("exact" | "strong"));
            if sure || grade.is_some_and(|it| held["or"] == it) {
                self.found += 1;
            } else {
                self.miss(
                    format!(
                        "{variant}: {} {} should be {} and is {}",
                        text(&held["presence"]),
                        text(&held["object"]),
                        text(&held["grade"]),
                        grade.unwrap_or("not found")
                    ),
                    id,
                );
            }
        }
        for it in each(&view["matches"]) {
            let Some(grade) = ["exact", "strong"].into_iter().find(|grade| it["confidence"] == *grade) else {
                continue;
            };
            let id = text(&it["id"]);
            let right = theirs.contains_key(id);
            let (given, true_ones) = self.given.entry(grade).or_default();
            *given += 1;
            *true_ones += usize::from(right);
            if !right {
                self.miss(format!("{variant}: {} is {grade} and is not theirs", text(&it["object"])), id);
            }
            self.taken += usize::from(never.contains(id));
            if let Some(held) = theirs.get(id)
                && held["grade"] != grade
                && held["or"] != grade
                && grade == "exact"
            {
                self.miss(
                    format!(
                        "{variant}: {} should be {} and is exact",
                        text(&it["object"]),
                        text(&held["grade"])
                    ),
                    id,
                );
            }
        }
    }

    fn miss(&mut self, what: String, id: &str) {
        self.misses.entry(what).or_insert_with(|| (0, id.to_owned())).0 += 1;
    }

    fn tell(&self, figures: &mut Figures) {
        let recall = ratio(self.found, self.sought);
        figures.held(
            "recall of exact and strong",
            format!("{recall:.4} ({} of {})", self.found, self.sought),
            "at least 0.99",
            recall >= 0.99,
        );
        for (grade, least) in [("exact", 1.0), ("strong", 0.98)] {
            let (given, right) = self.given.get(grade).copied().unwrap_or_default();
            let precision = ratio(right, given);
            figures.held(
                format!("precision of {grade}"),
                format!("{precision:.4} ({right} of {given})"),
                format!("at least {least}"),
                precision >= least && given > 0,
            );
        }
        figures.held("records of doubles taken for theirs", self.taken, "0", self.taken == 0);
        for (what, (times, id)) in &self.misses {
            println!("   miss: {what}: {times} (first {id})");
        }
        let misses = self.misses.values().map(|(times, _)| times).sum::<usize>();
        figures.noted("records graded otherwise than the truth says", misses);
    }
}
