//! What the server has acknowledged, and what waits.

use clinic::{Command, Failure, Never, Stop, Topic};
use domain::{permission::Permission, time::Timestamp};
use serde::{Deserialize, Serialize};
use store::HeadAlarm;
use sync::engine::{Shut, State, Status};
use ts_rs::TS;

use crate::{Desk, catalogue::DeskCommand};

/// Asks how far this desk and its server agree.
#[derive(Debug, Deserialize, TS)]
pub struct SyncStatus {}

const MINUTE_MS: i64 = 60_000;

/// The four faces of the pill, and a desk that has no server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncFace {
    /// This clinic has no server.
    NoServer,
    /// Everything is acknowledged.
    UpToDate,
    /// Some entries wait to be acknowledged.
    Waiting,
    /// The server does not answer; everything here works.
    Offline,
    /// A person must decide something.
    NeedsYou,
}

/// How far this desk and its server agree.
#[derive(Debug, Serialize, TS)]
pub struct SyncState {
    /// The face.
    pub state: SyncFace,
    /// The server's address.
    pub server: Option<String>,
    /// Entries the server has not acknowledged.
    pub pending: u64,
    /// When it last acknowledged or had nothing to.
    pub acknowledged_at: Option<Timestamp>,
    /// Since when it does not answer.
    pub offline_since: Option<Timestamp>,
    /// Entries it refused.
    pub quarantined: Vec<QuarantinedEntry>,
    /// Open cards of the inbox.
    pub cards: u64,
    /// The server does not accept this desk, and why.
    pub shut: Option<ShutOut>,
    /// The server was put back to an earlier copy since this folder was opened; what it lacked went there again.
    pub server_restored: bool,
    /// The folder holds less, or other, than this desk had written, and nobody has seen to it.
    pub alarm: Option<FolderAlarm>,
    /// This desk's clock minus the server's in minutes, when they are more than five minutes apart.
    pub clock_off_minutes: Option<i64>,
}

/// Why a server does not accept a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShutOut {
    /// Somebody shut this desk out.
    Revoked,
    /// The server knows another continuation of this folder: it was copied, or put back to a copy.
    Forked,
    /// The server does not know this desk.
    Unknown,
    /// Anything else.
    Other,
}

/// What stands in the folder is not what this desk had written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FolderAlarm {
    /// What was noticed.
    pub what: Noticed,
    /// How many of this desk's last changes are missing; 0 when another history stands there.
    pub changes: u64,
    /// Whether the server has changes of this desk that are missing here; nothing while it has not answered.
    pub at_server: Option<bool>,
}

/// What the head of the journal noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Noticed {
    /// The last changes are missing: the file was damaged or replaced by an older one.
    Gone,
    /// Another history stands there.
    Forked,
}

impl FolderAlarm {
    fn of(alarm: HeadAlarm, server: Option<&str>, engine: Option<&Status>, waiting: u64) -> Self {
        let at_server = match engine {
            None => server.is_none().then_some(false),
            // It knows another entry under a number that was given here again.
            Some(status) if status.shut == Some(Shut::Forked) => Some(true),
            Some(status) => (status.state == State::UpToDate && waiting == 0).then_some(false),
        };
        match alarm {
            HeadAlarm::Gone { changes } => Self { what: Noticed::Gone, changes, at_server },
            HeadAlarm::Forked => Self { what: Noticed::Forked, changes: 0, at_server },
        }
    }
}

impl From<Shut> for ShutOut {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::Revoked => Self::Revoked,
            Shut::Forked => Self::Forked,
            Shut::Unknown => Self::Unknown,
            Shut::Other => Self::Other,
        }
    }
}

/// An entry the server refused: kept here, shown with its reason.
#[derive(Debug, Serialize, TS)]
pub struct QuarantinedEntry {
    /// What was done.
    pub command: String,
    /// Why it was refused, as a code.
    pub reason: String,
    /// When it was done.
    pub at: Timestamp,
}

impl Command for SyncStatus {
    const NAME: &'static str = "system.sync_status";
    const NEEDS: Permission = Permission::SystemSync;
    const TOPICS: &'static [Topic] = &[Topic::System, Topic::Agenda];
    type Output = SyncState;
    type Refusal = Never;
}

impl DeskCommand for SyncStatus {
    const SESSION: bool = true;
    const CHANGES: bool = false;

    fn run(self, desk: &Desk) -> Result<SyncState, Stop<Never>> {
        state(desk)
    }
}

/// What the folder and the engine say together. The counts are the folder's: they are what was acknowledged.
pub(super) fn state<R>(desk: &Desk) -> Result<SyncState, Stop<R>> {
    let open = desk.open().ok_or(Failure::Damaged("the open folder"))?;
    let server = open.store.server()?;
    let engine = desk.sync_status();
    let aside = open.store.set_aside()?;
    let cards = open.store.read(open.user, desk.now(), |view| {
        let here = clinic::organization::here(view)?;
        Ok::<_, Failure>(clinic::system::open_cards(view, &here)?.len())
    })?;
    let waiting = open.store.waiting()?;
    let alarm = open.store.alarm();
    let alarm = alarm.map(|alarm| FolderAlarm::of(alarm, server.as_deref(), engine.as_ref(), waiting));
    let face = match &engine {
        None => SyncFace::NoServer,
        Some(_) if !aside.is_empty() || cards > 0 => SyncFace::NeedsYou,
        Some(status) => match status.state {
            State::UpToDate => SyncFace::UpToDate,
            State::Waiting => SyncFace::Waiting,
            State::Offline => SyncFace::Offline,
            State::NeedsYou => SyncFace::NeedsYou,
        },
    };
    Ok(SyncState {
        state: face,
        server,
        pending: waiting,
        alarm,
        acknowledged_at: engine.as_ref().and_then(|status| status.acknowledged_ms).map(Timestamp::from_millis),
        offline_since: engine.as_ref().and_then(|status| status.offline_since_ms).map(Timestamp::from_millis),
        quarantined: aside
            .into_iter()
            .map(|entry| QuarantinedEntry { command: entry.command, reason: entry.reason, at: entry.at.time() })
            .collect(),
        cards: u64::try_from(cards).unwrap_or(u64::MAX),
        shut: engine.as_ref().and_then(|status| status.shut).map(ShutOut::from),
        server_restored: engine.as_ref().is_some_and(|status| status.server_restored),
        clock_off_minutes: engine
            .as_ref()
            .filter(|status| status.clock_is_off())
            .map(|status| -status.skew_ms / MINUTE_MS),
    })
}
