//! Power of the kill signal: a writer is killed 300 times, and nothing that it acknowledged is gone.
//!
//! A child process writes through the store's write door, one patient and one numbered payment at a time, and says
//! on a pipe when a write begins and when it is acknowledged. The parent kills it at a random moment, then lets the
//! independent reader (crate `verify`) judge the folder before the next child goes on in it.
//!
//! `cargo nextest run -p praxis-hostile --no-capture`; `PRAXIS_KILLS=1000` kills more often. What is drawn follows
//! from `PRAXIS_SEED`, which a failure prints; when exactly a signal arrives is the machine's affair.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests; the child speaks on stdout"
)]

mod child;
mod judge;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use judge::Acknowledged;
use store::HeadAlarm;
use vault::{Check, DataKey, Vault};

/// Kills before a fresh folder is taken, so that judging the whole of it stays cheap.
const KILLS_PER_FOLDER: u32 = 30;
/// The signal is meant for one of a child's first so many writes.
const MOST_WRITES: u64 = 4;
/// It comes within this many microseconds after that write began.
const WITHIN_US: u64 = 30_000;

/// The child's part. Runs only when started by the test below.
#[test]
fn child_that_writes_until_killed() {
    if let Ok(dir) = std::env::var("PRAXIS_KILL9_FOLDER") {
        child::write_for_ever(Path::new(&dir));
    }
}

#[test]
fn a_writer_killed_300_times_loses_nothing_it_acknowledged() {
    let kills = number("PRAXIS_KILLS").unwrap_or(300);
    let seed = number("PRAXIS_SEED").unwrap_or(9);
    let mut dice = blake3::Hasher::new_derive_key("praxis kill9").update(&seed.to_be_bytes()).finalize_xof();
    let (mut inside, mut behind, mut heard) = (0, 0, 0);
    let mut home = None;
    let mut known = Vec::new();
    let mut heard_up_to = 0;

    for kill in 0..kills {
        if kill % u64::from(KILLS_PER_FOLDER) == 0 {
            home = Some(tempfile::tempdir().unwrap());
            known.clear();
            heard_up_to = 0;
        }
        let dir = home.as_ref().unwrap().path().join("desk");
        if !dir.exists() {
            child::found(&dir);
        }
        let mut roll = [0; 8];
        dice.fill(&mut roll);
        let roll = u64::from_le_bytes(roll);
        let round = write_and_kill(&dir, 1 + (roll >> 32) % MOST_WRITES, Duration::from_micros(roll % WITHIN_US));

        heard += round.acknowledged.len() as u64;
        heard_up_to = round.acknowledged.iter().map(|heard| heard.seq).fold(heard_up_to, u64::max);
        known.extend(round.acknowledged);
        let judged = judge::judge(&dir, &known, heard_up_to, round.begun)
            .unwrap_or_else(|wrong| panic!("kill {kill} of seed {seed}: {wrong}"));
        inside += u64::from(judged.killed_inside);
        behind += u64::from(judged.head_was_behind);
        known = judged.now_known;
    }

    println!(
        "{kills} kills, {inside} of them inside a transaction, {behind} between a commit and its head, \
         {heard} writes acknowledged, seed {seed}"
    );
    assert!(inside * 5 >= kills, "at least a fifth must hit a transaction to prove anything: {inside} of {kills}");
    assert!(heard >= kills, "what was never acknowledged cannot be lost: {heard} acknowledged writes prove too little");
}

/// A folder with three writes, whose head is that of the first: as when the process ended between commit and head.
fn folder_with_its_head_left_behind(home: &Path) -> Vec<u8> {
    child::found(home);
    child::write_once(&child::open(home));
    let left = std::fs::read(home.join("head")).unwrap();
    child::write_once(&child::open(home));
    child::write_once(&child::open(home));
    std::fs::write(home.join("head"), &left).unwrap();
    left
}

#[test]
fn a_head_left_behind_is_moved_forward_at_opening() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("desk");
    let left = folder_with_its_head_left_behind(&dir);

    let store = child::open(&dir);

    let accepted = verify::check_folder(store.vault(), &mut |_| {}).unwrap();
    assert_eq!((store.alarm(), accepted.head_behind), (None, Some(0)));
    assert_ne!(std::fs::read(dir.join("head")).unwrap(), left);
}

#[test]
fn a_head_is_not_moved_over_what_this_device_did_not_sign() {
    for forged in [
        "update journal set signature = zeroblob(64) where seq = (select max(seq) from journal)",
        "update journal_part set body = zeroblob(40) where ordinal = (select max(ordinal) from journal)",
        "update journal_part set hash = zeroblob(32), body = null, salt = null where ordinal = 3",
        "delete from journal_part where ordinal = 3 and ord = 0",
    ] {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("desk");
        let left = folder_with_its_head_left_behind(&dir);
        let vault = Vault::open(&dir, &DataKey::from_bytes(child::KEY), child::opening(Check::Header)).unwrap();
        assert!(vault.writer().unwrap().execute(forged, []).unwrap() > 0);
        drop(vault);

        let store = child::open(&dir);

        assert_eq!(store.alarm(), Some(HeadAlarm::Forked), "{forged}");
        drop(store);
        assert_eq!(std::fs::read(dir.join("head")).unwrap(), left, "an alarm moves nothing");
    }
}

/// What a child said before it was killed.
struct Round {
    /// Its last write that had begun and was not acknowledged.
    begun: bool,
    acknowledged: Vec<Acknowledged>,
}

fn write_and_kill(dir: &Path, writes: u64, wait: Duration) -> Round {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_writes_until_killed", "--nocapture"])
        .env("PRAXIS_KILL9_FOLDER", dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let said = listen(&mut child);
    let (mut lines, mut begun) = (Vec::new(), 0);
    while begun < writes {
        let line: String = said.recv_timeout(Duration::from_mins(1)).expect("the child writes");
        begun += u64::from(line.starts_with("@begin"));
        lines.push(line);
    }
    thread::sleep(wait);
    // On Unix this is SIGKILL: no handler, no destructor, no flush.
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "the child died of the signal, not of something that it met");
    lines.extend(said.iter());
    let acknowledged = lines.iter().filter_map(|line| Acknowledged::heard(line)).collect();
    Round { begun: lines.last().is_some_and(|line| line.starts_with("@begin")), acknowledged }
}

/// The child's lines that are meant for us. A line cut short by the kill was never said.
fn listen(child: &mut Child) -> Receiver<String> {
    let (hand, said) = channel();
    let mut pipe = BufReader::new(child.stdout.take().unwrap());
    thread::spawn(move || {
        let mut line = String::new();
        while pipe.read_line(&mut line).is_ok_and(|length| length > 0) {
            if let (true, Some(at)) = (line.ends_with('\n'), line.find('@')) {
                drop(hand.send(line.split_off(at).trim_end().to_owned()));
            }
            line.clear();
        }
    });
    said
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}
