//! Requests: opened, listed, identified, closed.

use casework::case::{CaseOutcome, RequestDeed, RequestKind, Stage};
use casework::review;
use casework::subject::Subject;
use chrono::{DateTime, Datelike, Utc};
use law::RequestDates;
use serde_json::json;
use vault::{CaseFile, Part};

use crate::desk::{Desk, instant};
use crate::problem::Problem;
use crate::views::{IdentifiedView, OpenedView, RequestLine, RequestView};

/// The points of identity that can be checked.
const POINTS: [&str; 7] = ["email", "phone", "name", "address", "birthdate", "account_number", "login"];
const LARGEST_SUBJECT: usize = 1024 * 1024;
const LONGEST_CHANNEL: usize = 200;

impl Desk {
    /// Opens a request about one person.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was opened.
    pub fn open_request(
        &self,
        org: &str,
        kind: &str,
        received_at: DateTime<Utc>,
        channel: &str,
        subject: &[u8],
    ) -> Result<OpenedView, Problem> {
        let refuse = |code, message: &str, next: &str| {
            Problem::new(code, format!("{message} Nothing was opened."), next)
        };
        self.org_file(org)?;
        let kind = RequestKind::parse(kind).ok_or_else(|| {
            refuse(
                "usage",
                "This is no kind of request.",
                "Use know-categories, know-specific, delete, correct, opt-out or limit.",
            )
        })?;
        if channel.trim().is_empty()
            || channel.len() > LONGEST_CHANNEL
            || channel.chars().any(char::is_control)
        {
            return Err(refuse(
                "channel",
                "The channel is empty, longer than 200 characters or holds control characters.",
                "Say in a few words how the request came in.",
            ));
        }
        let now = self.now();
        let subject = read_subject(subject).map_err(|error| {
            refuse("subject_unusable", &format!("The subject file cannot be used: {error}."), "Mend subject.json; its keys are names, emails, phones, addresses, birthdate, account_numbers, record_ids, other.")
        })?;
        subject.check(&self.region()?).map_err(|error| crate::locate::unusable(&error.to_string()))?;
        let zone = self.zone()?;
        let year = now.with_timezone(&zone).year();
        let seconds = |at: DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let number = self
            .hold()
            .deed_opening(now, "request.opened", |tx| {
                let number = tx.next_request_number(year)?;
                tx.open_case(&CaseFile {
                    number: number.clone(),
                    org: org.to_owned(),
                    kind,
                    received_at: seconds(received_at),
                    channel: channel.to_owned(),
                    opened_at: seconds(now),
                    closed_at: None,
                    outcome: None,
                    road: casework::case::Road::default(),
                    forgotten_at: None,
                })?;
                tx.put_part(&number, Part::Subject, &subject)?;
                let detail = json!({ "kind": kind, "received_at": seconds(received_at), "identifiers": identifiers(&subject) });
                Ok((number.clone(), Some(number), detail))
            })
            .map_err(|error| crate::vaults::problem(&error))?;
        let case = self.case(number.as_str())?;
        let dates = self.dates(&case).ok();
        Ok(OpenedView {
            request: number.to_string(),
            note: (received_at > now)
                .then_some("The request is said to be received later than now: check the date and its zone."),
            received_on: dates.as_ref().map(|it| it.received_on.to_string()),
            acknowledge_by: dates
                .as_ref()
                .and_then(|it| it.acknowledge_by.as_ref())
                .map(|it| it.on.to_string()),
            due_on: dates.as_ref().map(|it| it.due.on.to_string()),
        })
    }

    /// Every request, those due soonest first, the closed ones last.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn requests(&self) -> Result<Vec<RequestLine>, Problem> {
        let cases = self.read(|vault| vault.cases())?;
        let mut lines: Vec<(bool, RequestLine)> =
            cases.iter().map(|case| (case.road.closed, self.line(case))).collect();
        lines.sort_by(|(closed, one), (other_closed, other)| {
            (closed, &one.due_on, &one.request).cmp(&(other_closed, &other.due_on, &other.request))
        });
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    /// One request, how far it has come, and what comes next.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn request(&self, request: &str) -> Result<RequestView, Problem> {
        let case = self.case(request)?;
        let located = self.located(&case).unwrap_or_default();
        let decided = self.read(|vault| vault.decisions(&case.number))?;
        let certificate = self.read(|vault| vault.certificates(&case.number))?.pop();
        Ok(RequestView {
            line: self.line(&case),
            channel: case.channel.clone(),
            acknowledge_by: self
                .dates(&case)
                .ok()
                .and_then(|it| it.acknowledge_by)
                .map(|it| it.on.to_string()),
            identity: self.read(|vault| vault.part(&case.number, Part::Identity))?,
            matches: u64::try_from(located.matches.len()).unwrap_or(u64::MAX),
            decided: u64::try_from(decided.len()).unwrap_or(u64::MAX),
            undecided: review::undecided(&located.matches, &decided),
            plan: case.road.rehearsed.clone(),
            approved: case.road.approved.clone(),
            certificate: certificate.map(|it| json!({ "at": it.at, "counts": it.proved.certificate })),
            outcome: case.outcome.map(|it| it.as_str().to_owned()),
            next: next(&case).to_owned(),
            providers: self.instructions(&case)?,
            choice: self.choice_record(&case)?,
            warnings: self.provider_warnings(&case)?,
        })
    }

    fn line(&self, case: &CaseFile) -> RequestLine {
        let dates = self.dates(case).ok();
        RequestLine {
            request: case.number.to_string(),
            kind: case.kind.as_str().to_owned(),
            org: case.org.clone(),
            received_on: dates
                .as_ref()
                .map_or_else(|| case.received_at.chars().take(10).collect(), |it| it.received_on.to_string()),
            due_on: dates.map(|it| it.due.on.to_string()),
            stage: case.road.stage().as_str().to_owned(),
        }
    }

    /// The dates of a request under the law book.
    pub(crate) fn dates(&self, case: &CaseFile) -> Result<RequestDates, Problem> {
        let received = instant(&case.received_at).unwrap_or_default();
        law::request_dates(case.kind.as_str(), received, self.zone()?).map_err(|error| {
            Problem::new("no_rule", error.to_string(), "Count the days by hand and note how.")
        })
    }

    /// Records which points of identity agreed with data that was already held.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn identify(
        &self,
        request: &str,
        points: &[String],
        declaration: Option<&[u8]>,
        agent: Option<&[u8]>,
    ) -> Result<IdentifiedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Identify)?;
        let mut agreed: Vec<&str> = Vec::new();
        for point in points.iter().map(|it| it.trim()) {
            let known = POINTS.iter().find(|it| **it == point).ok_or_else(|| {
                Problem::new(
                    "usage",
                    format!("{point:?} is no point of identity. Nothing was recorded."),
                    format!("Use {}.", POINTS.join(", ")),
                )
            })?;
            if !agreed.contains(known) {
                agreed.push(known);
            }
        }
        let level = level(agreed.len(), declaration.is_some(), agreed.contains(&"login"));
        case.road.identified = true;
        let identity = json!({ "points": agreed, "declaration": declaration.is_some(), "agent": agent.is_some(), "level": level });
        let number = case.number.clone();
        self.record(&number, "request.identified", identity.clone(), |tx| {
            if let Some(bytes) = declaration {
                tx.add_document(&number, "declaration", "declaration", true, bytes)?;
            }
            if let Some(bytes) = agent {
                tx.add_document(&number, "agent-authorization", "agent", true, bytes)?;
            }
            tx.put_part(&number, Part::Identity, &identity)?;
            tx.put_road(&number, &case.road)
        })?;
        Ok(IdentifiedView {
            request: request.to_owned(),
            level,
            points: agreed.iter().map(|it| (*it).to_owned()).collect(),
            declaration: declaration.is_some(),
            agent: agent.is_some(),
        })
    }

    /// Closes the request.
    ///
    /// # Errors
    /// A [`Problem`]; the request stays open.
    pub fn close(&self, request: &str, outcome: &str) -> Result<RequestView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Close)?;
        let outcome = CaseOutcome::parse(outcome).ok_or_else(|| {
            let words: Vec<&str> = CaseOutcome::ALL.iter().map(|it| it.as_str()).collect();
            Problem::new(
                "usage",
                "This is no outcome. The request stays open.",
                format!("Use {}.", words.join(", ")),
            )
        })?;
        let undone = self.refused_records(&case)?;
        if outcome == CaseOutcome::Complied && undone > 0 {
            return Err(Problem::new(
                "not_complied",
                format!("{undone} records are not as the plan says. The request stays open."),
                "Carry out the rest, or close it as partly-complied.",
            ));
        }
        case.road.closed = true;
        self.record(&case.number, "request.closed", json!({ "outcome": outcome }), |tx| {
            tx.close_case(&case.number, outcome)?;
            tx.put_road(&case.number, &case.road)
        })?;
        self.request(request)
    }

    /// How many records of the last run did not end the way they should.
    pub(crate) fn refused_records(&self, case: &CaseFile) -> Result<usize, Problem> {
        let outcomes: Vec<casework::carry_out::Outcome> =
            self.read(|vault| vault.part(&case.number, Part::Outcomes))?.unwrap_or_default();
        Ok(outcomes.iter().filter(|it| !crate::prove::ended_well(it)).count())
    }
}

/// Reads `subject.json`; no sentence repeats a value from it.
fn read_subject(bytes: &[u8]) -> Result<Subject, String> {
    if bytes.len() > LARGEST_SUBJECT {
        return Err("it is larger than 1 MB".to_owned());
    }
    let subject: Subject = serde_json::from_slice(bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        match error.classify() {
            serde_json::error::Category::Data => {
                format!("it has an unknown key or a value of the wrong kind at {place}")
            }
            _ => format!("it is not JSON, at {place}"),
        }
    })?;
    if identifiers(&subject) == 0 {
        return Err("it holds no identifier at all".to_owned());
    }
    Ok(subject)
}

fn identifiers(subject: &Subject) -> usize {
    subject.names.len()
        + subject.emails.len()
        + subject.phones.len()
        + subject.addresses.len()
        + usize::from(subject.birthdate.is_some())
        + subject.account_numbers.len()
        + subject.record_ids.len()
        + subject.other.len()
}

/// The level of identity reached, in the regulation's words (§§ 7060–7062).
fn level(points: usize, declaration: bool, login: bool) -> &'static str {
    match (points, declaration, login) {
        (3.., true, _) => "reasonably high",
        (2.., _, _) | (_, _, true) => "reasonable",
        _ => "insufficient",
    }
}

fn next(case: &CaseFile) -> &'static str {
    let identified = !case.kind.needs_identity() || case.road.identified;
    match (case.road.stage(), crate::review::deletes(case.kind)) {
        (Stage::Closed, _) => "Seal the evidence, and prove again later.",
        (Stage::Answered, _) => "Close the request.",
        (Stage::Proved, _) => "Write the letter, close and seal.",
        (Stage::CarriedOut, _) => "Prove it.",
        (Stage::Approved, _) => "Carry out the approved plan.",
        (Stage::Rehearsed, _) if !identified => "Check the person's identity, then approve the plan.",
        (Stage::Rehearsed, _) => "Look at the plan and approve it by its digest.",
        (Stage::Reviewed | Stage::Exported, true) => "Rehearse the deletion.",
        (Stage::Reviewed, false) => "Export the consumer's package.",
        (Stage::Exported, false) => "Write the letter.",
        (Stage::Located, _) => "Review the matches.",
        (Stage::Identity, _) => "Locate the person's records.",
        (Stage::Open, _) if !identified => "Check the person's identity; locating may begin at once.",
        (Stage::Open, _) => "Locate the person's records.",
    }
}
