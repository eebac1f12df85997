//! Bodies: files of versions and attachments, and event logs with the rows that name them.

use super::records::Filling;
use crate::world::clock::stamp_seconds;
use crate::world::org::Body;
use crate::world::{LoadError, World, id15};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::io::{BufRead, BufReader};

const WITH_BODIES: [&str; 3] = ["ContentVersion", "Attachment", "Document"];

impl World {
    /// Ties the files in `files/` to their records.
    pub(super) fn attach_files(&mut self) -> Result<(), LoadError> {
        for name in self.source.list("files")? {
            let path = format!("files/{name}");
            let Some(stem) = crate::world::id18(&name) else {
                return Err(LoadError::of(path, "the name is not an id with a right checksum."));
            };
            let owner = WITH_BODIES.iter().find(|it| self.table(it).and_then(|it| it.by_id(&stem)).is_some());
            let Some(owner) = owner else {
                return Err(LoadError::of(path, "no ContentVersion, Attachment or Document has this id."));
            };
            let (_, size) = self.source.open(&path)?;
            let field = if *owner == "ContentVersion" { "ContentSize" } else { "BodyLength" };
            if let Some(table) = self.tables.get_mut(&owner.to_ascii_lowercase())
                && let Some(row) = table.by_id(&stem)
            {
                table.fill(row, field, Some(&size.to_string()));
            }
            if let Some(stem) = id15(&stem) {
                self.files.insert(stem.to_owned(), Body::File(path));
            }
        }
        Ok(())
    }

    /// Ties the files in `event-logs/` to their EventLogFile rows, or makes those.
    pub(super) fn attach_logs(&mut self, fill: &Filling) -> Result<(), LoadError> {
        for name in self.source.list("event-logs")? {
            let path = format!("event-logs/{name}");
            let Some(log) = LogName::parse(&name) else {
                return Err(LoadError::of(
                    path,
                    "the name is not EventType_yyyy-mm-dd.csv or EventType_yyyy-mm-dd_hh.csv.",
                ));
            };
            let (bytes, size) = self.source.open(&path)?;
            let mut header = String::new();
            if BufReader::new(bytes).read_line(&mut header).is_err() {
                return Err(LoadError::of(path, "the header is not UTF-8."));
            }
            let names = header.trim_start_matches('\u{feff}').trim_end().replace('"', "");
            let types = vec!["String"; names.split(',').count()].join(",");
            let day = stamp_seconds(log.at);
            let interval = if log.hourly { "Hourly" } else { "Daily" };
            let held = self.table("EventLogFile").and_then(|table| {
                table.rows().find(|row| {
                    table.named(*row, "EventType").is_some_and(|it| it.eq_ignore_ascii_case(&log.event_type))
                        && table.named(*row, "LogDate") == Some(&day)
                        && table.named(*row, "Interval").is_none_or(|it| it == interval)
                        && table.id(*row).and_then(id15).is_none_or(|it| !self.files.contains_key(it))
                })
            });
            let id = match held.and_then(|row| self.table("EventLogFile")?.id(row).map(str::to_owned)) {
                Some(it) => it,
                None => self.fresh_id(Some("0AT")),
            };
            let written = log.at + if log.hourly { TimeDelta::hours(4) } else { TimeDelta::hours(31) };
            let written = stamp_seconds(written.min(self.started_at));
            let Some(table) = self.tables.get_mut("eventlogfile") else { continue };
            let Some(row) = table.by_id(&id).or_else(|| table.append(&[("Id", id.clone())])) else {
                continue;
            };
            let size = format!("{size}.0");
            table.fill_all(
                row,
                &[
                    ("EventType", log.event_type.as_str()),
                    ("LogDate", day.as_str()),
                    ("Interval", interval),
                    ("Sequence", if log.hourly { "1" } else { "0" }),
                    ("CreatedDate", written.as_str()),
                    ("LastModifiedDate", written.as_str()),
                    ("SystemModstamp", written.as_str()),
                    ("CreatedById", fill.user.as_str()),
                    ("LastModifiedById", fill.user.as_str()),
                    ("ApiVersion", "68.0"),
                    ("LogFileContentType", "text/csv"),
                    ("LogFileFieldNames", names.as_str()),
                    ("LogFileFieldTypes", types.as_str()),
                    ("LogFileLength", size.as_str()),
                ],
            );
            if let Some(stem) = id15(&id) {
                self.files.insert(stem.to_owned(), Body::File(path));
            }
        }
        Ok(())
    }
}

struct LogName {
    event_type: String,
    at: DateTime<Utc>,
    hourly: bool,
}

impl LogName {
    /// `Login_2026-10-03.csv`, `Login_2026-10-03_07.csv`.
    fn parse(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".csv")?;
        let parts: Vec<&str> = stem.split('_').collect();
        let (event_type, day, hour) = match parts.as_slice() {
            [event_type, day] => (*event_type, *day, None),
            [event_type, day, hour] => (*event_type, *day, Some(hour.parse::<u32>().ok()?)),
            _ => return None,
        };
        if event_type.is_empty()
            || !event_type.bytes().all(|it| it.is_ascii_alphanumeric())
            || day.len() != 10
        {
            return None;
        }
        let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
        let at = day.and_hms_opt(hour.unwrap_or(0), 0, 0)?.and_utc();
        Some(Self { event_type: event_type.to_owned(), at, hourly: hour.is_some() })
    }
}
