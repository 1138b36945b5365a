//! One seed from the first act to the last agreement: three desks, one server, a bad network, one thread, and no
//! clock or chance but the seed's.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    canonical::Header,
    clock::Hlc,
    id::{DeviceId, GenerationId, OrgId, Uuid},
    time::Timestamp,
};
use server::core::{Backend, Device, Memory, Organization, Progress, PushJob, ReceiptKey, pull, push};
use sync::{
    engine::{Action, Config, Engine, Event, Now, Retry, Shut, State, Ticket, Trouble},
    protocol::{PullPage, PullRequest, PushReply, PushRequest, Verdict, WireEntry},
};

use crate::{
    faulty::{Faulty, ServerFaults},
    folder::{Cursor, Folder, Who, same},
    model::{DeskFaults, status},
    oracle::{self, Committed},
    plan::{Dice, Plan, offset},
    work,
};

pub(crate) const ORG: OrgId = OrgId(Uuid::from_u128(0x0F));
const RECEIPTS: ReceiptKey = ReceiptKey([5; 32]);
/// 2026-11-21 12:00 UTC.
const BEGIN_MS: i64 = 1_795_262_400_000;

/// Deliberate mistakes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    pub(crate) server: ServerFaults,
    pub(crate) desk: DeskFaults,
}

/// What a seed showed.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) entries: usize,
    pub(crate) aside: usize,
    pub(crate) beaten: usize,
    pub(crate) cards: usize,
    pub(crate) crashes: usize,
    pub(crate) restores: usize,
    pub(crate) judged_again: usize,
}

#[derive(Clone)]
enum Letter {
    Push { desk: usize, life: u64, ticket: Ticket, request: PushRequest },
    Pull { desk: usize, life: u64, ticket: Ticket, request: PullRequest },
    Pushed { desk: usize, life: u64, ticket: Ticket, answer: Result<PushReply, Trouble> },
    Pulled { desk: usize, life: u64, ticket: Ticket, answer: Result<PullPage, Trouble> },
}

struct Desk<F> {
    folder: F,
    engine: Engine,
    /// What the engine asked of the disk and the network and is not done yet.
    todo: Vec<Action>,
    /// Counts restarts: an answer to an earlier life finds nobody.
    life: u64,
    wake_at: Option<u64>,
    offset: i64,
}

struct Job {
    desk: usize,
    life: u64,
    ticket: Ticket,
    who: Who,
    /// What the request said of each entry: whether it had a receipt, and whether its base is of an earlier life.
    said: BTreeMap<u64, (Option<Hlc>, bool)>,
    push: PushJob<Faulty>,
}

/// The server's disk as it was once, and what had been committed by then.
struct Backup {
    memory: Memory,
    log: Vec<Committed>,
    floor: u64,
}

pub(crate) struct World<F> {
    plan: Plan,
    dice: Dice,
    steady: u64,
    server: Faulty,
    jobs: Vec<Job>,
    desks: Vec<Desk<F>>,
    network: Vec<Letter>,
    faulty: bool,
    written: BTreeMap<(Who, u64), WireEntry>,
    log: Vec<Committed>,
    backups: Vec<Backup>,
    /// Where the server's present life began.
    floor: u64,
    /// Entries whose acceptance is on their desk's disk: whatever happens, they must stand in the end.
    acknowledged: BTreeSet<(Who, u64)>,
    crashes: usize,
    restores: usize,
    pub(crate) trace: Option<Vec<String>>,
}

impl<F: Folder> World<F> {
    pub(crate) fn new(plan: Plan, dice: Dice, faults: Faults, mut folder: impl FnMut(Who, [u8; 32]) -> F) -> Self {
        let memory = Memory::default();
        memory
            .found(&Organization {
                org: ORG,
                root_key: [0; 32],
                server_certificate: vec![],
                epoch: Uuid::from_u128(0xE),
            })
            .unwrap();
        let desks = (0..plan.desks)
            .map(|n| {
                let n128 = u128::try_from(n).unwrap();
                let who = Who {
                    device: DeviceId(Uuid::from_u128(0xD0 + n128)),
                    generation: GenerationId(Uuid::from_u128(0x60 + n128)),
                };
                let folder = folder(who, [u8::try_from(n).unwrap() + 1; 32]);
                memory.enrol(&device(who, folder.public_key())).unwrap();
                let config = config(&plan);
                Desk {
                    folder,
                    engine: Engine::new(config, 0),
                    todo: vec![],
                    life: 0,
                    wake_at: None,
                    offset: plan.offsets[n],
                }
            })
            .collect();
        let mut world = Self {
            plan,
            dice,
            steady: 0,
            server: Faulty { memory, faults: faults.server },
            jobs: vec![],
            desks,
            network: vec![],
            faulty: true,
            written: BTreeMap::new(),
            log: vec![],
            backups: vec![],
            floor: 0,
            acknowledged: BTreeSet::new(),
            crashes: 0,
            restores: 0,
            trace: None,
        };
        world.found();
        for desk in 0..world.desks.len() {
            world.open(desk);
        }
        world
    }

    fn say(&mut self, line: impl FnOnce() -> String) {
        let steady = self.steady;
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{steady:>8} {}", line()));
        }
    }

    fn server_now(&self) -> Timestamp {
        Timestamp::from_millis(BEGIN_MS + i64::try_from(self.steady).unwrap())
    }

    fn now(&self, desk: usize) -> Now {
        Now { steady_ms: self.steady, wall_ms: self.server_now().millis() + self.desks[desk].offset }
    }

    /// The first desk founded the organization and the server adopted it, before the story begins.
    fn found(&mut self) {
        let at = self.server_now();
        let act = work::founding(at);
        let desk = &mut self.desks[0];
        let who = desk.folder.who();
        let entry = desk.folder.write(at, act.actor, act.command, &act.parts).unwrap();
        self.written.insert((who, 1), entry.clone());
        let entries = vec![entry];
        let request = PushRequest { device: who.device, generation: who.generation, entries, again: false };
        let reply = push(&self.server, ORG, request, &RECEIPTS, at).unwrap().unwrap();
        let verdict = reply.outcomes[0].verdict.clone();
        self.log.push(Committed { who, seq: 1, verdict, received: at, before: None, older: false, floor: 0 });
    }

    fn open(&mut self, desk: usize) {
        let opened = self.desks[desk].folder.opened();
        self.feed(desk, Event::Opened(opened));
        self.follow(desk);
    }

    /// Lets the system of a desk do what follows from the records that came in.
    fn follow(&mut self, desk: usize) {
        let wall = Timestamp::from_millis(self.now(desk).wall_ms);
        if let Some(entry) = self.desks[desk].folder.follow(wall) {
            self.keep(desk, entry);
            self.feed(desk, Event::Wrote);
        }
    }

    /// Keeps an entry for the oracle.
    fn keep(&mut self, desk: usize, entry: WireEntry) {
        let who = self.desks[desk].folder.who();
        let seq = self.written.range((who, 0)..=(who, u64::MAX)).count() + 1;
        self.written.insert((who, u64::try_from(seq).unwrap()), entry);
    }

    /// Hands an event to a desk's engine and keeps what it wants done.
    fn feed(&mut self, desk: usize, event: Event) {
        let (now, dice) = (self.now(desk), self.dice.number());
        let told = self.trace.is_some().then(|| format!("{event:?}"));
        self.say(|| format!("desk {desk} <- {}", told.unwrap_or_default()));
        let actions = self.desks[desk].engine.step(event, now, dice);
        self.say(|| format!("desk {desk} -> {actions:?}"));
        for action in actions {
            match action {
                Action::WakeAt { at_ms } => self.desks[desk].wake_at = Some(at_ms),
                Action::Report(_) => {}
                other => self.desks[desk].todo.push(other),
            }
        }
    }

    fn crash(&mut self, desk: usize) {
        self.say(|| format!("desk {desk} crashes"));
        self.crashes += 1;
        let config = config(&self.plan);
        let dead = &mut self.desks[desk];
        dead.life += 1;
        dead.todo.clear();
        dead.wake_at = None;
        dead.engine = Engine::new(config, 0);
        dead.folder.restart();
        self.open(desk);
    }

    /// Does one of the things a desk's engine asked for.
    fn act(&mut self, desk: usize) {
        let which = self.dice.index(self.desks[desk].todo.len());
        let action = self.desks[desk].todo.remove(which);
        let life = self.desks[desk].life;
        let who = self.desks[desk].folder.who();
        match action {
            Action::ReadOutbox { from_seq, limit } => {
                let entries = self.desks[desk].folder.outbox(from_seq, limit);
                self.feed(desk, Event::Outbox { entries });
            }
            Action::ReadAside { from_seq, limit } => {
                let entries = self.desks[desk].folder.lacking(from_seq, limit);
                self.feed(desk, Event::Outbox { entries });
            }
            Action::Push { ticket, entries, again } => {
                let request = PushRequest { device: who.device, generation: who.generation, entries, again };
                self.network.push(Letter::Push { desk, life, ticket, request });
            }
            Action::Record { outcomes } => {
                let counts = self.desks[desk].folder.record(&outcomes);
                let accepted = outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Accepted { .. }));
                self.acknowledged.extend(accepted.map(|outcome| (who, outcome.seq)));
                if self.faulty && self.dice.percent(self.plan.desk_crashes) {
                    return self.crash(desk);
                }
                let event = Event::Recorded {
                    next_seq: counts.next_seq,
                    waiting: counts.waiting,
                    quarantined: counts.quarantined,
                };
                self.feed(desk, event);
                self.follow(desk);
            }
            Action::Pull { ticket, request } => self.network.push(Letter::Pull { desk, life, ticket, request }),
            Action::Stage { page } => {
                self.desks[desk].folder.stage(&page);
                if self.faulty && self.dice.percent(self.plan.desk_crashes) {
                    return self.crash(desk);
                }
                self.feed(desk, Event::Staged);
            }
            Action::Rewind { epoch, expected_seq } => {
                self.desks[desk].folder.rewind(epoch, expected_seq);
                if self.faulty && self.dice.percent(self.plan.desk_crashes) {
                    return self.crash(desk);
                }
                let opened = self.desks[desk].folder.opened();
                self.feed(desk, Event::Rewound(opened));
                self.follow(desk);
            }
            Action::Swap { cursor: position, epoch, log } => {
                self.say(|| format!("desk {desk} swaps to {position}"));
                let (chance, dice) = (if self.faulty { self.plan.desk_crashes * 3 } else { 0 }, &mut self.dice);
                let mut fate = || dice.percent(chance);
                let swapped = self.desks[desk].folder.swap(&Cursor { position, epoch, log }, &mut fate);
                let after = swapped.is_err() || (self.faulty && self.dice.percent(self.plan.desk_crashes));
                if after {
                    return self.crash(desk);
                }
                self.feed(desk, Event::Swapped);
                self.follow(desk);
            }
            Action::WakeAt { .. } | Action::Report(_) => {}
        }
    }

    fn write(&mut self, desk: usize) {
        let wall = Timestamp::from_millis(self.now(desk).wall_ms);
        let tables = self.desks[desk].folder.tables();
        let Some(act) = (0..5).find_map(|_| work::draw(&mut self.dice, &tables, wall, Hlc::at(wall))) else { return };
        self.say(|| format!("desk {desk} {} {:?}", act.command, act.parts));
        let written = self.desks[desk].folder.write(wall, act.actor, act.command, &act.parts);
        // A write that leaves everything as it was leaves no entry.
        let Some(entry) = written else { return };
        self.keep(desk, entry);
        if self.faulty && self.dice.percent(self.plan.desk_crashes) {
            return self.crash(desk);
        }
        self.feed(desk, Event::Wrote);
    }

    /// Delivers any letter: the network keeps no order.
    fn deliver(&mut self) {
        let which = self.dice.index(self.network.len());
        let letter = if self.faulty && self.dice.percent(self.plan.repeated) {
            self.network[which].clone()
        } else {
            self.network.swap_remove(which)
        };
        if self.faulty && self.dice.percent(self.plan.lost) {
            return;
        }
        match letter {
            Letter::Push { desk, life, ticket, request } => {
                let who = self.desks[desk].folder.who();
                let said = request.entries.iter().map(|entry| {
                    let seq = Header::decode(&entry.header).unwrap().seq;
                    (seq, (entry.receipt.map(|receipt| receipt.eff), entry.older))
                });
                let said = said.collect();
                self.jobs.push(Job { desk, life, ticket, who, said, push: PushJob::new(ORG, request, RECEIPTS) });
            }
            Letter::Pull { desk, life, ticket, request } => {
                let another = Uuid::from_u128(u128::from(self.dice.number()));
                let epoch = self.server.head().epoch;
                let who = self.desks[desk].folder.who();
                let device = self.server.device(ORG, who.device, who.generation).unwrap().unwrap();
                let answer = match pull(&self.server, &device, &request, self.server_now(), another) {
                    Ok(answer) => answer.map_err(|_| Trouble::Refused(Shut::Other)),
                    Err(_) => Err(Trouble::Busy { after_ms: 50 }),
                };
                let head = self.server.head();
                if head.epoch != epoch {
                    self.say(|| format!("the server begins another life at {}", head.seq));
                    self.floor = head.seq;
                }
                self.network.push(Letter::Pulled { desk, life, ticket, answer });
            }
            Letter::Pushed { desk, life, ticket, answer } => {
                if self.desks[desk].life == life {
                    self.feed(desk, Event::Pushed { ticket, answer });
                }
            }
            Letter::Pulled { desk, life, ticket, answer } => {
                if self.desks[desk].life == life {
                    self.feed(desk, Event::Pulled { ticket, answer });
                }
            }
        }
    }

    /// One step of one of the server's pushes.
    fn serve(&mut self) {
        // Once all is quiet, one after the other: those that wait for the head row do not crowd out its holder.
        let which = if self.faulty { self.dice.index(self.jobs.len()) } else { 0 };
        let now = self.server_now();
        let progress = self.jobs[which].push.step(&self.server, now).unwrap();
        let Progress::Done(done) = progress else {
            if matches!(progress, Progress::Waiting) {
                self.jobs.rotate_left(1);
            }
            return;
        };
        let Job { desk, life, ticket, who, said, .. } = self.jobs.swap_remove(which);
        self.say(|| format!("server answers desk {desk}: {done:?}"));
        if let Ok(reply) = &done {
            for outcome in &reply.outcomes {
                let seq = outcome.seq;
                let last = self.log.iter().rev().find(|commit| (commit.who, commit.seq) == (who, seq));
                if last.is_none_or(|last| last.verdict != outcome.verdict) {
                    let received = self.server.received(who, seq).unwrap_or(now);
                    let (verdict, (before, older)) = (outcome.verdict.clone(), said[&seq]);
                    self.log.push(Committed { who, seq, verdict, received, before, older, floor: self.floor });
                }
            }
        }
        self.network.push(Letter::Pushed {
            desk,
            life,
            ticket,
            answer: done.map_err(|_| Trouble::Refused(Shut::Other)),
        });
    }

    fn pass_time(&mut self, most_ms: u64) {
        self.steady += self.dice.below(most_ms) + 1;
        for desk in 0..self.desks.len() {
            if self.desks[desk].wake_at.is_some_and(|at| at <= self.steady) {
                self.desks[desk].wake_at = None;
                self.feed(desk, Event::Tick);
            }
        }
    }

    /// One thing happens, anything that can.
    fn step(&mut self) {
        if self.faulty {
            if self.dice.percent(self.plan.server_crashes) && !self.jobs.is_empty() {
                self.say(|| "server crashes".to_owned());
                self.crashes += 1;
                self.jobs.clear();
            }
            if self.plan.server_restores > 0 {
                self.back_up_or_restore();
            }
            if self.dice.percent(self.plan.clock_jumps) {
                let desk = self.dice.index(self.desks.len());
                self.desks[desk].offset = offset(&mut self.dice);
            }
        }
        let busy: Vec<usize> = (0..self.desks.len()).filter(|desk| !self.desks[*desk].todo.is_empty()).collect();
        match self.dice.below(10) {
            0..=3 if !busy.is_empty() => {
                let desk = *self.dice.pick(&busy);
                self.act(desk);
            }
            4..=6 if !self.network.is_empty() => self.deliver(),
            7 | 8 if !self.jobs.is_empty() => self.serve(),
            _ => self.pass_time(400),
        }
    }

    /// Now and then a backup of the server is made, and now and then the server is put back to one of them.
    fn back_up_or_restore(&mut self) {
        let chance = self.dice.below(1_000);
        if chance < self.plan.server_restores && !self.backups.is_empty() {
            let backup = self.dice.pick(&self.backups);
            self.server.memory = backup.memory.copy();
            self.log.clone_from(&backup.log);
            self.floor = backup.floor;
            self.jobs.clear();
            self.restores += 1;
            self.say(|| "the server is put back to its backup".to_owned());
        } else if chance < self.plan.server_restores + 5 {
            let backup = Backup { memory: self.server.memory.copy(), log: self.log.clone(), floor: self.floor };
            self.backups.push(backup);
        }
    }

    /// The whole seed.
    pub(crate) fn run(&mut self) -> Result<Shown, String> {
        let mut left = self.plan.writes;
        while left > 0 {
            if self.dice.percent(self.plan.eagerness) {
                let desk = self.dice.index(self.desks.len());
                self.write(desk);
                left -= 1;
            } else {
                self.step();
            }
        }
        self.heal()?;
        self.judge()
    }

    /// No more faults and no more acts: everything must come to rest, and soon.
    fn heal(&mut self) -> Result<(), String> {
        self.faulty = false;
        for desk in 0..self.desks.len() {
            self.feed(desk, Event::Woken);
        }
        // What the bad network still holds is worked off first; with pages of one record that takes a while.
        let patience = 20_000 + 20 * self.network.len();
        let mut quiet_rounds = 0;
        for _ in 0..patience {
            if self.at_rest() {
                quiet_rounds += 1;
                if quiet_rounds == 3 {
                    return Ok(());
                }
                self.pass_time(5_000);
                continue;
            }
            let busy: Vec<usize> = (0..self.desks.len()).filter(|desk| !self.desks[*desk].todo.is_empty()).collect();
            if let Some(desk) = busy.first() {
                self.act(*desk);
            } else if !self.network.is_empty() {
                self.deliver();
            } else if !self.jobs.is_empty() {
                self.serve();
            } else {
                self.pass_time(5_000);
            }
        }
        let states: Vec<_> = self.desks.iter().map(|desk| desk.engine.status().clone()).collect();
        Err(format!("never came to rest: {states:?}"))
    }

    fn at_rest(&self) -> bool {
        let Ok((head, _)) = self.server.digest(ORG) else { return false };
        self.network.is_empty()
            && self.jobs.is_empty()
            && self.desks.iter().all(|desk| {
                let status = desk.engine.status();
                let settled = matches!(status.state, State::UpToDate | State::NeedsYou);
                settled && status.waiting == 0 && desk.todo.is_empty() && desk.engine.cursor() == head
            })
    }

    fn judge(&mut self) -> Result<Shown, String> {
        let expected = oracle::replay(&self.written, &self.log)?;
        if expected.survived + expected.beaten != expected.written {
            return Err(format!("writes that neither stand nor were beaten: {expected:?}"));
        }
        let served = self.server.tables();
        same("the server", &expected.tables, &served)?;
        for (who, seq) in &self.acknowledged {
            let last = self.log.iter().rev().find(|commit| (commit.who, commit.seq) == (*who, *seq));
            if !last.is_some_and(|last| matches!(last.verdict, Verdict::Accepted { .. })) {
                return Err(format!("entry {seq} of {} was acknowledged and does not stand: {last:?}", who.device));
            }
        }
        let quarantined: u64 = self.desks.iter().map(|desk| desk.engine.status().quarantined).sum();
        if usize::try_from(quarantined).unwrap() != expected.aside {
            return Err(format!("the pills show {quarantined} entries aside, not {}", expected.aside));
        }
        for (n, desk) in self.desks.iter().enumerate() {
            let tables = desk.folder.tables();
            same(&format!("desk {n}"), &expected.tables, &tables)?;
            let left = desk.folder.leftovers();
            if !left.is_empty() {
                return Err(format!("desk {n} keeps {left:?}"));
            }
            for (appointment, shown) in desk.folder.statuses() {
                let folded = status(&tables, appointment);
                if shown != folded {
                    return Err(format!("desk {n} shows {appointment} as {shown:?}, not {folded:?}"));
                }
            }
        }
        Ok(Shown {
            entries: self.written.len(),
            aside: expected.aside,
            beaten: expected.beaten,
            cards: expected.cards,
            crashes: self.crashes,
            restores: self.restores,
            judged_again: expected.judged_again,
        })
    }
}

fn config(plan: &Plan) -> Config {
    Config {
        push_entries: plan.push_entries,
        page_records: plan.page_records,
        poll_ms: 3_000,
        deadline_ms: 2_000,
        retry: Retry { first_ms: 100, most_ms: 2_000 },
    }
}

fn device(who: Who, key: [u8; 32]) -> Device {
    Device {
        org: ORG,
        device: who.device,
        generation: who.generation,
        key,
        certificate: vec![],
        prefix: "A".to_owned(),
        revoked: false,
        last_seq: 0,
        last_chain: domain::canonical::genesis(ORG, who.device, who.generation),
        last_eff: Hlc::default(),
    }
}
