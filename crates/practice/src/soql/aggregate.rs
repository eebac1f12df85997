//! Puts rows together into groups.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::matcher::{Matcher, text_order};
use super::plan::{Cell, Groups, How, Select, Sum};
use super::run::{Key, Runtime, compare};
use crate::world::{FieldKind, RowIx};

const MAX_GROUPS: usize = 2000;

/// One group: its keys, which of them were rolled up, and its aggregates, all as canonical text.
#[derive(Debug, Clone)]
pub struct Group {
    keys: Vec<Option<String>>,
    set: Vec<bool>,
    sums: Vec<Option<String>>,
}

impl Group {
    /// A value of the group as canonical text.
    pub fn value(&self, cell: Cell) -> Option<&str> {
        match cell {
            Cell::Key(place) => self.keys.get(place)?.as_deref(),
            Cell::Sum(place) => self.sums.get(place)?.as_deref(),
            Cell::Rolled(place) => Some(if self.set.get(place) == Some(&true) { "0" } else { "1" }),
        }
    }
}

#[derive(Default, Clone)]
struct Tally {
    count: u64,
    total: f64,
    best: Option<String>,
    seen: BTreeSet<String>,
}

/// The groups of a statement, in its order, cut by OFFSET and LIMIT.
///
/// # Errors
/// `EXCEEDED_ID_LIMIT` when there are more groups than one answer holds.
pub fn groups(runtime: &Runtime<'_>, select: &Select, plan: &Groups) -> Result<Vec<Group>, Fault> {
    let everything = Select { order: Vec::new(), limit: None, offset: 0, ..select.clone() };
    let rows = runtime.rows(&everything, None);
    let mut tallies: BTreeMap<(usize, Vec<Option<String>>), Vec<Tally>> = BTreeMap::new();
    let empty = vec![Tally::default(); plan.sums.len()];
    if plan.keys.is_empty() {
        tallies.insert((0, Vec::new()), empty.clone());
    }
    for row in rows {
        let keys: Vec<Option<Cow<'_, str>>> =
            plan.keys.iter().map(|(reader, _)| runtime.read(select.object, reader, row)).collect();
        for (number, set) in plan.sets.iter().enumerate() {
            let own = keys.iter().zip(set.iter().chain(std::iter::repeat(&true)));
            let own =
                own.map(|(key, used)| key.as_ref().filter(|_| *used).map(|key| key.clone().into_owned()));
            let tally = tallies.entry((number, own.collect())).or_insert_with(|| empty.clone());
            for (sum, tally) in plan.sums.iter().zip(tally) {
                add(runtime, select, sum, row, tally);
            }
        }
    }
    let mut groups: Vec<Group> = tallies
        .into_iter()
        .map(|((number, keys), tallies)| Group {
            keys,
            set: plan.sets.get(number).cloned().unwrap_or_default(),
            sums: plan.sums.iter().zip(tallies).map(|(sum, tally)| settle(sum, tally)).collect(),
        })
        .filter(|group| {
            let fits = |cell: &Cell, matcher: &Matcher| matcher.fits(group.value(*cell));
            plan.having.as_ref().is_none_or(|having| having.passes(&fits))
        })
        .collect();
    let keys = |group: &Group| -> Vec<Key<'static>> {
        let value = |cell: Cell| group.value(cell).map(|text| Cow::Owned(text.to_owned()));
        plan.order.iter().map(|order| Key::of(value(order.reader), order.kind)).collect()
    };
    groups.sort_by(|a, b| compare(&keys(a), &keys(b), &plan.order));
    let offset = usize::try_from(select.offset).unwrap_or(usize::MAX).min(groups.len());
    groups.drain(..offset);
    if let Some(limit) = select.limit {
        groups.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    if groups.len() > MAX_GROUPS {
        return Err(Fault::plain(
            "EXCEEDED_ID_LIMIT",
            "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
        ));
    }
    Ok(groups)
}

fn add(runtime: &Runtime<'_>, select: &Select, sum: &Sum, row: RowIx, tally: &mut Tally) {
    let Some(reader) = &sum.reader else {
        tally.count += 1;
        return;
    };
    let Some(value) = runtime.read(select.object, reader, row) else { return };
    tally.count += 1;
    match sum.how {
        How::Count => {}
        How::CountDistinct => {
            tally.seen.insert(value.to_lowercase());
        }
        How::Sum | How::Average => tally.total += value.parse::<f64>().unwrap_or(0.0),
        How::Min | How::Max => {
            let better = tally.best.as_deref().is_none_or(|best| {
                let order = order(sum.kind, &value, best);
                if sum.how == How::Min { order.is_lt() } else { order.is_gt() }
            });
            if better {
                tally.best = Some(value.into_owned());
            }
        }
    }
}

fn order(kind: FieldKind, a: &str, b: &str) -> std::cmp::Ordering {
    if kind.is_number() {
        let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
        return number(a).total_cmp(&number(b));
    }
    if kind.is_text() { text_order(a, b) } else { a.cmp(b) }
}

#[allow(clippy::cast_precision_loss)]
fn settle(sum: &Sum, tally: Tally) -> Option<String> {
    match sum.how {
        How::Count => Some(tally.count.to_string()),
        How::CountDistinct => Some(tally.seen.len().to_string()),
        How::Sum => (tally.count > 0).then(|| tally.total.to_string()),
        How::Average => (tally.count > 0).then(|| (tally.total / tally.count as f64).to_string()),
        How::Min | How::Max => tally.best,
    }
}
