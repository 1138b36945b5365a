//! The driver: carries out what the engine asks for.
//!
//! One thread per open folder. Disk work happens on it, one piece after the other; questions to the server run
//! beside it, so push and pull stay independent. Whatever happens to the thread or the process, the folder's disk
//! is in order, and the next start goes on from there.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use domain::{clock::Hlc, time::Timestamp};
use store::{Acknowledged, Applied, Cursor, Most, Store, StoreError};
use sync::{
    engine::{Action, Config, Engine, Event, Now, Shut, Status, Trouble},
    protocol::{Limits, PullPage, PullRequest, PushReply, PushRequest, SCOPE_FULL, WireEntry},
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinSet,
};

use super::{
    line::{Line, LineError},
    translate,
};

/// Bytes of parts in one push.
const PUSH_BYTES: usize = 1 << 20;

/// Something that keeps a store open.
pub trait HoldsStore: Send + Sync + 'static {
    /// The store.
    fn store(&self) -> &Store;

    /// What the system does once records of others have come in. Answers whether it wrote an entry.
    fn after_sync(&self, now: Timestamp) -> Result<bool, StoreError> {
        let _ = now;
        Ok(false)
    }
}

impl HoldsStore for Store {
    fn store(&self) -> &Store {
        self
    }
}

/// Told when records changed here because of the server, and when the pill did (then with nothing applied).
type Told = Box<dyn Fn(&Status, Option<&Applied>) + Send>;

/// Background agreement of one open folder. Dropping it stops the thread after the piece of work under way.
pub struct Driver {
    events: Option<UnboundedSender<Event>>,
    status: Arc<Mutex<Status>>,
    thread: Option<JoinHandle<()>>,
}

impl Driver {
    /// Begins for a folder that has a server.
    pub fn start(
        folder: Arc<dyn HoldsStore>,
        line: Arc<Line>,
        config: Config,
        told: impl Fn(&Status, Option<&Applied>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, events) = unbounded_channel();
        let status = Arc::new(Mutex::new(Status::default()));
        let shared = Arc::clone(&status);
        // Questions have a thread of their own: while the disk is at work here, their clocks go on, and a server that
        // answered in time must not be taken for one that did not.
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let thread = std::thread::Builder::new().name("sync".to_owned()).spawn(move || {
            let desk = Running {
                folder,
                line,
                told: Box::new(told),
                status: shared,
                seen: Hlc::default(),
                began: Instant::now(),
                wrote: false,
            };
            runtime.block_on(desk.run(config, events));
            // A name that nobody resolves must not hold up whoever stops us.
            runtime.shutdown_background();
        })?;
        Ok(Self { events: Some(sender), status, thread: Some(thread) })
    }

    /// A write was committed.
    pub fn wrote(&self) {
        self.tell(Event::Wrote);
    }

    /// A person pressed "now", or the network is back.
    pub fn wake(&self) {
        self.tell(Event::Woken);
    }

    /// What the pill shows.
    pub fn status(&self) -> Status {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tell(&self, event: Event) {
        if let Some(events) = &self.events {
            // The thread ends only with the driver.
            drop(events.send(event));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.events = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the sync thread had panicked");
        }
    }
}

struct Running {
    folder: Arc<dyn HoldsStore>,
    line: Arc<Line>,
    told: Told,
    status: Arc<Mutex<Status>>,
    /// The highest effective time among the staged states.
    seen: Hlc,
    began: Instant,
    /// The system wrote an entry of its own, which the engine has not heard of yet.
    wrote: bool,
}

impl Running {
    async fn run(mut self, config: Config, mut events: UnboundedReceiver<Event>) {
        let mut engine = Engine::new(config, 0);
        let mut asked: JoinSet<Event> = JoinSet::new();
        let mut next = VecDeque::new();
        let mut wake_at: Option<u64> = None;
        // The process may have ended between the server's records and what follows from them.
        self.follow();
        match translate::opened(self.folder.store()) {
            Ok(opened) => next.push_back(Event::Opened(opened)),
            Err(error) => tracing::error!(%error, "the folder's standing could not be read; no sync"),
        }
        loop {
            while let Some(event) = next.pop_front() {
                for action in engine.step(event, self.now(), self.line.dice()) {
                    match action {
                        Action::WakeAt { at_ms } => wake_at = Some(at_ms),
                        Action::Report(status) => self.report(status),
                        Action::Push { ticket, entries, again } => {
                            let (folder, line) = (Arc::clone(&self.folder), Arc::clone(&self.line));
                            asked.spawn(async move {
                                Event::Pushed { ticket, answer: push(&*folder, &line, entries, again).await }
                            });
                        }
                        Action::Pull { ticket, request } => {
                            let (folder, line) = (Arc::clone(&self.folder), Arc::clone(&self.line));
                            asked.spawn(async move {
                                Event::Pulled { ticket, answer: pull(&*folder, &line, request).await }
                            });
                        }
                        disk => {
                            next.extend(self.work(disk));
                            if std::mem::take(&mut self.wrote) {
                                next.push_back(Event::Wrote);
                            }
                        }
                    }
                }
            }
            let wait = wake_at
                .map_or(Duration::from_hours(1), |at| Duration::from_millis(at.saturating_sub(self.now().steady_ms)));
            tokio::select! {
                // What was answered comes before a deadline that passed while the disk was at work.
                biased;
                event = events.recv() => match event {
                    Some(event) => next.push_back(event),
                    None => {
                        // They hold the folder open; it is closed when they are gone.
                        asked.shutdown().await;
                        return;
                    }
                },
                Some(answered) = asked.join_next() => next.extend(answered.ok()),
                () = tokio::time::sleep(wait) => {
                    wake_at = None;
                    next.push_back(Event::Tick);
                }
            }
        }
    }

    fn now(&self) -> Now {
        Now {
            steady_ms: u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            wall_ms: self.line.now().millis(),
        }
    }

    fn report(&self, status: Status) {
        (self.told)(&status, None);
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) = status;
    }

    /// Work on the disk; what it answers.
    fn work(&mut self, action: Action) -> Option<Event> {
        let pushing = matches!(
            action,
            Action::ReadOutbox { .. } | Action::ReadAside { .. } | Action::Record { .. } | Action::Rewind { .. }
        );
        match self.try_work(action) {
            Ok(event) => event,
            Err(error) => {
                tracing::error!(%error, "sync could not use the disk");
                Some(if pushing { Event::PushDiskFailed } else { Event::PullDiskFailed })
            }
        }
    }

    fn try_work(&mut self, action: Action) -> Result<Option<Event>, StoreError> {
        let store = self.folder.store();
        Ok(match action {
            Action::ReadOutbox { from_seq, limit } => {
                let entries = store.journal(from_seq.saturating_sub(1), batch(limit))?;
                Some(Event::Outbox { entries: entries.into_iter().map_while(translate::wire).collect() })
            }
            Action::ReadAside { from_seq, limit } => {
                let entries = store.lacking(from_seq.saturating_sub(1), batch(limit))?;
                Some(Event::Outbox { entries: entries.into_iter().filter_map(translate::wire).collect() })
            }
            Action::Record { outcomes } => {
                let answers: Vec<Acknowledged> = outcomes.into_iter().map(translate::answer).collect();
                let applied = store.acknowledge(&answers)?;
                let standing = store.standing()?;
                self.announce(&applied);
                Some(Event::Recorded {
                    next_seq: standing.next_seq,
                    waiting: standing.waiting,
                    quarantined: standing.quarantined,
                })
            }
            Action::Stage { page } => {
                // A page with a state that cannot be read is as good as a broken line: asked for again, later.
                let Some((states, highest)) = translate::states(&page) else { return Ok(Some(Event::PullDiskFailed)) };
                store.stage(SCOPE_FULL, &states)?;
                self.seen = self.seen.max(highest);
                Some(Event::Staged)
            }
            Action::Swap { cursor: position, epoch, log } => {
                let applied = store.swap_in(SCOPE_FULL, &Cursor { position, epoch, log }, self.seen)?;
                self.announce(&applied);
                Some(Event::Swapped)
            }
            Action::Rewind { epoch, expected_seq } => {
                tracing::warn!(expected_seq, "the server was put back to an earlier copy; what it lacks is sent again");
                let applied = store.rewind(epoch, expected_seq)?;
                self.announce(&applied);
                Some(Event::Rewound(translate::opened(self.folder.store())?))
            }
            Action::Push { .. } | Action::Pull { .. } | Action::WakeAt { .. } | Action::Report(_) => None,
        })
    }

    fn follow(&mut self) {
        match self.folder.after_sync(self.line.now()) {
            Ok(wrote) => self.wrote |= wrote,
            Err(error) => tracing::error!(%error, "what follows from the server's records waits for the next ones"),
        }
    }

    fn announce(&mut self, applied: &Applied) {
        if !applied.touched.is_empty() {
            self.follow();
            let status = self.status.lock().unwrap_or_else(PoisonError::into_inner).clone();
            (self.told)(&status, Some(applied));
        }
    }
}

/// What goes in one push: far below what a frame may hold, and little enough for a poor line.
fn batch(entries: u32) -> Most {
    Most { entries: usize::try_from(entries).unwrap_or(usize::MAX), bytes: PUSH_BYTES }
}

async fn push(
    folder: &dyn HoldsStore,
    line: &Line,
    entries: Vec<WireEntry>,
    again: bool,
) -> Result<PushReply, Trouble> {
    let identity = folder.store().identity();
    let request = PushRequest { device: identity.device, generation: identity.generation, entries, again };
    line.say(identity, "/v1/push", &request, Limits::BATCH).await.map_err(trouble)
}

async fn pull(folder: &dyn HoldsStore, line: &Line, request: PullRequest) -> Result<PullPage, Trouble> {
    line.say(folder.store().identity(), "/v1/pull", &request, Limits::BATCH).await.map_err(trouble)
}

fn trouble(error: LineError) -> Trouble {
    match error {
        LineError::Offline | LineError::Address => Trouble::Offline,
        LineError::Busy => Trouble::Busy { after_ms: 2_000 },
        LineError::Garbled => Trouble::Garbled,
        LineError::Refused { code, .. } => {
            tracing::warn!(code, "the server refuses this desk");
            match code.as_str() {
                // A clock that runs away between two requests is no reason to stop.
                "too_old" | "replayed" => Trouble::Garbled,
                "revoked" => Trouble::Refused(Shut::Revoked),
                "fork" => Trouble::Refused(Shut::Forked),
                "unknown_desk" => Trouble::Refused(Shut::Unknown),
                _ => Trouble::Refused(Shut::Other),
            }
        }
    }
}
