//! The org itself: its objects, rows, users and clock.

use super::hang::Hangs;
use super::load::org_toml::{Integration, Validation};
use super::load::source::Source;
use super::table::Row;
use super::{Clock, FieldIx, LoadError, ObjectDef, RowIx, Table, User};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// What `org.toml` says about the org as a whole.
#[derive(Debug, Clone, Default)]
pub struct OrgFacts {
    /// 18-character id of the Organization.
    pub id: String,
    pub name: String,
    pub edition: String,
    pub features: Vec<String>,
    /// IANA name of the zone that users see dates in.
    pub zone: String,
    pub daily_api_requests: u64,
    pub used_api_requests: u64,
}

/// A Salesforce org with its data. Changing it needs `&mut`; whoever serves it puts it behind a lock.
#[derive(Debug)]
pub struct World {
    pub(super) facts: OrgFacts,
    pub(super) clock: Clock,
    pub(super) users: Vec<User>,
    /// By API name in small letters.
    pub(super) tables: BTreeMap<String, Table>,
    pub(super) journal: Vec<Undo>,
    pub(super) bin: BTreeMap<String, BinEntry>,
    /// By the first 15 characters of the record's id.
    pub(super) files: HashMap<String, Body>,
    pub(super) source: Source,
    pub(super) hangs: Hangs,
    pub(super) rules: Rules,
    /// Rows that only one user sees: object and row, and the user's id.
    pub(super) own_rows: HashMap<(String, RowIx), String>,
    /// Ids that were purged, with the instant of their deletion.
    pub(super) erased: Vec<(String, String, DateTime<Utc>)>,
    pub(super) started_at: DateTime<Utc>,
    pub(super) next_id: u64,
}

/// The bytes of a file: in the org folder, or handed in since.
#[derive(Debug, Clone)]
pub(super) enum Body {
    File(String),
    Bytes(Arc<[u8]>),
}

/// What `org.toml` and faults add to Salesforce's own rules.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub validations: Vec<Validation>,
    pub integrations: Vec<Integration>,
    /// Rows that fail to be locked, by the first 15 characters, and how often still.
    pub locked: HashMap<String, u32>,
    /// When a user's describes changed while the org runs, by user id.
    pub describes_changed: HashMap<String, DateTime<Utc>>,
    /// Keep purged rows visible until they are removed.
    pub delayed_removal: bool,
    pub awaiting_removal: Vec<(String, RowIx)>,
    /// Records to be brought back by an integration.
    pub returning: Vec<Return>,
}

/// A record in the bin.
#[derive(Debug, Clone)]
pub(super) struct BinEntry {
    pub object: String,
    /// The record whose deletion put it there: itself, or the parent it went with.
    pub root: String,
    pub deleted_at: DateTime<Utc>,
    /// Id of the user; empty when it was there before the org started.
    pub deleted_by: String,
    /// Lookups that were cleared when it was deleted, to be set again when it comes back.
    pub cleared: Vec<Cleared>,
}

/// A lookup that a deletion cleared.
#[derive(Debug, Clone)]
pub(super) struct Cleared {
    pub object: String,
    pub row: RowIx,
    pub field: FieldIx,
    pub was: String,
}

/// A purged record that an integration will bring back.
#[derive(Debug)]
pub(super) struct Return {
    pub at: DateTime<Utc>,
    pub object: String,
    pub cells: Vec<(FieldIx, String)>,
}

/// How to take one change back.
#[derive(Debug)]
pub(super) enum Undo {
    Row { object: String, row: RowIx, was: Option<Row> },
    Bin { id: String, was: Option<BinEntry> },
}

impl World {
    /// Loads an org folder. `clock` starts at `now` of `org.toml` where that is given.
    ///
    /// # Errors
    /// The first thing in the folder that cannot be right, by file and row.
    pub fn load(folder: &Path, clock: Clock) -> Result<Self, LoadError> {
        Self::load_from(Source::Folder(folder.to_owned()), clock)
    }

    /// Loads the org that is built into the program.
    ///
    /// # Errors
    /// As [`World::load`]; the built-in org is tested, so this means a damaged program.
    pub fn built_in(clock: Clock) -> Result<Self, LoadError> {
        Self::load_from(Source::BuiltIn, clock)
    }

    /// What `org.toml` says about the org.
    pub fn facts(&self) -> &OrgFacts {
        &self.facts
    }

    /// The org's clock (UTC).
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The users of `org.toml`, in its order.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// A user by id (15 or 18) or by user name (any case).
    pub fn user(&self, id_or_name: &str) -> Option<&User> {
        self.users.iter().find(|it| {
            it.username.eq_ignore_ascii_case(id_or_name)
                || super::id15(id_or_name).is_some_and(|stem| it.id.starts_with(stem))
        })
    }

    /// An object by API name, any case, whoever may see it.
    pub fn object(&self, name: &str) -> Option<&Arc<ObjectDef>> {
        self.table(name).map(Table::def)
    }

    /// The rows of an object by API name, any case.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(&name.to_ascii_lowercase())
    }

    /// All objects by name, without regard to case.
    pub fn objects(&self) -> impl Iterator<Item = &Arc<ObjectDef>> {
        self.tables.values().map(Table::def)
    }

    /// The object whose records' ids begin with these three characters (an id may be given whole).
    pub fn object_with_prefix(&self, prefix: &str) -> Option<&Arc<ObjectDef>> {
        let prefix = prefix.get(..3)?;
        self.objects().find(|it| it.key_prefix.as_deref() == Some(prefix))
    }

    /// The bytes of a file: of a ContentVersion, Attachment, Document or EventLogFile by id.
    ///
    /// `None` when it has none, or when its file in the org folder can no longer be read.
    pub fn body(&self, id: &str) -> Option<Arc<[u8]>> {
        match self.files.get(super::id15(id)?)? {
            Body::File(path) => self.source.read(path).ok().map(Arc::from),
            Body::Bytes(bytes) => Some(bytes.clone()),
        }
    }
}
