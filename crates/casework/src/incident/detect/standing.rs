//! Where a principal stands on a day, worked out once for all of its events that are alike.

use super::super::quick::Quick;
use super::facts::Family;
use super::habits::{Habits, Who, day};
use super::words::Word;

/// More are forgotten and worked out anew.
const MOST_KEPT: usize = 262_144;

/// What the baselines say whatever the event itself holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub address_new: bool,
    pub client_new: bool,
    pub app_new: bool,
    pub machine: bool,
    /// Too little of this kind of log is known yet.
    pub too_early: bool,
    /// Days since the user was last seen.
    pub asleep: Option<u64>,
    /// The most rows of one event in the thirty days before.
    pub usual_rows: Option<u64>,
}

/// For whom, and on which day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub kind: Word,
    pub who: Who,
    pub client: Option<Word>,
    pub family: Option<Family>,
}

/// Keeps what was worked out, with the stretch of time for which it holds.
#[derive(Debug, Default)]
pub(super) struct Standings(Quick<[u32; 7], ([i64; 2], Standing)>);

impl Standings {
    pub fn of(&mut self, habits: &Habits, asked: Asked, at: i64) -> Standing {
        let key = asked.key(at);
        if let Some(([from, until], known)) = self.0.get(&key)
            && (*from..*until).contains(&at)
        {
            return *known;
        }
        if self.0.len() >= MOST_KEPT {
            self.0.clear();
        }
        let held = (habits.unchanged(asked, at), asked.standing(habits, at));
        self.0.insert(key, held);
        held.1
    }
}

impl Asked {
    fn key(&self, at: i64) -> [u32; 7] {
        [
            self.kind.number(),
            Word::number_of(self.who.user),
            Word::number_of(self.who.app),
            Word::number_of(self.who.address),
            Word::number_of(self.client),
            Family::number_of(self.family),
            day(at).cast_unsigned(),
        ]
    }

    fn standing(&self, habits: &Habits, at: i64) -> Standing {
        let Self { kind, who, client, family } = *self;
        Standing {
            address_new: habits.address_is_new(who, at),
            client_new: client.is_some_and(|it| habits.client_is_new(who, it, at)),
            app_new: who.app.is_some_and(|it| habits.app_is_new(it, at)),
            machine: who.user.is_some_and(|it| habits.is_machine(it)),
            too_early: habits.too_early(kind, at),
            asleep: who.user.and_then(|it| habits.asleep_for(it, at)),
            usual_rows: family.and_then(|it| habits.usual_rows(who, it, at)),
        }
    }
}
