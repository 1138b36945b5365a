//! The pill: one state derived from facts, not a second set of counters.

use uuid::Uuid;

use super::{Opened, Shut};

/// What the pill says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// The server has acknowledged everything, and everything it has is here.
    UpToDate,
    /// Something is on its way in either direction, or nobody knows yet.
    #[default]
    Waiting,
    /// The server does not answer.
    Offline,
    /// A person must look: entries are kept aside, or the server does not accept this desk.
    NeedsYou,
}

/// What the desk can say about its server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// The one word.
    pub state: State,
    /// Entries the server has not answered for. Counts what was acknowledged, never what was sent.
    pub waiting: u64,
    /// Entries the server keeps aside.
    pub quarantined: u64,
    /// When the server last had everything from here, milliseconds UTC by the desk's clock.
    pub acknowledged_ms: Option<i64>,
    /// Since when the server has not answered.
    pub offline_since_ms: Option<i64>,
    /// The server's clock minus the desk's. More than five minutes either way is shown.
    pub skew_ms: i64,
    /// The server refuses this desk.
    pub shut: Option<Shut>,
    /// The server was put back to an earlier copy, and the folder does not know yet.
    pub server_changed: bool,
    /// It was, since this folder was opened: what it had lost goes there again.
    pub server_restored: bool,
    /// The server's life.
    pub epoch: Option<Uuid>,
    /// Own entries that the server has answered.
    pub(super) answered: u64,
    first_trouble_ms: Option<i64>,
}

/// More than this is told to the user.
const SKEW_TOLD_MS: i64 = 5 * 60_000;

impl Status {
    /// The clock is off by more than a person should not know.
    pub fn clock_is_off(&self) -> bool {
        self.skew_ms.abs() > SKEW_TOLD_MS
    }

    pub(super) fn open(&mut self, opened: &Opened) {
        *self = Self {
            waiting: opened.waiting,
            quarantined: opened.quarantined,
            epoch: opened.epoch,
            answered: opened.next_seq.saturating_sub(1),
            server_restored: self.server_restored,
            state: State::Waiting,
            ..Self::default()
        };
    }

    pub(super) fn settle(&mut self, offline: bool, behind: bool, now_ms: i64) {
        if offline {
            self.first_trouble_ms.get_or_insert(now_ms);
        } else {
            self.first_trouble_ms = None;
        }
        self.offline_since_ms = self.first_trouble_ms;
        self.state = if self.shut.is_some() || self.quarantined > 0 {
            State::NeedsYou
        } else if offline {
            State::Offline
        } else if self.waiting > 0 || behind || self.server_changed {
            State::Waiting
        } else {
            State::UpToDate
        };
        if self.waiting == 0 && !behind && !offline && self.epoch.is_some() {
            self.acknowledged_ms = Some(self.acknowledged_ms.map_or(now_ms, |at| at.max(now_ms)));
        }
    }
}
