//! The pull loop: ask, stage, and swap in when the server has nothing more.

use domain::canonical::Hash;

use super::{Action, Opened, Ticket, Trouble, Turn};
use crate::protocol::{FeedToken, PullPage, PullRequest, SCOPE_FULL, Seen};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum At {
    /// The folder is not open.
    #[default]
    Closed,
    /// Nothing to do until then.
    Idle { until: u64 },
    /// A page was asked for.
    Asking { ticket: Ticket, deadline: u64 },
    /// A page is being kept.
    Staging { next: FeedToken, last: bool, log: Option<Hash> },
    /// Everything staged is being brought into the tables.
    Swapping { cursor: u64, log: Option<Hash> },
    /// After trouble.
    Waiting { until: u64 },
    /// The server has begun another life, and the folder must hear of it first.
    Held,
    /// A person must act.
    Halted,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Pull {
    at: At,
    cursor: u64,
    /// The server's log up to the cursor.
    log: Option<Hash>,
    /// Where the next page begins while pages are staged, and the server's log up to there.
    staged: Option<(FeedToken, Option<Hash>)>,
    again: bool,
    /// The last round ended with nothing left at the server.
    complete: bool,
    troubles: u32,
    offline: bool,
}

impl Pull {
    pub(super) fn open(&mut self, opened: &Opened, turn: &mut Turn<'_>) {
        let Opened { cursor, log, staged, .. } = *opened;
        *self = Self { at: At::Idle { until: turn.now.steady_ms }, cursor, log, staged, ..Self::default() };
        self.ask(turn);
    }

    /// Waits for the folder, unless the disk is at work: then it waits after that. Tells whether it waits.
    pub(super) fn hold(&mut self) -> bool {
        if matches!(self.at, At::Staging { .. } | At::Swapping { .. }) {
            return false;
        }
        self.at = At::Held;
        true
    }

    /// The server is the one that the folder knows, after all.
    pub(super) fn go_on(&mut self, turn: &mut Turn<'_>) {
        if self.at == At::Held {
            self.ask(turn);
        }
    }

    pub(super) fn cursor(&self) -> u64 {
        self.cursor
    }

    pub(super) fn offline(&self) -> bool {
        self.offline
    }

    /// Not everything the server had when last asked is here.
    pub(super) fn behind(&self) -> bool {
        !self.complete
    }

    pub(super) fn due(&self) -> Option<u64> {
        match self.at {
            At::Idle { until } | At::Waiting { until } => Some(until),
            At::Asking { deadline, .. } => Some(deadline),
            At::Closed | At::Staging { .. } | At::Swapping { .. } | At::Held | At::Halted => None,
        }
    }

    /// The server is known to have something new.
    pub(super) fn wanted(&mut self, turn: &mut Turn<'_>) {
        match self.at {
            At::Idle { .. } => self.ask(turn),
            At::Asking { .. } | At::Staging { .. } | At::Swapping { .. } => self.again = true,
            At::Closed | At::Waiting { .. } | At::Held | At::Halted => {}
        }
    }

    /// Someone knows that trying now makes sense.
    pub(super) fn woken(&mut self, turn: &mut Turn<'_>) {
        match self.at {
            At::Idle { .. } | At::Waiting { .. } => self.ask(turn),
            At::Asking { .. } | At::Staging { .. } | At::Swapping { .. } => self.again = true,
            At::Closed | At::Held | At::Halted => {}
        }
    }

    fn ask(&mut self, turn: &mut Turn<'_>) {
        let ticket = turn.ticket();
        let (after, log) = self.staged.unwrap_or_else(|| (FeedToken::after(self.cursor), self.log));
        self.at = At::Asking { ticket, deadline: turn.after(turn.config.deadline_ms) };
        let answered = turn.status.answered;
        let seen = turn.status.epoch.map(|epoch| Seen { position: after.position, epoch, log, answered });
        let request = PullRequest { scope: SCOPE_FULL.to_owned(), after, limit: turn.config.page_records, seen };
        turn.actions.push(Action::Pull { ticket, request });
    }

    pub(super) fn pulled(&mut self, ticket: Ticket, answer: Result<PullPage, Trouble>, turn: &mut Turn<'_>) {
        match self.at {
            At::Asking { ticket: waited_for, .. } if waited_for == ticket => {}
            _ => return,
        }
        let page = match answer {
            Ok(page) => page,
            Err(trouble) => return self.trouble(trouble, turn),
        };
        if !turn.meet(page.epoch, page.now_ms) {
            self.at = At::Held;
            return;
        }
        self.troubles = 0;
        self.offline = false;
        let nothing_new = page.records.is_empty() && self.staged.is_none() && page.next.position <= self.cursor;
        if page.up_to_date && nothing_new {
            return self.rest(turn);
        }
        self.complete = false;
        self.at = At::Staging { next: page.next, last: page.up_to_date, log: page.log };
        turn.actions.push(Action::Stage { page });
    }

    pub(super) fn staged(&mut self, turn: &mut Turn<'_>) {
        let At::Staging { next, last, log } = self.at else { return };
        if turn.status.server_changed {
            self.at = At::Held;
            return;
        }
        self.staged = Some((next, log));
        let Some(epoch) = turn.status.epoch.filter(|_| last) else { return self.ask(turn) };
        self.at = At::Swapping { cursor: next.position, log };
        turn.actions.push(Action::Swap { cursor: next.position, epoch, log });
    }

    pub(super) fn swapped(&mut self, turn: &mut Turn<'_>) {
        let At::Swapping { cursor, log } = self.at else { return };
        self.cursor = cursor;
        self.log = log;
        self.staged = None;
        if turn.status.server_changed {
            self.at = At::Held;
            return;
        }
        self.rest(turn);
    }

    fn rest(&mut self, turn: &mut Turn<'_>) {
        self.complete = true;
        self.at = At::Idle { until: turn.after(turn.config.poll_ms) };
        if std::mem::take(&mut self.again) {
            self.ask(turn);
        }
    }

    pub(super) fn disk_failed(&mut self, turn: &mut Turn<'_>) {
        if matches!(self.at, At::Staging { .. } | At::Swapping { .. }) {
            self.wait(0, turn);
        }
    }

    pub(super) fn tick(&mut self, turn: &mut Turn<'_>) {
        match self.at {
            At::Asking { deadline, .. } if deadline <= turn.now.steady_ms => self.trouble(Trouble::Offline, turn),
            At::Idle { until } | At::Waiting { until } if until <= turn.now.steady_ms => self.ask(turn),
            _ => {}
        }
    }

    fn trouble(&mut self, trouble: Trouble, turn: &mut Turn<'_>) {
        match trouble {
            Trouble::Offline => {
                self.offline = true;
                self.wait(0, turn);
            }
            Trouble::Busy { after_ms } => self.wait(after_ms, turn),
            Trouble::Garbled => self.wait(0, turn),
            Trouble::Refused(why) => {
                turn.status.shut = Some(why);
                self.at = At::Halted;
            }
        }
    }

    fn wait(&mut self, at_least_ms: u64, turn: &mut Turn<'_>) {
        self.troubles = self.troubles.saturating_add(1);
        let delay = turn.config.retry.delay(self.troubles, turn.dice).max(at_least_ms);
        self.at = At::Waiting { until: turn.after(delay) };
    }
}
