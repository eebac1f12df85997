//! Baselines from the logs themselves: when each address, client, app and deed was first seen, and how much is usual.

mod join;

use std::collections::{BTreeMap, BTreeSet};

use super::super::directory::Directory;
use super::super::event::LogEvent;
use super::super::header::Says;
use super::super::quick::Quick;
use super::facts::{Facts, Family, Verb, client_family, network};
use super::gate::Told;
use super::standing::Asked;
use super::study::Alike;
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
    sessions: Quick<Word, Session>,
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

/// What stands under one key of a session or sign-in.
#[derive(Debug)]
struct Session {
    /// The app and address behind it, each with the number of the log that said so first.
    said: [Option<(u32, Word)>; 2],
    /// Its first and last event.
    span: [i64; 2],
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

/// More rows than ever, by a clear measure: five times the most of the last thirty days; without such days any, once enough is known.
pub(super) fn above_usual(rows: u64, usual: Option<u64>, too_early: bool) -> bool {
    usual.map_or(!too_early, |usual| rows > usual.saturating_mul(5))
}

impl Habits {
    /// Notes when a kind of log was written; gives the kind's name.
    pub fn take_span(&mut self, kind: &str, at: i64) -> Word {
        let kind = self.words.of(kind);
        let span = self.spans.entry(kind).or_insert([at, at]);
        *span = [span[0].min(at), span[1].max(at)];
        kind
    }

    /// Notes the app and address behind the session of an event; logs are numbered in their order.
    pub fn take_session(&mut self, log: u32, event: &LogEvent<'_>, at: i64, said: [Option<Word>; 2]) {
        let session = event.session_key();
        let login = event.login_key().filter(|it| session.as_ref() != Some(it));
        for key in [session, login].into_iter().flatten() {
            let said = said.map(|it| it.map(|it| (log, it)));
            let now = Session { said, span: [at, at] };
            self.sessions.entry(self.words.of(&key)).and_modify(|it| it.take(&now)).or_insert(now);
        }
    }

    /// First and last event of a session.
    pub fn session_span(&self, key: Word) -> Option<[i64; 2]> {
        self.sessions.get(&key).map(|it| it.span)
    }

    /// Notes how many records of an object an event told of.
    pub fn take_size(&mut self, event: &LogEvent<'_>, rows: u64) {
        for object in event.objects() {
            let size = self.sizes.entry(self.words.of(&object)).or_default();
            *size = rows.max(*size);
        }
    }

    /// Takes events into the baselines.
    pub fn take(&mut self, alike: &Alike) {
        let Alike { user, app, net, client, first: at, day, .. } = *alike;
        let one = self.users.entry(user).or_insert_with(|| UserHabits { first: at, ..UserHabits::default() });
        one.first = one.first.min(at);
        one.events += alike.events;
        one.screen |= alike.screen;
        one.api |= alike.api;
        one.days.insert(day);
        earlier(&mut one.clients, client, at);
        if let Some(net) = net {
            let known = one.networks.entry(net).or_insert((at, 0));
            *known = (known.0.min(at), known.1 + alike.events);
        }
        if let Some(app) = app {
            one.apps.insert(app);
            let first = self.app_first.entry(app).or_insert(at);
            *first = at.min(*first);
            earlier(self.apps.entry(app).or_default(), net, at);
            earlier(self.app_clients.entry(app).or_default(), client, at);
        }
        let from = net.unwrap_or(self.words.of(""));
        if let Some(verb) = alike.verb {
            self.deeds.entry((user, app, verb)).or_default().entry(from).or_default().insert(day);
        }
        if let Some(family) = alike.family {
            *self.counts.entry((user, family)).or_default().entry(day).or_default() += alike.events;
            if let Some(rows) = alike.rows {
                let most = self.volumes.entry((user, app, family)).or_default().entry(from).or_default();
                let most = most.entry(day).or_default();
                *most = rows.max(*most);
            }
        }
    }

    /// Notes a job of the list of a day.
    pub fn take_job(&mut self, event: &LogEvent<'_>, at: i64) {
        self.job_lists.insert(day(at));
        let Some(id) = event.get("id") else { return };
        let made = event.get("createdDate").and_then(|it| super::super::read_time(it.as_bytes()));
        let made = made.map_or(at, |it| it.timestamp_millis());
        let job = self.words.of(id.get(..15).unwrap_or(&id));
        self.jobs.entry(job).or_insert_with(|| (made, BTreeSet::new())).1.insert(day(at));
    }

    /// The app by name: as written, by its id, or none.
    pub fn app_of(&mut self, event: &LogEvent<'_>, facts: &Facts<'_>, directory: &Directory) -> Option<Word> {
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

    /// The network of an address.
    pub fn net_of(&mut self, address: Word) -> Word {
        if let Some(net) = self.nets.get(&address) {
            return *net;
        }
        let net = network(self.words.text(address)).into_owned();
        let net = self.words.of(&net);
        self.nets.insert(address, net);
        net
    }

    /// The client without its version.
    pub fn family_of(&mut self, client: &str) -> Word {
        let client = self.words.of(client);
        if let Some(family) = self.families.get(&client) {
            return *family;
        }
        let family = client_family(self.words.text(client));
        let family = self.words.of(&family);
        self.families.insert(client, family);
        family
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
        if who.app.is_some() && who.address.is_some() {
            return who;
        }
        for key in [event.session_key(), event.login_key()].into_iter().flatten() {
            let session = self.words.known(&key).and_then(|it| self.sessions.get(&it));
            if let Some(Session { said: [app, address], .. }) = session {
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
        self.comes_from_new(one, who.app, net, at)
    }

    fn comes_from_new(&self, one: &UserHabits, app: Option<Word>, net: Word, at: i64) -> bool {
        self.network_is_new(one, net, at)
            && app
                .and_then(|app| Some((self.apps.get(&app)?.get(&net)?, self.app_first.get(&app)?)))
                .is_none_or(|(first, app_first)| first - app_first >= self.settled() || first == app_first)
    }

    fn network_is_new(&self, one: &UserHabits, net: Word, at: i64) -> bool {
        one.networks.get(&net).is_some_and(|(first, events)| {
            first - one.first >= self.settled() && at - first < NEW_FOR && 2 * events < one.events
        })
    }

    /// Whether the client's name, versions aside, is new for the app or, without one, for the user.
    pub fn client_is_new(&self, who: Who, client: Word, at: i64) -> bool {
        self.families.get(&client).is_some_and(|it| self.family_is_new(who, *it, at))
    }

    fn family_is_new(&self, who: Who, family: Word, at: i64) -> bool {
        let mut seen = self.family_seen(who, family).into_iter().flatten().peekable();
        seen.peek().is_some()
            && seen.all(|(first, begin)| first - begin >= self.settled() && at - first < NEW_FOR)
    }

    /// When the client was first seen with the app and with the user, and each of those with anything.
    fn family_seen(&self, who: Who, family: Word) -> [Option<(i64, i64)>; 2] {
        let of_app = who
            .app
            .and_then(|app| Some((*self.app_clients.get(&app)?.get(&family)?, *self.app_first.get(&app)?)));
        let user = who.user.and_then(|it| self.users.get(&it));
        [of_app, user.and_then(|it| Some((*it.clients.get(&family)?, it.first)))]
    }

    /// The stretch of time around an instant in which nothing that is asked turns from new to known, by itself.
    pub fn unchanged(&self, asked: Asked, at: i64) -> [i64; 2] {
        let Asked { kind, who, client, .. } = asked;
        let user = who.user.and_then(|it| self.users.get(&it));
        let nets = user.into_iter().flat_map(|it| it.networks.values().map(|(first, _)| *first));
        let family = client.and_then(|it| self.families.get(&it));
        let clients = family.into_iter().flat_map(|it| self.family_seen(who, *it)).flatten();
        let app = who.app.and_then(|it| self.app_first.get(&it)).copied();
        let turns = nets.chain(clients.map(|(first, _)| first)).chain(app).map(|first| first + NEW_FOR);
        let early = self.spans.get(&kind).map(|it| it[0] + SETTLED);
        turns.chain(early).fold([i64::MIN, i64::MAX], |[from, until], turn| {
            if turn <= at { [from.max(turn), until] } else { [from, until.min(turn)] }
        })
    }

    /// Whether nobody in the org used the app before.
    pub fn app_is_new(&self, app: Word, at: i64) -> bool {
        let begin = self.spans.values().map(|it| it[0]).min().unwrap_or(at);
        self.app_first
            .get(&app)
            .is_some_and(|first| first - begin >= self.settled().max(SETTLED) && at - first < NEW_FOR)
    }

    /// Whether too little of a log that goes on for days is known to call anything in it unusual.
    pub fn too_early(&self, kind: Word, at: i64) -> bool {
        self.spans.get(&kind).is_some_and(|[begin, end]| at - begin < SETTLED && end - begin >= SETTLED)
    }

    /// Whether the principal never did this on an earlier day from a network that is not new itself.
    pub fn is_unusual(&self, who: Who, verb: &Verb, at: i64) -> bool {
        let (Verb::Notable(verb), Some(user)) = (verb, who.user) else { return false };
        self.words.known(verb).is_none_or(|verb| self.is_new_deed(who, user, verb, at))
    }

    fn is_new_deed(&self, who: Who, user: Word, verb: Word, at: i64) -> bool {
        let Some(one) = self.users.get(&user) else { return false };
        let today = day(at);
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

    /// What may be rare in events that are alike: never less than any one of them has. They must tell their app and network.
    pub fn rare(&self, alike: &Alike, inactive: &BTreeSet<Word>) -> Option<Told> {
        let Alike { kind, user, first, last, .. } = *alike;
        let (app, net) = (alike.app?, alike.net?);
        let who = Who { user: Some(user), app: Some(app), address: None };
        // What is new at first turns known later; what is too early at last was so before.
        let early = self.too_early(kind, last);
        let many = |family, rows| match [first, last].map(|at| self.usual_rows(who, family, at)) {
            [None, Some(_)] => true,
            [usual, _] => above_usual(rows, usual, early),
        };
        Some(Told {
            address_new: self
                .users
                .get(&user)
                .is_some_and(|one| self.comes_from_new(one, Some(app), net, first)),
            client_new: alike.client.is_some_and(|it| self.family_is_new(who, it, first)),
            app_new: self.app_is_new(app, first),
            unusual: !early && alike.verb.is_some_and(|it| self.is_new_deed(who, user, it, first)),
            rows_above_usual: alike.family.zip(alike.rows).is_some_and(|(family, rows)| many(family, rows)),
            day_count: matches!(alike.family, Some(Family::File | Family::Page)),
            user_inactive: inactive.contains(&user),
            // The list of jobs is not among what is counted together.
            job_gone: false,
            asleep: self.asleep_for(user, first).unwrap_or(0),
        })
    }

    /// Events of this family on this day, and the most on any earlier day.
    pub fn day_count(&self, user: Word, family: Family, at: i64) -> (u64, Option<u64>) {
        let Some(days) = self.counts.get(&(user, family)) else { return (0, None) };
        let today = day(at);
        (days.get(&today).copied().unwrap_or(0), days.range(today - 30..today).map(|(_, count)| *count).max())
    }

    /// Days since the user was last seen before this day; `None` when it never was.
    pub fn asleep_for(&self, user: Word, at: i64) -> Option<u64> {
        let days = &self.users.get(&user)?.days;
        days.range(..day(at)).next_back().map(|last| u64::from(day(at).abs_diff(*last)))
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

fn app_by_id(event: &LogEvent<'_>, directory: &Directory) -> Option<String> {
    let id = event.app_id()?;
    Some(directory.app_name(id.as_str()).unwrap_or(id.as_str()).to_owned())
}

impl Session {
    fn take(&mut self, other: &Self) {
        for (first, now) in self.said.iter_mut().zip(other.said) {
            *first = earliest(*first, now);
        }
        self.span = [self.span[0].min(other.span[0]), self.span[1].max(other.span[1])];
    }
}

/// What the earlier log said.
fn earliest(one: Option<(u32, Word)>, other: Option<(u32, Word)>) -> Option<(u32, Word)> {
    match (one, other) {
        (Some(one), Some(other)) if other.0 < one.0 => Some(other),
        (one, other) => one.or(other),
    }
}

fn earlier(map: &mut Quick<Word, i64>, key: Option<Word>, at: i64) {
    if let Some(key) = key {
        let first = map.entry(key).or_insert(at);
        *first = at.min(*first);
    }
}
