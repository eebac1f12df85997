//! Which rules an event can hit at all, told from its kind and from what the baselines say of it, before any rule looks at it.

use rsigma_parser::{ConditionExpr, Detection, DetectionItem, Detections, Modifier, SigmaValue};

use super::super::quick::Quick;
use super::rules::Rules;
use super::words::Word;

/// What an event has of what is rarely there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub address_new: bool,
    pub client_new: bool,
    pub app_new: bool,
    pub unusual: bool,
    pub rows_above_usual: bool,
    pub day_count: bool,
    pub user_inactive: bool,
    pub job_gone: bool,
    /// Days since the user was last seen; nearly everybody was seen the day before.
    pub asleep: u64,
}

impl Told {
    /// Each under the name that rules have for it.
    fn rare(&self) -> [(&'static str, bool); 8] {
        [
            ("HabeasAddressNew", self.address_new),
            ("HabeasClientNew", self.client_new),
            ("HabeasAppNew", self.app_new),
            ("HabeasUnusual", self.unusual),
            ("HabeasRowsAboveUsual", self.rows_above_usual),
            ("HabeasDayCount", self.day_count),
            ("HabeasUserInactive", self.user_inactive),
            ("HabeasJobGone", self.job_gone),
        ]
    }
}

/// Remembers for each kind and each set of what is told whether any rule can be hit.
#[derive(Debug, Default)]
pub(super) struct Gate(Quick<(Word, u64), bool>);

impl Gate {
    pub fn lets_in(&mut self, rules: &Rules, (kind, name): (Word, &str), told: Told) -> bool {
        let bits = told.rare().iter().fold(told.asleep, |bits, (_, it)| bits << 1 | u64::from(*it));
        *self
            .0
            .entry((kind, bits))
            .or_insert_with(|| rules.collection.rules.iter().any(|it| can_hit(&it.detection, name, told)))
    }
}

/// Never no when a rule could be hit.
fn can_hit(detections: &Detections, kind: &str, told: Told) -> bool {
    detections.conditions.iter().any(|it| can_hold(it, detections, kind, told))
}

fn can_hold(condition: &ConditionExpr, all: &Detections, kind: &str, told: Told) -> bool {
    match condition {
        ConditionExpr::And(parts) => parts.iter().all(|it| can_hold(it, all, kind, told)),
        ConditionExpr::Or(parts) => parts.iter().any(|it| can_hold(it, all, kind, told)),
        ConditionExpr::Identifier(name) => match all.named.get(name) {
            Some(Detection::AllOf(items)) => items.iter().all(|it| can_match(it, kind, told)),
            _ => true,
        },
        _ => true,
    }
}

/// A value that is not there is matched by nothing but a rule that asks for its absence.
fn can_match(item: &DetectionItem, kind: &str, told: Told) -> bool {
    let Some(name) = item.field.name.as_deref() else { return true };
    let compares = |it: &Modifier| {
        matches!(
            it,
            Modifier::Gt | Modifier::Gte | Modifier::Contains | Modifier::StartsWith | Modifier::EndsWith
        )
    };
    if item.values.contains(&SigmaValue::Null) || !item.field.modifiers.iter().all(compares) {
        return true;
    }
    if name == "EVENT_TYPE" && item.field.modifiers.is_empty() {
        return item.values.iter().any(|it| match it {
            SigmaValue::String(text) => text.as_plain().is_none_or(|it| it.eq_ignore_ascii_case(kind)),
            _ => true,
        });
    }
    if name == "HabeasAsleepDays" && item.field.modifiers == [Modifier::Gte] {
        return item.values.iter().any(|it| match it {
            SigmaValue::Integer(days) => u64::try_from(*days).is_ok_and(|it| told.asleep >= it),
            _ => true,
        });
    }
    told.rare().iter().find(|(rare, _)| *rare == name).is_none_or(|(_, told)| *told)
}
