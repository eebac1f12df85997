//! From hits to findings: what one rule found about one principal and app, within one stretch of time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

use super::super::finding::{Evidence, Finding, Level, Rung};
use super::Detector;
use super::facts::is_api;
use super::hits::{Hit, correlate};
use super::rules::{About, RuleError};
use super::stitch::{Span, Stitcher};
use super::words::{Word, Words};
use crate::incident::Directory;
use crate::record_id::RecordId;

/// Hits of one rule and principal further apart than this are two findings.
const APART: i64 = 7 * 86_400_000;
/// What belongs to one request happens within this long.
const REQUEST: i64 = 86_400_000;

impl Detector {
    /// Every finding, the most serious and earliest first. `logs` are the sources by the numbers under which they were examined.
    ///
    /// # Errors
    /// [`RuleError`] when a correlation rule is damaged.
    pub fn findings(&mut self, logs: &[&str]) -> Result<(Vec<Finding>, Stitcher), RuleError> {
        let mut hits = std::mem::take(&mut self.hits);
        correlate(&self.rules, &self.order, &mut hits, &self.habits.words)?;
        let mut groups: BTreeMap<(usize, Option<Word>, Option<Word>), Vec<Hit>> = BTreeMap::new();
        for hit in hits {
            if self.order.get(hit.rule).is_some_and(|it| !it.silent) {
                groups.entry((hit.rule, hit.who.user, hit.who.app)).or_default().push(hit);
            }
        }
        let mut made = Vec::new();
        for ((rule, _, _), mut hits) in groups {
            let Some(about) = self.order.get(rule) else { continue };
            hits.sort_by_key(|it| (it.at, it.log, it.row));
            hits.dedup_by_key(|it| (it.at, it.log, it.row));
            for stretch in hits.chunk_by(|one, next| next.at - one.at < APART) {
                let finding = finding(about, stretch, &self.habits.words, &self.directory, logs);
                let mut keys: BTreeMap<Word, Span> = BTreeMap::new();
                for (key, span) in stretch.iter().flat_map(|it| self.keys(it)) {
                    let known = keys.entry(key).or_insert(span);
                    *known = [known[0].min(span[0]), known[1].max(span[1])];
                }
                made.push((finding, keys));
            }
        }
        made.sort_by(|(one, _), (other, _)| {
            (std::cmp::Reverse(one.level), &one.from, &one.finding).cmp(&(
                std::cmp::Reverse(other.level),
                &other.from,
                &other.finding,
            ))
        });
        let mut stitcher = Stitcher::default();
        let mut findings = Vec::new();
        for (place, (finding, keys)) in made.into_iter().enumerate() {
            if finding.level >= Level::Medium {
                for (key, span) in keys {
                    stitcher.want(self.habits.words.text(key), place, span, &self.spans);
                }
            }
            findings.push(finding);
        }
        Ok((findings, stitcher))
    }

    /// The session and request of a hit, each with the time within which what belongs to it stands.
    fn keys(&self, hit: &Hit) -> impl Iterator<Item = (Word, Span)> {
        let [session, request] = hit.keys;
        let session = session.map(|it| (it, self.habits.session_span(it).unwrap_or([i64::MIN, i64::MAX])));
        session.into_iter().chain(request.map(|it| (it, [hit.at - REQUEST, hit.at + REQUEST])))
    }
}

fn finding(about: &About, hits: &[Hit], words: &Words, directory: &Directory, logs: &[&str]) -> Finding {
    let first = hits.first();
    let texts = |of: fn(&Hit) -> Vec<Word>| {
        let all: BTreeSet<&str> =
            hits.iter().flat_map(of).map(|it| words.text(it)).filter(|it| !it.is_empty()).collect();
        all.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let who = first.map(|it| it.who).unwrap_or_default();
    let principal_id = who.user.and_then(|it| RecordId::parse(words.text(it)).ok()).map(|it| it.to_string());
    let principal = principal_id.as_deref().and_then(|it| directory.username(it)).map(str::to_owned);
    let app = who.app.map(|it| words.text(it).to_owned());
    let app_id = app.as_deref().and_then(|name| directory.app_id(name)).map(str::to_owned);
    let indicators = texts(|it| it.indicator.into_iter().collect());
    let level = if indicators.is_empty() { about.level } else { about.level.raised() };
    let (from, to) = (instant(first.map_or(0, |it| it.at)), instant(hits.last().map_or(0, |it| it.at)));
    let mut records: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for hit in hits {
        let log = usize::try_from(hit.log).ok().and_then(|it| logs.get(it));
        if let Some(log) = log {
            records.entry(log).or_default().push(hit.row);
        }
    }
    let rows = taken(hits, words);
    let count = hits.len();
    let mut why =
        format!("{} {count} {} say so", about.description, if count == 1 { "record" } else { "records" });
    if rows > 0 {
        why += &format!(", about {rows} rows");
    }
    why += ".";
    for told in indicators {
        why += &format!(" {told}.");
    }
    Finding {
        finding: name(&about.name, principal_id.as_deref(), app.as_deref(), &from),
        rule: about.name.clone(),
        title: about.title.clone(),
        level,
        rung: hits.iter().map(|it| it.rung).min().unwrap_or(Rung::Reach),
        principal: principal.or_else(|| principal_id.clone()),
        principal_id,
        app,
        app_id,
        addresses: texts(|it| it.who.address.into_iter().collect()),
        from,
        to,
        objects: texts(|it| it.objects.clone()),
        rows,
        why,
        evidence: records.into_iter().map(|(source, rows)| Evidence::of(source.to_owned(), rows)).collect(),
        innocent_causes: about.innocent_causes.clone(),
        tier: about.tier.clone(),
        session: Vec::new(),
    }
}

/// Rows that were read: a job counts once with its last state, and two types of log that tell the same calls count once.
fn taken(hits: &[Hit], words: &Words) -> u64 {
    let mut by_kind: BTreeMap<&str, u64> = BTreeMap::new();
    let mut jobs: BTreeMap<(&str, Word), u64> = BTreeMap::new();
    for hit in hits {
        let kind = words.text(hit.kind);
        match hit.job {
            Some(job) => {
                let most = jobs.entry((kind, job)).or_default();
                *most = hit.rows.max(*most);
            }
            None => *by_kind.entry(kind).or_default() += hit.rows,
        }
    }
    for ((kind, _), rows) in jobs {
        *by_kind.entry(kind).or_default() += rows;
    }
    let calls =
        by_kind.iter().filter(|(kind, _)| is_api(kind) && !kind.starts_with("Bulk")).map(|(_, rows)| *rows);
    let others =
        by_kind.iter().filter(|(kind, _)| !is_api(kind) || kind.starts_with("Bulk")).map(|(_, rows)| *rows);
    calls.max().unwrap_or(0) + others.sum::<u64>()
}

fn name(rule: &str, principal: Option<&str>, app: Option<&str>, from: &str) -> String {
    let told = format!("{rule}|{}|{}|{from}", principal.unwrap_or_default(), app.unwrap_or_default());
    let hash = crate::ledger::hex(&Sha256::digest(told.as_bytes()));
    format!("F-{}", hash.get(..10).unwrap_or(&hash))
}

fn instant(milliseconds: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(milliseconds)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
