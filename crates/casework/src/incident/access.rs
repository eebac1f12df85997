//! What one record of a log says was read: which records, by which query, how many.

use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;

use super::event::LogEvent;
use crate::record_id::RecordId;

/// One reading, as one log tells it. Several logs may tell of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Places of the findings that it belongs to.
    pub findings: Vec<usize>,
    pub at: DateTime<Utc>,
    pub user: Option<RecordId>,
    pub session: Option<String>,
    pub address: Option<String>,
    pub request: Option<String>,
    /// API names, as logged.
    pub objects: Vec<String>,
    pub deed: Deed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A query with its text, where the log has it.
    Query { text: Option<String>, rows: Option<u64>, ids: Vec<RecordId>, all_rows: bool },
    /// A further page of the query before it in the session.
    Page { rows: Option<u64>, ids: Vec<RecordId> },
    /// A Bulk job that reads.
    Job { job: String, rows: Option<u64>, all_rows: bool },
    /// Somebody fetched the result of a Bulk job of this query.
    JobText { text: String },
    /// A report or list: how many rows, which ids, under which labels.
    Listing { rows: Option<u64>, ids: Vec<RecordId>, labels: Vec<String> },
    /// Single records, opened whole.
    Opened(Vec<RecordId>),
    /// The bodies of single files.
    Downloaded(Vec<RecordId>),
    /// The objects were read; nothing is known of how.
    Reached,
    /// Records were asked for, and none or only a count came.
    Nothing,
}

/// Where a call of the REST API led.
enum Path {
    Query {
        all_rows: bool,
    },
    Page,
    Record(RecordId),
    /// The body of a file.
    Body(RecordId),
    Search,
    Job,
    /// Describes, limits, writes, and whatever reads no records.
    Other,
    Unknown,
}

impl Access {
    /// Reads a record; `None` for records that tell of no reading (logins, changes of permissions …).
    pub fn of(event: &LogEvent<'_>) -> Option<Self> {
        let (deed, object) = deed(event)?;
        let mut objects = event.objects();
        objects.extend(object);
        objects.sort();
        objects.dedup();
        Some(Self {
            findings: Vec::new(),
            at: event.at,
            user: event.user_id(),
            session: event.session_key().or_else(|| event.login_key()).map(Into::into),
            address: event.address().map(Into::into),
            request: event.request_id().map(Into::into),
            objects,
            deed,
        })
    }
}

/// The deed, and the object where a path names it.
fn deed(event: &LogEvent<'_>) -> Option<(Deed, Option<String>)> {
    let plain = |deed: Deed| Some((deed, None));
    let word = |column: &str| event.get(column).unwrap_or_default().to_ascii_lowercase();
    match event.kind {
        "RestApi" | "RestApiEventLog" => Some(rest(event, "URI")),
        "ApiTotalUsage" | "ApiTotalUsageEventLog" => Some(usage(event)),
        "API" | "ApiEventLog" => plain(soap(event)),
        "BulkApi2" | "BulkApi2EventLog" => {
            let operation = word("OPERATION_TYPE");
            if !operation.is_empty() && !operation.contains("query") {
                return None;
            }
            let job = event.first(&["JOB_ID", "JobIdentifier"])?.into_owned();
            plain(Deed::Job {
                job,
                rows: event.number("RECORDS_PROCESSED"),
                all_rows: operation.contains("all"),
            })
        }
        "BulkApi" | "BulkApiEventLog" => {
            let operation = word("OPERATION_TYPE");
            if !operation.contains("query") {
                return None;
            }
            let batch =
                event.first(&["BATCH_ID", "JOB_ID", "BatchIdentifier", "JobIdentifier"])?.into_owned();
            plain(Deed::Job { job: batch, rows: event.rows(), all_rows: operation.contains("all") })
        }
        "BulkApiResultEventStore" => plain(Deed::JobText { text: event.query()?.into_owned() }),
        super::kind::BULK_JOBS => {
            if !word("operation").contains("query") || word("state") == "failed" {
                return None;
            }
            let job = event.get("id")?.into_owned();
            plain(Deed::Job {
                job,
                rows: event.number("numberRecordsProcessed"),
                all_rows: word("operation").contains("all"),
            })
        }
        "ApiEvent" => plain(api_event(event)),
        "Report" | "ReportEventLog" | "AsyncReportRun" | "MultiBlockReport" => {
            plain(Deed::Listing { rows: event.rows(), ids: Vec::new(), labels: Vec::new() })
        }
        "ReportEvent" | "ListViewEvent" => {
            plain(Deed::Listing { rows: event.rows(), ids: event.record_ids(), labels: labels(event) })
        }
        "UriEvent" | "LightningUriEvent" => plain(opened(event, &["RecordId"])),
        "LightningPageView" => plain(opened(event, &["PAGE_ENTITY_ID"])),
        "URI" | "UriEventLog" => plain(opened(event, &["URI_ID_DERIVED"])),
        "ContentTransfer" | "ContentTransferEventLog" if word("TRANSACTION_TYPE").contains("download") => {
            plain(downloaded(
                event,
                &["VERSION_ID_DERIVED", "VERSION_ID", "DOCUMENT_ID_DERIVED", "DOCUMENT_ID"],
            ))
        }
        "FileEventStore" if word("FileAction").contains("download") => {
            plain(downloaded(event, &["VersionId", "DocumentId"]))
        }
        "DocumentAttachmentDownloads" => plain(downloaded(event, &["ENTITY_ID", "DOCUMENT_ID"])),
        "GuestUserAnomalyEventStore" | "ApiAnomalyEventStore" | "ReportAnomalyEventStore" => {
            plain(Deed::Reached)
        }
        _ => None,
    }
}

fn failed(event: &LogEvent<'_>) -> bool {
    let status = event.number("STATUS_CODE").is_some_and(|it| it >= 400);
    let refused = event.get("REQUEST_STATUS").is_some_and(|it| matches!(it.as_ref(), "F" | "U" | "A" | "N"));
    status || refused
}

fn rest(event: &LogEvent<'_>, column: &str) -> (Deed, Option<String>) {
    if failed(event) {
        return (Deed::Nothing, None);
    }
    let uri = event.get(column).unwrap_or_default().into_owned();
    let (path, object) = path(&uri, &event.first(&["METHOD", "HttpMethod"]).unwrap_or_default());
    let text = event.query().map(|it| it.into_owned()).or_else(|| asked_in(&uri));
    let rows = event.number("ROWS_PROCESSED");
    let deed = match path {
        Path::Page => Deed::Page { rows, ids: event.record_ids() },
        Path::Record(id) => Deed::Opened(vec![id]),
        Path::Body(id) => Deed::Downloaded(vec![id]),
        // The text of a job; its rows are those of the job's own log.
        Path::Job => text.map_or(Deed::Nothing, |text| Deed::JobText { text }),
        Path::Query { all_rows } => Deed::Query { text, rows, ids: event.record_ids(), all_rows },
        Path::Search => Deed::Reached,
        Path::Unknown if text.is_some() => {
            Deed::Query { text, rows, ids: event.record_ids(), all_rows: false }
        }
        Path::Unknown if !event.objects().is_empty() && rows != Some(0) => Deed::Reached,
        Path::Other | Path::Unknown => Deed::Nothing,
    };
    (deed, object)
}

fn usage(event: &LogEvent<'_>) -> (Deed, Option<String>) {
    if failed(event) {
        return (Deed::Nothing, None);
    }
    let resource = event.get("API_RESOURCE").unwrap_or_default().into_owned();
    let method = event.first(&["HTTP_METHOD", "HttpMethod"]).unwrap_or_default().into_owned();
    let (path, object) = path(&resource, &method);
    let deed = match path {
        Path::Record(id) => Deed::Opened(vec![id]),
        Path::Body(id) => Deed::Downloaded(vec![id]),
        Path::Job if method.eq_ignore_ascii_case("DELETE") || method.eq_ignore_ascii_case("PATCH") => {
            Deed::Nothing
        }
        Path::Other => Deed::Nothing,
        _ => Deed::Reached,
    };
    (deed, object)
}

fn soap(event: &LogEvent<'_>) -> Deed {
    if failed(event) {
        return Deed::Nothing;
    }
    let method = event.get("METHOD_NAME").unwrap_or_default().to_ascii_lowercase();
    let (text, rows, ids) = (event.query().map(|it| it.into_owned()), event.rows(), event.record_ids());
    match method.as_str() {
        "query" | "queryall" => Deed::Query { text, rows, ids, all_rows: method == "queryall" },
        "querymore" => Deed::Page { rows, ids },
        "retrieve" | "search" | "getupdated" => Deed::Reached,
        _ if text.is_some() => Deed::Query { text, rows, ids, all_rows: false },
        _ => Deed::Nothing,
    }
}

fn api_event(event: &LogEvent<'_>) -> Deed {
    let operation = event.get("Operation").unwrap_or_default().to_ascii_lowercase();
    let (text, rows, ids) = (event.query().map(|it| it.into_owned()), event.rows(), event.record_ids());
    match operation.as_str() {
        "querymore" => Deed::Page { rows, ids },
        "query" | "queryall" | "" => Deed::Query { text, rows, ids, all_rows: operation == "queryall" },
        _ => Deed::Nothing,
    }
}

fn opened(event: &LogEvent<'_>, columns: &[&str]) -> Deed {
    let ids = named(event, columns);
    if ids.is_empty() { Deed::Nothing } else { Deed::Opened(ids) }
}

fn downloaded(event: &LogEvent<'_>, columns: &[&str]) -> Deed {
    let ids = named(event, columns);
    if ids.is_empty() { Deed::Nothing } else { Deed::Downloaded(ids) }
}

fn named(event: &LogEvent<'_>, columns: &[&str]) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> =
        columns.iter().filter_map(|column| RecordId::parse(&event.get(column)?).ok()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The heads of a report's columns: a JSON list, or words between commas.
fn labels(event: &LogEvent<'_>) -> Vec<String> {
    let text = event.get("ColumnHeaders").unwrap_or_default();
    if let Ok(list) = serde_json::from_str::<Vec<String>>(&text) {
        return list;
    }
    text.trim_matches(['[', ']'])
        .split(',')
        .map(|it| it.trim().trim_matches('"').to_owned())
        .filter(|it| !it.is_empty())
        .collect()
}

/// What a resource of the REST API gives, and the object that it names.
fn path(uri: &str, method: &str) -> (Path, Option<String>) {
    let writes = ["PATCH", "PUT", "DELETE"].iter().any(|it| it.eq_ignore_ascii_case(method));
    let bare = uri.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = bare.split('/').filter(|it| !it.is_empty()).collect();
    let version = parts.iter().position(|it| {
        it.strip_prefix('v').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    });
    let Some(rest) = version.and_then(|at| parts.get(at + 1..)) else { return (Path::Unknown, None) };
    let is = |part: &str, word: &str| part.eq_ignore_ascii_case(word);
    match rest {
        [] => (Path::Other, None),
        [one] if is(one, "query") => (Path::Query { all_rows: false }, None),
        [one] if is(one, "queryAll") => (Path::Query { all_rows: true }, None),
        [one, ..] if is(one, "query") || is(one, "queryAll") => (Path::Page, None),
        [one, two, ..] if is(one, "jobs") && is(two, "query") => (Path::Job, None),
        [one, ..] if is(one, "search") || is(one, "parameterizedSearch") => (Path::Search, None),
        [one, object, id, rest @ ..] if is(one, "sobjects") && !writes => match RecordId::parse(id) {
            Ok(id) if rest.iter().any(|it| crate::file_body::is_body(object, it)) => {
                (Path::Body(id), Some((*object).to_owned()))
            }
            Ok(id) => (Path::Record(id), Some((*object).to_owned())),
            Err(_) => (Path::Other, None),
        },
        [one, two, object, ..] if is(one, "composite") && is(two, "sobjects") && !writes => {
            (Path::Search, Some((*object).to_owned()))
        }
        [one] if is(one, "composite") => (Path::Unknown, None),
        [one, two, ..] if is(one, "composite") && !is(two, "sobjects") => (Path::Unknown, None),
        [one, ..] if is(one, "graphql") || is(one, "analytics") || is(one, "ui-api") => (Path::Unknown, None),
        _ => (Path::Other, None),
    }
}

/// The query in a URI, `…/query?q=SELECT+Id+FROM+Contact`.
fn asked_in(uri: &str) -> Option<String> {
    let (_, asked) = uri.split_once('?')?;
    let value = asked.split('&').find_map(|it| it.strip_prefix("q="))?;
    let text = percent_decode_str(&value.replace('+', " ")).decode_utf8().ok()?.into_owned();
    text.to_ascii_lowercase().contains("select").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_say_what_was_read() {
        let kind = |uri: &str, method: &str| match path(uri, method).0 {
            Path::Query { all_rows } => {
                if all_rows {
                    "query all"
                } else {
                    "query"
                }
            }
            Path::Page => "page",
            Path::Record(_) => "record",
            Path::Body(_) => "body",
            Path::Search => "search",
            Path::Job => "job",
            Path::Other => "other",
            Path::Unknown => "unknown",
        };
        for (uri, method, expected) in [
            ("/services/data/v58.0/query", "GET", "query"),
            ("/services/data/v58.0/queryAll?q=SELECT+Id+FROM+Case", "GET", "query all"),
            ("/v58.0/query/01g5g000004cXYZ-2000", "GET", "page"),
            ("/services/data/v58.0/sobjects/Contact/0035g00000002bPAAQ", "GET", "record"),
            ("/services/data/v58.0/sobjects/ContentVersion/0685g00000002bPAAQ/VersionData", "GET", "body"),
            ("/services/data/v58.0/sobjects/Attachment/00P5g00000002bPEAQ/Body", "GET", "body"),
            ("/services/data/v58.0/sobjects/Contact/0035g00000002bPAAQ", "DELETE", "other"),
            ("/services/data/v58.0/sobjects/Contact/describe", "GET", "other"),
            ("/services/data/v58.0/sobjects/", "GET", "other"),
            ("/services/data/v58.0/limits/", "GET", "other"),
            ("/services/data/v58.0/jobs/query/7505g0000000001/results", "GET", "job"),
            ("/services/data/v58.0/jobs/ingest", "POST", "other"),
            ("/services/data/v58.0/composite/sobjects/Contact", "POST", "search"),
            ("/services/data/v58.0/composite/batch", "POST", "unknown"),
            ("", "GET", "unknown"),
        ] {
            assert_eq!(kind(uri, method), expected, "{method} {uri}");
        }
    }

    #[test]
    fn a_query_in_an_address_is_read_out_of_it() {
        let uri = "/services/data/v58.0/query?q=SELECT+Id+FROM+Contact+WHERE+Name+LIKE+%27A%25%27&x=1";
        assert_eq!(asked_in(uri).unwrap(), "SELECT Id FROM Contact WHERE Name LIKE 'A%'");
        assert_eq!(asked_in("/services/data/v58.0/query"), None);
    }
}
