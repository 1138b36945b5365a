#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
use domain::{clock::Hlc, id::RecordId};
use uuid::Uuid;

use super::*;
use crate::protocol::{Record, Seen, Verdict};

const EPOCH: Uuid = Uuid::from_u128(7);

fn at(ms: u64) -> Now {
    Now { steady_ms: ms, wall_ms: i64::try_from(ms).unwrap() }
}

fn opened() -> Opened {
    Opened { cursor: 0, staged: None, epoch: None, log: None, next_seq: 1, waiting: 0, quarantined: 0 }
}

fn entry() -> WireEntry {
    WireEntry { header: vec![], parts: vec![], chain: [0; 32], signature: [0; 64], receipt: None, older: false }
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
    PullPage { records, next, up_to_date, epoch: EPOCH, now_ms: 0, log: None }
}

fn accepted(seq: u64, position: u64) -> PushReply {
    let verdict = Verdict::Accepted { position, eff: Hlc(1) };
    PushReply {
        outcomes: vec![Outcome { seq, verdict, receipt: None }],
        expected_seq: seq + 1,
        epoch: EPOCH,
        now_ms: 0,
    }
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
    assert!(swap.contains(&Action::Swap { cursor: 6, epoch: EPOCH, log: None }));
    engine.step(Event::Swapped, at(5), 0);
    assert_eq!(engine.pull.cursor(), 6);
}

#[test]
fn a_desk_says_which_log_it_goes_on_from_also_in_the_middle_of_its_pages() {
    let mut engine = Engine::new(Config::default(), 0);
    let known = Opened { cursor: 2, epoch: Some(EPOCH), log: Some([2; 32]), ..opened() };
    let (ticket, request) = pull_of(&engine.step(Event::Opened(known), at(0), 0));
    assert_eq!(request.seen, Some(Seen { position: 2, epoch: EPOCH, log: Some([2; 32]), answered: 0 }));
    let next = FeedToken { position: 4, kind: 50, record: Uuid::from_u128(4) };
    let answer = PullPage { log: Some([4; 32]), ..page(&[3, 4], next, false) };
    engine.step(Event::Pulled { ticket, answer: Ok(answer) }, at(1), 0);
    let (_, request) = pull_of(&engine.step(Event::Staged, at(2), 0));
    assert_eq!(request.seen, Some(Seen { position: 4, epoch: EPOCH, log: Some([4; 32]), answered: 0 }));
}

#[test]
fn a_server_that_turns_out_to_be_the_known_one_is_pulled_from_again() {
    let mut engine = Engine::new(Config::default(), 0);
    let known = Opened { epoch: Some(Uuid::from_u128(1)), ..opened() };
    let (ticket, _) = pull_of(&engine.step(Event::Opened(known), at(0), 0));
    engine.step(Event::Pulled { ticket, answer: Ok(page(&[3], FeedToken::after(3), true)) }, at(1), 0);
    let asked = engine.step(Event::Outbox { entries: vec![] }, at(2), 0);
    let same = PushReply { outcomes: vec![], expected_seq: 1, epoch: Uuid::from_u128(1), now_ms: 0 };
    let actions = engine.step(Event::Pushed { ticket: push_of(&asked), answer: Ok(same) }, at(3), 0);
    assert!(!engine.status().server_changed);
    pull_of(&actions);
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
fn a_refused_desk_asks_for_a_person_and_stops() {
    let mut engine = Engine::new(Config::default(), 0);
    let (ticket, _) = pull_of(&engine.step(Event::Opened(opened()), at(0), 0));
    engine.step(Event::Pulled { ticket, answer: Err(Trouble::Refused(Shut::Revoked)) }, at(1), 0);
    assert_eq!((engine.status().state, engine.status().shut), (State::NeedsYou, Some(Shut::Revoked)));
    assert!(!engine.step(Event::Tick, at(1_000_000), 0).iter().any(|action| matches!(action, Action::Pull { .. })));
}

#[test]
fn a_server_that_was_put_back_is_asked_what_it_lacks_and_both_loops_begin_anew() {
    let mut engine = Engine::new(Config::default(), 0);
    let known = Opened { cursor: 9, epoch: Some(Uuid::from_u128(1)), log: Some([4; 32]), next_seq: 6, ..opened() };
    let (ticket, request) = pull_of(&engine.step(Event::Opened(known), at(0), 0));
    assert_eq!(request.seen, Some(Seen { position: 9, epoch: Uuid::from_u128(1), log: Some([4; 32]), answered: 5 }));
    engine.step(Event::Outbox { entries: vec![] }, at(0), 0);
    let actions = engine.step(Event::Pulled { ticket, answer: Ok(page(&[3], FeedToken::after(3), true)) }, at(1), 0);
    assert!(!actions.iter().any(|action| matches!(action, Action::Stage { .. })), "nothing of it is kept yet");

    let asked = engine.step(Event::Outbox { entries: vec![] }, at(2), 0);
    assert!(asked.iter().any(|action| matches!(action, Action::Push { entries, .. } if entries.is_empty())));
    let answer = Ok(PushReply { outcomes: vec![], expected_seq: 4, epoch: EPOCH, now_ms: 0 });
    let actions = engine.step(Event::Pushed { ticket: push_of(&asked), answer }, at(3), 0);
    assert!(actions.contains(&Action::Rewind { epoch: EPOCH, expected_seq: 4 }), "{actions:?}");

    let anew = Opened { epoch: Some(EPOCH), next_seq: 4, waiting: 2, ..opened() };
    let actions = engine.step(Event::Rewound(anew), at(4), 0);
    assert!(actions.contains(&Action::ReadOutbox { from_seq: 4, limit: 200 }), "{actions:?}");
    assert_eq!(pull_of(&actions).1.after, FeedToken::after(0));
    assert!(engine.status().server_restored && !engine.status().server_changed);
}

#[test]
fn a_rewind_waits_until_the_disk_is_done() {
    let mut engine = Engine::new(Config::default(), 0);
    let known = Opened { epoch: Some(EPOCH), ..opened() };
    let opening = engine.step(Event::Opened(known), at(0), 0);
    engine.step(
        Event::Pulled { ticket: pull_of(&opening).0, answer: Ok(page(&[3], FeedToken::after(3), true)) },
        at(1),
        0,
    );
    let ticket = push_of(&engine.step(Event::Outbox { entries: vec![entry()] }, at(1), 0));
    let restored = PushReply { outcomes: vec![], expected_seq: 1, epoch: Uuid::from_u128(8), now_ms: 0 };
    let rewind = Action::Rewind { epoch: Uuid::from_u128(8), expected_seq: 1 };
    let actions = engine.step(Event::Pushed { ticket, answer: Ok(restored) }, at(2), 0);
    assert!(!actions.contains(&rewind), "a page is being kept");
    let actions = engine.step(Event::Staged, at(3), 0);
    assert!(actions.contains(&rewind) && !actions.iter().any(|action| matches!(action, Action::Swap { .. })));
}

#[test]
fn what_is_kept_aside_is_judged_again_when_records_came_in() {
    let mut engine = Engine::new(Config::default(), 0);
    let (ticket, _) = pull_of(&engine.step(Event::Opened(Opened { quarantined: 1, ..opened() }), at(0), 0));
    engine.step(Event::Outbox { entries: vec![] }, at(0), 0);
    engine.step(Event::Pulled { ticket, answer: Ok(page(&[3], FeedToken::after(3), true)) }, at(1), 0);
    engine.step(Event::Staged, at(2), 0);
    engine.step(Event::Swapped, at(3), 0);
    let actions = engine.step(Event::Outbox { entries: vec![] }, at(4), 0);
    assert!(actions.contains(&Action::ReadAside { from_seq: 1, limit: 200 }), "{actions:?}");
    let actions = engine.step(Event::Outbox { entries: vec![entry()] }, at(5), 0);
    assert!(actions.iter().any(|action| matches!(action, Action::Push { again: true, .. })));
}
