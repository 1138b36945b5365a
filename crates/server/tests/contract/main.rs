//! What every backend must do, told once: the embedded file, the memory the simulator runs on, and whatever comes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests"
)]

mod desk;
#[path = "../postgres/mod.rs"]
mod postgres;
mod site;

use std::collections::BTreeSet;

use desk::{Desk, ORG, OWNER, booking, organization, patient, user};
use domain::{
    canonical::{Op, Part},
    clock::Hlc,
    id::{RecordId, Uuid},
    time::Timestamp,
    value::Value,
};
use server::core::{Backend, Device, Memory, Progress, PushJob, ReceiptKey, Refusal, Site, Sqlite, pull, push};
use sync::protocol::{FeedToken, PullRequest, PushReply, PushRequest, Record, SCOPE_FULL, Seen, Verdict};

const RECEIPTS: ReceiptKey = ReceiptKey([5; 32]);
const NOW: Timestamp = Timestamp::from_millis(1_795_262_400_000);

fn give<B: Backend>(backend: &B, desk: &Desk, from: u64) -> Result<PushReply, Refusal> {
    push(backend, ORG, desk.request(from), &RECEIPTS, NOW).unwrap()
}

fn accepted(reply: &PushReply) -> Vec<u64> {
    reply
        .outcomes
        .iter()
        .map(|outcome| match &outcome.verdict {
            Verdict::Accepted { position, .. } => *position,
            Verdict::Quarantined { reason } => panic!("entry {} was kept aside: {reason}", outcome.seq),
        })
        .collect()
}

fn reasons(reply: &PushReply) -> Vec<Option<String>> {
    reply
        .outcomes
        .iter()
        .map(|outcome| match &outcome.verdict {
            Verdict::Accepted { .. } => None,
            Verdict::Quarantined { reason } => Some(reason.clone()),
        })
        .collect()
}

fn any_desk<B: Backend>(backend: &B) -> Device {
    backend.devices(ORG).unwrap().into_iter().max_by_key(|device| device.last_seq).unwrap()
}

fn everything<B: Backend>(backend: &B, page: u32) -> (Vec<Record>, u64) {
    let mut after = FeedToken::after(0);
    let mut records = Vec::new();
    loop {
        let request = PullRequest { scope: SCOPE_FULL.to_owned(), after, limit: page, seen: None };
        let answer = pull(backend, &any_desk(backend), &request, NOW, Uuid::nil()).unwrap().unwrap();
        records.extend(answer.records);
        after = answer.next;
        if answer.up_to_date {
            return (records, after.position);
        }
    }
}

/// A backend with the organization, two enrolled desks and a user.
fn clinic<B: Backend>(backend: &B) -> (Desk, Desk) {
    assert!(backend.found(&organization()).unwrap());
    let (mut one, two) = (Desk::new(1), Desk::new(2));
    for desk in [&one, &two] {
        assert!(backend.enrol(&desk.device()).unwrap());
    }
    one.write(OWNER, 0, vec![user(OWNER, "owner"), desk::room()]);
    assert_eq!(accepted(&give(backend, &one, 1).unwrap()), [1]);
    (one, two)
}

fn a_page_of_large_records_ends_before_its_frame_is_full_and_the_next_goes_on<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    let long = "ã".repeat(256 << 10);
    for number in 1..=12 {
        one.write(OWNER, 1, vec![patient(number, &long)]);
    }
    accepted(&give(backend, &one, 2).unwrap());

    let request = PullRequest { scope: SCOPE_FULL.to_owned(), after: FeedToken::after(0), limit: 100, seen: None };
    let first = pull(backend, &any_desk(backend), &request, NOW, Uuid::nil()).unwrap().unwrap();
    assert!(!first.up_to_date && first.records.len() < 12, "{} records", first.records.len());
    assert_eq!(first.next, first.records.last().unwrap().token());
    assert!(sync::protocol::encode(&first).is_ok());

    let (records, position) = everything(backend, 100);
    assert_eq!((records.len(), position), (2 + 12, 13));
    let each: BTreeSet<_> = records.iter().map(|record| (record.kind, record.id)).collect();
    assert_eq!(each.len(), records.len(), "each once");
}

fn positions_are_gapless_over_desks_and_every_record_is_served_once<B: Backend>(backend: &B) {
    let (mut one, mut two) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    one.write(OWNER, 1, vec![patient(2, "Bia"), patient(3, "Caio")]);
    two.write(OWNER, 1, vec![patient(4, "Davi")]);

    let mut positions = accepted(&give(backend, &one, 2).unwrap());
    positions.extend(accepted(&give(backend, &two, 1).unwrap()));
    assert_eq!(positions, [2, 3, 4]);

    for page in [1, 2, 3, 6, 7, 100] {
        let (records, head) = everything(backend, page);
        let ids: BTreeSet<_> = records.iter().map(|record| (record.kind, record.id)).collect();
        assert_eq!((records.len(), ids.len(), head), (6, 6, 4), "pages of {page}");
    }
}

fn a_repeated_push_is_answered_as_the_first_one_and_changes_nothing<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    one.write(OWNER, 1, vec![Part { op: Op::Update, ..patient(9, "x") }]);
    let first = give(backend, &one, 2).unwrap();
    assert_eq!(reasons(&first), [None, Some("unknown_record".to_owned())]);
    let digest = backend.digest(ORG).unwrap();

    assert_eq!(give(backend, &one, 2).unwrap(), first);
    assert_eq!(backend.digest(ORG).unwrap(), digest);

    one.write(OWNER, 2, vec![patient(2, "Bia")]);
    let both = give(backend, &one, 3).unwrap();
    assert_eq!(both.outcomes[0], first.outcomes[1], "known and new in one push");
    assert_eq!(reasons(&both), [Some("unknown_record".to_owned()), None]);
}

fn a_gap_is_answered_with_what_is_wanted<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    one.write(OWNER, 1, vec![patient(2, "Bia")]);
    let reply = give(backend, &one, 3).unwrap();
    assert!(reply.outcomes.is_empty());
    assert_eq!(reply.expected_seq, 2);
    assert_eq!(backend.digest(ORG).unwrap().0, 1);
}

fn a_forged_a_forked_and_an_unknown_desk_are_refused_whole<B: Backend>(backend: &B) {
    let (mut one, two) = clinic(backend);
    let mut twin = one.twin();
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    twin.write(OWNER, 1, vec![patient(2, "Bia")]);
    accepted(&give(backend, &one, 2).unwrap());
    assert_eq!(give(backend, &twin, 2), Err(Refusal::Fork), "the same number, another entry");

    one.write(OWNER, 2, vec![patient(3, "Caio")]);
    let mut forged = one.request(3);
    forged.entries[0].signature[5] ^= 1;
    assert_eq!(push(backend, ORG, forged, &RECEIPTS, NOW).unwrap(), Err(Refusal::Forged));
    let mut altered = one.request(3);
    altered.entries[0].parts[0] = two.sealed(&patient(3, "Mallory"));
    assert!(push(backend, ORG, altered, &RECEIPTS, NOW).unwrap().is_err(), "the signature covers the parts");
    let stranger = Desk::new(9);
    assert_eq!(push(backend, ORG, stranger.request(1), &RECEIPTS, NOW).unwrap(), Err(Refusal::UnknownDesk));
    assert_eq!(backend.digest(ORG).unwrap().0, 2, "nothing of it was kept");
    assert_eq!(accepted(&give(backend, &one, 3).unwrap()), [3], "and the true entry still goes");
}

fn one_push_at_a_time_holds_the_head_and_a_dropped_one_leaves_no_trace<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    for steps in 1..7 {
        let mut job = PushJob::new(ORG, one.request(2), RECEIPTS);
        let mut done = false;
        for _ in 0..steps {
            done = matches!(job.step(backend, NOW).unwrap(), Progress::Done(_));
        }
        if done {
            break;
        }
        drop(job);
        assert_eq!(backend.digest(ORG).unwrap().0, 1, "dropped after {steps} steps");
        drop(backend.begin(ORG).unwrap().expect("the head row was given back"));
    }
    assert_eq!(backend.digest(ORG).unwrap().0, 2);
}

fn who_waits_for_the_head_in_vain_is_told_to_come_back<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    let held = backend.begin(ORG).unwrap().expect("nobody has it");
    assert!(backend.begin(ORG).unwrap().is_none(), "somebody has it");
    assert_eq!(backend.digest(ORG).unwrap().0, 1, "and reading waits for nobody");
    drop(held);
    assert_eq!(accepted(&give(backend, &one, 2).unwrap()), [2]);
}

fn the_later_write_of_a_field_wins_whatever_arrives_first<B: Backend>(backend: &B) {
    let (mut one, mut two) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    accepted(&give(backend, &one, 2).unwrap());
    // Desk one writes first by the clock; desk two later; two's push arrives first.
    one.clock(NOW.millis() - 9_000);
    one.write(OWNER, 2, vec![desk::rename(1, "Anna")]);
    two.clock(NOW.millis() - 5_000);
    two.write(OWNER, 2, vec![desk::rename(1, "Hanna")]);
    accepted(&give(backend, &two, 1).unwrap());
    accepted(&give(backend, &one, 3).unwrap());
    let (records, _) = everything(backend, 50);
    let ana = records.iter().find(|record| record.kind == 50).unwrap().part().unwrap();
    let given = ana.fields.iter().find(|(id, _)| *id == 12).unwrap();
    assert_eq!(given.1, Value::from("Hanna"));
}

fn two_bookings_of_an_hour_are_granted_contested_and_one_card<B: Backend>(backend: &B) {
    let (mut one, mut two) = clinic(backend);
    one.write(OWNER, 1, vec![booking(1, 0, 60)]);
    two.write(OWNER, 1, vec![booking(2, 30, 90)]);
    accepted(&give(backend, &one, 2).unwrap());
    accepted(&give(backend, &two, 1).unwrap());
    assert_eq!(desk::states(&everything(backend, 50).0), [(1, "granted".to_owned()), (2, "contested".to_owned())]);
    let cards = |records: Vec<Record>| records.into_iter().filter(|record| record.kind == 161).count();
    assert_eq!(cards(everything(backend, 50).0), 1);

    // The first one moves away: a person made the room.
    one.write(OWNER, 3, vec![desk::reschedule(1, 90, 120)]);
    accepted(&give(backend, &one, 3).unwrap());
    assert_eq!(desk::states(&everything(backend, 50).0), [(1, "granted".to_owned()), (2, "granted".to_owned())]);
    assert_eq!(cards(everything(backend, 50).0), 1);
}

fn the_role_at_the_base_decides_and_a_user_shut_out_is_refused<B: Backend>(backend: &B) {
    let (mut one, mut two) = clinic(backend);
    let guest = domain::id::UserId(Uuid::from_u128(77));
    one.write(OWNER, 1, vec![user(guest, "reception")]);
    accepted(&give(backend, &one, 2).unwrap());
    two.write(guest, 2, vec![patient(1, "Ana")]);
    accepted(&give(backend, &two, 1).unwrap());
    one.write(OWNER, 3, vec![desk::change_user(guest, "auditor", 1)]);
    accepted(&give(backend, &one, 3).unwrap());
    two.write(guest, 3, vec![patient(2, "Bia")]);
    two.write(guest, 4, vec![patient(3, "Caio")]);
    assert_eq!(reasons(&give(backend, &two, 2).unwrap()), [None, Some("not_permitted".to_owned())]);
    one.write(OWNER, 5, vec![desk::change_user(guest, "owner", 0)]);
    accepted(&give(backend, &one, 4).unwrap());
    two.write(guest, 3, vec![patient(4, "Davi")]);
    assert_eq!(reasons(&give(backend, &two, 4).unwrap()), [Some("not_permitted".to_owned())]);
}

fn the_digest_is_the_sum_of_what_is_served<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana"), booking(1, 0, 60)]);
    accepted(&give(backend, &one, 2).unwrap());
    let mut digest = domain::canonical::Digest::default();
    let (records, head) = everything(backend, 2);
    for record in &records {
        let part = record.part().unwrap();
        let fields = part.fields.iter().map(|(id, value)| (*id, value));
        digest.add(&domain::canonical::record_digest(record.kind, record.id, fields));
    }
    assert_eq!(backend.digest(ORG).unwrap(), (head, digest));
}

fn an_organization_and_a_folder_are_taken_in_once<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    accepted(&give(backend, &one, 2).unwrap());
    assert!(!backend.found(&organization()).unwrap());
    assert!(!backend.enrol(&one.device()).unwrap(), "an enrolment again must not turn its chain back");
    assert_eq!(backend.device(ORG, one.device, one.generation).unwrap().unwrap().last_seq, 2);
    assert_eq!(backend.devices(ORG).unwrap().len(), 2);
    assert_eq!(backend.organization(ORG).unwrap(), Some(organization()));
    assert_eq!(backend.member(ORG, OWNER).unwrap().unwrap().role, "owner");
    assert_eq!(backend.device(ORG, RecordId(Uuid::nil()).0.into(), one.generation).unwrap(), None);
}

fn what_it_lacked_came_later_and_the_entry_counts_when_judged_again<B: Backend>(backend: &B) {
    let (mut one, mut two) = clinic(backend);
    two.write(OWNER, 1, vec![desk::rename(1, "Anna")]);
    two.write(OWNER, 1, vec![patient(2, "Bia")]);
    let aside = Some("unknown_record".to_owned());
    assert_eq!(reasons(&give(backend, &two, 1).unwrap()), [aside.clone(), None]);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    accepted(&give(backend, &one, 2).unwrap());

    assert_eq!(reasons(&give(backend, &two, 1).unwrap()), [aside, None], "repeated, it is answered as before");
    let again = || PushRequest { again: true, ..two.only(1) };
    assert_eq!(accepted(&push(backend, ORG, again(), &RECEIPTS, NOW).unwrap().unwrap()), [4]);
    let digest = backend.digest(ORG).unwrap();
    assert_eq!(accepted(&push(backend, ORG, again(), &RECEIPTS, NOW).unwrap().unwrap()), [4]);
    assert_eq!(backend.digest(ORG).unwrap(), digest);
    two.write(OWNER, 4, vec![patient(3, "Caio")]);
    assert_eq!(accepted(&give(backend, &two, 3).unwrap()), [5], "its chain went on");
}

fn an_entry_with_this_servers_receipt_counts_as_it_did<B: Backend>(backend: &B) {
    let (mut one, mut two) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    one.write(OWNER, 1, vec![desk::rename(1, "Anna")]);
    let late = NOW.millis() - 1_000_000;
    two.clock(late);
    two.write(OWNER, 1, vec![desk::rename(1, "Hanna")]);
    let stranger = domain::id::UserId(Uuid::from_u128(78));
    two.write(stranger, 1, vec![patient(2, "Bia")]);
    accepted(&give(backend, &one, 2).unwrap());

    // The server this was before had taken both in, the first of them as the last word.
    let sooner = Hlc::at(NOW);
    two.attach(1, &RECEIPTS, sooner);
    two.attach(2, &ReceiptKey([6; 32]), sooner);
    let reply = give(backend, &two, 1).unwrap();
    assert_eq!(reasons(&reply), [None, Some("not_permitted".to_owned())], "another server's receipt is none");
    assert!(matches!(reply.outcomes[0].verdict, Verdict::Accepted { position: 4, eff } if eff == sooner));
    let (records, _) = everything(backend, 50);
    let ana = records.iter().find(|record| record.kind == 50).unwrap().part().unwrap();
    assert_eq!(ana.fields.iter().find(|(id, _)| *id == 12).unwrap().1, Value::from("Hanna"));
}

fn a_desk_that_saw_another_log_shows_that_the_server_was_put_back<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    accepted(&give(backend, &one, 2).unwrap());
    let ask = |seen| PullRequest { scope: SCOPE_FULL.to_owned(), after: FeedToken::after(0), limit: 9, seen };
    let pulled = |seen, another: u128| {
        pull(backend, &any_desk(backend), &ask(seen), NOW, Uuid::from_u128(another)).unwrap().unwrap()
    };
    let page = pulled(None, 1);
    let epoch = page.epoch;
    let log = page.log;

    let seen = Seen { position: 2, epoch, log, answered: 2 };
    assert_eq!(pulled(Some(seen), 2).epoch, epoch, "this is its log");
    assert_eq!(pulled(Some(Seen { position: 0, log: Some([0; 32]), ..seen }), 3).epoch, epoch);
    let ahead = Seen { position: 3, ..seen };
    assert_eq!(pulled(Some(ahead), 4).epoch, Uuid::from_u128(4), "the server never was that far in this life");
    assert_eq!(pulled(Some(ahead), 5).epoch, Uuid::from_u128(4), "the next desk learns of the same life");
    let other = Seen { epoch: Uuid::from_u128(4), log: Some([9; 32]), ..seen };
    assert_eq!(pulled(Some(other), 6).epoch, Uuid::from_u128(6), "something else stood there");
    let lost = Seen { epoch: Uuid::from_u128(6), answered: 3, ..seen };
    assert_eq!(pulled(Some(lost), 7).epoch, Uuid::from_u128(7), "it answered an entry that it does not have");

    // What is written on top of an earlier life has seen nothing behind the floor.
    one.write(OWNER, 900, vec![patient(2, "Bia")]);
    accepted(&give(backend, &one, 3).unwrap());
    assert_eq!(backend.digest(ORG).unwrap().0, 3);
}

fn a_role_may_be_any_text_and_a_number_as_high_as_it_likes<B: Backend>(backend: &B) {
    let (mut one, _) = clinic(backend);
    let guest = domain::id::UserId(Uuid::from_u128(79));
    one.write(OWNER, 1, vec![user(guest, "front\0desk 🦷")]);
    one.write(OWNER, u64::MAX, vec![patient(1, "A\0na")]);
    assert_eq!(accepted(&give(backend, &one, 2).unwrap()), [2, 3]);
    assert_eq!(backend.member(ORG, guest).unwrap().unwrap().role, "front\0desk 🦷");
    let far = FeedToken { position: u64::MAX, kind: u16::MAX, record: Uuid::max() };
    let request = PullRequest { scope: SCOPE_FULL.to_owned(), after: far, limit: u32::MAX, seen: None };
    let page = pull(backend, &any_desk(backend), &request, NOW, Uuid::nil()).unwrap().unwrap();
    assert_eq!((page.records.len(), page.up_to_date), (0, true));
    let (records, _) = everything(backend, 2);
    let ana = records.iter().find(|record| record.kind == 50).unwrap().part().unwrap();
    assert_eq!(ana.fields.iter().find(|(id, _)| *id == 12).unwrap().1, Value::from("A\0na"));
}

struct Dice(u8);

impl vault::Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(31).wrapping_add(17);
            *byte = self.0;
        }
    }
}

fn on_a_file(test: impl Fn(&Sqlite)) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Sqlite::open(&folder.path().join("server"), 0, &mut Dice(1)).unwrap();
    test(&sqlite);
}

macro_rules! contract {
    ($($promise:ident),+ $(,)?) => {
        mod in_memory { $(#[test] fn $promise() { super::$promise(&super::Memory::default()); })+ }
        mod on_a_file { $(#[test] fn $promise() { super::on_a_file(|backend| super::$promise(backend)); })+ }
        mod on_postgresql {
            $(#[test] fn $promise() { super::$promise(&super::postgres::Database::new().open()); })+
        }
    };
}

contract!(
    a_page_of_large_records_ends_before_its_frame_is_full_and_the_next_goes_on,
    positions_are_gapless_over_desks_and_every_record_is_served_once,
    a_repeated_push_is_answered_as_the_first_one_and_changes_nothing,
    a_gap_is_answered_with_what_is_wanted,
    a_forged_a_forked_and_an_unknown_desk_are_refused_whole,
    one_push_at_a_time_holds_the_head_and_a_dropped_one_leaves_no_trace,
    the_later_write_of_a_field_wins_whatever_arrives_first,
    two_bookings_of_an_hour_are_granted_contested_and_one_card,
    the_role_at_the_base_decides_and_a_user_shut_out_is_refused,
    the_digest_is_the_sum_of_what_is_served,
    an_organization_and_a_folder_are_taken_in_once,
    what_it_lacked_came_later_and_the_entry_counts_when_judged_again,
    an_entry_with_this_servers_receipt_counts_as_it_did,
    a_desk_that_saw_another_log_shows_that_the_server_was_put_back,
    a_role_may_be_any_text_and_a_number_as_high_as_it_likes,
    who_waits_for_the_head_in_vain_is_told_to_come_back,
);

#[test]
fn a_server_that_was_stopped_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("server");
    let first = Sqlite::open(&at, 0, &mut Dice(1)).unwrap();
    let (mut one, _) = clinic(&first);
    one.write(OWNER, 1, vec![patient(1, "Ana")]);
    accepted(&give(&first, &one, 2).unwrap());
    let (digest, key) = (first.digest(ORG).unwrap(), first.derive("x"));
    drop(first);

    let again = Sqlite::open(&at, 0, &mut Dice(9)).unwrap();
    assert_eq!((again.digest(ORG).unwrap(), again.derive("x")), (digest, key));
    one.write(OWNER, 2, vec![patient(2, "Bia")]);
    assert_eq!(accepted(&give(&again, &one, 3).unwrap()), [3]);
}

#[cfg(unix)]
#[test]
fn the_servers_key_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("server");
    drop(Sqlite::open(&at, 0, &mut Dice(1)).unwrap());
    assert_eq!(std::fs::metadata(at.join("server.key")).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::remove_file(at.join("server.key")).unwrap();
    assert!(Sqlite::open(&at, 0, &mut Dice(1)).is_err(), "a lost key is never replaced by a fresh one");
}
