//! Reading a faults file: strict about kinds, keys and types.

use std::time::Duration;

use serde_json::Value;
use toml::{Table, Value as Toml};

use super::{ChangeWhen, Fault, Faults, Where};

/// Why a faults file was refused. The practice org does not start with half of its faults.
#[derive(Debug, thiserror::Error)]
pub enum FaultsError {
    /// The file cannot be opened or is not UTF-8.
    #[error("the faults file cannot be read: {0}.")]
    Unreadable(std::io::Error),
    /// The text is not TOML.
    #[error("the faults file is not TOML: {0}.")]
    NotToml(String),
    /// An entry is not understood.
    #[error("fault {n} of the faults file: {reason}.")]
    Entry {
        /// Which `[[fault]]`, counted from 1; 0 speaks of the file as a whole.
        n: usize,
        /// What is wrong with it.
        reason: String,
    },
}

const KINDS: [(&str, &[&str]); 16] = [
    ("lock_row", &["object", "id", "times"]),
    ("status", &["method", "path", "code", "after", "times"]),
    ("html", &["method", "path", "after", "times"]),
    ("cut", &["method", "path", "after", "times"]),
    ("slow", &["ms", "method", "path", "after", "times"]),
    ("session_expired", &["after", "times"]),
    ("daily_limit", &["after"]),
    ("concurrent_limit", &["method", "path", "after", "times"]),
    ("rotate_refresh", &[]),
    ("index_lag", &["ms"]),
    ("delayed_removal", &[]),
    ("change", &["object", "id", "field", "value", "when", "after"]),
    ("query_timeout", &["object", "times"]),
    ("permission_removed", &["object", "after"]),
    ("describe_lies", &["object", "field"]),
    ("partial_failure", &["object", "id", "code", "times"]),
];

pub(super) fn parse(text: &str) -> Result<Faults, FaultsError> {
    let file: Table =
        text.parse().map_err(|it: toml::de::Error| FaultsError::NotToml(it.message().to_owned()))?;
    let whole = |reason: String| FaultsError::Entry { n: 0, reason };
    if let Some(other) = file.keys().find(|it| *it != "fault") {
        return Err(whole(format!("\"{other}\" is not known here; faults are written as [[fault]]")));
    }
    let entries = match file.get("fault") {
        None => return Ok(Faults::default()),
        Some(Toml::Array(entries)) => entries,
        Some(_) => return Err(whole("\"fault\" must be a list; write [[fault]]".to_owned())),
    };
    let mut list = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let n = at + 1;
        let Toml::Table(entry) = entry else {
            return Err(FaultsError::Entry { n, reason: "it is not a table".to_owned() });
        };
        list.push(one(entry).map_err(|reason| FaultsError::Entry { n, reason })?);
    }
    Ok(Faults { list })
}

fn one(entry: &Table) -> Result<Fault, String> {
    let kind = needed_text(entry, "kind")?;
    let Some((_, keys)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        let known: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        return Err(format!("the kind \"{kind}\" is unknown; known are {}", known.join(", ")));
    };
    if let Some(other) = entry.keys().find(|it| *it != "kind" && !keys.contains(&it.as_str())) {
        let keys = if keys.is_empty() { "none".to_owned() } else { keys.join(", ") };
        return Err(format!("the key \"{other}\" is unknown for \"{kind}\"; its keys are: {keys}"));
    }
    Ok(match kind.as_str() {
        "lock_row" => Fault::LockRow {
            object: pattern(entry, "object")?,
            id: pattern(entry, "id")?,
            times: number(entry, "times")?.unwrap_or(1),
        },
        "status" => {
            let code = number(entry, "code")?.ok_or("the key \"code\" is missing")?;
            let code = u16::try_from(code)
                .ok()
                .filter(|it| (200..600).contains(it))
                .ok_or("\"code\" must be an HTTP status between 200 and 599")?;
            Fault::Status { at: place(entry)?, code }
        }
        "html" => Fault::Html { at: place(entry)? },
        "cut" => Fault::Cut { at: place(entry)? },
        "slow" => Fault::Slow { at: place(entry)?, delay: millis(entry)? },
        "session_expired" => Fault::SessionExpired {
            after: number(entry, "after")?.unwrap_or(0),
            times: number(entry, "times")?,
        },
        "daily_limit" => Fault::DailyLimit { after: number(entry, "after")?.unwrap_or(0) },
        "concurrent_limit" => Fault::ConcurrentLimit { at: place(entry)? },
        "rotate_refresh" => Fault::RotateRefresh,
        "index_lag" => Fault::IndexLag { delay: millis(entry)? },
        "delayed_removal" => Fault::DelayedRemoval,
        "change" => change(entry)?,
        "query_timeout" => {
            Fault::QueryTimeout { object: pattern(entry, "object")?, times: number(entry, "times")? }
        }
        "permission_removed" => Fault::PermissionRemoved {
            object: needed_text(entry, "object")?,
            after: number(entry, "after")?.unwrap_or(0),
        },
        "describe_lies" => {
            Fault::DescribeLies { object: needed_text(entry, "object")?, field: needed_text(entry, "field")? }
        }
        _ => Fault::PartialFailure {
            object: pattern(entry, "object")?,
            id: pattern(entry, "id")?,
            code: needed_text(entry, "code")?,
            times: number(entry, "times")?,
        },
    })
}

fn change(entry: &Table) -> Result<Fault, String> {
    let after = number(entry, "after")?;
    let when = match text(entry, "when")?.as_deref() {
        None | Some("before_write") if after.is_none() => ChangeWhen::BeforeWrite,
        None | Some("after_calls") => {
            ChangeWhen::AfterCalls(after.ok_or("\"after_calls\" needs \"after\", a number of calls")?)
        }
        Some("before_write") => return Err("\"after\" goes only with when = \"after_calls\"".to_owned()),
        Some(other) => {
            return Err(format!("when = \"{other}\" is unknown; known are before_write, after_calls"));
        }
    };
    let value = match entry.get("value") {
        None => return Err("the key \"value\" is missing".to_owned()),
        Some(Toml::String(it)) => Value::String(it.clone()),
        Some(Toml::Integer(it)) => Value::from(*it),
        Some(Toml::Float(it)) => Value::from(*it),
        Some(Toml::Boolean(it)) => Value::Bool(*it),
        Some(Toml::Datetime(it)) => Value::String(it.to_string()),
        Some(_) => return Err("\"value\" must be a text, a number, true, false or a date".to_owned()),
    };
    Ok(Fault::Change {
        object: needed_text(entry, "object")?,
        id: needed_text(entry, "id")?,
        field: needed_text(entry, "field")?,
        value,
        when,
    })
}

fn place(entry: &Table) -> Result<Where, String> {
    Ok(Where {
        method: text(entry, "method")?.filter(|it| it != "*"),
        path: text(entry, "path")?,
        after: number(entry, "after")?.unwrap_or(0),
        times: number(entry, "times")?,
    })
}

fn pattern(entry: &Table, key: &str) -> Result<Option<String>, String> {
    Ok(text(entry, key)?.filter(|it| it != "*"))
}

fn text(entry: &Table, key: &str) -> Result<Option<String>, String> {
    match entry.get(key) {
        None => Ok(None),
        Some(Toml::String(it)) => Ok(Some(it.clone())),
        Some(_) => Err(format!("\"{key}\" must be a text")),
    }
}

fn needed_text(entry: &Table, key: &str) -> Result<String, String> {
    text(entry, key)?.ok_or_else(|| format!("the key \"{key}\" is missing"))
}

fn number(entry: &Table, key: &str) -> Result<Option<u64>, String> {
    match entry.get(key) {
        None => Ok(None),
        Some(Toml::Integer(it)) => {
            u64::try_from(*it).map(Some).map_err(|_| format!("\"{key}\" must not be negative"))
        }
        Some(_) => Err(format!("\"{key}\" must be a whole number")),
    }
}

fn millis(entry: &Table) -> Result<Duration, String> {
    Ok(Duration::from_millis(number(entry, "ms")?.ok_or("the key \"ms\" is missing")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_plan_is_read() {
        let text = r#"
            fault = [
              { kind = "lock_row", object = "Contact", id = "003000000000001", times = 2 },
              { kind = "status", method = "GET", path = "*/query*", code = 503, after = 1, times = 2 },
              { kind = "html" }, { kind = "cut" }, { kind = "slow", ms = 10 },
              { kind = "session_expired", after = 3, times = 1 }, { kind = "daily_limit", after = 9 },
              { kind = "rotate_refresh" }, { kind = "index_lag", ms = 5 }, { kind = "delayed_removal" },
              { kind = "change", object = "Contact", id = "003000000000001", field = "Title", value = "x", when = "before_write" },
            ]"#;
        assert_eq!(parse(text).unwrap().list.len(), 11);
    }

    #[test]
    fn what_is_not_known_is_refused_with_a_sentence() {
        for (text, word) in [
            ("[[fault]]\nkind = \"flood\"", "flood"),
            ("[[fault]]\nkind = \"html\"\ncolour = 1", "colour"),
            ("[[fault]]\nkind = \"slow\"", "ms"),
            ("[[fault]]\nkind = \"status\"\ncode = \"x\"", "whole number"),
            ("[[fault]]\nid = \"x\"", "kind"),
            ("[[faults]]\nkind = \"html\"", "faults"),
            ("[[fault", "not TOML"),
        ] {
            let said = parse(text).unwrap_err().to_string();
            assert!(said.contains(word), "{said}");
        }
    }
}
