//! An ordinary month: an integration every two hours, a backup every Monday, people at work.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

use super::super::book::id;
use super::super::random::Random;
use super::sheet::{self, Logs, stamp};
use super::{BACKUP, BACKUP_APP, Caller, SYNC, SYNC_APP};

/// First day of the logs.
const FROM: NaiveDate = match NaiveDate::from_ymd_opt(2026, 10, 5) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
const DAYS: i64 = 28;

const PEOPLE: [Caller; 3] = [
    Caller { user: 1, name: "officer", app: None, client: "Chrome 141", address: "198.51.100.11" },
    Caller { user: 2, name: "admin", app: None, client: "Chrome 141", address: "198.51.100.12" },
    Caller { user: 3, name: "support", app: None, client: "Firefox 143", address: "198.51.100.13" },
];

pub(super) fn time(day: NaiveDate, seconds: i64) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::seconds(seconds)
}

pub(super) fn ordinary(logs: &mut Logs) {
    let mut random = Random::new(0x0c70_be12);
    for day in FROM.iter_days().take(usize::try_from(DAYS).unwrap_or(0)) {
        integration(logs, &mut random, day);
        if day.weekday() == Weekday::Mon {
            backup(logs, day);
        }
        if day.weekday().number_from_monday() <= 5 {
            for person in &PEOPLE {
                work(logs, &mut random, person, day);
            }
        }
    }
    let began = time(FROM, 0) - TimeDelta::days(400);
    let last = time(FROM, 0) + TimeDelta::days(DAYS - 1);
    for (app, user, uses) in [(&SYNC_APP, &SYNC, "5211"), (&BACKUP_APP, &BACKUP, "61")] {
        let (began, last) = (stamp(began), stamp(last));
        let cells = [("Id", &*id("0H4", app.number)), ("Name", app.name), ("LastModifiedDate", &began)];
        let approved = [("OptionsAllowAdminApprovedUsersOnly", "true"), ("CreatedDate", &began)];
        logs.add(&sheet::APPS, time(FROM, 0), None, &[cells.as_slice(), &approved].concat());
        let token =
            [("AppName", app.name), ("UseCount", uses), ("LastUsedDate", &last), ("CreatedDate", &began)];
        logs.add(&sheet::TOKENS, time(FROM, 0), Some(user), &token);
    }
    for (back, action, display) in [
        (20_i64, "changedUserEmail", "Changed the email of a user"),
        (11, "PermSetAssign", "Permission set Case Reader: assigned to a user"),
        (3, "createdReportFolder", "Created a report folder"),
    ] {
        let row = id("0Ym", back.unsigned_abs());
        let at = time(FROM, 64_000) + TimeDelta::days(DAYS - back);
        let cells = [("Id", &*row), ("Action", action), ("Section", "Manage Users"), ("Display", display)];
        logs.add(&sheet::AUDIT, at, PEOPLE.get(1), &cells);
    }
}

/// One sign-in by refresh token a day, a small query every two hours.
fn integration(logs: &mut Logs, random: &mut Random, day: NaiveDate) {
    let key = format!("S{}", day.format("%m%d"));
    let since = time(day, 0) - TimeDelta::hours(2);
    signed_in(logs, &SYNC, time(day, 120), &key, "OauthRefreshToken");
    for turn in 0..12 {
        let at = time(day, turn * 7200 + 300 + i64::try_from(random.below(40)).unwrap_or(0));
        let (object, fields) = if turn % 2 == 0 {
            ("Contact", "Id, FirstName, LastName, Email, HasOptedOutOfEmail")
        } else {
            ("Newsletter_Signup__c", "Id, Email__c, Name")
        };
        let from = stamp(since + TimeDelta::hours(turn * 2));
        let query = format!("SELECT {fields} FROM {object} WHERE SystemModstamp > {from}");
        let rows = random.below(25);
        asked(logs, &SYNC, at, &key, object, &query, rows);
    }
}

/// A bulk query of all accounts and leads.
fn backup(logs: &mut Logs, day: NaiveDate) {
    let key = format!("B{}", day.format("%m%d"));
    signed_in(logs, &BACKUP, time(day, 32_400), &key, "OauthRefreshToken");
    for (turn, object, rows) in [(0_i64, "Account", 1160_u64), (1, "Lead", 1080)] {
        let at = time(day, 32_460 + turn * 600);
        let job = id("750", logs.next());
        called(logs, &BACKUP, at, "POST", "/jobs/query", object);
        for (after, state, done) in
            [(0, "UploadComplete", 0), (30, "InProgress", 0), (95, "JobComplete", rows)]
        {
            bulk_state(logs, &BACKUP, at + TimeDelta::seconds(after), &key, &job, object, state, done);
        }
        called(
            logs,
            &BACKUP,
            at + TimeDelta::seconds(120),
            "GET",
            &format!("/jobs/query/{job}/results"),
            object,
        );
        for later in 1..=7 {
            listed(logs, &BACKUP, at, &job, object, day + chrono::Days::new(later));
        }
    }
}

fn work(logs: &mut Logs, random: &mut Random, person: &Caller, day: NaiveDate) {
    let begins = 56_000 + i64::try_from(random.below(5_000)).unwrap_or(0);
    let key = format!("P{}{}", person.user, day.format("%m%d"));
    let home = random.chance(20);
    let at_home = Caller {
        address: ["203.0.113.21", "203.0.113.22", "203.0.113.23"]
            .get(usize::try_from(person.user - 1).unwrap_or(0))
            .copied()
            .unwrap_or("203.0.113.20"),
        ..*person
    };
    // Everybody works from home on the first Tuesday, so that the month knows both places.
    let person = if home || (day - FROM).num_days() == 1 { &at_home } else { person };
    signed_in(logs, person, time(day, begins), &key, "");
    if person.name == "admin" && random.chance(40) {
        let rows = (40 + random.below(80)).to_string();
        report(logs, person, time(day, begins + 4_000), &key, 7, &rows);
    }
    let request = logs.request();
    let cells = [
        ("REQUEST_ID", &*request),
        ("SESSION_KEY", &key),
        ("LOGIN_KEY", &key),
        ("SESSION_TYPE", "S"),
        ("USER_INITIATED_LOGOUT", "1"),
    ];
    logs.add(&sheet::LOGOUT, time(day, begins + 28_000), Some(person), &cells);
}

/// What looks odd and is not: a journey, a new app that an administrator installed, a large report at the end of the month,
/// a newer version of the integration.
pub(super) fn harmless_oddities(logs: &mut Logs) {
    let day = |n: u64| FROM + chrono::Days::new(n);
    let [officer, admin, _] = &PEOPLE;
    let journey = Caller { address: "192.0.2.61", ..*officer };
    signed_in(logs, &journey, time(day(18), 57_000), "HOTEL", "");
    report(logs, admin, time(day(25), 61_000), "MONTHEND", 7, "610");
    let row = id("0Ym", 90);
    let cells = [
        ("Id", &*row),
        ("Action", "insertConnectedApplication"),
        ("Section", "Connected Apps"),
        ("Display", "Installed the connected app Willow Charts"),
    ];
    logs.add(&sheet::AUDIT, time(day(15), 63_000), Some(admin), &cells);
    let newer = Caller { client: "Alder Sync/2.2", ..SYNC };
    signed_in(logs, &newer, time(day(22), 200), "NEWER", "OauthRefreshToken");
}

/// A sign-in: Login and LoginHistory.
pub(super) fn signed_in(logs: &mut Logs, by: &Caller, at: DateTime<Utc>, key: &str, sub_type: &str) {
    let (kind, long) = if by.app.is_some() { ("i", "Remote Access 2.0") } else { ("A", "Application") };
    let request = logs.request();
    let cells = [
        ("REQUEST_ID", &*request),
        ("SESSION_KEY", key),
        ("LOGIN_KEY", key),
        ("LOGIN_STATUS", "LOGIN_NO_ERROR"),
        ("LOGIN_TYPE", kind),
        ("LOGIN_SUB_TYPE", sub_type),
        ("BROWSER_TYPE", by.client),
        ("API_VERSION", "9998.0"),
        ("SOURCE_IP", by.address),
        ("COUNTRY_CODE", "US"),
    ];
    logs.add(&sheet::LOGIN, at, Some(by), &cells);
    let row = id("0Ya", logs.next());
    let application = if by.app.is_some() { by.app_name() } else { "Browser" };
    let cells = [
        ("Id", &*row),
        ("LoginType", long),
        ("LoginSubType", sub_type),
        ("CountryIso", "US"),
        ("Application", application),
        ("Browser", by.client),
        ("Platform", "Unknown"),
        ("Status", "Success"),
    ];
    logs.add(&sheet::HISTORY, at, Some(by), &cells);
}

/// A call as ApiTotalUsage tells it. Gives the request id.
pub(super) fn called(
    logs: &mut Logs,
    by: &Caller,
    at: DateTime<Utc>,
    method: &str,
    resource: &str,
    object: &str,
) -> String {
    let request = logs.request();
    let family = if resource.starts_with("/jobs") { "Bulk" } else { "REST" };
    let path = format!("/v68.0{resource}");
    let app = by.app_id();
    let cells = [
        ("REQUEST_ID", &*request),
        ("CLIENT_NAME", by.client),
        ("CONNECTED_APP_ID", &app),
        ("CONNECTED_APP_NAME", by.app_name()),
        ("API_CLIENT_CATEGORY", "EXTERNAL_APPLICATION"),
        ("API_FAMILY", family),
        ("API_VERSION", "68.0"),
        ("API_RESOURCE", &path),
        ("HTTP_METHOD", method),
        ("ENTITY_NAME", object),
        ("STATUS_CODE", "200"),
        ("COUNTS_AGAINST_API_LIMIT", "1"),
    ];
    logs.add(&sheet::USAGE, at, Some(by), &cells);
    request
}

/// A REST call as RestApi tells it too.
#[allow(clippy::too_many_arguments, reason = "they are the columns of one row")]
pub(super) fn rest(
    logs: &mut Logs,
    by: &Caller,
    at: DateTime<Utc>,
    key: &str,
    method: &str,
    resource: &str,
    object: &str,
    query: &str,
    rows: u64,
) -> String {
    let request = called(logs, by, at, method, resource, object);
    let uri = format!("/services/data/v68.0{resource}");
    let app = by.app_id();
    let fields = if query.contains("COUNT()") || query.is_empty() {
        0
    } else {
        query.split(" FROM ").next().unwrap_or_default().split(',').count()
    };
    let (rows, fields) = (rows.to_string(), fields.to_string());
    let cells = [
        ("REQUEST_ID", &*request),
        ("RUN_TIME", "41"),
        ("URI", &uri),
        ("SESSION_KEY", key),
        ("LOGIN_KEY", key),
        ("METHOD", method),
        ("STATUS_CODE", "200"),
        ("ENTITY_NAME", object),
        ("QUERY", query),
        ("NUMBER_FIELDS", &fields),
        ("ROWS_PROCESSED", &rows),
        ("USER_AGENT", "9998"),
        ("CLIENT_NAME", by.client),
        ("CONNECTED_APP_ID", &app),
    ];
    logs.add(&sheet::REST, at, Some(by), &cells);
    request
}

/// A query over REST. Gives the request id.
pub(super) fn asked(
    logs: &mut Logs,
    by: &Caller,
    at: DateTime<Utc>,
    key: &str,
    object: &str,
    query: &str,
    rows: u64,
) -> String {
    rest(logs, by, at, key, "GET", "/query", object, query, rows)
}

#[allow(clippy::too_many_arguments, reason = "they are the columns of one row")]
pub(super) fn bulk_state(
    logs: &mut Logs,
    by: &Caller,
    at: DateTime<Utc>,
    key: &str,
    job: &str,
    object: &str,
    state: &str,
    rows: u64,
) {
    let request = logs.request();
    let (rows, short) = (rows.to_string(), job.get(..15).unwrap_or(job));
    let cells = [
        ("REQUEST_ID", &*request),
        ("SESSION_KEY", key),
        ("LOGIN_KEY", key),
        ("JOB_ID", short),
        ("JOB_STATUS", state),
        ("OPERATION_TYPE", "query"),
        ("ENTITY_TYPE", object),
        ("RECORDS_PROCESSED", &rows),
        ("RECORDS_FAILED", "0"),
    ];
    logs.add(&sheet::BULK, at, Some(by), &cells);
}

/// A line of the list of jobs that was taken on that day at 06:00.
pub(super) fn listed(
    logs: &mut Logs,
    by: &Caller,
    created: DateTime<Utc>,
    job: &str,
    object: &str,
    on: NaiveDate,
) {
    let created = stamp(created);
    let cells = [
        ("id", job),
        ("operation", "query"),
        ("object", object),
        ("createdById", &by.id()),
        ("createdDate", &created),
        ("systemModstamp", &created),
        ("state", "JobComplete"),
        ("concurrencyMode", "Parallel"),
        ("contentType", "CSV"),
        ("apiVersion", "68.0"),
        ("jobType", "V2Query"),
        ("columnDelimiter", "COMMA"),
        ("lineEnding", "LF"),
    ];
    logs.add(&sheet::JOBS, time(on, 21_600), None, &cells);
}

fn report(logs: &mut Logs, by: &Caller, at: DateTime<Utc>, key: &str, number: u64, rows: &str) {
    let (request, report) = (logs.request(), id("00O", number));
    let cells = [
        ("REQUEST_ID", &*request),
        ("SESSION_KEY", key),
        ("LOGIN_KEY", key),
        ("REPORT_ID", &report),
        ("ORIGIN", "ReportExported"),
        ("DISPLAY_TYPE", "D"),
        ("RENDERING_TYPE", "E"),
        ("ENTITY_NAME", "Opportunity"),
        ("ROW_COUNT", rows),
        ("NUMBER_COLUMNS", "6"),
    ];
    logs.add(&sheet::REPORT, at, Some(by), &cells);
}
