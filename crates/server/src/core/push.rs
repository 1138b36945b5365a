//! A push as a job of steps: take the head row, read, decide, write, commit.

use std::collections::BTreeSet;

use domain::{id::OrgId, time::Timestamp};
use sync::protocol::{Outcome, PushReply, PushRequest, Verdict};

use super::{Backend, BackendError, Changes, Facts, Key, ReceiptKey, Refusal, Verified, decide, gather, verify};

enum Stage<B: Backend> {
    Checking,
    Beginning { batch: Vec<Verified>, device: super::Device },
    Reading { batch: Vec<Verified>, device: super::Device, tx: B::Tx },
    Deciding { batch: Vec<Verified>, tx: B::Tx, facts: Box<Facts>, cards_read: BTreeSet<Key> },
    Writing { tx: B::Tx, changes: Box<Changes>, reply: PushReply },
    Committing { tx: B::Tx, reply: PushReply },
    Ended,
}

/// A push under way. Dropping it gives the head row back and leaves no trace.
pub struct PushJob<B: Backend> {
    org: OrgId,
    request: PushRequest,
    receipts: ReceiptKey,
    stage: Stage<B>,
}

/// How far a push has come.
#[derive(Debug)]
pub enum Progress {
    /// A step was done.
    Going,
    /// Another push holds the head row.
    Waiting,
    /// It is over.
    Done(Result<PushReply, Refusal>),
}

impl<B: Backend> PushJob<B> {
    /// A push that has not begun. The caller has made sure that the request is the desk's.
    pub fn new(org: OrgId, request: PushRequest, receipts: ReceiptKey) -> Self {
        Self { org, request, receipts, stage: Stage::Checking }
    }

    /// Does the next step. `now` is the server's clock.
    pub fn step(&mut self, backend: &B, now: Timestamp) -> Result<Progress, BackendError> {
        match std::mem::replace(&mut self.stage, Stage::Ended) {
            Stage::Checking => {
                let Some(device) = backend.device(self.org, self.request.device, self.request.generation)? else {
                    return Ok(Progress::Done(Err(Refusal::UnknownDesk)));
                };
                match verify(&device, &self.request, &self.receipts) {
                    Ok(batch) => self.go(Stage::Beginning { batch, device }),
                    Err(refusal) => Ok(Progress::Done(Err(refusal))),
                }
            }
            Stage::Beginning { batch, device } => {
                if let Some(tx) = backend.begin(self.org)? {
                    self.go(Stage::Reading { batch, device, tx })
                } else {
                    self.stage = Stage::Beginning { batch, device };
                    Ok(Progress::Waiting)
                }
            }
            Stage::Reading { batch, device, mut tx } => {
                let Some(mut facts) = backend.facts(&mut tx, &gather::wanted(&batch, &device))? else {
                    return Ok(Progress::Done(Err(Refusal::UnknownDesk)));
                };
                gather::claims_around(backend, &mut tx, &mut facts, &batch)?;
                self.go(Stage::Deciding { batch, tx, facts: Box::new(facts), cards_read: BTreeSet::new() })
            }
            Stage::Deciding { batch, mut tx, mut facts, mut cards_read } => {
                let (epoch, decision) =
                    (facts.head.epoch, decide((*facts).clone(), &batch, self.request.again, now, &cards_read));
                let decision = match decision {
                    Ok(decision) => decision,
                    Err(refusal) => return Ok(Progress::Done(Err(refusal))),
                };
                if !decision.unread_cards.is_empty() {
                    let cards = backend.records(&mut tx, &decision.unread_cards)?;
                    facts.records.extend(cards.into_iter().map(|card| ((card.kind, card.id), card)));
                    cards_read.extend(decision.unread_cards);
                    return self.go(Stage::Deciding { batch, tx, facts, cards_read });
                }
                let reply = PushReply {
                    outcomes: self.with_receipts(decision.outcomes, &batch),
                    expected_seq: decision.expected_seq,
                    epoch,
                    now_ms: now.millis(),
                };
                match decision.changes {
                    Some(changes) => self.go(Stage::Writing { tx, changes: Box::new(changes), reply }),
                    None => Ok(Progress::Done(Ok(reply))),
                }
            }
            Stage::Writing { mut tx, changes, reply } => {
                backend.write(&mut tx, &changes)?;
                self.go(Stage::Committing { tx, reply })
            }
            Stage::Committing { tx, reply } => {
                backend.commit(tx)?;
                Ok(Progress::Done(Ok(reply)))
            }
            Stage::Ended => Ok(Progress::Done(Err(Refusal::Malformed))),
        }
    }

    fn with_receipts(&self, mut outcomes: Vec<Outcome>, batch: &[Verified]) -> Vec<Outcome> {
        for outcome in &mut outcomes {
            if let Verdict::Accepted { eff, .. } = outcome.verdict {
                let entry = batch.iter().find(|entry| entry.header.seq == outcome.seq);
                outcome.receipt = entry.map(|entry| self.receipts.code(&entry.header, &entry.wire.chain, eff));
            }
        }
        outcomes
    }

    #[allow(clippy::unnecessary_wraps, reason = "the last expression of every arm of `step`")]
    fn go(&mut self, stage: Stage<B>) -> Result<Progress, BackendError> {
        self.stage = stage;
        Ok(Progress::Going)
    }
}

/// Runs a push to its end. Fails when the head row stays taken.
pub fn push<B: Backend>(
    backend: &B,
    org: OrgId,
    request: PushRequest,
    receipts: &ReceiptKey,
    now: Timestamp,
) -> Result<Result<PushReply, Refusal>, BackendError> {
    let mut job = PushJob::new(org, request, receipts.clone());
    loop {
        match job.step(backend, now)? {
            Progress::Going => {}
            Progress::Waiting => return Err(BackendError("the organization is busy".to_owned())),
            Progress::Done(done) => return Ok(done),
        }
    }
}
