//! Requests: opened, listed, shown, closed.

use casework::case::{CaseOutcome, Ending, Reason, RequestDeed, RequestKind, Road, Stage, walk};
use casework::identity::{AgeBand, Requester, Via};
use casework::prove::{HashKind, keyed_hashes};
use casework::review;
use casework::subject::Subject;
use chrono::{DateTime, Datelike, Utc};
use law::RequestDates;
use serde_json::json;
use vault::{CaseFile, Event, Part};

use crate::answering::seconds;
use crate::desk::{Desk, instant};
use crate::problem::Problem;
use crate::views::asking::{MayRefuse, ProtocolStatus};
use crate::views::{KnownView, OpenedView, RequestLine, RequestView};

const LARGEST_SUBJECT: usize = 1024 * 1024;
const LONGEST_CHANNEL: usize = 200;

/// A request as it came in, in the words of the shell.
#[derive(Debug, Default)]
pub struct NewRequest<'a> {
    pub org: &'a str,
    /// `know-categories`, `delete` …
    pub kind: &'a str,
    pub received_at: DateTime<Utc>,
    pub channel: &'a str,
    /// `subject.json`
    pub subject: &'a [u8],
    /// `self`, `agent`, `parent` or `signal`; empty for `self`.
    pub via: &'a str,
    /// `adult`, `13-15` or `under-13`; empty for `adult`.
    pub age_band: &'a str,
    pub household: bool,
    pub account_holder: bool,
    /// It repeats an earlier request on the same matter.
    pub same_matter: bool,
    /// Documents came with it that earlier requests did not have.
    pub new_documents: bool,
    /// It only confirms a correction that was made.
    pub after_correction: bool,
}

impl Desk {
    /// Opens a request about one person.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was opened.
    pub fn open_request(&self, new: &NewRequest<'_>) -> Result<OpenedView, Problem> {
        let kind = RequestKind::parse(new.kind).ok_or_else(|| {
            let kinds: Vec<&str> = RequestKind::ALL.iter().map(|it| it.as_str()).collect();
            refuse("usage", "This is no kind of request.", &format!("Use {}.", kinds.join(", ")))
        })?;
        let subject = read_subject(new.subject).map_err(|error| {
            refuse("subject_unusable", &format!("The subject file cannot be used: {error}."), "Mend subject.json; its keys are names, emails, phones, addresses, birthdate, account_numbers, record_ids, other.")
        })?;
        self.open_about(new, kind, &subject, None)
    }

    /// Opens a request about a person whose identifiers were read already; `message` is the signed message it came in.
    pub(crate) fn open_about(
        &self,
        new: &NewRequest<'_>,
        kind: RequestKind,
        subject: &Subject,
        message: Option<&[u8]>,
    ) -> Result<OpenedView, Problem> {
        self.org_file(new.org)?;
        if new.channel.trim().is_empty()
            || new.channel.len() > LONGEST_CHANNEL
            || new.channel.chars().any(char::is_control)
        {
            return Err(refuse(
                "channel",
                "The channel is empty, longer than 200 characters or holds control characters.",
                "Say in a few words how the request came in.",
            ));
        }
        let requester = requester(new)?;
        self.in_force(kind, new.received_at)?;
        subject.check(&self.region()?).map_err(|error| crate::locate::unusable(&error.to_string()))?;
        let now = self.now();
        let year = now.with_timezone(&self.zone()?).year();
        let earlier = self.cases_of(subject)?;
        let hashes = keyed_hashes(&self.hash_key(), subject, &[]);
        let number = self
            .hold()
            .deed_opening(now, "request.opened", |tx| {
                let number = tx.next_request_number(year)?;
                let (received_at, opened_at) = (seconds(new.received_at), seconds(now));
                tx.open_case(&CaseFile {
                    road: Road { household: requester.household, ..Road::default() },
                    ..CaseFile::opened(number.clone(), new.org, kind, received_at, new.channel, opened_at)
                })?;
                tx.put_part(&number, Part::Subject, subject)?;
                tx.put_part(&number, Part::Requester, &requester)?;
                tx.put_keyed_hashes(&number, &hashes)?;
                if let Some(bytes) = message {
                    tx.add_document(&number, "drp-request", "drp", true, bytes)?;
                }
                let detail = json!({
                    "kind": kind, "received_at": seconds(new.received_at), "identifiers": identifiers(subject),
                    "requester": requester, "earlier": earlier.iter().map(|(it, _)| &it.number).collect::<Vec<_>>(),
                });
                Ok((number.clone(), Some(number), detail))
            })
            .map_err(|error| crate::vaults::problem(&error))?;
        self.opened(&self.case(number.as_str())?, &earlier)
    }

    /// What is said of a request that was just opened: its dates, and the earlier requests of the same person.
    fn opened(&self, case: &CaseFile, earlier: &[(CaseFile, Vec<HashKind>)]) -> Result<OpenedView, Problem> {
        let dates = self.dates(case).ok();
        let known = self.known_of(case, earlier, self.may_refuse(case).unwrap_or_default())?;
        let mut warnings = Vec::new();
        if !known.duplicates.is_empty() {
            warnings.push(format!(
                "The same person has a request of this kind open: {}. If it is the same, close this one as cancelled with the reason duplicate.",
                known.duplicates.join(", ")
            ));
        }
        warnings.extend(household_warning(case));
        for cap in &known.may_refuse {
            warnings.push(format!("This request may be refused: {}", cap.because.join(" ")));
        }
        Ok(OpenedView {
            request: case.number.to_string(),
            note: self.received_later(case),
            received_on: dates.as_ref().map(|it| it.received_on.to_string()),
            acknowledge_by: dates
                .as_ref()
                .and_then(|it| it.acknowledge_by.as_ref())
                .map(|it| it.on.to_string()),
            due_on: dates.as_ref().map(|it| it.due.on.to_string()),
            known,
            warnings,
        })
    }

    /// What the other requests of the same person say about one.
    fn known_of(
        &self,
        case: &CaseFile,
        others: &[(CaseFile, Vec<HashKind>)],
        may_refuse: Vec<MayRefuse>,
    ) -> Result<KnownView, Problem> {
        Ok(KnownView {
            duplicates: others
                .iter()
                .filter(|(it, _)| it.kind == case.kind && !it.road.closed)
                .map(|(it, _)| it.number.to_string())
                .collect(),
            earlier: others.iter().map(|(it, same)| self.earlier_line(it, same)).collect::<Result<_, _>>()?,
            may_refuse,
        })
    }

    /// The other requests of the person; none once it was forgotten who that is.
    fn others(&self, case: &CaseFile) -> Result<Vec<(CaseFile, Vec<HashKind>)>, Problem> {
        let subject: Option<Subject> = self.read(|vault| vault.part(&case.number, Part::Subject))?;
        let mut all = subject.map(|it| self.cases_of(&it)).transpose()?.unwrap_or_default();
        all.retain(|(it, _)| it.number != case.number);
        Ok(all)
    }

    /// What should be looked at before the request is closed.
    fn warnings(&self, case: &CaseFile) -> Result<Vec<String>, Problem> {
        let mut warnings: Vec<String> = self.received_later(case).map(str::to_owned).into_iter().collect();
        warnings.extend(household_warning(case));
        warnings.extend(self.provider_warnings(case)?);
        Ok(warnings)
    }

    fn received_later(&self, case: &CaseFile) -> Option<&'static str> {
        let future = instant(&case.received_at).is_some_and(|it| it > self.now());
        future.then_some("The request is said to be received later than now: check the date and its zone.")
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
        let (answer, unanswered) = match self.duties(&case) {
            Ok(answer) => (answer, None),
            Err(problem) => (law::answer::Answer::default(), Some(problem.message)),
        };
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
            approval: self.approval(&case, case.road.rehearsed.as_deref())?,
            certificate: certificate.map(|it| json!({ "at": it.at, "counts": it.proved.certificate })),
            outcome: case.outcome.map(|it| it.as_str().to_owned()),
            reason: case.reason,
            requester: self.requester(&case)?,
            road: walk(case.kind, &case.road, self.today()?),
            fallback: case.road.fallback,
            acknowledged_at: case.road.acknowledged_at.clone(),
            extension: case.road.extension.clone(),
            hold: case.road.hold.clone(),
            events: self.read(|vault| vault.events(&case.number))?,
            protocol: protocol(&case),
            known: self.known_of(&case, &self.others(&case)?, crate::duties::refusable(&answer.duties))?,
            duties: answer.duties,
            requirements: answer.requirements,
            law_silent: unanswered,
            next: next(&case).to_owned(),
            providers: self.instructions(&case)?,
            choice: self.choice_record(&case)?,
            warnings: self.warnings(&case)?,
        })
    }

    fn line(&self, case: &CaseFile) -> RequestLine {
        let dates = self.dates(case).ok();
        let extended = case.road.extension.as_ref().map(|it| it.answer_by);
        RequestLine {
            request: case.number.to_string(),
            kind: case.kind.as_str().to_owned(),
            org: case.org.clone(),
            received_on: dates
                .as_ref()
                .map_or_else(|| case.received_at.chars().take(10).collect(), |it| it.received_on.to_string()),
            due_on: extended.or(dates.map(|it| it.due.on)).map(|it| it.to_string()),
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

    /// Closes the request. A denial takes its reason from `reason`, from the word itself or from what was denied before.
    ///
    /// # Errors
    /// A [`Problem`]; the request stays open.
    pub fn close(&self, request: &str, outcome: &str, reason: Option<&str>) -> Result<RequestView, Problem> {
        const UNCHANGED: &str = "The request stays open.";
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Close)?;
        let (outcome, implied) = CaseOutcome::parse(outcome).ok_or_else(|| {
            let words: Vec<&str> = CaseOutcome::ALL.iter().map(|it| it.as_str()).collect();
            Problem::new(
                "usage",
                format!("This is no outcome. {UNCHANGED}"),
                format!("Use {}.", words.join(", ")),
            )
        })?;
        let reason = match reason {
            Some(word) => {
                Some(Reason::parse(word).filter(|it| outcome.allows(*it, case.kind)).ok_or_else(|| {
                    let all: Vec<&str> = Reason::ALL
                        .into_iter()
                        .filter(|it| outcome.allows(*it, case.kind))
                        .map(Reason::as_str)
                        .collect();
                    Problem::new(
                        "usage",
                        format!("{} cannot carry this reason here. {UNCHANGED}", outcome.as_str()),
                        if all.is_empty() {
                            "Leave --reason out.".to_owned()
                        } else {
                            format!("Use {}.", all.join(", "))
                        },
                    )
                })?)
            }
            None => implied.or(self.denied_for(&case)?.filter(|it| outcome.allows(*it, case.kind))),
        };
        let reason = reason.or((outcome == CaseOutcome::Denied).then_some(Reason::Other));
        if outcome == CaseOutcome::DeletedInstead && case.kind != RequestKind::Correct {
            return Err(Problem::new(
                "usage",
                format!("Only a correction can end with deleting the contested data instead. {UNCHANGED}"),
                "Use granted or partially_granted.",
            ));
        }
        let undone = self.refused_records(&case)?;
        if outcome == CaseOutcome::Granted && undone > 0 {
            return Err(Problem::new(
                "not_complied",
                format!("{undone} records are not as the plan says. {UNCHANGED}"),
                "Carry out the rest, or close it as partially_granted.",
            ));
        }
        case.road.closed = true;
        let detail = json!({ "outcome": outcome, "reason": reason });
        self.record(&case.number, "request.closed", detail, |tx| {
            tx.close_case(&case.number, outcome, reason)?;
            tx.put_road(&case.number, &case.road)
        })?;
        self.request(request)
    }

    /// The reason of the latest denial.
    fn denied_for(&self, case: &CaseFile) -> Result<Option<Reason>, Problem> {
        let events = self.read(|vault| vault.events(&case.number))?;
        let latest = events.into_iter().rfind(|it| it.event == Event::Denied);
        Ok(latest.and_then(|it| it.detail.get("reason")?.as_str().and_then(Reason::parse)))
    }

    /// How many records of the last run did not end the way they should.
    pub(crate) fn refused_records(&self, case: &CaseFile) -> Result<usize, Problem> {
        let outcomes: Vec<casework::carry_out::Outcome> =
            self.read(|vault| vault.part(&case.number, Part::Outcomes))?.unwrap_or_default();
        Ok(outcomes.iter().filter(|it| !crate::prove::ended_well(it)).count())
    }
}

fn household_warning(case: &CaseFile) -> Option<String> {
    (case.road.household && case.kind.needs_identity()).then(|| {
        "This right does not reach a household's data (Civ. Code § 1798.145(p)): deny it with the reason claim_not_covered and the ground household.".to_owned()
    })
}

/// Reads `subject.json`; no sentence repeats a value from it.
pub(crate) fn read_subject(bytes: &[u8]) -> Result<Subject, String> {
    if bytes.len() > LARGEST_SUBJECT {
        return Err("it is larger than 1 MB".to_owned());
    }
    let subject: Subject = crate::given::json(bytes).map_err(|error| {
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

fn refuse(code: &'static str, message: &str, next_step: &str) -> Problem {
    Problem::new(code, format!("{message} Nothing was opened."), next_step)
}

fn requester(new: &NewRequest<'_>) -> Result<Requester, Problem> {
    let via = if new.via.is_empty() { Some(Via::default()) } else { Via::parse(new.via) };
    let age_band =
        if new.age_band.is_empty() { Some(AgeBand::default()) } else { AgeBand::parse(new.age_band) };
    Ok(Requester {
        via: via.ok_or_else(|| {
            refuse("usage", "It is not known on whose behalf this is.", "Use self, agent, parent or signal.")
        })?,
        age_band: age_band
            .ok_or_else(|| refuse("usage", "This is no age band.", "Use adult, 13-15 or under-13."))?,
        household: new.household,
        account_holder: new.account_holder,
        same_matter: new.same_matter,
        new_documents: new.new_documents,
        after_correction: new.after_correction,
    })
}

/// Where the request stands, in the words of the Data Rights Protocol 1.0.
fn protocol(case: &CaseFile) -> ProtocolStatus {
    let reached = case.road.acknowledged_at.is_some() || case.road.stage() != Stage::Open;
    ProtocolStatus {
        status: match case.outcome {
            Some(outcome) => outcome.in_protocol(),
            None if reached => "in_progress",
            None => "open",
        },
        reason: match case.outcome {
            Some(CaseOutcome::Denied) => case.reason.and_then(Reason::in_protocol),
            _ => None,
        },
    }
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

fn next(case: &CaseFile) -> &'static str {
    let identified = !case.kind.needs_identity() || case.road.identified || case.road.fallback;
    let plan = case.kind.ending() == Ending::Plan;
    match (case.road.stage(), plan) {
        (Stage::Closed, true) => "Seal the evidence, and prove again later.",
        (Stage::Closed, false) => "Seal the evidence.",
        (Stage::Answered, _) => "Close the request.",
        (Stage::Proved, _) => "Write the letter, close and seal.",
        (Stage::CarriedOut, _) => "Prove it.",
        (Stage::Approved, _) => "Carry out the approved plan.",
        (Stage::Rehearsed, _) if !identified => "Check the person's identity, then approve the plan.",
        (Stage::Rehearsed, _) => "Look at the plan and approve it by its digest.",
        (Stage::Reviewed | Stage::Exported, true) => "Rehearse the plan.",
        (Stage::Reviewed, false) if !identified => "Check the person's identity, then export the package.",
        (Stage::Reviewed, false) => "Export the consumer's package.",
        (Stage::Exported, false) => "Write the letter.",
        (Stage::Located, _) => "Review the matches.",
        (Stage::Identity, _) => "Locate the person's records.",
        (Stage::Open, _) if !identified => "Check the person's identity; locating may begin at once.",
        (Stage::Open, _) => "Locate the person's records.",
    }
}
