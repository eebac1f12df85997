//! Who is reached by a law, and how many they are.

use crate::answer::Operator;

use super::elements::{Counts, counts};
use super::facts::{Facts, Group, Residents};
use super::rule::Trigger;

/// How many people, as far as the facts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Number {
    /// So many in any case.
    sure: u64,
    /// So many more if a doubtful combination of elements counts.
    doubtful: u64,
    /// There may be more.
    open: bool,
}

/// Whether a threshold is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Met {
    Yes,
    No,
    Unknown,
    Doubtful,
}

impl Number {
    /// The number, when it is known.
    pub(crate) fn known(self) -> Option<u64> {
        (!self.open && self.doubtful == 0).then_some(self.sure)
    }

    pub(crate) fn at_least(self) -> u64 {
        self.sure
    }

    pub(crate) fn meets(self, op: Operator, value: u64) -> Met {
        let least = op.met(self.sure, value);
        let verdict = |met: bool| if met { Met::Yes } else { Met::No };
        // More people cannot undo "more than", nor "fewer than" once it is missed.
        let settled = least != (op == Operator::Lt);
        match op.met(self.sure + self.doubtful, value) {
            _ if settled => verdict(least),
            _ if self.open => Met::Unknown,
            most if most == least => verdict(least),
            _ => Met::Doubtful,
        }
    }

    /// The larger of two places.
    pub(crate) fn larger(self, other: Self) -> Self {
        let sure = self.sure.max(other.sure);
        let most = (self.sure + self.doubtful).max(other.sure + other.doubtful);
        Self { sure, doubtful: most - sure, open: self.open || other.open }
    }
}

/// What one law makes of each group.
pub(crate) struct Reach<'a> {
    groups: &'a [Group],
    verdicts: Vec<Counts<'a>>,
}

impl<'a> Reach<'a> {
    pub(crate) fn of(trigger: &'a Trigger, facts: &'a Facts) -> Self {
        let verdict = |group: &'a Group| match &group.elements {
            _ if !trigger.any_data => counts(&trigger.elements, group.elements.as_ref()),
            Some(none) if none.is_empty() => Counts::No,
            _ => Counts::Yes { login_only: false, login: false },
        };
        Self { groups: &facts.groups, verdicts: facts.groups.iter().map(verdict).collect() }
    }

    /// The groups with people in `place`, with their numbers in the facts. `None`: any place may be meant.
    pub(crate) fn there(&self, place: &str) -> impl Iterator<Item = (usize, &'a Group, Counts<'a>)> {
        self.groups
            .iter()
            .zip(&self.verdicts)
            .enumerate()
            .filter(move |(_, (group, _))| lives(group, place) != Some(false))
            .map(|(n, (group, verdict))| (n, group, *verdict))
    }

    /// The plainest verdict on the groups with people in `place`; `everywhere` takes all groups.
    pub(crate) fn verdict(&self, place: &str, everywhere: bool) -> Counts<'a> {
        let all = self.groups.iter().zip(&self.verdicts);
        let here = all.filter(|(group, _)| everywhere || lives(group, place) != Some(false));
        here.map(|(_, verdict)| *verdict)
            .min_by_key(|it| match it {
                Counts::Yes { .. } => 0,
                Counts::Unknown => 1,
                Counts::Doubtful(_) => 2,
                Counts::No => 3,
            })
            .unwrap_or(Counts::No)
    }

    /// How many people in one place.
    pub(crate) fn number_in(&self, place: &str) -> Number {
        self.sum(|residents, add| residents.get(place).into_iter().for_each(add))
    }

    /// How many people in all places that `place` takes.
    pub(crate) fn number(&self, place: impl Fn(&str) -> bool) -> Number {
        self.sum(|residents, add| {
            residents.iter().filter(|(it, _)| place(it)).map(|(_, count)| count).for_each(add)
        })
    }

    fn sum(&self, each: impl Fn(&Residents, &mut dyn FnMut(&Option<u64>))) -> Number {
        let mut number = Number::default();
        for (group, verdict) in self.groups.iter().zip(&self.verdicts) {
            match &group.residents {
                _ if *verdict == Counts::No => {}
                None => number.open = true,
                Some(residents) => each(residents, &mut |count| match (count, verdict) {
                    (Some(0), _) => {}
                    (Some(n), Counts::Yes { .. }) => number.sure += n,
                    (Some(n), Counts::Doubtful(_)) => number.doubtful += n,
                    _ => number.open = true,
                }),
            }
        }
        number
    }
}

/// Whether anybody of the group lives there; `None`: not known.
fn lives(group: &Group, place: &str) -> Option<bool> {
    Some(group.residents.as_ref()?.get(place).is_some_and(|count| *count != Some(0)))
}

/// Whether anybody affected lives there; `None`: not known.
pub(crate) fn anybody(facts: &Facts, place: &str) -> Option<bool> {
    let mut all = facts.groups.iter().map(|it| lives(it, place));
    all.try_fold(Some(false), |so_far, it| match it {
        Some(true) => Err(()),
        Some(false) => Ok(so_far),
        None => Ok(None),
    })
    .unwrap_or(Some(true))
}

/// A State, district or territory, as against the federal regimes and other countries.
pub(crate) fn is_state(place: &str) -> bool {
    place.starts_with("US-")
}
