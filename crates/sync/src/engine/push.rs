//! The push loop: read, send, record, until the outbox is empty.

use domain::canonical::Header;
use uuid::Uuid;

use super::{Action, Ticket, Trouble, Turn};
use crate::protocol::{PushReply, Verdict, WireEntry};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum At {
    /// The folder is not open.
    #[default]
    Closed,
    /// Nothing to send.
    Idle,
    /// Entries are being read, new ones or such as are kept aside.
    Reading { aside: bool },
    /// Entries are on their way.
    Sending { ticket: Ticket, deadline: u64 },
    /// Outcomes are being written.
    Recording,
    /// After trouble.
    Waiting { until: u64 },
    /// A person must act, or the folder must first hear of the server's new life.
    Halted,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Push {
    at: At,
    /// The entry to go on with: what the server wants, or the first one unanswered.
    next_seq: u64,
    /// The server wants entries that the desk believes acknowledged: it lost them.
    rewound: Option<u64>,
    /// Something was written while the loop was busy.
    again: bool,
    /// Entries kept aside shall be judged again, from this one on, when nothing else is to be sent.
    aside: Option<u64>,
    troubles: u32,
    offline: bool,
}

impl Push {
    pub(super) fn open(&mut self, next_seq: u64, turn: &mut Turn<'_>) {
        *self = Self { at: At::Idle, next_seq, ..Self::default() };
        self.read(turn);
    }

    pub(super) fn offline(&self) -> bool {
        self.offline
    }

    pub(super) fn due(&self) -> Option<u64> {
        match self.at {
            At::Sending { deadline, .. } => Some(deadline),
            At::Waiting { until } => Some(until),
            At::Closed | At::Idle | At::Reading { .. } | At::Recording | At::Halted => None,
        }
    }

    /// There is something to send. A wait after trouble is kept: writing fast must not mean asking fast.
    pub(super) fn wanted(&mut self, turn: &mut Turn<'_>) {
        match self.at {
            At::Idle => self.read(turn),
            At::Reading { .. } | At::Sending { .. } | At::Recording => self.again = true,
            At::Closed | At::Waiting { .. } | At::Halted => {}
        }
    }

    /// Someone knows that trying now makes sense.
    pub(super) fn woken(&mut self, turn: &mut Turn<'_>) {
        match self.at {
            At::Idle | At::Waiting { .. } => self.read(turn),
            At::Reading { .. } | At::Sending { .. } | At::Recording => self.again = true,
            At::Closed | At::Halted => {}
        }
    }

    /// Records came in: what the server lacked for an entry kept aside may be among them.
    pub(super) fn aside_wanted(&mut self, turn: &mut Turn<'_>) {
        self.aside = Some(1);
        if self.at == At::Idle {
            self.read(turn);
        }
    }

    /// The server is not the one this folder knows: its answer to nothing tells what it lacks.
    pub(super) fn ask_how_far(&mut self, turn: &mut Turn<'_>) {
        if self.at == At::Idle {
            self.read(turn);
        }
    }

    fn read(&mut self, turn: &mut Turn<'_>) {
        self.again = false;
        self.at = At::Reading { aside: false };
        let from_seq = self.rewound.unwrap_or(self.next_seq);
        turn.actions.push(Action::ReadOutbox { from_seq, limit: turn.config.push_entries });
    }

    pub(super) fn outbox(&mut self, entries: Vec<WireEntry>, turn: &mut Turn<'_>) {
        let At::Reading { aside } = self.at else { return };
        if aside {
            self.aside =
                entries.iter().filter_map(|entry| Header::decode(&entry.header).ok()).map(|last| last.seq + 1).max();
        }
        if entries.is_empty() && !turn.status.server_changed {
            if !aside {
                self.rewound = None;
            }
            match self.aside {
                _ if self.again => self.read(turn),
                Some(from_seq) => {
                    self.at = At::Reading { aside: true };
                    turn.actions.push(Action::ReadAside { from_seq, limit: turn.config.push_entries });
                }
                None => self.at = At::Idle,
            }
            return;
        }
        let ticket = turn.ticket();
        self.at = At::Sending { ticket, deadline: turn.after(turn.config.deadline_ms) };
        turn.actions.push(Action::Push { ticket, entries, again: aside });
    }

    /// Returns the highest position the answer spoke of.
    pub(super) fn pushed(
        &mut self,
        ticket: Ticket,
        answer: Result<PushReply, Trouble>,
        turn: &mut Turn<'_>,
        rewind: &mut Option<(Uuid, u64)>,
    ) -> Option<u64> {
        match self.at {
            At::Sending { ticket: waited_for, .. } if waited_for == ticket => {}
            _ => return None,
        }
        let reply = match answer {
            Ok(reply) => reply,
            Err(trouble) => {
                self.trouble(trouble, turn);
                return None;
            }
        };
        if !turn.meet(reply.epoch, reply.now_ms) {
            *rewind = Some((reply.epoch, reply.expected_seq));
            self.at = At::Halted;
            return None;
        }
        turn.status.server_changed = false;
        self.troubles = 0;
        self.offline = false;
        self.rewound = (reply.expected_seq < self.next_seq).then_some(reply.expected_seq);
        self.next_seq = self.next_seq.max(reply.expected_seq);
        let position = reply
            .outcomes
            .iter()
            .filter_map(|outcome| match outcome.verdict {
                Verdict::Accepted { position, .. } => Some(position),
                Verdict::Quarantined { .. } => None,
            })
            .max();
        if reply.outcomes.is_empty() {
            // A gap: the server said which entry it wants. Asking again at once is right, but not for ever.
            self.wait(0, turn);
        } else {
            self.at = At::Recording;
            turn.actions.push(Action::Record { outcomes: reply.outcomes });
        }
        position
    }

    pub(super) fn recorded(&mut self, next_seq: u64, turn: &mut Turn<'_>) {
        if self.at != At::Recording {
            return;
        }
        self.next_seq = self.next_seq.max(next_seq);
        // Whether more waits is the disk's to say: the next read that comes back empty ends the round.
        self.read(turn);
    }

    pub(super) fn disk_failed(&mut self, turn: &mut Turn<'_>) {
        let rewinding = self.at == At::Halted && turn.status.server_changed;
        if rewinding || matches!(self.at, At::Reading { .. } | At::Recording) {
            self.wait(0, turn);
        }
    }

    pub(super) fn tick(&mut self, turn: &mut Turn<'_>) {
        match self.at {
            At::Sending { deadline, .. } if deadline <= turn.now.steady_ms => self.trouble(Trouble::Offline, turn),
            At::Waiting { until } if until <= turn.now.steady_ms => self.read(turn),
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
