//! The desk's side as a pure state machine: `step(event, now, dice) -> actions`.
//!
//! Push and pull are two loops that share nothing but the pill: neither can block the other. The caller owns disk,
//! network, clock and randomness; it carries out each action and answers with an event. An answer carries the
//! ticket of its question, so a late or repeated one is nothing. A question that is never answered is given up at
//! its deadline, so no loop waits for ever for a lost message.
//!
//! What must survive a crash is on the caller's disk before the answer: outcomes, staged pages, and rows *with*
//! their cursor in one transaction. The engine itself may be thrown away at any moment and begun again from there.

mod backoff;
mod pull;
mod push;
mod status;

pub use backoff::Retry;
use domain::canonical::Hash;
use pull::Pull;
use push::Push;
pub use status::{State, Status};
use uuid::Uuid;

use crate::protocol::{FeedToken, Outcome, PullPage, PullRequest, PushReply, WireEntry};

/// Names one question to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// How the engine behaves. Times are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// Entries in one push.
    pub push_entries: u32,
    /// Records in one page.
    pub page_records: u32,
    /// Pull this often when nothing else asks for it.
    pub poll_ms: u64,
    /// Give a question up after this long.
    pub deadline_ms: u64,
    /// Waiting after troubles.
    pub retry: Retry,
}

impl Default for Config {
    fn default() -> Self {
        Self { push_entries: 200, page_records: 2_000, poll_ms: 15_000, deadline_ms: 30_000, retry: Retry::default() }
    }
}

/// What the caller's clocks say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds by a clock that never goes back, from any beginning: all waiting is measured by it.
    pub steady_ms: u64,
    /// Milliseconds UTC by the desk's wall clock: only to be shown and compared with the server's.
    pub wall_ms: i64,
}

/// Why a question had no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No connection, or no answer in time.
    Offline,
    /// The server asks to come back after that many milliseconds.
    Busy {
        /// How long to wait at least.
        after_ms: u64,
    },
    /// The server does not accept this desk: a person must act. Trying again would not help.
    Refused(Shut),
    /// The answer could not be understood.
    Garbled,
}

/// Why a server does not accept a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// Somebody shut this desk out.
    Revoked,
    /// The server knows another continuation of this folder's journal: it was copied, or put back to a copy.
    Forked,
    /// The server does not know this desk.
    Unknown,
    /// Anything else.
    Other,
}

/// What the desk's folder says when the engine begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Everything up to this position has been swapped in.
    pub cursor: u64,
    /// How far pages are staged behind the cursor, if any are, and the hash of the server's log up to there.
    pub staged: Option<(FeedToken, Option<Hash>)>,
    /// The server's life as met last; `None` before the first contact.
    pub epoch: Option<Uuid>,
    /// The hash of the server's log up to the cursor, where it said so.
    pub log: Option<Hash>,
    /// The first entry the server has not answered for.
    pub next_seq: u64,
    /// Entries the server has not answered for.
    pub waiting: u64,
    /// Entries the server keeps aside.
    pub quarantined: u64,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The folder is open. The first event, and again after a crash.
    Opened(Opened),
    /// A local write was committed.
    Wrote,
    /// The server has something, the network is back, or a person pressed "now".
    Woken,
    /// Time passed: at the moment [`Action::WakeAt`] asked for, or at any other.
    Tick,
    /// Answers [`Action::ReadOutbox`] and [`Action::ReadAside`]: entries from there on, in order.
    Outbox {
        /// The entries; empty when there are none.
        entries: Vec<WireEntry>,
    },
    /// Answers [`Action::Push`].
    Pushed {
        /// Which question.
        ticket: Ticket,
        /// The answer.
        answer: Result<PushReply, Trouble>,
    },
    /// Answers [`Action::Record`]: the outcomes are on disk.
    Recorded {
        /// The first entry the server has not answered for, now.
        next_seq: u64,
        /// Entries the server has not answered for, now.
        waiting: u64,
        /// Entries kept aside, now.
        quarantined: u64,
    },
    /// Answers [`Action::Pull`].
    Pulled {
        /// Which question.
        ticket: Ticket,
        /// The answer.
        answer: Result<PullPage, Trouble>,
    },
    /// Answers [`Action::Stage`]: the page is on disk.
    Staged,
    /// Answers [`Action::Swap`]: rows and cursor are on disk.
    Swapped,
    /// Answers [`Action::Rewind`]: the folder is ready for the server's new life and stands like this.
    Rewound(Opened),
    /// The disk refused what the push loop asked for.
    PushDiskFailed,
    /// The disk refused what the pull loop asked for.
    PullDiskFailed,
}

/// What the caller shall do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Read entries of the current generation from `from_seq` on, answered for or not; answer with
    /// [`Event::Outbox`].
    ReadOutbox {
        /// The first one.
        from_seq: u64,
        /// At most this many.
        limit: u32,
    },
    /// Read entries that the server keeps aside because it lacked a record, from `from_seq` on; answer with
    /// [`Event::Outbox`].
    ReadAside {
        /// The first one.
        from_seq: u64,
        /// At most this many.
        limit: u32,
    },
    /// Send entries; answer with [`Event::Pushed`].
    Push {
        /// To be given back.
        ticket: Ticket,
        /// What to send; nothing, to learn only how far the server is.
        entries: Vec<WireEntry>,
        /// They are kept aside and shall be judged again.
        again: bool,
    },
    /// Write outcomes to disk; answer with [`Event::Recorded`].
    Record {
        /// The verdicts.
        outcomes: Vec<Outcome>,
    },
    /// Ask for a page; answer with [`Event::Pulled`].
    Pull {
        /// To be given back.
        ticket: Ticket,
        /// What to ask.
        request: PullRequest,
    },
    /// Keep a page beside the tables; answer with [`Event::Staged`].
    Stage {
        /// The page.
        page: PullPage,
    },
    /// Bring everything staged into the tables and set the cursor, in one transaction; answer with
    /// [`Event::Swapped`].
    Swap {
        /// The new cursor.
        cursor: u64,
        /// The server's life, kept with it.
        epoch: Uuid,
        /// The hash of the server's log up to the cursor, kept with it.
        log: Option<Hash>,
    },
    /// The server was put back to an earlier copy of its data and begins another life: in one transaction forget
    /// what is staged, begin the cursor anew in the new life, and let every entry from `expected_seq` on wait
    /// again; answer with [`Event::Rewound`]. Whatever else was asked of the disk is done before.
    Rewind {
        /// The new life.
        epoch: Uuid,
        /// The first entry that the server lacks.
        expected_seq: u64,
    },
    /// Come back with [`Event::Tick`] at this time at the latest. Replaces an earlier one.
    WakeAt {
        /// By the steady clock.
        at_ms: u64,
    },
    /// The pill changed.
    Report(Status),
}

/// The engine of one desk.
#[derive(Debug, Clone)]
pub struct Engine {
    config: Config,
    push: Push,
    pull: Pull,
    status: Status,
    tickets: u64,
    wake_at: Option<u64>,
    /// The server's new life and the first entry it lacks, until the folder knows it.
    rewind: Option<(Uuid, u64)>,
}

/// What the loops have at hand during a step.
struct Turn<'a> {
    config: &'a Config,
    now: Now,
    dice: u64,
    tickets: &'a mut u64,
    status: &'a mut Status,
    actions: Vec<Action>,
}

impl Turn<'_> {
    fn ticket(&mut self) -> Ticket {
        *self.tickets += 1;
        Ticket(*self.tickets)
    }

    fn after(&self, delay_ms: u64) -> u64 {
        self.now.steady_ms.saturating_add(delay_ms)
    }

    /// The server's life and clock, from any answer. `false` when it is not the server this folder knows.
    fn meet(&mut self, epoch: Uuid, server_ms: i64) -> bool {
        self.status.skew_ms = server_ms.saturating_sub(self.now.wall_ms);
        match self.status.epoch {
            Some(known) if known != epoch => {
                self.status.server_changed = true;
                false
            }
            _ => {
                self.status.epoch = Some(epoch);
                true
            }
        }
    }
}

impl Engine {
    /// An engine that waits for [`Event::Opened`]. `tickets` is where its tickets begin: higher than any an engine
    /// before a crash may have used, so that an answer meant for that one is not taken for an answer to this one.
    pub fn new(config: Config, tickets: u64) -> Self {
        Self {
            config,
            push: Push::default(),
            pull: Pull::default(),
            status: Status::default(),
            tickets,
            wake_at: None,
            rewind: None,
        }
    }

    /// What the pill shows.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Everything up to this position has been swapped in.
    pub fn cursor(&self) -> u64 {
        self.pull.cursor()
    }

    /// Takes an event in and says what to do. `dice` is random, for the jitter.
    pub fn step(&mut self, event: Event, now: Now, dice: u64) -> Vec<Action> {
        let before = self.status.clone();
        let mut turn = Turn {
            config: &self.config,
            now,
            dice,
            tickets: &mut self.tickets,
            status: &mut self.status,
            actions: Vec::new(),
        };
        match event {
            Event::Opened(opened) => {
                self.rewind = None;
                turn.status.open(&opened);
                self.push.open(opened.next_seq, &mut turn);
                self.pull.open(&opened, &mut turn);
            }
            Event::Rewound(opened) => {
                self.rewind = None;
                turn.status.open(&opened);
                turn.status.server_restored = true;
                self.push.open(opened.next_seq, &mut turn);
                self.pull.open(&opened, &mut turn);
            }
            Event::Wrote => {
                turn.status.waiting += 1;
                self.push.wanted(&mut turn);
            }
            Event::Woken => {
                self.push.woken(&mut turn);
                self.pull.woken(&mut turn);
            }
            Event::Tick => {}
            Event::Outbox { entries } => self.push.outbox(entries, &mut turn),
            Event::Pushed { ticket, answer } => {
                let moved = self.push.pushed(ticket, answer, &mut turn, &mut self.rewind);
                if moved.is_some_and(|position| position > self.pull.cursor()) {
                    self.pull.wanted(&mut turn);
                }
            }
            Event::Recorded { next_seq, waiting, quarantined } => {
                turn.status.waiting = waiting;
                turn.status.quarantined = quarantined;
                turn.status.answered = next_seq.saturating_sub(1);
                self.push.recorded(next_seq, &mut turn);
            }
            Event::Pulled { ticket, answer } => self.pull.pulled(ticket, answer, &mut turn),
            Event::Staged => self.pull.staged(&mut turn),
            Event::Swapped => {
                self.pull.swapped(&mut turn);
                if turn.status.quarantined > 0 {
                    self.push.aside_wanted(&mut turn);
                }
            }
            Event::PushDiskFailed => self.push.disk_failed(&mut turn),
            Event::PullDiskFailed => self.pull.disk_failed(&mut turn),
        }
        if turn.status.server_changed {
            self.push.ask_how_far(&mut turn);
            if let Some((epoch, expected_seq)) = self.rewind
                && self.pull.hold()
            {
                self.rewind = None;
                turn.actions.push(Action::Rewind { epoch, expected_seq });
            }
        } else {
            self.pull.go_on(&mut turn);
        }
        // A timer that is due is looked at whatever the event was, so a driver may be late or early.
        self.push.tick(&mut turn);
        self.pull.tick(&mut turn);
        turn.status.settle(self.push.offline() || self.pull.offline(), self.pull.behind(), now.wall_ms);
        let mut actions = turn.actions;
        let wake_at = [self.push.due(), self.pull.due()].into_iter().flatten().min();
        if wake_at != self.wake_at {
            self.wake_at = wake_at;
            actions.extend(wake_at.map(|at_ms| Action::WakeAt { at_ms }));
        }
        if self.status != before {
            actions.push(Action::Report(self.status.clone()));
        }
        actions
    }
}

#[cfg(test)]
mod tests;
