//! Serving the feed.

use domain::{id::Uuid, time::Timestamp};
use sync::protocol::{FeedToken, PullPage, PullRequest, Record, SCOPE_FULL, Seen};

use super::{Backend, BackendError, Device, Refusal};

/// A server never sends more than this many records at once, whatever is asked.
const MOST: u32 = 5_000;
/// And no more than about so many bytes, or one record: a page must fit its frame, whatever the records hold.
const MOST_BYTES: usize = 4 << 20;

/// Answers a pull. Nothing is locked: positions are given under the head row and become visible with their commit,
/// so a reader never sees one that has a lower one still to come.
///
/// A desk that has seen a log which is not this one, or answers to entries that are not here, shows that the server
/// was put back to an earlier copy of its data: then another life begins, named `another`, and the page says so.
pub fn pull<B: Backend>(
    backend: &B,
    device: &Device,
    request: &PullRequest,
    now: Timestamp,
    another: Uuid,
) -> Result<Result<PullPage, Refusal>, BackendError> {
    if request.scope != SCOPE_FULL || request.limit == 0 {
        return Ok(Err(Refusal::Malformed));
    }
    let org = device.org;
    if let Some(Seen { position, epoch, log, answered }) = request.seen
        && (answered > device.last_seq || (log.is_some() && backend.log_at(org, position)? != log))
    {
        backend.begin_epoch(org, epoch, another)?;
    }
    let limit = request.limit.min(MOST);
    let mut page = backend.page(org, &request.scope, request.after, limit)?;
    let read = page.records.len();
    page.records.truncate(fitting(&page.records));
    let up_to_date = page.records.len() == read && read < usize::try_from(limit).unwrap_or(usize::MAX);
    let next = match page.records.last() {
        _ if up_to_date => FeedToken::after(page.head.seq),
        Some(last) => last.token(),
        None => request.after,
    };
    let log = if up_to_date { Some(page.head.log) } else { backend.log_at(org, next.position)? };
    Ok(Ok(PullPage { records: page.records, next, up_to_date, epoch: page.head.epoch, now_ms: now.millis(), log }))
}

/// How many records a page holds.
fn fitting(records: &[Record]) -> usize {
    let mut bytes = 0;
    let whole = records.iter().take_while(|record| {
        // A clock takes about sixteen bytes.
        bytes += record.state.len() + 16 * (record.clocks.len() + record.authors.len());
        bytes <= MOST_BYTES
    });
    whole.count().max(1)
}
