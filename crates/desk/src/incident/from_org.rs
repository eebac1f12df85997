//! Gathering from the org with few calls: the list of event log files and the bodies that are new, and the objects by question.

use std::collections::BTreeSet;

use casework::incident::{Gathered, Left, Status};
use casework::query::{Condition, Literal, Operator, Query};
use casework::schema::Schema;
use chrono::{DateTime, Days, NaiveDate, Utc};
use salesforce::EventLogFile;
use vault::IncidentPart;

use super::files::{Body, Given, GivenFile};
use super::gather::Asked;
use crate::desk::{Desk, Reach, instant};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles::{self, NOTHING_CHANGED};

/// The body of one event log file, unpacked.
const LARGEST_BODY: u64 = 1024 * 1024 * 1024;
/// How far back tables are read when nobody says.
const DAYS_BACK: u64 = 35;

/// Objects, their fields as far as the org has them, and by which time they are narrowed. Secrets are never asked for.
const OBJECTS: &[(&str, &str, Option<&str>)] = &[
    (
        "LoginHistory",
        "UserId LoginTime LoginType LoginSubType LoginUrl SourceIp ForwardedForIp CountryIso Application Browser Platform ClientVersion ApiType ApiVersion Status",
        Some("LoginTime"),
    ),
    (
        "SetupAuditTrail",
        "CreatedDate CreatedById Action Section Display DelegateUser CreatedByContext",
        Some("CreatedDate"),
    ),
    ("OauthToken", "AppName AppMenuItemId UserId CreatedDate LastUsedDate UseCount", None),
    (
        "ConnectedApplication",
        "Name CreatedDate LastModifiedDate OptionsAllowAdminApprovedUsersOnly OptionsIsInternal StartUrl",
        None,
    ),
    (
        "AuthSession",
        "UsersId CreatedDate LastModifiedDate NumSecondsValid LoginType SessionType SourceIp SessionSecurityLevel UserType LoginHistoryId",
        None,
    ),
    ("User", "Username IsActive Profile.Name UserType", None),
    (
        "ApiEvent",
        "EventIdentifier EventDate UserId Username SourceIp SessionKey LoginKey Operation ApiType Application Client ConnectedAppId UserAgent Query QueriedEntities RowsProcessed RowsReturned Records RequestIdentifier",
        Some("EventDate"),
    ),
    (
        "BulkApiResultEventStore",
        "EventIdentifier EventDate UserId Username SourceIp SessionKey LoginKey Query",
        Some("EventDate"),
    ),
    (
        "ReportEvent",
        "EventIdentifier EventDate UserId Username SourceIp SessionKey LoginKey ReportId Name Operation ExportFileFormat RowsProcessed QueriedEntities Records Sequence ExecutionIdentifier",
        Some("EventDate"),
    ),
    (
        "FileEventStore",
        "EventIdentifier EventDate UserId Username SourceIp SessionKey LoginKey DocumentId VersionId FileAction ContentSize",
        Some("EventDate"),
    ),
    (
        "PermissionSetEventStore",
        "EventIdentifier EventDate UserId Username SourceIp Operation PermissionList PermissionType UserCount",
        Some("EventDate"),
    ),
    (
        "ApiAnomalyEventStore",
        "EventIdentifier EventDate UserId Username SourceIp Score QueriedEntities RowsProcessed UserAgent Uri",
        Some("EventDate"),
    ),
    (
        "GuestUserAnomalyEventStore",
        "EventIdentifier EventDate UserId Username SourceIp Score SoqlCommands RequestedEntities TotalControllerEvents",
        Some("EventDate"),
    ),
    (
        "SessionHijackingEventStore",
        "EventIdentifier EventDate UserId Username SourceIp Score CurrentIp PreviousIp CurrentUserAgent PreviousUserAgent",
        Some("EventDate"),
    ),
];

/// The time that matters: both ends inclusive.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    pub since: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
    /// Event log files only of days on which something was found that nobody dismissed.
    pub only_suspects: bool,
}

impl Span {
    fn holds_day(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|it| it.date_naive() <= day)
            && self.until.is_none_or(|it| day <= it.date_naive())
    }
}

impl Desk {
    /// Fetches what the org keeps of these days. Event log files that were fetched before, that a daily file covers or that a
    /// newer file replaced cost no call.
    ///
    /// # Errors
    /// `no_org` when the incident has none; what every call may meet; nothing was kept then.
    pub async fn gather_from_org(
        &self,
        incident: &str,
        span: Span,
        progress: &Progress,
    ) -> Result<Gathered, Problem> {
        let file = self.incident_file(incident)?;
        if span.since.zip(span.until).is_some_and(|(since, until)| until < since) {
            return Err(Problem::new(
                "usage",
                "The first day to fetch lies after the last one. Nothing was gathered.",
                "Give --since and --until the other way round.",
            ));
        }
        let org = file.org.as_deref().ok_or_else(|| {
            Problem::new(
                "no_org",
                "This incident has no org. Nothing was gathered.",
                "Open an incident with --org NAME, or give the logs with --logs.",
            )
        })?;
        let reach = self.reach(org, None, progress, NOTHING_CHANGED).await?;
        let mut asked = Asked {
            org_id: Some(reach.identity.org_id.clone()),
            since: span.since.map(|it| it.date_naive()),
            ..Asked::default()
        };
        let mut given = Given::default();
        self.log_files(&file, &reach, span, &mut given, &mut asked, progress).await?;
        let back = instant(&file.discovered_at).unwrap_or_else(|| self.now());
        let tables = Span { since: span.since.or(back.checked_sub_days(Days::new(DAYS_BACK))), ..span };
        for (object, fields, time) in OBJECTS {
            let Some(query) = question(&reach.schema, object, fields, *time, tables) else { continue };
            progress.say(&format!("Reading {object}"));
            match reach.org.lines(&query).await {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => given.add(object, bytes, None),
                Err(error) => skip_or_fail(object, error, &mut asked.refused)?,
            }
        }
        match reach.org.bulk_job_lines().await {
            Ok(bytes) if bytes.is_empty() => {}
            Ok(bytes) => given.add(&format!("BulkJobs_{}", self.now().date_naive()), bytes, None),
            Err(error) => skip_or_fail("BulkJobs", error, &mut asked.refused)?,
        }
        asked.api_calls = Some(reach.org.spent());
        self.take_in(&file, &given, &asked, progress)
    }

    async fn log_files(
        &self,
        file: &vault::IncidentFile,
        reach: &Reach,
        span: Span,
        given: &mut Given,
        asked: &mut Asked,
        progress: &Progress,
    ) -> Result<(), Problem> {
        let listed = match reach.org.event_log_files().await {
            Ok(listed) => listed,
            Err(error) => return skip_or_fail("EventLogFile", error, &mut asked.refused),
        };
        asked.listed = true;
        let kept = self.read(|vault| vault.incident_logs(&file.number))?;
        let left_before = self.left_in_the_org(file)?;
        // What an earlier run left is counted over every day, whatever days this one asks for.
        let all = worth_fetching(listed.clone(), if left_before { Span::default() } else { span });
        let mut wanted = worth_fetching(listed, span);
        if span.only_suspects {
            let days = self.suspect_days(file.number.as_str())?;
            wanted.retain(|it| it.day().is_some_and(|day| days.contains(&day)));
        }
        let there = |it: &&EventLogFile| {
            let source = format!("EventLogFile/{}", it.id);
            wanted.iter().any(|one| one.id == it.id) || kept.iter().any(|one| one.source == source)
        };
        let left = all.len() - all.iter().filter(there).count();
        if left > 0 && (span.only_suspects || left_before) {
            let number = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
            asked.left_in_org = Some(Left { files: number(left), of: number(all.len()) });
        }
        let count = wanted.len();
        for (place, log) in wanted.into_iter().enumerate() {
            let source = format!("EventLogFile/{}", log.id);
            if kept.iter().any(|it| it.source == source) {
                continue;
            }
            progress.say(&format!("Fetching event log file {} of {count}", place + 1));
            match reach.org.file_body("EventLogFile", &log.id, "LogFile", LARGEST_BODY).await {
                Ok(bytes) => given.add(&source, bytes, log.interval),
                Err(error) => skip_or_fail(&log.event_type, error, &mut asked.refused)?,
            }
        }
        Ok(())
    }

    /// Whether an earlier run left event log files in the org.
    fn left_in_the_org(&self, file: &vault::IncidentFile) -> Result<bool, Problem> {
        let before: Option<Gathered> =
            self.read(|vault| vault.incident_part(&file.number, IncidentPart::Gathered))?;
        Ok(before.is_some_and(|it| it.left_in_org.is_some()))
    }

    /// The days (UTC) on which something was found that nobody dismissed; none before the logs were examined.
    fn suspect_days(&self, incident: &str) -> Result<BTreeSet<NaiveDate>, Problem> {
        let findings = self.findings_so_far(incident)?;
        let day = |at: &str| instant(at).map(|it| it.date_naive());
        Ok(findings
            .iter()
            .filter(|it| it.status != Status::Dismissed)
            .filter_map(|it| Some((day(&it.finding.from)?, day(&it.finding.to)?)))
            .flat_map(|(from, to)| from.iter_days().take_while(move |day| *day <= to))
            .collect())
    }
}

impl Given {
    fn add(&mut self, source: &str, bytes: Vec<u8>, interval: Option<String>) {
        self.files.push(GivenFile { source: source.to_owned(), body: Body::Bytes(bytes), interval });
    }
}

/// Of several daily files for one day the newest has everything; an hourly file adds nothing to a day that has its daily file.
fn worth_fetching(mut listed: Vec<EventLogFile>, span: Span) -> Vec<EventLogFile> {
    let hourly = |it: &EventLogFile| it.interval.as_deref() == Some("Hourly");
    listed.retain(|it| it.day().is_none_or(|day| span.holds_day(day)));
    listed.sort_by(|one, other| {
        (&one.event_type, one.day(), hourly(one), &other.created_at).cmp(&(
            &other.event_type,
            other.day(),
            hourly(other),
            &one.created_at,
        ))
    });
    let mut daily: Option<(String, Option<NaiveDate>)> = None;
    listed.retain(|it| {
        let this = Some((it.event_type.clone(), it.day()));
        if daily == this {
            return false;
        }
        if !hourly(it) {
            daily = this;
        }
        true
    });
    listed
}

fn question(schema: &Schema, object: &str, fields: &str, time: Option<&str>, span: Span) -> Option<Query> {
    let known = schema.object(object)?;
    let has = |field: &&str| field.contains('.') || known.fields.is_empty() || known.field(field).is_some();
    let bound = |operator, at: Option<DateTime<Utc>>| {
        let (field, at) = (time?.to_owned(), at?);
        Some(Condition::Compare { field, operator, value: Literal::DateTime(at) })
    };
    let bounds: Vec<Condition> =
        [bound(Operator::GreaterOrEqual, span.since), bound(Operator::LessOrEqual, span.until)]
            .into_iter()
            .flatten()
            .collect();
    Some(Query {
        object: object.to_owned(),
        fields: fields.split_whitespace().filter(has).map(str::to_owned).collect(),
        condition: (!bounds.is_empty()).then_some(Condition::All(bounds)),
        children: Vec::new(),
        all_rows: false,
        order_by: Vec::new(),
        limit: None,
    })
}

/// What the org merely refuses to show is missing; anything else ends the gathering.
fn skip_or_fail(
    what: &str,
    error: salesforce::Error,
    refused: &mut Vec<(String, String)>,
) -> Result<(), Problem> {
    match error {
        salesforce::Error::Refused { .. }
        | salesforce::Error::TooLarge { .. }
        | salesforce::Error::Garbled { .. } => {
            refused.push((what.to_owned(), error.to_string()));
            Ok(())
        }
        error => Err(troubles::org(&error, NOTHING_CHANGED)),
    }
}
