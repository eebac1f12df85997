//! What rules hit, in time order, given to the correlation rules.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rsigma_eval::{
    CorrelationConfig, CorrelationEngine, DetectionBody, EvaluationResult, Event, EventValue, ResultBody,
    RuleHeader,
};

use super::super::finding::Rung;
use super::habits::Who;
use super::rules::{About, RuleError, Rules};
use super::words::{Word, Words};

/// One event that one rule hit, as far as findings need it.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// Place of the rule in the list of rules.
    pub rule: usize,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// Number of the log; gaps stand in none.
    pub log: u32,
    pub row: u64,
    pub kind: Word,
    pub who: Who,
    pub objects: Vec<Word>,
    pub rows: u64,
    pub job: Option<Word>,
    pub rung: Rung,
    pub indicator: Option<Word>,
    /// Session and request, to find what belongs to it.
    pub keys: [Option<Word>; 2],
}

impl Hit {
    /// The same under the names of another list.
    pub fn renamed(mut self, of: impl Fn(Word) -> Word) -> Self {
        self.kind = of(self.kind);
        self.who.user = self.who.user.map(&of);
        self.who.app = self.who.app.map(&of);
        self.who.address = self.who.address.map(&of);
        self.objects.iter_mut().for_each(|it| *it = of(*it));
        self.job = self.job.map(&of);
        self.indicator = self.indicator.map(&of);
        self.keys = self.keys.map(|it| it.map(&of));
        self
    }
}

/// A hit as correlation rules see it.
struct Counted<'h> {
    hit: &'h Hit,
    words: &'h Words,
}

impl Counted<'_> {
    fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        let word = |it: Option<Word>| it.map(|it| Cow::Borrowed(self.words.text(it)));
        match name {
            "USER_ID" => word(self.hit.who.user),
            "CLIENT_IP" | "SOURCE_IP" => word(self.hit.who.address),
            "CONNECTED_APP_NAME" => word(self.hit.who.app),
            "ENTITY_NAME" => word(self.hit.objects.first().copied()),
            "SESSION_KEY" => word(self.hit.keys[0]),
            "ROWS_PROCESSED" => Some(Cow::Owned(self.hit.rows.to_string())),
            _ => None,
        }
    }
}

impl Event for Counted<'_> {
    fn get_field(&self, path: &str) -> Option<EventValue<'_>> {
        self.field(path).map(EventValue::Str)
    }
    fn any_string_value(&self, _: &dyn Fn(&str) -> bool) -> bool {
        false
    }
    fn all_string_values(&self) -> Vec<Cow<'_, str>> {
        Vec::new()
    }
    fn to_json(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

/// Hits of the correlation rules: each gets the hits that it counted.
pub(super) fn correlate(
    rules: &Rules,
    order: &[About],
    hits: &mut Vec<Hit>,
    words: &Words,
) -> Result<(), RuleError> {
    hits.sort_by_key(|it| (it.at, it.log, it.row, it.rule));
    let place_of: HashMap<&str, usize> =
        order.iter().enumerate().map(|(place, it)| (it.id.as_str(), place)).collect();
    let unusable =
        |error: rsigma_eval::EvalError| RuleError { file: "correlations".to_owned(), why: error.to_string() };
    let mut engine = CorrelationEngine::new(CorrelationConfig::default());
    engine.add_collection(&rules.collection).map_err(unusable)?;
    let mut counted: Vec<Hit> = Vec::new();
    let mut taken: HashMap<(usize, Vec<String>), usize> = HashMap::new();
    for (now, hit) in hits.iter().enumerate() {
        let Some(about) = order.get(hit.rule) else { continue };
        let event = Counted { hit, words };
        let detection = EvaluationResult {
            header: RuleHeader {
                rule_title: about.title.clone(),
                rule_id: Some(about.id.clone()),
                level: None,
                tags: Vec::new(),
                custom_attributes: Arc::default(),
                enrichments: None,
            },
            body: ResultBody::Detection(DetectionBody {
                matched_selections: Vec::new(),
                matched_fields: Vec::new(),
                event: None,
            }),
        };
        let told = engine.process_with_detections(&event, vec![detection], hit.at.div_euclid(1000));
        for fired in told.iter().filter(|it| it.is_correlation()) {
            let Some(place) = fired.header.rule_id.as_deref().and_then(|id| place_of.get(id)).copied() else {
                continue;
            };
            let Some(counts) = order.get(place).and_then(|it| it.counts.as_ref()) else { continue };
            let group: Vec<String> = counts
                .group_by
                .iter()
                .map(|name| event.field(name).unwrap_or_default().into_owned())
                .collect();
            let until = taken.insert((place, group.clone()), now + 1).unwrap_or(0);
            let from = hit.at - counts.seconds.saturating_mul(1000);
            let earlier =
                hits.get(until..=now).unwrap_or_default().iter().rev().take_while(|it| it.at >= from);
            for one in earlier {
                let wanted = order.get(one.rule).is_some_and(|it| counts.rules.contains(&it.name));
                let other = Counted { hit: one, words };
                let same = counts
                    .group_by
                    .iter()
                    .zip(&group)
                    .all(|(name, value)| other.field(name).unwrap_or_default() == *value);
                if wanted && same {
                    counted.push(Hit { rule: place, ..one.clone() });
                }
            }
        }
    }
    hits.append(&mut counted);
    Ok(())
}
