//! Between the store's words and the engine's: neither knows the other.

use domain::clock::Hlc;
use store::{Acknowledged, Outgoing, State, Store, StoreError};
use sync::{
    engine::Opened,
    protocol::{Outcome, PullPage, Receipt, SCOPE_FULL, Verdict, WireEntry, WirePart},
};

/// Where a folder stands, for an engine that begins. Pages that were staged when the process ended are asked for
/// again: each record replaces itself.
pub fn opened(store: &Store) -> Result<Opened, StoreError> {
    let (cursor, standing) = (store.cursor(SCOPE_FULL)?, store.standing()?);
    Ok(Opened {
        cursor: cursor.map_or(0, |cursor| cursor.position),
        log: cursor.and_then(|cursor| cursor.log),
        staged: None,
        epoch: cursor.map(|cursor| cursor.epoch),
        next_seq: standing.next_seq,
        waiting: standing.waiting,
        quarantined: standing.quarantined,
    })
}

/// An entry as it travels. One with an erased part no longer can; it was acknowledged long before.
pub fn wire(entry: Outgoing) -> Option<WireEntry> {
    let parts = entry.parts.into_iter().map(|part| part.content.map(|(salt, body)| WirePart { salt, body }));
    Some(WireEntry {
        parts: parts.collect::<Option<_>>()?,
        header: entry.header,
        chain: entry.chain,
        signature: entry.signature,
        receipt: entry.receipt.map(|store::Receipt { eff, code }| Receipt { eff, code }),
        older: entry.older,
    })
}

/// What the server did with an entry, as the folder keeps it.
pub fn answer(outcome: Outcome) -> Acknowledged {
    match outcome.verdict {
        Verdict::Accepted { position, eff } => {
            let receipt = outcome.receipt.map(|code| store::Receipt { eff, code });
            Acknowledged::Accepted { seq: outcome.seq, position, receipt }
        }
        Verdict::Quarantined { reason } => Acknowledged::Quarantined { seq: outcome.seq, reason },
    }
}

/// A page as it is staged, with its highest effective time; `None` when one of its records cannot be read.
pub fn states(page: &PullPage) -> Option<(Vec<State>, Hlc)> {
    let highest = page.records.iter().flat_map(|record| &record.clocks).map(|clock| clock.eff).max();
    let states = page.records.iter().map(|record| {
        let part = record.part()?;
        Some(State {
            kind: part.kind,
            record: part.record,
            position: record.position,
            made_by: record.made_by(),
            fields: part.fields,
        })
    });
    Some((states.collect::<Option<_>>()?, highest.unwrap_or_default()))
}
