//! What an officer says to the person on the way: receipt confirmed, more time taken, a denial; and what holds a deletion.

use casework::case::{Extension, Hold, Reason, RequestDeed};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::json;
use vault::{CaseFile, Event};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::asking::{AcknowledgedView, ConfirmedView, DeniedView, ExtendedView, HoldView};

const LONGEST_TEXT: usize = 2_000;
const LONGEST_CODE: usize = 100;

/// A law-enforcement agency's word on the data.
#[derive(Debug, Clone, Copy)]
pub enum HoldWord<'a> {
    /// A direction under an active case number, from that day on.
    Place {
        reference: &'a str,
        from: NaiveDate,
    },
    Renew,
    Release,
}

impl Desk {
    /// Records that receipt was confirmed, and how.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn acknowledge(&self, request: &str, how: &str) -> Result<AcknowledgedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Acknowledge)?;
        let how = short(how, LONGEST_CODE, "how receipt was confirmed", "Nothing was recorded.")?;
        if let Some(at) = &case.road.acknowledged_at {
            return Err(Problem::new(
                "already_acknowledged",
                format!("Receipt was confirmed on {at}. Nothing was recorded."),
                "Go on with the next step of the request.",
            ));
        }
        let by = self.dates(&case)?.acknowledge_by;
        let today = self.today()?;
        let late = by.as_ref().is_some_and(|it| it.on < today);
        case.road.acknowledged_at = Some(seconds(self.now()));
        let detail = json!({ "late": late, "by": by.as_ref().map(|it| it.on) });
        self.record(&case.number, "request.acknowledged", detail.clone(), |tx| {
            tx.add_event(&case.number, Event::Acknowledged, &detail, how)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(AcknowledgedView {
            request: request.to_owned(),
            acknowledged_on: today,
            acknowledge_by: by.map(|it| it.on),
            late,
        })
    }

    /// Takes the one extension that the law allows, with the reason that the person is told.
    ///
    /// # Errors
    /// `extension_too_late` with the law's sentence when the first period is over; nothing was recorded.
    pub fn extend(&self, request: &str, because: &str) -> Result<ExtendedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Extend)?;
        let because = short(because, LONGEST_TEXT, "the reason for the extension", "Nothing was extended.")?;
        let dates = self.dates(&case)?;
        let extended = dates.extended_due.ok_or_else(|| {
            Problem::new(
                "no_rule",
                "No rule allows extending this kind of request. Nothing was extended.",
                "Answer by the date that `habeas request show` gives.",
            )
        })?;
        let today = self.today()?;
        if today > dates.due.on {
            return Err(Problem::new(
                "extension_too_late",
                format!(
                    "The person must be told of an extension, with the reason, within the first {} days, which ended on {} ({}). Nothing was extended.",
                    dates.due.days, dates.due.on, extended.citation
                ),
                "Answer now; the request is overdue.",
            ));
        }
        let told_at = seconds(self.now());
        case.road.extension = Some(Extension { told_at, answer_by: extended.on });
        let detail = json!({ "first_due": dates.due.on, "answer_by": extended.on, "rule": extended.rule });
        self.record(&case.number, "request.extended", detail.clone(), |tx| {
            tx.add_event(&case.number, Event::Extended, &detail, because)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(ExtendedView {
            request: request.to_owned(),
            first_due: dates.due.on,
            answer_by: extended.on,
            because: because.to_owned(),
            citation: extended.citation,
            next: "Send the extension letter today: `habeas request letter --kind extension`.",
        })
    }

    /// Records an agency's direction not to delete, its renewal or its release.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn legal_hold(&self, request: &str, word: HoldWord<'_>) -> Result<HoldView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Hold)?;
        let today = self.today()?;
        let (event, hold) = match (word, case.road.hold.clone()) {
            (HoldWord::Place { reference, from }, None) => {
                let reference =
                    short(reference, LONGEST_CODE, "the agency's case number", "Nothing was recorded.")?;
                let until = self.held_until(&case, from, &[])?;
                let hold = Hold { reference: reference.to_owned(), from, until, renewed_on: Vec::new() };
                (Event::HoldPlaced, Some(hold))
            }
            (HoldWord::Renew, Some(hold)) => {
                let renewed_on: Vec<NaiveDate> = hold.renewed_on.iter().copied().chain([today]).collect();
                let until = self.held_until(&case, hold.from, &renewed_on)?;
                (Event::HoldRenewed, Some(Hold { until, renewed_on, ..hold }))
            }
            (HoldWord::Release, Some(_)) => (Event::HoldReleased, None),
            (HoldWord::Place { .. }, Some(hold)) => {
                return Err(Problem::new(
                    "already_held",
                    format!("The data is held until {}. Nothing was recorded.", hold.until),
                    "Renew the hold with --renew, or end it with --release.",
                ));
            }
            (HoldWord::Renew | HoldWord::Release, None) => {
                return Err(Problem::new(
                    "not_held",
                    "No law-enforcement hold is recorded for this request. Nothing was recorded.",
                    "Place one with --agency-case and --from.",
                ));
            }
        };
        case.road.hold = hold.clone();
        let until = hold.as_ref().map(|it| it.until);
        let detail = json!({ "until": until, "renewed": hold.as_ref().map_or(0, |it| it.renewed_on.len()) });
        let note = hold.as_ref().map(|it| it.reference.clone()).unwrap_or_default();
        self.record(&case.number, "request.hold", detail.clone(), |tx| {
            tx.add_event(&case.number, event, &detail, &note)?;
            tx.put_road(&case.number, &case.road)
        })?;
        let holds = case.road.held_on(today).is_some();
        Ok(HoldView { request: request.to_owned(), event, until, blocks_deletion: holds })
    }

    /// The second step of an opt-in.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn confirm(&self, request: &str) -> Result<ConfirmedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Confirm)?;
        let requester = self.requester(&case)?;
        if requester.age_band == casework::identity::AgeBand::Child && !case.road.identified {
            return Err(Problem::new(
                "not_yet",
                "For a child under 13 a parent or guardian opts in, and was not verified yet. Nothing was recorded.",
                "Record the method with `habeas request identify --parent` (Cal. Code Regs., tit. 11, § 7070).",
            ));
        }
        case.road.confirmed = true;
        self.record(&case.number, "request.confirmed", json!({}), |tx| {
            tx.add_event(&case.number, Event::Confirmed, &json!({}), "")?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(ConfirmedView { request: request.to_owned(), confirmed_on: self.today()? })
    }

    /// Records a denial, in whole or in part; the request itself is closed by its own deed.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn deny(
        &self,
        request: &str,
        reason: &str,
        ground: Option<&str>,
        scope: Option<&str>,
    ) -> Result<DeniedView, Problem> {
        const UNCHANGED: &str = "Nothing was denied.";
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Deny)?;
        let reason = read_reason(&case, reason, UNCHANGED)?;
        let ground = ground
            .map(|it| short(it, LONGEST_CODE, "the ground", UNCHANGED))
            .transpose()?
            .map(titled)
            .transpose()?;
        let scope = scope.map(|it| short(it, LONGEST_TEXT, "the scope", UNCHANGED)).transpose()?;
        case.road.denied = true;
        let detail = json!({
            "reason": reason, "ground": ground, "scope": if scope.is_some() { "part" } else { "whole" },
        });
        self.record(&case.number, "request.denied", detail.clone(), |tx| {
            tx.add_event(&case.number, Event::Denied, &detail, scope.unwrap_or_default())?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(DeniedView {
            request: request.to_owned(),
            reason,
            ground,
            scope: scope.unwrap_or("whole").to_owned(),
            appeal: self.appeal_route()?,
            next: if scope.is_some() {
                "Do the rest of the request, then write the denial letter and close it as partially_granted."
            } else {
                "Write the denial letter with `habeas request letter --kind denial`, then close the request as denied."
            },
        })
    }

    /// Today in the business's zone.
    pub(crate) fn today(&self) -> Result<NaiveDate, Problem> {
        Ok(self.now().with_timezone(&self.zone()?).date_naive())
    }
}

/// A reason that this kind of request can be denied for.
pub(crate) fn read_reason(case: &CaseFile, word: &str, unchanged: &str) -> Result<Reason, Problem> {
    Reason::parse(word).filter(|it| it.denies(case.kind)).ok_or_else(|| {
        let all: Vec<&str> =
            Reason::ALL.into_iter().filter(|it| it.denies(case.kind)).map(Reason::as_str).collect();
        Problem::new(
            "usage",
            format!(
                "A request of the kind {} cannot be denied for this reason. {unchanged}",
                case.kind.as_str()
            ),
            format!("Use {}.", all.join(", ")),
        )
    })
}

/// A ground of the law book by its title and citation; any other in the officer's words.
fn titled(ground: &str) -> Result<String, Problem> {
    let grounds = law::grounds()
        .map_err(|error| Problem::new("law_file", format!("{error}."), "Install the program again."))?;
    Ok(grounds
        .iter()
        .find(|it| it.code == ground)
        .map_or_else(|| ground.to_owned(), |it| format!("{} ({})", it.title, it.citation)))
}

fn short<'a>(text: &'a str, longest: usize, what: &str, unchanged: &str) -> Result<&'a str, Problem> {
    let text = text.trim();
    if text.is_empty()
        || text.chars().count() > longest
        || text.chars().any(|it| it.is_control() && it != '\n')
    {
        return Err(Problem::new(
            "text_unusable",
            format!(
                "{} is empty, longer than {longest} characters or holds control characters. {unchanged}",
                what.chars()
                    .next()
                    .map(|it| it.to_uppercase().chain(what.chars().skip(1)).collect::<String>())
                    .unwrap_or_default()
            ),
            "Say it in a sentence.",
        ));
    }
    Ok(text)
}

pub(crate) fn seconds(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
