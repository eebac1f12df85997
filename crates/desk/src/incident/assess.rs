//! Assess: what the law asks after this leak, how severe it is for the people, what it may cost, and what nobody knows yet.

use std::collections::{BTreeMap, BTreeSet};

use casework::incident::assess::{
    Change, Decided, HarmTest, Known, Merged, NotToNotify, OWN, Question, USUAL, changes, decided, merge,
};
use casework::incident::exposure::{Amount, Costs, Counts, Exposure, Statutory, exposure};
use casework::incident::persons::Sure;
use casework::incident::scope::Scope;
use casework::incident::severity::{Circumstances, Enisa, Recipients, enisa};
use casework::ledger::hex;
use chrono::NaiveDate;
use law::answer::Answer;
use law::lookup::RuleView;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use ts_rs::TS;
use vault::IncidentFile;

use crate::answering::seconds;
use crate::desk::{Desk, instant};
use crate::law_book;
use crate::problem::Problem;

/// An assessment as a screen shows it; the whole of it is what `assess_incident` answers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AssessmentView {
    pub assessment: AssessmentHead,
    /// `proved`, `probable`, `upper_bound`
    pub counted_as: String,
    #[ts(as = "Vec<law::answer::Duty>")]
    pub duties: Value,
    pub questions: Vec<Question>,
    pub severity: Severity,
    pub exposure: Exposure,
    /// What is another than at the assessment before.
    #[ts(type = "{ what: string; part: string; before: unknown; now: unknown }[]")]
    pub changes: Vec<Change>,
    pub cautions: Vec<String>,
    /// Decisions not to notify, and whether the law leaves room for them.
    #[serde(default)]
    pub decisions: Vec<Decided>,
    pub unknown_residence: u64,
    /// People in places that the law book does not know.
    pub elsewhere: BTreeMap<String, u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AssessmentHead {
    pub n: u64,
    /// `preliminary` or `follow-up`
    pub kind: String,
    pub at: String,
    pub since: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Severity {
    pub enisa: Enisa,
}

/// What the rule files say beside duties.
pub(super) struct Book {
    rules: Vec<RuleView>,
}

/// What the officer gave, apart by who reads it.
pub(super) struct Given {
    pub law: Map<String, Value>,
    circumstances: Circumstances,
    costs: Costs,
    decisions: Vec<NotToNotify>,
    harm_memo: Value,
    pub sure: Sure,
}

impl Desk {
    /// Assesses an incident with what scope counted and the facts given; keeps the assessment and says what changed since the
    /// last one. The answer has the shape of `habeas law duties`, and more.
    ///
    /// # Errors
    /// `facts` naming the fact that cannot be used, `law_file`; nothing was kept then.
    pub fn assess_incident(&self, incident: &str, facts: &[u8]) -> Result<Value, Problem> {
        let file = self.incident_file(incident)?;
        let given = Given::read(facts)?;
        let scope = self.incident_scope(incident)?;
        let book = Book::open()?;
        let places = book.places();
        let known = self.known(&file, scope.as_ref(), &places)?;
        let merged = merge(&given.law, &known, given.sure);
        let answer = answer_to(&merged.facts)?;
        let mut view = json!(answer);
        let duties = view.get_mut("duties").and_then(Value::as_array_mut);
        duties.into_iter().flatten().for_each(|duty| perhaps_owed(duty, merged.unknown_residence));
        let earlier = self.read(|vault| vault.incident_assessments(&file.number))?;
        if let Some(map) = view.as_object_mut() {
            self.add(map, &given, &merged, &answer, &book, scope.as_ref())?;
            map.insert("if_counted_otherwise".to_owned(), otherwise(&given, &known, &merged, &answer)?);
            map.insert("supplied".to_owned(), json!(merged.supplied));
            map.insert("questions".to_owned(), json!(merged.questions));
            map.insert("elsewhere".to_owned(), json!(merged.elsewhere));
            map.insert("unknown_residence".to_owned(), json!(merged.unknown_residence));
            map.insert("counted_as".to_owned(), json!(given.sure.word()));
            map.insert("facts".to_owned(), merged.facts.clone());
        }
        let since: Option<Vec<Change>> = earlier.last().map(|(_, before)| changes(before, &view));
        if let Some(map) = view.as_object_mut() {
            map.insert("changes".to_owned(), json!(since.unwrap_or_default()));
            map.insert(
                "assessment".to_owned(),
                json!({
                    "n": earlier.len() + 1,
                    "kind": if earlier.is_empty() { "preliminary" } else { "follow-up" },
                    "at": seconds(self.now()),
                    "since": earlier.last().map(|(at, _)| at),
                }),
            );
        }
        let detail = json!({
            "assessment": earlier.len() + 1,
            "facts_sha256": hex(&Sha256::digest(merged.facts.to_string().as_bytes())),
            "duties": by_state(&view),
            "not_to_notify": given.decisions.iter().map(|it| &it.rule).collect::<Vec<_>>(),
        });
        self.record(&file.number, "incident.assessed", detail, |tx| {
            tx.add_incident_assessment(&file.number, &view)
        })?;
        Ok(view)
    }

    /// The last assessment with its time.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn incident_assessment(&self, incident: &str) -> Result<Option<(String, Value)>, Problem> {
        let file = self.incident_file(incident)?;
        Ok(self.read(|vault| vault.incident_assessments(&file.number))?.pop())
    }

    /// The last assessment for a screen; `None` before the first.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn latest_assessment(&self, incident: &str) -> Result<Option<AssessmentView>, Problem> {
        let last = self.incident_assessment(incident)?.map(|(_, it)| serde_json::from_value(it)).transpose();
        last.map_err(|_| {
            Problem::new(
                "assessment_old",
                "The last assessment was made by another version of the program and cannot be shown.",
                "Assess again.",
            )
        })
    }

    pub(super) fn known<'a>(
        &self,
        file: &IncidentFile,
        scope: Option<&'a Scope>,
        places: &'a BTreeSet<String>,
    ) -> Result<Known<'a>, Problem> {
        let first = scope.and_then(|it| it.takings.iter().map(|it| &it.at).min().cloned());
        Ok(Known {
            zone: self.zone()?.name().to_owned(),
            today: self.today()?.to_string(),
            discovered_at: file.discovered_at.clone(),
            occurred_from: first,
            scope,
            places,
        })
    }

    /// Severity, exposure, decisions, harm memo, waves.
    fn add(
        &self,
        map: &mut Map<String, Value>,
        given: &Given,
        merged: &Merged,
        answer: &Answer,
        book: &Book,
        scope: Option<&Scope>,
    ) -> Result<(), Problem> {
        let people = People::of(&merged.facts, merged.unknown_residence, &merged.elsewhere);
        let circumstances = circumstances(given, &merged.facts);
        let severity = enisa(&people.elements, people.persons, &circumstances).map_err(|why| bad(&why))?;
        map.insert("severity".to_owned(), json!({ "enisa": severity }));
        let counts = Counts {
            persons: people.persons,
            patients: people.patients,
            places: people.places.iter().cloned().collect(),
        };
        let day = incident_day(&merged.facts);
        let amounts = day.map(|day| book.amounts(day, self.today().unwrap_or(day))).unwrap_or_default();
        let statutory = statutory(answer);
        map.insert(
            "exposure".to_owned(),
            json!(exposure(statutory.as_ref(), &amounts, &counts, &given.costs)),
        );
        let duties = map.get("duties").and_then(Value::as_array).cloned().unwrap_or_default();
        let harm = |rule: &str| book.harm_of(rule);
        map.insert("decisions".to_owned(), json!(decided(&given.decisions, &duties, &harm)));
        map.insert("harm_memo".to_owned(), harm_memo(book, &duties, &merged.facts, &given.harm_memo));
        map.insert("waves".to_owned(), waves(&merged.facts));
        map.insert("cautions".to_owned(), json!(overdue_rules(&duties, scope)));
        Ok(())
    }
}

impl Given {
    pub(super) fn read(facts: &[u8]) -> Result<Self, Problem> {
        let all: Value = crate::given::json(facts)
            .map_err(|error| bad(&format!("The facts are no JSON document ({error})")))?;
        let Value::Object(mut law) = all else { return Err(bad("The facts are no JSON object")) };
        if let Some(family) = law.get("family").filter(|it| **it != "breach") {
            return Err(bad(&format!("`family` is {family}; an incident is a breach")));
        }
        let mut own: BTreeMap<&str, Value> = BTreeMap::new();
        for key in OWN {
            own.insert(key, law.shift_remove(key).unwrap_or_default());
        }
        let sure = match own.get("count").and_then(Value::as_str) {
            None if own.get("count").is_none_or(Value::is_null) => USUAL,
            Some("proved") => Sure::Proved,
            Some("probable") => Sure::Probable,
            Some("upper_bound") => Sure::UpperBound,
            _ => return Err(bad("`count` is none of proved, probable, upper_bound")),
        };
        Ok(Self {
            circumstances: part(&mut own, "severity")?.unwrap_or_default(),
            costs: part(&mut own, "exposure")?.unwrap_or_default(),
            decisions: part(&mut own, "decisions")?.unwrap_or_default(),
            harm_memo: own.remove("harm_memo").unwrap_or_default(),
            sure,
            law,
        })
    }
}

fn part<T: DeserializeOwned>(own: &mut BTreeMap<&str, Value>, key: &str) -> Result<Option<T>, Problem> {
    let value = own.remove(key).unwrap_or_default();
    serde_json::from_value(value).map_err(|error| bad(&format!("The fact `{key}` cannot be used: {error}")))
}

fn bad(why: &str) -> Problem {
    Problem::new(
        "facts",
        format!("{}. Nothing was assessed.", why.trim_end_matches('.')),
        "Mend the fact named and give the whole file again.",
    )
}

fn answer_to(facts: &Value) -> Result<Answer, Problem> {
    law_book::duties(facts.to_string().as_bytes())
}

/// A threshold that people of unknown residence could reach is no "not owed".
fn perhaps_owed(duty: &mut Value, unknown: u64) {
    let threshold = duty.get("threshold").cloned().unwrap_or_default();
    let number = |key: &str| threshold.get(key).and_then(Value::as_u64);
    let (Some(count), Some(have)) = (number("count"), number("have")) else { return };
    let op: Option<law::answer::Operator> =
        threshold.get("op").and_then(|it| serde_json::from_value(it.clone()).ok());
    let Some(op) = op.filter(|_| unknown > 0 && duty.get("state") == Some(&json!("not_owed"))) else {
        return;
    };
    // Nobody counted there: the data that was taken does not count, wherever the others live.
    if have == 0 || op.met(have, count) || !op.met(have.saturating_add(unknown), count) {
        return;
    }
    let Some(map) = duty.as_object_mut() else { return };
    map.insert("state".to_owned(), json!("contingent"));
    if let Some(because) = map.get_mut("because").and_then(Value::as_array_mut) {
        because.push(json!(format!(
            "{have} people are known to live there, and of {unknown} more the state is not known: enough of them would reach the threshold."
        )));
    }
}

/// What would be owed if only the proved, or all of the upper bound, were counted.
fn otherwise(given: &Given, known: &Known<'_>, merged: &Merged, answer: &Answer) -> Result<Value, Problem> {
    let counted = ["groups", "residents", "elements"];
    if !merged.supplied.iter().any(|it| counted.contains(&it.as_str())) {
        return Ok(json!({}));
    }
    let now = json!(answer);
    let mut all = Map::new();
    for sure in [Sure::Proved, Sure::Probable, Sure::UpperBound].into_iter().filter(|it| *it != given.sure) {
        let other = json!(answer_to(&merge(&given.law, known, sure).facts)?);
        all.insert(sure.word().to_owned(), json!(changes(&now, &other)));
    }
    Ok(Value::Object(all))
}

/// The people as the facts have them.
#[derive(Default)]
struct People {
    elements: BTreeSet<String>,
    places: BTreeSet<String>,
    /// `None`: a count is not known.
    persons: Option<u64>,
    /// Californians whose medical information was taken.
    patients: Option<u64>,
}

impl People {
    fn of(facts: &Value, unknown: u64, elsewhere: &BTreeMap<String, u64>) -> Self {
        let whole = vec![facts.clone()];
        let groups = facts.get("groups").and_then(Value::as_array).unwrap_or(&whole);
        let mut it = Self {
            persons: Some(unknown + elsewhere.values().sum::<u64>()),
            patients: Some(0),
            ..Self::default()
        };
        for group in groups {
            let elements: BTreeSet<String> = group
                .get("elements")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|it| it.as_str().map(str::to_owned))
                .collect();
            let medical = elements.contains("medical");
            it.elements.extend(elements);
            let Some(residents) = group.get("residents").and_then(Value::as_object) else {
                (it.persons, it.patients) = (None, None);
                continue;
            };
            for (place, count) in residents {
                let add =
                    |sum: Option<u64>| sum.zip(count.as_u64()).map(|(sum, count)| sum.saturating_add(count));
                it.persons = add(it.persons);
                if medical && place == "US-CA" {
                    it.patients = add(it.patients);
                }
                if count.as_u64() != Some(0) {
                    it.places.insert(place.clone());
                }
            }
        }
        it
    }
}

/// What the facts say of the circumstances, where the officer did not say it outright.
fn circumstances(given: &Given, facts: &Value) -> Circumstances {
    let mut it = given.circumstances.clone();
    let says = |key: &str| facts.get(key) == Some(&json!(true));
    if says("good_faith") || says("inadvertent_by_authorised_person") {
        it.malicious.get_or_insert(false);
    }
    if says("inadvertent_by_authorised_person") {
        it.recipients.get_or_insert(Recipients::Known);
    }
    it
}

fn incident_day(facts: &Value) -> Option<NaiveDate> {
    ["occurred_from", "discovered_at", "told_by_vendor_at"].iter().find_map(|key| {
        let text = facts.get(*key)?.as_str()?;
        instant(text).map(|at| at.date_naive()).or_else(|| text.get(..10)?.parse().ok())
    })
}

fn statutory(answer: &Answer) -> Option<Statutory> {
    let it = answer.amounts.statutory.as_ref()?;
    let by = answer.amounts.more.get("statutory_by").cloned().unwrap_or_default();
    let text = |key: &str| by.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let sentences = |key: &str| -> Vec<String> {
        let list = by.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|it| it.as_str().map(str::to_owned)).filter(|it| !it.is_empty()).collect()
    };
    let mut assumptions = sentences("assumptions");
    assumptions.extend(sentences("cautions"));
    Some(Statutory {
        min: it.min,
        max: it.max,
        persons: it.persons,
        at_most: by.get("persons_at_most").and_then(Value::as_u64),
        rule: text("rule"),
        version: text("version"),
        citation: text("citation"),
        confidence: text("confidence"),
        stale: answer.amounts.stale,
        assumptions,
    })
}

/// For each law with a harm test that the duties touch: the standard, what is known, and what the record must hold.
fn harm_memo(book: &Book, duties: &[Value], facts: &Value, given: &Value) -> Value {
    let rule = |it: &Value| it.get("rule").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut tests: BTreeMap<String, HarmTest> = BTreeMap::new();
    for test in duties.iter().filter_map(|it| book.harm_of(&rule(it))).filter(|it| it.kind != "none") {
        tests.insert(test.rule.clone(), test);
    }
    json!({
        "harm": facts.get("harm").cloned().unwrap_or(json!("unknown")),
        "determined_at": facts.get("harm_determined_at"),
        "found": given,
        "record_must_hold": ["the standard", "who found", "when", "on which evidence", "who was consulted"],
        "laws": tests.into_values().collect::<Vec<_>>(),
        "note": "Where a law has no harm test, no finding of harm switches its duties off.",
    })
}

fn waves(facts: &Value) -> Value {
    let mut told: Vec<&str> = facts
        .get("consumers_told_at")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    told.sort_by_key(|text| instant(text));
    let waves: Vec<Value> = told
        .iter()
        .enumerate()
        .map(|(n, at)| json!({ "wave": n + 1, "told_at": at, "starts_clocks": n == 0 }))
        .collect();
    json!(waves)
}

/// Rules past the day on which they were to be looked at again, and counts that rest on them.
fn overdue_rules(duties: &[Value], scope: Option<&Scope>) -> Vec<String> {
    let mut cautions = BTreeSet::new();
    for duty in duties {
        let rule = duty.get("rule").and_then(Value::as_str).unwrap_or_default();
        let said =
            duty.get("cautions").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        cautions
            .extend(said.filter(|it| it.contains("was to be reviewed by")).map(|it| format!("{rule}: {it}")));
    }
    if scope.is_none() {
        cautions.insert(
            "Nothing was counted yet (`habeas incident scope`): the numbers are those of the facts alone."
                .to_owned(),
        );
    }
    cautions.into_iter().collect()
}

fn by_state(view: &Value) -> BTreeMap<String, u64> {
    let mut states = BTreeMap::new();
    for duty in view.get("duties").and_then(Value::as_array).into_iter().flatten() {
        let state = duty.get("state").and_then(Value::as_str).unwrap_or_default();
        *states.entry(state.to_owned()).or_insert(0) += 1;
    }
    states
}

impl Book {
    pub(super) fn open() -> Result<Self, Problem> {
        let book = law::book().map_err(|error| {
            Problem::new("law_file", format!("{error}. Nothing was assessed."), "Install the program again.")
        })?;
        Ok(Self { rules: book.rules().collect() })
    }

    /// Jurisdictions whose residents the book knows duties for.
    pub(super) fn places(&self) -> BTreeSet<String> {
        let general = |it: &&RuleView| {
            it.subject == "breach"
                && it.table == "trigger"
                && it.body.get("covered").and_then(Value::as_array).is_none_or(Vec::is_empty)
        };
        self.rules.iter().filter(general).map(|it| it.jurisdiction.clone()).collect()
    }

    /// The harm test of the law that a duty belongs to.
    fn harm_of(&self, duty: &str) -> Option<HarmTest> {
        let duty = self.rules.iter().rfind(|it| it.header.id == duty)?;
        let trigger = duty.body.get("trigger")?.as_str()?;
        let law = self.rules.iter().rfind(|it| it.header.id == trigger)?;
        let test = law.body.get("harm");
        let text = |key: &str| test.and_then(|it| it.get(key)).and_then(Value::as_str).map(str::to_owned);
        Some(HarmTest {
            jurisdiction: law.jurisdiction.clone(),
            rule: law.header.id.clone(),
            kind: text("kind").unwrap_or_else(|| "none".to_owned()),
            standard: text("standard"),
            record_years: test.and_then(|it| it.get("record_years")).and_then(Value::as_u64),
            second_trigger: test
                .and_then(|it| it.get("second_trigger"))
                .and_then(Value::as_bool)
                .unwrap_or(false),
        })
    }

    /// The amounts in force on the day of the incident.
    fn amounts(&self, on: NaiveDate, today: NaiveDate) -> Vec<Amount> {
        self.rules
            .iter()
            .filter(|it| it.subject == "amounts" && it.table == "amount" && it.header.in_force_on(on))
            .filter_map(|it| {
                let text = |key: &str| it.body.get(key).and_then(Value::as_str).map(str::to_owned);
                let next: Option<NaiveDate> = text("next_adjustment").and_then(|it| it.parse().ok());
                Some(Amount {
                    rule: it.header.id.clone(),
                    version: it.header.in_force_from.to_string(),
                    what: text("what")?,
                    jurisdiction: it.jurisdiction.clone(),
                    max: it.body.get("max")?.as_u64()?,
                    per: text("per")?,
                    cap: it.body.get("cap").and_then(Value::as_u64),
                    citation: it.header.citation.clone(),
                    confidence: json!(it.header.confidence).as_str().unwrap_or_default().to_owned(),
                    stale: next.is_some_and(|next| next <= on.max(today)),
                })
            })
            .collect()
    }
}
