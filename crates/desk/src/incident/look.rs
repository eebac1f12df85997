//! What a screen reads of an incident: the rows behind a finding, the people of a count, and the words for codes.

use std::collections::BTreeMap;

use casework::incident::elements::KEYS;
use casework::incident::residence::Place;
use casework::incident::{LogEvent, Strength};
use papers::letter::{Language, phrase};
use serde::Serialize;
use ts_rs::TS;

use crate::answering::seconds;
use crate::case_view::TimelineLine;
use crate::desk::Desk;
use crate::problem::Problem;

/// Events that are shown of one finding, and people of one count; the others are counted.
const EVENTS: usize = 200;
const PERSONS: usize = 1000;
/// Characters of a query that are shown.
const QUERY: usize = 600;

/// The rows of the logs on which a finding rests, in the order of the logs.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct EvidenceView {
    pub events: Vec<EventLine>,
    /// How many more there are.
    pub beyond: u64,
}

/// One row of a log.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EventLine {
    /// UTC, RFC 3339.
    pub at: String,
    /// The time as it stands in the log.
    pub written: Option<String>,
    /// EVENT_TYPE, or the API name of the object.
    pub kind: String,
    /// Username, else the user's id.
    pub who: Option<String>,
    pub app: Option<String>,
    pub address: Option<String>,
    pub objects: Vec<String>,
    /// Records that the log counts.
    pub rows: Option<u64>,
    pub query: Option<String>,
    pub source: String,
    pub row: u64,
}

/// People of the last count.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct PersonsView {
    pub persons: Vec<PersonLine>,
    /// How many there are, shown or not.
    pub total: u64,
}

/// One person. Personal data: shown on the screen only.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonLine {
    pub person: String,
    pub name: String,
    /// `proved`, `probable`, `upper_bound`
    pub sure: String,
    /// `US-CA`, or `unknown`.
    pub residence: String,
    /// `address`, `zip`, `phone`
    pub basis: Option<String>,
    /// Elements that are proved, probable, possible; each list contains the one before.
    pub elements: [Vec<String>; 3],
    pub records: u64,
}

/// Codes in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TermsView {
    /// `US-CA` → `California`
    pub places: BTreeMap<String, String>,
    /// `ssn` → `Social Security number`
    pub elements: BTreeMap<String, String>,
}

impl EventLine {
    pub(super) fn of(event: &LogEvent<'_>) -> Self {
        let text = |it: Option<std::borrow::Cow<'_, str>>| it.map(std::borrow::Cow::into_owned);
        Self {
            at: seconds(event.at),
            written: text(event.written()),
            kind: event.kind.to_owned(),
            who: text(event.username()).or_else(|| event.user_id().map(|it| it.to_string())),
            app: text(event.app_name()),
            address: text(event.address()),
            objects: event.objects(),
            rows: event.rows(),
            query: event.query().map(|it| it.chars().take(QUERY).collect()),
            source: event.source.to_owned(),
            row: event.row,
        }
    }
}

impl Desk {
    /// The rows of the logs on which one finding rests.
    ///
    /// # Errors
    /// `unknown_finding`; a [`Problem`] when the vault cannot be read.
    pub fn finding_evidence(&self, incident: &str, finding: &str) -> Result<EvidenceView, Problem> {
        let held = self.incident_findings(incident, Strength::Everything)?;
        let held = held.into_iter().find(|it| it.finding.finding == finding);
        let finding = held.ok_or_else(super::decide::unknown_finding)?.finding;
        let mut view = EvidenceView::default();
        self.incident_evidence(incident, &finding, &mut |event| {
            if view.events.len() < EVENTS {
                view.events.push(EventLine::of(event));
            } else {
                view.beyond += 1;
            }
        })?;
        Ok(view)
    }

    /// Every deed of an incident, from the ledger.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn incident_ledger(&self, incident: &str) -> Result<Vec<TimelineLine>, Problem> {
        let file = self.incident_file(incident)?;
        let entries = self.read(|vault| vault.ledger(Some(&file.number)))?;
        Ok(entries.into_iter().map(TimelineLine::from).collect())
    }

    /// The first people of the last count, of one place or of all.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn incident_persons(&self, incident: &str, place: Option<&str>) -> Result<PersonsView, Problem> {
        let mut view = PersonsView::default();
        self.incident_people(incident, &mut |it| {
            if place.is_some_and(|place| place != it.residence) {
                return;
            }
            view.total += 1;
            if view.persons.len() < PERSONS {
                view.persons.push(PersonLine {
                    person: it.person,
                    name: it.contact.name,
                    sure: it.sure,
                    residence: it.residence,
                    basis: it.basis.map(|basis| crate::evidence::word(&basis)),
                    elements: it.elements,
                    records: u64::try_from(it.records.len()).unwrap_or(u64::MAX),
                });
            }
        })?;
        Ok(view)
    }
}

/// The words for places and elements.
#[must_use]
pub fn terms() -> TermsView {
    let places = Place::names().map(|(code, name)| (code.to_owned(), name.to_owned()));
    // What stays in a letter as "Your name" is a heading here: "name".
    let element = |key: &str| {
        let words = phrase(Language::English, "element", key);
        words
            .strip_prefix("Your ")
            .unwrap_or(&words)
            .replace("your ", "the ")
            .replace(" about you", "")
            .replace(" of yours", "")
    };
    TermsView {
        places: places.chain([("EU".to_owned(), "European Union".to_owned())]).collect(),
        elements: KEYS.iter().map(|key| ((*key).to_owned(), element(key))).collect(),
    }
}
