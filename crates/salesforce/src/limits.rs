//! Allowances, record counts and the list of event log files.

use std::collections::BTreeMap;

use casework::query::{Query, Refusal};
use casework::record_id::RecordId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::client::{Call, Org, only_error};
use crate::errors::Error;
use crate::package::{Answered, QUERIES};
use crate::soql;

/// Objects asked for in one question about counts; 300 names of 40 letters fit an address.
const COUNTS_AT_ONCE: usize = 300;

/// One allowance of the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    #[serde(rename = "Max", alias = "max")]
    pub max: i64,
    #[serde(rename = "Remaining", alias = "remaining")]
    pub remaining: i64,
}

/// One event log file, without its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLogFile {
    pub id: RecordId,
    pub event_type: String,
    /// `Hourly` or `Daily`; older orgs leave it out.
    pub interval: Option<String>,
    /// As Salesforce writes it, UTC.
    pub log_date: String,
    /// As Salesforce writes it, UTC.
    pub created_at: String,
    pub length_bytes: u64,
}

impl EventLogFile {
    /// The UTC day that it is about; `None` when Salesforce wrote none.
    pub fn day(&self) -> Option<NaiveDate> {
        self.log_date.get(..10)?.parse().ok()
    }
}

/// What `COUNT()` answers.
#[derive(Deserialize)]
struct Total {
    #[serde(rename = "totalSize")]
    size: u64,
}

#[derive(Deserialize)]
struct Counts {
    #[serde(rename = "sObjects")]
    objects: Vec<Count>,
}

#[derive(Deserialize)]
struct Count {
    name: String,
    count: u64,
}

impl Org {
    /// The org's allowances by Salesforce's names, `DailyApiRequests`. Needs View Setup.
    ///
    /// # Errors
    /// As every call.
    pub async fn limits(&self) -> Result<BTreeMap<String, Limit>, Error> {
        let path = self.data("/limits");
        let all: BTreeMap<String, serde_json::Value> =
            self.json(&Call::get(&path)).await.map_err(only_error)?;
        // An allowance of a shape we do not know is left out rather than guessed.
        Ok(all.into_iter().filter_map(|(name, it)| Some((name, serde_json::from_value(it).ok()?))).collect())
    }

    /// Salesforce's cached estimate of live records; objects it does not count are absent.
    ///
    /// # Errors
    /// As every call.
    pub async fn record_counts(&self, objects: &[String]) -> Result<BTreeMap<String, u64>, Error> {
        let names: Vec<&str> =
            objects.iter().map(String::as_str).filter(|name| soql::name(name).is_ok()).collect();
        let mut counts = BTreeMap::new();
        for names in names.chunks(COUNTS_AT_ONCE) {
            let path = self.data(&format!("/limits/recordCount?sObjects={}", names.join(",")));
            let answer: Counts = self.json(&Call::get(&path)).await.map_err(only_error)?;
            counts.extend(answer.objects.into_iter().map(|one| (one.name, one.count)));
        }
        Ok(counts)
    }

    /// Live records of each object as the signed-in user sees them, five objects to a call. An object that is not to be counted has
    /// its refusal.
    ///
    /// # Errors
    /// As every call.
    pub async fn count(&self, objects: &[String]) -> Result<BTreeMap<String, Result<u64, Refusal>>, Error> {
        let mut counts = BTreeMap::new();
        let mut asked = Vec::new();
        for object in objects {
            match soql::count(object) {
                Ok(statement) => asked.push((object, self.question("/query", &statement))),
                Err(refusal) => drop(counts.insert(object.clone(), Err(refusal))),
            }
        }
        for together in asked.chunks(QUERIES) {
            let paths: Vec<String> = together.iter().map(|(_, path)| path.clone()).collect();
            for ((object, _), answer) in together.iter().zip(self.package::<Total>(&paths).await?) {
                let count = match answer {
                    Answered::Well(total) => Ok(total.size),
                    Answered::Refused { refusal, .. } => Err(refusal),
                };
                counts.insert((*object).clone(), count);
            }
        }
        Ok(counts)
    }

    /// Every event log file the user may see, oldest first.
    ///
    /// # Errors
    /// As every call.
    pub async fn event_log_files(&self) -> Result<Vec<EventLogFile>, Error> {
        let fields = ["EventType", "Interval", "LogDate", "CreatedDate", "LogFileLength"];
        let rows = self
            .ask_one(Query {
                object: "EventLogFile".to_owned(),
                fields: fields.iter().map(|field| (*field).to_owned()).collect(),
                condition: None,
                children: Vec::new(),
                all_rows: false,
                order_by: vec!["CreatedDate".to_owned(), "Id".to_owned()],
                limit: None,
            })
            .await?;
        rows.into_iter()
            .map(|row| {
                let text = |field: &str| row.text(field).map(str::to_owned);
                let missing = Error::Garbled { what: "an event log file without its type or dates" };
                let (Some(event_type), Some(log_date), Some(created_at)) =
                    (text("EventType"), text("LogDate"), text("CreatedDate"))
                else {
                    return Err(missing);
                };
                let length = row.values.get("LogFileLength").map(ToString::to_string).unwrap_or_default();
                let length_bytes =
                    length.split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or_default();
                let interval = text("Interval");
                Ok(EventLogFile { id: row.id, event_type, interval, log_date, created_at, length_bytes })
            })
            .collect()
    }
}
