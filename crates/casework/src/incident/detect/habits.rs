//! Baselines from the logs themselves: when each address, client, app and deed was first seen, and how much is usual.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use super::super::directory::Directory;
use super::super::event::LogEvent;
use super::super::header::Says;
use super::super::kind::{BULK_JOBS, is_directory};
use super::super::quick::Quick;
use super::facts::{Facts, Family, Verb, client_family, network};
use super::words::{Besides, Word, Words};

const DAY: i64 = 86_400_000;
/// Before this much of a log is known nothing in it is called new.
const SETTLED: i64 = 3 * DAY;
/// For this long after it was first seen something counts as new.
const NEW_FOR: i64 = 14 * DAY;
/// Salesforce keeps Bulk jobs for this long.
const JOB_KEPT: i64 = 7 * DAY;

type ByNetwork<T> = Quick<Word, T>;
type MostOfDay = BTreeMap<i32, u64>;

/// What is usual, for whom.
#[derive(Debug, Default)]
pub(super) struct Habits {
    pub words: Words,
    /// First and last event of each type.
    spans: Quick<Word, [i64; 2]>,
    users: Quick<Word, UserHabits>,
    apps: Quick<Word, Quick<Word, i64>>,
    app_first: Quick<Word, i64>,
    app_clients: Quick<Word, Quick<Word, i64>>,
    /// Days on which a user did a thing from a network.
    deeds: Quick<(Word, Option<Word>, Word), ByNetwork<BTreeSet<i32>>>,
    /// Most rows of one event on each day, from each network.
    volumes: Quick<(Word, Option<Word>, Family), ByNetwork<MostOfDay>>,
    /// Events of each day, from any network.
    counts: Quick<(Word, Family), BTreeMap<i32, u64>>,
    /// The app and address behind a session, each with the number of the log that said so first.
    sessions: Quick<Word, [Option<(u32, Word)>; 2]>,
    /// The network of each address, the client without its version, and the app behind an id, as they were worked out once.
    nets: Quick<Word, Word>,
    families: Quick<Word, Word>,
    app_ids: Quick<Word, Option<Word>>,
    /// Days on which each Bulk job was on the list, and when it was made.
    jobs: Quick<Word, (i64, BTreeSet<i32>)>,
    job_lists: BTreeSet<i32>,
    /// The largest number of records that a count or a whole reading gave, by object.
    pub sizes: Quick<Word, u64>,
}

#[derive(Debug, Default)]
struct UserHabits {
    first: i64,
    networks: Quick<Word, (i64, u64)>,
    events: u64,
    clients: Quick<Word, i64>,
    apps: BTreeSet<Word>,
    screen: bool,
    api: bool,
    days: BTreeSet<i32>,
}

/// Who did it, from where, through what; as far as the record or its session tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Who {
    pub user: Option<Word>,
    pub app: Option<Word>,
    pub address: Option<Word>,
}

impl Who {
    /// The app, and none: records of Bulk API 2.0 name no app.
    fn apps(self) -> [Option<Word>; 2] {
        [self.app, None]
    }
}

pub(super) fn day(milliseconds: i64) -> i32 {
    i32::try_from(milliseconds.div_euclid(DAY)).unwrap_or(0)
}

impl Habits {
    /// Takes one event of a log into the baselines; logs are numbered in their order.
    pub fn study(&mut self, log: u32, event: &LogEvent<'_>, directory: &Directory) {
        let at = event.at.timestamp_millis();
        if event.kind == BULK_JOBS {
            self.study_job(event, at);
            return;
        }
        // How things are now says nothing of what was usual.
        if is_directory(event.kind) {
            return;
        }
        let kind = self.words.of(event.kind);
        let span = self.spans.entry(kind).or_insert([at, at]);
        *span = [span[0].min(at), span[1].max(at)];
        let facts = Facts::of(event);
        let app = self.app_of(event, &facts, directory);
        let address = facts.address.as_deref().map(|it| self.words.of(it));
        for key in [event.session_key(), event.login_key()].into_iter().flatten() {
            let known = self.sessions.entry(self.words.of(&key)).or_default();
            for (first, now) in known.iter_mut().zip([app, address]) {
                *first = earliest(*first, now.map(|it| (log, it)));
            }
        }
        let net = address.map(|it| self.net_of(it));
        let client = facts.client.as_deref().map(|it| self.family_of(it));
        let Some(user) = facts.user.as_deref().map(|it| self.words.of(it)) else { return };
        let one = self.users.entry(user).or_insert_with(|| UserHabits { first: at, ..UserHabits::default() });
        one.first = one.first.min(at);
        one.events += 1;
        one.screen |= facts.screen;
        one.api |= facts.api;
        one.days.insert(day(at));
        earlier(&mut one.clients, client, at);
        if let Some(net) = net {
            let known = one.networks.entry(net).or_insert((at, 0));
            *known = (known.0.min(at), known.1 + 1);
        }
        if let Some(app) = app {
            one.apps.insert(app);
            let first = self.app_first.entry(app).or_insert(at);
            *first = at.min(*first);
            earlier(self.apps.entry(app).or_default(), net, at);
            earlier(self.app_clients.entry(app).or_default(), client, at);
        }
        let from = net.unwrap_or(self.words.of(""));
        if let Verb::Notable(verb) = &facts.verb {
            let verb = self.words.of(verb);
            self.deeds.entry((user, app, verb)).or_default().entry(from).or_default().insert(day(at));
        }
        if let Some(family) = facts.family {
            *self.counts.entry((user, family)).or_default().entry(day(at)).or_default() += 1;
            if let Some(rows) = facts.rows {
                let most = self.volumes.entry((user, app, family)).or_default().entry(from).or_default();
                let most = most.entry(day(at)).or_default();
                *most = rows.max(*most);
                if matches!(&facts.verb, Verb::Notable(verb) if verb == "count" || verb == "bulk" || verb.starts_with("whole"))
                {
                    for object in event.objects() {
                        let size = self.sizes.entry(self.words.of(&object)).or_default();
                        *size = rows.max(*size);
                    }
                }
            }
        }
    }

    fn study_job(&mut self, event: &LogEvent<'_>, at: i64) {
        self.job_lists.insert(day(at));
        let Some(id) = event.get("id") else { return };
        let made = event.get("createdDate").and_then(|it| super::super::read_time(it.as_bytes()));
        let made = made.map_or(at, |it| it.timestamp_millis());
        let job = self.words.of(id.get(..15).unwrap_or(&id));
        self.jobs.entry(job).or_insert_with(|| (made, BTreeSet::new())).1.insert(day(at));
    }

    /// The app by name: as written, by its id, or none.
    fn app_of(&mut self, event: &LogEvent<'_>, facts: &Facts<'_>, directory: &Directory) -> Option<Word> {
        if let Some(name) = &facts.app {
            return Some(self.words.of(name));
        }
        let id = self.words.of(&event.said(Says::AppId).next()?);
        if let Some(known) = self.app_ids.get(&id) {
            return *known;
        }
        let app = app_by_id(event, directory).map(|it| self.words.of(&it));
        self.app_ids.insert(id, app);
        app
    }

    fn net_of(&mut self, address: Word) -> Word {
        if let Some(net) = self.nets.get(&address) {
            return *net;
        }
        let net = network(self.words.text(address)).into_owned();
        let net = self.words.of(&net);
        self.nets.insert(address, net);
        net
    }

    fn family_of(&mut self, client: &str) -> Word {
        let client = self.words.of(client);
        if let Some(family) = self.families.get(&client) {
            return *family;
        }
        let family = client_family(self.words.text(client));
        let family = self.words.of(&family);
        self.families.insert(client, family);
        family
    }

    /// Takes in what was learnt from other logs.
    pub fn join(&mut self, other: Self) {
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
        for (key, said) in other.sessions {
            let known = self.sessions.entry(of(key)).or_default();
            for (first, now) in known.iter_mut().zip(said) {
                *first = earliest(*first, now.map(|(log, it)| (log, of(it))));
            }
        }
        self.nets.extend(other.nets.into_iter().map(|(address, net)| (of(address), of(net))));
        self.families.extend(other.families.into_iter().map(|(client, family)| (of(client), of(family))));
        self.app_ids.extend(other.app_ids.into_iter().map(|(id, app)| (of(id), app.map(of))));
        for (job, (made, days)) in other.jobs {
            self.jobs.entry(of(job)).or_insert_with(|| (made, BTreeSet::new())).1.extend(days);
        }
        self.job_lists.extend(other.job_lists);
        merge(&mut self.sizes, other.sizes, of, |one, other| one.max(other));
    }

    /// Who stands behind an event. What the record leaves out comes from its session, or from the only app that the user has.
    pub fn who(
        &self,
        event: &LogEvent<'_>,
        facts: &Facts<'_>,
        directory: &Directory,
        words: &mut Besides<'_>,
    ) -> Who {
        let user = facts.user.as_deref().map(|it| words.of(it));
        let app = match &facts.app {
            Some(name) => Some(words.of(name)),
            None => event.said(Says::AppId).next().and_then(|id| {
                match self.words.known(&id).and_then(|it| self.app_ids.get(&it)) {
                    Some(known) => *known,
                    None => app_by_id(event, directory).map(|it| words.of(&it)),
                }
            }),
        };
        let mut who = Who { user, app, address: facts.address.as_deref().map(|it| words.of(it)) };
        for key in [event.session_key(), event.login_key()].into_iter().flatten() {
            if let Some([app, address]) = self.words.known(&key).and_then(|it| self.sessions.get(&it)) {
                who.app = who.app.or(app.map(|it| it.1));
                who.address = who.address.or(address.map(|it| it.1));
            }
        }
        if who.app.is_none()
            && let Some(one) = user.and_then(|it| self.users.get(&it))
            && one.apps.len() == 1
            && !one.screen
        {
            who.app = one.apps.first().copied();
        }
        who
    }

    /// An integration: it calls the API and nobody ever signed in to a screen.
    pub fn is_machine(&self, user: Word) -> bool {
        self.users.get(&user).is_some_and(|it| it.api && !it.screen)
    }

    /// Whether this is the first time, or soon after it, that the user, and the app, came from this network.
    pub fn address_is_new(&self, who: Who, at: i64) -> bool {
        let (Some(user), Some(address)) = (who.user, who.address) else { return false };
        let Some(one) = self.users.get(&user) else { return false };
        let Some(net) = self.nets.get(&address).copied() else { return false };
        self.network_is_new(one, net, at)
            && who
                .app
                .and_then(|app| Some((self.apps.get(&app)?.get(&net)?, self.app_first.get(&app)?)))
                .is_none_or(|(first, app_first)| first - app_first >= self.settled() || first == app_first)
    }

    fn network_is_new(&self, one: &UserHabits, net: Word, at: i64) -> bool {
        one.networks.get(&net).is_some_and(|(first, events)| {
            first - one.first >= self.settled() && at - first < NEW_FOR && 2 * events < one.events
        })
    }

    /// Whether the client's name, versions aside, is new for the app or, without one, for the user.
    pub fn client_is_new(&self, who: Who, client: &str, at: i64) -> bool {
        let family = self.words.known(client).and_then(|it| self.families.get(&it));
        let Some(family) = family.copied() else { return false };
        let of_app = who
            .app
            .and_then(|app| Some((self.app_clients.get(&app)?.get(&family)?, self.app_first.get(&app)?)));
        let of_user = who
            .user
            .and_then(|it| self.users.get(&it))
            .and_then(|it| Some((it.clients.get(&family)?, &it.first)));
        let mut seen = [of_app, of_user].into_iter().flatten().peekable();
        seen.peek().is_some()
            && seen.all(|(first, begin)| first - begin >= self.settled() && at - first < NEW_FOR)
    }

    /// Whether nobody in the org used the app before.
    pub fn app_is_new(&self, app: Word, at: i64) -> bool {
        let begin = self.spans.values().map(|it| it[0]).min().unwrap_or(at);
        self.app_first
            .get(&app)
            .is_some_and(|first| first - begin >= self.settled().max(SETTLED) && at - first < NEW_FOR)
    }

    /// Whether too little of a log that goes on for days is known to call anything in it unusual.
    pub fn too_early(&self, kind: &str, at: i64) -> bool {
        let span = self.words.known(kind).and_then(|it| self.spans.get(&it));
        span.is_some_and(|[begin, end]| at - begin < SETTLED && end - begin >= SETTLED)
    }

    /// Whether the principal never did this on an earlier day from a network that is not new itself.
    pub fn is_unusual(&self, kind: &str, who: Who, verb: &Verb, at: i64) -> bool {
        let (Verb::Notable(verb), Some(user)) = (verb, who.user) else { return false };
        if self.too_early(kind, at) {
            return false;
        }
        let Some(one) = self.users.get(&user) else { return false };
        let today = day(at);
        let Some(verb) = self.words.known(verb) else { return true };
        !who.apps()
            .iter()
            .filter_map(|app| self.deeds.get(&(user, *app, verb)))
            .flatten()
            .any(|(net, days)| days.range(..today).next().is_some() && !self.network_is_new(one, *net, at))
    }

    /// The most rows of one event of this family on any day of the last thirty before this one; `None` without such a day.
    pub fn usual_rows(&self, who: Who, family: Family, at: i64) -> Option<u64> {
        let user = who.user?;
        let one = self.users.get(&user)?;
        let today = day(at);
        who.apps()
            .iter()
            .filter_map(|app| self.volumes.get(&(user, *app, family)))
            .flatten()
            .filter(|(net, _)| !self.network_is_new(one, **net, at))
            .flat_map(|(_, days)| days.range(today - 30..today).map(|(_, rows)| *rows))
            .max()
    }

    /// Events of this family on this day, and the most on any earlier day.
    pub fn day_count(&self, user: Word, family: Family, at: i64) -> (u64, Option<u64>) {
        let Some(days) = self.counts.get(&(user, family)) else { return (0, None) };
        let today = day(at);
        (days.get(&today).copied().unwrap_or(0), days.range(today - 30..today).map(|(_, count)| *count).max())
    }

    /// Days since the user was last seen before this day; `None` when it never was.
    pub fn asleep_for(&self, user: Word, at: i64) -> Option<i32> {
        let days = &self.users.get(&user)?.days;
        days.range(..day(at)).next_back().map(|last| day(at) - last)
    }

    /// Whether a job on the list of a day is missing from the next list, before Salesforce would have removed it.
    pub fn job_is_gone(&self, id: &str, at: i64) -> bool {
        let Some((made, days)) =
            self.words.known(id.get(..15).unwrap_or(id)).and_then(|it| self.jobs.get(&it))
        else {
            return false;
        };
        let Some(next) = self.job_lists.range(day(at) + 1..).next() else { return false };
        // Lists are taken at 06:00.
        let age = i64::from(*next) * DAY + DAY / 4 - made;
        !days.contains(next) && age < JOB_KEPT
    }

    /// Logs of three days or less have no settled part: then a beginning of an hour must do.
    fn settled(&self) -> i64 {
        let begin = self.spans.values().map(|it| it[0]).min().unwrap_or(0);
        let end = self.spans.values().map(|it| it[1]).max().unwrap_or(0);
        if end - begin <= SETTLED { DAY / 24 } else { SETTLED }
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

fn app_by_id(event: &LogEvent<'_>, directory: &Directory) -> Option<String> {
    let id = event.app_id()?;
    Some(directory.app_name(id.as_str()).unwrap_or(id.as_str()).to_owned())
}

/// What the earlier log said.
fn earliest(one: Option<(u32, Word)>, other: Option<(u32, Word)>) -> Option<(u32, Word)> {
    match (one, other) {
        (Some(one), Some(other)) if other.0 < one.0 => Some(other),
        (one, other) => one.or(other),
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

fn earlier(map: &mut Quick<Word, i64>, key: Option<Word>, at: i64) {
    if let Some(key) = key {
        let first = map.entry(key).or_insert(at);
        *first = at.min(*first);
    }
}
