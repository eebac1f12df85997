//! Learning what is usual. Events that are alike in all that baselines ask of them are counted together and taken in as one.

use super::super::directory::Directory;
use super::super::event::LogEvent;
use super::super::kind::{BULK_JOBS, is_directory};
use super::super::quick::Quick;
use super::facts::{Facts, Family, Verb};
use super::habits::{Habits, day};
use super::words::Word;

/// A log with more different ones is not remembered by them.
const MOST_HELD: usize = 16_384;
/// Of all logs together a thread remembers no more than this, some 20 MB.
const MOST_REMEMBERED: usize = 200_000;
const ALWAYS: [i64; 2] = [i64::MIN, i64::MAX];

/// Learns what is usual; one for each thread.
pub struct Study<'d> {
    habits: Habits,
    /// Of the log under way.
    held: Quick<[u32; 8], Alike>,
    log: Option<Log>,
    logs: Vec<Log>,
    remembered: usize,
    directory: &'d Directory,
}

/// What a thread learnt.
pub struct Studied {
    pub(super) habits: Habits,
    pub(super) logs: Vec<Log>,
}

/// A log, as far as it need not be read again.
#[derive(Debug)]
pub(super) struct Log {
    pub number: u32,
    /// First and last event, in milliseconds since 1970 UTC; all of time when not every event was looked at.
    pub span: [i64; 2],
    /// All that is in it; `None` when there is more.
    pub held: Option<Vec<Alike>>,
}

/// Events of one kind and day, by one user through one app and client from one network, doing one thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alike {
    pub kind: Word,
    pub user: Word,
    pub app: Option<Word>,
    pub net: Option<Word>,
    /// Without its version.
    pub client: Option<Word>,
    /// A notable deed.
    pub verb: Option<Word>,
    pub family: Option<Family>,
    pub screen: bool,
    pub api: bool,
    /// Days since 1970 UTC.
    pub day: i32,
    /// Milliseconds since 1970 UTC.
    pub first: i64,
    pub last: i64,
    pub events: u64,
    /// The most of one event.
    pub rows: Option<u64>,
}

impl<'d> Study<'d> {
    pub(super) fn new(directory: &'d Directory) -> Self {
        let (habits, held) = (Habits::default(), Quick::default());
        Self { habits, held, log: None, logs: Vec::new(), remembered: 0, directory }
    }

    /// Takes in an event of the log of this number. A thread goes through its logs in their order.
    pub fn study(&mut self, log: u32, event: &LogEvent<'_>) {
        if self.log.as_ref().is_none_or(|it| it.number != log) {
            self.end_log();
        }
        let at = event.at.timestamp_millis();
        let under_way =
            self.log.get_or_insert_with(|| Log { number: log, span: [at, at], held: Some(Vec::new()) });
        under_way.span = [under_way.span[0].min(at), under_way.span[1].max(at)];
        if event.kind == BULK_JOBS {
            (under_way.span, under_way.held) = (ALWAYS, None);
            self.habits.take_job(event, at);
            return;
        }
        // How things are now says nothing of what was usual.
        if is_directory(event.kind) {
            (under_way.span, under_way.held) = (ALWAYS, None);
            return;
        }
        let habits = &mut self.habits;
        let kind = habits.take_span(event.kind, at);
        let facts = Facts::of(event);
        let app = habits.app_of(event, &facts, self.directory);
        let address = facts.address.as_deref().map(|it| habits.words.of(it));
        habits.take_session(log, event, at, [app, address]);
        let net = address.map(|it| habits.net_of(it));
        let client = facts.client.as_deref().map(|it| habits.family_of(it));
        let Some(user) = facts.user.as_deref().map(|it| habits.words.of(it)) else {
            under_way.held = None;
            return;
        };
        let verb = match &facts.verb {
            Verb::Everyday => None,
            Verb::Notable(verb) => Some(habits.words.of(verb)),
        };
        if let (Some(rows), Verb::Notable(verb)) = (facts.rows, &facts.verb)
            && (verb == "count" || verb == "bulk" || verb.starts_with("whole"))
        {
            habits.take_size(event, rows);
        }
        let Facts { family, screen, api, rows, .. } = facts;
        let (first, last, events) = (at, at, 0);
        let alike = Alike {
            kind,
            user,
            app,
            net,
            client,
            verb,
            family,
            screen,
            api,
            day: day(at),
            first,
            last,
            events,
            rows,
        };
        let held = self.held.entry(alike.key()).or_insert(alike);
        (held.first, held.last) = (held.first.min(at), held.last.max(at));
        held.events += 1;
        held.rows = held.rows.max(rows);
        if self.held.len() > MOST_HELD {
            under_way.held = None;
            self.take_held();
        }
    }

    fn take_held(&mut self) {
        for alike in self.held.drain().map(|(_, it)| it) {
            self.habits.take(&alike);
            if let Some(Log { held: Some(held), .. }) = &mut self.log {
                held.push(alike);
            }
        }
    }

    fn end_log(&mut self) {
        self.take_held();
        let Some(mut log) = self.log.take() else { return };
        let more = log.held.as_ref().map_or(0, Vec::len);
        if self.remembered + more <= MOST_REMEMBERED {
            self.remembered += more;
        } else {
            log.held = None;
        }
        self.logs.push(log);
    }

    pub fn done(mut self) -> Studied {
        self.end_log();
        Studied { habits: self.habits, logs: self.logs }
    }
}

impl Studied {
    /// Takes the habits into `all`; gives the logs under the names that `all` has.
    pub(super) fn into(self, all: &mut Habits) -> impl Iterator<Item = Log> + use<> {
        let names = all.join(self.habits);
        self.logs.into_iter().map(move |mut log| {
            for alike in log.held.iter_mut().flatten() {
                *alike = alike.renamed(|word| word.among(&names));
            }
            log
        })
    }
}

impl Alike {
    fn renamed(mut self, of: impl Fn(Word) -> Word) -> Self {
        (self.kind, self.user) = (of(self.kind), of(self.user));
        for word in [&mut self.app, &mut self.net, &mut self.client, &mut self.verb] {
            *word = word.map(&of);
        }
        self
    }

    fn key(&self) -> [u32; 8] {
        let flags = Family::number_of(self.family) << 2 | u32::from(self.screen) << 1 | u32::from(self.api);
        [
            self.kind.number(),
            self.user.number(),
            Word::number_of(self.app),
            Word::number_of(self.net),
            Word::number_of(self.client),
            Word::number_of(self.verb),
            flags,
            self.day.cast_unsigned(),
        ]
    }
}
