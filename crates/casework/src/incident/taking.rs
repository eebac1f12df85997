//! From what single records of logs say to what was taken: records of one request joined, pages added to their query,
//! Bulk jobs brought together with the text that their result was fetched by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::access::{Access, Deed};
use crate::record_id::RecordId;

/// A log of calls without texts tells nothing new about an object of which a better log tells so close to it.
const ECHOES: TimeDelta = TimeDelta::minutes(30);
/// Records of two logs about one call stand this close together.
const TOGETHER: TimeDelta = TimeDelta::seconds(5);
/// The result of a Bulk job can be fetched for so long.
const RESULTS_LAST: TimeDelta = TimeDelta::days(7);
/// A log may write the fetching of a result a little before the job's own end.
const SLACK: TimeDelta = TimeDelta::minutes(5);

/// One thing that was taken, or may have been.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taking {
    pub findings: BTreeSet<usize>,
    /// When; a job has its beginning and its end. Never empty, in order.
    pub at: Vec<DateTime<Utc>>,
    pub user: Option<RecordId>,
    /// API names; for a query with text, that of its FROM is told by the text.
    pub objects: BTreeSet<String>,
    pub text: Option<String>,
    pub rows: Option<u64>,
    pub ids: BTreeSet<RecordId>,
    pub all_rows: bool,
    /// Single records opened whole, or a report's labels: what of a record was seen.
    pub shown: Shown,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Shown {
    /// What the text says; without a text, anything that the principal could read.
    #[default]
    Asked,
    /// The whole record, without the body where it is a file's.
    Whole,
    /// The body of a file.
    Body,
    /// Columns under these heads.
    Labels(Vec<String>),
    /// Only that the object was read.
    Reached,
}

/// Brings the records together. What took nothing (counts, refusals, empty answers) is left out.
pub fn takings(mut accesses: Vec<Access>) -> Vec<Taking> {
    accesses.sort_by(|a, b| (a.at, &a.request).cmp(&(b.at, &b.request)));
    let told = told_better(&accesses);
    let mut takings = Vec::new();
    let mut last_query: BTreeMap<(Option<RecordId>, Option<String>), usize> = BTreeMap::new();
    let mut by_request: BTreeMap<(Option<RecordId>, String), usize> = BTreeMap::new();
    let mut jobs: BTreeMap<String, usize> = BTreeMap::new();
    let mut texts: Vec<(Access, String)> = Vec::new();
    for (place, access) in accesses.into_iter().enumerate() {
        let thread = (access.user.clone(), access.session.clone().or_else(|| access.address.clone()));
        let request = access.request.clone().map(|it| (access.user.clone(), it));
        match access.deed.clone() {
            Deed::Nothing => {}
            Deed::Reached if told.contains(&place) => {}
            Deed::Reached => takings.push(Taking { shown: Shown::Reached, ..base(&access) }),
            Deed::Opened(ids) => {
                takings.push(Taking { ids: ids.into_iter().collect(), shown: Shown::Whole, ..base(&access) });
            }
            Deed::Downloaded(ids) => {
                takings.push(Taking { ids: ids.into_iter().collect(), shown: Shown::Body, ..base(&access) });
            }
            Deed::Listing { rows: Some(0), ids, .. } if ids.is_empty() => {}
            Deed::Listing { rows, ids, labels } => {
                let shown = if labels.is_empty() { Shown::Asked } else { Shown::Labels(labels) };
                takings.push(Taking { rows, ids: ids.into_iter().collect(), shown, ..base(&access) });
            }
            Deed::Query { text, rows, ids, all_rows } => {
                let known = request.as_ref().and_then(|it| by_request.get(it).copied());
                let twin = known.or_else(|| twin(&takings, &access, text.as_deref()));
                let place = match twin.and_then(|at| Some((at, takings.get_mut(at)?))) {
                    Some((at, known)) => {
                        known.text = known.text.take().or(text);
                        known.rows = known.rows.max(rows);
                        known.ids.extend(ids);
                        known.findings.extend(&access.findings);
                        known.objects.extend(access.objects.clone());
                        at
                    }
                    None => {
                        let ids = ids.into_iter().collect();
                        takings.push(Taking { text, rows, ids, all_rows, ..base(&access) });
                        takings.len() - 1
                    }
                };
                last_query.insert(thread, place);
                request.map(|it| by_request.insert(it, place));
            }
            Deed::Page { rows, ids } => {
                if let Some(known) = last_query.get(&thread).and_then(|at| takings.get_mut(*at)) {
                    known.rows = Some(known.rows.unwrap_or_default() + rows.unwrap_or_default());
                    known.ids.extend(ids);
                    known.findings.extend(&access.findings);
                } else {
                    takings.push(Taking { rows, ids: ids.into_iter().collect(), ..base(&access) });
                }
            }
            Deed::Job { job, rows, all_rows } => {
                let key = RecordId::parse(&job).map_or(job, |it| it.to_string());
                let place = *jobs.entry(key).or_insert_with(|| {
                    takings.push(Taking { all_rows, ..base(&access) });
                    takings.len() - 1
                });
                if let Some(known) = takings.get_mut(place) {
                    known.rows = known.rows.max(rows);
                    known.all_rows |= all_rows;
                    known.findings.extend(&access.findings);
                    known.objects.extend(access.objects.clone());
                    known.at.push(access.at);
                }
            }
            Deed::JobText { text } => texts.push((access, text)),
        }
    }
    let places: Vec<usize> = jobs.into_values().collect();
    for (access, text) in texts {
        job_text(&mut takings, &places, &access, text);
    }
    for taking in &mut takings {
        taking.at.sort_unstable();
        taking.at.dedup();
    }
    takings.retain(|it| it.rows != Some(0) || !it.ids.is_empty());
    takings
}

fn base(access: &Access) -> Taking {
    Taking {
        findings: access.findings.iter().copied().collect(),
        at: vec![access.at],
        user: access.user.clone(),
        objects: access.objects.iter().cloned().collect(),
        ..Taking::default()
    }
}

/// Records that only say that an object was reached, where another log tells the same call better.
fn told_better(accesses: &[Access]) -> BTreeSet<usize> {
    let mut by_request: BTreeSet<&str> = BTreeSet::new();
    let mut better: BTreeMap<(Option<&RecordId>, &str), Vec<DateTime<Utc>>> = BTreeMap::new();
    for access in accesses.iter().filter(|it| it.deed != Deed::Reached) {
        by_request.extend(access.request.as_deref());
        for object in access.objects.iter().filter(|_| access.deed != Deed::Nothing) {
            better.entry((access.user.as_ref(), object.as_str())).or_default().push(access.at);
        }
    }
    let told = |access: &Access| {
        let same_call = access.request.as_deref().is_some_and(|it| by_request.contains(it));
        let beside = |object: &String| {
            better
                .get(&(access.user.as_ref(), object.as_str()))
                .is_some_and(|times| times.iter().any(|at| (*at - access.at).abs() <= ECHOES))
        };
        same_call || (!access.objects.is_empty() && access.objects.iter().all(beside))
    };
    let reached = accesses.iter().enumerate().filter(|(_, it)| it.deed == Deed::Reached && told(it));
    reached.map(|(place, _)| place).collect()
}

/// The same query as another log told it.
fn twin(takings: &[Taking], access: &Access, text: Option<&str>) -> Option<usize> {
    let text = text?;
    takings.iter().enumerate().rev().take(64).find_map(|(at, known)| {
        let close = known.at.iter().any(|it| (*it - access.at).abs() <= TOGETHER);
        (close && known.user == access.user && known.text.as_deref() == Some(text)).then_some(at)
    })
}

/// Gives a text to the job whose result was fetched with it: the same user and object, the nearest in time.
fn job_text(takings: &mut Vec<Taking>, jobs: &[usize], access: &Access, text: String) {
    let fits = |known: &Taking| {
        let same_object = access.objects.is_empty()
            || known.objects.is_empty()
            || known.objects.iter().any(|it| access.objects.iter().any(|one| one.eq_ignore_ascii_case(it)));
        let free = known.text.as_ref().is_none_or(|it| *it == text);
        let first = known
            .at
            .iter()
            .min()
            .is_some_and(|at| access.at >= *at - SLACK && access.at <= *at + RESULTS_LAST);
        same_object
            && free
            && first
            && (known.user == access.user || known.user.is_none() || access.user.is_none())
    };
    let apart = |known: &Taking| known.at.iter().map(|at| (*at - access.at).abs()).min();
    let nearest = jobs
        .iter()
        .filter_map(|place| takings.get(*place).filter(|it| fits(it)).map(|it| (apart(it), *place)))
        .min();
    match nearest.and_then(|(_, place)| takings.get_mut(place)) {
        Some(job) => {
            job.text = Some(text);
            job.findings.extend(&access.findings);
            job.objects.extend(access.objects.clone());
        }
        // The job's own log is missing: a query whose result was fetched, of unknown size.
        None => takings.push(Taking { text: Some(text), ..base(access) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(second: i64, object: &str, deed: Deed) -> Access {
        Access {
            findings: vec![0],
            at: DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap(),
            user: RecordId::parse("0055g0000000APc").ok(),
            session: Some("s".into()),
            address: None,
            request: None,
            objects: vec![object.into()],
            deed,
        }
    }

    fn query(text: &str, rows: u64) -> Deed {
        Deed::Query { text: Some(text.into()), rows: Some(rows), ids: vec![], all_rows: false }
    }

    #[test]
    fn pages_are_added_to_their_query() {
        let page = || Deed::Page { rows: Some(2000), ids: vec![] };
        let all = takings(vec![
            access(0, "Contact", query("SELECT Id FROM Contact", 2000)),
            access(1, "Contact", page()),
            access(2, "Contact", Deed::Page { rows: Some(604), ids: vec![] }),
        ]);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].rows, Some(4604));
    }

    #[test]
    fn a_job_and_the_fetching_of_its_result_are_one_taking() {
        let job = |rows| Deed::Job { job: "7505g0000000001".into(), rows, all_rows: false };
        let all = takings(vec![
            access(0, "Case", job(Some(0))),
            access(200, "Case", job(Some(1531))),
            access(230, "Case", Deed::JobText { text: "SELECT Id, Description FROM Case".into() }),
        ]);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].rows, all[0].at.len()), (Some(1531), 2));
        assert!(all[0].text.is_some());
    }

    #[test]
    fn what_a_better_log_tells_is_not_told_again_and_a_count_takes_nothing() {
        let all = takings(vec![
            access(0, "Account", query("SELECT COUNT() FROM Account", 1)),
            access(1, "Account", Deed::Reached),
            access(60, "Lead", Deed::Reached),
            access(61, "Lead", Deed::Nothing),
        ]);
        assert_eq!(all.len(), 2, "the count and the lead that was reached: {all:?}");
        let all = takings(vec![access(0, "Account", Deed::Reached)]);
        assert_eq!(all[0].shown, Shown::Reached);
    }

    #[test]
    fn one_query_in_two_logs_is_one_taking() {
        let ids = vec![RecordId::parse("0035g00000002bP").unwrap()];
        let all = takings(vec![
            access(0, "Contact", query("SELECT Id FROM Contact", 1)),
            access(
                2,
                "Contact",
                Deed::Query { text: Some("SELECT Id FROM Contact".into()), rows: None, ids, all_rows: false },
            ),
        ]);
        assert_eq!((all.len(), all[0].ids.len(), all[0].rows), (1, 1, Some(1)));
    }
}
