//! Logs of the built-in org: an ordinary month, and the same month with a theft through a stolen token of its integration.
//!
//! Every query text in the theft, repeated on the org as of its time, returns the logged number of rows, and the record ids in the
//! logs are those rows.

mod month;
mod sheet;
mod theft;

use std::path::Path;

use chrono::{DateTime, Utc};

use super::GenerateError;
use super::book::id;
use crate::world::{Table, World};
use sheet::Logs;

/// Which logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogSet {
    /// The theft, as an org with Event Monitoring and Real-Time Event Monitoring logs it.
    All,
    /// The theft, as every org logs it.
    Free,
    /// The month without the theft.
    Clean,
}

/// Writes the logs of the practice month into a folder. `world` is the org that they speak of.
///
/// # Errors
/// [`GenerateError`]; the folder is then incomplete.
pub fn write_logs(folder: &Path, world: &World, set: LogSet) -> Result<(), GenerateError> {
    let logs = logs(world, set);
    logs.write(folder, set != LogSet::Free)
}

/// The event log files of the practice month with the theft, for the `event-logs` of the org's folder.
pub(super) fn write_event_logs(folder: &Path, world: &World) -> Result<(), GenerateError> {
    logs(world, LogSet::All).write_event_logs(folder)
}

fn logs(world: &World, set: LogSet) -> Logs {
    let mut logs = Logs::default();
    month::ordinary(&mut logs);
    if set == LogSet::Clean {
        month::harmless_oddities(&mut logs);
    } else {
        theft::theft(&mut logs, world);
    }
    logs
}

/// Somebody or something that uses the org.
struct Caller {
    user: u64,
    name: &'static str,
    app: Option<&'static App>,
    client: &'static str,
    address: &'static str,
}

struct App {
    number: u64,
    name: &'static str,
}

impl Caller {
    fn id(&self) -> String {
        id("005", self.user)
    }

    fn username(&self) -> String {
        format!("{}@alder.example", self.name)
    }

    fn app_id(&self) -> String {
        self.app.map(|it| id("0H4", it.number)).unwrap_or_default()
    }

    fn app_name(&self) -> &'static str {
        self.app.map_or("", |it| it.name)
    }
}

const SYNC_APP: App = App { number: 1, name: "Alder Sync" };
const BACKUP_APP: App = App { number: 2, name: "Harbor Backup" };

const SYNC: Caller = Caller {
    user: 4,
    name: "sync",
    app: Some(&SYNC_APP),
    client: "Alder Sync/2.1",
    address: "198.51.100.14",
};
const BACKUP: Caller = Caller {
    user: 2,
    name: "admin",
    app: Some(&BACKUP_APP),
    client: "Harbor Backup/7.0",
    address: "198.51.100.40",
};

/// Ids of an object's records as a query at that time would have returned them: created by then, and not deleted by then.
fn as_of(
    world: &World,
    object: &str,
    at: DateTime<Utc>,
    keep: impl Fn(&Table, crate::world::RowIx) -> bool,
) -> Vec<String> {
    let Some(table) = world.table(object) else { return Vec::new() };
    let by_then = |row, field| {
        table.named(row, field).and_then(|it| DateTime::parse_from_rfc3339(it).ok()).is_none_or(|it| it <= at)
    };
    table
        .rows()
        .filter(|row| {
            by_then(*row, "CreatedDate") && !(table.is_deleted(*row) && by_then(*row, "SystemModstamp"))
        })
        .filter(|row| keep(table, *row))
        .filter_map(|row| table.id(row).map(str::to_owned))
        .collect()
}
