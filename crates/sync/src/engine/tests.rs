#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
use domain::{clock::Hlc, id::RecordId};
use uuid::Uuid;

use super::*;
use crate::protocol::{Record, Verdict};

const EPOCH: Uuid = Uuid::from_u128(7);

fn at(ms: u64) -> Now {
    Now { steady_ms: ms, wall_ms: i64::try_from(ms).unwrap() }
}

fn opened() -> Opened {
    Opened { cursor: 0, staged: None, epoch: None, next_seq: 1, waiting: 0, quarantined: 0 }
}

fn entry() -> WireEntry {
    WireEntry { header: vec![], parts: vec![], chain: [0; 32], signature: [0; 64] }
}

fn page(positions: &[u64], next: FeedToken, up_to_date: bool) -> PullPage {
    let records = positions
        .iter()
        .map(|position| Record {
            kind: 50,
            id: RecordId(Uuid::from_u128(u128::from(*position))),
            position: *position,
            state: vec![],
            authors: vec![],
            clocks: vec![],
        })
        .collect();
    PullPage { records, next, up_to_date, epoch: EPOCH, now_ms: 0 }
}

fn accepted(seq: u64, position: u64) -> PushReply {
    let verdict = Verdict::Accepted { position, eff: Hlc(1) };
    PushReply { outcomes: vec![Outcome { seq, verdict }], expected_seq: seq + 1, epoch: EPOCH, now_ms: 0 }
}

fn pull_of(actions: &[Action]) -> (Ticket, PullRequest) {
    actions
        .iter()
        .find_map(|action| match action {
            Action::Pull { ticket, request } => Some((*ticket, request.clone())),
            _ => None,
        })
        .unwrap_or_else(|| panic!("no pull in {actions:?}"))
}

fn push_of(actions: &[Action]) -> Ticket {
    actions
        .iter()
        .find_map(|action| match action {
            Action::Push { ticket, .. } => Some(*ticket),
            _ => None,
        })
        .unwrap_or_else(|| panic!("no push in {actions:?}"))
}

#[test]
fn pages_are_staged_and_swapped_in_only_when_nothing_is_left() {
    let mut engine = Engine::new(Config::default(), 0);
    let (first, request) = pull_of(&engine.step(Event::Opened(opened()), at(0), 0));
    assert_eq!(request.after, FeedToken::after(0));

    let next = FeedToken { position: 4, kind: 50, record: Uuid::from_u128(4) };
    let staged = engine.step(Event::Pulled { ticket: first, answer: Ok(page(&[3, 4], next, false)) }, at(1), 0);
    assert!(staged.iter().any(|action| matches!(action, Action::Stage { .. })));

    let (second, request) = pull_of(&engine.step(Event::Staged, at(2), 0));
    assert_eq!(request.after, next, "a page may end between two records of one entry");
    engine.step(Event::Pulled { ticket: second, answer: Ok(page(&[5], FeedToken::after(6), true)) }, at(3), 0);
    let swap = engine.step(Event::Staged, at(4), 0);
    assert!(swap.contains(&Action::Swap { cursor: 6, epoch: EPOCH }));
    engine.step(Event::Swapped, at(5), 0);
    assert_eq!(engine.pull.cursor(), 6);
}

#[test]
fn an_answer_to_an_earlier_question_is_nothing() {
    let mut engine = Engine::new(Config::default(), 0);
    let (first, _) = pull_of(&engine.step(Event::Opened(opened()), at(0), 0));
    let late = Config::default().deadline_ms;
    engine.step(Event::Tick, at(late), 0);
    let before = engine.pull.clone();
    let actions =
        engine.step(Event::Pulled { ticket: first, answer: Ok(page(&[3], FeedToken::after(3), true)) }, at(40_000), 0);
    assert!(!actions.iter().any(|action| matches!(action, Action::Stage { .. })), "{before:?}");
}

#[test]
fn a_push_that_is_never_answered_does_not_stop_pulling_and_is_tried_again() {
    let mut engine = Engine::new(Config::default(), 0);
    let (ticket, _) = pull_of(&engine.step(Event::Opened(opened()), at(0), 0));
    push_of(&engine.step(Event::Outbox { entries: vec![entry()] }, at(0), 0));

    engine.step(Event::Pulled { ticket, answer: Ok(page(&[], FeedToken::after(0), true)) }, at(1), 0);
    let poll = Config::default().poll_ms;
    pull_of(&engine.step(Event::Tick, at(poll + 1), 0));

    let given_up = Config::default().deadline_ms;
    engine.step(Event::Tick, at(given_up), 0);
    assert_eq!(engine.status().state, State::Offline);
    let again = engine.step(Event::Tick, at(given_up + 1_000), 0);
    assert!(again.contains(&Action::ReadOutbox { from_seq: 1, limit: 200 }));
}

#[test]
fn an_acknowledged_entry_is_fetched_back_at_once_and_the_pill_counts_acknowledgements() {
    let mut engine = Engine::new(Config::default(), 0);
    let (ticket, _) = pull_of(&engine.step(Event::Opened(opened()), at(0), 0));
    engine.step(Event::Outbox { entries: vec![] }, at(0), 0);
    engine.step(Event::Pulled { ticket, answer: Ok(page(&[], FeedToken::after(0), true)) }, at(1), 0);
    assert_eq!(engine.status().state, State::UpToDate);

    engine.step(Event::Wrote, at(2), 0);
    let push = push_of(&engine.step(Event::Outbox { entries: vec![entry()] }, at(3), 0));
    assert_eq!((engine.status().waiting, engine.status().state), (1, State::Waiting), "sent is not acknowledged");
    let actions = engine.step(Event::Pushed { ticket: push, answer: Ok(accepted(1, 5)) }, at(4), 0);
    pull_of(&actions);
    assert!(actions.iter().any(|action| matches!(action, Action::Record { .. })));
    engine.step(Event::Recorded { next_seq: 2, waiting: 0, quarantined: 0 }, at(5), 0);
    assert_eq!(engine.status().waiting, 0);
}

#[test]
fn a_server_that_lost_entries_gets_them_back() {
    let mut engine = Engine::new(Config::default(), 0);
    engine.step(Event::Opened(Opened { next_seq: 9, waiting: 1, ..opened() }), at(0), 0);
    let ticket = push_of(&engine.step(Event::Outbox { entries: vec![entry()] }, at(0), 0));
    let gap = PushReply { outcomes: vec![], expected_seq: 4, epoch: EPOCH, now_ms: 0 };
    engine.step(Event::Pushed { ticket, answer: Ok(gap) }, at(1), 0);
    let actions = engine.step(Event::Tick, at(10_000), 0);
    assert!(actions.contains(&Action::ReadOutbox { from_seq: 4, limit: 200 }), "{actions:?}");
}

#[test]
fn a_refused_desk_and_a_changed_server_ask_for_a_person_and_stop() {
    let mut engine = Engine::new(Config::default(), 0);
    let (ticket, _) = pull_of(&engine.step(Event::Opened(opened()), at(0), 0));
    engine.step(Event::Pulled { ticket, answer: Err(Trouble::Refused) }, at(1), 0);
    assert_eq!(engine.status().state, State::NeedsYou);
    assert!(!engine.step(Event::Tick, at(1_000_000), 0).iter().any(|action| matches!(action, Action::Pull { .. })));

    let mut engine = Engine::new(Config::default(), 0);
    let known = Opened { epoch: Some(Uuid::from_u128(1)), ..opened() };
    let (ticket, _) = pull_of(&engine.step(Event::Opened(known), at(0), 0));
    engine.step(Event::Pulled { ticket, answer: Ok(page(&[3], FeedToken::after(3), true)) }, at(1), 0);
    assert!(engine.status().server_changed);
}
