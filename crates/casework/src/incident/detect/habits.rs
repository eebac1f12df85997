//! Baselines from the logs themselves: when each address, client, app and deed was first seen, and how much is usual.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::directory::Directory;
use super::super::event::LogEvent;
use super::super::kind::{BULK_JOBS, is_directory};
use super::facts::{Facts, Family, Verb, client_family, network};
use super::words::{Word, Words};

const DAY: i64 = 86_400_000;
/// Before this much of a log is known nothing in it is called new.
const SETTLED: i64 = 3 * DAY;
/// For this long after it was first seen something counts as new.
const NEW_FOR: i64 = 14 * DAY;
/// Salesforce keeps Bulk jobs for this long.
const JOB_KEPT: i64 = 7 * DAY;

type ByNetwork<T> = HashMap<Word, T>;
type MostOfDay = BTreeMap<i32, u64>;

/// What is usual, for whom.
#[derive(Debug, Default)]
pub(super) struct Habits {
    pub words: Words,
    /// First and last event of each type.
    spans: HashMap<Word, [i64; 2]>,
    users: HashMap<Word, UserHabits>,
    apps: HashMap<Word, HashMap<Word, i64>>,
    app_first: HashMap<Word, i64>,
    app_clients: HashMap<Word, HashMap<Word, i64>>,
    /// Days on which a user did a thing from a network.
    deeds: HashMap<(Word, Option<Word>, Word), ByNetwork<BTreeSet<i32>>>,
    /// Most rows of one event on each day, from each network.
    volumes: HashMap<(Word, Option<Word>, Family), ByNetwork<MostOfDay>>,
    /// Events of each day, from any network.
    counts: HashMap<(Word, Family), BTreeMap<i32, u64>>,
    /// The app and address behind a session.
    sessions: HashMap<Word, (Option<Word>, Option<Word>)>,
    /// Days on which each Bulk job was on the list, and when it was made.
    jobs: HashMap<Word, (i64, BTreeSet<i32>)>,
    job_lists: BTreeSet<i32>,
    /// The largest number of records that a count or a whole reading gave, by object.
    pub sizes: HashMap<Word, u64>,
}

#[derive(Debug, Default)]
struct UserHabits {
    first: i64,
    networks: HashMap<Word, (i64, u64)>,
    events: u64,
    clients: HashMap<Word, i64>,
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
    /// Takes one event into the baselines.
    pub fn study(&mut self, event: &LogEvent<'_>, directory: &Directory) {
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
            known.0 = known.0.or(app);
            known.1 = known.1.or(address);
        }
        let Some(user) = facts.user.as_deref().map(|it| self.words.of(it)) else { return };
        let net = facts.address.as_deref().map(|it| self.words.of(&network(it)));
        let client = facts.client.as_deref().map(|it| self.words.of(&client_family(it)));
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
        let id = event.app_id()?;
        Some(self.words.of(directory.app_name(id.as_str()).unwrap_or(id.as_str())))
    }

    /// Who stands behind an event. What the record leaves out comes from its session, or from the only app that the user has.
    pub fn who(&mut self, event: &LogEvent<'_>, facts: &Facts<'_>, directory: &Directory) -> Who {
        let user = facts.user.as_deref().map(|it| self.words.of(it));
        let mut who = Who {
            user,
            app: self.app_of(event, facts, directory),
            address: facts.address.as_deref().map(|it| self.words.of(it)),
        };
        for key in [event.session_key(), event.login_key()].into_iter().flatten() {
            if let Some((app, address)) = self.words.known(&key).and_then(|it| self.sessions.get(&it)) {
                who.app = who.app.or(*app);
                who.address = who.address.or(*address);
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
        let Some(net) = self.words.known(&network(self.words.text(address))) else { return false };
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
        let Some(family) = self.words.known(&client_family(client)) else { return false };
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

fn earlier(map: &mut HashMap<Word, i64>, key: Option<Word>, at: i64) {
    if let Some(key) = key {
        let first = map.entry(key).or_insert(at);
        *first = at.min(*first);
    }
}
