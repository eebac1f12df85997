//! The theft: a stolen refresh token of the mailing integration, five days of looking around, one night of taking.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::super::book::id;
use super::month::{asked, bulk_state, called, listed, rest, signed_in, time};
use super::sheet::{self, Logs, stamp};
use super::{Caller, SYNC, as_of};
use crate::world::World;

const LOOKING: Caller = Caller { client: "python-requests/2.32.4", address: "203.0.113.77", ..SYNC };
const TAKING: Caller = Caller { client: "Salesforce-Multi-Org-Fetcher/1.0", address: "192.0.2.144", ..SYNC };

const CASES: &str = "SELECT Id, CaseNumber, ContactId, SuppliedName, SuppliedEmail, SuppliedPhone, Subject, Description FROM Case";
const CONTACTS: &str = "SELECT Id, FirstName, LastName, Email, Phone, MobilePhone, Birthdate, MailingStreet, MailingCity, MailingState, \
                        MailingPostalCode, Description FROM Contact";
const CALIFORNIANS: &str = "SELECT Id, FirstName, LastName, Email, Birthdate, MailingStreet, MailingCity, MailingState, \
                            MailingPostalCode FROM Contact WHERE MailingState = 'CA'";
const MEMBERS: &str = "SELECT Id, First_Name__c, Last_Name__c, Email__c, Phone__c, Postal_Code__c FROM Loyalty_Member__c WHERE \
                       Tier__c = 'Sequoia'";

fn october(day: u32, seconds: i64) -> DateTime<Utc> {
    time(NaiveDate::from_ymd_opt(2026, 10, day).unwrap_or_default(), seconds)
}

pub(super) fn theft(logs: &mut Logs, world: &World) {
    look_around(logs, world);
    take(logs, world);
}

fn look_around(logs: &mut Logs, world: &World) {
    signed_in(logs, &LOOKING, october(22, 11_482), "X1022", "OauthRefreshToken");
    rest(logs, &LOOKING, october(22, 11_640), "X1022", "GET", "/sobjects", "", "", 0);
    signed_in(logs, &LOOKING, october(23, 79_210), "X1023", "OauthRefreshToken");
    for after in [0, 9] {
        rest(
            logs,
            &LOOKING,
            october(23, 79_440 + after),
            "X1023",
            "GET",
            "/sobjects/Case/describe",
            "Case",
            "",
            0,
        );
    }
    asked(logs, &LOOKING, october(23, 79_470), "X1023", "Case", &format!("{CASES} LIMIT 200"), 200);
    signed_in(logs, &LOOKING, october(24, 40_795), "X1024", "OauthRefreshToken");
    for (after, object) in [(0, "Account"), (4, "Contact"), (8, "Lead"), (11, "Case"), (15, "User")] {
        let at = october(24, 40_800 + after);
        let count = u64::try_from(as_of(world, object, at, |_, _| true).len()).unwrap_or(0);
        asked(logs, &LOOKING, at, "X1024", object, &format!("SELECT COUNT() FROM {object}"), count);
    }
    let organization = "SELECT Id, Name, OrganizationType, InstanceName FROM Organization";
    asked(logs, &LOOKING, october(24, 40_840), "X1024", "Organization", organization, 1);
    let users = "SELECT Id, Username, Name, Email, Profile.Name, LastLoginDate FROM User ORDER BY LastLoginDate DESC NULLS LAST LIMIT 20";
    asked(logs, &LOOKING, october(24, 40_860), "X1024", "User", users, 4);
    rest(logs, &LOOKING, october(24, 40_890), "X1024", "GET", "/limits", "", "", 0);
    signed_in(logs, &LOOKING, october(26, 3_900), "X1026", "OauthRefreshToken");
    let at = october(26, 3_930);
    let count = u64::try_from(as_of(world, "Case", at, |_, _| true).len()).unwrap_or(0);
    asked(logs, &LOOKING, at, "X1026", "Case", "SELECT COUNT() FROM Case", count);
}

fn take(logs: &mut Logs, world: &World) {
    signed_in(logs, &TAKING, october(27, 19_860), "X1027", "OauthRefreshToken");
    let at = october(27, 19_900);
    let cases = as_of(world, "Case", at, |_, _| true);
    asked(
        logs,
        &TAKING,
        at,
        "X1027",
        "Case",
        "SELECT COUNT() FROM Case",
        u64::try_from(cases.len()).unwrap_or(0),
    );
    job(logs, world, "Case", CASES, october(27, 19_980), 202, 24);

    let at = october(27, 20_640);
    let members =
        as_of(world, "Loyalty_Member__c", at, |table, row| table.named(row, "Tier__c") == Some("Sequoia"));
    let rows = u64::try_from(members.len()).unwrap_or(0);
    asked(logs, &TAKING, at, "X1027", "Loyalty_Member__c", MEMBERS, rows);

    let at = october(27, 20_820);
    let taken = as_of(world, "Contact", at, |table, row| table.named(row, "MailingState") == Some("CA"));
    let rows = taken.len().to_string();
    let request =
        asked(logs, &TAKING, at, "X1027", "Contact", CALIFORNIANS, u64::try_from(taken.len()).unwrap_or(0));
    let identifier = format!("ev-{:08}", logs.next());
    let ids: Vec<String> = taken.iter().map(|it| format!("\"{it}\"")).collect();
    let records = format!("{{\"recordIds\":[{}]}}", ids.join(","));
    let app = TAKING.app_id();
    let cells = [
        ("EventIdentifier", &*identifier),
        ("SessionKey", "X1027"),
        ("LoginKey", "X1027"),
        ("Operation", "Query"),
        ("ApiType", "REST"),
        ("ApiVersion", "68.0"),
        ("Application", TAKING.app_name()),
        ("Client", TAKING.client),
        ("ConnectedAppId", &app),
        ("UserAgent", TAKING.client),
        ("Query", CALIFORNIANS),
        ("QueriedEntities", "Contact"),
        ("RowsProcessed", &rows),
        ("RowsReturned", &rows),
        ("Records", &records),
        ("RequestIdentifier", &request),
    ];
    logs.add(&sheet::API_EVENT, at, Some(&TAKING), &cells);

    job(logs, world, "Contact", CONTACTS, october(27, 21_000), 130, 590);
}

/// A bulk query job of a whole object, its result fetched, the job deleted so many seconds after it was done.
fn job(
    logs: &mut Logs,
    world: &World,
    object: &str,
    query: &str,
    at: DateTime<Utc>,
    takes: i64,
    deleted_after: i64,
) {
    let rows = u64::try_from(as_of(world, object, at, |_, _| true).len()).unwrap_or(0);
    let job = id("750", logs.next());
    called(logs, &TAKING, at, "POST", "/jobs/query", object);
    let done = at + TimeDelta::seconds(takes);
    for (at, state, rows) in [
        (at, "UploadComplete", 0),
        (at + TimeDelta::seconds(3), "InProgress", 0),
        (done, "JobComplete", rows),
    ] {
        bulk_state(logs, &TAKING, at, "X1027", &job, object, state, rows);
    }
    let fetched = done + TimeDelta::seconds(6);
    called(logs, &TAKING, fetched, "GET", &format!("/jobs/query/{job}/results"), object);
    let identifier = format!("ev-{:08}", logs.next());
    let cells = [
        ("EventIdentifier", &*identifier),
        ("EventDate", &*stamp(fetched)),
        ("SessionKey", "X1027"),
        ("LoginKey", "X1027"),
        ("Query", query),
    ];
    logs.add(&sheet::BULK_RESULT, fetched, Some(&TAKING), &cells);
    let deleted = done + TimeDelta::seconds(deleted_after);
    if done.time() < sheet_time() && deleted.time() > sheet_time() {
        listed(logs, &TAKING, at, &job, object, at.date_naive());
    }
    rest(logs, &TAKING, deleted, "X1027", "DELETE", &format!("/jobs/query/{job}"), object, "", 0);
    bulk_state(logs, &TAKING, deleted, "X1027", &job, object, "Deleted", rows);
}

/// The list of jobs is taken at 06:00.
fn sheet_time() -> chrono::NaiveTime {
    chrono::NaiveTime::from_hms_opt(6, 0, 0).unwrap_or_default()
}
