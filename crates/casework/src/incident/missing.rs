//! Sources that would have helped: what each would show, who keeps it how long, and what to ask Salesforce for today.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use super::gathered::{Missing, Source};

/// Where a source comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tier {
    /// Event log files of every org, kept about one day.
    Free,
    /// Event log files of Event Monitoring, kept 30 days unless set longer.
    Monitoring,
    /// Stores of Real-Time Event Monitoring, kept six months.
    RealTime,
    /// Tables of every org, kept six months.
    History,
    /// The audit trail, kept 180 days.
    Trail,
    /// The list of Bulk jobs, kept seven days.
    Jobs,
    /// A table that only shows how things are now.
    State,
}

/// How many days Salesforce keeps an event log file, without and with Event Monitoring; an org can have been given more.
const FREE_DAYS: u64 = 1;
const MONITORING_DAYS: u64 = 30;

/// Type, its twin among event log objects, tier, and what it shows.
const HELPFUL: &[(&str, &str, Tier, &str)] = &[
    (
        "ApiEvent",
        "",
        Tier::RealTime,
        "The ids of the records that each query over the API returned, with its text and the caller's user agent: the only source that proves record by record what was taken.",
    ),
    (
        "RestApi",
        "RestApiEventLog",
        Tier::Monitoring,
        "The text of each REST query and how many rows it returned.",
    ),
    ("API", "", Tier::Monitoring, "The text of each SOAP query and how many rows it returned."),
    (
        "BulkApi2",
        "BulkApi2EventLog",
        Tier::Monitoring,
        "Bulk API 2.0 jobs with their objects and counts, and that a job was deleted.",
    ),
    ("BulkApi", "BulkApiEventLog", Tier::Monitoring, "Bulk API 1.0 batches with their objects and counts."),
    ("BulkApiRequest", "", Tier::Monitoring, "The requests behind Bulk API 1.0 jobs."),
    (
        "BulkApiResultEventStore",
        "",
        Tier::RealTime,
        "Who downloaded the result of which bulk query, with its text.",
    ),
    (
        "ApiTotalUsage",
        "ApiTotalUsageEventLog",
        Tier::Free,
        "Every API call with its app, address and object, without query text or counts.",
    ),
    ("Login", "LoginEventLog", Tier::Free, "Every sign-in with its address and the client's own name."),
    ("Logout", "", Tier::Free, "When sessions ended."),
    (
        "LoginHistory",
        "",
        Tier::History,
        "Sign-ins of six months: what is new for a user or an app, and what is not.",
    ),
    ("SetupAuditTrail", "", Tier::Trail, "Changes of permissions, apps and settings before and after."),
    ("OauthToken", "", Tier::State, "Which apps hold tokens for whom, and when they were last used."),
    ("ConnectedApplication", "", Tier::State, "The names and policies of the connected apps."),
    ("AuthSession", "", Tier::State, "Sessions that are open now."),
    (
        "BulkJobs",
        "",
        Tier::Jobs,
        "Bulk jobs of the last seven days; a job that was on yesterday's list and is not on today's was deleted.",
    ),
    (
        "Report",
        "ReportEventLog",
        Tier::Monitoring,
        "Reports that were run and exported, with their row counts.",
    ),
    ("ReportExport", "", Tier::Monitoring, "Who exported which report."),
    ("ReportEvent", "", Tier::RealTime, "The record ids in the reports that were run."),
    ("ListViewEvent", "", Tier::RealTime, "The record ids in list views that were opened."),
    ("ContentTransfer", "ContentTransferEventLog", Tier::Monitoring, "Files that were downloaded."),
    ("FileEventStore", "", Tier::RealTime, "Files that were downloaded, with their names."),
    ("LoginAs", "LoginAsEventLog", Tier::Monitoring, "Administrators acting as other users."),
    ("PermissionUpdate", "PermissionUpdateEventLog", Tier::Monitoring, "Permissions that were changed."),
    ("PermissionSetEventStore", "", Tier::RealTime, "Permission sets that were changed, and for whom."),
    ("Sites", "SiteEventLog", Tier::Monitoring, "Requests of guests to sites."),
    ("AuraRequest", "", Tier::Monitoring, "Requests of the Lightning pages and sites, guests included."),
    ("GuestUserAnomalyEventStore", "", Tier::RealTime, "Guests that read unusual objects or volumes."),
    ("ApiAnomalyEventStore", "", Tier::RealTime, "Calls that Salesforce itself finds unusual for the user."),
    ("SessionHijackingEventStore", "", Tier::RealTime, "Sessions that were used from another browser."),
];

/// Where the logs were looked for.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a> {
    /// The first day that matters, UTC.
    pub since: NaiveDate,
    /// The org that was asked; `None` when only files were given.
    pub org: Option<&'a str>,
    /// What the org would not show, by type, and why.
    pub refused: &'a [(String, String)],
}

/// One entry for each type that would have helped and is not among the sources.
pub fn missing(sources: &[Source], within: &Within<'_>) -> Vec<Missing> {
    let pays = sources.iter().any(|it| {
        HELPFUL.iter().any(|(kind, _, tier, _)| *kind == it.kind && *tier == Tier::Monitoring && it.rows > 0)
    });
    HELPFUL
        .iter()
        .filter(|(kind, twin, _, _)| !is_there(sources, kind, twin))
        .map(|(kind, _, tier, shows)| Missing {
            kind: (*kind).to_owned(),
            why: why(kind, *tier, pays, within),
            what_it_would_show: (*shows).to_owned(),
            ages_out_on: ages_out(*tier, within.since).map(|day| day.to_string()),
        })
        .collect()
}

/// What the logs that are there show: each type with what is known by it.
pub fn shown(sources: &[Source]) -> Vec<(&'static str, &'static str)> {
    HELPFUL
        .iter()
        .filter(|(kind, twin, _, _)| is_there(sources, kind, twin))
        .map(|(kind, _, _, shows)| (*kind, *shows))
        .collect()
}

/// Whether events of a type were gathered, as files or as the object that tells the same.
fn is_there(sources: &[Source], kind: &str, twin: &str) -> bool {
    let has = |kind: &str| !kind.is_empty() && sources.iter().any(|it| it.kind == kind && it.rows > 0);
    has(kind) || has(twin)
}

fn why(kind: &str, tier: Tier, pays: bool, within: &Within<'_>) -> String {
    if let Some((_, because)) = within.refused.iter().find(|(refused, _)| refused == kind) {
        return format!("The org did not show it: {because}");
    }
    let Some(_) = within.org else {
        return "It was not among the files that were given.".to_owned();
    };
    match tier {
        Tier::Monitoring if !pays => {
            "The org shows no event log file of this type: it needs Event Monitoring or Shield.".to_owned()
        }
        Tier::RealTime => {
            "The org shows no such store: it needs Real-Time Event Monitoring, with storage switched on before the events.".to_owned()
        }
        Tier::Free => "The org shows no such file for these days: free files are kept about one day.".to_owned(),
        _ => "The org shows nothing of this type for these days.".to_owned(),
    }
}

/// The day on which Salesforce removes what it keeps of the first day that matters.
fn ages_out(tier: Tier, since: NaiveDate) -> Option<NaiveDate> {
    match tier {
        Tier::Free => since.checked_add_days(Days::new(FREE_DAYS)),
        Tier::Monitoring => since.checked_add_days(Days::new(MONITORING_DAYS)),
        Tier::RealTime | Tier::History => since.checked_add_months(Months::new(6)),
        Tier::Trail => since.checked_add_days(Days::new(180)),
        Tier::Jobs => since.checked_add_days(Days::new(7)),
        Tier::State => None,
    }
}

/// How many days an org with these event log files keeps them: longer than the free ones where a type of Event Monitoring is among
/// them, or one is older than a free one gets.
pub fn days_log_files_are_kept<'a>(
    files: impl IntoIterator<Item = (&'a str, NaiveDate)>,
    today: NaiveDate,
) -> Days {
    let monitored =
        |kind: &str| HELPFUL.iter().any(|(it, _, tier, _)| *it == kind && *tier == Tier::Monitoring);
    let old = |day: NaiveDate| (today - day).num_days() > 2;
    let pays = files.into_iter().any(|(kind, day)| monitored(kind) || old(day));
    Days::new(if pays { MONITORING_DAYS } else { FREE_DAYS })
}

/// The text of a case for Salesforce Support: what to preserve and what to hand over, before it ages out.
pub fn support_case(
    missing: &[Missing],
    org_id: Option<&str>,
    since: NaiveDate,
    until: NaiveDate,
    now: DateTime<Utc>,
) -> String {
    let kinds = |wanted: fn(&str) -> bool| {
        let names: Vec<&str> = missing.iter().map(|it| it.kind.as_str()).filter(|it| wanted(it)).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    include_str!("../../../../assets/detection/support-case.txt")
        .replace("{org}", org_id.unwrap_or("(organization id)"))
        .replace("{since}", &since.to_string())
        .replace("{until}", &until.to_string())
        .replace("{asked_on}", &now.date_naive().to_string())
        .replace("{files}", &kinds(|kind| !kind.ends_with("Store") && !kind.ends_with("Event")))
        .replace("{stores}", &kinds(|kind| kind.ends_with("Store") || kind.ends_with("Event")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_not_given_is_named_with_its_use_and_its_last_day() {
        let rest = Source { kind: "RestApiEventLog".into(), rows: 3, ..Source::default() };
        let within = Within { since: day("2026-10-20"), org: None, refused: &[] };
        let missing = missing(&[rest], &within);
        let of = |kind: &str| missing.iter().find(|it| it.kind == kind);
        assert!(of("RestApi").is_none(), "its twin is there");
        for (kind, last) in [
            ("ApiEvent", Some("2027-04-20")),
            ("Login", Some("2026-10-21")),
            ("BulkApi2", Some("2026-11-19")),
            ("SetupAuditTrail", Some("2027-04-18")),
            ("BulkJobs", Some("2026-10-27")),
            ("OauthToken", None),
        ] {
            assert_eq!(of(kind).unwrap().ages_out_on.as_deref(), last, "{kind}");
        }
        let kept = |files: &[(&str, &str)]| {
            days_log_files_are_kept(files.iter().map(|(kind, on)| (*kind, day(on))), day("2026-10-28"))
        };
        assert_eq!(kept(&[("Login", "2026-10-27"), ("ApiTotalUsage", "2026-10-26")]), Days::new(1));
        assert_eq!(kept(&[("Login", "2026-10-27"), ("RestApi", "2026-10-27")]), Days::new(30));
        assert_eq!(kept(&[("Login", "2026-10-20")]), Days::new(30), "no free file is that old");
        let text = support_case(&missing, None, within.since, day("2026-10-27"), DateTime::UNIX_EPOCH);
        assert!(text.contains("2026-10-20") && text.contains("ApiEvent") && !text.contains('{'), "{text}");
    }
}
