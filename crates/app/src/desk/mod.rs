//! The desk: at most one folder open, for one user or, unattended, for none.

mod agreeing;
mod demo;
mod making;
mod opening;
mod unattended;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

pub(crate) use agreeing::{JoinError, blocking};
use clinic::Topic;
use domain::{id::UserId, permission::Role, time::Timestamp};
pub use opening::DeskError;
pub(crate) use opening::Plan;
use serde::Serialize;
use serde_json::Value;
use store::{Store, StoreError};

use crate::{host::Host, reply::Answer, router::Router};

/// A folder that is open, and for whom.
pub struct OpenFolder {
    /// The folder.
    pub store: Store,
    /// Who is signed in; the nil id while nobody is.
    pub user: UserId,
    /// It is the demo clinic's.
    pub demo: bool,
}

impl OpenFolder {
    /// The user's role now; `None` when they may not sign in any more.
    pub(crate) fn role(&self, now: Timestamp) -> Result<Option<Role>, StoreError> {
        self.store.read(self.user, now, |view| {
            Ok(clinic::organization::user(view, self.user)?.filter(|user| user.active).map(|user| user.role))
        })
    }
}

/// What hosts are told: what became stale, and how far long work has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// What the screen should fetch again.
    pub topics: Vec<Topic>,
    /// Done and total of long work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<(u64, u64)>,
}

type Listener = Box<dyn Fn(&Announcement) + Send + Sync>;

/// The application.
pub struct Desk {
    base: PathBuf,
    host: Arc<dyn Host>,
    open: RwLock<Option<Arc<OpenFolder>>>,
    /// Opening, founding and closing happen one at a time.
    turning: Mutex<()>,
    router: Router,
    listeners: Arc<Mutex<Vec<Listener>>>,
    /// Agrees with the server for as long as a folder that has one is open.
    driver: Mutex<Option<crate::sync::Driver>>,
}

impl Desk {
    /// The application on its data folder. Nothing is opened yet.
    pub fn new(base: &Path, host: Arc<dyn Host>) -> Self {
        making::sweep(base, host.now());
        Self {
            base: base.to_owned(),
            host,
            open: RwLock::default(),
            turning: Mutex::default(),
            router: Router::new(),
            listeners: Arc::default(),
            driver: Mutex::default(),
        }
    }

    /// Runs one command: a name and its input, as JSON. Always a reply, never a panic.
    pub fn call(&self, name: &str, input: Value) -> Value {
        let span = tracing::info_span!("call", command = name);
        let _inside = span.enter();
        let started = self.host.monotonic();
        let answer = catch_unwind(AssertUnwindSafe(|| self.router.call(self, name, input)))
            .unwrap_or_else(|_| Answer::Failed(anyhow::anyhow!("a panic")));
        let took = self.host.monotonic().saturating_sub(started);
        tracing::debug!(duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX), "answered");
        if let Answer::Done { touched, .. } = &answer
            && !touched.is_empty()
        {
            self.announce(&Announcement { topics: touched.to_vec(), progress: None });
        }
        answer.into_json(|error| {
            let mut random = [0; 4];
            self.host.fill(&mut random);
            let ticket = format!("{:08X}", u32::from_be_bytes(random));
            tracing::error!(ticket, error = format!("{error:#}"), "a command failed");
            ticket
        })
    }

    /// Has announcements brought to a host.
    pub fn listen(&self, listener: impl Fn(&Announcement) + Send + Sync + 'static) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// Tells the hosts.
    pub fn announce(&self, announcement: &Announcement) {
        tell(&self.listeners, announcement);
    }

    /// The folder that is open for somebody.
    pub fn open(&self) -> Option<Arc<OpenFolder>> {
        self.held().filter(|open| open.user != unattended::NOBODY)
    }

    /// The folder that is open, also for nobody.
    fn held(&self) -> Option<Arc<OpenFolder>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Now, by the machine's wall clock.
    pub fn now(&self) -> Timestamp {
        self.host.now()
    }

    /// The machine.
    pub fn host(&self) -> &Arc<dyn Host> {
        &self.host
    }

    /// Where the folders lie.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// An entry waits to be sent.
    pub(crate) fn entry_written(&self) {
        self.sync_wrote();
        self.announce(&Announcement { topics: vec![Topic::System], progress: None });
    }

    fn put(&self, folder: Option<OpenFolder>) {
        // The driver holds the folder open; it goes first.
        self.stop_sync();
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = folder.map(Arc::new);
    }
}

fn tell(listeners: &Mutex<Vec<Listener>>, announcement: &Announcement) {
    for listener in listeners.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        listener(announcement);
    }
}
