//! Log files while they are being written: one sheet for each type and day, columns as Salesforce names them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};

use super::super::GenerateError;
use super::super::book::id;
use super::Caller;

/// A type of log: its name, who keeps it, and its columns.
pub(super) struct Kind {
    pub name: &'static str,
    pub keeps: Keeps,
    pub columns: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// An event log file that every org has.
    FreeFile,
    /// An event log file of Event Monitoring.
    PaidFile,
    /// Rows of an object that every org has.
    FreeObject,
    /// Rows of a store of Real-Time Event Monitoring.
    PaidObject,
    /// The daily list of Bulk jobs.
    Jobs,
}

pub(super) const LOGIN: Kind = Kind {
    name: "Login",
    keeps: Keeps::FreeFile,
    columns: "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID SESSION_KEY LOGIN_KEY USER_NAME LOGIN_STATUS LOGIN_TYPE LOGIN_SUB_TYPE \
              BROWSER_TYPE API_TYPE API_VERSION SOURCE_IP COUNTRY_CODE TIMESTAMP_DERIVED USER_ID_DERIVED CLIENT_IP",
};
pub(super) const LOGOUT: Kind = Kind {
    name: "Logout",
    keeps: Keeps::FreeFile,
    columns: "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID SESSION_KEY LOGIN_KEY SESSION_TYPE USER_INITIATED_LOGOUT \
              TIMESTAMP_DERIVED USER_ID_DERIVED CLIENT_IP",
};
pub(super) const USAGE: Kind = Kind {
    name: "ApiTotalUsage",
    keeps: Keeps::FreeFile,
    columns: "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID USER_NAME CLIENT_IP CLIENT_NAME CONNECTED_APP_ID CONNECTED_APP_NAME \
              API_CLIENT_CATEGORY API_FAMILY API_VERSION API_RESOURCE HTTP_METHOD ENTITY_NAME STATUS_CODE COUNTS_AGAINST_API_LIMIT \
              TIMESTAMP_DERIVED",
};
pub(super) const REST: Kind = Kind {
    name: "RestApi",
    keeps: Keeps::PaidFile,
    columns: "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID RUN_TIME URI SESSION_KEY LOGIN_KEY METHOD STATUS_CODE ENTITY_NAME \
              QUERY NUMBER_FIELDS ROWS_PROCESSED USER_AGENT CLIENT_NAME CONNECTED_APP_ID TIMESTAMP_DERIVED USER_ID_DERIVED CLIENT_IP",
};
pub(super) const BULK: Kind = Kind {
    name: "BulkApi2",
    keeps: Keeps::PaidFile,
    columns: "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID SESSION_KEY LOGIN_KEY JOB_ID JOB_STATUS OPERATION_TYPE ENTITY_TYPE \
              RECORDS_PROCESSED RECORDS_FAILED TIMESTAMP_DERIVED USER_ID_DERIVED CLIENT_IP",
};
pub(super) const REPORT: Kind = Kind {
    name: "Report",
    keeps: Keeps::PaidFile,
    columns: "EVENT_TYPE TIMESTAMP REQUEST_ID ORGANIZATION_ID USER_ID SESSION_KEY LOGIN_KEY REPORT_ID ORIGIN DISPLAY_TYPE RENDERING_TYPE \
              ENTITY_NAME ROW_COUNT NUMBER_COLUMNS TIMESTAMP_DERIVED USER_ID_DERIVED CLIENT_IP",
};
pub(super) const HISTORY: Kind = Kind {
    name: "LoginHistory",
    keeps: Keeps::FreeObject,
    columns: "Id UserId LoginTime LoginType LoginSubType SourceIp CountryIso Application Browser Platform Status ApiType ApiVersion",
};
pub(super) const AUDIT: Kind = Kind {
    name: "SetupAuditTrail",
    keeps: Keeps::FreeObject,
    columns: "Id CreatedDate CreatedById Action Section Display DelegateUser",
};
pub(super) const TOKENS: Kind = Kind {
    name: "OauthToken",
    keeps: Keeps::FreeObject,
    columns: "AppName UserId CreatedDate LastUsedDate UseCount",
};
pub(super) const APPS: Kind = Kind {
    name: "ConnectedApplication",
    keeps: Keeps::FreeObject,
    columns: "Id Name CreatedDate LastModifiedDate OptionsAllowAdminApprovedUsersOnly StartUrl",
};
pub(super) const API_EVENT: Kind = Kind {
    name: "ApiEvent",
    keeps: Keeps::PaidObject,
    columns: "EventIdentifier EventDate UserId Username SourceIp SessionKey LoginKey Operation ApiType ApiVersion Application Client \
              ConnectedAppId UserAgent Query QueriedEntities RowsProcessed RowsReturned Records RequestIdentifier",
};
pub(super) const BULK_RESULT: Kind = Kind {
    name: "BulkApiResultEventStore",
    keeps: Keeps::PaidObject,
    columns: "EventIdentifier EventDate UserId Username SourceIp SessionKey LoginKey Query",
};
pub(super) const JOBS: Kind = Kind {
    name: "BulkJobs",
    keeps: Keeps::Jobs,
    columns: "id operation object createdById createdDate systemModstamp state concurrencyMode contentType apiVersion jobType \
              columnDelimiter lineEnding",
};

/// Everything that is being logged: for each type its columns, and its rows with their times.
#[derive(Default)]
pub(super) struct Logs {
    sheets: BTreeMap<&'static str, Sheet>,
    requests: u64,
}

/// Its time and its cells.
type Row = (DateTime<Utc>, Vec<String>);

struct Sheet {
    keeps: Keeps,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
}

impl Logs {
    /// An id for the next request or record.
    pub fn next(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    pub fn request(&mut self) -> String {
        format!("REQ{:012}", self.next() * 7919)
    }

    /// Adds a row. What an event log file says of every event is filled in.
    pub fn add(&mut self, kind: &Kind, at: DateTime<Utc>, by: Option<&Caller>, cells: &[(&str, &str)]) {
        let user = by.map(Caller::id).unwrap_or_default();
        let common = [
            ("EVENT_TYPE", kind.name.to_owned()),
            ("TIMESTAMP", at.format("%Y%m%d%H%M%S%.3f").to_string()),
            ("TIMESTAMP_DERIVED", stamp(at)),
            ("ORGANIZATION_ID", id("00D", 1).chars().take(15).collect()),
            ("USER_ID", user.chars().take(15).collect()),
            ("USER_ID_DERIVED", user.clone()),
            ("USER_NAME", by.map(Caller::username).unwrap_or_default()),
            ("CLIENT_IP", by.map(|it| it.address.to_owned()).unwrap_or_default()),
            ("UserId", user.clone()),
            ("CreatedById", user),
            ("Username", by.map(Caller::username).unwrap_or_default()),
            ("SourceIp", by.map(|it| it.address.to_owned()).unwrap_or_default()),
            ("EventDate", stamp(at)),
            ("LoginTime", stamp(at)),
            ("CreatedDate", stamp(at)),
        ];
        let sheet = self.sheets.entry(kind.name).or_insert_with(|| Sheet {
            keeps: kind.keeps,
            columns: kind.columns.split_whitespace().collect(),
            rows: Vec::new(),
        });
        let row = sheet.columns.iter().map(|column| {
            let given = cells.iter().find(|(name, _)| name == column).map(|(_, value)| (*value).to_owned());
            let usual = common.iter().find(|(name, _)| name == column).map(|(_, value)| value.clone());
            given.or(usual).unwrap_or_default()
        });
        let row = row.collect();
        sheet.rows.push((at, row));
    }

    /// All of it: one file for each type and day, one for each object.
    pub fn write(&self, folder: &Path, paid: bool) -> Result<(), GenerateError> {
        fs::create_dir_all(folder)?;
        self.write_files(folder, |keeps| match keeps {
            Keeps::PaidFile | Keeps::PaidObject => paid,
            Keeps::FreeFile | Keeps::FreeObject | Keeps::Jobs => true,
        })
    }

    /// The event log files alone.
    pub fn write_event_logs(&self, folder: &Path) -> Result<(), GenerateError> {
        fs::create_dir_all(folder)?;
        self.write_files(folder, |keeps| matches!(keeps, Keeps::FreeFile | Keeps::PaidFile))
    }

    fn write_files(&self, folder: &Path, wanted: impl Fn(Keeps) -> bool) -> Result<(), GenerateError> {
        for (name, sheet) in self.sheets.iter().filter(|(_, it)| wanted(it.keeps)) {
            let mut files: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
            for row in &sheet.rows {
                let file = match sheet.keeps {
                    Keeps::FreeObject | Keeps::PaidObject => format!("{name}.csv"),
                    Keeps::FreeFile | Keeps::PaidFile | Keeps::Jobs => {
                        format!("{name}_{}.csv", row.0.format("%Y-%m-%d"))
                    }
                };
                files.entry(file).or_default().push(row);
            }
            for (file, mut rows) in files {
                rows.sort_by_key(|(at, _)| *at);
                let mut out = csv::WriterBuilder::new()
                    .quote_style(csv::QuoteStyle::Always)
                    .from_path(folder.join(file))?;
                out.write_record(&sheet.columns)?;
                for (_, cells) in rows {
                    out.write_record(cells)?;
                }
                out.flush()?;
            }
        }
        Ok(())
    }
}

/// `2026-10-27T05:31:00.000Z`
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
