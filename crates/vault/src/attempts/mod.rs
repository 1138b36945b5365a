//! Sign-ins tried while the folder was closed, and the wait that follows wrong ones.
//!
//! The journal is inside the encrypted file, so what happens before it opens is kept in an append-only file
//! beside it and journalled at the next opening. A try is written *before* the key is derived: ending the process
//! to escape the count does not work. After `n` wrong passwords in a row a user waits 1, 2, 4 … seconds, from the
//! tenth on 15 minutes.
//!
//! The wall clock is not trusted backwards. Waits run on the process's monotonic clock; only at a start do we
//! need the wall clock to know how much of a wait has passed, and one that stands before the newest instant on
//! file has, for all we know, seen none of it: the wait starts anew. It never grows without bound either.
//!
//! Whoever can delete this file can also copy the folder and guess elsewhere; against them stands the cost of
//! argon2id, not this count.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ATTEMPTS, durable};

/// Wrong passwords in a row from which on every further one costs [`LONG_WAIT`].
const MANY: u32 = 10;
const LONG_WAIT: Duration = Duration::from_mins(15);
/// A file longer than this is rewritten without what no longer counts, once it was journalled.
const LONG_FILE: u64 = 256 * 1024;

/// Now, on both of the machine's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970 UTC, as the system's clock claims.
    pub wall_ms: i64,
    /// Time since any fixed point of this process, never backwards.
    pub monotonic: Duration,
}

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A key derivation began; without a later success by the same user it was a failure.
    Tried,
    /// The password was right.
    Succeeded,
}

/// One line of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When, by the wall clock, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Who tried; `None` is the recovery code.
    pub user: Option<Uuid>,
    /// What became of it.
    pub outcome: Outcome,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Attempt(Attempt),
    /// All lines above are in the journal. `newest_ms` keeps the newest instant when the file is shortened.
    Journalled {
        journalled: bool,
        newest_ms: i64,
    },
}

/// One user's wrong passwords in a row.
#[derive(Debug, Clone, Copy, Default)]
struct Streak {
    wrong: u32,
    /// On the monotonic clock.
    free_from: Duration,
}

/// The `attempts` file of a folder and the waits that follow from it.
#[derive(Debug)]
pub struct Attempts {
    path: PathBuf,
    streaks: BTreeMap<Option<Uuid>, Streak>,
    unjournalled: Vec<Attempt>,
    newest_ms: i64,
    /// The file ends in half a line, left by a crash.
    torn: bool,
}

impl Attempts {
    /// Reads the folder's file (none is an empty one). Half a line at its end is a crash and is passed over.
    pub fn open(dir: &Path, now: Moment) -> io::Result<Self> {
        let path = dir.join(ATTEMPTS);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let torn = !text.is_empty() && !text.ends_with('\n');
        let mut attempts = Self { path, streaks: BTreeMap::new(), unjournalled: Vec::new(), newest_ms: i64::MIN, torn };
        let mut last_try: BTreeMap<Option<Uuid>, i64> = BTreeMap::new();
        for line in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
            if let Line::Attempt(Attempt { at_ms, user, outcome: Outcome::Tried }) = line {
                last_try.insert(user, at_ms);
            }
            attempts.count(&line);
        }
        let clock_went_back = now.wall_ms < attempts.newest_ms;
        for (user, streak) in &mut attempts.streaks {
            let since = last_try.get(user).map_or(0, |at_ms| now.wall_ms.saturating_sub(*at_ms));
            let passed = if clock_went_back { 0 } else { u64::try_from(since).unwrap_or(0) };
            streak.free_from = now.monotonic + wait_after(streak.wrong).saturating_sub(Duration::from_millis(passed));
        }
        Ok(attempts)
    }

    /// How long `user` must still wait before the next try; zero when they may.
    pub fn wait(&self, user: Option<Uuid>, now: Moment) -> Duration {
        self.streaks.get(&user).map_or(Duration::ZERO, |streak| streak.free_from.saturating_sub(now.monotonic))
    }

    /// Wrong passwords of `user` since the last right one.
    pub fn wrong_in_a_row(&self, user: Option<Uuid>) -> u32 {
        self.streaks.get(&user).map_or(0, |streak| streak.wrong)
    }

    /// Writes a try down, to be called before the key is derived. `Ok(Some(wait))` refuses it: the user must wait,
    /// and nothing was written.
    pub fn begin(&mut self, user: Option<Uuid>, now: Moment) -> io::Result<Option<Duration>> {
        let wait = self.wait(user, now);
        if !wait.is_zero() {
            return Ok(Some(wait));
        }
        self.append(Line::Attempt(Attempt { at_ms: now.wall_ms, user, outcome: Outcome::Tried }))?;
        if let Some(streak) = self.streaks.get_mut(&user) {
            streak.free_from = now.monotonic + wait_after(streak.wrong);
        }
        Ok(None)
    }

    /// Writes down that the password was right; the user's count starts again.
    pub fn succeed(&mut self, user: Option<Uuid>, now: Moment) -> io::Result<()> {
        self.append(Line::Attempt(Attempt { at_ms: now.wall_ms, user, outcome: Outcome::Succeeded }))
    }

    /// What the journal does not have yet, oldest first.
    pub fn unjournalled(&self) -> &[Attempt] {
        &self.unjournalled
    }

    /// Marks everything so far as journalled, and shortens a long file to what still counts.
    pub fn mark_journalled(&mut self) -> io::Result<()> {
        if self.unjournalled.is_empty() {
            return Ok(());
        }
        self.append(Line::Journalled { journalled: true, newest_ms: self.newest_ms })?;
        if fs::metadata(&self.path)?.len() > LONG_FILE { self.shorten() } else { Ok(()) }
    }

    fn count(&mut self, line: &Line) {
        match *line {
            Line::Attempt(attempt) => {
                self.newest_ms = self.newest_ms.max(attempt.at_ms);
                self.unjournalled.push(attempt);
                match attempt.outcome {
                    Outcome::Tried => self.streaks.entry(attempt.user).or_default().wrong += 1,
                    Outcome::Succeeded => drop(self.streaks.remove(&attempt.user)),
                }
            }
            Line::Journalled { newest_ms, .. } => {
                self.newest_ms = self.newest_ms.max(newest_ms);
                self.unjournalled.clear();
            }
        }
    }

    fn append(&mut self, line: Line) -> io::Result<()> {
        let mut text = if self.torn { "\n".to_owned() } else { String::new() };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
        durable::append(&self.path, text.as_bytes())?;
        self.torn = false;
        self.count(&line);
        Ok(())
    }

    /// Keeps the tries of the streaks that still run, all at the newest instant, so no wait gets shorter.
    fn shorten(&self) -> io::Result<()> {
        let mut text = String::new();
        for (user, streak) in &self.streaks {
            let attempt = Attempt { at_ms: self.newest_ms, user: *user, outcome: Outcome::Tried };
            let line = serde_json::to_string(&Line::Attempt(attempt))?;
            (0..streak.wrong.min(MANY)).for_each(|_| text.extend([line.as_str(), "\n"]));
        }
        text.push_str(&serde_json::to_string(&Line::Journalled { journalled: true, newest_ms: self.newest_ms })?);
        text.push('\n');
        durable::replace(&self.path, text.as_bytes())
    }
}

/// 1, 2, 4 … 256 seconds after the first nine, then 15 minutes each.
fn wait_after(wrong: u32) -> Duration {
    match wrong {
        0 => Duration::ZERO,
        1..MANY => Duration::from_secs(1 << (wrong - 1)),
        _ => LONG_WAIT,
    }
}

#[cfg(test)]
mod tests;
