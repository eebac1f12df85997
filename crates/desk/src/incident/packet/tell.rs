//! Who was told, when and under which reference, and which clocks that moves.

use std::collections::{BTreeMap, BTreeSet};

use casework::incident::notice::Told;
use chrono::{DateTime, Utc};
use law::answer::{Answer, State};
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;
use vault::IncidentPart;

use super::{Begun, dated, may_be_owed};
use crate::answering::seconds;
use crate::desk::Desk;
use crate::problem::Problem;

/// Somebody was told.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ToldView {
    pub incident: String,
    pub told: Vec<Told>,
    /// Duties whose date or state moved.
    pub moved: Vec<Moved>,
    /// Recipients that are still to be told, with their dates.
    pub open: Vec<Open>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MovedDuty")]
pub struct Moved {
    pub rule: String,
    pub recipient: String,
    pub before: String,
    pub now: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "OpenDuty")]
pub struct Open {
    pub recipient: String,
    pub jurisdiction: String,
    pub state: String,
    pub due: Option<String>,
    pub projected: bool,
}

impl Desk {
    /// Notes that somebody was told, and says which clocks moved.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn tell(
        &self,
        incident: &str,
        recipient: &str,
        at: DateTime<Utc>,
        reference: &str,
    ) -> Result<ToldView, Problem> {
        let refuse = |code, what: String, next: &str| {
            Problem::new(code, format!("{what} Nothing was recorded."), next)
        };
        let Begun { file, drafted, mut register } = self.begun(incident)?;
        let before = self.breach_answer(&file, &drafted.facts)?;
        let recipients = recipients(&before);
        if !recipients.contains(recipient) {
            return Err(refuse(
                "unknown_recipient",
                "The law book names no such recipient for this incident.".to_owned(),
                &format!("Recipients are {}.", recipients.into_iter().collect::<Vec<_>>().join(", ")),
            ));
        }
        let reference = reference.trim();
        if reference.is_empty() || reference.chars().count() > 200 || reference.chars().any(char::is_control)
        {
            return Err(refuse(
                "usage",
                "The reference is empty, too long or holds control characters.".to_owned(),
                "Give the confirmation number, or how the mailing is known.",
            ));
        }
        if at > self.now() || seconds(at) < file.discovered_at {
            return Err(refuse(
                "too_early",
                "Nobody can be told before the discovery or in the future.".to_owned(),
                "Check the instant and its zone.",
            ));
        }
        let told = Told {
            recipient: recipient.to_owned(),
            at: seconds(at),
            reference: reference.to_owned(),
            recorded_at: seconds(self.now()),
        };
        register.push(told.clone());
        register.sort_by(|a, b| (&a.at, &a.recipient).cmp(&(&b.at, &b.recipient)));
        let detail = json!({ "recipient": told.recipient, "at": told.at, "reference": told.reference });
        self.record(&file.number, "incident.told", detail, |tx| {
            tx.put_incident_part(&file.number, IncidentPart::Register, &register)
        })?;
        let now = self.breach_answer(&file, &drafted.facts)?;
        Ok(ToldView {
            incident: incident.to_owned(),
            told: register,
            moved: moved(&before, &now),
            open: open(&now),
        })
    }
}

fn moved(before: &Answer, now: &Answer) -> Vec<Moved> {
    let of = |answer: &Answer| -> BTreeMap<(String, String), String> {
        answer.duties.iter().map(|it| ((it.rule.clone(), it.recipient.clone()), dated(it))).collect()
    };
    let (before, now) = (of(before), of(now));
    now.into_iter()
        .filter_map(|((rule, recipient), now)| {
            let was = before.get(&(rule.clone(), recipient.clone())).cloned().unwrap_or_default();
            (was != now).then_some(Moved { rule, recipient, before: was, now })
        })
        .collect()
}

/// Everybody whom the law book names.
pub(super) fn recipients(answer: &Answer) -> BTreeSet<&str> {
    answer.duties.iter().map(|it| it.recipient.as_str()).collect()
}

/// Recipients that are still to be told.
pub(super) fn open(answer: &Answer) -> Vec<Open> {
    answer
        .duties
        .iter()
        .filter(|it| may_be_owed(it.state) && it.state != State::Done)
        .map(|it| Open {
            recipient: it.recipient.clone(),
            jurisdiction: it.jurisdiction.clone(),
            state: it.state.words().to_owned(),
            due: it.due.map(|due| due.to_string()),
            projected: it.projected,
        })
        .collect()
}
