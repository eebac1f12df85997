//! A notice as it would be written: for a place without anybody's data, or for one person. Nothing is written.

use std::sync::{Mutex, PoisonError};

use casework::incident::notice::Route;
use papers::letter::{self, Language};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

use super::{DraftOrder, Job, Planned, known_names, refuse_faulty, route_word};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;

/// People that are shown of one place; the others are counted.
const SHOWN: usize = 200;

/// The people of one place who get a letter.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct NoticePeople {
    pub people: Vec<NoticePerson>,
    /// How many there are, shown or not.
    pub total: u64,
}

/// One of them. Personal data: shown on the screen only.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NoticePerson {
    /// The letter's number, `N-00017`.
    pub number: String,
    pub name: String,
    /// How the letter goes.
    pub route: String,
    pub elements: Vec<String>,
}

/// Which notice is to be looked at.
#[derive(Debug, Clone, Deserialize)]
pub struct NoticeWanted {
    /// `US-CA`
    pub place: String,
    /// The letter's number; without it a sample that names nobody.
    pub number: Option<String>,
    pub spanish: bool,
    /// Blanks of all letters, as for a draft.
    pub set: BTreeMap<String, String>,
}

impl Desk {
    /// The first people of a place who get a letter.
    ///
    /// # Errors
    /// `not_scoped` while nobody knows whose data it is.
    pub fn notice_people(&self, incident: &str, place: &str) -> Result<NoticePeople, Problem> {
        let file = self.incident_file(incident)?;
        let plan = self.plan_notices(&file, &DraftOrder::default())?;
        let mut view = NoticePeople::default();
        for job in jobs(&plan, place) {
            view.total += 1;
            if view.people.len() < SHOWN {
                view.people.push(NoticePerson {
                    name: job.person.contact.name.clone(),
                    route: route_word(job.route).to_owned(),
                    elements: job.person.elements.iter().cloned().collect(),
                    number: job.number,
                });
            }
        }
        Ok(view)
    }

    /// The PDF of one notice as [`Desk::draft_notices`] would write it, to be looked at first: nothing is written, nothing recorded.
    ///
    /// # Errors
    /// What would refuse the draft refuses its preview; `unknown_notice` when there is no such letter.
    pub fn notice_preview(&self, incident: &str, wanted: &NoticeWanted) -> Result<Vec<u8>, Problem> {
        let file = self.incident_file(incident)?;
        known_names(&wanted.set)?;
        let order = DraftOrder { spanish: wanted.spanish, set: wanted.set.clone(), ..DraftOrder::default() };
        let plan = self.plan_notices(&file, &order)?;
        let shared = [
            self.shared(&file, &plan.drafted, Language::English)?,
            self.shared(&file, &plan.drafted, Language::Spanish)?,
        ];
        let Some(number) = &wanted.number else {
            let ending = if wanted.spanish { "-es.pdf" } else { "-en.pdf" };
            let jobs: Vec<Job<'_>> = jobs(&plan, &wanted.place).collect();
            let samples = self.samples(&jobs, &plan.drafted, &shared)?;
            let sample = samples.into_iter().find(|(name, _)| name.ends_with(ending));
            return sample.map(|(_, bytes)| bytes).ok_or_else(unknown_notice);
        };
        let job = jobs(&plan, &wanted.place).find(|job| job.number == *number).ok_or_else(unknown_notice)?;
        let faults = Mutex::new(Vec::<String>::new());
        let piece = self.piece(&job, &plan.drafted, &shared, &faults)?;
        refuse_faulty(faults.into_inner().unwrap_or_else(PoisonError::into_inner))?;
        let letter = piece.letters.get(usize::from(wanted.spanish)).ok_or_else(unknown_notice)?;
        letter::render(letter).map(|it| it.bytes).map_err(|error| troubles::paper(&error))
    }
}

/// The letters of one place, numbered as in the draft.
fn jobs<'a>(plan: &'a Planned, place: &'a str) -> impl Iterator<Item = Job<'a>> {
    plan.people.iter().zip(&plan.told).enumerate().filter_map(move |(n, (person, told))| {
        let (asked, route) = told.as_ref().ok()?;
        let theirs = person.place.as_deref() == Some(place) && *route != Route::Unreachable;
        theirs.then(|| Job { number: super::number(n), person, asked: asked.clone(), route: *route })
    })
}

fn unknown_notice() -> Problem {
    Problem::new(
        "unknown_notice",
        "There is no such letter in this incident. Nothing was written.",
        "Choose a place with letters; people may have been counted anew since.",
    )
}
