//! The desk and its server: what runs in the background while a folder is open, and the conversations a person
//! starts.

use std::{
    future::Future,
    sync::{Arc, PoisonError},
    time::Duration,
};

use clinic::Topic;
use domain::{
    id::{DeviceId, GenerationId},
    time::{Timestamp, Zone},
};
use store::{Actor, Identity, SigningKey, Store, StoreError, WriteFailed};
use sync::{
    engine::{Config, State, Status},
    protocol::JoinCode,
};
use vault::{KdfCost, KeySlots};

use super::{Announcement, Desk, DeskError, OpenFolder, making::Beginning, tell};
use crate::sync::{Around, Driver, HoldsStore, Line, LineError, register};

/// A first picture of a large clinic takes a while.
const FIRST_PICTURE: Duration = Duration::from_mins(5);

impl HoldsStore for OpenFolder {
    fn store(&self) -> &Store {
        &self.store
    }

    fn after_sync(&self, now: Timestamp) -> Result<bool, StoreError> {
        clinic::agenda::follow_all(&self.store, Zone::UTC.date(now).plus_days(-SETTLED_DAYS), now)
    }
}

impl OpenFolder {
    /// Has the desk say who it is, where it has not yet.
    pub(super) fn enrol(&self, now: Timestamp) -> Result<(), StoreError> {
        let written = self.store.write(Actor::SYSTEM, "organization.enrol", now, clinic::organization::enrol);
        match written {
            Ok(_) => Ok(()),
            Err(WriteFailed::Refused(error)) => Err(error.into()),
            Err(WriteFailed::Store(error)) => Err(error),
        }
    }
}

/// For how long a visit that is over still has its claims put right: longer than a desk is offline in practice.
const SETTLED_DAYS: i64 = 7;

/// Why a desk did not join.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JoinError {
    /// The line or the server.
    #[error(transparent)]
    Line(#[from] LineError),
    /// The folder.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<StoreError> for JoinError {
    fn from(error: StoreError) -> Self {
        Self::Desk(error.into())
    }
}

impl Desk {
    /// A line to a server, with this machine's clock and randomness.
    pub(crate) fn line(&self, server: &str) -> Result<Arc<Line>, LineError> {
        let (clock, dice) = (self.host().clone(), self.host().clone());
        let around =
            Around { now: Arc::new(move || clock.now()), random: Arc::new(move |bytes: &mut [u8]| dice.fill(bytes)) };
        Line::new(server, around).map(Arc::new)
    }

    /// Begins to agree in the background, where the open folder has a server. The demo may have one as well: two desks
    /// that agree are part of what is shown.
    pub(crate) fn start_sync(&self) {
        let mut driver = self.driver.lock().unwrap_or_else(PoisonError::into_inner);
        *driver = None;
        let Some(open) = self.held() else { return };
        let begun = open.store.server().map_err(DeskError::from).and_then(|server| {
            let Some(server) = server else { return Ok(None) };
            let Ok(line) = self.line(&server) else { return Ok(None) };
            let listeners = Arc::clone(&self.listeners);
            let told = move |_: &Status, applied: Option<&store::Applied>| {
                let topics = if applied.is_some() { ALL.to_vec() } else { vec![Topic::System] };
                tell(&listeners, &Announcement { topics, progress: None });
            };
            Ok(Some(Driver::start(open.clone(), line, Config::default(), told)?))
        });
        match begun {
            Ok(begun) => *driver = begun,
            Err(error) => tracing::error!(%error, "sync did not begin"),
        }
    }

    /// Ends agreeing, after the piece of work under way.
    pub(crate) fn stop_sync(&self) {
        let driver = self.driver.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(driver);
    }

    /// What the engine says, where there is one.
    pub(crate) fn sync_status(&self) -> Option<Status> {
        self.driver.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(Driver::status)
    }

    /// Tells the engine that an entry was written.
    pub(crate) fn sync_wrote(&self) {
        if let Some(driver) = self.driver.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            driver.wrote();
        }
    }

    /// Has the engine try now.
    pub(crate) fn sync_wake(&self) {
        if let Some(driver) = self.driver.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            driver.wake();
        }
    }

    /// Has the engine try now, and waits a little for it to come to rest.
    pub(crate) fn sync_now(&self, patience: Duration) {
        self.sync_wake();
        let until = self.host().monotonic() + patience;
        // The first look comes after the engine had a chance to begin.
        while self.host().monotonic() < until {
            std::thread::sleep(Duration::from_millis(50));
            match (self.sync_status(), self.held()) {
                (Some(status), Some(open)) if under_way(&status, &open.store) => {}
                _ => return,
            }
        }
    }

    /// Joins an organization with a one-use code: a new folder, a certificate from the server, the first picture. One
    /// that joins a demo's is a demo's as well, and is removed like one. On any refusal there is no folder.
    pub(crate) fn join(&self, server: &str, code: &JoinCode, password: &str) -> Result<(), JoinError> {
        let turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        if self.folder(false).exists() {
            return Err(DeskError::FolderNotEmpty.into());
        }
        let line = self.line(server)?;
        let now = self.now();
        let mut ids = self.entropy();
        let (device, generation) = (DeviceId(ids.id(now)), GenerationId(ids.id(now)));
        let device_key = SigningKey::from_bytes(&self.draw());
        let joined = blocking(register(&line, code, device, generation, &device_key))?;
        let mut fill = |bytes: &mut [u8]| self.host().fill(bytes);
        let key = vault::DataKey::generate(&mut fill);
        let mut slots = KeySlots::new(&key, &mut fill);
        slots
            .add_password(&key, joined.user.0, "…", password, KdfCost::STANDARD, &mut fill)
            .map_err(DeskError::from)?;
        let identity = Identity::new(joined.certificate, device_key, None);
        let begin = Beginning { key: &key, slots: &slots, identity: &identity, ids: self.entropy() };
        let (store, demo, mut slots) = self.make(begin, |store, passing| {
            store.set_server(line.server(), &joined.server_certificate)?;
            let open = self.first_picture(store, joined.user, &line)?;
            let (user, demo) = open.store.read(joined.user, now, |view| {
                let user = clinic::organization::user(view, joined.user)?;
                Ok::<_, StoreError>((user, clinic::organization::is_demo(view)?))
            })?;
            let label = user.map(|user| user.name).unwrap_or_default();
            let mut slots = KeySlots::read(passing).map_err(DeskError::from)?;
            slots
                .add_password(&key, joined.user.0, &label, password, KdfCost::STANDARD, &mut fill)
                .map_err(DeskError::from)?;
            slots.write(passing).map_err(DeskError::from)?;
            open.enrol(now)?;
            Ok::<_, JoinError>((demo, slots))
        })?;
        let dir = store.dir().to_owned();
        self.put(Some(OpenFolder { store, user: joined.user, demo }));
        if !demo {
            self.entrust(&dir, &key, &mut slots);
        }
        drop(turn);
        self.start_sync();
        Ok(())
    }

    fn first_picture(&self, store: Store, user: domain::id::UserId, line: &Arc<Line>) -> Result<OpenFolder, JoinError> {
        let open = Arc::new(OpenFolder { store, user, demo: false });
        let driver =
            Driver::start(open.clone(), Arc::clone(line), Config::default(), |_, _| {}).map_err(DeskError::from)?;
        let until = self.host().monotonic() + FIRST_PICTURE;
        while open.store.cursor(sync::protocol::SCOPE_FULL)?.is_none() {
            if self.host().monotonic() > until || driver.status().state == State::NeedsYou {
                return Err(LineError::Offline.into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(driver);
        Arc::try_unwrap(open).map_err(|_| DeskError::Clinic(clinic::Failure::Damaged("the folder just made")).into())
    }
}

/// Whether waiting makes sense: the engine is at it, or has not heard yet of what lies in the folder.
fn under_way(status: &Status, store: &Store) -> bool {
    let waits = || store.waiting().is_ok_and(|waiting| waiting > 0);
    match status.state {
        State::Waiting => true,
        // What is kept aside stops nothing behind it.
        State::UpToDate | State::NeedsYou => status.shut.is_none() && waits(),
        State::Offline => false,
    }
}

/// Runs a conversation to its end on a thread of its own: the host may call from inside a runtime.
pub(crate) fn blocking<T: Send>(
    conversation: impl Future<Output = Result<T, LineError>> + Send,
) -> Result<T, LineError> {
    std::thread::scope(|scope| {
        let talk = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(|_| LineError::Offline)?;
            let said = runtime.block_on(conversation);
            // The search for the server's name may still be under way; nobody waits for it any more.
            runtime.shutdown_background();
            said
        });
        talk.join().unwrap_or(Err(LineError::Garbled))
    })
}

/// What may look different after the server's records came in.
const ALL: &[Topic] = &[
    Topic::Organization,
    Topic::People,
    Topic::Staff,
    Topic::Catalogue,
    Topic::Resources,
    Topic::Agenda,
    Topic::Reception,
    Topic::Chart,
    Topic::Documents,
    Topic::Billing,
    Topic::System,
];
