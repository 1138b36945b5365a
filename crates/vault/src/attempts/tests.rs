#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

const ANA: Option<Uuid> = Some(Uuid::from_u128(1));
const RUI: Option<Uuid> = Some(Uuid::from_u128(2));
const NOON: i64 = 1_795_000_000_000;

/// `seconds` after noon on both clocks.
fn at(seconds: u64) -> Moment {
    Moment { wall_ms: NOON + i64::try_from(seconds).unwrap() * 1000, monotonic: Duration::from_secs(seconds) }
}

/// The first moment of a new process whose wall clock stands `seconds` off noon.
fn restarted(seconds: i64) -> Moment {
    Moment { wall_ms: NOON + seconds * 1000, monotonic: Duration::ZERO }
}

/// Fails as often as allowed, waiting out each wait; returns when the last try was.
fn fail(attempts: &mut Attempts, user: Option<Uuid>, times: u32) -> u64 {
    let mut now = 0;
    for _ in 0..times {
        now += attempts.wait(user, at(now)).as_secs();
        assert_eq!(attempts.begin(user, at(now)).unwrap(), None);
    }
    now
}

#[test]
fn each_wrong_password_doubles_the_wait_until_the_tenth() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempts = Attempts::open(folder.path(), at(0)).unwrap();

    let mut now = 0;
    let waits: Vec<u64> = (0..11)
        .map(|_| {
            assert_eq!(attempts.begin(ANA, at(now)).unwrap(), None);
            let wait = attempts.wait(ANA, at(now)).as_secs();
            now += wait;
            wait
        })
        .collect();

    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 900, 900]);
    assert_eq!(attempts.wait(RUI, at(0)), Duration::ZERO, "a colleague is not locked out");
}

#[test]
fn who_must_wait_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempts = Attempts::open(folder.path(), at(0)).unwrap();
    fail(&mut attempts, ANA, 1);
    let before = fs::read(folder.path().join(ATTEMPTS)).unwrap();

    assert_eq!(attempts.begin(ANA, at(0)).unwrap(), Some(Duration::from_secs(1)));

    assert_eq!(fs::read(folder.path().join(ATTEMPTS)).unwrap(), before);
    assert_eq!(attempts.wrong_in_a_row(ANA), 1);
}

#[test]
fn a_right_password_starts_the_count_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempts = Attempts::open(folder.path(), at(0)).unwrap();
    let now = fail(&mut attempts, ANA, 4) + 8;
    attempts.begin(ANA, at(now)).unwrap();

    attempts.succeed(ANA, at(now)).unwrap();

    assert_eq!(attempts.wait(ANA, at(now)), Duration::ZERO);
    let again = Attempts::open(folder.path(), at(now)).unwrap();
    assert_eq!(again.wrong_in_a_row(ANA), 0);
}

#[test]
fn a_restart_neither_shortens_nor_lengthens_the_wait() {
    let folder = tempfile::tempdir().unwrap();
    let last = fail(&mut Attempts::open(folder.path(), at(0)).unwrap(), ANA, 10);
    let last = i64::try_from(last).unwrap();

    let soon = restarted(last + 60);
    assert_eq!(Attempts::open(folder.path(), soon).unwrap().wait(ANA, soon).as_secs(), 840);
    let later = restarted(last + 900);
    assert_eq!(Attempts::open(folder.path(), later).unwrap().wait(ANA, later), Duration::ZERO);
}

#[test]
fn a_clock_set_back_never_shortens_the_wait_nor_makes_it_endless() {
    let folder = tempfile::tempdir().unwrap();
    fail(&mut Attempts::open(folder.path(), at(0)).unwrap(), ANA, 10);
    let year_ago = restarted(-365 * 86_400);

    let attempts = Attempts::open(folder.path(), year_ago).unwrap();

    assert_eq!(attempts.wait(ANA, year_ago).as_secs(), 900, "none of the wait is believed to have passed");
    let waited = Moment { monotonic: Duration::from_mins(15), ..year_ago };
    assert_eq!(attempts.wait(ANA, waited), Duration::ZERO, "it passes by the monotonic clock");
}

#[test]
fn a_clock_set_back_while_running_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempts = Attempts::open(folder.path(), at(0)).unwrap();
    let now = fail(&mut attempts, ANA, 10);

    let back = Moment { wall_ms: 0, monotonic: Duration::from_secs(now + 10) };

    assert_eq!(attempts.wait(ANA, back).as_secs(), 890);
}

#[test]
fn a_try_cut_off_before_its_result_counts_as_wrong() {
    let folder = tempfile::tempdir().unwrap();
    Attempts::open(folder.path(), at(0)).unwrap().begin(ANA, at(0)).unwrap();

    assert_eq!(Attempts::open(folder.path(), at(0)).unwrap().wrong_in_a_row(ANA), 1);
}

#[test]
fn half_a_line_is_passed_over_and_the_next_one_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(ATTEMPTS);
    fail(&mut Attempts::open(folder.path(), at(0)).unwrap(), ANA, 2);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.get(..text.len() - 20).unwrap()).unwrap();

    let mut attempts = Attempts::open(folder.path(), at(9)).unwrap();
    assert_eq!(attempts.wrong_in_a_row(ANA), 1);
    attempts.begin(ANA, at(9)).unwrap();

    assert_eq!(Attempts::open(folder.path(), at(9)).unwrap().wrong_in_a_row(ANA), 2);
}

#[test]
fn what_was_journalled_is_not_offered_again_but_still_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempts = Attempts::open(folder.path(), at(0)).unwrap();
    fail(&mut attempts, ANA, 3);
    assert_eq!(attempts.unjournalled().len(), 3);

    attempts.mark_journalled().unwrap();

    let again = Attempts::open(folder.path(), at(3)).unwrap();
    assert!(again.unjournalled().is_empty());
    assert_eq!(again.wrong_in_a_row(ANA), 3);
}

#[test]
fn a_long_file_is_shortened_to_what_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempts = Attempts::open(folder.path(), at(0)).unwrap();
    let line = serde_json::to_string(&Attempt { at_ms: NOON, user: RUI, outcome: Outcome::Succeeded }).unwrap() + "\n";
    fs::write(folder.path().join(ATTEMPTS), line.repeat(4000)).unwrap();
    let last = fail(&mut attempts, ANA, 10);

    attempts.mark_journalled().unwrap();

    let path = folder.path().join(ATTEMPTS);
    assert!(fs::metadata(&path).unwrap().len() < 4096);
    let again = Attempts::open(folder.path(), at(last)).unwrap();
    assert_eq!(again.wait(ANA, at(last)).as_secs(), 900);
    assert!(again.unjournalled().is_empty());
}
