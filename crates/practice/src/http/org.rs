//! The running org: its data behind a lock, its sessions, faults, cursors, jobs and call log.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::answer::Change;
use super::bulk::Jobs;
use super::call_log::CallLog;
use super::rest::Cursors;
use super::sign_in::{Apps, Sessions};
use crate::faults::FaultState;
use crate::sosl::Searcher;
use crate::world::{User, World};

/// Everything that requests share.
pub(crate) struct Org {
    world: RwLock<World>,
    /// `http(s)://host:port`, without a slash at the end.
    pub base: String,
    pub apps: Apps,
    pub faults: FaultState,
    pub searcher: Searcher,
    sessions: Mutex<Sessions>,
    calls: Mutex<CallLog>,
    cursors: Mutex<Cursors>,
    jobs: Mutex<Jobs>,
    /// Held by whoever writes, so that a transaction can be taken back.
    turn: Mutex<()>,
    spent: AtomicU64,
    used_before: u64,
    daily: u64,
}

/// Who is calling.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub user: User,
    /// Whether this is a part of a request that holds the writers' turn already.
    pub in_transaction: bool,
}

/// The guard of a mutex, also after a panic elsewhere: what it guards is valid after every statement.
pub(crate) fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Org {
    pub(crate) fn new(
        world: World,
        base: String,
        apps: Apps,
        faults: FaultState,
        sessions: Sessions,
    ) -> Self {
        let facts = world.facts();
        let (used_before, daily) = (facts.used_api_requests, facts.daily_api_requests);
        Self {
            world: RwLock::new(world),
            base,
            apps,
            faults,
            searcher: Searcher::new(),
            sessions: Mutex::new(sessions),
            calls: Mutex::new(CallLog::default()),
            cursors: Mutex::new(Cursors::default()),
            jobs: Mutex::new(Jobs::default()),
            turn: Mutex::new(()),
            spent: AtomicU64::new(0),
            used_before,
            daily,
        }
    }

    /// The data, to look at.
    pub(crate) fn world(&self) -> RwLockReadGuard<'_, World> {
        self.world.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The data, to change.
    pub(crate) fn world_mut(&self) -> RwLockWriteGuard<'_, World> {
        self.world.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Builds the search indexes, object by object, so that writers wait for one object at most.
    pub(crate) fn warm(&self) {
        let names: Vec<String> = self.world().objects().map(|it| it.name.clone()).collect();
        for name in names {
            let world = self.world();
            if let Some(table) = world.table(&name).filter(|it| it.def().searchable && !it.is_empty()) {
                self.searcher.index(&world, table);
            }
        }
    }

    /// Changes the data for good, unless the caller is inside a transaction, which then decides.
    pub(crate) fn write<T>(&self, who: &Session, act: impl FnOnce(&mut World) -> T) -> T {
        let _turn = (!who.in_transaction).then(|| hold(&self.turn));
        let mut world = self.world_mut();
        let outcome = act(&mut world);
        if !who.in_transaction {
            world.commit();
        }
        outcome
    }

    /// Runs several deeds as one: when `act` says they failed, all of them are taken back.
    pub(crate) fn together<T>(&self, who: &Session, act: impl FnOnce(&Session) -> (T, bool)) -> T {
        let _turn = (!who.in_transaction).then(|| hold(&self.turn));
        let savepoint = self.world().savepoint();
        let inside = Session { user: who.user.clone(), in_transaction: true };
        let (outcome, good) = act(&inside);
        let mut world = self.world_mut();
        if !good {
            world.roll_back_to(savepoint);
        }
        if !who.in_transaction {
            world.commit();
        }
        outcome
    }

    pub(crate) fn sessions(&self) -> MutexGuard<'_, Sessions> {
        hold(&self.sessions)
    }

    pub(crate) fn calls(&self) -> MutexGuard<'_, CallLog> {
        hold(&self.calls)
    }

    pub(crate) fn cursors(&self) -> MutexGuard<'_, Cursors> {
        hold(&self.cursors)
    }

    pub(crate) fn jobs(&self) -> MutexGuard<'_, Jobs> {
        hold(&self.jobs)
    }

    /// Counts API calls and answers how many were made since the start.
    pub(crate) fn spend(&self, calls: u64) -> u64 {
        self.spent.fetch_add(calls, Ordering::Relaxed) + calls
    }

    /// API calls since the start.
    pub(crate) fn spent(&self) -> u64 {
        self.spent.load(Ordering::Relaxed)
    }

    /// Calls used in the last 24 hours, those before the start included, and the daily allowance.
    pub(crate) fn usage(&self) -> (u64, u64) {
        (self.used_before.saturating_add(self.spent()), self.daily)
    }

    /// Who holds this access token. Faults may have taken objects away from them.
    pub(crate) fn session(&self, token: &str) -> Option<Session> {
        let user_id = self.sessions().user_of(token)?;
        let mut user = self.world().user(&user_id)?.clone();
        user.no_objects.extend(self.faults.removed_objects(self.spent()));
        Some(Session { user, in_transaction: false })
    }
}

/// The changes of a deed in the form of the call log.
pub(crate) fn logged(changes: &[crate::world::Change]) -> Vec<Change> {
    changes
        .iter()
        .map(|it| Change {
            deed: it.deed.word(),
            object: it.object.clone(),
            id: Some(it.id.clone()).filter(|id| !id.is_empty()),
            outcome: it.outcome.clone(),
        })
        .collect()
}
