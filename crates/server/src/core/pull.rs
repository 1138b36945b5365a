//! Serving the feed.

use domain::{id::OrgId, time::Timestamp};
use sync::protocol::{FeedToken, PullPage, PullRequest, SCOPE_FULL};

use super::{Backend, BackendError, Refusal};

/// A server never sends more than this many records at once, whatever is asked.
const MOST: u32 = 5_000;

/// Answers a pull. Nothing is locked: positions are given under the head row and become visible with their commit,
/// so a reader never sees one that has a lower one still to come.
pub fn pull<B: Backend>(
    backend: &B,
    org: OrgId,
    request: &PullRequest,
    now: Timestamp,
) -> Result<Result<PullPage, Refusal>, BackendError> {
    if request.scope != SCOPE_FULL || request.limit == 0 {
        return Ok(Err(Refusal::Malformed));
    }
    let limit = request.limit.min(MOST);
    let page = backend.page(org, &request.scope, request.after, limit)?;
    let up_to_date = page.records.len() < usize::try_from(limit).unwrap_or(usize::MAX);
    let next = match page.records.last() {
        _ if up_to_date => FeedToken::after(page.head),
        Some(last) => last.token(),
        None => request.after,
    };
    Ok(Ok(PullPage { records: page.records, next, up_to_date, epoch: page.epoch, now_ms: now.millis() }))
}
