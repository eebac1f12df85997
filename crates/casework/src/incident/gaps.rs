//! Hours and days for which there should be a log file and is none.

use std::collections::{BTreeMap, BTreeSet};

use super::gathered::{Gap, KindRead, instant};

const HOUR: i64 = 3_600_000;

/// The gaps of one type between its first and its last event. A file that stays within one hour is an hourly file where its day
/// has several of them; any other file covers its days. Days without a file are gaps only when most days have one.
pub(super) fn gaps(reads: &[(&KindRead, Option<&str>)], span: Option<[i64; 2]>) -> Vec<Gap> {
    let Some([from, to]) = span.map(|it| it.map(|end| end.div_euclid(HOUR))) else { return Vec::new() };
    let mut days = BTreeSet::new();
    let mut hourly: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (read, interval) in reads {
        let hours: Vec<i64> = read.coverage.hours.iter().flat_map(|[from, to]| *from..=*to).collect();
        match (hours.as_slice(), interval) {
            ([only], None | Some("Hourly")) => {
                hourly.entry(only.div_euclid(24)).or_default().insert(*only);
            }
            (several, _) => days.extend(several.iter().map(|hour| hour.div_euclid(24))),
        }
    }
    let (first, last) = (from.div_euclid(24), to.div_euclid(24));
    let held = (first..=last).filter(|day| days.contains(day) || hourly.contains_key(day)).count();
    let most_days = 2 * held >= usize::try_from(last - first + 1).unwrap_or(usize::MAX);
    let absent = (first..=last).filter(|day| !days.contains(day)).flat_map(|day| {
        let whole = day * 24..(day + 1) * 24;
        let missing: Vec<i64> = match hourly.get(&day) {
            Some(hours) if hours.len() >= 2 => {
                whole.filter(|hour| (from..=to).contains(hour) && !hours.contains(hour)).collect()
            }
            None if most_days => whole.collect(),
            _ => Vec::new(),
        };
        missing
    });
    let mut ranges: Vec<[i64; 2]> = Vec::new();
    for hour in absent {
        match ranges.last_mut() {
            Some([_, last]) if *last + 1 == hour => *last = hour,
            _ => ranges.push([hour, hour]),
        }
    }
    ranges
        .into_iter()
        .filter_map(|[from, to]| {
            Some(Gap { from: instant(from * HOUR)?, to: instant((to + 1) * HOUR - 1000)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::gathered::Coverage;
    use super::*;

    fn file(hours: &[[i64; 2]]) -> KindRead {
        let span = [hours[0][0] * HOUR, hours[hours.len() - 1][1] * HOUR + 5];
        KindRead {
            rows: 9,
            span: Some(span),
            coverage: Coverage { hours: hours.to_vec() },
            ..KindRead::default()
        }
    }

    fn of(files: &[KindRead]) -> Vec<(String, String)> {
        let reads: Vec<(&KindRead, Option<&str>)> = files.iter().map(|it| (it, None)).collect();
        let span = files.iter().filter_map(|it| it.span).reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]);
        gaps(&reads, span).into_iter().map(|it| (it.from, it.to)).collect()
    }

    #[test]
    fn a_day_without_its_file_is_a_gap_and_a_rare_log_has_none() {
        let day = |n: i64| file(&[[n * 24, n * 24 + 3], [n * 24 + 9, n * 24 + 20]]);
        assert_eq!(
            of(&[day(0), day(1), day(3)]),
            [("1970-01-03T00:00:00Z".to_owned(), "1970-01-03T23:59:59Z".to_owned())]
        );
        assert_eq!(of(&[day(0), day(9), day(30)]), []);
    }

    #[test]
    fn an_hour_without_its_file_is_a_gap_and_a_quiet_day_has_none() {
        assert_eq!(
            of(&[file(&[[0, 0]]), file(&[[1, 1]]), file(&[[3, 3]])]),
            [("1970-01-01T02:00:00Z".to_owned(), "1970-01-01T02:59:59Z".to_owned())]
        );
        assert_eq!(of(&[file(&[[5, 5]]), file(&[[24, 40]])]), [], "one hour alone is a quiet day");
    }
}
