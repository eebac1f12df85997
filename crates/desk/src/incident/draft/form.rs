//! The notices before they are written: who gets one, and what has to be said first.

use std::collections::{BTreeMap, BTreeSet};

use casework::incident::notice::{Drafted, Route};
use papers::letter::{self, Kind, Language, phrase};
use serde::Serialize;
use ts_rs::TS;
use vault::IncidentPart;

use super::blanks::{asks_for_office, office};
use super::{DraftOrder, PlaceLine, Planned, left_out, place_lines};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;

/// Blanks that are set for the business as a whole, with their settings.
const BUSINESS: [(&str, &str); 3] = [
    ("business", "business.name"),
    ("business_address", "business.address"),
    ("contact", "business.contact"),
];

/// Who would get a notice, and the blanks of all notices.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NoticesView {
    pub letters: u64,
    pub places: Vec<PlaceLine>,
    /// Why → how many people get no letter.
    pub left_out: BTreeMap<String, u64>,
    pub blanks: Vec<NoticeBlank>,
    /// When they were drafted last, UTC.
    pub drafted_at: Option<String>,
}

/// One blank.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NoticeBlank {
    pub blank: String,
    pub about: String,
    /// No notice is written without it.
    pub needed: bool,
    /// What stands in it now.
    pub given: String,
    /// It is set for the business as a whole, under this name.
    pub setting: Option<&'static str>,
    /// For whose notices alone it is: `US-MA`; empty for all.
    pub places: Vec<String>,
}

/// What the laws of the people's places ask of the officer.
#[derive(Default)]
struct Needs {
    told: bool,
    plain: BTreeSet<String>,
    service: BTreeSet<String>,
    offices: BTreeSet<String>,
}

impl Needs {
    fn of(plan: &Planned) -> Self {
        let mut it = Self::default();
        for (person, told) in plan.people.iter().zip(&plan.told) {
            let (Ok((asked, route)), Some(place)) = (told, &person.place) else { continue };
            if *route == Route::Unreachable {
                continue;
            }
            if asked.plain {
                it.plain.insert(place.clone());
            } else {
                it.told = true;
            }
            if asked.months.is_some() {
                it.service.insert(place.clone());
            }
            if asks_for_office(asked) && phrase(Language::English, "office", &place.to_lowercase()).is_empty()
            {
                it.offices.insert(place.clone());
            }
        }
        it
    }
}

impl Desk {
    /// Who would get a notice now, and what has to be filled in first.
    ///
    /// # Errors
    /// `not_scoped` while nobody knows whose data it is.
    pub fn notices(&self, incident: &str, spanish: bool) -> Result<NoticesView, Problem> {
        let file = self.incident_file(incident)?;
        let last: Option<Drafted> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Notices))?;
        let order = DraftOrder {
            spanish,
            set: last.as_ref().map(|it| it.set.clone()).unwrap_or_default(),
            ..DraftOrder::default()
        };
        let plan = self.plan_notices(&file, &order)?;
        let given = self.notice_blanks(&file, &plan.drafted, Language::English)?;
        let needs = Needs::of(&plan);
        let blanks = blanks(&needs, spanish, &given, &order.set)?;
        Ok(NoticesView {
            letters: plan.drafted.count(Some(Route::Mail)) + plan.drafted.count(Some(Route::Email)),
            places: place_lines(&plan.drafted),
            left_out: left_out(&plan.drafted),
            blanks,
            drafted_at: last.map(|it| it.drafted_at),
        })
    }
}

fn blanks(
    needs: &Needs,
    spanish: bool,
    given: &BTreeMap<String, String>,
    set: &BTreeMap<String, String>,
) -> Result<Vec<NoticeBlank>, Problem> {
    let about: BTreeMap<String, String> = letter::blanks(Kind::BreachNotice)
        .map_err(|error| troubles::paper(&error))?
        .into_iter()
        .map(|it| (it.name, it.about))
        .collect();
    let stands = |blank: &str| set.get(blank).or_else(|| given.get(blank)).cloned().unwrap_or_default();
    let mut all = Vec::new();
    let mut ask = |blank: &str, about: String, needed: bool, places: &BTreeSet<String>| {
        let setting = BUSINESS.iter().find(|it| it.0 == blank).map(|it| it.1);
        let places = places.iter().cloned().collect();
        all.push(NoticeBlank {
            given: stands(blank),
            blank: blank.to_owned(),
            about,
            needed,
            setting,
            places,
        });
    };
    let (everybody, words) = (BTreeSet::new(), |blank: &str| about.get(blank).cloned().unwrap_or_default());
    for blank in ["what_happened", "occurred", "doing"] {
        ask(blank, words(blank), needs.told, &everybody);
    }
    if !needs.plain.is_empty() {
        let about = "what you do about it, in words that do not describe what happened";
        ask("doing.plain", about.to_owned(), true, &needs.plain);
    }
    for blank in ["service", "enroll"] {
        if !needs.service.is_empty() {
            ask(blank, words(blank), true, &needs.service);
        }
    }
    for place in &needs.offices {
        let about = "how the office of the state is reached that its law names: name, address, telephone";
        ask(&office(place), about.to_owned(), true, &BTreeSet::from([place.clone()]));
    }
    if spanish {
        for (blank, needed) in
            [("what_happened", needs.told), ("doing", needs.told), ("doing.plain", !needs.plain.is_empty())]
        {
            if needed {
                ask(
                    &format!("{blank}.es"),
                    format!("the same in Spanish: {}", words(blank)),
                    true,
                    &everybody,
                );
            }
        }
    }
    for blank in ["parent_company", "other"] {
        ask(blank, words(blank), false, &everybody);
    }
    for (blank, _) in BUSINESS {
        ask(blank, words(blank), true, &everybody);
    }
    Ok(all)
}
