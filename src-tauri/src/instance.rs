//! One window per data folder.
//!
//! The first process listens on a socket named after its folder; a second one rings there and ends, and the first
//! brings its window forward. This is a courtesy to the person who clicked twice. That no two processes write to one
//! folder is held by the store's lock, also where this courtesy is not available (Windows, an unusual run folder).

use std::path::Path;

#[cfg(unix)]
pub(crate) use unix::{Doorbell, claim};

#[cfg(unix)]
mod unix {
    use super::Path;
    use std::env;
    use std::fs;
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::PathBuf;
    use std::thread;

    /// The right to be the window of a folder.
    pub(crate) struct Lone {
        doorbell: Option<(UnixListener, PathBuf)>,
    }

    /// What another start rings at, for as long as it is there.
    pub(crate) struct Doorbell {
        place: Option<PathBuf>,
    }

    /// Claims `folder`; `None` when another window has it and has just been rung.
    pub(crate) fn claim(folder: &Path) -> Option<Lone> {
        let Some(place) = place_of(folder) else {
            return Some(Lone { doorbell: None });
        };
        if UnixStream::connect(&place).is_ok() {
            return None;
        }
        // Nobody answers: what lies there was left by a process that was killed.
        drop(fs::remove_file(&place));
        Some(Lone { doorbell: UnixListener::bind(&place).ok().map(|listener| (listener, place)) })
    }

    /// Only the run folder will do: it belongs to this user alone, unlike `/tmp`.
    fn place_of(folder: &Path) -> Option<PathBuf> {
        let run = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_dir())?;
        let mut name = DefaultHasher::new();
        folder.hash(&mut name);
        Some(run.join(format!("praxis-{:016x}.sock", name.finish())))
    }

    impl Lone {
        /// Calls `wake` whenever another start on this folder rings.
        pub(crate) fn on_summons(self, wake: impl Fn() + Send + 'static) -> Doorbell {
            let Some((listener, place)) = self.doorbell else { return Doorbell { place: None } };
            thread::spawn(move || {
                for ring in listener.incoming() {
                    if ring.is_ok() {
                        wake();
                    }
                }
            });
            Doorbell { place: Some(place) }
        }
    }

    impl Doorbell {
        /// From now on another start rings in vain, and is the window of the folder itself.
        pub(crate) fn remove(&self) {
            if let Some(place) = &self.place {
                drop(fs::remove_file(place));
            }
        }
    }

    #[cfg(test)]
    mod tests {
        #![allow(clippy::unwrap_used, reason = "tests")]
        use super::*;

        #[test]
        fn a_socket_left_by_a_killed_process_is_taken_over() {
            let run = env::temp_dir().join(format!("praxis-instance-{}", std::process::id()));
            fs::create_dir_all(&run).unwrap();
            let place = run.join("left.sock");
            drop(UnixListener::bind(&place).unwrap());

            assert!(UnixStream::connect(&place).is_err(), "nobody listens on a dropped socket");
            fs::remove_file(&place).unwrap();
            assert!(UnixListener::bind(&place).is_ok(), "the name is free again");

            fs::remove_dir_all(&run).unwrap();
        }
    }
}

#[cfg(not(unix))]
pub(crate) struct Lone;

#[cfg(not(unix))]
pub(crate) struct Doorbell;

#[cfg(not(unix))]
pub(crate) fn claim(_folder: &Path) -> Option<Lone> {
    Some(Lone)
}

#[cfg(not(unix))]
impl Lone {
    pub(crate) fn on_summons(self, _wake: impl Fn() + Send + 'static) -> Doorbell {
        Doorbell
    }
}

#[cfg(not(unix))]
impl Doorbell {
    pub(crate) fn remove(&self) {}
}
