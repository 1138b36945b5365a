//! Founding, opening and closing folders.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, mpsc},
    time::Duration,
};

use clinic::{
    PARTS, Stop,
    organization::{Admin, ClinicData, FoundingRefusal, found, profile::Profile},
};
use domain::{
    certificate::Certificate,
    id::{DeviceId, GenerationId, OrgId, UserId, Uuid},
};
use store::{Actor, Entropy, Identity, SigningKey, Store, StoreError, WriteFailed, newest};
use thiserror::Error;
use vault::{
    Attempt, Attempts, Check, DataKey, KdfCost, KeySlots, Moment, OpenError, Opening, Outcome, RecoveryCode, Vault,
};
use zeroize::Zeroizing;

use super::{Desk, OpenFolder, making::Beginning};

/// The real clinic's folder beside the demo's.
const CLINIC: &str = "clinic";
/// The demo's folder: its own file, removed with one click.
const DEMO: &str = "demo";

/// Why a folder was not founded or opened.
#[derive(Debug, Error)]
pub enum DeskError {
    /// The vault.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A key slot.
    #[error(transparent)]
    Slot(#[from] vault::SlotError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// There is a folder already; it is never replaced.
    #[error("there is a folder already")]
    FolderNotEmpty,
    /// Too many wrong passwords.
    #[error("too many wrong passwords, wait {0:?}")]
    Wait(Duration),
    /// The clinic's data do not hold.
    #[error("the clinic's data do not hold: {0:?}")]
    Founding(FoundingRefusal),
    /// The demo could not be made.
    #[error(transparent)]
    Demo(#[from] clinic::demo::DemoFailed),
    /// A rule of the clinic's areas could not be followed.
    #[error(transparent)]
    Clinic(#[from] clinic::Failure),
}

/// What is needed to found a clinic.
pub(crate) struct Plan<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) locale: &'a str,
    pub(crate) clinic: ClinicData,
    pub(crate) owner: &'a str,
    pub(crate) password: &'a str,
}

impl Desk {
    /// Where the real clinic or the demo lies.
    pub(crate) fn folder(&self, demo: bool) -> PathBuf {
        self.base().join(if demo { DEMO } else { CLINIC })
    }

    /// The folder a sign-in would open: the clinic's, or the demo's where there is no clinic.
    pub(crate) fn folder_to_open(&self) -> Option<(PathBuf, bool)> {
        [false, true].into_iter().map(|demo| (self.folder(demo), demo)).find(|(folder, _)| folder.exists())
    }

    pub(super) fn entropy(&self) -> Box<dyn Entropy> {
        let host = self.host().clone();
        Box::new(move |bytes: &mut [u8]| host.fill(bytes))
    }

    pub(super) fn draw<const N: usize>(&self) -> Zeroizing<[u8; N]> {
        let mut bytes = Zeroizing::new([0; N]);
        self.host().fill(bytes.as_mut_slice());
        bytes
    }

    pub(super) fn opening(&self) -> Opening<'static> {
        Opening {
            program: env!("CARGO_PKG_NAME"),
            now_ms: self.now().millis(),
            known_schema: newest(PARTS.migrations),
            check: Check::Header,
        }
    }

    fn moment(&self) -> Moment {
        Moment { wall_ms: self.now().millis(), monotonic: self.host().monotonic() }
    }

    /// Founds a clinic in a new folder and opens it for its owner. On any refusal there is no folder.
    pub(crate) fn found(&self, plan: Plan<'_>) -> Result<RecoveryCode, DeskError> {
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        clinic::organization::check(&plan.clinic, plan.owner, plan.profile.country).map_err(DeskError::Founding)?;
        let dir = self.folder(false);
        if dir.exists() {
            return Err(DeskError::FolderNotEmpty);
        }
        let now = self.now();
        let mut fill = |bytes: &mut [u8]| self.host().fill(bytes);
        let mut ids = self.entropy();
        let owner = UserId(ids.id(now));

        let key = DataKey::generate(&mut fill);
        let mut slots = KeySlots::new(&key, &mut fill);
        slots.add_password(&key, owner.0, plan.owner.trim(), plan.password, KdfCost::STANDARD, &mut fill)?;
        let recovery = slots.add_recovery(&key, KdfCost::STANDARD, &mut fill)?;

        let root = SigningKey::from_bytes(&self.draw());
        let device_key = SigningKey::from_bytes(&self.draw());
        let certificate = Certificate::issue(
            &root,
            OrgId(ids.id(now)),
            DeviceId(ids.id(now)),
            GenerationId(ids.id(now)),
            "A",
            &device_key.verifying_key(),
            now,
        );
        let identity = Identity::new(certificate, device_key, Some(root));
        let begin = Beginning { key: &key, slots: &slots, identity: &identity, ids: self.entropy() };
        let (store, demo, ()) = self.make(begin, |store, _| {
            let admin = Admin { id: owner, name: plan.owner.to_owned() };
            let written = store.write(Actor(owner), "organization.found", now, |tx| {
                let founded = found(tx, plan.profile, plan.locale, plan.clinic, &admin, false)?;
                clinic::documents::seed(tx, plan.profile.key)?;
                Ok::<_, Stop<FoundingRefusal>>(founded)
            });
            match written {
                Ok(_) => Ok((false, ())),
                Err(WriteFailed::Refused(Stop::Refused(refusal))) => Err(DeskError::Founding(refusal)),
                Err(WriteFailed::Refused(Stop::Failed(failure))) => Err(failure.into()),
                Err(WriteFailed::Store(error)) => Err(error.into()),
            }
        })?;
        self.put(Some(OpenFolder { store, user: owner, demo }));
        self.entrust(&dir, &key, &mut slots);
        Ok(recovery)
    }

    /// Opens a folder with a user's password. Wrong ones are counted, across restarts.
    pub(crate) fn sign_in(&self, dir: &Path, demo: bool, user: UserId, password: &str) -> Result<(), DeskError> {
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slots = KeySlots::read(dir)?;
        let mut attempts = Attempts::open(dir, self.moment())?;
        if let Some(wait) = attempts.begin(Some(user.0), self.moment())? {
            return Err(DeskError::Wait(wait));
        }
        let key = slots.by_password(user.0, password)?;
        attempts.succeed(Some(user.0), self.moment())?;
        self.take(dir, demo, user, &key, attempts)?;
        // Everyone knows the demo's password.
        if !demo {
            self.entrust(dir, &key, &mut slots);
        }
        Ok(())
    }

    /// Opens a folder with the printed recovery code and gives a user a new password.
    pub(crate) fn recover(
        &self,
        dir: &Path,
        demo: bool,
        code: &RecoveryCode,
        user: UserId,
        password: &str,
    ) -> Result<(), DeskError> {
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slots = KeySlots::read(dir)?;
        let mut attempts = Attempts::open(dir, self.moment())?;
        if let Some(wait) = attempts.begin(None, self.moment())? {
            return Err(DeskError::Wait(wait));
        }
        let key = slots.by_recovery(code)?;
        let label = slots.users().find(|(id, _)| *id == user.0).map(|(_, label)| label.to_owned());
        let label = label.ok_or(OpenError::NoSuchSlot)?;
        let mut fill = |bytes: &mut [u8]| self.host().fill(bytes);
        slots.add_password(&key, user.0, &label, password, KdfCost::STANDARD, &mut fill)?;
        slots.write(dir)?;
        attempts.succeed(None, self.moment())?;
        self.take(dir, demo, user, &key, attempts)
    }

    /// Opens the folder with its key, and journals the sign-in and those that failed before it.
    fn take(
        &self,
        dir: &Path,
        demo: bool,
        user: UserId,
        key: &DataKey,
        mut attempts: Attempts,
    ) -> Result<(), DeskError> {
        self.put(None);
        let vault = Vault::open(dir, key, self.opening())?;
        let store = Store::open(vault, PARTS, self.entropy())?;
        let open = OpenFolder { store, user, demo };
        for refused in refused(attempts.unjournalled()) {
            open.note_read("system.sign_in_refused", self.now(), "user_account", refused.unwrap_or(Uuid::nil()))?;
        }
        attempts.mark_journalled()?;
        open.note_read("system.sign_in", self.now(), "user_account", user.0)?;
        // Where joining was cut short, the desk has not said who it is yet.
        open.enrol(self.now())?;
        self.put(Some(open));
        self.start_sync();
        Ok(())
    }

    /// Signs out whoever is signed in; a folder that is open for nobody stays so.
    pub(crate) fn step_aside(&self) {
        if self.open().is_some() {
            self.close();
        }
    }

    /// Closes the folder: connections, keys and lock are gone when the last command in progress has answered.
    pub fn close(&self) {
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        self.put(None);
    }

    /// Closes the folder for good, but waits no longer than `patience` for it: what then still works is cut off when
    /// the process ends, and loses nothing that was acknowledged. Answers whether everything came to rest.
    pub fn leave(self: Arc<Self>, patience: Duration) -> bool {
        let folder = self.held().map(|open| Arc::downgrade(&open));
        let (rested, at_rest) = mpsc::channel();
        std::thread::spawn(move || {
            self.close();
            // Commands in progress hold the folder open until they have answered.
            while folder.as_ref().is_some_and(|folder| folder.strong_count() > 0) {
                std::thread::sleep(Duration::from_millis(5));
            }
            // Nobody hears it when the wait was too long.
            rested.send(()).ok();
        });
        at_rest.recv_timeout(patience).is_ok()
    }

    /// Leaves the demo and removes its folder, and nothing else.
    pub(crate) fn remove_demo(&self) -> Result<(), DeskError> {
        if self.held().is_some_and(|open| open.demo) {
            self.close();
        }
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        match std::fs::remove_dir_all(self.folder(true)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Adds a password slot for a user of the open folder.
    pub(crate) fn let_in(&self, open: &OpenFolder, user: UserId, name: &str, password: &str) -> Result<(), DeskError> {
        let _turn = self.turning.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slots = KeySlots::read(open.store.dir())?;
        let mut fill = |bytes: &mut [u8]| self.host().fill(bytes);
        slots.add_password(open.store.vault().key(), user.0, name, password, KdfCost::STANDARD, &mut fill)?;
        slots.write(open.store.dir())?;
        Ok(())
    }
}

/// Who tried in vain: a try that no success of the same user follows.
fn refused(attempts: &[Attempt]) -> Vec<Option<Uuid>> {
    let mut refused: Vec<Option<Uuid>> = Vec::new();
    for attempt in attempts {
        match attempt.outcome {
            Outcome::Tried => refused.push(attempt.user),
            Outcome::Succeeded => {
                if let Some(at) = refused.iter().rposition(|user| *user == attempt.user) {
                    refused.remove(at);
                }
            }
        }
    }
    refused
}
