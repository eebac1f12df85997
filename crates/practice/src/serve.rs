//! Starting and stopping a practice org on loopback.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::serve::ListenerExt as _;
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::faults::{FaultState, Faults, FaultsError};
use crate::http::{self, Apps, CaFile, Org, PRACTICE_CLIENT_ID, Sessions, TlsListener, certify};
use crate::world::{self, LoadError, World};

/// Which org is served.
#[derive(Debug, Clone, Default)]
pub enum OrgSource {
    /// The one that is built into the program.
    #[default]
    BuiltIn,
    /// A folder in the format of the practice org.
    Dir(PathBuf),
}

/// How a practice org is served.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    pub org: OrgSource,
    /// Loopback only; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Speak https with a certificate authority of its own.
    pub tls: bool,
    /// Added before every answer.
    pub latency: Duration,
    /// A faults file (TOML).
    pub faults: Option<PathBuf>,
    pub clock: Clock,
}

/// Tells the org what time it is. The shell that starts the org provides it; the org shows the same time,
/// or, where `org.toml` gives `now`, that instant plus the time since the start.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// A clock that shows what `now` answers (UTC).
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    fn of_world(&self) -> world::Clock {
        let start = (self.0)();
        let now = Arc::clone(&self.0);
        world::Clock::new(start, move || now().signed_duration_since(start))
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", (self.0)())
    }
}

impl ServeOptions {
    /// The built-in org on a free port, plain http, no faults.
    pub fn new(clock: Clock) -> Self {
        Self {
            org: OrgSource::BuiltIn,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            tls: false,
            latency: Duration::ZERO,
            faults: None,
            clock,
        }
    }
}

/// Why a practice org did not start. Nothing is left listening.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is not this machine's own.
    #[error("{0} is not a loopback address; the practice org listens on 127.0.0.1 or ::1 only.")]
    NotLoopback(SocketAddr),
    /// The org folder was refused.
    #[error(transparent)]
    Org(#[from] LoadError),
    /// The faults file was refused.
    #[error(transparent)]
    Faults(#[from] FaultsError),
    /// `org.toml` declares apps that cannot be read.
    #[error("org.toml: the apps cannot be read: {0}.")]
    Apps(String),
    /// The address is taken or not allowed.
    #[error("cannot listen on {address}: {source}.")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// No certificate could be made or written.
    #[error("TLS cannot be offered: {0}.")]
    Tls(String),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes.")]
    NoRandom,
}

/// A user as the first line names them, with a session that works at once.
#[derive(Debug, Clone, Serialize)]
pub struct AnnouncedUser {
    pub username: String,
    pub user_id: String,
    pub access_token: String,
    pub refresh_token: String,
    pub profile: String,
    pub system_permissions: Vec<String>,
}

/// The first line of `habeas practice serve`.
#[derive(Debug, Clone, Serialize)]
pub struct Announcement {
    pub instance_url: String,
    pub login_url: String,
    pub client_id: String,
    /// Path of the authority's certificate; null without TLS.
    pub ca_pem: Option<String>,
    pub users: Vec<AnnouncedUser>,
}

impl Announcement {
    /// The announcement as one line of JSON.
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A practice org that is being served. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    announcement: Announcement,
    /// Where it listens.
    pub addr: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    _ca: Option<CaFile>,
}

impl Running {
    /// What to tell whoever wants to connect: the first line of `habeas practice serve`.
    pub fn announcement(&self) -> &Announcement {
        &self.announcement
    }

    /// Stops taking calls, lets those under way finish for two seconds at most, and returns.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(Duration::from_secs(2), &mut self.task).await.is_err() {
            self.task.abort();
        }
    }

    /// Waits until the org is stopped by somebody else.
    pub async fn wait(&mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Loads the org and serves it until [`Running`] is shut down or dropped. Must be called in a tokio runtime.
///
/// # Errors
/// [`StartError`]; nothing listens then.
pub async fn start(options: ServeOptions) -> Result<Running, StartError> {
    if !options.listen.ip().is_loopback() {
        return Err(StartError::NotLoopback(options.listen));
    }
    let faults = options.faults.as_deref().map(Faults::load).transpose()?.unwrap_or_default();
    let (world, apps) = load(&options).await?;
    let listen = |source| StartError::Listen { address: options.listen, source };
    let listener = TcpListener::bind(options.listen).await.map_err(listen)?;
    let addr = listener.local_addr().map_err(listen)?;
    let mut secret = [0u8; 32];
    getrandom::fill(&mut secret).map_err(|_| StartError::NoRandom)?;
    let tls = if options.tls {
        let nonce: String = secret.iter().take(6).map(|it| format!("{it:02x}")).collect();
        Some(certify(&std::env::temp_dir(), &nonce).map_err(|it| StartError::Tls(it.to_string()))?)
    } else {
        None
    };
    let scheme = if tls.is_some() { "https" } else { "http" };
    let base = format!("{scheme}://{addr}");
    let (announcement, org) = open(world, apps, base, faults, secret, tls.as_ref().map(|it| &it.1));
    let org = Arc::new(org);
    let warming = Arc::clone(&org);
    // detached: the first search would otherwise wait for the index
    drop(tokio::task::spawn_blocking(move || warming.warm()));
    let latency = options.latency;
    let app: Router = Router::new().fallback(move |request: Request| {
        let org = Arc::clone(&org);
        async move { http::serve(org, latency, request).await }
    });
    let (stop, mut stopped) = watch::channel(false);
    let stopping = async move {
        let _ = stopped.wait_for(|it| *it).await;
    };
    let (task, ca) = match tls {
        Some((config, ca)) => {
            let listener = TlsListener::new(listener, config).map_err(listen)?;
            let serving = axum::serve(listener, app).with_graceful_shutdown(stopping);
            (tokio::spawn(async move { ended(serving.await) }), Some(ca))
        }
        None => {
            let listener = listener.tap_io(|it| {
                let _ = it.set_nodelay(true);
            });
            let serving = axum::serve(listener, app).with_graceful_shutdown(stopping);
            (tokio::spawn(async move { ended(serving.await) }), None)
        }
    };
    Ok(Running { announcement, addr, stop, task, _ca: ca })
}

fn ended(outcome: io::Result<()>) {
    if let Err(why) = outcome {
        tracing::warn!(%why, "the practice org stopped");
    }
}

async fn load(options: &ServeOptions) -> Result<(World, Apps), StartError> {
    let (source, clock) = (options.org.clone(), options.clock.of_world());
    let work = tokio::task::spawn_blocking(move || match source {
        OrgSource::BuiltIn => Ok((World::built_in(clock)?, Apps::new(None).map_err(StartError::Apps)?)),
        OrgSource::Dir(folder) => {
            let world = World::load(&folder, clock)?;
            let text = std::fs::read_to_string(folder.join("org.toml")).unwrap_or_default();
            Ok((world, Apps::new(Some(&text)).map_err(StartError::Apps)?))
        }
    });
    work.await
        .unwrap_or_else(|_| Err(LoadError("Loading broke off. The org was not loaded.".to_owned()).into()))
}

fn open(
    mut world: World,
    apps: Apps,
    base: String,
    faults: Faults,
    secret: [u8; 32],
    ca: Option<&CaFile>,
) -> (Announcement, Org) {
    let mut sessions = Sessions::new(&world.facts().id, secret);
    let now = world.now();
    let users = world
        .users()
        .iter()
        .map(|user| {
            let (access, refresh) = sessions.open(&user.id, PRACTICE_CLIENT_ID, true, now);
            AnnouncedUser {
                username: user.username.clone(),
                user_id: user.id.clone(),
                access_token: access,
                refresh_token: refresh.unwrap_or_default(),
                profile: user.profile.clone(),
                system_permissions: user.system_permissions.iter().cloned().collect(),
            }
        })
        .collect();
    let faults = FaultState::new(faults);
    world.delay_removal(faults.delays_removal());
    let announcement = Announcement {
        instance_url: base.clone(),
        login_url: base.clone(),
        client_id: PRACTICE_CLIENT_ID.to_owned(),
        ca_pem: ca.map(|it| it.file.display().to_string()),
        users,
    };
    (announcement, Org::new(world, base, apps, faults, sessions))
}
