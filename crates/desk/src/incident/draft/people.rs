//! Who is to be told: the people of a list or of the scope, and the facts by which the law book decides about them.

use casework::incident::assess::OWN;
use casework::incident::notice::{self, Addressee};
use casework::incident::residence::Place;
use casework::incident::scope::UNKNOWN;
use law::answer::Answer;
use serde_json::{Map, Value, json};
use vault::{IncidentFile, IncidentPart};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::review::bad_lines;

impl Desk {
    /// The people of an incident: the officer's list, else those that the scope found.
    pub(super) fn people_to_tell(
        &self,
        file: &IncidentFile,
        list: Option<&[u8]>,
    ) -> Result<Vec<Addressee>, Problem> {
        match list {
            Some(list) => notice::read(list).map_err(|faults| bad_lines(&faults)),
            None => self.scoped_people(file),
        }
    }

    /// The people that the scope found, counted as the last assessment counted them.
    fn scoped_people(&self, file: &IncidentFile) -> Result<Vec<Addressee>, Problem> {
        let incident = file.number.as_str();
        let assessed = self.incident_assessment(incident)?;
        let counted = assessed.as_ref().and_then(|(_, it)| it.get("counted_as")).and_then(Value::as_str);
        let (level, sure): (usize, &[&str]) = match counted {
            Some("proved") => (0, &["proved"]),
            Some("upper_bound") => (2, &["proved", "probable", "upper_bound"]),
            _ => (1, &["proved", "probable"]),
        };
        let mut people = Vec::new();
        self.incident_people(incident, &mut |it| {
            let elements = it.elements.get(level).cloned().unwrap_or_default();
            if !sure.contains(&it.sure.as_str()) || elements.is_empty() {
                return;
            }
            let place = (it.residence != UNKNOWN).then(|| Place::jurisdiction(&it.residence).to_owned());
            people.push(Addressee {
                contact: it.contact,
                place,
                spanish: false,
                elements: elements.into_iter().collect(),
            });
        })?;
        if people.is_empty() {
            return Err(Problem::new(
                "not_scoped",
                "Nobody knows yet whose data it is. Nothing was written.",
                "Run `habeas incident scope` first, or give the list of people with --people.",
            ));
        }
        Ok(people)
    }

    /// The facts of the last assessment; none before the first.
    pub(super) fn assessed_facts(&self, incident: &str) -> Result<Map<String, Value>, Problem> {
        let assessed = self.incident_assessment(incident)?;
        let facts = assessed.and_then(|(_, it)| it.get("facts").and_then(Value::as_object).cloned());
        Ok(facts.unwrap_or_default())
    }

    /// The facts for the law book: what the officer gave, the groups of the list, and what the incident knows itself.
    pub(in crate::incident) fn breach_facts(
        &self,
        file: &IncidentFile,
        mut facts: Map<String, Value>,
        groups: Value,
    ) -> Result<Value, Problem> {
        for key in ["elements", "residents"] {
            facts.remove(key);
        }
        facts.insert("groups".to_owned(), groups);
        facts.insert("family".to_owned(), json!("breach"));
        facts.entry("zone").or_insert(json!(self.zone()?.name()));
        if facts.get("told_by_vendor_at").is_none_or(Value::is_null) {
            facts.entry("discovered_at").or_insert(json!(file.discovered_at));
        }
        if let Some((from, _)) = self.taken_between(file) {
            facts.entry("occurred_from").or_insert(json!(from));
        }
        Ok(Value::Object(facts))
    }

    /// What the law book says today, with everybody who was told.
    pub(in crate::incident) fn breach_answer(
        &self,
        file: &IncidentFile,
        facts: &Value,
    ) -> Result<Answer, Problem> {
        let register: Vec<notice::Told> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Register))?.unwrap_or_default();
        let mut facts = notice::with_register(facts.clone(), &register);
        if let Some(map) = facts.as_object_mut() {
            map.insert("today".to_owned(), json!(self.today()?));
        }
        crate::law_book::duties(facts.to_string().as_bytes())
    }

    /// First and last moment of the confirmed findings.
    pub(in crate::incident) fn taken_between(&self, file: &IncidentFile) -> Option<(String, String)> {
        let confirmed = self.confirmed_findings(file.number.as_str()).ok()?;
        Some((
            confirmed.iter().map(|it| it.from.clone()).min()?,
            confirmed.iter().map(|it| it.to.clone()).max()?,
        ))
    }
}

/// A JSON object of facts.
pub(super) fn object(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    match crate::given::json(bytes) {
        // What `assess` reads beside the law book's facts is no fact of the law book.
        Ok(Value::Object(map)) => {
            Ok(map.into_iter().filter(|(key, _)| !OWN.contains(&key.as_str())).collect())
        }
        _ => Err(Problem::new(
            "facts",
            "The facts are no JSON object. Nothing was written.",
            "Give them as `habeas law duties` takes them.",
        )),
    }
}
