//! Conditional requests: dates and tags of HTTP.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::super::answer::{Answer, Content, Refusal};
use super::super::call::Call;

/// An HTTP date, `Sat, 21 Nov 2026 10:15:00 GMT`.
pub(super) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Reads an HTTP date, or an ISO instant, which some clients send.
fn read(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc2822(text) {
        return Some(at.with_timezone(&Utc));
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.with_timezone(&Utc));
    }
    let (rest, _zone) = text.rsplit_once(' ')?;
    NaiveDateTime::parse_from_str(rest, "%a, %d %b %Y %H:%M:%S").ok().map(|it| it.and_utc())
}

/// 304 when nothing changed since the date that the client names.
pub(super) fn unchanged(call: &Call, changed_at: DateTime<Utc>) -> Option<Answer> {
    let since = call.header("if-modified-since").and_then(read)?;
    (changed_at.timestamp() <= since.timestamp())
        .then(|| Answer::with(304, Content::Nothing).header("last-modified", http_date(changed_at)))
}

/// 412 when something changed after the date that the client names.
pub(super) fn still(call: &Call, changed_at: Option<DateTime<Utc>>) -> Result<(), Refusal> {
    let until = call.header("if-unmodified-since").and_then(read);
    match (until, changed_at) {
        (Some(until), Some(changed)) if changed.timestamp() > until.timestamp() => Err(changed_meanwhile()),
        _ => Ok(()),
    }
}

/// The refusal of a conditional write whose record moved on.
pub(super) fn changed_meanwhile() -> Refusal {
    Refusal::new(412, "PRECONDITION_FAILED", "The record has been modified since the date or tag given")
}

/// Whether one of the tags of a header is this one; `*` is any.
pub(super) fn tag_in(header: &str, tag: &str) -> bool {
    header
        .split(',')
        .map(|it| it.trim().trim_start_matches("W/").trim_matches('"'))
        .any(|it| it == "*" || it.trim_end_matches("--gzip") == tag.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_dates_are_read_as_they_are_written() {
        let at = DateTime::parse_from_rfc3339("2026-11-21T10:15:00Z").unwrap().with_timezone(&Utc);
        assert_eq!(http_date(at), "Sat, 21 Nov 2026 10:15:00 GMT");
        assert_eq!(read(&http_date(at)), Some(at));
        assert_eq!(read("2026-11-21T10:15:00Z"), Some(at));
        assert_eq!(read("yesterday"), None);
    }
}
