//! An event as rules see it: its columns, and what the baselines say of it under names that begin with `Habeas`.

use std::borrow::Cow;

use rsigma_eval::{Event, EventValue};

use super::super::event::LogEvent;
use super::super::kind::BULK_JOBS;
use super::facts::{Facts, Family, Verb};
use super::gate::Told;
use super::habits::{Habits, Who, above_usual};
use super::indicators::Indicators;
use super::standing::Standing;

pub(super) struct Seen<'s, 'e> {
    pub event: &'s LogEvent<'e>,
    pub facts: &'s Facts<'e>,
    pub who: Who,
    pub habits: &'s Habits,
    pub standing: Standing,
    /// The user is known to be inactive.
    pub inactive: bool,
    pub indicators: &'s Indicators,
}

impl Seen<'_, '_> {
    fn at(&self) -> i64 {
        self.event.at.timestamp_millis()
    }

    fn rows_above_usual(&self) -> bool {
        let (Some(_), Some(rows)) = (self.facts.family, self.facts.rows) else { return false };
        if matches!(&self.facts.verb, Verb::Notable(verb) if verb == "count") {
            return false;
        }
        above_usual(rows, self.standing.usual_rows, self.standing.too_early)
    }

    /// More than half of the largest number that anything told of the object.
    fn whole_object(&self) -> bool {
        let objects = self.event.objects();
        let (Some(rows), [object]) = (self.facts.rows, objects.as_slice()) else { return false };
        let size = self.habits.words.known(object).and_then(|it| self.habits.sizes.get(&it));
        rows > 0 && size.is_some_and(|size| rows.saturating_mul(2) > *size)
    }

    fn day(&self) -> Option<(u64, Option<u64>)> {
        let family = self.facts.family.filter(|it| matches!(it, Family::File | Family::Page))?;
        Some(self.habits.day_count(self.who.user?, family, self.at()))
    }

    pub fn indicator(&self) -> Option<&str> {
        let address = self.facts.address.as_deref().and_then(|it| self.indicators.address(it));
        address.or_else(|| self.indicators.agent(self.facts.client.as_deref()?))
    }

    fn unusual(&self) -> bool {
        !self.standing.too_early && self.habits.is_unusual(self.who, &self.facts.verb, self.at())
    }

    fn asleep(&self) -> u64 {
        self.standing.asleep.unwrap_or(0)
    }

    fn job_gone(&self) -> bool {
        self.event.get("id").is_some_and(|it| self.habits.job_is_gone(&it, self.at()))
    }

    /// What rules need that is rarely there.
    pub fn rare(&self) -> Told {
        let Standing { address_new, client_new, app_new, .. } = self.standing;
        Told {
            address_new,
            client_new,
            app_new,
            unusual: self.unusual(),
            rows_above_usual: self.rows_above_usual(),
            day_count: self.day().is_some_and(|it| it.0 > 0),
            user_inactive: self.inactive,
            job_gone: self.event.kind == BULK_JOBS && self.job_gone(),
            asleep: self.asleep(),
        }
    }

    /// `None` for a name that is none of ours.
    fn told(&self, name: &str) -> Option<EventValue<'_>> {
        // What is not so is not there: rules that need it are then not even looked at.
        let flag = |it: bool| it.then_some(EventValue::Bool(true));
        let count = |it: u64| (it > 0).then(|| EventValue::Int(i64::try_from(it).unwrap_or(i64::MAX)));
        match name {
            "AddressNew" => flag(self.standing.address_new),
            "ClientNew" => flag(self.standing.client_new),
            "AppNew" => flag(self.standing.app_new),
            "Machine" => Some(EventValue::Bool(self.standing.machine)),
            "Unusual" => flag(self.unusual()),
            "Verb" => match &self.facts.verb {
                Verb::Everyday => Some(EventValue::Str(Cow::Borrowed("everyday"))),
                Verb::Notable(verb) => Some(EventValue::Str(Cow::Borrowed(verb))),
            },
            "Rows" => count(self.facts.rows.unwrap_or(0)),
            "RowsAboveUsual" => flag(self.rows_above_usual()),
            "WholeObject" => flag(self.whole_object()),
            "DayCount" => count(self.day().map_or(0, |it| it.0)),
            "DayAboveUsual" => flag(self.day().is_some_and(|(now, usual)| {
                usual.map_or(!self.standing.too_early, |usual| now > usual.saturating_mul(3))
            })),
            "AsleepDays" => count(self.asleep()),
            "UserInactive" => flag(self.inactive),
            "JobGone" => flag(self.job_gone()),
            "People" => flag(self.event.objects().iter().any(|it| about_people(it))),
            _ => None,
        }
    }
}

/// Objects that hold people, and the org's own, of which nobody knows it.
fn about_people(object: &str) -> bool {
    const KNOWN: &[&str] = &[
        "Account",
        "AccountContactRelation",
        "Contact",
        "Lead",
        "Case",
        "CaseComment",
        "User",
        "Individual",
        "EmailMessage",
        "Task",
        "Event",
        "Opportunity",
        "Order",
        "Contract",
        "CampaignMember",
        "LiveChatTranscript",
        "MessagingEndUser",
        "Attachment",
        "ContentVersion",
        "ContentDocument",
        "Note",
        "FeedItem",
        "VoiceCall",
    ];
    KNOWN.contains(&object) || object.ends_with("__c") || object.ends_with("__x") || object.ends_with("__b")
}

impl Event for Seen<'_, '_> {
    fn get_field(&self, path: &str) -> Option<EventValue<'_>> {
        if let Some(told) = path.strip_prefix("Habeas").and_then(|name| self.told(name)) {
            return Some(told);
        }
        if path == "EVENT_TYPE" {
            return Some(EventValue::Str(Cow::Borrowed(self.event.kind)));
        }
        self.event.get(path).map(EventValue::Str)
    }

    fn any_string_value(&self, pred: &dyn Fn(&str) -> bool) -> bool {
        self.event.filled().any(|(_, text)| pred(&text))
    }

    fn all_string_values(&self) -> Vec<Cow<'_, str>> {
        self.event.filled().map(|(_, text)| text).collect()
    }

    fn to_json(&self) -> serde_json::Value {
        self.event
            .filled()
            .map(|(name, text)| (name.to_owned(), serde_json::Value::from(text)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}
