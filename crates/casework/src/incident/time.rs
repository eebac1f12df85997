//! Times as logs write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Reads `yyyyMMddHHmmss.SSS` (UTC, the fraction of one to three digits or missing) or ISO 8601 with any offset; an ISO time
/// without an offset is UTC, as everything that Salesforce writes.
pub fn read_time(text: &[u8]) -> Option<DateTime<Utc>> {
    let text = text.trim_ascii();
    compact(text).or_else(|| usual(text)).or_else(|| iso(std::str::from_utf8(text).ok()?))
}

/// `2026-10-20T12:00:00.050Z`, as Salesforce writes nearly all of them.
fn usual(text: &[u8]) -> Option<DateTime<Utc>> {
    let [y, u, e, a, b'-', m, o, b'-', d, v, b'T', h, r, b':', i, n, b':', s, c, b'.', l, k, z, b'Z'] = text
    else {
        return None;
    };
    compact(&[*y, *u, *e, *a, *m, *o, *d, *v, *h, *r, *i, *n, *s, *c, b'.', *l, *k, *z])
}

fn compact(text: &[u8]) -> Option<DateTime<Utc>> {
    let (digits, fraction) = text.split_at_checked(14)?;
    let milliseconds = match fraction {
        [] => 0,
        [b'.', rest @ ..] if (1..=3).contains(&rest.len()) => {
            number(rest)? * 10_u32.pow(3 - u32::try_from(rest.len()).ok()?)
        }
        _ => return None,
    };
    let part = |from: usize, to: usize| number(digits.get(from..to)?);
    let day = NaiveDate::from_ymd_opt(i32::try_from(part(0, 4)?).ok()?, part(4, 6)?, part(6, 8)?)?;
    let time = NaiveTime::from_hms_milli_opt(part(8, 10)?, part(10, 12)?, part(12, 14)?, milliseconds)?;
    Some(day.and_time(time).and_utc())
}

fn number(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

fn iso(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    for form in ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%z"] {
        if let Ok(at) = DateTime::parse_from_str(text, form) {
            return Some(at.to_utc());
        }
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|at| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_and_every_zone_become_utc() {
        let noon = "2026-10-20T12:00:00.050Z".parse::<DateTime<Utc>>().unwrap();
        for text in [
            "20261020120000.05",
            "20261020120000.050",
            "2026-10-20T12:00:00.050Z",
            "2026-10-20T12:00:00.050+0000",
            "2026-10-20T05:00:00.050-07:00",
            "2026-10-20 14:00:00.050+0200",
            "2026-10-20T12:00:00.050",
        ] {
            assert_eq!(read_time(text.as_bytes()), Some(noon), "{text}");
        }
        for bad in
            ["", "2026-10-20", "20261320120000.000", "20261020120000.0500", "1761000000", "10/20/2026 12:00"]
        {
            assert_eq!(read_time(bad.as_bytes()), None, "{bad}");
        }
    }
}
