//! The decision: a pure function of what was read under the head row and what was pushed.

mod claim;
mod entry;

use std::collections::{BTreeMap, BTreeSet};

use domain::{canonical, clock::Hlc, time::Timestamp};
use sync::{
    merge::{RecordState, claims},
    protocol::{Outcome, Verdict},
};

use super::{Changes, Facts, KeptEntry, KeptPart, Key, Refusal, Verified, log_after};

/// What shall be written and answered.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What to write; `None` when nothing of the push was new.
    pub changes: Option<Changes>,
    /// What to answer.
    pub outcomes: Vec<Outcome>,
    /// The entry wanted next.
    pub expected_seq: u64,
    /// Cards it would raise without knowing whether they exist. When there are any, they must be read into the
    /// facts and the decision taken again.
    pub unread_cards: Vec<Key>,
}

/// The working copy of the facts.
struct Desk {
    facts: Facts,
    now: Timestamp,
    changed: BTreeSet<Key>,
    /// Cards looked for before: absent ones do not exist.
    cards_read: BTreeSet<Key>,
    unread_cards: BTreeSet<Key>,
    entries: Vec<KeptEntry>,
    new_members: Vec<super::Member>,
}

/// Decides. `again`: entries that are kept aside are judged anew. `now` is the server's clock; `cards_read` are the
/// cards that were looked for.
pub fn decide(
    facts: Facts,
    batch: &[Verified],
    again: bool,
    now: Timestamp,
    cards_read: &BTreeSet<Key>,
) -> Result<Decision, Refusal> {
    if facts.device.revoked {
        return Err(Refusal::Revoked);
    }
    let mut desk = Desk {
        facts,
        now,
        changed: BTreeSet::new(),
        cards_read: cards_read.clone(),
        unread_cards: BTreeSet::new(),
        entries: Vec::new(),
        new_members: Vec::new(),
    };
    let mut outcomes = Vec::with_capacity(batch.len());
    for verified in batch {
        let seq = verified.header.seq;
        if seq <= desk.facts.device.last_seq {
            let known = desk.facts.known.get(&seq).ok_or(Refusal::Fork)?;
            if known.chain != verified.wire.chain {
                return Err(Refusal::Fork);
            }
            let verdict = match &known.verdict {
                Verdict::Quarantined { .. } if again => desk.judge_again(verified),
                verdict => verdict.clone(),
            };
            outcomes.push(Outcome { seq, verdict, receipt: None });
            continue;
        }
        if seq > desk.facts.device.last_seq + 1 {
            break;
        }
        let chain = canonical::chain(&desk.facts.device.last_chain, &verified.wire.header, &verified.hashes);
        if chain != verified.wire.chain {
            return Err(if seq == 1 { Refusal::Forged } else { Refusal::Fork });
        }
        let verdict = desk.take_in(verified);
        outcomes.push(Outcome { seq, verdict, receipt: None });
    }
    let expected_seq = desk.facts.device.last_seq + 1;
    let Desk { mut facts, changed, unread_cards, entries, new_members, .. } = desk;
    let changes = (!entries.is_empty()).then(|| Changes {
        head: facts.head,
        device: facts.device.clone(),
        entries,
        records: changed.iter().filter_map(|key| facts.records.remove(key)).collect(),
        members: new_members,
    });
    Ok(Decision { changes, outcomes, expected_seq, unread_cards: unread_cards.into_iter().collect() })
}

impl Desk {
    /// Takes one new entry in, accepted or aside. Either way it is kept and its number is used.
    fn take_in(&mut self, verified: &Verified) -> Verdict {
        let verdict = self.judge(verified);
        let device = &mut self.facts.device;
        device.last_seq = verified.header.seq;
        device.last_chain = verified.wire.chain;
        self.keep(verified, &verdict);
        verdict
    }

    /// Judges an entry that is kept aside: what it lacked may be here by now.
    fn judge_again(&mut self, verified: &Verified) -> Verdict {
        let verdict = self.judge(verified);
        if matches!(verdict, Verdict::Accepted { .. }) {
            self.keep(verified, &verdict);
        }
        verdict
    }

    fn judge(&mut self, verified: &Verified) -> Verdict {
        match entry::judge(self, verified) {
            Ok(accepted) => {
                let verdict = Verdict::Accepted { position: accepted.stamp.position, eff: accepted.stamp.eff };
                self.accept(accepted, &verified.wire.chain);
                verdict
            }
            Err(reason) => Verdict::Quarantined { reason: reason.code().to_owned() },
        }
    }

    fn keep(&mut self, verified: &Verified, verdict: &Verdict) {
        let (high, log) = match verdict {
            Verdict::Accepted { .. } => (self.facts.head.high, Some(self.facts.head.log)),
            Verdict::Quarantined { .. } => (Hlc::default(), None),
        };
        let keys: Vec<Option<Key>> = match &verified.parts {
            Some(parts) => parts.iter().map(|part| Some((part.kind, part.record))).collect(),
            None => vec![None; verified.wire.parts.len()],
        };
        let parts = verified
            .wire
            .parts
            .iter()
            .zip(&verified.hashes)
            .zip(keys)
            .map(|((part, hash), key)| KeptPart { key, hash: *hash, salt: part.salt, body: part.body.clone() })
            .collect();
        self.entries.push(KeptEntry {
            seq: verified.header.seq,
            verdict: verdict.clone(),
            high,
            log,
            header: verified.wire.header.clone(),
            chain: verified.wire.chain,
            signature: verified.wire.signature,
            parts,
            received: self.now,
        });
    }

    fn accept(&mut self, accepted: entry::Accepted, chain: &canonical::Hash) {
        let entry::Accepted { stamp, records, changed, members, unread_cards } = accepted;
        self.facts.head.seq = stamp.position;
        self.facts.head.high = self.facts.head.high.max(stamp.eff);
        self.facts.head.log = log_after(&self.facts.head.log, chain);
        // One that counts as it did before may come after younger ones.
        self.facts.device.last_eff = self.facts.device.last_eff.max(stamp.eff);
        self.facts.founding = self.facts.founding && members.is_empty();
        self.facts.records.extend(records);
        self.facts.members.extend(members.iter().cloned());
        self.new_members.extend(members);
        self.changed.extend(changed);
        self.unread_cards.extend(unread_cards);
    }

    /// What an entry's author had seen of this life of the server.
    fn base_of(&self, verified: &Verified) -> u64 {
        let base = verified.header.base;
        if verified.wire.older { base.min(self.facts.head.floor) } else { base }
    }

    fn high_at(&self, base: u64) -> Hlc {
        if base >= self.facts.head.seq {
            return self.facts.head.high;
        }
        self.facts.highs.get(&base).copied().unwrap_or_default()
    }
}

/// Records as an entry would leave them, over those that the decision started from.
struct Draft<'a> {
    below: &'a BTreeMap<Key, RecordState>,
    over: BTreeMap<Key, RecordState>,
    changed: BTreeSet<Key>,
}

impl Draft<'_> {
    fn get(&self, key: &Key) -> Option<&RecordState> {
        self.over.get(key).or_else(|| self.below.get(key))
    }

    fn edit(&mut self, key: Key) -> &mut RecordState {
        let below = self.below.get(&key);
        self.over.entry(key).or_insert_with(|| below.cloned().unwrap_or_else(|| RecordState::empty(key.0, key.1)))
    }

    /// The live claims of a resource.
    fn claims(&self, resource: domain::id::RecordId) -> Vec<claims::Claim> {
        let keys: BTreeSet<&Key> =
            self.below.keys().chain(self.over.keys()).filter(|key| claims::is_claim(key.0)).collect();
        keys.into_iter()
            .filter_map(|key| claims::read(self.get(key)?).ok().flatten())
            .filter(|claim| claim.resource == resource)
            .collect()
    }
}
