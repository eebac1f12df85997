//! The letters of a breach: for each person one, with what was found of that person, as the law of their place asks.

mod blanks;
mod form;
mod people;
mod preview;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use casework::incident::elements;
use casework::incident::notice::{self, Addressee, Asked, Drafted, NoLetter, Route};
use casework::incident::persons::Contact;
use law::answer::{Answer, Deed, Duty, State};
use papers::letter::{self, Kind, Language, Letter, Logo, Wording, phrase};
use papers::mailing::{self, Mailing, Piece};
use papers::new_file::PartialFolder;
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use vault::{IncidentFile, IncidentPart};

pub(super) use blanks::elements_in;
use blanks::{known_names, law_blanks, said};
pub use form::NoticesView;
pub use preview::{NoticePeople, NoticeWanted};

use super::assess::Book;
use crate::answering::seconds;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;

/// Faulty letters that a problem names.
const NAMED: usize = 5;

/// What the officer gives for a draft.
#[derive(Debug, Default)]
pub struct DraftOrder {
    /// The people as a CSV; without it, those of the scope.
    pub people: Option<Vec<u8>>,
    /// Every letter in Spanish too.
    pub spanish: bool,
    /// Facts for the law book beside those the program knows.
    pub facts: Option<Vec<u8>>,
    /// Blanks of all letters.
    pub set: BTreeMap<String, String>,
}

/// Letters of one place, by how they go.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "NoticePlace")]
pub struct PlaceLine {
    pub place: String,
    pub mail: u64,
    pub email: u64,
    pub unreachable: u64,
}

/// What a draft came to.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "DraftedNotices")]
pub struct DraftView {
    pub incident: String,
    pub folder: String,
    /// Letters that were written; people who cannot be reached get none.
    pub letters: u64,
    pub places: Vec<PlaceLine>,
    /// Why → how many people get no letter.
    pub left_out: BTreeMap<String, u64>,
    pub files: Vec<String>,
    pub notes: Vec<String>,
}

/// The people in their order, what each of them is told, and what that comes to.
struct Planned {
    people: Vec<Addressee>,
    told: Vec<Result<(Asked, Route), NoLetter>>,
    drafted: Drafted,
    answer: Answer,
}

/// One letter to be made.
struct Job<'a> {
    number: String,
    person: &'a Addressee,
    asked: Asked,
    route: Route,
}

/// What letters of one language share.
struct Shared {
    wording: Wording,
    language: Language,
    base: BTreeMap<String, String>,
    /// Phrase → element.
    phrases: BTreeMap<String, String>,
    logo: Option<Logo>,
}

/// A problem on the way through the papers' workers.
struct Stop(Problem);

impl From<papers::Error> for Stop {
    fn from(error: papers::Error) -> Self {
        Self(troubles::paper(&error))
    }
}

impl Desk {
    /// Drafts the letters into a new folder: one PDF for each person, files for the printer, `mailing.csv`, and a sample for each place.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then. A letter that says more or less than was found of its person refuses all.
    pub fn draft_notices(&self, incident: &str, order: &DraftOrder, to: &Path) -> Result<DraftView, Problem> {
        let file = self.incident_file(incident)?;
        known_names(&order.set)?;
        let Planned { people, told, drafted, answer } = self.plan_notices(&file, order)?;
        let (mut jobs, mut rows) = (Vec::new(), Vec::new());
        for (n, (person, told)) in people.iter().zip(told).enumerate() {
            let number = number(n);
            match told {
                Err(why) => rows.push(row(&number, person, why.words(), "")),
                Ok((asked, route)) => {
                    let letter = if route == Route::Unreachable { "" } else { number.as_str() };
                    rows.push(row(&number, person, route_word(route), letter));
                    if route != Route::Unreachable {
                        jobs.push(Job { number, person, asked, route });
                    }
                }
            }
        }
        let shared = [
            self.shared(&file, &drafted, Language::English)?,
            self.shared(&file, &drafted, Language::Spanish)?,
        ];
        let samples = self.samples(&jobs, &drafted, &shared)?;
        let folder = PartialFolder::begin(to).map_err(|error| troubles::paper(&error))?;
        let faults = Mutex::new(Vec::<String>::new());
        let about = Mailing {
            id: file.number.to_string(),
            title: "Notice of Data Breach".to_owned(),
            made_at: self.now(),
            practice: self.practice(),
        };
        let written = mailing::write(&folder, &about, jobs.len(), |place| {
            let job = jobs.get(place).ok_or_else(|| Stop(lost()))?;
            self.piece(job, &drafted, &shared, &faults).map_err(Stop)
        })
        .map_err(|stop| stop.0)?;
        refuse_faulty(faults.into_inner().unwrap_or_else(PoisonError::into_inner))?;
        let mut files = written.merged;
        let mut write = |name: &str, bytes: &[u8]| {
            files.push(name.to_owned());
            folder.write(name, bytes).map_err(|error| troubles::paper(&error))
        };
        let header = ["letter", "name", "address", "email", "place", "language", "elements", "route", "file"];
        let mailing = papers::csv_safe::file(&header, rows);
        write("mailing.csv", &mailing)?;
        for (name, bytes) in &samples {
            write(&format!("samples/{name}"), bytes)?;
        }
        let detail = json!({ "letters": written.letters, "left_out": drafted.left_out,
            "mailing_sha256": crate::ledger::sha256(&mailing), "set": order.set.keys().collect::<Vec<_>>() });
        self.record(&file.number, "incident.drafted", detail, |tx| {
            tx.put_incident_part(&file.number, IncidentPart::Notices, &drafted)?;
            samples.iter().try_for_each(|(name, bytes)| {
                tx.add_incident_paper(&file.number, name, "sample", bytes).map(drop)
            })
        })?;
        folder.finish().map_err(|error| troubles::paper(&error))?;
        Ok(view(incident, to, &drafted, written.letters, files, notes(&drafted, &answer, written.warnings)))
    }

    /// Who is told what and how, before a word is written.
    fn plan_notices(&self, file: &IncidentFile, order: &DraftOrder) -> Result<Planned, Problem> {
        let mut people = self.people_to_tell(file, order.people.as_deref())?;
        people.iter_mut().for_each(|it| it.spanish |= order.spanish);
        let given = match order.facts.as_deref() {
            Some(facts) => people::object(facts)?,
            None => self.assessed_facts(file.number.as_str())?,
        };
        let places = Book::open()?.places();
        let (groups, numbers) = notice::groups(&people, &places);
        let facts = self.breach_facts(file, given, groups)?;
        let answer = self.breach_answer(file, &facts)?;
        let asked = json!(answer.requirements.notice);
        let mut drafted =
            Drafted { drafted_at: seconds(self.now()), set: order.set.clone(), facts, ..Drafted::default() };
        let mut told = Vec::with_capacity(people.len());
        for person in &people {
            let group = numbers.get(&person.elements).copied().unwrap_or_default();
            let one = notice::asked(Some(&asked), &places, person.place.as_deref(), group).map(|asked| {
                let route = person.route(&asked);
                (asked, route)
            });
            match &one {
                Err(why) => *drafted.left_out.entry(*why).or_default() += 1,
                Ok((_, route)) => {
                    let place = person.place.clone().unwrap_or_default();
                    let of = drafted.elements.entry(place.clone()).or_default();
                    for element in &person.elements {
                        *of.entry(element.clone()).or_default() += 1;
                    }
                    *drafted.letters.entry(place).or_default().entry(*route).or_default() += 1;
                }
            }
            told.push(one);
        }
        Ok(Planned { people, told, drafted, answer })
    }

    fn shared(&self, file: &IncidentFile, drafted: &Drafted, language: Language) -> Result<Shared, Problem> {
        Ok(Shared {
            wording: Wording::ours(Kind::BreachNotice, language).map_err(|error| troubles::paper(&error))?,
            language,
            base: self.notice_blanks(file, drafted, language)?,
            phrases: elements::KEYS
                .iter()
                .map(|it| (phrase(language, "element", it), (*it).to_owned()))
                .collect(),
            logo: self.logo_on_letters()?,
        })
    }

    /// One person's letter, checked against what was found.
    fn piece(
        &self,
        job: &Job<'_>,
        drafted: &Drafted,
        shared: &[Shared; 2],
        faults: &Mutex<Vec<String>>,
    ) -> Result<Piece, Problem> {
        let [english, spanish] = shared;
        let mut letters = vec![self.letter_to(job, drafted, english)?];
        if job.person.spanish {
            letters.push(self.letter_to(job, drafted, spanish)?);
        }
        for (letter, shared) in letters.iter().zip(shared) {
            let said =
                said(&letter::parts(letter).map_err(|error| troubles::paper(&error))?, &shared.phrases);
            if let Some(fault) = notice::faults(job.person, &said, &shared.phrases).first() {
                let line = format!("{}: {fault}", job.number);
                faults.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        }
        Ok(Piece { number: job.number.clone(), address: delivery(job), letters })
    }

    fn letter_to(&self, job: &Job<'_>, drafted: &Drafted, shared: &Shared) -> Result<Letter, Problem> {
        let place = job.person.place.as_deref().unwrap_or_default();
        let mut blanks = law_blanks(&job.asked, place, drafted, shared)?;
        let address = delivery(job);
        let (recipient, delivery) = address
            .split_first()
            .map_or((String::new(), String::new()), |(first, rest)| (first.clone(), rest.join("\n")));
        blanks.insert("recipient".to_owned(), recipient);
        blanks.insert("delivery".to_owned(), delivery);
        blanks.insert("elements".to_owned(), elements_in(shared.language, &job.person.elements));
        let Shared { wording, logo, .. } = shared;
        Ok(Letter {
            wording: wording.clone(),
            blanks,
            logo: logo.clone(),
            made_at: self.now(),
            practice: self.practice(),
        })
    }

    /// A sample without personal data for each place and language: what regulators receive.
    fn samples(
        &self,
        jobs: &[Job<'_>],
        drafted: &Drafted,
        shared: &[Shared; 2],
    ) -> Result<Vec<(String, Vec<u8>)>, Problem> {
        let mut of = BTreeMap::<(&str, bool), (Addressee, &Asked)>::new();
        for job in jobs {
            let key = (job.person.place.as_deref().unwrap_or_default(), job.asked.credentials);
            let (sample, _) = of.entry(key).or_insert_with(|| {
                let nobody = Addressee {
                    contact: Contact {
                        name: "[Name]".to_owned(),
                        street: "[Street]".to_owned(),
                        city: "[City]".to_owned(),
                        ..Contact::default()
                    },
                    place: job.person.place.clone(),
                    ..Addressee::default()
                };
                (nobody, &job.asked)
            });
            sample.elements.extend(job.person.elements.iter().cloned());
        }
        let mut samples = Vec::new();
        for ((place, credentials), (sample, asked)) in &of {
            for shared in shared {
                let asked_for = jobs.iter().any(|it| it.person.spanish && it.person.place == sample.place);
                if shared.language == Language::Spanish && !asked_for {
                    continue;
                }
                let job = Job {
                    number: String::new(),
                    person: sample,
                    asked: (*asked).clone(),
                    route: Route::Mail,
                };
                let letter = self.letter_to(&job, drafted, shared)?;
                let rendered = letter::render(&letter).map_err(|error| troubles::paper(&error))?;
                let variant = if *credentials { "-credentials" } else { "" };
                let name = format!("notice-{}{variant}-{}.pdf", place.to_lowercase(), shared.language.code());
                samples.push((name, rendered.bytes));
            }
        }
        Ok(samples)
    }
}

/// The number of the letter at this place of the plan.
fn number(place: usize) -> String {
    format!("N-{:05}", place + 1)
}

fn delivery(job: &Job<'_>) -> Vec<String> {
    let mut lines = vec![job.person.contact.name.clone()];
    match job.route {
        Route::Mail => lines.extend(job.person.lines()),
        Route::Email | Route::Unreachable => lines.push(job.person.contact.email.clone()),
    }
    lines
}

fn route_word(route: Route) -> &'static str {
    match route {
        Route::Mail => "mail",
        Route::Email => "email",
        Route::Unreachable => "cannot be reached: substitute notice",
    }
}

fn row(number: &str, person: &Addressee, route: &str, letter: &str) -> Vec<String> {
    vec![
        number.to_owned(),
        person.contact.name.clone(),
        person.lines().join(", "),
        person.contact.email.clone(),
        person.place.clone().unwrap_or_else(|| "unknown".to_owned()),
        if person.spanish { "en, es" } else { "en" }.to_owned(),
        person.elements.iter().cloned().collect::<Vec<_>>().join("; "),
        route.to_owned(),
        if letter.is_empty() { String::new() } else { format!("letters/{letter}.pdf") },
    ]
}

fn view(
    incident: &str,
    to: &Path,
    drafted: &Drafted,
    letters: u64,
    files: Vec<String>,
    notes: Vec<String>,
) -> DraftView {
    DraftView {
        incident: incident.to_owned(),
        folder: to.display().to_string(),
        letters,
        places: place_lines(drafted),
        left_out: left_out(drafted),
        files,
        notes,
    }
}

fn place_lines(drafted: &Drafted) -> Vec<PlaceLine> {
    let count = |of: &BTreeMap<Route, u64>, route| of.get(&route).copied().unwrap_or_default();
    let line = |(place, of): (&String, &BTreeMap<Route, u64>)| PlaceLine {
        place: place.clone(),
        mail: count(of, Route::Mail),
        email: count(of, Route::Email),
        unreachable: count(of, Route::Unreachable),
    };
    drafted.letters.iter().map(line).collect()
}

fn left_out(drafted: &Drafted) -> BTreeMap<String, u64> {
    drafted.left_out.iter().map(|(why, n)| (why.words().to_owned(), *n)).collect()
}

fn notes(drafted: &Drafted, answer: &Answer, warnings: Vec<String>) -> Vec<String> {
    let mut notes = warnings;
    let unsure = |it: &&Duty| it.duty == Deed::TellIndividuals && it.state == State::Contingent;
    for duty in
        answer.duties.iter().filter(unsure).filter(|it| drafted.letters.contains_key(&it.jurisdiction))
    {
        let because = duty.because.first().map(String::as_str).unwrap_or_default();
        notes.push(format!(
            "Some letters for {} may not be owed ({}): {because}",
            duty.jurisdiction, duty.rule
        ));
    }
    let unreachable = drafted.count(Some(Route::Unreachable));
    if unreachable > 0 {
        notes.push(format!("{unreachable} people cannot be reached by a letter: `habeas incident assemble` writes the substitute notice."));
    }
    if let Some(n) = drafted.left_out.get(&NoLetter::UnknownResidence) {
        notes.push(format!("Of {n} people nobody knows where they live: find out, or decide to treat them as residents of the strictest law."));
    }
    notes.push("The addresses of bureaus and public offices in the letters were not checked: check each before the letters go out.".to_owned());
    notes
}

fn refuse_faulty(mut faults: Vec<String>) -> Result<(), Problem> {
    if faults.is_empty() {
        return Ok(());
    }
    faults.sort();
    let shown = faults.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    Err(Problem::new(
        "letter_disagrees",
        format!(
            "{} letters do not say what was found of their person ({shown}). Nothing was written.",
            faults.len()
        ),
        "Scope again; if it happens again, report it with this sentence.",
    ))
}

fn lost() -> Problem {
    Problem::new("system", "A letter was lost on its way. Nothing was written.", "Run this again.")
}
