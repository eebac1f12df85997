//! Faults while the org runs: what was already met, and what the next call meets.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::{ChangeWhen, Fault, Faults, Where};
use crate::soql;

/// What a call meets instead of, or besides, its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Injected {
    Status(u16),
    Html,
    /// The call is carried out, but half of its answer is lost.
    Cut,
    SessionExpired,
    DailyLimit,
    ConcurrentLimit,
}

/// A change of a record that is due now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DueChange {
    pub object: String,
    pub id: String,
    pub field: String,
    pub value: Value,
}

/// The faults of a running org.
#[derive(Debug)]
pub(crate) struct FaultState {
    armed: Mutex<Vec<Armed>>,
}

#[derive(Debug)]
struct Armed {
    fault: Fault,
    /// Calls that matched so far.
    seen: u64,
    /// How often it struck.
    struck: u64,
    /// The token that a `session_expired` took away.
    dead: Option<String>,
}

/// A call as the faults see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub method: &'a str,
    /// Path without the query.
    pub path: &'a str,
    /// Path with the query.
    pub target: &'a str,
    /// The access token, when the call carries one.
    pub token: Option<&'a str>,
    /// Whether the call counts against the API limit.
    pub counts: bool,
}

impl FaultState {
    pub(crate) fn new(faults: Faults) -> Self {
        let armed =
            faults.list.into_iter().map(|fault| Armed { fault, seen: 0, struck: 0, dead: None }).collect();
        Self { armed: Mutex::new(armed) }
    }

    fn armed(&self) -> MutexGuard<'_, Vec<Armed>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What this call meets: how long its first byte is delayed, and what strikes it (the first fault of the file wins).
    pub(crate) fn meet(&self, call: Seen<'_>) -> (Duration, Option<Injected>) {
        let mut delay = Duration::ZERO;
        let mut met = None;
        for it in self.armed().iter_mut() {
            let strike = match &it.fault {
                Fault::Slow { at, delay: more } => {
                    let more = *more;
                    if strikes(at, call, &mut it.seen, &mut it.struck) {
                        delay += more;
                    }
                    None
                }
                Fault::DailyLimit { .. } | Fault::SessionExpired { .. } if met.is_some() => {
                    it.seen += u64::from(call.counts);
                    None
                }
                _ if met.is_some() => None,
                Fault::Status { at, code } => {
                    strikes(at, call, &mut it.seen, &mut it.struck).then_some(Injected::Status(*code))
                }
                Fault::Html { at } => {
                    strikes(at, call, &mut it.seen, &mut it.struck).then_some(Injected::Html)
                }
                Fault::Cut { at } => strikes(at, call, &mut it.seen, &mut it.struck).then_some(Injected::Cut),
                Fault::ConcurrentLimit { at } if call.counts => {
                    strikes(at, call, &mut it.seen, &mut it.struck).then_some(Injected::ConcurrentLimit)
                }
                Fault::DailyLimit { after } if call.counts => {
                    it.seen += 1;
                    (it.seen > *after).then_some(Injected::DailyLimit)
                }
                Fault::SessionExpired { after, times } => {
                    let (after, times) = (*after, *times);
                    expires(it, call, after, times).then_some(Injected::SessionExpired)
                }
                _ => None,
            };
            met = met.or(strike);
        }
        (delay, met)
    }

    /// Whether every refresh gives a new refresh token and kills the old one.
    pub(crate) fn rotates(&self) -> bool {
        self.armed().iter().any(|it| matches!(it.fault, Fault::RotateRefresh))
    }

    /// How long a changed record stays unknown to search.
    pub(crate) fn index_lag(&self) -> Duration {
        let armed = self.armed();
        let lags = armed.iter().filter_map(|it| match it.fault {
            Fault::IndexLag { delay } => Some(delay),
            _ => None,
        });
        lags.max().unwrap_or(Duration::ZERO)
    }

    /// Whether purged rows stay visible to queryAll.
    pub(crate) fn delays_removal(&self) -> bool {
        self.armed().iter().any(|it| matches!(it.fault, Fault::DelayedRemoval))
    }

    /// Changes that somebody else makes now; each happens once.
    pub(crate) fn due_changes(&self, may_write: bool, calls: u64) -> Vec<DueChange> {
        let mut due = Vec::new();
        for it in self.armed().iter_mut().filter(|it| it.struck == 0) {
            let Fault::Change { object, id, field, value, when } = &it.fault else { continue };
            let now = match when {
                ChangeWhen::BeforeWrite => may_write,
                ChangeWhen::AfterCalls(n) => calls >= *n,
            };
            if now {
                it.struck = 1;
                due.push(DueChange {
                    object: object.clone(),
                    id: id.clone(),
                    field: field.clone(),
                    value: value.clone(),
                });
            }
        }
        due
    }

    /// The code with which a write to this record is refused, if a fault says so.
    pub(crate) fn refuse_write(&self, object: &str, id: Option<&str>) -> Option<String> {
        for it in self.armed().iter_mut() {
            let (wanted, at, code, times) = match &it.fault {
                Fault::LockRow { object, id, times } => {
                    (object, id, "UNABLE_TO_LOCK_ROW".to_owned(), Some(*times))
                }
                Fault::PartialFailure { object, id, code, times } => (object, id, code.clone(), *times),
                _ => continue,
            };
            let same_object = wanted.as_deref().is_none_or(|it| it.eq_ignore_ascii_case(object));
            let same_id = match (at.as_deref(), id) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(at), Some(id)) => stem(at) == stem(id),
            };
            if same_object && same_id && times.is_none_or(|times| it.struck < times) {
                it.struck += 1;
                return Some(code);
            }
        }
        None
    }

    /// The code with which a record that goes along with another cannot be locked.
    pub(crate) fn refuse_lock(&self, object: &str, id: &str) -> Option<String> {
        for it in self.armed().iter_mut() {
            let Fault::LockRow { object: wanted, id: Some(at), times } = &it.fault else { continue };
            let same_object = wanted.as_deref().is_none_or(|it| it.eq_ignore_ascii_case(object));
            if same_object && stem(at) == stem(id) && it.struck < *times {
                it.struck += 1;
                return Some("UNABLE_TO_LOCK_ROW".to_owned());
            }
        }
        None
    }

    /// Whether a query on this object runs into its time limit.
    pub(crate) fn query_times_out(&self, asked: &str) -> bool {
        for it in self.armed().iter_mut() {
            let Fault::QueryTimeout { object, times } = &it.fault else { continue };
            let same = object.as_deref().is_none_or(|it| it.eq_ignore_ascii_case(asked));
            if same && times.is_none_or(|times| it.struck < times) {
                it.struck += 1;
                return true;
            }
        }
        false
    }

    /// Where a statement about this object names a field that describe shows and queries refuse: its place and name.
    pub(crate) fn lied_about(&self, object: &str, statement: &str) -> Option<(usize, String)> {
        self.armed().iter().find_map(|it| match &it.fault {
            Fault::DescribeLies { object: about, field } if about.eq_ignore_ascii_case(object) => {
                soql::word_at(statement, field).map(|at| (at, field.clone()))
            }
            _ => None,
        })
    }

    /// Objects (in small letters) that nobody may see any more after this many calls.
    pub(crate) fn removed_objects(&self, calls: u64) -> Vec<String> {
        let armed = self.armed();
        let gone = armed.iter().filter_map(|it| match &it.fault {
            Fault::PermissionRemoved { object, after } if calls > *after => Some(object.to_ascii_lowercase()),
            _ => None,
        });
        gone.collect()
    }
}

fn strikes(at: &Where, call: Seen<'_>, seen: &mut u64, struck: &mut u64) -> bool {
    let method = at.method.as_deref().is_none_or(|it| it.eq_ignore_ascii_case(call.method));
    let path = at.path.as_deref().is_none_or(|it| path_matches(it, call));
    if !method || !path {
        return false;
    }
    *seen += 1;
    if *seen <= at.after || at.times.is_some_and(|times| *struck >= times) {
        return false;
    }
    *struck += 1;
    true
}

/// The token in use when the fault strikes is dead: for `times` answers, or for good. With `times`, every
/// later token dies in its turn after as many calls, until `times` answers were given.
fn expires(it: &mut Armed, call: Seen<'_>, after: u64, times: Option<u64>) -> bool {
    let Some(token) = call.token.filter(|_| call.counts) else { return false };
    if times.is_some_and(|times| it.struck >= times) {
        return false;
    }
    if it.dead.as_deref() == Some(token) {
        it.struck += 1;
        return true;
    }
    if it.dead.is_some() && times.is_none() {
        return false;
    }
    it.seen += 1;
    if it.seen <= after {
        return false;
    }
    it.seen = 0;
    it.struck += 1;
    it.dead = Some(token.to_owned());
    true
}

fn path_matches(pattern: &str, call: Seen<'_>) -> bool {
    let short = |text: &str| -> Option<String> {
        let rest = text.strip_prefix("/services/data/")?;
        rest.find('/').and_then(|slash| rest.get(slash..)).map(str::to_owned)
    };
    let bare = call.path.trim_end_matches('/');
    [
        Some(call.path.to_owned()),
        Some(bare.to_owned()),
        Some(call.target.to_owned()),
        short(bare),
        short(call.target),
    ]
    .into_iter()
    .flatten()
    .any(|text| glob(pattern, &text))
}

/// `*` stands for any run of characters; everything else for itself.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(first) = parts.next() else { return text.is_empty() };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or(""),
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn stem(id: &str) -> &str {
    id.get(..15).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call<'a>(method: &'a str, path: &'a str, token: Option<&'a str>) -> Seen<'a> {
        Seen { method, path, target: path, token, counts: true }
    }

    fn state(text: &str) -> FaultState {
        FaultState::new(Faults::parse(text).unwrap())
    }

    #[test]
    fn a_status_meets_only_its_path_after_and_as_often_as_told() {
        let faults = state(
            "[[fault]]\nkind=\"status\"\nmethod=\"GET\"\npath=\"*/query*\"\ncode=503\nafter=1\ntimes=1",
        );
        let query = call("GET", "/services/data/v68.0/query", None);
        assert_eq!(faults.meet(query).1, None, "one passes");
        assert_eq!(faults.meet(call("GET", "/services/data/v68.0/limits", None)).1, None);
        assert_eq!(faults.meet(query).1, Some(Injected::Status(503)));
        assert_eq!(faults.meet(query).1, None, "once only");
    }

    #[test]
    fn an_expired_session_stays_dead_and_a_new_one_lives() {
        let faults = state("[[fault]]\nkind=\"session_expired\"\nafter=1");
        let old = call("GET", "/x", Some("old"));
        assert_eq!(faults.meet(old).1, None);
        assert_eq!(faults.meet(old).1, Some(Injected::SessionExpired));
        assert_eq!(faults.meet(old).1, Some(Injected::SessionExpired));
        let new = call("GET", "/x", Some("new"));
        assert_eq!(faults.meet(new).1, None);
        assert_eq!(faults.meet(new).1, None);
    }

    #[test]
    fn with_times_the_same_token_works_again_afterwards() {
        let faults = state("[[fault]]\nkind=\"session_expired\"\nafter=0\ntimes=1");
        let old = call("GET", "/x", Some("old"));
        assert_eq!(faults.meet(old).1, Some(Injected::SessionExpired));
        assert_eq!(faults.meet(old).1, None);
    }

    #[test]
    fn a_pattern_may_leave_out_the_version() {
        let seen = call("GET", "/services/data/v60.0/composite/sobjects/", None);
        assert!(path_matches("/composite/*", seen) && path_matches("*/composite/sobjects", seen));
        assert!(!path_matches("/query*", seen));
    }
}
