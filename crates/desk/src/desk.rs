//! The desk itself: an open vault, a clock, and the one function through which state changes.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use casework::case::{CaseNumber, RequestDeed, may};
use casework::schema::Schema;
use casework::subject::Subject;
use chrono::{DateTime, Utc};
use salesforce::{Connection, Identity, Org, Secret, Tokens};
use serde_json::{Value, json};
use vault::{CaseFile, Part, Passphrase, Reader, Token, Tx, Vault};

use crate::clock::Clock;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles::{self, Unchanged};
use crate::vaults;
use crate::views::{LocatingView, VaultView};

/// One officer at work on one vault.
pub struct Desk {
    vault: Arc<Mutex<Vault>>,
    clock: Clock,
    /// The request that is being located, and how far that has come.
    pub(crate) locating: Mutex<Option<(CaseNumber, LocatingView)>>,
}

/// An org within reach: connected, identified, described.
pub(crate) struct Reach {
    pub org: Org,
    pub identity: Identity,
    pub schema: Schema,
}

impl Desk {
    fn at(vault: Vault, clock: Clock) -> Self {
        Self { vault: Arc::new(Mutex::new(vault)), clock, locating: Mutex::new(None) }
    }

    /// Opens an existing vault.
    ///
    /// # Errors
    /// A wrong passphrase touches nothing. `now_refused` when time is pretended outside practice.
    pub fn open(path: &Path, passphrase: &Passphrase, clock: Clock) -> Result<Self, Problem> {
        let vault = Vault::open(path, passphrase).map_err(|error| vaults::problem(&error))?;
        vaults::only_practice_pretends(&clock, vault.practice())?;
        Ok(Self::at(vault, clock))
    }

    /// Opens a vault by the key in the system's key store; `None` when it remembers none.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn open_remembered(path: &Path, clock: &Clock) -> Result<Option<Self>, Problem> {
        let Some(vault) = Vault::open_remembered(path).map_err(|error| vaults::problem(&error))? else {
            return Ok(None);
        };
        vaults::only_practice_pretends(clock, vault.practice())?;
        Ok(Some(Self::at(vault, clock.clone())))
    }

    pub fn vault(&self) -> VaultView {
        let vault = self.hold();
        let latest = vault.read().latest_entry_at().ok().flatten();
        VaultView {
            vault: vault.vault_id().to_owned(),
            practice: vault.practice(),
            // In practice time may be pretended, so nothing can be told from it.
            clock: latest.filter(|_| !vault.practice()).and_then(|it| self.clock.behind(&it)),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn practice(&self) -> bool {
        self.hold().practice()
    }

    /// A deed that panicked half-way left its transaction rolled back: the vault itself is sound.
    pub(crate) fn hold(&self) -> MutexGuard<'_, Vault> {
        self.vault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(Reader<'_>) -> Result<T, vault::Error>,
    ) -> Result<T, Problem> {
        read(self.hold().read()).map_err(|error| vaults::problem(&error))
    }

    /// The one road by which the state of a case changes: state and ledger entry in one transaction.
    pub(crate) fn record(
        &self,
        case: &CaseNumber,
        deed: &str,
        detail: Value,
        write: impl FnOnce(&Tx<'_>) -> Result<(), vault::Error>,
    ) -> Result<(), Problem> {
        self.hold().deed(self.now(), Some(case), deed, detail, write).map_err(|error| vaults::problem(&error))
    }

    /// The same for what belongs to no case.
    pub(crate) fn record_apart(
        &self,
        deed: &str,
        detail: Value,
        write: impl FnOnce(&Tx<'_>) -> Result<(), vault::Error>,
    ) -> Result<(), Problem> {
        self.hold().deed(self.now(), None, deed, detail, write).map_err(|error| vaults::problem(&error))
    }

    pub(crate) fn case(&self, request: &str) -> Result<CaseFile, Problem> {
        let unknown = || {
            Problem::new(
                "unknown_request",
                "There is no such request in this vault. Nothing was done.",
                "List the requests with `habeas request list`; a number looks like R-2026-0001.",
            )
        };
        let number = CaseNumber::parse(request).map_err(|_| unknown())?;
        match self.hold().read().case(&number) {
            Ok(case) => Ok(case),
            Err(vault::Error::NotThere { .. }) => Err(unknown()),
            Err(error) => Err(vaults::problem(&error)),
        }
    }

    /// Whether the deed may happen now; else what is missing.
    pub(crate) fn may(&self, case: &CaseFile, deed: RequestDeed) -> Result<(), Problem> {
        may(case.kind, &case.road, deed, self.today()?).map_err(|missing| {
            Problem::new("not_yet", format!("{} Nothing was done.", missing.what), missing.next_step)
        })
    }

    pub(crate) fn subject(&self, case: &CaseFile) -> Result<Subject, Problem> {
        self.read(|vault| vault.part(&case.number, Part::Subject))?.ok_or_else(|| {
            Problem::new(
                "forgotten",
                "The person's identifiers were shredded after this request ended. Nothing was done.",
                "Open a new request if the person asks again.",
            )
        })
    }

    /// Connects to an org of the vault, asks who we are there and reads its schema.
    pub(crate) async fn reach(
        &self,
        name: &str,
        ceiling: Option<u64>,
        progress: &Progress,
        unchanged: Unchanged,
    ) -> Result<Reach, Problem> {
        let cached = self
            .read(|vault| vault.describe_cache(name))?
            .and_then(|kept| serde_json::from_value::<salesforce::CachedSchema>(kept.body).ok());
        let version = cached.as_ref().map(|it| it.version.as_str());
        let (org, file) = self.connect_at(version, name, ceiling, progress, unchanged).await?;
        let identity = org.who_am_i().await.map_err(|error| troubles::org(&error, unchanged))?;
        let (fresh, freshness) = org
            .schema_of(identity.clone(), cached.as_ref())
            .await
            .map_err(|error| troubles::org(&error, unchanged))?;
        if freshness == salesforce::Freshness::Read {
            let detail = json!({ "org": file.org_id, "objects": fresh.schema.objects.len() });
            self.record_apart("org.described", detail, |tx| tx.put_describe_cache(name, &fresh))?;
        }
        Ok(Reach { org, identity, schema: fresh.schema })
    }

    /// Connects without asking anything, with the API version agreed on earlier when there is one.
    async fn connect_at(
        &self,
        version: Option<&str>,
        name: &str,
        ceiling: Option<u64>,
        progress: &Progress,
        unchanged: Unchanged,
    ) -> Result<(Org, vault::Org), Problem> {
        let file = self.org_file(name)?;
        let access = file.access_token.as_ref().ok_or_else(|| {
            Problem::new(
                "org_sign_in",
                "There is no session for this org. Nothing was done.",
                "Sign in with `habeas org login`.",
            )
        })?;
        let connection = Connection {
            instance_url: file.instance_url.clone(),
            login_url: file.login_url.clone(),
            client_id: file.client_id.clone(),
            tokens: Tokens {
                access: Secret::new(access.reveal()),
                refresh: file.refresh_token.as_ref().map(|token| Secret::new(token.reveal())),
            },
            extra_ca_pem: file.ca_pem.as_ref().map(|pem| pem.clone().into_bytes()),
            proxy: self.proxy()?,
        };
        let org = Org::connect_at(version, connection, self.keep_tokens(name), ceiling, progress.stop_flag())
            .await
            .map_err(|error| troubles::org(&error, unchanged))?;
        if let (Some(org_id), Some(user_id)) = (&file.org_id, &file.user_id) {
            org.expect_user(org_id, user_id);
        }
        Ok((org, file))
    }

    /// Rotated tokens are in the vault before the first of them is used.
    pub(crate) fn keep_tokens(&self, name: &str) -> salesforce::KeepTokens {
        let vault = Arc::clone(&self.vault);
        let clock = self.clock.clone();
        let name = name.to_owned();
        Arc::new(move |tokens: &Tokens| {
            let mut vault = vault.lock().unwrap_or_else(PoisonError::into_inner);
            let access = Token::new(tokens.access.reveal().to_owned());
            let refresh = tokens.refresh.as_ref().map(|token| Token::new(token.reveal().to_owned()));
            vault
                .keep_tokens(clock.now(), &name, &access, refresh.as_ref())
                .map_err(|error| error.to_string())
        })
    }

    pub(crate) fn org_file(&self, name: &str) -> Result<vault::Org, Problem> {
        match self.hold().read().org(name) {
            Ok(file) => Ok(file),
            Err(vault::Error::NotThere { .. }) => Err(Problem::new(
                "unknown_org",
                "No org of this name is connected. Nothing was done.",
                "List the orgs with `habeas org list`, or add one with `habeas org add` or `habeas org login`.",
            )),
            Err(error) => Err(vaults::problem(&error)),
        }
    }

    /// The secret key with which this vault signs its bundles.
    pub(crate) fn signing_key(&self) -> [u8; 32] {
        self.hold().signing_key().to_bytes()
    }

    pub(crate) fn hash_key(&self) -> Vec<u8> {
        self.hold().hash_key().to_vec()
    }
}

impl Desk {
    /// The day of an instant of the vault, in the business's zone.
    pub(crate) fn local_day(&self, at: &str) -> Result<chrono::NaiveDate, Problem> {
        Ok(instant(at).unwrap_or_default().with_timezone(&self.zone()?).date_naive())
    }
}

/// An instant as the vault writes it.
pub(crate) fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
}
