//! Joining what several threads learnt.

use std::collections::BTreeSet;
use std::hash::Hash;

use super::super::super::quick::Quick;
use super::super::words::Word;
use super::{Habits, Session, UserHabits};

impl Habits {
    /// Takes in what was learnt from other logs; gives what each of its words is called here.
    pub fn join(&mut self, other: Self) -> Vec<Word> {
        let names = self.words.join(&other.words);
        let of = |word: Word| word.among(&names);
        for (kind, span) in other.spans {
            let known = self.spans.entry(of(kind)).or_insert(span);
            *known = [known[0].min(span[0]), known[1].max(span[1])];
        }
        for (user, more) in other.users {
            self.users
                .entry(of(user))
                .or_insert_with(|| UserHabits { first: more.first, ..UserHabits::default() })
                .join(more, of);
        }
        for (app, nets) in other.apps {
            merge(self.apps.entry(of(app)).or_default(), nets, of, |one, other| one.min(other));
        }
        merge(&mut self.app_first, other.app_first, of, |one, other| one.min(other));
        for (app, clients) in other.app_clients {
            merge(self.app_clients.entry(of(app)).or_default(), clients, of, |one, other| one.min(other));
        }
        for ((user, app, verb), nets) in other.deeds {
            for (net, days) in nets {
                let key = (of(user), app.map(of), of(verb));
                self.deeds.entry(key).or_default().entry(of(net)).or_default().extend(days);
            }
        }
        for ((user, app, family), nets) in other.volumes {
            for (net, days) in nets {
                let known = self.volumes.entry((of(user), app.map(of), family)).or_default();
                let known = known.entry(of(net)).or_default();
                for (day, rows) in days {
                    let most = known.entry(day).or_default();
                    *most = rows.max(*most);
                }
            }
        }
        for ((user, family), days) in other.counts {
            let known = self.counts.entry((of(user), family)).or_default();
            for (day, count) in days {
                *known.entry(day).or_default() += count;
            }
        }
        for (key, Session { said, span }) in other.sessions {
            let said = said.map(|it| it.map(|(log, word)| (log, of(word))));
            let now = Session { said, span };
            self.sessions.entry(of(key)).and_modify(|it| it.take(&now)).or_insert(now);
        }
        self.nets.extend(other.nets.into_iter().map(|(address, net)| (of(address), of(net))));
        self.families.extend(other.families.into_iter().map(|(client, family)| (of(client), of(family))));
        self.app_ids.extend(other.app_ids.into_iter().map(|(id, app)| (of(id), app.map(of))));
        for (job, (made, days)) in other.jobs {
            self.jobs.entry(of(job)).or_insert_with(|| (made, BTreeSet::new())).1.extend(days);
        }
        self.job_lists.extend(other.job_lists);
        merge(&mut self.sizes, other.sizes, of, |one, other| one.max(other));
        names
    }
}

impl UserHabits {
    fn join(&mut self, other: Self, of: impl Fn(Word) -> Word + Copy) {
        self.first = self.first.min(other.first);
        merge(&mut self.networks, other.networks, of, |one, other| (one.0.min(other.0), one.1 + other.1));
        self.events += other.events;
        merge(&mut self.clients, other.clients, of, |one, other| one.min(other));
        self.apps.extend(other.apps.into_iter().map(of));
        self.screen |= other.screen;
        self.api |= other.api;
        self.days.extend(other.days);
    }
}

fn merge<K: Copy + Eq + Hash, V: Copy>(
    into: &mut Quick<K, V>,
    from: Quick<K, V>,
    of: impl Fn(K) -> K,
    both: impl Fn(V, V) -> V,
) {
    for (key, value) in from {
        into.entry(of(key)).and_modify(|known| *known = both(*known, value)).or_insert(value);
    }
}
