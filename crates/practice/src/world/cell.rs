//! The one spelling in which a cell is kept, whatever it was written as.

use super::{FieldKind, id18};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use std::borrow::Cow;

/// The canonical text of a value that is not empty, or what is wrong with it (without repeating it).
pub(super) fn canonical(kind: FieldKind, text: &str) -> Result<Cow<'_, str>, &'static str> {
    match kind {
        FieldKind::Id => match id18(text) {
            Some(id) if id == text => Ok(Cow::Borrowed(text)),
            Some(id) => Ok(Cow::Owned(id)),
            None => Err("is not a Salesforce id of 15 or 18 characters with a right checksum"),
        },
        FieldKind::Reference => reference(text),
        FieldKind::Boolean => boolean(text).map(Cow::Borrowed).ok_or("is neither true nor false"),
        FieldKind::Date => day(text).ok_or("is not a date such as 2026-01-02"),
        FieldKind::DateTime => instant(text).ok_or("is not an instant such as 2026-01-02T03:04:05.000Z"),
        FieldKind::Time => time(text).ok_or("is not a time such as 03:04:05.000Z"),
        FieldKind::Int | FieldKind::Long => whole(text).ok_or("is not a whole number"),
        FieldKind::Double | FieldKind::Currency | FieldKind::Percent => {
            number(text).ok_or("is not a number such as 12.5")
        }
        _ => Ok(Cow::Borrowed(text)),
    }
}

/// `true` or `false` for what the loaders of this world write.
pub(super) fn boolean(text: &str) -> Option<&'static str> {
    match text.trim() {
        "1" => Some("true"),
        "0" => Some("false"),
        it if it.eq_ignore_ascii_case("true") => Some("true"),
        it if it.eq_ignore_ascii_case("false") => Some("false"),
        _ => None,
    }
}

/// The instant behind a datetime cell (UTC).
pub(super) fn parse_instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(it) = DateTime::parse_from_rfc3339(text) {
        return Some(it.with_timezone(&Utc));
    }
    if let Ok(it) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(it.with_timezone(&Utc));
    }
    for form in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.fZ"] {
        if let Ok(it) = NaiveDateTime::parse_from_str(text, form) {
            return Some(it.and_utc());
        }
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .and_then(|it| it.and_hms_opt(0, 0, 0))
        .map(|it| it.and_utc())
}

fn reference(text: &str) -> Result<Cow<'_, str>, &'static str> {
    match id18(text) {
        Some(id) if id == text => Ok(Cow::Borrowed(text)),
        Some(id) => Ok(Cow::Owned(id)),
        None => Err("is not a Salesforce id of 15 or 18 characters with a right checksum"),
    }
}

fn instant(text: &str) -> Option<Cow<'_, str>> {
    let at = parse_instant(text)?;
    let same = text.len() == 24 && text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T');
    if same { Some(Cow::Borrowed(text)) } else { Some(Cow::Owned(super::clock::stamp(at))) }
}

fn day(text: &str) -> Option<Cow<'_, str>> {
    let (head, rest) = text.split_at_checked(10)?;
    let rest = rest.trim_start_matches(['T', ' ']);
    let midnight = rest.is_empty() || rest.trim_end_matches('Z').bytes().all(|it| b"0:.+".contains(&it));
    let shaped = head
        .bytes()
        .enumerate()
        .all(|(at, it)| if matches!(at, 4 | 7) { it == b'-' } else { it.is_ascii_digit() });
    (midnight && shaped && NaiveDate::parse_from_str(head, "%Y-%m-%d").is_ok()).then_some(Cow::Borrowed(head))
}

fn time(text: &str) -> Option<Cow<'_, str>> {
    let bare = text.trim_end_matches('Z');
    let it =
        NaiveTime::parse_from_str(bare, "%H:%M:%S%.f").or_else(|_| NaiveTime::parse_from_str(bare, "%H:%M"));
    it.ok().map(|it| Cow::Owned(format!("{}Z", it.format("%H:%M:%S%.3f"))))
}

fn whole(text: &str) -> Option<Cow<'_, str>> {
    let bare = match text.split_once('.') {
        Some((head, zeros)) if zeros.bytes().all(|it| it == b'0') => head,
        Some(_) => return None,
        None => text,
    };
    bare.parse::<i64>().ok().map(|it| Cow::Owned(it.to_string()))
}

fn number(text: &str) -> Option<Cow<'_, str>> {
    let value = text.parse::<f64>().ok().filter(|it| it.is_finite())?;
    let plain = text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'-'))
        && !text.ends_with('.')
        && !text.starts_with('.');
    if plain { Some(Cow::Borrowed(text)) } else { Some(Cow::Owned(value.to_string())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_value_has_one_text() {
        for (kind, written, kept) in [
            (FieldKind::DateTime, "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"),
            (FieldKind::DateTime, "2026-01-02T03:04:05.000+0000", "2026-01-02T03:04:05.000Z"),
            (FieldKind::DateTime, "2026-01-02 03:04:05", "2026-01-02T03:04:05.000Z"),
            (FieldKind::DateTime, "2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05.000Z"),
            (FieldKind::Date, "2026-01-02 00:00:00", "2026-01-02"),
            (FieldKind::Date, "2026-01-02T00:00:00.000Z", "2026-01-02"),
            (FieldKind::Boolean, "TRUE", "true"),
            (FieldKind::Boolean, "0", "false"),
            (FieldKind::Int, "5.0", "5"),
            (FieldKind::Double, "1e3", "1000"),
            (FieldKind::Time, "03:04", "03:04:00.000Z"),
            (FieldKind::Id, "001D000000IRFma", "001D000000IRFmaIAH"),
        ] {
            assert_eq!(canonical(kind, written).as_deref(), Ok(kept), "{written}");
        }
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        for (kind, written) in [
            (FieldKind::Date, "2026-02-30"),
            (FieldKind::Date, "02/03/2026"),
            (FieldKind::Date, "2026-1-2"),
            (FieldKind::DateTime, "yesterday"),
            (FieldKind::Boolean, "yes"),
            (FieldKind::Int, "1.5"),
            (FieldKind::Double, "NaN"),
            (FieldKind::Reference, "001D000000IRFmaIAA"),
        ] {
            assert!(canonical(kind, written).is_err(), "{written} is no {kind:?}");
        }
    }
}
